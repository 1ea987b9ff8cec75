//! The pages of the client portal.

pub mod close;
pub mod create;
pub mod followers;
pub mod home;
pub mod new;
pub mod reopen;
pub mod reply;
pub mod search;
pub mod ticket;
pub mod tickets;
