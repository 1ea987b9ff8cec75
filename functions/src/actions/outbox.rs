//! Carrying out what leaves: due rows are claimed, written for their readers, given to the transport, and marked. Most are mails; short
//! messages go the same way ([`sms`]).
//!
//! A row is one mail: its Message-ID and its idempotency key are made of the row's id, so that a try whose fate is unknown
//! can be repeated and recognised. A claim lapses after [`CLAIM_SECONDS`], longer than the transport may take.

mod desk;
mod letter;
mod sms;

pub use desk::{Cursor, LogPage, filter, log, page, retry};
pub use letter::failure;

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::join_all;
use shared::auth::sms::masked;
use shared::database::TenantStatement;
use shared::error::ApiError;
use shared::i18n::own::InWords;
use shared::platform::{DeliveryError, OutgoingMail, SmsConfig, Wake};
use shared::store::mail_threads;
use shared::store::outbox::{self as store, Channel, Claimed, SmsEnd};

use crate::actions::mailboxes::own_addresses;
use crate::context::Ctx;
use letter::{Facts, Letter};

/// Mails that are carried at the same time: the platform allows six connections.
const AT_ONCE: u32 = 5;
/// How long a claim holds. A transport gives up after 20 seconds.
const CLAIM_SECONDS: i64 = 120;
/// Minutes until the next try, by the number of tries so far; after the last one the mail has failed.
const WAIT_MINUTES: [i64; 5] = [1, 5, 30, 120, 360];
/// Tries after which a mail is carried alone: it may be what breaks the runs off in which it stands beside others.
const TRIES_IN_COMPANY: i64 = 3;
/// How often a note in the database is tried again: a mail that was sent and not marked would be sent once more.
const NOTE_TRIES: u32 = 3;

/// What a run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Report {
    /// Mails that the transport took.
    pub sent: usize,
    /// Mails to be tried again.
    pub postponed: usize,
    /// Mails that will not leave.
    pub failed: usize,
}

impl Report {
    /// All of them.
    pub fn total(self) -> usize {
        self.sent + self.postponed + self.failed
    }
}

/// Carries out what is due, at most `limit` mails. What is left over asks for another run.
pub async fn deliver_due(ctx: &Ctx<'_>, limit: usize) -> Result<Report, ApiError> {
    let mut report = Report::default();
    let mut own = None;
    while report.total() < limit {
        // A run takes a while, so each claim looks at the clock itself.
        let now = ctx.platform.now();
        let claimed: Vec<Claimed> =
            ctx.db.run(store::claim(now, now + TimeDelta::seconds(CLAIM_SECONDS), AT_ONCE)).await?.all()?;
        if claimed.is_empty() {
            return Ok(report);
        }
        let own = match &mut own {
            Some(own) => own,
            None => own.insert(own_addresses(ctx).await?),
        };
        let facts = Facts::load(ctx, &claimed).await?;
        let (in_company, mut alone): (Vec<&Claimed>, Vec<&Claimed>) =
            claimed.iter().partition(|mail| mail.attempts <= TRIES_IN_COMPANY);
        // One that breaks its run off takes those behind it along, so they take turns in going first.
        if alone.first().is_some_and(|mail| mail.attempts % 2 == 0) {
            alone.reverse();
        }
        let mut fates = join_all(in_company.into_iter().map(|mail| carry(ctx, mail, &facts, own))).await;
        for mail in alone {
            fates.push(carry(ctx, mail, &facts, own).await);
        }
        for fate in fates {
            match fate? {
                Fate::Sent => report.sent += 1,
                Fate::Postponed => report.postponed += 1,
                Fate::Failed => report.failed += 1,
            }
        }
    }
    ctx.wake(Wake::Outbox(ctx.tenant.id().clone()));
    Ok(report)
}

enum Fate {
    Sent,
    Postponed,
    Failed,
}

async fn carry(ctx: &Ctx<'_>, mail: &Claimed, facts: &Facts, own: &HashSet<String>) -> Result<Fate, ApiError> {
    InWords::of(facts.words.clone(), carry_out(ctx, mail, facts, own)).await
}

async fn carry_out(ctx: &Ctx<'_>, mail: &Claimed, facts: &Facts, own: &HashSet<String>) -> Result<Fate, ApiError> {
    // The last try has an end, one way or the other: who is claimed once more had none.
    if usize::try_from(mail.attempts).is_ok_and(|attempts| attempts > WAIT_MINUTES.len() + 1) {
        return fail(ctx, mail, failure::NO_TRY_ENDED, None).await;
    }
    if mail.channel == Channel::Sms {
        return carry_sms(ctx, mail).await;
    }
    let files = letter::files(ctx, mail, facts).await?;
    let letter = match letter::write(ctx, mail, facts, own, files) {
        Ok(letter) => letter,
        Err(reason) => return fail(ctx, mail, &reason, None).await,
    };
    let outgoing = OutgoingMail {
        from: letter.envelope_from.clone(),
        written_from: letter.written_from.clone(),
        to: mail.recipient.clone(),
        raw: letter.raw.clone(),
        idempotency_key: mail.id.to_string(),
    };
    match ctx.platform.send_mail(outgoing).await {
        Ok(()) => sent(ctx, mail, &letter).await,
        Err(DeliveryError::Permanent(reason)) => fail(ctx, mail, &reason, Some(&letter.subject)).await,
        Err(DeliveryError::Temporary(reason)) => match next_try(mail.attempts, ctx.platform.now()) {
            Some(due_at) => {
                note(ctx, || vec![store::postpone(mail, due_at, &reason, Some(&letter.subject))]).await?;
                Ok(Fate::Postponed)
            }
            None => fail(ctx, mail, &reason, Some(&letter.subject)).await,
        },
    }
}

async fn carry_sms(ctx: &Ctx<'_>, message: &Claimed) -> Result<Fate, ApiError> {
    let written = match sms::write(ctx, message) {
        Ok(written) => written,
        Err(reason) => return end_sms(ctx, message, None, Some(reason)).await,
    };
    let outcome = match ctx.config().sms {
        SmsConfig::HttpApi { .. } => ctx.platform.send_sms(written.outgoing).await,
        SmsConfig::None | SmsConfig::Shown => Ok(()),
    };
    match outcome {
        Ok(()) => end_sms(ctx, message, Some(&written.subject), None).await,
        Err(DeliveryError::Permanent(reason)) => end_sms(ctx, message, Some(&written.subject), Some(&reason)).await,
        Err(DeliveryError::Temporary(reason)) => match next_try(message.attempts, ctx.platform.now()) {
            Some(due_at) => {
                note(ctx, || vec![store::postpone(message, due_at, &reason, Some(&written.subject))]).await?;
                Ok(Fate::Postponed)
            }
            None => end_sms(ctx, message, Some(&written.subject), Some(&reason)).await,
        },
    }
}

async fn end_sms(ctx: &Ctx<'_>, message: &Claimed, subject: Option<&str>, error: Option<&str>) -> Result<Fate, ApiError> {
    let number = masked(&message.recipient);
    let end = SmsEnd { is_sent: error.is_none(), subject, error, number: &number };
    let now = ctx.platform.now();
    note(ctx, || vec![store::end_sms(message, end, now)]).await?;
    Ok(if error.is_none() { Fate::Sent } else { Fate::Failed })
}

async fn sent(ctx: &Ctx<'_>, mail: &Claimed, letter: &Letter) -> Result<Fate, ApiError> {
    let now = ctx.platform.now();
    note(ctx, || {
        let mut batch = vec![store::sent(mail, &letter.subject, now)];
        batch.extend(
            letter.ticket.iter().map(|ticket| mail_threads::remember(std::slice::from_ref(&letter.message_id), ticket, now)),
        );
        batch
    })
    .await?;
    Ok(Fate::Sent)
}

async fn fail(ctx: &Ctx<'_>, mail: &Claimed, reason: &str, subject: Option<&str>) -> Result<Fate, ApiError> {
    if mail.channel == Channel::Sms {
        return end_sms(ctx, mail, subject, Some(reason)).await;
    }
    note(ctx, || vec![store::fail(mail, reason, subject)]).await?;
    Ok(Fate::Failed)
}

/// Writes what became of a mail; a busy database is asked again at once.
async fn note(ctx: &Ctx<'_>, batch: impl Fn() -> Vec<TenantStatement>) -> Result<(), ApiError> {
    let mut tries = 1;
    loop {
        match ctx.db.batch(batch()).await {
            Err(shared::database::DbError::Unavailable(_)) if tries < NOTE_TRIES => tries += 1,
            Err(error) => return Err(error.into()),
            Ok(_) => return Ok(()),
        }
    }
}

/// When the next try is due after `attempts` that went wrong; `None` when it was the last.
fn next_try(attempts: i64, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let index = usize::try_from(attempts.checked_sub(1)?).ok()?;
    WAIT_MINUTES.get(index).map(|minutes| now + TimeDelta::minutes(*minutes))
}
