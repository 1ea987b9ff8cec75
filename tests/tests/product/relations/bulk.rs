//! One change to many tickets.

use serde_json::{Value, json};
use tests::app::{Answer, TestApp};

use super::{count, fault, opened, path};

async fn bulk(app: &TestApp, role: &str, tickets: &Value, changes: Value) -> Answer {
    app.signed_in("acme", role).post("/api/tickets/bulk", json!({"tickets": tickets, "changes": changes})).await
}

fn statuses(answer: &Answer) -> Vec<String> {
    answer.json()["data"].as_array().unwrap().iter().map(|one| one["status"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn each_ticket_is_changed_or_refused_by_itself() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (one, two, three) =
            (opened(&app, "acme", "One").await, opened(&app, "acme", "Two").await, opened(&app, "acme", "Three").await);
        let foreign = opened(&app, "globex", "Foreign").await;
        app.agent("acme").header("if-match", "*").patch(&path(&two), json!({"status": "closed"})).await.expect(200);
        let tickets = json!([one["id"], two["number"], foreign["id"], "nonsense", three["id"], one["number"]]);
        let agent = app.user_id("acme", "agent");
        let answer = bulk(&app, "agent", &tickets, json!({"status": "waiting_customer", "assignee": agent, "priority": "high"}))
            .await
            .expect(200);
        assert_eq!(statuses(&answer), ["ok", "transition_refused", "not_found", "not_found", "ok", "ok"]);
        assert!(answer.round_trips <= 2 + 5, "{}", answer.round_trips);
        for (ticket, priority, status) in
            [(&one, "high", "waiting_customer"), (&two, "medium", "closed"), (&three, "high", "waiting_customer")]
        {
            let shown = app.agent("acme").get(&path(ticket)).await.expect(200).json();
            assert_eq!((&shown["priority"], &shown["status"]), (&json!(priority), &json!(status)));
        }
        assert_eq!(app.agent("globex").get(&path(&foreign)).await.expect(200).json()["priority"], "medium");
        assert_eq!(count(&app, "SELECT COUNT(*) FROM ticket_history WHERE kind = 'assignee'"), 2);
    });
}

#[test]
fn the_same_key_is_answered_alike_and_done_once() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", "One").await;
        let body = json!({"tickets": [ticket["id"]], "changes": {"priority": "low"}});
        let send = async || app.agent("acme").header("idempotency-key", "k1").post("/api/tickets/bulk", body.clone()).await;
        let first = send().await.expect(200);
        app.agent("acme").header("if-match", "*").patch(&path(&ticket), json!({"priority": "critical"})).await.expect(200);
        let again = send().await.expect(200);
        assert_eq!(again.bytes, first.bytes);
        assert_eq!(again.headers.get("idempotency-replayed"), Some("true"));
        assert_eq!(app.agent("acme").get(&path(&ticket)).await.expect(200).json()["priority"], "critical");
        let other = json!({"tickets": [ticket["id"]], "changes": {"priority": "high"}});
        assert_eq!(
            app.agent("acme").header("idempotency-key", "k1").post("/api/tickets/bulk", other).await.expect(422).code(),
            "idempotency_mismatch"
        );
    });
}

#[test]
fn a_hundred_at_most_and_only_by_the_desk() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", "One").await;
        let many: Vec<String> = (0..101).map(|number| number.to_string()).collect();
        assert_eq!(
            fault(&bulk(&app, "agent", &json!(many), json!({"priority": "low"})).await),
            ("tickets".to_owned(), "too_many".to_owned())
        );
        assert_eq!(
            fault(&bulk(&app, "agent", &json!([]), json!({"priority": "low"})).await),
            ("tickets".to_owned(), "required".to_owned())
        );
        assert_eq!(fault(&bulk(&app, "agent", &json!(["1"]), json!({"number": 5})).await).1, "unknown_field");
        for role in ["client", "analyst"] {
            bulk(&app, role, &json!([ticket["id"]]), json!({"priority": "low"})).await.expect(403);
        }
        assert_eq!(app.agent("acme").get(&path(&ticket)).await.expect(200).json()["priority"], "medium");
    });
}

#[test]
fn two_bulk_changes_at_once_are_both_done() {
    pollster::block_on(async {
        let app = TestApp::new();
        let mut tickets = Vec::new();
        for _ in 0..5 {
            tickets.push(opened(&app, "acme", "One").await["id"].clone());
        }
        let tickets = json!(tickets);
        let (one, other) = futures::join!(
            bulk(&app, "agent", &tickets, json!({"priority": "low"})),
            bulk(&app, "manager", &tickets, json!({"erp_module": "sales"}))
        );
        assert_eq!(statuses(&one.expect(200)), vec!["ok"; 5]);
        assert_eq!(statuses(&other.expect(200)), vec!["ok"; 5]);
        assert_eq!(count(&app, "SELECT COUNT(*) FROM tickets WHERE priority = 'low' AND erp_module = 'sales'"), 5);
    });
}

async fn tagged(app: &TestApp, ticket: &Value, tags: &[&str]) {
    app.agent("acme").post(&format!("{}/tags", path(ticket)), json!({"tags": tags, "mode": "set"})).await.expect(200);
}

async fn tags_of(app: &TestApp, ticket: &Value) -> Value {
    app.agent("acme").get(&path(ticket)).await.expect(200).json()["tags"].clone()
}

#[test]
fn tags_are_added_and_taken_away_together_with_the_rest_or_not_at_all() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (plain, old) = (opened(&app, "acme", "Plain").await, opened(&app, "acme", "Old").await);
        let (closed, full) = (opened(&app, "acme", "Closed").await, opened(&app, "acme", "Full").await);
        tagged(&app, &old, &["stale", "edi"]).await;
        tagged(&app, &closed, &["stale"]).await;
        app.agent("acme").header("if-match", "*").patch(&path(&closed), json!({"status": "closed"})).await.expect(200);
        let many: Vec<String> = (0..30).map(|number| format!("tag {number}")).collect();
        tagged(&app, &full, &many.iter().map(String::as_str).collect::<Vec<_>>()).await;
        let body = json!({
            "tickets": [plain["id"], old["id"], closed["id"], full["id"]],
            "changes": {"status": "waiting_customer", "priority": "high"},
            "tags": {"add": ["Year-End", "edi"], "remove": ["stale"]},
        });
        let answer = app.agent("acme").post("/api/tickets/bulk", body).await.expect(200);
        assert_eq!(statuses(&answer), ["ok", "ok", "transition_refused", "invalid"]);
        assert!(answer.round_trips <= 2 + 4, "{}", answer.round_trips);
        assert_eq!(tags_of(&app, &plain).await, json!(["year-end", "edi"]));
        assert_eq!(tags_of(&app, &old).await, json!(["edi", "year-end"]));
        assert_eq!(tags_of(&app, &closed).await, json!(["stale"]), "of a refused ticket nothing is changed");
        let untouched = app.agent("acme").get(&path(&full)).await.expect(200).json();
        assert_eq!((&untouched["priority"], &untouched["status"]), (&json!("medium"), &json!("new")));
        assert_eq!(untouched["tags"].as_array().unwrap().len(), 30);
        // They are found by their tags, and each change is in the ticket's history once.
        let list = app.agent("acme").get("/api/tickets?tag=year-end").await.expect(200).json();
        assert_eq!(list["data"].as_array().unwrap().len(), 2);
        assert!(
            app.agent("acme").get("/api/tickets?tag=stale&status=open").await.expect(200).json()["data"]
                .as_array()
                .unwrap()
                .is_empty()
        );
        assert_eq!(count(&app, "SELECT COUNT(*) FROM ticket_history WHERE kind = 'tags' AND new_value LIKE '%year-end%'"), 2);
    });
}

#[test]
fn a_hundred_tickets_are_tagged_in_as_many_round_trips_and_a_tag_that_is_there_writes_nothing() {
    pollster::block_on(async {
        let app = TestApp::new();
        let mut tickets = Vec::new();
        for _ in 0..100 {
            tickets.push(opened(&app, "acme", "One").await);
        }
        tagged(&app, &tickets[7], &["outage"]).await;
        let version = app.agent("acme").get(&path(&tickets[7])).await.expect(200).json()["version"].clone();
        let ids: Vec<Value> = tickets.iter().map(|ticket| ticket["id"].clone()).collect();
        let body = json!({"tickets": ids, "tags": {"add": ["outage"]}});
        let send = async || {
            app.agent("acme").header("idempotency-key", "tags").post("/api/tickets/bulk", body.clone()).await.expect(200)
        };
        let answer = send().await;
        assert_eq!(statuses(&answer), vec!["ok"; 100]);
        assert!(answer.round_trips <= 2 + 99 + 1, "{}", answer.round_trips);
        assert_eq!(count(&app, "SELECT COUNT(*) FROM ticket_tags WHERE tag = 'outage'"), 100);
        assert_eq!(app.agent("acme").get(&path(&tickets[7])).await.expect(200).json()["version"], version);
        let lines = count(&app, "SELECT COUNT(*) FROM audit_logs");
        assert_eq!(send().await.bytes, answer.bytes);
        assert_eq!(count(&app, "SELECT COUNT(*) FROM audit_logs"), lines, "a repetition does nothing");
    });
}

#[test]
fn tags_that_others_set_meanwhile_stay() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", "One").await;
        app.tenant_database("acme").interleave(true);
        let body = |tag: &str| json!({"tickets": [ticket["id"]], "tags": {"add": [tag]}});
        let single = format!("{}/tags", path(&ticket));
        let (one, other, third) = futures::join!(
            app.agent("acme").post("/api/tickets/bulk", body("one")),
            app.manager("acme").post("/api/tickets/bulk", body("other")),
            app.admin("acme").post(&single, json!({"tags": ["third"]}))
        );
        app.tenant_database("acme").interleave(false);
        assert_eq!((statuses(&one.expect(200)), statuses(&other.expect(200))), (vec!["ok".to_owned()], vec!["ok".to_owned()]));
        third.expect(200);
        let mut tags: Vec<String> = serde_json::from_value(tags_of(&app, &ticket).await).unwrap();
        tags.sort();
        assert_eq!(tags, ["one", "other", "third"]);
    });
}

#[test]
fn tags_of_a_bulk_change_are_checked_before_any_ticket_is_touched() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", "One").await;
        let send = async |role: &str, more: Value| {
            let mut body = json!({"tickets": [ticket["id"]]});
            for (name, value) in more.as_object().unwrap() {
                body[name] = value.clone();
            }
            app.signed_in("acme", role).post("/api/tickets/bulk", body).await
        };
        for (more, field, code) in [
            (json!({"tags": {"add": ["ok", "<b>"]}}), "tags.add[1]", "bad_tag"),
            (json!({"tags": {"remove": [""]}}), "tags.remove[0]", "required"),
            (json!({"tags": {"add": ["same"], "remove": ["Same"]}}), "tags.remove", "one_of"),
            (json!({"tags": {"add": ["x"]}, "changes": {"tags": ["y"]}}), "tags", "one_of"),
            (json!({"tags": {"set": ["x"]}}), "tags.set", "unknown_field"),
            (json!({"tags": "x"}), "tags", "wrong_type"),
        ] {
            assert_eq!(fault(&send("agent", more.clone()).await), (field.to_owned(), code.to_owned()), "{more}");
        }
        send("client", json!({"tags": {"add": ["x"]}})).await.expect(403);
        assert_eq!(tags_of(&app, &ticket).await, json!([]));
    });
}

#[test]
fn a_bulk_change_is_taken_back_where_nobody_has_changed_the_ticket_since() {
    pollster::block_on(async {
        let app = TestApp::new();
        let number = async |title: &str| opened(&app, "acme", title).await["number"].as_str().unwrap().to_owned();
        let (first, second) = (number("First").await, number("Second").await);
        let agent = app.user_id("acme", "agent");
        let body = json!({
            "tickets": [first, second, "NONE-1"], "changes": {"assignee": agent, "priority": "critical"}, "tags": {"add": ["storm"]},
            "undoable": true
        });
        let answer = app.agent("acme").post("/api/tickets/bulk", body).await.expect(200).json();
        let undo: Vec<Value> = answer["data"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|result| result["undo"].is_object())
            .map(|result| json!({"id": result["id"], "version": result["undo"]["version"], "changes": result["undo"]["changes"]}))
            .collect();
        assert_eq!(undo.len(), 2, "what was not changed cannot be undone: {answer}");
        assert_eq!(undo[0]["changes"], json!({"assignee": null, "priority": "medium", "tags": []}));
        app.manager("acme")
            .header("if-match", "*")
            .patch(&format!("/api/tickets/{second}"), json!({"priority": "low"}))
            .await
            .expect(200);
        let back = app.agent("acme").post("/api/tickets/bulk/undo", json!({ "tickets": undo })).await.expect(200);
        assert_eq!(statuses(&back), ["ok", "stale_version"]);
        let of = async |id: &str| app.agent("acme").get(&format!("/api/tickets/{id}")).await.expect(200).json();
        let (one, other) = (of(&first).await, of(&second).await);
        assert_eq!((&one["priority"], &one["assignee"], &one["tags"]), (&json!("medium"), &json!(null), &json!([])));
        assert_eq!(other["priority"], "low", "somebody else's later change stays");
        assert!(!other["assignee"].is_null());
        // Once more: each ticket has moved on by being taken back.
        let again = app.agent("acme").post("/api/tickets/bulk/undo", json!({ "tickets": undo })).await.expect(200);
        assert_eq!(statuses(&again), ["stale_version", "stale_version"]);
        app.client("acme").post("/api/tickets/bulk/undo", json!({ "tickets": undo })).await.expect(403);
        app.agent("acme").post("/api/tickets/bulk/undo", json!({ "tickets": [] })).await.expect(422);
    });
}
