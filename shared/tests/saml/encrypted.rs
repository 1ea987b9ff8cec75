//! Assertions that are encrypted for us.

use aes_gcm::aead::{Aead as _, KeyInit as _};
use aes_gcm::aes::cipher::BlockCipherEncrypt as _;
use aes_gcm::aes::{Aes128, Aes256};
use aes_gcm::{Aes128Gcm, Aes256Gcm};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rsa::BoxedUint;
use rsa::sha2::Sha256;
use sha1::Sha1;
use shared::saml::Fault;

use crate::provider::{Answer, OURS, PLACES, STRANGERS, Signing, judged, unmarked};

const XENC: &str = "http://www.w3.org/2001/04/xmlenc#";
const XENC11: &str = "http://www.w3.org/2009/xmlenc11#";
const OAEP_MGF1P: &str = r#"<xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"/>"#;

/// How an assertion is encrypted.
#[derive(Clone)]
struct Encryption {
    cipher: String,
    key_method: String,
    wraps_by_sha256: bool,
    /// Where the wrapped key stands: in the data, or beside it.
    is_beside: bool,
    for_us: bool,
}

impl Default for Encryption {
    fn default() -> Self {
        Self {
            cipher: format!("{XENC11}aes256-gcm"),
            key_method: OAEP_MGF1P.to_owned(),
            wraps_by_sha256: false,
            is_beside: false,
            for_us: true,
        }
    }
}

impl Encryption {
    fn of(cipher: &str) -> Self {
        Self { cipher: cipher.to_owned(), ..Self::default() }
    }

    fn encrypt(&self, plain: &str) -> String {
        let bytes = if self.cipher.contains("128") { 16 } else { 32 };
        let mut secrets = vec![0; bytes + 16];
        getrandom::fill(&mut secrets).unwrap();
        let (key, iv) = secrets.split_at(bytes);
        let text =
            if self.cipher.contains("cbc") { cbc(key, iv, plain.as_bytes()) } else { gcm(key, &iv[..12], plain.as_bytes()) };
        let to = if self.for_us {
            let (modulus, exponent) = OURS.public_numbers();
            let number = |digits: &[u8]| BoxedUint::from_be_slice_vartime(digits);
            rsa::PublicKey::new(number(modulus), number(exponent)).unwrap()
        } else {
            STRANGERS.to_public_key()
        };
        let wrapped = if self.wraps_by_sha256 { to.oaep_encrypt::<Sha256>(key) } else { to.oaep_encrypt::<Sha1>(key) }.unwrap();
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
    fn answer(&self, answer: &Answer, places: &[&str]) -> String {
        let signing = Signing::default();
        let inner = answer.assertion();
        let inner = if places.contains(&"_assertion") { signing.sign(&inner, "_assertion") } else { inner };
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

#[test]
fn an_encrypted_assertion_is_opened_and_checked_as_another_is() {
    for cipher in ["aes128-gcm", "aes256-gcm"] {
        let encryption = Encryption::of(&format!("{XENC11}{cipher}"));
        for places in PLACES {
            assert_eq!(judged(&encryption.answer(&Answer::default(), places)).unwrap().name.value, "anna", "{cipher} {places:?}");
        }
        assert_eq!(
            judged(&encryption.answer(&Answer::default(), &[])),
            Err(Fault::Unsigned),
            "whoever knows our key could have made it"
        );
        let elsewhere = Answer { issuer: "<saml:Issuer>https://evil.example</saml:Issuer>".to_owned(), ..Answer::default() };
        assert_eq!(judged(&encryption.answer(&elsewhere, PLACES[0])), Err(Fault::Issuer));
    }
}

#[test]
fn a_cipher_that_can_be_changed_is_taken_in_a_signed_message_only() {
    for cipher in ["aes128-cbc", "aes256-cbc"] {
        let encryption = Encryption::of(&format!("{XENC}{cipher}"));
        assert_eq!(judged(&encryption.answer(&Answer::default(), PLACES[0])), Err(Fault::Encryption));
        assert_eq!(judged(&encryption.answer(&Answer::default(), PLACES[1])).unwrap().name.value, "anna");
        assert_eq!(judged(&encryption.answer(&Answer::default(), PLACES[2])).unwrap().name.value, "anna");
    }
}

#[test]
fn the_wrapped_key_stands_in_the_data_or_beside_it() {
    let beside = Encryption { is_beside: true, ..Encryption::default() };
    assert!(judged(&beside.answer(&Answer::default(), PLACES[0])).is_ok());
    let both = beside.answer(&Answer::default(), PLACES[0]).replace(
        "</xenc:EncryptedData>",
        "</xenc:EncryptedData><xenc:EncryptedKey xmlns:xenc=\"http://www.w3.org/2001/04/xmlenc#\"/>",
    );
    assert_eq!(judged(&both), Err(Fault::Encryption));
    let none = Encryption::default().answer(&Answer::default(), PLACES[0]).replace("xenc:EncryptedKey", "xenc:Other");
    assert_eq!(judged(&none), Err(Fault::Encryption));
}

#[test]
fn keys_are_wrapped_with_one_digest_for_both_uses() {
    let digest = |name: &str| format!(r#"<ds:DigestMethod xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Algorithm="{name}"/>"#);
    let mask = |name: &str| format!(r#"<xenc11:MGF xmlns:xenc11="{XENC11}" Algorithm="{XENC11}{name}"/>"#);
    let (sha1, sha256) = (digest("http://www.w3.org/2000/09/xmldsig#sha1"), digest("http://www.w3.org/2001/04/xmlenc#sha256"));
    let older = format!("{XENC}rsa-oaep-mgf1p");
    let newer = format!("{XENC11}rsa-oaep");
    for (name, parameters, wraps_by_sha256, fault) in [
        (&older, String::new(), false, None),
        (&older, sha1.clone(), false, None),
        (&newer, String::new(), false, None),
        (&newer, format!("{sha1}{}", mask("mgf1sha1")), false, None),
        (&newer, format!("{sha256}{}", mask("mgf1sha256")), true, None),
        (&newer, format!("{sha256}{}", mask("mgf1sha256")), false, Some(Fault::Decryption)),
        (&older, sha256.clone(), true, Some(Fault::Encryption)),
        (&newer, sha256.clone(), true, Some(Fault::Encryption)),
        (&newer, mask("mgf1sha256"), true, Some(Fault::Encryption)),
        (&newer, format!("{sha256}{}", mask("mgf1sha512")), true, Some(Fault::Encryption)),
        (&newer, format!("{sha1}{sha1}"), false, Some(Fault::Encryption)),
        (&older, digest("urn:x"), false, Some(Fault::Encryption)),
        (&older, "<xenc:OAEPparams>AA==</xenc:OAEPparams>".to_owned(), false, Some(Fault::Encryption)),
        (&format!("{XENC}rsa-1_5"), String::new(), false, Some(Fault::Encryption)),
    ] {
        let key_method = format!(r#"<xenc:EncryptionMethod Algorithm="{name}">{parameters}</xenc:EncryptionMethod>"#);
        let encryption = Encryption { key_method, wraps_by_sha256, ..Encryption::default() };
        assert_eq!(judged(&encryption.answer(&Answer::default(), PLACES[0])).err(), fault, "{name} {parameters}");
    }
}

#[test]
fn what_does_not_open_says_no_more_than_that() {
    let for_others = Encryption { for_us: false, ..Encryption::default() };
    assert_eq!(judged(&for_others.answer(&Answer::default(), PLACES[0])), Err(Fault::Decryption));
    let good = Encryption::default().answer(&Answer::default(), PLACES[0]);
    let start = good.rfind("<xenc:CipherValue>").unwrap() + "<xenc:CipherValue>".len();
    for at in [start, start + 40, start + 400] {
        let mut changed = good.clone();
        let other = if &changed[at..=at] == "A" { "B" } else { "A" };
        changed.replace_range(at..=at, other);
        assert_eq!(judged(&changed), Err(Fault::Decryption));
    }
    let short = format!("{}AAAA{}", &good[..start], &good[good.rfind("</xenc:CipherValue>").unwrap()..]);
    assert_eq!(judged(&short), Err(Fault::Decryption));
    assert_eq!(
        judged(&good.replace("xmlenc11#aes256-gcm", "xmlenc11#aes128-gcm")),
        Err(Fault::Decryption),
        "a key of another length"
    );
    for cipher in ["http://www.w3.org/2001/04/xmlenc#tripledes-cbc", "http://www.w3.org/2009/xmlenc11#aes192-gcm", ""] {
        assert_eq!(judged(&good.replace("http://www.w3.org/2009/xmlenc11#aes256-gcm", cipher)), Err(Fault::Encryption));
    }
}

#[test]
fn what_is_encrypted_is_one_assertion_and_nothing_else() {
    let signed = Signing::default().sign(&Answer::default().assertion(), "_assertion");
    let around = |plain: &str| judged(&unmarked(&Answer::default().around(&Encryption::default().encrypt(plain)))).err();
    assert_eq!(around(&signed), None);
    assert_eq!(around("<!DOCTYPE x><a/>"), Some(Fault::Doctype));
    assert_eq!(around("<a/>"), Some(Fault::Assertions));
    assert_eq!(around(&format!("{signed}{signed}")), Some(Fault::Malformed));
    assert_eq!(
        around(&signed.replace("<saml:Subject>", &format!("<saml:Advice>{signed}</saml:Advice><saml:Subject>"))),
        Some(Fault::Assertions)
    );
    let beside = Answer::default().around(&format!("{}{signed}", Encryption::default().encrypt(&signed)));
    assert_eq!(judged(&unmarked(&beside)), Err(Fault::Assertions));
}
