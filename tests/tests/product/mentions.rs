//! Colleagues who are named in notes, and pictures that stand in the text.

use serde_json::{Value, json};
use shared::http::{Body, Method};
use tests::app::{Answer, TestApp};

async fn ticket(app: &TestApp) -> Value {
    app.client("acme").post("/api/tickets", json!({"title": "Posting", "description": "It stops."})).await.expect(201).json()
}

fn path(ticket: &Value) -> String {
    format!("/api/tickets/{}", ticket["id"].as_str().unwrap())
}

fn naming(app: &TestApp, role: &str) -> String {
    format!("Ask [@{role}](mention:{}) please", app.user_id("acme", role))
}

async fn note(app: &TestApp, ticket: &Value, body: &str) -> Answer {
    let body = json!({"body": body, "visibility": "internal"});
    app.agent("acme").post(&format!("{}/comments", path(ticket)), body).await
}

fn refused(answer: &Answer, code: &str) {
    assert_eq!(answer.status, 422, "{}", answer.text());
    let fault = &answer.json()["errors"][0];
    assert_eq!((&fault["field"], &fault["code"]), (&json!("body"), &json!(code)));
}

#[test]
fn whoever_is_named_in_a_note_is_told_follows_and_finds_it_among_their_mentions() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (one, other) = (ticket(&app).await, ticket(&app).await);
        let done = note(&app, &one, &naming(&app, "manager")).await.expect(201);
        assert!(done.round_trips <= 3, "{}", done.round_trips);
        note(&app, &one, &naming(&app, "manager")).await.expect(201);
        note(&app, &other, &naming(&app, "agent")).await.expect(201);
        let mails = app.asked("acme", "SELECT recipient FROM outbox WHERE template = 'mentioned'");
        assert_eq!(
            mails,
            [app.email("acme", "manager"), app.email("acme", "manager")],
            "and nobody of what they wrote themselves"
        );
        let shown = app.agent("acme").get(&path(&one)).await.expect(200).json();
        assert_eq!(shown["followers"][0]["email"], app.email("acme", "manager"));
        let found = async |who: &str| {
            let list = format!("/api/tickets?mentioned={}", app.user_id("acme", who));
            let found = app.manager("acme").get(&list).await.expect(200).json();
            found["data"].as_array().unwrap().iter().map(|row| row["id"].clone()).collect::<Vec<_>>()
        };
        assert_eq!(found("manager").await, [one["id"].clone()]);
        assert_eq!(found("agent").await, [other["id"].clone()]);
        let page = app.manager("acme").in_browser().get("/agent/tickets?queue=mentions").await.expect(200).text();
        assert!(page.contains(one["number"].as_str().unwrap()) && !page.contains(other["number"].as_str().unwrap()));
        let talk =
            app.agent("acme").in_browser().get(&format!("/agent/tickets/{}", one["number"].as_str().unwrap())).await.expect(200);
        assert!(talk.text().contains(r#"<span class="mention">@manager</span>"#));
        let query = format!("/api/tickets?mentioned={}", app.user_id("acme", "client"));
        app.client("acme").get(&query).await.expect(422);
        app.manager("acme").patch("/api/users/me/notifications", json!({"mail": {"mentioned": false}})).await.expect(200);
        note(&app, &other, &naming(&app, "manager")).await.expect(201);
        assert_eq!(
            app.asked("acme", "SELECT id FROM outbox WHERE template = 'mentioned'").len(),
            2,
            "who has muted it is left out"
        );
    });
}

#[test]
fn nobody_is_named_who_does_not_see_the_ticket_and_nobody_in_what_leaves_the_desk() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = ticket(&app).await;
        let public = json!({"body": naming(&app, "manager")});
        refused(&app.agent("acme").post(&format!("{}/comments", path(&ticket)), public).await, "mention_leaves_desk");
        let outside = json!({"body": naming(&app, "manager"), "to": ["help@supplier.example"]});
        refused(&app.agent("acme").post(&format!("{}/forward", path(&ticket)), outside).await, "mention_leaves_desk");
        refused(&note(&app, &ticket, &naming(&app, "client")).await, "mention_unknown");
        let nobody = format!("[@x](mention:usr_{})", "0".repeat(32));
        refused(&note(&app, &ticket, &nobody).await, "mention_unknown");
        let blind = json!({"name": "Not here", "effect": "deny", "permissions": ["ticket.read"],
            "condition": {"==": [{"var": "actor.id"}, app.user_id("acme", "analyst")]}});
        app.admin("acme").post("/api/policies", blind).await.expect(201);
        let unseen = note(&app, &ticket, &naming(&app, "analyst")).await;
        refused(&unseen, "mention_unseen");
        let hold = [("body", naming(&app, "analyst")), ("visibility", "internal".to_owned()), ("hold", "10".to_owned())];
        let fields: Vec<(&str, &str)> = hold.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let number = ticket["number"].as_str().unwrap();
        let waits = app.agent("acme").in_browser().submit_multipart(&format!("/agent/tickets/{number}/comments"), &fields).await;
        waits.expect(422);
        let offered = app.agent("acme").get(&format!("{}/mentionable", path(&ticket))).await.expect(200);
        assert!(offered.round_trips <= 3);
        let offered = offered.text();
        assert!(offered.contains(&app.user_id("acme", "manager")) && !offered.contains(&app.user_id("acme", "analyst")));
        assert!(!offered.contains(&app.user_id("acme", "client")));
        assert!(app.asked("acme", "SELECT user_id FROM ticket_mentions").is_empty());
        assert!(app.asked("acme", "SELECT id FROM outbox WHERE template = 'mentioned'").is_empty());
    });
}

/// A file on the ticket, and its id.
async fn file(app: &TestApp, role: &str, ticket: &Value, visibility: &str, name: &str, bytes: &[u8]) -> String {
    let head = format!(
        "--B\r\nContent-Disposition: form-data; name=\"visibility\"\r\n\r\n{visibility}\r\n--B\r\nContent-Disposition: form-data; \
         name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
    );
    let body = [head.as_bytes(), bytes, b"\r\n--B--\r\n"].concat();
    let target = format!("{}/attachments", path(ticket));
    let sent =
        app.signed_in("acme", role).send(Method::Post, &target, Body::Bytes(body), Some("multipart/form-data; boundary=B"));
    sent.await.expect(201).json()["data"][0]["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_picture_in_the_text_is_shown_to_those_who_see_its_file_and_only_on_its_own_ticket() {
    pollster::block_on(async {
        const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0";
        let app = TestApp::new();
        let (one, other) = (ticket(&app).await, ticket(&app).await);
        let shown = file(&app, "client", &one, "public", "screen.png", PNG).await;
        let secret = file(&app, "agent", &one, "internal", "desk.png", PNG).await;
        let text = file(&app, "client", &one, "public", "log.txt", b"line").await;
        let foreign = file(&app, "client", &other, "public", "foreign.png", PNG).await;
        let body = format!(
            "![seen](attachment:{shown}) ![hidden](attachment:{secret}) ![log](attachment:{text}) ![foreign](attachment:{foreign}) \
             ![remote](https://evil.example/x.png) [link](attachment:{shown})"
        );
        app.agent("acme").post(&format!("{}/comments", path(&one)), json!({"body": body})).await.expect(201);
        let number = one["number"].as_str().unwrap();
        let client = app.client("acme").in_browser().get(&format!("/tickets/{number}")).await.expect(200).text();
        let desk = app.agent("acme").in_browser().get(&format!("/agent/tickets/{number}")).await.expect(200).text();
        let picture = |id: &str| format!(r#"<img src="/api/attachments/{id}?inline=1""#);
        for page in [&client, &desk] {
            assert!(page.contains(&picture(&shown)));
            assert!(!page.contains(&picture(&text)) && !page.contains(&picture(&foreign)) && !page.contains("evil.example"));
            assert!(!page.contains("attachment:"), "no browser knows that scheme");
        }
        assert!(desk.contains(&picture(&secret)) && !client.contains(&secret));
        let carried = app.as_product("acme", async |ctx| functions::actions::outbox::deliver_due(ctx, 100).await).await.unwrap();
        assert!(carried.sent > 0);
        let mails = app.platform.outbox.borrow();
        let mail =
            mails.iter().map(|mail| String::from_utf8_lossy(&mail.raw).into_owned()).find(|raw| raw.contains("seen")).unwrap();
        assert!(!mail.contains("attachment:att_"), "{mail}");
    });
}
