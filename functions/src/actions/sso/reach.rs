//! Asking a provider: what it says of itself, its keys, and whatever else; and the secret that it knows us by.

use chrono::{DateTime, TimeDelta, Utc};
use shared::auth::envelope::About;
use shared::error::ApiError;
use shared::id::IdentityProviderId;
use shared::ldap::settings::Reach;
use shared::oidc::discovery::{self, DOCUMENT_BYTES_MAX, Metadata, REFETCH_SECONDS};
use shared::oidc::{address, key};
use shared::platform::OutgoingRequest;
use shared::store::identity_providers::{self as store, IdentityProvider};

use super::steps::{Failure, Step, Steps};
use crate::context::Ctx;

/// Seconds that a provider may take for one answer.
const ANSWER_SECONDS: u32 = 8;

/// Where the deployment lets tenants send it.
pub fn bounds<'a>(ctx: &'a Ctx<'_>) -> Reach<'a> {
    Reach { own_host: &ctx.config().console_host, lets_private: ctx.config().private_hosts }
}

fn about<'a>(ctx: &'a Ctx<'_>, id: &'a IdentityProviderId) -> About<'a> {
    About { purpose: "identity_provider", tenant: ctx.tenant.id(), owner: id.as_str() }
}

/// Seals a client's secret.
pub fn seal(ctx: &Ctx<'_>, id: &IdentityProviderId, secret: &str) -> Result<String, ApiError> {
    let sealed = ctx.config().data_keys.seal(about(ctx, id), secret.as_bytes(), ctx.platform);
    sealed.ok_or_else(|| ApiError::internal("a secret could not be sealed"))
}

/// Reads it again.
pub fn unseal(ctx: &Ctx<'_>, id: &IdentityProviderId, sealed: &str) -> Result<String, ApiError> {
    let plain = ctx.config().data_keys.open(about(ctx, id), sealed).and_then(|bytes| String::from_utf8(bytes).ok());
    plain.ok_or_else(|| ApiError::internal(format!("the secret of {id} does not open")))
}

/// A question to a provider.
#[derive(Debug, Clone, Copy, Default)]
pub struct Question<'a> {
    /// Where to.
    pub url: &'a str,
    /// A form to be posted.
    pub form: Option<&'a str>,
    /// Who asks.
    pub authorization: Option<&'a str>,
    /// Bytes that the answer may have, where these are more than usual.
    pub bytes_max: Option<usize>,
}

/// Asks, and takes an answer of status 200 only. What was a good address when it was kept may not be one any more.
pub async fn ask(ctx: &Ctx<'_>, step: Step, question: Question<'_>) -> Result<Vec<u8>, Failure> {
    if address::checked(question.url, bounds(ctx)).is_none() {
        return Err(Failure::new(step, "address", "this address is not asked"));
    }
    let request = OutgoingRequest {
        url: question.url,
        form: question.form,
        authorization: question.authorization,
        seconds: ANSWER_SECONDS,
        bytes_max: question.bytes_max.unwrap_or(DOCUMENT_BYTES_MAX),
    };
    let answer = ctx.platform.fetch(&request).await.map_err(|error| Failure::unreachable(step, error))?;
    match answer.status {
        200 => Ok(answer.body),
        429 | 500.. => Err(Failure::unreachable(step, format!("status {}", answer.status))),
        status => Err(Failure::new(step, "status", format!("status {status}{}", error_in(&answer.body)))),
    }
}

/// The error's name in a refusal (RFC 6749, 5.2); nothing else of what a stranger's machine says is shown.
fn error_in(body: &[u8]) -> String {
    let name = serde_json::from_slice::<serde_json::Value>(body).ok();
    let name = name.as_ref().and_then(|body| body.get("error")).and_then(serde_json::Value::as_str).unwrap_or_default();
    let is_name = !name.is_empty() && name.len() <= 60 && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    if is_name { format!(", {name}") } else { String::new() }
}

/// What a provider says of itself, with the moment at which it said so: as it is kept, or asked for and kept.
pub async fn metadata(
    ctx: &Ctx<'_>,
    provider: &IdentityProvider,
    steps: &mut Steps,
) -> Result<(Metadata, DateTime<Utc>), Failure> {
    if let Some((metadata, at)) = provider.fresh(ctx.now) {
        steps.took(Step::Discovery, provider.settings.issuer.as_str());
        return Ok((metadata.clone(), at));
    }
    Ok((discover(ctx, provider, steps).await?, ctx.now))
}

/// Asks for the document and the keys, and keeps them.
pub async fn discover(ctx: &Ctx<'_>, provider: &IdentityProvider, steps: &mut Steps) -> Result<Metadata, Failure> {
    let issuer = &provider.settings.issuer;
    let url = discovery::address_of(issuer);
    let document = ask(ctx, Step::Discovery, Question { url: &url, ..Question::default() }).await?;
    let mut metadata =
        discovery::read(&document, issuer, bounds(ctx)).map_err(|fault| Failure::new(Step::Discovery, "discovery", fault))?;
    steps.took(Step::Discovery, url);
    metadata.keys = keys(ctx, &metadata).await?;
    let names = metadata.keys.iter().map(|key| key.kid.as_deref().unwrap_or("-")).collect::<Vec<_>>().join(", ");
    steps.took(Step::Keys, names);
    keep(ctx, provider, &metadata)?;
    Ok(metadata)
}

/// The keys anew, because a token names one that is not known: at most once in [`REFETCH_SECONDS`], whatever tokens name.
pub async fn renewed(
    ctx: &Ctx<'_>,
    provider: &IdentityProvider,
    mut metadata: Metadata,
    at: DateTime<Utc>,
) -> Result<Option<Metadata>, Failure> {
    if ctx.now - at < TimeDelta::seconds(REFETCH_SECONDS) {
        return Ok(None);
    }
    metadata.keys = keys(ctx, &metadata).await?;
    keep(ctx, provider, &metadata)?;
    Ok(Some(metadata))
}

async fn keys(ctx: &Ctx<'_>, metadata: &Metadata) -> Result<Vec<key::ProviderKey>, Failure> {
    let document = ask(ctx, Step::Keys, Question { url: &metadata.jwks_uri, ..Question::default() }).await?;
    let keys = key::read(&document).unwrap_or_default();
    if keys.is_empty() {
        return Err(Failure::new(Step::Keys, "keys", "no key that signatures can be checked by"));
    }
    Ok(keys)
}

/// What is kept may be lost without harm: it is asked for again then.
fn keep(ctx: &Ctx<'_>, provider: &IdentityProvider, metadata: &Metadata) -> Result<(), Failure> {
    let text = serde_json::to_string(metadata).map_err(|error| Failure::new(Step::Discovery, "discovery", error))?;
    ctx.after.write(ctx.db.bound(store::keep_metadata(&provider.id, provider.version, &text, ctx.now)));
    Ok(())
}
