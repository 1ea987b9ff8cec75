//! Single logout.

use chrono::{DateTime, TimeDelta, Utc};
use pollster::block_on;
use shared::saml::Fault;
use shared::saml::assertion::NameId;
use shared::saml::logout::{Expected, LogoutRequest, Outgoing, answered, ordered, verify_posted};
use shared::saml::redirect::{Kind, Query, address};
use shared::saml::signature::Verified;

use crate::cryptography::NativeCryptography;
use crate::provider::{IDP, LOGOUT_AT, OURS, STRANGERS, Signing, THEIRS, now, public};

const EXPECTED: Expected<'static> = Expected { issuer: IDP, address: LOGOUT_AT };

/// An order with a place for its signature.
fn order() -> String {
    format!(
        concat!(
            r#"<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" "#,
            r#"ID="_order" Version="2.0" IssueInstant="2026-01-01T11:59:00Z" NotOnOrAfter="2026-01-01T12:04:00Z" Destination="{}">"#,
            "<saml:Issuer>{}</saml:Issuer>@_order@<saml:NameID>anna</saml:NameID><samlp:SessionIndex>_one</samlp:SessionIndex>",
            "<samlp:SessionIndex>_two</samlp:SessionIndex></samlp:LogoutRequest>"
        ),
        LOGOUT_AT, IDP
    )
}

fn verified(document: &str) -> Result<Verified, Fault> {
    block_on(verify_posted(document.as_bytes(), &[public(&THEIRS)], &NativeCryptography))
}

fn judged(document: &str, now: DateTime<Utc>) -> Result<LogoutRequest, Fault> {
    ordered(&verified(document)?, EXPECTED, now)
}

fn signed(document: &str) -> String {
    Signing::default().sign(document, "_order")
}

#[test]
fn an_order_says_whose_sessions_end() {
    let order = judged(&signed(&order()), now()).unwrap();
    assert_eq!(order.id, "_order");
    assert_eq!(order.name, NameId { value: "anna".to_owned(), ..NameId::default() });
    assert_eq!(order.sessions, ["_one", "_two"]);
    assert_eq!(order.remember_until, "2026-01-01T12:06:00Z".parse::<DateTime<Utc>>().unwrap());
}

#[test]
fn an_order_is_refused_for_whatever_is_wrong_with_it() {
    for (from, to, fault) in [
        (LOGOUT_AT, "https://other.example", Fault::Destination),
        (IDP, "https://evil.example", Fault::Issuer),
        (&format!("<saml:Issuer>{IDP}</saml:Issuer>"), "", Fault::Issuer),
        ("<saml:NameID>anna</saml:NameID>", "", Fault::Subject),
        ("Version=\"2.0\"", "Version=\"1.1\"", Fault::Version),
        ("samlp:LogoutRequest", "samlp:LogoutResponse", Fault::Kind),
        ("2026-01-01T12:04:00Z", "2026-01-01T11:58:00Z", Fault::Expired),
        ("2026-01-01T11:59:00Z", "2026-01-01T12:02:01Z", Fault::Early),
        ("2026-01-01T11:59:00Z", "2026-01-01T11:53:00Z", Fault::Expired),
        (" IssueInstant=\"2026-01-01T11:59:00Z\"", "", Fault::Malformed),
        ("_one<", "_one<b/><", Fault::Malformed),
    ] {
        let changed = order().replace(from, to);
        assert_ne!(changed, order());
        assert_eq!(judged(&signed(&changed), now()), Err(fault), "{from} {to}");
    }
    let good = signed(&order());
    assert_eq!(judged(&good, now() + TimeDelta::minutes(6)), Err(Fault::Expired));
    assert_eq!(judged(&good.replace("anna", "otto"), now()), Err(Fault::Digest));
    assert_eq!(judged(&order().replace("@_order@", ""), now()), Err(Fault::Unsigned));
    let forged = Signing { by: &STRANGERS, ..Signing::default() }.sign(&order(), "_order");
    assert_eq!(judged(&forged, now()), Err(Fault::Signature));
    let nested =
        order().replace("<saml:NameID>", r#"<x><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/></x><saml:NameID>"#);
    assert_eq!(judged(&signed(&nested), now()), Err(Fault::SignaturePlace));
}

const OURS_TO_THEM: Outgoing<'static> = Outgoing { id: "_ours", destination: LOGOUT_AT, entity_id: IDP };

/// What we write, as the other side reads it: we stand on both.
fn carried(kind: Kind, message: &str) -> Verified {
    let address = block_on(address("https://idp.example/slo", (kind, message), None, &OURS, &NativeCryptography)).unwrap();
    let (modulus, exponent) = OURS.public_numbers();
    let key = shared::auth::jwk::PublicKey::rsa(modulus, exponent).unwrap();
    let query = Query::read(address.split_once('?').unwrap().1).unwrap();
    block_on(query.verify(&[key], &NativeCryptography)).unwrap()
}

#[test]
fn what_we_order_is_what_the_other_side_reads() {
    let name = NameId {
        value: "a<n>&\"na".to_owned(),
        format: Some("urn:f".to_owned()),
        qualifier: Some("urn:\"q".to_owned()),
        for_provider: Some("urn:s".to_owned()),
    };
    let read = ordered(&carried(Kind::Request, &OURS_TO_THEM.order(&name, Some("_s&"), now())), EXPECTED, now()).unwrap();
    assert_eq!((read.id.as_str(), read.name, read.sessions.as_slice()), ("_ours", name, &["_s&".to_owned()] as &[String]));
    let plain = OURS_TO_THEM.order(&NameId { value: "anna".to_owned(), ..NameId::default() }, None, now());
    assert!(plain.contains("<saml:NameID>anna</saml:NameID>") && !plain.contains("SessionIndex"));
}

#[test]
fn an_answer_is_to_our_order_and_says_whether_all_was_ended() {
    let answer = OURS_TO_THEM.answer("_asked", now());
    let judged = |message: &str, request: &str| answered(&carried(Kind::Response, message), request, EXPECTED, now());
    assert_eq!(judged(&answer, "_asked"), Ok(()));
    assert_eq!(judged(&answer, "_other"), Err(Fault::Request));
    assert_eq!(judged(&answer.replace("status:Success", "status:Responder"), "_asked"), Err(Fault::Status));
    assert_eq!(judged(&answer.replace(IDP, "https://evil.example"), "_asked"), Err(Fault::Issuer));
    assert_eq!(judged(&answer.replace(LOGOUT_AT, "https://other.example"), "_asked"), Err(Fault::Destination));
    assert_eq!(judged(&answer.replace("11:59", "12:00").replace("12:00:00Z", "12:03:00Z"), "_asked"), Err(Fault::Early));
    assert_eq!(judged(&order().replace("@_order@", ""), "_asked"), Err(Fault::Kind));
}
