//! The desk's pages of mail: the log of what went out, and what came in and waits.

pub mod discard;
pub mod log;
pub mod reprocess;
pub mod retry;
pub mod unprocessed;
