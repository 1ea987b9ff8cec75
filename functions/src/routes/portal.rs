//! The pages of the client portal.

pub mod close;
pub mod home;
pub mod new;
pub mod reopen;
pub mod ticket;
pub mod tickets;
