//! An identity provider that is played.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use pollster::block_on;
use rsa::sha2::{Digest, Sha256, Sha384, Sha512};
use rsa::traits::PublicKeyParts;
use shared::auth::cryptography::{Cryptography, PrivateKey};
use shared::auth::jwk::PublicKey;
use shared::saml::Fault;
use shared::saml::assertion::{Expected, Identity};
use shared::saml::response::{Keys, Response};
use shared::saml::xml::canonical::{Place, canonical};
use shared::saml::xml::{Element, read};

use crate::cryptography::NativeCryptography;

pub const IDP: &str = "https://idp.example/metadata";
pub const SP: &str = "https://help.acme.example/saml";
pub const ANSWER_AT: &str = "https://help.acme.example/saml/acs";
pub const LOGOUT_AT: &str = "https://help.acme.example/saml/slo";
pub const ASKED: &str = "_request";

pub const RSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
pub const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";
pub const DS: &str = "http://www.w3.org/2000/09/xmldsig#";
pub const TRANSFORMS: &str = concat!(
    r#"<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"></ds:Transform>"#,
    r#"<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"></ds:Transform>"#
);

/// The keys of the identity provider, of somebody else, and our own.
pub static THEIRS: LazyLock<rsa::PrivateKey> = LazyLock::new(new_key);
pub static STRANGERS: LazyLock<rsa::PrivateKey> = LazyLock::new(new_key);
pub static OURS: LazyLock<PrivateKey> = LazyLock::new(|| block_on(NativeCryptography.new_key()).unwrap());

fn new_key() -> rsa::PrivateKey {
    rsa::PrivateKey::new(&mut getrandom::SysRng, 2048).unwrap()
}

pub fn public(key: &rsa::PrivateKey) -> PublicKey {
    PublicKey::rsa(&key.n_bytes(), &key.e_bytes()).unwrap()
}

pub fn now() -> DateTime<Utc> {
    "2026-01-01T12:00:00Z".parse().unwrap()
}

/// How the identity provider signs. Every text is put where it belongs without being looked at.
#[derive(Clone)]
pub struct Signing {
    pub algorithm: String,
    pub digest: String,
    pub transforms: String,
    pub canonicalization: String,
    pub uri: Option<String>,
    pub key_info: String,
    pub prefixes: Vec<&'static str>,
    pub information_prefixes: Vec<&'static str>,
    /// A second reference, or whatever else stands behind the first.
    pub further: String,
    pub by: &'static LazyLock<rsa::PrivateKey>,
}

impl Default for Signing {
    fn default() -> Self {
        Self {
            algorithm: format!(r#"<ds:SignatureMethod Algorithm="{RSA_SHA256}"></ds:SignatureMethod>"#),
            digest: format!(r#"<ds:DigestMethod Algorithm="{SHA256}"></ds:DigestMethod>"#),
            transforms: TRANSFORMS.to_owned(),
            canonicalization:
                r#"<ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"></ds:CanonicalizationMethod>"#
                    .to_owned(),
            uri: None,
            key_info: String::new(),
            prefixes: Vec::new(),
            information_prefixes: Vec::new(),
            further: String::new(),
            by: &THEIRS,
        }
    }
}

/// The element of that id with what stands around it.
fn find<'a>(element: &'a Element, id: &str, around: &mut Vec<&'a Element>) -> Option<&'a Element> {
    if element.attribute("ID") == Some(id) {
        return Some(element);
    }
    around.push(element);
    for child in element.elements() {
        if let Some(found) = find(child, id, around) {
            return Some(found);
        }
    }
    around.pop();
    None
}

/// The canonical form of the element of that id.
pub fn canonical_of(document: &str, id: &str, prefixes: &[&str]) -> String {
    let root = read(document.as_bytes(), 1_000_000).unwrap();
    let mut around = Vec::new();
    let element = find(&root, id, &mut around).unwrap_or_else(|| panic!("no {id} in {document}"));
    canonical(Place { ancestors: &around, element }, None, prefixes).unwrap()
}

fn is_about(method: &str, name: &str) -> bool {
    method.contains(name)
}

impl Signing {
    fn digest_of(&self, bytes: &[u8]) -> String {
        STANDARD.encode(match &self.digest {
            method if is_about(method, "sha512") => Sha512::digest(bytes).to_vec(),
            method if is_about(method, "sha384") => Sha384::digest(bytes).to_vec(),
            method if is_about(method, "xmldsig#sha1") => sha1::Sha1::digest(bytes).to_vec(),
            _ => Sha256::digest(bytes).to_vec(),
        })
    }

    fn value_of(&self, bytes: &[u8]) -> String {
        let key = &**self.by;
        STANDARD.encode(
            match &self.algorithm {
                method if is_about(method, "rsa-sha512") => key.pkcs1v15_sign::<Sha512>(bytes),
                method if is_about(method, "rsa-sha384") => key.pkcs1v15_sign::<Sha384>(bytes),
                method if is_about(method, "rsa-sha1") => key.pkcs1v15_sign::<sha1::Sha1>(bytes),
                _ => key.pkcs1v15_sign::<Sha256>(bytes),
            }
            .unwrap(),
        )
    }

    /// Signs the element of that id, and puts the signature where `@id@` stands.
    pub fn sign(&self, document: &str, id: &str) -> String {
        let mark = format!("@{id}@");
        assert!(document.contains(&mark), "no place for the signature of {id}");
        let unsigned = canonical_of(&document.replace(&mark, ""), id, &self.prefixes);
        let uri = self.uri.clone().unwrap_or_else(|| format!(r##" URI="#{id}""##));
        let information = format!(
            concat!(
                "<ds:SignedInfo>{}{}<ds:Reference{}><ds:Transforms>{}</ds:Transforms>{}",
                "<ds:DigestValue>{}</ds:DigestValue></ds:Reference>{}</ds:SignedInfo>"
            ),
            self.canonicalization,
            self.algorithm,
            uri,
            self.transforms,
            self.digest,
            self.digest_of(unsigned.as_bytes()),
            self.further
        );
        let signature = |value: &str| {
            let key = &self.key_info;
            format!(
                r#"<ds:Signature xmlns:ds="{DS}">{information}<ds:SignatureValue>{value}</ds:SignatureValue>{key}</ds:Signature>"#
            )
        };
        // Where it stands decides which prefixes are in scope.
        let placed = document.replace(&mark, &signature("").replace("<ds:SignedInfo", r#"<ds:SignedInfo ID="@@""#));
        let canonical = canonical_of(&placed, "@@", &self.information_prefixes).replace(r#" ID="@@""#, "");
        document.replace(&mark, &signature(&self.value_of(canonical.as_bytes())))
    }
}

/// An answer, part by part.
#[derive(Clone)]
pub struct Answer {
    pub response_attributes: String,
    pub destination: String,
    pub in_response_to: String,
    pub response_issuer: String,
    pub status: String,
    pub extensions: String,
    pub assertion_id: String,
    pub assertion_attributes: String,
    pub issue_instant: String,
    pub issuer: String,
    pub name_id: String,
    pub confirmation: String,
    pub conditions: String,
    pub statement: String,
    pub attributes: String,
}

impl Default for Answer {
    fn default() -> Self {
        let status = |code: &str| {
            format!(r#"<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:{code}"/></samlp:Status>"#)
        };
        Self {
            response_attributes: r#"Version="2.0""#.to_owned(),
            destination: format!(r#" Destination="{ANSWER_AT}""#),
            in_response_to: format!(r#" InResponseTo="{ASKED}""#),
            response_issuer: format!("<saml:Issuer>{IDP}</saml:Issuer>"),
            status: status("Success"),
            extensions: String::new(),
            assertion_id: "_assertion".to_owned(),
            assertion_attributes: r#"Version="2.0""#.to_owned(),
            issue_instant: r#" IssueInstant="2026-01-01T11:59:58Z""#.to_owned(),
            issuer: format!("<saml:Issuer>{IDP}</saml:Issuer>"),
            name_id: concat!(
                r#"<saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent" NameQualifier="https://idp.example/metadata">"#,
                "anna</saml:NameID>"
            )
            .to_owned(),
            confirmation: confirmation(&format!(r#"Recipient="{ANSWER_AT}" InResponseTo="{ASKED}" NotOnOrAfter="2026-01-01T12:05:00Z""#)),
            conditions: format!(
                concat!(
                    r#"<saml:Conditions NotBefore="2026-01-01T11:59:00Z" NotOnOrAfter="2026-01-01T12:05:00Z">"#,
                    "<saml:AudienceRestriction><saml:Audience>{}</saml:Audience></saml:AudienceRestriction></saml:Conditions>"
                ),
                SP
            ),
            statement: concat!(
                r#"<saml:AuthnStatement AuthnInstant="2026-01-01T11:50:00Z" SessionIndex="_session" SessionNotOnOrAfter="2026-01-01T20:00:00Z">"#,
                "<saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:TimeSyncToken",
                "</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>"
            )
            .to_owned(),
            attributes: concat!(
                r#"<saml:AttributeStatement><saml:Attribute Name="mail" FriendlyName="Mail">"#,
                "<saml:AttributeValue>anna@acme.example</saml:AttributeValue></saml:Attribute>",
                r#"<saml:Attribute Name="groups"><saml:AttributeValue>desk</saml:AttributeValue>"#,
                "<saml:AttributeValue>leads</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>"
            )
            .to_owned(),
        }
    }
}

/// That whoever hands it in is the one, with this data.
pub fn confirmation(data: &str) -> String {
    format!(
        r#"<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData {data}/></saml:SubjectConfirmation>"#
    )
}

impl Answer {
    /// The assertion, with a place for its signature.
    pub fn assertion(&self) -> String {
        format!(
            concat!(
                r#"<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:xs="http://www.w3.org/2001/XMLSchema""#,
                r#" ID="{}" {}{}>{}@{}@<saml:Subject>{}{}</saml:Subject>{}{}{}</saml:Assertion>"#
            ),
            self.assertion_id,
            self.assertion_attributes,
            self.issue_instant,
            self.issuer,
            self.assertion_id,
            self.name_id,
            self.confirmation,
            self.conditions,
            self.statement,
            self.attributes
        )
    }

    /// The answer around an assertion, with a place for its signature.
    pub fn around(&self, assertion: &str) -> String {
        format!(
            concat!(
                r#"<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion""#,
                r#" ID="_response" IssueInstant="2026-01-01T12:00:00Z" {}{}{}>{}@_response@{}{}{}</samlp:Response>"#
            ),
            self.response_attributes,
            self.destination,
            self.in_response_to,
            self.response_issuer,
            self.extensions,
            self.status,
            assertion
        )
    }

    /// Signed in these places.
    pub fn signed(&self, places: &[&str]) -> String {
        self.signed_so(places, &Signing::default())
    }

    /// The same in another manner.
    pub fn signed_so(&self, places: &[&str], signing: &Signing) -> String {
        let mut document = self.around(&self.assertion());
        for (place, id) in [("_assertion", self.assertion_id.as_str()), ("_response", "_response")] {
            // Only then is what stands around it signed.
            document =
                if places.contains(&place) { signing.sign(&document, id) } else { document.replace(&format!("@{id}@"), "") };
        }
        document
    }
}

/// Without the places for signatures.
pub fn unmarked(document: &str) -> String {
    document.replace("@_assertion@", "").replace("@_response@", "")
}

/// The places where an answer is signed.
pub const PLACES: [&[&str]; 3] = [&["_assertion"], &["_response"], &["_assertion", "_response"]];

pub fn expected() -> Expected<'static> {
    Expected { issuer: IDP, audience: SP, address: ANSWER_AT, request: Some(ASKED), takes_unsolicited: false }
}

/// What we make of an answer.
pub fn judged(document: &str) -> Result<Identity, Fault> {
    judged_as(document, &expected(), now())
}

/// The same with other expectations, at another moment.
pub fn judged_as(document: &str, expected: &Expected<'_>, now: DateTime<Utc>) -> Result<Identity, Fault> {
    judged_by(document, expected, now, &[public(&THEIRS)])
}

/// The same with other keys.
pub fn judged_by(document: &str, expected: &Expected<'_>, now: DateTime<Utc>, theirs: &[PublicKey]) -> Result<Identity, Fault> {
    let keys = Keys { theirs, ours: std::slice::from_ref(&*OURS) };
    block_on(Response::read(document.as_bytes())?.verify(keys, &NativeCryptography))?.decide(expected, now)
}
