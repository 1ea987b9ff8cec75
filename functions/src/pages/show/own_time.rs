//! What somebody puts off, and what they want to be reminded of, as pages show it.

use shared::business_time::Calendar;
use shared::store::reminders::ReminderRow;
use shared::ticket::snooze::Preset;

use crate::context::Ctx;
use crate::pages::view::own_time::Reminder;
use crate::pages::view::ticket::LaterChoice;

/// The named moments that there are now, at a desk of this calendar.
pub fn presets(ctx: &Ctx<'_>, calendar: &Calendar) -> Vec<LaterChoice> {
    let choice = |preset: Preset| {
        let at = preset.moment(ctx.now, ctx.zone(), calendar)?;
        Some(LaterChoice { name: preset.as_str().to_owned(), at: at.into() })
    };
    Preset::ALL.into_iter().filter_map(choice).collect()
}

/// A reminder; `back` is the ticket whose page it is on, or nothing.
pub fn reminder(ctx: &Ctx<'_>, row: ReminderRow, presets: &[LaterChoice], back: &str) -> Reminder {
    Reminder {
        id: row.id.to_string(),
        text: row.text,
        due: row.due_at.into(),
        rung: row.rung_at.is_some(),
        unseen: row.ticket_id.is_some() && row.number.is_none(),
        number: row.number.map(|number| ctx.tenant.ticket_reference(number)),
        title: row.title,
        presets: presets.to_vec(),
        back: back.to_owned(),
    }
}
