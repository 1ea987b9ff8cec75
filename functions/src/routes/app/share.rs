//! GET and POST /share: where a telephone hands over what somebody shares with the app. The service worker takes it before it comes here
//! (`public/src/sw/share.ts`); without one only the words of it are known, and they lead to the form. Anybody: nothing is kept or changed.

use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::context::Ctx;
use crate::pages::flash;

/// Leads to the form, with the word that the files have to be chosen there.
#[expect(clippy::unused_async, reason = "every handler has the same shape")]
pub async fn handle(ctx: &Ctx<'_>, _request: Request) -> Result<Response, ApiError> {
    Ok(flash::see_other(ctx, "/tickets/new", &flash::failure("flash-share-lost")))
}
