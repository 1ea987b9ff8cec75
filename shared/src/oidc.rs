//! Signing in by `OpenID` Connect: the relying party's half, as decisions over what a provider has said.
//!
//! A provider is somebody else's machine, named by a tenant: it may answer anything. Nothing here asks it anything; what it answered comes
//! in as bytes, and whatever is not exactly what was expected is a [`id_token::Fault`] or a [`discovery::Fault`] with a stable name.

pub mod address;
pub mod attempt;
pub mod discovery;
pub mod id_token;
pub mod key;
pub mod logout_token;
pub mod person;
pub mod settings;
#[cfg(test)]
mod tests;
