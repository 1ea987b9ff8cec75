//! Messages of the desk that go out later, and two answers that meet.

use chrono::TimeDelta;
use functions::actions::jobs;
use serde_json::json;
use shared::job::Job;
use shared::platform::{Platform, Wake};
use tests::app::{Answer, TestApp};

async fn ticket(app: &TestApp) -> String {
    let created =
        app.client("acme").post("/api/tickets", json!({"title": "Posting", "description": "It stops."})).await.expect(201);
    created.json()["number"].as_str().unwrap().to_owned()
}

async fn send(app: &TestApp, role: &str, number: &str, body: &str, further: &[(&str, &str)]) -> Answer {
    let public = if further.iter().any(|(name, _)| *name == "visibility") { vec![] } else { vec![("visibility", "public")] };
    let fields = [&[("body", body)], public.as_slice(), further].concat();
    app.signed_in("acme", role).in_browser().submit_multipart(&format!("/agent/tickets/{number}/comments"), &fields).await
}

async fn page(app: &TestApp, role: &str, number: &str) -> String {
    app.signed_in("acme", role).in_browser().get(&format!("/agent/tickets/{number}")).await.expect(200).text()
}

/// The job that the tenant's alarm asks for.
async fn ring(app: &TestApp) -> usize {
    let tenant = app.as_product("acme", async |ctx| ctx.tenant.id().clone()).await;
    let report = jobs::run(&app.platform, &Job::Sla { tenant }).await;
    assert!(report.failures.is_empty(), "{:?}", report.failures);
    report.done.iter().find(|(duty, _)| *duty == "pending").map_or(0, |(_, count)| *count)
}

fn bodies(app: &TestApp) -> Vec<String> {
    app.asked("acme", "SELECT body FROM ticket_comments ORDER BY created_at, id")
}

fn pending_id(app: &TestApp) -> String {
    app.asked("acme", "SELECT id FROM pending_comments").pop().expect("a message waits")
}

#[test]
fn a_message_can_be_taken_back_until_its_seconds_are_over_and_then_goes_out_once() {
    pollster::block_on(async {
        let app = TestApp::new();
        let number = ticket(&app).await;
        let sent = send(&app, "agent", &number, "Soon", &[("hold", "10"), ("status", "waiting_customer")]).await.expect(303);
        assert!(sent.round_trips <= 3, "{}", sent.round_trips);
        assert!(bodies(&app).is_empty());
        let due = app.platform.now() + TimeDelta::seconds(10);
        assert!(app.wakes.borrow().iter().any(|wake| matches!(wake, Wake::SlaTimer { at, .. } if *at == due)));
        assert_eq!(ring(&app).await, 0, "it is not due");
        assert!(page(&app, "manager", &number).await.contains("Soon"), "the desk sees what is about to go out");
        let client = app.client("acme").in_browser().get(&format!("/tickets/{number}")).await.expect(200).text();
        assert!(!client.contains("Soon"));
        app.advance(TimeDelta::seconds(10));
        assert_eq!(ring(&app).await, 1);
        assert_eq!(ring(&app).await, 0);
        assert_eq!(bodies(&app), ["Soon"]);
        let shown = app.agent("acme").get(&format!("/api/tickets/{number}")).await.expect(200).json();
        assert_eq!(
            (&shown["status"], &shown["assignee"]["id"]),
            (&json!("waiting_customer"), &json!(app.user_id("acme", "agent")))
        );
        let mails = app.asked("acme", "SELECT recipient FROM outbox WHERE template = 'agent_reply'");
        assert_eq!(mails, [app.email("acme", "client")]);
    });
}

#[test]
fn what_is_taken_back_is_the_draft_again_with_its_files_and_never_goes_out() {
    pollster::block_on(async {
        let app = TestApp::new();
        let number = ticket(&app).await;
        send(&app, "agent", &number, "Wait, no", &[("hold", "10")]).await.expect(303);
        let path = format!("/agent/tickets/{number}/pending/{}/take-back", pending_id(&app));
        app.manager("acme").in_browser().submit(&path, &[]).await.expect(404);
        app.agent("globex").in_browser().submit(&path, &[]).await.expect(404);
        app.agent("acme").put(&format!("/api/tickets/{number}/draft"), json!({"body": "Another beginning"})).await.expect(200);
        let back = app.agent("acme").in_browser().submit(&path, &[]).await.expect(303);
        assert!(back.round_trips <= 3, "{}", back.round_trips);
        assert!(page(&app, "agent", &number).await.contains("Wait, no\n\nAnother beginning</textarea>"));
        app.advance(TimeDelta::minutes(1));
        assert_eq!(ring(&app).await, 0);
        assert!(bodies(&app).is_empty());
        app.agent("acme").in_browser().submit(&path, &[]).await.expect(404);
    });
}

#[test]
fn a_later_moment_is_the_writers_and_send_now_does_not_wait_for_it() {
    pollster::block_on(async {
        let app = TestApp::new();
        let number = ticket(&app).await;
        // Monday, 10:00 in Moscow.
        send(&app, "agent", &number, "Tomorrow", &[("hold", "10"), ("later", "tomorrow")]).await.expect(303);
        let due = app.asked("acme", "SELECT datetime(due_at / 1000, 'unixepoch') FROM pending_comments");
        assert_eq!(due, ["2026-03-03 06:00:00"], "nine o'clock in Moscow");
        let own = [("hold", "10"), ("later_at", "2026-03-02T09:00")];
        let refused = send(&app, "agent", &number, "Yesterday", &own).await.expect(422).text();
        assert!(refused.contains("Yesterday</textarea>"));
        let path = format!("/agent/tickets/{number}/pending/{}/send", pending_id(&app));
        app.manager("acme").in_browser().submit(&path, &[]).await.expect(404);
        app.agent("acme").in_browser().submit(&path, &[]).await.expect(303);
        assert_eq!(ring(&app).await, 1);
        assert_eq!(bodies(&app), ["Tomorrow"]);
    });
}

#[test]
fn a_message_follows_its_ticket_and_one_that_cannot_go_out_stays_with_the_reason() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (one, other) = (ticket(&app).await, ticket(&app).await);
        send(&app, "agent", &one, "Follows", &[("hold", "10")]).await.expect(303);
        app.manager("acme").post(&format!("/api/tickets/{one}/merge"), json!({"into": other})).await.expect(200);
        app.advance(TimeDelta::seconds(10));
        assert_eq!(ring(&app).await, 1);
        let there = app.client("acme").get(&format!("/api/tickets/{other}/comments")).await.expect(200).text();
        assert!(there.contains("Follows"));
        send(&app, "agent", &other, "Held", &[("hold", "10")]).await.expect(303);
        app.tenant_database("acme").inspect(|db| {
            db.execute("UPDATE users SET status = 'disabled' WHERE id = ?1", [app.user_id("acme", "agent")]).unwrap();
        });
        app.advance(TimeDelta::seconds(10));
        assert_eq!(ring(&app).await, 0);
        assert_eq!(app.asked("acme", "SELECT held FROM pending_comments"), ["author_gone"]);
        let shown = page(&app, "manager", &other).await;
        assert!(shown.contains("Held") && shown.contains("учётная запись автора отключена"));
        assert_eq!(ring(&app).await, 0, "and is not tried for ever");
    });
}

#[test]
fn a_message_waits_when_a_colleague_has_answered_and_warns_when_the_client_has() {
    pollster::block_on(async {
        let app = TestApp::new();
        let number = ticket(&app).await;
        send(&app, "agent", &number, "Second", &[("hold", "30")]).await.expect(303);
        app.advance(TimeDelta::seconds(1));
        app.client("acme").post(&format!("/api/tickets/{number}/comments"), json!({"body": "One more thing"})).await.expect(201);
        assert!(page(&app, "agent", &number).await.contains("клиент написал снова"));
        app.manager("acme").post(&format!("/api/tickets/{number}/comments"), json!({"body": "First"})).await.expect(201);
        app.advance(TimeDelta::seconds(30));
        assert_eq!(ring(&app).await, 0);
        assert!(page(&app, "agent", &number).await.contains("тем временем ответил коллега"));
        let path = format!("/agent/tickets/{number}/pending/{}/send", pending_id(&app));
        app.agent("acme").in_browser().submit(&path, &[]).await.expect(303);
        assert_eq!(ring(&app).await, 1, "its writer has seen it and means it");
        assert!(bodies(&app).contains(&"Second".to_owned()));
    });
}

#[test]
fn a_second_answer_is_asked_about_once_and_comes_back_as_it_was_typed() {
    pollster::block_on(async {
        let app = TestApp::new();
        let number = ticket(&app).await;
        let seen = |page: &str| page.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let before = seen(&page(&app, "agent", &number).await);
        app.manager("acme").post(&format!("/api/tickets/{number}/comments"), json!({"body": "It is mended"})).await.expect(201);
        // What the client says, what one says oneself, and notes are no second answer.
        app.client("acme").post(&format!("/api/tickets/{number}/comments"), json!({"body": "Thanks"})).await.expect(201);
        send(&app, "agent", &number, "A note", &[("seen", &before), ("visibility", "internal")]).await.expect(303);
        let asked = send(&app, "agent", &number, "We look into it", &[("seen", &before), ("status", "waiting_customer")]).await;
        assert!(asked.round_trips <= 3, "{}", asked.round_trips);
        let asked = asked.expect(409).text();
        assert!(
            asked.contains("id=\"collision\"") && asked.contains("We look into it</textarea>") && asked.contains("It is mended")
        );
        assert!(asked.contains("name=\"status\" value=\"waiting_customer\""), "the status is kept, too");
        assert!(!bodies(&app).contains(&"We look into it".to_owned()));
        let now = seen(&asked);
        let sent = send(&app, "agent", &number, "We look into it", &[("seen", &now)]).await.expect(303);
        assert!(sent.round_trips <= 3, "{}", sent.round_trips);
        send(&app, "agent", &number, "And more", &[("seen", &now)]).await.expect(303);
    });
}

#[test]
fn the_api_and_a_form_that_does_not_ask_for_it_stand_at_once() {
    pollster::block_on(async {
        let app = TestApp::new();
        let number = ticket(&app).await;
        send(&app, "agent", &number, "By form", &[]).await.expect(303);
        app.agent("acme").post(&format!("/api/tickets/{number}/comments"), json!({"body": "By API"})).await.expect(201);
        assert_eq!(bodies(&app), ["By form", "By API"]);
    });
}

#[test]
fn everybody_chooses_for_how_long_they_can_take_back() {
    pollster::block_on(async {
        let app = TestApp::new();
        let number = ticket(&app).await;
        let hold = async |role: &str| {
            let page = page(&app, role, &number).await;
            page.split("name=\"hold\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
        };
        assert_eq!(hold("agent").await, "10");
        let choose =
            async |seconds: &str| app.agent("acme").in_browser().submit("/profile/undo", &[("undo_seconds", seconds)]).await;
        choose("0").await.expect(303);
        choose("7").await.expect(422);
        assert_eq!((hold("agent").await, hold("manager").await), ("0".to_owned(), "10".to_owned()));
        assert!(app.agent("acme").in_browser().get("/profile").await.expect(200).text().contains("/profile/undo"));
        assert!(!app.client("acme").in_browser().get("/profile").await.expect(200).text().contains("/profile/undo"));
    });
}
