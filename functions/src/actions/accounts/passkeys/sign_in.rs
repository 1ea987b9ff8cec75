//! Signing in by a passkey, with no password before it, or after one in the place of a code.

use serde_json::json;
use shared::auth::signer::sha256_hex;
use shared::auth::webauthn::Assertion;
use shared::error::ApiError;
use shared::limits::{LOGIN_ATTEMPTS_PER_NETWORK, LOGIN_WINDOW_SECONDS};
use shared::platform::Wake;
use shared::store::external_identities;
use shared::store::passkey_challenges::Purpose;
use shared::store::sessions::Kind;

use super::assert::{self, Refused};
use crate::actions::accounts::sign_in::{self, SignedIn};
use crate::actions::accounts::throttle::{Throttle, network};
use crate::actions::audit;
use crate::context::Ctx;

/// Opens a session. 401 `bad_passkey`, whatever the reason; 429 after too many of those from one network. A session that the browser had
/// before ends. `owed` is the secret of the sign-in for which it stands in for a code, if there is one.
pub async fn sign_in(ctx: &Ctx<'_>, assertion: &Assertion, kind: Kind, owed: Option<&str>) -> Result<SignedIn, ApiError> {
    let throttle =
        Throttle::within(ctx, LOGIN_WINDOW_SECONDS).limit(&["login-network", &network(&ctx.network)], LOGIN_ATTEMPTS_PER_NETWORK);
    let proven = match assert::judge(ctx, assertion, Purpose::SignIn, None, &throttle).await? {
        Ok(proven) => proven,
        Err(refused) => return Err(refuse(ctx, &refused).await?),
    };
    let user = &proven.known.user;
    let (session_batch, session, secret) = sign_in::open(ctx, user, kind, Some("passkey"));
    let mut batch = proven.use_up(ctx);
    batch.extend(session_batch);
    let finished = |token: &str| external_identities::finished(&session, &sha256_hex(token.as_bytes()), user, ctx.now);
    batch.extend(owed.map(finished).into_iter().flatten());
    batch.push(throttle.forget());
    match ctx.db.batch(batch).await {
        Err(error) if error.is_refused_by("already_done") || error.is_refused_by("conflict") => {
            return Err(ApiError::bad_passkey());
        }
        other => other?,
    };
    sign_in::left(ctx, kind);
    Ok(SignedIn { user: user.clone(), role: proven.known.role, session, secret })
}

async fn refuse(ctx: &Ctx<'_>, refused: &Refused) -> Result<ApiError, ApiError> {
    let mut batch = refused.consequences(ctx);
    let user = refused.known.as_ref().map_or("unknown", |known| known.user.as_str());
    let detail = json!({ "reason": "passkey", "fault": refused.fault.as_str() });
    batch.push(audit::refusal_of(ctx, &ctx.actor.reference(), "session.refused", user, detail));
    ctx.db.batch(batch).await?;
    ctx.wake(Wake::Outbox(ctx.tenant.id().clone()));
    Ok(ApiError::bad_passkey())
}
