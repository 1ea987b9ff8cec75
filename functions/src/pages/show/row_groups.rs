//! Rows of a list put together under headings, within one page.

use shared::i18n::{self, Arg};
use shared::ticket_view::Grouping;

use crate::context::Ctx;
use crate::pages::view::tickets::Row;

const STATUSES: [&str; 5] = ["new", "in_progress", "waiting_customer", "resolved", "closed"];
const PRIORITIES: [&str; 4] = ["critical", "high", "medium", "low"];

/// Sorts the rows by their groups, each in the order of the list, and puts a heading above the first of each group.
pub fn put_together(ctx: &Ctx<'_>, by: Grouping, rows: &mut [Row]) {
    rows.sort_by_cached_key(|row| key(by, row));
    let mut last = None;
    for row in rows {
        let key = key(by, row);
        if last.as_ref() != Some(&key) {
            row.heading = Some(heading(ctx, by, row));
            last = Some(key);
        }
    }
}

/// Nobody's tickets come before everybody's.
fn key(by: Grouping, row: &Row) -> (usize, String) {
    let place = |names: &[&str], name: &str| names.iter().position(|each| *each == name).unwrap_or(names.len());
    match by {
        Grouping::None => (0, String::new()),
        Grouping::Status => (place(&STATUSES, &row.status), String::new()),
        Grouping::Priority => (place(&PRIORITIES, &row.priority), String::new()),
        Grouping::Assignee => {
            row.assignee.as_ref().map_or((0, String::new()), |person| (1, format!("{} {}", person.name, person.id)))
        }
    }
}

fn heading(ctx: &Ctx<'_>, by: Grouping, row: &Row) -> String {
    let word = |key: &str, value: &str| i18n::text(ctx.locale, key, &[("value", Arg::from(value.to_owned()))]);
    match by {
        Grouping::None => String::new(),
        Grouping::Status => word("status", &row.status),
        Grouping::Priority => word("priority", &row.priority),
        Grouping::Assignee => {
            row.assignee.as_ref().map_or_else(|| i18n::plain(ctx.locale, "list-nobody"), |person| person.name.clone())
        }
    }
}
