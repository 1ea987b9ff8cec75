//! POST /agent/access/service-accounts/{account}/remove: removes it for good, and its keys with it.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::comes_back;
use super::service_account_page::{Loaded, Refused};
use crate::actions::service_accounts;
use crate::actions::tickets::IfMatch;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};

/// Removes it; where that is refused, its page says why.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let sent = form::read(ctx, &mut request).await?;
    let loaded = Loaded::load(ctx, &request).await?;
    match service_accounts::remove_known(ctx, &loaded.account, IfMatch::Any).await {
        Ok(()) => Ok(flash::see_other(ctx, "/agent/access/service-accounts", &flash::success("flash-service-account-removed"))),
        Err(error) if comes_back(&error) => loaded.page(ctx, &frame, &Refused::Key(&sent, &error)),
        Err(error) => Err(error),
    }
}
