//! PATCH /api/users/{user}: an administrator changes a person. Whoever is disabled is signed out everywhere.

use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::i18n::Locale;
use shared::id::{DepartmentId, OrganizationId, UserId};
use shared::store::users::Status;

use super::{User, example, nullable, role};
use crate::actions::people::{self, Changes};
use crate::body;
use crate::context::Ctx;
use crate::entity_tag::{IfMatch, etag};
use crate::openapi::ApiDoc;

/// What to change: what is left out stays.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(clippy::option_option, reason = "absent, null and a value are three things")]
pub struct UserChangesIn {
    /// Name.
    #[serde(default)]
    name: Option<String>,
    /// One of the five, or the id of a role of the tenant's own (`rol_...`).
    #[serde(default)]
    #[schema(example = "manager")]
    role: Option<String>,
    /// `active` or `disabled`.
    #[serde(default)]
    status: Option<Status>,
    /// Language; `null` for the tenant's.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<Locale>)]
    locale: Option<Option<Locale>>,
    /// Company; `null` for none.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    organization: Option<Option<OrganizationId>>,
    /// Department; `null` for none.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    department: Option<Option<DepartmentId>>,
    /// `false` lets mail go there again after it bounced.
    #[serde(default)]
    mail_blocked: Option<bool>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("users", "Change a person")
        .about(
            "A new role is in force at the person's next request. Another role or status is set after a recent proof of who asks \
             (403 `step_up_required`). Nobody gives a role that holds more than they hold themselves, nor takes such a one away \
             (403 `more_than_own`), and somebody must be left who can administer the tenant (409 `last_admin`).",
        )
        .path("user", "Id of the person")
        .header("If-Match", "The version that the change is based on")
        .request::<UserChangesIn>(json!({"role": "manager"}))
        .sends_etag()
        .answers::<User>(200, "Changed", example())
        .refuses(&[400, 401, 403, 404, 409, 412, 413, 415, 422])
}

/// Changes the person.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = UserId::parse(request.param("user")).map_err(|_| ApiError::not_found())?;
    let if_match = IfMatch::read_if_sent(&request)?;
    let typed: UserChangesIn = body::json(&mut request).await?;
    let changes = Changes {
        name: typed.name,
        role: typed.role.as_deref().map(role).transpose()?,
        status: typed.status,
        locale: typed.locale,
        organization: typed.organization,
        department: typed.department,
        mail_blocked: typed.mail_blocked,
    };
    let row = people::change(ctx, &id, if_match, &changes).await?;
    let tag = etag(row.version);
    Ok(Response::json(200, &User::from(row)).with("etag", tag))
}
