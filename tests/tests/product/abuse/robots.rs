//! Forms for everybody, and those who fill them in without reading.

use chrono::TimeDelta;
use serde_json::{Value, json};
use shared::platform::{Config, ConnectionError, Fetched};
use tests::app::TestApp;

const SITE_KEY: &str = "0x4AAAAAAAsite";
const SECRET: &str = "0x4AAAAAAAsecret-of-acme";

#[test]
fn whoever_fills_in_what_people_do_not_see_gets_nothing_done() {
    pollster::block_on(async {
        let app = TestApp::new();
        let people = app.asked("acme", "SELECT COUNT(*) FROM users");
        let register = [
            ("name", "Robot"),
            ("email", "robot@client.example"),
            ("password", "correct horse battery staple"),
            ("website", "https://spam.example"),
        ];
        app.anon("acme").submit("/register", &register).await.expect(429);
        let forgot = [("email", "client@acme.example"), ("website", "x")];
        app.anon("acme").submit("/password/forgot", &forgot).await.expect(429);
        let ticket = [("email", "robot@client.example"), ("name", "R"), ("title", "T"), ("description", "D"), ("website", "x")];
        app.anon("acme").submit_multipart("/tickets/new", &ticket).await.expect(429);
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM users"), people);
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM outbox"), ["0"]);
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM tickets"), ["0"]);
        // People leave it empty.
        app.anon("acme")
            .submit("/register", &[("website", "")].into_iter().chain(register[..3].iter().copied()).collect::<Vec<_>>())
            .await
            .expect(200);
        app.anon("acme").submit("/password/forgot", &[("email", "client@acme.example"), ("website", "")]).await.expect(200);
    });
}

#[test]
fn the_forms_for_everybody_have_the_field_and_hide_it() {
    pollster::block_on(async {
        let app = TestApp::new();
        for path in ["/register", "/password/forgot", "/tickets/new"] {
            let page = app.anon("acme").get(path).await.expect(200).text();
            let (before, field) = page.split_once("name=\"website\"").unwrap_or_else(|| panic!("{path} has no such field"));
            let field = field.split('>').next().unwrap();
            assert!(
                field.contains("tabindex=\"-1\"") && field.contains("autocomplete=\"off\"") && !field.contains("required"),
                "{path}"
            );
            assert!(before.rsplit("<div").next().unwrap().starts_with(" class=\"sr\" aria-hidden=\"true\""), "{path}");
        }
        assert!(!app.client("acme").in_browser().get("/tickets/new").await.expect(200).text().contains("name=\"website\""));
    });
}

/// A tenant that asks visitors to show that they are people.
async fn with_challenge() -> TestApp {
    let app = TestApp::new();
    let set = json!({"turnstile_site_key": SITE_KEY, "turnstile_secret": SECRET});
    let answer = app.admin("acme").patch("/api/tenant/settings", set).await.expect(200);
    assert_eq!((&answer.json()["turnstile_site_key"], &answer.json()["turnstile_secret"]), (&json!(SITE_KEY), &Value::Null));
    app.advance(TimeDelta::seconds(31));
    app
}

/// What one question to the platform's database answers.
fn platform_asked(app: &TestApp, sql: &str) -> String {
    app.platform.databases["PLATFORM_DB"].inspect(|connection| connection.query_row(sql, [], |row| row.get(0)).unwrap())
}

fn verdict(body: &Value) -> Result<Fetched, ConnectionError> {
    Ok(Fetched { status: 200, body: body.to_string().into_bytes() })
}

async fn forget(app: &TestApp, token: &str) -> u16 {
    let fields = [("email", "client@acme.example"), ("cf-turnstile-response", token)];
    app.anon("acme").submit("/password/forgot", &fields).await.status
}

#[test]
fn whoever_shows_that_they_are_a_person_is_let_in_and_the_service_is_asked_with_the_secret() {
    pollster::block_on(async {
        let app = with_challenge().await;
        app.platform.called.borrow_mut().push_back(verdict(&json!({"success": true, "hostname": "acme.example"})));
        assert_eq!(forget(&app, "token&1").await, 200);
        let calls = app.platform.calls.borrow();
        let form = format!("secret={SECRET}&response=token%261&remoteip=192.0.2.7");
        assert_eq!(*calls, [("https://challenges.cloudflare.com/turnstile/v0/siteverify".to_owned(), Some(form))]);
    });
}

#[test]
fn whoever_does_not_gets_nothing_done_on_any_of_the_forms() {
    pollster::block_on(async {
        let app = with_challenge().await;
        let people = app.asked("acme", "SELECT COUNT(*) FROM users");
        let unreadable = || Ok(Fetched { status: 200, body: b"<html>".to_vec() });
        for answer in [
            verdict(&json!({"success": false, "error-codes": ["timeout-or-duplicate"]})),
            verdict(&json!({"success": true, "hostname": "globex.example"})),
            verdict(&json!({"success": true})),
            verdict(&json!({"success": "true", "hostname": "acme.example"})),
            Ok(Fetched { status: 500, body: json!({"success": true, "hostname": "acme.example"}).to_string().into_bytes() }),
            Ok(Fetched { status: 302, body: Vec::new() }),
            unreadable(),
            Err(ConnectionError("slow".to_owned())),
        ] {
            app.platform.called.borrow_mut().push_back(answer);
            assert_eq!(forget(&app, "token").await, 422);
        }
        let asked = app.platform.calls.borrow().len();
        assert_eq!(asked, 8);
        // Nobody is asked about what cannot be a token.
        assert_eq!((forget(&app, "").await, forget(&app, &"x".repeat(2_049)).await), (422, 422));
        let register =
            [("name", "Robot"), ("email", "robot@client.example"), ("password", "correct horse battery staple of the harbour")];
        let page = app.anon("acme").header("accept-language", "en").submit("/register", &register).await.expect(422).text();
        assert!(page.contains("We could not see that you are a person") && page.contains("value=\"Robot\""), "{page}");
        let ticket = [("email", "robot@client.example"), ("name", "R"), ("title", "T"), ("description", "D")];
        app.anon("acme").submit_multipart("/tickets/new", &ticket).await.expect(422);
        assert_eq!(app.platform.calls.borrow().len(), asked);
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM users"), people);
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM outbox"), ["0"]);
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM tickets"), ["0"]);
        // Whoever is signed in has shown it already, and other tenants do not ask.
        app.client("acme").in_browser().submit_multipart("/tickets/new", &ticket[2..]).await.expect(303);
        app.anon("globex").submit("/password/forgot", &[("email", "client@globex.example")]).await.expect(200);
    });
}

#[test]
fn the_widget_and_its_origin_are_on_the_pages_that_ask_and_nowhere_else() {
    pollster::block_on(async {
        let app = with_challenge().await;
        let origin = "https://challenges.cloudflare.com";
        for path in ["/register", "/password/forgot", "/tickets/new"] {
            let page = app.anon("acme").get(path).await.expect(200);
            let policy = page.headers.get("content-security-policy").unwrap().to_owned();
            assert!(policy.contains(&format!("frame-src 'self' {origin};")), "{policy}");
            let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap();
            let script = format!("<script nonce=\"{nonce}\" src=\"{origin}/turnstile/v0/api.js\"");
            let text = page.text();
            assert!(text.contains(&script) && text.contains(&format!("data-sitekey=\"{SITE_KEY}\"")), "{text}");
            assert!(!text.contains(SECRET));
            let other = app.anon("globex").get(path).await.expect(200);
            assert!(!other.text().contains("turnstile"));
            assert!(!other.headers.get("content-security-policy").unwrap().contains(origin));
        }
        for page in [app.anon("acme").get("/login").await, app.client("acme").in_browser().get("/tickets/new").await] {
            assert!(!page.headers.get("content-security-policy").unwrap().contains(origin));
            assert!(!page.expect(200).text().contains("turnstile"));
        }
    });
}

#[test]
fn the_secret_is_sealed_goes_with_its_key_and_is_shown_to_nobody() {
    pollster::block_on(async {
        let app = with_challenge().await;
        let change = async |body: Value| app.admin("acme").patch("/api/tenant/settings", body).await;
        let stored = || platform_asked(&app, "SELECT settings FROM tenants WHERE slug = 'acme'");
        let sealed = || serde_json::from_str::<Value>(&stored()).unwrap()["turnstile_secret"].clone();
        assert!(!stored().contains(SECRET) && sealed().as_str().unwrap().starts_with("v1."));
        let first = sealed();
        // Other settings, and `null`, leave it.
        change(json!({"auto_close_days": 9, "turnstile_secret": null})).await.expect(200);
        app.advance(TimeDelta::seconds(31));
        assert_eq!(sealed(), first);
        change(json!({"turnstile_secret": "0x4AAAAAAAanother"})).await.expect(200);
        assert_ne!(sealed(), first);
        app.advance(TimeDelta::seconds(31));
        for bad in ["with space", "кириллица", &"x".repeat(101), ""] {
            assert_eq!(
                change(json!({"turnstile_secret": bad})).await.expect(422).json()["errors"][0]["field"],
                "turnstile_secret"
            );
            let problem = change(json!({"turnstile_site_key": bad})).await.expect(422).json();
            assert_eq!(problem["errors"][0]["field"], "turnstile_site_key");
        }
        let everything = [
            app.admin("acme").get("/api/tenant/settings").await.expect(200).text(),
            app.admin("acme").get("/api/audit").await.expect(200).text(),
            app.admin("acme").in_browser().get("/agent/security").await.expect(200).text(),
            platform_asked(&app, "SELECT group_concat(detail) FROM platform_audit"),
        ]
        .concat();
        assert!(!everything.contains("0x4AAAAAAAanother") && !everything.contains(SECRET) && !everything.contains("v1."));
        // Without its public key it is gone, and without it there is no new one.
        change(json!({"turnstile_site_key": null})).await.expect(200);
        app.advance(TimeDelta::seconds(31));
        assert_eq!(sealed(), Value::Null);
        let problem = change(json!({"turnstile_site_key": SITE_KEY})).await.expect(422).json();
        assert_eq!(
            (&problem["errors"][0]["field"], &problem["errors"][0]["code"]),
            (&json!("turnstile_secret"), &json!("required"))
        );
    });
}

#[test]
fn a_secret_under_a_former_key_still_opens_and_is_sealed_anew() {
    pollster::block_on(async {
        let mut app = with_challenge().await;
        let keys = |current: &str, former: Option<&str>| shared::auth::envelope::DataKeys::new(&current.repeat(32), former);
        let former = "2d".repeat(32);
        let config: &mut Config = &mut app.platform.config;
        config.data_keys = keys("3c", Some(&former));
        let good = || verdict(&json!({"success": true, "hostname": "acme.example"}));
        app.platform.called.borrow_mut().push_back(good());
        assert_eq!(forget(&app, "token").await, 200);
        app.admin("acme").patch("/api/tenant/settings", json!({"auto_close_days": 9})).await.expect(200);
        app.advance(TimeDelta::seconds(31));
        app.platform.config.data_keys = keys("3c", None);
        app.platform.called.borrow_mut().push_back(good());
        assert_eq!(forget(&app, "token").await, 200);
        app.platform.config.data_keys = keys("4b", None);
        app.platform.called.borrow_mut().push_back(good());
        assert_eq!(forget(&app, "token").await, 500);
    });
}
