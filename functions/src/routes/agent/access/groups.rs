//! GET /agent/access/groups: groups of people by name.

use shared::access::Permission;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::groups::{self as store, GROUPS_MAX, Group};
use shared::store::queues;

use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::Form;
use crate::pages::view::access::{GroupRow, Groups};

/// Shows all of them: there are no more than menus can hold.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    page(ctx, &Frame::of(&request), 200, Form::default()).await
}

/// The page, with the state of the form that adds.
pub async fn page(ctx: &Ctx<'_>, frame: &Frame, status: u16, form: Form) -> Result<Response, ApiError> {
    let answers = ctx.db.batch(vec![queues::counts(&ctx.person()?.id), store::list("", GROUPS_MAX)]).await?;
    let [counts, rows] = answers.as_slice() else { return Err(ApiError::internal("a batch of two answered otherwise")) };
    let row = |group: Group| GroupRow {
        id: group.id.to_string(),
        name: group.name,
        description: group.description,
        members: group.members,
    };
    let view = Groups {
        rows: rows.all::<Group>()?.into_iter().map(row).collect(),
        form,
        may_edit: ctx.actor.may(Permission::AccessManage),
    };
    render::agent_page(ctx, frame, status, "agent/access-groups", "access", &queues::read(counts)?, view)
}
