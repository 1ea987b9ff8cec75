//! What the mappings of a directory, or of a provider of identities, choose from, and the lines of the form that hold them.

use shared::database::{Rows, TenantStatement};
use shared::error::ApiError;
use shared::http::Query;
use shared::id::{DepartmentId, OrganizationId};
use shared::ldap::settings::Mapping;
use shared::limits::PAGE_ROWS_MAX;
use shared::store::desk::{self, Department, Organization};
use shared::store::queues::{self, Counts};
use shared::store::roles::{self, OwnRole, ROLES_MAX};

use crate::actions::desk::PLACES_MAX;
use crate::context::Ctx;
use crate::pages::view::Choice;
use crate::pages::view::directories::MappingRow;

/// Empty lines for groups.
const EMPTY_LINES: usize = 3;

/// What there is to choose from, and what stands beside every page of the desk.
pub struct Places {
    counts: Rows,
    /// The tenant's own roles.
    pub roles: Vec<OwnRole>,
    departments: Vec<Department>,
    organizations: Vec<Organization>,
}

impl Places {
    /// Asks for it.
    pub fn statements(ctx: &Ctx<'_>) -> Result<[TenantStatement; 4], ApiError> {
        Ok([
            queues::counts(&ctx.person()?.id),
            roles::list("", ROLES_MAX),
            desk::departments(PLACES_MAX),
            desk::organizations("", "", PAGE_ROWS_MAX),
        ])
    }

    /// Reads the answers of [`Places::statements`], which stand first; the others come back.
    pub fn read(answers: &[Rows]) -> Result<(Self, &[Rows]), ApiError> {
        let [counts, roles, departments, organizations, rest @ ..] = answers else {
            return Err(ApiError::internal("a page with mappings was answered too few results"));
        };
        let places = Self {
            counts: counts.clone(),
            roles: roles.all()?,
            departments: departments.all()?,
            organizations: organizations.all()?,
        };
        Ok((places, rest))
    }

    /// What stands beside every page of the desk.
    pub fn counts(&self) -> Result<Counts, ApiError> {
        Ok(queues::read(&self.counts)?)
    }

    /// Names of organizations, to choose from while typing.
    pub fn organization_names(&self) -> Vec<String> {
        self.organizations.iter().map(|organization| organization.name.clone()).collect()
    }

    /// The lines of the form that name a group.
    pub fn mappings(&self, sent: &Query) -> Result<Vec<Mapping>, ApiError> {
        let columns = ["mapping_group", "mapping_role", "mapping_organization", "mapping_department"];
        let [groups, roles, organizations, departments] = columns.map(|name| sent.all(name).collect::<Vec<_>>());
        let cell = |column: &[&str], at: usize| column.get(at).map(|text| text.trim().to_owned()).unwrap_or_default();
        let mut mappings = Vec::new();
        for at in 0..groups.len() {
            let group = cell(&groups, at);
            if group.is_empty() {
                continue;
            }
            let field = |name: &str| ApiError::field(format!("mappings.{}.{name}", mappings.len()), "unknown_value");
            let organization = match cell(&organizations, at) {
                name if name.is_empty() => None,
                name => Some(self.organization(&name).ok_or_else(|| field("organization"))?),
            };
            let department = match cell(&departments, at) {
                id if id.is_empty() => None,
                id => Some(DepartmentId::parse(&id).map_err(|_| field("department"))?),
            };
            mappings.push(Mapping { group, role: cell(&roles, at), organization, department });
        }
        Ok(mappings)
    }

    /// An organization by its name, or by its id where it is none of those that the page knows by name.
    fn organization(&self, name: &str) -> Option<OrganizationId> {
        let named = self.organizations.iter().find(|organization| organization.name == name);
        named.map(|organization| organization.id.clone()).or_else(|| OrganizationId::parse(name).ok())
    }

    /// Mappings as fields of the form.
    pub fn fields(&self, mappings: &[Mapping]) -> Vec<(&'static str, String)> {
        let name_of = |id: &OrganizationId| {
            let known = self.organizations.iter().find(|organization| organization.id == *id);
            known.map_or_else(|| id.to_string(), |organization| organization.name.clone())
        };
        let mut fields = Vec::new();
        for mapping in mappings {
            fields.extend([
                ("mapping_group", mapping.group.clone()),
                ("mapping_role", mapping.role.clone()),
                ("mapping_organization", mapping.organization.as_ref().map(name_of).unwrap_or_default()),
                ("mapping_department", mapping.department.as_ref().map(ToString::to_string).unwrap_or_default()),
            ]);
        }
        fields
    }

    /// The lines of groups that were typed or stored, and some empty ones.
    pub fn rows(&self, ctx: &Ctx<'_>, typed: &Query, refused: Option<&ApiError>) -> Vec<MappingRow> {
        let columns = ["mapping_group", "mapping_role", "mapping_organization", "mapping_department"];
        let [groups, roles, organizations, departments] = columns.map(|name| typed.all(name).collect::<Vec<_>>());
        let lines: Vec<usize> =
            (0..groups.len()).filter(|at| groups.get(*at).is_some_and(|group| !group.trim().is_empty())).collect();
        let count = lines.len();
        let fault = |at: usize| {
            let begins = format!("mappings.{at}.");
            let faults = refused.map(|error| error.fields.as_slice()).unwrap_or_default();
            faults
                .iter()
                .find(|fault| fault.field.starts_with(&begins))
                .map(|fault| fault.message(ctx.locale))
                .unwrap_or_default()
        };
        let cell = |column: &[&str], at: Option<&usize>| {
            at.and_then(|at| column.get(*at)).map(|text| (*text).to_owned()).unwrap_or_default()
        };
        (0..count + EMPTY_LINES)
            .map(|at| {
                let line = lines.get(at);
                let role = cell(&roles, line);
                let department = cell(&departments, line);
                MappingRow {
                    group: cell(&groups, line),
                    own_roles: self.own_roles(Some(&role)),
                    role,
                    organization: cell(&organizations, line),
                    departments: self
                        .departments
                        .iter()
                        .filter(|place| place.archived_at.is_none() || department == place.id.as_str())
                        .map(|place| Choice::new(place.id.to_string(), place.name.clone(), Some(&department)))
                        .collect(),
                    error: fault(at),
                }
            })
            .collect()
    }

    /// The tenant's own roles to choose from.
    pub fn own_roles(&self, current: Option<&str>) -> Vec<Choice> {
        self.roles.iter().map(|role| Choice::new(role.id.to_string(), role.name.clone(), current)).collect()
    }
}
