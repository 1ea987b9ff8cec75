//! One clock of a ticket: time against a promise, with pauses.
//!
//! The clock keeps the seconds used up before its current stretch, and when that stretch began; all of it counted in
//! the clock's own hours, the pauses too. The deadline is stored with it, so that lists and the timer need no calendar.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::business_time::{self, Calendar};

use super::policy::Target;
use super::policy_form::Hours;

/// What a clock is doing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// Not started: nobody waits for this answer.
    #[default]
    Idle,
    /// Counting since this moment, on top of what was used up before.
    Running(#[serde(with = "chrono::serde::ts_seconds")] DateTime<Utc>),
    /// Standing since this moment, waiting for the customer.
    Paused(#[serde(with = "chrono::serde::ts_seconds")] DateTime<Utc>),
    /// The promise was answered at this moment, in time or late.
    Met(#[serde(with = "chrono::serde::ts_seconds")] DateTime<Utc>),
    /// Ended without an answer: resolved without reply, or merged into another ticket.
    Stopped(#[serde(with = "chrono::serde::ts_seconds")] DateTime<Utc>),
}

/// One clock of a ticket.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    target: Option<Target>,
    phase: Phase,
    #[serde(default, rename = "used", skip_serializing_if = "is_zero")]
    used_seconds: i64,
    #[serde(default, rename = "paused", skip_serializing_if = "is_zero")]
    paused_seconds: i64,
    #[serde(default, rename = "due", skip_serializing_if = "Option::is_none", with = "chrono::serde::ts_seconds_option")]
    due_at: Option<DateTime<Utc>>,
    #[serde(default, rename = "warn", skip_serializing_if = "Option::is_none", with = "chrono::serde::ts_seconds_option")]
    warn_at: Option<DateTime<Utc>>,
    #[serde(default, rename = "breached", skip_serializing_if = "Option::is_none", with = "chrono::serde::ts_seconds_option")]
    breached_at: Option<DateTime<Utc>>,
    /// The highest percentage that was told.
    #[serde(default, rename = "told", skip_serializing_if = "is_zero_percent")]
    told_percent: u8,
    #[serde(default, rename = "told_breach", skip_serializing_if = "std::ops::Not::not")]
    told_breach: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for; fires on 64-bit targets only")]
fn is_zero(value: &i64) -> bool {
    *value == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
fn is_zero_percent(value: &u8) -> bool {
    *value == 0
}

/// The measure of a stretch of time for one ticket: its calendar, and when its policy warns.
#[derive(Clone, Copy)]
pub(super) struct Measure<'a> {
    pub calendar: &'a Calendar,
    pub warn_percent: &'a [u8],
}

/// Something that a clock has to tell, at a moment. `None` as percent is the breach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Telling {
    pub percent: Option<u8>,
    pub at: DateTime<Utc>,
}

impl Clock {
    pub(super) fn new(target: Option<Target>) -> Self {
        Self { target, ..Self::default() }
    }

    /// What the clock is doing.
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// The promise; `None` when nothing is promised.
    pub fn target(&self) -> Option<Target> {
        self.target
    }

    /// The deadline while the clock runs; `None` while it does not, when nothing is promised, and when the calendar
    /// has no working time.
    pub fn due_at(&self) -> Option<DateTime<Utc>> {
        self.due_at
    }

    /// When the first warning is due, while the clock runs.
    pub fn warn_at(&self) -> Option<DateTime<Utc>> {
        self.warn_at
    }

    /// The deadline that was missed, once it is known to be missed.
    pub fn breached_at(&self) -> Option<DateTime<Utc>> {
        self.breached_at
    }

    /// When the promise was answered.
    pub fn met_at(&self) -> Option<DateTime<Utc>> {
        match self.phase {
            Phase::Met(at) => Some(at),
            _ => None,
        }
    }

    /// Whether the clock still runs towards the promise of which this warning was told: not once the promise is kept, and not when the clock
    /// has begun anew.
    pub fn still_warns(&self, percent: u8) -> bool {
        matches!(self.phase, Phase::Running(_)) && self.told_percent >= percent
    }

    /// Whether somebody waits for this answer: the clock runs or is paused.
    pub fn is_active(&self) -> bool {
        matches!(self.phase, Phase::Running(_) | Phase::Paused(_))
    }

    /// Seconds used up until `now`, in the clock's hours.
    pub fn used_seconds(&self, now: DateTime<Utc>, calendar: &Calendar) -> i64 {
        match self.phase {
            Phase::Running(since) => self.used_seconds + self.between(calendar, since, now),
            _ => self.used_seconds,
        }
    }

    /// Seconds that the clock has stood paused until `now`, in the clock's hours.
    pub fn paused_seconds(&self, now: DateTime<Utc>, calendar: &Calendar) -> i64 {
        match self.phase {
            Phase::Paused(since) => self.paused_seconds + self.between(calendar, since, now),
            _ => self.paused_seconds,
        }
    }

    /// Begins a new cycle: nothing used up, nothing told.
    pub(super) fn start(&mut self, at: DateTime<Utc>, measure: Measure<'_>) {
        *self = Self { target: self.target, phase: Phase::Running(at), ..Self::default() };
        self.reckon(measure);
    }

    pub(super) fn pause(&mut self, at: DateTime<Utc>, measure: Measure<'_>) {
        if let Phase::Running(since) = self.phase {
            self.settle(at, measure.calendar);
            self.enter(Phase::Paused(at.max(since)), measure);
        }
    }

    pub(super) fn resume(&mut self, at: DateTime<Utc>, measure: Measure<'_>) {
        if let Phase::Paused(since) = self.phase {
            self.settle(at, measure.calendar);
            self.enter(Phase::Running(at.max(since)), measure);
        }
    }

    pub(super) fn meet(&mut self, at: DateTime<Utc>, measure: Measure<'_>) {
        if let Phase::Running(since) | Phase::Paused(since) = self.phase {
            self.settle(at, measure.calendar);
            self.enter(Phase::Met(at.max(since)), measure);
        }
    }

    pub(super) fn stop(&mut self, at: DateTime<Utc>, measure: Measure<'_>) {
        if let Phase::Running(since) | Phase::Paused(since) = self.phase {
            self.settle(at, measure.calendar);
            self.enter(Phase::Stopped(at.max(since)), measure);
        }
    }

    /// Goes on after the end, from what was used up; the time since then does not count.
    pub(super) fn go_on(&mut self, at: DateTime<Utc>, measure: Measure<'_>) {
        if let Phase::Met(since) | Phase::Stopped(since) = self.phase {
            self.enter(Phase::Running(at.max(since)), measure);
            self.forgive(at);
        }
    }

    /// Notes that the deadline passed before `at`.
    pub(super) fn note_breach(&mut self, at: DateTime<Utc>) {
        if let Some(due) = self.due_at.filter(|due| *due < at) {
            self.breached_at.get_or_insert(due);
        }
    }

    /// Takes another promise: what was used up and paused until now, in the old hours, is carried over. Returns the
    /// breach of the old promise, if nobody was told of it.
    pub(super) fn change_target(
        &mut self,
        target: Option<Target>,
        at: DateTime<Utc>,
        old: &Calendar,
        measure: Measure<'_>,
    ) -> Option<DateTime<Utc>> {
        self.settle(at, old);
        let untold = self.take_known_breach();
        self.target = target;
        self.warn_again(self.used_seconds);
        self.reckon(measure);
        self.forgive(at);
        // More was used up than is promised now: that is late at once, not a second later.
        if let (Phase::Running(since), Some(target)) = (self.phase, target)
            && self.used_seconds > target.seconds
        {
            self.breached_at.get_or_insert(since);
        }
        untold
    }

    /// Counts the current stretch anew by an edited calendar; what was carried over before it stays. Warnings of a share that is
    /// ahead again will be told again.
    pub(super) fn change_calendar(&mut self, at: DateTime<Utc>, measure: Measure<'_>) {
        self.reckon(measure);
        if self.is_active() {
            self.warn_again(self.used_seconds(at, measure.calendar));
        }
        self.forgive(at);
    }

    /// The tellings that are not told yet, each with its moment, in order.
    pub(super) fn tellings(&self, measure: Measure<'_>) -> Vec<Telling> {
        let breach = self.breach_to_tell().map(|at| Telling { percent: None, at });
        let mut out: Vec<Telling> = Vec::new();
        if let (Phase::Running(since), Some(due)) = (self.phase, self.due_at) {
            for percent in measure.warn_percent.iter().copied().filter(|percent| *percent > self.told_percent) {
                let Some(at) = self.moment_of(percent, since, measure.calendar) else { continue };
                // Of the warnings that were passed before this stretch only the last one is worth telling.
                if at == since {
                    out.clear();
                }
                if at < due && self.breached_at.is_none() {
                    out.push(Telling { percent: Some(percent), at });
                }
            }
        }
        out.extend(breach);
        out
    }

    /// Notes the breach, if the deadline has passed before `now`, and hands out what is due to be told by then; each only once.
    /// Warnings that the breach has overtaken are dropped.
    pub(super) fn take_tellings(&mut self, now: DateTime<Utc>, measure: Measure<'_>) -> Vec<Telling> {
        let mut due: Vec<Telling> = self.tellings(measure);
        due.retain(|telling| telling.at < now || (telling.at == now && telling.percent.is_some()));
        if due.iter().any(|telling| telling.percent.is_none()) {
            self.breached_at = self.breached_at.or(self.due_at);
            self.told_breach = true;
            due.retain(|telling| telling.percent.is_none());
        }
        if let Some(highest) = due.iter().filter_map(|telling| telling.percent).max() {
            self.told_percent = self.told_percent.max(highest);
        }
        due
    }

    /// Hands out the breach that is known and not told yet.
    pub(super) fn take_known_breach(&mut self) -> Option<DateTime<Utc>> {
        let breached_at = self.breached_at.filter(|_| !self.told_breach)?;
        self.told_breach = true;
        Some(breached_at)
    }

    /// Forgets that warnings were told whose share is more than `used` seconds.
    fn warn_again(&mut self, used: i64) {
        if let Some(target) = self.target {
            // The highest percentage whose seconds, rounded down as in `moment_of`, are used up.
            let percent = (used.saturating_add(1).saturating_mul(100) - 1) / target.seconds.max(1);
            let percent = u8::try_from(percent.clamp(0, 100)).unwrap_or(100);
            self.told_percent = self.told_percent.min(percent);
        }
    }

    fn breach_to_tell(&self) -> Option<DateTime<Utc>> {
        if self.told_breach { None } else { self.breached_at.or(self.due_at) }
    }

    fn enter(&mut self, phase: Phase, measure: Measure<'_>) {
        self.phase = phase;
        self.reckon(measure);
    }

    /// Adds the current stretch to what was used up or paused, and begins another stretch at `at`.
    fn settle(&mut self, at: DateTime<Utc>, calendar: &Calendar) {
        match self.phase {
            Phase::Running(since) => {
                self.used_seconds += self.between(calendar, since, at);
                self.phase = Phase::Running(at.max(since));
            }
            Phase::Paused(since) => {
                self.paused_seconds += self.between(calendar, since, at);
                self.phase = Phase::Paused(at.max(since));
            }
            Phase::Idle | Phase::Met(_) | Phase::Stopped(_) => {}
        }
    }

    /// Works out the deadline and the first warning of the current stretch.
    fn reckon(&mut self, measure: Measure<'_>) {
        self.due_at = None;
        self.warn_at = None;
        if let Phase::Running(since) = self.phase {
            self.due_at = self.moment_of(100, since, measure.calendar);
            self.warn_at = measure
                .warn_percent
                .first()
                .filter(|_| self.due_at.is_some())
                .and_then(|percent| self.moment_of(*percent, since, measure.calendar));
        }
    }

    /// A breach ends when a new promise or calendar puts the deadline ahead again: it may then be missed once more.
    fn forgive(&mut self, at: DateTime<Utc>) {
        let kept = match self.phase {
            Phase::Running(_) => self.due_at.is_none_or(|due| due > at),
            Phase::Paused(_) => self.target.is_none_or(|target| self.used_seconds < target.seconds),
            Phase::Idle | Phase::Met(_) | Phase::Stopped(_) => false,
        };
        if kept {
            self.breached_at = None;
            self.told_breach = false;
        }
    }

    /// When `percent` of the promised time is used up; the stretch's beginning, if it was used up before.
    fn moment_of(&self, percent: u8, since: DateTime<Utc>, calendar: &Calendar) -> Option<DateTime<Utc>> {
        let target = self.target?;
        let left = target.seconds.saturating_mul(i64::from(percent)) / 100 - self.used_seconds;
        match target.hours {
            Hours::Business => business_time::add_business(calendar, since, left),
            Hours::Calendar => DateTime::from_timestamp(since.timestamp().checked_add(left.max(0))?, 0),
        }
    }

    fn between(&self, calendar: &Calendar, a: DateTime<Utc>, b: DateTime<Utc>) -> i64 {
        match self.target.map_or(Hours::Business, |target| target.hours) {
            Hours::Business => business_time::business_between(calendar, a, b),
            Hours::Calendar => (b.timestamp() - a.timestamp()).max(0),
        }
    }
}
