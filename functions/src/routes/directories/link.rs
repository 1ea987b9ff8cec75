//! POST /api/directories/{directory}/people: those with access.manage say that an account and an entry are the same person.

use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::UserId;

use super::{DirectoryPersonView, id, person_example};
use crate::actions::directories::link;
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Who is who.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DirectoryLinkIn {
    /// The account.
    user: UserId,
    /// The user name in the directory.
    #[schema(example = "apetrova")]
    username: String,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("directories", "Link an account")
        .about(
            "An address that an account and an entry have in common links them never by itself. From then on the directory's password \
             counts and the account's own is gone; its sessions end. Asks for a recent proof of identity.",
        )
        .path("directory", "Its id (dir_...)")
        .request::<DirectoryLinkIn>(json!({"user": "usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "username": "apetrova"}))
        .answers::<DirectoryPersonView>(201, "Who is who now", person_example())
        .refuses(&[400, 401, 403, 404, 409, 412, 413, 415, 422, 503])
}

/// Links.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = id(&request)?;
    let body: DirectoryLinkIn = body::json(&mut request).await?;
    let linked = link::link(ctx, &id, &body.user, &body.username).await?;
    Ok(Response::json(201, &DirectoryPersonView::from(linked)))
}
