//! GET /agent/split?left=..&right=..: two tickets beside each other, for staff. Each is its own page in a frame, with what its reader may see.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::{opened_tickets, queues};

use super::recent::shown;
use crate::actions::opened::read;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::opened::Split;

/// Shows them; where one of the two is missing, offers what was opened last. 404 for what cannot be a ticket's number.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let person = &ctx.person()?.id;
    let number = |name: &str| -> Result<Option<String>, ApiError> {
        let Some(text) = request.query.filled(name) else { return Ok(None) };
        let number = ctx.tenant.ticket_number(text).ok_or_else(ApiError::not_found)?;
        Ok(Some(ctx.tenant.ticket_reference(number)))
    };
    let (left, right) = (number("left")?, number("right")?);
    let recent = opened_tickets::recent(person, &ctx.actor.ticket_scope());
    let answers = ctx.db.batch(vec![queues::counts(person), recent]).await?;
    let [counts, rows] = answers.as_slice() else { return Err(ApiError::internal("too few results")) };
    let mut choices: Vec<_> = read(rows)?.into_iter().map(|row| shown(ctx, row)).collect();
    let view = match (left, right) {
        (Some(left), Some(right)) => Split { left, right, choices: Vec::new() },
        (Some(left), None) | (None, Some(left)) => {
            choices.retain(|choice| choice.number != left);
            Split { left, right: String::new(), choices }
        }
        (None, None) => {
            let left = choices.first().map(|choice| choice.number.clone()).unwrap_or_default();
            choices.retain(|choice| choice.number != left);
            Split { left, right: String::new(), choices }
        }
    };
    render::agent_page(ctx, &frame, 200, "agent/split", "split", &queues::read(counts)?, view)
}
