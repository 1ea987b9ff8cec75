//! Proofs of identity: passwords, access tokens, and tokens that we sign ourselves.

pub mod access_token;
mod guessable;
mod hs256;
pub mod password;
pub mod signer;
