//! Proving anew who one is, before something dangerous.

use chrono::TimeDelta;
use serde_json::{Value, json};
use shared::http::Method;
use tests::app::{Answer, Caller, PASSWORD, TestApp};

use super::{Device, audited, bearer, enrol, next_step, run, sign_in};

/// Everything that asks for a recent proof of an administrator.
async fn dangerous(app: &TestApp, ask: impl Fn() -> Caller<'static>) -> Vec<(String, Answer)> {
    let person = format!("/api/users/{}", app.user_id("acme", "client"));
    let other = |column: &str, one: &'static str, another: &'static str| {
        let now = app.asked("acme", &format!("SELECT {column} FROM users WHERE email = 'client@acme.example'")).remove(0);
        if now == one { another } else { one }
    };
    let (role, status) = (other("role", "analyst", "client"), other("status", "disabled", "active"));
    let mut answers = Vec::new();
    let requests: Vec<(Method, String, Value)> = vec![
        (Method::Post, "/api/auth/2fa/totp".to_owned(), json!({})),
        (Method::Delete, "/api/auth/2fa/totp".to_owned(), Value::Null),
        (Method::Post, "/api/auth/2fa/recovery-codes".to_owned(), json!({})),
        (Method::Patch, "/api/tenant/settings".to_owned(), json!({"reopen_window_days": 30})),
        (Method::Patch, person.clone(), json!({"role": role})),
        (Method::Patch, person.clone(), json!({"status": status})),
        (Method::Post, "/api/users".to_owned(), json!({"email": "new@acme.example", "name": "New", "role": "admin"})),
        (Method::Delete, format!("{person}/2fa"), Value::Null),
    ];
    for (method, path, body) in requests {
        let version = app.asked("acme", "SELECT version FROM users WHERE email = 'client@acme.example'").remove(0);
        let caller = ask().header("if-match", format!("\"{version}\""));
        let body =
            if body.is_null() { shared::http::Body::Empty } else { shared::http::Body::Bytes(body.to_string().into_bytes()) };
        answers.push((format!("{} {path}", method.as_str()), caller.send(method, &path, body, Some("application/json")).await));
    }
    answers
}

fn asks_for_proof(answer: &Answer) -> bool {
    answer.status == 403 && answer.code() == "step_up_required"
}

/// A product that outlives the callers of one test.
fn product() -> &'static TestApp {
    Box::leak(Box::new(TestApp::new()))
}

#[test]
fn a_quarter_of_an_hour_after_signing_in_the_password_is_asked_for_again() {
    run(async {
        let app = product();
        let tokens = super::login(app, "admin").await.expect(200).json();
        let access: &'static str = tokens["access_token"].as_str().unwrap().to_owned().leak();
        app.advance(TimeDelta::seconds(15 * 60));
        for (what, answer) in dangerous(app, || bearer(app, access)).await {
            assert!(asks_for_proof(&answer), "{what} answered {}", answer.status);
        }
        // What is not dangerous goes on.
        bearer(app, access).get("/api/tenant/settings").await.expect(200);
        let person = format!("/api/users/{}", app.user_id("acme", "client"));
        bearer(app, access).header("if-match", "\"1\"").patch(&person, json!({"name": "Renamed"})).await.expect(200);
        let client = json!({"email": "client2@acme.example", "name": "Client", "role": "client"});
        bearer(app, access).post("/api/users", client).await.expect(201);
        // A wrong password proves nothing, a right one opens it all.
        let wrong = bearer(app, access).post("/api/auth/step-up", json!({"password": "wrong"})).await.expect(422);
        assert_eq!(wrong.json()["errors"][0]["code"], "wrong_password");
        bearer(app, access).post("/api/auth/step-up", json!({"password": PASSWORD})).await.expect(204);
        assert_eq!((audited(app, "session.proof_refused"), audited(app, "session.verified")), (1, 1));
        for (what, answer) in dangerous(app, || bearer(app, access)).await {
            assert!(!asks_for_proof(&answer), "{what}: {}", answer.text());
        }
        // Fresh tokens are no proof.
        app.advance(TimeDelta::minutes(15));
        let refresh = json!({"refresh_token": tokens["refresh_token"]});
        let tokens = app.anon("acme").post("/api/auth/refresh", refresh).await.expect(200).json();
        let access: &'static str = tokens["access_token"].as_str().unwrap().to_owned().leak();
        for (what, answer) in dangerous(app, || bearer(app, access)).await {
            assert!(asks_for_proof(&answer), "{what} answered {}", answer.status);
        }
    });
}

#[test]
fn whoever_has_a_second_factor_proves_that_and_the_password_does_not_do() {
    run(async {
        let app = TestApp::new();
        let (device, codes) = enrol(&app, "agent").await;
        let access = sign_in(&app, "agent", Some(&device)).await;
        app.advance(TimeDelta::minutes(15));
        let remove = async || bearer(&app, &access).delete("/api/auth/2fa/totp").await;
        let prove = async |body: Value| bearer(&app, &access).post("/api/auth/step-up", body).await;
        assert!(asks_for_proof(&remove().await));
        let refused = prove(json!({"password": PASSWORD})).await.expect(422);
        assert_eq!(refused.json()["errors"][0]["field"], "code");
        prove(json!({"code": device.wrong(&app)})).await.expect(422);
        assert!(asks_for_proof(&remove().await));
        let code = device.code(&app);
        let answer = prove(json!({"code": code})).await.expect(204);
        assert!(answer.round_trips <= 3, "{}", answer.round_trips);
        prove(json!({"code": code})).await.expect(422);
        prove(json!({"code": codes[0]})).await.expect(204);
        prove(json!({"code": codes[0]})).await.expect(422);
        remove().await.expect(204);
    });
}

#[test]
fn one_code_proves_one_thing_even_at_once() {
    run(async {
        let app = TestApp::new();
        let (device, _) = enrol(&app, "agent").await;
        let access = sign_in(&app, "agent", Some(&device)).await;
        next_step(&app);
        let code = device.code(&app);
        let prove = || bearer(&app, &access).post("/api/auth/step-up", json!({"code": code}));
        app.tenant_database("acme").interleave(true);
        let (one, other) = futures::join!(prove(), prove());
        app.tenant_database("acme").interleave(false);
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [204, 422]);
    });
}

#[test]
fn guessing_in_somebody_elses_session_is_cut_off() {
    run(async {
        let app = TestApp::new();
        let (device, _) = enrol(&app, "agent").await;
        let access = sign_in(&app, "agent", Some(&device)).await;
        next_step(&app);
        for _ in 0..5 {
            bearer(&app, &access).post("/api/auth/step-up", json!({"code": device.wrong(&app)})).await.expect(422);
        }
        bearer(&app, &access).post("/api/auth/step-up", json!({"code": device.code(&app)})).await.expect(429);
        for _ in 0..10 {
            app.client("acme").post("/api/auth/step-up", json!({"password": "wrong"})).await.expect(422);
        }
        app.client("acme").post("/api/auth/step-up", json!({"password": PASSWORD})).await.expect(429);
    });
}

#[test]
fn a_body_names_one_proof() {
    run(async {
        let app = TestApp::new();
        for (body, field) in [
            (json!({}), "password"),
            (json!({"password": "x", "code": "y"}), "password"),
            (json!({"code": "000000"}), "password"),
            (json!({"pin": "0000"}), "pin"),
        ] {
            let answer = app.client("acme").post("/api/auth/step-up", body).await.expect(422);
            assert_eq!(answer.json()["errors"][0]["field"], field);
        }
        app.anon("acme").post("/api/auth/step-up", json!({"password": PASSWORD})).await.expect(401);
    });
}

/// A browser in which acme's person of that role has just signed in: its cookie.
async fn browser(app: &TestApp, role: &str) -> String {
    let username = format!("{role}@acme.example");
    let answer =
        app.anon("acme").in_browser().submit("/login", &[("username", &username), ("password", PASSWORD)]).await.expect(303);
    answer.session_cookie().split(';').next().unwrap().to_owned()
}

/// A form of the page that the browser with that cookie was shown at `page`.
async fn submit(app: &TestApp, cookie: &str, page: &str, target: &str, fields: &[(&str, &str)]) -> Answer {
    let shown = app.anon("acme").header("cookie", cookie).get(page).await.expect(200).text();
    let csrf = shown.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let all: Vec<String> = fields
        .iter()
        .chain([&("csrf", csrf.as_str())])
        .map(|(name, value)| format!("{name}={}", value.replace(' ', "+")))
        .collect();
    let body = shared::http::Body::Bytes(all.join("&").into_bytes());
    app.anon("acme")
        .header("cookie", cookie)
        .header("referer", format!("https://acme.example{page}"))
        .send(Method::Post, target, body, Some("application/x-www-form-urlencoded"))
        .await
}

#[test]
fn in_the_browser_the_proof_has_a_page_that_leads_back_and_the_cookie_changes_with_it() {
    run(async {
        let app = TestApp::new();
        let cookie = browser(&app, "agent").await;
        app.advance(TimeDelta::minutes(15));
        let sent = submit(&app, &cookie, "/profile/security", "/profile/security/totp", &[]).await.expect(303);
        assert_eq!(sent.headers.get("location"), Some("/login/confirm?next=%2Fprofile%2Fsecurity"));
        let at = "/login/confirm?next=%2Fprofile%2Fsecurity";
        let next = [("next", "/profile/security")];
        let refused = submit(&app, &cookie, at, "/login/confirm", &[next[0], ("password", "wrong")]).await.expect(422);
        assert!(refused.text().contains("aria-invalid=\"true\""));
        let proven = submit(&app, &cookie, at, "/login/confirm", &[next[0], ("password", PASSWORD)]).await.expect(303);
        assert_eq!(proven.headers.get("location"), Some("/profile/security"));
        let fresh = proven.session_cookie().split(';').next().unwrap().to_owned();
        assert_ne!(fresh, cookie);
        app.anon("acme").header("cookie", cookie.clone()).get("/api/auth/me").await.expect(401);
        let begun = submit(&app, &fresh, "/profile/security", "/profile/security/totp", &[]).await.expect(303);
        assert_eq!(begun.headers.get("location"), Some("/profile/security/setup"));
        // Whoever finds the browser open later is not shown the secret.
        app.advance(TimeDelta::minutes(15));
        let later = app.anon("acme").header("cookie", fresh).get("/profile/security/setup").await.expect(303);
        assert_eq!(later.headers.get("location"), Some("/login/confirm?next=%2Fprofile%2Fsecurity%2Fsetup"));
    });
}

#[test]
fn the_way_back_never_leads_to_another_host() {
    run(async {
        let app = TestApp::new();
        for next in ["//evil.example", "https://evil.example/", "/\\evil.example"] {
            let fields = [("password", PASSWORD), ("next", next)];
            let answer = app.client("acme").in_browser().submit("/login/confirm", &fields).await;
            if answer.status == 303 {
                let to = answer.headers.get("location").unwrap();
                assert!(to == "/profile/security" || to.starts_with("/login?"), "{to}");
            }
        }
    });
}

#[test]
fn the_set_up_of_somebody_who_has_proven_nothing_lately_is_not_begun_by_whoever_sits_there() {
    run(async {
        let app = TestApp::new();
        let access = sign_in(&app, "client", None).await;
        app.advance(TimeDelta::minutes(16));
        assert!(asks_for_proof(&bearer(&app, &access).post("/api/auth/2fa/totp", json!({})).await));
        bearer(&app, &access).post("/api/auth/step-up", json!({"password": PASSWORD})).await.expect(204);
        let offer = bearer(&app, &access).post("/api/auth/2fa/totp", json!({})).await.expect(200).json();
        Device::of(offer["secret"].as_str().unwrap());
    });
}
