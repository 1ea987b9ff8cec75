//! Who is believed, of what, by whom, where and when.

use chrono::{DateTime, TimeDelta, Utc};
use shared::saml::Fault;
use shared::saml::assertion::Expected;

use crate::provider::{ANSWER_AT, ASKED, Answer, IDP, PLACES, SP, confirmation, expected, judged, judged_as, now};

/// What becomes of an answer that is otherwise in one thing, wherever it is signed.
#[track_caller]
fn refused(change: impl Fn(&mut Answer), fault: Fault) {
    let mut answer = Answer::default();
    change(&mut answer);
    for places in PLACES {
        assert_eq!(judged(&answer.signed(places)), Err(fault), "{places:?}");
    }
}

#[track_caller]
fn taken(change: impl Fn(&mut Answer)) {
    let mut answer = Answer::default();
    change(&mut answer);
    for places in PLACES {
        assert_eq!(judged(&answer.signed(places)).map(|identity| identity.name.value), Ok("anna".to_owned()), "{places:?}");
    }
}

fn at(moment: &str) -> DateTime<Utc> {
    moment.parse().unwrap()
}

#[test]
fn what_is_said_of_somebody_is_handed_out() {
    let identity = judged(&Answer::default().signed(PLACES[2])).unwrap();
    assert_eq!(identity.assertion, "_assertion");
    assert_eq!(identity.remember_until, at("2026-01-01T12:07:00Z"));
    assert_eq!(identity.name.value, "anna");
    assert_eq!(identity.name.format.as_deref(), Some("urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"));
    assert_eq!(identity.name.qualifier.as_deref(), Some(IDP));
    assert_eq!(identity.name.for_provider, None);
    let attributes: Vec<_> = identity.attributes.iter().map(|known| (known.name.as_str(), known.values.as_slice())).collect();
    assert_eq!(
        attributes,
        [("mail", &["anna@acme.example".to_owned()] as &[String]), ("groups", &["desk".to_owned(), "leads".to_owned()])]
    );
    assert_eq!(identity.attributes[0].friendly_name.as_deref(), Some("Mail"));
    assert_eq!(identity.session.as_deref(), Some("_session"));
    assert_eq!(identity.session_until, Some(at("2026-01-01T20:00:00Z")));
    assert_eq!(identity.authenticated_at, at("2026-01-01T11:50:00Z"));
    assert_eq!(identity.context.as_deref(), Some("urn:oasis:names:tc:SAML:2.0:ac:classes:TimeSyncToken"));
}

#[test]
fn what_is_for_others_is_refused() {
    refused(|answer| answer.destination = r#" Destination="https://other.example/acs""#.to_owned(), Fault::Destination);
    refused(|answer| answer.destination = format!(r#" Destination="{ANSWER_AT}/""#), Fault::Destination);
    refused(|answer| answer.confirmation = answer.confirmation.replace(ANSWER_AT, "https://other.example/acs"), Fault::Recipient);
    refused(|answer| answer.confirmation = answer.confirmation.replace("Recipient", "Address"), Fault::Recipient);
    refused(|answer| answer.conditions = answer.conditions.replace(SP, "https://other.example"), Fault::Audience);
    refused(|answer| answer.conditions = answer.conditions.replace(SP, &format!("{SP}/more")), Fault::Audience);
    refused(|answer| answer.conditions = r#"<saml:Conditions NotBefore="2026-01-01T11:59:00Z"/>"#.to_owned(), Fault::Audience);
    refused(|answer| answer.conditions = String::new(), Fault::Audience);
    // All restrictions hold, of the names in one any does.
    let other = "<saml:AudienceRestriction><saml:Audience>https://other.example</saml:Audience></saml:AudienceRestriction>";
    refused(
        |answer| answer.conditions = answer.conditions.replace("</saml:Cond", &format!("{other}</saml:Cond")),
        Fault::Audience,
    );
    refused(
        |answer| answer.conditions = answer.conditions.replace("<saml:AudienceR", &format!("{other}<saml:AudienceR")),
        Fault::Audience,
    );
    taken(|answer| {
        answer.conditions = answer
            .conditions
            .replace("<saml:Audience>", "<saml:Audience>https://other.example</saml:Audience><saml:Audience>\n ");
    });
}

#[test]
fn a_signed_answer_says_where_it_is_sent() {
    let nowhere = Answer { destination: String::new(), ..Answer::default() };
    assert!(judged(&nowhere.signed(PLACES[0])).is_ok());
    for places in [PLACES[1], PLACES[2]] {
        assert_eq!(judged(&nowhere.signed(places)), Err(Fault::Destination));
    }
}

#[test]
fn what_others_say_is_refused() {
    let other = |text: &str| text.replace(IDP, "https://evil.example");
    refused(|answer| answer.issuer = other(&answer.issuer), Fault::Issuer);
    refused(|answer| answer.response_issuer = other(&answer.response_issuer), Fault::Issuer);
    refused(|answer| answer.issuer = String::new(), Fault::Issuer);
    refused(|answer| answer.issuer = answer.issuer.repeat(2), Fault::Issuer);
    refused(|answer| answer.issuer = answer.issuer.replace("<saml:Issuer", r#"<saml:Issuer Format="urn:x""#), Fault::Issuer);
    taken(|answer| answer.response_issuer = String::new());
    taken(|answer| {
        answer.issuer =
            answer.issuer.replace("<saml:Issuer", r#"<saml:Issuer Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity""#);
    });
}

#[test]
fn an_answer_is_to_the_request_of_this_browser() {
    refused(|answer| answer.in_response_to = r#" InResponseTo="_other""#.to_owned(), Fault::Request);
    refused(|answer| answer.in_response_to = String::new(), Fault::Request);
    refused(|answer| answer.confirmation = answer.confirmation.replace(ASKED, "_other"), Fault::Request);
    refused(|answer| answer.confirmation = answer.confirmation.replace("InResponseTo", "Address"), Fault::Request);
}

#[test]
fn what_nobody_asked_for_is_taken_where_that_may_be() {
    let begun = Answer {
        in_response_to: String::new(),
        confirmation: Answer::default().confirmation.replace(&format!(r#"InResponseTo="{ASKED}""#), ""),
        ..Answer::default()
    };
    let refusing = Expected { request: None, ..expected() };
    let taking = Expected { takes_unsolicited: true, ..refusing };
    for places in PLACES {
        let signed = begun.signed(places);
        assert_eq!(judged_as(&signed, &refusing, now()), Err(Fault::Unsolicited));
        assert!(judged_as(&signed, &taking, now()).is_ok());
        assert_eq!(judged(&signed), Err(Fault::Request), "it is no answer to what was asked");
        // Somebody else's answer, brought to a browser that asked for nothing.
        let asked = Answer::default().signed(places);
        assert_eq!(judged_as(&asked, &taking, now()), Err(Fault::Request));
        assert_eq!(judged_as(&asked, &refusing, now()), Err(Fault::Request));
    }
}

#[test]
fn every_moment_has_its_two_minutes_and_no_more() {
    let signed = Answer::default().signed(PLACES[0]);
    for (moment, outcome) in [
        ("2026-01-01T11:56:59Z", Some(Fault::Early)),
        ("2026-01-01T11:57:58Z", None),
        ("2026-01-01T12:06:59Z", None),
        ("2026-01-01T12:07:00Z", Some(Fault::Expired)),
        ("2027-01-01T12:00:00Z", Some(Fault::Expired)),
    ] {
        assert_eq!(judged_as(&signed, &expected(), at(moment)).err(), outcome, "{moment}");
    }
    let in_condition = |name: &'static str, moment: &'static str, fault| {
        refused(
            move |answer| {
                answer.conditions = format!(
                    r#"<saml:Conditions {name}="{moment}"><saml:AudienceRestriction><saml:Audience>{SP}</saml:Audience></saml:AudienceRestriction></saml:Conditions>"#
                );
            },
            fault,
        );
    };
    in_condition("NotBefore", "2026-01-01T12:02:01Z", Fault::Early);
    in_condition("NotOnOrAfter", "2026-01-01T11:58:00Z", Fault::Expired);
    in_condition("NotOnOrAfter", "soon", Fault::Malformed);
    refused(|answer| answer.confirmation = answer.confirmation.replace("12:05:00Z", "11:58:00Z"), Fault::Expired);
    refused(
        |answer| {
            answer.confirmation = answer.confirmation.replace("NotOnOrAfter", r#"NotBefore="2026-01-01T12:03:00Z" NotOnOrAfter"#);
        },
        Fault::Early,
    );
    refused(|answer| answer.confirmation = answer.confirmation.replace("NotOnOrAfter", "Address"), Fault::Confirmation);
    refused(|answer| answer.statement = answer.statement.replace("2026-01-01T20:00:00Z", "2026-01-01T11:58:00Z"), Fault::Expired);
    refused(|answer| answer.statement = answer.statement.replace("11:50:00Z", "12:02:01Z"), Fault::Early);
    refused(|answer| answer.issue_instant = r#" IssueInstant="2026-01-01T12:02:01Z""#.to_owned(), Fault::Early);
    refused(|answer| answer.issue_instant = String::new(), Fault::Malformed);
}

#[test]
fn what_claims_to_be_good_for_ever_is_good_for_an_hour() {
    let ever = Answer {
        confirmation: Answer::default().confirmation.replace("2026-01-01T12:05", "2999-01-01T12:05"),
        conditions: Answer::default().conditions.replace("2026-01-01T12:05", "2999-01-01T12:05"),
        ..Answer::default()
    };
    let signed = ever.signed(PLACES[0]);
    let end = at("2026-01-01T13:01:58Z");
    assert_eq!(judged_as(&signed, &expected(), end - TimeDelta::seconds(1)).unwrap().remember_until, end);
    assert_eq!(judged_as(&signed, &expected(), end), Err(Fault::Expired));
}

#[test]
fn an_assertion_is_remembered_for_as_long_as_it_would_be_taken() {
    let signed = Answer::default().signed(PLACES[2]);
    let until = judged(&signed).unwrap().remember_until;
    assert!(judged_as(&signed, &expected(), until - TimeDelta::seconds(1)).is_ok());
    assert_eq!(judged_as(&signed, &expected(), until), Err(Fault::Expired));
}

#[test]
fn a_copy_in_another_answer_is_known_by_its_id() {
    let first = Answer::default().signed(PLACES[0]);
    let again = first.replace("_response", "_again").replace("2026-01-01T12:00:00Z\" V", "2026-01-01T12:00:01Z\" V");
    assert_ne!(again, first);
    assert_eq!(judged(&again).unwrap().assertion, judged(&first).unwrap().assertion);
    assert_eq!(judged(&first.replace("\"_assertion\"", "\"_fresh\"")), Err(Fault::Reference), "the id is signed");
}

#[test]
fn somebody_is_confirmed_by_handing_it_in_and_in_no_other_way() {
    let of_key = |answer: &Answer| answer.confirmation.replace("cm:bearer", "cm:holder-of-key");
    refused(|answer| answer.confirmation = String::new(), Fault::Confirmation);
    refused(|answer| answer.confirmation = of_key(answer), Fault::Confirmation);
    refused(
        |answer| answer.confirmation = r#"<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"/>"#.to_owned(),
        Fault::Confirmation,
    );
    // One of several ways is enough, and all of it.
    let elsewhere = confirmation(r#"Recipient="https://other.example" NotOnOrAfter="2026-01-01T12:05:00Z""#);
    let late = confirmation(&format!(r#"Recipient="{ANSWER_AT}" InResponseTo="{ASKED}" NotOnOrAfter="2026-01-01T11:00:00Z""#));
    taken(|answer| answer.confirmation = format!("{}{elsewhere}{late}{}", of_key(answer), answer.confirmation));
    refused(|answer| answer.confirmation = format!("{elsewhere}{late}"), Fault::Recipient);
    refused(|answer| answer.confirmation = format!("{late}{elsewhere}"), Fault::Expired);
}

#[test]
fn conditions_that_are_not_known_are_not_met() {
    let with = |answer: &Answer, condition: &str| answer.conditions.replace("</saml:Cond", &format!("{condition}</saml:Cond"));
    refused(|answer| answer.conditions = with(answer, "<saml:Condition/>"), Fault::Condition);
    refused(|answer| answer.conditions = with(answer, r#"<x xmlns="urn:x"/>"#), Fault::Condition);
    taken(|answer| answer.conditions = with(answer, r#"<saml:OneTimeUse/><saml:ProxyRestriction Count="0"/>"#));
    refused(|answer| answer.conditions = answer.conditions.repeat(2), Fault::Malformed);
}

#[test]
fn it_is_about_somebody_who_was_authenticated() {
    refused(|answer| answer.statement = String::new(), Fault::Authentication);
    refused(|answer| answer.statement = answer.statement.replace("AuthnInstant", "Other"), Fault::Authentication);
    refused(|answer| answer.name_id = String::new(), Fault::Subject);
    refused(|answer| answer.name_id = answer.name_id.repeat(2), Fault::Subject);
    refused(|answer| answer.name_id = "<saml:NameID> </saml:NameID>".to_owned(), Fault::Subject);
    refused(|answer| answer.name_id = "<saml:NameID/>".to_owned(), Fault::Subject);
    refused(|answer| answer.name_id = "<saml:EncryptedID/>".to_owned(), Fault::Subject);
    refused(|answer| answer.attributes = answer.attributes.replace("Name=\"mail\"", ""), Fault::Malformed);
    taken(|answer| answer.attributes = String::new());
}

#[test]
fn a_name_is_taken_sign_by_sign() {
    let answer = Answer { name_id: "<saml:NameID> anna </saml:NameID>".to_owned(), ..Answer::default() };
    assert_eq!(judged(&answer.signed(PLACES[0])).unwrap().name.value, " anna ");
}

#[test]
fn a_refusal_of_the_identity_provider_is_told_as_one() {
    refused(|answer| answer.status = answer.status.replace("Success", "Responder"), Fault::Status);
    refused(|answer| answer.status = String::new(), Fault::Malformed);
    let refusal = Answer { status: Answer::default().status.replace("Success", "Requester"), ..Answer::default() };
    assert_eq!(judged(&crate::provider::unmarked(&refusal.around(""))), Err(Fault::Status), "nobody signs that");
}

#[test]
fn other_messages_and_versions_are_refused() {
    refused(|answer| answer.response_attributes = r#"Version="1.1""#.to_owned(), Fault::Version);
    refused(|answer| answer.response_attributes = String::new(), Fault::Version);
    refused(|answer| answer.assertion_attributes = r#"Version="1.1""#.to_owned(), Fault::Version);
    let signed = Answer::default().signed(PLACES[0]);
    assert_eq!(judged(&signed.replace("samlp:Response", "samlp:ArtifactResponse")), Err(Fault::Kind));
    assert_eq!(judged(&signed.replace("2.0:protocol", "1.0:protocol")), Err(Fault::Kind));
    assert_eq!(judged("<Response/>"), Err(Fault::Kind));
    assert_eq!(judged(&format!("<!DOCTYPE x>{signed}")), Err(Fault::Doctype));
    assert_eq!(judged(&format!("<?x?>{signed}")), Err(Fault::Instruction));
    assert_eq!(judged(&signed.replace("anna<", &format!("anna{}<", "a".repeat(256 * 1024)))), Err(Fault::TooLarge));
}
