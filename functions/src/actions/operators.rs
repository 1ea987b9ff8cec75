//! Operators of the platform: signing in and out on the platform's own host. The same care as with a tenant's people: tries
//! are counted first, and one hash is computed whether the operator is known or not.

use chrono::TimeDelta;
use serde_json::json;
use shared::auth::password;
use shared::auth::signer::sha256_hex;
use shared::database::Rows;
use shared::error::ApiError;
use shared::limits::{
    LOGIN_ATTEMPTS_PER_ACCOUNT, LOGIN_ATTEMPTS_PER_ACCOUNT_NETWORK, LOGIN_ATTEMPTS_PER_NETWORK, LOGIN_WINDOW_SECONDS,
    PASSWORD_BYTES_MAX, SESSION_SECONDS,
};
use shared::store::platform::{self as store, Attempts, Operator};

use super::accounts::throttle::network;
use super::audit;
use crate::context::PlatformCtx;

/// Checks the password and opens a session; answers the cookie's value. 429 beyond the limits.
pub async fn sign_in(ctx: &PlatformCtx<'_>, username: &str, password_typed: &str) -> Result<String, ApiError> {
    let seconds = ctx.now.timestamp();
    let window = seconds.div_euclid(LOGIN_WINDOW_SECONDS) * LOGIN_WINDOW_SECONDS;
    let network = network(&ctx.network);
    let username = username.trim().to_lowercase();
    let limits = [
        (["login", &username, &network], LOGIN_ATTEMPTS_PER_ACCOUNT_NETWORK),
        (["login-network", &network, ""], LOGIN_ATTEMPTS_PER_NETWORK),
        (["login-account", &username, ""], LOGIN_ATTEMPTS_PER_ACCOUNT),
    ];
    let mut load: Vec<_> =
        limits.iter().map(|(parts, _)| store::count_attempt(&sha256_hex(parts.join("\n").as_bytes()), window)).collect();
    load.push(store::operator_by_username(&username));
    let rows = ctx.db.batch(load).await?;
    for ((_, limit), rows) in limits.iter().zip(&rows) {
        if rows.first::<Attempts>()?.is_some_and(|row| row.attempts > *limit) {
            return Err(ApiError::too_many(window + LOGIN_WINDOW_SECONDS - seconds));
        }
    }
    let operator = rows.last().map(Rows::first::<Operator>).transpose()?.flatten();
    let typed = if password_typed.len() > PASSWORD_BYTES_MAX { "" } else { password_typed };
    let stored = operator.as_ref().map(|operator| operator.password_hash.as_str());
    let is_right = password::verify(typed, stored, ctx.platform.config().argon2);
    let Some(operator) = operator.filter(|_| is_right) else {
        let detail = json!({ "typed": audit::typed(&username), "network": ctx.network }).to_string();
        ctx.db.run(store::audit(ctx.now, "anonymous", "session.refused", "unknown", &detail)).await?;
        return Err(ApiError::bad_credentials());
    };
    let secret = ctx.ids().secret(32);
    let expires_at = ctx.now + TimeDelta::seconds(SESSION_SECONDS);
    let detail = json!({ "network": ctx.network }).to_string();
    ctx.db
        .batch(vec![
            store::insert_operator_session(&sha256_hex(secret.as_bytes()), &operator.id, ctx.now, expires_at),
            store::audit(ctx.now, operator.id.as_str(), "session.opened", operator.id.as_str(), &detail),
        ])
        .await?;
    Ok(secret)
}

/// Ends the session whose cookie this is.
pub async fn sign_out(ctx: &PlatformCtx<'_>, secret: &str) -> Result<(), ApiError> {
    let actor = ctx.actor.reference();
    ctx.db
        .batch(vec![
            store::delete_operator_session(&sha256_hex(secret.as_bytes())),
            store::audit(ctx.now, &actor, "session.closed", &actor, "{}"),
        ])
        .await?;
    Ok(())
}
