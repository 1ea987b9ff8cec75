//! POST /agent/settings/departments: adds one, renames one, moves one, archives one or takes it back. Fields: `id`, `version`, `name`,
//! `archived`, `move_tickets_to` (of an archived one), `lead`, `move` (up, down), `page` (where it came from the department's own page);
//! with user.manage `join` and `leave`, who is to belong to it or no more.

use shared::access::Permission;
use shared::error::ApiError;
use shared::http::{Query, Request, Response};
use shared::id::{DepartmentId, UserId};
use shared::store::desk::DepartmentChange;

use super::{Refused, changes, department, page};
use crate::actions::{desk, people};
use crate::context::Ctx;
use crate::entity_tag::IfMatch;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};

/// Does what the form says; a refused one comes back.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let sent = form::read(ctx, &mut request).await?;
    let id = sent.filled("id").map(DepartmentId::parse).transpose().map_err(|_| ApiError::not_found())?;
    let result = match &id {
        None => desk::add_department(ctx, sent.get("name").unwrap_or_default(), 0).await.map(|_| ()),
        Some(id) => change(ctx, id, &sent).await,
    };
    let own_page = id.filter(|_| sent.filled("page").is_some());
    match (result, own_page) {
        (Ok(()), own_page) => {
            let back = own_page.map_or_else(|| "/agent/settings".to_owned(), |id| format!("/agent/settings/departments/{id}"));
            Ok(flash::see_other(ctx, &back, &flash::success("flash-saved")))
        }
        (Err(error), Some(id)) if matches!(error.status, 409 | 412 | 422) => {
            let refused = form::refused(ctx, &error, &sent, &[]);
            department::page(ctx, &frame, error.status, &id, refused).await
        }
        (Err(error), None) if matches!(error.status, 409 | 412 | 422) => {
            let refused = Refused::of(ctx, &error, &sent);
            page(ctx, &frame, error.status, refused, Refused::default()).await
        }
        (Err(error), _) => Err(error),
    }
}

async fn change(ctx: &Ctx<'_>, id: &DepartmentId, sent: &Query) -> Result<(), ApiError> {
    let if_match = sent.filled("version").and_then(|text| text.parse().ok()).map_or(IfMatch::Any, IfMatch::Version);
    if let Some(direction) = sent.filled("move") {
        return desk::shift_department(ctx, id, direction == "up").await;
    }
    if let Some(person) = sent.filled("join") {
        return place(ctx, person, IfMatch::Any, Some(id)).await;
    }
    if let Some(person) = sent.filled("leave") {
        // The version says that they still belong here.
        return place(ctx, person, if_match, None).await;
    }
    let (name, archived) = changes(sent);
    let lead = match sent.get("lead") {
        None => None,
        Some("") => Some(None),
        Some(text) => Some(Some(UserId::parse(text).map_err(|_| ApiError::field("lead", "unknown_value"))?)),
    };
    // One button of the page brings it back, whatever is chosen beside the others.
    let leaves = sent.filled("move_tickets_to").filter(|_| archived != Some(false));
    let moves_to = leaves.map(DepartmentId::parse).transpose();
    let moves_to = moves_to.map_err(|_| ApiError::field("move_tickets_to", "unknown_value"))?;
    let change = DepartmentChange { name, archived, lead, moves_to, position: None };
    desk::change_department(ctx, id, if_match, change).await.map(|_| ())
}

/// Lets somebody belong to the department, or to none.
async fn place(ctx: &Ctx<'_>, person: &str, if_match: IfMatch, department: Option<&DepartmentId>) -> Result<(), ApiError> {
    if !ctx.actor.may(Permission::UserManage) {
        return Err(ApiError::forbidden());
    }
    let person = UserId::parse(person).map_err(|_| ApiError::not_found())?;
    let change = people::Changes { department: Some(department.cloned()), ..people::Changes::default() };
    people::change(ctx, &person, if_match, &change).await.map(|_| ())
}
