//! Signing in by program: tokens, their exchange, their end, and what an attacker learns.

use serde_json::{Value, json};
use tests::app::{Answer, PASSWORD, TestApp};

fn run(test: impl Future<Output = ()>) {
    pollster::block_on(test);
}

async fn login(app: &TestApp, username: &str, password: &str) -> Answer {
    app.anon("acme").post("/api/auth/login", json!({"username": username, "password": password})).await
}

async fn me(app: &TestApp, slug: &str, token: &str) -> Answer {
    app.anon(slug).header("authorization", format!("Bearer {token}")).get("/api/auth/me").await
}

fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_default().to_owned()
}

/// Actions of the audit log, oldest first, with their detail's keys.
fn audit(app: &TestApp, slug: &str) -> Vec<(String, Vec<String>)> {
    app.tenant_database(slug).inspect(|connection| {
        let mut statement = connection.prepare("SELECT action, detail FROM audit_logs ORDER BY at, id").unwrap();
        let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))).unwrap();
        rows.map(|row| {
            let (action, detail) = row.unwrap();
            let keys = serde_json::from_str::<serde_json::Map<String, Value>>(&detail).unwrap().keys().cloned().collect();
            (action, keys)
        })
        .collect()
    })
}

fn actions(app: &TestApp) -> Vec<String> {
    audit(app, "acme").into_iter().map(|(action, _)| action).collect()
}

#[test]
fn a_sign_in_gives_tokens_that_work_and_leaves_an_audit_line() {
    run(async {
        let app = TestApp::new();
        let answer = login(&app, "Agent@ACME.example", PASSWORD).await.expect(200);
        assert!(answer.round_trips <= 2, "{}", answer.round_trips);
        let tokens = answer.json();
        assert_eq!(tokens["token_type"], "Bearer");
        assert_eq!(tokens["expires_in"], 1800);
        let person = me(&app, "acme", &text(&tokens, "access_token")).await.expect(200).json();
        assert_eq!(person["email"], "agent@acme.example");
        assert_eq!(person["role"], "agent");
        assert_eq!(actions(&app), ["session.opened"]);
    });
}

#[test]
fn a_token_of_one_tenant_is_nothing_to_another() {
    run(async {
        let app = TestApp::new();
        let tokens = login(&app, "agent@acme.example", PASSWORD).await.expect(200).json();
        me(&app, "globex", &text(&tokens, "access_token")).await.expect(401);
        app.anon("globex").post("/api/auth/refresh", json!({"refresh_token": tokens["refresh_token"]})).await.expect(401);
    });
}

#[test]
fn unknown_wrong_disabled_unconfirmed_and_passwordless_are_one_and_the_same() {
    run(async {
        let app = TestApp::new();
        app.tenant_database("acme").inspect(|connection| {
            connection.execute("UPDATE users SET status = 'disabled' WHERE email = 'manager@acme.example'", []).unwrap();
            connection.execute("UPDATE users SET status = 'unverified' WHERE email = 'analyst@acme.example'", []).unwrap();
            connection.execute("UPDATE users SET password_hash = NULL WHERE email = 'admin@acme.example'", []).unwrap();
        });
        let mut seen = Vec::new();
        for (username, password) in [
            ("agent@acme.example", "wrong horse battery staple"),
            ("nobody@acme.example", PASSWORD),
            ("manager@acme.example", PASSWORD),
            ("analyst@acme.example", PASSWORD),
            ("admin@acme.example", PASSWORD),
        ] {
            let before = shared::auth::password::computed();
            let answer = login(&app, username, password).await.expect(401);
            let mut body = answer.json();
            body["request_id"] = Value::Null;
            let headers: Vec<String> = answer.headers.iter().map(|(name, _)| name.to_owned()).collect();
            seen.push((body, headers, answer.round_trips, shared::auth::password::computed() - before));
        }
        assert_eq!(seen[0].3, 1, "one hash is computed");
        assert_eq!(seen[0].0["code"], "bad_credentials");
        for other in &seen {
            assert_eq!(other, &seen[0]);
        }
        let lines = audit(&app, "acme");
        assert_eq!(lines.len(), 5);
        assert!(lines.iter().all(|line| line == &lines[0]), "{lines:?}");
    });
}

#[test]
fn an_audit_line_of_a_refusal_does_not_hold_what_was_typed() {
    run(async {
        let app = TestApp::new();
        login(&app, "hunter2-typed-into-the-wrong-field", "x").await.expect(401);
        let stored: String = app.tenant_database("acme").inspect(|connection| {
            connection.query_row("SELECT subject || detail FROM audit_logs", [], |row| row.get(0)).unwrap()
        });
        assert!(!stored.contains("hunter2"), "{stored}");
    });
}

#[test]
fn guessing_is_cut_off_before_a_hash_is_computed_and_the_owner_elsewhere_is_not() {
    run(async {
        let app = TestApp::new();
        for _ in 0..10 {
            login(&app, "agent@acme.example", "wrong").await.expect(401);
        }
        let before = shared::auth::password::computed();
        let refused = login(&app, "agent@acme.example", PASSWORD).await.expect(429);
        assert_eq!(shared::auth::password::computed(), before);
        let wait: i64 = refused.headers.get("retry-after").unwrap().parse().unwrap();
        assert!((1..=900).contains(&wait));
        // From another network the same account still signs in.
        app.anon("acme")
            .from_network("198.51.100.1")
            .post("/api/auth/login", json!({"username": "agent@acme.example", "password": PASSWORD}))
            .await
            .expect(200);
        // And another account from the first network.
        login(&app, "client@acme.example", PASSWORD).await.expect(200);
        // The refusal beyond the limit is written down once, not each time.
        login(&app, "agent@acme.example", PASSWORD).await.expect(429);
        assert_eq!(actions(&app).iter().filter(|action| *action == "session.refused").count(), 11);
        app.advance(chrono::TimeDelta::minutes(15));
        login(&app, "agent@acme.example", PASSWORD).await.expect(200);
    });
}

#[test]
fn an_unknown_account_is_cut_off_just_as_a_known_one() {
    run(async {
        let app = TestApp::new();
        for _ in 0..10 {
            login(&app, "nobody@acme.example", "wrong").await.expect(401);
        }
        login(&app, "nobody@acme.example", "wrong").await.expect(429);
    });
}

#[test]
fn the_sweep_that_forgets_old_counts_keeps_the_present_ones() {
    run(async {
        let app = TestApp::new();
        for _ in 0..10 {
            login(&app, "agent@acme.example", "wrong").await.expect(401);
        }
        let job = shared::job::Job::Sweep { tenant: shared::id::TenantId::parse(&format!("tnt_{}", "a".repeat(32))).unwrap() };
        let report = functions::actions::jobs::run(&app.platform, &job).await;
        assert!(report.failures.is_empty(), "{:?}", report.failures);
        login(&app, "agent@acme.example", PASSWORD).await.expect(429);
    });
}

#[test]
fn signing_in_well_is_never_cut_off() {
    run(async {
        let app = TestApp::new();
        for _ in 0..120 {
            login(&app, "agent@acme.example", PASSWORD).await.expect(200);
        }
    });
}

#[test]
fn a_refresh_token_works_once_and_its_second_use_ends_the_session() {
    run(async {
        let app = TestApp::new();
        let first = login(&app, "agent@acme.example", PASSWORD).await.expect(200).json();
        app.advance(chrono::TimeDelta::minutes(40));
        me(&app, "acme", &text(&first, "access_token")).await.expect(401);
        let answer =
            app.anon("acme").post("/api/auth/refresh", json!({"refresh_token": first["refresh_token"]})).await.expect(200);
        assert!(answer.round_trips <= 3, "{}", answer.round_trips);
        let second = answer.json();
        me(&app, "acme", &text(&second, "access_token")).await.expect(200);
        app.anon("acme").post("/api/auth/refresh", json!({"refresh_token": first["refresh_token"]})).await.expect(401);
        me(&app, "acme", &text(&second, "access_token")).await.expect(401);
        app.anon("acme").post("/api/auth/refresh", json!({"refresh_token": second["refresh_token"]})).await.expect(401);
        assert_eq!(actions(&app), ["session.opened", "session.refreshed", "session.reuse_detected"]);
    });
}

#[test]
fn of_two_exchanges_at_once_one_wins_and_the_session_ends() {
    run(async {
        let app = TestApp::new();
        let tokens = login(&app, "agent@acme.example", PASSWORD).await.expect(200).json();
        let exchange = || app.anon("acme").post("/api/auth/refresh", json!({"refresh_token": tokens["refresh_token"]}));
        // Both look the token up before either writes.
        app.tenant_database("acme").interleave(true);
        let (one, other) = futures::join!(exchange(), exchange());
        app.tenant_database("acme").interleave(false);
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 401]);
        let winner = if one.status == 200 { one } else { other };
        app.anon("acme").post("/api/auth/refresh", json!({"refresh_token": winner.json()["refresh_token"]})).await.expect(401);
    });
}

#[test]
fn a_refresh_token_dies_after_seven_days() {
    run(async {
        let app = TestApp::new();
        let tokens = login(&app, "agent@acme.example", PASSWORD).await.expect(200).json();
        app.advance(chrono::TimeDelta::days(7));
        app.anon("acme").post("/api/auth/refresh", json!({"refresh_token": tokens["refresh_token"]})).await.expect(401);
    });
}

#[test]
fn a_program_that_refreshes_for_thirty_days_signs_in_anew() {
    run(async {
        let app = TestApp::new();
        let mut tokens = login(&app, "agent@acme.example", PASSWORD).await.expect(200).json();
        let refresh = |token: Value| app.anon("acme").post("/api/auth/refresh", json!({"refresh_token": token}));
        for _ in 0..4 {
            app.advance(chrono::TimeDelta::days(6));
            tokens = refresh(tokens["refresh_token"].clone()).await.expect(200).json();
        }
        app.advance(chrono::TimeDelta::days(6) - chrono::TimeDelta::minutes(1));
        let last = refresh(tokens["refresh_token"].clone()).await.expect(200).json();
        me(&app, "acme", &text(&last, "access_token")).await.expect(200);
        app.advance(chrono::TimeDelta::minutes(1));
        me(&app, "acme", &text(&last, "access_token")).await.expect(401);
        refresh(last["refresh_token"].clone()).await.expect(401);
    });
}

#[test]
fn a_refresh_token_that_promised_more_does_not_outlive_the_thirty_days() {
    run(async {
        let app = TestApp::new();
        let tokens = login(&app, "agent@acme.example", PASSWORD).await.expect(200).json();
        app.tenant_database("acme").inspect(|connection| {
            for table in ["sessions", "refresh_tokens"] {
                connection.execute(&format!("UPDATE {table} SET expires_at = expires_at + 90 * 86400000"), []).unwrap();
            }
        });
        app.advance(chrono::TimeDelta::days(30));
        app.anon("acme").post("/api/auth/refresh", json!({"refresh_token": tokens["refresh_token"]})).await.expect(401);
    });
}

#[test]
fn signing_out_ends_access_and_refresh_tokens_at_once() {
    run(async {
        let app = TestApp::new();
        let tokens = login(&app, "agent@acme.example", PASSWORD).await.expect(200).json();
        let bearer = format!("Bearer {}", text(&tokens, "access_token"));
        app.anon("acme").header("authorization", bearer).post("/api/auth/logout", json!({})).await.expect(204);
        me(&app, "acme", &text(&tokens, "access_token")).await.expect(401);
        app.anon("acme").post("/api/auth/refresh", json!({"refresh_token": tokens["refresh_token"]})).await.expect(401);
    });
}

#[test]
fn a_password_hashed_at_yesterdays_cost_is_hashed_anew() {
    run(async {
        let mut app = TestApp::new();
        app.platform.config.argon2 = shared::platform::Argon2Cost { memory_kib: 128, passes: 1 };
        login(&app, "agent@acme.example", PASSWORD).await.expect(200);
        let stored: String = app.tenant_database("acme").inspect(|connection| {
            connection
                .query_row("SELECT password_hash FROM users WHERE email = 'agent@acme.example'", [], |row| row.get(0))
                .unwrap()
        });
        assert!(stored.contains("m=128"), "{stored}");
        login(&app, "agent@acme.example", PASSWORD).await.expect(200);
    });
}

#[test]
fn a_login_body_is_taken_as_json_and_strictly() {
    run(async {
        let app = TestApp::new();
        let answer = app
            .anon("acme")
            .post("/api/auth/login", json!({"username": "a", "password": "b", "remember": true}))
            .await
            .expect(422);
        assert_eq!(answer.json()["errors"][0]["field"], "remember");
        let form = shared::http::Body::Bytes(b"username=a&password=b".to_vec());
        app.anon("acme")
            .send(shared::http::Method::Post, "/api/auth/login", form, Some("application/x-www-form-urlencoded"))
            .await
            .expect(415);
    });
}

#[test]
fn strangers_cannot_shut_an_account_to_the_networks_that_its_owner_comes_from() {
    run(async {
        let app = TestApp::new();
        let from = async |network: &str, password: &str| {
            let body = json!({"username": "agent@acme.example", "password": password});
            app.anon("acme").from_network(network).post("/api/auth/login", body).await
        };
        from("2001:db8:0:7::1", PASSWORD).await.expect(200);
        for number in 0..100 {
            from(&format!("198.51.100.{number}"), "wrong").await.expect(401);
        }
        from("198.51.100.200", PASSWORD).await.expect(429);
        // Another address of the subscriber who signed in before.
        from("2001:db8:0:7::2", PASSWORD).await.expect(200);
        from("2001:db8:0:8::1", PASSWORD).await.expect(429);
        // And even there nobody may guess for ever.
        for _ in 0..10 {
            from("2001:db8:0:7::3", "wrong").await.expect(401);
        }
        from("2001:db8:0:7::3", PASSWORD).await.expect(429);
    });
}
