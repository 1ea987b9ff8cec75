//! Assertions encrypted as an identity provider does it.

use aes_gcm::aead::{Aead as _, KeyInit as _};
use aes_gcm::aes::cipher::BlockCipherEncrypt as _;
use aes_gcm::aes::{Aes128, Aes256};
use aes_gcm::{Aes128Gcm, Aes256Gcm};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rsa::BoxedUint;
use rsa::sha2::Sha256;
use sha1::Sha1;

use super::provider::{Answer, OURS, Signing, unmarked};

pub const XENC: &str = "http://www.w3.org/2001/04/xmlenc#";
pub const XENC11: &str = "http://www.w3.org/2009/xmlenc11#";
const OAEP_MGF1P: &str = r#"<xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"/>"#;

/// How an assertion is encrypted.
#[derive(Clone)]
pub struct Encryption {
    pub cipher: String,
    pub key_method: String,
    pub wraps_by_sha256: bool,
    /// Where the wrapped key stands: in the data, or beside it.
    pub is_beside: bool,
    /// For whom.
    pub to: rsa::PublicKey,
}

/// The key with this modulus and exponent.
pub fn of_numbers((modulus, exponent): (&[u8], &[u8])) -> rsa::PublicKey {
    let number = |digits: &[u8]| BoxedUint::from_be_slice_vartime(digits);
    rsa::PublicKey::new(number(modulus), number(exponent)).unwrap()
}

impl Default for Encryption {
    fn default() -> Self {
        Self {
            cipher: format!("{XENC11}aes256-gcm"),
            key_method: OAEP_MGF1P.to_owned(),
            wraps_by_sha256: false,
            is_beside: false,
            to: of_numbers(OURS.public_numbers()),
        }
    }
}

impl Encryption {
    pub fn of(cipher: &str) -> Self {
        Self { cipher: cipher.to_owned(), ..Self::default() }
    }

    pub fn encrypt(&self, plain: &str) -> String {
        let bytes = if self.cipher.contains("128") { 16 } else { 32 };
        let mut secrets = vec![0; bytes + 16];
        getrandom::fill(&mut secrets).unwrap();
        let (key, iv) = secrets.split_at(bytes);
        let text =
            if self.cipher.contains("cbc") { cbc(key, iv, plain.as_bytes()) } else { gcm(key, &iv[..12], plain.as_bytes()) };
        let wrapped =
            if self.wraps_by_sha256 { self.to.oaep_encrypt::<Sha256>(key) } else { self.to.oaep_encrypt::<Sha1>(key) }.unwrap();
        let key = format!(
            "<xenc:EncryptedKey>{}<xenc:CipherData><xenc:CipherValue>{}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey>",
            self.key_method,
            STANDARD.encode(wrapped)
        );
        let (inside, beside) = if self.is_beside { (String::new(), key) } else { (key, String::new()) };
        format!(
            concat!(
                r#"<saml:EncryptedAssertion><xenc:EncryptedData xmlns:xenc="{}" Type="{}Element"><xenc:EncryptionMethod Algorithm="{}"/>"#,
                r#"<ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">{}</ds:KeyInfo>"#,
                "<xenc:CipherData><xenc:CipherValue>{}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>{}</saml:EncryptedAssertion>"
            ),
            XENC,
            XENC,
            self.cipher,
            inside,
            STANDARD.encode(text),
            beside.replace("<xenc:EncryptedKey>", &format!(r#"<xenc:EncryptedKey xmlns:xenc="{XENC}">"#))
        )
    }

    /// An answer around the encrypted assertion, signed in these places.
    pub fn answer(&self, answer: &Answer, places: &[&str]) -> String {
        let signing = Signing::default();
        let inner = answer.assertion();
        let inner = if places.contains(&"_assertion") { signing.sign(&inner, &answer.assertion_id) } else { inner };
        let inner = inner.replace(&format!("@{}@", answer.assertion_id), "");
        let whole = answer.around(&self.encrypt(&unmarked(&inner)));
        unmarked(&if places.contains(&"_response") { signing.sign(&whole, "_response") } else { whole })
    }
}

fn gcm(key: &[u8], iv: &[u8], plain: &[u8]) -> Vec<u8> {
    let nonce = iv.try_into().unwrap();
    let sealed = if key.len() == 16 {
        Aes128Gcm::new_from_slice(key).unwrap().encrypt(&nonce, plain)
    } else {
        Aes256Gcm::new_from_slice(key).unwrap().encrypt(&nonce, plain)
    };
    [iv, &sealed.unwrap()].concat()
}

/// With the filling that XML Encryption wants: any bytes, and the last says how many.
fn cbc(key: &[u8], iv: &[u8], plain: &[u8]) -> Vec<u8> {
    let filling = 16 - plain.len() % 16;
    let mut text = plain.to_vec();
    text.extend((1..filling).map(|number| u8::try_from(number * 7).unwrap()));
    text.push(u8::try_from(filling).unwrap());
    let mut out = iv.to_vec();
    for block in text.chunks(16) {
        let before = out[out.len() - 16..].to_vec();
        let mixed: Vec<u8> = block.iter().zip(before).map(|(one, other)| one ^ other).collect();
        let mut block = aes_gcm::aes::Block::try_from(mixed.as_slice()).unwrap();
        if key.len() == 16 {
            Aes128::new_from_slice(key).unwrap().encrypt_block(&mut block);
        } else {
            Aes256::new_from_slice(key).unwrap().encrypt_block(&mut block);
        }
        out.extend(block);
    }
    out
}
