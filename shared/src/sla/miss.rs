//! What became of a missed promise, and by how much it was missed.
//!
//! While the ticket's clock is still about the deadline that was missed, it knows best: it has counted pauses and carried over what was
//! used up before. A clock that has begun another round, or was given another deadline, knows nothing of the former one any more; then
//! what counts is when it was answered, if it was.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::business_time::{self, Calendar};

use super::clock::{Clock, Phase};
use super::clocks::{ClockKind, Clocks};
use super::policy_form::Hours;

/// What became of a missed promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum MissState {
    /// Somebody still waits.
    Open,
    /// It was answered too late.
    Late,
    /// Nobody waits any more, though it was never answered: solved without a reply, merged, deleted.
    Ended,
    /// The deadline was moved afterwards, by another policy, priority or calendar.
    Moved,
}

impl MissState {
    /// The name in JSON and in texts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Late => "late",
            Self::Ended => "ended",
            Self::Moved => "moved",
        }
    }
}

/// How a missed promise stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Miss {
    /// What became of it.
    pub state: MissState,
    /// In which hours it counts.
    pub hours: Hours,
    /// Seconds beyond the promise, in those hours, until it was answered or until now; `None` when that is not known.
    pub over_seconds: Option<i64>,
}

/// How the promise that was missed at `due_at` stands at `now`. `answered_at` is when it was answered, for clocks that do not know
/// that any more.
pub fn miss(
    clocks: Option<&Clocks>,
    kind: ClockKind,
    due_at: DateTime<Utc>,
    answered_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
    calendar: &Calendar,
) -> Miss {
    let clock = clocks.map(|clocks| clocks.clock(kind));
    let hours = clock.and_then(Clock::target).map_or(Hours::Business, |target| target.hours);
    if let Some((clock, target)) = clock.and_then(|clock| Some((clock, clock.target()?)))
        && clock.breached_at().or(clock.due_at()) == Some(due_at)
    {
        let state = match clock.phase() {
            Phase::Running(_) | Phase::Paused(_) => MissState::Open,
            Phase::Met(_) => MissState::Late,
            Phase::Idle | Phase::Stopped(_) => MissState::Ended,
        };
        return Miss { state, hours, over_seconds: Some((clock.used_seconds(now, calendar) - target.seconds).max(0)) };
    }
    match answered_at {
        Some(at) => Miss { state: MissState::Late, hours, over_seconds: Some(between(hours, due_at, at, calendar)) },
        None => Miss { state: MissState::Moved, hours, over_seconds: None },
    }
}

fn between(hours: Hours, from: DateTime<Utc>, to: DateTime<Utc>, calendar: &Calendar) -> i64 {
    match hours {
        Hours::Business => business_time::business_between(calendar, from, to),
        Hours::Calendar => (to - from).num_seconds().max(0),
    }
}
