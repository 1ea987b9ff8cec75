//! Cryptography with two keys, which the platform does for us (Web Cryptography): none of it is carried along in the worker.

use async_trait::async_trait;
use serde_json::{Map, Value};

use super::base64url::{decode, encode};
use super::jwk::PublicKey;

/// What can be done with two keys.
#[async_trait(?Send)]
pub trait Cryptography {
    /// Whether `signature` over `message` is by the private half of this key. ES256 signatures are both numbers side by side, 32 bytes each.
    /// A key that is none signs nothing.
    async fn is_signed(&self, key: &PublicKey, message: &[u8], signature: &[u8]) -> bool;
    /// Signs by RSASSA-PKCS1-v1_5 with SHA-256; `None` when the key is none.
    async fn sign(&self, key: &PrivateKey, message: &[u8]) -> Option<Vec<u8>>;
    /// Opens what was sealed for a key. `None` says no more than that it does not open; of AES-CBC the filling is taken away.
    async fn open(&self, key: &PrivateKey, sealed: &Sealed) -> Option<Vec<u8>>;
    /// A new RSA key of 3072 bits.
    async fn new_key(&self) -> Option<PrivateKey>;
    /// Signs by ES256: both numbers side by side, 32 bytes each (RFC 7518, 3.4).
    async fn sign_on_curve(&self, key: &CurveKey, message: &[u8]) -> Option<Vec<u8>>;
    /// The secret that this key and the other's public half have in common (ECDH on P-256): 32 bytes; `None` when the other is no point.
    async fn agree(&self, key: &CurveKey, other: &[u8]) -> Option<Vec<u8>>;
    /// A new key on P-256.
    async fn new_curve_key(&self) -> Option<CurveKey>;
}

/// Bytes of a point of P-256 that is written whole (SEC 1, 2.3.3).
pub const POINT_BYTES: usize = 65;
/// Bytes of its private number.
const NUMBER_BYTES: usize = 32;

/// A pair of keys on the curve P-256, for ES256 and for agreeing on secrets.
#[derive(Clone, PartialEq, Eq)]
pub struct CurveKey {
    public: Vec<u8>,
    private: Vec<u8>,
}

impl CurveKey {
    /// By both halves; `None` when they have not the length of such, or the point is not written whole.
    pub fn new(public: &[u8], private: &[u8]) -> Option<Self> {
        let is_key = public.len() == POINT_BYTES && public.first() == Some(&4) && private.len() == NUMBER_BYTES;
        is_key.then(|| Self { public: public.to_vec(), private: private.to_vec() })
    }

    /// By both halves as texts in base64url.
    pub fn parse(public: &str, private: &str) -> Option<Self> {
        Self::new(&decode(public)?, &decode(private)?)
    }

    /// Reads a JSON Web Key.
    pub fn read(jwk: &str) -> Option<Self> {
        let written: Map<String, Value> = serde_json::from_str(jwk).ok()?;
        if written.get("crv")?.as_str()? != "P-256" {
            return None;
        }
        let number = |name: &str| decode(written.get(name)?.as_str()?);
        Self::new(&[vec![4], number("x")?, number("y")?].concat(), &number("d")?)
    }

    /// The public half: a point, written whole.
    pub fn public(&self) -> &[u8] {
        &self.public
    }

    /// The private half: a secret.
    pub fn private(&self) -> &[u8] {
        &self.private
    }

    /// The key as the platform takes it: a secret.
    pub fn jwk(&self) -> String {
        let (x, y) =
            self.public.split_at_checked(1).map_or((&[] as &[u8], &[] as &[u8]), |(_, both)| both.split_at(both.len() / 2));
        format!(r#"{{"kty":"EC","crv":"P-256","x":"{}","y":"{}","d":"{}"}}"#, encode(x), encode(y), encode(&self.private))
    }
}

impl std::fmt::Debug for CurveKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("CurveKey").finish_non_exhaustive()
    }
}

/// A private RSA key of our own, as a JSON Web Key (RFC 7517).
#[derive(Clone, PartialEq, Eq)]
pub struct PrivateKey {
    jwk: String,
    modulus: Vec<u8>,
    exponent: Vec<u8>,
}

/// The numbers of a key (RFC 7518, 6.3), in the order of the standard's own document.
const NUMBERS: [&str; 8] = ["n", "e", "d", "p", "q", "dp", "dq", "qi"];

impl PrivateKey {
    /// Reads a key. What it says of its use is left out: one form is for signing and for opening.
    pub fn read(jwk: &str) -> Option<Self> {
        let written: Map<String, Value> = serde_json::from_str(jwk).ok()?;
        if written.get("kty")?.as_str()? != "RSA" {
            return None;
        }
        let mut numbers = String::new();
        for name in NUMBERS {
            let number = written.get(name)?.as_str()?;
            decode(number)?;
            numbers.extend([",\"", name, "\":\"", number, "\""]);
        }
        let number = |name: &str| decode(written.get(name)?.as_str()?);
        Some(Self { jwk: format!(r#"{{"kty":"RSA"{numbers}}}"#), modulus: number("n")?, exponent: number("e")? })
    }

    /// The key as the platform takes it: a secret.
    pub fn jwk(&self) -> &str {
        &self.jwk
    }

    /// The numbers of its public half.
    pub fn public_numbers(&self) -> (&[u8], &[u8]) {
        (&self.modulus, &self.exponent)
    }
}

impl std::fmt::Debug for PrivateKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("PrivateKey").finish_non_exhaustive()
    }
}

/// The digest of RSA-OAEP, and of the mask in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OaepDigest {
    /// SHA-1, of which OAEP does not need what is broken in it (RFC 8017, B.1).
    Sha1,
    /// SHA-256.
    Sha256,
}

/// How a text is encrypted by the key that was wrapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cipher {
    /// AES-GCM with a key of 128 bits.
    Aes128Gcm,
    /// AES-GCM with a key of 256 bits.
    Aes256Gcm,
    /// AES-CBC with a key of 128 bits.
    Aes128Cbc,
    /// AES-CBC with a key of 256 bits.
    Aes256Cbc,
}

impl Cipher {
    /// Bytes of what stands before the text.
    pub fn iv_bytes(self) -> usize {
        if self.can_be_changed() { 16 } else { 12 }
    }

    /// Bytes of the key.
    pub fn key_bytes(self) -> usize {
        match self {
            Self::Aes128Gcm | Self::Aes128Cbc => 16,
            Self::Aes256Gcm | Self::Aes256Cbc => 32,
        }
    }

    /// Whether the text can be changed by somebody who does not have the key.
    pub fn can_be_changed(self) -> bool {
        matches!(self, Self::Aes128Cbc | Self::Aes256Cbc)
    }
}

/// A text that was encrypted by a key that was wrapped for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// How the key was wrapped.
    pub oaep: OaepDigest,
    /// The wrapped key.
    pub wrapped: Vec<u8>,
    /// How the text was encrypted.
    pub cipher: Cipher,
    /// The vector that it begins by.
    pub iv: Vec<u8>,
    /// The text; of AES-GCM with its tag of 16 bytes.
    pub text: Vec<u8>,
}

/// What AES-CBC deciphered, without its filling: the last byte says how many bytes are none of the text (XML Encryption 1.1, 5.2).
pub fn unfilled(mut text: Vec<u8>) -> Option<Vec<u8>> {
    let filling = usize::from(*text.last()?);
    if !(1..=16).contains(&filling) {
        return None;
    }
    text.truncate(text.len().checked_sub(filling)?);
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const JWK: &str = r#"{"key_ops":["sign"],"alg":"RS256","kty":"RSA","n":"AQ","e":"AQAB","d":"Ag","p":"Aw","q":"BA","dp":"BQ","dq":"Bg","qi":"Bw"}"#;

    #[test]
    fn a_key_is_kept_without_what_it_is_for() {
        let key = PrivateKey::read(JWK).unwrap();
        assert_eq!(key.jwk(), r#"{"kty":"RSA","n":"AQ","e":"AQAB","d":"Ag","p":"Aw","q":"BA","dp":"BQ","dq":"Bg","qi":"Bw"}"#);
        assert_eq!(key.public_numbers(), (&[1_u8] as &[u8], &[1_u8, 0, 1] as &[u8]));
        assert_eq!(PrivateKey::read(key.jwk()), Some(key.clone()));
        assert_eq!(format!("{key:?}"), "PrivateKey { .. }");
    }

    #[test]
    fn what_lacks_a_number_is_no_key() {
        for broken in [
            "",
            "[]",
            &JWK.replace(r#""qi":"Bw""#, r#""other":"Bw""#),
            &JWK.replace("RSA", "EC"),
            &JWK.replace("Bw", "B w"),
            &JWK.replace(r#""Bw""#, "7"),
        ] {
            assert_eq!(PrivateKey::read(broken), None, "{broken}");
        }
    }

    #[test]
    fn a_key_on_the_curve_is_read_as_it_was_written_and_never_shown() {
        let key = CurveKey::new(&[&[4_u8] as &[u8], &[1; 32], &[2; 32]].concat(), &[3; 32]).unwrap();
        assert_eq!(CurveKey::read(&key.jwk()), Some(key.clone()));
        assert_eq!(format!("{key:?}"), "CurveKey { .. }");
        assert_eq!(CurveKey::new(&[2; 65], &[3; 32]), None, "not written whole");
        assert_eq!(CurveKey::new(&[4; 64], &[3; 32]), None);
        assert_eq!(CurveKey::parse("BA", "Aw"), None);
        assert_eq!(CurveKey::read(&key.jwk().replace("P-256", "P-384")), None);
    }

    #[test]
    fn the_filling_is_as_long_as_its_last_byte_says() {
        assert_eq!(unfilled(b"text\x09\x00\x03".to_vec()), Some(b"text".to_vec()));
        assert_eq!(unfilled(vec![16; 16]), Some(Vec::new()));
        for broken in [&[] as &[u8], &[0; 16], &[17; 32], &[3, 3]] {
            assert_eq!(unfilled(broken.to_vec()), None);
        }
    }
}
