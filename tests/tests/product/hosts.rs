//! Hosts and tenants.

use shared::mail::Envelope;
use shared::mail::parse::parse;
use tests::app::TestApp;

#[test]
fn an_unknown_host_is_told_nothing_about_tenants() {
    pollster::block_on(async {
        let app = TestApp::new();
        let answer = app.anon("stranger").get("/api/tickets").await.expect(404);
        assert!(!answer.text().to_lowercase().contains("acme"), "{}", answer.text());
    });
}

#[test]
fn a_forged_forwarded_host_changes_nothing() {
    pollster::block_on(async {
        let app = TestApp::new();
        let answer = app.anon("stranger").header("x-forwarded-host", "acme.example").get("/api/system/versions").await;
        assert_eq!(answer.status, 404);
    });
}

#[test]
fn links_in_mails_lead_to_the_stored_host_whatever_the_request_says() {
    pollster::block_on(async {
        let app = TestApp::new();
        app.platform.databases["PLATFORM_DB"].inspect(|connection| {
            connection
                .execute(
                    "INSERT INTO tenant_domains (host, tenant_id, verified_at, created_at)
                     SELECT 'help.acme.test', id, 1, 1 FROM tenants WHERE slug = 'acme'",
                    [],
                )
                .unwrap();
        });
        let csrf = app.anon("acme").csrf_token().unwrap();
        let fields = [("email", "client@acme.example"), ("csrf", csrf.as_str())];
        let mut forged = app.anon("acme").at("help.acme.test");
        for (name, value) in [
            ("host", "evil.example"),
            ("x-forwarded-host", "evil.example"),
            ("x-host", "evil.example"),
            ("x-original-host", "evil.example"),
            ("forwarded", "host=evil.example;proto=http"),
            ("x-forwarded-port", "8443"),
            ("x-forwarded-proto", "http"),
        ] {
            forged = forged.header(name, value);
        }
        forged.submit("/password/forgot", &fields).await.expect(200);
        app.as_product("acme", async |ctx| functions::actions::outbox::deliver_due(ctx, 10).await.unwrap()).await;
        let sent = app.platform.outbox.borrow_mut().pop().unwrap();
        let mail = parse(&sent.raw, &Envelope::default(), &[]).unwrap();
        let words = format!("{} {}", mail.text, mail.html.unwrap_or_default());
        assert!(words.contains("https://acme.example/password/reset?token="), "{words}");
        for forged in ["evil.example", "8443", "http://acme", "help.acme.test"] {
            assert!(!words.contains(forged), "{forged}: {words}");
        }
    });
}

#[test]
fn what_a_client_says_of_its_address_and_country_is_not_believed() {
    pollster::block_on(async {
        let app = TestApp::new();
        let attempt = async |number: u8| {
            let mut caller = app.anon("acme");
            for name in ["cf-connecting-ip", "x-forwarded-for", "x-real-ip", "true-client-ip", "forwarded", "cf-connecting-ipv6"]
            {
                caller = caller.header(name, format!("198.51.100.{number}"));
            }
            let caller = caller.header("cf-ipcountry", "XX").header("cf-worker", "acme.example");
            let body = serde_json::json!({"username": "agent@acme.example", "password": "wrong"});
            caller.post("/api/auth/login", body).await.status
        };
        for number in 0..10 {
            assert_eq!(attempt(number).await, 401);
        }
        assert_eq!(attempt(11).await, 429, "another address in a header is not another network");
        let networks = app.asked("acme", "SELECT DISTINCT network FROM audit_logs");
        assert_eq!(networks, ["192.0.2.7"]);
    });
}

#[test]
fn health_is_told_on_a_tenants_host_and_on_the_console() {
    pollster::block_on(async {
        let app = TestApp::new();
        assert_eq!(app.anon("acme").get("/api/system/health").await.expect(200).json()["status"], "ok");
        assert_eq!(app.anon("acme").at("localhost").get("/api/system/health").await.expect(200).json()["status"], "ok");
    });
}

#[test]
fn every_response_carries_its_id_and_the_security_headers() {
    pollster::block_on(async {
        let app = TestApp::new();
        let answer = app.anon("acme").get("/api/system/versions").await.expect(200);
        assert_eq!(answer.headers.get("x-request-id").map(str::len), Some(32));
        assert_eq!(answer.headers.get("x-content-type-options"), Some("nosniff"));
        assert!(answer.headers.get("content-security-policy").is_some_and(|policy| policy.contains("default-src 'none'")));
    });
}

#[test]
fn a_version_that_is_not_there_is_refused_by_name() {
    pollster::block_on(async {
        let app = TestApp::new();
        let answer = app.anon("acme").get("/api/v9/system/versions").await.expect(422);
        assert_eq!(answer.json()["errors"][0]["field"], "version");
        app.anon("acme").get("/api/v1/system/versions").await.expect(200);
    });
}

#[test]
fn a_forgotten_queue_shows_in_the_health() {
    pollster::block_on(async {
        let app = TestApp::new();
        app.client("acme")
            .post("/api/tickets", serde_json::json!({"title": "Почта", "description": "Уйдёт ли письмо?"}))
            .await
            .expect(201);
        app.anon("acme").get("/api/system/health").await.expect(200);
        app.advance(chrono::TimeDelta::minutes(16));
        let health = app.anon("acme").get("/api/system/health").await.expect(503).json();
        assert_eq!(health["checks"][3], serde_json::json!({"name": "queue", "status": "failed", "age_seconds": 960}));
    });
}

#[test]
fn a_ticket_that_stays_resolved_is_closed_by_itself() {
    pollster::block_on(async {
        let app = TestApp::new();
        let created = app
            .client("acme")
            .post("/api/tickets", serde_json::json!({"title": "Сверка", "description": "Не сходится"}))
            .await
            .expect(201)
            .json();
        let path = format!("/api/tickets/{}", created["id"].as_str().unwrap());
        app.agent("acme").header("if-match", "*").patch(&path, serde_json::json!({"status": "resolved"})).await.expect(200);
        app.advance(chrono::TimeDelta::days(6));
        functions::actions::jobs::sweep(&app.platform).await;
        assert_eq!(app.agent("acme").get(&path).await.expect(200).json()["status"], "resolved");
        app.advance(chrono::TimeDelta::days(2));
        functions::actions::jobs::sweep(&app.platform).await;
        assert_eq!(app.agent("acme").get(&path).await.expect(200).json()["status"], "closed");
    });
}
