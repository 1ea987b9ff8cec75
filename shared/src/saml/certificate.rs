//! Certificates (RFC 5280) as SAML uses them: envelopes of public keys. Whether to believe one is said by the metadata that it stands in, so
//! names, dates and signatures in it mean nothing (SAML metadata interoperability profile 1.0, 2.5), neither in theirs nor in ours.

use chrono::{DateTime, TimeDelta, Utc};

use super::der::{element, integer, positive, wrapped};
use super::{Fault, encrypted};
use crate::auth::cryptography::{Cryptography, PrivateKey};
use crate::auth::jwk::PublicKey;

const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const INTEGER: u8 = 0x02;
const BITS: u8 = 0x03;
const NULL: [u8; 2] = [0x05, 0];
const UTF8: u8 = 0x0c;
const GENERALIZED_TIME: u8 = 0x18;
const VERSION: u8 = 0xa0;

/// rsaEncryption (RFC 3279, 2.3.1), with its tag.
const RSA: &[u8] = &[0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];
/// sha256WithRSAEncryption (RFC 4055, 5).
const RSA_SHA256: &[u8] = &[0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 11];
/// id-ecPublicKey and secp256r1 (RFC 5480, 2.1.1).
const EC_P256: &[u8] = &[0x06, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1, 0x06, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7];
/// id-at-commonName (RFC 5280, A.1).
const COMMON_NAME: &[u8] = &[0x06, 3, 0x55, 4, 3];

/// The key of a certificate as metadata write it: base64, in lines or in one.
pub fn key(text: &str) -> Result<PublicKey, Fault> {
    encrypted::unwrapped(text).as_deref().and_then(key_of).ok_or(Fault::Certificate)
}

fn key_of(certificate: &[u8]) -> Option<PublicKey> {
    let (content, after) = element(SEQUENCE, certificate)?;
    let (mut fields, _) = element(SEQUENCE, content)?;
    if !after.is_empty() {
        return None;
    }
    if let Some((_, rest)) = element(VERSION, fields) {
        fields = rest;
    }
    // Serial number, signature algorithm, issuer, dates, subject.
    for tag in [INTEGER, SEQUENCE, SEQUENCE, SEQUENCE, SEQUENCE] {
        (_, fields) = element(tag, fields)?;
    }
    let (information, _) = element(SEQUENCE, fields)?;
    let (algorithm, rest) = element(SEQUENCE, information)?;
    let (bits, after) = element(BITS, rest)?;
    let (0, key) = bits.split_first().map(|(unused, key)| (*unused, key))? else { return None };
    if !after.is_empty() {
        return None;
    }
    if algorithm == EC_P256 {
        let (4, point) = key.split_first().map(|(form, point)| (*form, point))? else { return None };
        let (x, y) = point.split_at_checked(32)?;
        PublicKey::p256(x, y)
    } else if algorithm == [RSA, &NULL].concat() {
        let (numbers, after) = element(SEQUENCE, key)?;
        let (modulus, rest) = element(INTEGER, numbers)?;
        let (exponent, end) = element(INTEGER, rest)?;
        let is_all = after.is_empty() && end.is_empty();
        is_all.then(|| PublicKey::rsa(positive(modulus)?, positive(exponent)?))?
    } else {
        None
    }
}

/// Years that our own certificates say to be good for. Nobody who reads metadata goes by them; those who do would be locked out one day.
const YEARS: i64 = 20;

/// A certificate of our own key under this name, signed by itself: what others' software takes a public key in. `serial` is random.
pub async fn of_own(
    key: &PrivateKey,
    name: &str,
    serial: [u8; 16],
    now: DateTime<Utc>,
    cryptography: &dyn Cryptography,
) -> Option<Vec<u8>> {
    let algorithm = wrapped(SEQUENCE, &[RSA_SHA256, &NULL]);
    let name = wrapped(SEQUENCE, &[COMMON_NAME, &wrapped(UTF8, &[name.as_bytes()])]);
    let name = wrapped(SEQUENCE, &[&wrapped(SET, &[&name])]);
    let time = |moment: DateTime<Utc>| wrapped(GENERALIZED_TIME, &[moment.format("%Y%m%d%H%M%SZ").to_string().as_bytes()]);
    let dates = wrapped(SEQUENCE, &[&time(now), &time(now + TimeDelta::days(365 * YEARS))]);
    let (modulus, exponent) = key.public_numbers();
    let numbers = wrapped(SEQUENCE, &[&integer(modulus), &integer(exponent)]);
    let information = wrapped(SEQUENCE, &[&wrapped(SEQUENCE, &[RSA, &NULL]), &wrapped(BITS, &[&[0], &numbers])]);
    let version = wrapped(VERSION, &[&integer(&[2])]);
    let content = wrapped(SEQUENCE, &[&version, &integer(&serial), &algorithm, &name, &dates, &name, &information]);
    let signature = cryptography.sign(key, &content).await?;
    Some(wrapped(SEQUENCE, &[&content, &algorithm, &wrapped(BITS, &[&[0], &signature])]))
}
