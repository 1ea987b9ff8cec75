//! The second factor: setting it up and taking it away, and what a code is worth.

pub mod code;
pub mod enrol;
pub mod sms;
pub mod verify;

use shared::id::UserId;
use shared::limits::{CODE_TRIES_PER_ACCOUNT, CODE_TRIES_PER_NETWORK, LOGIN_WINDOW_SECONDS};

use super::throttle::{Throttle, network};
use crate::context::Ctx;

/// Counts tries of a person's codes, wherever they are typed: signing in, proving anew, setting up.
pub(super) fn throttle(ctx: &Ctx<'_>, user: &UserId) -> Throttle {
    Throttle::within(ctx, LOGIN_WINDOW_SECONDS)
        .limit(&["second-factor", user.as_str(), &network(&ctx.network)], CODE_TRIES_PER_NETWORK)
        .limit(&["second-factor", user.as_str()], CODE_TRIES_PER_ACCOUNT)
}
