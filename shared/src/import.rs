//! Tables of tickets or people that are brought in: text becomes rows, columns get their meaning, cells become values.
//!
//! All of it is pure. A table is read once, when it comes, into rows of plain UTF-8 of which each stands on a line of its own as JSON; what
//! looks and who writes works on those, from any byte on.

mod cells;
mod columns;
mod faults;
mod people;
mod table;
mod tickets;
mod words;

pub use cells::Cells;
pub use columns::{Field, Kind, Mapping, guess};
pub use faults::{Fault, RowFaults};
pub use people::PersonCells;
pub use table::{Delimiter, Record, Table, Unreadable, read};
pub use tickets::TicketCells;
pub use words::Words;
