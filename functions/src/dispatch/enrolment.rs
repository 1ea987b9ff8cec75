//! People of a role that needs a second factor, and who have none: they are let in to set it up, and nowhere else.
//!
//! It is the present state that counts, not that of the sign-in: whoever is given such a role, or whose tenant comes to ask for a second
//! factor, stands here with the next request, and whoever has set one up is through at once.

use shared::error::ApiError;
use shared::http::Method;

use crate::actions::accounts::second_factor::{enrol, sms};
use crate::context::Ctx;
use crate::routes::Route;

/// What stays open: setting it up, proving who one is, choosing language and theme, and leaving. Whatever is not named here is shut.
const OPEN: &[(Method, &str)] = &[
    (Method::Get, "/api/auth/me"),
    (Method::Get, "/api/auth/2fa"),
    (Method::Post, "/api/auth/2fa/totp"),
    (Method::Post, "/api/auth/2fa/totp/confirm"),
    (Method::Post, "/api/auth/2fa/sms"),
    (Method::Post, "/api/auth/2fa/sms/confirm"),
    (Method::Post, "/api/auth/2fa/sms/code"),
    (Method::Post, "/api/auth/2fa/verify"),
    (Method::Post, "/api/auth/step-up"),
    (Method::Post, "/api/auth/step-up/code"),
    (Method::Post, "/api/auth/step-up/options"),
    (Method::Get, "/api/auth/passkeys"),
    (Method::Post, "/api/auth/passkeys"),
    (Method::Post, "/api/auth/passkeys/options"),
    (Method::Post, "/api/auth/passkeys/sign-in"),
    (Method::Post, "/api/auth/passkeys/sign-in/options"),
    (Method::Post, "/api/auth/login"),
    (Method::Post, "/api/auth/refresh"),
    (Method::Post, "/api/auth/logout"),
    (Method::Post, "/api/auth/logout/everywhere"),
    (Method::Get, "/profile/security"),
    (Method::Get, "/profile/security/setup"),
    (Method::Post, "/profile/security/setup"),
    (Method::Post, "/profile/security/totp"),
    (Method::Post, "/profile/security/phone"),
    (Method::Get, "/profile/security/phone"),
    (Method::Post, "/profile/security/phone/confirm"),
    (Method::Post, "/profile/security/passkeys"),
    (Method::Get, "/login"),
    (Method::Post, "/login"),
    (Method::Get, "/login/sso/{provider}"),
    (Method::Get, "/login/sso/{provider}/callback"),
    (Method::Post, "/login/sso/{provider}/callback"),
    (Method::Post, "/login/sso/{provider}/acs"),
    (Method::Get, "/login/sso/{provider}/logout"),
    (Method::Post, "/login/sso/{provider}/logout"),
    (Method::Get, "/login/verify"),
    (Method::Post, "/login/verify"),
    (Method::Post, "/login/verify/code"),
    (Method::Get, "/login/confirm"),
    (Method::Post, "/login/confirm"),
    (Method::Post, "/login/confirm/code"),
    (Method::Post, "/logout"),
    (Method::Post, "/logout/everywhere"),
    (Method::Post, "/preferences"),
];

/// Whether the person of the request must set a second factor up before anything else. Programs have none; an API key is made by
/// somebody who has proven who they are. A session for whose second factor a provider of identities vouches needs no other.
pub fn is_owed(ctx: &Ctx<'_>) -> bool {
    let is_vouched = ctx.standing.as_ref().is_some_and(|standing| standing.vouched);
    ctx.actor.key().is_none() && enrol::is_required(ctx) && !has_usable_factor(ctx) && !is_vouched
}

/// Whether the person has a second factor that can be given: a number to which nothing is sent any more is none.
fn has_usable_factor(ctx: &Ctx<'_>) -> bool {
    ctx.standing
        .as_ref()
        .is_some_and(|standing| standing.has_totp || standing.has_passkey || (standing.phone.is_some() && sms::is_offered(ctx)))
}

/// Refuses (403 `mfa_enrolment_required`) what is not open to whoever owes one.
pub fn admit(ctx: &Ctx<'_>, route: &Route) -> Result<(), ApiError> {
    if is_owed(ctx) && !OPEN.contains(&(route.method, route.path)) {
        return Err(ApiError::enrolment_required());
    }
    Ok(())
}
