//! Handing notices over: due rows are claimed, written for their readers, sealed for their devices, and given to the push services.
//!
//! A row goes in the batch that notes its end. A try whose fate is unknown is repeated; its topic and its tag make it take the place of the
//! first, at the service and on the device.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use futures::future::join_all;
use shared::database::TenantStatement;
use shared::error::ApiError;
use shared::platform::{OutgoingPush, Wake};
use shared::push::{QuietHours, Receiver, authorization, seal};
use shared::store::push_notices::{self as store, Claimed, Facts};

use super::notice::{self, Notice};
use crate::context::Ctx;

/// Notices that are handed over at the same time: the platform allows six connections.
const AT_ONCE: u32 = 5;
/// How long a claim holds. A push service is given up after 20 seconds.
const CLAIM_SECONDS: i64 = 120;
/// Minutes until the next try, by the number of tries so far; after the last one the notice is let go: there is a mail as well.
const WAIT_MINUTES: [i64; 4] = [1, 5, 30, 120];
/// The longest that a push service may ask to be left alone.
const RETRY_AFTER_SECONDS_MAX: u32 = 6 * 3600;

/// Hands over what is due, at most `limit` notices. What is left over asks for another run.
pub async fn deliver_due(ctx: &Ctx<'_>, limit: usize) -> Result<usize, ApiError> {
    let mut done = 0;
    while done < limit {
        let now = ctx.platform.now();
        let claimed: Vec<Claimed> =
            ctx.db.run(store::claim(now, now + TimeDelta::seconds(CLAIM_SECONDS), AT_ONCE)).await?.all()?;
        if claimed.is_empty() {
            return Ok(done);
        }
        done += claimed.len();
        let facts: Vec<Facts> = ctx.db.run(store::facts(&claimed)).await?.all()?;
        let ends = join_all(facts.iter().map(|facts| carry(ctx, facts))).await;
        let batch: Vec<TenantStatement> = ends.into_iter().flatten().collect();
        if !batch.is_empty() {
            ctx.db.batch(batch).await?;
        }
    }
    ctx.wake(Wake::Outbox(ctx.tenant.id().clone()));
    Ok(done)
}

/// Carries one out; answers how it ended, as statements.
async fn carry(ctx: &Ctx<'_>, facts: &Facts) -> Vec<TenantStatement> {
    let now = ctx.platform.now();
    let Some(notice) = notice::write(ctx, facts) else { return vec![store::end(facts)] };
    // What somebody asks for at this moment may be heard at this moment.
    if facts.ticket_id.is_some()
        && let Some(end) = quiet_until(ctx, facts, now)
    {
        return vec![store::hold(facts, end)];
    }
    if usize::try_from(facts.attempts).is_ok_and(|attempts| attempts > WAIT_MINUTES.len() + 1) {
        return vec![store::end(facts)];
    }
    match hand_over(ctx, facts, &notice).await {
        Outcome::Taken => store::sent(facts, now).into(),
        Outcome::Gone => vec![store::gone(&facts.device_id)],
        Outcome::Refused => vec![store::end(facts)],
        Outcome::Later(seconds) => match next_try(facts.attempts, now, seconds) {
            Some(at) => vec![store::postpone(facts, at)],
            None => vec![store::end(facts)],
        },
    }
}

/// When the reader's quiet hours end, if they hold now.
fn quiet_until(ctx: &Ctx<'_>, facts: &Facts, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let hours = QuietHours::new(facts.quiet_from?, facts.quiet_until?)?;
    let zone = facts.zone.as_deref().and_then(|zone| zone.parse::<Tz>().ok()).unwrap_or_else(|| ctx.tenant.zone());
    hours.end(now, zone)
}

enum Outcome {
    /// The service has it.
    Taken,
    /// The service does not know the device any more.
    Gone,
    /// It never will take it.
    Refused,
    /// Trying again may help, after so many seconds if the service said so.
    Later(Option<u32>),
}

async fn hand_over(ctx: &Ctx<'_>, facts: &Facts, notice: &Notice) -> Outcome {
    let Some((authorization, body)) = sealed(ctx, facts, notice).await else { return Outcome::Refused };
    let push = OutgoingPush {
        url: &facts.endpoint,
        authorization: &authorization,
        ttl_seconds: notice.ttl_seconds,
        urgency: notice.urgency,
        topic: Some(&notice.topic),
        body: &body,
    };
    match ctx.platform.push(&push).await {
        Err(_) => Outcome::Later(None),
        Ok(answer) => match answer.status {
            200..=299 => Outcome::Taken,
            404 | 410 => Outcome::Gone,
            // The key or the moment is wrong, not the notice.
            401 | 403 | 408 | 425 | 429 | 500..=599 => Outcome::Later(answer.retry_after_seconds),
            _ => Outcome::Refused,
        },
    }
}

/// The notice as its device alone can read it, and who sends it.
async fn sealed(ctx: &Ctx<'_>, facts: &Facts, notice: &Notice) -> Option<(String, Vec<u8>)> {
    let key = ctx.config().push.as_ref()?;
    let receiver = Receiver::parse(&facts.p256dh, &facts.auth).ok()?;
    let once = ctx.platform.new_curve_key().await?;
    let mut salt = [0; 16];
    ctx.platform.fill(&mut salt);
    let body = seal(ctx.platform, &once, salt, &receiver, notice.text.as_bytes()).await?;
    let contact = &ctx.config().security_contact;
    let authorization = authorization(ctx.platform, key, &facts.endpoint, contact, ctx.platform.now()).await?;
    Some((authorization, body))
}

/// When the next try is due after `attempts` that went wrong; `None` when it was the last.
fn next_try(attempts: i64, now: DateTime<Utc>, asked_seconds: Option<u32>) -> Option<DateTime<Utc>> {
    let index = usize::try_from(attempts.checked_sub(1)?).ok()?;
    let wait = TimeDelta::minutes(*WAIT_MINUTES.get(index)?);
    let asked = TimeDelta::seconds(asked_seconds.unwrap_or(0).min(RETRY_AFTER_SECONDS_MAX).into());
    Some(now + wait.max(asked))
}
