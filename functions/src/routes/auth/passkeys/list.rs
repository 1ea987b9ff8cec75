//! GET /api/auth/passkeys: the passkeys of the person who is signed in.

use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::PasskeyId;

use super::{Passkey, example};
use crate::actions::accounts::passkeys::keep;
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::page::{self, ListMeta};

/// A page of passkeys.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PasskeyList {
    /// The passkeys.
    data: Vec<Passkey>,
    /// Where to go on.
    meta: ListMeta,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("auth", "My passkeys")
        .query("limit", "Rows of a page, at most 100")
        .query("cursor", "next_cursor of the page before")
        .answers::<PasskeyList>(
            200,
            "A page of passkeys, oldest first",
            json!({"data": [example()], "meta": {"has_more": false, "next_cursor": null}}),
        )
        .refuses(&[401, 403, 422])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    page::known(&request, &[])?;
    let limit = page::limit(&request)?;
    let after = page::cursor(&request, |id| PasskeyId::parse(id).is_ok())?;
    let mut rows = keep::list(ctx, after, limit + 1).await?;
    let meta = page::cut(&mut rows, limit, |row| row.id.to_string());
    Ok(Response::json(200, &PasskeyList { data: rows.into_iter().map(Into::into).collect(), meta }))
}
