//! POST /api/sla/preview: everybody with sla:read. When would this ticket be due?

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::OrganizationId;
use shared::sla::Priority;

use crate::actions::sla::preview::{Question, preview};
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// The ticket that might be.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewIn {
    /// Its priority.
    priority: Priority,
    /// When it would be created; now, if it is left out.
    #[serde(default)]
    created_at: Option<DateTime<Utc>>,
    /// The customer's type; that of the organization, if it is left out.
    #[serde(default)]
    customer_type: Option<String>,
    /// Id of the customer's organization.
    #[serde(default)]
    organization: Option<OrganizationId>,
    /// Slug of its category.
    #[serde(default)]
    category: Option<String>,
}

/// When it would be due.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PreviewOut {
    /// The policy that would count; null when nothing would be promised.
    policy: Option<PreviewPolicy>,
    /// First response.
    first_response_due_at: Option<DateTime<Utc>>,
    /// The answer to a question that the client asks at the moment of creation.
    next_response_due_at: Option<DateTime<Utc>>,
    /// Resolution.
    resolution_due_at: Option<DateTime<Utc>>,
}

/// Which policy.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PreviewPolicy {
    /// Id; `standard` for the promises of a tenant that has no policy.
    id: String,
    /// Name.
    name: String,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("sla", "When would a ticket be due?")
        .about("What a ticket with these facts would be promised, by the policies and calendars of now.")
        .request::<PreviewIn>(json!({"priority": "high", "created_at": "2026-03-02T07:00:00Z", "category": "accounting"}))
        .answers::<PreviewOut>(
            200,
            "The policy and its deadlines; null where nothing is promised or the calendar has no working time",
            json!({
                "policy": {"id": "sla_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "name": "Gold contract"},
                "first_response_due_at": "2026-03-02T08:00:00Z", "next_response_due_at": "2026-03-02T08:00:00Z",
                "resolution_due_at": "2026-03-02T15:00:00Z"
            }),
        )
        .refuses(&[400, 401, 403, 413, 415, 422])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let sent: PreviewIn = body::json(&mut request).await?;
    let question = Question {
        priority: sent.priority,
        created_at: sent.created_at.unwrap_or(ctx.now),
        customer_type: sent.customer_type,
        organization: sent.organization,
        category: sent.category,
    };
    let foresight = preview(ctx, &question).await?;
    Ok(Response::json(
        200,
        &PreviewOut {
            policy: foresight.policy.map(|(id, name)| PreviewPolicy { id, name }),
            first_response_due_at: foresight.first_response_due_at,
            next_response_due_at: foresight.next_response_due_at,
            resolution_due_at: foresight.resolution_due_at,
        },
    ))
}
