//! POST /api/users: an administrator adds a person, who chooses a password by a mailed link.

use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::i18n::Locale;
use shared::id::{DepartmentId, OrganizationId};

use super::{User, example, role};
use crate::actions::people::{self, Newcomer};
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// A person to add.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewUserIn {
    /// Address; also the user name.
    #[schema(example = "anna@client.example")]
    email: String,
    /// Name.
    #[schema(example = "Anna Kim")]
    name: String,
    /// One of `admin`, `manager`, `agent`, `client`, `analyst`, or the id of a role of the tenant's own (`rol_...`).
    #[schema(example = "client")]
    role: String,
    /// Language.
    #[serde(default)]
    locale: Option<Locale>,
    /// Company of a client.
    #[serde(default)]
    organization: Option<OrganizationId>,
    /// Department of staff.
    #[serde(default)]
    department: Option<DepartmentId>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("users", "Add a person")
        .about(
            "The person gets a mail with a link for choosing a password. Somebody for the desk is added after a recent proof of who asks \
             (403 `step_up_required`), and nobody gives a role that holds more than they hold themselves (403 `more_than_own`).",
        )
        .request::<NewUserIn>(json!({"email": "anna@client.example", "name": "Anna Kim", "role": "client"}))
        .sends_location()
        .answers::<User>(201, "Added", example())
        .refuses(&[400, 401, 403, 409, 413, 415, 422])
}

/// Adds the person.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let new: NewUserIn = body::json(&mut request).await?;
    let newcomer = Newcomer {
        email: new.email,
        name: new.name,
        role: role(&new.role)?,
        locale: new.locale,
        organization: new.organization,
        department: new.department,
    };
    let row = people::add(ctx, &newcomer).await?;
    let location = format!("/api/users/{}", row.id);
    Ok(Response::json(201, &User::from(row)).with("location", location))
}
