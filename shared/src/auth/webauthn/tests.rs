use proptest::prelude::*;
use serde_json::json;

use super::*;

const FLAGS_GOOD: u8 = 0x01 | 0x04;

fn place() -> Place {
    Place { host: "acme.example".to_owned(), origin: "https://acme.example".to_owned() }
}

fn client_data(kind: &str) -> Value {
    json!({"type": kind, "challenge": "Y2hhbGxlbmdl", "origin": "https://acme.example", "crossOrigin": false})
}

/// A key of P-256 as CTAP2 writes it.
fn cose() -> Vec<u8> {
    let mut key = vec![0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32];
    key.extend([7; 32]);
    key.extend([0x22, 0x58, 32]);
    key.extend([9; 32]);
    key
}

fn data(flags: u8, credential: Option<&[u8]>, behind: &[u8]) -> Vec<u8> {
    let mut data = Sha256::digest(b"acme.example").to_vec();
    data.push(flags);
    data.extend([0, 0, 0, 5]);
    if let Some(key) = credential {
        data.extend([0; 16]);
        data.extend([0, 3]);
        data.extend(b"cid");
        data.extend(key);
    }
    data.extend(behind);
    data
}

fn object(data: &[u8]) -> Vec<u8> {
    let mut object = vec![0xa3, 0x63];
    object.extend(b"fmt");
    object.push(0x64);
    object.extend(b"none");
    object.push(0x67);
    object.extend(b"attStmt");
    object.push(0xa0);
    object.push(0x68);
    object.extend(b"authData");
    object.push(0x59);
    object.extend(u16::try_from(data.len()).unwrap().to_be_bytes());
    object.extend(data);
    object
}

fn registration(client: &Value, object: &[u8]) -> Registration {
    serde_json::from_value(json!({
        "id": "Y2lk", "rawId": "Y2lk", "type": "public-key", "clientExtensionResults": {},
        "response": {
            "clientDataJSON": base64url::encode(client.to_string().as_bytes()), "attestationObject": base64url::encode(object),
            "transports": ["usb", "internal", "usb", "pigeon"]
        }
    }))
    .unwrap()
}

fn assertion(client: &Value, data: &[u8]) -> Assertion {
    serde_json::from_value(json!({
        "id": "Y2lk",
        "response": {
            "clientDataJSON": base64url::encode(client.to_string().as_bytes()), "authenticatorData": base64url::encode(data),
            "signature": "MAYCAQECAQE", "userHandle": null
        }
    }))
    .unwrap()
}

fn registered(data: &[u8]) -> Result<NewPasskey, Fault> {
    registration(&client_data("webauthn.create"), &object(data)).check(&place())
}

#[test]
fn a_registration_is_read() {
    let passkey = registered(&data(FLAGS_GOOD | 0x40 | 0x08, Some(&cose()), &[])).unwrap();
    assert_eq!((passkey.credential.as_str(), passkey.sign_count), ("Y2lk", 5));
    assert_eq!((passkey.is_backup_eligible, passkey.is_backed_up), (true, false));
    assert_eq!(passkey.transports, ["internal", "usb"]);
    assert_eq!(passkey.key, PublicKey::p256(&[7; 32], &[9; 32]).unwrap());
    assert_eq!(passkey.model, "0".repeat(32));
}

#[test]
fn extensions_that_nobody_asked_for_are_passed_over_and_nothing_else_is() {
    let with = |behind: &[u8], flags: u8| registered(&data(FLAGS_GOOD | 0x40 | flags, Some(&cose()), behind)).map(|_| ());
    let extensions = [0xa1, 0x6b, b'c', b'r', b'e', b'd', b'P', b'r', b'o', b't', b'e', b'c', b't', 0x02];
    assert_eq!(with(&extensions, 0x80), Ok(()));
    for (behind, flags) in
        [(&extensions[..], 0), (&[] as &[u8], 0x80), (&[0x02], 0x80), (&[0xa0, 0x00], 0x80), (&[0xa1, 1], 0x80)]
    {
        assert_eq!(with(behind, flags), Err(Fault::Malformed), "{behind:?} {flags}");
    }
}

#[test]
fn each_thing_that_is_not_as_it_must_be_is_named() {
    let good = data(FLAGS_GOOD, None, &[]);
    let check = |client: &Value, data: &[u8]| assertion(client, data).check(&place()).map(|_| ()).unwrap_err();
    let client = client_data("webauthn.get");
    assert!(assertion(&client, &good).check(&place()).is_ok());
    assert_eq!(check(&client_data("webauthn.create"), &good), Fault::Purpose);
    for origin in ["http://acme.example", "https://acme.example:8443", "https://globex.example", "https://acme.example/"] {
        let mut other = client.clone();
        other["origin"] = json!(origin);
        assert_eq!(check(&other, &good), Fault::Origin, "{origin}");
    }
    let mut framed = client.clone();
    framed["crossOrigin"] = json!(true);
    assert_eq!(check(&framed, &good), Fault::Origin);
    let mut elsewhere = good.clone();
    elsewhere[0] ^= 1;
    assert_eq!(check(&client, &elsewhere), Fault::Host);
    assert_eq!(check(&client, &data(0x04, None, &[])), Fault::Presence);
    assert_eq!(check(&client, &data(0x01, None, &[])), Fault::Verification);
    assert_eq!(check(&client, &data(FLAGS_GOOD | 0x10, None, &[])), Fault::Malformed, "backed up and not eligible for it");
    assert_eq!(check(&client, &data(FLAGS_GOOD | 0x40, Some(&cose()), &[])), Fault::Malformed, "a key where none is due");
    assert_eq!(check(&client, &good[..36]), Fault::Malformed);
    assert_eq!(check(&json!({"type": "webauthn.get"}), &good), Fault::Malformed);
    let mut large = client.clone();
    large["padding"] = json!("x".repeat(PASSKEY_PART_BYTES_MAX));
    assert_eq!(check(&large, &good), Fault::Malformed);
    assert_eq!(registered(&data(FLAGS_GOOD, None, &[])), Err(Fault::Malformed), "no key where one is due");
}

#[test]
fn keys_of_other_kinds_are_refused() {
    let key = |key: &[u8]| registered(&data(FLAGS_GOOD | 0x40, Some(key), &[])).map(|passkey| passkey.key.algorithm());
    let mut ed25519 = vec![0xa4, 1, 1, 3, 0x27, 0x20, 6, 0x21, 0x58, 32];
    ed25519.extend([3; 32]);
    assert_eq!(key(&ed25519).unwrap().as_str(), "EdDSA");
    let mut rsa = vec![0xa4, 1, 3, 3, 0x39, 1, 0, 0x20, 0x59, 1, 0];
    rsa.extend([3; 256]);
    rsa.extend([0x21, 0x43, 1, 0, 1]);
    assert_eq!(key(&rsa).unwrap().as_str(), "RS256");
    // ES384; P-384 with ES256; the curve of another kind; a compressed point; a modulus of 1024 bits.
    for (at, value) in [(4, 0x38), (6, 2)] {
        let mut other = cose();
        other[at] = value;
        assert!(key(&other).is_err(), "{at}");
    }
    let mut other = ed25519.clone();
    other[6] = 7;
    assert_eq!(key(&other), Err(Fault::Algorithm));
    let mut compressed = cose();
    compressed.truncate(42);
    compressed.extend([0x22, 0xf5]);
    assert_eq!(key(&compressed), Err(Fault::Malformed));
    let mut short = vec![0xa4, 1, 3, 3, 0x39, 1, 0, 0x20, 0x58, 128];
    short.extend([3; 128]);
    short.extend([0x21, 0x43, 1, 0, 1]);
    assert_eq!(key(&short), Err(Fault::Algorithm));
    // A member twice, one too many, one that has no business there, and no end.
    assert_eq!(key(&[0xa2, 1, 2, 1, 2]), Err(Fault::Malformed));
    assert_eq!(key(&[0xa6, 1, 2]), Err(Fault::Malformed));
    assert_eq!(key(&[0xa1, 4, 0x80]), Err(Fault::Malformed));
    assert_eq!(key(&[0xbf, 1, 2, 0xff]), Err(Fault::Malformed));
}

#[test]
fn the_object_around_it_has_three_members_and_an_end() {
    let good = object(&data(FLAGS_GOOD | 0x40, Some(&cose()), &[]));
    let check = |object: &[u8]| registration(&client_data("webauthn.create"), object).check(&place()).map(|_| ());
    assert_eq!(check(&good), Ok(()));
    let mut behind = good.clone();
    behind.push(0);
    let mut more = good.clone();
    more[0] = 0xa4;
    more.extend([0x61, b'x', 0]);
    for bad in [behind.as_slice(), more.as_slice(), &good[..good.len() - 1], &[0x80], &[]] {
        assert_eq!(check(bad), Err(Fault::Malformed));
    }
    // A statement is passed over, however deep it lies.
    let mut nested = vec![0xa3, 0x67];
    nested.extend(b"attStmt");
    nested.extend([0x81; 2000]);
    nested.push(0x00);
    nested.extend(&good[1..5]);
    nested.extend(&good[5..10]);
    nested.extend(&good[19..]);
    assert_eq!(check(&nested), Ok(()));
}

#[test]
fn a_counter_goes_on_or_is_not_kept() {
    assert!(goes_on(0, 0) && goes_on(0, 1) && goes_on(5, 6) && goes_on(5, 500));
    assert!(!goes_on(5, 5) && !goes_on(5, 4) && !goes_on(5, 0));
}

proptest! {
    #[test]
    fn whatever_bytes_come_are_refused_in_order(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let registration = registration(&client_data("webauthn.create"), &bytes);
        prop_assert!(registration.check(&place()).is_err());
        let _ = AuthenticatorData::read(&bytes);
        let _ = cbor::key(&bytes);
        let _ = cbor::after_map(&bytes);
        let _ = signature::plain(crate::auth::jwk::SignatureAlgorithm::Es256, &bytes);
    }

    #[test]
    fn a_good_registration_with_one_byte_changed_is_refused_or_is_still_a_key_of_its_kind(at in 0_usize..200, to in any::<u8>()) {
        let mut object = object(&data(FLAGS_GOOD | 0x40, Some(&cose()), &[]));
        let at = at % object.len();
        object[at] = to;
        if let Ok(passkey) = registration(&client_data("webauthn.create"), &object).check(&place()) {
            prop_assert_eq!(passkey.key.algorithm(), crate::auth::jwk::SignatureAlgorithm::Es256);
        }
    }

    #[test]
    fn a_signature_of_any_two_numbers_comes_out_as_it_went_in(r in any::<[u8; 32]>(), s in any::<[u8; 32]>()) {
        let der = |number: &[u8; 32]| {
            let digits: Vec<u8> = number.iter().copied().skip_while(|byte| *byte == 0).collect();
            let mut written = if digits.first().is_none_or(|byte| *byte >= 0x80) { vec![0] } else { Vec::new() };
            written.extend(digits);
            [vec![0x02, u8::try_from(written.len()).unwrap()], written].concat()
        };
        let numbers = [der(&r), der(&s)].concat();
        let written = [vec![0x30, u8::try_from(numbers.len()).unwrap()], numbers].concat();
        prop_assert_eq!(signature::plain(crate::auth::jwk::SignatureAlgorithm::Es256, &written), Some([r, s].concat()));
    }
}
