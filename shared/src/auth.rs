//! Proofs of identity: passwords, access tokens, and tokens that we sign ourselves.

pub mod access_token;
pub mod api_key;
pub mod base64url;
mod breached;
pub mod cryptography;
pub mod envelope;
mod guessable;
mod hs256;
pub mod jwk;
pub mod password;
pub mod recovery;
pub mod signer;
pub mod sms;
pub mod totp;
pub mod webauthn;
