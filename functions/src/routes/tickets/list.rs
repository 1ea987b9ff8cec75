//! GET /api/tickets: tickets within the actor's scope, filtered by every field, searched, sorted, page by page.

use serde::Serialize;
use serde_json::json;
use shared::access::{Person, TicketScope};
use shared::error::{ApiError, FieldError};
use shared::http::{Query, Request, Response};
use shared::ticket::TicketView;
use shared::ticket_list::ListRequest;

use crate::actions::ticket_list;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// A page of tickets.
#[derive(Serialize, utoipa::ToSchema)]
pub struct TicketList {
    /// The tickets; followers and rating are told by the single ticket only.
    data: Vec<TicketView>,
    /// Where to go on.
    meta: PageMeta,
}

/// Where a list goes on.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PageMeta {
    /// Whether another page follows.
    has_more: bool,
    /// `cursor` for the next page.
    next_cursor: Option<String>,
}

impl PageMeta {
    /// After a page with this next cursor.
    pub fn of(next_cursor: Option<String>) -> Self {
        Self { has_more: next_cursor.is_some(), next_cursor }
    }
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    let mut doc = ApiDoc::new("tickets", "List tickets")
        .about(
            "Clients see their own tickets; `scope=organization` those of their organization, `scope=following` those that they follow. \
             Staff see every ticket; `scope=mine` those that they asked for themselves, `scope=following` those that they follow.",
        );
    for (name, text) in [
        ("status", "new, in_progress, waiting_customer, resolved, closed; open for the unfinished, finished for the others"),
        ("priority", "critical, high, medium, low"),
        ("category", "Slug of a category"),
        ("erp_module", "ERP module"),
        ("channel", "web, email, api, chat"),
        ("assignee", "Id of a person, or none"),
        ("department", "Id of a department"),
        ("organization", "Id of an organization"),
        ("requester", "Id of a person"),
        ("follower", "Id of a person"),
        ("mentioned", "Id of a member of the desk who is named in a note"),
        ("tag", "A tag"),
        (
            "sla",
            "warning for those in warning or breach, breached, ok for neither; paused while the clocks wait for the customer; met when nothing is due any more and nothing was missed",
        ),
        ("escalation", "Level at least"),
        ("due_before", "RFC 3339 moment or date"),
        ("created_after", "RFC 3339 moment or date"),
        ("created_before", "RFC 3339 moment or date"),
        ("updated_after", "RFC 3339 moment or date"),
        ("updated_before", "RFC 3339 moment or date"),
        ("resolved_after", "RFC 3339 moment or date"),
        ("resolved_before", "RFC 3339 moment or date"),
        ("closed_after", "RFC 3339 moment or date"),
        ("closed_before", "RFC 3339 moment or date"),
        ("rating", "1 to 5: the score given to the present resolution"),
        ("snoozed", "true for those that their assignee has put off, false for the others"),
        ("reopened", "true for those that were opened again, false for the others"),
        (
            "custom_fields.<name>",
            "Value of one custom field; staff only, as are tag, mentioned, snoozed, department, escalation and deleted",
        ),
        ("deleted", "true for deleted tickets only; not with q"),
        ("scope", "mine, organization, following"),
        ("q", "Full text, in Russian, English and Arabic word forms, or a ticket's number"),
        (
            "sort",
            "updated_at, created_at, number, due_at, priority; a minus before it for the largest first. due_at and priority need a status; \
                  tickets without a running clock come last by due_at. A search (q) runs by -created_at only",
        ),
        ("limit", "1 to 100"),
        ("cursor", "next_cursor of the page before"),
    ] {
        doc = doc.query(name, text);
    }
    doc.answers::<TicketList>(
        200,
        "A page of tickets",
        json!({"data": [super::example()], "meta": {"has_more": false, "next_cursor": null}}),
    )
    .refuses(&[401, 403, 422])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let (scope, list) = parse(ctx, &request.query)?;
    let (page, _) = ticket_list::load(ctx, &scope, &list, Vec::new()).await?;
    Ok(Response::json(200, &TicketList { data: page.views(ctx), meta: PageMeta::of(page.next) }))
}

/// What a client does not see, a client does not filter by either: the length of a list would tell it.
fn not_the_desks(query: &Query, person: &Person) -> Result<(), ApiError> {
    let is_the_desks =
        |name: &str| matches!(name, "tag" | "tags" | "mentioned" | "snoozed" | "department" | "escalation" | "deleted");
    let faults: Vec<FieldError> = query
        .pairs()
        .filter(|(name, value)| match *name {
            "follower" => *value != person.id.as_str(),
            name => is_the_desks(name) || name.starts_with("custom_fields."),
        })
        .map(|(name, _)| FieldError::new(name, "not_allowed"))
        .collect();
    if faults.is_empty() { Ok(()) } else { Err(ApiError::invalid(faults)) }
}

/// The list that the query asks for, narrowed to what the actor means by "my tickets" unless it says otherwise.
pub fn parse(ctx: &Ctx<'_>, query: &Query) -> Result<(TicketScope, ListRequest), ApiError> {
    let mut list = ListRequest::parse(query, &["scope"]).map_err(ApiError::invalid)?;
    let scope = ctx.actor.ticket_scope();
    let asked = query.filled("scope");
    if let Some(person) = ctx.actor.person().filter(|person| !person.role.is_staff()) {
        not_the_desks(query, person)?;
        let organization = person.organization.as_ref().filter(|_| ctx.tenant.settings().organization_tickets_visible);
        match (asked, organization) {
            // Somebody without an organization has none to show but one's own.
            (None | Some("mine"), _) | (Some("organization"), None) => list.filter.requester = Some(person.id.clone()),
            (Some("organization"), Some(organization)) => list.filter.organization = Some(organization.clone()),
            (Some("following"), _) => list.filter.follower = Some(person.id.clone()),
            (Some(_), _) => return Err(ApiError::invalid(vec![FieldError::new("scope", "unknown_value")])),
        }
    } else if let (Some(person), Some(asked)) = (ctx.actor.person(), asked) {
        // The desk sees everything; what it calls its own is what it asked for itself.
        match asked {
            "mine" => list.filter.requester = Some(person.id.clone()),
            "following" => list.filter.follower = Some(person.id.clone()),
            _ => return Err(ApiError::invalid(vec![FieldError::new("scope", "unknown_value")])),
        }
    }
    ticket_list::admit(ctx, &list)?;
    Ok((scope, list))
}
