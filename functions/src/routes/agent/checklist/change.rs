//! POST /agent/tickets/{number}/checklist: one change. Fields: `do` (add, edit, done, open, move, remove), `item`, `text`, `to`, `version`.

use shared::checklist::{Change, Words};
use shared::error::{ApiError, FieldError};
use shared::http::{Query, Request, Response};

use super::show::page;
use crate::actions::checklists;
use crate::actions::tickets::{IfMatch, reference};
use crate::context::Ctx;
use crate::pages::form;
use crate::pages::frame::Frame;

/// Makes it; a refused form comes back.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let ticket = reference(ctx, request.param("number"))?;
    let sent = form::read(ctx, &mut request).await?;
    let done = match wanted(&sent) {
        Ok((if_match, change)) => checklists::change(ctx, &ticket, if_match, &change).await,
        Err(fault) => Err(ApiError::invalid(vec![fault])),
    };
    match done {
        Ok((row, ..)) => {
            Ok(Response::see_other(&format!("/agent/tickets/{}/checklist", ctx.tenant.ticket_reference(row.number))))
        }
        Err(error) if matches!(error.status, 409 | 412 | 422) => {
            page(ctx, &frame, error.status, &ticket, form::refused(ctx, &error, &sent, &["do", "text", "item"])).await
        }
        Err(error) => Err(error),
    }
}

/// Other words ask for the version that was shown; all else is for the list as it is.
fn wanted(sent: &Query) -> Result<(IfMatch, Change), FieldError> {
    let number = |name: &str| sent.filled(name).and_then(|text| text.parse::<u32>().ok());
    let item = || number("item").ok_or_else(|| FieldError::new("form", "unknown_value"));
    let words = || Words::parse(sent.get("text").unwrap_or_default());
    Ok(match sent.filled("do") {
        Some("add") => (IfMatch::Any, Change::Add(words()?)),
        Some("edit") => {
            let version = sent.filled("version").and_then(|text| text.parse().ok());
            (version.map_or(IfMatch::Any, IfMatch::Version), Change::Edit(item()?, words()?))
        }
        Some("done") => (IfMatch::Any, Change::Tick(item()?, true)),
        Some("open") => (IfMatch::Any, Change::Tick(item()?, false)),
        Some("move") => {
            let to = number("to").ok_or_else(|| FieldError::new("form", "unknown_value"))?;
            (IfMatch::Any, Change::Move(item()?, to as usize))
        }
        Some("remove") => (IfMatch::Any, Change::Remove(item()?)),
        _ => return Err(FieldError::new("form", "unknown_value")),
    })
}
