//! Tickets in the JSON API (specification 6.2).

pub mod attachments;
pub mod bulk;
pub mod bulk_undo;
pub mod checklist;
pub mod checklist_add;
pub mod checklist_remove;
pub mod checklist_update;
pub mod comments;
pub mod create;
pub mod delete;
pub mod draft;
pub mod draft_discard;
pub mod draft_save;
pub mod followers;
pub mod forward;
pub mod history;
pub mod link;
pub mod links;
pub mod list;
pub mod list_comments;
pub mod markdown;
pub mod mentionable;
pub mod merge;
pub mod rating;
pub mod recent;
pub mod restore;
pub mod show;
pub mod similar;
pub mod snooze;
pub mod snooze_end;
pub mod snooze_set;
pub mod split;
pub mod tags;
pub mod unfollow;
pub mod unlink;
pub mod unmerge;
pub mod update;

use serde_json::{Value, json};
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::ticket::{FollowerRow, Reference, TicketRow};

use crate::actions::tickets as action;
use crate::context::Ctx;
use crate::entity_tag::etag;

/// The ticket that the path names.
fn reference(ctx: &Ctx<'_>, request: &Request) -> Result<Reference, ApiError> {
    action::reference(ctx, request.param("ticket"))
}

/// The item of a checklist that the path names.
fn checklist_item(request: &Request) -> Result<u32, ApiError> {
    request.param("item").parse().map_err(|_| ApiError::not_found())
}

/// A ticket as it is after a change, with its version as `ETag`.
fn changed(ctx: &Ctx<'_>, row: &TicketRow, followers: &[FollowerRow]) -> Response {
    Response::json(200, &action::show::view_of(ctx, row, followers)).with("etag", etag(row.version))
}

/// A ticket for the API document.
fn example() -> Value {
    json!({
        "id": "tkt_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "number": "ACME-1042", "title": "Invoice 4711 is not posted",
        "description": "Posting stops with error 1203 since this morning.", "status": "new", "priority": "high",
        "category": "accounting", "erp_module": "sales", "channel": "api", "tags": ["year-end"],
        "requester": {"id": "usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "name": "Anna", "email": "anna@client.example"},
        "assignee": null, "department": null, "organization": {"id": "org_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "name": "Client Ltd"},
        "followers": [], "custom_fields": {"contract": "A-1"},
        "sla": {
            "state": "ok", "clock": "first_response", "at": "2026-03-02T08:00:00Z", "remaining_business_seconds": 3600,
            "policy": {"id": "standard", "name": "Standard"},
            "first_response": {"state": "ok", "due_at": "2026-03-02T08:00:00Z", "met_at": null, "remaining_business_seconds": 3600},
            "next_response": null,
            "resolution": {"state": "ok", "due_at": "2026-03-02T15:00:00Z", "met_at": null, "remaining_business_seconds": 28800},
            "explanation": {"policy_id": "standard", "status": null, "open_now": true, "opens_at": null, "clocks": []}
        },
        "escalation": {"level": 0, "reason": null}, "rating": null, "comment_count": 0, "merged_into": null, "reopened_count": 0,
        "version": 1, "created_at": "2026-03-02T07:00:00Z", "updated_at": "2026-03-02T07:00:00Z", "first_response_at": null,
        "resolved_at": null, "closed_at": null
    })
}
