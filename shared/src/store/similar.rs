//! Tickets like the one that somebody begins to write: among the latest of one's own and of one's organization.
//!
//! The candidates come first, from the indexes of people and organizations, and each is looked up in the full-text index by its row. So the
//! cost has an end that the size of the tenant does not move, however common the words are.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::scope::{self, in_scope};
use crate::access::TicketScope;
use crate::database::TenantStatement;
use crate::id::{OrganizationId, TicketId, UserId};
use crate::tenant_statements;
use crate::ticket::{Status, TicketRow};
use crate::values;

tenant_statements! {
    /// Those of the latest 150 tickets of a person, and of the latest 150 of an organization, that a search finds.
    SIMILAR = concat!("SELECT t.id, t.number, t.title, t.status, t.updated_at, r.name AS requester_name, t.requester_id
        FROM (SELECT id FROM (SELECT id FROM tickets INDEXED BY tickets_by_requester
                    WHERE tenant_id = ?1 AND deleted_at IS NULL AND requester_id = ?2 ORDER BY updated_at DESC, number DESC LIMIT 150)
                UNION SELECT id FROM (SELECT id FROM tickets INDEXED BY tickets_by_organization
                    WHERE tenant_id = ?1 AND deleted_at IS NULL AND organization_id = ?3 ORDER BY updated_at DESC, number DESC LIMIT 150)) k
            CROSS JOIN search_rows w ON w.tenant_id = ?1 AND w.ticket_id = k.id
            CROSS JOIN ticket_search s ON s.rowid = w.row
            CROSS JOIN tickets t ON t.tenant_id = ?1 AND t.id = k.id
            JOIN users r ON r.tenant_id = t.tenant_id AND r.id = t.requester_id
        WHERE ticket_search MATCH ?4", in_scope!("?5", "?6"), "ORDER BY t.number DESC LIMIT 30");
    /// Tickets for the desk that a search finds, without the one that they are compared with: among the latest 150 of its requester, of its
    /// organization and of its category each.
    SIMILAR_TO = concat!("SELECT t.id, t.number, t.title, t.status, t.updated_at, r.name AS requester_name, t.requester_id
        FROM (SELECT id FROM (SELECT id FROM tickets INDEXED BY tickets_by_requester
                    WHERE tenant_id = ?1 AND deleted_at IS NULL AND requester_id = ?2 ORDER BY updated_at DESC, number DESC LIMIT 150)
                UNION SELECT id FROM (SELECT id FROM tickets INDEXED BY tickets_by_organization
                    WHERE tenant_id = ?1 AND deleted_at IS NULL AND organization_id = ?3 ORDER BY updated_at DESC, number DESC LIMIT 150)
                UNION SELECT id FROM (SELECT id FROM tickets INDEXED BY tickets_by_category
                    WHERE tenant_id = ?1 AND deleted_at IS NULL AND category = ?4 ORDER BY updated_at DESC, number DESC LIMIT 150)) k
            CROSS JOIN search_rows w ON w.tenant_id = ?1 AND w.ticket_id = k.id
            CROSS JOIN ticket_search s ON s.rowid = w.row
            CROSS JOIN tickets t ON t.tenant_id = ?1 AND t.id = k.id
            JOIN users r ON r.tenant_id = t.tenant_id AND r.id = t.requester_id
        WHERE k.id <> ?5 AND ticket_search MATCH ?6", in_scope!("?7", "?8"), "ORDER BY t.number DESC LIMIT 30");
}

/// A ticket that may be about the same.
#[derive(Debug, Clone, Deserialize)]
pub struct SimilarRow {
    /// Id.
    pub id: TicketId,
    /// Number.
    pub number: i64,
    /// Title.
    pub title: String,
    /// Status.
    pub status: Status,
    /// Last change.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub updated_at: DateTime<Utc>,
    /// Who asked.
    pub requester_id: UserId,
    /// Their name.
    pub requester_name: String,
}

/// Tickets of the person and, if there is one to look at, of the organization, that the expression finds within the scope.
pub fn similar(
    requester: &UserId,
    organization: Option<&OrganizationId>,
    expression: &str,
    scope: &TicketScope,
) -> TenantStatement {
    let mut bound = values![requester, organization, expression];
    bound.extend(scope::values(scope));
    SIMILAR.with(bound)
}

/// Tickets like one that is there, which the expression finds within the scope; read the rows as [`SimilarRow`].
pub fn similar_to(ticket: &TicketRow, expression: &str, scope: &TicketScope) -> TenantStatement {
    let mut bound =
        values![&ticket.requester_id, ticket.organization_id.as_ref(), ticket.category.clone(), &ticket.id, expression];
    bound.extend(scope::values(scope));
    SIMILAR_TO.with(bound)
}
