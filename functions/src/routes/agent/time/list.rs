//! GET /agent/time: time that was spent, newest day first, with its filters; staff, their own or everybody's.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::limits::PAGE_ROWS_DEFAULT;
use shared::store::desk::{self, Organization};
use shared::store::queues;
use shared::store::time_entries as store;

use crate::actions::time::sees_all;
use crate::context::Ctx;
use crate::context::directory::Wanted;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::show::time;
use crate::pages::view::Choice;
use crate::pages::view::time::{Filter, TimeList};
use crate::routes::agent::views::view_form::{ORGANIZATIONS, lists_organizations, organizations};
use crate::routes::time::{FILTERS, after, cursor, filter};

const ADDRESS: &str = "/agent/time";

/// Shows it.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let query = &request.query;
    let (wanted_entries, from) = (filter(ctx, query)?, after(query)?);
    let from = from.as_ref().map(|(day, id)| (day.as_str(), id.as_str()));
    let wanted = Wanted::of(ctx);
    let mut batch = wanted.statements();
    batch.push(store::list(&wanted_entries, &ctx.actor.ticket_scope(), from, PAGE_ROWS_DEFAULT));
    batch.push(store::sum(&wanted_entries));
    batch.push(queues::counts(&ctx.person()?.id));
    let lists = lists_organizations(ctx);
    if lists {
        batch.push(desk::organizations("", "", ORGANIZATIONS));
        // The one that was chosen keeps its name, even where it is not among the first.
        batch.extend(wanted_entries.organization.as_ref().map(desk::organization));
    }
    let mut answers = ctx.db.batch(batch).await?.into_iter();
    let directory = wanted.take(ctx, &mut answers)?;
    let mut next = || answers.next().ok_or_else(|| ApiError::internal("the list was not answered"));
    let (rows, following) = store::page(&next()?, PAGE_ROWS_DEFAULT)?;
    let sum = time::sum(next()?.first()?.unwrap_or_default());
    let counts = queues::read(&next()?)?;
    let mut offered: Vec<Organization> = if lists { next()?.all()? } else { Vec::new() };
    if lists
        && wanted_entries.organization.is_some()
        && let Some(chosen) = next()?.first::<Organization>()?
        && !offered.iter().any(|each| each.id == chosen.id)
    {
        offered.push(chosen);
    }
    let address = |place: Option<&str>| format!("{ADDRESS}?{}", query.with("cursor", place));
    let text = |name: &str| query.filled(name).unwrap_or_default().to_owned();
    let active = FILTERS.iter().filter(|name| query.filled(name).is_some()).count();
    let people = if sees_all(ctx) {
        let chosen = query.filled("user");
        directory.staff.iter().map(|member| Choice::new(member.id.as_str(), &member.name, chosen)).collect()
    } else {
        Vec::new()
    };
    let view = TimeList {
        entries: rows.into_iter().map(|row| time::entry(ctx, row)).collect(),
        sum,
        filter: Filter {
            from: text("from"),
            to: text("to"),
            billable: text("billable"),
            active: i64::try_from(active).unwrap_or(0),
        },
        people,
        organizations: organizations(&offered, query.filled("organization")),
        next: following.as_ref().map(|place| address(Some(&cursor(place)))),
        first: query.filled("cursor").map(|_| address(None)),
        clear: (active > 0).then(|| ADDRESS.to_owned()),
        csv: format!("/api/time/export?{}", query.with("cursor", None)),
    };
    render::agent_page(ctx, &frame, 200, "agent/time", "time", &counts, view)
}
