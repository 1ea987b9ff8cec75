//! How the promises on a ticket stand, as the API answers it.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::Named;
use crate::business_time::Calendar;
use crate::sla::{self, ClockKind, Explanation, State};

/// How the promises stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SlaView {
    /// The light; absent when no clock has anything to say.
    pub state: Option<State>,
    /// The clock that the light is about.
    pub clock: Option<ClockKind>,
    /// The deadline, the beginning of the pause, or the moment of the answer.
    pub at: Option<DateTime<Utc>>,
    /// Seconds left in the hours of that clock; negative when overdue.
    pub remaining_business_seconds: Option<i64>,
    /// Staff only: the policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<Named>,
    /// The first answer.
    pub first_response: Option<SlaClockView>,
    /// The answer to the latest open question.
    pub next_response: Option<SlaClockView>,
    /// The resolution.
    pub resolution: Option<SlaClockView>,
    /// All numbers behind it; the single ticket tells them, lists do not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Explanation>,
}

/// How one promise stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SlaClockView {
    /// How it stands; absent when it ended without an answer, in time.
    pub state: Option<State>,
    /// The deadline, while the clock runs.
    pub due_at: Option<DateTime<Utc>>,
    /// When it was answered.
    pub met_at: Option<DateTime<Utc>>,
    /// Seconds left in the clock's hours; negative when overdue.
    pub remaining_business_seconds: i64,
}

impl SlaView {
    /// How the clocks stand at `now`, with all numbers.
    pub fn of(clocks: &sla::Clocks, policy_name: Option<&str>, now: DateTime<Utc>, calendar: &Calendar) -> Self {
        let explanation = sla::explain(clocks, now, calendar);
        let view = Self::from_clocks(clocks, policy_name, &explanation.clocks, explanation.status);
        Self { explanation: Some(explanation), ..view }
    }

    /// The same for a row of a list: without the numbers behind it.
    pub fn in_list(clocks: &sla::Clocks, policy_name: Option<&str>, now: DateTime<Utc>, calendar: &Calendar) -> Self {
        let (explained, light) = sla::explain_clocks(clocks, now, calendar);
        Self::from_clocks(clocks, policy_name, &explained, light)
    }

    fn from_clocks(
        clocks: &sla::Clocks,
        policy_name: Option<&str>,
        explained: &[sla::ClockExplanation],
        light: Option<sla::Status>,
    ) -> Self {
        let clock = |kind: ClockKind| {
            explained.iter().find(|clock| clock.clock == kind).map(|clock| SlaClockView {
                state: clock.state,
                due_at: clock.due_at,
                met_at: clock.met_at,
                remaining_business_seconds: clock.remaining_seconds,
            })
        };
        Self {
            state: light.map(|status| status.state),
            clock: light.map(|status| status.clock),
            at: light.and_then(|status| status.at),
            remaining_business_seconds: light.map(|status| status.remaining_seconds),
            policy: clocks.policy_id().map(|id| Named { id: id.to_owned(), name: policy_name.unwrap_or(id).to_owned() }),
            first_response: clock(ClockKind::FirstResponse),
            next_response: clock(ClockKind::NextResponse),
            resolution: clock(ClockKind::Resolution),
            explanation: None,
        }
    }
}
