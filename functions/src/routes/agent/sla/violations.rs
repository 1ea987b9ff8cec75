//! GET /agent/sla/violations: missed promises, the latest first, with their filters; for staff.

use chrono::{DateTime, Days, NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;
use shared::error::ApiError;
use shared::http::{Query, Request, Response};
use shared::limits::PAGE_ROWS_DEFAULT;
use shared::sla::Hours;
use shared::store::queues;

use crate::actions::sla::clocks::STANDARD;
use crate::actions::sla::violations::{self, Missed};
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::violations::{Filter, Row, Violations};
use crate::pages::view::{Choice, Person, Span};

/// Shows the list.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let query = &request.query;
    let zone = ctx.zone();
    let wanted = violations::filter(query, &|text| starts(zone, text, 0), &|text| starts(zone, text, 1))?;
    let more = vec![queues::counts(&ctx.person()?.id)];
    let (page, counts) = violations::load(ctx, &wanted, PAGE_ROWS_DEFAULT, more).await?;
    let [counts] = counts.as_slice() else { return Err(ApiError::internal("the list answered too few results")) };
    let filter = filter(query);
    let address = |cursor: Option<&str>| format!("/agent/sla/violations?{}", query.with("cursor", cursor));
    let view = Violations {
        next: page.next.as_deref().map(|cursor| address(Some(cursor))),
        first: query.filled("cursor").map(|_| address(None)),
        clear: (filter.active > 0).then(|| "/agent/sla/violations".to_owned()),
        agents: page
            .directory
            .assignable()
            .map(|member| Choice::new(member.id.as_str(), &member.name, query.filled("assignee")))
            .collect(),
        policies: page.directory.promises.policies().map(|(id, name)| Choice::new(id, name, Some(&filter.policy))).collect(),
        rows: page.rows.into_iter().map(|one| row(ctx, one)).collect(),
        filter,
    };
    render::agent_page(ctx, &frame, 200, "agent/violations", "sla-violations", &queues::read(counts)?, view)
}

fn row(ctx: &Ctx<'_>, one: Missed) -> Row {
    let Missed { row, policy_name, assignee_name, miss } = one;
    let standard = row.policy_id.as_deref() == Some(STANDARD);
    Row {
        number: ctx.tenant.ticket_reference(row.number),
        title: row.title,
        deleted: row.deleted,
        priority: row.priority.as_str().to_owned(),
        clock: row.clock.as_str().to_owned(),
        due: row.due_at.into(),
        over: miss.over_seconds.map(|seconds| Span::from_ms(seconds.saturating_mul(1000))),
        business: miss.hours == Hours::Business,
        state: miss.state.as_str().to_owned(),
        assignee: row.assignee_id.map(|id| Person::new(id.as_str(), assignee_name.unwrap_or_default()).staff(true)),
        policy: policy_name,
        standard,
    }
}

fn filter(query: &Query) -> Filter {
    let text = |name: &str| query.filled(name).unwrap_or_default().to_owned();
    let names = ["clock", "policy", "assignee", "priority", "from", "to"];
    let active = names.iter().filter(|name| query.filled(name).is_some()).count();
    Filter {
        clock: text("clock"),
        policy: text("policy"),
        from: text("from"),
        to: text("to"),
        active: i64::try_from(active).unwrap_or(0),
    }
}

/// When a day, so many `days` after the written one, begins in the zone; where clocks skip its midnight, after the gap.
pub(in crate::routes::agent) fn starts(zone: Tz, text: &str, days: u64) -> Option<DateTime<Utc>> {
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?.checked_add_days(Days::new(days))?;
    let beginning = |hour| zone.from_local_datetime(&date.and_hms_opt(hour, 0, 0)?).earliest();
    (0..3).find_map(beginning).map(|moment| moment.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(zone: Tz, text: &str, days: u64) -> Option<String> {
        starts(zone, text, days).map(|at| at.to_rfc3339())
    }

    #[test]
    fn a_day_begins_at_its_midnight_in_the_zone_or_after_the_hour_that_the_clocks_skip() {
        assert_eq!(written(Tz::Europe__Moscow, "2026-03-02", 0).as_deref(), Some("2026-03-01T21:00:00+00:00"));
        assert_eq!(written(Tz::Europe__Moscow, "2026-03-31", 1).as_deref(), Some("2026-03-31T21:00:00+00:00"));
        // In Beirut the clocks go from midnight to one.
        assert_eq!(written(Tz::Asia__Beirut, "2026-03-29", 0).as_deref(), Some("2026-03-28T22:00:00+00:00"));
        assert_eq!(written(Tz::UTC, "2026-02-30", 0), None);
        assert_eq!(written(Tz::UTC, "yesterday", 0), None);
    }
}
