//! The exchange of a code for who somebody is, step by step. Each answer of the provider is judged before the next question is asked.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use shared::auth::jwk::PublicKey;
use shared::database::TenantStatement;
use shared::oidc::attempt::{Attempt, Purpose};
use shared::oidc::discovery::Metadata;
use shared::oidc::id_token::{Expected, Fault, Signed};
use shared::oidc::person::{self, Person};
use shared::oidc::settings::Preset;
use shared::store::identity_providers::IdentityProvider;
use url::form_urlencoded::{Serializer, byte_serialize};

use super::configure::redirect_uri;
use super::reach::{self, Question};
use super::saml;
use super::steps::{Failure, Step, Steps};
use crate::context::Ctx;

/// Characters of a code or an access token: longer than any in use, shorter than what a request may be made of.
const SECRET_CHARS_MAX: usize = 4096;

/// The name of what is wrong with a sign-in of another class than those that are asked for.
pub const LEVEL: &str = "acr";

/// What the browser has brought back.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// The state.
    pub state: &'a str,
    /// The code.
    pub code: Option<&'a str>,
    /// Why there is none.
    pub error: Option<&'a str>,
    /// What was handed in instead (SAML).
    pub response: Option<&'a str>,
    /// Who answers (RFC 9207).
    pub issuer: Option<&'a str>,
}

/// Who somebody is, and by what claims.
pub struct Said {
    /// Who.
    pub person: Person,
    /// Everything that was said.
    pub claims: Map<String, Value>,
    /// Uses up what is good once, where the state is not all.
    pub once: Option<TenantStatement>,
}

/// Finds out who it is that has come back.
pub async fn exchange(
    ctx: &Ctx<'_>,
    provider: &IdentityProvider,
    attempt: &Attempt,
    answer: &Answer<'_>,
    steps: &mut Steps,
) -> Result<Said, Failure> {
    if provider.settings.preset == Preset::Saml {
        return saml::exchange(ctx, provider, attempt, answer.response, steps).await;
    }
    let (metadata, at) = reach::metadata(ctx, provider, steps).await?;
    let code = code(provider, &metadata, answer)?;
    steps.took(Step::Answer, "");
    let tokens = tokens(ctx, provider, &metadata, attempt, code).await?;
    steps.took(Step::Token, "");
    let signed = Signed::parse(&tokens.id_token, &metadata.algorithms, &["JWT"])
        .map_err(|fault| Failure::token(Step::Signature, fault))?;
    let (key, metadata) = key(ctx, provider, metadata, at, &signed).await?;
    let is_signed = ctx.platform.is_signed(&key, signed.message(), signed.signature()).await;
    if !is_signed {
        return Err(Failure::token(Step::Signature, Fault::Signature));
    }
    steps.took(Step::Signature, key.algorithm().as_str());
    let expected = Expected {
        issuer: &provider.settings.issuer,
        client_id: &provider.settings.client_id,
        nonce: &attempt.nonce,
        access_token: tokens.access_token.as_deref(),
        fresh_proof: attempt.purpose == Purpose::Prove,
        now: ctx.now,
    };
    let mut claims = signed.claims(is_signed, expected).map_err(|fault| Failure::token(Step::Claims, fault))?;
    steps.took(Step::Claims, "");
    level(provider, &claims, steps)?;
    let endpoint = metadata.userinfo_endpoint.as_deref().filter(|_| wants_more(provider, &claims));
    if let Some((endpoint, token)) = endpoint.zip(tokens.access_token.as_deref()) {
        userinfo(ctx, endpoint, token, &mut claims).await?;
        steps.took(Step::Userinfo, "");
    }
    let person = Person::read(&claims, &provider.settings).ok_or_else(|| Failure::token(Step::Claims, Fault::Subject))?;
    Ok(Said { person, claims, once: None })
}

/// Whether the sign-in there was of a class that is asked for. What the answer about the person says of it does not count: it is not of this
/// sign-in.
pub(super) fn level(provider: &IdentityProvider, claims: &Map<String, Value>, steps: &mut Steps) -> Result<(), Failure> {
    let settings = &provider.settings;
    let acr = claims.get("acr").and_then(Value::as_str);
    if !settings.takes_level(acr) {
        let words = format!("acr is {}, not one of {}", acr.unwrap_or("missing"), settings.acr_values.join(" "));
        return Err(Failure::new(Step::Level, LEVEL, words));
    }
    if !settings.acr_values.is_empty() {
        steps.took(Step::Level, acr.unwrap_or("-"));
    }
    Ok(())
}

/// The code, if it is this provider that answers.
fn code<'a>(provider: &IdentityProvider, metadata: &Metadata, answer: &Answer<'a>) -> Result<&'a str, Failure> {
    let wrong = |reason, words: &str| Failure::new(Step::Answer, reason, words);
    let is_named = answer.issuer.is_some_and(|issuer| issuer == provider.settings.issuer);
    if !is_named && (answer.issuer.is_some() || metadata.names_issuer) {
        return Err(wrong("mix_up", "iss of the answer is not the issuer"));
    }
    if let Some(error) = answer.error {
        let is_denial = error == "access_denied";
        return Err(wrong(if is_denial { "denied" } else { "refused" }, "the provider has answered with an error"));
    }
    answer.code.filter(|code| (1..=SECRET_CHARS_MAX).contains(&code.len())).ok_or_else(|| wrong("no_code", "no code"))
}

struct Tokens {
    id_token: String,
    access_token: Option<String>,
}

async fn tokens(
    ctx: &Ctx<'_>,
    provider: &IdentityProvider,
    metadata: &Metadata,
    attempt: &Attempt,
    code: &str,
) -> Result<Tokens, Failure> {
    let wrong = |words: &str| Failure::new(Step::Token, "token", words);
    let client = &provider.settings.client_id;
    let secret = provider.secret.as_deref().map(|sealed| reach::unseal(ctx, &provider.id, sealed)).transpose();
    let secret = secret.map_err(|_| wrong("the client's secret cannot be read"))?;
    let mut form = Serializer::new(String::new());
    form.append_pair("grant_type", "authorization_code")
        .append_pair("code", code)
        .append_pair("redirect_uri", &redirect_uri(ctx, &provider.id))
        .append_pair("code_verifier", &attempt.verifier);
    let header = match &secret {
        Some(secret) if !metadata.secret_in_form => Some(basic(client, secret)),
        Some(secret) => {
            form.append_pair("client_id", client).append_pair("client_secret", secret);
            None
        }
        None => {
            form.append_pair("client_id", client);
            None
        }
    };
    let form = form.finish();
    let question =
        Question { url: &metadata.token_endpoint, form: Some(&form), authorization: header.as_deref(), ..Question::default() };
    let body = object(&reach::ask(ctx, Step::Token, question).await?).ok_or_else(|| wrong("not a JSON object"))?;
    let text = |name: &str| body.get(name).and_then(Value::as_str);
    let access_token =
        text("access_token").filter(|_| text("token_type").is_some_and(|kind| kind.eq_ignore_ascii_case("bearer")));
    // A token that could end a header's line is none.
    let is_good = |token: &&str| token.len() <= SECRET_CHARS_MAX && token.bytes().all(|byte| byte.is_ascii_graphic());
    Ok(Tokens {
        id_token: text("id_token").ok_or_else(|| wrong("no ID token"))?.to_owned(),
        access_token: access_token.filter(is_good).map(str::to_owned),
    })
}

/// Name and secret as a header (RFC 6749, 2.3.1).
fn basic(client: &str, secret: &str) -> String {
    let part = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
    format!("Basic {}", STANDARD.encode(format!("{}:{}", part(client), part(secret))))
}

/// The key that the token must be signed by. Providers change their keys: one that is not known is asked for, now and then.
pub(super) async fn key(
    ctx: &Ctx<'_>,
    provider: &IdentityProvider,
    metadata: Metadata,
    at: DateTime<Utc>,
    signed: &Signed,
) -> Result<(PublicKey, Metadata), Failure> {
    let wrong = |fault| Failure::token(Step::Signature, fault);
    match signed.key(&metadata.keys) {
        Ok(key) => Ok((key, metadata)),
        Err(Fault::KeyUnknown) => {
            let renewed = reach::renewed(ctx, provider, metadata, at).await?.ok_or_else(|| wrong(Fault::KeyUnknown))?;
            let key = signed.key(&renewed.keys).map_err(wrong)?;
            Ok((key, renewed))
        }
        Err(fault) => Err(wrong(fault)),
    }
}

/// Whether something that is needed is not among the claims.
fn wants_more(provider: &IdentityProvider, claims: &Map<String, Value>) -> bool {
    let names = &provider.settings.claims;
    let groups = (!provider.settings.mappings.is_empty()).then_some(&names.groups);
    [&names.name, &names.email].into_iter().chain(groups).any(|name| !claims.contains_key(name))
}

async fn userinfo(ctx: &Ctx<'_>, endpoint: &str, token: &str, claims: &mut Map<String, Value>) -> Result<(), Failure> {
    let authorization = format!("Bearer {token}");
    let question = Question { url: endpoint, authorization: Some(&authorization), ..Question::default() };
    let more = object(&reach::ask(ctx, Step::Userinfo, question).await?);
    let more = more.ok_or_else(|| Failure::new(Step::Userinfo, "userinfo", "not a JSON object"))?;
    if person::join(claims, more) { Ok(()) } else { Err(Failure::new(Step::Userinfo, "userinfo_sub", "sub is another person's")) }
}

fn object(body: &[u8]) -> Option<Map<String, Value>> {
    serde_json::from_slice(body).ok()
}
