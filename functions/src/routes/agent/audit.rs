//! The desk's pages of the audit log: its lines, and the verdict on it.

pub mod log;
pub mod verdict;
