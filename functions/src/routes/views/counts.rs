//! GET /api/views/counts: how many tickets views have; whoever sees them.

use serde::Serialize;
use serde_json::json;
use shared::error::{ApiError, FieldError};
use shared::http::{Request, Response};
use shared::id::TicketViewId;
use shared::limits::VIEWS_IN_NAVIGATION;

use crate::actions::ticket_views;
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::page;

/// How many tickets views have.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ViewCounts {
    /// Those of them that one sees.
    data: Vec<ViewCount>,
}

/// How many tickets a view has.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ViewCount {
    /// Which.
    id: TicketViewId,
    /// How many were found, 99 at most; null for a view that searches for words.
    tickets: Option<u32>,
    /// Whether there may be more: so that counting costs the same in a desk of any size, it looks at 200 tickets and no further.
    or_more: bool,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("views", "Count the tickets of views")
        .query("views", "Up to 36 ids (viw_...), with commas")
        .answers::<ViewCounts>(
            200,
            "Their numbers",
            json!({"data": [{"id": "viw_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "tickets": 12, "or_more": false}]}),
        )
        .refuses(&[401, 403, 422])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    page::known(&request, &["views"])?;
    let maximum = VIEWS_IN_NAVIGATION * 3;
    let ids = request.query.filled("views").unwrap_or_default().split(',').filter(|id| !id.is_empty());
    let ids: Result<Vec<TicketViewId>, _> = ids.map(TicketViewId::parse).collect();
    let ids = ids.map_err(|_| ApiError::field("views", "unknown_value"))?;
    if ids.len() > maximum as usize {
        return Err(ApiError::invalid(vec![FieldError::new("views", "too_many").arg("maximum", maximum)]));
    }
    let counts = ticket_views::counts(ctx, &ids).await?;
    let data = counts
        .into_iter()
        .map(|count| ViewCount {
            id: count.id,
            tickets: count.tickets.map(|(tickets, _)| tickets),
            or_more: count.tickets.is_some_and(|(_, or_more)| or_more),
        })
        .collect();
    Ok(Response::json(200, &ViewCounts { data }))
}
