//! Messages in a query, and what we ask.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use pollster::block_on;
use shared::auth::jwk::PublicKey;
use shared::saml::Fault;
use shared::saml::redirect::{Kind, Query, address, posted};
use shared::saml::request::AuthnRequest;
use shared::saml::signature::Verified;

use crate::cryptography::NativeCryptography;
use crate::provider::{ANSWER_AT, OURS, SP, STRANGERS, now, public};

const ENDPOINT: &str = "https://idp.example/sso";

fn our_key() -> PublicKey {
    let (modulus, exponent) = OURS.public_numbers();
    PublicKey::rsa(modulus, exponent).unwrap()
}

fn sent(message: &str, relay_state: Option<&str>) -> String {
    block_on(address(ENDPOINT, (Kind::Request, message), relay_state, &OURS, &NativeCryptography)).unwrap()
}

fn received(query: &str) -> Result<Verified, Fault> {
    block_on(Query::read(query)?.verify(&[our_key()], &NativeCryptography))
}

#[test]
fn a_request_says_who_asks_and_where_the_answer_goes() {
    let request = AuthnRequest {
        id: "_1",
        destination: ENDPOINT,
        entity_id: SP,
        answer_at: ANSWER_AT,
        name_format: Some("urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"),
        asks_anew: true,
        classes: &["urn:x:strong".to_owned(), "urn:y".to_owned()],
    };
    assert_eq!(
        request.write(now()),
        concat!(
            r#"<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" "#,
            r#"ID="_1" Version="2.0" IssueInstant="2026-01-01T12:00:00Z" Destination="https://idp.example/sso" ForceAuthn="true" "#,
            r#"AssertionConsumerServiceURL="https://help.acme.example/saml/acs" "#,
            r#"ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"><saml:Issuer>https://help.acme.example/saml</saml:Issuer>"#,
            r#"<samlp:NameIDPolicy Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent" AllowCreate="true"/>"#,
            r#"<samlp:RequestedAuthnContext Comparison="exact"><saml:AuthnContextClassRef>urn:x:strong</saml:AuthnContextClassRef>"#,
            "<saml:AuthnContextClassRef>urn:y</saml:AuthnContextClassRef></samlp:RequestedAuthnContext></samlp:AuthnRequest>"
        )
    );
    let plain = AuthnRequest { name_format: None, asks_anew: false, classes: &[], ..request }.write(now());
    assert!(plain.contains(r#"<samlp:NameIDPolicy AllowCreate="true"/>"#) && !plain.contains("ForceAuthn"));
    assert!(!plain.contains("RequestedAuthnContext"));
}

#[test]
fn what_comes_from_elsewhere_is_no_markup_in_a_request() {
    let hostile = r#"https://idp.example/?a=1&b="><evil x='"#;
    let request = AuthnRequest {
        id: "_1",
        destination: hostile,
        entity_id: hostile,
        answer_at: hostile,
        name_format: Some(hostile),
        asks_anew: false,
        classes: &[hostile.to_owned()],
    };
    let address = sent(&request.write(now()), None);
    let query = address.split_once('?').unwrap().1;
    let verified = received(query).unwrap();
    let root = verified.element();
    assert_eq!(root.attribute("Destination"), Some(hostile));
    assert_eq!(root.elements().count(), 3);
    assert_eq!(root.elements().next().unwrap().text(), Some(hostile));
}

#[test]
fn what_we_send_in_a_query_is_read_and_holds() {
    let address = sent("<a>\u{e4}</a>", Some("/tickets?q=a b&c"));
    assert!(address.starts_with("https://idp.example/sso?SAMLRequest="));
    let (_, query) = address.split_once('?').unwrap();
    let read = Query::read(query).unwrap();
    assert_eq!(read.kind, Kind::Request);
    assert_eq!(read.relay_state().as_deref(), Some("/tickets?q=a b&c"));
    assert_eq!(received(query).unwrap().element().text(), Some("\u{e4}"));
    let with_query = block_on(address_to("https://idp.example/sso?tenant=1"));
    assert!(with_query.starts_with("https://idp.example/sso?tenant=1&SAMLResponse="));
    assert_eq!(Query::read(with_query.split_once('?').unwrap().1).unwrap().kind, Kind::Response);
}

async fn address_to(endpoint: &str) -> String {
    address(endpoint, (Kind::Response, "<a/>"), None, &OURS, &NativeCryptography).await.unwrap()
}

#[test]
fn a_query_that_was_changed_is_refused() {
    let address = sent("<a/>", Some("state"));
    let (_, query) = address.split_once('?').unwrap();
    assert!(received(query).is_ok());
    assert!(received(&format!("other=1&{query}&more")).is_ok(), "what was not signed means nothing");
    for (from, to, fault) in [
        ("RelayState=state", "RelayState=other", Fault::Signature),
        ("RelayState=state&", "", Fault::Signature),
        ("RelayState=state", "RelayState=%73tate", Fault::Signature),
        ("rsa-sha256", "rsa-sha512", Fault::Signature),
        ("rsa%2Dsha256", "rsa%2Dsha512", Fault::Signature),
        ("SAMLRequest=", "SAMLResponse=", Fault::Signature),
        ("SAMLRequest=", "SAMLRequest=A", Fault::Signature),
        ("SAMLRequest=", "SAMLOther=", Fault::Kind),
        ("SAMLRequest=", "SAMLResponse=x&SAMLRequest=", Fault::Kind),
        ("SAMLRequest=", "SAMLRequest=x&SAMLRequest=", Fault::Malformed),
        ("RelayState=", "RelayState=x&RelayState=", Fault::Malformed),
        ("Signature=", "Signature=x&Signature=", Fault::Malformed),
        ("Signature=", "Signatur=", Fault::Unsigned),
        ("SigAlg=", "Sig=", Fault::Unsigned),
        ("Signature=", "Signature=!", Fault::SignatureForm),
        ("SAMLRequest=", "SAMLEncoding=urn%3Ax&SAMLRequest=", Fault::Malformed),
    ] {
        let changed = query.replace(from, to);
        if changed != query {
            assert_eq!(received(&changed), Err(fault), "{from} {to}");
        }
    }
    assert!(query.contains("rsa-sha256"), "the names above are those in the address");
    let sha1 = query.replace("2001%2F04%2Fxmldsig-more%23rsa-sha256", "2000%2F09%2Fxmldsig%23rsa-sha1");
    assert_ne!(sha1, query);
    assert_eq!(received(&sha1), Err(Fault::Algorithm));
    let theirs = block_on(Query::read(query).unwrap().verify(&[public(&STRANGERS)], &NativeCryptography));
    assert_eq!(theirs, Err(Fault::Signature));
}

/// A query as others write it: packed as they like, in small letters, with line breaks.
fn query_of(packed: &[u8]) -> String {
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string().to_ascii_lowercase().replace("%2f", "%2F");
    let message = STANDARD.encode(packed);
    let message = utf8_percent_encode(&message, NON_ALPHANUMERIC).to_string();
    let signed = format!("SAMLRequest={message}&SigAlg={}", encoded("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"));
    let signature =
        block_on(shared::auth::cryptography::Cryptography::sign(&NativeCryptography, &OURS, signed.as_bytes())).unwrap();
    format!("{signed}&Signature={}", utf8_percent_encode(&STANDARD.encode(signature), NON_ALPHANUMERIC))
}

/// Stored blocks of DEFLATE around these bytes.
fn stored(bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).unwrap();
    [&[1], &length.to_le_bytes() as &[u8], &(!length).to_le_bytes(), bytes].concat()
}

#[test]
fn a_signed_query_is_checked_as_it_was_written_and_unpacked_within_limits() {
    assert!(received(&query_of(&stored(b"<a/>"))).is_ok());
    assert_eq!(received(&query_of(&stored(b"<!DOCTYPE a><a/>"))), Err(Fault::Doctype));
    assert_eq!(received(&query_of(b"<a/>")), Err(Fault::Malformed), "not packed");
    let signature = br#"<a><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/></a>"#;
    assert_eq!(received(&query_of(&stored(signature))), Err(Fault::SignaturePlace));
    // A run of one sign: `zlib.compressobj(9, wbits=-15)` over 300,000 times "a".
    let bomb = shared::auth::base64url::decode(BOMB).unwrap();
    assert!(bomb.len() < 400);
    assert_eq!(received(&query_of(&bomb)), Err(Fault::TooLarge));
}

const BOMB: &str = "7cEBDQAAAMKgrO9fwh4OKAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA-DE";

#[test]
fn a_form_carries_base64_in_lines_or_in_one() {
    assert_eq!(posted("PGEv\r\nPg=="), Ok(b"<a/>".to_vec()));
    for broken in ["", "PGEvPg=", "PGEvPg==!", "PGEvPg"] {
        assert_eq!(posted(broken), Err(Fault::Malformed), "{broken}");
    }
    assert_eq!(posted(&"AAAA".repeat(100_000)), Err(Fault::TooLarge));
}
