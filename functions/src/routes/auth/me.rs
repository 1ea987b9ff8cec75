//! GET /api/auth/me: who is signed in, and what they may do.

use serde::Serialize;
use serde_json::json;
use shared::access::Role;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::i18n::Locale;
use shared::id::{DepartmentId, OrganizationId, UserId};

use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// The person who is signed in.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Me {
    /// Id.
    id: UserId,
    /// Name.
    name: String,
    /// Address; also the user name.
    email: String,
    /// Role: one of the five. Of a role of the tenant's own the one that it is built on.
    role: Role,
    /// What the person may do at this moment, for anything at all: by role, grants, groups and as a deputy, less what policies deny.
    permissions: Vec<String>,
    /// The client's company.
    organization: Option<OrganizationId>,
    /// The department of the desk.
    department: Option<DepartmentId>,
    /// Language.
    locale: Locale,
    /// IANA time zone.
    time_zone: String,
    /// The portal.
    tenant: TenantOfMe,
}

/// The portal that somebody is signed in to.
#[derive(Serialize, utoipa::ToSchema)]
pub struct TenantOfMe {
    /// Short name.
    slug: String,
    /// Name.
    name: String,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("auth", "Who am I")
        .answers::<Me>(
            200,
            "The person who is signed in",
            json!({
                "id": "usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "name": "Anna Kim", "email": "anna@acme.example", "role": "client",
                "permissions": ["ticket.read", "ticket.create", "ticket.reply", "ticket.rate"],
                "organization": "org_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "department": null, "locale": "ru", "time_zone": "Europe/Moscow",
                "tenant": {"slug": "acme", "name": "Acme"}
            }),
        )
        .refuses(&[401])
}

/// Answers from the session alone.
#[expect(clippy::unused_async, reason = "every handler has the same shape")]
pub async fn handle(ctx: &Ctx<'_>, _request: Request) -> Result<Response, ApiError> {
    let person = ctx.person()?;
    Ok(Response::json(
        200,
        &Me {
            id: person.id.clone(),
            name: person.name.clone(),
            email: person.email.clone(),
            role: person.role,
            permissions: person.rights.permissions().iter().map(|permission| permission.as_str().to_owned()).collect(),
            organization: person.organization.clone(),
            department: person.department.clone(),
            locale: person.locale.unwrap_or_else(|| ctx.tenant.locale()),
            time_zone: ctx.zone().name().to_owned(),
            tenant: TenantOfMe { slug: ctx.tenant.slug().to_owned(), name: ctx.tenant.name().to_owned() },
        },
    ))
}
