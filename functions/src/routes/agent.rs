//! `/agent`: the pages of the desk.

pub mod home;
pub mod queue;
