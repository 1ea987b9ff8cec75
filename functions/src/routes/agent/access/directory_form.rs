//! The page of a directory: what it offers, how its form is read, how it comes back.

use shared::access::Permission;
use shared::database::{Rows, TenantStatement};
use shared::error::ApiError;
use shared::http::{Query, Request, Response};
use shared::id::{DepartmentId, DirectoryId, OrganizationId, UserId};
use shared::ldap::settings::{Attributes, DirectoryIn, GroupLookup, Groups, Mapping};
use shared::limits::{PAGE_ROWS_DEFAULT, PAGE_ROWS_MAX};
use shared::store::desk::{self, Department, Organization};
use shared::store::directories::{self as store, Directory};
use shared::store::directory_people::{self, Linked};
use shared::store::queues;
use shared::store::roles::{self, OwnRole, ROLES_MAX};

use crate::actions::desk::PLACES_MAX;
use crate::actions::directories::probe::Tried;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::view::directories::{DirectoryEdit, LinkedPerson, MappingRow, Round, Step};
use crate::pages::view::{Choice, Form};
use crate::pages::{form, render};

/// Fields that come back as they were typed; never the password.
const KEPT: &[&str] = &[
    "name",
    "host",
    "port",
    "base_dn",
    "bind_dn",
    "user_filter",
    "unique_id",
    "username_attribute",
    "mail_attribute",
    "name_attribute",
    "lookup",
    "groups_base_dn",
    "default_role",
    "domains",
    "sync_hours",
];
/// Fields of the form whose faults are named otherwise.
const RENAMED: &[(&str, &str)] = &[
    ("attributes.unique_id", "unique_id"),
    ("attributes.username", "username_attribute"),
    ("attributes.mail", "mail_attribute"),
    ("attributes.name", "name_attribute"),
];
/// Empty lines for groups.
const EMPTY_LINES: usize = 3;

/// What the page shows.
pub struct Loaded {
    counts: Rows,
    /// The tenant's own roles.
    pub roles: Vec<OwnRole>,
    departments: Vec<Department>,
    organizations: Vec<Organization>,
    /// The directory, if one was asked for.
    pub directory: Option<Directory>,
    people: Vec<Linked>,
    first: bool,
    /// The answers of the caller's own statements, in order.
    pub more: Vec<Rows>,
}

/// The directory that the path names.
pub fn id(request: &Request) -> Result<DirectoryId, ApiError> {
    DirectoryId::parse(request.param("directory")).map_err(|_| ApiError::not_found())
}

/// What the page says beside the form of the directory itself.
#[derive(Default)]
pub struct Said {
    /// The steps of a test, and with whose name it was made.
    pub tried: Option<(Vec<Tried>, String)>,
    /// State of the form that links somebody.
    pub link: Form,
}

impl Loaded {
    /// Loads it, with `more`, in one round trip; 404 when there is no such directory.
    pub async fn load(
        ctx: &Ctx<'_>,
        request: &Request,
        id: Option<&DirectoryId>,
        more: Vec<TenantStatement>,
    ) -> Result<Self, ApiError> {
        let after = request.query.filled("cursor").filter(|id| UserId::parse(id).is_ok()).unwrap_or_default();
        let mut batch = vec![
            queues::counts(&ctx.person()?.id),
            roles::list("", ROLES_MAX),
            desk::departments(PLACES_MAX),
            desk::organizations("", "", PAGE_ROWS_MAX),
        ];
        if let Some(id) = id {
            batch.extend([store::show(id), directory_people::list(id, after, PAGE_ROWS_DEFAULT + 1)]);
        }
        batch.extend(more);
        let answers = ctx.db.batch(batch).await?;
        let [counts, roles, departments, organizations, rest @ ..] = answers.as_slice() else {
            return Err(ApiError::internal("the page of a directory was answered too few results"));
        };
        let (directory, people, more) = match (id, rest) {
            (Some(_), [directory, people, more @ ..]) => {
                (Some(directory.first()?.ok_or_else(ApiError::not_found)?), people.all()?, more.to_vec())
            }
            (_, more) => (None, Vec::new(), more.to_vec()),
        };
        Ok(Self {
            counts: counts.clone(),
            roles: roles.all()?,
            departments: departments.all()?,
            organizations: organizations.all()?,
            directory,
            people,
            first: after.is_empty(),
            more,
        })
    }

    /// The directory that was asked for.
    pub fn known(&self) -> Result<&Directory, ApiError> {
        self.directory.as_ref().ok_or_else(ApiError::not_found)
    }

    /// What was typed, as a directory.
    pub fn typed(&self, sent: &Query) -> Result<DirectoryIn, ApiError> {
        let text = |name: &str| sent.get(name).unwrap_or_default().trim().to_owned();
        let number = |name: &str| text(name).parse::<u32>().map_err(|_| ApiError::field(name, "wrong_type"));
        let port = u16::try_from(number("port")?).map_err(|_| ApiError::field("port", "port_refused"))?;
        let lookup = GroupLookup::parse(&text("lookup")).ok_or_else(|| ApiError::field("lookup", "unknown_value"))?;
        Ok(DirectoryIn {
            name: text("name"),
            enabled: sent.get("enabled").is_some(),
            host: text("host"),
            port,
            base_dn: text("base_dn"),
            bind_dn: text("bind_dn"),
            bind_password: sent.get("bind_password").filter(|password| !password.is_empty()).map(str::to_owned),
            user_filter: text("user_filter"),
            attributes: Attributes {
                unique_id: text("unique_id"),
                username: text("username_attribute"),
                mail: text("mail_attribute"),
                name: text("name_attribute"),
            },
            groups: Groups { lookup, base_dn: Some(text("groups_base_dn")).filter(|dn| !dn.is_empty()) },
            mappings: self.mappings(sent)?,
            default_role: Some(text("default_role")).filter(|role| !role.is_empty()),
            create_people: sent.get("create_people").is_some(),
            domains: text("domains").split([',', ' ']).map(str::to_owned).collect(),
            sync_hours: number("sync_hours")?,
        })
    }

    /// The lines of the form that name a group.
    fn mappings(&self, sent: &Query) -> Result<Vec<Mapping>, ApiError> {
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

    /// The page as it stands.
    pub fn show(&self, ctx: &Ctx<'_>, frame: &Frame, status: u16, said: Said) -> Result<Response, ApiError> {
        let fields = self.directory.as_ref().map_or_else(|| self.fields(&blank()), |known| self.fields(&known.settings));
        self.page(ctx, frame, status, &fields, None, said)
    }

    /// The page with a form that was refused.
    pub fn refused(&self, ctx: &Ctx<'_>, frame: &Frame, sent: &Query, error: &ApiError) -> Result<Response, ApiError> {
        self.page(ctx, frame, error.status, sent, Some(error), Said::default())
    }

    fn page(
        &self,
        ctx: &Ctx<'_>,
        frame: &Frame,
        status: u16,
        typed: &Query,
        refused: Option<&ApiError>,
        said: Said,
    ) -> Result<Response, ApiError> {
        let mut people: Vec<Linked> = self.people.clone();
        let has_more = people.len() > PAGE_ROWS_DEFAULT as usize;
        people.truncate(PAGE_ROWS_DEFAULT as usize);
        let known = self.directory.as_ref();
        let address = known.map(|known| format!("/agent/access/directories/{}", known.id)).unwrap_or_default();
        let (tried, tested) = said.tried.unwrap_or_default();
        // Whoever has been told of another change and sends again means it.
        let seen = typed
            .filled("version")
            .and_then(|text| text.parse().ok())
            .filter(|_| refused.is_some_and(|error| error.status != 412));
        let view = DirectoryEdit {
            id: known.map(|known| known.id.to_string()).unwrap_or_default(),
            name: known.map(|known| known.settings.name.clone()).unwrap_or_default(),
            form: filled(ctx, typed, refused),
            version: seen.or(known.map(|known| known.version)).unwrap_or(0),
            enabled: typed.get("enabled").is_some(),
            create_people: typed.get("create_people").is_some(),
            mappings: self.rows(ctx, typed, refused),
            own_roles: self.own_roles(typed.get("default_role")),
            organizations: self.organizations.iter().map(|organization| organization.name.clone()).collect(),
            steps: tried
                .into_iter()
                .map(|tried| Step { step: tried.step.as_str().to_owned(), ok: tried.ok, detail: tried.detail })
                .collect(),
            tested,
            sync: known.map(round),
            next: people.last().filter(|_| has_more).map(|last| format!("{address}?cursor={}", last.id)),
            first: (!self.first).then_some(address),
            people: people.into_iter().map(person).collect(),
            link: said.link,
            may_edit: ctx.actor.may(Permission::AccessManage),
        };
        render::agent_page(ctx, frame, status, "agent/access-directory", "access", &queues::read(&self.counts)?, view)
    }

    /// What the form shows of a directory.
    fn fields(&self, settings: &DirectoryIn) -> Query {
        let name_of = |id: &OrganizationId| {
            let known = self.organizations.iter().find(|organization| organization.id == *id);
            known.map_or_else(|| id.to_string(), |organization| organization.name.clone())
        };
        let mut fields: Vec<(&str, String)> = vec![
            ("name", settings.name.clone()),
            ("host", settings.host.clone()),
            ("port", settings.port.to_string()),
            ("base_dn", settings.base_dn.clone()),
            ("bind_dn", settings.bind_dn.clone()),
            ("user_filter", settings.user_filter.clone()),
            ("unique_id", settings.attributes.unique_id.clone()),
            ("username_attribute", settings.attributes.username.clone()),
            ("mail_attribute", settings.attributes.mail.clone()),
            ("name_attribute", settings.attributes.name.clone()),
            ("lookup", settings.groups.lookup.as_str().to_owned()),
            ("groups_base_dn", settings.groups.base_dn.clone().unwrap_or_default()),
            ("default_role", settings.default_role.clone().unwrap_or_default()),
            ("domains", settings.domains.join(", ")),
            ("sync_hours", settings.sync_hours.to_string()),
        ];
        let flags = [("enabled", settings.enabled), ("create_people", settings.create_people)];
        fields.extend(flags.into_iter().filter(|(_, on)| *on).map(|(name, _)| (name, "on".to_owned())));
        for mapping in &settings.mappings {
            fields.extend([
                ("mapping_group", mapping.group.clone()),
                ("mapping_role", mapping.role.clone()),
                ("mapping_organization", mapping.organization.as_ref().map(name_of).unwrap_or_default()),
                ("mapping_department", mapping.department.as_ref().map(ToString::to_string).unwrap_or_default()),
            ]);
        }
        fields.into_iter().collect()
    }

    /// The lines of groups that were typed or stored, and some empty ones.
    fn rows(&self, ctx: &Ctx<'_>, typed: &Query, refused: Option<&ApiError>) -> Vec<MappingRow> {
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

    fn own_roles(&self, current: Option<&str>) -> Vec<Choice> {
        self.roles.iter().map(|role| Choice::new(role.id.to_string(), role.name.clone(), current)).collect()
    }
}

/// A directory that nobody has filled in yet.
fn blank() -> DirectoryIn {
    DirectoryIn {
        name: String::new(),
        enabled: true,
        host: String::new(),
        port: 636,
        base_dn: String::new(),
        bind_dn: String::new(),
        bind_password: None,
        user_filter: "(&(objectClass=person)(uid={username}))".to_owned(),
        attributes: Attributes::default(),
        groups: Groups::default(),
        mappings: Vec::new(),
        default_role: None,
        create_people: false,
        domains: Vec::new(),
        sync_hours: 0,
    }
}

/// The form, with faults under the names of its fields.
fn filled(ctx: &Ctx<'_>, typed: &Query, refused: Option<&ApiError>) -> Form {
    let Some(error) = refused else {
        return KEPT.iter().fold(Form::default(), |form, field| form.value(field, typed.get(field).unwrap_or_default()));
    };
    let mut error = error.clone();
    for fault in &mut error.fields {
        if let Some((_, name)) = RENAMED.iter().find(|(name, _)| *name == fault.field) {
            (*name).clone_into(&mut fault.field);
        }
    }
    form::refused(ctx, &error, typed, KEPT)
}

fn round(directory: &Directory) -> Round {
    let sync = &directory.sync;
    Round {
        state: sync.state.as_str().to_owned(),
        problem: sync.problem.clone().unwrap_or_default(),
        seen: sync.figures.seen,
        created: sync.figures.created,
        changed: sync.figures.changed + sync.figures.restored,
        disabled: sync.figures.disabled,
        unlinked: sync.figures.unlinked,
        skipped: sync.figures.skipped,
        finished: sync.finished_at.map_or(0, |at| at.timestamp_millis()),
    }
}

fn person(linked: Linked) -> LinkedPerson {
    LinkedPerson {
        id: linked.id.to_string(),
        name: linked.name,
        email: linked.email,
        username: linked.username,
        gone: linked.gone_at.is_some(),
    }
}
