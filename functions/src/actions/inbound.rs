//! Mail that comes in: stored first, then made into something, and never lost.
//!
//! [`receive`] keeps the raw mail and writes its row; from then on the mail is ours. What becomes of it is decided by the pure
//! rules of `shared::mail` and written in one batch with the row's new state, under a guard: whoever else processes the same
//! mail (a retry, the sweep, a second delivery) comes too late and finds it done. A mail of which nothing can be made waits
//! for a person, with the reason.

mod bounce;
mod case;
mod context;
mod desk;
mod evidence;
mod files;
mod process;

pub use context::as_system;
pub use desk::{Preview, discard, list, page, preview, preview_of, raw, retry};
pub use process::{Asked, process_received, take};

use shared::auth::signer::sha256_hex;
use shared::error::ApiError;
use shared::id::{InboundId, TicketId};
use shared::limits::MAIL_IN_BYTES_MAX;
use shared::mail::address::normalize;
use shared::mail::parse::parse;
use shared::mail::{Envelope, InboundMail, Reason};
use shared::store::inbound::{self as store, Inbound, NewInbound};

use crate::actions::mailboxes::is_mailbox;
use crate::context::Ctx;

/// The server whose Authentication-Results are believed when the platform itself delivers: its own.
pub const PLATFORM_AUTHSERV: &str = "mx.cloudflare.net";
/// Reason of a mail at which we failed ourselves.
pub const INTERNAL: &str = "internal";

/// A mail as it was delivered.
#[derive(Debug, Clone, Copy)]
pub struct Delivery<'a> {
    /// RCPT TO, where the bringer says it.
    pub mailbox: Option<&'a str>,
    /// The host by which the tenant was found: mail to it is the tenant's.
    pub host: &'a str,
    /// MAIL FROM; empty for a bounce.
    pub envelope_from: Option<&'a str>,
    /// The server whose Authentication-Results the bringer vouches for.
    pub authserv: Option<&'a str>,
    /// The message.
    pub raw: &'a [u8],
}

/// What became of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The mail.
    pub id: InboundId,
    /// `ticket`, `linked_ticket`, `comment`, `reopened`, `note`, `bounce`, `report`, `unprocessed`, `discarded`, or `duplicate`
    /// for a mail that was there already.
    pub outcome: String,
    /// The ticket that it is in.
    pub ticket: Option<TicketId>,
    /// Its number.
    pub number: Option<i64>,
    /// Why it waits for a person.
    pub reason: Option<String>,
}

impl Taken {
    fn of(mail: &Inbound) -> Self {
        let outcome = match mail.state.as_str() {
            "processed" => mail.outcome.as_deref().unwrap_or("processed"),
            state => state,
        };
        Self {
            id: mail.id.clone(),
            outcome: outcome.to_owned(),
            ticket: mail.ticket_id.clone(),
            number: mail.number,
            reason: mail.reason.clone().filter(|_| mail.is_open()),
        }
    }
}

/// Takes a mail in and makes of it what can be made. Once this answers, the mail is stored; an error means that it is not,
/// and the bringer must come again. Runs as the product itself, see [`as_system`].
pub async fn receive(ctx: &Ctx<'_>, delivery: Delivery<'_>) -> Result<Taken, ApiError> {
    if delivery.raw.len() > MAIL_IN_BYTES_MAX {
        return Err(ApiError::too_large(MAIL_IN_BYTES_MAX as u64));
    }
    let read = parse(delivery.raw, &envelope(delivery.envelope_from, delivery.mailbox), delivery.authserv.as_slice());
    let mailbox = mailbox(ctx, &delivery, read.as_ref().ok());
    let key = dedupe_key(read.as_ref(), delivery.raw);
    if let Some(earlier) = ctx.db.run(store::by_key(&key)).await?.first::<Inbound>()? {
        return again(ctx, &earlier).await;
    }
    let id: InboundId = ctx.ids().next();
    let storage_key = ctx.tenant.inbound_mail_key(&id);
    ctx.platform.files().put(&storage_key, delivery.raw.to_vec()).await?;
    let held = match (&read, &mailbox) {
        (Err(reason), _) => Some(*reason),
        (Ok(_), None) => Some(Reason::NoMailbox),
        (Ok(_), Some(_)) => None,
    };
    let row = NewInbound {
        id: &id,
        dedupe_key: &key,
        mailbox: mailbox.as_deref().or(delivery.mailbox).unwrap_or_default(),
        envelope_from: delivery.envelope_from,
        authserv: delivery.authserv,
        sender: read.as_ref().map_or("", |mail| mail.from.address.as_str()),
        subject: read.as_ref().map_or("", |mail| mail.subject.as_str()),
        message_id: read.as_ref().ok().map(|mail| mail.message_id.as_str()),
        size: delivery.raw.len(),
        storage_key: &storage_key,
        held: held.map(|reason| (reason.code(), "")),
    };
    let answers = ctx.db.batch(vec![store::insert(&row, ctx.now), store::by_key(&key)]).await?;
    let stored: Inbound = match answers.get(1) {
        Some(rows) => rows.first()?.ok_or_else(|| ApiError::internal("a stored mail is not there"))?,
        None => return Err(ApiError::internal("the batch was not answered")),
    };
    if stored.id != id {
        // The same mail came by another way at the same moment.
        let _ = ctx.platform.files().delete(&storage_key).await;
        return again(ctx, &stored).await;
    }
    match read {
        Ok(mail) if held.is_none() => Ok(process::attempt(ctx, &stored, &mail, Asked::ByItself).await),
        _ => Ok(Taken::of(&stored)),
    }
}

/// A mail that is there already: nothing new comes of it, but what a crash left undone is done now.
async fn again(ctx: &Ctx<'_>, earlier: &Inbound) -> Result<Taken, ApiError> {
    if earlier.state == "received" {
        return take(ctx, &earlier.id, Asked::ByItself).await;
    }
    Ok(Taken { outcome: "duplicate".to_owned(), reason: Some(Reason::Duplicate.code().to_owned()), ..Taken::of(earlier) })
}

fn envelope(from: Option<&str>, to: Option<&str>) -> Envelope {
    Envelope { from: from.map(str::to_owned), to: to.map(str::to_owned).into_iter().collect() }
}

/// The same for the same mail, whatever mailbox it came through; another for two mails that share a Message-ID by a client's
/// fault. Without Message-ID and date only the very same bytes are the same mail.
fn dedupe_key(read: Result<&InboundMail, &Reason>, raw: &[u8]) -> String {
    match read {
        Ok(mail) if !mail.message_id_was_made => sha256_hex(format!("{}\n{}", mail.message_id, mail.content_hash).as_bytes()),
        Ok(mail) if mail.date.is_some() => sha256_hex(mail.content_hash.as_bytes()),
        Ok(mail) => sha256_hex(mail.message_id.as_bytes()),
        Err(_) => sha256_hex(raw),
    }
}

/// The tenant's mailbox that the mail was sent to: as the bringer says, or as the mail itself does.
fn mailbox(ctx: &Ctx<'_>, delivery: &Delivery<'_>, mail: Option<&InboundMail>) -> Option<String> {
    let ours = |address: &String| is_mailbox(ctx, delivery.host, address);
    if let Some(stated) = delivery.mailbox {
        return normalize(stated).filter(ours);
    }
    let named = mail.into_iter().flat_map(|mail| mail.to.iter().chain(&mail.cc)).map(|mailbox| mailbox.address.clone());
    delivered_to(delivery.raw).into_iter().chain(named).find(ours)
}

/// Addresses of the trace fields that mail servers add, topmost first. Reads the head of the message only.
fn delivered_to(raw: &[u8]) -> Vec<String> {
    const FIELDS: [&str; 4] = ["x-original-to", "delivered-to", "envelope-to", "x-envelope-to"];
    const HEAD_BYTES: usize = 64 * 1024;
    let head = String::from_utf8_lossy(raw.get(..HEAD_BYTES).unwrap_or(raw)).into_owned();
    head.lines()
        .take_while(|line| !line.trim().is_empty())
        .filter_map(|line| line.split_once(':'))
        .filter(|(name, _)| FIELDS.iter().any(|field| name.eq_ignore_ascii_case(field)))
        .filter_map(|(_, value)| normalize(value))
        .take(20)
        .collect()
}
