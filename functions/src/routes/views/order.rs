//! PUT /api/views/order: one's own views, put in order.

use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::TicketViewId;

use crate::actions::ticket_views;
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// The order.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ViewOrderIn {
    /// Ids of one's own views, the first first.
    views: Vec<String>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("views", "Put views in order")
        .request::<ViewOrderIn>(json!({"views": ["viw_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b"]}))
        .answers_empty(204, "They stand in this order")
        .refuses(&[400, 401, 403, 404, 413, 415, 422])
}

/// Puts them in order.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let sent: ViewOrderIn = body::json(&mut request).await?;
    let views: Option<Vec<TicketViewId>> = sent.views.iter().map(|id| TicketViewId::parse(id).ok()).collect();
    ticket_views::order(ctx, &views.ok_or_else(ApiError::not_found)?).await?;
    Ok(Response::empty(204))
}
