//! The form of a person: what it offers, how it is read, how it comes back.

use shared::access::Permission;
use shared::database::{Rows, TenantStatement};
use shared::error::ApiError;
use shared::http::{Query, Response};
use shared::i18n::Locale;
use shared::id::{DepartmentId, OrganizationId, UserId};
use shared::limits::PAGE_ROWS_MAX;
use shared::store::desk::{self, Department, Organization};
use shared::store::people::{self, Listed};
use shared::store::queues;
use shared::store::roles::{self, OwnRole, ROLES_MAX, RoleChoice};
use shared::store::scim::{self, Kept};
use shared::store::users::Status;

use super::standing;
use crate::actions::desk::PLACES_MAX;
use crate::actions::people::Beside;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::view::access::PersonEdit;
use crate::pages::view::{Choice, Form};
use crate::pages::{form, render};

/// Fields that come back as they were typed.
const KEPT: &[&str] = &["email", "name", "role", "organization", "locale", "status"];

/// What the page shows beside the form, loaded in one round trip with the person.
pub struct Around {
    counts: Rows,
    roles: Vec<OwnRole>,
    departments: Vec<Department>,
    organizations: Vec<Organization>,
    named: Option<Organization>,
    by_scim: bool,
    /// The person, if one was asked for and is there.
    pub person: Option<Listed>,
    /// What decides about a change of them.
    pub beside: Option<Beside>,
}

impl Around {
    /// Loads it; `organization` is the name of one as somebody typed it.
    pub async fn load(ctx: &Ctx<'_>, person: Option<&UserId>, organization: &str) -> Result<Self, ApiError> {
        let mut batch: Vec<TenantStatement> = vec![
            queues::counts(&ctx.person()?.id),
            roles::list("", ROLES_MAX),
            desk::departments(PLACES_MAX),
            desk::organizations("", "", PAGE_ROWS_MAX),
            desk::organizations("", organization, 1),
        ];
        if let Some(person) = person {
            batch.extend([people::show(person), scim::kept(person)]);
            batch.extend(Beside::load(ctx, person));
        }
        let answers = ctx.db.batch(batch).await?;
        let [counts, roles, departments, organizations, named, rest @ ..] = answers.as_slice() else {
            return Err(ApiError::internal("the form of a person was answered too few results"));
        };
        Ok(Self {
            counts: counts.clone(),
            roles: roles.all()?,
            departments: departments.all()?,
            organizations: organizations.all()?,
            named: named.first::<Organization>()?.filter(|found| found.name == organization),
            person: rest.first().map(Rows::first).transpose()?.flatten(),
            by_scim: rest.get(1).map(Rows::first::<Kept>).transpose()?.flatten().is_some_and(|kept| kept.gone_at.is_none()),
            beside: rest.get(2..Beside::STATEMENTS + 2).map(Beside::read).transpose()?,
        })
    }

    /// The person who is to be changed, and what decides about it.
    pub fn known(&self) -> Result<(&Listed, Beside), ApiError> {
        self.person.as_ref().zip(self.beside.clone()).ok_or_else(ApiError::not_found)
    }

    /// The role of the tenant's own that was chosen, if it is one and is there.
    pub fn own(&self, choice: &RoleChoice) -> Option<OwnRole> {
        choice.own().and_then(|id| self.roles.iter().find(|role| role.id == *id)).cloned()
    }

    /// The organization that was typed; none for an empty field.
    pub fn organization(&self, sent: &Query) -> Result<Option<OrganizationId>, ApiError> {
        match (sent.filled("organization"), &self.named) {
            (None, _) => Ok(None),
            (Some(_), Some(found)) => Ok(Some(found.id.clone())),
            (Some(_), None) => Err(ApiError::field("organization", "unknown_value")),
        }
    }
}

/// The role that was chosen.
pub fn role(sent: &Query) -> Result<RoleChoice, ApiError> {
    RoleChoice::parse(sent.get("role").unwrap_or_default()).ok_or_else(|| ApiError::field("role", "unknown_value"))
}

/// The department that was chosen; none for an empty field.
pub fn department(sent: &Query) -> Result<Option<DepartmentId>, ApiError> {
    let parse = |id| DepartmentId::parse(id).map_err(|_| ApiError::field("department", "unknown_value"));
    sent.filled("department").map(parse).transpose()
}

/// The language that was chosen; none for the portal's.
pub fn locale(sent: &Query) -> Option<Locale> {
    sent.filled("locale").and_then(Locale::parse)
}

/// What the form shows of a person who is there.
pub fn fields(person: &Listed) -> Query {
    let role = person.role_id.as_ref().map_or(person.role.as_str(), |own| own.as_str());
    [
        ("name", person.name.as_str()),
        ("role", role),
        ("organization", person.organization_name.as_deref().unwrap_or_default()),
        ("department", person.department_id.as_ref().map_or("", DepartmentId::as_str)),
        ("locale", person.locale.map_or("", Locale::as_str)),
        ("status", person.status.as_str()),
    ]
    .into_iter()
    .collect()
}

/// The page, with what was typed or stored, and what is wrong with it.
pub fn page(
    ctx: &Ctx<'_>,
    frame: &Frame,
    around: Around,
    typed: &Query,
    refused: Option<&ApiError>,
) -> Result<Response, ApiError> {
    let form = match refused {
        Some(error) => form::refused(ctx, error, typed, KEPT),
        None => KEPT.iter().fold(Form::default(), |form, field| form.value(field, typed.get(field).unwrap_or_default())),
    };
    let person = around.person.as_ref();
    let is_gone = person.is_some_and(|person| person.removed_at.is_some());
    // Whoever has been told of another change and sends again means it.
    let seen =
        typed.filled("version").and_then(|text| text.parse().ok()).filter(|_| refused.is_some_and(|error| error.status != 412));
    let view = PersonEdit {
        id: person.map(|person| person.id.to_string()).unwrap_or_default(),
        name: person.map(|person| person.name.clone()).unwrap_or_default(),
        email: person.filter(|_| !is_gone).map(|person| person.email.clone()).unwrap_or_default(),
        own_roles: around
            .roles
            .iter()
            .map(|role| Choice::new(role.id.to_string(), role.name.clone(), typed.get("role")))
            .collect(),
        departments: around
            .departments
            .iter()
            .filter(|place| place.archived_at.is_none() || typed.get("department") == Some(place.id.as_str()))
            .map(|place| Choice::new(place.id.to_string(), place.name.clone(), typed.get("department")))
            .collect(),
        organizations: around.organizations.iter().map(|organization| organization.name.clone()).collect(),
        version: seen.or(person.map(|person| person.version)).unwrap_or(0),
        status: person.map(|person| standing(person.status, is_gone)).unwrap_or_default(),
        by_scim: around.by_scim,
        may_edit: ctx.actor.may(Permission::UserManage) && !is_gone,
        form,
    };
    let status = refused.map_or(200, |error| error.status);
    render::agent_page(ctx, frame, status, "agent/access-person", "access", &queues::read(&around.counts)?, view)
}

/// The status that was chosen.
pub fn status(sent: &Query) -> Option<Status> {
    sent.filled("status").and_then(Status::parse)
}
