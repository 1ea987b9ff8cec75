//! Tokens for keys, by OAuth's client credentials.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use serde_json::{Value, json};
use shared::http::{Body, Method};
use tests::app::{Answer, Caller, TestApp};

use super::{ask, bearer, lines, path, program, run, text};

const FORM: &str = "application/x-www-form-urlencoded";

async fn token(caller: Caller<'_>, form: &str) -> Answer {
    caller.send(Method::Post, "/api/oauth/token", Body::Bytes(form.as_bytes().to_vec()), Some(FORM)).await
}

fn basic(id: &str, secret: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")))
}

/// A form that names the client itself.
fn post(account: &str, key: &Value, rest: &str) -> String {
    format!("grant_type=client_credentials&client_id={account}&client_secret={}{rest}", text(key))
}

#[test]
fn a_key_is_exchanged_for_a_token_by_header_and_by_form() {
    run(async {
        let app = TestApp::new();
        let (account, key) = program(&app, "acme", "agent", &["ticket.read", "sla.read"]).await;
        let by_header = app.anon("acme").header("authorization", basic(&account, &text(&key)));
        let by_header = token(by_header, "grant_type=client_credentials&scope=ticket.read").await.expect(200);
        assert_eq!(by_header.headers.get("cache-control"), Some("no-store"));
        assert!(by_header.round_trips <= 2);
        let answer = by_header.json();
        let told = (&answer["token_type"], &answer["expires_in"], &answer["scope"]);
        assert_eq!(told, (&json!("Bearer"), &json!(900), &json!("ticket.read")));
        let narrow = answer["access_token"].as_str().unwrap();
        assert_eq!(ask(&app, narrow, "/api/tickets").await.expect(200).round_trips, 2);
        let refused = ask(&app, narrow, "/api/sla/rules").await.expect(403);
        assert!(refused.headers.get("www-authenticate").unwrap().contains("insufficient_scope"));

        let wide = token(app.anon("acme"), &post(&account, &key, "")).await.expect(200).json();
        assert_eq!(wide["scope"], "ticket.read sla.read");
        ask(&app, wide["access_token"].as_str().unwrap(), "/api/sla/rules").await.expect(200);
        let told = lines(&app);
        let exchanged: Vec<&String> = told.iter().filter(|line| line.contains("api_key.exchanged")).collect();
        assert_eq!(exchanged.len(), 2);
        assert!(exchanged[0].contains(&account) && !told.join("\n").contains(&text(&key)[13..]));
    });
}

#[test]
fn each_refusal_is_of_the_form_that_clients_know() {
    run(async {
        let app = TestApp::new();
        let (account, key) = program(&app, "acme", "agent", &["ticket.read"]).await;
        let (other, _) = program(&app, "acme", "agent", &["ticket.read"]).await;
        let good = text(&key);
        for (form, status, error) in [
            (String::new(), 401, "invalid_client"),
            (format!("client_id={account}&client_secret={good}"), 400, "invalid_request"),
            (post(&account, &key, "&grant_type=client_credentials"), 400, "invalid_request"),
            (post(&account, &key, "&scope=ticket.read&scope=ticket.read"), 400, "invalid_request"),
            (post(&account, &key, "").replace("client_credentials", "password"), 400, "unsupported_grant_type"),
            (post(&account, &key, "&scope=ticket.delete"), 400, "invalid_scope"),
            (post(&account, &key, "&scope=everything"), 400, "invalid_scope"),
            (post(&other, &key, ""), 401, "invalid_client"),
            (post("usr_x", &key, ""), 401, "invalid_client"),
            (format!("grant_type=client_credentials&client_id={account}&client_secret=wnk_x"), 401, "invalid_client"),
        ] {
            let answer = token(app.anon("acme"), &form).await.expect(status);
            assert_eq!(answer.json()["error"], error, "{form}");
            assert_eq!(answer.headers.get("cache-control"), Some("no-store"));
            assert_eq!(answer.headers.get("www-authenticate").is_some_and(|scheme| scheme.starts_with("Basic ")), status == 401);
        }
        let twice = app.anon("acme").header("authorization", basic(&account, &good));
        assert_eq!(token(twice, &post(&account, &key, "")).await.expect(400).json()["error"], "invalid_request");
        for header in ["Basic %%%", "Basic", "BASIC =", &basic(&account, "x"), &format!("Basic {}", STANDARD.encode(&account))] {
            let caller = app.anon("acme").header("authorization", header);
            let answer = token(caller, "grant_type=client_credentials").await.expect(401);
            assert_eq!(answer.json()["error"], "invalid_client", "{header}");
        }
        token(bearer(&app, "acme", "x"), &post(&account, &key, "")).await.expect(401);
        let body = json!({"grant_type": "client_credentials"});
        assert_eq!(app.anon("acme").post("/api/oauth/token", body).await.expect(400).json()["error"], "invalid_request");
    });
}

#[test]
fn a_token_ends_with_its_time_its_key_and_its_account() {
    run(async {
        let app = TestApp::new();
        let (account, key) = program(&app, "acme", "agent", &["ticket.read", "sla.read"]).await;
        let fresh = async || {
            let answer = token(app.anon("acme"), &post(&account, &key, "")).await.expect(200).json();
            answer["access_token"].as_str().unwrap().to_owned()
        };
        let one = fresh().await;
        ask(&app, &one, "/api/tickets").await.expect(200);
        app.advance(TimeDelta::seconds(900));
        ask(&app, &one, "/api/tickets").await.expect(401);

        let two = fresh().await;
        let account_path = format!("/api/service-accounts/{account}");
        app.admin("acme").patch(&account_path, json!({"status": "disabled"})).await.expect(200);
        ask(&app, &two, "/api/tickets").await.expect(401);
        assert_eq!(token(app.anon("acme"), &post(&account, &key, "")).await.expect(401).json()["error"], "invalid_client");
        app.admin("acme").patch(&account_path, json!({"status": "active"})).await.expect(200);
        ask(&app, &two, "/api/tickets").await.expect(200);

        // What the key loses the token loses with it.
        app.admin("acme").patch(&path(&key), json!({"scopes": ["ticket.read"]})).await.expect(200);
        ask(&app, &two, "/api/sla/rules").await.expect(403);
        app.admin("acme").delete(&path(&key)).await.expect(204);
        ask(&app, &two, "/api/tickets").await.expect(401);
    });
}

#[test]
fn a_token_is_good_at_its_tenant_from_its_networks_and_without_a_cookie() {
    run(async {
        let app = TestApp::in_one_cell();
        let (account, key) = program(&app, "acme", "agent", &["ticket.read"]).await;
        app.admin("acme").patch(&path(&key), json!({"networks": ["192.0.2.0/24"]})).await.expect(200);
        assert_eq!(token(app.anon("globex"), &post(&account, &key, "")).await.expect(401).json()["error"], "invalid_client");
        let away = app.anon("acme").from_network("203.0.113.5");
        assert_eq!(token(away, &post(&account, &key, "")).await.expect(401).json()["error"], "invalid_client");
        let answer = token(app.anon("acme"), &post(&account, &key, "")).await.expect(200).json();
        let token = answer["access_token"].as_str().unwrap();
        ask(&app, token, "/api/tickets").await.expect(200);
        bearer(&app, "globex", token).get("/api/tickets").await.expect(401);
        bearer(&app, "acme", token).from_network("203.0.113.5").get("/api/tickets").await.expect(401);
        let cookie = app.admin("acme").session_cookie();
        bearer(&app, "acme", token).header("cookie", cookie).get("/api/tickets").await.expect(401);
        assert_eq!(bearer(&app, "acme", token).get("/agent").await.status, 403);
        assert_eq!(ask(&app, token, "/api/sessions").await.expect(403).code(), "not_by_key");
    });
}

#[test]
fn tries_are_counted_and_written_down_and_good_ones_do_not_count() {
    run(async {
        let app = TestApp::new();
        let (account, key) = program(&app, "acme", "agent", &["ticket.read"]).await;
        let bad = format!(
            "grant_type=client_credentials&client_id={account}&client_secret={}",
            shared::auth::api_key::fresh(&app.platform).text
        );
        for _ in 0..12 {
            token(app.anon("acme"), &post(&account, &key, "")).await.expect(200);
        }
        for _ in 0..10 {
            token(app.anon("acme"), &bad).await.expect(401);
        }
        for form in [bad.clone(), post(&account, &key, "")] {
            let over = token(app.anon("acme"), &form).await.expect(429);
            assert!(over.headers.get("retry-after").is_some());
            assert_eq!(over.json()["error"], "temporarily_unavailable");
        }
        // From elsewhere, and later, the owner gets in.
        token(app.anon("acme").from_network("203.0.113.5"), &post(&account, &key, "")).await.expect(200);
        let refused = lines(&app).iter().filter(|line| line.contains("api_key.exchange_refused")).count();
        assert_eq!(refused, 11, "each refusal, and the limit once");
        app.advance(TimeDelta::minutes(16));
        token(app.anon("acme"), &post(&account, &key, "")).await.expect(200);
    });
}

#[test]
fn the_server_says_where_tokens_are_and_of_which_scopes() {
    run(async {
        let app = TestApp::new();
        let answer = app.anon("acme").get("/.well-known/oauth-authorization-server").await.expect(200).json();
        assert_eq!(answer["issuer"], "https://acme.example");
        assert_eq!(answer["token_endpoint"], "https://acme.example/api/oauth/token");
        assert_eq!(answer["grant_types_supported"], json!(["client_credentials"]));
        assert_eq!(answer["response_types_supported"], json!([]));
        assert_eq!(answer["scopes_supported"].as_array().unwrap().len(), shared::access::Permission::ALL.len());

        let document = app.anon("acme").get("/api/openapi.json").await.expect(200).json();
        let schemes = &document["components"]["securitySchemes"];
        assert_eq!(schemes["oauth2"]["flows"]["clientCredentials"]["tokenUrl"], "/api/oauth/token");
        assert_eq!(schemes["api_key"]["scheme"], "bearer");
        let security = |path: &str, method: &str| document["paths"][path][method]["security"].clone();
        let all = json!([{"bearer": []}, {"api_key": []}, {"oauth2": ["ticket.read"]}]);
        assert_eq!(security("/api/tickets", "get"), all);
        assert_eq!(security("/api/sessions", "get"), json!([{"bearer": []}]));
    });
}
