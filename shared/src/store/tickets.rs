//! Tickets: found by id or number, created with a dense number, saved whole under a guard of their version.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::database::{DbError, Rows, TenantStatement, Value, list};
use crate::id::{TicketId, UserId};
use crate::sla::Clocks;
use crate::tenant_statements;
use crate::ticket::{FollowerRow, Reference, TicketRow};
use crate::values;

pub use super::ticket_names::{
    CategoryRow, DepartmentRow, OrganizationRow, PartyRow, categories, department, organization, party_by_email, party_by_id,
};

/// A ticket and the names of all that it names.
macro_rules! whole {
    () => {
        "SELECT t.id, t.number, t.title, t.description, t.status, t.priority, t.category, k.name AS category_name, t.erp_module,
            t.channel, t.requester_id, r.name AS requester_name, r.email AS requester_email, r.locale AS requester_locale,
            r.email_verified_at AS requester_verified_at, r.mail_blocked_at AS requester_blocked_at, r.role AS requester_role,
            t.organization_id, o.name AS organization_name, o.customer_type,
            t.assignee_id, a.name AS assignee_name, a.email AS assignee_email, a.locale AS assignee_locale,
            t.department_id, d.name AS department_name, t.escalation_level, t.escalation_reason, t.custom_fields, t.tags,
            t.comment_count, t.sla, p.name AS sla_policy_name, t.sla_calendar_id, c.definition AS sla_calendar,
            t.first_response_at, t.resolved_at, t.closed_at, t.resolution_cycle, t.reopened_count, t.merged_into_id,
            m.number AS merged_into_number, t.deleted_at, t.from_unverified, t.created_at, t.updated_at, t.version, t.snoozed_until, t.woken_at,
            g.score AS rating_score, g.comment AS rating_comment, g.updated_at AS rating_at
        FROM tickets t
            JOIN users r ON r.tenant_id = t.tenant_id AND r.id = t.requester_id
            LEFT JOIN users a ON a.tenant_id = t.tenant_id AND a.id = t.assignee_id
            LEFT JOIN categories k ON k.tenant_id = t.tenant_id AND k.slug = t.category
            LEFT JOIN organizations o ON o.tenant_id = t.tenant_id AND o.id = t.organization_id
            LEFT JOIN departments d ON d.tenant_id = t.tenant_id AND d.id = t.department_id
            LEFT JOIN sla_rules p ON p.tenant_id = t.tenant_id AND p.id = t.sla_policy_id
            LEFT JOIN sla_calendars c ON c.tenant_id = t.tenant_id AND c.id = t.sla_calendar_id
            LEFT JOIN tickets m ON m.tenant_id = t.tenant_id AND m.id = t.merged_into_id
            LEFT JOIN ratings g ON g.tenant_id = t.tenant_id AND g.ticket_id = t.id AND g.cycle = t.resolution_cycle
        "
    };
}

/// The ticket that a path names: by id (?2) or by number (?3).
macro_rules! named {
    () => {
        "COALESCE(?2, (SELECT id FROM tickets WHERE tenant_id = ?1 AND number = ?3))"
    };
}

/// The ticket that the one of the path was merged into.
macro_rules! target {
    () => {
        concat!("(SELECT merged_into_id FROM tickets WHERE tenant_id = ?1 AND id = ", named!(), ")")
    };
}

tenant_statements! {
    /// A ticket with the names of all that it names, whatever its state; who may see it is decided by the caller.
    FIND = concat!(whole!(), "WHERE t.tenant_id = ?1 AND t.id = ", named!(), " LIMIT 1");
    /// The ticket that a ticket was merged into.
    FIND_TARGET = concat!(whole!(), "WHERE t.tenant_id = ?1 AND t.id = ", target!(), " LIMIT 1");
    /// Who hears of that one.
    FOLLOWERS_OF_TARGET = concat!("SELECT f.email, f.user_id, u.name, u.locale, f.kind,
            (SELECT mail_blocked_at FROM users WHERE tenant_id = ?1 AND email = f.email) AS blocked_at
        FROM ticket_followers f LEFT JOIN users u ON u.tenant_id = f.tenant_id AND u.id = f.user_id
        WHERE f.tenant_id = ?1 AND f.ticket_id = ", target!(), " ORDER BY f.email LIMIT 100");
    /// Who hears of a ticket.
    FOLLOWERS = "SELECT f.email, f.user_id, u.name, u.locale, f.kind,
            (SELECT mail_blocked_at FROM users WHERE tenant_id = ?1 AND email = f.email) AS blocked_at
        FROM ticket_followers f LEFT JOIN users u ON u.tenant_id = f.tenant_id AND u.id = f.user_id
        WHERE f.tenant_id = ?1 AND f.ticket_id = COALESCE(?2, (SELECT id FROM tickets WHERE tenant_id = ?1 AND number = ?3))
        ORDER BY f.email LIMIT 100";
    /// The files of a ticket.
    ATTACHMENTS = "SELECT id, comment_id, visibility, file_name, media_type, size, created_at FROM ticket_attachments
        WHERE tenant_id = ?1 AND ticket_id = COALESCE(?2, (SELECT id FROM tickets WHERE tenant_id = ?1 AND number = ?3))
        ORDER BY created_at, id LIMIT 500";
    /// The next number. Dense: a batch that fails takes it back.
    NEXT_NUMBER = "INSERT INTO counters (tenant_id, name, value) VALUES (?1, 'ticket_number', 1)
        ON CONFLICT (tenant_id, name) DO UPDATE SET value = value + 1";
    /// A new ticket under that number, which it answers.
    INSERT = "INSERT INTO tickets (tenant_id, id, number, title, description, status, priority, category, erp_module, channel, requester_id,
            organization_id, assignee_id, department_id, custom_fields, tags, sla, sla_policy_id, sla_calendar_id,
            first_response_due_at, next_response_due_at, resolution_due_at, next_due_at, from_unverified, created_at, updated_at)
        VALUES (?1, ?2, (SELECT value FROM counters WHERE tenant_id = ?1 AND name = 'ticket_number'), ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,
            ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?24) RETURNING number";
    /// Nobody has changed the ticket since it was read.
    GUARD_VERSION = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'stale_version',
        (SELECT version = ?3 FROM tickets WHERE tenant_id = ?1 AND id = ?2)";
    /// Everything about a ticket that can change.
    SAVE = "UPDATE tickets SET title = ?3, status = ?4, priority = ?5, category = ?6, erp_module = ?7, organization_id = ?8,
            assignee_id = ?9, department_id = ?10, escalation_level = ?11, escalation_reason = ?12, custom_fields = ?13, tags = ?14,
            comment_count = ?15, sla = ?16, sla_policy_id = ?17, sla_calendar_id = ?18, first_response_due_at = ?19,
            next_response_due_at = ?20, resolution_due_at = ?21, next_due_at = ?22, sla_warned = ?23, sla_breached = ?24,
            first_response_at = ?25, resolved_at = ?26, closed_at = ?27, resolution_cycle = ?28, reopened_count = ?29, deleted_at = ?30,
            updated_at = ?31, version = version + 1, merged_into_id = ?32, from_unverified = ?33
        WHERE tenant_id = ?1 AND id = ?2";
    /// The tags of a ticket as rows: all of them anew.
    CLEAR_TAGS = "DELETE FROM ticket_tags WHERE tenant_id = ?1 AND ticket_id = ?2";
    /// One row a tag.
    INSERT_TAGS = "INSERT INTO ticket_tags (tenant_id, tag, ticket_id, number)
        SELECT ?1, j.value, t.id, t.number FROM tickets t, json_each(?3) j WHERE t.tenant_id = ?1 AND t.id = ?2";
    /// Somebody who hears of the ticket; an address is there once.
    INSERT_FOLLOWER = "INSERT INTO ticket_followers (tenant_id, ticket_id, email, user_id, kind, created_at)
        VALUES (?1, ?2, ?3, (SELECT id FROM users WHERE tenant_id = ?1 AND email = ?3), ?4, ?5)
        ON CONFLICT (tenant_id, ticket_id, email) DO UPDATE SET kind = 'follower' WHERE excluded.kind = 'follower'";
    /// A copy for an address that a mail was written to as well, as long as the ticket has room.
    INSERT_COPY = "INSERT INTO ticket_followers (tenant_id, ticket_id, email, user_id, kind, created_at)
        SELECT ?1, ?2, ?3, (SELECT id FROM users WHERE tenant_id = ?1 AND email = ?3), 'cc', ?4
        WHERE (SELECT count(*) FROM ticket_followers WHERE tenant_id = ?1 AND ticket_id = ?2) < ?5
        ON CONFLICT (tenant_id, ticket_id, email) DO NOTHING";
    /// A link to another ticket; the same link is there once.
    INSERT_LINK = "INSERT INTO ticket_links (tenant_id, id, ticket_id, other_id, kind, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (tenant_id, ticket_id, other_id, kind) DO NOTHING";
    /// One more ticket that an agent has resolved, unless the same agent resolved it before; of its time what no earlier resolution
    /// has counted.
    COUNT_RESOLUTION = "INSERT INTO agent_figures (tenant_id, agent_id, tickets_resolved, resolution_seconds)
        SELECT ?1, ?3, NOT EXISTS (SELECT 1 FROM ticket_resolutions WHERE tenant_id = ?1 AND ticket_id = ?2 AND agent_id = ?3),
            MAX(0, ?4 - COALESCE((SELECT MAX(seconds) FROM ticket_resolutions WHERE tenant_id = ?1 AND ticket_id = ?2), 0)) WHERE ?1 <> ''
        ON CONFLICT (tenant_id, agent_id) DO UPDATE SET tickets_resolved = tickets_resolved + excluded.tickets_resolved,
            resolution_seconds = resolution_seconds + excluded.resolution_seconds";
    /// Who ended a ticket, and how long after its creation.
    INSERT_RESOLUTION = "INSERT INTO ticket_resolutions (tenant_id, ticket_id, cycle, agent_id, seconds, resolved_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (tenant_id, ticket_id, cycle) DO NOTHING";
    /// A rating is asked for, and will be once more.
    ASK_FOR_RATING = "INSERT INTO rating_requests (tenant_id, ticket_id, cycle, asked_at, remind_at) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (tenant_id, ticket_id, cycle) DO NOTHING";
    /// A ticket that is opened again wants no rating.
    FORGET_REMINDER = "UPDATE rating_requests SET remind_at = NULL WHERE tenant_id = ?1 AND ticket_id = ?2";
    /// A reminder that was forgotten is due again.
    RESTORE_REMINDER = "UPDATE rating_requests SET remind_at = ?4 WHERE tenant_id = ?1 AND ticket_id = ?2 AND cycle = ?3";
}

#[derive(Deserialize)]
struct NumberRow {
    number: i64,
}

/// A ticket by id or number; read it with [`ticket`].
pub fn find(reference: &Reference) -> TenantStatement {
    FIND.with(reference.values().to_vec())
}

/// The ticket that a ticket was merged into, and who hears of it: two statements, as [`find`] and [`followers`]; no rows for one that
/// was not merged.
pub fn target(reference: &Reference) -> [TenantStatement; 2] {
    [FIND_TARGET.with(reference.values().to_vec()), FOLLOWERS_OF_TARGET.with(reference.values().to_vec())]
}

/// The row of [`find`].
pub fn ticket(rows: &Rows) -> Result<Option<TicketRow>, DbError> {
    rows.first()
}

/// Who hears of a ticket; read the rows as [`FollowerRow`].
pub fn followers(reference: &Reference) -> TenantStatement {
    FOLLOWERS.with(reference.values().to_vec())
}

/// The rows of [`followers`].
pub fn follower_rows(rows: &Rows) -> Result<Vec<FollowerRow>, DbError> {
    rows.all()
}

/// The files of a ticket; read the rows as [`crate::ticket::AttachmentRow`]. The internal ones are among them.
pub fn attachments(reference: &Reference) -> TenantStatement {
    ATTACHMENTS.with(reference.values().to_vec())
}

/// A new ticket under the next number: two statements, the second answers [`number`]. `row.number` is not looked at.
pub fn insert(row: &TicketRow) -> [TenantStatement; 2] {
    let due = due_columns(row);
    [
        NEXT_NUMBER.with(values![]),
        INSERT.with(values![
            &row.id,
            &row.title,
            &row.description,
            row.status.as_str(),
            row.priority.as_str(),
            row.category.clone(),
            row.erp_module.clone(),
            row.channel.as_str(),
            &row.requester_id,
            row.organization_id.as_ref(),
            row.assignee_id.as_ref(),
            row.department_id.as_ref(),
            custom_fields(row),
            list(&row.tags),
            sla(row),
            policy(row),
            row.sla_calendar_id.as_ref(),
            due.first_response_due_at,
            due.next_response_due_at,
            due.resolution_due_at,
            due.next_due_at,
            row.from_unverified,
            row.created_at
        ]),
    ]
}

/// The number that [`insert`] gave.
pub fn number(rows: &Rows) -> Result<i64, DbError> {
    rows.first::<NumberRow>()?.map(|row| row.number).ok_or_else(|| DbError::Broken("an inserted ticket has no number".to_owned()))
}

/// Saves a ticket that was read at `row.version`: refuses the batch (`stale_version`) if it was changed since, and counts the
/// version up. `sla_warned` and `sla_breached` are the lights for lists.
pub fn save(row: &TicketRow, sla_warned: bool, sla_breached: bool) -> [TenantStatement; 2] {
    let due = due_columns(row);
    [
        guard_version(&row.id, row.version),
        SAVE.with(values![
            &row.id,
            &row.title,
            row.status.as_str(),
            row.priority.as_str(),
            row.category.clone(),
            row.erp_module.clone(),
            row.organization_id.as_ref(),
            row.assignee_id.as_ref(),
            row.department_id.as_ref(),
            u32::from(row.escalation_level),
            row.escalation_reason.clone(),
            custom_fields(row),
            list(&row.tags),
            row.comment_count,
            sla(row),
            policy(row),
            row.sla_calendar_id.as_ref(),
            due.first_response_due_at,
            due.next_response_due_at,
            due.resolution_due_at,
            due.next_due_at,
            sla_warned,
            sla_breached,
            row.first_response_at,
            row.resolved_at,
            row.closed_at,
            row.resolution_cycle,
            row.reopened_count,
            row.deleted_at,
            row.updated_at,
            row.merged_into_id.as_ref(),
            row.from_unverified
        ]),
    ]
}

/// Refuses the batch (`stale_version`) when the ticket is not at this version, or is not there.
pub fn guard_version(ticket: &TicketId, version: i64) -> TenantStatement {
    GUARD_VERSION.with(values![ticket, version])
}

/// The tags of a ticket that exists, anew.
pub fn replace_tags(ticket: &TicketId, tags: &[String]) -> [TenantStatement; 2] {
    [CLEAR_TAGS.with(values![ticket]), INSERT_TAGS.with(vec![Value::from(ticket), list(tags)])]
}

/// The tags of a new ticket.
pub fn insert_tags(ticket: &TicketId, tags: &[String]) -> TenantStatement {
    INSERT_TAGS.with(vec![Value::from(ticket), list(tags)])
}

/// Somebody who hears of the ticket. `kind` is `follower` or `cc`.
pub fn insert_follower(ticket: &TicketId, email: &str, kind: &str, now: DateTime<Utc>) -> TenantStatement {
    INSERT_FOLLOWER.with(values![ticket, email, kind, now])
}

/// A copy for somebody to whom a mail was written as well; changes nothing when the ticket has
/// [`FOLLOWERS_MAX`](crate::limits::FOLLOWERS_MAX) followers.
pub fn insert_copy(ticket: &TicketId, email: &str, now: DateTime<Utc>) -> TenantStatement {
    INSERT_COPY.with(values![ticket, email, now, i64::try_from(crate::limits::FOLLOWERS_MAX).unwrap_or(i64::MAX)])
}

/// A link from a ticket to another. `kind` is one of `ticket_links.kind`.
pub fn insert_link(
    id: &crate::id::LinkId,
    ticket: &TicketId,
    other: &TicketId,
    kind: &str,
    now: DateTime<Utc>,
) -> TenantStatement {
    INSERT_LINK.with(values![id, ticket, other, kind, now])
}

/// The end of a ticket: resolved, or closed without that.
#[derive(Debug, Clone)]
pub struct Resolution<'a> {
    /// The ticket.
    pub ticket: &'a TicketId,
    /// Which of its ends, from 1.
    pub cycle: i64,
    /// For whom it counts.
    pub agent: Option<&'a UserId>,
    /// Seconds since the ticket was created.
    pub seconds: i64,
    /// When.
    pub at: DateTime<Utc>,
}

/// Notes the end of a ticket, and counts it for its agent: each ticket once, each second once.
pub fn count_resolution(resolution: &Resolution<'_>) -> Vec<TenantStatement> {
    let Resolution { ticket, cycle, agent, seconds, at } = *resolution;
    let counted = agent.map(|agent| COUNT_RESOLUTION.with(values![ticket, agent, seconds]));
    counted.into_iter().chain([INSERT_RESOLUTION.with(values![ticket, cycle, agent, seconds, at])]).collect()
}

/// Notes that a rating of this resolution is asked for, and when to ask once more.
pub fn ask_for_rating(ticket: &TicketId, cycle: i64, now: DateTime<Utc>, remind_at: DateTime<Utc>) -> TenantStatement {
    ASK_FOR_RATING.with(values![ticket, cycle, now, remind_at])
}

/// No reminder goes out for a ticket that was opened again.
pub fn forget_reminder(ticket: &TicketId) -> TenantStatement {
    FORGET_REMINDER.with(values![ticket])
}

/// A reminder of this cycle is due at `remind_at`, as it was before it was forgotten.
pub fn restore_reminder(ticket: &TicketId, cycle: i64, remind_at: i64) -> TenantStatement {
    RESTORE_REMINDER.with(values![ticket, cycle, remind_at])
}

fn due_columns(row: &TicketRow) -> crate::sla::DueColumns {
    row.clocks.as_ref().map(Clocks::columns).unwrap_or_default()
}

fn sla(row: &TicketRow) -> String {
    row.clocks.as_ref().and_then(|clocks| serde_json::to_string(clocks).ok()).unwrap_or_else(|| "{}".to_owned())
}

fn policy(row: &TicketRow) -> Option<&str> {
    row.clocks.as_ref().and_then(Clocks::policy_id)
}

fn custom_fields(row: &TicketRow) -> String {
    serde_json::to_string(&row.custom_fields).unwrap_or_else(|_| "{}".to_owned())
}
