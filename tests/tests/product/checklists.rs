//! What is to be done on a ticket.

use serde_json::{Value, json};
use tests::app::{Answer, TestApp};

async fn ticket(app: &TestApp) -> String {
    let created =
        app.client("acme").post("/api/tickets", json!({"title": "Posting", "description": "It stops."})).await.expect(201);
    created.json()["number"].as_str().unwrap().to_owned()
}

async fn add(app: &TestApp, number: &str, text: &str) -> Answer {
    app.agent("acme").post(&format!("/api/tickets/{number}/checklist"), json!({ "text": text })).await
}

fn texts(list: &Value) -> Vec<String> {
    list["data"]["items"].as_array().unwrap().iter().map(|item| item["text"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn items_come_are_done_move_and_go_each_with_its_line_of_history() {
    pollster::block_on(async {
        let app = TestApp::new();
        let number = ticket(&app).await;
        let path = format!("/api/tickets/{number}/checklist");
        assert_eq!(app.agent("acme").get(&path).await.expect(200).json()["data"]["version"], 0);
        for text in ["one", "two", "three"] {
            let added = add(&app, &number, text).await.expect(201);
            assert!(added.round_trips <= 3, "{}", added.round_trips);
        }
        let change = async |item: u32, body: Value| app.agent("acme").patch(&format!("{path}/{item}"), body).await;
        let done = change(2, json!({"done": true})).await.expect(200).json();
        assert_eq!(
            (&done["data"]["done"], &done["data"]["items"][1]["done_by"]),
            (&json!(1), &json!(app.user_id("acme", "agent")))
        );
        assert_eq!(texts(&change(3, json!({"position": 0})).await.expect(200).json()), ["three", "one", "two"]);
        change(1, json!({"text": "first"})).await.expect(200);
        change(1, json!({"text": "x", "done": true})).await.expect(422);
        change(1, json!({})).await.expect(422);
        change(9, json!({"done": true})).await.expect(404);
        app.agent("acme").delete(&format!("{path}/3")).await.expect(204);
        let list = app.manager("acme").get(&path).await.expect(200).json();
        assert_eq!(texts(&list), ["first", "two"]);
        assert_eq!(list["data"]["version"], 7);
        let kinds = app.asked(
            "acme",
            "SELECT kind FROM ticket_history WHERE kind LIKE 'checklist_%' AND visibility = 'internal' ORDER BY at, id",
        );
        assert_eq!(kinds.len(), 7);
        assert_eq!(app.asked("acme", "SELECT id FROM audit_logs WHERE action LIKE 'ticket.checklist_%'").len(), 7);
    });
}

#[test]
fn a_page_that_is_old_does_not_tick_what_came_in_place_of_what_it_shows() {
    pollster::block_on(async {
        let app = TestApp::new();
        let number = ticket(&app).await;
        let page = format!("/agent/tickets/{number}/checklist");
        for text in ["Order the part", "Wipe the disk"] {
            add(&app, &number, text).await.expect(201);
        }
        app.manager("acme").delete(&format!("/api/tickets/{number}/checklist/2")).await.expect(204);
        let added = add(&app, &number, "Keep a copy of the disk").await.expect(201).json();
        app.agent("acme").in_browser().submit(&page, &[("do", "done"), ("item", "2")]).await.expect(404);
        let list = app.agent("acme").get(&format!("/api/tickets/{number}/checklist")).await.expect(200).json();
        assert_eq!((&list["data"]["done"], &list["data"]["version"]), (&json!(0), &json!(4)), "{added}");
    });
}

#[test]
fn no_client_sees_it_and_no_other_tenant() {
    pollster::block_on(async {
        let app = TestApp::new();
        let number = ticket(&app).await;
        let path = format!("/api/tickets/{number}/checklist");
        add(&app, &number, "A word about the client").await.expect(201);
        app.client("acme").get(&path).await.expect(403);
        app.client("acme").post(&path, json!({"text": "x"})).await.expect(403);
        app.agent("globex").get(&path).await.expect(404);
        for address in [format!("/tickets/{number}"), format!("/api/tickets/{number}"), format!("/api/tickets/{number}/history")]
        {
            let shown = app.client("acme").in_browser().get(&address).await.text();
            assert!(!shown.contains("A word about"), "{address}");
        }
    });
}

#[test]
fn what_was_read_too_long_ago_replaces_no_words() {
    pollster::block_on(async {
        let app = TestApp::new();
        let number = ticket(&app).await;
        add(&app, &number, "one").await.expect(201);
        let page = format!("/agent/tickets/{number}/checklist");
        let edit = |text: &'static str| [("do", "edit"), ("item", "1"), ("text", text), ("version", "1")];
        app.manager("acme").in_browser().submit(&page, &edit("mine")).await.expect(303);
        let refused = app.agent("acme").in_browser().submit(&page, &edit("yours")).await.expect(412);
        assert!(refused.round_trips <= 4, "{}", refused.round_trips);
        app.agent("acme").in_browser().submit(&page, &[("do", "done"), ("item", "1")]).await.expect(303);
        let items = app.asked("acme", "SELECT json_extract(items, '$[0].text') FROM checklists");
        assert_eq!(items, ["mine"]);
        app.agent("acme").in_browser().submit(&page, &[("do", "add"), ("text", " ")]).await.expect(422);
        let shown = app.agent("acme").in_browser().get(&page).await.expect(200);
        assert!(shown.round_trips <= 3 && shown.text().contains("mine"));
    });
}

#[test]
fn open_items_warn_before_a_ticket_is_resolved_and_forbid_nothing() {
    pollster::block_on(async {
        let app = TestApp::new();
        let number = ticket(&app).await;
        let path = format!("/api/tickets/{number}");
        let page = async || app.agent("acme").in_browser().get(&format!("/agent/tickets/{number}")).await.expect(200);
        let before = page().await;
        add(&app, &number, "one").await.expect(201);
        add(&app, &number, "two").await.expect(201);
        let warned = page().await;
        assert_eq!(warned.round_trips, before.round_trips);
        let marks = |page: &Answer| page.text().matches("#list-checks").count();
        assert_eq!((marks(&before), marks(&warned)), (1, 2), "the panel, and beside the status how much is open");
        app.agent("acme").header("if-match", "*").patch(&path, json!({"status": "in_progress"})).await.expect(200);
        app.agent("acme").header("if-match", "*").patch(&path, json!({"status": "resolved"})).await.expect(200);
    });
}

#[test]
fn a_list_has_an_end() {
    pollster::block_on(async {
        let app = TestApp::new();
        let number = ticket(&app).await;
        for _ in 0..50 {
            add(&app, &number, "x").await.expect(201);
        }
        assert_eq!(add(&app, &number, "x").await.expect(409).json()["code"], "checklist_full");
    });
}
