//! `/api/views`: views of the desk's tickets that people save.

pub mod counts;
pub mod create;
pub mod delete;
pub mod list;
pub mod order;
pub mod show;
pub mod update;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::{TicketViewId, UserId};
use shared::ticket_view::{Column, Grouping, Shared};

use super::access::Named;
use crate::actions::ticket_views::View;
use crate::entity_tag::etag;

/// A view as the API shows it.
#[derive(Serialize, utoipa::ToSchema)]
pub struct TicketViewView {
    /// Id.
    id: TicketViewId,
    /// What people call it.
    name: String,
    /// Whose it is.
    owner: Named<UserId>,
    /// Who sees it beside its owner.
    shared: Shared,
    /// The group that does.
    group: Option<String>,
    /// What narrows it: parameters of GET /api/tickets; `me` is whoever opens it.
    conditions: BTreeMap<String, String>,
    /// Order, as GET /api/tickets takes it.
    sort: String,
    /// What the rows of a page are put together by.
    group_by: Grouping,
    /// Which columns are shown.
    columns: Vec<Column>,
    /// Its place among its owner's.
    position: i64,
    /// Counts the changes; the entity tag.
    version: i64,
    /// When it was made.
    created_at: DateTime<Utc>,
    /// When it was last changed.
    updated_at: DateTime<Utc>,
}

impl From<View> for TicketViewView {
    fn from(view: View) -> Self {
        Self {
            id: view.id,
            name: view.form.name,
            owner: Named { id: view.owner_id, name: view.owner_name },
            shared: view.form.shared,
            group: view.form.group,
            conditions: view.form.conditions,
            sort: view.form.sort,
            group_by: view.form.group_by,
            columns: view.form.columns,
            position: view.position,
            version: view.version,
            created_at: view.created_at,
            updated_at: view.updated_at,
        }
    }
}

/// The view that the path names.
fn id(request: &Request) -> Result<TicketViewId, ApiError> {
    TicketViewId::parse(request.param("view")).map_err(|_| ApiError::not_found())
}

fn answer(status: u16, view: View) -> Response {
    let tag = etag(view.version);
    Response::json(status, &TicketViewView::from(view)).with("etag", tag)
}

fn example_in() -> Value {
    json!({
        "name": "Urgent, mine", "shared": "nobody", "group": null, "conditions": {"assignee": "me", "priority": "critical", "status": "open"},
        "sort": "due_at", "group_by": "status", "columns": ["priority", "requester", "status", "sla", "updated"]
    })
}

fn example() -> Value {
    json!({
        "id": "viw_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "name": "Urgent, mine",
        "owner": {"id": "usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "name": "Anna Kim"}, "shared": "nobody", "group": null,
        "conditions": {"assignee": "me", "priority": "critical", "status": "open"}, "sort": "due_at", "group_by": "status",
        "columns": ["priority", "requester", "status", "sla", "updated"], "position": 0, "version": 1,
        "created_at": "2026-03-02T07:00:00Z", "updated_at": "2026-03-02T07:00:00Z"
    })
}
