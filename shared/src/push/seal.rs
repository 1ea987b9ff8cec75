//! Sealing a text for one device: RFC 8291 over one record of `aes128gcm` (RFC 8188).

use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::{Aes128Gcm, Nonce};
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::auth::base64url::decode;
use crate::auth::cryptography::{Cryptography, CurveKey, POINT_BYTES};

/// Bytes of a text at most: what a push service has to take (RFC 8030, 7.2: 4096), less header, delimiter and tag.
pub const TEXT_BYTES_MAX: usize = RECORD_BYTES - 86 - 17;
/// The size of a record; ours are one record each.
const RECORD_BYTES: usize = 4096;
/// Bytes of the secret that a device shares with its senders (RFC 8291, 3.2).
const SECRET_BYTES: usize = 16;
/// What ends the text of a last record (RFC 8188, 2).
const END: u8 = 2;

/// A device's keys: a point of its own, and a secret that it shares with senders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receiver {
    point: Vec<u8>,
    secret: Vec<u8>,
}

impl Receiver {
    /// By both as browsers give them, in base64url; the name of the wrong one otherwise.
    pub fn parse(p256dh: &str, auth: &str) -> Result<Self, &'static str> {
        let point = decode(p256dh.trim_end_matches('=')).filter(|point| point.len() == POINT_BYTES && point.first() == Some(&4));
        let secret = decode(auth.trim_end_matches('=')).filter(|secret| secret.len() == SECRET_BYTES);
        Ok(Self { point: point.ok_or("p256dh")?, secret: secret.ok_or("auth")? })
    }
}

/// Seals a text for a device with a key pair that is used this once, and random salt. `None` when the device's point is none, or the text
/// too long.
pub async fn seal(
    cryptography: &dyn Cryptography,
    once: &CurveKey,
    salt: [u8; 16],
    to: &Receiver,
    text: &[u8],
) -> Option<Vec<u8>> {
    if text.len() > TEXT_BYTES_MAX {
        return None;
    }
    let common = cryptography.agree(once, &to.point).await?;
    let by_secret = digest(&to.secret, &[&common])?;
    let key = digest(&by_secret, &[b"WebPush: info\0", &to.point, once.public(), &[1]])?;
    let by_salt = digest(&salt, &[&key])?;
    let content_key = digest(&by_salt, &[b"Content-Encoding: aes128gcm\0", &[1]])?;
    let nonce = digest(&by_salt, &[b"Content-Encoding: nonce\0", &[1]])?;
    let nonce: [u8; 12] = nonce.get(..12)?.try_into().ok()?;
    let cipher = Aes128Gcm::new_from_slice(content_key.get(..16)?).ok()?;
    let sealed = cipher.encrypt(&Nonce::from(nonce), [text, &[END]].concat().as_slice()).ok()?;
    let size = u32::try_from(RECORD_BYTES).ok()?.to_be_bytes();
    let point_bytes = u8::try_from(once.public().len()).ok()?;
    Some([&salt as &[u8], &size, &[point_bytes], once.public(), &sealed].concat())
}

/// HMAC-SHA-256. Extract of HKDF (RFC 5869) is one, and so is the first block of expand, which is all that is needed here.
fn digest(key: &[u8], parts: &[&[u8]]) -> Option<[u8; 32]> {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).ok()?;
    for part in parts {
        mac.update(part);
    }
    Some(mac.finalize().into_bytes().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_key_of_a_device_is_named() {
        let point = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
        let secret = "BTBZMqHH6r4Tts7J_aSIgg";
        assert!(Receiver::parse(point, secret).is_ok());
        assert!(Receiver::parse(&format!("{point}="), &format!("{secret}==")).is_ok(), "some browsers fill up");
        assert_eq!(Receiver::parse("BCVx", secret), Err("p256dh"));
        assert_eq!(Receiver::parse(&point.replace("BCV", "ACV"), secret), Err("p256dh"));
        assert_eq!(Receiver::parse(point, "BTBZ"), Err("auth"));
        assert_eq!(Receiver::parse(point, "not base64"), Err("auth"));
    }
}
