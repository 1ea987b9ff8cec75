//! GET /rate/{token}: the form of a mailed link. It records nothing: scanners of mail follow links.

use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::ratings;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::Form;
use crate::pages::view::account::Notice;
use crate::pages::view::rating::Rate;

/// Shows the stars, and of the ticket its number alone.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let token = request.param("token");
    let Some(claims) = ratings::claims(ctx, token) else { return expired(ctx, &frame) };
    let facts = match ratings::linked(ctx, &claims).await {
        Err(error) if error.status == 404 => return expired(ctx, &frame),
        other => other?,
    };
    let clicked = request.query.get("score").and_then(|score| score.parse().ok()).filter(|score| (1..=5).contains(score));
    let score = clicked.or(facts.score);
    let form = Form::default().value("comment", facts.comment.clone().unwrap_or_default());
    let view = Rate { token: token.to_owned(), number: ctx.tenant.ticket_reference(facts.number), score, form };
    render::page(ctx, &frame, 200, "portal/rate", view)
}

/// A link that is over, or never was one.
pub fn expired(ctx: &Ctx<'_>, frame: &Frame) -> Result<Response, ApiError> {
    render::page(ctx, frame, 404, "portal/notice", Notice { what: "link-expired".to_owned(), arg: String::new() })
}
