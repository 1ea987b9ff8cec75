use super::AutoClass;
use crate::mail::parse::{Envelope, parse};

fn class(headers: &str, body: &str) -> AutoClass {
    class_from("anna@client.example", headers, body, &Envelope::default())
}

fn class_from(from: &str, headers: &str, body: &str, envelope: &Envelope) -> AutoClass {
    let raw = format!("From: {from}\r\nSubject: s\r\n{headers}\r\n{body}");
    parse(raw.as_bytes(), envelope, &[]).unwrap().auto
}

#[test]
fn a_person_s_mail_is_not_automatic() {
    assert_eq!(class("Auto-Submitted: no\r\nX-Auto-Response-Suppress: None\r\n", "hi\r\n"), AutoClass::None);
    assert_eq!(class("Precedence: normal\r\nX-Autoreply: no\r\n", "hi\r\n"), AutoClass::None);
}

#[test]
fn every_mark_of_a_program_is_recognised() {
    for (headers, expected) in [
        ("Auto-Submitted: auto-replied (vacation)\r\n", AutoClass::AutoReply),
        ("AUTO-SUBMITTED: Auto-Notified; owner=x\r\n", AutoClass::AutoReply),
        ("Auto-Submitted: auto-generated\r\n", AutoClass::Generated),
        ("X-Auto-Response-Suppress: OOF, AutoReply\r\n", AutoClass::Generated),
        ("Precedence: bulk\r\n", AutoClass::Bulk),
        ("Precedence: List\r\n", AutoClass::Bulk),
        ("Precedence: junk\r\n", AutoClass::Bulk),
        ("Precedence: auto_reply\r\n", AutoClass::AutoReply),
        ("X-Autoreply: yes\r\n", AutoClass::AutoReply),
        ("X-Autorespond: Re: your mail\r\n", AutoClass::AutoReply),
        ("X-Loop: somebody@x.y\r\n", AutoClass::AutoReply),
        ("List-Id: <news.x.y>\r\n", AutoClass::Bulk),
        ("Return-Path: <>\r\n", AutoClass::AutoReply),
    ] {
        assert_eq!(class(headers, "hi\r\n"), expected, "{headers}");
    }
    let null = Envelope { from: Some(String::new()), to: vec![] };
    assert_eq!(class_from("anna@client.example", "", "hi\r\n", &null), AutoClass::AutoReply);
    assert_eq!(class_from("postmaster@client.example", "", "hi\r\n", &Envelope::default()), AutoClass::AutoReply);
}

const BOUNCE: &str = "--b\r\nContent-Type: text/plain\r\n\r\nfailed\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.x.y\r\n\r\nFinal-Recipient: rfc822; Gone@Client.Example\r\nAction: ACTION\r\nStatus: STATUS\r\nDiagnostic-Code: smtp; 550 No such\r\n user here\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <wn.abc.1@acme.example>\r\nSubject: s\r\n\r\n--b--\r\n";
const REPORT: &str = "MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n";

fn report(body: &str) -> AutoClass {
    class_from("mailer-daemon@mx.x.y", REPORT, body, &Envelope::default())
}

#[test]
fn a_person_who_attaches_a_delivery_report_is_a_person_still() {
    let bounce = BOUNCE.replace("ACTION", "failed").replace("STATUS", "5.1.1");
    let mixed = REPORT.replace("multipart/report; report-type=delivery-status", "multipart/mixed");
    assert_eq!(class(&mixed, &bounce), AutoClass::None);
    assert_eq!(class(REPORT, &bounce), AutoClass::None, "nobody's program");
    let null = Envelope { from: Some(String::new()), to: vec![] };
    assert!(matches!(class_from("bounces@mx.x.y", REPORT, &bounce, &null), AutoClass::Bounce(_)));
}

#[test]
fn a_permanent_bounce_names_the_address_the_status_and_our_mail() {
    let AutoClass::Bounce(bounce) = report(&BOUNCE.replace("ACTION", "failed").replace("STATUS", "5.1.1 (gone)")) else {
        panic!("not a bounce");
    };
    assert!(bounce.hard);
    assert_eq!(bounce.recipients, ["gone@client.example"]);
    assert_eq!(bounce.status.as_deref(), Some("5.1.1"));
    assert_eq!(bounce.diagnostic.as_deref(), Some("smtp; 550 No such user here"));
    assert_eq!(bounce.original_message_id.as_deref(), Some("wn.abc.1@acme.example"));
}

#[test]
fn a_temporary_failure_and_a_delay_do_not_block_the_address() {
    for (action, status) in [("failed", "4.2.2"), ("delayed", "4.4.1"), ("delayed", "5.0.0")] {
        let AutoClass::Bounce(bounce) = report(&BOUNCE.replace("ACTION", action).replace("STATUS", status)) else {
            panic!("not a bounce");
        };
        assert!(!bounce.hard, "{action} {status}");
    }
}

#[test]
fn a_notice_of_success_is_a_receipt() {
    assert_eq!(report(&BOUNCE.replace("ACTION", "relayed").replace("STATUS", "2.0.0")), AutoClass::Receipt);
}

#[test]
fn a_bounce_in_words_is_hard_only_with_a_permanent_status() {
    let words = |text: &str| class_from("MAILER-DAEMON@mx.x.y", "", text, &Envelope::default());
    assert!(matches!(words("550 5.1.1 no such user\r\n"), AutoClass::Bounce(bounce) if bounce.hard));
    assert!(matches!(words("version 5.7 of the relay is busy, see 10.5.1.1\r\n"), AutoClass::Bounce(bounce) if !bounce.hard));
    let AutoClass::Bounce(bounce) = class("X-Failed-Recipients: a@b.c, D@e.f\r\n", "5.4.6 loop\r\n") else {
        panic!("not a bounce")
    };
    assert_eq!(bounce.recipients, ["a@b.c", "d@e.f"]);
}

#[test]
fn complaints_and_read_receipts_are_told_apart() {
    let headers = "MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\r\n";
    let body = "--b\r\n\r\ntext\r\n--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: Abuse\r\nOriginal-Rcpt-To: <x@y.z>\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <m@n>\r\n\r\nx\r\n--b--\r\n";
    let AutoClass::Feedback(feedback) = class(headers, body) else { panic!("not a complaint") };
    assert_eq!(
        (feedback.kind.as_str(), feedback.recipient.as_deref(), feedback.original_message_id.as_deref()),
        ("abuse", Some("x@y.z"), Some("m@n"))
    );

    let headers = "MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=disposition-notification; boundary=b\r\n";
    assert_eq!(class(headers, "--b\r\n\r\nread\r\n--b--\r\n"), AutoClass::Receipt);
}
