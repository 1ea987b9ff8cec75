//! Signatures checked natively, as the platform's own cryptography checks them.

use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ED25519, RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256, RsaPublicKeyComponents,
    UnparsedPublicKey,
};
use serde_json::Value;
use shared::auth::base64url;
use shared::auth::jwk::{PublicKey, SignatureAlgorithm};

/// Whether the signature is by that key.
pub(super) fn is_by(key: &PublicKey, message: &[u8], signature: &[u8]) -> bool {
    let jwk: Value = serde_json::from_str(key.jwk()).unwrap_or_default();
    let member = |name: &str| jwk[name].as_str().and_then(base64url::decode).unwrap_or_default();
    let key_is_pss = key.algorithm() == SignatureAlgorithm::Ps256;
    let checked = match key.algorithm() {
        SignatureAlgorithm::Es256 => {
            let point = [vec![4], member("x"), member("y")].concat();
            UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(message, signature)
        }
        SignatureAlgorithm::Rs256 | SignatureAlgorithm::Ps256 => {
            let key = RsaPublicKeyComponents { n: member("n"), e: member("e") };
            let padded = if key_is_pss { &RSA_PSS_2048_8192_SHA256 } else { &RSA_PKCS1_2048_8192_SHA256 };
            key.verify(padded, message, signature)
        }
        SignatureAlgorithm::EdDsa => UnparsedPublicKey::new(&ED25519, member("x")).verify(message, signature),
    };
    checked.is_ok()
}
