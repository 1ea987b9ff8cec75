//! Notices on devices: who hears of what and when. What the tests of its parts have in common stands here, too.

mod badge;
mod devices;
mod sealing;

use chrono::TimeDelta;
use functions::actions::jobs;
use serde_json::{Value, json};
use shared::auth::base64url::decode;
use shared::auth::cryptography::Cryptography;
use shared::auth::jwk::PublicKey;
use shared::id::TenantId;
use shared::job::Job;
use shared::platform::{ConnectionError, Pushed};
use tests::app::{Answer, Caller, TestApp};
use tests::native::{NativeCryptography, PushedNotice};

use self::sealing::{DEVICE, SECRET, SENDER, opened};

fn run(test: impl Future<Output = ()>) {
    pollster::block_on(test);
}

fn tenant() -> TenantId {
    TenantId::parse(&format!("tnt_{}", "a".repeat(32))).unwrap()
}

fn subscription(name: &str) -> Value {
    json!({"endpoint": format!("https://push.vendor.example/{name}"), "expirationTime": null, "keys": {"p256dh": DEVICE.0, "auth": SECRET}})
}

async fn subscribe(caller: Caller<'_>, name: &str) -> Answer {
    let answer = caller.post("/api/push/devices", subscription(name)).await;
    assert!(answer.round_trips <= 3, "{}", answer.round_trips);
    answer
}

/// Adds a device; answers its id.
async fn device(app: &TestApp, role: &str, name: &str) -> String {
    let answer = subscribe(app.signed_in("acme", role), name).await.expect(201);
    answer.json()["id"].as_str().unwrap().to_owned()
}

async fn deliver(app: &TestApp) {
    let report = jobs::run(&app.platform, &Job::Outbox { tenant: tenant() }).await;
    assert!(report.failures.is_empty(), "{report:?}");
}

/// What services have got since this was last asked.
fn pushed(app: &TestApp) -> Vec<PushedNotice> {
    app.platform.pushes.borrow_mut().drain(..).collect()
}

/// The only notice that a service has got, as its device reads it.
async fn notice(app: &TestApp) -> Value {
    deliver(app).await;
    let all = pushed(app);
    assert_eq!(all.len(), 1, "{all:?}");
    serde_json::from_str(&opened(&all[0].body).await).unwrap()
}

async fn ticket(app: &TestApp) -> (String, String) {
    let body = json!({"title": "Printer prints nothing", "description": "Since this morning."});
    let created = app.client("acme").post("/api/tickets", body).await.expect(201).json();
    (created["id"].as_str().unwrap().to_owned(), created["number"].as_str().unwrap().to_owned())
}

async fn say(caller: Caller<'_>, ticket: &str, words: &str) -> String {
    let body = json!({"body": words, "visibility": "public"});
    let comment = caller.post(&format!("/api/tickets/{ticket}/comments"), body).await.expect(201).json();
    comment["id"].as_str().unwrap().to_owned()
}

async fn assign(app: &TestApp, ticket: &str) {
    let changes = json!({"assignee": app.user_id("acme", "agent")});
    app.manager("acme").header("if-match", "*").patch(&format!("/api/tickets/{ticket}"), changes).await.expect(200);
}

fn waiting(app: &TestApp) -> usize {
    app.asked("acme", "SELECT id FROM push_notices").len()
}

fn registered(app: &TestApp) -> Vec<String> {
    app.asked("acme", "SELECT id FROM push_devices ORDER BY id")
}

#[test]
fn an_answer_of_the_desk_is_on_the_clients_device_sealed_and_signed() {
    run(async {
        let app = TestApp::new();
        device(&app, "client", "a").await;
        let (id, number) = ticket(&app).await;
        deliver(&app).await;
        assert!(pushed(&app).is_empty(), "that it was received is no news to its writer");
        let comment = say(app.agent("acme"), &id, "Have you **tried** to turn it off?").await;
        deliver(&app).await;
        let all = pushed(&app);
        assert_eq!(all.len(), 1);
        let one = &all[0];
        assert_eq!((one.url.as_str(), one.urgency.as_str()), ("https://push.vendor.example/a", "normal"));
        assert!(one.ttl_seconds > 3600 && one.topic.len() == 32, "{one:?}");
        let read: Value = serde_json::from_str(&opened(&one.body).await).unwrap();
        assert_eq!(read["title"], format!("{number} · Printer prints nothing"));
        assert!(read["body"].as_str().unwrap().ends_with("\nHave you tried to turn it off?"), "{read}");
        assert_eq!(read["path"], format!("/tickets/{number}#c-{comment}"));
        assert_eq!((&read["tag"], &read["unread"]), (&json!(id), &json!(1)));
        // RFC 8292: for this service, for a while, by our key.
        let (token, key) = one.authorization.strip_prefix("vapid t=").unwrap().split_once(", k=").unwrap();
        assert_eq!(key, SENDER.0);
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let claims: Value = serde_json::from_slice(&decode(signed.split_once('.').unwrap().1).unwrap()).unwrap();
        assert_eq!(claims["aud"], "https://push.vendor.example");
        assert!(claims["sub"].as_str().unwrap().starts_with("mailto:"));
        let left = claims["exp"].as_i64().unwrap() - app.platform.now.get().timestamp();
        assert!((1..=24 * 3600).contains(&left), "{left}");
        let point = decode(key).unwrap();
        let key = PublicKey::p256(&point[1..33], &point[33..]).unwrap();
        assert!(NativeCryptography.is_signed(&key, signed.as_bytes(), &decode(signature).unwrap()).await);
        assert_eq!(waiting(&app), 0);
        deliver(&app).await;
        assert!(pushed(&app).is_empty(), "once");
    });
}

#[test]
fn the_desk_hears_of_what_is_its_own_and_a_client_of_nothing_internal() {
    run(async {
        let app = TestApp::new();
        device(&app, "agent", "desk").await;
        device(&app, "client", "client").await;
        let (id, number) = ticket(&app).await;
        assign(&app, &id).await;
        let read = notice(&app).await;
        assert_eq!(read["path"], format!("/agent/tickets/{number}"));
        app.agent("acme").in_browser().get(&format!("/agent/tickets/{number}")).await.expect(200);
        say(app.client("acme"), &id, "Still nothing.").await;
        let read = notice(&app).await;
        assert!(read["body"].as_str().unwrap().ends_with("Still nothing."), "{read}");
        let note = json!({"body": "Between us.", "visibility": "internal"});
        app.manager("acme").post(&format!("/api/tickets/{id}/comments"), note).await.expect(201);
        deliver(&app).await;
        assert!(pushed(&app).iter().all(|one| !one.url.ends_with("/client")));
        // What was queued for somebody who has left the desk since is not theirs any more.
        say(app.client("acme"), &id, "Now smoke.").await;
        app.tenant_database("acme").inspect(|connection| {
            let agent = app.user_id("acme", "agent");
            connection.execute("UPDATE users SET role = 'client', department_id = NULL WHERE id = ?1", [agent]).unwrap();
        });
        deliver(&app).await;
        assert!(pushed(&app).is_empty());
        assert_eq!(waiting(&app), 0);
    });
}

#[test]
fn what_is_muted_comes_by_no_way() {
    run(async {
        let app = TestApp::new();
        device(&app, "client", "a").await;
        app.client("acme").patch("/api/users/me/notifications", json!({"mail": {"agent_reply": false}})).await.expect(200);
        let (id, _) = ticket(&app).await;
        say(app.agent("acme"), &id, "Hello.").await;
        deliver(&app).await;
        assert!(pushed(&app).is_empty());
        assert_eq!(app.asked("acme", "SELECT ticket_id FROM push_news").len(), 0);
    });
}

#[test]
fn quiet_hours_hold_notices_back_until_they_end_and_what_is_read_meanwhile_does_not_come() {
    run(async {
        let app = TestApp::new();
        device(&app, "client", "a").await;
        // It is 10:00 in Moscow, where the tenant is.
        let set = app.client("acme").put("/api/push/quiet-hours", json!({"from": "09:00", "until": "11:00"})).await.expect(200);
        assert_eq!(set.json()["data"], json!({"from": "09:00", "until": "11:00"}));
        let (id, number) = ticket(&app).await;
        let (other, _) = ticket(&app).await;
        say(app.agent("acme"), &id, "Read meanwhile.").await;
        say(app.agent("acme"), &other, "First.").await;
        app.advance(TimeDelta::seconds(1));
        say(app.agent("acme"), &other, "Last.").await;
        deliver(&app).await;
        assert!(pushed(&app).is_empty());
        app.client("acme").in_browser().get(&format!("/tickets/{number}")).await.expect(200);
        app.advance(TimeDelta::minutes(61));
        let read = notice(&app).await;
        assert!(
            read["body"].as_str().unwrap().ends_with("Last.") && read["title"].as_str().unwrap().starts_with("(2)"),
            "{read}"
        );
        assert_eq!(waiting(&app), 0);
        app.client("acme").put("/api/push/quiet-hours", json!({})).await.expect(200);
        assert_eq!(app.client("acme").get("/api/push/quiet-hours").await.expect(200).json()["data"], Value::Null);
        for bad in
            [json!({"from": "22:00"}), json!({"from": "25:00", "until": "7:00"}), json!({"from": "7:00", "until": "07:00"})]
        {
            app.client("acme").put("/api/push/quiet-hours", bad).await.expect(422);
        }
    });
}

#[test]
fn what_could_not_be_handed_over_is_tried_again_when_the_service_wants_to_be_asked() {
    run(async {
        let app = TestApp::new();
        device(&app, "client", "a").await;
        let (id, _) = ticket(&app).await;
        say(app.agent("acme"), &id, "Hello.").await;
        {
            let mut answers = app.platform.push_answers.borrow_mut();
            answers.push_back(Ok(Pushed { status: 429, retry_after_seconds: Some(600) }));
            answers.push_back(Err(ConnectionError("broken off".to_owned())));
        }
        deliver(&app).await;
        assert_eq!(pushed(&app).len(), 1);
        app.advance(TimeDelta::minutes(9));
        deliver(&app).await;
        assert!(pushed(&app).is_empty(), "not before");
        app.advance(TimeDelta::minutes(1));
        deliver(&app).await;
        app.advance(TimeDelta::minutes(5));
        deliver(&app).await;
        let tries = pushed(&app);
        assert_eq!(tries.len(), 2);
        assert_eq!(tries[0].topic, tries[1].topic, "the service can tell that it is the same");
        assert_eq!(waiting(&app), 0);
        // One that never gets through is let go: there is a mail as well.
        say(app.agent("acme"), &id, "Once more.").await;
        for _ in 0..8 {
            app.platform.push_answers.borrow_mut().push_back(Ok(Pushed { status: 503, retry_after_seconds: None }));
            deliver(&app).await;
            app.advance(TimeDelta::hours(3));
        }
        assert_eq!((pushed(&app).len(), waiting(&app), registered(&app).len()), (5, 0, 1));
    });
}

#[test]
fn a_warning_whose_promise_is_kept_meanwhile_does_not_wake_a_device() {
    run(async {
        for is_settled in [false, true] {
            let app = TestApp::new();
            device(&app, "agent", "desk").await;
            let (id, number) = ticket(&app).await;
            assign(&app, &id).await;
            app.agent("acme").in_browser().get(&format!("/agent/tickets/{number}")).await.expect(200);
            deliver(&app).await;
            pushed(&app);
            app.advance(TimeDelta::hours(3));
            let report = jobs::run(&app.platform, &Job::Sla { tenant: tenant() }).await;
            assert!(report.failures.is_empty(), "{report:?}");
            assert_eq!(app.asked("acme", "SELECT template FROM push_notices"), ["sla_warning"]);
            if is_settled {
                say(app.agent("acme"), &id, "We look into it.").await;
            }
            deliver(&app).await;
            assert_eq!((pushed(&app).len(), waiting(&app)), (usize::from(!is_settled), 0));
        }
    });
}
