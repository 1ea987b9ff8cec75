//! Accounts: signing in and out, registering, passwords, profile.
//!
//! One rule runs through all of it: whoever asks learns nothing about whether an address is known. Answers, the work that
//! goes into them and the shape of the audit lines are the same for known and unknown ones.

pub mod cookie;
pub mod refresh;
pub mod sign_in;
pub mod throttle;

use serde_json::json;
use shared::error::ApiError;
use shared::store::sessions;

use super::audit;
use crate::context::Ctx;

/// Ends the request's session. Whoever has none is signed out already.
pub async fn sign_out(ctx: &Ctx<'_>) -> Result<(), ApiError> {
    let Some(person) = ctx.actor.person() else { return Ok(()) };
    ctx.db
        .batch(vec![
            sessions::revoke(&person.session, ctx.now),
            audit::line(ctx, "session.closed", person.session.as_str(), json!({})),
        ])
        .await?;
    Ok(())
}
