//! GET /agent/tickets: a queue, or a view that was saved, with its filters, for staff.

use shared::access::Permission;
use shared::error::ApiError;
use shared::http::{Query, Request, Response};
use shared::i18n::{self, Arg};
use shared::id::TicketViewId;
use shared::store::queues;
use shared::ticket_list::{Assignee, ListRequest, Order, SlaFilter};
use shared::ticket_view::{CONDITIONS, Column, Grouping, ME, ViewIn, settled};

use crate::actions::ticket_views::{self, View};
use crate::actions::{ticket_list, ticket_list::TicketPage};
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::show::{row_groups, ticket_row};
use crate::pages::view::Choice;
use crate::pages::view::tickets::{AgentList, Filter, OpenView};

/// Shows the queue.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let person = ctx.person()?;
    let queue = request.query.filled("queue").unwrap_or("all").to_owned();
    let view = opened(ctx, &request.query).await?;
    let sent = match &view {
        Some(view) => ticket_views::opened(view, &person.id, &request.query),
        None => request.query.clone(),
    };
    let list = parse(ctx, &sent, &queue, view.is_some())?;
    let (page, counts) = ticket_list::load(ctx, &ctx.actor.ticket_scope(), &list, vec![queues::counts(&person.id)]).await?;
    let [counts] = counts.as_slice() else { return Err(ApiError::internal("the queue answered too few results")) };
    let counts = queues::read(counts)?;
    let section = section(view.as_ref(), &queue, &sent);
    let shown = shown(ctx, &request.query, &Opened { queue, view, sent, is_compact: counts.is_compact }, &list, &page);
    render::agent_page(ctx, &frame, 200, "agent/tickets", &section, &counts, shown)
}

/// What is open: a queue or a view, and all that the list was asked for.
struct Opened {
    queue: String,
    view: Option<View>,
    sent: Query,
    is_compact: bool,
}

/// The view that the address names.
async fn opened(ctx: &Ctx<'_>, query: &Query) -> Result<Option<View>, ApiError> {
    let Some(id) = query.filled("view") else { return Ok(None) };
    let id = TicketViewId::parse(id).map_err(|_| ApiError::not_found())?;
    ticket_views::find(ctx, &id).await.map(Some)
}

/// The navigation's entry.
fn section(view: Option<&View>, queue: &str, sent: &Query) -> String {
    match view {
        Some(view) => view.id.to_string(),
        None if queue != "all" => queue.to_owned(),
        None => sent.filled("status").filter(|status| *status != "open").unwrap_or("all").to_owned(),
    }
}

fn shown(ctx: &Ctx<'_>, query: &Query, opened: &Opened, list: &ListRequest, page: &TicketPage) -> AgentList {
    let filter = filter(&opened.sent, list);
    let plain = ViewIn::default();
    let form = opened.view.as_ref().map_or(&plain, |view| &view.form);
    let mut rows = ticket_row::rows(ctx, page);
    if form.group_by != Grouping::None {
        row_groups::put_together(ctx, form.group_by, &mut rows);
    }
    let address = |cursor: Option<&str>| format!("/agent/tickets?{}", query.with("cursor", cursor));
    let is_filtered = if opened.view.is_some() {
        CONDITIONS.iter().any(|name| query.get(name).is_some())
    } else {
        filter.active > 0 || !filter.q.is_empty()
    };
    let unfiltered = opened.view.as_ref().map_or_else(|| format!("queue={}", opened.queue), |view| format!("view={}", view.id));
    let left_out =
        Column::ALL.into_iter().filter(|column| !form.columns.contains(column)).map(|column| format!(" no-{}", column.as_str()));
    let looks: String = opened.is_compact.then(|| " compact".to_owned()).into_iter().chain(left_out).collect();
    AgentList {
        rows,
        next: page.next.as_deref().map(|cursor| address(Some(cursor))),
        first: query.filled("cursor").map(|_| address(None)),
        clear: is_filtered.then(|| format!("/agent/tickets?{unfiltered}")),
        agents: page
            .directory
            .assignable()
            .map(|member| Choice::new(member.id.as_str(), &member.name, Some(&filter.assignee)))
            .collect(),
        categories: page
            .directory
            .open_categories()
            .map(|category| Choice::new(&category.slug, &category.name, Some(&filter.category)))
            .collect(),
        departments: page.directory.open_departments().map(|each| Choice::new(each.id.as_str(), &each.name, None)).collect(),
        may_bulk: ctx.actor.may(Permission::TicketUpdate),
        save: (if opened.view.is_none() { opened.queue != "mentions" } else { is_filtered })
            .then(|| save(&opened.queue, &opened.sent)),
        view: opened.view.as_ref().map(|view| OpenView {
            id: view.id.to_string(),
            name: view.form.name.clone(),
            may_change: view.may_change(ctx),
        }),
        looks,
        compact: opened.is_compact,
        title: opened.view.as_ref().map_or_else(
            || i18n::text(ctx.locale, "queue", &[("value", Arg::from(opened.queue.clone()))]),
            |view| view.form.name.clone(),
        ),
        queue: opened.queue.clone(),
        filter,
    }
}

/// The address of the form that saves what the list shows as a view: what the queue means is put into words of filters.
fn save(queue: &str, sent: &Query) -> String {
    let mut wanted: Vec<(&str, &str)> = sent.pairs().filter(|(name, _)| CONDITIONS.contains(name) || *name == "sort").collect();
    let mut add = |name: &'static str, value: &'static str| {
        if !wanted.iter().any(|(known, text)| *known == name && !text.is_empty()) {
            wanted.push((name, value));
        }
    };
    match queue {
        "mine" => add("assignee", ME),
        "snoozed" => {
            add("assignee", ME);
            add("snoozed", "true");
        }
        "unassigned" => add("assignee", "none"),
        "breaching" => {
            add("sla", "warning");
            add("sort", "due_at");
        }
        _ => {}
    }
    if sent.filled("q").is_none() && sent.get("status").is_none() {
        add("status", "open");
    }
    let wanted: Query = wanted.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    format!("/agent/views/new?{}", wanted.with("", None))
}

/// The list behind a queue: what the query asks for, narrowed to the queue. A view says itself what it is narrowed to.
fn parse(ctx: &Ctx<'_>, query: &Query, queue: &str, is_view: bool) -> Result<ListRequest, ApiError> {
    let mut list = ListRequest::parse(&settled(query), &["queue", "view"]).map_err(ApiError::invalid)?;
    ticket_list::admit(ctx, &list)?;
    list.brief = true;
    list.reader = Some(ctx.person()?.id.clone());
    let untouched_state = list.filter.status.is_none() && list.filter.is_open.is_none();
    match queue {
        "mine" => {
            list.filter.assignee = Assignee::Person(ctx.person()?.id.clone());
            // A search, and whoever asks for what is over, looks at everything.
            if list.words.is_none() && list.filter.snoozed.is_none() {
                list.filter.snoozed = Some(false);
            }
        }
        "snoozed" => {
            list.filter.assignee = Assignee::Person(ctx.person()?.id.clone());
            list.filter.snoozed = Some(true);
        }
        "unassigned" => list.filter.assignee = Assignee::Nobody,
        "breaching" => {
            // The same lights as the number beside it (`queue_counts`).
            list.filter.sla = Some(SlaFilter::Warning);
            if query.filled("sort").is_none() && list.words.is_none() {
                list.order = Order { sort: shared::ticket_list::Sort::Due, descending: false };
            }
        }
        "mentions" => list.filter.mentioned = Some(ctx.person()?.id.clone()),
        "all" => {}
        _ => return Err(ApiError::not_found()),
    }
    // A queue is of unfinished work unless the filter says otherwise; a search looks everywhere.
    if untouched_state && !is_view && list.words.is_none() && query.get("status").is_none() {
        list.filter.is_open = Some(true);
    }
    Ok(list)
}

fn filter(query: &Query, list: &ListRequest) -> Filter {
    let text = |name: &str| query.filled(name).unwrap_or_default().to_owned();
    let set = ["status", "priority", "assignee", "category", "tag"].iter().filter(|name| query.filled(name).is_some()).count();
    Filter {
        q: text("q"),
        status: text("status"),
        priority: text("priority"),
        assignee: text("assignee"),
        category: text("category"),
        tag: text("tag"),
        sort: list.order.as_str().to_owned(),
        active: i64::try_from(set).unwrap_or(0),
    }
}
