//! Signing in by providers of identities (`OpenID` Connect, SAML): set up, tried out, and gone through.

pub mod configure;
pub mod end;
mod enter;
mod exchange;
pub mod finish;
pub mod identities;
pub mod probe;
mod reach;
pub mod reseal;
pub mod saml;
pub mod sign_out;
pub mod start;
pub mod steps;
