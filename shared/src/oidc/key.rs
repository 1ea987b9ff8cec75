//! Keys that a provider publishes (RFC 7517), and which of them a token is checked by.
//!
//! What is kept of a key are its public numbers. A symmetric key is none, nor one for encryption, and a key is good for the algorithms of its
//! own kind only: a header cannot have a public key taken for a password (RFC 8725, 2.1).

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::id_token::Fault;
use crate::auth::base64url::decode;
use crate::auth::jwk::{PublicKey, SignatureAlgorithm};

/// Keys of a provider that are kept. A few are in use at a time.
const KEYS_MAX: usize = 30;
/// Characters of a key's name.
const NAME_CHARS_MAX: usize = 200;

/// A key as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderKey {
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kid: Option<String>,
    /// The one algorithm that it is for, if it says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alg: Option<String>,
    /// Its kind, and its numbers.
    pub kty: String,
    /// Modulus, or first coordinate.
    pub a: String,
    /// Exponent, or second coordinate; empty where there is none.
    pub b: String,
}

/// The keys of a document that can check a signature; whatever else it holds is passed over.
pub fn read(document: &[u8]) -> Option<Vec<ProviderKey>> {
    let document: Value = serde_json::from_slice(document).ok()?;
    let keys = document.get("keys")?.as_array()?;
    Some(keys.iter().filter_map(Value::as_object).filter_map(key).take(KEYS_MAX).collect())
}

fn key(jwk: &Map<String, Value>) -> Option<ProviderKey> {
    let text = |name: &str| jwk.get(name).and_then(Value::as_str);
    if text("use").is_some_and(|purpose| purpose != "sig") {
        return None;
    }
    let kty = text("kty")?;
    let (a, b) = match (kty, text("crv")) {
        ("RSA", None) => (text("n")?, text("e")?),
        ("EC", Some("P-256")) => (text("x")?, text("y")?),
        ("OKP", Some("Ed25519")) => (text("x")?, ""),
        _ => return None,
    };
    let kid = text("kid").map(str::to_owned);
    if kid.as_ref().is_some_and(|kid| kid.chars().count() > NAME_CHARS_MAX) {
        return None;
    }
    let key = ProviderKey { kid, alg: text("alg").map(str::to_owned), kty: kty.to_owned(), a: a.to_owned(), b: b.to_owned() };
    // A key whose numbers are none would be refused at each token; better not to know it.
    ALGORITHMS.iter().any(|algorithm| key.public(*algorithm).is_some()).then_some(key)
}

/// What a token may be signed by. All are asymmetric.
pub const ALGORITHMS: [SignatureAlgorithm; 4] =
    [SignatureAlgorithm::Rs256, SignatureAlgorithm::Ps256, SignatureAlgorithm::Es256, SignatureAlgorithm::EdDsa];

impl ProviderKey {
    /// The key for signatures of this algorithm; nothing when it is of another kind, or for another algorithm.
    fn public(&self, algorithm: SignatureAlgorithm) -> Option<PublicKey> {
        if self.alg.as_ref().is_some_and(|alg| alg != algorithm.as_str()) {
            return None;
        }
        let (a, b) = (decode(&self.a)?, decode(&self.b)?);
        match (self.kty.as_str(), algorithm) {
            ("RSA", SignatureAlgorithm::Rs256) => PublicKey::rsa(&a, &b),
            ("RSA", SignatureAlgorithm::Ps256) => PublicKey::rsa_pss(&a, &b),
            ("EC", SignatureAlgorithm::Es256) => PublicKey::p256(&a, &b),
            ("OKP", SignatureAlgorithm::EdDsa) => PublicKey::ed25519(&a),
            _ => None,
        }
    }
}

/// The key that a header means: by name, or the only one of its kind where it names none (`OpenID` Connect Core 1.0, 10.1).
pub fn choose(keys: &[ProviderKey], kid: Option<&str>, algorithm: SignatureAlgorithm) -> Result<PublicKey, Fault> {
    let mut good = keys.iter().filter(|key| kid.is_none() || key.kid.as_deref() == kid).filter_map(|key| key.public(algorithm));
    match (good.next(), good.next()) {
        (Some(key), None) => Ok(key),
        // Two keys of one name, or no name and a choice: nobody can say which is meant.
        (Some(_), Some(_)) => Err(Fault::KeyAmbiguous),
        (None, _) => Err(Fault::KeyUnknown),
    }
}
