//! OAuth 2.0 for programs: an access token for the key of a service account (RFC 6749, 4.4).
//!
//! The client's name is the account's id, its secret one of the account's keys. The token names the key, which is looked up at every request:
//! what ends the key or the account ends the token at once. Tries are counted as those of signing in are.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use shared::access::{Permission, Permissions, Person};
use shared::auth::access_token;
use shared::auth::api_key::Presented;
use shared::database::DbError;
use shared::error::ApiError;
use shared::http::{Query, decode_pairs};
use shared::limits::{LOGIN_ATTEMPTS_PER_ACCOUNT_NETWORK, LOGIN_ATTEMPTS_PER_NETWORK, LOGIN_WINDOW_SECONDS};
use shared::store::{api_keys, sessions};

use super::accounts::throttle::{Throttle, Verdict, network};
use super::audit;
use crate::context::Ctx;
use crate::dispatch::account_of;

/// Where tokens are given out.
pub const TOKEN_PATH: &str = "/api/oauth/token";

/// A token that was given out.
pub struct Token {
    /// The token.
    pub access_token: String,
    /// What it lets its holder do at most.
    pub scope: String,
}

/// Why none was (RFC 6749, 5.2).
pub enum Refusal {
    /// The request lacks something, says something twice or contradicts itself.
    InvalidRequest(&'static str),
    /// The client is not known, or the key is not good.
    InvalidClient,
    /// Another grant than `client_credentials`.
    UnsupportedGrantType,
    /// A scope that there is not, or that the key was not given.
    InvalidScope,
    /// Too many tries; seconds until the next.
    TooMany(i64),
    /// What has nothing to do with OAuth.
    Other(ApiError),
}

impl From<ApiError> for Refusal {
    fn from(error: ApiError) -> Self {
        Self::Other(error)
    }
}

impl From<DbError> for Refusal {
    fn from(error: DbError) -> Self {
        Self::Other(error.into())
    }
}

/// A client as it names itself.
struct Client {
    id: String,
    secret: String,
}

/// Gives a token out for the form that was sent, and the header `Authorization` with it.
pub async fn token(ctx: &Ctx<'_>, authorization: Option<&str>, form: &Query) -> Result<Token, Refusal> {
    if ["grant_type", "scope", "client_id", "client_secret"].into_iter().any(|name| form.all(name).count() > 1) {
        return Err(Refusal::InvalidRequest("a parameter stands twice"));
    }
    let client = client(authorization, form)?;
    match form.filled("grant_type") {
        Some("client_credentials") => {}
        Some(_) => return Err(Refusal::UnsupportedGrantType),
        None => return Err(Refusal::InvalidRequest("grant_type is missing")),
    }
    let (account, throttle) = authenticated(ctx, &client).await?;
    let Some(key) = account.key.as_deref() else { return Err(Refusal::InvalidClient) };
    let scopes = match form.filled("scope") {
        None => key.scopes,
        Some(text) => asked(text, key.scopes).ok_or(Refusal::InvalidScope)?,
    };
    let config = ctx.config();
    let access_token = access_token::issue_for_key(&config.jwt_secret, ctx.tenant.id(), &account.id, &key.id, scopes, ctx.now)
        .map_err(ApiError::internal)?;
    let detail = json!({ "name": key.prefix, "scopes": scopes });
    ctx.db
        .batch(vec![
            throttle.forget(),
            api_keys::used(&key.id, &ctx.network, ctx.now),
            audit::line_of(ctx, account.id.as_str(), "api_key.exchanged", key.id.as_str(), detail),
        ])
        .await?;
    Ok(Token { access_token, scope: access_token::scope(scopes) })
}

/// The account whose key the client's secret is.
async fn authenticated(ctx: &Ctx<'_>, client: &Client) -> Result<(Person, Throttle), Refusal> {
    let network = network(&ctx.network);
    let throttle = Throttle::within(ctx, LOGIN_WINDOW_SECONDS)
        .limit(&["oauth", &client.id, &network], LOGIN_ATTEMPTS_PER_ACCOUNT_NETWORK)
        .limit(&["oauth-network", &network], LOGIN_ATTEMPTS_PER_NETWORK);
    let shown = Presented::parse(&client.secret);
    let mut load = throttle.statements();
    load.extend(shown.as_ref().map(|shown| sessions::account_by_prefix(shown.prefix(), ctx.now)));
    let rows = ctx.db.batch(load).await?;
    let verdict = throttle.verdict(&rows)?;
    if verdict == Verdict::Over {
        return Err(Refusal::TooMany(throttle.retry_after_seconds));
    }
    let account = match (&shown, rows.last()) {
        (Some(shown), Some(found)) if verdict == Verdict::Within => account_of(ctx, found, shown)?,
        _ => None,
    };
    let account = account.map(|found| found.person).filter(|account| account.id.as_str() == client.id);
    if let Some(account) = account {
        return Ok((account, throttle));
    }
    let reason = if verdict == Verdict::Within { "credentials" } else { "limit" };
    let detail = json!({ "reason": reason, "typed": audit::typed(&client.id) });
    ctx.db.run(audit::refusal_of(ctx, "anonymous", "api_key.exchange_refused", "unknown", detail)).await?;
    Err(if verdict == Verdict::Within { Refusal::InvalidClient } else { Refusal::TooMany(throttle.retry_after_seconds) })
}

/// By the header or by the form, and not by both (RFC 6749, 2.3).
fn client(authorization: Option<&str>, form: &Query) -> Result<Client, Refusal> {
    let by_form = form.filled("client_id").zip(form.filled("client_secret"));
    let Some(header) = authorization else {
        let (id, secret) = by_form.ok_or(Refusal::InvalidClient)?;
        return Ok(Client { id: id.to_owned(), secret: secret.to_owned() });
    };
    if form.get("client_secret").is_some() {
        return Err(Refusal::InvalidRequest("the client proves itself twice"));
    }
    let client = basic(header).ok_or(Refusal::InvalidClient)?;
    match form.filled("client_id") {
        Some(id) if id != client.id => Err(Refusal::InvalidRequest("client_id is another one than the header's")),
        _ => Ok(client),
    }
}

/// Whether the header is of the scheme by which clients prove themselves.
pub fn is_basic(header: &str) -> bool {
    header.split(' ').next().is_some_and(|scheme| scheme.eq_ignore_ascii_case("basic"))
}

/// Both halves are encoded as forms are before they are joined (RFC 6749, 2.3.1).
fn basic(header: &str) -> Option<Client> {
    let (_, encoded) = header.split_once(' ').filter(|_| is_basic(header))?;
    let text = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    let decoded = |half: &str| decode_pairs(format!("x={half}").as_bytes()).get("x").map(str::to_owned);
    Some(Client { id: decoded(id)?, secret: decoded(secret)? })
}

/// The scopes that were asked for, if the key was given all of them.
fn asked(text: &str, given: Permissions) -> Option<Permissions> {
    let asked: Option<Permissions> = text.split(' ').filter(|name| !name.is_empty()).map(Permission::parse).collect();
    asked.filter(|asked| !asked.is_empty() && asked.without(given).is_empty())
}
