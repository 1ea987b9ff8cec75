//! Warnings and breaches: each told once, to those whom it concerns.

use chrono::TimeDelta;
use functions::actions::jobs;
use serde_json::json;
use shared::job::Job;
use shared::platform::Wake;
use tests::app::TestApp;

use super::{notices, opened, path, ring, seen, tenant, told};

#[test]
fn a_warning_comes_at_its_share_of_business_time_and_only_once() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({})).await;
        // Four hours are promised: three of them are 75 percent.
        app.advance(TimeDelta::minutes(179));
        ring(&app, "acme").await;
        assert!(told(&app, "acme").is_empty());
        app.advance(TimeDelta::minutes(1));
        for _ in 0..3 {
            ring(&app, "acme").await;
        }
        assert_eq!(told(&app, "acme"), ["sla_warning 75 first_response"]);
        // Nobody has the ticket: those who lead the desk are told.
        assert_eq!(notices(&app, "acme"), ["sla_warning to manager@acme.example"]);
        assert_eq!(app.asked("acme", "SELECT sla_warned FROM tickets"), ["1"]);
        assert_eq!(seen(&app, "acme", &ticket).await["sla"]["state"], "warning");
        let data = app.asked("acme", "SELECT data FROM outbox WHERE template = 'sla_warning'");
        let data: serde_json::Value = serde_json::from_str(&data[0]).unwrap();
        assert_eq!(data, json!({"target": "first_response", "percent": 75, "due_at": 1_772_449_200_000_i64}));
    });
}

#[test]
fn an_assignee_is_warned_alone() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({})).await;
        let agent = app.user_id("acme", "agent");
        app.manager("acme").header("if-match", "*").patch(&path(&ticket), json!({"assignee": agent})).await.expect(200);
        app.advance(TimeDelta::hours(3));
        ring(&app, "acme").await;
        assert_eq!(notices(&app, "acme"), ["sla_warning to agent@acme.example"]);
        app.advance(TimeDelta::hours(1) + TimeDelta::seconds(1));
        ring(&app, "acme").await;
        assert_eq!(
            notices(&app, "acme"),
            ["sla_warning to agent@acme.example", "sla_breach to agent@acme.example", "sla_breach to manager@acme.example",]
        );
    });
}

#[test]
fn agents_of_the_department_are_warned_of_a_ticket_that_nobody_has() {
    pollster::block_on(async {
        let app = TestApp::new();
        opened(&app, "acme", json!({"category": "sales"})).await;
        app.advance(TimeDelta::hours(3));
        ring(&app, "acme").await;
        assert_eq!(notices(&app, "acme"), ["sla_warning to agent@acme.example", "sla_warning to manager@acme.example"]);
    });
}

#[test]
fn a_breach_is_written_down_escalates_and_is_told_once() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({})).await;
        app.advance(TimeDelta::hours(4) + TimeDelta::seconds(1));
        for _ in 0..3 {
            ring(&app, "acme").await;
        }
        assert_eq!(told(&app, "acme"), ["sla_breached first_response"]);
        assert_eq!(
            app.asked("acme", "SELECT clock || ' ' || due_at || ' ' || policy_id FROM sla_violations"),
            ["first_response 1772449200000 standard"]
        );
        assert_eq!(notices(&app, "acme"), ["sla_breach to manager@acme.example"]);
        let ticket = seen(&app, "acme", &ticket).await;
        assert_eq!(ticket["escalation"]["level"], 1);
        assert!(ticket["escalation"]["reason"].as_str().is_some_and(|reason| !reason.is_empty()));
        assert_eq!(app.asked("acme", "SELECT sla_breached FROM tickets"), ["1"]);
        assert_eq!(
            app.asked("acme", "SELECT actor || ' ' || action FROM audit_logs WHERE action LIKE 'sla%'"),
            ["system sla.fired"]
        );
        // The resolution is another promise: it is warned of, and missed, on its own.
        app.advance(TimeDelta::days(7));
        ring(&app, "acme").await;
        assert_eq!(told(&app, "acme"), ["sla_breached first_response", "sla_breached resolution"]);
        assert_eq!(seen(&app, "acme", &ticket).await["escalation"]["level"], 2);
        assert!(app.asked("acme", "SELECT due_at FROM sla_timers").is_empty());
    });
}

#[test]
fn two_runners_at_once_tell_each_breach_once() {
    pollster::block_on(async {
        let app = TestApp::new();
        for _ in 0..25 {
            opened(&app, "acme", json!({})).await;
        }
        app.advance(TimeDelta::hours(4) + TimeDelta::seconds(1));
        app.tenant_database("acme").interleave(true);
        let job = Job::Sla { tenant: tenant("acme") };
        let (one, other) = futures::join!(jobs::run(&app.platform, &job), jobs::run(&app.platform, &job));
        app.tenant_database("acme").interleave(false);
        assert!(one.failures.is_empty() && other.failures.is_empty(), "{one:?} {other:?}");
        ring(&app, "acme").await;
        assert_eq!(told(&app, "acme").len(), 25);
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM sla_violations"), ["25"]);
        assert_eq!(notices(&app, "acme").len(), 25);
        assert_eq!(app.asked("acme", "SELECT DISTINCT escalation_level FROM tickets"), ["1"]);
    });
}

#[test]
fn a_late_answer_and_a_late_alarm_find_the_same_breach() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({})).await;
        app.advance(TimeDelta::hours(5));
        app.agent("acme").post(&format!("{}/comments", path(&ticket)), json!({"body": "Sorry."})).await.expect(201);
        ring(&app, "acme").await;
        assert_eq!(told(&app, "acme"), ["sla_breached first_response"]);
        assert_eq!(notices(&app, "acme"), ["sla_breach to manager@acme.example"]);
        assert_eq!(seen(&app, "acme", &ticket).await["escalation"]["level"], 1);
    });
}

#[test]
fn the_sweep_tells_what_a_lost_alarm_left_behind_and_the_clock_learns_what_comes_next() {
    pollster::block_on(async {
        let app = TestApp::new();
        opened(&app, "acme", json!({})).await;
        opened(&app, "globex", json!({})).await;
        app.advance(TimeDelta::hours(4) + TimeDelta::seconds(1));
        let report = jobs::run(&app.platform, &Job::Sweep { tenant: tenant("acme") }).await;
        assert!(report.failures.is_empty(), "{report:?}");
        assert!(report.done.contains(&("sla", 1)), "{report:?}");
        assert!(report.wakes.contains(&Wake::Outbox(tenant("acme"))));
        assert_eq!(told(&app, "acme"), ["sla_breached first_response"]);
        assert!(told(&app, "globex").is_empty(), "another tenant's clocks are another tenant's");
        // 75 percent of 24 hours: eight on Monday, nine on Tuesday, one on Wednesday.
        let settled = report.settled.expect("all that was due is done");
        assert_eq!(settled.next.map(|next| next.to_rfc3339()), Some("2026-03-04T07:00:00+00:00".to_owned()));
    });
}

#[test]
fn more_than_one_run_can_do_is_asked_for_again_at_once() {
    pollster::block_on(async {
        let app = TestApp::new();
        for _ in 0..230 {
            opened(&app, "acme", json!({})).await;
        }
        app.advance(TimeDelta::hours(4) + TimeDelta::seconds(1));
        // Each ticket has three rows that are due: two warnings and the breach.
        let report = ring(&app, "acme").await;
        assert!(report.settled.is_none());
        assert!(report.wakes.iter().any(|wake| matches!(wake, Wake::SlaTimer { at, .. } if *at == app.platform.now.get())));
        let mut runs = 1;
        while ring(&app, "acme").await.settled.is_none() {
            runs += 1;
            assert!(runs < 10, "it ends");
        }
        assert_eq!(told(&app, "acme").len(), 230);
    });
}

#[test]
fn a_deleted_ticket_is_silent_and_its_leftover_moments_go() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({})).await;
        app.tenant_database("acme").inspect(|db| {
            db.execute("UPDATE tickets SET deleted_at = 1", []).unwrap();
        });
        app.advance(TimeDelta::days(30));
        let report = ring(&app, "acme").await;
        assert!(report.settled.is_some());
        assert!(told(&app, "acme").is_empty() && notices(&app, "acme").is_empty());
        assert!(app.asked("acme", "SELECT due_at FROM sla_timers").is_empty());
        assert!(ticket["id"].is_string());
    });
}

#[test]
fn a_ticket_that_cannot_be_read_does_not_hold_up_the_others() {
    pollster::block_on(async {
        let app = TestApp::new();
        opened(&app, "acme", json!({})).await;
        opened(&app, "acme", json!({})).await;
        app.tenant_database("acme").inspect(|db| {
            db.execute(r#"UPDATE tickets SET sla = '{"first": 7}' WHERE number = 1"#, []).unwrap();
        });
        app.advance(TimeDelta::hours(4) + TimeDelta::seconds(1));
        let report = jobs::run(&app.platform, &Job::Sla { tenant: tenant("acme") }).await;
        assert_eq!(report.failures.len(), 1, "it is named for the log");
        assert!(report.settled.is_none(), "the clock goes on asking");
        assert_eq!(told(&app, "acme"), ["sla_breached first_response"]);
    });
}

#[test]
fn the_notices_become_letters_in_the_readers_language() {
    pollster::block_on(async {
        let app = TestApp::new();
        opened(&app, "acme", json!({})).await;
        app.advance(TimeDelta::hours(3));
        ring(&app, "acme").await;
        app.advance(TimeDelta::hours(1) + TimeDelta::seconds(1));
        ring(&app, "acme").await;
        let report = jobs::run(&app.platform, &Job::Outbox { tenant: tenant("acme") }).await;
        assert!(report.failures.is_empty(), "{report:?}");
        assert_eq!(
            app.asked("acme", "SELECT DISTINCT state FROM outbox"),
            ["sent"],
            "{:?}",
            app.asked("acme", "SELECT error FROM outbox")
        );
        let subjects = app.asked("acme", "SELECT subject FROM outbox WHERE template LIKE 'sla%' ORDER BY created_at");
        assert_eq!(subjects.len(), 2);
        assert!(subjects.iter().all(|subject| subject.starts_with("[ACME-1]")), "{subjects:?}");
    });
}
