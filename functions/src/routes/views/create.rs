//! POST /api/views: everybody of the desk; for the whole desk those with desk.manage, for a group its members.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::ticket_view::ViewIn;

use super::{TicketViewView, answer, example, example_in};
use crate::actions::ticket_views;
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("views", "Save a view")
        .about(
            "A person has 50 at most. It is shared with a group by its members, with the whole desk by those with desk.manage.",
        )
        .request::<ViewIn>(example_in())
        .sends_etag()
        .sends_location()
        .answers::<TicketViewView>(201, "The view; Location and ETag name it and its version", example())
        .refuses(&[400, 401, 403, 409, 413, 415, 422])
}

/// Saves it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let view = ticket_views::create(ctx, body::json(&mut request).await?).await?;
    let location = format!("/api/views/{}", view.id);
    Ok(answer(201, view).with("location", location))
}
