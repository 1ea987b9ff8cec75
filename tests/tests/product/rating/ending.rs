//! What the end of a ticket brings with it, however it ends: a cycle to rate, figures of whoever ended it, a request and a reminder.

use chrono::TimeDelta;
use functions::actions::jobs;
use functions::actions::ratings;
use serde_json::{Value, json};
use shared::id::TenantId;
use shared::job::Job;
use shared::mail::Envelope;
use shared::mail::parse::parse;
use tests::app::TestApp;

use super::{change, figures, link, run, solved, ticket};

async fn remind(app: &TestApp) -> usize {
    app.as_product("acme", async |ctx| ratings::remind_due(ctx, 50).await.unwrap()).await
}

fn reminders(app: &TestApp) -> Vec<String> {
    app.asked("acme", "SELECT recipient FROM outbox WHERE template = 'rating_reminder' ORDER BY recipient")
}

fn requests(app: &TestApp) -> Vec<String> {
    app.asked("acme", "SELECT cycle FROM rating_requests ORDER BY cycle")
}

fn asked_by_mail(app: &TestApp) -> usize {
    app.asked("acme", "SELECT id FROM outbox WHERE template = 'ticket_resolved'").len()
}

#[test]
fn a_ticket_that_the_desk_closes_without_resolving_is_counted_and_asked_about() {
    run(async {
        let app = TestApp::new();
        let id = ticket(&app).await;
        app.advance(TimeDelta::minutes(30));
        change(&app, &id, json!({"status": "closed"})).await;
        assert_eq!(requests(&app), ["1"]);
        assert_eq!(asked_by_mail(&app), 1);
        let kept = figures(&app).await;
        assert_eq!((&kept["handled"], &kept["resolution_seconds"]), (&json!(1), &json!(1800)));
        // Another end is another cycle: the first one's rating, long final, is not the second's.
        let rating = format!("/api/tickets/{id}/rating");
        app.client("acme").post(&rating, json!({"score": 2})).await.expect(201);
        app.advance(TimeDelta::days(2));
        change(&app, &id, json!({"status": "in_progress"})).await;
        change(&app, &id, json!({"status": "closed"})).await;
        app.client("acme").get(&rating).await.expect(404);
        app.client("acme").post(&rating, json!({"score": 5})).await.expect(201);
    });
}

#[test]
fn a_client_who_closes_a_ticket_gets_no_mail_of_it_and_may_rate() {
    run(async {
        let app = TestApp::new();
        let id = ticket(&app).await;
        let path = format!("/api/tickets/{id}");
        app.client("acme").header("if-match", "*").patch(&path, json!({"status": "closed"})).await.expect(200);
        assert_eq!(asked_by_mail(&app), 0);
        assert_eq!(requests(&app), ["1"]);
        assert_eq!(figures(&app).await["handled"], 1);
        app.client("acme").post(&format!("{path}/rating"), json!({"score": 5})).await.expect(201);
    });
}

#[test]
fn nobody_is_asked_about_a_ticket_that_nobody_took_up() {
    run(async {
        let app = TestApp::new();
        for role in ["client", "agent"] {
            let body = json!({"title": "By mistake", "description": "Sorry.", "priority": "critical"});
            let id = app.client("acme").post("/api/tickets", body).await.expect(201).json()["id"].as_str().unwrap().to_owned();
            let caller = app.signed_in("acme", role).header("if-match", "*");
            caller.patch(&format!("/api/tickets/{id}"), json!({"status": "closed"})).await.expect(200);
        }
        assert!(requests(&app).is_empty());
        assert_eq!(asked_by_mail(&app), 0);
    });
}

#[test]
fn a_closed_ticket_that_was_resolved_is_one_end() {
    run(async {
        let app = TestApp::new();
        let id = solved(&app).await;
        app.client("acme").post(&format!("/api/tickets/{id}/rating"), json!({"score": 4})).await.expect(201);
        change(&app, &id, json!({"status": "closed"})).await;
        assert_eq!(app.client("acme").get(&format!("/api/tickets/{id}/rating")).await.expect(200).json()["score"], 4);
        assert_eq!(figures(&app).await["handled"], 1);
        assert_eq!(asked_by_mail(&app), 1);
    });
}

#[test]
fn a_ticket_that_is_opened_again_and_again_counts_once_and_its_time_once() {
    run(async {
        let app = TestApp::new();
        let id = ticket(&app).await;
        for _ in 0..3 {
            app.advance(TimeDelta::minutes(20));
            change(&app, &id, json!({"status": "resolved"})).await;
            change(&app, &id, json!({"status": "in_progress"})).await;
        }
        let kept = figures(&app).await;
        assert_eq!((&kept["handled"], &kept["resolution_seconds"]), (&json!(1), &json!(3600)));
        // Somebody else who resolves it in the end has handled it too, in the time since.
        app.advance(TimeDelta::minutes(10));
        change(&app, &id, json!({"assignee": app.user_id("acme", "manager"), "status": "resolved"})).await;
        assert_eq!(
            app.asked(
                "acme",
                "SELECT u.role || ' ' || tickets_resolved || ' in ' || resolution_seconds FROM agent_figures f
                JOIN users u ON u.id = f.agent_id ORDER BY 1"
            ),
            ["agent 1 in 3600", "manager 1 in 600"]
        );
    });
}

#[test]
fn a_rating_is_of_whoever_had_the_ticket_when_it_ended() {
    run(async {
        let app = TestApp::new();
        let id = solved(&app).await;
        change(&app, &id, json!({"assignee": app.user_id("acme", "manager")})).await;
        app.client("acme").post(&format!("/api/tickets/{id}/rating"), json!({"score": 4})).await.expect(201);
        assert_eq!(app.asked("acme", "SELECT agent_id FROM ratings"), [app.user_id("acme", "agent")]);
        let kept = figures(&app).await;
        assert_eq!((&kept["agent"]["name"], &kept["ratings"]), (&json!("acme agent"), &json!(1)));
    });
}

#[test]
fn a_ticket_that_nobody_has_counts_for_the_agent_who_resolves_it() {
    run(async {
        let app = TestApp::new();
        let body = json!({"title": "Posting stops", "description": "Error 1203."});
        let id = app.client("acme").post("/api/tickets", body).await.expect(201).json()["id"].as_str().unwrap().to_owned();
        change(&app, &id, json!({"status": "resolved"})).await;
        assert_eq!(app.asked("acme", "SELECT agent_id FROM agent_figures"), [app.user_id("acme", "agent")]);
    });
}

/// A ticket of somebody who has no account, resolved.
async fn of_a_guest(app: &TestApp) -> String {
    let body = json!({"title": "Posting stops", "description": "Error 1203.", "requester": {"email": "guest@else.example"}});
    let id = app.agent("acme").post("/api/tickets", body).await.expect(201).json()["id"].as_str().unwrap().to_owned();
    change(app, &id, json!({"status": "resolved"})).await;
    app.tenant_database("acme").inspect(|db| db.execute("UPDATE tickets SET from_unverified = 1", []).unwrap());
    id
}

#[test]
fn whoever_has_no_account_is_reminded_as_they_were_asked() {
    run(async {
        let app = TestApp::new();
        of_a_guest(&app).await;
        assert_eq!(asked_by_mail(&app), 1);
        app.advance(TimeDelta::days(4));
        assert_eq!(remind(&app).await, 1);
        assert_eq!(reminders(&app), ["guest@else.example"]);
    });
}

#[test]
fn whoever_is_disabled_or_whose_mail_comes_back_is_not_reminded() {
    run(async {
        for absence in ["status = 'disabled'", "mail_blocked_at = 1"] {
            let app = TestApp::new();
            of_a_guest(&app).await;
            let sql = format!("UPDATE users SET {absence} WHERE email = 'guest@else.example'");
            app.tenant_database("acme").inspect(|db| db.execute(&sql, []).unwrap());
            app.advance(TimeDelta::days(4));
            remind(&app).await;
            assert!(reminders(&app).is_empty(), "{absence}");
        }
    });
}

#[test]
fn a_ticket_whose_writer_is_confirmed_has_another_version() {
    run(async {
        let app = TestApp::new();
        let id = of_a_guest(&app).await;
        let version = || app.asked("acme", "SELECT version || ' ' || from_unverified FROM tickets");
        let before = app.agent("acme").get(&format!("/api/tickets/{id}")).await.expect(200).json()["version"].as_i64().unwrap();
        assert_eq!(version(), [format!("{before} 1")]);
        let guest = app.asked("acme", "SELECT id FROM users WHERE email = 'guest@else.example'").remove(0);
        app.admin("acme")
            .header("if-match", "*")
            .patch(&format!("/api/users/{guest}"), json!({"status": "active"}))
            .await
            .expect(200);
        // Whoever saves what was read before is refused, and does not write the mark back.
        assert_eq!(version(), [format!("{} 0", before + 1)]);
    });
}

#[test]
fn no_reminder_goes_out_for_a_ticket_that_was_opened_again_or_merged() {
    run(async {
        let app = TestApp::new();
        let (again, merged, parent) = (solved(&app).await, solved(&app).await, ticket(&app).await);
        change(&app, &again, json!({"status": "in_progress"})).await;
        app.agent("acme").post(&format!("/api/tickets/{merged}/merge"), json!({"into": parent})).await.expect(200);
        app.advance(TimeDelta::days(30));
        assert_eq!(remind(&app).await, 0);
        assert!(reminders(&app).is_empty());
    });
}

#[test]
fn the_link_of_a_merged_ticket_rates_nothing_until_the_merge_is_undone() {
    run(async {
        let app = TestApp::new();
        let (child, parent) = (solved(&app).await, ticket(&app).await);
        let link = link(&app, &child, 1).await;
        app.agent("acme").post(&format!("/api/tickets/{child}/merge"), json!({"into": parent})).await.expect(200);
        app.anon("acme").get(&link).await.expect(404);
        app.anon("acme").submit(&link, &[("score", "4")]).await.expect(404);
        assert!(app.asked("acme", "SELECT id FROM ratings").is_empty());
        app.agent("acme").post(&format!("/api/tickets/{child}/unmerge"), json!({})).await.expect(200);
        app.anon("acme").submit(&link, &[("score", "4")]).await.expect(200);
    });
}

fn texts(app: &TestApp) -> Vec<String> {
    let sent = app.platform.outbox.borrow();
    sent.iter().map(|mail| parse(&mail.raw, &Envelope::default(), &[]).expect("a mail").text).collect()
}

#[test]
fn a_member_of_the_desk_who_asked_is_told_and_not_asked_to_rate() {
    run(async {
        let app = TestApp::new();
        let body = json!({"title": "Inner work", "description": "Upgrade the printer.", "priority": "low"});
        let id = app.manager("acme").post("/api/tickets", body).await.expect(201).json()["id"].as_str().unwrap().to_owned();
        change(&app, &id, json!({"status": "resolved"})).await;
        assert_eq!(asked_by_mail(&app), 1);
        assert!(requests(&app).is_empty());
        app.platform.outbox.borrow_mut().clear();
        let tenant = TenantId::parse(&format!("tnt_{}", "a".repeat(32))).unwrap();
        jobs::run(&app.platform, &Job::Outbox { tenant: tenant.clone() }).await;
        assert!(texts(&app).iter().all(|text| !text.contains("/rate/")), "{:?}", texts(&app));
        solved(&app).await;
        jobs::run(&app.platform, &Job::Outbox { tenant }).await;
        assert!(texts(&app).iter().any(|text| text.contains("/rate/")), "a client is asked: {:?}", texts(&app));
    });
}

#[test]
fn one_network_rates_so_often_in_an_hour_and_not_more() {
    run(async {
        let app = TestApp::new();
        let id = solved(&app).await;
        let link = link(&app, &id, 1).await;
        let first = app.anon("acme").submit(&link, &[("score", "4")]).await.expect(200);
        assert!(first.round_trips <= 3, "{}", first.round_trips);
        for _ in 1..60 {
            app.anon("acme").submit(&link, &[("score", "4")]).await.expect(200);
        }
        app.anon("acme").submit(&link, &[("score", "1")]).await.expect(429);
        assert_eq!(app.asked("acme", "SELECT DISTINCT score FROM ratings"), ["4"]);
        app.advance(TimeDelta::hours(1));
        app.anon("acme").submit(&link, &[("score", "5")]).await.expect(200);
    });
}

#[test]
fn a_rating_of_before_does_not_close_what_was_resolved_anew() {
    run(async {
        let app = TestApp::new();
        let id = solved(&app).await;
        change(&app, &id, json!({"priority": "critical"})).await;
        let path = format!("/api/tickets/{id}");
        app.client("acme").post(&format!("{path}/rating"), json!({"score": 4})).await.expect(201);
        change(&app, &id, json!({"status": "in_progress"})).await;
        change(&app, &id, json!({"status": "resolved"})).await;
        let close = async || -> Value {
            app.client("acme").header("if-match", "*").patch(&path, json!({"status": "closed"})).await.json()
        };
        assert_eq!(close().await["code"], "rating_required");
        app.client("acme").post(&format!("{path}/rating"), json!({"score": 5})).await.expect(201);
        assert_eq!(close().await["status"], "closed");
    });
}
