//! HMAC-SHA256 over labelled parts: CSRF tokens, rating links, digests of secrets that are stored.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// Signs with one secret; each use has a label of its own, so that a token of one use is worthless for another.
#[derive(Clone)]
pub struct Signer {
    key: Vec<u8>,
}

impl Signer {
    /// A signer over the deployment's token secret.
    pub fn new(secret: &str) -> Self {
        Self { key: secret.as_bytes().to_vec() }
    }

    /// The signature of `parts` under `label`, in hexadecimal. Parts are length-prefixed: no two lists look alike.
    pub fn sign(&self, label: &str, parts: &[&str]) -> String {
        hex(&self.bytes(label, parts))
    }

    /// The same as bytes: a key for another use of the secret.
    pub(super) fn bytes(&self, label: &str, parts: &[&str]) -> [u8; 32] {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.key) else { return [0; 32] };
        for part in std::iter::once(&label).chain(parts) {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        mac.finalize().into_bytes().into()
    }

    /// Whether `signature` is that of `parts` under `label`; takes the same time whatever differs.
    pub fn verify(&self, label: &str, parts: &[&str], signature: &str) -> bool {
        let expected = self.sign(label, parts);
        !expected.is_empty() && bool::from(expected.as_bytes().ct_eq(signature.as_bytes()))
    }
}

/// SHA-256 in hexadecimal: how random tokens are stored, and how requests are fingerprinted.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Whether two secrets are equal, in constant time.
pub fn same_secret(one: &str, other: &str) -> bool {
    bool::from(one.as_bytes().ct_eq(other.as_bytes()))
}

/// Bytes in lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::Signer;

    #[test]
    fn a_signature_holds_for_its_label_and_parts_only() {
        let signer = Signer::new("secret");
        let signature = signer.sign("csrf", &["ab", "c"]);
        assert!(signer.verify("csrf", &["ab", "c"], &signature));
        assert!(!signer.verify("csrf", &["a", "bc"], &signature));
        assert!(!signer.verify("rating", &["ab", "c"], &signature));
        assert!(!Signer::new("other").verify("csrf", &["ab", "c"], &signature));
    }
}
