//! Promises that come late, change hands or come back: what a ticket is owed, and whose it was.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::app::TestApp;

use super::rules::{calendar, faults, late_office, policy};
use super::{opened, path, ring, seen};

async fn changed(app: &TestApp, ticket: &Value, changes: Value) -> Value {
    app.manager("acme").header("if-match", "*").patch(&path(ticket), changes).await.expect(200).json()
}

async fn answered(app: &TestApp, ticket: &Value, body: Value) {
    app.agent("acme").post(&format!("{}/comments", path(ticket)), body).await.expect(201);
}

#[test]
fn a_ticket_that_was_answered_is_not_late_for_a_promise_that_comes_after() {
    pollster::block_on(async {
        let app = TestApp::new();
        let office = calendar(&app, late_office()).await;
        policy(&app, &office, json!({"conditions": {"categories": ["sales"]}})).await;
        let ticket = opened(&app, "acme", json!({})).await;
        assert_eq!(ticket["sla"], json!(null));
        app.advance(TimeDelta::hours(1));
        answered(&app, &ticket, json!({"body": "Which printer?"})).await;
        app.advance(TimeDelta::hours(5));
        let moved = changed(&app, &ticket, json!({"category": "sales"})).await;
        assert_eq!(moved["sla"]["first_response"]["state"], "met");
        assert_eq!(moved["sla"]["first_response"]["met_at"], "2026-03-02T08:00:00Z");
        ring(&app, "acme").await;
        assert!(app.asked("acme", "SELECT clock FROM sla_violations").is_empty());
    });
}

#[test]
fn a_promise_that_comes_while_the_customer_is_asked_waits_too() {
    pollster::block_on(async {
        let app = TestApp::new();
        let office = calendar(&app, late_office()).await;
        policy(&app, &office, json!({"conditions": {"categories": ["sales"]}})).await;
        let ticket = opened(&app, "acme", json!({})).await;
        app.advance(TimeDelta::hours(1));
        answered(&app, &ticket, json!({"body": "Which printer?", "status": "waiting_customer"})).await;
        let moved = changed(&app, &ticket, json!({"category": "sales"})).await;
        assert_eq!(moved["sla"]["state"], "paused");
        assert_eq!(moved["sla"]["resolution"]["due_at"], json!(null));
        assert!(app.asked("acme", "SELECT due_at FROM sla_timers").is_empty());
    });
}

#[test]
fn a_violation_names_the_promise_that_was_missed_and_who_had_the_ticket() {
    pollster::block_on(async {
        let app = TestApp::new();
        let office = calendar(&app, late_office()).await;
        let gold = policy(&app, &office, json!({"position": 1})).await;
        policy(&app, &office, json!({"name": "Sales", "position": 0, "conditions": {"categories": ["sales"]}})).await;
        let ticket = opened(&app, "acme", json!({})).await;
        let (agent, manager) = (app.user_id("acme", "agent"), app.user_id("acme", "manager"));
        changed(&app, &ticket, json!({"assignee": agent})).await;
        app.advance(TimeDelta::hours(4) + TimeDelta::seconds(1));
        changed(&app, &ticket, json!({"category": "sales", "priority": "low", "assignee": manager})).await;
        let expected = format!("{} medium {agent}", gold["id"].as_str().expect("an id"));
        assert_eq!(
            app.asked("acme", "SELECT policy_id || ' ' || priority || ' ' || assignee_id FROM sla_violations"),
            [expected]
        );
    });
}

#[test]
fn a_ticket_that_is_opened_again_gets_what_is_promised_today() {
    pollster::block_on(async {
        let app = TestApp::new();
        let office = calendar(&app, late_office()).await;
        let gold = policy(&app, &office, json!({})).await;
        let ticket = opened(&app, "acme", json!({"priority": "high"})).await;
        let other = opened(&app, "acme", json!({"priority": "high"})).await;
        app.advance(TimeDelta::hours(1));
        for ticket in [&ticket, &other] {
            answered(&app, ticket, json!({"body": "Done.", "status": "resolved"})).await;
        }
        let always = calendar(&app, json!({"name": "Always", "zone": "Europe/Moscow", "around_the_clock": true})).await;
        let body = json!({"name": "Gold", "calendar_id": always["id"],
            "targets": {"high": {"first_response_minutes": 60, "next_response_minutes": 60, "resolution_minutes": 960}}});
        let place = format!("/api/sla/rules/{}", gold["id"].as_str().expect("an id"));
        app.manager("acme").header("if-match", "*").put(&place, body).await.expect(200);
        ring(&app, "acme").await;
        // Nothing that is open counts by the old hours any more: they may go.
        let place = format!("/api/sla/calendars/{}", office["id"].as_str().expect("an id"));
        app.manager("acme").header("if-match", "*").delete(&place).await.expect(204);

        // One of sixteen hours is used up; at 11:00 in Moscow fifteen are left, day and night.
        let again = changed(&app, &ticket, json!({"status": "in_progress"})).await;
        assert_eq!(again["sla"]["resolution"]["due_at"], "2026-03-02T23:00:00Z");
        let answer = app.client("acme").post(&format!("{}/comments", path(&other)), json!({"body": "It is broken again"})).await;
        assert!(answer.expect(201).round_trips <= 3);
        let other = seen(&app, "acme", &other).await;
        assert_eq!(other["sla"]["resolution"]["due_at"], "2026-03-02T23:00:00Z");
        assert_eq!(other["sla"]["next_response"]["due_at"], "2026-03-02T09:00:00Z");
        assert_eq!(app.asked("acme", "SELECT DISTINCT sla_calendar_id FROM tickets"), [always["id"].as_str().expect("an id")]);
    });
}

#[test]
fn a_first_promise_to_a_ticket_that_is_opened_again_counts_from_then() {
    pollster::block_on(async {
        let app = TestApp::new();
        let office = calendar(&app, late_office()).await;
        policy(&app, &office, json!({"conditions": {"categories": ["sales"]}})).await;
        let ticket = opened(&app, "acme", json!({})).await;
        answered(&app, &ticket, json!({"body": "Done.", "status": "resolved"})).await;
        app.advance(TimeDelta::days(7));
        changed(&app, &ticket, json!({"category": "sales"})).await;
        let again = changed(&app, &ticket, json!({"status": "in_progress"})).await;
        assert_eq!(again["sla"]["first_response"]["state"], "met");
        // 24 business hours from Monday 10:00.
        assert_eq!(again["sla"]["resolution"]["due_at"], "2026-03-11T13:00:00Z");
        ring(&app, "acme").await;
        assert!(app.asked("acme", "SELECT clock FROM sla_violations").is_empty());
    });
}

#[test]
fn another_type_of_an_organization_reaches_its_open_tickets() {
    pollster::block_on(async {
        let app = TestApp::new();
        let office = calendar(&app, late_office()).await;
        let gold = policy(&app, &office, json!({"conditions": {"customer_types": ["gold"]}})).await;
        let ticket = opened(&app, "acme", json!({"priority": "high"})).await;
        assert_eq!(ticket["sla"], json!(null), "no policy is for it");
        let organization = format!("/api/organizations/{}", ticket["organization"]["id"].as_str().expect("an id"));
        app.admin("acme").patch(&organization, json!({"name": "Client, renamed"})).await.expect(200);
        assert!(app.asked("acme", "SELECT subject FROM sla_recomputes").is_empty(), "a name promises nothing");
        let answer = app.admin("acme").patch(&organization, json!({"customer_type": "gold"})).await.expect(200);
        assert!(answer.round_trips <= 3, "{}", answer.round_trips);
        ring(&app, "acme").await;
        let now = seen(&app, "acme", &ticket).await;
        assert_eq!(now["sla"]["policy"]["id"], gold["id"]);
        assert_eq!(now["sla"]["resolution"]["due_at"], "2026-03-02T15:00:00Z");
        assert!(app.asked("acme", "SELECT subject FROM sla_recomputes").is_empty());
        app.admin("acme").patch(&organization, json!({"customer_type": "silver"})).await.expect(200);
        ring(&app, "acme").await;
        assert_eq!(seen(&app, "acme", &ticket).await["sla"]["policy"], json!(null));
    });
}

/// Twenty hours a week.
fn short_week() -> Value {
    let day = json!([{"start": "10:00", "end": "14:00"}]);
    json!({"name": "Short week", "zone": "Europe/Moscow",
        "week": {"monday": day, "tuesday": day, "wednesday": day, "thursday": day, "friday": day}})
}

#[test]
fn a_promise_that_would_never_come_due_is_refused_with_the_reason() {
    pollster::block_on(async {
        let app = TestApp::new();
        let office = calendar(&app, short_week()).await;
        let body = |more: Value| {
            let mut body = json!({"name": "Gold", "calendar_id": office["id"],
                "targets": {"low": {"first_response_minutes": 60, "resolution_minutes": 525_600}}});
            for (name, value) in more.as_object().expect("an object") {
                body[name] = value.clone();
            }
            body
        };
        let refused = app.manager("acme").post("/api/sla/rules", body(json!({}))).await;
        assert_eq!(faults(&refused), ["targets.low.resolution_minutes out_of_reach"]);
        assert!(refused.text().contains("за пять лет"), "{}", refused.text());
        // Around the clock a year is a year.
        let answer =
            app.manager("acme").post("/api/sla/rules", body(json!({"hours": {"resolution": "calendar"}}))).await.expect(201);
        assert!(answer.round_trips <= 3, "{}", answer.round_trips);
        let place = format!("/api/sla/rules/{}", answer.json()["id"].as_str().expect("an id"));
        let edited = app.manager("acme").header("if-match", "*").put(&place, body(json!({}))).await;
        assert_eq!(faults(&edited), ["targets.low.resolution_minutes out_of_reach"]);
        let form = [
            ("version", "0"),
            ("name", "Silver"),
            ("position", "1"),
            ("calendar", office["id"].as_str().expect("an id")),
            ("low_resolution", "525600"),
            ("resolution_business", "on"),
        ];
        let page = app.manager("acme").in_browser().submit("/agent/sla/policies/new", &form).await.expect(422);
        assert!(page.round_trips <= 3, "{}", page.round_trips);
        assert!(page.text().contains("за пять лет"));
    });
}

#[test]
fn a_configuration_that_promises_too_much_is_refused_under_its_own_names() {
    pollster::block_on(async {
        let app = TestApp::new();
        let config = json!({
            "sla_rules": {"low": {"response_time": 525_600, "resolution_time": 60}},
            "business_hours": {"timezone": "Europe/Moscow", "workdays": ["monday"], "hours": {"start": "09:00", "end": "18:00"}}
        });
        let refused = app.manager("acme").post("/api/sla/rules", config).await;
        assert_eq!(faults(&refused), ["sla_rules.low.response_time out_of_reach"]);
        assert!(app.asked("acme", "SELECT id FROM sla_calendars").is_empty());
    });
}
