//! GET /agent/tickets/{number}/similar: tickets like this one, for staff.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::queues;
use shared::store::similar::SimilarRow;

use crate::actions::similar::of_ticket;
use crate::actions::tickets::reference;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::panels::SimilarTickets;
use crate::pages::view::ticket::Like;

/// Shows them.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let reference = reference(ctx, request.param("number"))?;
    let (mut loaded, found) = of_ticket(ctx, &reference, vec![queues::counts(&ctx.person()?.id)]).await?;
    let counts = queues::read(&loaded.next()?)?;
    let page = SimilarTickets {
        number: ctx.tenant.ticket_reference(loaded.row.number),
        tickets: found.into_iter().map(|row| like(ctx, row)).collect(),
    };
    render::agent_page(ctx, &frame, 200, "agent/similar", "", &counts, page)
}

fn like(ctx: &Ctx<'_>, row: SimilarRow) -> Like {
    Like {
        number: ctx.tenant.ticket_reference(row.number),
        title: row.title,
        status: row.status.as_str().to_owned(),
        requester: Some(row.requester_name),
        updated: row.updated_at.into(),
    }
}
