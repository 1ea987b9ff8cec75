//! What the desk forwards to people outside the conversation, and what comes back: nothing of it may reach the client.

use functions::actions::jobs;
use serde_json::{Value, json};
use shared::http::{Body, Method};
use shared::job::Job;
use tests::app::{Answer, TestApp};

use super::{Letter, Sent, answered_ticket, bring, carried, shown};

const SUPPLIER: &str = "help@supplier.example";

async fn forward(app: &TestApp, ticket: &str, body: Value) -> Answer {
    app.agent("acme").post(&format!("/api/tickets/{ticket}/forward"), body).await
}

/// A ticket of which a message was forwarded, and the mail that went out.
async fn forwarded_ticket(app: &TestApp) -> (String, Sent) {
    let (ticket, _) = answered_ticket(app).await;
    let asked = json!({"to": [SUPPLIER], "body": "Do you know **this**?", "quote": "all"});
    forward(app, &ticket, asked).await.expect(201);
    (ticket, carried(app).await.remove(0))
}

/// All that the client gets of the ticket, by the API and on its page.
async fn of_client(app: &TestApp, ticket: &str) -> String {
    let number = shown(app, ticket).await["number"].as_str().unwrap().to_owned();
    let api =
        app.client("acme").get(&format!("/api/tickets/{ticket}?include=comments,history,attachments")).await.expect(200).text();
    let comments = app.client("acme").get(&format!("/api/tickets/{ticket}/comments")).await.expect(200).text();
    let page = app.client("acme").in_browser().get(&format!("/tickets/{number}")).await.expect(200).text();
    [api, comments, page].join("\n")
}

#[test]
fn a_forwarded_message_goes_out_with_its_quotes_and_files_and_the_client_sees_nothing_of_it() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (ticket, _) = answered_ticket(&app).await;
        let part = "--B\r\nContent-Disposition: form-data; name=\"visibility\"\r\n\r\ninternal\r\n--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"log.txt\"\r\nContent-Type: text/plain\r\n\r\nline 1203\r\n--B--\r\n";
        let file = app
            .agent("acme")
            .send(
                Method::Post,
                &format!("/api/tickets/{ticket}/attachments"),
                Body::Bytes(part.into()),
                Some("multipart/form-data; boundary=B"),
            )
            .await
            .expect(201)
            .json()["data"][0]["id"]
            .clone();
        app.agent("acme")
            .post(&format!("/api/tickets/{ticket}/comments"), json!({"body": "Desk only", "visibility": "internal"}))
            .await;
        let before = shown(&app, &ticket).await;
        let asked =
            json!({"to": [SUPPLIER, "Other@Supplier.example"], "body": "Do you know **this**?", "quote": "all", "files": [file]});
        let done = forward(&app, &ticket, asked).await.expect(201);
        assert!(done.round_trips <= 3, "{}", done.round_trips);
        assert_eq!(done.json()["data"]["visibility"], "internal");
        assert_eq!(done.json()["data"]["forwarded_to"], json!([SUPPLIER, "other@supplier.example"]));
        let after = shown(&app, &ticket).await;
        for field in ["status", "sla", "comment_count", "first_response_at", "followers"] {
            assert_eq!(before[field], after[field], "{field}");
        }
        let left = carried(&app).await;
        assert_eq!(left.iter().map(|mail| mail.to.as_str()).collect::<Vec<_>>(), [SUPPLIER, "other@supplier.example"]);
        let mail = &left[0].mail;
        assert!(mail.subject.contains("Fwd: Posting stops"), "{}", mail.subject);
        assert!(
            mail.text.contains("Do you know **this**?") && mail.text.contains("> Error 1203 since this morning."),
            "{}",
            mail.text
        );
        assert!(mail.text.contains("> Which document?") && !mail.text.contains("Desk only"));
        assert_eq!(mail.attachments.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["log.txt"]);
        assert_eq!(mail.from.address, "support@acme.example");
        assert!(!left[0].raw.contains("client@acme.example"), "no address of the client goes out by itself");
        let theirs = of_client(&app, &ticket).await;
        for word in ["Do you know", "supplier", "log.txt", "forwarded"] {
            assert!(!theirs.contains(word), "{word}");
        }
        let page = app
            .agent("acme")
            .in_browser()
            .get(&format!("/agent/tickets/{}", after["number"].as_str().unwrap()))
            .await
            .expect(200);
        assert!(page.text().contains(SUPPLIER));
        assert_eq!(app.asked("acme", "SELECT action FROM audit_logs WHERE action = 'ticket.forwarded'").len(), 1);
    });
}

#[test]
fn what_comes_back_is_a_note_of_which_the_client_hears_nothing() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (ticket, sent) = forwarded_ticket(&app).await;
        let done = json!({"body": "Done", "visibility": "internal", "status": "resolved"});
        app.agent("acme").post(&format!("/api/tickets/{ticket}/comments"), done).await.expect(201);
        carried(&app).await;
        let before = shown(&app, &ticket).await;
        let answer =
            Letter::answer("Helen <help@supplier.example>", &sent, "We know it: secret 4711.").id("theirs@supplier.example");
        let copied = answer.clone().field("Cc", "boss@supplier.example");
        let taken = bring(&app, &copied).await;
        assert_eq!((taken["outcome"].as_str(), taken["ticket"].as_str()), (Some("note"), Some(ticket.as_str())));
        let after = shown(&app, &ticket).await;
        for field in ["status", "sla", "comment_count", "followers", "reopened_count"] {
            assert_eq!(before[field], after[field], "{field}");
        }
        let note = after["comments"]
            .as_array()
            .unwrap()
            .iter()
            .find(|one| one["body"].as_str().unwrap().contains("4711"))
            .unwrap()
            .clone();
        assert_eq!((&note["visibility"], &note["author"]["name"]), (&json!("internal"), &json!("Helen")));
        let left = carried(&app).await;
        assert_eq!(
            left.iter().map(|mail| mail.to.as_str()).collect::<Vec<_>>(),
            ["agent@acme.example"],
            "the desk is told, and it alone"
        );
        // Whoever of the desk answers that mail writes a note, too.
        let by_agent = Letter::answer("agent@acme.example", &left[0], "Then we wait for them.").vouched("dmarc=pass");
        assert_eq!(bring(&app, &by_agent).await["outcome"], "note");
        assert!(carried(&app).await.iter().all(|mail| mail.to != "client@acme.example"));
        app.agent("acme")
            .post(&format!("/api/tickets/{ticket}/comments"), json!({"body": "It will be mended."}))
            .await
            .expect(201);
        let answered = carried(&app).await;
        let to_client = answered.iter().find(|mail| mail.to == "client@acme.example").expect("an answer");
        assert!(!to_client.raw.contains("supplier.example"), "not even a Message-ID: {}", to_client.raw);
        let theirs = of_client(&app, &ticket).await;
        for word in ["4711", "Helen", "wait for them", "supplier"] {
            assert!(!theirs.contains(word), "{word}");
        }
    });
}

#[test]
fn a_token_of_a_forwarded_mail_lets_nobody_else_in_and_leads_nobody_into_the_open() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (ticket, sent) = forwarded_ticket(&app).await;
        let stranger = bring(&app, &Letter::answer("eve@elsewhere.example", &sent, "Me too.")).await;
        assert_ne!(stranger["ticket"], ticket, "a stranger does not come in by it");
        // Somebody gave the address on to the client.
        let client = bring(&app, &Letter::answer("client@acme.example", &sent, "What is this?")).await;
        assert_eq!((client["outcome"].as_str(), client["ticket"].as_str()), (Some("note"), Some(ticket.as_str())));
        let absent = Letter::answer(SUPPLIER, &sent, "I am away.").field("Auto-Submitted", "auto-replied");
        assert_eq!(bring(&app, &absent).await["outcome"], "note");
        assert_eq!(shown(&app, &ticket).await["comment_count"], 1);
    });
}

#[test]
fn a_message_that_was_forwarded_can_be_taken_back_and_goes_out_as_it_was_written() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (ticket, _) = answered_ticket(&app).await;
        let number = shown(&app, &ticket).await["number"].as_str().unwrap().to_owned();
        let send = async |body: &str| {
            let fields = [("body", body), ("visibility", "forward"), ("to", SUPPLIER), ("quote", "opening"), ("hold", "10")];
            let done =
                app.agent("acme").in_browser().submit_multipart(&format!("/agent/tickets/{number}/comments"), &fields).await;
            assert!(done.expect(303).round_trips <= 3);
            app.asked("acme", "SELECT id FROM pending_comments").pop().unwrap()
        };
        let ring = async || {
            let tenant = app.as_product("acme", async |ctx| ctx.tenant.id().clone()).await;
            assert!(jobs::run(&app.platform, &Job::Sla { tenant }).await.failures.is_empty());
        };
        let id = send("Too early").await;
        let path = format!("/agent/tickets/{number}/pending/{id}/take-back");
        app.agent("acme").in_browser().submit(&path, &[]).await.expect(303);
        let page = app.agent("acme").in_browser().get(&format!("/agent/tickets/{number}")).await.expect(200).text();
        assert!(page.contains("Too early</textarea>") && page.contains(r#"value="forward" checked"#) && page.contains(SUPPLIER));
        send("Now").await;
        app.advance(chrono::TimeDelta::seconds(10));
        ring().await;
        let left = carried(&app).await;
        assert_eq!(left.len(), 1);
        assert!(left[0].to == SUPPLIER && left[0].mail.text.contains("Now") && left[0].mail.text.contains("> Error 1203"));
        assert!(app.asked("acme", "SELECT visibility FROM ticket_comments ORDER BY created_at DESC LIMIT 1") == ["internal"]);
    });
}

#[test]
fn what_cannot_be_forwarded_is_refused_and_comes_back_as_it_was_typed() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (ticket, _) = answered_ticket(&app).await;
        for (to, field, code) in [
            (json!([]), "to", "required"),
            (json!(["nobody"]), "to", "bad_recipient"),
            (json!(["support+x@acme.example"]), "to", "own_mailbox"),
            (json!(["client@acme.example"]), "to", "forward_to_requester"),
        ] {
            let refused = forward(&app, &ticket, json!({"to": to, "body": "x"})).await.expect(422).json();
            assert_eq!((&refused["errors"][0]["field"], &refused["errors"][0]["code"]), (&json!(field), &json!(code)));
        }
        app.agent("acme")
            .post(&format!("/api/tickets/{ticket}/comments"), json!({"body": "Desk", "visibility": "internal"}))
            .await;
        let note = app.asked("acme", "SELECT id FROM ticket_comments WHERE visibility = 'internal'").remove(0);
        let quoted = forward(&app, &ticket, json!({"to": [SUPPLIER], "body": "x", "quote": note})).await;
        assert_eq!(quoted.expect(422).json()["errors"][0]["field"], "quote", "a note of the desk is not quoted");
        let foreign =
            forward(&app, &ticket, json!({"to": [SUPPLIER], "body": "x", "files": [format!("att_{}", "0".repeat(32))]})).await;
        assert_eq!(foreign.expect(422).json()["errors"][0]["field"], "files");
        app.client("acme")
            .post(&format!("/api/tickets/{ticket}/forward"), json!({"to": [SUPPLIER], "body": "x"}))
            .await
            .expect(403);
        let number = shown(&app, &ticket).await["number"].as_str().unwrap().to_owned();
        let fields = [("body", "Kept words"), ("visibility", "forward"), ("to", "nobody"), ("quote", "opening")];
        let page = app.agent("acme").in_browser().submit_multipart(&format!("/agent/tickets/{number}/comments"), &fields).await;
        let page = page.expect(422).text();
        assert!(
            page.contains("Kept words</textarea>")
                && page.contains(r#"value="nobody""#)
                && page.contains(r#"value="opening" selected"#)
        );
        assert!(app.asked("acme", "SELECT comment_id FROM ticket_forwards").is_empty());
    });
}
