//! OAuth 2.0 for programs: where tokens are given out, and how that is found.

pub mod metadata;
pub mod token;
