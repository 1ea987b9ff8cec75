//! What other implementations make of SAML: libxml2's canonical forms; answers of pysaml2, signxml and libxmlsec1.
//!
//! `corpus.json` was made by `tests/saml/generate.py` with keys that nobody has any more. `SAML_CORPUS` names another document; the suite
//! `tests/saml` makes a new one for each run, which has answers that are encrypted as well.

use chrono::{DateTime, TimeDelta, Utc};
use pollster::block_on;
use serde_json::Value;
use shared::auth::cryptography::PrivateKey;
use shared::auth::jwk::PublicKey;
use shared::saml::assertion::{Expected, Identity};
use shared::saml::identity_provider::IdentityProvider;
use shared::saml::logout;
use shared::saml::redirect::Query;
use shared::saml::response::{Keys, Response};
use shared::saml::xml::canonical::{Place, canonical};
use shared::saml::xml::read;
use shared::saml::{Fault, certificate};

use crate::cryptography::NativeCryptography;
use crate::provider::{ASKED, IDP, LOGOUT_AT, expected};

fn corpus() -> Value {
    let committed = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/saml/corpus.json");
    let path = std::env::var("SAML_CORPUS").unwrap_or_else(|_| committed.to_owned());
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn list<'a>(corpus: &'a Value, name: &str) -> &'a [Value] {
    corpus[name].as_array().unwrap()
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_else(|| panic!("no {name}"))
}

fn keys(corpus: &Value) -> Vec<PublicKey> {
    list(corpus, "certificates").iter().map(|written| certificate::key(written.as_str().unwrap()).unwrap()).collect()
}

fn now(corpus: &Value) -> DateTime<Utc> {
    text(corpus, "now").parse().unwrap()
}

fn judged(corpus: &Value, document: &str, expected: &Expected<'_>, now: DateTime<Utc>) -> Result<Identity, Fault> {
    let ours: Vec<_> = corpus.get("our_key").map(|jwk| PrivateKey::read(&jwk.to_string()).unwrap()).into_iter().collect();
    let keys = Keys { theirs: &keys(corpus), ours: &ours };
    block_on(Response::read(document.as_bytes())?.verify(keys, &NativeCryptography))?.decide(expected, now)
}

#[test]
fn canonical_forms_are_those_of_libxml2() {
    let corpus = corpus();
    let forms = list(&corpus, "canonical");
    assert!(forms.len() >= 100);
    for form in forms {
        let document = text(form, "document");
        let root = read(document.as_bytes(), 1_000_000).unwrap_or_else(|fault| panic!("{fault:?}: {document}"));
        let prefixes: Vec<&str> = list(form, "prefixes").iter().map(|prefix| prefix.as_str().unwrap()).collect();
        let prefixes: Vec<&str> = prefixes.into_iter().map(|prefix| if prefix == "#default" { "" } else { prefix }).collect();
        let ours = canonical(Place { ancestors: &[], element: &root }, None, &prefixes).unwrap();
        assert_eq!(ours, text(form, "form"), "{prefixes:?} of {document}");
    }
}

#[test]
fn answers_of_other_implementations_are_judged_as_they_were_meant() {
    let corpus = corpus();
    let mut makers = std::collections::BTreeSet::new();
    for answer in list(&corpus, "answers") {
        let (maker, document) = (text(answer, "maker"), text(answer, "document"));
        let about = format!("{maker} {}", answer["places"]);
        let judged = |document: &str| judged(&corpus, document, &expected(), now(&corpus));
        let outcome = judged(document);
        assert_eq!(outcome.as_ref().err().map(|fault| fault.as_str()), answer["fault"].as_str(), "{about}: {document}");
        let Ok(identity) = outcome else { continue };
        makers.insert(maker.split(' ').next().unwrap().to_owned());
        assert_eq!(identity.name.value, "anna", "{about}");
        let mail =
            identity.attributes.iter().find(|known| known.friendly_name.as_deref() == Some("mail") || known.name == "mail");
        assert_eq!(mail.unwrap().values, ["anna@acme.example"], "{about}");
        if document.contains(">anna<") {
            assert_eq!(judged(&document.replace(">anna<", ">otto<")), Err(Fault::Digest), "{about}");
        }
    }
    assert_eq!(makers.into_iter().collect::<Vec<_>>(), ["pysaml2", "signxml", "xmlsec"]);
}

#[test]
fn answers_of_other_implementations_are_refused_elsewhere_later_and_to_others() {
    let corpus = corpus();
    let expected = expected();
    let soon = now(&corpus);
    for answer in list(&corpus, "answers").iter().filter(|answer| answer["fault"].is_null()) {
        let judged = |expected: &Expected<'_>, now| judged(&corpus, text(answer, "document"), expected, now).err();
        assert_eq!(judged(&Expected { audience: "https://other.example", ..expected }, soon), Some(Fault::Audience));
        assert_eq!(judged(&Expected { issuer: "https://other.example", ..expected }, soon), Some(Fault::Issuer));
        assert_eq!(judged(&Expected { address: "https://other.example", ..expected }, soon), Some(Fault::Destination));
        assert_eq!(judged(&Expected { request: Some("_other"), ..expected }, soon), Some(Fault::Request));
        assert_eq!(judged(&Expected { request: None, ..expected }, soon), Some(Fault::Request));
        assert_eq!(judged(&Expected { request: Some(ASKED), ..expected }, soon + TimeDelta::hours(2)), Some(Fault::Expired));
        assert_eq!(judged(&expected, soon - TimeDelta::hours(2)), Some(Fault::Early));
    }
}

#[test]
fn an_order_of_pysaml2_to_sign_somebody_out_holds() {
    let corpus = corpus();
    let query = Query::read(text(&corpus, "logout")).unwrap();
    assert_eq!(query.relay_state().as_deref(), Some("a b&c"));
    let message = block_on(query.verify(&keys(&corpus), &NativeCryptography)).unwrap();
    let order = logout::ordered(&message, logout::Expected { issuer: IDP, address: LOGOUT_AT }, now(&corpus)).unwrap();
    assert_eq!((order.name.value.as_str(), order.sessions.as_slice()), ("anna", &["_session".to_owned()] as &[String]));
}

#[test]
fn metadata_of_pysaml2_are_read() {
    let corpus = corpus();
    let provider = IdentityProvider::read(text(&corpus, "metadata").as_bytes(), false).unwrap();
    assert_eq!((provider.entity_id.as_str(), provider.sign_in.as_str()), (IDP, "https://idp.example/sso"));
    assert_eq!(provider.logout.map(|endpoint| endpoint.orders).as_deref(), Some("https://idp.example/slo"));
    assert_eq!(provider.keys, keys(&corpus)[..1]);
}
