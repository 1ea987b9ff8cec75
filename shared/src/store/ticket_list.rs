//! Lists of tickets: a statement for each pair of index and order, all with the same columns and the same parameters.
//!
//! A list walks along one index ([`Driver`]) in its order and stops when the page is full; filters that the index does not
//! carry are looked at row by row. `INDEXED BY` makes a statement fail loudly when its index is gone, instead of slowly.
//!
//! Parameters: ?2 rows, ?3 to ?5 the cursor's keys, ?6 status, ?7 is open, ?8 priority's rank, ?9 category, ?10 module,
//! ?11 channel, ?12 assignee, ?13 nobody is assigned, ?14 department, ?15 organization, ?16 requester, ?17 tag, ?18 follower,
//! ?19 breached, ?20 warned, ?21 due before, ?22 and ?23 created, ?24 and ?25 updated, ?26 and ?27 the actor's scope (`scope`),
//! ?28 and ?29 a custom field's path and value, ?30 escalation, ?31 `paused` or `met`, ?32 and ?33 resolved, ?34 and ?35 closed,
//! ?36 rating, ?37 reopened, ?38 who is named in a note, ?39 put off, ?40 brief, ?41 who reads, and in a search ?42 the expression. ?20 is about both lights: warned or worse.

use super::scope::{self, in_scope};
use crate::access::TicketScope;
use crate::database::{DbError, Rows, TenantStatement, Value};
use crate::search;
use crate::tenant::Tenant;
use crate::tenant_statements;
use crate::ticket::TicketRow;
use crate::ticket_list::{Assignee, Cursor, Driver, Filter, ListRequest, Order, SlaFilter, Sort};

/// Larger than any key, and still exact in a double.
pub(super) const LARGEST: i64 = (1 << 53) - 1;

macro_rules! columns {
    () => {
        "SELECT t.id, t.number, t.title, CASE WHEN ?40 THEN '' ELSE t.description END AS description, t.status, t.priority, t.category,
            t.erp_module, t.channel, t.tags, t.requester_id, r.name AS requester_name, r.email AS requester_email,
            r.locale AS requester_locale, r.email_verified_at AS requester_verified_at, r.mail_blocked_at AS requester_blocked_at,
            t.organization_id, o.name AS organization_name, o.customer_type, t.assignee_id, t.department_id, t.escalation_level,
            t.escalation_reason, CASE WHEN ?40 THEN '{}' ELSE t.custom_fields END AS custom_fields, t.comment_count, t.sla,
            t.sla_calendar_id, t.next_due_at, t.first_response_at, t.resolved_at, t.closed_at, t.resolution_cycle, t.reopened_count,
            t.merged_into_id, t.deleted_at, t.from_unverified, t.created_at, t.updated_at, t.version, r.role AS requester_role,
            t.snoozed_until, t.woken_at,
            (SELECT l.seen_at FROM ticket_looks l WHERE l.tenant_id = ?1 AND l.user_id = ?41 AND l.ticket_id = t.id) AS seen_at "
    };
}

macro_rules! people {
    () => {
        " JOIN users r ON r.tenant_id = t.tenant_id AND r.id = t.requester_id
          LEFT JOIN organizations o ON o.tenant_id = t.tenant_id AND o.id = t.organization_id "
    };
}

macro_rules! filters {
    () => {
        concat!(in_scope!("?26", "?27"), " AND (?6 IS NULL OR t.status = ?6) AND (?7 IS NULL OR t.is_open = ?7) AND (?8 IS NULL OR t.priority_rank = ?8)
          AND (?9 IS NULL OR t.category = ?9) AND (?10 IS NULL OR t.erp_module = ?10) AND (?11 IS NULL OR t.channel = ?11)
          AND (?12 IS NULL OR t.assignee_id = ?12) AND (?13 IS NULL OR t.assignee_id IS NULL) AND (?14 IS NULL OR t.department_id = ?14)
          AND (?15 IS NULL OR t.organization_id = ?15) AND (?16 IS NULL OR t.requester_id = ?16)
          AND (?17 IS NULL OR EXISTS (SELECT 1 FROM ticket_tags g WHERE g.tenant_id = ?1 AND g.tag = ?17 AND g.number = t.number))
          AND (?18 IS NULL OR EXISTS (SELECT 1 FROM ticket_followers f WHERE f.tenant_id = ?1 AND f.user_id = ?18 AND f.ticket_id = t.id))
          AND (?19 IS NULL OR t.sla_breached = ?19) AND (?20 IS NULL OR (t.sla_warned = 1 OR t.sla_breached = 1) = ?20) AND (?21 IS NULL OR t.next_due_at < ?21)
          AND (?22 IS NULL OR t.created_at >= ?22) AND (?23 IS NULL OR t.created_at < ?23)
          AND (?24 IS NULL OR t.updated_at >= ?24) AND (?25 IS NULL OR t.updated_at < ?25)
          AND (?28 IS NULL OR CAST(json_extract(t.custom_fields, ?28) AS TEXT) = ?29) AND (?30 IS NULL OR t.escalation_level >= ?30)
          AND (?31 IS NULL OR (t.sla_policy_id IS NOT NULL AND t.sla_warned = 0 AND t.sla_breached = 0
               AND (t.status = 'waiting_customer') = (?31 = 'paused') AND (?31 = 'paused' OR t.next_due_at IS NULL)))
          AND (?32 IS NULL OR t.resolved_at >= ?32) AND (?33 IS NULL OR t.resolved_at < ?33)
          AND (?34 IS NULL OR t.closed_at >= ?34) AND (?35 IS NULL OR t.closed_at < ?35)
          AND (?36 IS NULL OR EXISTS (SELECT 1 FROM ratings v WHERE v.tenant_id = ?1 AND v.ticket_id = t.id
               AND v.cycle = t.resolution_cycle AND v.score = ?36))
          AND (?37 IS NULL OR (t.reopened_count > 0) = ?37)
          AND (?38 IS NULL OR EXISTS (SELECT 1 FROM ticket_mentions n WHERE n.tenant_id = ?1 AND n.user_id = ?38 AND n.number = t.number))
          AND (?39 IS NULL OR (t.snoozed_until IS NOT NULL) = ?39) ")
    };
}
pub(super) use {columns, filters, people};

macro_rules! list {
    ($index:literal, $driver:literal, $after:literal, $order:literal) => {
        concat!(
            columns!(),
            "FROM tickets t INDEXED BY ",
            $index,
            people!(),
            "WHERE t.tenant_id = ?1 AND ",
            $driver,
            " AND ",
            $after,
            filters!(),
            "ORDER BY ",
            $order,
            " LIMIT ?2"
        )
    };
}

/// By due moment, and after those all that have none: paused ones, and such on which nothing is promised. The cursor of one of these
/// has an impossible moment.
macro_rules! due {
    ($index:literal, $driver:literal, up) => {
        due!(
            $index,
            $driver,
            "(t.next_due_at, t.number) > (?3, ?4)",
            "t.next_due_at, t.number",
            "t.number > CASE WHEN ?3 = 9007199254740991 THEN ?4 ELSE -1 END",
            "t.number"
        )
    };
    ($index:literal, $driver:literal, down) => {
        due!(
            $index,
            $driver,
            "(t.next_due_at, t.number) < (?3, ?4)",
            "t.next_due_at DESC, t.number DESC",
            "t.number < CASE WHEN ?3 = -1 THEN ?4 ELSE 9007199254740991 END",
            "t.number DESC"
        )
    };
    ($index:literal, $driver:literal, $after:literal, $order:literal, $rest_after:literal, $rest_order:literal) => {
        concat!(
            "SELECT * FROM (",
            due!($index, $driver, " AND t.next_due_at IS NOT NULL AND ", $after, $order),
            ") UNION ALL SELECT * FROM (",
            due!($index, $driver, " AND t.next_due_at IS NULL AND ", $rest_after, $rest_order),
            ") LIMIT ?2"
        )
    };
    ($index:literal, $driver:literal, $due:literal, $after:literal, $order:literal) => {
        concat!(
            columns!(),
            "FROM tickets t INDEXED BY ",
            $index,
            people!(),
            "WHERE t.tenant_id = ?1 AND ",
            $driver,
            $due,
            $after,
            filters!(),
            "ORDER BY ",
            $order,
            " LIMIT ?2"
        )
    };
}

/// What one person follows, in an order that its index does not have: the latest thousand are looked at, so that the cost has an end.
macro_rules! followed {
    ($after:literal, $order:literal) => {
        concat!(
            columns!(),
            "FROM (SELECT ticket_id FROM ticket_followers INDEXED BY ticket_followers_by_user
                WHERE tenant_id = ?1 AND user_id = ?18 ORDER BY ticket_id DESC LIMIT 1000) k
              CROSS JOIN tickets t ON t.tenant_id = ?1 AND t.id = k.ticket_id",
            people!(),
            "WHERE t.deleted_at IS NULL AND ",
            $after,
            filters!(),
            "ORDER BY ",
            $order,
            " LIMIT ?2"
        )
    };
}

/// Where one person is named in a note: the latest thousand tickets, as with those that one follows.
macro_rules! mentioned {
    ($after:literal, $order:literal) => {
        concat!(
            columns!(),
            "FROM (SELECT ticket_id FROM ticket_mentions
                WHERE tenant_id = ?1 AND user_id = ?38 ORDER BY number DESC LIMIT 1000) k
              CROSS JOIN tickets t ON t.tenant_id = ?1 AND t.id = k.ticket_id",
            people!(),
            "WHERE t.deleted_at IS NULL AND ",
            $after,
            filters!(),
            "ORDER BY ",
            $order,
            " LIMIT ?2"
        )
    };
}

macro_rules! tagged {
    ($index:literal, $after:literal, $order:literal) => {
        concat!(
            columns!(),
            "FROM ticket_tags k INDEXED BY ",
            $index,
            " CROSS JOIN tickets t ON t.tenant_id = k.tenant_id AND t.id = k.ticket_id",
            people!(),
            "WHERE k.tenant_id = ?1 AND k.tag = ?17 AND t.deleted_at IS NULL AND ",
            $after,
            filters!(),
            "ORDER BY ",
            $order,
            " LIMIT ?2"
        )
    };
}

macro_rules! updated_down {
    ($index:literal, $driver:literal) => {
        list!($index, $driver, "(t.updated_at, t.number) < (?3, ?4)", "t.updated_at DESC, t.number DESC")
    };
}

macro_rules! updated_up {
    ($index:literal, $driver:literal) => {
        list!($index, $driver, "(t.updated_at, t.number) > (?3, ?4)", "t.updated_at, t.number")
    };
}

tenant_statements! {
    /// By last change.
    UPDATED_ALL_DOWN = updated_down!("tickets_by_update", "t.deleted_at IS NULL");
    /// By last change, oldest first.
    UPDATED_ALL_UP = updated_up!("tickets_by_update", "t.deleted_at IS NULL");
    /// Unfinished or finished ones.
    UPDATED_OPEN_DOWN = updated_down!("tickets_open_by_update", "t.deleted_at IS NULL AND t.is_open = ?7");
    /// The same, oldest first.
    UPDATED_OPEN_UP = updated_up!("tickets_open_by_update", "t.deleted_at IS NULL AND t.is_open = ?7");
    /// One status.
    UPDATED_STATUS_DOWN = updated_down!("tickets_by_status", "t.deleted_at IS NULL AND t.status = ?6");
    /// The same, oldest first.
    UPDATED_STATUS_UP = updated_up!("tickets_by_status", "t.deleted_at IS NULL AND t.status = ?6");
    /// One assignee or none, unfinished or finished.
    UPDATED_ASSIGNEE_OPEN_DOWN = updated_down!("tickets_by_assignee", "t.deleted_at IS NULL AND t.assignee_id IS ?12 AND t.is_open = ?7");
    /// The same, oldest first.
    UPDATED_ASSIGNEE_OPEN_UP = updated_up!("tickets_by_assignee", "t.deleted_at IS NULL AND t.assignee_id IS ?12 AND t.is_open = ?7");
    /// One assignee or none.
    UPDATED_ASSIGNEE_DOWN = updated_down!("tickets_by_assignee_any", "t.deleted_at IS NULL AND t.assignee_id IS ?12");
    /// The same, oldest first.
    UPDATED_ASSIGNEE_UP = updated_up!("tickets_by_assignee_any", "t.deleted_at IS NULL AND t.assignee_id IS ?12");
    /// One's own unfinished ones, without what is put off.
    UPDATED_AWAKE_DOWN = updated_down!("tickets_awake",
        "t.deleted_at IS NULL AND t.is_open = 1 AND t.assignee_id IS NOT NULL AND t.snoozed_until IS NULL AND t.assignee_id = ?12");
    /// The same, oldest first.
    UPDATED_AWAKE_UP = updated_up!("tickets_awake",
        "t.deleted_at IS NULL AND t.is_open = 1 AND t.assignee_id IS NOT NULL AND t.snoozed_until IS NULL AND t.assignee_id = ?12");
    /// What one assignee has put off.
    UPDATED_SNOOZED_DOWN = updated_down!("tickets_snoozed", "t.snoozed_until IS NOT NULL AND t.deleted_at IS NULL AND t.assignee_id = ?12");
    /// The same, oldest first.
    UPDATED_SNOOZED_UP = updated_up!("tickets_snoozed", "t.snoozed_until IS NOT NULL AND t.deleted_at IS NULL AND t.assignee_id = ?12");
    /// One requester.
    UPDATED_REQUESTER_DOWN = updated_down!("tickets_by_requester", "t.deleted_at IS NULL AND t.requester_id = ?16");
    /// The same, oldest first.
    UPDATED_REQUESTER_UP = updated_up!("tickets_by_requester", "t.deleted_at IS NULL AND t.requester_id = ?16");
    /// One requester, unfinished or finished.
    UPDATED_REQUESTER_OPEN_DOWN = updated_down!("tickets_by_requester_open", "t.deleted_at IS NULL AND t.requester_id = ?16 AND t.is_open = ?7");
    /// The same, oldest first.
    UPDATED_REQUESTER_OPEN_UP = updated_up!("tickets_by_requester_open", "t.deleted_at IS NULL AND t.requester_id = ?16 AND t.is_open = ?7");
    /// One organization.
    UPDATED_ORGANIZATION_DOWN = updated_down!("tickets_by_organization", "t.deleted_at IS NULL AND t.organization_id = ?15");
    /// The same, oldest first.
    UPDATED_ORGANIZATION_UP = updated_up!("tickets_by_organization", "t.deleted_at IS NULL AND t.organization_id = ?15");
    /// One department, unfinished or finished.
    UPDATED_DEPARTMENT_OPEN_DOWN = updated_down!("tickets_by_department", "t.deleted_at IS NULL AND t.department_id = ?14 AND t.is_open = ?7");
    /// The same, oldest first.
    UPDATED_DEPARTMENT_OPEN_UP = updated_up!("tickets_by_department", "t.deleted_at IS NULL AND t.department_id = ?14 AND t.is_open = ?7");
    /// One category.
    UPDATED_CATEGORY_DOWN = updated_down!("tickets_by_category", "t.deleted_at IS NULL AND t.category = ?9");
    /// The same, oldest first.
    UPDATED_CATEGORY_UP = updated_up!("tickets_by_category", "t.deleted_at IS NULL AND t.category = ?9");
    /// One priority, unfinished or finished.
    UPDATED_PRIORITY_OPEN_DOWN = updated_down!("tickets_open_by_priority", "t.deleted_at IS NULL AND t.is_open = ?7 AND t.priority_rank = ?8");
    /// The same, oldest first.
    UPDATED_PRIORITY_OPEN_UP = updated_up!("tickets_open_by_priority", "t.deleted_at IS NULL AND t.is_open = ?7 AND t.priority_rank = ?8");
    /// By number, youngest first.
    CREATED_ALL_DOWN = list!("tickets_by_number", "t.deleted_at IS NULL", "t.number < ?3", "t.number DESC");
    /// By number.
    CREATED_ALL_UP = list!("tickets_by_number", "t.deleted_at IS NULL", "t.number > ?3", "t.number");
    /// One requester, youngest first.
    CREATED_REQUESTER_DOWN = list!("tickets_by_requester_number", "t.deleted_at IS NULL AND t.requester_id = ?16", "t.number < ?3", "t.number DESC");
    /// The same, oldest first.
    CREATED_REQUESTER_UP = list!("tickets_by_requester_number", "t.deleted_at IS NULL AND t.requester_id = ?16", "t.number > ?3", "t.number");
    /// One organization, youngest first.
    CREATED_ORGANIZATION_DOWN = list!("tickets_by_organization_number", "t.deleted_at IS NULL AND t.organization_id = ?15", "t.number < ?3",
        "t.number DESC");
    /// The same, oldest first.
    CREATED_ORGANIZATION_UP = list!("tickets_by_organization_number", "t.deleted_at IS NULL AND t.organization_id = ?15", "t.number > ?3", "t.number");
    /// What one person follows, last changed first.
    FOLLOWED_UPDATED_DOWN = followed!("(t.updated_at, t.number) < (?3, ?4)", "t.updated_at DESC, t.number DESC");
    /// The same, oldest first.
    FOLLOWED_UPDATED_UP = followed!("(t.updated_at, t.number) > (?3, ?4)", "t.updated_at, t.number");
    /// What one person follows, youngest first.
    FOLLOWED_CREATED_DOWN = followed!("t.number < ?3", "t.number DESC");
    /// The same, oldest first.
    FOLLOWED_CREATED_UP = followed!("t.number > ?3", "t.number");
    /// Where one person is named, last changed first.
    MENTIONED_UPDATED_DOWN = mentioned!("(t.updated_at, t.number) < (?3, ?4)", "t.updated_at DESC, t.number DESC");
    /// The same, oldest first.
    MENTIONED_UPDATED_UP = mentioned!("(t.updated_at, t.number) > (?3, ?4)", "t.updated_at, t.number");
    /// Where one person is named, youngest first.
    MENTIONED_CREATED_DOWN = mentioned!("t.number < ?3", "t.number DESC");
    /// The same, oldest first.
    MENTIONED_CREATED_UP = mentioned!("t.number > ?3", "t.number");
    /// By due moment, most urgent first.
    DUE_OPEN_UP = due!("tickets_open_by_due", "t.deleted_at IS NULL AND t.is_open = ?7", up);
    /// By due moment, least urgent first.
    DUE_OPEN_DOWN = due!("tickets_open_by_due", "t.deleted_at IS NULL AND t.is_open = ?7", down);
    /// Of one assignee or none, most urgent first.
    DUE_ASSIGNEE_UP = due!("tickets_by_assignee_due", "t.deleted_at IS NULL AND t.assignee_id IS ?12 AND t.is_open = ?7", up);
    /// The same, least urgent first.
    DUE_ASSIGNEE_DOWN = due!("tickets_by_assignee_due", "t.deleted_at IS NULL AND t.assignee_id IS ?12 AND t.is_open = ?7", down);
    /// In warning or breach, most urgent first.
    DUE_ALIGHT_UP = due!("tickets_alight", "t.deleted_at IS NULL AND t.is_open = 1 AND (t.sla_warned = 1 OR t.sla_breached = 1)", up);
    /// The same, least urgent first.
    DUE_ALIGHT_DOWN = due!("tickets_alight", "t.deleted_at IS NULL AND t.is_open = 1 AND (t.sla_warned = 1 OR t.sla_breached = 1)", down);
    /// Highest priority first.
    PRIORITY_DOWN = list!("tickets_open_by_priority", "t.deleted_at IS NULL AND t.is_open = ?7",
        "(t.priority_rank, t.updated_at, t.number) < (?3, ?4, ?5)", "t.priority_rank DESC, t.updated_at DESC, t.number DESC");
    /// Lowest priority first.
    PRIORITY_UP = list!("tickets_open_by_priority", "t.deleted_at IS NULL AND t.is_open = ?7",
        "(t.priority_rank, t.updated_at, t.number) > (?3, ?4, ?5)", "t.priority_rank, t.updated_at, t.number");
    /// Deleted ones, last deleted first.
    DELETED = list!("tickets_deleted", "t.deleted_at IS NOT NULL", "(t.deleted_at, t.number) < (?3, ?4)", "t.deleted_at DESC, t.number DESC");
    /// One tag, youngest first.
    TAG_DOWN = tagged!("sqlite_autoindex_ticket_tags_1", "k.number < ?3", "k.number DESC");
    /// One tag, oldest first.
    TAG_UP = tagged!("sqlite_autoindex_ticket_tags_1", "k.number > ?3", "k.number");
    /// One tag, last changed first.
    TAG_UPDATED_DOWN = tagged!("ticket_tags_by_update", "(k.updated_at, k.number) < (?3, ?4)", "k.updated_at DESC, k.number DESC");
    /// The same, oldest first.
    TAG_UPDATED_UP = tagged!("ticket_tags_by_update", "(k.updated_at, k.number) > (?3, ?4)", "k.updated_at, k.number");
    /// Full text, youngest first.
    SEARCH = concat!(columns!(), ", s.rowid AS search_row FROM ticket_search s CROSS JOIN search_rows w ON w.row = s.rowid AND w.tenant_id = ?1
            CROSS JOIN tickets t ON t.tenant_id = w.tenant_id AND t.id = w.ticket_id", people!(),
        "WHERE ticket_search MATCH ?42 AND s.rowid < ?3 AND t.deleted_at IS NULL", filters!(), "ORDER BY s.rowid DESC LIMIT ?2");
    /// The one of a number, when somebody searches for it.
    NUMBER = list!("tickets_by_number", "t.deleted_at IS NULL AND t.number = ?42", "t.number < ?3", "t.number DESC");
}

/// The statement of a page, asking for one row more than the page has, so that it is known whether another follows.
/// `None` when a search has no word in it: nothing is found. Internal notes are searched for those who read them.
pub fn page(tenant: &Tenant, scope: &TicketScope, reads_notes: bool, request: &ListRequest) -> Option<TenantStatement> {
    if scope.is_nothing() {
        return None;
    }
    let mut values = parameters(scope, request);
    match &request.words {
        None => Some(statement(&request.filter, request.order).with(values)),
        Some(words) if tenant.ticket_number(words).is_some() => {
            values.push(tenant.ticket_number(words).into());
            Some(NUMBER.with(values))
        }
        Some(words) => {
            let scope = tenant.id().as_str().get(4..).unwrap_or_default();
            values.push(
                search::match_expression(scope, if reads_notes { "title body notes" } else { "title body" }, words)?.into(),
            );
            Some(SEARCH.with(values))
        }
    }
}

/// Parameters ?2 to ?41 of every list.
pub(super) fn parameters(scope: &TicketScope, request: &ListRequest) -> Vec<Value> {
    let [allowed, denied] = scope::values(scope);
    let [a, b, c] = start(request);
    let filter = &request.filter;
    let (assignee, nobody) = match &filter.assignee {
        Assignee::Any => (Value::Null, Value::Null),
        Assignee::Nobody => (Value::Null, Value::Integer(1)),
        Assignee::Person(user) => (user.into(), Value::Null),
    };
    let (breached, alight, standing) = match filter.sla {
        None => (None, None, None),
        Some(SlaFilter::Breached) => (Some(1), None, None),
        Some(SlaFilter::Warning) => (None, Some(1), None),
        Some(SlaFilter::Ok) => (None, Some(0), None),
        Some(SlaFilter::Paused) => (None, None, Some("paused")),
        Some(SlaFilter::Met) => (None, None, Some("met")),
    };
    let (custom_path, custom_value) = match &filter.custom_field {
        None => (Value::Null, Value::Null),
        Some((key, value)) => (format!("$.\"{key}\"").into(), value.into()),
    };
    vec![
        (request.limit + 1).into(),
        a.into(),
        b.into(),
        c.into(),
        filter.status.clone().into(),
        filter.is_open.into(),
        filter.priority.into(),
        filter.category.clone().into(),
        filter.erp_module.clone().into(),
        filter.channel.clone().into(),
        assignee,
        nobody,
        filter.department.as_ref().into(),
        filter.organization.as_ref().into(),
        filter.requester.as_ref().into(),
        filter.tag.clone().into(),
        filter.follower.as_ref().into(),
        Value::from(breached),
        Value::from(alight),
        filter.due_before.into(),
        filter.created_after.into(),
        filter.created_before.into(),
        filter.updated_after.into(),
        filter.updated_before.into(),
        allowed,
        denied,
        custom_path,
        custom_value,
        filter.escalation.into(),
        standing.into(),
        filter.resolved_after.into(),
        filter.resolved_before.into(),
        filter.closed_after.into(),
        filter.closed_before.into(),
        filter.rating.into(),
        filter.reopened.into(),
        filter.mentioned.as_ref().into(),
        filter.snoozed.into(),
        request.brief.into(),
        request.reader.as_ref().into(),
    ]
}

/// The rows of a page, whether more follow, and where the next page begins.
pub fn read(rows: &Rows, request: &ListRequest) -> Result<(Vec<TicketRow>, Option<String>), DbError> {
    let mut page: Vec<TicketRow> = rows.all()?;
    let limit = request.limit as usize;
    if page.len() <= limit {
        return Ok((page, None));
    }
    page.truncate(limit);
    let next = page.last().map(|last| cursor(last, request).encode(request.order));
    Ok((page, next))
}

fn cursor(last: &TicketRow, request: &ListRequest) -> Cursor {
    let (updated_at, deleted_at) = (last.updated_at.timestamp_millis(), last.deleted_at.map_or(0, |at| at.timestamp_millis()));
    let keys = match request.order.sort {
        _ if request.words.is_some() => [last.search_row.unwrap_or(0), 0, 0],
        _ if request.filter.deleted => [deleted_at, last.number, 0],
        Sort::Updated => [updated_at, last.number, 0],
        Sort::Created => [last.number, 0, 0],
        Sort::Due => [last.next_due_at.unwrap_or(if request.order.descending { -1 } else { LARGEST }), last.number, 0],
        Sort::Priority => [last.priority.rank(), updated_at, last.number],
    };
    Cursor { keys }
}

fn start(request: &ListRequest) -> [i64; 3] {
    let edge = if request.order.descending || request.filter.deleted { LARGEST } else { -1 };
    request.cursor.map_or([edge; 3], |cursor| cursor.keys)
}

fn statement(filter: &Filter, order: Order) -> crate::database::TenantSql {
    let (down, up) = match (Driver::choose(filter, order), order.sort) {
        (Driver::Deleted, _) => (DELETED, DELETED),
        (Driver::Tag, Sort::Updated) => (TAG_UPDATED_DOWN, TAG_UPDATED_UP),
        (Driver::Tag, _) => (TAG_DOWN, TAG_UP),
        (Driver::Follower, Sort::Created) => (FOLLOWED_CREATED_DOWN, FOLLOWED_CREATED_UP),
        (Driver::Follower, _) => (FOLLOWED_UPDATED_DOWN, FOLLOWED_UPDATED_UP),
        (Driver::Mentioned, Sort::Created) => (MENTIONED_CREATED_DOWN, MENTIONED_CREATED_UP),
        (Driver::Mentioned, _) => (MENTIONED_UPDATED_DOWN, MENTIONED_UPDATED_UP),
        (Driver::Requester, Sort::Created) => (CREATED_REQUESTER_DOWN, CREATED_REQUESTER_UP),
        (Driver::Organization, Sort::Created) => (CREATED_ORGANIZATION_DOWN, CREATED_ORGANIZATION_UP),
        (Driver::Alight, _) => (DUE_ALIGHT_DOWN, DUE_ALIGHT_UP),
        (Driver::AssigneeOpen, Sort::Due) => (DUE_ASSIGNEE_DOWN, DUE_ASSIGNEE_UP),
        (_, Sort::Due) => (DUE_OPEN_DOWN, DUE_OPEN_UP),
        (_, Sort::Priority) => (PRIORITY_DOWN, PRIORITY_UP),
        (_, Sort::Created) => (CREATED_ALL_DOWN, CREATED_ALL_UP),
        (Driver::All, _) => (UPDATED_ALL_DOWN, UPDATED_ALL_UP),
        (Driver::Open, _) => (UPDATED_OPEN_DOWN, UPDATED_OPEN_UP),
        (Driver::Status, _) => (UPDATED_STATUS_DOWN, UPDATED_STATUS_UP),
        (Driver::AssigneeOpen, _) => (UPDATED_ASSIGNEE_OPEN_DOWN, UPDATED_ASSIGNEE_OPEN_UP),
        (Driver::Awake, _) => (UPDATED_AWAKE_DOWN, UPDATED_AWAKE_UP),
        (Driver::Snoozed, _) => (UPDATED_SNOOZED_DOWN, UPDATED_SNOOZED_UP),
        (Driver::Assignee, _) => (UPDATED_ASSIGNEE_DOWN, UPDATED_ASSIGNEE_UP),
        (Driver::RequesterOpen, _) => (UPDATED_REQUESTER_OPEN_DOWN, UPDATED_REQUESTER_OPEN_UP),
        (Driver::Requester, _) => (UPDATED_REQUESTER_DOWN, UPDATED_REQUESTER_UP),
        (Driver::Organization, _) => (UPDATED_ORGANIZATION_DOWN, UPDATED_ORGANIZATION_UP),
        (Driver::DepartmentOpen, _) => (UPDATED_DEPARTMENT_OPEN_DOWN, UPDATED_DEPARTMENT_OPEN_UP),
        (Driver::Category, _) => (UPDATED_CATEGORY_DOWN, UPDATED_CATEGORY_UP),
        (Driver::PriorityOpen, _) => (UPDATED_PRIORITY_OPEN_DOWN, UPDATED_PRIORITY_OPEN_UP),
    };
    if order.descending { down } else { up }
}
