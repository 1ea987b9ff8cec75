//! What is sent twice is done once: by key through the API, by a hidden key through the forms.

use serde_json::{Value, json};
use shared::http::{Body, Method};
use tests::app::{Answer, Caller, TestApp};

fn count(app: &TestApp, sql: &str) -> i64 {
    app.tenant_database("acme").inspect(|connection| connection.query_row(sql, [], |row| row.get(0)).unwrap())
}

async fn opened(app: &TestApp) -> Value {
    app.client("acme").post("/api/tickets", json!({"title": "a", "description": "b"})).await.expect(201).json()
}

fn at(ticket: &Value) -> String {
    format!("/api/tickets/{}", ticket["id"].as_str().unwrap())
}

/// Sends it twice under one key; both answers must be the same, and the second marked.
async fn twice(send: impl AsyncFn() -> Answer) -> Answer {
    let one = send().await;
    assert!(one.status < 300, "{}", one.text());
    assert!(one.round_trips <= 3, "{}", one.round_trips);
    let other = send().await.expect(one.status);
    assert!(other.round_trips <= 3, "{}", other.round_trips);
    assert_eq!(one.headers.get("idempotency-replayed"), None);
    assert_eq!(other.headers.get("idempotency-replayed"), Some("true"));
    for name in ["etag", "location", "content-type"] {
        assert_eq!(other.headers.get(name), one.headers.get(name), "{name}");
    }
    assert_eq!(other.text(), one.text());
    one
}

fn keyed(caller: Caller<'_>) -> Caller<'_> {
    caller.header("idempotency-key", "k1").header("if-match", "*")
}

#[test]
fn every_post_that_needs_a_permission_takes_a_key() {
    pollster::block_on(async {
        let app = TestApp::new();
        let post = async |role: &str, target: &str, body: Value| {
            twice(async || keyed(app.signed_in("acme", role)).post(target, body.clone()).await).await;
            app.tenant_database("acme").inspect(|connection| connection.execute("DELETE FROM idempotency_keys", []).unwrap());
        };
        let (one, two) = (opened(&app).await, opened(&app).await);
        post("client", &format!("{}/comments", at(&one)), json!({"body": "Once"})).await;
        assert_eq!(count(&app, "SELECT COUNT(*) FROM ticket_comments"), 1);
        let comment: String = app
            .tenant_database("acme")
            .inspect(|db| db.query_row("SELECT id FROM ticket_comments", [], |row| row.get(0)).unwrap());
        post("agent", &format!("{}/split", at(&one)), json!({"title": "Other", "comments": [comment]})).await;
        assert_eq!(count(&app, "SELECT COUNT(*) FROM tickets"), 3);
        post("agent", &format!("{}/merge", at(&two)), json!({"into": one["number"]})).await;
        post("agent", &format!("{}/unmerge", at(&two)), json!({})).await;
        post("agent", &format!("{}/links", at(&two)), json!({"kind": "related", "ticket": one["number"]})).await;
        post("admin", "/api/users", json!({"email": "new@client.example", "name": "New", "role": "client"})).await;
        assert_eq!(count(&app, "SELECT COUNT(*) FROM outbox WHERE recipient = 'new@client.example'"), 1);
        post("admin", "/api/organizations", json!({"name": "New"})).await;
        post("manager", "/api/departments", json!({"name": "New"})).await;
        post("manager", "/api/categories", json!({"slug": "new", "name": "New"})).await;

        let part = "--edge\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nwords\r\n--edge--\r\n";
        let target = format!("{}/attachments", at(&one));
        twice(async || {
            let body = Body::Bytes(part.as_bytes().to_vec());
            keyed(app.client("acme")).send(Method::Post, &target, body, Some("multipart/form-data; boundary=edge")).await
        })
        .await;
        assert_eq!(count(&app, "SELECT COUNT(*) FROM ticket_attachments"), 1);
        assert_eq!(app.platform.files.keys().len(), 1, "the bytes of the repetition are not kept");
    });
}

#[test]
fn two_comments_of_one_key_at_the_same_moment_are_one() {
    pollster::block_on(async {
        let app = TestApp::new();
        let target = format!("{}/comments", at(&opened(&app).await));
        let post = || app.client("acme").header("idempotency-key", "k1").post(&target, json!({"body": "Once"}));
        app.tenant_database("acme").interleave(true);
        let (one, other) = futures::join!(post(), post());
        app.tenant_database("acme").interleave(false);
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409]);
        assert_eq!(count(&app, "SELECT COUNT(*) FROM ticket_comments"), 1);
        let other = app.client("acme").header("idempotency-key", "k1").post(&target, json!({"body": "Other"})).await;
        assert_eq!(other.expect(422).code(), "idempotency_mismatch");
    });
}

/// The hidden key of a page's form.
fn key_in(page: &str) -> String {
    let after = page.split("name=\"once\" value=\"").nth(1).expect("the form has a key");
    after.split('"').next().unwrap().to_owned()
}

#[test]
fn a_form_that_is_sent_twice_is_taken_once_and_answered_alike() {
    pollster::block_on(async {
        let app = TestApp::new();
        let number = opened(&app).await["number"].as_str().unwrap().to_owned();
        for (role, page, action, text) in [
            ("client", "/tickets/new".to_owned(), "/tickets/new".to_owned(), "description"),
            ("agent", "/agent/tickets/new".to_owned(), "/agent/tickets/new".to_owned(), "description"),
            ("client", format!("/tickets/{number}"), format!("/tickets/{number}/reply"), "body"),
            ("agent", format!("/agent/tickets/{number}"), format!("/agent/tickets/{number}/comments"), "body"),
        ] {
            let caller = || app.signed_in("acme", role).in_browser();
            let key = key_in(&caller().get(&page).await.expect(200).text());
            let send = async |words: &str| {
                let fields = [("once", key.as_str()), ("title", "T"), ("requester", "r@client.example"), (text, words)];
                caller().submit_multipart(&action, &fields).await
            };
            let before = count(&app, "SELECT (SELECT COUNT(*) FROM tickets) + (SELECT COUNT(*) FROM ticket_comments)");
            let one = send("Words").await.expect(303);
            assert!(one.round_trips <= 3, "{action}: {}", one.round_trips);
            let other = send("Words").await.expect(303);
            assert_eq!(other.headers.get("location"), one.headers.get("location"));
            let after = count(&app, "SELECT (SELECT COUNT(*) FROM tickets) + (SELECT COUNT(*) FROM ticket_comments)");
            assert_eq!(after, before + 1, "{action}");
            // Going back and writing something else is another matter.
            let changed = send("Other words").await.expect(303);
            assert_ne!(changed.headers.get("location"), one.headers.get("location"));
        }
    });
}

#[test]
fn whoever_presses_twice_is_led_to_where_the_first_went() {
    pollster::block_on(async {
        let app = TestApp::new();
        let number = opened(&app).await["number"].as_str().unwrap().to_owned();
        let action = format!("/tickets/{number}/reply");
        let fields = [("once", "0123456789abcdef"), ("body", "Words")];
        let send = || app.client("acme").in_browser().submit_multipart(&action, &fields);
        app.tenant_database("acme").interleave(true);
        let (one, other) = futures::join!(send(), send());
        app.tenant_database("acme").interleave(false);
        assert!(one.expect(303).headers.get("location").unwrap().contains("#c-"));
        assert_eq!(other.expect(303).headers.get("location"), Some(format!("/tickets/{number}").as_str()));
        assert_eq!(count(&app, "SELECT COUNT(*) FROM ticket_comments"), 1);
    });
}

#[test]
fn a_refused_form_gives_its_key_back() {
    pollster::block_on(async {
        let app = TestApp::new();
        let send = async |title: &str| {
            let fields = [("once", "0123456789abcdef"), ("title", title), ("description", "Words")];
            app.client("acme").in_browser().submit_multipart("/tickets/new", &fields).await
        };
        send("").await.expect(422);
        send("").await.expect(422);
        send("Title").await.expect(303);
        // A visitor's answer is a page: it comes again with scripts that this answer's policy lets run.
        let visit = async || {
            let fields = [("once", "fedcba9876543210"), ("title", "T"), ("description", "W"), ("email", "guest@shop.example")];
            app.anon("acme").submit_multipart("/tickets/new", &fields).await
        };
        visit().await.expect(200);
        let again = visit().await.expect(200);
        let policy = again.headers.get("content-security-policy").unwrap().to_owned();
        let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap();
        assert!(again.text().contains(&format!("nonce=\"{nonce}\"")));
        assert_eq!(count(&app, "SELECT COUNT(*) FROM tickets"), 2);
    });
}
