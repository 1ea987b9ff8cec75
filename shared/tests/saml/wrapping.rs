//! Signature wrapping (Somorovsky, Mayer, Schwenk, Kampmann, Jensen: On Breaking SAML, 2012): what is signed is moved to where nobody reads,
//! and what was never signed to where everybody does.

use proptest::prelude::*;
use shared::saml::Fault;

use crate::provider::{Answer, PLACES, Signing, judged, unmarked};

/// A signed answer in pieces.
struct Pieces {
    whole: String,
    /// What stands before the assertion, it, and what stands behind it.
    before: String,
    assertion: String,
    after: String,
}

fn pieces(places: &[&str]) -> Pieces {
    let whole = Answer::default().signed(places);
    let start = whole.find("<saml:Assertion").unwrap();
    let end = whole.find("</saml:Assertion>").unwrap() + "</saml:Assertion>".len();
    Pieces { before: whole[..start].to_owned(), assertion: whole[start..end].to_owned(), after: whole[end..].to_owned(), whole }
}

/// The first signature in it.
fn signature(document: &str) -> &str {
    let start = document.find("<ds:Signature ").unwrap();
    let end = document.find("</ds:Signature>").unwrap() + "</ds:Signature>".len();
    &document[start..end]
}

/// The same about somebody else.
fn forged(document: &str) -> String {
    document.replace("anna", "mallory").replace("\"_assertion\"", "\"_forged\"").replace("\"_response\"", "\"_forged_response\"")
}

/// A signature with something at its end.
fn with_object(signature: &str, content: &str) -> String {
    signature.replace("</ds:Signature>", &format!("<ds:Object>{content}</ds:Object></ds:Signature>"))
}

#[test]
fn the_eight_ways_to_wrap_a_signature_are_refused() {
    let answer = pieces(&["_response"]);
    let single = pieces(&["_assertion"]);
    let of_answer = signature(&answer.whole);
    let of_assertion = signature(&single.assertion);
    let answer_without = answer.whole.replace(of_answer, "");
    let assertion_without = single.assertion.replace(of_assertion, "");
    let evil = forged(&assertion_without);
    let signed_evil = |signature: &str| evil.replacen("</saml:Issuer>", &format!("</saml:Issuer>{signature}"), 1);
    let around = |content: &str| format!("{}{content}{}", single.before, single.after);
    let evil_answer = |content: &str| forged(&answer_without).replacen("</saml:Issuer>", &format!("</saml:Issuer>{content}"), 1);
    let ways = [
        (1, evil_answer(&with_object(of_answer, &answer_without)), Fault::Assertions),
        (2, evil_answer(&format!("{answer_without}{of_answer}")), Fault::Assertions),
        (3, around(&format!("{evil}{}", single.assertion)), Fault::Assertions),
        (4, around(&evil.replace("</saml:Assertion>", &format!("{}</saml:Assertion>", single.assertion))), Fault::Assertions),
        (5, around(&format!("{}{assertion_without}", signed_evil(of_assertion))), Fault::Assertions),
        (6, around(&signed_evil(&with_object(of_assertion, &assertion_without))), Fault::Assertions),
        (7, around(&format!("<samlp:Extensions>{evil}</samlp:Extensions>{}", single.assertion)), Fault::Assertions),
        (
            8,
            around(
                &signed_evil(of_assertion)
                    .replace("</ds:SignatureValue>", &format!("</ds:SignatureValue><ds:Object>{assertion_without}</ds:Object>")),
            ),
            Fault::Assertions,
        ),
    ];
    for (way, document, fault) in ways {
        assert!(document.contains("mallory") && document.contains("anna"), "{way}");
        assert_eq!(judged(&document), Err(fault), "way {way}");
    }
    assert!(judged(&single.whole).is_ok() && judged(&answer.whole).is_ok());
}

#[test]
fn one_forged_assertion_under_a_signature_about_something_else_is_refused() {
    // The ways in which only one assertion is left, as the original hides under another name.
    let single = pieces(&["_assertion"]);
    let of_assertion = signature(&single.assertion);
    let hidden = single.assertion.replace(of_assertion, "").replace("saml:Assertion", "saml:Advice");
    let evil = forged(&single.assertion.replace(of_assertion, ""));
    let place = |signature: &str| evil.replacen("</saml:Issuer>", &format!("</saml:Issuer>{signature}"), 1);
    let around = |content: &str| format!("{}{content}{}", single.before, single.after);
    for (document, fault) in [
        (around(&place(of_assertion)), Fault::Reference),
        (around(&place(&with_object(of_assertion, &hidden))), Fault::SignatureForm),
        (around(&format!("{}{hidden}", place(of_assertion))), Fault::Reference),
        (around(&place(of_assertion).replace("_forged", "_assertion")), Fault::Digest),
        (around(&format!("{}{hidden}", place(of_assertion).replace("_forged", "_assertion"))), Fault::DuplicateId),
        (around(&format!("{of_assertion}{evil}")), Fault::Reference),
        (around(&evil), Fault::Unsigned),
        // A signature that holds, about an element that is not read.
        (
            around(&format!("<saml:Advice>{}</saml:Advice>{evil}", single.assertion.replace("saml:Assertion", "saml:Other"))),
            Fault::SignaturePlace,
        ),
    ] {
        assert_eq!(judged(&document), Err(fault), "{document}");
    }
}

#[test]
fn a_second_signature_in_one_element_is_refused_even_when_both_hold() {
    for places in PLACES {
        let whole = Answer::default().signed(places);
        let first = signature(&whole).to_owned();
        assert_eq!(judged(&whole.replacen(&first, &format!("{first}{first}"), 1)), Err(Fault::SignaturePlace), "{places:?}");
    }
}

#[test]
fn an_answer_has_one_assertion() {
    for places in PLACES {
        let pieces = pieces(places);
        let without = format!("{}{}", pieces.before, pieces.after);
        assert_eq!(judged(&without), Err(Fault::Assertions));
        let twice = pieces.whole.replace("</samlp:Response>", &format!("{}</samlp:Response>", pieces.assertion));
        assert_eq!(judged(&twice), Err(Fault::Assertions));
        let nested =
            pieces.whole.replace(&pieces.assertion, &format!("<samlp:Extensions>{}</samlp:Extensions>", pieces.assertion));
        assert!(matches!(judged(&nested), Err(Fault::SignaturePlace | Fault::Digest)), "{places:?}");
    }
    // The same as the identity provider would have to sign it.
    let answer = Answer::default();
    let extensions = format!("<samlp:Extensions>{}</samlp:Extensions>", unmarked(&answer.assertion()));
    let nested = Signing::default().sign(&Answer { extensions, ..answer }.around(""), "_response");
    assert_eq!(judged(&nested), Err(Fault::Assertions));
}

/// The places between the elements of a document.
fn gaps(document: &str) -> Vec<usize> {
    let mut gaps: Vec<usize> = document.match_indices('<').map(|(at, _)| at).skip(1).collect();
    gaps.extend(document.match_indices('>').map(|(at, _)| at + 1).filter(|end| *end < document.len()));
    gaps
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever parts of a signed answer, true and forged, are put or moved wherever: either it is refused, or it is about the one who was signed for.
    #[test]
    fn nobody_else_comes_out_however_the_parts_are_put_together(
        place in 0..3_usize,
        moves in prop::collection::vec((0..6_usize, any::<prop::sample::Index>(), any::<bool>()), 1..4),
        renamed in any::<bool>(),
    ) {
        let pieces = pieces(PLACES[place]);
        let own = signature(&pieces.whole).to_owned();
        let bare = pieces.assertion.replace(&own, "");
        let parts = [
            forged(&pieces.assertion), forged(&bare), bare.clone(), own.clone(), pieces.assertion.clone(),
            "<saml:Subject><saml:NameID>mallory</saml:NameID></saml:Subject>".to_owned(),
        ];
        let mut document = pieces.whole;
        for (part, gap, taken) in moves {
            let part = &parts[part];
            if taken && document != *part {
                document = document.replacen(part.as_str(), "", 1);
            }
            let gaps = gaps(&document);
            document.insert_str(gaps[gap.index(gaps.len())], part);
        }
        if renamed {
            document = document.replace("_forged", "_assertion");
        }
        if let Ok(identity) = judged(&document) {
            prop_assert_eq!(identity.name.value, "anna");
            prop_assert_eq!(&identity.attributes[0].values, &["anna@acme.example"]);
        }
    }
}
