//! `/scim/v2/Groups`: groups of people, to which roles can be granted.

pub mod create;
pub mod delete;
pub mod list;
pub mod patch;
pub mod replace;
pub mod search;
pub mod show;

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::GroupId;
use shared::scim::query::GroupBy;
use shared::scim::selection::Selection;
use shared::store::scim::{Group, Member};

use super::listing::Asked;
use crate::actions::scim::{group_tag, groups};
use crate::context::Ctx;

/// The group that the path names.
fn id(request: &Request) -> Result<GroupId, ApiError> {
    GroupId::parse(request.param("group")).map_err(|_| ApiError::not_found())
}

/// The answer with one group.
fn answer(ctx: &Ctx<'_>, selection: &Selection, status: u16, group: &Group, members: Option<&[Member]>) -> Response {
    let shown = selection.of_resource(super::group(ctx, group, members));
    let location = ctx.link(&format!("/scim/v2/Groups/{}", group.id));
    super::answer(status, &shown).with("etag", group_tag(group)).with("location", location)
}

/// The answer with a page of groups.
async fn page(ctx: &Ctx<'_>, asked: &Asked) -> Result<Response, ApiError> {
    let by = GroupBy::parse(asked.filter.as_deref())?;
    let (groups, total) = groups::list(ctx, &by, asked.page).await?;
    let members = if asked.selection.has("members") { Some(groups::members(ctx, &groups).await?) } else { None };
    let shown = groups.iter().map(|group| super::group(ctx, group, members.as_deref()));
    Ok(super::answer(200, &asked.answer(shown, total)))
}
