//! The service provider of SAML 2.0 against identity providers: one that is played here and can lie in any one thing, and real ones.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    reason = "a test fails by panicking"
)]

mod corpus;
#[path = "../../../tests/src/native/cryptography.rs"]
mod cryptography;
mod decisions;
mod encrypted;
mod encryption;
mod metadata;
mod provider;
mod queries;
mod signatures;
mod signing_out;
mod wrapping;
