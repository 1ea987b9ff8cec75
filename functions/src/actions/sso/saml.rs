//! Signing in by SAML 2.0: what differs from `OpenID` Connect. Who somebody is comes in a form of the browser's, signed, instead of in answer
//! to a question; all that is made of it is the same.

pub mod described;
pub mod logout;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta};
use shared::auth::cryptography::PrivateKey;
use shared::auth::signer::sha256_hex;
use shared::error::ApiError;
use shared::id::IdentityProviderId;
use shared::limits::SAML_SKEW_SECONDS;
use shared::oidc::attempt::{ATTEMPT_SECONDS, Attempt, Purpose};
use shared::saml::assertion::Expected;
use shared::saml::connection::{self, Connection, Theirs};
use shared::saml::redirect::{self, Kind};
use shared::saml::request::AuthnRequest;
use shared::saml::response::{Keys, Response};
use shared::saml::service_provider::ServiceProvider;
use shared::saml::{Fault, certificate};
use shared::store::external_identities;
use shared::store::identity_providers::IdentityProvider;

use super::exchange::{Answer, Said, level};
use super::steps::{Failure, Step, Steps};
use super::{configure, reach};
use crate::context::Ctx;

/// Our name at a provider, which is where our metadata are.
pub fn entity_id(ctx: &Ctx<'_>, id: &IdentityProviderId) -> String {
    ctx.link(&format!("/login/sso/{id}/metadata"))
}

/// Where the provider has browsers hand its answers in. What is handed in there goes on to [`configure::redirect_uri`] from our own page.
pub fn answer_at(ctx: &Ctx<'_>, id: &IdentityProviderId) -> String {
    ctx.link(&format!("/login/sso/{id}/acs"))
}

/// Where messages about signing out arrive.
fn logout_at(ctx: &Ctx<'_>, id: &IdentityProviderId) -> String {
    ctx.link(&format!("/login/sso/{id}/logout"))
}

/// A new key of ours with its certificate: the connection before the provider is known.
pub async fn own_key(ctx: &Ctx<'_>) -> Result<(PrivateKey, Connection), ApiError> {
    let none = || ApiError::internal("the platform has made no key");
    let key = ctx.platform.new_key().await.ok_or_else(none)?;
    let mut serial = [0; 16];
    ctx.platform.fill(&mut serial);
    let certificate = certificate::of_own(&key, ctx.tenant.host(), serial, ctx.now, ctx.platform).await.ok_or_else(none)?;
    Ok((key, Connection { theirs: None, certificate: STANDARD.encode(certificate) }))
}

/// Our metadata, for the provider's administrator. 404 where the provider speaks no SAML.
pub async fn metadata(ctx: &Ctx<'_>, id: &IdentityProviderId) -> Result<String, ApiError> {
    let provider = configure::find(ctx, id).await?;
    let connection = provider.saml.ok_or_else(ApiError::not_found)?;
    let certificate = STANDARD.decode(connection.certificate).map_err(ApiError::internal)?;
    let ours = ServiceProvider {
        entity_id: &entity_id(ctx, id),
        answer_at: &answer_at(ctx, id),
        logout_at: &logout_at(ctx, id),
        signing: &certificate,
        encryption: &certificate,
    };
    Ok(ours.metadata())
}

/// Both halves of a connection that is complete.
fn halves<'a>(ctx: &Ctx<'_>, provider: &'a IdentityProvider) -> Option<(&'a Theirs, PrivateKey)> {
    let theirs = provider.saml.as_ref()?.theirs.as_ref()?;
    let jwk = reach::unseal(ctx, &provider.id, provider.secret.as_deref()?).ok()?;
    Some((theirs, PrivateKey::read(&jwk)?))
}

/// Ids of messages begin with a sign that ids of XML may begin with.
fn message_id(secret: &str) -> String {
    format!("_{secret}")
}

/// Where the browser goes with the request of this sign-in.
pub async fn address(ctx: &Ctx<'_>, provider: &IdentityProvider, attempt: &Attempt, state: &str) -> Result<String, ApiError> {
    let (theirs, key) = halves(ctx, provider).ok_or_else(|| ApiError::sso_unreachable("no metadata of the provider"))?;
    let request = AuthnRequest {
        id: &message_id(&attempt.nonce),
        destination: &theirs.sign_in,
        entity_id: &entity_id(ctx, &provider.id),
        answer_at: &answer_at(ctx, &provider.id),
        name_format: None,
        asks_anew: attempt.purpose == Purpose::Prove,
        classes: &provider.settings.acr_values,
    };
    let message = request.write(ctx.now);
    let address = redirect::address(&theirs.sign_in, (Kind::Request, &message), Some(state), &key, ctx.platform).await;
    address.ok_or_else(|| ApiError::internal("a request could not be signed"))
}

/// The sign-in that a provider has begun by itself, where it may.
pub fn unsolicited(ctx: &Ctx<'_>, provider: &IdentityProvider, answer: &Answer<'_>) -> Option<Attempt> {
    let settings = &provider.settings;
    let message = answer.response.filter(|_| settings.enabled && settings.takes_unsolicited)?;
    let response = Response::read(&redirect::posted(message).ok()?).ok()?;
    response.claimed_request().is_none().then(|| Attempt {
        provider: provider.id.clone(),
        version: provider.version,
        purpose: Purpose::SignIn,
        session: None,
        nonce: String::new(),
        verifier: String::new(),
        expires: (ctx.now + TimeDelta::seconds(ATTEMPT_SECONDS)).timestamp(),
        next: String::new(),
    })
}

/// Finds out who it is that has come back.
pub async fn exchange(
    ctx: &Ctx<'_>,
    provider: &IdentityProvider,
    attempt: &Attempt,
    message: Option<&str>,
    steps: &mut Steps,
) -> Result<Said, Failure> {
    let at = |step| move |fault| Failure::saml(step, fault);
    let (theirs, key) = halves(ctx, provider).ok_or_else(|| at(Step::Discovery)(Fault::Metadata))?;
    steps.took(Step::Discovery, provider.settings.issuer.as_str());
    let message = message.ok_or_else(|| at(Step::Response)(Fault::Kind))?;
    let response = redirect::posted(message).and_then(|bytes| Response::read(&bytes)).map_err(at(Step::Response))?;
    steps.took(Step::Response, response.claimed_issuer().unwrap_or_default());
    let (keys, ours) = (theirs.keys(), [key]);
    let mut judged = response.verify(Keys { theirs: &keys, ours: &ours }, ctx.platform).await;
    if judged == Err(Fault::Signature)
        && let Some(theirs) = described::turned(ctx, provider).await
    {
        judged = response.verify(Keys { theirs: &theirs.keys(), ours: &ours }, ctx.platform).await;
    }
    let evidence = judged.map_err(at(Step::Signature))?;
    steps.took(Step::Signature, "");
    let asked = message_id(&attempt.nonce);
    let expected = Expected {
        issuer: &provider.settings.issuer,
        audience: &entity_id(ctx, &provider.id),
        address: &answer_at(ctx, &provider.id),
        request: Some(asked.as_str()).filter(|_| !attempt.nonce.is_empty()),
        takes_unsolicited: provider.settings.takes_unsolicited,
    };
    let identity = evidence.decide(&expected, ctx.now).map_err(at(Step::Assertion))?;
    let began = DateTime::from_timestamp(attempt.expires - ATTEMPT_SECONDS - SAML_SKEW_SECONDS, 0).unwrap_or(ctx.now);
    if attempt.purpose == Purpose::Prove && identity.authenticated_at < began {
        return Err(at(Step::Assertion)(Fault::Authentication));
    }
    let (person, claims) = connection::person(&identity, &provider.settings).map_err(at(Step::Assertion))?;
    steps.took(Step::Assertion, "");
    level(provider, &claims, steps)?;
    let once = external_identities::spend(&once(provider, &identity.assertion), identity.remember_until);
    Ok(Said { person, claims, once: Some(once) })
}

/// What a message that is taken once is remembered by, among the exchanges that are used up.
fn once(provider: &IdentityProvider, message: &str) -> String {
    sha256_hex(["saml", provider.id.as_str(), message].join("\0").as_bytes())
}
