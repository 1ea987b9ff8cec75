//! What the platform does between the events: it carries the outbox, rings for due promises, and sweeps.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use functions::actions::outbox;
use functions::actions::sla::fire;
use shared::platform::Wake;
use shared::store::jobs as store;

use super::super::stand::Trouble;
use super::Replay;

/// How long a wake-up takes to arrive.
const QUEUE_TAKES: TimeDelta = TimeDelta::seconds(4);
/// Between two sweeps.
const SWEEPS: TimeDelta = TimeDelta::hours(6);
/// Promises and mails that one run looks at.
const AT_ONCE: usize = 200;

/// When what is to be done, by tenant. Like the product's own alarms, each holds the earliest moment only.
///
/// Before mails come and go nothing rings: a promise that was missed then is found by the next change of its ticket, and nobody is told.
pub struct Clock {
    from: DateTime<Utc>,
    promises: BTreeMap<&'static str, DateTime<Utc>>,
    outboxes: BTreeMap<&'static str, DateTime<Utc>>,
    swept: DateTime<Utc>,
}

#[derive(Debug, Clone, Copy)]
enum Errand {
    Promises(&'static str),
    Outbox(&'static str),
    Sweep,
}

impl Clock {
    /// A clock that rings from that moment on.
    pub fn from(from: DateTime<Utc>) -> Self {
        Self { from, promises: BTreeMap::new(), outboxes: BTreeMap::new(), swept: from }
    }

    /// Rings for promises at that moment, unless it rings earlier.
    pub fn arm(&mut self, slug: &'static str, at: DateTime<Utc>) {
        earliest(&mut self.promises, slug, at.max(self.from));
    }

    /// The first thing to do up to that moment.
    fn next(&self, until: DateTime<Utc>) -> Option<(DateTime<Utc>, Errand)> {
        let outboxes = self.outboxes.iter().map(|(slug, at)| (*at, Errand::Outbox(slug)));
        let promises = self.promises.iter().map(|(slug, at)| (*at, Errand::Promises(slug)));
        outboxes
            .chain(promises)
            .chain([(self.swept + SWEEPS, Errand::Sweep)])
            .filter(|(at, _)| *at <= until)
            .min_by_key(|(at, _)| *at)
    }
}

fn earliest(moments: &mut BTreeMap<&'static str, DateTime<Utc>>, slug: &'static str, at: DateTime<Utc>) {
    let known = moments.entry(slug).or_insert(at);
    *known = at.min(*known);
}

impl Replay<'_> {
    /// Does everything that is due up to that moment, each thing at its own.
    pub(super) async fn catch_up(&mut self, until: DateTime<Utc>) -> Result<(), Trouble> {
        while let Some((at, errand)) = self.clock.next(until) {
            self.platform.now.set(at.max(self.platform.now.get()).min(until));
            match errand {
                Errand::Sweep => {
                    self.clock.swept = at;
                    let slugs: Vec<&'static str> = self.desks.keys().copied().collect();
                    for slug in slugs {
                        self.sweep(slug).await?;
                    }
                }
                Errand::Outbox(slug) => self.carry(slug).await?,
                Errand::Promises(slug) => self.ring(slug).await?,
            }
            self.take_note(self.platform.now.get());
        }
        Ok(())
    }

    /// Remembers what the last use cases want done.
    pub(super) fn take_note(&mut self, at: DateTime<Utc>) {
        for (slug, wake) in self.wakes.take() {
            match wake {
                Wake::Outbox(_) => earliest(&mut self.clock.outboxes, slug, at + QUEUE_TAKES),
                Wake::SlaTimer { at, .. } => self.clock.arm(slug, at),
                Wake::Hub { .. } => {}
            }
        }
        self.collect_mail();
    }

    async fn carry(&mut self, slug: &'static str) -> Result<(), Trouble> {
        self.clock.outboxes.remove(slug);
        let ctx = self.system(slug)?;
        let report = outbox::deliver_due(&ctx, AT_ONCE).await.map_err(|error| format!("the outbox of {slug}: {error:?}"))?;
        self.keep(slug, ctx);
        if report.postponed > 0 {
            // The first repetition comes after a minute; what has to wait longer is found by a sweep.
            earliest(&mut self.clock.outboxes, slug, self.platform.now.get() + TimeDelta::seconds(61));
        }
        Ok(())
    }

    async fn ring(&mut self, slug: &'static str) -> Result<(), Trouble> {
        self.clock.promises.remove(slug);
        let ctx = self.system(slug)?;
        fire::fire_due(&ctx, AT_ONCE).await.map_err(|error| format!("the promises of {slug}: {error:?}"))?;
        let next = store::due(&ctx.db.run(store::next_due()).await?)?;
        self.keep(slug, ctx);
        if let Some(next) = next {
            self.clock.arm(slug, next);
        }
        Ok(())
    }
}
