//! PATCH /api/departments/{department}: another name, place or lead; archived or not, with its open tickets moved to another.

use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::{DepartmentId, UserId};
use shared::store::desk::DepartmentChange;

use super::{Department, answer, department_example};
use crate::actions::desk;
use crate::body;
use crate::context::Ctx;
use crate::entity_tag::IfMatch;
use crate::openapi::ApiDoc;
use crate::routes::users::nullable;

/// What to change: what is left out stays.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(clippy::option_option, reason = "absent, null and a value are three things")]
pub struct DepartmentChangesIn {
    /// Name.
    #[serde(default)]
    name: Option<String>,
    /// Its place in lists.
    #[serde(default)]
    position: Option<u16>,
    /// Whether new tickets can no longer choose it.
    #[serde(default)]
    archived: Option<bool>,
    /// Who leads it: one of those who belong to it; `null` for nobody.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    lead: Option<Option<UserId>>,
    /// Of one that is archived: the department that its open tickets go to.
    #[serde(default)]
    move_tickets_to: Option<DepartmentId>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("desk", "Change a department")
        .about(
            "People belong to a department by their own `department`. Open tickets of an archived department are moved one by one, some at a \
             time, after the answer; `moving_tickets_to` tells where they are going until none is left. That takes ticket.assign for every ticket.",
        )
        .path("department", "Id of the department")
        .header("If-Match", "The ETag that was read, or *; may be left out")
        .request::<DepartmentChangesIn>(json!({"archived": true, "move_tickets_to": "dep_0190f5b2c3d47e8f9a0b1c2d3e4f5a6c"}))
        .sends_etag()
        .answers::<Department>(200, "Changed; ETag is its version", department_example())
        .refuses(&[400, 401, 403, 404, 409, 412, 413, 415, 422])
}

/// Changes it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = DepartmentId::parse(request.param("department")).map_err(|_| ApiError::not_found())?;
    let if_match = IfMatch::read_if_sent(&request)?;
    let sent: DepartmentChangesIn = body::json(&mut request).await?;
    let change = DepartmentChange {
        name: sent.name,
        position: sent.position.map(i64::from),
        archived: sent.archived,
        lead: sent.lead,
        moves_to: sent.move_tickets_to,
    };
    Ok(answer(200, desk::change_department(ctx, &id, if_match, change).await?))
}
