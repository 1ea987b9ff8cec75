//! GET /agent/audit: the audit log with its filters, newest first; for administrators. Reading is itself a line.

use shared::access::Permission;
use shared::error::ApiError;
use shared::http::{Query, Request, Response};
use shared::limits::PAGE_ROWS_DEFAULT;
use shared::store::{audit as store, queues};

use crate::actions::audit::{self, lines};
use crate::context::Ctx;
use crate::context::directory::Wanted;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::show::audit::row;
use crate::pages::view::Choice;
use crate::pages::view::audit::{Filter, Log, MODULES};
use crate::routes::agent::sla::violations::starts;

const ADDRESS: &str = "/agent/audit";

/// Shows the log.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let query = &request.query;
    let zone = ctx.zone();
    let wanted_lines = lines::filter(ctx, query, &|text| starts(zone, text, 0), &|text| starts(zone, text, 1))?;
    let wanted = Wanted::of(ctx);
    let mut batch = wanted.statements();
    batch.push(store::list(&wanted_lines, PAGE_ROWS_DEFAULT));
    batch.push(queues::counts(&ctx.person()?.id));
    let mut answers = ctx.db.batch(batch).await?.into_iter();
    let directory = wanted.take(ctx, &mut answers)?;
    let mut next = || answers.next().ok_or_else(|| ApiError::internal("the log was not answered"));
    let page = store::page(&next()?, &wanted_lines, PAGE_ROWS_DEFAULT)?;
    let counts = queues::read(&next()?)?;
    audit::note_read(ctx, "audit.read", "audit", lines::told(query));

    let address = |cursor: Option<&str>| format!("{ADDRESS}?{}", query.with("cursor", cursor));
    let filter = shown(query);
    let export = |format| ctx.actor.may(Permission::AuditExport).then(|| exported(query, &wanted_lines, format));
    let (csv, jsonl) = (export("csv"), export("jsonl"));
    let view = Log {
        next: page.next.as_ref().map(|place| address(Some(&lines::cursor(place)))),
        first: query.filled("cursor").map(|_| address(None)),
        clear: (filter.active > 0).then(|| ADDRESS.to_owned()),
        staff: directory
            .staff
            .iter()
            .map(|member| Choice::new(member.id.as_str(), &member.name, query.filled("actor")))
            .collect(),
        modules: MODULES.iter().map(|name| (*name).to_owned()).collect(),
        rows: page.rows.into_iter().map(|line| row(ctx, line)).collect(),
        csv,
        jsonl,
        filter,
    };
    render::agent_page(ctx, &frame, 200, "agent/audit", "audit", &counts, view)
}

fn shown(query: &Query) -> Filter {
    let text = |name: &str| query.filled(name).unwrap_or_default().to_owned();
    let active = lines::FILTERS.iter().filter(|name| query.filled(name).is_some()).count();
    let action = text("action");
    Filter {
        module: action.strip_suffix('.').unwrap_or_default().to_owned(),
        action: if action.ends_with('.') { String::new() } else { action },
        actor: text("actor"),
        subject: text("subject"),
        outcome: text("outcome"),
        network: text("network"),
        q: text("q"),
        from: text("from"),
        to: text("to"),
        active: i64::try_from(active).unwrap_or(0),
    }
}

/// Where the same lines are exported: the period is written in moments there.
fn exported(query: &Query, wanted: &store::Filter, format: &str) -> String {
    let period = [("from", wanted.from), ("to", wanted.to)];
    let others = query
        .pairs()
        .filter(|(name, value)| lines::FILTERS.contains(name) && !matches!(*name, "from" | "to") && !value.trim().is_empty());
    let pairs = others.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let moments = period.into_iter().filter_map(|(name, moment)| Some((name.to_owned(), moment?.to_rfc3339())));
    let query: Query = pairs.chain(moments).collect();
    format!("/api/audit/export?{}", query.with("format", Some(format)))
}
