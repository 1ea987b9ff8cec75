//! What of a token is judged once its signature was checked, each claim at its edges.

use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256, Sha512};

use super::*;
use crate::oidc::attempt::{Attempt, Purpose};
use crate::oidc::id_token::{Expected, TOKEN_BYTES_MAX};
use crate::oidc::logout_token::{Logout, sid};

const NOW: i64 = 1_772_434_800;
const ISSUER: &str = "https://login.acme.example";
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(NOW, 0).unwrap()
}

fn token(algorithm: &str, claims: &Value, signature: &str) -> String {
    format!(
        "{}.{}.{signature}",
        encode(json!({ "alg": algorithm }).to_string().as_bytes()),
        encode(claims.to_string().as_bytes())
    )
}

fn parsed(algorithm: &str, claims: &Value) -> Signed {
    Signed::parse(&token(algorithm, claims, "AQID"), &[algorithm.to_owned()], &["JWT"]).unwrap()
}

fn expected() -> Expected<'static> {
    Expected { issuer: ISSUER, client_id: "client", nonce: "nonce", access_token: Some("token"), fresh_proof: false, now: now() }
}

fn good() -> Value {
    json!({"iss": ISSUER, "aud": "client", "exp": NOW + 300, "iat": NOW, "nonce": "nonce", "sub": "person"})
}

/// Whether a good token is good yet that says this, too.
fn judged(more: Value) -> Result<(), Fault> {
    parsed("RS256", &with(good(), more)).claims(true, expected()).map(|_| ())
}

/// The same without that claim.
fn without(name: &str) -> Result<(), Fault> {
    let mut claims = good();
    claims.as_object_mut().unwrap().remove(name);
    parsed("RS256", &claims).claims(true, expected()).map(|_| ())
}

#[test]
fn the_claims_are_handed_out_when_the_signature_was_found_good_and_not_before() {
    let signed = parsed("RS256", &good());
    let whole = token("RS256", &good(), "AQID");
    assert_eq!(signed.message(), whole.strip_suffix(".AQID").unwrap().as_bytes());
    assert_eq!(signed.signature(), [1, 2, 3]);
    assert_eq!(signed.clone().claims(false, expected()), Err(Fault::Signature));
    assert_eq!(signed.claims(true, expected()).unwrap().get("sub"), Some(&json!("person")));
}

#[test]
fn a_token_is_of_its_issuer_and_for_this_client_alone() {
    assert_eq!((judged(json!({"iss": "https://login.acme.example/"})), without("iss")), (Err(Fault::Issuer), Err(Fault::Issuer)));
    for aud in [json!("other"), json!(["other"]), json!([]), json!(1)] {
        assert_eq!(judged(json!({ "aud": aud })), Err(Fault::Audience), "{aud}");
    }
    assert_eq!((without("aud"), judged(json!({"aud": ["client"]}))), (Err(Fault::Audience), Ok(())));
    assert_eq!(judged(json!({"aud": ["client", "other"]})), Err(Fault::AuthorizedParty));
    assert_eq!(judged(json!({"aud": ["client", "other"], "azp": "client"})), Ok(()));
    assert_eq!(judged(json!({"azp": "other"})), Err(Fault::AuthorizedParty));
}

#[test]
fn a_token_is_of_this_moment() {
    for (more, outcome) in [
        (json!({"exp": NOW - 59}), Ok(())),
        (json!({"exp": NOW - 60}), Err(Fault::Expired)),
        (json!({"exp": "soon"}), Err(Fault::Expired)),
        (json!({"exp": f64::from(i32::MAX) + 0.5}), Ok(())),
        (json!({"exp": 999_999_999_999.5}), Ok(())),
        (json!({"exp": 1e12}), Err(Fault::Expired)),
        (json!({"iat": NOW + 60}), Ok(())),
        (json!({"iat": NOW + 61}), Err(Fault::IssuedAt)),
        (json!({"iat": NOW - 600}), Ok(())),
        (json!({"iat": NOW - 601}), Err(Fault::IssuedAt)),
        (json!({"nbf": NOW + 60}), Ok(())),
        (json!({"nbf": NOW + 61}), Err(Fault::NotYet)),
        (json!({"nbf": "soon"}), Err(Fault::NotYet)),
    ] {
        assert_eq!(judged(more.clone()), outcome, "{more}");
    }
    assert_eq!((without("exp"), without("iat")), (Err(Fault::Expired), Err(Fault::IssuedAt)));
}

#[test]
fn a_token_is_of_this_sign_in_and_about_somebody() {
    assert_eq!((judged(json!({"nonce": "another"})), without("nonce")), (Err(Fault::Nonce), Err(Fault::Nonce)));
    for (subject, outcome) in [
        (json!("x".repeat(255)), Ok(())),
        (json!("x".repeat(256)), Err(Fault::Subject)),
        (json!(""), Err(Fault::Subject)),
        (json!(1), Err(Fault::Subject)),
    ] {
        assert_eq!(judged(json!({ "sub": subject })), outcome, "{subject}");
    }
    assert_eq!(without("sub"), Err(Fault::Subject));
}

#[test]
fn a_token_belongs_to_the_access_token_that_came_with_it() {
    let short = encode(&Sha256::digest("token")[..16]);
    let long = encode(&Sha512::digest("token")[..32]);
    assert_eq!(judged(json!({ "at_hash": short })), Ok(()));
    for wrong in [json!(long), json!(encode(&Sha256::digest("other")[..16])), json!(""), json!(1)] {
        assert_eq!(judged(json!({ "at_hash": wrong })), Err(Fault::AccessTokenHash), "{wrong}");
    }
    let claims = |hash: &str| with(good(), json!({ "at_hash": hash }));
    let edwards = |hash: &str| parsed("EdDSA", &claims(hash)).claims(true, expected()).map(|_| ());
    assert_eq!((edwards(&long), edwards(&short)), (Ok(()), Err(Fault::AccessTokenHash)));
    let alone = parsed("RS256", &claims(&short)).claims(true, Expected { access_token: None, ..expected() });
    assert_eq!(alone, Err(Fault::AccessTokenHash));
}

#[test]
fn where_a_proof_is_asked_for_it_is_of_now() {
    let proven =
        |more: Value| parsed("RS256", &with(good(), more)).claims(true, Expected { fresh_proof: true, ..expected() }).map(|_| ());
    for (at, outcome) in
        [(NOW + 60, Ok(())), (NOW + 61, Err(Fault::AuthTime)), (NOW - 300, Ok(())), (NOW - 301, Err(Fault::AuthTime))]
    {
        assert_eq!(proven(json!({ "auth_time": at })), outcome, "{at}");
    }
    assert_eq!((proven(json!({})), judged(json!({"auth_time": 0}))), (Err(Fault::AuthTime), Ok(())));
}

#[test]
fn a_token_is_as_long_as_it_may_be_and_not_longer() {
    let of = |bytes: usize| {
        // Four letters for three bytes: so many of padding, or a few more or less.
        let near = bytes * 3 / 4 - 64;
        let all = (near..near + 64).flat_map(|pad| ["AA", "AAA", "AAAA"].map(|signature| (pad, signature)));
        let mut all = all.map(|(pad, signature)| token("RS256", &json!({"x": "x".repeat(pad)}), signature));
        all.find(|token| token.len() == bytes).unwrap()
    };
    let parse = |token: &str| Signed::parse(token, &["RS256".to_owned()], &["JWT"]).map(|_| ());
    assert_eq!(parse(&of(TOKEN_BYTES_MAX)), Ok(()));
    assert_eq!(parse(&of(TOKEN_BYTES_MAX + 1)), Err(Fault::Malformed));
}

/// What a token about the end of a session says; `Value::Null` takes a claim away.
fn logout(more: Value) -> Result<Logout, Fault> {
    let mut claims = with(
        json!({"iss": ISSUER, "aud": "client", "exp": NOW + 300, "iat": NOW, "jti": "one", "sub": "person", "sid": "session",
            "events": {EVENT: {}}}),
        more,
    );
    claims.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    parsed("RS256", &claims).logout(true, ISSUER, "client", now())
}

#[test]
fn the_end_of_a_session_is_told_by_a_token_for_that_alone() {
    let told = logout(json!({})).unwrap();
    assert_eq!((told.subject.as_deref(), told.sid.as_deref(), told.jti.as_str()), (Some("person"), Some("session"), "one"));
    assert_eq!(told.expires, now() + TimeDelta::seconds(720), "as long as one of that age is taken by any clock");
    for (more, fault) in [
        (json!({"nonce": "nonce"}), Fault::Nonce),
        (json!({"events": null}), Fault::Events),
        (json!({"events": {EVENT: true}}), Fault::Events),
        (json!({"events": {"other": {}}}), Fault::Events),
        (json!({"sub": null, "sid": null}), Fault::Subject),
        (json!({"sub": ""}), Fault::Subject),
        (json!({"sid": ""}), Fault::Subject),
        (json!({"sid": 1}), Fault::Subject),
        (json!({"jti": null}), Fault::TokenId),
        (json!({"jti": ""}), Fault::TokenId),
        (json!({"iss": "https://other.example"}), Fault::Issuer),
    ] {
        assert_eq!(logout(more.clone()).err(), Some(fault), "{more}");
    }
    assert_eq!(logout(json!({"sub": null})).unwrap().subject, None);
    assert_eq!(logout(json!({"sid": null})).unwrap().sid, None);
    let claims = |sid: Value| json!({ "sid": sid }).as_object().unwrap().clone();
    assert_eq!((sid(&claims(json!("one"))), sid(&claims(json!("")))), (Some("one"), None));
}

#[test]
fn a_name_of_a_key_is_not_longer_than_names_are() {
    let known = |letters: usize| read(&document(&[rsa(json!({"kid": "k".repeat(letters)}))])).unwrap().len();
    assert_eq!((known(200), known(201), known(202)), (1, 0, 0));
}

#[test]
fn a_sign_in_is_for_what_its_address_says_and_ends() {
    for (name, purpose) in
        [("link", Some(Purpose::Link)), ("prove", Some(Purpose::Prove)), ("test", Some(Purpose::Test)), ("sign_in", None)]
    {
        assert_eq!(Purpose::parse(name), purpose, "{name}");
    }
    let attempt = Attempt {
        provider: crate::id::IdentityProviderId::parse(&format!("idp_{}", "0".repeat(32))).unwrap(),
        version: 1,
        purpose: Purpose::SignIn,
        session: None,
        nonce: String::new(),
        verifier: String::new(),
        expires: NOW + 1,
        next: String::new(),
    };
    assert!(attempt.is_live(now()));
    assert!(!attempt.is_live(now() + TimeDelta::seconds(1)) && !attempt.is_live(now() + TimeDelta::seconds(2)));
}

#[test]
fn a_fault_is_told_by_the_name_of_what_is_wrong() {
    for (fault, name) in [
        (Fault::Issuer, "iss"),
        (Fault::Audience, "aud"),
        (Fault::Nonce, "nonce"),
        (Fault::Expired, "exp"),
        (Fault::Algorithm, "alg"),
        (Fault::Signature, "signature"),
        (Fault::TokenId, "jti"),
    ] {
        assert_eq!(fault.as_str(), name);
    }
}
