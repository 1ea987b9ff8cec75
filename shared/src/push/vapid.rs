//! Who sends, as push services want to know it: VAPID (RFC 8292).

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use url::Url;

use crate::auth::base64url::encode;
use crate::auth::cryptography::{Cryptography, CurveKey};

/// Hours for which a token is good; a day is the most (RFC 8292, 2).
const HOURS: i64 = 12;

/// The `authorization` header for a device's address: a token for its service, signed by the deployment's key, and that key. `contact` is
/// where the service can reach whoever runs the deployment: `mailto:` or `https:`.
pub async fn authorization(
    cryptography: &dyn Cryptography,
    key: &CurveKey,
    endpoint: &str,
    contact: &str,
    now: DateTime<Utc>,
) -> Option<String> {
    let audience = Url::parse(endpoint).ok()?.origin().ascii_serialization();
    let claims = json!({ "aud": audience, "exp": (now + TimeDelta::hours(HOURS)).timestamp(), "sub": contact });
    let signed = format!("{}.{}", encode(br#"{"typ":"JWT","alg":"ES256"}"#), encode(claims.to_string().as_bytes()));
    let signature = cryptography.sign_on_curve(key, signed.as_bytes()).await?;
    Some(format!("vapid t={signed}.{}, k={}", encode(&signature), encode(key.public())))
}
