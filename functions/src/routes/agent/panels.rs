//! `/agent/tickets/{number}/...`: panels beside a ticket that are asked for when somebody opens them. Pages of their own without browser code.

pub mod requester;
pub mod similar;
