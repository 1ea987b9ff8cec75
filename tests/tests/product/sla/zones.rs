//! Another time zone, of a tenant or of a calendar, reaches the open tickets that count by it.

use chrono::TimeDelta;
use functions::actions::jobs;
use serde_json::{Value, json};
use shared::job::Job;
use shared::platform::Wake;
use tests::app::TestApp;

use super::rules::{calendar, late_office, policy};
use super::{opened, ring, seen, tenant, told};

async fn set_zone(app: &TestApp, zone: &str) -> Value {
    app.admin("acme").patch("/api/tenant/settings", json!({"time_zone": zone})).await.expect(200).json()
}

/// Old and new moment of the resolution, as the audit lines of a recount tell them.
fn audited(app: &TestApp) -> Vec<(String, String)> {
    app.asked("acme", "SELECT detail FROM audit_logs WHERE action = 'sla.recomputed' ORDER BY at, id")
        .iter()
        .map(|detail| serde_json::from_str::<Value>(detail).unwrap()["sla_changed"][0].clone())
        .map(|line| {
            let due = |side: &str| line[side]["resolution_due_at"].as_str().unwrap_or_default().to_owned();
            (due("from"), due("to"))
        })
        .collect()
}

#[test]
fn another_zone_of_the_tenant_moves_deadlines_with_an_audit_line_of_old_and_new() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({})).await;
        // Twenty-four hours from Monday, 10:00: eight, nine, and seven on Wednesday.
        assert_eq!(ticket["sla"]["resolution"]["due_at"], "2026-03-04T13:00:00Z");
        app.wakes.borrow_mut().clear();
        let settings = set_zone(&app, "America/New_York").await;
        assert_eq!((&settings["time_zone"], &settings["ticket_prefix"]), (&json!("America/New_York"), &json!("ACME")));
        assert_eq!(app.admin("acme").get("/api/tenant/settings").await.expect(200).json(), settings);
        assert!(app.wakes.borrow().iter().any(|wake| matches!(wake, Wake::SlaTimer { .. })), "the work is asked for at once");
        assert_eq!(
            app.asked("acme", "SELECT requested_by FROM sla_recomputes"),
            [app.user_id("acme", "admin")],
            "by whoever changed it"
        );
        ring(&app, "acme").await;
        // It was two in the morning there: the whole of Monday and Tuesday count, and six hours of Wednesday from nine.
        assert_eq!(seen(&app, "acme", &ticket).await["sla"]["resolution"]["due_at"], "2026-03-04T20:00:00Z");
        assert_eq!(audited(&app), [("2026-03-04T13:00:00Z".to_owned(), "2026-03-04T20:00:00Z".to_owned())]);
        assert_eq!(told(&app, "acme"), ["sla_changed 2026-03-04T13:00:00Z 2026-03-04T20:00:00Z"]);
        let change = app.asked("acme", "SELECT detail FROM audit_logs WHERE action = 'tenant.settings_changed'");
        let change: Value = serde_json::from_str(&change[0]).unwrap();
        assert_eq!(
            (&change["from"]["time_zone"], &change["to"]["time_zone"]),
            (&json!("Europe/Moscow"), &json!("America/New_York"))
        );
    });
}

#[test]
fn what_was_counted_by_the_old_zone_while_it_was_still_remembered_is_counted_once_more() {
    pollster::block_on(async {
        let app = TestApp::new();
        // The host's tenant is in memory now, and stays there for half a minute.
        opened(&app, "acme", json!({})).await;
        set_zone(&app, "America/New_York").await;
        let report = ring(&app, "acme").await;
        let again = report.wakes.iter().find_map(|wake| match wake {
            Wake::SlaTimer { at, .. } if *at > app.platform.now.get() => Some(*at),
            _ => None,
        });
        app.advance(TimeDelta::seconds(20));
        let late = opened(&app, "acme", json!({})).await;
        assert_eq!(late["sla"]["resolution"]["due_at"], "2026-03-04T13:00:20Z");
        ring(&app, "acme").await;
        app.platform.now.set(again.expect("one more run is asked for"));
        ring(&app, "acme").await;
        assert_eq!(seen(&app, "acme", &late).await["sla"]["resolution"]["due_at"], "2026-03-04T20:00:00Z");
        assert!(app.asked("acme", "SELECT subject FROM sla_recomputes").is_empty());
        assert_eq!(audited(&app).len(), 2, "each ticket is changed once");
    });
}

#[test]
fn a_zone_that_was_changed_past_the_portal_is_found_by_the_sweep() {
    pollster::block_on(async {
        let app = TestApp::new();
        let sweep = Job::Sweep { tenant: tenant("acme") };
        let ticket = opened(&app, "acme", json!({})).await;
        jobs::run(&app.platform, &sweep).await;
        app.platform.databases["PLATFORM_DB"].inspect(|db| {
            db.execute("UPDATE tenants SET zone = 'America/New_York' WHERE slug = 'acme'", []).unwrap();
        });
        for _ in 0..2 {
            let report = jobs::run(&app.platform, &sweep).await;
            assert!(report.failures.is_empty(), "{report:?}");
            app.advance(TimeDelta::minutes(5));
        }
        assert_eq!(seen(&app, "acme", &ticket).await["sla"]["resolution"]["due_at"], "2026-03-04T20:00:00Z");
        assert_eq!(audited(&app).len(), 1);
        let report = jobs::run(&app.platform, &sweep).await;
        assert!(!report.done.iter().any(|(duty, _)| *duty == "sla_recompute"), "once is enough: {report:?}");
    });
}

#[test]
fn another_zone_of_a_calendar_moves_deadlines_likewise() {
    pollster::block_on(async {
        let app = TestApp::new();
        let office = calendar(&app, late_office()).await;
        policy(&app, &office, json!({})).await;
        let ticket = opened(&app, "acme", json!({"priority": "high"})).await;
        assert_eq!(ticket["sla"]["resolution"]["due_at"], "2026-03-02T15:00:00Z");
        let mut moved = late_office();
        moved["zone"] = json!("Asia/Dubai");
        let path = format!("/api/sla/calendars/{}", office["id"].as_str().unwrap());
        app.manager("acme").header("if-match", "*").put(&path, moved).await.expect(200);
        ring(&app, "acme").await;
        // It was eleven there: eight hours are over at seven in the evening, the same moment.
        assert_eq!(seen(&app, "acme", &ticket).await["sla"]["resolution"]["due_at"], "2026-03-02T15:00:00Z");
        let mut moved = late_office();
        moved["zone"] = json!("America/New_York");
        app.manager("acme").header("if-match", "*").put(&path, moved).await.expect(200);
        ring(&app, "acme").await;
        // From ten in the morning there, which is 15:00 in Greenwich.
        assert_eq!(seen(&app, "acme", &ticket).await["sla"]["resolution"]["due_at"], "2026-03-02T23:00:00Z");
        assert_eq!(audited(&app), [("2026-03-02T15:00:00Z".to_owned(), "2026-03-02T23:00:00Z".to_owned())]);
    });
}

#[test]
fn a_zone_that_is_none_changes_nothing() {
    pollster::block_on(async {
        let app = TestApp::new();
        for (zone, code) in [(json!("Europe/Atlantis"), "unknown_zone"), (json!(3), "wrong_type"), (json!(null), "wrong_type")] {
            let answer = app.admin("acme").patch("/api/tenant/settings", json!({"time_zone": zone})).await.expect(422).json();
            assert_eq!(
                (answer["errors"][0]["field"].as_str(), answer["errors"][0]["code"].as_str()),
                (Some("time_zone"), Some(code))
            );
        }
        let same = set_zone(&app, "Europe/Moscow").await;
        assert_eq!(same["time_zone"], "Europe/Moscow");
        assert!(app.asked("acme", "SELECT subject FROM sla_recomputes").is_empty());
        app.manager("acme").patch("/api/tenant/settings", json!({"time_zone": "UTC"})).await.expect(403);
    });
}
