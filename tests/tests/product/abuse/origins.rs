//! Pages of other sites that a tenant lets use its API.

use chrono::TimeDelta;
use serde_json::{Value, json};
use shared::http::{Body, Method};
use tests::app::{Answer, TestApp};

const NAMED: &str = "https://app.vendor.example";

async fn with_origins() -> TestApp {
    let app = TestApp::new();
    let set = json!({"cors_origins": [NAMED]});
    app.admin("acme").patch("/api/tenant/settings", set).await.expect(200);
    app.advance(TimeDelta::seconds(31));
    app
}

async fn preflight(app: &TestApp, origin: &str, method: &str, path: &str) -> Answer {
    let caller = app.anon("acme").header("origin", origin).header("access-control-request-method", method);
    caller.send(Method::Options, path, Body::Empty, None).await
}

fn lets_in(answer: &Answer) -> Option<&str> {
    assert_eq!(answer.headers.get("access-control-allow-credentials"), None);
    answer.headers.get("access-control-allow-origin")
}

#[test]
fn a_named_origin_asks_with_its_token_and_reads_the_answer() {
    pollster::block_on(async {
        let app = with_origins().await;
        let asked = preflight(&app, NAMED, "PATCH", "/api/v2/tickets/tkt_1").await.expect(204);
        assert_eq!((lets_in(&asked), asked.headers.get("access-control-allow-methods")), (Some(NAMED), Some("PATCH")));
        for field in ["authorization", "content-type", "if-match", "idempotency-key"] {
            assert!(asked.headers.get("access-control-allow-headers").unwrap().contains(field), "{field}");
        }
        assert_eq!(asked.headers.get("vary"), Some("origin"));
        let answer = app.agent("acme").header("origin", NAMED).get("/api/tickets").await.expect(200);
        assert_eq!(lets_in(&answer), Some(NAMED));
        assert!(answer.headers.get("access-control-expose-headers").unwrap().contains("ratelimit"));
        // Refusals are read too: they say what is wrong.
        assert_eq!(lets_in(&app.anon("acme").header("origin", NAMED).get("/api/tickets").await.expect(401)), Some(NAMED));
    });
}

#[test]
fn nobody_else_is_let_in() {
    pollster::block_on(async {
        let app = with_origins().await;
        for origin in [
            "https://evil.example",
            "https://app.vendor.example.evil.example",
            "https://app.vendor.example:444",
            "http://app.vendor.example",
            "https://APP.vendor.example",
            "https://sub.app.vendor.example",
            "https://app.vendor.example/",
            "null",
            "*",
            "",
        ] {
            assert_eq!(lets_in(&preflight(&app, origin, "GET", "/api/tickets").await), None, "{origin}");
            assert_eq!(lets_in(&app.agent("acme").header("origin", origin).get("/api/tickets").await), None, "{origin}");
        }
        assert_eq!(lets_in(&app.agent("globex").header("origin", NAMED).get("/api/tickets").await), None, "another tenant");
    });
}

#[test]
fn signing_in_sessions_and_pages_stay_shut_to_other_sites() {
    pollster::block_on(async {
        let app = with_origins().await;
        for (method, path) in [
            ("POST", "/api/auth/login"),
            ("POST", "/api/v2/auth/login"),
            ("POST", "/api/auth/refresh"),
            ("POST", "/api/auth/step-up"),
            ("POST", "/api/oauth/token"),
            ("DELETE", "/api/sessions"),
            ("GET", "/api/live"),
            ("POST", "/api/inbound/email"),
            ("POST", "/login"),
            ("GET", "/agent/tickets"),
            ("GET", "/api/no/such/path"),
            ("DELETE", "/api/audit"),
        ] {
            let asked = preflight(&app, NAMED, method, path).await;
            assert_ne!(asked.status, 204, "{method} {path}");
        }
        let body = json!({"username": 1});
        assert_eq!(lets_in(&app.anon("acme").header("origin", NAMED).post("/api/auth/login", body).await), None);
        // A cookie does nothing for another site's page: it cannot change a thing, and the browser never sends one unasked.
        let forged = app.agent("acme").in_browser().header("origin", NAMED).header("sec-fetch-site", "cross-site");
        forged.post("/api/tickets", json!({"title": "x", "description": "y"})).await.expect(403);
    });
}

#[test]
fn only_exact_origins_of_others_can_be_named() {
    pollster::block_on(async {
        let app = TestApp::new();
        let set = async |origins: Value| app.admin("acme").patch("/api/tenant/settings", json!({"cors_origins": origins})).await;
        for origin in [
            "*",
            "null",
            "https://*.vendor.example",
            "http://app.vendor.example",
            "https://app.vendor.example/",
            "https://app.vendor.example/path",
            "https://app.vendor.example:443",
            "https://App.vendor.example",
            "https://127.0.0.1",
            "https://localhost",
            "https://acme.example",
            "app.vendor.example",
            "",
        ] {
            let problem = set(json!([origin])).await.expect(422).json();
            assert_eq!(problem["errors"][0]["field"], "cors_origins", "{origin}");
        }
        let many: Vec<String> = (0..21).map(|number| format!("https://app{number}.vendor.example")).collect();
        set(json!(many)).await.expect(422);
        set(json!([NAMED, "https://two.vendor.example"])).await.expect(200);
        let admin = || app.admin("acme").in_browser();
        let fields =
            [("rate_limit_per_minute", "100"), ("rate_limit_burst", "20"), ("cors_origins", "https://one.vendor.example *")];
        assert!(admin().submit("/agent/security", &fields).await.expect(422).text().contains("https://one.vendor.example *"));
    });
}
