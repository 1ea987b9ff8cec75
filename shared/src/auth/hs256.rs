//! The cryptography behind our access tokens: HMAC with SHA-256 and nothing else.
//!
//! `jsonwebtoken` takes its algorithms from a provider. Its own one brings RSA and three elliptic curves along, half a megabyte that
//! no token of ours needs; this one knows a single algorithm, so that no header can ask for another.

use std::sync::Once;

use hmac::{Hmac, KeyInit, Mac};
use jsonwebtoken::crypto::{CryptoProvider, JwtSigner, JwtVerifier, KeyUtils};
use jsonwebtoken::errors::{Error, ErrorKind};
use jsonwebtoken::{Algorithm, AlgorithmFamily, DecodingKey, EncodingKey};
use sha2::Sha256;
use signature::{Signer, Verifier};

struct Hs256(Hmac<Sha256>);

impl Hs256 {
    fn new(algorithm: Algorithm, family: AlgorithmFamily, key: &[u8]) -> Result<Self, Error> {
        if algorithm != Algorithm::HS256 || family != AlgorithmFamily::Hmac {
            return Err(ErrorKind::InvalidAlgorithm.into());
        }
        Hmac::new_from_slice(key).map(Self).map_err(|_| ErrorKind::InvalidKeyFormat.into())
    }
}

impl Signer<Vec<u8>> for Hs256 {
    fn try_sign(&self, message: &[u8]) -> Result<Vec<u8>, signature::Error> {
        Ok(self.0.clone().chain_update(message).finalize().into_bytes().to_vec())
    }
}

impl Verifier<Vec<u8>> for Hs256 {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> Result<(), signature::Error> {
        self.0.clone().chain_update(message).verify_slice(signature).map_err(signature::Error::from_source)
    }
}

impl JwtSigner for Hs256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}

impl JwtVerifier for Hs256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape that the library asks for")]
fn signer(algorithm: &Algorithm, key: &EncodingKey) -> Result<Box<dyn JwtSigner>, Error> {
    Ok(Box::new(Hs256::new(*algorithm, key.family(), key.as_bytes())?))
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape that the library asks for")]
fn verifier(algorithm: &Algorithm, key: &DecodingKey) -> Result<Box<dyn JwtVerifier>, Error> {
    Ok(Box::new(Hs256::new(*algorithm, key.family(), key.try_get_as_bytes()?)?))
}

static PROVIDER: CryptoProvider =
    CryptoProvider { signer_factory: signer, verifier_factory: verifier, key_utils: KeyUtils::new_unimplemented() };
static INSTALLED: Once = Once::new();

/// Makes it the provider of this process; to be called before a token is made or read.
pub fn install() {
    INSTALLED.call_once(|| {
        // Whoever was first stays; nobody else installs one.
        let _ = PROVIDER.install_default();
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_other_algorithm_and_no_other_kind_of_key_is_taken() {
        for (algorithm, family, taken) in [
            (Algorithm::HS256, AlgorithmFamily::Hmac, true),
            (Algorithm::HS384, AlgorithmFamily::Hmac, false),
            (Algorithm::HS512, AlgorithmFamily::Hmac, false),
            (Algorithm::HS256, AlgorithmFamily::Rsa, false),
            (Algorithm::RS256, AlgorithmFamily::Rsa, false),
            (Algorithm::ES256, AlgorithmFamily::Ec, false),
        ] {
            assert_eq!(Hs256::new(algorithm, family, b"key").is_ok(), taken, "{algorithm:?}");
        }
    }
}
