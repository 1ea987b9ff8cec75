//! A ticket's promise of time, as lists and the side panel show it.

use serde::Serialize;

use super::{Moment, Span};

/// One clock: state, due moment and what is left of business time.
///
/// The browser goes on ticking from here by itself: while `counts_until_ms` lies ahead, business time runs as wall time does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Clock {
    /// `ok`, `warning`, `breached`, `paused`, `met`, or `none` where no policy gives a deadline.
    pub state: String,
    /// Which promise: `first_response`, `next_response`, `resolution`.
    pub target: String,
    /// When it is due; none while paused and where there is no deadline.
    #[serde(default)]
    pub due: Option<Moment>,
    /// Business time left; over when breached.
    #[serde(default)]
    pub left: Option<Span>,
    /// When the clock, if it runs now, stops for the night; none when it stands still.
    #[serde(default)]
    pub counts_until_ms: Option<i64>,
    /// When the state turns from ok to warning.
    #[serde(default)]
    pub warns_ms: Option<i64>,
    /// When it was met, for `met`.
    #[serde(default)]
    pub met: Option<Moment>,
}

/// Everything about one ticket's SLA.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Panel {
    /// Name of the policy that matched.
    pub policy: String,
    /// Name of the calendar.
    pub calendar: String,
    /// Its IANA zone.
    pub time_zone: String,
    /// Whether business is open at this moment.
    pub open_now: bool,
    /// Business time spent paused so far.
    #[serde(default)]
    pub paused: Option<Span>,
    /// The clocks, in the order first response, next response, resolution; those without a target are left out.
    pub clocks: Vec<Clock>,
}
