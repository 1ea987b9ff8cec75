//! The part of a statement that narrows it to the tickets which an actor can see: what [`TicketScope`] decides in memory, in SQL.

use crate::access::TicketScope;
use crate::database::{Value, list};

/// ` AND ...` over `tickets t`: one of the clauses of parameter `$allowed` holds (or it is null), and none of those of `$denied` does.
macro_rules! in_scope {
    ($allowed:literal, $denied:literal) => {
        concat!(
            " AND (",
            $allowed,
            " IS NULL OR EXISTS (SELECT 1 FROM json_each(",
            $allowed,
            crate::store::scope::holds!(),
            ")) AND (",
            $denied,
            " IS NULL OR NOT EXISTS (SELECT 1 FROM json_each(",
            $denied,
            crate::store::scope::holds!(),
            ")) "
        )
    };
}

/// A clause holds when no test of it fails.
macro_rules! holds {
    () => {
        ") clause WHERE NOT EXISTS (SELECT 1 FROM json_each(clause.value) test WHERE (test.value ->> 'n') = CASE test.value ->> 'a'
            WHEN 'tag' THEN EXISTS (SELECT 1 FROM json_each(t.tags) tag JOIN json_each(test.value, '$.v') one ON one.value = tag.value)
            WHEN 'follower' THEN EXISTS (SELECT 1 FROM ticket_followers hears WHERE hears.tenant_id = ?1 AND hears.ticket_id = t.id
                AND hears.kind = 'follower' AND hears.user_id IN (SELECT value FROM json_each(test.value, '$.v')))
            ELSE EXISTS (SELECT 1 FROM json_each(test.value, '$.v') one WHERE one.value IS CASE test.value ->> 'a'
                WHEN 'requester' THEN t.requester_id WHEN 'assignee' THEN t.assignee_id WHEN 'organization' THEN t.organization_id
                WHEN 'department' THEN t.department_id WHEN 'priority' THEN t.priority WHEN 'status' THEN t.status
                WHEN 'category' THEN t.category WHEN 'channel' THEN t.channel WHEN 'erp_module' THEN t.erp_module END) END)"
    };
}

pub(crate) use {holds, in_scope};

/// The two parameters of `in_scope!`.
pub fn values(scope: &TicketScope) -> [Value; 2] {
    let denied = (!scope.denied.is_empty()).then(|| list(&scope.denied));
    [scope.allowed.as_deref().map_or(Value::Null, list), denied.unwrap_or(Value::Null)]
}
