//! Credentials to actor: a bearer token, an API key or a session cookie, looked up in the tenant of the host.

use chrono::{DateTime, Utc};
use shared::access::{Actor, Standing};
use shared::auth::api_key::{self, Presented};
use shared::auth::{access_token, signer};
use shared::database::{PlatformDb, Rows};
use shared::error::ApiError;
use shared::http::Request;
use shared::store::platform;
use shared::store::sessions::{self, Bounds};

use crate::actions::{audit, oauth};
use crate::context::Ctx;

/// Name of the session cookie: host-only by its prefix wherever the connection is secure (RFC 6265bis).
pub fn cookie_name(https: bool) -> &'static str {
    if https { "__Host-session" } else { "session" }
}

/// Who asks, and what the look-up answered beside.
pub struct Found {
    /// Who.
    pub actor: Actor,
    /// The version of the tenant's directory, when a session was found.
    pub directory_version: Option<i64>,
    /// How that session stands.
    pub standing: Option<Standing>,
}

impl Found {
    fn without_session(actor: Actor) -> Self {
        Self { actor, directory_version: None, standing: None }
    }

    fn by_session(found: sessions::Found) -> Self {
        Self {
            actor: Actor::Person(found.person),
            directory_version: Some(found.directory_version),
            standing: Some(found.standing),
        }
    }
}

/// The actor of a request to a tenant. A bearer token that is no good is refused; a cookie that is no good is no one.
pub async fn person(ctx: &Ctx<'_>, request: &Request) -> Result<Found, ApiError> {
    if let Some(value) = request.headers.get("authorization") {
        if request.path == oauth::TOKEN_PATH && oauth::is_basic(value) {
            // The credentials of a client, for the route itself to read.
            return Ok(Found::without_session(Actor::Anonymous));
        }
        let token = value.strip_prefix("Bearer ").map(str::trim).ok_or_else(ApiError::unauthenticated)?;
        let config = ctx.config();
        if signer::same_secret(token, &config.service_token) {
            return Ok(Found::without_session(Actor::Service));
        }
        if token.starts_with(api_key::MARK) {
            let key = Presented::parse(token).filter(|_| !has_cookie(request)).ok_or_else(ApiError::unauthenticated)?;
            let rows = ctx.db.run(sessions::account_by_prefix(key.prefix(), ctx.now)).await?;
            return account_of(ctx, &rows, &key)?.map(Found::by_session).ok_or_else(ApiError::unauthenticated);
        }
        return by_access_token(ctx, request, token).await;
    }
    let Some(token) = request.headers.cookie(cookie_name(request.https)) else {
        return Ok(Found::without_session(Actor::Anonymous));
    };
    if token.len() > 200 {
        return Ok(Found::without_session(Actor::Anonymous));
    }
    let bounds = Bounds::of(ctx.tenant.settings(), ctx.now);
    let rows = ctx.db.run(sessions::person_by_cookie(&signer::sha256_hex(token.as_bytes()), ctx.now, bounds)).await?;
    Ok(sessions::found(&rows, &ctx.circumstances(), None)?
        .map_or_else(|| Found::without_session(Actor::Anonymous), Found::by_session))
}

/// Browsers have sessions and programs have keys: whoever sends both is neither.
fn has_cookie(request: &Request) -> bool {
    [true, false].into_iter().any(|https| request.headers.cookie(cookie_name(https)).is_some())
}

async fn by_access_token(ctx: &Ctx<'_>, request: &Request, token: &str) -> Result<Found, ApiError> {
    let claims = access_token::verify(&ctx.config().jwt_secret, ctx.tenant.id(), token, ctx.now);
    let claims = claims.filter(|claims| claims.key.is_none() || !has_cookie(request)).ok_or_else(ApiError::unauthenticated)?;
    let statement = match (&claims.sid, &claims.key) {
        (_, Some(key)) => sessions::account_by_key(key, ctx.now),
        (Some(session), None) => sessions::person_by_session(session, ctx.now),
        (None, None) => return Err(ApiError::unauthenticated()),
    };
    let rows = ctx.db.run(statement).await?;
    sessions::found(&rows, &ctx.circumstances(), claims.scopes())?
        .filter(|found| found.person.id == claims.sub)
        .filter(|found| comes_from_its_network(ctx, found))
        .map(Found::by_session)
        .ok_or_else(ApiError::unauthenticated)
}

/// The account of the key that somebody showed, out of the answer of [`sessions::account_by_prefix`]: if the key is that one, and comes from
/// where it may.
pub fn account_of(ctx: &Ctx<'_>, rows: &Rows, shown: &Presented) -> Result<Option<sessions::Found>, ApiError> {
    let found = sessions::found(rows, &ctx.circumstances(), None)?;
    let is_that_one = |found: &sessions::Found| found.person.key.as_ref().is_some_and(|key| shown.is(&key.secret_hash));
    Ok(found.filter(is_that_one).filter(|found| comes_from_its_network(ctx, found)))
}

fn comes_from_its_network(ctx: &Ctx<'_>, found: &sessions::Found) -> bool {
    let comes = found.person.key.as_ref().is_none_or(|key| key.admits(&ctx.network));
    if !comes {
        audit::note_key_refused(ctx, &found.person);
    }
    comes
}

/// The actor of a request to the platform's own host.
pub async fn operator(db: &PlatformDb<'_>, request: &Request, now: DateTime<Utc>) -> Result<Actor, ApiError> {
    let Some(token) = request.headers.cookie(cookie_name(request.https)) else { return Ok(Actor::Anonymous) };
    let rows = db.run(platform::operator_of_session(&signer::sha256_hex(token.as_bytes()), now)).await?;
    Ok(rows.first::<platform::Operator>()?.map_or(Actor::Anonymous, |operator| Actor::Operator(operator.id)))
}
