//! Drafts: kept by the server while they are typed, each its writer's alone.

use chrono::TimeDelta;
use functions::actions::jobs;
use serde_json::{Value, json};
use tests::app::TestApp;

async fn ticket(app: &TestApp) -> String {
    let created =
        app.client("acme").post("/api/tickets", json!({"title": "Posting", "description": "It stops."})).await.expect(201);
    created.json()["number"].as_str().unwrap().to_owned()
}

async fn keep(app: &TestApp, role: &str, place: &str, draft: Value) -> Value {
    let answer = app.signed_in("acme", role).put(&format!("/api/tickets/{place}/draft"), draft).await.expect(200);
    assert!(answer.round_trips <= 3, "{}", answer.round_trips);
    answer.json()["data"].clone()
}

async fn draft(app: &TestApp, role: &str, place: &str) -> Value {
    app.signed_in("acme", role).get(&format!("/api/tickets/{place}/draft")).await.expect(200).json()["data"].clone()
}

#[test]
fn what_is_typed_waits_on_every_device_of_its_writer_and_for_nobody_else() {
    pollster::block_on(async {
        let app = TestApp::new();
        let number = ticket(&app).await;
        keep(&app, "agent", &number, json!({"body": "A secret <begin", "visibility": "internal"})).await;
        assert_eq!(
            draft(&app, "agent", &number).await,
            json!({"visibility": "internal", "body": "A secret <begin", "revision": 1})
        );
        let page = app.agent("acme").in_browser().get(&format!("/agent/tickets/{number}")).await.expect(200);
        assert!(page.text().contains("A secret &lt;begin</textarea>"), "the page comes with it, without a script");
        assert!(page.text().contains("value=\"internal\" checked"), "as the note that it is");
        assert_eq!(page.round_trips, 2);
        for role in ["manager", "admin", "client"] {
            assert_eq!(draft(&app, role, &number).await, Value::Null, "{role}");
        }
        let other = app.manager("acme").in_browser().get(&format!("/agent/tickets/{number}")).await.expect(200).text();
        assert!(!other.contains("A secret"));
        app.agent("globex").get(&format!("/api/tickets/{number}/draft")).await.expect(404);
    });
}

#[test]
fn of_two_devices_the_later_words_hold_and_the_others_are_shown() {
    pollster::block_on(async {
        let app = TestApp::new();
        let number = ticket(&app).await;
        let kept = keep(&app, "agent", &number, json!({"body": "From the office"})).await;
        assert_eq!(kept, json!({"revision": 1, "other": null}));
        let kept = keep(&app, "agent", &number, json!({"body": "From the train"})).await;
        assert_eq!(kept["other"]["body"], "From the office");
        let kept = keep(&app, "agent", &number, json!({"body": "From the train, on", "revision": kept["revision"]})).await;
        assert_eq!(kept, json!({"revision": 3, "other": null}), "and told once");
        let cleared = keep(&app, "agent", &number, json!({"body": "", "revision": 1})).await;
        assert_eq!(cleared["other"]["body"], "From the train, on", "the office clears what it does not know");
        assert_eq!(draft(&app, "agent", &number).await["body"], "From the train, on");
        keep(&app, "agent", &number, json!({"body": " ", "revision": 3})).await;
        assert_eq!(draft(&app, "agent", &number).await, Value::Null);
    });
}

#[test]
fn a_draft_goes_in_the_batch_that_sends_it_and_stays_when_the_sending_is_refused() {
    pollster::block_on(async {
        let app = TestApp::new();
        let number = ticket(&app).await;
        for (role, place, path, field) in [
            ("agent", number.clone(), format!("/agent/tickets/{number}/comments"), "body"),
            ("client", number.clone(), format!("/tickets/{number}/reply"), "body"),
            ("agent", "new".to_owned(), "/agent/tickets/new".to_owned(), "description"),
            ("client", "new".to_owned(), "/tickets/new".to_owned(), "description"),
        ] {
            keep(&app, role, &place, json!({"body": "Words"})).await;
            let send = async |words: &str| {
                let fields = [(field, words), ("visibility", "public"), ("title", "T"), ("requester", "r@client.example")];
                app.signed_in("acme", role).in_browser().submit(&path, &fields).await
            };
            send("").await.expect(422);
            assert_eq!(draft(&app, role, &place).await["body"], "Words", "{path}");
            let sent = send("Words").await.expect(303);
            assert!(sent.round_trips <= 3, "{path}: {}", sent.round_trips);
            assert_eq!(draft(&app, role, &place).await, Value::Null, "{path}");
        }
    });
}

#[test]
fn a_draft_can_be_thrown_away_is_forgotten_in_time_and_goes_with_its_writer() {
    pollster::block_on(async {
        let app = TestApp::new();
        let number = ticket(&app).await;
        keep(&app, "client", "new", json!({"body": "Never mind"})).await;
        app.client("acme").delete("/api/tickets/new/draft").await.expect(204);
        assert_eq!(draft(&app, "client", "new").await, Value::Null);
        keep(&app, "agent", &number, json!({"body": "Old"})).await;
        app.advance(TimeDelta::days(29));
        keep(&app, "client", &number, json!({"body": "New"})).await;
        app.advance(TimeDelta::days(2));
        assert!(jobs::sweep(&app.platform).await.failures.is_empty());
        assert_eq!(app.asked("acme", "SELECT body FROM ticket_drafts"), ["New"]);
        let client = app.user_id("acme", "client");
        app.admin("acme").delete(&format!("/api/users/{client}")).await.expect(204);
        assert!(app.asked("acme", "SELECT body FROM ticket_drafts").is_empty());
    });
}

#[test]
fn a_draft_is_no_longer_than_a_message() {
    pollster::block_on(async {
        let app = TestApp::new();
        let refused = app.client("acme").put("/api/tickets/new/draft", json!({"body": "x".repeat(65 * 1024)})).await.expect(422);
        assert_eq!(refused.json()["errors"][0]["code"], "too_long");
    });
}
