//! POST /agent/access/service-accounts/{account}/keys: makes a key. The answer shows it, once. Fields: `name`, `permission` (any number of
//! them), `networks` (a line or a word each), `expires_in_days`.

use shared::error::ApiError;
use shared::http::{Query, Request, Response};

use super::comes_back;
use super::service_account_page::{Loaded, Refused};
use crate::actions::api_keys::{self, Typed};
use crate::context::Ctx;
use crate::pages::form;
use crate::pages::frame::Frame;

/// Makes it; a refused form comes back as it was sent.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let sent = form::read(ctx, &mut request).await?;
    let loaded = Loaded::load(ctx, &request).await?;
    let made = match typed(&sent) {
        Ok(typed) => api_keys::create_for(ctx, &loaded.account, &typed).await,
        Err(error) => Err(error),
    };
    match made {
        Ok(made) => loaded.made(ctx, &frame, made),
        Err(error) if comes_back(&error) => loaded.page(ctx, &frame, &Refused::Key(&sent, &error)),
        Err(error) => Err(error),
    }
}

fn typed(sent: &Query) -> Result<Typed, ApiError> {
    let days = sent.filled("expires_in_days").map(str::parse).transpose();
    let networks = sent.get("networks").unwrap_or_default();
    Ok(Typed {
        name: Some(sent.get("name").unwrap_or_default().to_owned()),
        scopes: Some(sent.all("permission").map(str::to_owned).collect()),
        networks: Some(networks.split([',', ';', ' ', '\n', '\r', '\t']).map(str::to_owned).collect()),
        days: days.map_err(|_| ApiError::field("expires_in_days", "wrong_type"))?,
    })
}
