//! Tables of tickets and people that are brought in, and what came of their rows.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::users::Status;
use crate::database::{TenantStatement, bool_from_integer, json_text, list, optional_json_text};
use crate::id::{ImportId, OrganizationId, TicketId, UserId};
use crate::import::{Delimiter, Fault, Kind};
use crate::tenant_statements;
use crate::values;

/// The columns of [`ImportRow`].
macro_rules! import {
    ($rest:literal) => {
        concat!(
            "SELECT i.id, i.kind, i.status, i.file_name, i.encoding, i.delimiter, i.headers, i.mapping, i.invites, i.roles, i.zone, i.bytes, i.rows_total,
                i.rows_good, i.rows_known, i.rows_faulty, i.rows_done, i.created, i.existing, i.refused, i.offset, i.created_by,
                u.name AS created_by_name, u.status AS created_by_status, i.created_at, i.started_at, i.finished_at, i.version
            FROM imports i JOIN users u ON u.tenant_id = i.tenant_id AND u.id = i.created_by WHERE i.tenant_id = ?1 ",
            $rest
        )
    };
}

tenant_statements! {
    /// A table that has come.
    INSERT = "INSERT INTO imports (tenant_id, id, kind, status, file_name, encoding, delimiter, headers, mapping, zone, bytes, rows_total, created_by, created_at)
        VALUES (?1, ?2, ?3, 'uploaded', ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
    /// One.
    FIND = import!("AND i.id = ?2 LIMIT 1");
    /// The latest first, after one of them.
    LIST = import!("AND (i.created_at, i.id) < (COALESCE((SELECT created_at FROM imports WHERE tenant_id = ?1 AND id = ?2), 9000000000000000), ?2 || CASE ?2 WHEN '' THEN '~' ELSE '' END)
        ORDER BY i.created_at DESC, i.id DESC LIMIT ?3");
    /// The one that runs, the oldest of several.
    RUNNING = import!("AND i.status = 'running' ORDER BY i.started_at, i.id LIMIT 1");
    /// It is still as it was read, and no further than this.
    GUARD = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'stale_version',
        (SELECT version = ?3 FROM imports WHERE tenant_id = ?1 AND id = ?2)";
    /// It still runs.
    GUARD_RUNNING = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'stale_version',
        (SELECT status = 'running' FROM imports WHERE tenant_id = ?1 AND id = ?2)";
    /// What a dry run found.
    CHECKED = "UPDATE imports SET status = 'checked', mapping = ?3, invites = ?4, zone = ?5, rows_good = ?6, rows_known = ?7, rows_faulty = ?8,
        version = version + 1 WHERE tenant_id = ?1 AND id = ?2";
    /// It begins.
    START = "UPDATE imports SET status = 'running', roles = ?3, created_by = ?4, started_at = ?5, version = version + 1 WHERE tenant_id = ?1 AND id = ?2";
    /// It ends, one way or the other.
    FINISH = "UPDATE imports SET status = ?3, finished_at = ?4, version = version + 1 WHERE tenant_id = ?1 AND id = ?2";
    /// A row is done, and counted with those of its outcome.
    ROW = "INSERT INTO import_rows (tenant_id, import_id, line, outcome, subject, faults) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    /// The same in the import itself.
    COUNT_ROW = "UPDATE imports SET rows_done = rows_done + 1, created = created + (?3 = 'created'), existing = existing + (?3 = 'existing'),
        refused = refused + (?3 = 'refused') WHERE tenant_id = ?1 AND id = ?2";
    /// Where the import goes on; never back.
    ADVANCE = "UPDATE imports SET offset = MAX(offset, ?3) WHERE tenant_id = ?1 AND id = ?2";
    /// Which of these rows are done.
    DONE = "SELECT line FROM import_rows WHERE tenant_id = ?1 AND import_id = ?2 AND line >= ?3 AND line <= ?4 LIMIT 1000";
    /// Rows of an outcome.
    OUTCOMES = "SELECT line, outcome, subject, faults FROM import_rows WHERE tenant_id = ?1 AND import_id = ?2 AND outcome = ?3 AND line > ?4
        ORDER BY line LIMIT ?5";
    /// Whoever has one of these addresses.
    KNOWN_PEOPLE = "SELECT email, status FROM users WHERE tenant_id = ?1 AND email IN (SELECT value FROM json_each(?2)) LIMIT 20000";
    /// Companies of these names.
    KNOWN_ORGANIZATIONS = "SELECT id, name FROM organizations WHERE tenant_id = ?1 AND name IN (SELECT value FROM json_each(?2)) LIMIT 20000";
    /// Tickets that were brought in under one of these ids of another system.
    KNOWN_TICKETS = "SELECT external_id, ticket_id FROM imported_tickets WHERE tenant_id = ?1
        AND external_id IN (SELECT value FROM json_each(?2)) LIMIT 20000";
    /// A ticket is known by what another system calls it.
    NAME_TICKET = "INSERT INTO imported_tickets (tenant_id, external_id, ticket_id) VALUES (?1, ?2, ?3)";
    /// Imports that had their time.
    OLD = "SELECT id FROM imports WHERE tenant_id = ?1 AND created_at < ?2 AND status <> 'running' ORDER BY created_at LIMIT ?3";
    /// Some rows of such a one.
    FORGET_ROWS = "DELETE FROM import_rows WHERE tenant_id = ?1 AND import_id = ?2
        AND line IN (SELECT line FROM import_rows WHERE tenant_id = ?1 AND import_id = ?2 ORDER BY line LIMIT ?3)";
    /// Such a one, once its rows are gone.
    FORGET = "DELETE FROM imports WHERE tenant_id = ?1 AND id = ?2
        AND NOT EXISTS (SELECT 1 FROM import_rows WHERE tenant_id = ?1 AND import_id = ?2)";
    /// The zone of somebody new, in the batch that makes them.
    SET_ZONE = "UPDATE users SET zone = ?3 WHERE tenant_id = ?1 AND id = ?2";
}

/// How far an import has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ImportState)]
pub enum State {
    /// The table has come.
    Uploaded,
    /// A dry run has looked at it.
    Checked,
    /// Rows are being brought in.
    Running,
    /// All are.
    Done,
    /// Somebody has stopped it.
    Cancelled,
}

impl State {
    /// The name in JSON and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Uploaded => "uploaded",
            Self::Checked => "checked",
            Self::Running => "running",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
        }
    }
}

/// An import.
#[derive(Debug, Clone, Deserialize)]
pub struct ImportRow {
    /// Id.
    pub id: ImportId,
    /// What its rows are.
    pub kind: Kind,
    /// How far it has come.
    pub status: State,
    /// What the file was called.
    pub file_name: String,
    /// In which character set it was written.
    pub encoding: String,
    /// What stands between its cells.
    pub delimiter: Delimiter,
    /// What its columns are called.
    #[serde(deserialize_with = "json_text")]
    pub headers: Vec<String>,
    /// What they mean.
    #[serde(deserialize_with = "json_text")]
    pub mapping: Vec<Option<String>>,
    /// Whether people who are brought in are written to.
    #[serde(deserialize_with = "bool_from_integer")]
    pub invites: bool,
    /// Roles that it may give: names of the five, ids of the tenant's own.
    #[serde(deserialize_with = "json_text")]
    pub roles: Vec<String>,
    /// The zone of its moments.
    pub zone: String,
    /// Size of the stored file.
    pub bytes: i64,
    /// Rows of the table.
    pub rows_total: i64,
    /// Those that the dry run found good.
    pub rows_good: i64,
    /// Those of what is there already.
    pub rows_known: i64,
    /// Those with faults.
    pub rows_faulty: i64,
    /// Rows that are done.
    pub rows_done: i64,
    /// Those that made something.
    pub created: i64,
    /// Those of what was there already.
    pub existing: i64,
    /// Those that were refused.
    pub refused: i64,
    /// Where the next row stands in the stored file.
    pub offset: i64,
    /// Whose it is.
    pub created_by: UserId,
    /// Their name.
    pub created_by_name: String,
    /// Whether they can sign in.
    pub created_by_status: Status,
    /// When the table came.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub created_at: DateTime<Utc>,
    /// When it began.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub finished_at: Option<DateTime<Utc>>,
    /// Counts changes by people.
    pub version: i64,
}

/// A table that has come.
#[derive(Debug)]
pub struct NewImport<'a> {
    /// Id.
    pub id: &'a ImportId,
    /// What its rows are.
    pub kind: Kind,
    /// What the file was called.
    pub file_name: &'a str,
    /// Its character set.
    pub encoding: &'a str,
    /// What stands between its cells.
    pub delimiter: Delimiter,
    /// Its headers.
    pub headers: &'a [String],
    /// What its columns seem to mean.
    pub mapping: &'a [Option<&'static str>],
    /// The zone of its moments.
    pub zone: &'a str,
    /// Size of the stored file.
    pub bytes: usize,
    /// How many rows it has.
    pub rows: usize,
    /// Whose it is.
    pub by: &'a UserId,
}

/// What came of a row.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct OutcomeRow {
    /// The line of the file.
    pub line: u32,
    /// `created`, `existing`, `refused`.
    pub outcome: String,
    /// The ticket or person.
    pub subject: Option<String>,
    /// Its faults.
    #[serde(default, deserialize_with = "optional_json_text")]
    pub faults: Option<Vec<Fault>>,
}

/// A line that is done.
#[derive(Debug, Deserialize)]
pub struct DoneRow {
    /// The line of the file.
    pub line: u32,
}

/// Somebody who has an address.
#[derive(Debug, Deserialize)]
pub struct KnownPerson {
    /// The address.
    pub email: String,
    /// Whether they can sign in.
    pub status: Status,
}

/// A company.
#[derive(Debug, Deserialize)]
pub struct KnownOrganization {
    /// Id.
    pub id: OrganizationId,
    /// Name.
    pub name: String,
}

/// A ticket under an id of another system.
#[derive(Debug, Deserialize)]
pub struct KnownTicket {
    /// That id.
    pub external_id: String,
    /// Ours.
    pub ticket_id: TicketId,
}

/// Only an id.
#[derive(Debug, Deserialize)]
pub struct IdRow {
    /// Id.
    pub id: ImportId,
}

/// Adds a table that has come.
pub fn insert(import: &NewImport<'_>, now: DateTime<Utc>) -> TenantStatement {
    INSERT.with(values![
        import.id,
        import.kind.as_str(),
        import.file_name,
        import.encoding,
        import.delimiter.as_str(),
        list(import.headers),
        list(import.mapping),
        import.zone,
        i64::try_from(import.bytes).unwrap_or(i64::MAX),
        i64::try_from(import.rows).unwrap_or(i64::MAX),
        import.by,
        now
    ])
}

/// One import; read it as [`ImportRow`].
pub fn find(id: &ImportId) -> TenantStatement {
    FIND.with(values![id])
}

/// Up to `limit` imports after one of them (an id, or empty), the latest first.
pub fn latest(after: &str, limit: u32) -> TenantStatement {
    LIST.with(values![after, limit])
}

/// The import that goes on next.
pub fn running() -> TenantStatement {
    RUNNING.with(values![])
}

/// Refuses the batch (`stale_version`) when somebody has changed the import.
pub fn guard(id: &ImportId, version: i64) -> TenantStatement {
    GUARD.with(values![id, version])
}

/// Refuses the batch (`stale_version`) when the import does not run any more.
pub fn guard_running(id: &ImportId) -> TenantStatement {
    GUARD_RUNNING.with(values![id])
}

/// What a dry run found.
#[derive(Debug, Clone, Copy, Default)]
pub struct Found {
    /// Rows that can be brought in.
    pub good: i64,
    /// Rows of what is there already.
    pub known: i64,
    /// Rows with faults.
    pub faulty: i64,
}

/// Keeps what a dry run found, and under which meaning of the columns.
pub fn checked(id: &ImportId, mapping: &[Option<String>], invites: bool, zone: &str, found: Found) -> TenantStatement {
    CHECKED.with(values![id, list(mapping), invites, zone, found.good, found.known, found.faulty])
}

/// Begins an import.
pub fn start(id: &ImportId, roles: &[String], by: &UserId, now: DateTime<Utc>) -> TenantStatement {
    START.with(values![id, list(roles), by, now])
}

/// Ends it.
pub fn finish(id: &ImportId, state: State, now: DateTime<Utc>) -> TenantStatement {
    FINISH.with(values![id, state.as_str(), now])
}

/// A row is done: refuses the batch (`import_rows.line`) when it was before.
pub fn row(id: &ImportId, line: u32, outcome: &str, subject: Option<&str>, faults: Option<&[Fault]>) -> [TenantStatement; 2] {
    [ROW.with(values![id, line, outcome, subject, faults.map(list)]), COUNT_ROW.with(values![id, outcome])]
}

/// The import goes on from this byte.
pub fn advance(id: &ImportId, offset: i64) -> TenantStatement {
    ADVANCE.with(values![id, offset])
}

/// Which lines between two, themselves included, are done; read them as [`DoneRow`].
pub fn done(id: &ImportId, first: u32, last: u32) -> TenantStatement {
    DONE.with(values![id, first, last])
}

/// Up to `limit` rows of an outcome after a line; read them as [`OutcomeRow`].
pub fn outcomes(id: &ImportId, outcome: &str, after: u32, limit: u32) -> TenantStatement {
    OUTCOMES.with(values![id, outcome, after, limit])
}

/// Who has these addresses, [`crate::limits::IMPORT_ASKED_BYTES_MAX`] of them at most; read them as [`KnownPerson`].
pub fn known_people(emails: &[String]) -> TenantStatement {
    KNOWN_PEOPLE.with(values![list(emails)])
}

/// Companies of these names, likewise; read them as [`KnownOrganization`].
pub fn known_organizations(names: &[String]) -> TenantStatement {
    KNOWN_ORGANIZATIONS.with(values![list(names)])
}

/// Tickets under these ids of another system, likewise; read them as [`KnownTicket`].
pub fn known_tickets(ids: &[String]) -> TenantStatement {
    KNOWN_TICKETS.with(values![list(ids)])
}

/// A ticket is known by an id of another system from now on: refuses the batch (`imported_tickets.external_id`) when one is.
pub fn name_ticket(external: &str, ticket: &TicketId) -> TenantStatement {
    NAME_TICKET.with(values![external, ticket])
}

/// Imports from before a moment that do not run; read them as [`IdRow`].
pub fn old(before: DateTime<Utc>, limit: u32) -> TenantStatement {
    OLD.with(values![before, limit])
}

/// Removes `limit` rows of an import, and the import once it has none.
pub fn forget(id: &ImportId, limit: u32) -> [TenantStatement; 2] {
    [FORGET_ROWS.with(values![id, limit]), FORGET.with(values![id])]
}

/// The zone of somebody new.
pub fn set_zone(person: &UserId, zone: &str) -> TenantStatement {
    SET_ZONE.with(values![person, zone])
}
