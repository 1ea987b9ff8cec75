//! Tags: added, removed, set. What is said twice is there once, so two people who tag at the same moment both get their way.

use shared::access::Permission;
use shared::error::ApiError;
use shared::ticket::{FollowerRow, Reference, Tag, TagEdit, TagsMode, TicketRow};

use super::update::set_tags;
use super::{Author, Work, load};
use crate::actions::stale;
use crate::context::Ctx;

/// Changes the tags. Answers the ticket as it is now, and who hears of it.
pub async fn tag(
    ctx: &Ctx<'_>,
    reference: &Reference,
    tags: &[Tag],
    mode: TagsMode,
) -> Result<(TicketRow, Vec<FollowerRow>), ApiError> {
    stale::again(stale::TRIES_MAX, async || attempt(ctx, reference, tags, mode).await).await
}

async fn attempt(
    ctx: &Ctx<'_>,
    reference: &Reference,
    tags: &[Tag],
    mode: TagsMode,
) -> Result<(TicketRow, Vec<FollowerRow>), ApiError> {
    let loaded = load(ctx, reference, Vec::new()).await?;
    if !loaded.may(ctx, Permission::TicketUpdate) {
        return Err(ApiError::field("tags", "not_allowed"));
    }
    let present = &loaded.row.tags;
    let wanted = match mode {
        TagsMode::Set => Ok(tags.iter().map(|tag| tag.as_str().to_owned()).collect()),
        TagsMode::Remove => TagEdit::removing(tags.to_vec()).apply(present),
        TagsMode::Add => TagEdit::adding(tags.to_vec()).apply(present),
    };
    let wanted = wanted.map_err(|fault| ApiError::invalid(vec![fault]))?;
    let mut work = Work::begin(ctx, loaded, Author::of(&ctx.actor));
    set_tags(&mut work, wanted);
    if work.is_idle() {
        return Ok((work.row, work.followers));
    }
    let followers = work.followers.clone();
    let row = work.save("ticket.tagged", None).await?;
    Ok((row, followers))
}
