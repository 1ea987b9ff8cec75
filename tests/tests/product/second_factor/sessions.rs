//! Where a person is signed in: seen, ended from afar, and over by itself.

use chrono::TimeDelta;
use serde_json::{Value, json};
use shared::platform::Wake;
use tests::app::{PASSWORD, TestApp};

use super::{audited, bearer, enrol, run, set, sign_in};

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0";

/// The cookie of a browser in which acme's agent has just signed in.
async fn browser(app: &TestApp) -> String {
    let fields = [("username", "agent@acme.example"), ("password", PASSWORD)];
    let answer = app.anon("acme").in_browser().header("user-agent", FIREFOX).submit("/login", &fields).await.expect(303);
    answer.session_cookie().split(';').next().unwrap().to_owned()
}

async fn me(app: &TestApp, cookie: &str) -> u16 {
    app.anon("acme").header("cookie", cookie).get("/api/auth/me").await.status
}

async fn list(app: &TestApp, cookie: &str) -> Vec<Value> {
    let answer = app.anon("acme").header("cookie", cookie).get("/api/sessions").await.expect(200);
    assert!(answer.round_trips <= 2);
    answer.json()["data"].as_array().unwrap().clone()
}

#[test]
fn a_person_sees_their_own_sessions_latest_first_with_device_and_place() {
    run(async {
        let app = TestApp::new();
        app.advance(TimeDelta::hours(1));
        let cookie = browser(&app).await;
        let sessions = list(&app, &cookie).await;
        assert_eq!(sessions.len(), 3, "this one and the two that the tests sign in with");
        let here = sessions.iter().find(|session| session["current"] == true).unwrap();
        assert_eq!(here["device"], json!({"browser": "Firefox", "system": "Linux"}));
        assert_eq!(
            (&here["kind"], &here["network"], &here["second_factor"]),
            (&json!("browser"), &json!("192.0.2.7"), &json!(false))
        );
        assert_eq!(sessions.iter().filter(|session| session["current"] == true).count(), 1);
        let text = serde_json::to_string(&sessions).unwrap();
        assert!(!text.contains(cookie.split_once('=').unwrap().1), "no secret is told");
    });
}

#[test]
fn the_list_goes_page_by_page() {
    run(async {
        let app = TestApp::new();
        for _ in 0..3 {
            app.advance(TimeDelta::seconds(1));
            sign_in(&app, "client", None).await;
        }
        let (mut seen, mut target) = (Vec::new(), "/api/sessions?limit=2".to_owned());
        loop {
            let page = app.client("acme").get(&target).await.expect(200).json();
            seen.extend(page["data"].as_array().unwrap().iter().map(|session| session["id"].as_str().unwrap().to_owned()));
            match page["meta"]["next_cursor"].as_str() {
                Some(cursor) => target = format!("/api/sessions?limit=2&cursor={cursor}"),
                None => break,
            }
        }
        assert_eq!(seen.len(), 5);
        assert_eq!(seen.iter().collect::<std::collections::BTreeSet<_>>().len(), 5);
        for bad in ["cursor=zzz", "limit=0", "colour=red", "user=zzz"] {
            app.client("acme").get(&format!("/api/sessions?{bad}")).await.expect(422);
        }
    });
}

#[test]
fn somebody_elses_sessions_are_for_those_who_manage_people() {
    run(async {
        let app = TestApp::new();
        let agent = app.user_id("acme", "agent");
        for role in ["client", "agent", "manager", "analyst"] {
            let other = app.user_id("acme", if role == "agent" { "client" } else { "agent" });
            app.signed_in("acme", role).get(&format!("/api/sessions?user={other}")).await.expect(403);
        }
        app.agent("acme").get(&format!("/api/sessions?user={agent}")).await.expect(200);
        let seen = app.admin("acme").get(&format!("/api/sessions?user={agent}")).await.expect(200).json();
        let id = seen["data"][0]["id"].as_str().unwrap().to_owned();
        let foreign = app.admin("globex").get(&format!("/api/sessions?user={agent}")).await.expect(200).json();
        assert_eq!(foreign["data"], json!([]), "a person of another tenant is one who never was");
        app.client("acme").delete(&format!("/api/sessions/{id}")).await.expect(404);
        app.admin("globex").delete(&format!("/api/sessions/{id}")).await.expect(404);
        app.admin("acme").delete(&format!("/api/sessions/{id}")).await.expect(204);
        app.admin("acme").delete(&format!("/api/sessions/{id}")).await.expect(404);
        app.admin("acme").delete("/api/sessions/zzz").await.expect(404);
        assert_eq!(audited(&app, "session.ended"), 1);
    });
}

#[test]
fn a_session_that_is_ended_from_afar_ends_at_once_with_its_open_pages() {
    run(async {
        let app = TestApp::new();
        let (here, there) = (browser(&app).await, browser(&app).await);
        let id = list(&app, &there).await.iter().find(|session| session["current"] == true).unwrap()["id"]
            .as_str()
            .unwrap()
            .to_owned();
        app.wakes.borrow_mut().clear();
        let token = sign_in(&app, "agent", None).await;
        bearer(&app, &token).delete(&format!("/api/sessions/{id}")).await.expect(204);
        assert_eq!((me(&app, &there).await, me(&app, &here).await), (401, 200));
        let told =
            app.wakes.borrow().iter().any(
                |wake| matches!(wake, Wake::Hub { message, .. } if message.contains("end_sessions") && message.contains(&id)),
            );
        assert!(told, "the open pages are told");
        bearer(&app, &token).delete("/api/sessions").await.expect(204);
        assert_eq!(me(&app, &here).await, 401);
        bearer(&app, &token).get("/api/auth/me").await.expect(200);
    });
}

#[test]
fn the_use_of_a_session_is_noted_after_the_answer_once_in_five_minutes() {
    run(async {
        let app = TestApp::new();
        let cookie = browser(&app).await;
        let seen = async || {
            let sessions = list(&app, &cookie).await;
            sessions.iter().find(|session| session["current"] == true).unwrap()["last_seen_at"].as_str().unwrap().to_owned()
        };
        let first = seen().await;
        app.advance(TimeDelta::seconds(299));
        me(&app, &cookie).await;
        assert_eq!(seen().await, first);
        app.advance(TimeDelta::seconds(1));
        let answer = app.anon("acme").header("cookie", cookie.clone()).get("/api/auth/me").await;
        assert_eq!(answer.round_trips, 1, "it costs the request nothing");
        assert_ne!(seen().await, first);
    });
}

#[test]
fn a_browser_that_is_not_used_is_signed_out_and_so_is_one_that_is_used_for_too_long() {
    run(async {
        let app = TestApp::new();
        set(&app, json!({"session_idle_minutes": 30, "session_absolute_hours": 2})).await;
        let used = browser(&app).await;
        let idle = browser(&app).await;
        for _ in 0..4 {
            app.advance(TimeDelta::minutes(29));
            assert_eq!(me(&app, &used).await, 200);
        }
        assert_eq!(me(&app, &idle).await, 401, "not used for half an hour");
        assert_eq!(list(&app, &used).await.len(), 3, "what is over is not listed");
        app.advance(TimeDelta::minutes(4));
        assert_eq!(me(&app, &used).await, 401, "two hours are over");
    });
}

#[test]
fn a_shorter_limit_ends_sessions_that_were_opened_under_a_longer_one() {
    run(async {
        let app = TestApp::new();
        let cookie = browser(&app).await;
        app.advance(TimeDelta::hours(3));
        assert_eq!(me(&app, &cookie).await, 200);
        set(&app, json!({"session_absolute_hours": 2})).await;
        assert_eq!(me(&app, &cookie).await, 401);
        let fields = [("username", "agent@acme.example"), ("password", PASSWORD)];
        let answer = app.anon("acme").in_browser().submit("/login", &fields).await.expect(303);
        assert!(answer.session_cookie().ends_with("Max-Age=7200"));
    });
}

#[test]
fn the_page_lists_sessions_and_what_happened_and_ends_one() {
    run(async {
        let app = TestApp::new();
        let there = browser(&app).await;
        let id = list(&app, &there).await.iter().find(|session| session["current"] == true).unwrap()["id"]
            .as_str()
            .unwrap()
            .to_owned();
        app.anon("acme")
            .post("/api/auth/login", json!({"username": "agent@acme.example", "password": "wrong"}))
            .await
            .expect(401);
        app.anon("acme")
            .post("/api/auth/login", json!({"username": "client@acme.example", "password": "wrong"}))
            .await
            .expect(401);
        let page =
            app.agent("acme").in_browser().header("accept-language", "en").get("/profile/security").await.expect(200).text();
        assert!(page.contains("Firefox, Linux") && page.contains(&format!("/profile/security/sessions/{id}/end")));
        assert_eq!(page.matches("Refused: wrong password, code or passkey").count(), 1, "one's own, not another's");
        assert!(page.contains("Signed in"));
        let foreign = app.client("acme").in_browser().submit(&format!("/profile/security/sessions/{id}/end"), &[]).await;
        foreign.expect(404);
        assert_eq!(me(&app, &there).await, 200);
        // Whoever manages people ends those of others elsewhere, not on this page.
        app.admin("acme").in_browser().submit(&format!("/profile/security/sessions/{id}/end"), &[]).await.expect(404);
        app.agent("acme").in_browser().submit(&format!("/profile/security/sessions/{id}/end"), &[]).await.expect(303);
        assert_eq!(me(&app, &there).await, 401);
        let another = browser(&app).await;
        app.agent("acme").in_browser().submit("/profile/security/sessions/end-others", &[]).await.expect(303);
        assert_eq!(me(&app, &another).await, 401);
        app.agent("acme").in_browser().get("/profile/security").await.expect(200);
    });
}

#[test]
fn a_session_says_whether_the_second_factor_opened_it() {
    run(async {
        let app = TestApp::new();
        let (device, _) = enrol(&app, "agent").await;
        let access = sign_in(&app, "agent", Some(&device)).await;
        let sessions = bearer(&app, &access).get("/api/sessions").await.expect(200).json();
        let here = sessions["data"].as_array().unwrap().iter().find(|session| session["current"] == true).unwrap().clone();
        assert_eq!(here["second_factor"], true);
    });
}

#[test]
fn what_somebody_reads_of_their_sign_ins_is_found_by_an_index() {
    let app = TestApp::new();
    let (_, statements) = shared::store::TENANT_STATEMENTS.iter().find(|(file, _)| *file == "sign_ins").unwrap();
    let plan: Vec<String> = app.tenant_database("acme").inspect(|connection| {
        let mut prepared = connection.prepare(&format!("EXPLAIN QUERY PLAN {}", statements[0].1.text())).unwrap();
        prepared.query_map([None::<i64>; 3], |row| row.get::<_, String>(3)).unwrap().map(Result::unwrap).collect()
    });
    assert!(plan.iter().any(|step| step.contains("audit_logs_of_sessions")), "{plan:?}");
    assert!(plan.iter().any(|step| step.contains("audit_logs_by_subject")), "{plan:?}");
}

/// After how many minutes from now a socket that the browser opens now is given up.
async fn socket_minutes(app: &TestApp, cookie: &str) -> i64 {
    let asking =
        app.anon("acme").header("cookie", cookie).header("upgrade", "websocket").header("origin", "https://acme.example");
    let until = asking.get("/api/live").await.expect(101).seat.unwrap()["until"].as_i64().unwrap();
    (until - app.platform.now.get().timestamp_millis()) / 60_000
}

#[test]
fn a_socket_does_not_outlive_the_session_that_it_was_opened_in() {
    run(async {
        let app = TestApp::new();
        set(&app, json!({"session_idle_minutes": 60, "session_absolute_hours": 2})).await;
        let cookie = browser(&app).await;
        assert_eq!(socket_minutes(&app, &cookie).await, 60, "the session is not used again");
        app.advance(TimeDelta::minutes(4));
        assert_eq!(socket_minutes(&app, &cookie).await, 56, "a use that is not noted yet does not count");
        app.advance(TimeDelta::minutes(46));
        assert_eq!(socket_minutes(&app, &cookie).await, 60, "another use");
        app.advance(TimeDelta::minutes(40));
        assert_eq!(socket_minutes(&app, &cookie).await, 30, "in any case");
        app.advance(TimeDelta::minutes(30));
        assert_eq!(me(&app, &cookie).await, 401);
    });
}
