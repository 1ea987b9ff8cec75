//! From rows of the domain to views of the pages.

pub mod audit;
pub mod change;
pub mod choices;
pub mod clock;
pub mod conversation;
pub mod delivery;
pub mod facts;
pub mod forward;
pub mod own_time;
pub mod pending;
pub mod row_groups;
pub mod ticket_row;
pub mod time;
