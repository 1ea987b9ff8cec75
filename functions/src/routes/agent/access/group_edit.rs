//! GET /agent/access/groups/{group}: the form of a group, and who belongs to it.

use shared::access::Permission;
use shared::database::{Rows, TenantStatement};
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::{GroupId, UserId};
use shared::limits::PAGE_ROWS_DEFAULT;
use shared::store::groups::{self as store, Group, Member};
use shared::store::queues::{self, Counts};

use super::standing;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::access::{GroupEdit, PersonRow};
use crate::pages::view::{Form, Person};

/// Shows it.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let loaded = Loaded::load(ctx, &request, Vec::new()).await?;
    let form = loaded.as_it_stands();
    loaded.page(ctx, &Frame::of(&request), 200, form, Form::default())
}

/// What the page shows.
pub struct Loaded {
    counts: Counts,
    /// The group.
    pub group: Group,
    members: Vec<Member>,
    first: Option<String>,
    /// The answers of the caller's own statements, in order.
    pub more: Vec<Rows>,
}

/// The group that the path names.
pub fn id(request: &Request) -> Result<GroupId, ApiError> {
    GroupId::parse(request.param("group")).map_err(|_| ApiError::not_found())
}

impl Loaded {
    /// Loads the group that the path names, a page of its members, and `more`, in one round trip.
    pub async fn load(ctx: &Ctx<'_>, request: &Request, more: Vec<TenantStatement>) -> Result<Self, ApiError> {
        let id = id(request)?;
        let after = request.query.filled("cursor").filter(|id| UserId::parse(id).is_ok()).unwrap_or_default();
        let mut batch =
            vec![queues::counts(&ctx.person()?.id), store::show(&id), store::members(&id, after, PAGE_ROWS_DEFAULT + 1)];
        batch.extend(more);
        let answers = ctx.db.batch(batch).await?;
        let [counts, group, members, more @ ..] = answers.as_slice() else {
            return Err(ApiError::internal("the page of a group was answered too few results"));
        };
        Ok(Self {
            counts: queues::read(counts)?,
            group: group.first()?.ok_or_else(ApiError::not_found)?,
            members: members.all()?,
            first: (!after.is_empty()).then(|| format!("/agent/access/groups/{id}")),
            more: more.to_vec(),
        })
    }

    /// The form of the group as it is.
    pub fn as_it_stands(&self) -> Form {
        Form::default().value("name", &self.group.name).value("description", &self.group.description)
    }

    /// The page, with the states of its two forms.
    pub fn page(mut self, ctx: &Ctx<'_>, frame: &Frame, status: u16, form: Form, join: Form) -> Result<Response, ApiError> {
        let has_more = self.members.len() > PAGE_ROWS_DEFAULT as usize;
        self.members.truncate(PAGE_ROWS_DEFAULT as usize);
        let address = |last: &Member| format!("/agent/access/groups/{}?cursor={}", self.group.id, last.id);
        let view = GroupEdit {
            id: self.group.id.to_string(),
            name: self.group.name.clone(),
            form,
            version: self.group.version,
            count: self.group.members,
            next: self.members.last().filter(|_| has_more).map(address),
            members: self.members.into_iter().map(row).collect(),
            join,
            first: self.first,
            may_edit: ctx.actor.may(Permission::AccessManage),
        };
        render::agent_page(ctx, frame, status, "agent/access-group", "access", &self.counts, view)
    }
}

fn row(member: Member) -> PersonRow {
    PersonRow {
        person: Person::new(member.id.as_str(), &member.name).email(&member.email).staff(member.role.is_staff()),
        role: member.role.as_str().to_owned(),
        own_role: String::new(),
        status: standing(member.status, false),
        place: String::new(),
    }
}
