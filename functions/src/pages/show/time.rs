//! Time that was spent, as pages show it.

use shared::store::time_entries::{self as store, EntryRow};

use crate::actions::time::may_change;
use crate::context::Ctx;
use crate::pages::view::time::{Entry, Sum};

/// An entry.
pub fn entry(ctx: &Ctx<'_>, row: EntryRow) -> Entry {
    Entry {
        may_change: may_change(ctx, &row.user_id),
        id: row.id.to_string(),
        who: row.user_name,
        number: row.number.map(|number| ctx.tenant.ticket_reference(number)),
        title: row.title,
        organization: row.organization_name,
        day: row.day,
        hours: row.minutes / 60,
        minutes: row.minutes % 60,
        note: row.note,
        billable: row.billable,
    }
}

/// A sum.
pub fn sum(sum: store::Sum) -> Sum {
    Sum {
        hours: sum.minutes / 60,
        minutes: sum.minutes % 60,
        billable_hours: sum.billable / 60,
        billable_minutes: sum.billable % 60,
        more: sum.entries >= store::SUMMED_MAX,
    }
}
