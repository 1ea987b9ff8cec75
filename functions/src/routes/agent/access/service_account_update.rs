//! POST /agent/access/service-accounts/{account}: renames it, gives it another role, disables it. Fields: `version`, `name`, `role`, `status`.

use shared::error::ApiError;
use shared::http::{Query, Request, Response};
use shared::store::users::Status;

use super::service_account_page::{Loaded, Refused, address};
use super::{comes_back, version};
use crate::actions::service_accounts::{self, Changes};
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};

/// Changes it; a refused form, and one whose account was changed meanwhile (412), comes back as it was sent.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let sent = form::read(ctx, &mut request).await?;
    let loaded = Loaded::load(ctx, &request).await?;
    match change(ctx, &loaded, &sent).await {
        Ok(()) => Ok(flash::see_other(ctx, &address(&loaded.account.id), &flash::success("flash-saved"))),
        Err(error) if comes_back(&error) => loaded.page(ctx, &frame, &Refused::Account(&sent, &error)),
        Err(error) => Err(error),
    }
}

async fn change(ctx: &Ctx<'_>, loaded: &Loaded, sent: &Query) -> Result<(), ApiError> {
    let (choice, own) = loaded.role(sent)?;
    let status = sent.filled("status").and_then(Status::parse).filter(|status| *status != Status::Unverified);
    let changes = Changes {
        name: Some(sent.get("name").unwrap_or_default().to_owned()),
        role: Some(choice),
        is_active: Some(status.ok_or_else(|| ApiError::field("status", "unknown_value"))? == Status::Active),
    };
    service_accounts::change_known(ctx, loaded.account.clone(), version(sent)?, &changes, own).await?;
    Ok(())
}
