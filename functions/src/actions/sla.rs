//! Service levels at work: which promises a new or changed ticket gets, and what its clocks leave behind in rows.

pub mod clocks;
