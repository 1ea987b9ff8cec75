//! Notices that waited for working hours, and what became of the promise meanwhile.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::app::TestApp;

use super::{change, deliver, fates, opened, ring, run, say};

#[test]
fn a_warning_that_waited_for_working_hours_is_let_go_when_its_promise_was_kept_meanwhile() {
    run(async {
        for settle in ["answered", "waiting", "left"] {
            let app = TestApp::new();
            let ticket = warned_at_night(&app).await;
            assert_eq!(fates(&app, "sla_warning"), ["queued"], "to the one who leads");
            match settle {
                "answered" => say(app.agent("acme"), &ticket, json!({"body": "We look into it."})).await,
                "waiting" => change(app.agent("acme"), &ticket, json!({"status": "waiting_customer"})).await,
                _ => {}
            }
            app.advance(TimeDelta::hours(16));
            deliver(&app).await;
            let expected = if settle == "left" { "sent" } else { "failed overtaken" };
            assert_eq!(fates(&app, "sla_warning"), [expected], "{settle}");
        }
    });
}

#[test]
fn a_warning_of_an_earlier_question_is_let_go_when_another_question_waits() {
    run(async {
        let app = TestApp::new();
        let ticket = warned_at_night(&app).await;
        let warned: Value =
            serde_json::from_str(&app.asked("acme", "SELECT data FROM outbox WHERE template = 'sla_warning'")[0]).unwrap();
        assert_eq!(warned["target"], "first_response");
        app.tenant_database("acme").inspect(|db| {
            db.execute(
                "UPDATE outbox SET data = replace(data, 'first_response', 'next_response') WHERE template = 'sla_warning'",
                [],
            )
            .unwrap();
        });
        say(app.agent("acme"), &ticket, json!({"body": "Which printer?"})).await;
        say(app.client("acme"), &ticket, json!({"body": "The blue one, and now the red one does not print either."})).await;
        app.advance(TimeDelta::hours(16));
        deliver(&app).await;
        assert_eq!(fates(&app, "sla_warning"), ["failed overtaken"]);
        // The log says why.
        let log = app.manager("acme").in_browser().get("/agent/mail/log").await.expect(200).text();
        assert!(log.contains("уладилось до его отправки"), "{log}");
    });
}

/// A ticket of Monday at 10:00 whose policy tells in working hours, after its warning came at 20:00 when the office was closed.
async fn warned_at_night(app: &TestApp) -> Value {
    let day = json!([{"start": "10:00", "end": "19:00"}]);
    let hours = json!({"name": "Late office", "zone": "Europe/Moscow",
        "week": {"monday": day, "tuesday": day, "wednesday": day, "thursday": day, "friday": day}});
    let office = app.manager("acme").post("/api/sla/calendars", hours).await.expect(201).json();
    let rule = json!({"name": "Gold", "calendar_id": office["id"], "notices": "in_hours", "hours": {"first_response": "calendar"},
        "targets": {"medium": {"first_response_minutes": 1600}}, "warn_percent": [37]});
    app.manager("acme").post("/api/sla/rules", rule).await.expect(201);
    let ticket = opened(app, json!({})).await;
    app.advance(TimeDelta::hours(10));
    ring(app).await;
    ticket
}
