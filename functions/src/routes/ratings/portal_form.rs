//! POST /tickets/{number}/rating: the requester rates from the ticket's page. Fields: `score`, `comment`.

use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::{ratings, tickets};
use crate::context::Ctx;
use crate::pages::{flash, form};

/// Records the rating and goes back to the ticket.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let number = request.param("number").to_owned();
    let fields = form::read(ctx, &mut request).await?;
    let ticket = tickets::reference(ctx, &number)?;
    let score = fields.get("score").and_then(|score| score.parse().ok()).unwrap_or_default();
    ratings::rate(ctx, &ticket, score, fields.get("comment").unwrap_or_default()).await?;
    let path = percent_encoding::utf8_percent_encode(&number, percent_encoding::NON_ALPHANUMERIC);
    Ok(flash::see_other(ctx, &format!("/tickets/{path}"), &flash::success("flash-rated")))
}
