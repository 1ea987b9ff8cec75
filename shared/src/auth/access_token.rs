//! Access tokens: JWT (RFC 7519) signed with HS256, valid for one tenant and one session, or one API key.
//!
//! The token names its session or key, which is looked up at every request: revocation works at once. The algorithm, audience, issuer
//! and type are checked (RFC 8725); time comes from the caller's clock.

use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};

use super::hs256;
use crate::access::{Permission, Permissions};
use crate::id::{ApiKeyId, SessionId, TenantId, UserId};
use crate::limits::{ACCESS_TOKEN_SECONDS, KEY_TOKEN_SECONDS};

const ISSUER: &str = "workernet";
/// RFC 9068's type for access tokens.
const TYPE: &str = "at+jwt";
/// Ours for those that a service account got for an API key: neither kind is taken for the other.
const KEY_TYPE: &str = "key+jwt";
/// A token of ours is about 400 bytes, with every scope 900; anything much larger is not one.
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
    /// The session, of a person's token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sid: Option<SessionId>,
    /// The API key, of a service account's token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<ApiKeyId>,
    /// What a service account asked for (RFC 9068, 2.2.3).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// Issued at, seconds since 1970.
    pub iat: i64,
    /// Expires at, seconds since 1970.
    pub exp: i64,
}

impl Claims {
    fn of(tenant: &TenantId, sub: &UserId, now: DateTime<Utc>, lives_seconds: i64) -> Self {
        let iat = now.timestamp();
        Self {
            iss: ISSUER.to_owned(),
            aud: tenant.clone(),
            sub: sub.clone(),
            sid: None,
            key: None,
            scope: None,
            iat,
            exp: iat + lives_seconds,
        }
    }

    /// What the token lets its holder do at most, where it says so.
    pub fn scopes(&self) -> Option<Permissions> {
        self.scope.as_deref().map(|scope| scope.split(' ').filter_map(Permission::parse).collect())
    }
}

/// The names of permissions as OAuth writes them.
pub fn scope(permissions: Permissions) -> String {
    permissions.iter().map(Permission::as_str).collect::<Vec<_>>().join(" ")
}

/// Issues a token of a person's session.
pub fn issue(
    secret: &str,
    tenant: &TenantId,
    user: &UserId,
    session: &SessionId,
    now: DateTime<Utc>,
) -> Result<String, jsonwebtoken::errors::Error> {
    let claims = Claims::of(tenant, user, now, ACCESS_TOKEN_SECONDS);
    signed(secret, TYPE, &Claims { sid: Some(session.clone()), ..claims })
}

/// Issues a token of a service account's key, good for `scopes` at most.
pub fn issue_for_key(
    secret: &str,
    tenant: &TenantId,
    account: &UserId,
    key: &ApiKeyId,
    scopes: Permissions,
    now: DateTime<Utc>,
) -> Result<String, jsonwebtoken::errors::Error> {
    let claims = Claims::of(tenant, account, now, KEY_TOKEN_SECONDS);
    signed(secret, KEY_TYPE, &Claims { key: Some(key.clone()), scope: Some(scope(scopes)), ..claims })
}

fn signed(secret: &str, kind: &str, claims: &Claims) -> Result<String, jsonwebtoken::errors::Error> {
    hs256::install();
    let header = Header { typ: Some(kind.to_owned()), ..Header::new(Algorithm::HS256) };
    jsonwebtoken::encode(&header, claims, &EncodingKey::from_secret(secret.as_bytes()))
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
    let claims = data.claims;
    let is_whole = match data.header.typ.as_deref() {
        Some(TYPE) => claims.sid.is_some() && claims.key.is_none(),
        Some(KEY_TYPE) => claims.sid.is_none() && claims.key.is_some() && claims.scope.is_some(),
        _ => false,
    };
    (in_time && is_whole).then_some(claims)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;
    use crate::auth::base64url;

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
    fn a_token_of_a_key_is_of_its_own_kind_and_short_lived() {
        let (tenant, user, session) = ids();
        let key = ApiKeyId::parse("key_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b").unwrap();
        let scopes = Permissions::of(&[Permission::TicketRead, Permission::TicketReply]);
        let now = DateTime::from_timestamp(1_760_000_000, 0).unwrap();
        let token = issue_for_key("key", &tenant, &user, &key, scopes, now).unwrap();
        let claims = verify("key", &tenant, &token, now).unwrap();
        assert_eq!((claims.sid.as_ref(), claims.key.as_ref(), claims.scopes()), (None, Some(&key), Some(scopes)));
        assert_eq!(claims.scope.as_deref(), Some("ticket.read ticket.reply"));
        assert_eq!(verify("key", &tenant, &token, now + chrono::TimeDelta::seconds(KEY_TOKEN_SECONDS)), None);
        // Under the other kind's name neither is believed.
        let of_session = Claims { sid: Some(session), ..Claims::of(&tenant, &user, now, 60) };
        assert_eq!(verify("key", &tenant, &signed("key", KEY_TYPE, &of_session).unwrap(), now), None);
        assert_eq!(verify("key", &tenant, &signed("key", TYPE, &claims).unwrap(), now), None);
        let everything = issue_for_key("key", &tenant, &user, &key, Permissions::of(&Permission::ALL), now).unwrap();
        assert!(verify("key", &tenant, &everything, now).is_some(), "{} bytes", everything.len());
    }

    const NOW: i64 = 1_760_000_000;

    /// A token of this header and these claims with a signature by `key` that is right.
    fn forged(key: &str, header: &Value, claims: &Value) -> String {
        hs256::install();
        let said = [header, claims].map(|part| base64url::encode(part.to_string().as_bytes())).join(".");
        let signature =
            jsonwebtoken::crypto::sign(said.as_bytes(), &EncodingKey::from_secret(key.as_bytes()), Algorithm::HS256).unwrap();
        format!("{said}.{signature}")
    }

    /// What a token of ours says, with some of it said otherwise; `null` leaves it out.
    fn said(mut ours: Value, otherwise: &Value) -> Value {
        for (name, value) in otherwise.as_object().unwrap() {
            if value.is_null() {
                ours.as_object_mut().unwrap().remove(name);
            } else {
                ours[name] = value.clone();
            }
        }
        ours
    }

    fn believed(key: &str, header: &Value, claims: &Value) -> bool {
        let (tenant, user, session) = ids();
        let ours = json!({ "iss": ISSUER, "aud": tenant, "sub": user, "sid": session, "iat": NOW, "exp": NOW + 60 });
        let token = forged(key, &said(json!({ "alg": "HS256", "typ": TYPE }), header), &said(ours, claims));
        verify("key", &tenant, &token, DateTime::from_timestamp(NOW, 0).unwrap()).is_some()
    }

    #[test]
    fn no_header_changes_how_a_token_is_checked() {
        assert!(believed("key", &json!({}), &json!({})));
        for algorithm in ["none", "None", "NONE", "", "HS384", "HS512", "RS256", "ES256", "EdDSA", "PS256", "hs256"] {
            assert!(!believed("key", &json!({ "alg": algorithm }), &json!({})), "{algorithm}");
        }
        for kind in [json!(null), json!("JWT"), json!("logout+jwt"), json!("id+jwt"), json!(KEY_TYPE), json!("AT+JWT")] {
            assert!(!believed("key", &json!({ "typ": kind }), &json!({})), "{kind}");
        }
        // Keys that the token brings or names: signed by one of them it is not believed.
        let own = base64url::encode(b"of the attacker");
        for header in [
            json!({ "jwk": { "kty": "oct", "k": own, "alg": "HS256" } }),
            json!({ "jku": "https://evil.example/keys" }),
            json!({ "x5u": "https://evil.example/chain" }),
            json!({ "kid": "../../dev/null" }),
            json!({ "kid": "' UNION SELECT 'of the attacker'--" }),
        ] {
            assert!(!believed("of the attacker", &header, &json!({})), "{header}");
            assert!(!believed("", &header, &json!({})), "{header}");
        }
    }

    #[test]
    fn an_unsigned_token_is_refused() {
        let (tenant, ..) = ids();
        let now = DateTime::from_timestamp(NOW, 0).unwrap();
        let whole = issue("key", &tenant, &ids().1, &ids().2, now).unwrap();
        let said = whole.rsplit_once('.').unwrap().0;
        for unsigned in [said.to_owned(), format!("{said}."), format!("{said}.AA"), format!("{said}.{}", "A".repeat(43))] {
            assert_eq!(verify("key", &tenant, &unsigned, now), None);
        }
    }

    #[test]
    fn what_a_token_lacks_or_says_otherwise_makes_it_worthless() {
        let (other, two) = ("tnt_ffffffffffffffffffffffffffffffff", json!([ids().0, "tnt_ffffffffffffffffffffffffffffffff"]));
        for claims in [
            json!({ "iss": "elsewhere" }),
            json!({ "iss": null }),
            json!({ "aud": other }),
            json!({ "aud": two }),
            json!({ "aud": null }),
            json!({ "sub": null }),
            json!({ "sub": "' OR 1=1--" }),
            json!({ "sid": null }),
            json!({ "exp": NOW }),
            json!({ "exp": null }),
            json!({ "exp": "9999999999" }),
            json!({ "iat": NOW + 61 }),
            json!({ "iat": null }),
            json!({ "key": "key_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b" }),
            json!({ "scope": "x".repeat(TOKEN_BYTES_MAX) }),
        ] {
            assert!(!believed("key", &json!({}), &claims), "{claims}");
        }
    }

    #[test]
    fn every_single_change_of_a_character_breaks_the_token() {
        let (tenant, user, session) = ids();
        let now = DateTime::from_timestamp(NOW, 0).unwrap();
        let token = issue("key", &tenant, &user, &session, now).unwrap();
        for place in 0..token.len() {
            for sign in ["A", "-", ".", ""] {
                let mut changed = token.clone();
                changed.replace_range(place..=place, sign);
                assert!(changed == token || verify("key", &tenant, &changed, now).is_none(), "{changed}");
            }
        }
    }

    proptest! {
        #[test]
        fn whatever_comes_as_a_token_is_refused(noise in "\\PC{0,300}", parts in prop::collection::vec("[A-Za-z0-9_-]{0,80}", 0..5)) {
            let now = DateTime::from_timestamp(NOW, 0).unwrap();
            prop_assert_eq!(verify("key", &ids().0, &noise, now), None);
            prop_assert_eq!(verify("key", &ids().0, &parts.join("."), now), None);
        }
    }

    #[test]
    fn a_token_names_a_session_or_a_key_and_never_both_or_neither() {
        let (tenant, user, session) = ids();
        let key = ApiKeyId::parse("key_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b").unwrap();
        let now = DateTime::from_timestamp(1_760_000_000, 0).unwrap();
        for sid in [None, Some(session)] {
            for key in [None, Some(key.clone())] {
                for scope in [None, Some("ticket.read".to_owned())] {
                    let claims = Claims {
                        sid: sid.clone(),
                        key: key.clone(),
                        scope: scope.clone(),
                        ..Claims::of(&tenant, &user, now, 60)
                    };
                    let believed = |kind: &str| verify("key", &tenant, &signed("key", kind, &claims).unwrap(), now).is_some();
                    assert_eq!(believed(TYPE), sid.is_some() && key.is_none(), "{claims:?}");
                    assert_eq!(believed(KEY_TYPE), sid.is_none() && key.is_some() && scope.is_some(), "{claims:?}");
                    assert!(!believed("JWT"), "{claims:?}");
                }
            }
        }
    }

    #[test]
    fn a_token_of_the_future_is_refused_beyond_a_minute_of_skew() {
        let (tenant, user, session) = ids();
        let now = DateTime::from_timestamp(1_760_000_000, 0).unwrap();
        let token = issue("key", &tenant, &user, &session, now).unwrap();
        assert!(verify("key", &tenant, &token, now - chrono::TimeDelta::seconds(60)).is_some());
        assert_eq!(verify("key", &tenant, &token, now - chrono::TimeDelta::seconds(61)), None);
    }

    #[test]
    fn a_token_longer_than_any_of_ours_is_refused_though_it_is_signed() {
        let (tenant, user, session) = ids();
        let now = DateTime::from_timestamp(1_760_000_000, 0).unwrap();
        let of_scope = |letters: usize| {
            let claims =
                Claims { sid: Some(session.clone()), scope: Some("x".repeat(letters)), ..Claims::of(&tenant, &user, now, 60) };
            signed("key", TYPE, &claims).unwrap()
        };
        let (fits, does_not): (Vec<_>, Vec<_>) = (1_000..1_600).map(of_scope).partition(|token| token.len() <= TOKEN_BYTES_MAX);
        assert!(verify("key", &tenant, fits.last().unwrap(), now).is_some());
        assert_eq!(verify("key", &tenant, does_not.first().unwrap(), now), None);
    }
}
