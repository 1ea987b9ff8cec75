//! POST /api/grants: those with access.manage give a role.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::json;
use shared::access::Reach;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::{GroupId, UserId};
use shared::store::roles::RoleChoice;

use super::{GrantView, example};
use crate::actions::grants::{self, To, Typed};
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// A role to give: to a person or to a group.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewGrantIn {
    /// Id of the person.
    #[serde(default)]
    #[schema(example = "usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b")]
    user: Option<String>,
    /// Id of the group.
    #[serde(default)]
    group: Option<String>,
    /// One of the five, or the id of a role of the tenant's own.
    #[schema(example = "manager")]
    role: String,
    /// For which tickets; rights that are not about tickets come with `all` only.
    reach: Reach,
    /// Id of the organization or department; without it the holder's own.
    #[serde(default)]
    place: Option<String>,
    /// From when; without it from now.
    #[serde(default)]
    starts_at: Option<DateTime<Utc>>,
    /// Until when; without it for good.
    #[serde(default)]
    ends_at: Option<DateTime<Utc>>,
    /// Why.
    #[serde(default)]
    reason: String,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("grants", "Give a role")
        .about(
            "It acts at the holder's next request and ends by itself. Nobody gives more than they hold (403 `more_than_own`), and no role of \
             the desk is given to a client.",
        )
        .request::<NewGrantIn>(json!({
            "user": "usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "role": "manager", "reach": "department",
            "ends_at": "2026-03-16T07:00:00Z", "reason": "Stands in for the head of the department"
        }))
        .sends_location()
        .answers::<GrantView>(201, "Given; Location names it", example())
        .refuses(&[400, 401, 403, 409, 412, 413, 415, 422])
}

/// Gives it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let new: NewGrantIn = body::json(&mut request).await?;
    let unknown = |field: &str| ApiError::field(field, "unknown_value");
    let to = match (&new.user, &new.group) {
        (Some(user), None) => To::User(UserId::parse(user).map_err(|_| unknown("user"))?),
        (None, Some(group)) => To::Group(GroupId::parse(group).map_err(|_| unknown("group"))?),
        (Some(_), Some(_)) => return Err(ApiError::field("group", "one_of_two")),
        (None, None) => return Err(ApiError::field("user", "required")),
    };
    let typed = Typed {
        to,
        role: RoleChoice::parse(&new.role).ok_or_else(|| unknown("role"))?,
        reach: new.reach,
        place: new.place,
        starts_at: new.starts_at,
        ends_at: new.ends_at,
        reason: new.reason,
    };
    let grant = grants::create(ctx, &typed).await?;
    let location = format!("/api/grants/{}", grant.id);
    Ok(Response::json(201, &GrantView::from(grant)).with("location", location))
}
