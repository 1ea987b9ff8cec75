//! Forwarding: a note of the desk that goes out, with messages and files of the ticket, to people outside the conversation.
//!
//! It stands in the conversation as an internal note, so clients never see it; and it changes nothing for them: neither status nor clocks.
//! What comes back is a note again ([`shared::mail::token::ReplyToken::for_desk`]).

use shared::database::TenantStatement;
use shared::error::ApiError;
use shared::i18n::{self, DateStyle};
use shared::id::AttachmentId;
use shared::limits::FORWARD_FILES_BYTES_MAX;
use shared::store::comments::{self, Before};
use shared::store::tickets;
use shared::ticket::forward::{Ask, Parcel, Quote, Quoted, quoted, recipients};
use shared::ticket::{AttachmentRow, CommentRow, Reference, TicketRow, Visibility, picture};

use super::Loaded;
use crate::context::Ctx;

/// Public messages that a forwarded one quotes with all of the conversation: the latest. One alone may be older.
const QUOTED_MAX: u32 = 100;

/// The addresses that were typed; refuses what is none, and the desk's own.
pub fn addresses(ctx: &Ctx<'_>, typed: &[&str]) -> Result<Vec<String>, ApiError> {
    recipients(typed, &ctx.tenant.mailbox(), None).map_err(|fault| ApiError::invalid(vec![fault]))
}

/// What has to be loaded beside the ticket. [`parcel`] reads it.
pub fn statements(reference: &Reference, ask: &Ask) -> [TenantStatement; 2] {
    let messages = match &ask.quote {
        Quote::One(id) => comments::public_comment(reference, id),
        _ => comments::of_ticket(reference, false, &Before::end(), QUOTED_MAX),
    };
    [messages, tickets::attachments(reference)]
}

/// Puts together what goes out. Refuses the requester among the recipients, messages and files that are not the ticket's, and more files
/// than a mail holds.
pub fn parcel(ctx: &Ctx<'_>, loaded: &mut Loaded, ask: &Ask) -> Result<Parcel, ApiError> {
    let messages = comments::comments(&loaded.next()?)?;
    let files: Vec<AttachmentRow> = loaded.next()?.all()?;
    let row = &loaded.row;
    if ask.recipients.contains(&row.requester_email) {
        return Err(ApiError::field("to", "forward_to_requester"));
    }
    let files = chosen(ask, &files)?;
    Ok(Parcel { recipients: ask.recipients.clone(), quoted: text(ctx, row, &messages, &ask.quote)?, files })
}

fn chosen(ask: &Ask, files: &[AttachmentRow]) -> Result<Vec<AttachmentId>, ApiError> {
    let (fresh, mut bytes) = (&ask.fresh.0, ask.fresh.1);
    let mut chosen = fresh.clone();
    for id in &ask.files {
        let file = files.iter().find(|file| file.id == *id).ok_or_else(|| ApiError::field("files", "unknown_value"))?;
        if !chosen.contains(id) {
            bytes += file.size;
            chosen.push(id.clone());
        }
    }
    if bytes > FORWARD_FILES_BYTES_MAX {
        return Err(ApiError::field("files", "forward_too_large"));
    }
    Ok(chosen)
}

fn text(ctx: &Ctx<'_>, row: &TicketRow, messages: &[CommentRow], quote: &Quote) -> Result<String, ApiError> {
    let when = |at| i18n::date(ctx.tenant.locale(), at, ctx.tenant.zone(), DateStyle::Long);
    // Somebody outside has no picture of ours before them, and no names of the desk to follow.
    let description = picture::as_links(&row.description, None);
    let opening = || Quoted { name: &row.requester_name, when: when(row.created_at), text: &description };
    let message = |row: &'_ CommentRow| -> (String, String, String) {
        let name = row.author_name.clone().unwrap_or_else(|| ctx.tenant.name().to_owned());
        (name, when(row.created_at), picture::as_links(&row.body, None))
    };
    let rows: Vec<(String, String, String)> = match quote {
        Quote::Text(text) => return Ok(text.clone()),
        Quote::Nothing | Quote::Opening => Vec::new(),
        Quote::One(id) => {
            let found = messages.iter().find(|row| row.id == *id && row.visibility == Visibility::Public);
            vec![message(found.ok_or_else(|| ApiError::field("quote", "unknown_value"))?)]
        }
        Quote::All => messages.iter().filter(|row| row.visibility == Visibility::Public).map(message).collect(),
    };
    let mut parts: Vec<Quoted<'_>> = Vec::new();
    if matches!(quote, Quote::Opening | Quote::All) {
        parts.push(opening());
    }
    parts.extend(rows.iter().map(|(name, when, text)| Quoted { name, when: when.clone(), text }));
    Ok(quoted(&parts))
}
