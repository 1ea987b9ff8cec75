//! POST /agent/access/directories/{directory}/test: tries a directory out.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::directory_form::{Loaded, Said, id};
use crate::actions::directories::probe;
use crate::context::Ctx;
use crate::pages::form;
use crate::pages::frame::Frame;

/// Shows the page with the steps that were taken.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let sent = form::read(ctx, &mut request).await?;
    let id = id(&request)?;
    let loaded = Loaded::load(ctx, &request, Some(&id), Vec::new()).await?;
    let username = sent.get("username").unwrap_or_default().to_owned();
    let tried = probe::probe_known(ctx, loaded.known()?, &username).await?;
    loaded.show(ctx, &frame, 200, Said { tried: Some((tried, username)), ..Said::default() })
}
