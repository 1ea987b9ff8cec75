//! What somebody puts off, and what they want to be reminded of, as pages show it.

use shared::business_time::Calendar;
use shared::id::ReminderId;
use shared::store::reminders::ReminderRow;
use shared::ticket::snooze::Preset;

use crate::context::Ctx;
use crate::pages::view::Form;
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
        form: Form::default(),
    }
}

/// Puts what was refused of a reminder's other moment back where it was typed. One that these do not show is told of by the form of a new one.
pub fn put_back(again: Option<(ReminderId, Form)>, reminders: &mut [Reminder], new: Form) -> Form {
    let Some((id, form)) = again else { return new };
    match reminders.iter_mut().find(|reminder| reminder.id == id.as_str()) {
        Some(reminder) => {
            reminder.form = form;
            new
        }
        None => form.errors.into_values().fold(new, |new, words| new.error("form", words)),
    }
}
