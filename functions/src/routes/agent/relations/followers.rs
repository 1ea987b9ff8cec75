//! POST /agent/tickets/{number}/followers: somebody hears of the ticket, or no longer does.

use shared::error::ApiError;
use shared::http::{Query, Request, Response};
use shared::id::UserId;

use super::{refused, to_ticket};
use crate::actions::relations::{Follower, follow, unfollow};
use crate::actions::tickets::reference;
use crate::context::Ctx;
use crate::pages::form;
use crate::pages::frame::Frame;

/// Adds or removes a follower.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let this = reference(ctx, request.param("number"))?;
    let sent = form::read(ctx, &mut request).await?;
    let result = match change(&sent) {
        Ok((true, who)) => follow(ctx, &this, &who).await,
        Ok((false, who)) => unfollow(ctx, &this, &who).await,
        Err(error) => Err(error),
    };
    match result {
        Ok((row, _)) => Ok(to_ticket(ctx, &row, "flash-saved", "")),
        Err(error) => refused(ctx, &frame, &this, error).await,
    }
}

/// Whether somebody is added, and who.
fn change(sent: &Query) -> Result<(bool, Follower), ApiError> {
    if let Some(email) = sent.filled("add") {
        return Ok((true, Follower::parse(None, Some(email))?));
    }
    let who = sent.filled("remove").ok_or_else(|| ApiError::field("add", "required"))?;
    match UserId::parse(who) {
        Ok(user) => Ok((false, Follower::parse(Some(user), None)?)),
        Err(_) => Ok((false, Follower::parse(None, Some(who))?)),
    }
}
