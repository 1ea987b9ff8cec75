//! Whom the notices of clocks reach, and when.

use chrono::TimeDelta;
use functions::actions::jobs;
use serde_json::json;
use shared::job::Job;
use tests::app::TestApp;

use super::rules::{calendar, late_office, policy};
use super::{notices, opened, path, ring, tenant};

#[test]
fn those_who_lead_are_warned_for_an_assignee_whom_no_mail_reaches() {
    pollster::block_on(async {
        for absence in ["status = 'disabled'", "mail_blocked_at = 1"] {
            let app = TestApp::new();
            let ticket = opened(&app, "acme", json!({})).await;
            let agent = app.user_id("acme", "agent");
            app.manager("acme").header("if-match", "*").patch(&path(&ticket), json!({"assignee": agent})).await.expect(200);
            app.tenant_database("acme").inspect(|db| {
                db.execute(&format!("UPDATE users SET {absence} WHERE id = '{agent}'"), []).unwrap();
            });
            app.advance(TimeDelta::hours(3));
            ring(&app, "acme").await;
            assert_eq!(notices(&app, "acme"), ["sla_warning to manager@acme.example"], "{absence}");
        }
    });
}

#[test]
fn notices_wait_for_working_hours_where_the_policy_says_so() {
    pollster::block_on(async {
        let app = TestApp::new();
        let office = calendar(&app, late_office()).await;
        let body = |notices: &str| {
            json!({"name": "Gold", "calendar_id": office["id"], "notices": notices, "hours": {"first_response": "calendar"},
                "targets": {"medium": {"first_response_minutes": 600}}, "warn_percent": [75]})
        };
        let rule = app.manager("acme").post("/api/sla/rules", body("at_once")).await.expect(201).json();
        assert_eq!(rule["notices"], "at_once");
        opened(&app, "acme", json!({})).await;
        // The policy is changed under a ticket that is open already.
        let place = format!("/api/sla/rules/{}", rule["id"].as_str().expect("an id"));
        let edited = app.manager("acme").header("if-match", "*").put(&place, body("in_hours")).await.expect(200).json();
        assert_eq!(edited["notices"], "in_hours");
        ring(&app, "acme").await;
        // 17:30 in Moscow: the office is open.
        app.advance(TimeDelta::minutes(450));
        ring(&app, "acme").await;
        // 20:00: it is closed until Tuesday at 10:00.
        app.advance(TimeDelta::minutes(150) + TimeDelta::seconds(1));
        ring(&app, "acme").await;
        assert_eq!(
            app.asked("acme", "SELECT template || ' ' || ((due_at - created_at) / 1000) FROM outbox WHERE template LIKE 'sla%' ORDER BY created_at"),
            ["sla_warning 0", "sla_breach 50399"]
        );
        let states = "SELECT template || ' ' || state FROM outbox WHERE template LIKE 'sla%' ORDER BY created_at";
        jobs::run(&app.platform, &Job::Outbox { tenant: tenant("acme") }).await;
        assert_eq!(app.asked("acme", states), ["sla_warning sent", "sla_breach queued"]);
        app.advance(TimeDelta::hours(14));
        jobs::run(&app.platform, &Job::Outbox { tenant: tenant("acme") }).await;
        assert_eq!(app.asked("acme", states), ["sla_warning sent", "sla_breach sent"]);
    });
}

#[test]
fn a_policy_that_says_nothing_of_notices_tells_at_once() {
    pollster::block_on(async {
        let app = TestApp::new();
        let office = calendar(&app, late_office()).await;
        let rule = policy(
            &app,
            &office,
            json!({"hours": {"first_response": "calendar"}, "targets": {"medium": {"first_response_minutes": 600}}}),
        )
        .await;
        assert_eq!(rule["notices"], "at_once");
        opened(&app, "acme", json!({})).await;
        app.advance(TimeDelta::hours(10) + TimeDelta::seconds(1));
        ring(&app, "acme").await;
        assert_eq!(app.asked("acme", "SELECT due_at - created_at FROM outbox WHERE template = 'sla_breach'"), ["0"]);
    });
}
