//! An edited calendar or policy reaches the open tickets that count by it.

use chrono::TimeDelta;
use functions::actions::jobs;
use serde_json::{Value, json};
use shared::job::Job;
use shared::platform::Wake;
use tests::app::TestApp;

use super::rules::{calendar, late_office, policy};
use super::{opened, path, ring, seen, tenant, told};

async fn put(app: &TestApp, target: &str, body: Value) -> Value {
    app.manager("acme").header("if-match", "*").put(target, body).await.expect(200).json()
}

fn place(kind: &str, thing: &Value) -> String {
    format!("/api/sla/{kind}/{}", thing["id"].as_str().expect("an id"))
}

#[test]
fn an_edited_calendar_moves_deadlines_with_an_audit_line_of_old_and_new() {
    pollster::block_on(async {
        let app = TestApp::new();
        let office = calendar(&app, late_office()).await;
        policy(&app, &office, json!({})).await;
        let ticket = opened(&app, "acme", json!({"priority": "high"})).await;
        // Eight hours from 10:00, until 19:00.
        assert_eq!(ticket["sla"]["resolution"]["due_at"], "2026-03-02T15:00:00Z");
        let paused = opened(&app, "acme", json!({"priority": "high"})).await;
        app.agent("acme").header("if-match", "*").patch(&path(&paused), json!({"status": "waiting_customer"})).await.expect(200);

        let mut hours = late_office();
        hours["week"]["monday"] = json!([{"start": "10:00", "end": "12:00"}]);
        app.wakes.borrow_mut().clear();
        put(&app, &place("calendars", &office), hours).await;
        assert!(app.wakes.borrow().iter().any(|wake| matches!(wake, Wake::SlaTimer { .. })), "the work is asked for at once");
        ring(&app, "acme").await;

        // Two hours on Monday, six on Tuesday from 10:00.
        let after = seen(&app, "acme", &ticket).await;
        assert_eq!(after["sla"]["resolution"]["due_at"], "2026-03-03T13:00:00Z");
        assert_eq!(app.asked("acme", "SELECT resolution_due_at FROM tickets WHERE number = 1"), ["1772542800000"]);
        assert_eq!(
            app.asked("acme", "SELECT due_at FROM sla_timers WHERE clock = 'resolution' AND percent = 0"),
            ["1772542801000"],
            "when the deadline is over"
        );
        assert_eq!(told(&app, "acme"), ["sla_changed 2026-03-02T15:00:00Z 2026-03-03T13:00:00Z"]);
        let audit = app.asked("acme", "SELECT detail FROM audit_logs WHERE action = 'sla.recomputed'");
        assert_eq!(audit.len(), 1, "the ticket that waits has no deadline to move");
        let audit: Value = serde_json::from_str(&audit[0]).unwrap();
        assert_eq!(audit["sla_changed"][0]["from"]["resolution_due_at"], "2026-03-02T15:00:00Z");
        assert_eq!(audit["sla_changed"][0]["to"]["resolution_due_at"], "2026-03-03T13:00:00Z");
        assert!(app.asked("acme", "SELECT subject FROM sla_recomputes").is_empty());
        // Once more changes nothing.
        ring(&app, "acme").await;
        assert_eq!(told(&app, "acme").len(), 1);
    });
}

#[test]
fn an_edited_policy_carries_over_what_is_used_up() {
    pollster::block_on(async {
        let app = TestApp::new();
        let office = calendar(&app, late_office()).await;
        let rule = policy(&app, &office, json!({})).await;
        let ticket = opened(&app, "acme", json!({"priority": "high"})).await;
        let other = opened(&app, "acme", json!({"priority": "low"})).await;
        app.advance(TimeDelta::hours(1));
        let body = json!({"name": "Gold", "calendar_id": office["id"],
            "targets": {"high": {"first_response_minutes": 120, "resolution_minutes": 240}}});
        put(&app, &place("rules", &rule), body).await;
        ring(&app, "acme").await;
        let after = seen(&app, "acme", &ticket).await;
        assert_eq!(after["sla"]["resolution"]["due_at"], "2026-03-02T11:00:00Z", "four hours from the beginning, not from now");
        assert_eq!(after["sla"]["first_response"]["due_at"], "2026-03-02T09:00:00Z");
        assert_eq!(after["sla"]["resolution"]["remaining_business_seconds"], 3 * 3600);
        assert_eq!(seen(&app, "acme", &other).await["version"], other["version"], "nothing changed for this priority");
    });
}

#[test]
fn another_name_or_place_of_a_policy_leaves_tickets_alone() {
    pollster::block_on(async {
        let app = TestApp::new();
        let office = calendar(&app, late_office()).await;
        let rule = policy(&app, &office, json!({})).await;
        let ticket = opened(&app, "acme", json!({})).await;
        put(&app, &place("rules", &rule), json!({"name": "Silver", "calendar_id": office["id"], "position": 4})).await;
        assert!(app.asked("acme", "SELECT subject FROM sla_recomputes").is_empty());
        let mut renamed = late_office();
        renamed["name"] = json!("Evening office");
        put(&app, &place("calendars", &office), renamed).await;
        assert!(app.asked("acme", "SELECT subject FROM sla_recomputes").is_empty());
        let after = seen(&app, "acme", &ticket).await;
        assert_eq!(after["sla"]["policy"]["name"], "Silver");
        assert_eq!(after["version"], ticket["version"]);
    });
}

#[test]
fn many_tickets_are_counted_in_steps_that_go_on_where_they_stopped() {
    pollster::block_on(async {
        let app = TestApp::new();
        let office = calendar(&app, late_office()).await;
        policy(&app, &office, json!({})).await;
        for _ in 0..260 {
            opened(&app, "acme", json!({"priority": "high"})).await;
        }
        let mut hours = late_office();
        hours["week"]["monday"] = json!([{"start": "10:00", "end": "12:00"}]);
        put(&app, &place("calendars", &office), hours.clone()).await;
        let report = ring(&app, "acme").await;
        assert!(report.wakes.iter().any(|wake| matches!(wake, Wake::SlaTimer { at, .. } if *at == app.platform.now.get())));
        let done: i64 = app.asked("acme", "SELECT after_number FROM sla_recomputes")[0].parse().unwrap();
        assert!((100..260).contains(&done), "{done}");
        // The run died before it could note its last step: what was counted comes out the same.
        app.tenant_database("acme")
            .inspect(|db| db.execute("UPDATE sla_recomputes SET after_number = after_number - 50", []).unwrap());
        ring(&app, "acme").await;
        assert!(app.asked("acme", "SELECT subject FROM sla_recomputes").is_empty());
        assert_eq!(
            app.asked(
                "acme",
                "SELECT COUNT(*) || ' ' || COUNT(DISTINCT ticket_id) FROM ticket_history WHERE kind = 'sla_changed'"
            ),
            ["260 260"]
        );
        assert_eq!(app.asked("acme", "SELECT DISTINCT resolution_due_at FROM tickets"), ["1772542800000"]);
        // An edit while the counting goes on begins it again from the first.
        hours["week"]["tuesday"] = json!([{"start": "11:00", "end": "19:00"}]);
        put(&app, &place("calendars", &office), hours.clone()).await;
        ring(&app, "acme").await;
        hours["week"]["tuesday"] = json!([{"start": "12:00", "end": "19:00"}]);
        put(&app, &place("calendars", &office), hours).await;
        assert_eq!(app.asked("acme", "SELECT after_number FROM sla_recomputes"), ["0"]);
        for _ in 0..3 {
            ring(&app, "acme").await;
        }
        // Two hours on Monday, six on Tuesday from 12:00.
        assert_eq!(app.asked("acme", "SELECT DISTINCT resolution_due_at FROM tickets"), ["1772550000000"]);
    });
}

#[test]
fn a_deadline_that_an_edit_moves_into_the_past_is_told_at_once() {
    pollster::block_on(async {
        let app = TestApp::new();
        let office = calendar(&app, late_office()).await;
        let rule = policy(&app, &office, json!({})).await;
        opened(&app, "acme", json!({"priority": "high"})).await;
        app.advance(TimeDelta::minutes(40));
        let body = json!({"name": "Gold", "calendar_id": office["id"], "targets": {"high": {"first_response_minutes": 30, "resolution_minutes": 480}}});
        put(&app, &place("rules", &rule), body).await;
        ring(&app, "acme").await;
        // The second in which it is counted anew is the last one in time.
        app.advance(TimeDelta::seconds(1));
        for _ in 0..2 {
            ring(&app, "acme").await;
        }
        let breaches: Vec<String> = told(&app, "acme").into_iter().filter(|line| line.starts_with("sla_breached")).collect();
        assert_eq!(breaches, ["sla_breached first_response"]);
    });
}

#[test]
fn a_breach_that_an_edited_calendar_takes_back_leaves_the_list_of_violations() {
    pollster::block_on(async {
        let app = TestApp::new();
        let office = calendar(&app, late_office()).await;
        policy(&app, &office, json!({})).await;
        let ticket = opened(&app, "acme", json!({"priority": "high"})).await;
        app.advance(TimeDelta::hours(1) + TimeDelta::seconds(1));
        ring(&app, "acme").await;
        assert_eq!(app.asked("acme", "SELECT clock FROM sla_violations"), ["first_response"]);
        let mut hours = late_office();
        hours["holidays"] = json!([{"date": "2026-03-02"}]);
        put(&app, &place("calendars", &office), hours).await;
        ring(&app, "acme").await;
        assert!(app.asked("acme", "SELECT clock FROM sla_violations").is_empty());
        let seen = seen(&app, "acme", &ticket).await;
        assert_eq!(seen["sla"]["first_response"]["due_at"], "2026-03-03T08:00:00Z");
        assert_eq!(seen["sla"]["state"], "ok");
        let audit = app.asked("acme", "SELECT detail FROM audit_logs WHERE action = 'sla.recomputed'");
        let audit: Value = serde_json::from_str(&audit[0]).unwrap();
        assert_eq!(audit["sla_breach_retracted"], json!([{"clock": "first_response", "due_at": "2026-03-02T08:00:00Z"}]));
        // On Tuesday it may be warned of and missed like any other.
        app.advance(TimeDelta::hours(24));
        ring(&app, "acme").await;
        assert_eq!(app.asked("acme", "SELECT due_at FROM sla_violations"), ["1772524800000"]);
        // A breach that stays one stays on the list.
        let mut later = late_office();
        later["week"]["friday"] = json!([{"start": "10:00", "end": "12:00"}]);
        later["holidays"] = json!([{"date": "2026-03-02"}]);
        put(&app, &place("calendars", &office), later).await;
        ring(&app, "acme").await;
        assert_eq!(app.asked("acme", "SELECT due_at FROM sla_violations"), ["1772524800000"]);
    });
}

#[test]
fn another_release_of_the_time_zones_counts_open_tickets_anew() {
    pollster::block_on(async {
        let app = TestApp::new();
        let sweep = Job::Sweep { tenant: tenant("acme") };
        let office = calendar(&app, late_office()).await;
        let rule = policy(&app, &office, json!({"conditions": {"categories": ["sales"]}})).await;
        let sales = opened(&app, "acme", json!({"category": "sales", "priority": "high"})).await;
        jobs::run(&app.platform, &sweep).await;
        assert!(told(&app, "acme").is_empty(), "nothing comes out otherwise");
        // Clocks of an older release: an hour off, as if the zone had changed its rules since. The standard hours are meant too.
        app.tenant_database("acme").inspect(|db| {
            db.execute(
                "UPDATE tickets SET sla = replace(sla, '1772463600', '1772460000'), resolution_due_at = 1772460000000",
                [],
            )
            .unwrap();
            db.execute("UPDATE counters SET value = 1 WHERE name = 'tz_release'", []).unwrap();
        });
        let report = jobs::run(&app.platform, &sweep).await;
        assert!(report.failures.is_empty(), "{report:?}");
        assert_eq!(told(&app, "acme"), ["sla_changed 2026-03-02T14:00:00Z 2026-03-02T15:00:00Z"]);
        assert_eq!(seen(&app, "acme", &sales).await["sla"]["resolution"]["due_at"], "2026-03-02T15:00:00Z");
        let report = jobs::run(&app.platform, &sweep).await;
        assert!(!report.done.iter().any(|(duty, _)| *duty == "sla_recompute"), "once is enough: {report:?}");
        assert!(rule["id"].is_string());
    });
}

#[test]
fn a_ticket_that_cannot_be_read_does_not_keep_the_others_from_being_counted() {
    pollster::block_on(async {
        let app = TestApp::new();
        let office = calendar(&app, late_office()).await;
        policy(&app, &office, json!({})).await;
        for _ in 0..40 {
            opened(&app, "acme", json!({"priority": "high"})).await;
        }
        app.tenant_database("acme").inspect(|db| {
            db.execute(r#"UPDATE tickets SET sla = '{"first": 7}' WHERE number = 3"#, []).unwrap();
        });
        let mut hours = late_office();
        hours["week"]["monday"] = json!([{"start": "10:00", "end": "12:00"}]);
        put(&app, &place("calendars", &office), hours).await;
        let report = jobs::run(&app.platform, &Job::Sla { tenant: tenant("acme") }).await;
        assert_eq!(report.failures.len(), 1, "{report:?}");
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM tickets WHERE resolution_due_at = 1772542800000"), ["39"]);
        assert!(app.asked("acme", "SELECT subject FROM sla_recomputes").is_empty());
    });
}
