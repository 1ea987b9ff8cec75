//! Credentials to actor: a bearer token or a session cookie, looked up in the tenant of the host.

use chrono::{DateTime, Utc};
use shared::access::{Actor, Circumstances, Standing};
use shared::auth::{access_token, signer};
use shared::database::PlatformDb;
use shared::error::ApiError;
use shared::http::Request;
use shared::store::platform;
use shared::store::sessions::{self, Bounds};

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
        let token = value.strip_prefix("Bearer ").map(str::trim).ok_or_else(ApiError::unauthenticated)?;
        let config = ctx.config();
        if signer::same_secret(token, &config.service_token) {
            return Ok(Found::without_session(Actor::Service));
        }
        let claims =
            access_token::verify(&config.jwt_secret, ctx.tenant.id(), token, ctx.now).ok_or_else(ApiError::unauthenticated)?;
        let rows = ctx.db.run(sessions::person_by_session(&claims.sid, ctx.now)).await?;
        return sessions::found(&rows, &circumstances(ctx))?
            .filter(|found| found.person.id == claims.sub)
            .map(Found::by_session)
            .ok_or_else(ApiError::unauthenticated);
    }
    let Some(token) = request.headers.cookie(cookie_name(request.https)) else {
        return Ok(Found::without_session(Actor::Anonymous));
    };
    if token.len() > 200 {
        return Ok(Found::without_session(Actor::Anonymous));
    }
    let bounds = Bounds::of(ctx.tenant.settings(), ctx.now);
    let rows = ctx.db.run(sessions::person_by_cookie(&signer::sha256_hex(token.as_bytes()), ctx.now, bounds)).await?;
    Ok(sessions::found(&rows, &circumstances(ctx))?.map_or_else(|| Found::without_session(Actor::Anonymous), Found::by_session))
}

fn circumstances<'a>(ctx: &'a Ctx<'_>) -> Circumstances<'a> {
    Circumstances {
        address: &ctx.network,
        now: ctx.now.with_timezone(&ctx.tenant.zone()),
        clients_see_organization: ctx.tenant.settings().organization_tickets_visible,
    }
}

/// The actor of a request to the platform's own host.
pub async fn operator(db: &PlatformDb<'_>, request: &Request, now: DateTime<Utc>) -> Result<Actor, ApiError> {
    let Some(token) = request.headers.cookie(cookie_name(request.https)) else { return Ok(Actor::Anonymous) };
    let rows = db.run(platform::operator_of_session(&signer::sha256_hex(token.as_bytes()), now)).await?;
    Ok(rows.first::<platform::Operator>()?.map_or(Actor::Anonymous, |operator| Actor::Operator(operator.id)))
}
