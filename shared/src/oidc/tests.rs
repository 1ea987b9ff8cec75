//! Keys, tokens and documents of whatever bytes there are. The lies of a whole provider are told in the product's own tests.

mod judging;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::attempt::{Attempt, Purpose};
use super::id_token::{Fault, Signed};
use super::key::{choose, read};
use super::{address, discovery};
use crate::auth::base64url::encode;
use crate::auth::jwk::SignatureAlgorithm::{EdDsa, Es256, Ps256, Rs256};
use crate::ldap::settings::Reach;

const REACH: Reach<'_> = Reach { own_host: "workernet.example", lets_private: false };

fn rsa(more: Value) -> Value {
    with(json!({"kty": "RSA", "n": encode(&[0xc1; 256]), "e": "AQAB"}), more)
}

fn with(mut jwk: Value, more: Value) -> Value {
    for (name, value) in more.as_object().unwrap() {
        jwk[name] = value.clone();
    }
    jwk
}

fn document(keys: &[Value]) -> Vec<u8> {
    json!({ "keys": keys }).to_string().into_bytes()
}

#[test]
fn a_key_is_good_for_the_algorithms_of_its_own_kind() {
    let point = json!({"kty": "EC", "crv": "P-256", "x": encode(&[1; 32]), "y": encode(&[2; 32]), "kid": "ec"});
    let edwards = json!({"kty": "OKP", "crv": "Ed25519", "x": encode(&[3; 32]), "kid": "ed"});
    let keys =
        read(&document(&[rsa(json!({"kid": "any"})), rsa(json!({"kid": "pss", "alg": "PS256"})), point, edwards])).unwrap();
    for (kid, good) in [("any", &[Rs256, Ps256][..]), ("pss", &[Ps256]), ("ec", &[Es256]), ("ed", &[EdDsa])] {
        for algorithm in [Rs256, Ps256, Es256, EdDsa] {
            let chosen = choose(&keys, Some(kid), algorithm);
            assert_eq!(chosen.is_ok(), good.contains(&algorithm), "{kid} {algorithm:?}");
            assert!(chosen.is_ok_and(|key| key.algorithm() == algorithm) || !good.contains(&algorithm));
        }
    }
}

#[test]
fn what_is_no_key_for_signatures_is_passed_over() {
    let none = [
        json!({"kty": "oct", "k": "AAAA", "alg": "HS256", "kid": "one"}),
        rsa(json!({"kid": "one", "use": "enc"})),
        rsa(json!({"kid": "one", "n": encode(&[0xc1; 128])})),
        rsa(json!({"kid": "one", "n": "not base64url!"})),
        rsa(json!({"kid": "one", "alg": "RSA-OAEP"})),
        json!({"kty": "EC", "crv": "P-384", "x": encode(&[1; 48]), "y": encode(&[2; 48]), "kid": "one"}),
        json!({"kty": "EC", "crv": "P-256", "x": encode(&[1; 31]), "y": encode(&[2; 32]), "kid": "one"}),
        json!({"kid": "one"}),
        json!("one"),
    ];
    assert_eq!(read(&document(&none)).unwrap(), []);
    for unreadable in ["", "[]", "{}", r#"{"keys": {}}"#] {
        assert_eq!(read(unreadable.as_bytes()), None, "{unreadable}");
    }
    let many: Vec<Value> = (0..100).map(|at| rsa(json!({"kid": at.to_string()}))).collect();
    assert_eq!(read(&document(&many)).unwrap().len(), 30);
}

#[test]
fn a_token_without_a_name_of_a_key_means_the_only_one_of_its_kind() {
    let one = read(&document(&[rsa(json!({"kid": "one"}))])).unwrap();
    assert!(choose(&one, None, Rs256).is_ok());
    assert_eq!(choose(&one, Some("two"), Rs256), Err(Fault::KeyUnknown));
    assert_eq!(choose(&one, None, Es256), Err(Fault::KeyUnknown));
    let two = read(&document(&[rsa(json!({"kid": "one"})), rsa(json!({"kid": "two"}))])).unwrap();
    assert_eq!(choose(&two, None, Rs256), Err(Fault::KeyAmbiguous));
    let twins = read(&document(&[rsa(json!({"kid": "one"})), rsa(json!({"kid": "one"}))])).unwrap();
    assert_eq!(choose(&twins, Some("one"), Rs256), Err(Fault::KeyAmbiguous));
}

#[test]
fn a_token_is_signed_as_the_provider_has_said_and_in_no_other_way() {
    let token = |header: Value| format!("{}.{}.AAAA", encode(header.to_string().as_bytes()), encode(b"{}"));
    let parse = |header: Value, known: &str| Signed::parse(&token(header), &[known.to_owned()], &["JWT"]).map(|_| ());
    assert_eq!(parse(json!({"alg": "RS256"}), "RS256"), Ok(()));
    for (header, known) in [
        (json!({"alg": "none"}), "none"),
        (json!({"alg": "HS256"}), "HS256"),
        (json!({"alg": "ES256"}), "RS256"),
        (json!({"alg": "rs256"}), "RS256"),
        (json!({"alg": ["RS256"]}), "RS256"),
        (json!({}), "RS256"),
    ] {
        assert_eq!(parse(header.clone(), known), Err(Fault::Algorithm), "{header} {known}");
    }
}

#[test]
fn a_document_without_optional_parts_has_their_defaults() {
    let issuer = "https://login.acme.example";
    let at = |path: &str| format!("{issuer}/{path}");
    let bare = json!({"issuer": issuer, "authorization_endpoint": at("a"), "token_endpoint": at("t"), "jwks_uri": at("k")});
    let metadata = discovery::read(bare.to_string().as_bytes(), issuer, REACH).unwrap();
    assert_eq!((metadata.algorithms, metadata.userinfo_endpoint), (vec!["RS256".to_owned()], None));
    assert!(!metadata.names_issuer && !metadata.secret_in_form);
    let methods = json!({"token_endpoint_auth_methods_supported": ["client_secret_post"]});
    let by_form = discovery::read(with(bare, methods).to_string().as_bytes(), issuer, REACH).unwrap();
    assert!(by_form.secret_in_form);
    assert_eq!(discovery::address_of("https://x.example/"), "https://x.example/.well-known/openid-configuration");
}

#[test]
fn development_may_ask_its_own_machine_and_nobody_else_may() {
    let local = Reach { lets_private: true, ..REACH };
    for text in ["http://localhost:9000", "http://127.0.0.1:9000/x"] {
        assert!(address::checked(text, local).is_some() && address::checked(text, REACH).is_none(), "{text}");
    }
    for text in ["https://acme.workernet.example", "https://workernet.example", "https://a b.example", "https:\\\\x.example"] {
        assert!(address::checked(text, REACH).is_none(), "{text}");
    }
    assert!(address::checked("javascript:alert(1)", local).is_none());
    assert_eq!(address::issuer(" https://login.acme.example/x ", REACH).as_deref(), Some("https://login.acme.example/x"));
}

#[test]
fn the_challenge_is_that_of_the_standard() {
    let attempt = Attempt {
        provider: crate::id::IdentityProviderId::parse(&format!("idp_{}", "0".repeat(32))).unwrap(),
        version: 1,
        purpose: Purpose::SignIn,
        session: None,
        nonce: String::new(),
        verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".to_owned(),
        expires: 0,
        next: String::new(),
    };
    // RFC 7636, appendix B.
    assert_eq!(attempt.challenge(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

proptest! {
    #[test]
    fn whatever_comes_as_a_token_is_taken_apart_or_refused(token in "[ -~]{0,200}", parts in prop::collection::vec("[A-Za-z0-9_-]{0,60}", 0..5)) {
        let known = ["RS256".to_owned(), "ES256".to_owned()];
        let _ = Signed::parse(&token, &known, &["JWT"]);
        let _ = Signed::parse(&parts.join("."), &known, &["JWT"]);
    }

    #[test]
    fn whatever_comes_as_a_document_is_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300), text in "\\{\"(keys|issuer)\": ?[ -~]{0,100}\\}") {
        let _ = read(&bytes);
        let _ = read(text.as_bytes());
        prop_assert!(discovery::read(&bytes, "https://x.example", REACH).is_err());
        let _ = discovery::read(text.as_bytes(), "https://x.example", REACH);
    }
}
