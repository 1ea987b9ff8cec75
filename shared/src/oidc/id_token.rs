//! ID tokens (`OpenID` Connect Core 1.0, 3.1.3.7; RFC 8725): taken apart, and then judged claim by claim.
//!
//! The two halves are apart because the signature in between is checked by the platform. Nothing of a token may be used before both: only
//! [`Signed::claims`] hands the claims out, and it is given the verdict on the signature.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256, Sha512};
use thiserror::Error;

use super::key::{ALGORITHMS, ProviderKey, choose};
use crate::auth::base64url::{decode, encode};
use crate::auth::jwk::{PublicKey, SignatureAlgorithm};
use crate::auth::signer::same_secret;

/// Bytes of a token: one with two hundred groups has ten thousand.
pub const TOKEN_BYTES_MAX: usize = 32 * 1024;
/// Seconds that clocks may differ by.
pub(super) const SKEW_SECONDS: i64 = 60;
/// Seconds since a token was made: it comes straight from the provider.
pub(super) const AGE_SECONDS_MAX: i64 = 600;
/// Characters of a subject (`OpenID` Connect Core 1.0, 2).
const SUBJECT_CHARS_MAX: usize = 255;
/// Seconds since somebody has proven who they are to the provider, where that was asked for.
const PROOF_SECONDS_MAX: i64 = 300;

/// What is wrong with a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Fault {
    /// It is none, or too large to be one.
    #[error("not a token")]
    Malformed,
    /// It is of another type.
    #[error("typ names another kind of token")]
    Type,
    /// It asks for something that has to be understood and is not.
    #[error("crit names what is not understood")]
    Critical,
    /// It is signed by what is not taken: not at all, with a password, or otherwise than the provider has said.
    #[error("alg is none that is taken")]
    Algorithm,
    /// It names a key that the provider has not published.
    #[error("kid names no key of the provider's for this alg")]
    KeyUnknown,
    /// It could be any of several keys.
    #[error("several keys could be meant")]
    KeyAmbiguous,
    /// Its signature is not by that key.
    #[error("the signature is not by the provider's key")]
    Signature,
    /// Another issuer's.
    #[error("iss is not the issuer")]
    Issuer,
    /// For somebody else.
    #[error("aud does not name this client")]
    Audience,
    /// Asked for by somebody else.
    #[error("azp does not name this client")]
    AuthorizedParty,
    /// Of another sign-in.
    #[error("nonce is not that of this sign-in")]
    Nonce,
    /// Over.
    #[error("exp is over")]
    Expired,
    /// Made at another time than just now.
    #[error("iat is not now")]
    IssuedAt,
    /// Not good yet.
    #[error("nbf is yet to come")]
    NotYet,
    /// About nobody.
    #[error("sub names nobody")]
    Subject,
    /// It came with another access token.
    #[error("at_hash is not of the access token")]
    AccessTokenHash,
    /// It does not say that a session is over.
    #[error("events does not name the end of a session")]
    Events,
    /// It has no name of its own, or was taken already.
    #[error("jti is missing, or was taken already")]
    TokenId,
    /// It does not say that somebody has just proven who they are, and that was asked for.
    #[error("auth_time is not now")]
    AuthTime,
}

impl Fault {
    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::Type => "typ",
            Self::Critical => "crit",
            Self::Algorithm => "alg",
            Self::KeyUnknown => "kid",
            Self::KeyAmbiguous => "kid_ambiguous",
            Self::Signature => "signature",
            Self::Issuer => "iss",
            Self::Audience => "aud",
            Self::AuthorizedParty => "azp",
            Self::Nonce => "nonce",
            Self::Expired => "exp",
            Self::IssuedAt => "iat",
            Self::NotYet => "nbf",
            Self::Subject => "sub",
            Self::AccessTokenHash => "at_hash",
            Self::AuthTime => "auth_time",
            Self::Events => "events",
            Self::TokenId => "jti",
        }
    }
}

/// What a token has to say.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// Who has issued it.
    pub issuer: &'a str,
    /// For whom.
    pub client_id: &'a str,
    /// For which sign-in.
    pub nonce: &'a str,
    /// The access token that came with it.
    pub access_token: Option<&'a str>,
    /// Whether the person must have proven who they are just now.
    pub fresh_proof: bool,
    /// The moment.
    pub now: DateTime<Utc>,
}

/// A token that was taken apart. Nothing in it is known to be true.
#[derive(Debug, Clone)]
pub struct Signed {
    algorithm: SignatureAlgorithm,
    kid: Option<String>,
    message: String,
    signature: Vec<u8>,
    claims: Map<String, Value>,
}

impl Signed {
    /// Takes a token of one of these `types` apart that is signed as the provider has said (`algorithms`). Of its header no more is read than the algorithm, the
    /// name of the key and the type: keys that it brings along or points to are not looked at.
    pub fn parse(token: &str, algorithms: &[String], types: &[&str]) -> Result<Self, Fault> {
        if token.len() > TOKEN_BYTES_MAX {
            return Err(Fault::Malformed);
        }
        let (message, signature) = token.rsplit_once('.').ok_or(Fault::Malformed)?;
        let (header, claims) = message.split_once('.').ok_or(Fault::Malformed)?;
        let object = |part: &str| {
            let bytes = decode(part).ok_or(Fault::Malformed)?;
            serde_json::from_slice::<Map<String, Value>>(&bytes).map_err(|_| Fault::Malformed)
        };
        let header = object(header)?;
        let text = |name: &str| header.get(name).and_then(Value::as_str);
        let named = text("alg").ok_or(Fault::Algorithm)?;
        let algorithm = ALGORITHMS
            .into_iter()
            .find(|algorithm| algorithm.as_str() == named && algorithms.iter().any(|known| known == named))
            .ok_or(Fault::Algorithm)?;
        if header.contains_key("crit") {
            return Err(Fault::Critical);
        }
        let is_known = |kind: &str| types.iter().any(|known| kind.eq_ignore_ascii_case(known));
        // Without a type it is a token in general.
        if !header.get("typ").map_or(is_known("JWT"), |kind| kind.as_str().is_some_and(is_known)) {
            return Err(Fault::Type);
        }
        let kid = match header.get("kid") {
            None => None,
            Some(kid) => Some(kid.as_str().ok_or(Fault::Malformed)?.to_owned()),
        };
        Ok(Self {
            algorithm,
            kid,
            message: message.to_owned(),
            signature: decode(signature).ok_or(Fault::Malformed)?,
            claims: object(claims)?,
        })
    }

    /// The key that it must be signed by.
    pub fn key(&self, keys: &[ProviderKey]) -> Result<PublicKey, Fault> {
        choose(keys, self.kid.as_deref(), self.algorithm)
    }

    /// What is signed.
    pub fn message(&self) -> &[u8] {
        self.message.as_bytes()
    }

    /// The signature.
    pub fn signature(&self) -> &[u8] {
        &self.signature
    }

    /// The claims, once the signature was checked (`is_signed`), if they say what they have to.
    pub fn claims(self, is_signed: bool, expected: Expected<'_>) -> Result<Map<String, Value>, Fault> {
        let algorithm = self.algorithm;
        let claims = self.verified(is_signed)?;
        check(&claims, algorithm, expected)?;
        Ok(claims)
    }

    /// The claims as they stand, once the signature was checked.
    pub(super) fn verified(self, is_signed: bool) -> Result<Map<String, Value>, Fault> {
        if is_signed { Ok(self.claims) } else { Err(Fault::Signature) }
    }
}

/// Whoever the token is about: it is the issuer's, for this client, and good now.
pub(super) fn times(claims: &Map<String, Value>, issuer: &str, client_id: &str, now: DateTime<Utc>) -> Result<(), Fault> {
    let moment = |name: &str| claims.get(name).and_then(seconds);
    let now = now.timestamp();
    if claims.get("iss").and_then(Value::as_str) != Some(issuer) {
        return Err(Fault::Issuer);
    }
    if !audience(claims).iter().any(|name| name.as_str() == Some(client_id)) {
        return Err(Fault::Audience);
    }
    if moment("exp").is_none_or(|until| now >= until.saturating_add(SKEW_SECONDS)) {
        return Err(Fault::Expired);
    }
    let made = moment("iat").ok_or(Fault::IssuedAt)?;
    if made > now + SKEW_SECONDS || made < now - AGE_SECONDS_MAX {
        return Err(Fault::IssuedAt);
    }
    if claims.contains_key("nbf") && moment("nbf").is_none_or(|from| from > now + SKEW_SECONDS) {
        return Err(Fault::NotYet);
    }
    Ok(())
}

fn audience(claims: &Map<String, Value>) -> &[Value] {
    match claims.get("aud") {
        Some(Value::Array(names)) => names,
        Some(name) => std::slice::from_ref(name),
        None => &[],
    }
}

fn check(claims: &Map<String, Value>, algorithm: SignatureAlgorithm, expected: Expected<'_>) -> Result<(), Fault> {
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    let moment = |name: &str| claims.get(name).and_then(seconds);
    let now = expected.now.timestamp();
    times(claims, expected.issuer, expected.client_id, expected.now)?;
    let party = claims.get("azp");
    let is_ours = party.map_or(audience(claims).len() == 1, |party| party.as_str() == Some(expected.client_id));
    if !is_ours {
        return Err(Fault::AuthorizedParty);
    }
    if !text("nonce").is_some_and(|nonce| same_secret(nonce, expected.nonce)) {
        return Err(Fault::Nonce);
    }
    if subject(claims).is_none() {
        return Err(Fault::Subject);
    }
    if let Some(hash) = claims.get("at_hash") {
        let is_of_it = |token| hash.as_str().is_some_and(|hash| hash == half_hash(algorithm, token));
        if !expected.access_token.is_some_and(is_of_it) {
            return Err(Fault::AccessTokenHash);
        }
    }
    let is_fresh = |at: i64| at <= now + SKEW_SECONDS && at >= now - PROOF_SECONDS_MAX;
    if expected.fresh_proof && !moment("auth_time").is_some_and(is_fresh) {
        return Err(Fault::AuthTime);
    }
    Ok(())
}

/// Who the claims are about, if they say it as they have to.
pub fn subject(claims: &Map<String, Value>) -> Option<&str> {
    let is_one = |subject: &&str| (1..=SUBJECT_CHARS_MAX).contains(&subject.chars().count());
    claims.get("sub").and_then(Value::as_str).filter(is_one)
}

/// A moment in seconds; providers write fractions, too.
fn seconds(value: &Value) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "the range was looked at")]
    let whole = |number: f64| (number.abs() < 1e12).then_some(number as i64);
    value.as_i64().or_else(|| value.as_f64().and_then(whole))
}

/// The left half of the digest that goes with an algorithm (`OpenID` Connect Core 1.0, 3.1.3.6).
fn half_hash(algorithm: SignatureAlgorithm, token: &str) -> String {
    if algorithm == SignatureAlgorithm::EdDsa {
        let digest: [u8; 64] = Sha512::digest(token.as_bytes()).into();
        return encode(digest.split_at(32).0);
    }
    let digest: [u8; 32] = Sha256::digest(token.as_bytes()).into();
    encode(digest.split_at(16).0)
}
