//! The clocks of a ticket as its life goes on. Tickets are opened on Monday at 10:00 in Moscow; without policies of its own a
//! tenant works from 9 to 18 and promises what specification 2.2.1 says.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::app::TestApp;

use super::{changed, opened, path};

async fn sla(app: &TestApp, ticket: &Value) -> Value {
    app.agent("acme").get(&path(ticket)).await.expect(200).json()["sla"].clone()
}

#[test]
fn the_clocks_run_in_the_tenants_business_hours() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({})).await;
        // Four hours from 10:00 in Moscow; 24 hours are 8 on Monday, 9 on Tuesday, 7 on Wednesday.
        assert_eq!(ticket["sla"]["first_response"]["due_at"], "2026-03-02T11:00:00Z");
        assert_eq!(ticket["sla"]["resolution"]["due_at"], "2026-03-04T13:00:00Z");
        assert_eq!(ticket["sla"]["remaining_business_seconds"], 4 * 3600);
        assert_eq!(
            app.asked("acme", "SELECT clock || ' ' || percent FROM sla_timers ORDER BY due_at"),
            ["first_response 75", "first_response 90", "first_response 0", "resolution 75", "resolution 90", "resolution 0"]
        );
    });
}

#[test]
fn waiting_for_the_customer_stops_the_clocks_and_the_answer_starts_them_again() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({})).await;
        app.advance(TimeDelta::hours(1));
        app.agent("acme")
            .post(&format!("{}/comments", path(&ticket)), json!({"body": "Which?", "status": "waiting_customer"}))
            .await
            .expect(201);
        let paused = sla(&app, &ticket).await;
        assert_eq!(paused["state"], "paused");
        assert_eq!(paused["resolution"]["due_at"], json!(null));
        assert_eq!(paused["resolution"]["remaining_business_seconds"], 23 * 3600);
        assert!(app.asked("acme", "SELECT due_at FROM sla_timers").is_empty());
        // Two hours of waiting put the resolution off by two hours.
        app.advance(TimeDelta::hours(2));
        assert_eq!(sla(&app, &ticket).await["resolution"]["remaining_business_seconds"], 23 * 3600);
        app.client("acme")
            .post(&format!("{}/comments", path(&ticket)), json!({"body": "The blue one on the second floor"}))
            .await
            .expect(201);
        let running = sla(&app, &ticket).await;
        assert_eq!(running["resolution"]["due_at"], "2026-03-04T15:00:00Z");
        assert_eq!(running["next_response"]["due_at"], "2026-03-02T14:00:00Z", "the client waits for an answer again");
        app.agent("acme").post(&format!("{}/comments", path(&ticket)), json!({"body": "Done."})).await.expect(201);
        assert_eq!(sla(&app, &ticket).await["next_response"]["state"], "met");
    });
}

#[test]
fn another_priority_carries_over_what_is_used_up() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({})).await;
        app.advance(TimeDelta::hours(1) + TimeDelta::seconds(1));
        let high = changed(&app, &ticket, json!({"priority": "high"})).await;
        assert_eq!(high["sla"]["resolution"]["due_at"], "2026-03-02T15:00:00Z", "eight hours from the beginning, not from now");
        assert_eq!(high["sla"]["first_response"]["state"], "breached", "one hour was promised and is over");
    });
}

#[test]
fn resolving_ends_the_clocks_and_reopening_goes_on() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({})).await;
        app.advance(TimeDelta::hours(2));
        app.agent("acme")
            .post(&format!("{}/comments", path(&ticket)), json!({"body": "Done.", "status": "resolved"}))
            .await
            .expect(201);
        let ended = sla(&app, &ticket).await;
        assert_eq!(ended["state"], "met");
        assert_eq!(ended["resolution"]["met_at"], "2026-03-02T09:00:00Z");
        assert!(app.asked("acme", "SELECT due_at FROM sla_timers").is_empty());
        app.advance(TimeDelta::hours(3));
        app.client("acme").post(&format!("{}/comments", path(&ticket)), json!({"body": "It is silent again"})).await.expect(201);
        let again = sla(&app, &ticket).await;
        assert_eq!(again["resolution"]["state"], "ok");
        assert_eq!(again["resolution"]["remaining_business_seconds"], 22 * 3600, "the time in between does not count");
        assert_eq!(again["next_response"]["state"], "ok");
    });
}

#[test]
fn a_breach_that_a_change_brings_to_light_is_written_down_once() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({})).await;
        app.advance(TimeDelta::hours(5));
        for body in ["Sorry.", "Again."] {
            app.agent("acme").post(&format!("{}/comments", path(&ticket)), json!({"body": body})).await.expect(201);
        }
        assert_eq!(app.asked("acme", "SELECT clock || ' ' || number FROM sla_violations"), ["first_response 1"]);
        let history = app.agent("acme").get(&format!("{}/history", path(&ticket))).await.expect(200).text();
        assert_eq!(history.matches("sla_breached").count(), 1);
        let client = app.client("acme").get(&format!("{}/history", path(&ticket))).await.expect(200).text();
        assert!(!client.contains("sla_breached"));
    });
}

#[test]
fn the_first_policy_that_fits_counts_with_its_own_calendar() {
    pollster::block_on(async {
        let app = TestApp::new();
        let tenant = app.tenant_database("acme");
        tenant.inspect(|db| {
            db.execute_batch(
                r#"INSERT INTO sla_calendars (tenant_id, id, name, definition, created_at, updated_at)
                   SELECT tenant_id, 'cal_00000000000000000000000000000001', 'Always', '{"zone":"Europe/Moscow","around_the_clock":true}', 0, 0 FROM users LIMIT 1;
                   INSERT INTO sla_rules (tenant_id, id, name, position, calendar_id, definition, created_at, updated_at)
                   SELECT tenant_id, 'sla_00000000000000000000000000000001', 'Sales', 0, 'cal_00000000000000000000000000000001',
                     '{"name":"Sales","calendar_id":"cal_00000000000000000000000000000001","conditions":{"categories":["sales"]},
                       "targets":{"medium":{"first_response_minutes":30,"resolution_minutes":600}}}', 0, 0 FROM users LIMIT 1;"#,
            )
            .unwrap();
        });
        let sales = opened(&app, "acme", json!({"category": "sales"})).await;
        assert_eq!(sales["sla"]["resolution"]["due_at"], "2026-03-02T17:00:00Z", "ten hours, day and night");
        assert_eq!(sales["sla"]["first_response"]["due_at"], "2026-03-02T07:30:00Z");
        let seen = app.agent("acme").get(&path(&sales)).await.expect(200).json();
        assert_eq!(seen["sla"]["policy"], json!({"id": "sla_00000000000000000000000000000001", "name": "Sales"}));
        assert_eq!(seen["sla"]["resolution"]["due_at"], "2026-03-02T17:00:00Z");
        // No policy is for the others, so nothing is promised; and what changes its category changes its promises.
        let other = opened(&app, "acme", json!({})).await;
        assert_eq!(other["sla"], json!(null));
        let moved = changed(&app, &other, json!({"category": "sales"})).await;
        assert_eq!(moved["sla"]["resolution"]["due_at"], "2026-03-02T17:00:00Z");
    });
}
