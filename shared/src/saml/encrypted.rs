//! Encrypted assertions (W3C XML Encryption 1.1): which key opens them, and by what.
//!
//! Taken is one key for us, wrapped by RSA-OAEP with one digest for both of its uses, and AES-GCM. AES-CBC can be changed by strangers who
//! learn from our answers what stood there (Jager and Somorovsky, 2011), so it is taken only in a message whose signature was checked before.
//! PKCS #1 1.5 is not taken at all. The platform unwraps and opens at once, and says no more than whether it did.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::Fault;
use super::names::{ENCRYPTION, ENCRYPTION_11, SIGNATURE};
use super::xml::Element;
use crate::auth::cryptography::{Cipher, Cryptography, OaepDigest, PrivateKey, Sealed};

/// Opens the assertion that is encrypted in this element by one of our keys.
pub(super) async fn open(
    encrypted: &Element,
    is_signed: bool,
    keys: &[PrivateKey],
    cryptography: &dyn Cryptography,
) -> Result<Vec<u8>, Fault> {
    let sealed = read(encrypted)?;
    if sealed.cipher.can_be_changed() && !is_signed {
        return Err(Fault::Encryption);
    }
    for key in keys {
        if let Some(plain) = cryptography.open(key, &sealed).await {
            return Ok(plain);
        }
    }
    Err(Fault::Decryption)
}

/// What is encrypted in this element.
fn read(encrypted: &Element) -> Result<Sealed, Fault> {
    let data = encrypted.only(ENCRYPTION, "EncryptedData").ok_or(Fault::Encryption)?;
    let cipher = cipher(algorithm(data)?)?;
    let key = wrapped_key(encrypted, data).ok_or(Fault::Encryption)?;
    let oaep = oaep(key)?;
    let mut text = value(data)?;
    if text.len() < cipher.iv_bytes() {
        return Err(Fault::Decryption);
    }
    let rest = text.split_off(cipher.iv_bytes());
    Ok(Sealed { oaep, wrapped: value(key)?, cipher, iv: text, text: rest })
}

/// The one wrapped key: where the data says what it is encrypted by, or beside the data (SAML core, 2.3.4).
fn wrapped_key<'a>(encrypted: &'a Element, data: &'a Element) -> Option<&'a Element> {
    let inside = data.all(SIGNATURE, "KeyInfo").flat_map(|information| information.all(ENCRYPTION, "EncryptedKey"));
    let mut all = inside.chain(encrypted.all(ENCRYPTION, "EncryptedKey"));
    let key = all.next()?;
    all.next().is_none().then_some(key)
}

fn method(element: &Element) -> Result<&Element, Fault> {
    element.only(ENCRYPTION, "EncryptionMethod").ok_or(Fault::Encryption)
}

fn algorithm(element: &Element) -> Result<&str, Fault> {
    method(element)?.attribute("Algorithm").ok_or(Fault::Encryption)
}

fn value(element: &Element) -> Result<Vec<u8>, Fault> {
    let data = element.only(ENCRYPTION, "CipherData").and_then(|data| data.only(ENCRYPTION, "CipherValue"));
    data.and_then(base64).ok_or(Fault::Encryption)
}

fn cipher(name: &str) -> Result<Cipher, Fault> {
    match name {
        "http://www.w3.org/2009/xmlenc11#aes128-gcm" => Ok(Cipher::Aes128Gcm),
        "http://www.w3.org/2009/xmlenc11#aes256-gcm" => Ok(Cipher::Aes256Gcm),
        "http://www.w3.org/2001/04/xmlenc#aes128-cbc" => Ok(Cipher::Aes128Cbc),
        "http://www.w3.org/2001/04/xmlenc#aes256-cbc" => Ok(Cipher::Aes256Cbc),
        _ => Err(Fault::Encryption),
    }
}

/// The digest of RSA-OAEP. The older name generates its mask with SHA-1 whatever the digest, the newer one with SHA-1 unless it says otherwise
/// (XML Encryption 1.1, 5.5.2); Web Cryptography has one digest for both uses.
fn oaep(key: &Element) -> Result<OaepDigest, Fault> {
    let method = method(key)?;
    let digest = match method.only(SIGNATURE, "DigestMethod").map(|digest| digest.attribute("Algorithm")) {
        None if method.lacks(SIGNATURE, "DigestMethod") => OaepDigest::Sha1,
        Some(Some("http://www.w3.org/2000/09/xmldsig#sha1")) => OaepDigest::Sha1,
        Some(Some("http://www.w3.org/2001/04/xmlenc#sha256")) => OaepDigest::Sha256,
        _ => return Err(Fault::Encryption),
    };
    let mask = match method.attribute("Algorithm") {
        Some("http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p") => OaepDigest::Sha1,
        Some("http://www.w3.org/2009/xmlenc11#rsa-oaep") => {
            match method.only(ENCRYPTION_11, "MGF").map(|mask| mask.attribute("Algorithm")) {
                None if method.lacks(ENCRYPTION_11, "MGF") => OaepDigest::Sha1,
                Some(Some("http://www.w3.org/2009/xmlenc11#mgf1sha1")) => OaepDigest::Sha1,
                Some(Some("http://www.w3.org/2009/xmlenc11#mgf1sha256")) => OaepDigest::Sha256,
                _ => return Err(Fault::Encryption),
            }
        }
        _ => return Err(Fault::Encryption),
    };
    let has_label = !method.lacks(ENCRYPTION, "OAEPparams");
    if digest == mask && !has_label { Ok(digest) } else { Err(Fault::Encryption) }
}

/// The bytes that an element holds as base64, in lines or in one.
pub(super) fn base64(element: &Element) -> Option<Vec<u8>> {
    unwrapped(element.text()?)
}

/// Bytes of base64, in lines or in one.
pub(super) fn unwrapped(text: &str) -> Option<Vec<u8>> {
    let joined: String = text.split_ascii_whitespace().collect();
    STANDARD.decode(joined).ok().filter(|bytes| !bytes.is_empty())
}
