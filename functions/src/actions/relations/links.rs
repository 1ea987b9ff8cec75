//! Links between tickets, as each of the two sees them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use shared::database::TenantStatement;
use shared::error::ApiError;
use shared::id::{LinkId, TicketId};
use shared::store::links::{self as store, LinkEnds, LinkRow};
use shared::store::{attachments, tickets};
use shared::ticket::{Reference, Status};
use utoipa::ToSchema;

use super::merge::line;
use crate::actions::audit;
use crate::actions::tickets::load;
use crate::context::Ctx;

/// What this ticket is to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LinkKind {
    /// They have to do with each other.
    Related,
    /// This one says the same as the other.
    Duplicate,
    /// This one is the cause of the other.
    Problem,
    /// This one is caused by the other.
    Incident,
    /// The other is a part of this one.
    Parent,
    /// This one is a part of the other.
    Child,
}

impl LinkKind {
    /// The name in JSON, in forms and in texts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Related => "related",
            Self::Duplicate => "duplicate",
            Self::Problem => "problem",
            Self::Incident => "incident",
            Self::Parent => "parent",
            Self::Child => "child",
        }
    }

    /// Reads exactly what [`Self::as_str`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Related, Self::Duplicate, Self::Problem, Self::Incident, Self::Parent, Self::Child]
            .into_iter()
            .find(|kind| kind.as_str() == text)
    }

    /// The stored kind, and whether it leads from this ticket to the other.
    fn stored(self) -> (&'static str, bool) {
        match self {
            Self::Related => ("related", true),
            Self::Duplicate => ("duplicate_of", true),
            Self::Problem => ("incident_of", false),
            Self::Incident => ("incident_of", true),
            Self::Parent => ("child_of", false),
            Self::Child => ("child_of", true),
        }
    }
}

/// A stored kind as the ticket at this end sees it.
fn seen(kind: &str, outgoing: bool) -> &'static str {
    match (kind, outgoing) {
        ("duplicate_of", true) => "duplicate",
        ("duplicate_of", false) => "duplicated",
        ("incident_of", true) => "incident",
        ("incident_of", false) => "problem",
        ("child_of", true) => "child",
        ("child_of", false) => "parent",
        ("continues", true) => "continues",
        ("continues", false) => "continued",
        ("split_from", true) => "split_from",
        ("split_from", false) => "split_into",
        _ => "related",
    }
}

/// A link as one ticket sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LinkView {
    /// `lnk_...`
    pub id: String,
    /// What this ticket is to the other: related, duplicate, problem, incident, parent, child; also duplicated, continues, continued,
    /// `split_from`, `split_into`.
    #[schema(example = "child")]
    pub kind: String,
    /// The other ticket.
    pub ticket: LinkedTicket,
    /// Since when.
    pub created_at: DateTime<Utc>,
}

/// The ticket at the other end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LinkedTicket {
    /// `tkt_...`
    pub id: String,
    /// `ACME-1042`
    pub number: String,
    /// Title.
    pub title: String,
    /// Status.
    pub status: Status,
}

/// How links show.
pub fn views(ctx: &Ctx<'_>, rows: Vec<LinkRow>) -> Vec<LinkView> {
    let view = |row: LinkRow| LinkView {
        id: row.id,
        kind: seen(&row.kind, row.outgoing).to_owned(),
        ticket: LinkedTicket {
            id: row.other_id.to_string(),
            number: ctx.tenant.ticket_reference(row.number),
            title: row.title,
            status: row.status,
        },
        created_at: row.created_at,
    };
    rows.into_iter().map(view).collect()
}

/// The links of a ticket.
pub async fn links(ctx: &Ctx<'_>, reference: &Reference) -> Result<Vec<LinkView>, ApiError> {
    let mut loaded = load(ctx, reference, vec![store::of_ticket(reference, &ctx.actor.ticket_scope())]).await?;
    Ok(views(ctx, loaded.next()?.all()?))
}

/// Links a ticket to another. 409 when they are linked so already, when a child has a parent, or when a ticket would stand
/// above itself.
pub async fn link(ctx: &Ctx<'_>, reference: &Reference, kind: LinkKind, other: &Reference) -> Result<LinkView, ApiError> {
    let mut loaded = load(ctx, reference, vec![tickets::find(other)]).await?;
    let other = tickets::ticket(&loaded.next()?)?
        .filter(|row| row.deleted_at.is_none())
        .ok_or_else(|| ApiError::field("ticket", "unknown_value"))?;
    let this = loaded.row;
    if this.id == other.id {
        return Err(ApiError::field("ticket", "itself"));
    }
    let (stored, outgoing) = kind.stored();
    let (from, to) = if outgoing { (&this.id, &other.id) } else { (&other.id, &this.id) };
    let id: LinkId = ctx.ids().next();
    let mut batch = vec![store::guard_new(from, to, stored)];
    if stored == "child_of" {
        batch.extend(store::guard_parent(from, to));
    }
    batch.push(tickets::insert_link(&id, from, to, stored, ctx.now));
    let (number, other_number) = (ctx.tenant.ticket_reference(this.number), ctx.tenant.ticket_reference(other.number));
    batch.push(line(ctx, &this.id, "linked", None, Some(format!("{} {other_number}", seen(stored, outgoing)))));
    batch.push(line(ctx, &other.id, "linked", None, Some(format!("{} {number}", seen(stored, !outgoing)))));
    batch.extend(both_touched(ctx, &this.id, &other.id));
    batch.push(audit::line(ctx, "ticket.linked", this.id.as_str(), json!({ "link": id, "kind": kind, "other": other.id })));
    ctx.db.batch(batch).await.map_err(|error| match () {
        () if error.is_refused_by("already_done") => ApiError::conflict("already_linked"),
        () if error.is_refused_by("limit") => ApiError::conflict("has_parent"),
        () if error.is_refused_by("conflict") => ApiError::conflict("link_circle"),
        () => ApiError::from(error),
    })?;
    Ok(LinkView {
        id: id.to_string(),
        kind: kind.as_str().to_owned(),
        ticket: LinkedTicket { id: other.id.to_string(), number: other_number, title: other.title, status: other.status },
        created_at: ctx.now,
    })
}

/// Removes a link of the ticket, from whichever end.
pub async fn unlink(ctx: &Ctx<'_>, reference: &Reference, id: &LinkId) -> Result<(), ApiError> {
    let mut loaded = load(ctx, reference, vec![store::find(id)]).await?;
    let ends: LinkEnds = loaded.next()?.first()?.ok_or_else(ApiError::not_found)?;
    if loaded.row.id != ends.ticket_id && loaded.row.id != ends.other_id {
        return Err(ApiError::not_found());
    }
    let (number, other_number) = (ctx.tenant.ticket_reference(ends.number), ctx.tenant.ticket_reference(ends.other_number));
    let mut batch = store::delete(id).to_vec();
    batch.push(line(ctx, &ends.ticket_id, "unlinked", Some(format!("{} {other_number}", seen(&ends.kind, true))), None));
    batch.push(line(ctx, &ends.other_id, "unlinked", Some(format!("{} {number}", seen(&ends.kind, false))), None));
    batch.extend(both_touched(ctx, &ends.ticket_id, &ends.other_id));
    let detail = json!({ "link": id, "kind": ends.kind, "ticket": ends.ticket_id, "other": ends.other_id });
    batch.push(audit::line(ctx, "ticket.unlinked", loaded.row.id.as_str(), detail));
    ctx.db.batch(batch).await?;
    Ok(())
}

fn both_touched(ctx: &Ctx<'_>, one: &TicketId, other: &TicketId) -> [TenantStatement; 2] {
    [attachments::touch(one, ctx.now), attachments::touch(other, ctx.now)]
}
