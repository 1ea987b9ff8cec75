use super::{Decision, How, Loaded, Rules, Stage, Strangers, TicketFacts, candidates, decide, ids_to_remember};
use crate::mail::Reason;
use crate::mail::backstop::Allowance;
use crate::mail::parse::{Envelope, InboundMail, parse};
use crate::mail::token::{TokenKeys, body_marker, message_id, reply_address};
use chrono::{DateTime, Duration, TimeZone, Utc};
use std::collections::HashSet;

const TENANT: &str = "tnt_a";
const ANNA: &str = "anna@client.example";
const EVE: &str = "eve@evil.example";

fn keys() -> TokenKeys {
    TokenKeys::new(b"a key", &[])
}

fn token(number: u64, to: &str) -> String {
    keys().sign(TENANT, number, to).unwrap()
}

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 1, 12, 0, 0).unwrap()
}

fn mail_from(from: &str, headers: &str, body: &str) -> InboundMail {
    let raw = format!(
        "Authentication-Results: mx.us; {headers_auth}\r\nFrom: {from}\r\nMessage-ID: <m9@client.example>\r\n{headers}\r\n{body}",
        headers_auth = "none"
    );
    parse(raw.as_bytes(), &Envelope::default(), &["mx.us"]).unwrap()
}

fn with_dmarc(verdict: &str, from: &str, headers: &str) -> InboundMail {
    let raw = format!("Authentication-Results: mx.us; dmarc={verdict}\r\nFrom: {from}\r\nMessage-ID: <m9@x>\r\n{headers}\r\nhi");
    parse(raw.as_bytes(), &Envelope::default(), &["mx.us"]).unwrap()
}

fn ticket(number: u64, stage: Stage) -> TicketFacts<u64> {
    TicketFacts { id: number, number, participants: HashSet::from([ANNA.to_owned()]), stage }
}

fn loaded() -> Loaded<u64> {
    Loaded {
        by_number: vec![ticket(7, Stage::Active), ticket(8, Stage::Active)],
        by_message_id: vec![("m1@client.example".into(), ticket(9, Stage::Active))],
        own_addresses: HashSet::from(["support@acme.example".to_owned()]),
        sender_blocked: false,
        sender_is_staff: false,
        thanks_only: false,
        allowance: Allowance::Free,
        reopening: Allowance::Free,
    }
}

fn verdict(mail: &InboundMail, loaded: &Loaded<u64>) -> Decision<u64> {
    decide(mail, &candidates(mail, &keys(), TENANT, "ACME"), loaded, Rules::default(), now())
}

fn appended(ticket: u64, how: How) -> Decision<u64> {
    Decision::Append { ticket, how, reopen: false, internal: false }
}

const NEW: Decision<u64> = Decision::New { linked: None, answer: true };

/// Every evidence at once, each for another ticket.
fn evidence() -> [(How, String, String); 5] {
    let id = message_id(&token(7, ANNA), "1", "acme.example");
    let address = reply_address("support@acme.example", &token(8, ANNA)).unwrap();
    [
        (How::TokenInMessageId, format!("References: <{id}>\r\n"), String::new()),
        (How::TokenInAddress, format!("To: {address}\r\n"), String::new()),
        (How::TokenInBody, String::new(), format!("text\r\n{}\r\n", body_marker(&token(7, ANNA)))),
        (How::MessageId, "In-Reply-To: <m1@client.example>\r\n".into(), String::new()),
        (How::SubjectNumber, "Subject: Re: [ACME-8] report\r\n".into(), String::new()),
    ]
}

#[test]
fn each_evidence_alone_finds_the_ticket_for_a_participant() {
    for (how, headers, body) in evidence() {
        let found = verdict(&mail_from(ANNA, &headers, &format!("hi\r\n{body}")), &loaded());
        assert!(matches!(found, Decision::Append { how: by, reopen: false, .. } if by == how), "{how:?}: {found:?}");
    }
}

#[test]
fn the_stronger_evidence_wins() {
    let all = evidence();
    for at in 0..all.len() {
        let headers: String = all[at..].iter().map(|(_, headers, _)| headers.as_str()).collect();
        let body: String = all[at..].iter().map(|(_, _, body)| body.as_str()).collect();
        let found = verdict(&mail_from(ANNA, &headers, &format!("hi\r\n{body}")), &loaded());
        assert!(matches!(found, Decision::Append { how, .. } if how == all[at].0), "{at}: {found:?}");
    }
}

#[test]
fn a_stranger_is_never_added_to_a_ticket() {
    for (how, headers, body) in evidence() {
        let mail = mail_from(EVE, &headers, &format!("hi\r\n{body}"));
        let found = verdict(&mail, &loaded());
        if how == How::SubjectNumber {
            assert_eq!(found, NEW, "a number that anybody can type finds nothing");
        } else {
            assert!(matches!(found, Decision::New { linked: Some((_, by)), .. } if by == how), "{how:?}: {found:?}");
            let holding = Rules { strangers: Strangers::Hold, ..Rules::default() };
            let found = decide(&mail, &candidates(&mail, &keys(), TENANT, "ACME"), &loaded(), holding, now());
            assert_eq!(found, Decision::Held(Reason::UnknownSender));
        }
    }
}

#[test]
fn a_token_counts_for_the_address_that_it_was_sent_to_even_if_it_is_no_participant() {
    let headers = format!("References: <{}>\r\n", message_id(&token(7, "boss@client.example"), "1", "acme.example"));
    assert_eq!(verdict(&mail_from("Boss@client.example", &headers, "hi"), &loaded()), appended(7, How::TokenInMessageId));
}

#[test]
fn a_token_of_another_tenant_or_a_forged_one_is_ignored() {
    let foreign = TokenKeys::new(b"a key", &[]).sign("tnt_b", 7, ANNA).unwrap();
    let forged = TokenKeys::new(b"guess", &[]).sign(TENANT, 7, ANNA).unwrap();
    for token in [foreign, forged] {
        let mail = mail_from(ANNA, &format!("References: <{}>\r\n", message_id(&token, "1", "acme.example")), "hi");
        assert!(candidates(&mail, &keys(), TENANT, "ACME").tokens.is_empty());
        assert_eq!(verdict(&mail, &loaded()), NEW);
    }
}

#[test]
fn thread_index_and_a_bare_subject_find_nothing() {
    let mail = mail_from(
        ANNA,
        "Thread-Index: AdABCD==\r\nThread-Topic: report\r\nSubject: Re: report ACME-8, 8, #8, [8], [OTHER-8]\r\n",
        "hi",
    );
    assert_eq!(verdict(&mail, &loaded()), NEW);
}

#[test]
fn after_the_window_an_answer_becomes_a_linked_ticket() {
    let (_, headers, body) = &evidence()[0];
    let mail = mail_from(ANNA, headers, &format!("hi{body}"));
    let mut facts = loaded();
    facts.by_number[0].stage = Stage::Finished { reopens_until: now() + Duration::seconds(1) };
    assert_eq!(verdict(&mail, &facts), Decision::Append { ticket: 7, how: How::TokenInMessageId, reopen: true, internal: false });
    facts.by_number[0].stage = Stage::Finished { reopens_until: now() };
    assert_eq!(verdict(&mail, &facts), Decision::New { linked: Some((7, How::TokenInMessageId)), answer: true });
}

#[test]
fn a_machine_is_stored_with_its_ticket_but_reopens_and_opens_nothing() {
    let (_, headers, _) = &evidence()[0];
    for mark in ["Auto-Submitted: auto-replied\r\n", "Precedence: bulk\r\n", "X-Failed-Recipients: x@y.z\r\n"] {
        let mut facts = loaded();
        for stage in [
            Stage::Active,
            Stage::Finished { reopens_until: now() + Duration::days(1) },
            Stage::Finished { reopens_until: now() },
        ] {
            facts.by_number[0].stage = stage;
            assert_eq!(
                verdict(&mail_from(ANNA, &format!("{headers}{mark}"), "hi"), &facts),
                appended(7, How::TokenInMessageId),
                "{mark}"
            );
        }
    }
    for (mark, reason) in [
        ("Auto-Submitted: auto-replied\r\n", Reason::Automatic),
        ("List-Id: <x.y>\r\n", Reason::Bulk),
        ("X-Failed-Recipients: x@y.z\r\n", Reason::Report),
    ] {
        assert_eq!(verdict(&mail_from(ANNA, mark, "hi"), &loaded()), Decision::Held(reason));
    }
    let monitoring = mail_from(ANNA, "Auto-Submitted: auto-generated\r\n", "disk full");
    assert_eq!(verdict(&monitoring, &loaded()), Decision::New { linked: None, answer: false });
    let list = mail_from(ANNA, "List-Id: <x.y>\r\n", "hi");
    let fed_by_a_list = Rules { lists_open_tickets: true, ..Rules::default() };
    let found = decide(&list, &candidates(&list, &keys(), TENANT, "ACME"), &loaded(), fed_by_a_list, now());
    assert_eq!(found, Decision::New { linked: None, answer: false });
}

#[test]
fn a_bounce_finds_its_ticket_by_the_mail_that_bounced() {
    let id = message_id(&token(7, "gone@client.example"), "1", "acme.example");
    let raw = format!(
        "From: MAILER-DAEMON@mx.example\r\nSubject: failed\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; gone@client.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{id}>\r\n\r\n--b--\r\n"
    );
    let mail = parse(raw.as_bytes(), &Envelope::default(), &[]).unwrap();
    assert_eq!(verdict(&mail, &loaded()), appended(7, How::TokenInMessageId));
}

#[test]
fn our_own_mails_and_mailboxes_never_open_tickets() {
    let id = message_id(&token(7, ANNA), "1", "acme.example");
    let raw = format!("From: {ANNA}\r\nMessage-ID: <{id}>\r\nSubject: s\r\n\r\nhi");
    let mail = parse(raw.as_bytes(), &Envelope::default(), &[]).unwrap();
    assert_eq!(verdict(&mail, &loaded()), Decision::Held(Reason::Loop));
    for own in ["support@acme.example", "Support+tag@acme.example"] {
        assert_eq!(verdict(&mail_from(own, "", "hi"), &loaded()), Decision::Held(Reason::OwnAddress));
    }
}

#[test]
fn blocked_and_overactive_senders_wait_for_a_person() {
    let mail = mail_from(ANNA, "", "hi");
    assert_eq!(verdict(&mail, &Loaded { sender_blocked: true, ..loaded() }), Decision::Held(Reason::SenderBlocked));
    let used_up = Allowance::UsedUp { until: now() };
    assert_eq!(verdict(&mail, &Loaded { allowance: used_up, ..loaded() }), Decision::Held(Reason::RateCap));
    let reply = mail_from(ANNA, &evidence()[0].1, "hi");
    let mut facts = Loaded { reopening: used_up, allowance: used_up, ..loaded() };
    assert_eq!(verdict(&reply, &facts), appended(7, How::TokenInMessageId), "an answer to an open ticket is always welcome");
    facts.by_number[0].stage = Stage::Finished { reopens_until: now() + Duration::days(1) };
    assert_eq!(verdict(&reply, &facts), Decision::Held(Reason::ReopenCap));
}

#[test]
fn a_mere_thank_you_is_added_to_a_finished_ticket_and_opens_nothing() {
    let reply = mail_from(ANNA, &evidence()[0].1, "hi");
    for (days, otherwise) in
        [(1, Decision::Append { ticket: 7, how: How::TokenInMessageId, reopen: true, internal: false }), (-1, linked(7))]
    {
        let mut facts = loaded();
        facts.by_number[0].stage = Stage::Finished { reopens_until: now() + Duration::days(days) };
        assert_eq!(verdict(&reply, &facts), otherwise);
        let used_up = Allowance::UsedUp { until: now() };
        let facts = Loaded { thanks_only: true, reopening: used_up, allowance: used_up, ..facts };
        assert_eq!(verdict(&reply, &facts), appended(7, How::TokenInMessageId));
    }
}

fn linked(ticket: u64) -> Decision<u64> {
    Decision::New { linked: Some((ticket, How::TokenInMessageId)), answer: true }
}

#[test]
fn a_forged_sender_is_a_stranger_and_an_agent_must_be_genuine() {
    for (_, headers, _) in evidence().iter().filter(|(how, _, _)| !matches!(how, How::TokenInBody | How::SubjectNumber)) {
        let forged = with_dmarc("fail", ANNA, headers);
        assert_eq!(verdict(&forged, &loaded()), Decision::Held(Reason::UnknownSender));
    }
    let staff = Loaded { sender_is_staff: true, ..loaded() };
    let headers = &evidence()[3].1;
    assert_eq!(verdict(&with_dmarc("none", "agent@acme.example", headers), &staff), Decision::Held(Reason::UnknownSender));
    assert_eq!(verdict(&with_dmarc("pass", "agent@acme.example", headers), &staff), appended(9, How::MessageId));
    assert_eq!(verdict(&with_dmarc("fail", EVE, ""), &loaded()), Decision::New { linked: None, answer: false });
}

#[test]
fn a_token_of_an_agent_counts_only_in_a_mail_that_is_vouched_for() {
    let staff = Loaded { sender_is_staff: true, ..loaded() };
    let agent = "agent@acme.example";
    let headers = format!("In-Reply-To: <{}>\r\n", message_id(&token(7, agent), "1", "acme.example"));
    assert_eq!(verdict(&mail_from(agent, &headers, "hi"), &staff), Decision::Held(Reason::UnknownSender));
    assert_eq!(verdict(&with_dmarc("none", agent, &headers), &staff), Decision::Held(Reason::UnknownSender));
    assert_eq!(verdict(&with_dmarc("pass", agent, &headers), &staff), appended(7, How::TokenInMessageId));
}

#[test]
fn two_mails_of_a_conversation_that_began_without_us_meet() {
    let first = mail_from(ANNA, "In-Reply-To: <root@client.example>\r\nReferences: <root@client.example>\r\n", "hi");
    let remembered = ids_to_remember(&first);
    assert_eq!(remembered, ["m9@client.example", "root@client.example"]);
    let second = mail_from(
        ANNA,
        "In-Reply-To: <other@client.example>\r\nReferences: <root@client.example> <other@client.example>\r\n",
        "hi",
    );
    let wanted = candidates(&second, &keys(), TENANT, "ACME").message_ids;
    assert!(wanted.iter().any(|id| remembered.contains(id)), "{wanted:?}");
}

#[test]
fn mere_thanks_open_nothing_whenever_they_come() {
    for hours in [-1, 1] {
        let stage = Stage::Finished { reopens_until: now() + Duration::hours(hours) };
        let facts = Loaded { by_number: vec![ticket(8, stage)], thanks_only: true, ..loaded() };
        let found = verdict(&mail_from(ANNA, "Subject: Re: [ACME-8] report\r\n", "Thank you!"), &facts);
        assert_eq!(found, appended(8, How::SubjectNumber));
    }
}

#[test]
fn a_report_finds_a_ticket_by_a_token_and_by_nothing_else() {
    for (how, headers, body) in evidence() {
        let headers = format!("Return-Path: <>\r\nX-Failed-Recipients: {ANNA}\r\n{headers}");
        let found = verdict(&mail_from("mailer-daemon@mx.client.example", &headers, &format!("hi\r\n{body}")), &loaded());
        if matches!(how, How::MessageId | How::SubjectNumber) {
            assert_eq!(found, Decision::Held(Reason::Report), "{how:?}");
        } else {
            assert!(matches!(found, Decision::Append { how: by, reopen: false, .. } if by == how), "{how:?}: {found:?}");
        }
    }
}

#[test]
fn what_answers_a_mail_of_the_desk_stays_with_the_desk_and_opens_nothing_again() {
    let token = keys().sign_for_desk(TENANT, 7, "help@supplier.example").unwrap();
    let headers = format!("References: <{}>\r\n", message_id(&token, "1", "acme.example"));
    let note = Decision::Append { ticket: 7, how: How::TokenInMessageId, reopen: false, internal: true };
    let mut facts = loaded();
    assert_eq!(verdict(&mail_from("Help@supplier.example", &headers, "hi"), &facts), note);
    assert_eq!(verdict(&mail_from(ANNA, &headers, "hi"), &facts), note, "whoever of the conversation writes there");
    facts.by_number[0].stage = Stage::Finished { reopens_until: now() + Duration::days(1) };
    assert_eq!(verdict(&mail_from("help@supplier.example", &headers, "hi"), &facts), note);
    facts.by_number[0].stage = Stage::Finished { reopens_until: now() };
    assert_eq!(verdict(&mail_from("help@supplier.example", &headers, "hi"), &facts), note, "however late");
    let stranger = verdict(&mail_from(EVE, &headers, "hi"), &facts);
    assert!(matches!(stranger, Decision::New { linked: Some((7, _)), .. }), "{stranger:?}");
}
