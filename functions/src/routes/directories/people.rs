//! GET /api/directories/{directory}/people: who is who in it. Everybody with access.read.

use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::UserId;
use shared::store::directories::{self, Directory};
use shared::store::directory_people::{self as store, Linked};

use super::{DirectoryPersonView, id, person_example};
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::page::{self, ListMeta};

/// A page of people.
#[derive(Serialize, utoipa::ToSchema)]
pub struct DirectoryPeople {
    /// In the order of what never changes.
    data: Vec<DirectoryPersonView>,
    /// Where to go on.
    meta: ListMeta,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("directories", "List the people of a directory")
        .path("directory", "Its id (dir_...)")
        .query("limit", "Rows of a page, at most 100")
        .query("cursor", "next_cursor of the page before")
        .answers::<DirectoryPeople>(
            200,
            "A page of people",
            json!({"data": [person_example()], "meta": {"has_more": false, "next_cursor": null}}),
        )
        .refuses(&[401, 403, 404, 422])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    page::known(&request, &[])?;
    let id = id(&request)?;
    let limit = page::limit(&request)?;
    let after = page::cursor(&request, |id| UserId::parse(id).is_ok())?;
    let rows = ctx.db.batch(vec![directories::show(&id), store::list(&id, after, limit + 1)]).await?;
    let [directory, people] = rows.as_slice() else { return Err(ApiError::internal("a batch of two answered otherwise")) };
    directory.first::<Directory>()?.ok_or_else(ApiError::not_found)?;
    let mut people: Vec<Linked> = people.all()?;
    let meta = page::cut(&mut people, limit, |row| row.id.to_string());
    Ok(Response::json(200, &DirectoryPeople { data: people.into_iter().map(DirectoryPersonView::from).collect(), meta }))
}
