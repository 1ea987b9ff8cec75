//! POST /rate/{token}: whoever holds the mailed link rates. Fields: `score`, `comment`.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::link::expired;
use crate::actions::ratings;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::view::account::Notice;
use crate::pages::view::rating::Rate;
use crate::pages::{form, render};

/// Records the rating and says thank you.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let token = request.param("token").to_owned();
    let fields = form::read(ctx, &mut request).await?;
    let Some(claims) = ratings::claims(ctx, &token) else { return expired(ctx, &frame) };
    let score = fields.get("score").and_then(|score| score.parse().ok()).unwrap_or_default();
    match ratings::rate_by_link(ctx, &claims, score, fields.get("comment").unwrap_or_default()).await {
        Ok(_) => render::page(ctx, &frame, 200, "portal/notice", Notice { what: "rated".to_owned(), arg: String::new() }),
        Err(error) if error.status == 404 => expired(ctx, &frame),
        Err(error) if matches!(error.status, 409 | 422) => {
            let facts = ratings::linked(ctx, &claims).await?;
            let view = Rate {
                token,
                number: ctx.tenant.ticket_reference(facts.number),
                score: (1..=5).contains(&score).then_some(score),
                form: form::refused(ctx, &error, &fields, &["comment"]),
            };
            render::page(ctx, &frame, error.status, "portal/rate", view)
        }
        Err(error) => Err(error),
    }
}
