//! Assertions that are encrypted for us.

use shared::saml::Fault;

use crate::encryption::{Encryption, XENC, XENC11};
use crate::provider::{Answer, PLACES, STRANGERS, Signing, judged, unmarked};

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
    let for_others = Encryption { to: STRANGERS.to_public_key(), ..Encryption::default() };
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
