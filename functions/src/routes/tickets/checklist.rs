//! GET /api/tickets/{ticket}/checklist: what is to be done on it; everybody of the desk.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use shared::checklist::Checklist;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::UserId;
use shared::store::checklists as store;

use super::reference;
use crate::actions::tickets::load;
use crate::context::Ctx;
use crate::entity_tag::etag;
use crate::openapi::ApiDoc;

/// One thing to be done.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ChecklistItemView {
    /// Its number within the list.
    id: u32,
    /// What is to be done.
    text: String,
    /// Whether it is.
    done: bool,
    /// Who has done it.
    done_by: Option<UserId>,
    /// When.
    done_at: Option<DateTime<Utc>>,
}

/// A list.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ChecklistView {
    /// Its items, in order.
    items: Vec<ChecklistItemView>,
    /// How many are done.
    done: usize,
    /// Counts the changes; the entity tag.
    version: i64,
}

/// The same in an envelope.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ChecklistAnswer {
    /// The list; empty where nothing is to be done.
    data: ChecklistView,
}

pub(super) fn answer(status: u16, list: Checklist) -> Response {
    let (done, version) = (list.done(), list.version);
    let items = list.items.into_iter().map(|item| ChecklistItemView {
        id: item.id,
        done: item.is_done(),
        text: item.text,
        done_by: item.done_by,
        done_at: item.done_at,
    });
    let data = ChecklistView { items: items.collect(), done, version };
    Response::json(status, &ChecklistAnswer { data }).with("etag", etag(version))
}

pub(super) fn example() -> Value {
    let item = |id: u32, text: &str, done: bool| {
        let by = done.then_some("usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b");
        json!({"id": id, "text": text, "done": done, "done_by": by, "done_at": done.then_some("2026-03-02T07:00:00Z")})
    };
    json!({"data": {"items": [item(1, "Ask for the log", true), item(2, "Try it on the copy", false)], "done": 1, "version": 3}})
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("tickets", "Show a ticket's checklist")
        .path("ticket", "Its id (tkt_...) or number (ACME-1042)")
        .sends_etag()
        .answers::<ChecklistAnswer>(200, "The list; ETag is its version", example())
        .refuses(&[401, 403, 404])
}

/// Shows it.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let reference = reference(ctx, &request)?;
    let list = store::read(&load(ctx, &reference, vec![store::of_ticket(&reference)]).await?.next()?)?;
    Ok(answer(200, list))
}
