//! GET /agent/views: one's own views, and those that are shared with one.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::limits::VIEWS_MAX;
use shared::store::{queues, ticket_views as store};
use shared::ticket_view::Shared;

use crate::actions::ticket_views::{self, View};
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::views::{ViewRow, Views};

/// Views that are shared with one and listed beside one's own.
const SHARED_SHOWN: u32 = 100;

/// Shows them.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let me = &ctx.person()?.id;
    let batch = vec![queues::counts(me), store::visible(me, None, VIEWS_MAX + SHARED_SHOWN)];
    let answers = ctx.db.batch(batch).await?;
    let [counts, views] = answers.as_slice() else { return Err(ApiError::internal("a batch of two answered otherwise")) };
    let (own, shared): (Vec<View>, Vec<View>) = ticket_views::read_all(views)?.into_iter().partition(|view| view.owner_id == *me);
    let last = own.len().saturating_sub(1);
    let view = Views {
        own: own.iter().enumerate().map(|(place, view)| row(ctx, view, true, (place > 0, place < last))).collect(),
        shared: shared.iter().map(|view| row(ctx, view, false, (false, false))).collect(),
    };
    render::agent_page(ctx, &Frame::of(&request), 200, "agent/views", "views", &queues::read(counts)?, view)
}

fn row(ctx: &Ctx<'_>, view: &View, is_own: bool, (can_rise, can_sink): (bool, bool)) -> ViewRow {
    ViewRow {
        id: view.id.to_string(),
        name: view.form.name.clone(),
        shared: view.form.shared.as_str().to_owned(),
        group: view.group_name.clone().filter(|_| view.form.shared == Shared::Group),
        owner: (!is_own).then(|| view.owner_name.clone()),
        may_change: view.may_change(ctx),
        can_rise,
        can_sink,
    }
}
