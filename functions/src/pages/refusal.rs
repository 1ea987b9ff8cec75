//! Pages that say why there is no page.

use shared::error::ApiError;
use shared::http::Response;
use shared::i18n::Locale;
use shared::tenant::Tenant;

use crate::context::Ctx;

/// A refusal within the tenant's frame. Somebody who is not signed in is sent to sign in and comes back.
pub fn refusal(ctx: &Ctx<'_>, path: &str, error: &ApiError) -> Response {
    if error.status == 401 && error.code == "unauthenticated" {
        let next: String = url::form_urlencoded::Serializer::new(String::new()).append_pair("next", path).finish();
        return Response::see_other(&format!("/login?{next}"));
    }
    plain_refusal(Some(ctx.tenant), ctx.locale, &ctx.nonce, &ctx.request_id, error)
}

/// A refusal when there is nothing to frame it with.
pub fn plain_refusal(_tenant: Option<&Tenant>, locale: Locale, _nonce: &str, request_id: &str, error: &ApiError) -> Response {
    let page = format!(
        "<!doctype html><html lang=\"{lang}\" dir=\"{dir}\"><meta charset=\"utf-8\"><title>{title}</title><h1>{title}</h1><p>{detail}</p><p><small>{request_id}</small></p></html>",
        lang = locale.as_str(),
        dir = locale.dir(),
        title = error.title(locale),
        detail = error.detail(locale),
    );
    Response::html(error.status, page)
}

/// A host that leads to no tenant: nothing is told of those that exist.
pub fn unknown_host() -> Response {
    Response::html(404, "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>404</title><h1>404</h1></html>".to_owned())
}
