//! A service provider of SAML 2.0: what identity providers of companies say about people, taken apart and checked.
//!
//! Everything here is pure: no request, no row, no clock. The cryptography is a parameter ([`Cryptography`]), and that a message is answered
//! once is for the database to say. What was not covered by a signature is never read for anything but a reason to refuse: a signature is
//! checked over a tree of [`xml`], and hands out that tree and nothing else. See `docs/decisions/0019-saml.md`.
//!
//! [`Cryptography`]: crate::auth::cryptography::Cryptography

pub mod assertion;
pub mod certificate;
pub mod connection;
mod der;
pub mod encrypted;
mod fault;
pub mod identity_provider;
mod inflate;
pub mod logout;
mod moment;
mod names;
pub mod redirect;
pub mod request;
pub mod response;
pub mod service_provider;
pub mod signature;
pub mod xml;

pub use fault::Fault;
