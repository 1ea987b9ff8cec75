//! Time that was spent on tickets, and the timers that run.
//!
//! A list walks along one index, newest day first; what the index does not carry is looked at row by row, but never among everybody's. Of a
//! ticket that whoever asks does not see, neither number nor title is told. Parameters: ?2 rows, ?3 and ?4 the cursor's keys, ?5 person, ?6
//! company, ?7 and ?8 the first and last day, ?9 billable; of lists ?10 and ?11 the scope; last, of one ticket, its id or its number.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::scope::{self, in_scope};
use crate::access::TicketScope;
use crate::database::{DbError, Rows, TenantStatement, Value, bool_from_integer};
use crate::id::{OrganizationId, TicketId, TimeEntryId, UserId};
use crate::tenant_statements;
use crate::ticket::Reference;
use crate::values;

/// Entries of which a list tells the sum: the sum of more says so.
pub const SUMMED_MAX: u32 = 5_000;

macro_rules! columns {
    () => {
        "SELECT e.id, e.user_id, u.name AS user_name, e.ticket_id, t.number, t.title, o.name AS organization_name, e.day, e.minutes, e.note,
            e.billable, e.version, e.created_at "
    };
}

/// What an entry names, with the parameters of `in_scope!`.
macro_rules! names {
    ($allowed:literal, $denied:literal) => {
        concat!(
            " JOIN users u ON u.tenant_id = e.tenant_id AND u.id = e.user_id
          LEFT JOIN organizations o ON o.tenant_id = e.tenant_id AND o.id = e.organization_id
          LEFT JOIN tickets t ON t.tenant_id = e.tenant_id AND t.id = e.ticket_id",
            in_scope!($allowed, $denied)
        )
    };
}

macro_rules! narrowed {
    ($driver:literal) => {
        concat!(
            "WHERE e.tenant_id = ?1 AND ",
            $driver,
            " AND (e.day, e.id) < (?3, ?4) AND (?5 IS NULL OR e.user_id = ?5) AND (?6 IS NULL OR e.organization_id = ?6)
              AND e.day >= ?7 AND e.day <= ?8 AND (?9 IS NULL OR e.billable = ?9) "
        )
    };
}

macro_rules! list {
    ($index:literal, $driver:literal) => {
        concat!(
            columns!(),
            "FROM time_entries e INDEXED BY ",
            $index,
            names!("?10", "?11"),
            narrowed!($driver),
            "ORDER BY e.day DESC, e.id DESC LIMIT ?2"
        )
    };
}

macro_rules! sum {
    ($index:literal, $driver:literal) => {
        concat!(
            "SELECT COALESCE(SUM(s.minutes), 0) AS minutes, COALESCE(SUM(s.minutes * s.billable), 0) AS billable, COUNT(*) AS entries
                FROM (SELECT e.minutes, e.billable FROM time_entries e INDEXED BY ",
            $index,
            " ",
            narrowed!($driver),
            "ORDER BY e.day DESC, e.id DESC LIMIT ?2) s LIMIT 1"
        )
    };
}

tenant_statements! {
    /// Everybody's.
    LIST_ALL = list!("time_entries_by_day", "1");
    /// One person's.
    LIST_PERSON = list!("time_entries_by_user", "e.user_id = ?5");
    /// Of one company's tickets.
    LIST_ORGANIZATION = list!("time_entries_by_organization", "e.organization_id = ?6");
    /// Of one ticket.
    LIST_TICKET = list!("time_entries_by_ticket",
        "e.ticket_id = COALESCE(?12, (SELECT id FROM tickets WHERE tenant_id = ?1 AND number = ?13))");
    /// What somebody pays for, or nobody, of everybody's.
    LIST_BILLABLE = list!("time_entries_by_billable", "e.billable = ?9");
    /// The sum of everybody's.
    SUM_ALL = sum!("time_entries_by_day", "1");
    /// The sum of one person's.
    SUM_PERSON = sum!("time_entries_by_user", "e.user_id = ?5");
    /// The sum of one company's tickets.
    SUM_ORGANIZATION = sum!("time_entries_by_organization", "e.organization_id = ?6");
    /// The sum of one ticket.
    SUM_TICKET = sum!("time_entries_by_ticket",
        "e.ticket_id = COALESCE(?10, (SELECT id FROM tickets WHERE tenant_id = ?1 AND number = ?11))");
    /// The sum of what somebody pays for, or nobody, of everybody's.
    SUM_BILLABLE = sum!("time_entries_by_billable", "e.billable = ?9");
    /// One entry.
    ONE = concat!(columns!(), "FROM time_entries e", names!("?3", "?4"), "WHERE e.tenant_id = ?1 AND e.id = ?2 LIMIT 1");
    /// One more.
    INSERT = "INSERT INTO time_entries (tenant_id, id, user_id, ticket_id, organization_id, day, minutes, note, billable, created_at, updated_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10)";
    /// What stays below the hours of a day, with these minutes and without the entry that they replace.
    GUARD_DAY = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'day_full', (SELECT COALESCE(SUM(minutes), 0) FROM time_entries
        WHERE tenant_id = ?1 AND user_id = ?2 AND day = ?3 AND id <> ?5) + ?4 <= 1440";
    /// Nobody has changed it since it was read.
    GUARD_VERSION = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'stale_version',
        (SELECT version = ?3 FROM time_entries WHERE tenant_id = ?1 AND id = ?2)";
    /// All of it anew but whose it is, and of which ticket.
    UPDATE = "UPDATE time_entries SET day = ?3, minutes = ?4, note = ?5, billable = ?6, updated_at = ?7, version = version + 1
        WHERE tenant_id = ?1 AND id = ?2";
    /// Away with it.
    DELETE = "DELETE FROM time_entries WHERE tenant_id = ?1 AND id = ?2";
    /// The timer that somebody has running.
    TIMER = "SELECT m.ticket_id, t.number, t.organization_id, m.started_at FROM time_timers m
        JOIN tickets t ON t.tenant_id = m.tenant_id AND t.id = m.ticket_id WHERE m.tenant_id = ?1 AND m.user_id = ?2 LIMIT 1";
    /// None is running.
    GUARD_IDLE = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'limit',
        NOT EXISTS (SELECT 1 FROM time_timers WHERE tenant_id = ?1 AND user_id = ?2)";
    /// It runs from now on.
    START = "INSERT INTO time_timers (tenant_id, user_id, ticket_id, started_at) VALUES (?1, ?2, ?3, ?4)";
    /// It is still the one that was read.
    GUARD_RUNNING = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'not_found',
        EXISTS (SELECT 1 FROM time_timers WHERE tenant_id = ?1 AND user_id = ?2 AND started_at = ?3)";
    /// It runs no longer.
    STOP = "DELETE FROM time_timers WHERE tenant_id = ?1 AND user_id = ?2";
}

/// An entry with what it names.
#[derive(Debug, Clone, Deserialize)]
pub struct EntryRow {
    /// Id.
    pub id: TimeEntryId,
    /// Whose time.
    pub user_id: UserId,
    /// Their name.
    pub user_name: String,
    /// On which ticket.
    pub ticket_id: TicketId,
    /// Its number; `None` where whoever asks does not see it.
    pub number: Option<i64>,
    /// Its title; likewise.
    pub title: Option<String>,
    /// The company that it was for.
    pub organization_name: Option<String>,
    /// `2026-03-02`
    pub day: String,
    /// Whole minutes.
    pub minutes: i64,
    /// What was done.
    pub note: String,
    /// Whether somebody pays for it.
    #[serde(deserialize_with = "bool_from_integer")]
    pub billable: bool,
    /// Counts the changes.
    pub version: i64,
    /// When it was written down.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub created_at: DateTime<Utc>,
}

/// What an entry says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spent {
    /// `2026-03-02`
    pub day: String,
    /// Whole minutes.
    pub minutes: i64,
    /// What was done.
    pub note: String,
    /// Whether somebody pays for it.
    pub billable: bool,
}

/// Whose time, on what.
#[derive(Debug, Clone, Copy)]
pub struct On<'a> {
    /// Whose.
    pub person: &'a UserId,
    /// On which ticket.
    pub ticket: &'a TicketId,
    /// For which company.
    pub organization: Option<&'a OrganizationId>,
}

/// Which entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Whose.
    pub person: Option<UserId>,
    /// For which company.
    pub organization: Option<OrganizationId>,
    /// Of which ticket.
    pub ticket: Option<Reference>,
    /// The first day.
    pub from: Option<String>,
    /// The last day.
    pub to: Option<String>,
    /// Whether somebody pays for it.
    pub billable: Option<bool>,
}

/// A running timer.
#[derive(Debug, Clone, Deserialize)]
pub struct TimerRow {
    /// On which ticket.
    pub ticket_id: TicketId,
    /// Its number.
    pub number: i64,
    /// Its company.
    pub organization_id: Option<OrganizationId>,
    /// Since when.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub started_at: DateTime<Utc>,
}

/// The sum of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub struct Sum {
    /// All minutes.
    pub minutes: i64,
    /// Those that somebody pays for.
    pub billable: i64,
    /// Of how many entries.
    pub entries: u32,
}

fn parameters(filter: &Filter, scope: Option<&TicketScope>, after: Option<(&str, &str)>, rows: u32) -> Vec<Value> {
    let (day, id) = after.unwrap_or(("~", ""));
    let mut values = values![
        rows,
        day,
        id,
        filter.person.as_ref(),
        filter.organization.as_ref(),
        filter.from.as_deref().unwrap_or(""),
        filter.to.as_deref().unwrap_or("~"),
        filter.billable
    ];
    values.extend(scope.into_iter().flat_map(scope::values));
    values.extend(filter.ticket.iter().flat_map(Reference::values));
    values
}

/// A page of entries, newest day first, after `(day, id)`, with the tickets that are in the scope; one row more than `limit`. Read the rows as
/// [`EntryRow`].
pub fn list(filter: &Filter, scope: &TicketScope, after: Option<(&str, &str)>, limit: u32) -> TenantStatement {
    let statement = match filter {
        Filter { ticket: Some(_), .. } => LIST_TICKET,
        Filter { person: Some(_), .. } => LIST_PERSON,
        Filter { organization: Some(_), .. } => LIST_ORGANIZATION,
        Filter { billable: Some(_), .. } => LIST_BILLABLE,
        _ => LIST_ALL,
    };
    statement.with(parameters(filter, Some(scope), after, limit + 1))
}

/// The sum of the first [`SUMMED_MAX`] entries of a list; read the row as [`Sum`].
pub fn sum(filter: &Filter) -> TenantStatement {
    let statement = match filter {
        Filter { ticket: Some(_), .. } => SUM_TICKET,
        Filter { person: Some(_), .. } => SUM_PERSON,
        Filter { organization: Some(_), .. } => SUM_ORGANIZATION,
        Filter { billable: Some(_), .. } => SUM_BILLABLE,
        _ => SUM_ALL,
    };
    statement.with(parameters(filter, None, None, SUMMED_MAX))
}

/// One entry; read the row as [`EntryRow`].
pub fn one(id: &TimeEntryId, scope: &TicketScope) -> TenantStatement {
    let mut values = values![id];
    values.extend(scope::values(scope));
    ONE.with(values)
}

/// Writes time down; refuses the batch (`day_full`) when the person's day has no room for it.
pub fn insert(id: &TimeEntryId, on: On<'_>, spent: &Spent, now: DateTime<Utc>) -> [TenantStatement; 2] {
    [
        GUARD_DAY.with(values![on.person, &spent.day, spent.minutes, id]),
        INSERT.with(values![
            id,
            on.person,
            on.ticket,
            on.organization,
            &spent.day,
            spent.minutes,
            &spent.note,
            spent.billable,
            now
        ]),
    ]
}

/// Changes an entry that was read at `version`; refuses the batch (`stale_version`, `day_full`).
pub fn update(id: &TimeEntryId, version: i64, person: &UserId, spent: &Spent, now: DateTime<Utc>) -> [TenantStatement; 3] {
    [
        GUARD_VERSION.with(values![id, version]),
        GUARD_DAY.with(values![person, &spent.day, spent.minutes, id]),
        UPDATE.with(values![id, &spent.day, spent.minutes, &spent.note, spent.billable, now]),
    ]
}

/// Away with an entry that was read at `version`; refuses the batch (`stale_version`).
pub fn delete(id: &TimeEntryId, version: i64) -> [TenantStatement; 2] {
    [GUARD_VERSION.with(values![id, version]), DELETE.with(values![id])]
}

/// The timer that somebody has running; read the row as [`TimerRow`].
pub fn timer(person: &UserId) -> TenantStatement {
    TIMER.with(values![person])
}

/// Lets one run; refuses the batch (`limit`) when one runs already.
pub fn start(person: &UserId, ticket: &TicketId, now: DateTime<Utc>) -> [TenantStatement; 2] {
    [GUARD_IDLE.with(values![person]), START.with(values![person, ticket, now])]
}

/// Stops the one that was read; refuses the batch (`not_found`) when it is another by now.
pub fn stop(person: &UserId, started_at: DateTime<Utc>) -> [TenantStatement; 2] {
    [GUARD_RUNNING.with(values![person, started_at]), STOP.with(values![person])]
}

/// The keys after which a page begins: a day, and an entry of it.
pub type After = (String, String);

/// Cuts the one row too many that [`list`] asked for; answers the page, and where the next one begins.
pub fn page(rows: &Rows, limit: u32) -> Result<(Vec<EntryRow>, Option<After>), DbError> {
    let mut page: Vec<EntryRow> = rows.all()?;
    let has_more = page.len() > limit as usize;
    page.truncate(limit as usize);
    let next = page.last().filter(|_| has_more).map(|last| (last.day.clone(), last.id.to_string()));
    Ok((page, next))
}
