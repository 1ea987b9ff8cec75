//! The three things that authenticators write in CBOR (RFC 8949, in the form of CTAP2): the object around a registration, a public key
//! (COSE, RFC 9053), and extensions, of which only the end is looked for.
//!
//! Maps have their length in front, as CTAP2 demands; what it does not expect here is refused rather than passed over.

use minicbor::Decoder;

use super::Fault;
use crate::auth::jwk::PublicKey;

/// Members of the outer object: format, statement, data.
const OBJECT_MEMBERS: u64 = 3;
/// Members of the largest key that is taken: kind, algorithm, curve and two coordinates.
const KEY_MEMBERS_MAX: u64 = 5;

/// The authenticator's data out of an attestation object. Its statement is passed over unread.
pub(super) fn authenticator_data(object: &[u8]) -> Option<&[u8]> {
    let mut decoder = Decoder::new(object);
    if decoder.map().ok()?? != OBJECT_MEMBERS {
        return None;
    }
    let mut data = None;
    for _ in 0..OBJECT_MEMBERS {
        if decoder.str().ok()? == "authData" {
            data = Some(decoder.bytes().ok()?);
        } else {
            decoder.skip().ok()?;
        }
    }
    if decoder.position() == object.len() { data } else { None }
}

/// What follows one map.
pub(super) fn after_map(bytes: &[u8]) -> Option<&[u8]> {
    let mut decoder = Decoder::new(bytes);
    decoder.probe().map().ok()??;
    decoder.skip().ok()?;
    bytes.get(decoder.position()..)
}

/// The members of a key.
#[derive(Default)]
struct Members<'a> {
    kind: Option<i64>,
    algorithm: Option<i64>,
    curve: Option<i64>,
    /// -1 of RSA: the modulus.
    first: Option<&'a [u8]>,
    /// -2: a coordinate, or the exponent.
    second: Option<&'a [u8]>,
    /// -3: the other coordinate.
    third: Option<&'a [u8]>,
}

/// A public key, and what follows it.
pub(super) fn key(bytes: &[u8]) -> Result<(PublicKey, &[u8]), Fault> {
    let mut decoder = Decoder::new(bytes);
    let members = members(&mut decoder).ok_or(Fault::Malformed)?;
    let rest = bytes.get(decoder.position()..).ok_or(Fault::Malformed)?;
    Ok((public_key(&members)?, rest))
}

fn members<'a>(decoder: &mut Decoder<'a>) -> Option<Members<'a>> {
    let count = decoder.map().ok()??;
    if count > KEY_MEMBERS_MAX {
        return None;
    }
    let mut members = Members::default();
    for _ in 0..count {
        // Each at most once. The kind comes first (CTAP2, 8), so that it is known what the others are.
        match decoder.i64().ok()? {
            1 => once(&mut members.kind, decoder.i64().ok()?)?,
            3 => once(&mut members.algorithm, decoder.i64().ok()?)?,
            -1 if members.kind == Some(RSA) => once(&mut members.first, decoder.bytes().ok()?)?,
            -1 => once(&mut members.curve, decoder.i64().ok()?)?,
            -2 => once(&mut members.second, decoder.bytes().ok()?)?,
            -3 => once(&mut members.third, decoder.bytes().ok()?)?,
            _ => return None,
        }
    }
    Some(members)
}

fn once<T>(member: &mut Option<T>, value: T) -> Option<()> {
    member.replace(value).is_none().then_some(())
}

/// Kinds of keys, algorithms and curves by their numbers at IANA.
const OKP: i64 = 1;
const EC2: i64 = 2;
const RSA: i64 = 3;
/// ECDSA with SHA-256, to be asked for first.
pub const ES256: i64 = -7;
/// The Edwards curve.
pub const EDDSA: i64 = -8;
/// RSASSA-PKCS1-v1_5 with SHA-256.
pub const RS256: i64 = -257;
const P256: i64 = 1;
const ED25519: i64 = 6;

/// The key that the members make: of a kind, an algorithm and a curve that go together, and nothing beside.
fn public_key(members: &Members<'_>) -> Result<PublicKey, Fault> {
    let Members { kind, algorithm, curve, first, second, third } = members;
    let key = match (kind, algorithm, curve, first, second, third) {
        (Some(EC2), Some(ES256), Some(P256), None, Some(x), Some(y)) => PublicKey::p256(x, y),
        (Some(RSA), Some(RS256), None, Some(n), Some(e), None) => PublicKey::rsa(n, e),
        (Some(OKP), Some(EDDSA), Some(ED25519), None, Some(x), None) => PublicKey::ed25519(x),
        _ => None,
    };
    key.ok_or(Fault::Algorithm)
}
