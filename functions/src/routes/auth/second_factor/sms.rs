//! Codes by SMS in the JSON API.

pub mod begin;
pub mod code;
pub mod confirm;
pub mod remove;
