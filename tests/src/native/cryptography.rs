//! Cryptography with two keys done natively, as the platform's own does it.

use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::aes::cipher::{Block, BlockCipherDecrypt, consts::U16};
use aes_gcm::aes::{Aes128, Aes256};
use aes_gcm::{Aes128Gcm, Aes256Gcm};
use async_trait::async_trait;
use getrandom::SysRng;
use p256::elliptic_curve::sec1::{FromEncodedPoint, ToEncodedPoint};
use p256::{EncodedPoint, PublicKey as Point, SecretKey};
use ring::rand::{SecureRandom, SystemRandom};
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, ED25519, EcdsaKeyPair, RSA_PKCS1_2048_8192_SHA256,
    RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512, RSA_PSS_2048_8192_SHA256, RsaParameters, RsaPublicKeyComponents,
    UnparsedPublicKey,
};
use rsa::BoxedUint;
use rsa::sha2::Sha256;
use rsa::traits::{PrivateKeyParts, PublicKeyParts};
use serde_json::Value;
use sha1::Sha1;
use shared::auth::base64url::{decode, encode};
use shared::auth::cryptography::{Cipher, Cryptography, CurveKey, OaepDigest, PrivateKey, Sealed, unfilled};
use shared::auth::jwk::{PublicKey, SignatureAlgorithm};

/// The native stand-in for Web Cryptography.
#[derive(Debug, Clone, Copy, Default)]
pub struct NativeCryptography;

#[async_trait(?Send)]
impl Cryptography for NativeCryptography {
    async fn is_signed(&self, key: &PublicKey, message: &[u8], signature: &[u8]) -> bool {
        let by_rsa = |parameters: &RsaParameters| {
            let key = RsaPublicKeyComponents { n: member(key.jwk(), "n"), e: member(key.jwk(), "e") };
            key.verify(parameters, message, signature)
        };
        let checked = match key.algorithm() {
            SignatureAlgorithm::Es256 => {
                let point = [vec![4], member(key.jwk(), "x"), member(key.jwk(), "y")].concat();
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(message, signature)
            }
            SignatureAlgorithm::Rs256 => by_rsa(&RSA_PKCS1_2048_8192_SHA256),
            SignatureAlgorithm::Ps256 => by_rsa(&RSA_PSS_2048_8192_SHA256),
            SignatureAlgorithm::Rs384 => by_rsa(&RSA_PKCS1_2048_8192_SHA384),
            SignatureAlgorithm::Rs512 => by_rsa(&RSA_PKCS1_2048_8192_SHA512),
            SignatureAlgorithm::EdDsa => UnparsedPublicKey::new(&ED25519, member(key.jwk(), "x")).verify(message, signature),
        };
        checked.is_ok()
    }

    async fn sign(&self, key: &PrivateKey, message: &[u8]) -> Option<Vec<u8>> {
        of_jwk(key)?.pkcs1v15_sign::<Sha256>(message).ok()
    }

    async fn open(&self, key: &PrivateKey, sealed: &Sealed) -> Option<Vec<u8>> {
        let key = of_jwk(key)?;
        let unwrapped = match sealed.oaep {
            OaepDigest::Sha1 => key.oaep_decrypt::<Sha1>(&sealed.wrapped),
            OaepDigest::Sha256 => key.oaep_decrypt::<Sha256>(&sealed.wrapped),
        };
        let content = unwrapped.ok().filter(|content| content.len() == sealed.cipher.key_bytes())?;
        match sealed.cipher {
            Cipher::Aes128Gcm => gcm(&Aes128Gcm::new_from_slice(&content).ok()?, sealed),
            Cipher::Aes256Gcm => gcm(&Aes256Gcm::new_from_slice(&content).ok()?, sealed),
            Cipher::Aes128Cbc => cbc(&Aes128::new_from_slice(&content).ok()?, sealed),
            Cipher::Aes256Cbc => cbc(&Aes256::new_from_slice(&content).ok()?, sealed),
        }
    }

    /// Of 2048 bits: one of 3072 takes the tests some seconds.
    async fn new_key(&self) -> Option<PrivateKey> {
        to_jwk(&rsa::PrivateKey::new(&mut SysRng, 2048).ok()?)
    }

    async fn sign_on_curve(&self, key: &CurveKey, message: &[u8]) -> Option<Vec<u8>> {
        let random = SystemRandom::new();
        let pair =
            EcdsaKeyPair::from_private_key_and_public_key(&ECDSA_P256_SHA256_FIXED_SIGNING, key.private(), key.public(), &random);
        Some(pair.ok()?.sign(&random, message).ok()?.as_ref().to_vec())
    }

    async fn agree(&self, key: &CurveKey, other: &[u8]) -> Option<Vec<u8>> {
        let own = SecretKey::from_slice(key.private()).ok()?;
        let other = Point::from_encoded_point(&EncodedPoint::from_bytes(other).ok()?).into_option()?;
        let common = (other.to_projective() * *own.to_nonzero_scalar()).to_affine().to_encoded_point(false);
        Some(common.x()?.to_vec())
    }

    async fn new_curve_key(&self) -> Option<CurveKey> {
        let mut number = [0; 32];
        SystemRandom::new().fill(&mut number).ok()?;
        let public = SecretKey::from_slice(&number).ok()?.public_key().to_encoded_point(false);
        CurveKey::new(public.as_bytes(), &number)
    }
}

fn member(jwk: &str, name: &str) -> Vec<u8> {
    let jwk: Value = serde_json::from_str(jwk).unwrap_or_default();
    jwk.get(name).and_then(Value::as_str).and_then(decode).unwrap_or_default()
}

fn of_jwk(key: &PrivateKey) -> Option<rsa::PrivateKey> {
    let number = |name: &str| BoxedUint::from_be_slice_vartime(&member(key.jwk(), name));
    rsa::PrivateKey::from_components(number("n"), number("e"), number("d"), vec![number("p"), number("q")]).ok()
}

/// A key that was made elsewhere.
pub fn to_jwk(key: &rsa::PrivateKey) -> Option<PrivateKey> {
    let number = |number: &BoxedUint| encode(&number.to_be_bytes_trimmed_vartime());
    let [p, q] = key.primes() else { return None };
    let jwk = serde_json::json!({
        "kty": "RSA", "alg": "RS256", "key_ops": ["sign"], "ext": true,
        "n": encode(&key.n_bytes()), "e": encode(&key.e_bytes()), "d": number(key.d()), "p": number(p), "q": number(q),
        "dp": number(key.dp()?), "dq": number(key.dq()?), "qi": number(&key.crt_coefficient()?),
    });
    PrivateKey::read(&jwk.to_string())
}

fn gcm(cipher: &impl Aead, sealed: &Sealed) -> Option<Vec<u8>> {
    cipher.decrypt(sealed.iv.as_slice().try_into().ok()?, sealed.text.as_slice()).ok()
}

fn cbc(cipher: &impl BlockCipherDecrypt<BlockSize = U16>, sealed: &Sealed) -> Option<Vec<u8>> {
    let mut before = sealed.iv.as_slice();
    let mut plain = Vec::with_capacity(sealed.text.len());
    for written in sealed.text.chunks(16) {
        let mut block = Block::<Aes128>::try_from(written).ok()?;
        cipher.decrypt_block(&mut block);
        plain.extend(block.iter().zip(before).map(|(one, other)| one ^ other));
        before = written;
    }
    unfilled(plain)
}
