//! From rows of the domain to views of the pages.

pub mod clock;
pub mod ticket_row;
