//! POST /agent/access/service-accounts/{account}/keys/{key}/rotate: makes the key that takes another's place. The answer shows it, once.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::queues;

use super::service_account_page::secret;
use crate::actions::api_keys;
use crate::context::Ctx;
use crate::pages::form;
use crate::pages::frame::Frame;
use crate::routes::api_keys::{id, rotate};
use crate::routes::service_accounts;

/// Rotates it; the former key goes on for a day.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    form::read(ctx, &mut request).await?;
    let of = service_accounts::id(&request)?;
    let mut load = vec![queues::counts(&ctx.person()?.id)];
    load.extend(api_keys::live(ctx, &id(&request)?));
    let answers = ctx.db.batch(load).await?;
    let [counts, key, account] = answers.as_slice() else {
        return Err(ApiError::internal("a batch of three answered otherwise"));
    };
    let live = api_keys::read_live(ctx, key, account)?;
    if live.1.id != of {
        return Err(ApiError::not_found());
    }
    let made = api_keys::rotate_known(ctx, live, rotate::a_day(), None).await?;
    secret(ctx, &frame, &queues::read(counts)?, made)
}
