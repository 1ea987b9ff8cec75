//! POST /agent/imports/{import}: the dry run. Fields: `column.0` and so on, `time_zone`, `invites`, `version`.

use shared::error::ApiError;
use shared::http::{Query, Request, Response};
use shared::limits::IMPORT_COLUMNS_MAX;

use super::page;
use crate::actions::imports::{Look, look};
use crate::context::Ctx;
use crate::entity_tag::IfMatch;
use crate::pages::form;
use crate::pages::frame::Frame;
use crate::routes::imports::id;

/// Looks at all rows and shows what was found; a refused form comes back.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let id = id(&request)?;
    let sent = form::read(ctx, &mut request).await?;
    let said = said(&sent);
    let if_match = sent.filled("version").and_then(|text| text.parse().ok()).map_or(IfMatch::Any, IfMatch::Version);
    match look(ctx, &id, if_match, &said).await {
        Ok(_) => Ok(Response::see_other(&super::address(&id))),
        Err(error) if matches!(error.status, 409 | 412 | 422) => page(ctx, &frame, &id, Some((&said, error))).await,
        Err(error) => Err(error),
    }
}

fn said(sent: &Query) -> Look {
    let cell = |place: usize| sent.get(&format!("column.{place}"));
    let mapping = (0..=IMPORT_COLUMNS_MAX).map_while(cell).map(|name| (!name.is_empty()).then(|| name.to_owned())).collect();
    Look { mapping, invites: sent.filled("invites").is_some(), zone: sent.filled("time_zone").map(str::to_owned) }
}
