//! The platform's own host: operators and nobody else.

use shared::auth::{password, signer::Signer};
use shared::database::PlatformDb;
use shared::id::OperatorId;
use shared::platform::Platform;
use shared::store::platform as store;
use tests::app::{Answer, PASSWORD, TestApp};

fn run(test: impl Future<Output = ()>) {
    pollster::block_on(test);
}

const OPERATOR: &str = "opr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b";

async fn with_operator() -> TestApp {
    let app = TestApp::new();
    let operator = store::Operator {
        id: OperatorId::parse(OPERATOR).unwrap(),
        username: "operator".to_owned(),
        name: "Operator".to_owned(),
        password_hash: password::hash(PASSWORD, app.platform.config.argon2, &app.platform).unwrap(),
    };
    let database = app.platform.database("PLATFORM_DB").unwrap();
    PlatformDb::new(database.as_ref()).run(store::insert_operator(&operator, app.platform.now())).await.unwrap();
    app
}

fn csrf(app: &TestApp, actor: &str) -> String {
    Signer::new(&app.platform.config.token_secret).sign("console-csrf", &[actor])
}

async fn sign_in(app: &TestApp, username: &str, password: &str) -> Answer {
    let fields = [("username", username), ("password", password), ("csrf", &csrf(app, "anonymous"))];
    app.anon("acme").at("localhost").submit("/login", &fields).await
}

fn cookie(answer: &Answer) -> String {
    let field = answer.session_cookie();
    field.split(';').next().unwrap().to_owned()
}

fn audit(app: &TestApp) -> Vec<String> {
    app.platform.databases["PLATFORM_DB"].inspect(|connection| {
        let mut statement = connection.prepare("SELECT action FROM platform_audit ORDER BY id").unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    })
}

#[test]
fn an_operator_signs_in_sees_the_tenants_and_signs_out() {
    run(async {
        let app = with_operator().await;
        let page = app.anon("acme").at("localhost").get("/").await.expect(200);
        assert!(page.text().contains("name=\"username\"") && !page.text().to_lowercase().contains("acme"), "{}", page.text());
        let answer = sign_in(&app, "Operator", PASSWORD).await.expect(303);
        let cookie = cookie(&answer);
        let here = || app.anon("acme").at("localhost").header("cookie", &cookie);
        let page = here().get("/tenants").await.expect(200).text();
        assert!(page.contains("https://acme.example") && page.contains("TENANT_DB_2"), "{page}");
        assert_eq!(here().get("/").await.expect(303).headers.get("location"), Some("/tenants"));
        here().submit("/logout", &[("csrf", "wrong")]).await.expect(403);
        here().submit("/logout", &[("csrf", &csrf(&app, OPERATOR))]).await.expect(303);
        here().get("/tenants").await.expect(401);
        assert_eq!(audit(&app), ["session.opened", "session.closed"]);
    });
}

#[test]
fn an_unknown_operator_and_a_wrong_password_are_one_and_the_same() {
    run(async {
        let app = with_operator().await;
        let mut seen = Vec::new();
        for (username, password) in [("operator", "wrong horse battery"), ("nobodyss", PASSWORD)] {
            let before = password::computed();
            let answer = sign_in(&app, username, password).await.expect(422);
            seen.push((answer.text().replace(username, "").len(), password::computed() - before));
        }
        assert_eq!(seen[0], seen[1]);
        assert_eq!(seen[0].1, 1);
        assert_eq!(audit(&app), ["session.refused", "session.refused"]);
    });
}

#[test]
fn guessing_an_operators_password_is_cut_off() {
    run(async {
        let app = with_operator().await;
        for _ in 0..10 {
            sign_in(&app, "operator", "wrong").await.expect(422);
        }
        let answer = sign_in(&app, "operator", PASSWORD).await.expect(429);
        assert!(answer.headers.get("retry-after").is_some());
    });
}

#[test]
fn an_operators_session_is_nothing_on_a_tenants_host() {
    run(async {
        let app = with_operator().await;
        let cookie = cookie(&sign_in(&app, "operator", PASSWORD).await.expect(303));
        app.anon("acme").header("cookie", &cookie).get("/api/auth/me").await.expect(401);
        app.anon("acme").header("cookie", &cookie).get("/tenants").await.expect(404);
    });
}

#[test]
fn another_site_cannot_sign_an_operator_in() {
    run(async {
        let app = with_operator().await;
        let fields = [("username", "operator"), ("password", PASSWORD), ("csrf", &csrf(&app, "anonymous"))];
        app.anon("acme").at("localhost").header("sec-fetch-site", "cross-site").submit("/login", &fields).await.expect(403);
        app.anon("acme").at("localhost").submit("/login", &[("username", "operator"), ("password", PASSWORD)]).await.expect(403);
    });
}
