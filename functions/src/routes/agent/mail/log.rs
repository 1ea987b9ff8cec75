//! GET /agent/mail/log: what left, what waits to leave, what failed and why.

use shared::access::Permission;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::limits::PAGE_ROWS_DEFAULT;
use shared::store::outbox::{self as store, Channel, Logged};
use shared::store::queues;

use crate::actions::outbox::{self, Cursor};
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::show::delivery::failure;
use crate::pages::view::mail::{Log, LogRow};

/// Shows the log.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let query = &request.query;
    let before = query.filled("cursor").map_or_else(|| Ok(Cursor::start()), Cursor::parse)?;
    let filter = outbox::filter(ctx, query.filled("state"), query.filled("q"))?;
    let mut batch = vec![queues::counts(&ctx.person()?.id)];
    batch.extend(filter.as_ref().map(|filter| store::log(filter, before.place(), PAGE_ROWS_DEFAULT + 1)));
    let answers = ctx.db.batch(batch).await?;
    let counts = answers.first().map(queues::read).transpose()?.unwrap_or_default();
    let rows = answers.get(1).map(store::logged).transpose()?.unwrap_or_default();
    let page = outbox::page(rows, PAGE_ROWS_DEFAULT);
    let address = |cursor: Option<&str>| format!("/agent/mail/log?{}", query.with("cursor", cursor));
    let view = Log {
        state: query.filled("state").unwrap_or_default().to_owned(),
        q: query.filled("q").unwrap_or_default().to_owned(),
        rows: page.rows.into_iter().map(|mail| row(ctx, mail)).collect(),
        next: page.next.map(|next| address(Some(&next.text()))),
        first: query.filled("cursor").map(|_| address(None)),
        clear: (query.filled("state").is_some() || query.filled("q").is_some()).then(|| "/agent/mail/log".to_owned()),
        may_retry: ctx.actor.may(Permission::MailManage),
    };
    render::agent_page(ctx, &frame, 200, "agent/mail-log", "mail-log", &counts, view)
}

fn row(ctx: &Ctx<'_>, mail: Logged) -> LogRow {
    LogRow {
        id: mail.id.to_string(),
        to: mail.shown_recipient(),
        may_retry: mail.channel == Channel::Mail && mail.state == "failed",
        subject: mail.subject.unwrap_or_default(),
        number: mail.number.map(|number| ctx.tenant.ticket_reference(number)),
        state: if mail.state == "sending" { "queued".to_owned() } else { mail.state },
        attempts: mail.attempts,
        reason: mail.error.map(|reason| failure(ctx.locale, &reason)).unwrap_or_default(),
        at: mail.sent_at.unwrap_or(mail.created_at).into(),
    }
}
