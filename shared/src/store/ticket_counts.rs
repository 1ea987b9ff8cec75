//! How many tickets a view has, as far as its first ones tell: the same filters and parameters as of lists ([`ticket_list`](super::ticket_list)).

use serde::Deserialize;

use super::scope::in_scope;
use super::ticket_list::{filters, parameters};
use crate::access::TicketScope;
use crate::database::TenantStatement;
use crate::limits::{VIEW_COUNT_LOOKED, VIEW_COUNT_MAX};
use crate::tenant_statements;
use crate::ticket_list::{Driver, ListRequest, Order};

/// How many of the first tickets along an index fit: the cost has an end whatever the filters are.
macro_rules! counted {
    ($index:literal, $driver:literal) => {
        counted!(concat!("tickets t INDEXED BY ", $index), "t.tenant_id", $driver)
    };
    ($from:expr, $tenant:literal, $driver:literal) => {
        concat!(
            "SELECT COUNT(*) AS looked, COALESCE(SUM(seen.fits), 0) AS found FROM (SELECT (1",
            filters!(),
            ") AS fits FROM ",
            $from,
            " WHERE ",
            $tenant,
            " = ?1 AND t.deleted_at IS NULL AND ",
            $driver,
            " LIMIT ?2) seen LIMIT 1"
        )
    };
}

tenant_statements! {
    /// Counts of all tickets.
    ALL = counted!("tickets_by_update", "1");
    /// Counts of unfinished or finished ones.
    OPEN = counted!("tickets_open_by_update", "t.is_open = ?7");
    /// Counts of one status.
    STATUS = counted!("tickets_by_status", "t.status = ?6");
    /// Counts of one assignee or none, unfinished or finished.
    ASSIGNEE_OPEN = counted!("tickets_by_assignee", "t.assignee_id IS ?12 AND t.is_open = ?7");
    /// Counts of one assignee's unfinished ones, without what is put off.
    AWAKE = counted!("tickets_awake", "t.is_open = 1 AND t.assignee_id IS NOT NULL AND t.snoozed_until IS NULL AND t.assignee_id = ?12");
    /// Counts of one assignee or none.
    ASSIGNEE = counted!("tickets_by_assignee_any", "t.assignee_id IS ?12");
    /// Counts of one requester.
    REQUESTER = counted!("tickets_by_requester", "t.requester_id = ?16");
    /// Counts of one organization.
    ORGANIZATION = counted!("tickets_by_organization", "t.organization_id = ?15");
    /// Counts of one department, unfinished or finished.
    DEPARTMENT_OPEN = counted!("tickets_by_department", "t.department_id = ?14 AND t.is_open = ?7");
    /// Counts of one category.
    CATEGORY = counted!("tickets_by_category", "t.category = ?9");
    /// Counts of one priority, unfinished or finished.
    PRIORITY_OPEN = counted!("tickets_open_by_priority", "t.is_open = ?7 AND t.priority_rank = ?8");
    /// Counts of one tag.
    TAG = counted!("ticket_tags k INDEXED BY sqlite_autoindex_ticket_tags_1 CROSS JOIN tickets t ON t.tenant_id = k.tenant_id AND t.id = k.ticket_id",
        "k.tenant_id", "k.tag = ?17");
}

/// How many tickets a list without words has, as far as [`VIEW_COUNT_LOOKED`] of them tell; read the row as [`Counted`].
pub fn count(scope: &TicketScope, request: &ListRequest) -> Option<TenantStatement> {
    if scope.is_nothing() || request.words.is_some() {
        return None;
    }
    let statement = match Driver::choose(&request.filter, Order::DEFAULT) {
        Driver::Open => OPEN,
        Driver::Status => STATUS,
        Driver::AssigneeOpen => ASSIGNEE_OPEN,
        Driver::Awake => AWAKE,
        Driver::Assignee | Driver::Snoozed => ASSIGNEE,
        Driver::RequesterOpen | Driver::Requester => REQUESTER,
        Driver::Organization => ORGANIZATION,
        Driver::DepartmentOpen => DEPARTMENT_OPEN,
        Driver::Category => CATEGORY,
        Driver::PriorityOpen => PRIORITY_OPEN,
        Driver::Tag => TAG,
        _ => ALL,
    };
    let request = ListRequest { limit: VIEW_COUNT_LOOKED - 1, ..request.clone() };
    let mut values = parameters(scope, &request);
    // ?40 and ?41 are of rows, which a count has none of.
    values.truncate(38);
    Some(statement.with(values))
}

/// What a count found.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Counted {
    /// Tickets that were looked at.
    pub looked: u32,
    /// Those of them that fit.
    pub found: u32,
}

impl Counted {
    /// The number to show, and whether there may be more.
    pub fn shown(self) -> (u32, bool) {
        (self.found.min(VIEW_COUNT_MAX), self.found > VIEW_COUNT_MAX || self.looked >= VIEW_COUNT_LOOKED)
    }
}
