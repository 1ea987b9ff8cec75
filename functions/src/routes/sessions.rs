//! Where people are signed in, in the JSON API.

pub mod end;
pub mod end_others;
pub mod list;
