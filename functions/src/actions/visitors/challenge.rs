//! Showing that one is a person, where the tenant wants that: Cloudflare Turnstile, with the tenant's own keys.
//!
//! Browsers get the widget with the forms that anybody may send; what it hands over is shown to the service before the form is looked at.
//! Where the service does not answer, or for somebody else's page, nobody has shown anything.

use serde::Deserialize;
use shared::auth::envelope::About;
use shared::error::ApiError;
use shared::http::Query;
use shared::platform::OutgoingRequest;
use shared::tenant::Tenant;
use url::{Url, form_urlencoded};

use crate::context::Ctx;

/// Where the widget and its frame come from.
pub const ORIGIN: &str = "https://challenges.cloudflare.com";
/// Pages with such a form.
const FORMS: [&str; 3] = ["/register", "/password/forgot", "/tickets/new"];
/// The field in which the widget hands over its token.
const FIELD: &str = "cf-turnstile-response";
/// Characters of a token.
const TOKEN_CHARS_MAX: usize = 2_048;
/// Seconds that the service may take.
const WAIT_SECONDS: u32 = 10;
/// Bytes of its answer.
const ANSWER_BYTES_MAX: usize = 64 * 1024;

/// What the service says of a token.
#[derive(Deserialize)]
struct Verdict {
    success: bool,
    /// The page that the widget stood on.
    #[serde(default)]
    hostname: String,
}

/// Whether the page at that path of the table has the widget.
pub fn is_on(ctx: &Ctx<'_>, path: &str) -> bool {
    ctx.actor.person().is_none() && ctx.tenant.settings().turnstile_site_key.is_some() && FORMS.contains(&path)
}

/// Refuses (422 `challenge_failed`) whoever has not shown it, where it is asked.
pub async fn check(ctx: &Ctx<'_>, fields: &Query) -> Result<(), ApiError> {
    let Some(sealed) = ctx.tenant.settings().turnstile_secret.as_deref() else { return Ok(()) };
    let token = fields.filled(FIELD).filter(|token| token.len() <= TOKEN_CHARS_MAX);
    let passed = match token {
        Some(token) => is_passed(ctx, sealed, token).await?,
        None => false,
    };
    if passed { Ok(()) } else { Err(ApiError::field("challenge", "challenge_failed")) }
}

async fn is_passed(ctx: &Ctx<'_>, sealed: &str, token: &str) -> Result<bool, ApiError> {
    let secret = ctx.config().data_keys.open(about(ctx.tenant), sealed);
    let secret = secret.ok_or_else(|| ApiError::internal("the secret of Turnstile does not open: is DATA_KEY_FORMER set?"))?;
    let body = form_urlencoded::Serializer::new(String::new())
        .append_pair("secret", &String::from_utf8_lossy(&secret))
        .append_pair("response", token)
        .append_pair("remoteip", &ctx.network)
        .finish();
    let request = OutgoingRequest {
        url: &format!("{ORIGIN}/turnstile/v0/siteverify"),
        form: Some(&body),
        authorization: None,
        seconds: WAIT_SECONDS,
        bytes_max: ANSWER_BYTES_MAX,
    };
    let Ok(answer) = ctx.platform.fetch(&request).await else { return Ok(false) };
    let verdict = serde_json::from_slice::<Verdict>(&answer.body).ok().filter(|_| answer.status == 200);
    // A token of another page of the same keys is no token of ours.
    Ok(verdict.is_some_and(|verdict| verdict.success && is_ours(ctx, &verdict.hostname)))
}

fn is_ours(ctx: &Ctx<'_>, hostname: &str) -> bool {
    Url::parse(&ctx.origin).is_ok_and(|origin| origin.host_str() == Some(hostname))
}

/// Seals a secret that an administrator typed.
pub fn seal(ctx: &Ctx<'_>, secret: &str) -> Result<String, ApiError> {
    let sealed = ctx.config().data_keys.seal(about(ctx.tenant), secret.as_bytes(), ctx.platform);
    sealed.ok_or_else(|| ApiError::internal("a secret could not be sealed"))
}

/// The sealed secret under the present key.
pub fn resealed(ctx: &Ctx<'_>, sealed: String) -> Result<String, ApiError> {
    if sealed.contains(ctx.config().data_keys.current_id()) {
        return Ok(sealed);
    }
    match ctx.config().data_keys.open(about(ctx.tenant), &sealed) {
        Some(secret) => seal(ctx, &String::from_utf8_lossy(&secret)),
        None => Ok(sealed),
    }
}

fn about(tenant: &Tenant) -> About<'_> {
    About { purpose: "turnstile", tenant: tenant.id(), owner: tenant.id().as_str() }
}
