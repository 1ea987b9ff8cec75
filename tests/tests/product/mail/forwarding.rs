//! What the desk forwards to people outside the conversation, and what comes back: nothing of it may reach the client.

use functions::actions::jobs;
use serde_json::{Value, json};
use shared::http::{Body, Method};
use shared::job::Job;
use tests::app::{Answer, TestApp};

use super::{Letter, Sent, answered_ticket, bring, carried, desk_says, number_of, shown};

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
    let number = number_of(app, ticket).await;
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
fn a_picture_of_the_conversation_goes_out_as_its_name_wherever_it_stands() {
    pollster::block_on(async {
        let app = TestApp::new();
        let shown = |name: &str| format!("See ![{name}](attachment:att_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b).");
        let body = json!({"title": "Posting stops", "description": shown("first.png")});
        let ticket = app.client("acme").post("/api/tickets", body).await.expect(201).json()["id"].as_str().unwrap().to_owned();
        let body = json!({"body": shown("second.png")});
        app.client("acme").post(&format!("/api/tickets/{ticket}/comments"), body).await.expect(201);
        for quote in ["opening", "all"] {
            carried(&app).await;
            forward(&app, &ticket, json!({"to": [SUPPLIER], "body": "Look", "quote": quote})).await.expect(201);
            let mail = carried(&app).await.remove(0);
            assert_eq!(mail.to, SUPPLIER);
            assert!(mail.mail.text.contains("> See first.png.") && !mail.raw.contains("att_0190"), "{}", mail.raw);
            assert_eq!(mail.mail.text.contains("> See second.png."), quote == "all");
        }
    });
}

/// A forwarded message is taken back, where this draft has been begun meanwhile.
async fn taken_back(app: &TestApp, number: &str, begun: Option<Value>) {
    let fields = [("body", "Too early"), ("visibility", "forward"), ("to", SUPPLIER), ("hold", "10")];
    app.agent("acme").in_browser().submit_multipart(&format!("/agent/tickets/{number}/comments"), &fields).await.expect(303);
    if let Some(draft) = begun {
        app.agent("acme").put(&format!("/api/tickets/{number}/draft"), draft).await.expect(200);
    }
    let id = app.asked("acme", "SELECT id FROM pending_comments").pop().unwrap();
    app.agent("acme").in_browser().submit(&format!("/agent/tickets/{number}/pending/{id}/take-back"), &[]).await.expect(303);
}

/// Whether the page of a ticket offers what it begins with to somebody outside, and the text.
async fn offered(app: &TestApp, number: &str) -> (bool, String) {
    let page = app.agent("acme").in_browser().get(&format!("/agent/tickets/{number}")).await.expect(200).text();
    let text = page.split("</textarea>").next().unwrap().rsplit('>').next().unwrap().trim().to_owned();
    let forwards = page.contains(r#"value="forward" checked"#);
    let has_address = page.contains(&format!(r#"value="{SUPPLIER}""#));
    assert_eq!(forwards, has_address, "an address stands there only with the tab that is for it");
    (forwards, text)
}

#[test]
fn what_is_typed_as_a_note_never_comes_back_as_a_message_to_somebody_outside() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (ticket, _) = answered_ticket(&app).await;
        let number = number_of(&app, &ticket).await;
        let keep = async |draft: Value| app.agent("acme").put(&format!("/api/tickets/{number}/draft"), draft).await.expect(200);
        let clear = async || app.agent("acme").delete(&format!("/api/tickets/{number}/draft")).await.expect(204);
        // Typed on as a note, as an answer, or by a page that does not know what stands there.
        for draft in [
            json!({"body": "They are slow", "visibility": "internal", "revision": 1}),
            json!({"body": "Dear client", "visibility": "public", "revision": 1}),
            json!({"body": "Dear client", "visibility": "public", "revision": 1, "forward": true}),
            json!({"body": "They are slow", "visibility": "internal", "forward": true}),
        ] {
            taken_back(&app, &number, None).await;
            assert_eq!(offered(&app, &number).await, (true, "Too early".to_owned()));
            keep(draft.clone()).await;
            assert_eq!(offered(&app, &number).await, (false, draft["body"].as_str().unwrap().to_owned()), "{draft}");
            keep(json!({"body": "More", "visibility": "internal", "revision": 2, "forward": true})).await;
            assert!(!offered(&app, &number).await.0, "what is forgotten is forgotten");
            clear().await;
        }
        // Come back to words that stood there already.
        for before in ["internal", "public"] {
            taken_back(&app, &number, Some(json!({"body": "They are slow", "visibility": before}))).await;
            assert_eq!(offered(&app, &number).await, (false, "Too early\n\nThey are slow".to_owned()));
            assert_eq!(app.asked("acme", "SELECT visibility FROM ticket_drafts"), ["internal"]);
            clear().await;
        }
        assert!(carried(&app).await.is_empty());
    });
}

#[test]
fn a_message_that_was_taken_back_keeps_its_recipients_while_it_is_typed_on() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (ticket, _) = answered_ticket(&app).await;
        let number = number_of(&app, &ticket).await;
        taken_back(&app, &number, None).await;
        for (revision, text) in [(1, "Too early, but"), (2, "Too early, but now")] {
            let draft = json!({"body": text, "visibility": "internal", "revision": revision, "forward": true});
            app.agent("acme").put(&format!("/api/tickets/{number}/draft"), draft).await.expect(200);
            assert_eq!(offered(&app, &number).await, (true, text.to_owned()));
        }
        // A draft of a message that never was sent remembers nobody: it is a note.
        app.agent("acme").delete(&format!("/api/tickets/{number}/draft")).await.expect(204);
        let draft = json!({"body": "Begun", "visibility": "internal", "forward": true});
        app.agent("acme").put(&format!("/api/tickets/{number}/draft"), draft).await.expect(200);
        assert_eq!(offered(&app, &number).await, (false, "Begun".to_owned()));
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
        desk_says(&app, &ticket, "It will be mended.").await;
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
        let number = number_of(&app, &ticket).await;
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
fn every_message_that_clients_see_leads_to_the_tab_in_which_it_is_quoted() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (ticket, _) = forwarded_ticket(&app).await;
        app.agent("acme")
            .post(&format!("/api/tickets/{ticket}/followers"), json!({"email": "boss@client.example"}))
            .await
            .expect(200);
        let number = number_of(&app, &ticket).await;
        let address = format!("/agent/tickets/{number}");
        let at = async |query: &str| app.agent("acme").in_browser().get(&format!("{address}{query}")).await.expect(200).text();
        let by = |visibility: &str| {
            app.asked("acme", &format!("SELECT id FROM ticket_comments WHERE visibility = '{visibility}'")).remove(0)
        };
        let (reply, note) = (by("public"), by("internal"));
        let page = at("").await;
        for quote in ["opening", reply.as_str()] {
            assert!(page.contains(&format!(r#"href="{address}?forward&#x3D;{quote}#forward-to" data-quote"#)), "{quote}");
        }
        assert!(!page.contains(&format!(r#"?forward&#x3D;{note}"#)), "a note of the desk is not quoted");
        assert!(
            page.contains(&format!(r#"<option value="{SUPPLIER}">"#)) && page.contains(r#"<option value="boss@client.example">"#)
        );
        assert!(!page.contains(r#"<option value="client@acme.example">"#), "whoever asks is answered");
        assert!(!of_client(&app, &ticket).await.contains("data-quote"));

        let chosen = at(&format!("?forward={reply}")).await;
        assert!(
            chosen.contains(r#"value="forward" checked"#) && chosen.contains(&format!(r#"<option value="{reply}" selected>"#))
        );
        let opening = at("?forward=opening").await;
        assert!(opening.contains(r#"value="forward" checked"#) && opening.contains(r#"<option value="opening" selected>"#));
        let far_up = format!("cmt_{}", "0".repeat(32));
        let earlier = at(&format!("?forward={far_up}")).await;
        assert!(earlier.contains(&format!(r#"<option value="{far_up}" selected>"#)), "it is not lost for being far up");
        assert!(!at("?forward=nonsense").await.contains(r#"value="forward" checked"#));

        // What was begun goes on in that tab, for nobody yet.
        app.agent("acme")
            .put(&format!("/api/tickets/{ticket}/draft"), json!({"body": "Begun", "visibility": "public"}))
            .await
            .expect(200);
        let begun = at(&format!("?forward={reply}")).await;
        assert!(begun.contains("Begun</textarea>") && begun.contains(r#"value="forward" checked"#));
        assert!(!begun.contains(&format!(r#"placeholder="help@supplier.example" value="{SUPPLIER}""#)));
        // A note was meant for the desk alone.
        app.agent("acme")
            .put(&format!("/api/tickets/{ticket}/draft"), json!({"body": "Between us", "visibility": "internal"}))
            .await
            .expect(200);
        assert!(!at(&format!("?forward={reply}")).await.contains("Between us</textarea>"));
        assert!(at("").await.contains("Between us</textarea>"), "it is where it was");
    });
}

#[test]
fn one_message_is_forwarded_however_far_up_it_stands() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket =
            app.agent("acme").post("/api/tickets", json!({"title": "Scales", "description": "They stop."})).await.expect(201);
        let ticket = ticket.json()["id"].as_str().unwrap().to_owned();
        for turn in 0..102 {
            let body = json!({"body": format!("Message {turn}."), "visibility": "public"});
            app.agent("acme").post(&format!("/api/tickets/{ticket}/comments"), body).await.expect(201);
        }
        let first = app.asked("acme", "SELECT id FROM ticket_comments WHERE body = 'Message 0.'");
        let body = json!({"to": [SUPPLIER], "body": "Please look.", "quote": first[0]});
        let done = forward(&app, &ticket, body).await.expect(201).json();
        assert!(done["data"]["quoted"].as_str().unwrap().ends_with("Message 0."), "{done}");
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
        let number = number_of(&app, &ticket).await;
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

#[test]
fn what_is_quoted_of_a_ticket_that_was_merged_meanwhile_does_not_become_another_clients_words() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (ticket, _) = answered_ticket(&app).await;
        let number = number_of(&app, &ticket).await;
        let message = app.asked("acme", "SELECT id FROM ticket_comments WHERE visibility = 'public'").remove(0);
        let theirs =
            json!({"title": "Theirs", "description": "Secret of another.", "requester": {"email": "other@else.example"}});
        let other = app.agent("acme").post("/api/tickets", theirs).await.expect(201).json();
        let into = json!({"into": other["number"]});
        app.agent("acme").post(&format!("/api/tickets/{ticket}/merge"), into).await.expect(200);
        for named in [&ticket, &number] {
            for quote in ["opening", "all", message.as_str()] {
                let asked = json!({"to": [SUPPLIER], "body": "Do you know this?", "quote": quote});
                assert_eq!(forward(&app, named, asked).await.expect(409).code(), "merged", "{quote}");
            }
        }
        assert!(app.asked("acme", "SELECT comment_id FROM ticket_forwards").is_empty());
        // The form says so, whether it waits to be taken back or not.
        let fields = [("body", "Kept words"), ("visibility", "forward"), ("to", SUPPLIER), ("quote", "opening"), ("hold", "10")];
        let page = app.agent("acme").in_browser().submit_multipart(&format!("/agent/tickets/{number}/comments"), &fields).await;
        page.expect(409);
        assert!(app.asked("acme", "SELECT id FROM pending_comments").is_empty());
        // Words alone go on to where the ticket went.
        forward(&app, &ticket, json!({"to": [SUPPLIER], "body": "Do you know this?", "quote": "none"})).await.expect(201);
        let left = carried(&app).await;
        let out: Vec<&Sent> = left.iter().filter(|mail| mail.to == SUPPLIER).collect();
        assert_eq!(out.len(), 1);
        assert!(!out[0].raw.contains("Secret of another"), "{}", out[0].raw);
    });
}
