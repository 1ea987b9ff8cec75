//! What a signature has to be.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use rsa::traits::PublicKeyParts;
use shared::auth::jwk::PublicKey;
use shared::saml::Fault;

use crate::provider::{
    Answer, DS, PLACES, RSA_SHA256, STRANGERS, Signing, THEIRS, TRANSFORMS, expected, judged, judged_by, now, public,
};

fn method(name: &str, algorithm: &str) -> String {
    format!(r#"<ds:{name} Algorithm="{algorithm}"></ds:{name}>"#)
}

#[test]
fn the_answer_its_assertion_or_both_are_signed() {
    for places in PLACES {
        assert_eq!(judged(&Answer::default().signed(places)).unwrap().name.value, "anna", "{places:?}");
    }
    assert_eq!(judged(&Answer::default().signed(&[])), Err(Fault::Unsigned));
}

#[test]
fn what_was_changed_after_signing_is_refused() {
    for places in PLACES {
        let signed = Answer::default().signed(places);
        for (from, to) in [
            ("anna<", "annb<"),
            ("desk", "admin"),
            (">leads<", "><"),
            ("12:05:00Z", "13:05:00Z"),
            ("SessionIndex=\"_session\"", "SessionIndex=\"_other\""),
            ("<saml:Subject>", "<saml:Subject> "),
            ("<saml:AttributeStatement>", "<saml:AttributeStatement xmlns:saml=\"urn:other\">"),
        ] {
            let changed = signed.replace(from, to);
            assert_ne!(changed, signed, "{from}");
            assert_eq!(judged(&changed), Err(Fault::Digest), "{places:?} {from}");
        }
    }
    let both = Answer::default().signed(PLACES[2]);
    assert_eq!(judged(&both.replacen("Destination=", "Consent=\"urn:x\" Destination=", 1)), Err(Fault::Digest));
    // The assertion's own signature holds, the answer's does not: all that are there have to.
    let own = Answer::default().signed(PLACES[0]);
    assert!(judged(&own.replacen("Destination=", "Consent=\"urn:x\" Destination=", 1)).is_ok());
}

#[test]
fn what_means_the_same_may_be_written_otherwise() {
    for places in PLACES {
        let signed = Answer::default().signed(places);
        for (from, to) in [
            ("<saml:Subject>", "<saml:Subject ><!-- a comment -->"),
            ("anna<", "an<!-- -->na<"),
            ("anna<", "<![CDATA[anna]]><"),
            ("anna<", "&#97;nna<"),
            ("<saml:Subject>", "<saml:Subject xmlns:unused=\"urn:unused\">"),
            (" Version=\"2.0\"", "  Version = '2.0'"),
        ] {
            let changed = signed.replace(from, to);
            assert_ne!(changed, signed, "{from}");
            assert_eq!(judged(&changed).map(|identity| identity.name.value).as_deref(), Ok("anna"), "{places:?} {from}");
        }
    }
    // The text of a digest is signed, that of a signature is not.
    let signed = Answer::default().signed(PLACES[0]);
    assert_eq!(judged(&signed.replace("</ds:DigestValue>", "\n</ds:DigestValue>")), Err(Fault::Signature));
    assert!(judged(&signed.replace("</ds:SignatureValue>", "\n</ds:SignatureValue>")).is_ok());
}

#[test]
fn a_comment_in_a_name_cuts_nothing_off() {
    let answer = Answer { name_id: "<saml:NameID>admin@acme.example.evil.example</saml:NameID>".to_owned(), ..Answer::default() };
    let commented = answer.signed(PLACES[0]).replace("admin@acme.example.", "admin@acme.example<!-- -->.");
    assert_eq!(judged(&commented).unwrap().name.value, "admin@acme.example.evil.example");
    let attribute = Answer::default().signed(PLACES[0]).replace("anna@acme", "a<!---->nna@<!-- x -->acme");
    assert_eq!(judged(&attribute).unwrap().attributes[0].values, ["anna@acme.example"]);
    let element = answer.signed(PLACES[0]).replace("admin@acme.example.", "admin@acme.example<saml:x/>.");
    assert_eq!(judged(&element), Err(Fault::Digest));
    let signed_element =
        Answer { name_id: "<saml:NameID>admin<saml:x/>.evil</saml:NameID>".to_owned(), ..Answer::default() }.signed(PLACES[0]);
    assert_eq!(judged(&signed_element), Err(Fault::Subject));
}

#[test]
fn keys_come_from_the_metadata_and_never_from_the_message() {
    let key = &*STRANGERS;
    let value = format!(
        "<ds:KeyInfo><ds:KeyValue><ds:RSAKeyValue><ds:Modulus>{}</ds:Modulus><ds:Exponent>{}</ds:Exponent></ds:RSAKeyValue></ds:KeyValue></ds:KeyInfo>",
        STANDARD.encode(key.n_bytes()),
        STANDARD.encode(key.e_bytes())
    );
    for places in PLACES {
        let forged =
            Answer::default().signed_so(places, &Signing { by: &STRANGERS, key_info: value.clone(), ..Signing::default() });
        assert_eq!(judged(&forged), Err(Fault::Signature), "{places:?}");
        let honest = Answer::default().signed_so(places, &Signing { key_info: value.clone(), ..Signing::default() });
        assert!(judged(&honest).is_ok(), "what it says of its key is passed over");
        assert_eq!(judged_by(&honest, &expected(), now(), &[]), Err(Fault::Signature));
        let rolled = judged_by(&honest, &expected(), now(), &[public(&STRANGERS), public(&THEIRS)]);
        assert!(rolled.is_ok(), "one of several keys");
    }
}

#[test]
fn algorithms_that_are_not_taken_are_refused_even_where_they_hold() {
    let more = "http://www.w3.org/2001/04/xmldsig-more#";
    for (algorithm, digest, fault) in [
        (format!("{more}rsa-sha256"), "http://www.w3.org/2001/04/xmlenc#sha256".to_owned(), None),
        (format!("{more}rsa-sha384"), format!("{more}sha384"), None),
        (format!("{more}rsa-sha512"), "http://www.w3.org/2001/04/xmlenc#sha512".to_owned(), None),
        (format!("{DS}rsa-sha1"), "http://www.w3.org/2001/04/xmlenc#sha256".to_owned(), Some(Fault::Algorithm)),
        (format!("{more}rsa-sha256"), format!("{DS}sha1"), Some(Fault::Algorithm)),
        (format!("{DS}hmac-sha1"), "http://www.w3.org/2001/04/xmlenc#sha256".to_owned(), Some(Fault::Algorithm)),
        (format!("{more}hmac-sha256"), "http://www.w3.org/2001/04/xmlenc#sha256".to_owned(), Some(Fault::Algorithm)),
        (format!("{more}rsa-md5"), format!("{more}md5"), Some(Fault::Algorithm)),
        ("none".to_owned(), "http://www.w3.org/2001/04/xmlenc#sha256".to_owned(), Some(Fault::Algorithm)),
        (String::new(), String::new(), Some(Fault::Algorithm)),
        // Another algorithm than the one that made it.
        (format!("{more}ecdsa-sha256"), "http://www.w3.org/2001/04/xmlenc#sha256".to_owned(), Some(Fault::Signature)),
    ] {
        let signing = Signing {
            algorithm: method("SignatureMethod", &algorithm),
            digest: method("DigestMethod", &digest),
            ..Signing::default()
        };
        for places in PLACES {
            assert_eq!(judged(&Answer::default().signed_so(places, &signing)).err(), fault, "{algorithm} {digest}");
        }
    }
}

#[test]
fn a_signature_says_what_it_says_in_one_way() {
    let exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";
    let length =
        |tag: &str| format!(r#"<ds:{tag} Algorithm="{RSA_SHA256}"><ds:HMACOutputLength>1</ds:HMACOutputLength></ds:{tag}>"#);
    let enveloped = r#"<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"></ds:Transform>"#;
    let transform = |algorithm: &str| method("Transform", algorithm);
    let so = |change: &dyn Fn(&mut Signing)| {
        let mut signing = Signing::default();
        change(&mut signing);
        judged(&Answer::default().signed_so(PLACES[0], &signing)).err()
    };
    assert_eq!(so(&|signing| signing.algorithm = length("SignatureMethod")), Some(Fault::SignatureForm));
    for canonicalization in [
        "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
        "http://www.w3.org/2001/10/xml-exc-c14n#WithComments",
        "http://www.w3.org/2006/12/xml-c14n11",
        "urn:nothing",
    ] {
        assert_eq!(
            so(&|signing| signing.canonicalization = method("CanonicalizationMethod", canonicalization)),
            Some(Fault::Algorithm)
        );
    }
    let xslt = "http://www.w3.org/TR/1999/REC-xslt-19991116";
    for transforms in [
        String::new(),
        enveloped.to_owned(),
        transform(exclusive),
        format!("{}{enveloped}", transform(exclusive)),
        format!("{TRANSFORMS}{}", transform(xslt)),
        format!("{}{TRANSFORMS}", transform("http://www.w3.org/TR/1999/REC-xpath-19991116")),
        format!("{TRANSFORMS}{}", transform(exclusive)),
        format!("{enveloped}{}", transform("http://www.w3.org/2000/09/xmldsig#base64")),
        format!("{enveloped}{}", transform("http://www.w3.org/2001/10/xml-exc-c14n#WithComments")),
        format!("{enveloped}{}", transform("http://www.w3.org/TR/2001/REC-xml-c14n-20010315")),
        TRANSFORMS.replacen("></ds:Transform>", "><ds:XPath>//saml:Subject</ds:XPath></ds:Transform>", 1),
        TRANSFORMS.replace("c14n#\"></ds:Transform>", "c14n#\"><ds:XPath>//saml:Subject</ds:XPath></ds:Transform>"),
        TRANSFORMS.replace("<ds:Transform ", "<ds:transform ").replace("</ds:Transform", "</ds:transform"),
    ] {
        let fault = so(&|signing| signing.transforms.clone_from(&transforms));
        assert!(matches!(fault, Some(Fault::Transform | Fault::SignatureForm)), "{transforms}: {fault:?}");
    }
    let many = (0..33).map(|number| format!("p{number} ")).collect::<Vec<_>>().concat();
    let list = |prefixes: &str| {
        TRANSFORMS.replace(
            "c14n#\"></ds:Transform>",
            &format!(r#"c14n#"><ec:InclusiveNamespaces xmlns:ec="{exclusive}" PrefixList="{prefixes}"></ec:InclusiveNamespaces></ds:Transform>"#),
        )
    };
    assert_eq!(so(&|signing| signing.transforms = list("")), None);
    assert_eq!(so(&|signing| signing.transforms = list(&many)), Some(Fault::TooLarge));
}

#[test]
fn a_signature_is_about_the_element_that_it_stands_in() {
    let so = |places: &[&str], uri: &str, further: &str| {
        let signing = Signing { uri: Some(uri.to_owned()), further: further.to_owned(), ..Signing::default() };
        judged(&Answer::default().signed_so(places, &signing)).err()
    };
    let fault = Some(Fault::Reference);
    for uri in [
        r##" URI="#_response""##,
        r##" URI="#""##,
        r#" URI="_assertion""#,
        r#" URI="https://evil.example/#_assertion""#,
        r##" URI="#xpointer(/)""##,
        "",
    ] {
        assert_eq!(so(PLACES[0], uri, ""), fault, "{uri}");
    }
    // The whole document, which the assertion is not.
    assert_eq!(so(PLACES[0], r#" URI="""#, ""), fault);
    assert_eq!(so(PLACES[1], r#" URI="""#, ""), None);
    let reference = format!(
        r##"<ds:Reference URI="#_assertion"><ds:Transforms>{TRANSFORMS}</ds:Transforms><ds:DigestMethod Algorithm="urn:x"></ds:DigestMethod><ds:DigestValue>AA==</ds:DigestValue></ds:Reference>"##
    );
    assert_eq!(so(PLACES[0], r##" URI="#_assertion""##, &reference), Some(Fault::SignatureForm));
    let without = Answer::default().signed(PLACES[1]).replace("ID=\"_response\" ", "");
    assert_eq!(judged(&without).err(), fault);
}

#[test]
fn a_signature_has_nothing_that_does_not_belong_to_it() {
    let signed = Answer::default().signed(PLACES[0]);
    for (from, to) in [
        ("</ds:SignatureValue>", "</ds:SignatureValue><ds:Object></ds:Object>"),
        ("</ds:SignatureValue>", "</ds:SignatureValue><ds:KeyInfo/><ds:KeyInfo/>"),
        ("</ds:SignatureValue>", "</ds:SignatureValue>text"),
        ("<ds:SignedInfo>", "text<ds:SignedInfo>"),
        ("<ds:SignatureValue>", "<ds:SignedInfo/><ds:SignatureValue>"),
        ("</ds:DigestValue>", "</ds:DigestValue><ds:DigestValue>AA==</ds:DigestValue>"),
        ("<ds:DigestValue>", "<ds:DigestValue>!"),
        ("<ds:DigestValue>", "<ds:DigestValue><b/>"),
        ("<ds:SignatureValue>", "<ds:SignatureValue>="),
        ("<ds:SignatureValue>", "<ds:SignatureValue></ds:SignatureValue><ds:SignatureValue>"),
        ("<ds:DigestMethod ", "<ds:DigestMethod>x</ds:DigestMethod><ds:DigestMethod "),
    ] {
        let changed = signed.replacen(from, to, 1);
        assert_ne!(changed, signed);
        assert_eq!(judged(&changed), Err(Fault::SignatureForm), "{to}");
    }
    let start = signed.find("<ds:SignatureValue>").unwrap();
    let end = signed.find("</ds:SignatureValue>").unwrap();
    let emptied = format!("{}<ds:SignatureValue>{}", &signed[..start], &signed[end..]);
    assert_eq!(judged(&emptied), Err(Fault::SignatureForm));
}

#[test]
fn no_two_elements_share_an_id() {
    for extension in [
        r#"<samlp:Extensions><x ID="_assertion"/></samlp:Extensions>"#,
        r#"<samlp:Extensions><x Id="_assertion"/></samlp:Extensions>"#,
        r#"<samlp:Extensions><x xml:id="_assertion"/></samlp:Extensions>"#,
        r#"<samlp:Extensions><x id="_twice"/><x ID="_twice"/></samlp:Extensions>"#,
    ] {
        let answer = Answer { extensions: extension.to_owned(), ..Answer::default() };
        for places in PLACES {
            assert_eq!(judged(&answer.signed(places)), Err(Fault::DuplicateId), "{extension}");
        }
    }
}

#[test]
fn prefixes_that_a_signature_asks_for_are_part_of_what_it_signs() {
    let list = |prefixes: &str| {
        format!(
            r#"c14n#"><ec:InclusiveNamespaces xmlns:ec="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="{prefixes}"></ec:InclusiveNamespaces></ds:"#
        )
    };
    let plain = Signing::default();
    let signing = Signing {
        transforms: TRANSFORMS.replace("c14n#\"></ds:", &list("xs samlp")),
        canonicalization: plain.canonicalization.replace("c14n#\"></ds:", &list("samlp #default")),
        prefixes: vec!["xs", "samlp"],
        information_prefixes: vec!["samlp", ""],
        ..plain
    };
    for places in PLACES {
        let signed = Answer::default().signed_so(places, &signing);
        assert!(judged(&signed).is_ok(), "{places:?}");
        assert_eq!(judged(&signed.replace("2001/XMLSchema", "2001/Other")), Err(Fault::Digest));
    }
}

#[test]
fn a_key_on_the_curve_signs_as_well() {
    let random = SystemRandom::new();
    let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref(), &random).unwrap();
    let point = pair.public_key().as_ref();
    let key = PublicKey::p256(&point[1..33], &point[33..]).unwrap();
    let algorithm = method("SignatureMethod", "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256");
    let by_rsa = Answer::default().signed_so(PLACES[0], &Signing { algorithm, ..Signing::default() });
    assert_eq!(judged_by(&by_rsa, &expected(), now(), std::slice::from_ref(&key)), Err(Fault::Signature));
    let marked = by_rsa.replace("<ds:SignedInfo>", r#"<ds:SignedInfo ID="info">"#);
    let information = crate::provider::canonical_of(&marked, "info", &[]).replace(r#" ID="info""#, "");
    let value = STANDARD.encode(pair.sign(&random, information.as_bytes()).unwrap());
    let start = by_rsa.find("<ds:SignatureValue>").unwrap() + "<ds:SignatureValue>".len();
    let end = by_rsa.find("</ds:SignatureValue>").unwrap();
    let signed = format!("{}{value}{}", &by_rsa[..start], &by_rsa[end..]);
    assert!(judged_by(&signed, &expected(), now(), &[public(&THEIRS), key]).is_ok());
    assert_eq!(judged(&signed), Err(Fault::Signature));
}
