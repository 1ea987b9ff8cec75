//! GET /agent/tickets: a queue with its filters, for staff.

use shared::access::Permission;
use shared::error::ApiError;
use shared::http::{Query, Request, Response};
use shared::store::queues;
use shared::ticket_list::{Assignee, ListRequest, Order, SlaFilter};

use crate::actions::ticket_list;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::show::ticket_row;
use crate::pages::view::Choice;
use crate::pages::view::tickets::{AgentList, Filter};

/// Shows the queue.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let person = ctx.person()?;
    let queue = request.query.filled("queue").unwrap_or("all").to_owned();
    let list = parse(ctx, &request.query, &queue)?;
    let (page, counts) = ticket_list::load(ctx, &ctx.actor.ticket_scope(), &list, vec![queues::counts(&person.id)]).await?;
    let [counts] = counts.as_slice() else { return Err(ApiError::internal("the queue answered too few results")) };
    let filter = filter(&request.query, &list);
    let address = |cursor: Option<&str>| format!("/agent/tickets?{}", request.query.with("cursor", cursor));
    let view = AgentList {
        rows: ticket_row::rows(ctx, &page),
        next: page.next.as_deref().map(|cursor| address(Some(cursor))),
        first: request.query.filled("cursor").map(|_| address(None)),
        clear: (filter.active > 0 || !filter.q.is_empty()).then(|| format!("/agent/tickets?queue={queue}")),
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
        may_bulk: ctx.actor.may(Permission::TicketUpdate),
        queue: queue.clone(),
        filter,
    };
    let section = if queue == "all" { view.filter.status.clone() } else { queue };
    let section = if section.is_empty() || section == "open" { "all".to_owned() } else { section };
    render::agent_page(ctx, &frame, 200, "agent/tickets", &section, &queues::read(counts)?, view)
}

/// The list behind a queue: what the query asks for, narrowed to the queue.
fn parse(ctx: &Ctx<'_>, query: &Query, queue: &str) -> Result<ListRequest, ApiError> {
    let mut list = ListRequest::parse(&as_list(query), &["queue"]).map_err(ApiError::invalid)?;
    ticket_list::admit(ctx, &list)?;
    list.brief = true;
    let untouched_state = list.filter.status.is_none() && list.filter.is_open.is_none();
    match queue {
        "mine" => list.filter.assignee = Assignee::Person(ctx.person()?.id.clone()),
        "unassigned" => list.filter.assignee = Assignee::Nobody,
        "breaching" => {
            // The same lights as the number beside it (`queue_counts`).
            list.filter.sla = Some(SlaFilter::Warning);
            if query.filled("sort").is_none() && list.words.is_none() {
                list.order = Order { sort: shared::ticket_list::Sort::Due, descending: false };
            }
        }
        "all" => {}
        _ => return Err(ApiError::not_found()),
    }
    // A queue is of unfinished work unless the filter says otherwise; a search looks everywhere.
    if untouched_state && list.words.is_none() && query.get("status").is_none() {
        list.filter.is_open = Some(true);
    }
    Ok(list)
}

/// The form sends all of its fields, whatever they mean together: a search has its own order, and two orders are of unfinished work
/// unless another state was chosen.
fn as_list(query: &Query) -> Query {
    let searches = query.filled("q").is_some();
    let by_urgency = query.filled("sort").is_some_and(|sort| matches!(sort.trim_start_matches('-'), "due_at" | "priority"));
    let needs_status = by_urgency && !searches && query.filled("status").is_none();
    query
        .pairs()
        .filter(|(name, _)| match *name {
            "sort" => !searches,
            "status" => !needs_status,
            _ => true,
        })
        .chain(needs_status.then_some(("status", "open")))
        .collect()
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
