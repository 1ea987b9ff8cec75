//! `/scim/v2/Users`: people.

pub mod create;
pub mod delete;
pub mod list;
pub mod patch;
pub mod replace;
pub mod search;
pub mod show;

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::UserId;
use shared::scim::query::People;
use shared::store::scim::Person;

use super::listing::{self, Asked};
use crate::actions::scim::{people, person_tag};
use crate::context::Ctx;

/// The person whom the path names; one who can be nobody is not there.
fn id(request: &Request) -> Result<UserId, ApiError> {
    UserId::parse(request.param("user")).map_err(|_| ApiError::not_found())
}

/// The answer with one person.
fn answer(ctx: &Ctx<'_>, request: &Request, status: u16, person: &Person) -> Result<Response, ApiError> {
    let shown = listing::selection(request)?.of_resource(super::person(ctx, person));
    let location = ctx.link(&format!("/scim/v2/Users/{}", person.id));
    Ok(super::answer(status, &shown).with("etag", person_tag(person.version)).with("location", location))
}

/// The answer with a page of people.
async fn page(ctx: &Ctx<'_>, asked: &Asked) -> Result<Response, ApiError> {
    let filter = People::parse(asked.filter.as_deref())?;
    let (people, total) = people::list(ctx, &filter, asked.page).await?;
    Ok(super::answer(200, &asked.answer(people.iter().map(|person| super::person(ctx, person)), total)))
}
