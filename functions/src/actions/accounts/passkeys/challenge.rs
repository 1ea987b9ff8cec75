//! What browsers are asked: to make a passkey, or to use one. Each question carries a challenge that is good for one answer.

use chrono::TimeDelta;
use shared::auth::base64url;
use shared::auth::signer::sha256_hex;
use shared::database::{Rows, TenantStatement};
use shared::error::ApiError;
use shared::id::UserId;
use shared::limits::{LOGIN_WINDOW_SECONDS, PASSKEY_CHALLENGE_SECONDS, PASSKEY_CHALLENGES_AT_ONCE};
use shared::store::passkey_challenges::{self, Purpose};
use shared::store::passkeys::{self as store, Credential};

use crate::actions::accounts::step_up;
use crate::actions::accounts::throttle::{Throttle, network};
use crate::context::Ctx;

/// Random bytes of a challenge and of a handle: twice what W3C Web Authentication (13.4.3) asks for.
const RANDOM_BYTES: usize = 32;
/// Challenges that are over and go with each new one: more than come, so that their table stays as small as five minutes are.
const SWEPT_ALONG: u32 = 5;

/// A question to make one.
pub struct ToMake {
    /// The challenge, in base64url.
    pub challenge: String,
    /// The name under which authenticators know the person, in base64url.
    pub handle: String,
    /// What the person has already: no authenticator makes a second one.
    pub known: Vec<Credential>,
}

/// A question to use one.
pub struct ToUse {
    /// The challenge, in base64url.
    pub challenge: String,
    /// Those that are asked for; none is any.
    pub wanted: Vec<Credential>,
}

/// Asks to make a passkey for the person who is signed in. Needs a recent proof. 429 when they ask for too many.
pub async fn to_make(ctx: &Ctx<'_>) -> Result<ToMake, ApiError> {
    step_up::require_recent(ctx)?;
    let user = &ctx.person()?.id;
    let [name, handle] = store::named(user, &random(ctx));
    let (challenge, rows) = ask(ctx, Purpose::Register, Some(user), vec![name, handle, store::credentials(user)]).await?;
    let [.., handle, known] = rows.as_slice() else { return Err(ApiError::internal("a batch of three answered otherwise")) };
    let handle = store::handle(handle)?.ok_or_else(|| ApiError::internal("a handle is not there that was just given"))?;
    Ok(ToMake { challenge, handle, known: known.all()? })
}

/// Asks for any passkey, to sign in by. 429 when too many are asked for from one network.
pub async fn to_sign_in(ctx: &Ctx<'_>) -> Result<ToUse, ApiError> {
    let (challenge, _) = ask(ctx, Purpose::SignIn, None, Vec::new()).await?;
    Ok(ToUse { challenge, wanted: Vec::new() })
}

/// Asks for a passkey of the person who is signed in, to prove anew who they are. 409 when they have none, 429 when they ask for too many.
pub async fn to_step_up(ctx: &Ctx<'_>) -> Result<ToUse, ApiError> {
    let user = &ctx.person()?.id;
    let (challenge, rows) = ask(ctx, Purpose::StepUp, Some(user), vec![store::credentials(user)]).await?;
    let wanted: Vec<Credential> = rows.last().map(Rows::all).transpose()?.unwrap_or_default();
    if wanted.is_empty() { Err(ApiError::conflict("no_passkey")) } else { Ok(ToUse { challenge, wanted }) }
}

/// Notes a fresh challenge along with `others`, whose answers come last, and removes some of those that are over.
async fn ask(
    ctx: &Ctx<'_>,
    purpose: Purpose,
    user: Option<&UserId>,
    others: Vec<TenantStatement>,
) -> Result<(String, Vec<Rows>), ApiError> {
    let asks = user.map_or_else(|| network(&ctx.network), UserId::to_string);
    let throttle = Throttle::within(ctx, LOGIN_WINDOW_SECONDS).limit(&["passkey-challenge", &asks], PASSKEY_CHALLENGES_AT_ONCE);
    let challenge = random(ctx);
    let expires_at = ctx.now + TimeDelta::seconds(PASSKEY_CHALLENGE_SECONDS);
    let mut batch = throttle.guarded();
    batch.push(passkey_challenges::purge(ctx.now, SWEPT_ALONG));
    batch.push(passkey_challenges::insert(&digest(&challenge), purpose, user, ctx.now, expires_at));
    batch.extend(others);
    match ctx.db.batch(batch).await {
        Err(error) if error.is_refused_by("limit") => Err(ApiError::too_many(throttle.retry_after_seconds)),
        other => Ok((challenge, other?)),
    }
}

/// A challenge's digest, by which it is stored.
pub(super) fn digest(challenge: &str) -> String {
    sha256_hex(challenge.as_bytes())
}

fn random(ctx: &Ctx<'_>) -> String {
    let mut bytes = [0; RANDOM_BYTES];
    ctx.platform.fill(&mut bytes);
    base64url::encode(&bytes)
}
