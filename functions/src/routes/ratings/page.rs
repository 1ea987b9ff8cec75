//! GET /agent/ratings?days=: what clients say of the desk.

use chrono::TimeDelta;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::i18n::{self, Locale};
use shared::limits::PAGE_ROWS_MAX;
use shared::store::queues;
use shared::store::ratings::{self as store, Figures, Share as Shared};

use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::rating::{AgentRating, Ratings, Share};
use crate::pages::view::{Person, Span};

/// Shows the scores of the chosen days, and the figures of each agent.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let person = ctx.person()?;
    let days =
        request.query.get("days").and_then(|days| days.parse().ok()).filter(|days| [7, 30, 90, 365].contains(days)).unwrap_or(30);
    let since = ctx.now - TimeDelta::days(days);
    let rows = ctx
        .db
        .batch(vec![
            queues::counts(&person.id),
            store::spread(since),
            store::by_agent(since, PAGE_ROWS_MAX),
            store::figures(PAGE_ROWS_MAX),
        ])
        .await?;
    let [counts, spread, by_agent, figures] = rows.as_slice() else {
        return Err(ApiError::internal("a batch of four answered otherwise"));
    };
    let spread: Vec<Shared> = spread.all()?;
    let recent: Vec<Figures> = by_agent.all()?;
    let count: i64 = spread.iter().map(|share| share.count).sum();
    let sum: i64 = spread.iter().map(|share| share.score * share.count).sum();
    let average_hundredths = (sum * 100).checked_div(count);
    let of = |score: i64| spread.iter().find(|share| share.score == score).map_or(0, |share| share.count);
    let agents = figures.all::<Figures>()?.into_iter().map(|kept| agent(ctx.locale, kept, &recent)).collect();
    let view = Ratings {
        days,
        average_hundredths,
        average: average_hundredths.map(|value| tenths(ctx.locale, value)).unwrap_or_default(),
        count,
        spread: (1..=5)
            .rev()
            .map(|score| Share { score, count: of(score), percent: (of(score) * 100).checked_div(count).unwrap_or(0) })
            .collect(),
        agents,
    };
    render::agent_page(ctx, &frame, 200, "agent/ratings", "ratings", &queues::read(counts)?, view)
}

/// Scores are of the chosen days; tickets and times of all time, as they are kept.
fn agent(locale: Locale, kept: Figures, recent: &[Figures]) -> AgentRating {
    let scores = recent.iter().find(|row| row.agent_id == kept.agent_id);
    let hundredths = scores.and_then(|row| (row.score_sum * 100).checked_div(row.ratings));
    AgentRating {
        agent: Person::new(kept.agent_id.as_str(), kept.name).staff(true),
        average: hundredths.map(|value| tenths(locale, value)).unwrap_or_default(),
        count: scores.map_or(0, |row| row.ratings),
        handled: kept.tickets_resolved,
        resolution: kept.resolution_seconds.checked_div(kept.tickets_resolved).map(|seconds| Span::from_ms(seconds * 1000)),
    }
}

/// 467 is `4.7`, with the locale's decimal sign. Digits are Latin everywhere.
fn tenths(locale: Locale, hundredths: i64) -> String {
    let tenths = (hundredths + 5) / 10;
    let sign = i18n::plain(locale, "format-point");
    format!("{}{sign}{}", tenths / 10, tenths % 10)
}
