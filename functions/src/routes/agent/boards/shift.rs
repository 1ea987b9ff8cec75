//! POST /agent/boards/move: a card to another column, by its form; browser code changes the ticket through the API.

use shared::access::Permission;
use shared::error::{ApiError, FieldError};
use shared::http::{Query, Request, Response, decode_pairs};
use shared::id::UserId;
use shared::ticket::Status;

use super::{Refused, sla, workload};
use crate::actions::tickets::{Changes, reference, update};
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::view::boards::Moving;
use crate::pages::view::shell::Flash;
use crate::pages::{flash, form};
use crate::routes::agent::fields;

/// Assigns the ticket or changes its status. Somebody else's change in between (412) and a refusal come back with the form, to whoever may
/// look at the board; others get the refusal alone.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let sent = form::read(ctx, &mut request).await?;
    let next = sent
        .filled("next")
        .filter(|next| next.starts_with(workload::PATH) || next.starts_with(sla::PATH))
        .unwrap_or(workload::PATH);
    let reference = reference(ctx, sent.get("ticket").unwrap_or_default())?;
    let result = match (fields::version(&sent), parse(&sent)) {
        (Ok(if_match), Ok(changes)) => update(ctx, &reference, if_match, &changes).await,
        (Err(fault), _) | (_, Err(fault)) => Err(ApiError::invalid(vec![fault])),
    };
    match result {
        Ok((row, _)) => {
            let arg = ctx.tenant.ticket_reference(row.number);
            Ok(flash::see_other(ctx, next, &Flash { arg, ..flash::success("flash-board-moved") }))
        }
        Err(error) if matches!(error.status, 409 | 412 | 422) && ctx.actor.may(board_needs(next)) => {
            let query = decode_pairs(next.split_once('?').map_or("", |(_, query)| query).as_bytes());
            let words = form::refused(ctx, &error, &sent, &[]).errors.into_values().next();
            let card = Moving {
                number: sent.get("ticket").unwrap_or_default().to_owned(),
                title: String::new(),
                version: sent.filled("version").and_then(|text| text.parse().ok()).unwrap_or(0),
                error: words,
            };
            let to = sent.get("to").unwrap_or_default().to_owned();
            let refused = Some(Refused { card, to, http_status: error.status });
            if next.starts_with(sla::PATH) {
                Box::pin(sla::page(ctx, &frame, &query, refused)).await
            } else {
                Box::pin(workload::page(ctx, &frame, &query, refused)).await
            }
        }
        Err(error) => Err(error),
    }
}

/// What the board at an address shows is for those who hold this right: moving a card needs another one.
fn board_needs(next: &str) -> Permission {
    if next.starts_with(sla::PATH) { Permission::SlaRead } else { Permission::ReportRead }
}

fn parse(sent: &Query) -> Result<Changes, FieldError> {
    let to = sent.filled("to").unwrap_or_default();
    let unknown = || FieldError::new("to", "unknown_value");
    match sent.filled("by") {
        Some("status") => Ok(Changes { status: Some(Status::parse(to).ok_or_else(unknown)?), ..Changes::default() }),
        _ if to == "none" => Ok(Changes { assignee: Some(None), ..Changes::default() }),
        _ => Ok(Changes { assignee: Some(Some(UserId::parse(to).map_err(|_| unknown())?)), ..Changes::default() }),
    }
}
