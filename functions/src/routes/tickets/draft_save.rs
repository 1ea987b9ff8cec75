//! PUT /api/tickets/{ticket}/draft: keeps what whoever asks has begun to write there. Clients and the desk, each their own.

use serde::{Deserialize, Serialize};
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::ticket::Visibility;

use super::draft::DraftView;
use crate::actions::drafts::{Kept, Typed, keep, place};
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// What to keep.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MessageDraftIn {
    /// What it is meant to become.
    #[serde(default)]
    visibility: Visibility,
    /// The text so far, at most 65536 bytes; a blank one removes the draft.
    body: String,
    /// The revision that the program knows; left out where it knows of none.
    #[serde(default)]
    revision: i64,
    /// Whether the text still is to go to somebody outside. A draft of a message that was taken back goes on remembering to whom only if it
    /// is saved so, as an internal one, under the revision that stands.
    #[serde(default)]
    forward: bool,
}

/// What became of it, in an envelope.
#[derive(Serialize, utoipa::ToSchema)]
pub struct KeptAnswer {
    /// What is kept now.
    data: KeptView,
}

/// What is kept now.
#[derive(Serialize, utoipa::ToSchema)]
pub struct KeptView {
    /// The draft's revision; 0 when there is none.
    revision: i64,
    /// What somewhere else had been written there since the revision that was sent: it was replaced.
    other: Option<DraftView>,
}

impl From<Kept> for KeptAnswer {
    fn from(kept: Kept) -> Self {
        Self { data: KeptView { revision: kept.revision, other: kept.other.map(DraftView::from) } }
    }
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("tickets", "Keep my draft")
        .about(
            "What is sent last holds. When the draft was changed somewhere else since the revision that is named, what stood there is \
             answered as `other`; a blank text removes nothing then.",
        )
        .path("ticket", "Its id (tkt_...) or number (ACME-1042); new for the ticket that is still to be opened")
        .request::<MessageDraftIn>(json!({"visibility": "public", "body": "Please try again", "revision": 3}))
        .answers::<KeptAnswer>(200, "What is kept", json!({"data": {"revision": 4, "other": null}}))
        .refuses(&[400, 401, 403, 404, 413, 415, 422])
}

/// Keeps it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let place = place(ctx, request.param("ticket"))?;
    let sent: MessageDraftIn = body::json(&mut request).await?;
    let typed = Typed { visibility: sent.visibility, body: sent.body, revision: sent.revision, is_forward: sent.forward };
    Ok(Response::json(200, &KeptAnswer::from(keep(ctx, &place, &typed).await?)))
}
