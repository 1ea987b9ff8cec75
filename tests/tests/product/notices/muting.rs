//! What is muted is not queued, whoever queues it; everything else is.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::app::TestApp;

use super::{change, choose, deliver, fates, of, opened, ring, run, say};

async fn assign(app: &TestApp, ticket: &Value) {
    change(app.manager("acme"), ticket, json!({"assignee": app.user_id("acme", "agent")})).await;
}

#[test]
fn a_client_who_has_muted_a_kind_gets_none_of_it_and_others_get_theirs() {
    run(async {
        for kind in ["ticket_received", "agent_reply", "status_changed", "ticket_resolved"] {
            let app = TestApp::new();
            choose(app.client("acme"), json!({kind: false})).await;
            let ticket = opened(&app, json!({"cc": ["boss@client.example"]})).await;
            say(app.agent("acme"), &ticket, json!({"body": "We look into it."})).await;
            change(app.agent("acme"), &ticket, json!({"status": "waiting_customer"})).await;
            change(app.agent("acme"), &ticket, json!({"status": "resolved"})).await;
            app.advance(TimeDelta::days(10));
            app.as_product("acme", async |ctx| functions::actions::ratings::remind_due(ctx, 10).await.unwrap()).await;
            let wanted = |template: &str, others: &[&str]| {
                let muted = kind == template || (kind == "ticket_resolved" && template == "rating_reminder");
                let mut all: Vec<String> = others.iter().map(|&other| other.to_owned()).collect();
                all.extend((!muted).then(|| "client@acme.example".to_owned()));
                all.sort();
                let mut queued = of(&app, template);
                queued.sort();
                assert_eq!(queued, all, "{template} while {kind} is muted");
            };
            wanted("ticket_received", &[]);
            wanted("agent_reply", &["boss@client.example"]);
            wanted("status_changed", &["boss@client.example", "boss@client.example"]);
            wanted("ticket_resolved", &[]);
            wanted("rating_reminder", &[]);
            // What was done is done, whoever is told of it.
            assert_eq!(app.asked("acme", "SELECT status FROM tickets"), ["resolved"]);
            assert_eq!(app.asked("acme", "SELECT id FROM ticket_comments").len(), 1);
        }
    });
}

#[test]
fn a_person_is_known_by_the_address_alone() {
    run(async {
        let app = TestApp::new();
        choose(app.client("acme"), json!({"agent_reply": false})).await;
        let body = json!({"title": "My own printer", "description": "It is silent.", "cc": ["client@acme.example", "boss@client.example"]});
        let ticket = app.manager("acme").post("/api/tickets", body).await.expect(201).json();
        app.tenant_database("acme").inspect(|db| {
            db.execute_batch(
                "INSERT INTO outbox (tenant_id, id, kind, template, recipient, locale, ticket_id, data, state, due_at, created_at)
                    SELECT tenant_id, 'obx_by_address', 'mail', 'agent_reply', 'client@acme.example', 'en', id, '{}', 'queued', 1, 1 FROM tickets",
            )
            .unwrap();
        });
        say(app.agent("acme"), &ticket, json!({"body": "We look into it."})).await;
        assert_eq!(of(&app, "agent_reply"), ["boss@client.example", "manager@acme.example"]);
    });
}

#[test]
fn of_several_people_whom_one_statement_tells_only_the_one_who_muted_is_left_out() {
    run(async {
        let app = TestApp::new();
        let ticket = opened(&app, json!({})).await;
        let second = json!({"email": "second@acme.example", "name": "Second Manager", "role": "manager"});
        app.admin("acme").post("/api/users", second).await.expect(201);
        choose(app.manager("acme"), json!({"escalated": false, "sla_breach": false})).await;
        assign(&app, &ticket).await;
        change(app.agent("acme"), &ticket, json!({"escalation": {"level": 1, "reason": "The warehouse stands still"}})).await;
        assert_eq!(of(&app, "escalated"), ["second@acme.example"]);
        // The timer's own notices: the assignee and the other manager hear of the missed promise.
        app.advance(TimeDelta::days(3));
        ring(&app).await;
        let mut told = of(&app, "sla_breach");
        told.sort();
        told.dedup();
        assert_eq!(told, ["agent@acme.example", "second@acme.example"]);
        // All of the batch stands beside what was left out: violation, history and audit line.
        assert!(!app.asked("acme", "SELECT ticket_id FROM sla_violations").is_empty());
        assert!(!app.asked("acme", "SELECT id FROM audit_logs WHERE action = 'sla.fired'").is_empty());
    });
}

#[test]
fn a_member_of_the_desk_who_has_muted_a_kind_gets_none_of_it() {
    run(async {
        for kind in ["assigned", "client_reply", "sla_warning", "sla_breach"] {
            let app = TestApp::new();
            choose(app.agent("acme"), json!({kind: false})).await;
            let ticket = opened(&app, json!({})).await;
            assign(&app, &ticket).await;
            say(app.client("acme"), &ticket, json!({"body": "Anybody there?"})).await;
            // A warning, then a missed promise.
            app.advance(TimeDelta::hours(3));
            ring(&app).await;
            app.advance(TimeDelta::days(4));
            ring(&app).await;
            for template in ["assigned", "client_reply", "sla_warning", "sla_breach"] {
                let told = of(&app, template).contains(&"agent@acme.example".to_owned());
                assert_eq!(told, template != kind, "{template} while {kind} is muted");
            }
        }
        let app = TestApp::new();
        choose(app.manager("acme"), json!({"escalated": false})).await;
        let ticket = opened(&app, json!({})).await;
        change(app.agent("acme"), &ticket, json!({"escalation": {"level": 1, "reason": "Why not"}})).await;
        assert!(of(&app, "escalated").is_empty());
        assert_eq!(app.asked("acme", "SELECT escalation_level FROM tickets"), ["1"]);
    });
}

#[test]
fn an_answer_that_its_reader_has_muted_is_still_an_answer_on_the_page() {
    run(async {
        let app = TestApp::new();
        choose(app.client("acme"), json!({"agent_reply": false})).await;
        let ticket = opened(&app, json!({})).await;
        say(app.agent("acme"), &ticket, json!({"body": "It is the blue cartridge."})).await;
        deliver(&app).await;
        assert!(fates(&app, "agent_reply").is_empty());
        let page = app.client("acme").in_browser().get("/tickets/ACME-1").await.expect(200).text();
        assert!(page.contains("It is the blue cartridge."));
    });
}

#[test]
fn mails_about_the_account_always_leave() {
    run(async {
        let app = TestApp::new();
        let every = json!(["password_reset", "confirm_registration", "confirm_address", "agent_reply"]).to_string();
        app.tenant_database("acme").inspect(|db| {
            db.execute("UPDATE users SET muted_notices = ?1", [every]).unwrap();
        });
        app.anon("acme").submit("/password/forgot", &[("email", "client@acme.example")]).await;
        assert_eq!(of(&app, "password_reset"), ["client@acme.example"]);
        for kind in ["password_reset", "confirm_registration", "confirm_address"] {
            let answer = app.client("acme").patch("/api/users/me/notifications", json!({"mail": {kind: false}})).await;
            assert_eq!((answer.status, answer.json()["errors"][0]["code"].as_str()), (422, Some("unknown_value")));
        }
    });
}
