//! Devices: whose they are, which are taken, and what ends them.

use chrono::TimeDelta;
use functions::actions::jobs;
use serde_json::json;
use shared::job::Job;
use shared::platform::Pushed;
use tests::app::TestApp;

use super::sealing::{SECRET, SENDER};
use super::{deliver, device, notice, pushed, registered, run, say, subscribe, subscription, tenant, ticket, waiting};

#[test]
fn a_device_ends_with_its_session_and_with_its_person() {
    run(async {
        let app = TestApp::new();
        device(&app, "client", "a").await;
        device(&app, "agent", "b").await;
        app.client("acme").post("/api/auth/logout", json!({})).await.expect(204);
        assert_eq!(registered(&app).len(), 1, "signed out");
        let agent = app.user_id("acme", "agent");
        app.admin("acme").header("if-match", "*").delete(&format!("/api/users/{agent}")).await.expect(204);
        assert_eq!(registered(&app).len(), 0, "gone");
    });
}

#[test]
fn a_device_is_its_owners_alone_and_may_be_tried_and_taken_away() {
    run(async {
        let app = TestApp::new();
        let id = device(&app, "client", "a").await;
        assert_eq!(device(&app, "client", "a").await, id, "the same once more");
        let list = app.client("acme").get("/api/push/devices").await.expect(200).json();
        assert_eq!((list["data"][0]["id"].as_str(), list["data"][0]["current"].as_bool()), (Some(id.as_str()), Some(true)));
        assert!(!list.to_string().contains("push.vendor"), "the address is a key");
        for (tenant, role) in [("acme", "agent"), ("globex", "client")] {
            let other = || app.signed_in(tenant, role);
            other().delete(&format!("/api/push/devices/{id}")).await.expect(404);
            other().post(&format!("/api/push/devices/{id}/test"), json!({})).await.expect(404);
        }
        app.client("acme").put("/api/push/quiet-hours", json!({"from": "09:00", "until": "11:00"})).await.expect(200);
        app.client("acme").post(&format!("/api/push/devices/{id}/test"), json!({})).await.expect(202);
        let read = notice(&app).await;
        assert_eq!((read["path"].as_str(), read["tag"].as_str()), (Some("/"), Some("trial")), "whoever tries is awake");
        let profile = app.client("acme").in_browser().get("/profile").await.expect(200);
        assert!(profile.round_trips <= 3 && profile.text().contains(&id), "{}", profile.round_trips);
        app.client("acme").in_browser().submit(&format!("/profile/devices/{id}/remove"), &[]).await.expect(303);
        assert_eq!(registered(&app).len(), 0);
        let page =
            app.client("acme").in_browser().submit("/profile/quiet", &[("from", "22:00"), ("until", "")]).await.expect(422);
        assert!(page.text().contains("value=\"22:00\""), "what was typed is still there");
    });
}

#[test]
fn a_device_of_somebody_else_becomes_that_of_whoever_signs_in_on_it() {
    run(async {
        let app = TestApp::new();
        device(&app, "client", "a").await;
        let (id, _) = ticket(&app).await;
        say(app.agent("acme"), &id, "For the client.").await;
        device(&app, "manager", "a").await;
        deliver(&app).await;
        assert!(pushed(&app).is_empty(), "what waited was for the other");
        assert_eq!(app.asked("acme", "SELECT user_id FROM push_devices"), [app.user_id("acme", "manager")]);
    });
}

#[test]
fn an_address_inside_and_keys_that_are_none_are_refused_and_so_is_a_device_too_many() {
    run(async {
        let app = TestApp::new();
        for endpoint in
            ["http://push.vendor.example/x", "https://127.0.0.1/x", "https://acme.example/x", "https://localhost/x", "x"]
        {
            let mut body = subscription("a");
            body["endpoint"] = json!(endpoint);
            app.client("acme").post("/api/push/devices", body).await.expect(422);
        }
        let mut body = subscription("a");
        body["keys"] = json!({"p256dh": SECRET, "auth": SECRET});
        let refused = app.client("acme").post("/api/push/devices", body).await.expect(422).json();
        assert_eq!(refused["errors"][0]["field"], "keys.p256dh");
        app.tenant_database("acme").inspect(|connection| {
            for index in 0..20 {
                connection
                    .execute(
                        "INSERT INTO sessions (tenant_id, id, user_id, kind, created_at, expires_at)
                         SELECT tenant_id, 'ses_' || ?1, id, 'api', 1, 9999999999999 FROM users WHERE id = ?2",
                        (format!("{index:032}"), app.user_id("acme", "client")),
                    )
                    .unwrap();
                connection
                    .execute(
                        "INSERT INTO push_devices (tenant_id, id, user_id, session_id, endpoint, p256dh, auth, label, locale, created_at, seen_at)
                         SELECT tenant_id, 'dev_' || ?1, user_id, id, 'https://push.vendor.example/' || ?1, 'x', 'x', '', 'en', 1, 1
                         FROM sessions WHERE id = 'ses_' || ?1",
                        [format!("{index:032}")],
                    )
                    .unwrap();
            }
        });
        let refused = subscribe(app.client("acme"), "one-more").await.expect(409);
        assert_eq!(refused.code(), "too_many_devices");
        assert!(!refused.json()["detail"].as_str().unwrap().contains("error-"), "a text is missing: {}", refused.text());
    });
}

#[test]
fn a_device_that_its_service_does_not_know_any_more_is_forgotten() {
    run(async {
        for status in [404, 410] {
            let app = TestApp::new();
            device(&app, "client", "a").await;
            let (id, _) = ticket(&app).await;
            say(app.agent("acme"), &id, "Hello.").await;
            app.platform.push_answers.borrow_mut().push_back(Ok(Pushed { status, retry_after_seconds: None }));
            deliver(&app).await;
            assert_eq!((registered(&app).len(), waiting(&app)), (0, 0), "{status}");
        }
    });
}

#[test]
fn devices_that_have_not_come_for_long_are_forgotten_and_their_sessions_stay_until_then() {
    run(async {
        let app = TestApp::new();
        device(&app, "client", "a").await;
        app.tenant_database("acme").inspect(|connection| {
            connection
                .execute("UPDATE sessions SET expires_at = 1 WHERE id IN (SELECT session_id FROM push_devices)", [])
                .unwrap();
        });
        let sweep = async || {
            let report = jobs::run(&app.platform, &Job::Sweep { tenant: tenant() }).await;
            assert!(report.failures.is_empty(), "{report:?}");
        };
        app.platform.now.set(app.platform.now.get() + TimeDelta::days(30));
        sweep().await;
        assert_eq!(registered(&app).len(), 1);
        app.platform.now.set(app.platform.now.get() + TimeDelta::days(31));
        sweep().await;
        assert_eq!(registered(&app).len(), 0);
    });
}

#[test]
fn the_key_is_told_to_whoever_is_signed_in() {
    run(async {
        let app = TestApp::new();
        assert_eq!(app.client("acme").get("/api/push/key").await.expect(200).json()["key"], SENDER.0);
        app.anon("acme").get("/api/push/key").await.expect(401);
    });
}

#[test]
fn a_device_is_not_added_to_a_session_that_was_ended_meanwhile() {
    run(async {
        let app = TestApp::new();
        device(&app, "manager", "a").await;
        // The client is signed out everywhere after the request was let in.
        app.tenant_database("acme").inspect(|connection| {
            let client = app.user_id("acme", "client");
            let sql = format!(
                "CREATE TRIGGER meanwhile AFTER DELETE ON push_devices
                 BEGIN UPDATE sessions SET revoked_at = 1 WHERE user_id = '{client}'; END"
            );
            connection.execute_batch(&sql).unwrap();
        });
        subscribe(app.client("acme"), "a").await.expect(401);
        assert_eq!(app.asked("acme", "SELECT user_id FROM push_devices"), [app.user_id("acme", "manager")]);
    });
}
