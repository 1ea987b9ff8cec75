//! Directories of companies: LDAP version 3 (RFC 4511), as much of it as signing in and keeping people in step take.
//!
//! A directory is somebody else's machine, and may say anything. What it sends is read strictly and within limits: definite lengths,
//! known messages, the number that was asked with, no more entries and bytes than agreed. Whatever else comes ends the conversation.

pub mod ber;
pub mod client;
pub mod filter;
pub mod host;
pub mod identity;
pub mod lookup;
pub mod message;
pub mod settings;

#[cfg(test)]
mod tests;
