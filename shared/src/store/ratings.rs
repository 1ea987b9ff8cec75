//! Ratings: one a resolution, the figures of agents that they add up to, and reminders.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::access::Role;
use crate::database::{TenantStatement, bool_from_integer};
use crate::i18n::Locale;
use crate::id::{RatingId, TicketId, UserId};
use crate::tenant_statements;
use crate::ticket::{Reference, Status};
use crate::values;

tenant_statements! {
    /// What decides whether a ticket can be rated, and its rating of one resolution (the present one unless ?4 names another).
    FACTS = "SELECT t.id, t.number, t.status, t.resolution_cycle AS cycle, t.requester_id, u.role AS requester_role, t.organization_id,
            CASE WHEN s.ticket_id IS NULL THEN t.assignee_id ELSE s.agent_id END AS agent_id, t.merged_into_id IS NOT NULL AS merged, t.deleted_at IS NOT NULL AS deleted, t.version,
            r.id AS rating_id, r.score, r.comment, r.agent_id AS rated_agent_id, r.created_at AS rated_at, r.updated_at AS changed_at
        FROM tickets t
            JOIN users u ON u.tenant_id = t.tenant_id AND u.id = t.requester_id
            LEFT JOIN ticket_resolutions s ON s.tenant_id = t.tenant_id AND s.ticket_id = t.id AND s.cycle = COALESCE(?4, t.resolution_cycle)
            LEFT JOIN ratings r ON r.tenant_id = t.tenant_id AND r.ticket_id = t.id AND r.cycle = COALESCE(?4, t.resolution_cycle)
        WHERE t.tenant_id = ?1 AND t.id = COALESCE(?2, (SELECT id FROM tickets WHERE tenant_id = ?1 AND number = ?3)) LIMIT 1";
    /// A new rating. A second one of the same resolution is refused (`ratings.cycle`).
    INSERT = "INSERT INTO ratings (tenant_id, id, ticket_id, cycle, score, comment, agent_id, rated_by, created_at, updated_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9)";
    /// A rating that its giver changes.
    UPDATE = "UPDATE ratings SET score = ?3, comment = ?4, updated_at = ?5 WHERE tenant_id = ?1 AND id = ?2";
    /// The ticket is still solved, in the same resolution.
    GUARD_SOLVED = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'conflict',
        (SELECT status IN ('resolved', 'closed') AND resolution_cycle = ?3 AND merged_into_id IS NULL AND deleted_at IS NULL
            FROM tickets WHERE tenant_id = ?1 AND id = ?2)";
    /// The rating is still as it was read: the figures move by a difference.
    GUARD_SCORE = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'stale_version',
        (SELECT score = ?3 AND updated_at = ?4 FROM ratings WHERE tenant_id = ?1 AND id = ?2)";
    /// A rating counts for its agent.
    COUNT = "INSERT INTO agent_figures (tenant_id, agent_id, ratings, score_sum) VALUES (?1, ?2, 1, ?3)
        ON CONFLICT (tenant_id, agent_id) DO UPDATE SET ratings = ratings + 1, score_sum = score_sum + ?3";
    /// A changed one counts otherwise.
    RECOUNT = "UPDATE agent_figures SET score_sum = score_sum + ?3 WHERE tenant_id = ?1 AND agent_id = ?2";
    /// Whoever has rated is not reminded.
    NO_REMINDER = "UPDATE rating_requests SET remind_at = NULL WHERE tenant_id = ?1 AND ticket_id = ?2 AND cycle = ?3";
    /// Requests that are due to be repeated, with what decides whether they still make sense. Whoever writes by mail alone has no
    /// account and was asked the first time too.
    DUE = "SELECT q.ticket_id, q.cycle, u.id AS user_id, u.email, u.locale,
            t.status IN ('resolved', 'closed') AND t.resolution_cycle = q.cycle AND t.merged_into_id IS NULL AND t.deleted_at IS NULL
                AND u.status <> 'disabled' AND u.role = 'client' AND u.mail_blocked_at IS NULL AND r.id IS NULL AS wanted
        FROM rating_requests q
            JOIN tickets t ON t.tenant_id = q.tenant_id AND t.id = q.ticket_id
            JOIN users u ON u.tenant_id = t.tenant_id AND u.id = t.requester_id
            LEFT JOIN ratings r ON r.tenant_id = q.tenant_id AND r.ticket_id = q.ticket_id AND r.cycle = q.cycle
        WHERE q.tenant_id = ?1 AND q.remind_at <= ?2 ORDER BY q.remind_at LIMIT ?3";
    /// A reminder is written once, whoever else is at it.
    GUARD_REMINDER = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'already_done',
        (SELECT remind_at IS NOT NULL FROM rating_requests WHERE tenant_id = ?1 AND ticket_id = ?2 AND cycle = ?3)";
    /// Figures of the desk's people, best known first.
    FIGURES = "SELECT f.agent_id, u.name, f.tickets_resolved, f.resolution_seconds, f.ratings, f.score_sum
        FROM agent_figures f JOIN users u ON u.tenant_id = f.tenant_id AND u.id = f.agent_id
        WHERE f.tenant_id = ?1 ORDER BY f.agent_id LIMIT ?2";
    /// Ratings since a moment, by score.
    SPREAD = "SELECT score, COUNT(*) AS count FROM ratings WHERE tenant_id = ?1 AND created_at >= ?2 GROUP BY score LIMIT 5";
    /// Ratings since a moment, by agent.
    BY_AGENT = "SELECT r.agent_id, u.name, COUNT(*) AS ratings, SUM(r.score) AS score_sum FROM ratings r
            JOIN users u ON u.tenant_id = r.tenant_id AND u.id = r.agent_id
        WHERE r.tenant_id = ?1 AND r.created_at >= ?2 GROUP BY r.agent_id ORDER BY r.agent_id LIMIT ?3";
}

/// What decides whether a ticket can be rated.
#[derive(Debug, Clone, Deserialize)]
pub struct Facts {
    /// Ticket.
    pub id: TicketId,
    /// Its number.
    pub number: i64,
    /// Its status.
    pub status: Status,
    /// How often it was resolved: the present resolution.
    pub cycle: i64,
    /// Whose it is.
    pub requester_id: UserId,
    /// Their role: what the desk opened for itself is not rated.
    pub requester_role: Role,
    /// For whom a rating counts: whoever had the ticket when it ended.
    pub agent_id: Option<UserId>,
    /// Whether it went up in another.
    #[serde(deserialize_with = "bool_from_integer")]
    pub merged: bool,
    /// Whether it is deleted.
    #[serde(deserialize_with = "bool_from_integer")]
    pub deleted: bool,
    /// The rating, if there is one.
    pub rating_id: Option<RatingId>,
    /// 1 to 5.
    pub score: Option<i64>,
    /// What was written with it.
    pub comment: Option<String>,
    /// For whom it counts.
    pub rated_agent_id: Option<UserId>,
    /// When it was given, in milliseconds.
    pub rated_at: Option<i64>,
    /// When it was last changed, in milliseconds.
    pub changed_at: Option<i64>,
}

/// A rating to write.
#[derive(Debug, Clone)]
pub struct NewRating<'a> {
    /// Id.
    pub id: RatingId,
    /// Of which ticket.
    pub ticket: &'a TicketId,
    /// Of which resolution.
    pub cycle: i64,
    /// 1 to 5.
    pub score: i64,
    /// What was written with it.
    pub comment: &'a str,
    /// For whom it counts.
    pub agent: Option<&'a UserId>,
    /// Who gave it: an id, or `link`.
    pub rated_by: &'a str,
}

/// A request that is due to be repeated.
#[derive(Debug, Clone, Deserialize)]
pub struct Due {
    /// Of which ticket.
    pub ticket_id: TicketId,
    /// Of which resolution.
    pub cycle: i64,
    /// Whom to ask.
    pub user_id: UserId,
    /// Where.
    pub email: String,
    /// In which language.
    pub locale: Option<Locale>,
    /// Whether it still makes sense.
    #[serde(deserialize_with = "bool_from_integer")]
    pub wanted: bool,
}

/// An agent's figures.
#[derive(Debug, Clone, Deserialize)]
pub struct Figures {
    /// The agent.
    pub agent_id: UserId,
    /// Name.
    pub name: String,
    /// Tickets that ended while the agent had them, each counted once.
    #[serde(default)]
    pub tickets_resolved: i64,
    /// Sum of the seconds from their creation to their end, none counted twice.
    #[serde(default)]
    pub resolution_seconds: i64,
    /// Ratings.
    pub ratings: i64,
    /// Sum of their scores.
    pub score_sum: i64,
}

/// How many ratings gave a score.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Share {
    /// 1 to 5.
    pub score: i64,
    /// How many.
    pub count: i64,
}

/// What decides whether the ticket can be rated; `cycle` names a resolution other than the present one.
pub fn facts(ticket: &Reference, cycle: Option<i64>) -> TenantStatement {
    let [id, number] = ticket.values();
    let mut values = vec![id, number];
    values.extend(values![cycle]);
    FACTS.with(values)
}

/// Writes a rating.
pub fn insert(rating: &NewRating<'_>, now: DateTime<Utc>) -> TenantStatement {
    INSERT.with(values![
        &rating.id,
        rating.ticket,
        rating.cycle,
        rating.score,
        rating.comment,
        rating.agent,
        rating.rated_by,
        now
    ])
}

/// Changes a rating.
pub fn update(id: &RatingId, score: i64, comment: &str, now: DateTime<Utc>) -> TenantStatement {
    UPDATE.with(values![id, score, comment, now])
}

/// Refuses the batch (`conflict`) when the ticket is no longer solved in this resolution.
pub fn guard_solved(ticket: &TicketId, cycle: i64) -> TenantStatement {
    GUARD_SOLVED.with(values![ticket, cycle])
}

/// Refuses the batch (`stale_version`) when the rating is not as it was read.
pub fn guard_score(id: &RatingId, score: i64, changed_at_ms: i64) -> TenantStatement {
    GUARD_SCORE.with(values![id, score, changed_at_ms])
}

/// Counts a rating for its agent.
pub fn count(agent: &UserId, score: i64) -> TenantStatement {
    COUNT.with(values![agent, score])
}

/// Counts a changed rating: `difference` is the new score less the former.
pub fn recount(agent: &UserId, difference: i64) -> TenantStatement {
    RECOUNT.with(values![agent, difference])
}

/// Asks no more for a rating of this resolution.
pub fn no_reminder(ticket: &TicketId, cycle: i64) -> TenantStatement {
    NO_REMINDER.with(values![ticket, cycle])
}

/// Up to `limit` requests that are due to be repeated; read the rows as [`Due`].
pub fn due(now: DateTime<Utc>, limit: u32) -> TenantStatement {
    DUE.with(values![now, limit])
}

/// Refuses the batch (`already_done`) when the reminder was dealt with meanwhile.
pub fn guard_reminder(ticket: &TicketId, cycle: i64) -> TenantStatement {
    GUARD_REMINDER.with(values![ticket, cycle])
}

/// Figures of up to `limit` people of the desk, of all time; read the rows as [`Figures`].
pub fn figures(limit: u32) -> TenantStatement {
    FIGURES.with(values![limit])
}

/// How many ratings since `since` gave each score; read the rows as [`Share`].
pub fn spread(since: DateTime<Utc>) -> TenantStatement {
    SPREAD.with(values![since])
}

/// Ratings since `since` by agent; read the rows as [`Figures`].
pub fn by_agent(since: DateTime<Utc>, limit: u32) -> TenantStatement {
    BY_AGENT.with(values![since, limit])
}
