//! What somebody of the desk wants to be reminded of, with or without a ticket.
//!
//! A reminder is its owner's alone: nobody else reads it, and the audit log says that there was one, not what it said. Its row is the work,
//! as of messages that wait; telling it marks the row in the batch that writes the mail, so that it is told once. It stays in the list
//! until its owner is done with it, or wants to hear of it again.

use chrono::{DateTime, Utc};
use serde_json::json;
use shared::database::DbError;
use shared::error::{ApiError, FieldError};
use shared::id::{ReminderId, TicketId};
use shared::limits::{REMINDER_CHARS_MAX, REMINDERS_MAX};
use shared::live::{Event, HubMessage};
use shared::platform::Wake;
use shared::store::reminders::{self as store, Due, NewReminder, ReminderRow};
use shared::ticket::{Reference, TicketRow};

use super::audit;
use super::sla::clocks::{calendar_of, standard_calendar};
use super::snoozes::{Until, Wish};
use super::tickets::load;
use crate::context::Ctx;

/// The words of a reminder: one line, not empty.
pub fn words(text: &str) -> Result<String, FieldError> {
    let line = text.split(|sign: char| sign.is_whitespace() || sign.is_control()).filter(|word| !word.is_empty());
    let line = line.collect::<Vec<_>>().join(" ");
    if line.is_empty() {
        Err(FieldError::new("text", "required"))
    } else if line.chars().count() > REMINDER_CHARS_MAX {
        Err(FieldError::new("text", "too_long").arg("maximum", REMINDER_CHARS_MAX))
    } else {
        Ok(line)
    }
}

/// The moment of a reminder: ahead, and within a year; by the calendar of the ticket that it is about, or the usual one.
fn moment(ctx: &Ctx<'_>, wish: Wish, ticket: Option<&TicketRow>) -> Result<DateTime<Utc>, FieldError> {
    let calendar = ticket.map_or_else(|| standard_calendar(ctx.tenant.zone()), |row| calendar_of(ctx.tenant, row));
    let until = wish.until(ctx, &calendar).and_then(Until::moment);
    until.ok_or_else(|| FieldError::new("due_at", "bad_later"))
}

/// Keeps a reminder. 404 for a ticket that whoever asks does not see; 409 `reminder_limit`.
pub async fn create(ctx: &Ctx<'_>, ticket: Option<&Reference>, text: &str, due: Wish) -> Result<ReminderRow, ApiError> {
    let owner = &ctx.person()?.id;
    let row = match ticket {
        Some(reference) => Some(load(ctx, reference, Vec::new()).await?.row),
        None => None,
    };
    let (text, due_at) = checked(ctx, text, due, row.as_ref())?;
    let ticket: Option<&TicketId> = row.as_ref().map(|row| &row.id);
    let id: ReminderId = ctx.ids().next();
    let mut batch = store::insert(&NewReminder { id: &id, owner, ticket, text: &text, due_at }, ctx.now).to_vec();
    batch.push(audit::line(ctx, "reminder.created", id.as_str(), json!({ "ticket": ticket, "due_at": due_at })));
    ctx.db.batch(batch).await.map_err(refusal)?;
    ctx.wake(Wake::SlaTimer { tenant: ctx.tenant.id().clone(), at: due_at });
    Ok(ReminderRow {
        id,
        text,
        due_at,
        rung_at: None,
        created_at: ctx.now,
        ticket_id: ticket.cloned(),
        number: row.as_ref().map(|row| row.number),
        title: row.map(|row| row.title),
    })
}

/// Both faults at once.
fn checked(ctx: &Ctx<'_>, text: &str, due: Wish, ticket: Option<&TicketRow>) -> Result<(String, DateTime<Utc>), ApiError> {
    match (words(text), moment(ctx, due, ticket)) {
        (Ok(text), Ok(due_at)) => Ok((text, due_at)),
        (text, due_at) => Err(ApiError::invalid(text.err().into_iter().chain(due_at.err()).collect())),
    }
}

/// One of one's own; 404 for anything else.
pub async fn find(ctx: &Ctx<'_>, id: &ReminderId) -> Result<ReminderRow, ApiError> {
    let statement = store::one(id, &ctx.person()?.id, &ctx.actor.ticket_scope());
    ctx.db.run(statement).await?.first()?.ok_or_else(ApiError::not_found)
}

/// Gives a reminder other words or another moment; it will be told again.
pub async fn update(ctx: &Ctx<'_>, id: &ReminderId, text: Option<&str>, due: Option<Wish>) -> Result<ReminderRow, ApiError> {
    let known = find(ctx, id).await?;
    let text = words(text.unwrap_or(&known.text)).map_err(|fault| ApiError::invalid(vec![fault]))?;
    let due_at = match due {
        Some(due) => moment(ctx, due, None).map_err(|fault| ApiError::invalid(vec![fault]))?,
        None => known.due_at,
    };
    let rung_at = known.rung_at.filter(|_| due_at == known.due_at);
    if text == known.text && due_at == known.due_at {
        return Ok(known);
    }
    let mut batch = store::update(id, &ctx.person()?.id, &text, due_at).to_vec();
    batch.push(audit::line(ctx, "reminder.updated", id.as_str(), json!({ "due_at": { "from": known.due_at, "to": due_at } })));
    ctx.db.batch(batch).await?;
    ctx.wake(Wake::SlaTimer { tenant: ctx.tenant.id().clone(), at: due_at });
    Ok(ReminderRow { text, due_at, rung_at, ..known })
}

/// Done with: it goes. 404 when it is not one's own.
pub async fn remove(ctx: &Ctx<'_>, id: &ReminderId) -> Result<(), ApiError> {
    let mut batch = store::delete(id, &ctx.person()?.id).to_vec();
    batch.push(audit::line(ctx, "reminder.deleted", id.as_str(), json!({})));
    ctx.db.batch(batch).await?;
    Ok(())
}

fn refusal(error: DbError) -> ApiError {
    if error.is_refused_by("limit") { ApiError::conflict("reminder_limit").arg("maximum", REMINDERS_MAX) } else { error.into() }
}

/// Tells what is due, at most `limit`; answers how many were told.
pub async fn ring_due(ctx: &Ctx<'_>, limit: u32) -> Result<usize, ApiError> {
    let due: Vec<Due> = ctx.db.run(store::due(ctx.now, limit)).await?.all()?;
    let mut told = 0;
    for reminder in &due {
        let ticket = reminder.ticket_id.as_ref();
        let mut batch = store::ring(&reminder.id, ctx.now).to_vec();
        let (mail, locale) = (ctx.ids().next(), ctx.tenant.locale());
        batch.push(store::mail(&mail, &reminder.user_id, locale, ticket, &reminder.text, ctx.now));
        batch.push(audit::line(ctx, "reminder.rung", reminder.id.as_str(), json!({ "person": reminder.user_id })));
        match ctx.db.batch(batch).await {
            Ok(_) => {
                told += 1;
                let message =
                    HubMessage::person(reminder.user_id.clone(), Event::Reminded { ticket: reminder.ticket_id.clone() });
                ctx.wake(Wake::Hub { tenant: ctx.tenant.id().clone(), message: message.to_json() });
            }
            // Another runner has told it, or its owner is done with it.
            Err(error) if error.is_refused_by("not_found") => {}
            Err(error) => return Err(error.into()),
        }
    }
    if told > 0 {
        ctx.wake(Wake::Outbox(ctx.tenant.id().clone()));
    }
    if due.len() >= usize::try_from(limit).unwrap_or(usize::MAX) {
        ctx.wake(Wake::SlaTimer { tenant: ctx.tenant.id().clone(), at: ctx.now });
    }
    Ok(told)
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn words_are_one_line_and_not_empty() {
        assert_eq!(words(" Call\r\nAnna\u{0} back ").unwrap(), "Call Anna back");
        assert!(words(" \n ").is_err() && words(&"x".repeat(501)).is_err() && words(&"x".repeat(500)).is_ok());
    }
}
