//! The form of a view: what it offers, how it is read, how it comes back. Its fields are called as the parameters of the list, so that the
//! address of a list fills it in.

use std::rc::Rc;

use serde::de::DeserializeOwned;
use serde_json::Value;
use shared::access::Permission;
use shared::error::ApiError;
use shared::http::{Query, Request, Response};
use shared::id::TicketViewId;
use shared::store::desk::{self, Organization};
use shared::store::queues::{self, Counts};
use shared::store::ticket_views::{self as store, OwnGroup};
use shared::ticket_view::{CONDITIONS, Column, ME, ViewIn};

use crate::actions::ticket_views::{self, View};
use crate::context::Ctx;
use crate::context::directory::{Directory, Wanted};
use crate::pages::frame::Frame;
use crate::pages::view::views::ViewEdit;
use crate::pages::view::{Choice, Form};
use crate::pages::{form, render};

/// Conditions that have a field of their own.
const FIELDS: [&str; 9] = ["q", "status", "priority", "assignee", "category", "department", "organization", "tag", "sla"];
/// Companies that the form offers; another one stays as it was sent.
pub const ORGANIZATIONS: u32 = 200;
const KEPT: [&str; 12] =
    ["name", "shared", "group", "sort", "group_by", "q", "status", "priority", "assignee", "tag", "sla", "category"];

/// What the page needs beside what was typed.
pub struct Loaded {
    counts: Counts,
    groups: Vec<OwnGroup>,
    organizations: Vec<Organization>,
    directory: Rc<Directory>,
    /// The view, where one was asked for.
    pub view: Option<View>,
}

/// The view that the path names.
pub fn id(request: &Request) -> Result<TicketViewId, ApiError> {
    TicketViewId::parse(request.param("view")).map_err(|_| ApiError::not_found())
}

/// Loads it in one round trip. A view that the person may not change is not found here.
pub async fn load(ctx: &Ctx<'_>, id: Option<&TicketViewId>) -> Result<Loaded, ApiError> {
    let me = &ctx.person()?.id;
    let wanted = Wanted::of(ctx);
    let lists = lists_organizations(ctx);
    let mut batch = vec![queues::counts(me), store::groups(me)];
    batch.extend(lists.then(|| desk::organizations("", "", ORGANIZATIONS)));
    batch.extend(id.map(|id| store::show(std::slice::from_ref(id), me)));
    batch.extend(wanted.statements());
    let mut answers = ctx.db.batch(batch).await?.into_iter();
    let mut next = || answers.next().ok_or_else(|| ApiError::internal("the form of a view was answered too few results"));
    let (counts, groups) = (queues::read(&next()?)?, next()?.all()?);
    let organizations = if lists { next()?.all()? } else { Vec::new() };
    let view = if id.is_some() { Some(ticket_views::read_one(&next()?)?) } else { None };
    if view.as_ref().is_some_and(|view| !view.may_change(ctx)) {
        return Err(ApiError::not_found());
    }
    let directory = wanted.take(ctx, &mut answers)?;
    Ok(Loaded { counts, groups, organizations, directory, view })
}

/// What was typed.
pub fn typed(sent: &Query) -> Result<ViewIn, ApiError> {
    let text = |name: &str| sent.filled(name).map(str::to_owned);
    let plain = ViewIn::default();
    Ok(ViewIn {
        name: text("name").unwrap_or_default(),
        shared: named("shared", sent.filled("shared"))?.unwrap_or_default(),
        group: text("group"),
        conditions: CONDITIONS.into_iter().filter_map(|name| Some((name.to_owned(), text(name)?))).collect(),
        sort: text("sort").unwrap_or(plain.sort),
        group_by: named("group_by", sent.filled("group_by"))?.unwrap_or_default(),
        columns: Column::ALL.into_iter().filter(|column| sent.all("column").any(|name| name == column.as_str())).collect(),
    })
}

fn named<T: DeserializeOwned>(field: &str, text: Option<&str>) -> Result<Option<T>, ApiError> {
    let parse = |text: &str| serde_json::from_value(Value::from(text)).map_err(|_| ApiError::field(field, "unknown_value"));
    text.map(parse).transpose()
}

/// What the form shows of a view.
pub fn fields(view: &ViewIn) -> Query {
    let word = |value: Value| value.as_str().unwrap_or_default().to_owned();
    let plain = [
        ("name".to_owned(), view.name.clone()),
        ("shared".to_owned(), view.shared.as_str().to_owned()),
        ("group".to_owned(), view.group.clone().unwrap_or_default()),
        ("sort".to_owned(), view.sort.clone()),
        ("group_by".to_owned(), serde_json::to_value(view.group_by).map(word).unwrap_or_default()),
    ];
    let columns = view.columns.iter().map(|column| ("column".to_owned(), column.as_str().to_owned()));
    plain.into_iter().chain(view.conditions.clone()).chain(columns).collect()
}

/// The page.
pub fn page(
    ctx: &Ctx<'_>,
    frame: &Frame,
    loaded: &Loaded,
    typed: &Query,
    refused: Option<&ApiError>,
) -> Result<Response, ApiError> {
    let form = match refused {
        Some(error) => {
            let mut error = error.clone();
            for fault in &mut error.fields {
                if let Some(name) = fault.field.strip_prefix("conditions.") {
                    fault.field = name.to_owned();
                }
            }
            form::refused(ctx, &error, typed, &KEPT)
        }
        None => KEPT.iter().fold(Form::default(), |form, field| form.value(field, typed.get(field).unwrap_or_default())),
    };
    let me = ctx.person()?;
    let assignee = typed.filled("assignee").map(|text| if text == me.id.as_str() { ME } else { text });
    let chosen = |name: &str| typed.filled(name).map(str::to_owned);
    let told = refused.is_some_and(|error| error.status == 412);
    let seen = typed.filled("version").and_then(|text| text.parse().ok()).filter(|_| !told);
    let directory = &loaded.directory;
    let view = ViewEdit {
        id: loaded.view.as_ref().map(|view| view.id.to_string()).unwrap_or_default(),
        form: form.value("assignee", assignee.unwrap_or_default()),
        // Whoever has been told of another change and sends again means it.
        version: seen.or_else(|| loaded.view.as_ref().map(|view| view.version)).unwrap_or(0),
        groups: loaded
            .groups
            .iter()
            .map(|group| Choice::new(group.id.as_str(), &group.name, chosen("group").as_deref()))
            .collect(),
        may_share_with_desk: ctx.actor.may(Permission::DeskManage),
        agents: directory.assignable().map(|member| Choice::new(member.id.as_str(), &member.name, assignee)).collect(),
        categories: directory
            .open_categories()
            .map(|category| Choice::new(&category.slug, &category.name, chosen("category").as_deref()))
            .collect(),
        departments: directory
            .open_departments()
            .map(|department| Choice::new(department.id.as_str(), &department.name, chosen("department").as_deref()))
            .collect(),
        organizations: organizations(&loaded.organizations, chosen("organization").as_deref()),
        columns: Column::ALL
            .into_iter()
            .map(|column| Choice {
                value: column.as_str().to_owned(),
                label: String::new(),
                selected: typed.all("column").any(|name| name == column.as_str()),
            })
            .collect(),
        others: CONDITIONS
            .into_iter()
            .filter(|name| !FIELDS.contains(name))
            .filter_map(|name| Some(Choice::new(name, typed.filled(name)?, None)))
            .collect(),
    };
    render::agent_page(ctx, frame, refused.map_or(200, |error| error.status), "agent/view", "views", &loaded.counts, view)
}

/// Whether the companies of the tenant are the reader's to see, as GET /api/organizations asks for it.
pub fn lists_organizations(ctx: &Ctx<'_>) -> bool {
    ctx.actor.may(Permission::UserRead)
}

/// Companies by name, and the one that was chosen even where it is not among them.
pub fn organizations(offered: &[Organization], chosen: Option<&str>) -> Vec<Choice> {
    let other = chosen.filter(|id| !offered.iter().any(|each| each.id.as_str() == *id));
    let offered = offered.iter().map(|each| Choice::new(each.id.as_str(), &each.name, chosen));
    offered.chain(other.map(|id| Choice::new(id, id, chosen))).collect()
}

/// Refusals after which the form comes back filled in as it was sent.
pub fn comes_back(error: &ApiError) -> bool {
    matches!(error.status, 409 | 412 | 422)
}
