//! What a provider says when a session of somebody's is over there (`OpenID` Connect Back-Channel Logout 1.0, 2.4 and 2.6).

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Value};

use super::id_token::{AGE_SECONDS_MAX, Fault, SKEW_SECONDS, Signed, subject, times};

/// The type of such a token. It has to be named (OWASP ASVS 5.0, 10.5.5), though the specification merely recommends it.
pub const TYPES: &[&str] = &["logout+jwt"];
/// The event that it tells of.
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
/// Characters of a token's or a session's name.
pub const NAME_CHARS_MAX: usize = 255;

/// Whose sessions are over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logout {
    /// Of this person.
    pub subject: Option<String>,
    /// The one that the provider calls so.
    pub sid: Option<String>,
    /// The token's own name: each is good once.
    pub jti: String,
    /// Until when it would be good, its age and the clocks considered.
    pub expires: DateTime<Utc>,
}

impl Signed {
    /// What the token says, once the signature was checked (`is_signed`), if it says what it has to.
    pub fn logout(self, is_signed: bool, issuer: &str, client_id: &str, now: DateTime<Utc>) -> Result<Logout, Fault> {
        let claims = self.verified(is_signed)?;
        times(&claims, issuer, client_id, now)?;
        let named = |name: &str| match claims.get(name) {
            None => Ok(None),
            Some(value) => value.as_str().filter(|text| is_name(text)).map(|text| Some(text.to_owned())).ok_or(()),
        };
        // A token of a sign-in must not be taken for one of these.
        if claims.contains_key("nonce") {
            return Err(Fault::Nonce);
        }
        if !claims.get("events").and_then(|events| events.get(EVENT)).is_some_and(Value::is_object) {
            return Err(Fault::Events);
        }
        let about = match claims.get("sub") {
            None => None,
            Some(_) => Some(subject(&claims).ok_or(Fault::Subject)?.to_owned()),
        };
        let sid = named("sid").map_err(|()| Fault::Subject)?;
        if about.is_none() && sid.is_none() {
            return Err(Fault::Subject);
        }
        let jti = named("jti").ok().flatten().ok_or(Fault::TokenId)?;
        let expires = now + TimeDelta::seconds(AGE_SECONDS_MAX + 2 * SKEW_SECONDS);
        Ok(Logout { subject: about, sid, jti, expires })
    }
}

/// What the provider calls a session, if it says so (`sid`).
pub fn sid(claims: &Map<String, Value>) -> Option<&str> {
    claims.get("sid").and_then(Value::as_str).filter(|sid| is_name(sid))
}

fn is_name(text: &str) -> bool {
    (1..=NAME_CHARS_MAX).contains(&text.chars().count())
}
