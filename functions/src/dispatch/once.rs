//! `Idempotency-Key`: a request that comes twice is done once, and answered alike.
//!
//! Every POST of the API for which a permission is needed takes the header; forms carry a hidden key (see `pages::form`). The key is
//! claimed in the request's first batch and its work is noted in the batch that does it (`shared::store::idempotency`), so that a
//! repetition changes nothing even if it comes at the same moment, or after the answer was lost. The answer is kept once it is on
//! its way; should that fail, a repetition is answered with what was made, if the handler said where it stands ([`Ctx::comes_to`]).
//! A refused request gives its key back.

use shared::access::Access;
use shared::auth::signer::sha256_hex;
use shared::error::{ApiError, FieldError};
use shared::http::{Body, Country, Headers, Method, Query, Request, Response, ResponseBody};
use shared::limits::{BODY_BYTES_MAX, IDEMPOTENCY_KEY_CHARS_MAX};
use shared::store::idempotency::{self, Kept, Key};

use crate::context::Ctx;
use crate::pages::flash;
use crate::pages::view::shell::Flash;
use crate::routes::{Face, Handler, Route, Router};

/// Bytes of an answer that is kept: a row of the platform's database takes two megabytes.
const KEPT_BYTES_MAX: usize = 512 * 1024;

/// Whether the route takes the header.
pub fn takes_key(route: &Route) -> bool {
    route.method == Method::Post && matches!(route.face, Face::Api(_)) && matches!(route.access, Access::Requires(_))
}

/// Takes the header's key, if the route takes one. The body of JSON is read for it; one of files is named by its length and type, for
/// it passes through and is never whole in memory.
pub(super) async fn begin(ctx: &Ctx<'_>, route: &Route, request: &mut Request) -> Result<(), ApiError> {
    let Some(key) = request.headers.get("idempotency-key").filter(|_| takes_key(route)) else { return Ok(()) };
    let key = key.trim().to_owned();
    if key.is_empty() {
        return Err(ApiError::field("Idempotency-Key", "required"));
    }
    if key.chars().count() > IDEMPOTENCY_KEY_CHARS_MAX {
        let fault = FieldError::new("Idempotency-Key", "too_long").arg("maximum", IDEMPOTENCY_KEY_CHARS_MAX);
        return Err(ApiError::invalid(vec![fault]));
    }
    let mut digested = format!("{} {}\n", request.method.as_str(), request.path).into_bytes();
    let media_type = request.media_type().unwrap_or_default();
    if media_type == "multipart/form-data" {
        let length = request.headers.get("content-length").unwrap_or_default();
        digested.extend_from_slice(format!("{media_type} {length}").as_bytes());
    } else {
        let bytes = request.body.take().read(BODY_BYTES_MAX).await?;
        digested.extend_from_slice(&bytes);
        request.body = Body::Bytes(bytes);
    }
    ctx.once_for(key, sha256_hex(&digested));
    Ok(())
}

/// Puts the earlier answer in the place of a repetition's, and sees that the answer of a first request is kept.
pub(super) async fn end(
    ctx: &mut Ctx<'_>,
    router: &Router,
    route: &Route,
    path: &str,
    result: Result<Response, ApiError>,
) -> Result<Response, ApiError> {
    let Some(key) = ctx.once.key() else { return result };
    if ctx.db.is_repeated() {
        let kept = ctx.db.run(idempotency::find(&key)).await?.first()?;
        return earlier(ctx, router, route, path, &key, kept).await;
    }
    let kept = match &result {
        Ok(response) if response.status < 400 && !is_secret(response) => keep(ctx, response),
        _ => None,
    };
    let statement = match kept {
        Some((status, headers, body)) => idempotency::answered(&key, status, &headers, &body),
        None => idempotency::release(&key),
    };
    ctx.after.write(ctx.db.bound(statement));
    result
}

/// Whether a handler says of its answer that it must be kept nowhere: a secret is shown once. A repetition is told that it was done.
fn is_secret(response: &Response) -> bool {
    response.headers.get("cache-control") == Some("no-store")
}

/// What of an answer is kept: its status, its header fields, its text.
fn keep(ctx: &Ctx<'_>, response: &Response) -> Option<(u16, String, String)> {
    let body = match &response.body {
        ResponseBody::Empty => String::new(),
        ResponseBody::Bytes(bytes) if bytes.len() <= KEPT_BYTES_MAX => String::from_utf8(bytes.clone()).ok()?,
        ResponseBody::Bytes(_) | ResponseBody::Stream(_) | ResponseBody::Socket(_) => return None,
    };
    let own = response.headers.iter().map(|(name, value)| (name.to_owned(), value.to_owned()));
    let headers: Vec<(String, String)> = own.chain([(NONCE.to_owned(), ctx.nonce.clone())]).collect();
    Some((response.status, serde_json::to_string(&headers).ok()?, body))
}

/// Stands among the kept header fields for the nonce of a page's scripts, which each answer has its own of.
const NONCE: &str = "nonce";

async fn earlier(
    ctx: &mut Ctx<'_>,
    router: &Router,
    route: &Route,
    path: &str,
    key: &Key,
    kept: Option<Kept>,
) -> Result<Response, ApiError> {
    let is_page = matches!(route.face, Face::Page);
    match kept {
        Some(kept) if kept.fingerprint != key.fingerprint => Err(ApiError::unprocessable("idempotency_mismatch")),
        Some(Kept { status: Some(status), headers, body, .. }) => Ok(replay(ctx, status, headers.as_deref(), body)),
        // Somebody who presses a button twice wants to see what came of it.
        _ if is_page && ctx.actor.person().is_some() => {
            let parent = path.rsplit_once('/').map(|(parent, _)| parent).filter(|parent| !parent.is_empty()).unwrap_or("/");
            let news = Flash { kind: "info".to_owned(), ..flash::success("flash-sent-already") };
            Ok(flash::see_other(ctx, parent, &news))
        }
        Some(kept)
            if kept.is_over(ctx.now)
                && let Some(location) = kept.made() =>
        {
            made(ctx, router, location).await
        }
        Some(kept) if kept.done && kept.is_over(ctx.now) => Err(ApiError::conflict("idempotency_done")),
        _ => Err(ApiError { retry_after_seconds: Some(1), ..ApiError::conflict("idempotency_in_progress") }),
    }
}

/// What was made, as it stands now, in the place of the answer that was lost.
async fn made(ctx: &mut Ctx<'_>, router: &Router, location: String) -> Result<Response, ApiError> {
    let (route, params) = router.find(false, Method::Get, &location)?;
    let Handler::Tenant(handler) = route.handler else { return Err(ApiError::not_found()) };
    super::admit(&ctx.actor, route.access)?;
    ctx.route_needs = route.access.permission();
    let request = Request {
        method: Method::Get,
        https: ctx.https,
        host: ctx.tenant.host().to_owned(),
        port: None,
        path: location.clone(),
        raw_query: String::new(),
        query: Query::default(),
        headers: Headers::default(),
        body: Body::Empty,
        peer: None,
        country: Country::default(),
        params,
    };
    let response = handler(ctx, request).await?;
    Ok(Response { status: 201, ..response }.with("location", location).with("idempotency-replayed", "true"))
}

/// The same answer again, marked as such.
fn replay(ctx: &Ctx<'_>, status: u16, headers: Option<&str>, body: Option<String>) -> Response {
    let headers: Vec<(String, String)> = headers.and_then(|headers| serde_json::from_str(headers).ok()).unwrap_or_default();
    let mut body = body.unwrap_or_default();
    let mut response = Response::empty(status);
    for (name, value) in headers {
        if name == NONCE {
            body = body.replace(&value, &ctx.nonce);
        } else {
            response.headers.append(&name, value);
        }
    }
    if !body.is_empty() {
        response.body = ResponseBody::Bytes(body.into_bytes());
    }
    response.with("idempotency-replayed", "true")
}
