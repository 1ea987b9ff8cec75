//! Passkeys: making them, signing in by them, proving anew by them, looking after them.
//!
//! A passkey is two factors at once: the device that holds it, and the PIN or biometry that the device asks for, which is demanded of every
//! use. So it lets in without a password, stands in for the code after one, and satisfies whoever asks for a second factor.

pub mod assert;
pub mod challenge;
pub mod keep;
pub mod register;
pub mod sign_in;

use shared::auth::webauthn::Place;

use crate::context::Ctx;

/// Where the tenant's passkeys are good: its canonical host, whatever host the request came to. Never taken from a request.
fn place(ctx: &Ctx<'_>) -> Place {
    Place { host: ctx.tenant.host().to_owned(), origin: ctx.link("") }
}
