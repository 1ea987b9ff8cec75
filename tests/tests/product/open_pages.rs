//! Open pages: a socket lives no longer than the session that opened it, and never with rights that its person has lost.

use serde_json::{Value, json};
use shared::platform::Wake;
use tests::app::{PASSWORD, TestApp};

const NEW_PASSWORD: &str = "violet tractor climbs quietly";

fn run(test: impl Future<Output = ()>) {
    pollster::block_on(test);
}

/// What the hub of `acme` was told since the last call, events aside.
fn told(app: &TestApp) -> Vec<Value> {
    let acme = format!("tnt_{}", "a".repeat(32));
    app.wakes
        .borrow_mut()
        .drain(..)
        .filter_map(|wake| match wake {
            Wake::Hub { tenant, message } if tenant.as_str() == acme => serde_json::from_str::<Value>(&message).ok(),
            _ => None,
        })
        .filter(|message| message["kind"] != "publish")
        .collect()
}

/// The session of that kind (`api`, `browser`) that the tests' person of this role has.
fn session(app: &TestApp, role: &str, kind: &str) -> String {
    let user = app.user_id("acme", role);
    app.tenant_database("acme").inspect(|connection| {
        connection
            .query_row("SELECT id FROM sessions WHERE user_id = ?1 AND kind = ?2", [user.as_str(), kind], |row| row.get(0))
            .unwrap()
    })
}

fn session_ended(session: &str) -> Value {
    json!({"kind": "end_sessions", "sessions": [session]})
}

fn person_ended(app: &TestApp, role: &str) -> Value {
    json!({"kind": "end_people", "people": [app.user_id("acme", role)]})
}

#[test]
fn signing_out_ends_the_pages_of_that_session() {
    run(async {
        let app = TestApp::new();
        let (api, browser) = (session(&app, "agent", "api"), session(&app, "agent", "browser"));
        app.agent("acme").post("/api/auth/logout", json!({})).await.expect(204);
        assert_eq!(told(&app), [session_ended(&api)]);
        app.agent("acme").in_browser().submit("/logout", &[]).await.expect(303);
        assert_eq!(told(&app), [session_ended(&browser)]);
        // Whoever is out already ends nothing.
        app.anon("acme").submit("/logout", &[]).await.expect(303);
        assert!(told(&app).is_empty());
    });
}

#[test]
fn signing_out_everywhere_ends_every_session_and_every_page() {
    run(async {
        let app = TestApp::new();
        let answer = app.agent("acme").post("/api/auth/logout/everywhere", json!({})).await.expect(204);
        assert!(answer.round_trips <= 3, "{}", answer.round_trips);
        assert_eq!(told(&app), [person_ended(&app, "agent")]);
        app.agent("acme").get("/api/auth/me").await.expect(401);
        app.agent("acme").in_browser().get("/api/auth/me").await.expect(401);
        app.manager("acme").get("/api/auth/me").await.expect(200);
        // The same from the profile's page.
        let page = app.client("acme").in_browser().get("/profile").await.expect(200).text();
        assert!(page.contains("action=\"/logout/everywhere\""), "{page}");
        let answer = app.client("acme").in_browser().submit("/logout/everywhere", &[]).await.expect(303);
        assert_eq!(answer.headers.get("location"), Some("/login"));
        assert_eq!(told(&app), [person_ended(&app, "client")]);
        app.client("acme").get("/api/auth/me").await.expect(401);
        let written: i64 = app.tenant_database("acme").inspect(|connection| {
            connection
                .query_row("SELECT COUNT(*) FROM audit_logs WHERE action = 'session.all_closed'", [], |row| row.get(0))
                .unwrap()
        });
        assert_eq!(written, 2);
    });
}

#[test]
fn a_changed_password_ends_the_pages_of_other_sessions_and_leaves_this_one() {
    run(async {
        let app = TestApp::new();
        let change = async |current: &'static str| {
            let fields = [("current", current), ("password", NEW_PASSWORD)];
            app.client("acme").in_browser().submit("/profile/password", &fields).await
        };
        change("not the password").await.expect(422);
        assert!(told(&app).is_empty());
        change(PASSWORD).await.expect(303);
        let mut expected = person_ended(&app, "client");
        expected["except"] = json!(session(&app, "client", "browser"));
        assert_eq!(told(&app), [expected]);
    });
}

#[test]
fn a_password_by_mailed_link_ends_every_page_of_the_person() {
    run(async {
        let app = TestApp::new();
        app.anon("acme").submit("/password/forgot", &[("email", "client@acme.example")]).await.expect(200);
        let token = super::auth_accounts::token(&app, shared::store::one_time::Purpose::PasswordReset).await;
        told(&app);
        app.anon("acme").submit("/password/reset", &[("token", &token), ("password", "short")]).await.expect(422);
        assert!(told(&app).is_empty());
        app.anon("acme").submit("/password/reset", &[("token", &token), ("password", NEW_PASSWORD)]).await.expect(200);
        assert_eq!(told(&app), [person_ended(&app, "client")]);
    });
}

#[test]
fn another_role_makes_the_pages_come_back_with_it_and_deactivation_ends_them() {
    run(async {
        let app = TestApp::new();
        let agent = app.user_id("acme", "agent");
        let change = async |change: Value| app.admin("acme").patch(&format!("/api/users/{agent}"), change).await.expect(200);
        change(json!({"name": "Somebody Else"})).await;
        assert!(told(&app).is_empty());
        change(json!({"role": "client"})).await;
        assert_eq!(told(&app), [json!({"kind": "renew_people", "people": [agent]})]);
        change(json!({"role": "client"})).await;
        assert!(told(&app).is_empty(), "nothing has changed");
        change(json!({"role": "agent", "status": "disabled"})).await;
        assert_eq!(told(&app), [person_ended(&app, "agent")]);
        // A refused change touches nobody.
        let admin = format!("/api/users/{}", app.user_id("acme", "admin"));
        app.admin("acme").patch(&admin, json!({"role": "agent"})).await.expect(409);
        assert!(told(&app).is_empty());
    });
}

#[test]
fn a_refresh_token_that_comes_twice_ends_the_pages_of_its_session() {
    run(async {
        let app = TestApp::new();
        let login = json!({"username": "agent@acme.example", "password": PASSWORD});
        let sign_in = async || app.anon("acme").post("/api/auth/login", login.clone()).await.expect(200).json();
        let exchange = async |tokens: &Value| {
            app.anon("acme").post("/api/auth/refresh", json!({"refresh_token": tokens["refresh_token"]})).await
        };
        let latest = || -> String {
            app.tenant_database("acme").inspect(|connection| {
                connection
                    .query_row(
                        "SELECT subject FROM audit_logs WHERE action = 'session.reuse_detected' ORDER BY at DESC, id DESC",
                        [],
                        |row| row.get(0),
                    )
                    .unwrap()
            })
        };
        let tokens = sign_in().await;
        exchange(&tokens).await.expect(200);
        assert!(told(&app).is_empty());
        exchange(&tokens).await.expect(401);
        assert_eq!(told(&app), [session_ended(&latest())]);
        exchange(&tokens).await.expect(401);
        assert!(told(&app).is_empty(), "that session is over");
        // Of two exchanges at once the loser ends it.
        app.advance(chrono::TimeDelta::seconds(1));
        let tokens = sign_in().await;
        app.tenant_database("acme").interleave(true);
        let _ = futures::join!(exchange(&tokens), exchange(&tokens));
        app.tenant_database("acme").interleave(false);
        assert_eq!(told(&app), [session_ended(&latest())]);
    });
}

#[test]
fn signing_in_over_another_session_of_the_browser_ends_that_ones_pages() {
    run(async {
        let app = TestApp::new();
        let former = session(&app, "client", "browser");
        let fields = [("username", "agent@acme.example"), ("password", PASSWORD)];
        app.client("acme").in_browser().submit("/login", &fields).await.expect(303);
        assert_eq!(told(&app), [session_ended(&former)]);
    });
}
