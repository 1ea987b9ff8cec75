//! Public keys as they are stored and handed to the platform: JSON Web Keys (RFC 7517) of the kinds that are taken.
//!
//! A key knows the one algorithm that its signatures are checked by; no other is ever asked of the platform. Whether the numbers of a key
//! make one (a point on its curve) is for the platform to say, which takes no signature of one that does not.

use super::base64url::encode;

/// How a signature is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureAlgorithm {
    /// ECDSA on P-256 with SHA-256.
    Es256,
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    Rs256,
    /// RSASSA-PSS with SHA-256 and a salt of the same length.
    Ps256,
    /// RSASSA-PKCS1-v1_5 with SHA-384.
    Rs384,
    /// RSASSA-PKCS1-v1_5 with SHA-512.
    Rs512,
    /// Ed25519.
    EdDsa,
}

impl SignatureAlgorithm {
    /// The name that RFC 7518 and RFC 8037 give it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Es256 => "ES256",
            Self::Rs256 => "RS256",
            Self::Ps256 => "PS256",
            Self::Rs384 => "RS384",
            Self::Rs512 => "RS512",
            Self::EdDsa => "EdDSA",
        }
    }

    /// Parses the name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Es256, Self::Rs256, Self::Ps256, Self::Rs384, Self::Rs512, Self::EdDsa]
            .into_iter()
            .find(|algorithm| algorithm.as_str() == name)
    }
}

/// How an RSA key signs.
const BY_RSA: [SignatureAlgorithm; 3] = [SignatureAlgorithm::Rs256, SignatureAlgorithm::Rs384, SignatureAlgorithm::Rs512];

/// A public key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    algorithm: SignatureAlgorithm,
    jwk: String,
}

/// Bytes of a coordinate on either curve.
const COORDINATE_BYTES: usize = 32;
/// Bytes of an RSA modulus: 2048 bits are what NIST SP 800-57 asks for, and beyond 4096 a check takes long.
const MODULUS_BYTES: std::ops::RangeInclusive<usize> = 256..=512;
/// Bytes of an RSA exponent: every one in use is 65537 or 3.
const EXPONENT_BYTES_MAX: usize = 4;

impl PublicKey {
    /// A point of P-256, by its coordinates.
    pub fn p256(x: &[u8], y: &[u8]) -> Option<Self> {
        let fits = x.len() == COORDINATE_BYTES && y.len() == COORDINATE_BYTES;
        let jwk = || format!(r#"{{"kty":"EC","crv":"P-256","x":"{}","y":"{}"}}"#, encode(x), encode(y));
        fits.then(|| Self { algorithm: SignatureAlgorithm::Es256, jwk: jwk() })
    }

    /// An RSA key of a length that is taken, for signatures as PKCS #1 v1.5 pads them.
    pub fn rsa(n: &[u8], e: &[u8]) -> Option<Self> {
        Self::rsa_for(SignatureAlgorithm::Rs256, n, e)
    }

    /// The same for signatures as PSS pads them.
    pub fn rsa_pss(n: &[u8], e: &[u8]) -> Option<Self> {
        Self::rsa_for(SignatureAlgorithm::Ps256, n, e)
    }

    fn rsa_for(algorithm: SignatureAlgorithm, n: &[u8], e: &[u8]) -> Option<Self> {
        let has_length = MODULUS_BYTES.contains(&n.len()) && n.first().is_some_and(|byte| *byte != 0);
        let is_exponent = (1..=EXPONENT_BYTES_MAX).contains(&e.len()) && e.last().is_some_and(|byte| byte % 2 == 1) && e != [1];
        let jwk = || format!(r#"{{"kty":"RSA","n":"{}","e":"{}"}}"#, encode(n), encode(e));
        (has_length && is_exponent).then(|| Self { algorithm, jwk: jwk() })
    }

    /// An Ed25519 key.
    pub fn ed25519(x: &[u8]) -> Option<Self> {
        let jwk = || format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{}"}}"#, encode(x));
        (x.len() == COORDINATE_BYTES).then(|| Self { algorithm: SignatureAlgorithm::EdDsa, jwk: jwk() })
    }

    /// A key that was stored as its algorithm's name and its text.
    pub fn stored(algorithm: &str, jwk: String) -> Option<Self> {
        Some(Self { algorithm: SignatureAlgorithm::parse(algorithm)?, jwk })
    }

    /// The same key for signatures of that algorithm; `None` when it is a key of another kind.
    pub fn under(&self, algorithm: SignatureAlgorithm) -> Option<Self> {
        let is_its_own = algorithm == self.algorithm || (BY_RSA.contains(&algorithm) && BY_RSA.contains(&self.algorithm));
        is_its_own.then(|| Self { algorithm, jwk: self.jwk.clone() })
    }

    /// The one algorithm that its signatures are checked by.
    pub fn algorithm(&self) -> SignatureAlgorithm {
        self.algorithm
    }

    /// The key as the platform takes it.
    pub fn jwk(&self) -> &str {
        &self.jwk
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_written_as_the_standard_writes_it() {
        let key = PublicKey::p256(&[1; 32], &[2; 32]).unwrap();
        assert_eq!(
            key.jwk(),
            r#"{"kty":"EC","crv":"P-256","x":"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE","y":"AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI"}"#
        );
        assert_eq!(PublicKey::stored(key.algorithm().as_str(), key.jwk().to_owned()), Some(key));
        assert_eq!(PublicKey::stored("none", "{}".to_owned()), None);
    }

    #[test]
    fn a_key_signs_by_algorithms_of_its_own_kind_only() {
        let (point, number) = (PublicKey::p256(&[1; 32], &[2; 32]).unwrap(), PublicKey::rsa(&[1; 256], &[3]).unwrap());
        for algorithm in BY_RSA {
            assert_eq!(
                number.under(algorithm).map(|key| (key.algorithm(), key.jwk().to_owned())),
                Some((algorithm, number.jwk.clone()))
            );
            assert_eq!(point.under(algorithm), None);
        }
        assert_eq!(point.under(SignatureAlgorithm::Es256), Some(point));
        assert_eq!(number.under(SignatureAlgorithm::Es256), None);
        assert_eq!(number.under(SignatureAlgorithm::EdDsa), None);
    }

    #[test]
    fn keys_of_another_length_are_none() {
        assert!(PublicKey::p256(&[1; 31], &[2; 32]).is_none());
        assert!(PublicKey::ed25519(&[1; 33]).is_none());
        assert!(PublicKey::rsa(&[1; 256], &[1, 0, 1]).is_some());
        for (n, e) in [(vec![1; 255], vec![3]), (vec![1; 513], vec![3]), (vec![0; 256], vec![3]), (vec![1; 256], vec![1])] {
            assert!(PublicKey::rsa(&n, &e).is_none());
        }
        for e in [&[] as &[u8], &[2], &[1, 0, 0, 0, 1]] {
            assert!(PublicKey::rsa(&[1; 256], e).is_none());
        }
    }
}
