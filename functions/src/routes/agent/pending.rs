//! Messages that wait on a ticket to go out: their writers take them back, or send them at once.

pub mod send;
pub mod take_back;
