//! Reports about our own mail: it did not arrive, somebody complains, somebody has read it.
//!
//! Anybody can write a report. It is believed about an address only if it carries a token that we issued to that very address:
//! in the Message-ID of the mail that came back, in the address that the report was sent to, or in the quoted text.

use serde_json::json;
use shared::error::ApiError;
use shared::id::{EventId, OutboxId, TicketId};
use shared::mail::thread::ids_to_remember;
use shared::mail::token::token_of_message_id;
use shared::mail::{AutoClass, InboundMail};
use shared::store::inbound::{self as store, Inbound};
use shared::store::{history, mail_threads, outbox};
use shared::ticket::Visibility;

use super::Taken;
use super::evidence::Evidence;
use crate::actions::{audit, mail_keys};
use crate::context::Ctx;

/// Characters of another server's words that are kept.
const WORDS_CHARS_MAX: usize = 300;

/// Takes a report in; `None` when it holds no token of ours.
pub async fn take(ctx: &Ctx<'_>, mail: &Inbound, message: &InboundMail, evidence: &Evidence) -> Result<Option<Taken>, ApiError> {
    let said = said(&message.auto);
    let ours = &evidence.candidates.tokens;
    let failed: Vec<String> =
        said.recipients.iter().filter(|address| ours.iter().any(|(_, token)| token.was_sent_to(address))).cloned().collect();
    if ours.is_empty() {
        return Ok(None);
    }
    let ticket = evidence.ticket_of_token();
    let outcome = if matches!(message.auto, AutoClass::Bounce(_)) { "bounce" } else { "report" };
    let mut batch = vec![
        store::guard_open(&mail.id),
        store::processed(&mail.id, outcome, store::Place { ticket: ticket.as_ref(), ..store::Place::default() }, ctx.now),
    ];
    if said.for_good && !failed.is_empty() {
        batch.push(store::block(&failed, &said.words, ctx.now));
        batch.extend(
            failed
                .iter()
                .map(|address| store::insert_blocked(&ctx.ids().next(), address, ctx.tenant.locale(), &said.words, ctx.now)),
        );
        batch.push(outbox::bounced(&named_mails(ctx, evidence), &said.words));
        if let Some(ticket) = &ticket {
            batch.push(store::drop_copies(ticket, &failed));
        }
    }
    if let Some(ticket) = &ticket {
        if !said.words.is_empty() {
            batch.push(line(ctx, ticket, &failed, &said));
        }
        // A report about a mail of which the client is to know nothing: its Message-ID would stand in the next one to the client.
        if !ours.iter().any(|(_, token)| token.for_desk) {
            batch.push(mail_threads::remember(&ids_to_remember(message), ticket, ctx.now));
        }
    }
    let subject = ticket.as_ref().map_or(mail.id.as_str(), TicketId::as_str);
    let detail = json!({ "mail": mail.id, "recipients": failed, "for_good": said.for_good, "words": said.words });
    batch.push(audit::line(ctx, "mail.returned", subject, detail));
    batch.push(store::by_id(&mail.id));
    let answers = ctx.db.batch(batch).await?;
    let row: Option<Inbound> = answers.last().map(shared::database::Rows::first).transpose()?.flatten();
    Ok(row.as_ref().map(Taken::of))
}

/// What a report says.
struct Said {
    /// Whether no further mail is to go there.
    for_good: bool,
    recipients: Vec<String>,
    words: String,
}

fn said(auto: &AutoClass) -> Said {
    match auto {
        AutoClass::Bounce(bounce) => {
            let words =
                [bounce.status.as_deref(), bounce.diagnostic.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
            let words = if words.is_empty() { "undeliverable".to_owned() } else { words };
            Said {
                for_good: bounce.hard,
                recipients: bounce.recipients.clone(),
                words: words.chars().take(WORDS_CHARS_MAX).collect(),
            }
        }
        AutoClass::Feedback(feedback) => Said {
            for_good: true,
            recipients: feedback.recipient.iter().cloned().collect(),
            words: format!("complaint: {}", feedback.kind),
        },
        _ => Said { for_good: false, recipients: Vec::new(), words: String::new() },
    }
}

/// The rows of the outbox that the report names by our Message-IDs.
fn named_mails(ctx: &Ctx<'_>, evidence: &Evidence) -> Vec<OutboxId> {
    let keys = mail_keys(ctx);
    evidence
        .candidates
        .message_ids
        .iter()
        .filter(|id| token_of_message_id(id).is_some_and(|token| keys.verify(ctx.tenant.id().as_str(), token).is_some()))
        .filter_map(|id| id.split('@').next()?.rsplit('.').next())
        .filter_map(|unique| OutboxId::parse(&format!("{}{unique}", OutboxId::PREFIX)).ok())
        .collect()
}

fn line(ctx: &Ctx<'_>, ticket: &TicketId, failed: &[String], said: &Said) -> shared::database::TenantStatement {
    let whom = if failed.is_empty() { String::new() } else { format!("{}: ", failed.join(", ")) };
    history::append(history::Line {
        id: ctx.ids().next::<EventId>(),
        ticket,
        at: ctx.now,
        actor: "system",
        kind: "mail_returned",
        visibility: Visibility::Internal,
        from: None,
        to: Some(format!("{whom}{}", said.words)),
    })
}
