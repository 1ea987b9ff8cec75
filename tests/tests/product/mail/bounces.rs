//! Mail of ours that comes back.

use serde_json::json;
use tests::app::TestApp;

use super::{Letter, Sent, answered_ticket, bring_raw, carried, desk_says, opened, shown};

/// A delivery report as mail servers write it (RFC 3464).
fn report(to: &str, failed: &str, status: &str, original: &str) -> Vec<u8> {
    format!(
        "Return-Path: <>\r\nFrom: Mail Delivery System <mailer-daemon@mx.client.example>\r\nTo: {to}\r\nSubject: Undelivered Mail\r\nMessage-ID: <dsn-{status}-{failed}>\r\n\
         Date: Mon, 2 Mar 2026 10:10:00 +0300\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/plain\r\n\r\nIt did not arrive.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.client.example\r\n\r\n\
         Final-Recipient: rfc822; {failed}\r\nAction: failed\r\nStatus: {status}\r\nDiagnostic-Code: smtp; 550 no such user\r\n\r\n\
         --b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{original}>\r\nSubject: x\r\n\r\n--b--\r\n"
    )
    .into_bytes()
}

async fn bounce(app: &TestApp, reply: &Sent, status: &str) -> String {
    let raw = report(&reply.envelope_from, "client@acme.example", status, &reply.mail.message_id);
    bring_raw(app, "acme", "from=", raw).await.expect(202).json()["outcome"].as_str().unwrap().to_owned()
}

#[test]
fn a_hard_bounce_ends_all_mail_to_the_address_and_the_desk_sees_it() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (ticket, reply) = answered_ticket(&app).await;
        assert_eq!(bounce(&app, &reply, "5.1.1").await, "bounce");
        assert_eq!(
            app.asked("acme", "SELECT mail_blocked_reason FROM users WHERE email = 'client@acme.example'")[0].split(' ').next(),
            Some("5.1.1")
        );
        let failed = app.asked("acme", "SELECT template FROM outbox WHERE state = 'failed'");
        assert_eq!(failed, ["agent_reply"]);
        let row = shown(&app, &ticket).await;
        let line =
            row["history"].as_array().unwrap().iter().find(|line| line["kind"] == "mail_returned").expect("a line").clone();
        assert!(line["to"].as_str().unwrap().contains("client@acme.example"), "{line}");
        assert_eq!(row["comment_count"], 1, "a report is no comment");
        // No mail of any kind goes there any more, not even by a retry.
        desk_says(&app, &ticket, "Hello?").await;
        assert!(carried(&app).await.is_empty());
        let id = app.asked("acme", "SELECT id FROM outbox WHERE state = 'failed'").remove(0);
        app.manager("acme").post(&format!("/api/mail/outbox/{id}/retry"), json!({})).await.expect(200);
        assert!(carried(&app).await.is_empty());
        assert_eq!(
            app.asked("acme", "SELECT error FROM outbox WHERE template = 'agent_reply' AND state = 'failed'"),
            ["recipient_blocked"]
        );
    });
}

#[test]
fn a_forwarded_mail_that_comes_back_leaves_no_trace_in_what_the_client_is_sent() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (ticket, _) = answered_ticket(&app).await;
        let asked = json!({"to": ["help@supplier.example"], "body": "Do you know this?"});
        app.agent("acme").post(&format!("/api/tickets/{ticket}/forward"), asked).await.expect(201);
        let sent = carried(&app).await.remove(0);
        let raw = report(&sent.envelope_from, "help@supplier.example", "4.2.2", &sent.mail.message_id);
        let taken = bring_raw(&app, "acme", "from=", raw).await.expect(202).json();
        assert_eq!((taken["outcome"].as_str(), taken["ticket"].as_str()), (Some("bounce"), Some(ticket.as_str())));
        desk_says(&app, &ticket, "Soon.").await;
        let left = carried(&app).await;
        let to_client = left.iter().find(|mail| mail.to == "client@acme.example").expect("an answer");
        assert!(to_client.raw.contains("Soon.") && !to_client.raw.contains("supplier.example"), "{}", to_client.raw);
    });
}

#[test]
fn a_soft_bounce_is_noted_and_blocks_nobody() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (_, reply) = answered_ticket(&app).await;
        assert_eq!(bounce(&app, &reply, "4.2.2").await, "bounce");
        assert_eq!(app.asked("acme", "SELECT count(*) FROM users WHERE mail_blocked_at IS NOT NULL"), ["0"]);
        assert_eq!(app.asked("acme", "SELECT count(*) FROM outbox WHERE state = 'failed'"), ["0"]);
    });
}

#[test]
fn a_forged_report_cannot_silence_an_address_that_it_holds_no_token_of() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (_, reply) = answered_ticket(&app).await;
        // Eve holds a token that was sent to the client, and wants the manager to get no mail.
        let raw = report(&reply.envelope_from, "manager@acme.example", "5.1.1", &reply.mail.message_id);
        bring_raw(&app, "acme", "from=", raw).await.expect(202);
        let raw = report("support@acme.example", "manager@acme.example", "5.1.2", "made-up@acme.example");
        let taken = bring_raw(&app, "acme", "from=", raw).await.expect(202).json();
        assert_eq!(taken["reason"], "report");
        assert_eq!(app.asked("acme", "SELECT count(*) FROM users WHERE mail_blocked_at IS NOT NULL"), ["0"]);
    });
}

#[test]
fn a_copy_that_bounces_is_taken_off_the_ticket() {
    pollster::block_on(async {
        let app = TestApp::new();
        let letter = Letter::new("client@acme.example", "With a copy", "Please.").field("Cc", "gone@client.example");
        let ticket = opened(&app, &letter).await;
        desk_says(&app, &ticket, "Certainly.").await;
        let copy = carried(&app).await.into_iter().find(|mail| mail.to == "gone@client.example").expect("a copy left");
        let raw = report(&copy.envelope_from, "gone@client.example", "5.1.1", &copy.mail.message_id);
        bring_raw(&app, "acme", "from=", raw).await.expect(202);
        assert_eq!(app.asked("acme", "SELECT count(*) FROM ticket_followers"), ["0"]);
    });
}

#[test]
fn a_forged_report_writes_into_no_ticket_whose_number_or_mails_it_names() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (ticket, _) = answered_ticket(&app).await;
        let known = app.asked("acme", "SELECT message_id FROM inbound_mails").remove(0);
        let raw = report("support@acme.example", "client@acme.example", "5.1.1", &known);
        let raw = String::from_utf8(raw).unwrap().replacen("Subject: Undelivered Mail", "Subject: [ACME-1] Undelivered", 1);
        let taken = bring_raw(&app, "acme", "from=", raw.into_bytes()).await.expect(202).json();
        assert_eq!(taken["reason"], "report", "{taken}");
        let row = shown(&app, &ticket).await;
        assert_eq!(row["comments"].as_array().unwrap().len(), 1);
        assert!(row["history"].as_array().unwrap().iter().all(|line| line["kind"] != "mail_returned"));
        assert_eq!(app.asked("acme", "SELECT count(*) FROM users WHERE mail_blocked_at IS NOT NULL"), ["0"]);
    });
}

#[test]
fn an_address_in_copy_that_is_nobodys_and_bounces_is_written_to_on_no_ticket_again() {
    pollster::block_on(async {
        let app = TestApp::new();
        let with_copy = async |subject: &str| {
            let letter = Letter::new("client@acme.example", subject, "Please.").field("Cc", "gone@client.example");
            opened(&app, &letter).await
        };
        let answer = async |ticket: &str| {
            desk_says(&app, ticket, "Certainly.").await;
            carried(&app).await
        };
        let (first, second) = (with_copy("First").await, with_copy("Second").await);
        let copy = answer(&first).await.into_iter().find(|mail| mail.to == "gone@client.example").expect("a copy left");
        let raw = report(&copy.envelope_from, "gone@client.example", "5.1.1", &copy.mail.message_id);
        bring_raw(&app, "acme", "from=", raw).await.expect(202);
        let third = with_copy("Third").await;
        carried(&app).await;
        for ticket in [&first, &second, &third] {
            let to: Vec<String> = answer(ticket).await.into_iter().map(|mail| mail.to).collect();
            assert_eq!(to, ["client@acme.example"]);
        }
        assert_eq!(app.asked("acme", "SELECT state FROM outbox WHERE recipient = 'gone@client.example'"), ["failed"]);
        assert_eq!(app.asked("acme", "SELECT status FROM users WHERE email = 'gone@client.example'"), ["unverified"]);
    });
}
