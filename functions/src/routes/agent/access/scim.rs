//! GET /agent/access/scim: provisioning by SCIM, for those who look after access: its address, how to set it up, how it goes.

use chrono::{DateTime, Utc};
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::i18n;
use shared::store::queues;
use shared::store::scim::{self as store, Counts, Last};

use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::Moment;
use crate::pages::view::scim::{Asked, Provisioning};

/// Shows it.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let answers = ctx.db.batch(vec![queues::counts(&ctx.person()?.id), store::counts(), store::last()]).await?;
    let [queues, counts, last] = answers.as_slice() else {
        return Err(ApiError::internal("a batch of three answered otherwise"));
    };
    let counts = counts.first::<Counts>()?.unwrap_or_default();
    let last: Option<Last> = last.first()?;
    let view = Provisioning {
        address: ctx.link("/scim/v2"),
        managed: counts.managed,
        people: counts.people,
        asked: last.as_ref().map(|last| Asked {
            at: moment(last.asked_at),
            by: last.asked_by.clone().unwrap_or_default(),
            what: last.asked_for.clone(),
            problem: String::new(),
        }),
        refused: last.as_ref().and_then(|last| refused(ctx, last)),
    };
    render::agent_page(ctx, &Frame::of(&request), 200, "agent/access-scim", "access", &queues::read(queues)?, view)
}

fn refused(ctx: &Ctx<'_>, last: &Last) -> Option<Asked> {
    let code = last.refused_code.as_deref()?.replace('_', "-");
    let title = i18n::text(ctx.locale, &format!("error-{code}"), &[]);
    Some(Asked {
        at: moment(last.refused_at?),
        by: last.refused_by.clone().unwrap_or_default(),
        what: last.refused_for.clone()?,
        problem: format!("{} {title}", last.refused_status?),
    })
}

fn moment(milliseconds: i64) -> Moment {
    DateTime::<Utc>::from_timestamp_millis(milliseconds).unwrap_or_default().into()
}
