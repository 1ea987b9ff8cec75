//! Access tokens: JWT (RFC 7519) signed with HS256, valid for one tenant and one session.
//!
//! The token names its session, and the session is looked up at every request: revocation works at once. The algorithm,
//! audience, issuer and type are checked (RFC 8725); time comes from the caller's clock.

use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};

use super::hs256;
use crate::id::{SessionId, TenantId, UserId};
use crate::limits::ACCESS_TOKEN_SECONDS;

const ISSUER: &str = "workernet";
/// RFC 9068's type for access tokens.
const TYPE: &str = "at+jwt";
/// A token of ours is about 400 bytes; anything much larger is not one.
const TOKEN_BYTES_MAX: usize = 2048;

/// What an access token says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// Issuer, always ours.
    pub iss: String,
    /// The tenant that the token is for.
    pub aud: TenantId,
    /// The person.
    pub sub: UserId,
    /// The session.
    pub sid: SessionId,
    /// Issued at, seconds since 1970.
    pub iat: i64,
    /// Expires at, seconds since 1970.
    pub exp: i64,
}

/// Issues a token.
pub fn issue(
    secret: &str,
    tenant: &TenantId,
    user: &UserId,
    session: &SessionId,
    now: DateTime<Utc>,
) -> Result<String, jsonwebtoken::errors::Error> {
    hs256::install();
    let iat = now.timestamp();
    let claims = Claims {
        iss: ISSUER.to_owned(),
        aud: tenant.clone(),
        sub: user.clone(),
        sid: session.clone(),
        iat,
        exp: iat + ACCESS_TOKEN_SECONDS,
    };
    let header = Header { typ: Some(TYPE.to_owned()), ..Header::new(Algorithm::HS256) };
    jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(secret.as_bytes()))
}

/// The claims of a token that we issued for this tenant and that has not expired; `None` for anything else.
pub fn verify(secret: &str, tenant: &TenantId, token: &str, now: DateTime<Utc>) -> Option<Claims> {
    if token.len() > TOKEN_BYTES_MAX {
        return None;
    }
    hs256::install();
    let mut validation = Validation::new(Algorithm::HS256);
    validation.set_audience(&[tenant.as_str()]);
    validation.set_issuer(&[ISSUER]);
    // The library would read the system's clock; ours comes with the request.
    validation.validate_exp = false;
    validation.set_required_spec_claims(&["exp", "aud", "iss", "sub"]);
    let data = jsonwebtoken::decode::<Claims>(token, &DecodingKey::from_secret(secret.as_bytes()), &validation).ok()?;
    let seconds = now.timestamp();
    // A minute of skew for clocks of other regions.
    let in_time = data.claims.exp > seconds && data.claims.iat <= seconds + 60;
    (in_time && data.header.typ.as_deref() == Some(TYPE)).then_some(data.claims)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids() -> (TenantId, UserId, SessionId) {
        let hex = "0190f5b2c3d47e8f9a0b1c2d3e4f5a6b";
        (
            TenantId::parse(&format!("tnt_{hex}")).unwrap(),
            UserId::parse(&format!("usr_{hex}")).unwrap(),
            SessionId::parse(&format!("ses_{hex}")).unwrap(),
        )
    }

    #[test]
    fn a_token_is_good_for_its_tenant_its_key_and_its_time_only() {
        let (tenant, user, session) = ids();
        let other = TenantId::parse("tnt_ffffffffffffffffffffffffffffffff").unwrap();
        let now = DateTime::from_timestamp(1_760_000_000, 0).unwrap();
        let token = issue("key", &tenant, &user, &session, now).unwrap();
        assert_eq!(verify("key", &tenant, &token, now).unwrap().sub, user);
        assert_eq!(verify("key", &other, &token, now), None);
        assert_eq!(verify("other key", &tenant, &token, now), None);
        assert_eq!(verify("key", &tenant, &token, now + chrono::TimeDelta::seconds(ACCESS_TOKEN_SECONDS)), None);
        assert_eq!(verify("key", &tenant, &token, now - chrono::TimeDelta::hours(1)), None);
    }

    #[test]
    fn an_unsigned_token_is_refused() {
        let (tenant, ..) = ids();
        let now = DateTime::from_timestamp(1_760_000_000, 0).unwrap();
        let token = "eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0.eyJpc3MiOiJ3b3JrZXJuZXQifQ.";
        assert_eq!(verify("key", &tenant, token, now), None);
    }
}
