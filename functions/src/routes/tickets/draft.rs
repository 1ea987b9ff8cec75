//! GET /api/tickets/{ticket}/draft: what whoever asks has begun to write there. Clients and the desk; nobody reads another's.

use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::drafts::Draft;
use shared::ticket::Visibility;

use crate::actions::drafts::{find, place};
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// A draft.
#[derive(Serialize, utoipa::ToSchema)]
pub struct DraftView {
    /// What it is meant to become.
    visibility: Visibility,
    /// The text, as typed.
    body: String,
    /// How often it was saved.
    revision: i64,
}

impl From<Draft> for DraftView {
    fn from(draft: Draft) -> Self {
        Self { visibility: draft.visibility, body: draft.body, revision: draft.revision }
    }
}

/// A draft in an envelope.
#[derive(Serialize, utoipa::ToSchema)]
pub struct DraftAnswer {
    /// The draft; null where nothing was begun.
    data: Option<DraftView>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("tickets", "Show my draft")
        .about("A draft is its writer's alone. It goes when it is sent by form, or thirty days after its last change.")
        .path("ticket", "Its id (tkt_...) or number (ACME-1042); new for the ticket that is still to be opened")
        .answers::<DraftAnswer>(
            200,
            "The draft, or null",
            json!({"data": {"visibility": "public", "body": "Please try ag", "revision": 3}}),
        )
        .refuses(&[401, 403, 404])
}

/// Shows it.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let place = place(ctx, request.param("ticket"))?;
    Ok(Response::json(200, &DraftAnswer { data: find(ctx, &place).await?.map(DraftView::from) }))
}
