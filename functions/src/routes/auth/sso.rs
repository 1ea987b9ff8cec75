//! Signing in by a provider of identities: out to it, and back.

pub mod acs;
pub mod answer;
pub mod backchannel;
pub mod callback;
pub mod logout;
pub mod logout_form;
pub mod metadata;
pub mod start;

use shared::error::ApiError;
use shared::http::Request;
use shared::id::IdentityProviderId;

/// The cookie that goes along: what belongs to the sign-in, sealed.
const COOKIE: &str = "sso";

/// The provider that the path names.
fn id(request: &Request) -> Result<IdentityProviderId, ApiError> {
    IdentityProviderId::parse(request.param("provider")).map_err(|_| ApiError::not_found())
}
