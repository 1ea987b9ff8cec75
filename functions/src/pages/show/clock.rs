//! SLA clocks as pages show them: a state, a moment, and what the browser needs to go on ticking by itself.

use chrono::{DateTime, Utc};
use shared::business_time::{self, Calendar};
use shared::sla::{self, ClockExplanation, ClockKind, Clocks, State};

use crate::pages::view::sla::{Clock, Panel};
use crate::pages::view::{Moment, Span};

/// The one clock of a list row: the one that matters most now.
pub fn of_row(clocks: &Clocks, now: DateTime<Utc>, calendar: &Calendar) -> Option<Clock> {
    sla::explain_light(clocks, now, calendar).map(|clock| one(&clock, now, calendar))
}

/// One clock of a ticket by itself.
pub fn of_kind(clocks: &Clocks, kind: ClockKind, now: DateTime<Utc>, calendar: &Calendar) -> Option<Clock> {
    sla::explain_one(clocks, kind, now, calendar).map(|clock| one(&clock, now, calendar))
}

/// All clocks of a ticket, for the side panel.
pub fn panel(clocks: &Clocks, policy: String, calendar_name: String, now: DateTime<Utc>, calendar: &Calendar) -> Panel {
    let explanation = sla::explain(clocks, now, calendar);
    let paused = explanation.clocks.iter().map(|clock| clock.paused_seconds).max().filter(|seconds| *seconds > 0);
    Panel {
        policy,
        calendar: calendar_name,
        time_zone: calendar.zone().name().to_owned(),
        open_now: explanation.open_now,
        paused: paused.map(|seconds| Span::from_ms(seconds * 1000)),
        clocks: explanation.clocks.iter().map(|clock| one(clock, now, calendar)).collect(),
    }
}

fn one(clock: &ClockExplanation, now: DateTime<Utc>, calendar: &Calendar) -> Clock {
    let running = matches!(clock.state, Some(State::Ok | State::Warning | State::Breached)) && clock.met_at.is_none();
    let around_the_clock = clock.hours == sla::Hours::Calendar || calendar.is_always_open();
    let counts_until = if !running {
        None
    } else if around_the_clock {
        // Business time runs as wall time does: the page may count for as long as it stays open.
        Some(now + chrono::TimeDelta::days(30))
    } else {
        business_time::closes_at(calendar, now)
    };
    Clock {
        state: clock.state.map_or("none", State::as_str).to_owned(),
        target: clock.clock.as_str().to_owned(),
        due: clock.due_at.or(clock.breached_at).map(Moment::from),
        left: clock.met_at.is_none().then(|| Span::from_ms(clock.remaining_seconds * 1000)),
        counts_until_ms: counts_until.map(|at| at.timestamp_millis()),
        warns_ms: clock.warn_at.map(|at| at.timestamp_millis()),
        met: clock.met_at.map(Moment::from),
    }
}
