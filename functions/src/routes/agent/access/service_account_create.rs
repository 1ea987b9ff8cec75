//! POST /agent/access/service-accounts: makes an account of a program. Fields: `name`, `role`.

use shared::error::ApiError;
use shared::http::{Query, Request, Response};
use shared::store::service_accounts::ServiceAccount;

use super::comes_back;
use super::service_account_page::{address, role};
use super::service_accounts::Loaded;
use crate::actions::service_accounts;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};

/// Makes it and goes there; a refused form comes back as it was sent.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let sent = form::read(ctx, &mut request).await?;
    let loaded = Loaded::load(ctx).await?;
    match create(ctx, &loaded, &sent).await {
        Ok(account) => Ok(flash::see_other(ctx, &address(&account.id), &flash::success("flash-service-account-made"))),
        Err(error) if comes_back(&error) => loaded.page(ctx, &frame, &sent, Some(&error)),
        Err(error) => Err(error),
    }
}

async fn create(ctx: &Ctx<'_>, loaded: &Loaded, sent: &Query) -> Result<ServiceAccount, ApiError> {
    let (choice, own) = role(sent, &loaded.roles)?;
    service_accounts::create_as(ctx, sent.get("name").unwrap_or_default(), &choice, own).await
}
