//! Pages that say why there is no page.

use serde_json::json;
use shared::access::Permission;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::i18n::Locale;
use shared::store::queues::Counts;
use shared::tenant::Tenant;

use super::frame::Frame;
use super::view::Page;
use super::view::failure::Failure;
use super::{engine, frame, render};
use crate::context::Ctx;
use crate::routes::auth::page::next;

/// A refusal within the frame of the page that was asked for: the desk keeps its navigation. Somebody who is not signed in is sent
/// to sign in, somebody who must prove anew who they are to do that, and both come back to `page`; somebody who owes a second factor is
/// sent to set it up.
pub fn refusal(ctx: &Ctx<'_>, frame: &Frame, page: &str, error: &ApiError) -> Response {
    if error.status == 401 && error.code == "unauthenticated" {
        return Response::see_other(&next::with("/login", Some(page)));
    }
    if error.code == "step_up_required" {
        return Response::see_other(&next::with("/login/confirm", Some(page)));
    }
    if error.code == "mfa_enrolment_required" {
        return Response::see_other("/profile/security");
    }
    let is_desk = ctx.actor.may(Permission::TicketReadInternal) && frame.path().starts_with("/agent");
    let home = if is_desk { "/agent" } else { "/" };
    let view = Failure { status: error.status, request_id: ctx.request_id.clone(), home: home.to_owned() };
    let page = if is_desk {
        render::agent_page(ctx, frame, error.status, "agent/failure", "", &Counts::default(), view)
    } else {
        render::page(ctx, frame, error.status, "portal/failure", view)
    };
    page.unwrap_or_else(|_| plain_refusal(Some(ctx.tenant), ctx.locale, &ctx.nonce, &ctx.request_id, error))
}

/// Whether browser code sends the request by itself and wants the reasons of a refusal in place of a page.
pub fn wants_problem(request: &Request) -> bool {
    request.headers.get("accept").is_some_and(|accept| accept.contains("application/problem+json"))
}

/// The page that a request belongs to: the one that it asks for, or the one whose form it sends. A form's own address shows
/// nothing; which page it stood on the browser tells in `Referer`, of which only a path of this host is believed.
pub fn page_of(request: &Request) -> String {
    if request.method.is_safe() {
        let query = request.query.with("", None);
        return if query.is_empty() { request.path.clone() } else { format!("{}?{query}", request.path) };
    }
    let sent_from = request.headers.get("referer").and_then(|referer| url::Url::parse(referer).ok());
    sent_from.filter(|page| page.host_str() == Some(&request.host)).map_or_else(
        || "/".to_owned(),
        |page| match page.query() {
            Some(query) => format!("{}?{query}", page.path()),
            None => page.path().to_owned(),
        },
    )
}

/// A refusal when nobody is known.
pub fn plain_refusal(tenant: Option<&Tenant>, locale: Locale, nonce: &str, request_id: &str, error: &ApiError) -> Response {
    let view = Failure { status: error.status, request_id: request_id.to_owned(), home: "/".to_owned() };
    let page = Page { shell: frame::bare(tenant, locale, nonce), page: view };
    match engine::render("portal/failure", &page) {
        Ok(html) => Response::html(error.status, html),
        // The page about failures fails too: the barest words, which need no template.
        Err(_) => error.to_problem(locale, request_id),
    }
}

/// A host that leads to no tenant: nothing is told of those that exist.
pub fn unknown_host() -> Response {
    let locale = Locale::En;
    let data = json!({"locale": locale.as_str(), "tz": "UTC", "dir": locale.dir()});
    let html = engine::render_data("shared/unknown-host", locale, &data)
        .unwrap_or_else(|_| "<!doctype html><title>404</title><h1>404</h1>".to_owned());
    Response::html(404, html)
}
