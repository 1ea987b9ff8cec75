//! Which ticket a mail belongs to. Two pure steps with the look-ups between them:
//! [`candidates`] says what to look up, [`decide`] takes the answers and decides.
//!
//! The order of evidence: our signed token in In-Reply-To and References, in the plus-address, in the body;
//! then Message-IDs that we stored; then the ticket number in the subject, which anybody can type, and which
//! therefore counts only for somebody who takes part in the ticket. Thread-Index and the bare subject never
//! count. A token can say that its answers are the desk's own: then they never reach the conversation that clients see, whoever
//! writes them, and open nothing again. Whatever the evidence, a stranger's mail is never silently added to somebody else's ticket.

use crate::mail::address::split_plus;
use crate::mail::auto::AutoClass;
use crate::mail::backstop::Allowance;
use crate::mail::token::{self, ReplyToken, TokenKeys};
use crate::mail::{InboundMail, Reason, limits};
use chrono::{DateTime, Utc};
use std::collections::HashSet;

/// By which evidence a ticket was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// A token in In-Reply-To or References.
    TokenInMessageId,
    /// A token in the address that was written to.
    TokenInAddress,
    /// A token in the quoted text.
    TokenInBody,
    /// A stored Message-ID.
    MessageId,
    /// The number in the subject.
    SubjectNumber,
}

/// What a mail offers as evidence.
#[derive(Debug, Clone, Default)]
pub struct Candidates {
    /// Verified tokens of this tenant, strongest evidence first.
    pub tokens: Vec<(How, ReplyToken)>,
    /// Message-IDs to look up, nearest first.
    pub message_ids: Vec<String>,
    /// The ticket number in the subject.
    pub subject_number: Option<u64>,
    /// The mail's own Message-ID is one of ours: it came back.
    pub came_back: bool,
}

impl Candidates {
    /// Ticket numbers to load, without repetition.
    pub fn numbers(&self) -> Vec<u64> {
        let mut seen = HashSet::new();
        self.tokens
            .iter()
            .map(|(_, token)| token.number)
            .chain(self.subject_number)
            .filter(|number| seen.insert(*number))
            .collect()
    }
}

/// A ticket as far as threading needs it. For a merged ticket load the one that it went into, with the
/// participants of both and the number that was asked for.
#[derive(Debug, Clone)]
pub struct TicketFacts<T> {
    /// Whatever the caller knows the ticket by.
    pub id: T,
    /// The number by which it was looked up.
    pub number: u64,
    /// Normalised addresses of requester, followers and CC.
    pub participants: HashSet<String>,
    /// Whether it is finished, and until when an answer reopens it.
    pub stage: Stage,
}

/// Where a ticket stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Being worked on.
    Active,
    /// Resolved or closed; a requester's answer reopens it before this moment.
    Finished {
        /// The end of the tenant's reopening window.
        reopens_until: DateTime<Utc>,
    },
}

/// What the caller found.
#[derive(Debug, Clone)]
pub struct Loaded<T> {
    /// Tickets for [`Candidates::numbers`].
    pub by_number: Vec<TicketFacts<T>>,
    /// Tickets for [`Candidates::message_ids`], with the id each was found by.
    pub by_message_id: Vec<(String, TicketFacts<T>)>,
    /// The tenant's own mailboxes, normalised.
    pub own_addresses: HashSet<String>,
    /// The sender is on the block list.
    pub sender_blocked: bool,
    /// The sender is an agent of the tenant.
    pub sender_is_staff: bool,
    /// The mail says thank you and nothing more: it opens nothing again, and begins nothing new.
    pub thanks_only: bool,
    /// Whether the sender may still open tickets: [`super::backstop::allowance`].
    pub allowance: Allowance,
    /// Whether mail may still reopen the ticket found: [`super::backstop::reopening`].
    pub reopening: Allowance,
}

/// The tenant's choices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// What a stranger's answer to a ticket becomes.
    pub strangers: Strangers,
    /// Mail of a list opens tickets: for a mailbox that is fed by a distribution list.
    pub lists_open_tickets: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Self { strangers: Strangers::NewTicket, lists_open_tickets: false }
    }
}

/// What becomes of the mail of somebody who answers a ticket without taking part in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strangers {
    /// A ticket of their own, linked to the other for the agents.
    NewTicket,
    /// A person looks at it.
    Hold,
}

/// What to do with a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision<T> {
    /// Add it to this ticket.
    Append {
        /// The ticket.
        ticket: T,
        /// The evidence.
        how: How,
        /// Set a finished ticket back to work.
        reopen: bool,
        /// For the desk alone: clients never see it.
        internal: bool,
    },
    /// Open a ticket.
    New {
        /// A ticket to link it to, and what found that one.
        linked: Option<(T, How)>,
        /// Whether the sender may get the automatic answer.
        answer: bool,
    },
    /// Keep it in the queue of unprocessed mail.
    Held(Reason),
}

/// Collects the evidence. `tenant` is the tenant's id, `prefix` that of its ticket numbers (`ACME`).
pub fn candidates(mail: &InboundMail, keys: &TokenKeys, tenant: &str, prefix: &str) -> Candidates {
    let bounced = match &mail.auto {
        AutoClass::Bounce(bounce) => bounce.original_message_id.as_ref(),
        AutoClass::Feedback(feedback) => feedback.original_message_id.as_ref(),
        _ => None,
    };
    let mut seen = HashSet::new();
    let message_ids: Vec<String> = mail
        .in_reply_to
        .iter()
        .chain(bounced)
        .chain(mail.references.iter().rev())
        .filter(|id| **id != mail.message_id && seen.insert((*id).clone()))
        .take(limits::REFERENCES_MAX)
        .cloned()
        .collect();
    let addressed =
        mail.recipients.iter().map(String::as_str).chain(mail.to.iter().chain(&mail.cc).map(|mailbox| mailbox.address.as_str()));
    let html_tokens = mail.html.as_deref().map(|html| token::tokens_of_body(html, limits::TOKENS_MAX)).unwrap_or_default();
    let claimed = message_ids
        .iter()
        .filter_map(|id| token::token_of_message_id(id))
        .map(|claim| (How::TokenInMessageId, claim))
        .take(limits::TOKENS_MAX)
        .chain(addressed.filter_map(token::token_of_address).map(|claim| (How::TokenInAddress, claim)).take(limits::TOKENS_MAX))
        .chain(
            token::tokens_of_body(&mail.text, limits::TOKENS_MAX)
                .into_iter()
                .chain(html_tokens)
                .map(|claim| (How::TokenInBody, claim)),
        );
    let tokens = claimed.filter_map(|(how, claim)| Some((how, keys.verify(tenant, claim)?))).collect();
    let came_back = token::token_of_message_id(&mail.message_id).is_some_and(|claim| keys.verify(tenant, claim).is_some());
    Candidates { tokens, message_ids, subject_number: subject_number(&mail.subject, prefix), came_back }
}

/// The Message-IDs to store with the ticket that a mail went into: its own, and those it refers to, so that
/// two mails of a conversation that began without us still meet.
pub fn ids_to_remember(mail: &InboundMail) -> Vec<String> {
    let mut seen = HashSet::new();
    std::iter::once(&mail.message_id)
        .chain(&mail.in_reply_to)
        .chain(mail.references.first())
        .filter(|id| token::token_of_message_id(id).is_none() && seen.insert((*id).clone()))
        .take(8)
        .cloned()
        .collect()
}

/// `[ACME-1042]`, brackets required, case ignored.
fn subject_number(subject: &str, prefix: &str) -> Option<u64> {
    subject.split('[').skip(1).find_map(|piece| {
        let (inside, _) = piece.split_once(']')?;
        let (given, number) = inside.trim().trim_start_matches('#').rsplit_once('-')?;
        let digits = (1..=12).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
        (digits && given.eq_ignore_ascii_case(prefix)).then(|| number.parse().ok())?
    })
}

/// Decides. The moment is `now`; nothing else is read from anywhere.
pub fn decide<T: Clone>(
    mail: &InboundMail,
    candidates: &Candidates,
    loaded: &Loaded<T>,
    rules: Rules,
    now: DateTime<Utc>,
) -> Decision<T> {
    if candidates.came_back {
        return Decision::Held(Reason::Loop);
    }
    if loaded.own_addresses.contains(&split_plus(&mail.from.address).0) {
        return Decision::Held(Reason::OwnAddress);
    }
    if loaded.sender_blocked {
        return Decision::Held(Reason::SenderBlocked);
    }
    match find(mail, candidates, loaded) {
        Some(found) if found.sender_belongs => append(mail, &found, loaded, now),
        Some(found) => stranger(mail, &found, loaded, rules),
        None => unmatched(mail, loaded, rules),
    }
}

struct Found<'l, T> {
    ticket: &'l TicketFacts<T>,
    how: How,
    sender_belongs: bool,
    for_desk: bool,
}

fn find<'l, T>(mail: &InboundMail, candidates: &Candidates, loaded: &'l Loaded<T>) -> Option<Found<'l, T>> {
    let numbered = |number: u64| loaded.by_number.iter().find(|ticket| ticket.number == number);
    let is_report = is_report(mail);
    let by_token = candidates.tokens.iter().find_map(|(how, token)| {
        let ticket = numbered(token.number)?;
        // The desk's own people speak for the tenant: to know a token of theirs is not enough.
        let named = token.was_sent_to(&mail.from.address) && !mail.is_forged() && !loaded.sender_is_staff;
        let sender_belongs = named || is_report || belongs(mail, ticket, loaded);
        Some(Found { ticket, how: *how, sender_belongs, for_desk: token.for_desk })
    });
    if is_report {
        return by_token;
    }
    let by_id = || {
        candidates.message_ids.iter().find_map(|id| {
            let (_, ticket) = loaded.by_message_id.iter().find(|(found, _)| found == id)?;
            Some(Found { ticket, how: How::MessageId, sender_belongs: belongs(mail, ticket, loaded), for_desk: false })
        })
    };
    let by_subject = || {
        let ticket = numbered(candidates.subject_number?)?;
        belongs(mail, ticket, loaded).then_some(Found { ticket, how: How::SubjectNumber, sender_belongs: true, for_desk: false })
    };
    by_token.or_else(by_id).or_else(by_subject)
}

/// A report about our own mail: whoever sends it, it counts where it holds the token of that mail, and nowhere else.
fn is_report(mail: &InboundMail) -> bool {
    matches!(mail.auto, AutoClass::Bounce(_) | AutoClass::Feedback(_) | AutoClass::Receipt)
}

/// A participant, unless the mail is known to be forged; an agent, only if the mail is known to be genuine.
fn belongs<T>(mail: &InboundMail, ticket: &TicketFacts<T>, loaded: &Loaded<T>) -> bool {
    if loaded.sender_is_staff {
        return mail.sender_is_authenticated();
    }
    ticket.participants.contains(&mail.from.address) && !mail.is_forged()
}

fn append<T: Clone>(mail: &InboundMail, found: &Found<'_, T>, loaded: &Loaded<T>, now: DateTime<Utc>) -> Decision<T> {
    let ticket = found.ticket.id.clone();
    let appended = |reopen| Decision::Append { ticket: ticket.clone(), how: found.how, reopen, internal: found.for_desk };
    match found.ticket.stage {
        // It wakes nobody: whoever asks is not waited for, and the ticket stays as finished as it is.
        _ if found.for_desk => appended(false),
        Stage::Active => appended(false),
        Stage::Finished { .. } if mail.auto.is_automatic() || loaded.sender_is_staff || loaded.thanks_only => appended(false),
        Stage::Finished { reopens_until } if now < reopens_until => match loaded.reopening {
            Allowance::Free => appended(true),
            Allowance::UsedUp { .. } => Decision::Held(Reason::ReopenCap),
        },
        Stage::Finished { .. } => opened(mail, loaded, Some((ticket, found.how))),
    }
}

fn stranger<T: Clone>(mail: &InboundMail, found: &Found<'_, T>, loaded: &Loaded<T>, rules: Rules) -> Decision<T> {
    if mail.auto.is_automatic() || loaded.sender_is_staff || mail.is_forged() || rules.strangers == Strangers::Hold {
        Decision::Held(Reason::UnknownSender)
    } else {
        opened(mail, loaded, Some((found.ticket.id.clone(), found.how)))
    }
}

fn unmatched<T: Clone>(mail: &InboundMail, loaded: &Loaded<T>, rules: Rules) -> Decision<T> {
    match &mail.auto {
        AutoClass::AutoReply => Decision::Held(Reason::Automatic),
        AutoClass::Bulk if !rules.lists_open_tickets => Decision::Held(Reason::Bulk),
        AutoClass::Bounce(_) | AutoClass::Feedback(_) | AutoClass::Receipt => Decision::Held(Reason::Report),
        AutoClass::None | AutoClass::Generated | AutoClass::Bulk => opened(mail, loaded, None),
    }
}

fn opened<T>(mail: &InboundMail, loaded: &Loaded<T>, linked: Option<(T, How)>) -> Decision<T> {
    match loaded.allowance {
        Allowance::Free => Decision::New { linked, answer: !mail.auto.is_automatic() && !mail.is_forged() },
        Allowance::UsedUp { .. } => Decision::Held(Reason::RateCap),
    }
}

#[cfg(test)]
mod tests;
