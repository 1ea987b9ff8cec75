//! Metadata, theirs and ours, and the certificates in them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use pollster::block_on;
use shared::auth::jwk::PublicKey;
use shared::saml::Fault;
use shared::saml::certificate;
use shared::saml::identity_provider::{IdentityProvider, LogoutEndpoint};
use shared::saml::service_provider::ServiceProvider;
use shared::saml::xml::read;

use crate::cryptography::NativeCryptography;
use crate::provider::{ANSWER_AT, IDP, LOGOUT_AT, OURS, now};

/// `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500 -subj /CN=idp.example`
const EC_CERTIFICATE: &str = "MIIBgjCCASmgAwIBAgIUCLgLgWiF2aqpG39EmvhuMBD1N1YwCgYIKoZIzj0EAwIwFjEUMBIGA1UEAwwLaWRwLmV4YW1wbGUwIBcNMjYxMTI2MTA0MjMyWhgPMjEyNjExMDIxMDQyMzJaMBYxFDASBgNVBAMMC2lkcC5leGFtcGxlMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEivRZ9OWz71/oRaDo/+LKg3MdxF5kzIMdar1ad6fOHwU2y0HtceoNqzrExcUBqWQR8eW2IZau3uFlIwupph736qNTMFEwHQYDVR0OBBYEFLInpkdDG4zJJgALsh8C1/WDJZf5MB8GA1UdIwQYMBaAFLInpkdDG4zJJgALsh8C1/WDJZf5MA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDRwAwRAIgGo0cX1KYO5l9A3qDi8LxZnobUqO4Po0urlplnierj5sCIAOEdZAs2V4o+SI1QUj36EW3zCzg77ekPWDWqtOEQe0S";
/// The coordinates of its key.
const EC_POINT: (&str, &str) = ("ivRZ9OWz71_oRaDo_-LKg3MdxF5kzIMdar1ad6fOHwU", "NstB7XHqDas6xMXFAalkEfHltiGWrt7hZSMLqaYe9-o");

fn own_certificate() -> Vec<u8> {
    block_on(certificate::of_own(&OURS, "help.acme.example", [0x80; 16], now(), &NativeCryptography)).unwrap()
}

fn own_key() -> PublicKey {
    let (modulus, exponent) = OURS.public_numbers();
    PublicKey::rsa(modulus, exponent).unwrap()
}

fn metadata(certificates: &[&str]) -> String {
    let keys = certificates
        .iter()
        .map(|certificate| {
            format!("<KeyDescriptor><ds:KeyInfo><ds:X509Data><ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></KeyDescriptor>")
        })
        .collect::<Vec<_>>()
        .concat();
    format!(
        concat!(
            r#"<?xml version="1.0"?><EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" "#,
            r#"entityID="{}"><IDPSSODescriptor protocolSupportEnumeration="urn:x urn:oasis:names:tc:SAML:2.0:protocol">{}"#,
            r#"<SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example/slo" ResponseLocation="https://idp.example/slo/done"/>"#,
            r#"<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.example/post"/>"#,
            r#"<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example/sso?a=1&amp;b"/>"#,
            "</IDPSSODescriptor></EntityDescriptor>"
        ),
        IDP, keys
    )
}

#[test]
fn an_identity_provider_is_read_from_its_metadata() {
    let own = STANDARD.encode(own_certificate());
    let read = IdentityProvider::read(metadata(&[&own, EC_CERTIFICATE, &own]).as_bytes(), false).unwrap();
    assert_eq!(read.entity_id, IDP);
    assert_eq!(read.sign_in, "https://idp.example/sso?a=1&b");
    let logout =
        LogoutEndpoint { orders: "https://idp.example/slo".to_owned(), answers: "https://idp.example/slo/done".to_owned() };
    assert_eq!(read.logout, Some(logout));
    let point = [EC_POINT.0, EC_POINT.1].map(|digits| shared::auth::base64url::decode(digits).unwrap());
    assert_eq!(read.keys, [own_key(), PublicKey::p256(&point[0], &point[1]).unwrap()]);
    let encryption = metadata(&[EC_CERTIFICATE]).replace("<KeyDescriptor>", r#"<KeyDescriptor use="encryption">"#);
    assert_eq!(IdentityProvider::read(encryption.as_bytes(), false), Err(Fault::Certificate));
    let signing = metadata(&[EC_CERTIFICATE]).replace("<KeyDescriptor>", r#"<KeyDescriptor use="signing">"#);
    assert!(IdentityProvider::read(signing.as_bytes(), false).is_ok());
}

#[test]
fn signing_out_is_only_told_where_a_query_is_taken() {
    let good = metadata(&[EC_CERTIFICATE]);
    let logout = |document: &str| IdentityProvider::read(document.as_bytes(), false).unwrap().logout;
    let single = logout(&good.replace(" ResponseLocation=\"https://idp.example/slo/done\"", ""));
    assert_eq!(single.map(|endpoint| endpoint.answers).as_deref(), Some("https://idp.example/slo"));
    assert_eq!(logout(&good.replace("SingleLogoutService", "OtherService")), None);
    assert_eq!(logout(&good.replacen("HTTP-Redirect", "HTTP-POST", 1)), None);
}

#[test]
fn metadata_of_anything_else_are_refused() {
    let good = metadata(&[EC_CERTIFICATE]);
    for (from, to, fault) in [
        ("EntityDescriptor", "EntitiesDescriptor", Fault::Metadata),
        ("EntityDescriptor", "AffiliationDescriptor", Fault::Metadata),
        ("IDPSSODescriptor", "SPSSODescriptor", Fault::Metadata),
        ("urn:oasis:names:tc:SAML:2.0:protocol", "urn:oasis:names:tc:SAML:1.1:protocol", Fault::Metadata),
        ("entityID", "ID", Fault::Metadata),
        (IDP, "", Fault::Metadata),
        ("SingleSignOnService", "ArtifactResolutionService", Fault::Metadata),
        ("https://idp.example/sso", "http://idp.example/sso", Fault::Endpoint),
        ("https://idp.example/sso", "javascript:alert(1)//", Fault::Endpoint),
        ("https://idp.example/sso", "https://", Fault::Endpoint),
        ("https://idp.example/sso", "https://idp.example/#", Fault::Endpoint),
        ("https://idp.example/slo\"", "http://idp.example/slo\"", Fault::Endpoint),
        ("https://idp.example/slo/done", "data:text/html,x", Fault::Endpoint),
        (EC_CERTIFICATE, "", Fault::Certificate),
        (EC_CERTIFICATE, "AAAA", Fault::Certificate),
        ("<?xml version=\"1.0\"?>", "<!DOCTYPE x>", Fault::Doctype),
    ] {
        let changed = good.replace(from, to);
        assert_ne!(changed, good);
        assert_eq!(IdentityProvider::read(changed.as_bytes(), false), Err(fault), "{from} {to}");
    }
    let list = |entities: &str| {
        let list = r#"<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata">"#;
        format!("{list}{}</EntitiesDescriptor>", entities.replace("<?xml version=\"1.0\"?>", ""))
    };
    assert_eq!(IdentityProvider::read(list(&good).as_bytes(), false), IdentityProvider::read(good.as_bytes(), false));
    assert_eq!(IdentityProvider::read(list(&good.repeat(2)).as_bytes(), false), Err(Fault::Metadata));
    let two = good.replace("</EntityDescriptor>", &good[good.find("<IDPSSO").unwrap()..]);
    assert_eq!(IdentityProvider::read(two.as_bytes(), false), Err(Fault::Metadata));
    assert_eq!(IdentityProvider::read(&vec![b' '; 600_000], false), Err(Fault::TooLarge));
}

#[test]
fn keys_of_an_identity_provider_are_few() {
    let own = own_certificate();
    let certificates: Vec<String> = (0..5_u8)
        .map(|number| {
            // Another key each: the last digits of the modulus stand before the exponent.
            let mut other = own.clone();
            let (modulus, _) = OURS.public_numbers();
            let at = other.windows(16).position(|window| window == &modulus[modulus.len() - 16..]).unwrap();
            other[at] ^= number;
            STANDARD.encode(other)
        })
        .collect();
    let all: Vec<&str> = certificates.iter().map(String::as_str).collect();
    assert_eq!(IdentityProvider::read(metadata(&all[..4]).as_bytes(), false).unwrap().keys.len(), 4);
    assert_eq!(IdentityProvider::read(metadata(&all).as_bytes(), false), Err(Fault::TooLarge));
    let with_unknown = ["AAAA", all[0]];
    assert_eq!(IdentityProvider::read(metadata(&with_unknown).as_bytes(), false).unwrap().keys, [own_key()]);
}

#[test]
fn a_certificate_gives_its_key_and_nothing_broken_does() {
    let own = own_certificate();
    assert_eq!(certificate::key(&STANDARD.encode(&own)), Ok(own_key()));
    assert_eq!(certificate::key(&format!("\n{}\n", STANDARD.encode(&own))), Ok(own_key()));
    let point = STANDARD.decode(EC_CERTIFICATE).unwrap();
    for certificate in [own, point] {
        for cut in 0..certificate.len() {
            assert_eq!(certificate::key(&STANDARD.encode(&certificate[..cut])), Err(Fault::Certificate), "{cut}");
        }
        let longer = [certificate.as_slice(), &[0]].concat();
        assert_eq!(certificate::key(&STANDARD.encode(longer)), Err(Fault::Certificate));
    }
    for other in ["", "!", "-----BEGIN CERTIFICATE-----"] {
        assert_eq!(certificate::key(other), Err(Fault::Certificate));
    }
}

#[test]
fn our_metadata_say_where_and_by_which_keys() {
    let certificate = own_certificate();
    let entity_id = "https://help.acme.example/saml?a&\"b";
    let ours = ServiceProvider {
        entity_id,
        answer_at: ANSWER_AT,
        logout_at: LOGOUT_AT,
        signing: &certificate,
        encryption: &certificate,
    };
    let document = ours.metadata();
    let root = read(document.as_bytes(), 100_000).unwrap();
    assert_eq!(root.attribute("entityID"), Some(entity_id));
    let md = "urn:oasis:names:tc:SAML:2.0:metadata";
    let role = root.only(md, "SPSSODescriptor").unwrap();
    assert_eq!((role.attribute("AuthnRequestsSigned"), role.attribute("WantAssertionsSigned")), (Some("true"), Some("true")));
    // The order that the schema wants.
    let parts: Vec<_> =
        role.elements().map(|part| (part.attribute("use"), part.attribute("Binding"), part.attribute("Location"))).collect();
    let (post, redirect) =
        ("urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST", "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect");
    assert_eq!(
        parts,
        [
            (Some("signing"), None, None),
            (Some("encryption"), None, None),
            (None, Some(redirect), Some(LOGOUT_AT)),
            (None, Some(post), Some(LOGOUT_AT)),
            (None, Some(post), Some(ANSWER_AT)),
        ]
    );
    assert_eq!(document.matches(&STANDARD.encode(&certificate)).count(), 2);
}
