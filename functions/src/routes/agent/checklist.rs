//! `/agent/tickets/{number}/checklist`: what is to be done on a ticket.

pub mod change;
pub mod show;
