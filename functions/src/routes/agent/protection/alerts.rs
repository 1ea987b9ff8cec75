//! GET /agent/security/alerts: what looked like an attack, the newest first. `all` shows what was looked at, too.

use serde_json::Value;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::AlertId;
use shared::limits::PAGE_ROWS_DEFAULT;
use shared::store::queues;
use shared::store::security_alerts::{self as store, Alert};

use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::Moment;
use crate::pages::view::protection::{AlertRow, Alerts, Fact};
use crate::routes::page;

/// Where the page is.
pub const ADDRESS: &str = "/agent/security/alerts";

/// Shows them.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let after = page::cursor(&request, |id| AlertId::parse(id).is_ok())?;
    let is_all = request.query.filled("all").is_some();
    let batch = vec![queues::counts(&ctx.person()?.id), store::list_before(after, !is_all, PAGE_ROWS_DEFAULT + 1)];
    let answers = ctx.db.batch(batch).await?;
    let [counts, rows] = answers.as_slice() else { return Err(ApiError::internal("a batch of two answered otherwise")) };
    let mut rows: Vec<Alert> = rows.all()?;
    let has_more = rows.len() > PAGE_ROWS_DEFAULT as usize;
    rows.truncate(PAGE_ROWS_DEFAULT as usize);
    let all = if is_all { "all=1&" } else { "" };
    let next = rows.last().filter(|_| has_more).map(|row| format!("{ADDRESS}?{all}cursor={}", row.id));
    let view = Alerts {
        rows: rows.into_iter().map(|alert| row(ctx, alert)).collect(),
        next,
        first: (!after.is_empty()).then(|| format!("{ADDRESS}?{all}")),
        all: is_all,
    };
    render::agent_page(ctx, &Frame::of(&request), 200, "agent/protection-alerts", "protection", &queues::read(counts)?, view)
}

fn row(ctx: &Ctx<'_>, alert: Alert) -> AlertRow {
    let is_person = alert.subject_name.is_some();
    let words = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let facts = alert.detail.as_object().into_iter().flatten();
    AlertRow {
        id: alert.id.to_string(),
        kind: alert.kind.as_str().to_owned(),
        lines: if is_person {
            format!("/agent/audit?subject={}", alert.subject)
        } else {
            format!("/agent/audit?network={}", alert.subject)
        },
        person: is_person,
        about: alert.subject_name.unwrap_or(alert.subject),
        facts: facts
            .map(|(name, value)| Fact { name: name.clone(), value: words(value) })
            .filter(|fact| !fact.value.is_empty())
            .collect(),
        created: Moment::from(alert.created_at),
        seen: alert.acknowledged_at.map(Moment::from),
        seen_by: alert.acknowledged_by_name.unwrap_or_default(),
        silenced: alert.silenced_until.filter(|until| *until > ctx.now).map(Moment::from),
    }
}
