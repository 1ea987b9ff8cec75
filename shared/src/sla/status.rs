//! What to show of a ticket's clocks: the light, the deadline, the time left. Numbers only; the words are elsewhere.

use chrono::{DateTime, SubsecRound, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::business_time::{self, Calendar};

use super::clock::{Clock, Phase};
use super::clocks::{ClockKind, Clocks};
use super::policy::{Policy, Terms};
use super::policy_form::Hours;
use super::priority::Priority;

/// How a promise stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Enough time is left.
    Ok,
    /// The first warning percentage is used up.
    Warning,
    /// The deadline has passed, or the answer came after it.
    Breached,
    /// Waiting for the customer.
    Paused,
    /// Answered in time.
    Met,
}

impl State {
    /// The name in JSON and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warning => "warning",
            Self::Breached => "breached",
            Self::Paused => "paused",
            Self::Met => "met",
        }
    }
}

/// The light of a ticket: the clock that matters most now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Status {
    /// Whose state it is.
    pub clock: ClockKind,
    /// How it stands.
    pub state: State,
    /// The deadline (`ok`, `warning`, `breached`), the beginning of the pause, or the moment of the answer (`met`).
    pub at: Option<DateTime<Utc>>,
    /// Seconds left in the hours of the clock; negative when overdue.
    pub remaining_seconds: i64,
}

/// Everything about a ticket's clocks, for a person who asks why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Explanation {
    /// The policy that applies; absent when nothing is promised.
    pub policy_id: Option<String>,
    /// The light.
    pub status: Option<Status>,
    /// Whether it is working time now: only then does business time run down.
    pub open_now: bool,
    /// When working time begins again, if it is not now.
    pub opens_at: Option<DateTime<Utc>>,
    /// The clocks on which something is promised and which have started.
    pub clocks: Vec<ClockExplanation>,
}

/// One clock, explained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ClockExplanation {
    /// Which one.
    pub clock: ClockKind,
    /// How it stands; absent when it ended without an answer, in time.
    pub state: Option<State>,
    /// The hours in which all its seconds are counted.
    pub hours: Hours,
    /// The promise.
    pub target_seconds: i64,
    /// Used up.
    pub elapsed_seconds: i64,
    /// Left; negative when overdue.
    pub remaining_seconds: i64,
    /// Spent waiting for the customer.
    pub paused_seconds: i64,
    /// Since when it waits for the customer, if it does.
    pub paused_since: Option<DateTime<Utc>>,
    /// The deadline, while the clock runs.
    pub due_at: Option<DateTime<Utc>>,
    /// When the first warning is due, while the clock runs.
    pub warn_at: Option<DateTime<Utc>>,
    /// When it was answered.
    pub met_at: Option<DateTime<Utc>>,
    /// The deadline that was missed.
    pub breached_at: Option<DateTime<Utc>>,
}

/// When a ticket would be due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Preview {
    /// The first response.
    pub first_response_due_at: Option<DateTime<Utc>>,
    /// The answer to a question that the client asks at the moment of creation.
    pub next_response_due_at: Option<DateTime<Utc>>,
    /// The resolution.
    pub resolution_due_at: Option<DateTime<Utc>>,
}

/// The light of a ticket at `now`: of the clocks that somebody waits for, the missed ones first, then the one due
/// next; when nobody waits any more, the worst of those that ended. `None` when nothing is promised.
pub fn state(clocks: &Clocks, now: DateTime<Utc>, calendar: &Calendar) -> Option<Status> {
    let (kind, state) = most_urgent(clocks, now)?;
    let clock = clocks.clock(kind);
    Some(Status { clock: kind, state, at: moment_of(clock, state), remaining_seconds: remaining(clock, now, calendar) })
}

/// The light and the clock behind it, for a row of a list: no other clock is counted.
pub fn explain_light(clocks: &Clocks, now: DateTime<Utc>, calendar: &Calendar) -> Option<ClockExplanation> {
    let (kind, _) = most_urgent(clocks, now)?;
    explain_clock(kind, clocks.clock(kind), now, calendar)
}

/// One clock by itself; `None` where nothing is promised by it or it has not started.
pub fn explain_one(clocks: &Clocks, kind: ClockKind, now: DateTime<Utc>, calendar: &Calendar) -> Option<ClockExplanation> {
    explain_clock(kind, clocks.clock(kind), now, calendar)
}

/// The clocks on which something is promised and which have started, and the light of them all.
pub fn explain_clocks(clocks: &Clocks, now: DateTime<Utc>, calendar: &Calendar) -> (Vec<ClockExplanation>, Option<Status>) {
    let explained: Vec<_> =
        ClockKind::ALL.into_iter().filter_map(|kind| explain_clock(kind, clocks.clock(kind), now, calendar)).collect();
    let light = most_urgent(clocks, now).and_then(|(kind, state)| {
        let clock = explained.iter().find(|clock| clock.clock == kind)?;
        let at = moment_of(clocks.clock(kind), state);
        Some(Status { clock: kind, state, at, remaining_seconds: clock.remaining_seconds })
    });
    (explained, light)
}

/// All that can be said about a ticket's clocks at `now`.
pub fn explain(clocks: &Clocks, now: DateTime<Utc>, calendar: &Calendar) -> Explanation {
    let open_now = business_time::is_open(calendar, now);
    let (explained, status) = explain_clocks(clocks, now, calendar);
    Explanation {
        policy_id: clocks.policy_id().map(str::to_owned),
        status,
        open_now,
        opens_at: if open_now { None } else { business_time::next_open(calendar, now) },
        clocks: explained,
    }
}

/// The clock that matters most now, and how it stands. Nothing is counted for it.
fn most_urgent(clocks: &Clocks, now: DateTime<Utc>) -> Option<(ClockKind, State)> {
    ClockKind::ALL
        .into_iter()
        .filter_map(|kind| {
            let clock = clocks.clock(kind);
            let state = clock_state(clock, now)?;
            Some((urgency(kind, clock, state), kind, state))
        })
        .min_by(|(a, ..), (b, ..)| a.cmp(b))
        .map(|(_, kind, state)| (kind, state))
}

/// When a ticket of this priority would be due, if it were created at `created_at`.
pub fn preview(policy: &Policy, priority: Priority, created_at: DateTime<Utc>, calendar: &Calendar) -> Preview {
    let terms: Terms = policy.terms(priority);
    let due = |target: Option<super::policy::Target>| {
        let target = target?;
        match target.hours {
            Hours::Business => business_time::add_business(calendar, created_at, target.seconds),
            Hours::Calendar => DateTime::from_timestamp(created_at.timestamp().checked_add(target.seconds)?, 0),
        }
    };
    Preview {
        first_response_due_at: due(terms.first_response),
        next_response_due_at: due(terms.next_response),
        resolution_due_at: due(terms.resolution),
    }
}

fn clock_state(clock: &Clock, now: DateTime<Utc>) -> Option<State> {
    clock.target()?;
    let broken = clock.breached_at().is_some() || clock.due_at().is_some_and(|due| due < now.trunc_subsecs(0));
    let warned = clock.warn_at().is_some_and(|warn| warn <= now);
    match clock.phase() {
        Phase::Idle => None,
        _ if broken => Some(State::Breached),
        Phase::Running(_) if warned => Some(State::Warning),
        Phase::Running(_) => Some(State::Ok),
        Phase::Paused(_) => Some(State::Paused),
        Phase::Met(_) => Some(State::Met),
        Phase::Stopped(_) => None,
    }
}

/// Smaller is more urgent: active before ended, broken before whole, then by deadline; paused clocks, which have no
/// deadline, come last. Of clocks that have ended alike the resolution is shown.
fn urgency(kind: ClockKind, clock: &Clock, state: State) -> impl Ord + use<> {
    let ended = !clock.is_active();
    let due = clock.due_at();
    let second = matches!((ended, kind), (true, ClockKind::FirstResponse | ClockKind::NextResponse));
    (ended, state != State::Breached, due.is_none(), due, second, kind)
}

fn moment_of(clock: &Clock, state: State) -> Option<DateTime<Utc>> {
    match (state, clock.phase()) {
        (State::Breached, _) => clock.breached_at().or(clock.due_at()),
        (State::Paused, Phase::Paused(since)) => Some(since),
        (State::Met, _) => clock.met_at(),
        _ => clock.due_at(),
    }
}

fn remaining(clock: &Clock, now: DateTime<Utc>, calendar: &Calendar) -> i64 {
    clock.target().map_or(0, |target| target.seconds - clock.used_seconds(now, calendar))
}

fn explain_clock(kind: ClockKind, clock: &Clock, now: DateTime<Utc>, calendar: &Calendar) -> Option<ClockExplanation> {
    let target = clock.target()?;
    if clock.phase() == Phase::Idle {
        return None;
    }
    let state = clock_state(clock, now);
    let elapsed_seconds = clock.used_seconds(now, calendar);
    Some(ClockExplanation {
        clock: kind,
        state,
        hours: target.hours,
        target_seconds: target.seconds,
        elapsed_seconds,
        remaining_seconds: target.seconds - elapsed_seconds,
        paused_seconds: clock.paused_seconds(now, calendar),
        paused_since: match clock.phase() {
            Phase::Paused(since) => Some(since),
            _ => None,
        },
        due_at: clock.due_at(),
        warn_at: clock.warn_at(),
        met_at: clock.met_at(),
        breached_at: match state {
            Some(State::Breached) => clock.breached_at().or(clock.due_at()),
            _ => None,
        },
    })
}
