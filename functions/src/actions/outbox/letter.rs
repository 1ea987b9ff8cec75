//! One mail as its reader gets it: the row, what it is about, and the reader make the message.

mod facts;
mod matter;

pub use facts::Facts;

use std::collections::HashSet;

use chrono_tz::Tz;
use shared::error::ApiError;
use shared::http::Body;
use shared::id::{OutboxId, TicketId};
use shared::mail::Mailbox;
use shared::mail::address::split_plus;
use shared::mail::compose::{Origin, OutboundFile, OutboundMail, compose};
use shared::mail::limits::OUTBOUND_BYTES_MAX;
use shared::mail::templates::{Brand, Reader as MailReader, render};
use shared::mail::token::{self, TokenKeys};
use shared::store::outbox::{Claimed, TicketFacts};

use self::matter::Matter;
use crate::actions::mail_keys;
use crate::actions::tickets::mails::FORWARDED;
use crate::context::Ctx;

/// The number that tokens of mails about no ticket carry.
const NO_TICKET: u64 = 0;

/// Why a mail is not written, as the log shows it: a code (`mail-failure-<code>`) or words of a transport.
pub mod failure {
    /// Mail to the address came back before.
    pub const BLOCKED: &str = "recipient_blocked";
    /// The address is one of our own mailboxes.
    pub const OWN_ADDRESS: &str = "own_address";
    /// The writer of the ticket has not confirmed the address, so nobody else is written to.
    pub const UNCONFIRMED: &str = "address_unconfirmed";
    /// The ticket or comment is not there any more.
    pub const GONE: &str = "subject_gone";
    /// The row says something that no template knows.
    pub const UNKNOWN_KIND: &str = "unknown_kind";
    /// An internal note, or another word of the desk's own, was to go to somebody outside it.
    pub const NOT_FOR_THEM: &str = "internal_note";
    /// What the desk was to be warned of is settled.
    pub const OVERTAKEN: &str = "overtaken";
    /// The deployment has no way for short messages.
    pub const NO_GATEWAY: &str = "no_gateway";
    /// The code that a short message would carry is good no longer.
    pub const CODE_OVER: &str = "code_over";
    /// Every try broke off without a result.
    pub const NO_TRY_ENDED: &str = "no_try_ended";
}

/// A mail ready for its transport.
pub struct Letter {
    /// The message.
    pub raw: Vec<u8>,
    /// Where bounces go.
    pub envelope_from: String,
    /// The address in its From field.
    pub written_from: String,
    /// Its subject.
    pub subject: String,
    /// Its own id.
    pub message_id: String,
    /// The ticket that it is about.
    pub ticket: Option<TicketId>,
}

/// The mails of a conversation that this reader may be shown: those of others, and ours to this reader. Ours to somebody else
/// carry that person's token. Somebody outside the conversation is shown what was forwarded to them, and nothing else.
fn shown_ids(ctx: &Ctx<'_>, keys: &TokenKeys, ids: &[String], mail: &Claimed, for_desk: bool) -> Vec<String> {
    let is_outside = mail.template == FORWARDED;
    let own = |id: &str| token::token_of_message_id(id).map(str::to_owned);
    ids.iter()
        .filter(|id| match own(id) {
            None => !is_outside,
            Some(claim) => keys
                .verify(ctx.tenant.id().as_str(), &claim)
                .is_some_and(|token| token.was_sent_to(&mail.recipient) && token.for_desk == for_desk),
        })
        .cloned()
        .collect()
}

/// The last part of our Message-ID for an outbox row.
pub fn unique(id: &OutboxId) -> &str {
    id.as_str().trim_start_matches(OutboxId::PREFIX)
}

/// The ticket that a mail is about, if it may go to its recipient at all; the error is the reason for the log.
fn allowed<'f>(mail: &Claimed, facts: &'f Facts, own: &HashSet<String>) -> Result<Option<&'f TicketFacts>, &'static str> {
    let reader = facts.readers.get(&mail.recipient);
    if own.contains(&split_plus(&mail.recipient).0) {
        return Err(failure::OWN_ADDRESS);
    }
    if reader.is_some_and(|reader| reader.blocked) {
        return Err(failure::BLOCKED);
    }
    let ticket = match &mail.ticket_id {
        Some(id) => Some(facts.tickets.get(id).filter(|ticket| !ticket.deleted).ok_or(failure::GONE)?),
        None => None,
    };
    // What somebody of the desk forwards goes where that person says.
    if let Some(ticket) = ticket
        && mail.template != FORWARDED
        && !ticket.may_echo()
        && mail.recipient != ticket.requester_email
        && !reader.is_some_and(|reader| reader.confirmed)
    {
        return Err(failure::UNCONFIRMED);
    }
    Ok(ticket)
}

/// The files that go along with a mail, read from storage; one whose bytes are gone is left out.
pub async fn files(ctx: &Ctx<'_>, mail: &Claimed, facts: &Facts) -> Result<Vec<OutboundFile>, ApiError> {
    let rows = mail.comment_id.as_ref().filter(|_| mail.template == FORWARDED).and_then(|id| facts.forwarded_files.get(id));
    let mut files = Vec::new();
    for row in rows.into_iter().flatten() {
        let Some((_, stream)) = ctx.platform.files().get(&row.storage_key, None).await? else { continue };
        let content = Body::Stream(stream).read(OUTBOUND_BYTES_MAX).await?;
        files.push(OutboundFile { name: row.file_name.clone(), content_type: row.media_type.clone(), content });
    }
    Ok(files)
}

/// Writes the mail, unless it would go to one of our `own` addresses; the error is the reason for the log.
pub fn write(
    ctx: &Ctx<'_>,
    mail: &Claimed,
    facts: &Facts,
    own: &HashSet<String>,
    files: Vec<OutboundFile>,
) -> Result<Letter, String> {
    let mailbox = ctx.tenant.mailbox();
    let ticket = allowed(mail, facts, own)?;
    let reader = facts.readers.get(&mail.recipient);
    let is_staff = reader.is_some_and(|reader| reader.role.is_staff());
    let keys = mail_keys(ctx);
    let number = ticket.and_then(|ticket| u64::try_from(ticket.number).ok()).unwrap_or(NO_TICKET);
    let for_desk = mail.data.get("for_desk").and_then(serde_json::Value::as_bool).unwrap_or_default();
    let tenant = ctx.tenant.id().as_str();
    let token =
        if for_desk { keys.sign_for_desk(tenant, number, &mail.recipient) } else { keys.sign(tenant, number, &mail.recipient) };
    let token = token.ok_or("the ticket's number is too large")?;
    let subject_matter = Matter { ctx, mail, facts, ticket, is_staff };
    let notice = subject_matter.notice()?;
    let brand = Brand::new(ctx.tenant.name(), &ctx.tenant.settings().brand_color, ctx.tenant.settings().logo_url.as_deref());
    let zone =
        reader.and_then(|reader| reader.zone.as_deref()).and_then(|zone| zone.parse::<Tz>().ok()).unwrap_or(ctx.tenant.zone());
    let answerable = ticket.map(|_| token.as_str());
    let settings = ctx.link("/profile#notifications");
    let settings_url = reader.filter(|reader| ticket.is_some() && reader.signs_in).map(|_| settings.as_str());
    let words = render(&notice, &brand, MailReader { locale: mail.locale, zone, token: answerable, settings_url })
        .map_err(|error| error.to_string())?;
    let reply_to = token::reply_address(&mailbox, &token);
    let conversation = mail.ticket_id.as_ref().and_then(|ticket| facts.conversations.get(ticket));
    let references = conversation.map(|ids| shown_ids(ctx, &keys, ids, mail, for_desk)).unwrap_or_default();
    let message_id = token::message_id(&token, unique(&mail.id), ctx.tenant.host());
    let from = Mailbox::new(Some(ctx.tenant.name()), &mailbox).ok_or("the tenant's mailbox is no address")?;
    let to = Mailbox::new(None, &mail.recipient).ok_or("the recipient is no address")?;
    let raw = compose(&OutboundMail {
        from,
        to: vec![to],
        cc: Vec::new(),
        reply_to: answerable.and(reply_to.clone()),
        subject: words.subject.clone(),
        text: words.text,
        html: Some(words.html),
        message_id: message_id.clone(),
        in_reply_to: references.last().filter(|id| **id != message_id).cloned(),
        references,
        date: mail.created_at,
        locale: mail.locale,
        origin: origin(&mail.template),
        files,
    })
    .map_err(|error| error.to_string())?;
    Ok(Letter {
        raw,
        envelope_from: reply_to.unwrap_or_else(|| mailbox.clone()),
        written_from: mailbox,
        subject: words.subject,
        message_id,
        ticket: mail.ticket_id.clone(),
    })
}

/// Who caused it (RFC 3834).
fn origin(template: &str) -> Origin {
    match template {
        "agent_reply" | FORWARDED => Origin::Person,
        "ticket_received" | "confirm_address" => Origin::Replied,
        _ => Origin::Generated,
    }
}
