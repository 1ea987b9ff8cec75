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
