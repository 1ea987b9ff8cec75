//! How tickets stand to each other, and who follows them.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::scope::{self, in_scope};
use crate::access::TicketScope;
use crate::database::{DbError, Rows, TenantStatement, list};
use crate::i18n::Locale;
use crate::id::{LinkId, OrganizationId, TicketId, UserId};
use crate::tenant_statements;
use crate::ticket::{Reference, Status};
use crate::values;

macro_rules! links {
    () => {
        concat!(
            "SELECT l.id, l.kind, 1 AS outgoing, t.id AS other_id, t.number, t.title, t.status, l.created_at
            FROM ticket_links l JOIN tickets t ON t.tenant_id = l.tenant_id AND t.id = l.other_id
            WHERE l.tenant_id = ?1 AND l.ticket_id = COALESCE(?2, (SELECT id FROM tickets WHERE tenant_id = ?1 AND number = ?3))
                AND t.deleted_at IS NULL",
            in_scope!("?4", "?5"),
            " UNION ALL SELECT l.id, l.kind, 0, t.id, t.number, t.title, t.status, l.created_at
            FROM ticket_links l JOIN tickets t ON t.tenant_id = l.tenant_id AND t.id = l.ticket_id
            WHERE l.tenant_id = ?1 AND l.other_id = COALESCE(?2, (SELECT id FROM tickets WHERE tenant_id = ?1 AND number = ?3))
                AND t.deleted_at IS NULL",
            in_scope!("?4", "?5")
        )
    };
}

tenant_statements! {
    /// The links of a ticket, from it and to it, with the ticket at the other end, where that is within the scope.
    LINKS = concat!(links!(), " ORDER BY 8, 5 LIMIT 200");
    /// The same, with the latest other tickets of its requester.
    BESIDE = concat!(links!(), " UNION ALL SELECT * FROM (SELECT t.id, 'recent', 0, t.id, t.number, t.title, t.status, t.updated_at
            FROM tickets t WHERE t.tenant_id = ?1 AND t.deleted_at IS NULL
                AND t.requester_id = (SELECT requester_id FROM tickets
                    WHERE tenant_id = ?1 AND id = COALESCE(?2, (SELECT id FROM tickets WHERE tenant_id = ?1 AND number = ?3)))
                AND t.id <> COALESCE(?2, (SELECT id FROM tickets WHERE tenant_id = ?1 AND number = ?3))",
        in_scope!("?4", "?5"), "ORDER BY t.updated_at DESC, t.number DESC LIMIT 5)
        ORDER BY 8, 5 LIMIT 205");
    /// One link, with the numbers of both ends.
    FIND_LINK = "SELECT l.id, l.kind, l.ticket_id, l.other_id, t.number, o.number AS other_number
        FROM ticket_links l JOIN tickets t ON t.tenant_id = l.tenant_id AND t.id = l.ticket_id
            JOIN tickets o ON o.tenant_id = l.tenant_id AND o.id = l.other_id
        WHERE l.tenant_id = ?1 AND l.id = ?2 LIMIT 1";
    /// The two are not linked in this manner, whichever way round.
    GUARD_NEW = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'already_done', NOT EXISTS (SELECT 1 FROM ticket_links
            WHERE tenant_id = ?1 AND ticket_id = ?2 AND other_id = ?3 AND kind = ?4)
        AND NOT EXISTS (SELECT 1 FROM ticket_links WHERE tenant_id = ?1 AND ticket_id = ?3 AND other_id = ?2 AND kind = ?4)";
    /// A child has one parent.
    GUARD_ONE_PARENT = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'limit',
        NOT EXISTS (SELECT 1 FROM ticket_links WHERE tenant_id = ?1 AND ticket_id = ?2 AND kind = 'child_of')";
    /// No ticket is above itself: the child `?2` is not among those above the parent `?3`.
    GUARD_NO_CIRCLE = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'conflict', NOT EXISTS (
        WITH RECURSIVE above (id) AS (SELECT ?3 UNION SELECT l.other_id FROM above a
            JOIN ticket_links l ON l.tenant_id = ?1 AND l.ticket_id = a.id AND l.kind = 'child_of' LIMIT 1000)
        SELECT 1 FROM above WHERE above.id = ?2)";
    /// The link must still be there.
    GUARD_LINK = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'not_found',
        EXISTS (SELECT 1 FROM ticket_links WHERE tenant_id = ?1 AND id = ?2)";
    /// Removes a link.
    DELETE_LINK = "DELETE FROM ticket_links WHERE tenant_id = ?1 AND id = ?2";
    /// Somebody hears of the ticket no more.
    DELETE_FOLLOWERS = "DELETE FROM ticket_followers WHERE tenant_id = ?1 AND ticket_id = ?2 AND email IN (SELECT value FROM json_each(?3))";
    /// The person by whose id somebody follows.
    FOLLOWER_BY_ID = "SELECT email, name, role, status, organization_id, locale FROM users WHERE tenant_id = ?1 AND id = ?2 LIMIT 1";
}

/// A link as a ticket shows it.
#[derive(Debug, Clone, Deserialize)]
pub struct LinkRow {
    /// Id; of one of the requester's other tickets that ticket's own.
    pub id: String,
    /// One of `ticket_links.kind`, or `recent`.
    pub kind: String,
    /// Whether it leads from this ticket to the other.
    #[serde(deserialize_with = "crate::database::bool_from_integer")]
    pub outgoing: bool,
    /// The other ticket.
    pub other_id: TicketId,
    /// Its number.
    pub number: i64,
    /// Its title.
    pub title: String,
    /// Its status.
    pub status: Status,
    /// Since when they are linked; when one of the requester's other tickets was changed last.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub created_at: DateTime<Utc>,
}

/// A link by itself.
#[derive(Debug, Clone, Deserialize)]
pub struct LinkEnds {
    /// Id.
    pub id: LinkId,
    /// One of `ticket_links.kind`.
    pub kind: String,
    /// From.
    pub ticket_id: TicketId,
    /// To.
    pub other_id: TicketId,
    /// Number of the one.
    pub number: i64,
    /// Number of the other.
    pub other_number: i64,
}

/// A person who is to follow a ticket.
#[derive(Debug, Clone, Deserialize)]
pub struct FollowingRow {
    /// Address.
    pub email: String,
    /// Name.
    pub name: String,
    /// Role.
    pub role: crate::access::Role,
    /// Whether the person can sign in.
    pub status: crate::store::users::Status,
    /// Company.
    pub organization_id: Option<OrganizationId>,
    /// Language.
    pub locale: Option<Locale>,
}

/// The links of a ticket to others within the scope; read the rows as [`LinkRow`].
pub fn of_ticket(ticket: &Reference, scope: &TicketScope) -> TenantStatement {
    LINKS.with([ticket.values(), scope::values(scope)].concat())
}

/// The links of a ticket with the latest other tickets of its requester, within the scope; read the rows with [`beside`].
pub fn with_recent(ticket: &Reference, scope: &TicketScope) -> TenantStatement {
    BESIDE.with([ticket.values(), scope::values(scope)].concat())
}

/// The rows of [`with_recent`]: the links, then the requester's other tickets, the latest first.
pub fn beside(rows: &Rows) -> Result<(Vec<LinkRow>, Vec<LinkRow>), DbError> {
    let (links, mut recent): (Vec<LinkRow>, Vec<LinkRow>) =
        rows.all::<LinkRow>()?.into_iter().partition(|row| row.kind != "recent");
    recent.reverse();
    Ok((links, recent))
}

/// One link; read the row as [`LinkEnds`].
pub fn find(id: &LinkId) -> TenantStatement {
    FIND_LINK.with(values![id])
}

/// Refuses the batch (`already_done`) when the two are linked so already.
pub fn guard_new(ticket: &TicketId, other: &TicketId, kind: &str) -> TenantStatement {
    GUARD_NEW.with(values![ticket, other, kind])
}

/// Refuses the batch when the child has a parent (`limit`) or stands above it (`conflict`).
pub fn guard_parent(child: &TicketId, parent: &TicketId) -> [TenantStatement; 2] {
    [GUARD_ONE_PARENT.with(values![child]), GUARD_NO_CIRCLE.with(values![child, parent])]
}

/// Removes a link; refuses the batch (`not_found`) when somebody else did.
pub fn delete(id: &LinkId) -> [TenantStatement; 2] {
    [GUARD_LINK.with(values![id]), DELETE_LINK.with(values![id])]
}

/// Removes a link that may be gone.
pub fn forget(id: &LinkId) -> TenantStatement {
    DELETE_LINK.with(values![id])
}

/// These addresses hear of the ticket no more.
pub fn delete_followers(ticket: &TicketId, emails: &[String]) -> TenantStatement {
    let mut values = values![ticket];
    values.push(list(emails));
    DELETE_FOLLOWERS.with(values)
}

/// A person who is to follow; read the row as [`FollowingRow`].
pub fn follower_by_id(id: &UserId) -> TenantStatement {
    FOLLOWER_BY_ID.with(values![id])
}
