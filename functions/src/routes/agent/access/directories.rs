//! GET /agent/access/directories: companies' directories by name.

use shared::access::Permission;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::directories::{self as store, DIRECTORIES_MAX, Directory};
use shared::store::queues;

use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::directories::{Directories, Row};

/// Shows all of them: there are a few.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let answers = ctx.db.batch(vec![queues::counts(&ctx.person()?.id), store::list("", DIRECTORIES_MAX)]).await?;
    let [counts, rows] = answers.as_slice() else { return Err(ApiError::internal("a batch of two answered otherwise")) };
    let row = |directory: Directory| Row {
        id: directory.id.to_string(),
        name: directory.settings.name,
        host: directory.settings.host,
        enabled: directory.settings.enabled,
        state: directory.sync.state.as_str().to_owned(),
    };
    let view = Directories {
        rows: rows.all::<Directory>()?.into_iter().map(row).collect(),
        may_edit: ctx.actor.may(Permission::AccessManage),
    };
    let counts = queues::read(counts)?;
    render::agent_page(ctx, &Frame::of(&request), 200, "agent/access-directories", "access", &counts, view)
}
