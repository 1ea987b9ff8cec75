//! Service levels at work: which promises a new or changed ticket gets, and what its clocks leave behind in rows.

pub mod breach;
pub mod calendars;
pub mod clocks;
pub mod faults;
pub mod fire;
pub mod policies;
pub mod preview;
pub mod recompute;
pub mod violations;
