//! The page of what was given to a person or a group: what it shows, how its form is read, how it comes back.

use shared::access::{Permission, Reach};
use shared::database::Rows;
use shared::error::ApiError;
use shared::http::{Query, Request, Response};
use shared::id::{DepartmentId, GrantId, GroupId, UserId};
use shared::limits::{PAGE_ROWS_DEFAULT, PAGE_ROWS_MAX};
use shared::store::desk::{self, Department, Organization};
use shared::store::grants::{self as store, FOREVER, Grant, Grantee};
use shared::store::groups::{self, Group};
use shared::store::people::{self, Listed};
use shared::store::queues::{self, Counts};
use shared::store::roles::{self, OwnRole, ROLES_MAX, RoleChoice};

use super::service_account_page::choices;
use crate::actions::desk::PLACES_MAX;
use crate::actions::grants::{self, To, Typed};
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::view::grants::{GrantRow, Grants};
use crate::pages::view::{Choice, Form, Moment};
use crate::pages::{flash, form, render};

const FIELDS: &[&str] = &["role", "reach", "department", "organization", "starts_at", "ends_at", "reason"];

/// Whose page it is.
enum Holder {
    Person(Box<Listed>),
    Group(Group),
}

/// What the page shows.
pub struct Loaded {
    counts: Counts,
    roles: Vec<OwnRole>,
    departments: Vec<Department>,
    organizations: Vec<Organization>,
    named: Option<Organization>,
    rows: Vec<Grant>,
    first: bool,
    holder: Holder,
}

/// The person that the path names.
pub fn person(request: &Request) -> Result<To, ApiError> {
    UserId::parse(request.param("user")).map(To::User).map_err(|_| ApiError::not_found())
}

/// The group that the path names.
pub fn group(request: &Request) -> Result<To, ApiError> {
    GroupId::parse(request.param("group")).map(To::Group).map_err(|_| ApiError::not_found())
}

/// Where the page of a grant's holder is.
pub fn address(grant: &Grant) -> String {
    match (&grant.user_id, &grant.group_id) {
        (Some(user), _) => format!("/agent/access/people/{user}/grants"),
        (None, Some(group)) => format!("/agent/access/groups/{group}/grants"),
        (None, None) => "/agent/access".to_owned(),
    }
}

/// Gives a role; a refused form comes back as it was sent.
pub async fn give(ctx: &Ctx<'_>, mut request: Request, to: To) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let sent = form::read(ctx, &mut request).await?;
    let loaded = Loaded::load(ctx, &request, &to, sent.get("organization").unwrap_or_default()).await?;
    match loaded.give(ctx, &sent, to).await {
        Ok(grant) => Ok(flash::see_other(ctx, &address(&grant), &flash::success("flash-grant-given"))),
        Err(error) if super::comes_back(&error) => loaded.page(ctx, &frame, &sent, Some(&error)),
        Err(error) => Err(error),
    }
}

impl Loaded {
    /// Loads it in one round trip; `organization` is the name of one as somebody typed it.
    pub async fn load(ctx: &Ctx<'_>, request: &Request, to: &To, organization: &str) -> Result<Self, ApiError> {
        let before = request.query.filled("cursor").filter(|id| GrantId::parse(id).is_ok()).unwrap_or_default();
        let (holder, grantee) = match to {
            To::User(user) => (people::show(user), Grantee::User(user)),
            To::Group(group) => (groups::show(group), Grantee::Group(group)),
        };
        let batch = vec![
            queues::counts(&ctx.person()?.id),
            roles::list("", ROLES_MAX),
            desk::departments(PLACES_MAX),
            desk::organizations("", "", PAGE_ROWS_MAX),
            desk::organizations("", organization, 1),
            holder,
            store::list(Some(grantee), before, PAGE_ROWS_DEFAULT + 1),
        ];
        let answers = ctx.db.batch(batch).await?;
        let [counts, roles, departments, organizations, named, holder, rows] = answers.as_slice() else {
            return Err(ApiError::internal("the page of grants was answered otherwise"));
        };
        Ok(Self {
            counts: queues::read(counts)?,
            roles: roles.all()?,
            departments: departments.all()?,
            organizations: organizations.all()?,
            named: named.first::<Organization>()?.filter(|found| found.name == organization),
            rows: rows.all()?,
            first: before.is_empty(),
            holder: held_by(to, holder)?,
        })
    }

    async fn give(&self, ctx: &Ctx<'_>, sent: &Query, to: To) -> Result<Grant, ApiError> {
        let takes_staff_roles = match &self.holder {
            Holder::Person(person) => grants::takes(person).ok_or_else(|| ApiError::field("form", "unknown_value"))?,
            Holder::Group(_) => true,
        };
        let unknown = |field: &str| ApiError::field(field, "unknown_value");
        let role = RoleChoice::parse(sent.get("role").unwrap_or_default()).ok_or_else(|| unknown("role"))?;
        let own = role.own().and_then(|id| self.roles.iter().find(|role| role.id == *id));
        let reach = Reach::parse(sent.get("reach").unwrap_or_default()).ok_or_else(|| unknown("reach"))?;
        let typed = Typed {
            to,
            reach,
            place: self.place(reach, sent)?,
            starts_at: form::moment(ctx, sent, "starts_at")?,
            ends_at: form::moment(ctx, sent, "ends_at")?,
            reason: sent.get("reason").unwrap_or_default().to_owned(),
            role: role.clone(),
        };
        grants::create_known(ctx, &typed, takes_staff_roles, own).await
    }

    /// The organization or department that was chosen, where the reach is about one; none for the holder's own.
    fn place(&self, reach: Reach, sent: &Query) -> Result<Option<String>, ApiError> {
        let (field, found) = match reach {
            Reach::Own | Reach::All => return Ok(None),
            Reach::Organization => ("organization", self.named.as_ref().map(|found| found.id.to_string())),
            Reach::Department => {
                let chosen = |one: &&Department| one.archived_at.is_none() && sent.get("department") == Some(one.id.as_str());
                ("department", self.departments.iter().find(chosen).map(|one| one.id.to_string()))
            }
        };
        match (sent.filled(field), found) {
            (None, _) => Ok(None),
            (Some(_), Some(id)) => Ok(Some(id)),
            (Some(_), None) => Err(ApiError::field(field, "unknown_value")),
        }
    }

    /// The page, with what was typed and what is wrong with it.
    pub fn page(mut self, ctx: &Ctx<'_>, frame: &Frame, sent: &Query, refused: Option<&ApiError>) -> Result<Response, ApiError> {
        let form = if let Some(error) = refused {
            form::refused(ctx, error, sent, FIELDS)
        } else {
            let blank = FIELDS.iter().fold(Form::default(), |form, field| form.value(field, ""));
            blank.value("role", "agent").value("reach", "all")
        };
        let (section, id, name, takes) = match &self.holder {
            Holder::Person(person) => ("people", person.id.to_string(), person.name.clone(), grants::takes(person).is_some()),
            Holder::Group(group) => ("groups", group.id.to_string(), group.name.clone(), true),
        };
        let address = format!("/agent/access/{section}/{id}/grants");
        let has_more = self.rows.len() > PAGE_ROWS_DEFAULT as usize;
        self.rows.truncate(PAGE_ROWS_DEFAULT as usize);
        let open = self.departments.iter().filter(|place| place.archived_at.is_none());
        let view = Grants {
            section: section.to_owned(),
            next: self.rows.last().filter(|_| has_more).map(|last| format!("{address}?cursor={}", last.id)),
            first: (!self.first).then_some(address),
            rows: self.rows.into_iter().map(|grant| row(ctx, grant)).collect(),
            own_roles: choices(&self.roles, form.values.get("role").map(String::as_str)),
            departments: open
                .map(|place| Choice::new(DepartmentId::to_string(&place.id), place.name.clone(), sent.get("department")))
                .collect(),
            organizations: self.organizations.into_iter().map(|organization| organization.name).collect(),
            may_edit: takes && ctx.actor.may(Permission::AccessManage),
            id,
            name,
            form,
        };
        let status = refused.map_or(200, |error| error.status);
        render::agent_page(ctx, frame, status, "agent/access-grants", "access", &self.counts, view)
    }
}

fn held_by(to: &To, rows: &Rows) -> Result<Holder, ApiError> {
    let found = match to {
        To::User(_) => rows.first()?.map(|person| Holder::Person(Box::new(person))),
        To::Group(_) => rows.first()?.map(Holder::Group),
    };
    found.ok_or_else(ApiError::not_found)
}

fn row(ctx: &Ctx<'_>, grant: Grant) -> GrantRow {
    let state = grant.state(ctx.now);
    let moment = |ms| chrono::DateTime::from_timestamp_millis(ms).map(Moment::from);
    GrantRow {
        id: grant.id.to_string(),
        state: state.to_owned(),
        live: matches!(state, "active" | "later"),
        role: grant.role.as_str().to_owned(),
        own_role: grant.role_name.unwrap_or_default(),
        reach: grant.reach.as_str().to_owned(),
        place: grant.place_name.unwrap_or_default(),
        reason: grant.reason,
        starts: moment(grant.starts_at).unwrap_or_else(|| grant.created_at.into()),
        ends: Some(grant.ends_at).filter(|ends| *ends < FOREVER).and_then(moment),
    }
}
