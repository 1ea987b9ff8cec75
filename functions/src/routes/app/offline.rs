//! GET /offline: the page that the browser keeps for when there is no network, in the reader's language and the tenant's colours. Anybody.

use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::context::Ctx;
use crate::pages::engine;
use crate::pages::frame::Frame;
use crate::pages::view::Page;
use crate::pages::view::account::Notice;
use crate::pages::view::shell::Shell;

/// Shows it. It is the same for whoever is signed in and for whoever is not: the browser keeps it beyond the session.
#[expect(clippy::unused_async, reason = "every handler has the same shape")]
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let shell = Shell { user: None, csrf: String::new(), once: String::new(), flash: None, ..Frame::of(&request).shell(ctx) };
    let page = Notice { what: "offline".to_owned(), arg: String::new() };
    Ok(Response::html(200, engine::render("portal/offline", &Page { shell, page })?))
}
