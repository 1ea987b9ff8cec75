//! Service levels: what a tenant promised, and how much of the promise is used up.
//!
//! A [`Policy`] says which tickets it is for and how long each kind of answer may take; [`match_policy`] finds the
//! first one that fits. [`Clocks`] is the state of one ticket: three clocks (first response, next response,
//! resolution) driven by events, stored as JSON with the ticket. Nothing here reads the time: each event carries its
//! moment, and the calendar comes as an argument, so the same events always give the same deadlines.
//!
//! Source of the rules: specification 2.2 and 2.11.2.

mod clock;
mod clocks;
mod miss;
mod policy;
mod policy_form;
mod priority;
mod status;
mod tenant_config;
mod thanks;

pub use clock::{Clock, Phase};
pub use clocks::{ClockKind, Clocks, DueColumns, DueKind, DueMoment, Event};
pub use miss::{Miss, MissState, miss};
pub use policy::{Facts, Policy, Target, Terms, match_policy};
pub use policy_form::{Conditions, Hours, HoursPerTarget, Notices, PolicyIn, Reopen, Targets, TargetsPerPriority};
pub use priority::Priority;
pub use status::{
    ClockExplanation, Explanation, Preview, State, Status, explain, explain_clocks, explain_light, explain_one, preview, state,
};
pub use tenant_config::{TenantSla, from_tenant_config};
pub use thanks::{is_thanks_only, is_thanks_only_among};

#[cfg(test)]
mod tests;
