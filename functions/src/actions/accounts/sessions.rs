//! Where a person is signed in, and ending it from afar.

use serde_json::json;
use shared::access::Permission;
use shared::error::ApiError;
use shared::id::{SessionId, UserId};
use shared::store::sessions::{self as store, Bounds, Listed};

use crate::actions::{audit, open_pages};
use crate::context::Ctx;

/// Up to `limit` live sessions of a person, latest first, after the one with the id `after`.
pub async fn list(ctx: &Ctx<'_>, user: &UserId, after: &str, limit: u32) -> Result<Vec<Listed>, ApiError> {
    let bounds = Bounds::of(ctx.tenant.settings(), ctx.now);
    Ok(ctx.db.run(store::list(user, ctx.now, bounds, after, limit)).await?.all()?)
}

/// Ends a session: one's own, or anybody's for whoever manages people. 404 for any other.
pub async fn end(ctx: &Ctx<'_>, session: &SessionId) -> Result<(), ApiError> {
    let person = ctx.person()?;
    let owner = (!ctx.actor.may(Permission::UserManage)).then_some(&person.id);
    end_of(ctx, session, owner).await
}

/// Ends a session of the person who is signed in.
pub async fn end_own(ctx: &Ctx<'_>, session: &SessionId) -> Result<(), ApiError> {
    end_of(ctx, session, Some(&ctx.person()?.id)).await
}

async fn end_of(ctx: &Ctx<'_>, session: &SessionId, owner: Option<&UserId>) -> Result<(), ApiError> {
    let [guard, revoke] = store::end(session, owner, ctx.now);
    ctx.db.batch(vec![guard, revoke, audit::line(ctx, "session.ended", session.as_str(), json!({}))]).await?;
    open_pages::end_session(ctx, session);
    Ok(())
}

/// Ends every session of the person who is signed in, but for this one.
pub async fn end_others(ctx: &Ctx<'_>) -> Result<(), ApiError> {
    let person = ctx.person()?;
    ctx.db
        .batch(vec![
            store::revoke_of_user(&person.id, ctx.now, Some(&person.session)),
            audit::line(ctx, "session.others_ended", person.id.as_str(), json!({})),
        ])
        .await?;
    open_pages::end_person(ctx, &person.id, Some(&person.session));
    Ok(())
}
