//! The page of a directory: what it offers, how its form is read, how it comes back.

use shared::access::Permission;
use shared::database::{Rows, TenantStatement};
use shared::error::ApiError;
use shared::http::{Query, Request, Response};
use shared::id::{DirectoryId, UserId};
use shared::ldap::settings::{Attributes, DirectoryIn, GroupLookup, Groups};
use shared::limits::PAGE_ROWS_DEFAULT;
use shared::store::directories::{self as store, Directory};
use shared::store::directory_people::{self, Linked};

use super::places::Places;
use crate::actions::directories::probe::Tried;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::view::Form;
use crate::pages::view::directories::{DirectoryEdit, LinkedPerson, Round, Step};
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
/// What the page shows.
pub struct Loaded {
    /// What its mappings choose from.
    pub places: Places,
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
        let mut batch = Places::statements(ctx)?.to_vec();
        if let Some(id) = id {
            batch.extend([store::show(id), directory_people::list(id, after, PAGE_ROWS_DEFAULT + 1)]);
        }
        batch.extend(more);
        let answers = ctx.db.batch(batch).await?;
        let (places, rest) = Places::read(&answers)?;
        let (directory, people, more) = match (id, rest) {
            (Some(_), [directory, people, more @ ..]) => {
                (Some(directory.first()?.ok_or_else(ApiError::not_found)?), people.all()?, more.to_vec())
            }
            (_, more) => (None, Vec::new(), more.to_vec()),
        };
        Ok(Self { places, directory, people, first: after.is_empty(), more })
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
            mappings: self.places.mappings(sent)?,
            default_role: Some(text("default_role")).filter(|role| !role.is_empty()),
            create_people: sent.get("create_people").is_some(),
            domains: text("domains").split([',', ' ']).map(str::to_owned).collect(),
            sync_hours: number("sync_hours")?,
        })
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
            mappings: self.places.rows(ctx, typed, refused),
            own_roles: self.places.own_roles(typed.get("default_role")),
            organizations: self.places.organization_names(),
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
        render::agent_page(ctx, frame, status, "agent/access-directory", "access", &self.places.counts()?, view)
    }

    /// What the form shows of a directory.
    fn fields(&self, settings: &DirectoryIn) -> Query {
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
        fields.extend(self.places.fields(&settings.mappings));
        fields.into_iter().collect()
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
