//! Exchanging a refresh token for fresh tokens.
//!
//! A token works once. Whoever presents one that was exchanged already is either a thief or the one who was robbed; it
//! cannot be told which, so the session ends and both sign in again (RFC 9700, 4.14.2). That includes two exchanges of one
//! token at the same moment: one wins, the other ends the family. Clients therefore keep exchanges in a row.
//!
//! However often a session is refreshed, it ends when it is thirty days old: then its person proves anew who they are.

use chrono::TimeDelta;
use serde_json::json;
use shared::auth::signer::sha256_hex;
use shared::error::ApiError;
use shared::id::{SessionId, UserId};
use shared::limits::{PROGRAM_SESSION_SECONDS, REFRESH_TOKEN_SECONDS};
use shared::store::sessions::{self, Refresh};

use crate::actions::{audit, open_pages};
use crate::context::Ctx;

/// A session that goes on.
pub struct Refreshed {
    /// Whose.
    pub user: UserId,
    /// Its id.
    pub session: SessionId,
    /// The next refresh token.
    pub refresh_token: String,
}

/// Exchanges the token.
pub async fn refresh(ctx: &Ctx<'_>, token: &str) -> Result<Refreshed, ApiError> {
    let digest = sha256_hex(token.as_bytes());
    let longest = TimeDelta::seconds(PROGRAM_SESSION_SECONDS);
    let rows = ctx.db.run(sessions::refresh(&digest, ctx.now, ctx.now - longest)).await?;
    let found = rows.first::<Refresh>()?.ok_or_else(ApiError::unauthenticated)?;
    if !found.live {
        return Err(ApiError::unauthenticated());
    }
    if found.used {
        end_family(ctx, &found).await?;
        return Err(ApiError::unauthenticated());
    }
    let next = ctx.ids().secret(32);
    let expires_at = (ctx.now + TimeDelta::seconds(REFRESH_TOKEN_SECONDS)).min(found.created_at + longest);
    let written = ctx
        .db
        .batch(vec![
            sessions::guard_unused(&digest),
            sessions::use_refresh(&digest, ctx.now),
            sessions::insert_refresh(&sha256_hex(next.as_bytes()), &found.session, ctx.now, expires_at),
            sessions::extend(&found.session, expires_at),
            sessions::forget_expired(&found.session, ctx.now),
            audit::line_of(ctx, found.user.as_str(), "session.refreshed", found.session.as_str(), json!({})),
        ])
        .await;
    match written {
        Ok(_) => Ok(Refreshed { user: found.user, session: found.session, refresh_token: next }),
        Err(error) if error.is_refused_by("already_done") => {
            end_family(ctx, &found).await?;
            Err(ApiError::unauthenticated())
        }
        Err(error) => Err(error.into()),
    }
}

async fn end_family(ctx: &Ctx<'_>, found: &Refresh) -> Result<(), ApiError> {
    let line = audit::refusal_of(ctx, found.user.as_str(), "session.reuse_detected", found.session.as_str(), json!({}));
    ctx.db.batch(vec![sessions::revoke(&found.session, ctx.now), line]).await?;
    open_pages::end_session(ctx, &found.session);
    Ok(())
}
