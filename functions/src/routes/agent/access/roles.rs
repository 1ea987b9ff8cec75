//! GET /agent/access/roles: the five, and the tenant's own.

use shared::access::{Permission, Role};
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::queues;
use shared::store::roles::{self as store, OwnRole, ROLES_MAX};

use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::access::{RoleRow, Roles};

/// Shows all of them: there are no more than menus can hold.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let answers = ctx.db.batch(vec![queues::counts(&ctx.person()?.id), store::list("", ROLES_MAX)]).await?;
    let [counts, rows] = answers.as_slice() else { return Err(ApiError::internal("a batch of two answered otherwise")) };
    let row = |role: OwnRole| RoleRow {
        id: role.id.to_string(),
        name: role.name,
        description: role.description,
        base: role.base.as_str().to_owned(),
    };
    let view = Roles {
        built_in: Role::ALL.iter().map(|role| role.as_str().to_owned()).collect(),
        own: rows.all::<OwnRole>()?.into_iter().map(row).collect(),
        may_edit: ctx.actor.may(Permission::AccessManage),
    };
    render::agent_page(ctx, &Frame::of(&request), 200, "agent/access-roles", "access", &queues::read(counts)?, view)
}
