//! POST /agent/imports/{import}/start: brings in what the dry run found good. Fields: `version`.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::create::done;
use crate::actions::imports;
use crate::context::Ctx;
use crate::entity_tag::IfMatch;
use crate::pages::form;
use crate::routes::imports::id;

/// Begins.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = id(&request)?;
    let sent = form::read(ctx, &mut request).await?;
    let if_match = sent.filled("version").and_then(|text| text.parse().ok()).map_or(IfMatch::Any, IfMatch::Version);
    imports::start(ctx, &id, if_match).await?;
    Ok(done(ctx, &id, "flash-import-started"))
}
