//! PATCH /api/users/{user}: an administrator changes a person. Whoever is disabled is signed out everywhere.

use serde::Deserialize;
use serde_json::json;
use shared::access::Role;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::i18n::Locale;
use shared::id::{DepartmentId, OrganizationId, UserId};
use shared::store::users::Status;

use super::{User, example, nullable};
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
    /// Role.
    #[serde(default)]
    role: Option<Role>,
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
        .about("Another role or status answers 403 `step_up_required` without a recent proof of who asks.")
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
        role: typed.role,
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
