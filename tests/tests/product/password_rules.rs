//! What a tenant asks of passwords, within the bounds that hold everywhere.

use chrono::TimeDelta;
use serde_json::json;
use tests::app::{PASSWORD, TestApp};

fn run(test: impl Future<Output = ()>) {
    pollster::block_on(test);
}

async fn set(app: &TestApp, change: serde_json::Value) {
    app.admin("acme").patch("/api/tenant/settings", change).await.expect(200);
    app.advance(TimeDelta::seconds(31));
}

/// What the page says to somebody of that role who chooses this password; empty when it is taken.
async fn choose(app: &TestApp, role: &str, password: &str) -> String {
    let now: String =
        app.asked("acme", &format!("SELECT password_hash FROM users WHERE role = '{role}' AND is_service = 0")).remove(0);
    let fields = [("current", PASSWORD), ("password", password)];
    let answer = app.signed_in("acme", role).in_browser().submit("/profile/password", &fields).await;
    app.tenant_database("acme").inspect(|connection| {
        let sql = "UPDATE users SET password_hash = ?1 WHERE role = ?2 AND is_service = 0 AND tenant_id = 'tnt_' || ?3";
        connection.execute(sql, rusqlite::params![now, role, "a".repeat(32)]).unwrap();
        connection.execute("DELETE FROM attempts", []).unwrap();
    });
    if answer.status == 303 { String::new() } else { answer.expect(422).text() }
}

#[test]
fn the_least_length_is_the_tenants_between_fifteen_and_sixty_four() {
    run(async {
        let app = TestApp::new();
        for (change, field) in [
            (json!({"password_min_chars": 14}), "password_min_chars"),
            (json!({"password_min_chars": 65}), "password_min_chars"),
            (json!({"password_min_chars_before_second": 7}), "password_min_chars_before_second"),
            (json!({"password_min_chars_before_second": 65}), "password_min_chars_before_second"),
        ] {
            let fault = app.admin("acme").patch("/api/tenant/settings", change).await.expect(422).json()["errors"][0].clone();
            assert_eq!((&fault["field"], &fault["code"]), (&json!(field), &json!("out_of_range")));
        }
        assert_eq!(choose(&app, "agent", "blue tractor to").await, "");
        set(&app, json!({"password_min_chars": 20})).await;
        assert!(choose(&app, "agent", "blue tractor to us!").await.contains("20"));
        assert_eq!(choose(&app, "agent", "blue tractor to us !").await, "");
        let form = [("name", "x"), ("email", "x@client.example"), ("password", "blue tractor to us!")];
        assert!(app.anon("acme").submit("/register", &form).await.expect(422).text().contains("20"));
        assert!(app.anon("acme").get("/register").await.expect(200).text().contains("minlength=\"20\""));
    });
}

#[test]
fn only_people_whose_role_needs_a_second_factor_may_have_shorter_ones() {
    run(async {
        let app = TestApp::new();
        set(&app, json!({"password_min_chars_before_second": 8})).await;
        assert_ne!(choose(&app, "agent", "kv7 Tr-zu").await, "");
        set(&app, json!({"mfa_required_roles": ["agent"]})).await;
        app.tenant_database("acme").inspect(|connection| {
            let sql = "INSERT INTO second_factors (tenant_id, user_id, secret, key_id, created_at, confirmed_at) VALUES ('tnt_' || ?1, ?2, 'x', 'x', 1, 1)";
            connection.execute(sql, rusqlite::params!["a".repeat(32), app.user_id("acme", "agent")]).unwrap();
        });
        assert_eq!(choose(&app, "agent", "kv7 Tr-zu").await, "");
        assert_ne!(choose(&app, "agent", "kv7 Tr-").await, "");
        assert_ne!(choose(&app, "client", "kv7 Tr-zu").await, "", "the role counts");
    });
}

#[test]
fn what_has_leaked_and_what_is_known_of_the_person_is_refused_at_any_length() {
    run(async {
        let app = TestApp::new();
        set(&app, json!({"password_min_chars_before_second": 8, "mfa_required_roles": ["agent"]})).await;
        app.tenant_database("acme").inspect(|connection| {
            let sql = "INSERT INTO second_factors (tenant_id, user_id, secret, key_id, created_at, confirmed_at) VALUES ('tnt_' || ?1, ?2, 'x', 'x', 1, 1)";
            connection.execute(sql, rusqlite::params!["a".repeat(32), app.user_id("acme", "agent")]).unwrap();
        });
        for password in ["Sunshine", "football", "qwertyuiop", "acme-agent", "ACME.example", "agent@acme.example"] {
            assert_ne!(choose(&app, "agent", password).await, "", "{password}");
        }
        // Length alone makes nothing of them, and no rule asks for digits or capitals.
        for password in ["acmeacmeacmeacme", "passwordpassword1", "1234567890123456"] {
            assert_ne!(choose(&app, "client", password).await, "", "{password}");
        }
        for password in
            ["каша из топора на ужин".to_owned(), "القطار يصل قبل الفجر".to_owned(), "a phrase of many words ".repeat(10)]
        {
            assert_eq!(choose(&app, "client", &password).await, "", "{password}");
        }
    });
}
