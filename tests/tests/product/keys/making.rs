//! Keys: made, shown once, changed, rotated, revoked.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::app::TestApp;

use super::{account, ask, key, key_with, lines, path, program, run, text};

#[test]
fn a_key_is_shown_once_and_only_its_digest_is_kept() {
    run(async {
        let app = TestApp::new();
        let account = account(&app, "acme", "agent").await;
        let body = json!({"account": account, "name": "Nightly import", "scopes": ["ticket.reply", "ticket.read"]});
        let answer = app.admin("acme").post("/api/api-keys", body).await.expect(201);
        assert!(answer.round_trips <= 3);
        assert_eq!(answer.headers.get("cache-control"), Some("no-store"));
        let made = answer.json();
        let key = text(&made);
        let prefix = made["prefix"].as_str().unwrap();
        assert!(key.starts_with("wnk_") && key.len() == 85 && prefix.len() == 12 && key.starts_with(prefix), "{key}");
        assert_eq!(made["scopes"], json!(["ticket.read", "ticket.reply"]));
        let secret = &key[13..];
        ask(&app, &key, "/api/tickets").await.expect(200);
        let shown = [
            app.admin("acme").get(&path(&made)).await.expect(200).text(),
            app.admin("acme").get("/api/api-keys").await.expect(200).text(),
            app.admin("acme").in_browser().get(&format!("/agent/access/service-accounts/{account}")).await.expect(200).text(),
            app.admin("acme").get("/api/audit").await.expect(200).text(),
            lines(&app).join("\n"),
            answer.log,
            ask(&app, &key, "/api/tickets").await.log,
            app.asked("acme", "SELECT json_array(id, name, prefix, secret_hash, scopes, networks) FROM api_keys").join("\n"),
        ];
        for text in &shown {
            assert!(!text.contains(secret), "{text}");
        }
        assert!(shown[..5].iter().all(|text| text.contains(prefix)), "the beginning is what it is known by");
        let hash = shared::auth::signer::sha256_hex(key.as_bytes());
        assert_eq!(app.asked("acme", "SELECT secret_hash FROM api_keys"), [hash]);
    });
}

#[test]
fn a_repetition_makes_no_second_key_and_shows_none() {
    run(async {
        let app = TestApp::new();
        let account = account(&app, "acme", "agent").await;
        let body = json!({"account": account, "name": "Once", "scopes": ["ticket.read"]});
        let post = || app.admin("acme").header("idempotency-key", "one").post("/api/api-keys", body.clone());
        let key = text(&post().await.expect(201).json());
        for _ in 0..2 {
            let again = post().await.expect(409);
            assert!(!again.text().contains(&key[13..]));
            app.advance(TimeDelta::minutes(2));
        }
        let kept = app.asked("acme", "SELECT COALESCE(body, '') FROM idempotency_keys").join("");
        assert!(!kept.contains(&key[13..]));
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM api_keys"), ["1"]);
    });
}

#[test]
fn what_cannot_be_a_key_is_named_by_its_field() {
    run(async {
        let app = TestApp::new();
        let account = account(&app, "acme", "analyst").await;
        let full = json!({"account": account, "name": "x", "scopes": ["ticket.read"]});
        let many: Vec<String> = (0..21).map(|last| format!("192.0.2.{last}")).collect();
        for (field, value, named, code) in [
            ("name", json!(" "), "name", "missing_field"),
            ("account", json!("usr_x"), "account", "unknown_value"),
            ("scopes", json!([]), "scopes", "missing_field"),
            ("scopes", json!(["ticket.fly"]), "scopes", "unknown_value"),
            ("scopes", json!(["ticket.read", "ticket.delete"]), "scopes", "beyond_account"),
            ("networks", json!(["everywhere"]), "networks", "bad_network"),
            ("networks", json!(["192.0.2.0/33"]), "networks", "bad_network"),
            ("networks", json!(many), "networks", "too_many"),
            ("expires_in_days", json!(0), "expires_in_days", "out_of_range"),
            ("expires_in_days", json!(366), "expires_in_days", "out_of_range"),
            ("expires_in_days", json!("soon"), "expires_in_days", "wrong_type"),
            ("colour", json!("red"), "colour", "unknown_field"),
        ] {
            let mut body = full.clone();
            body[field] = value;
            let fault = app.admin("acme").post("/api/api-keys", body).await.expect(422).json()["errors"][0].clone();
            assert_eq!((&fault["field"], &fault["code"]), (&json!(named), &json!(code)));
            assert_ne!(fault["message"], "");
        }
    });
}

#[test]
fn a_key_ends_by_itself_after_the_tenants_days_unless_it_says_otherwise() {
    run(async {
        let app = TestApp::new();
        let account = account(&app, "acme", "agent").await;
        let days = |made: &Value| {
            let at = |field: &str| made[field].as_str().unwrap().parse::<chrono::DateTime<chrono::Utc>>().unwrap();
            (at("expires_at") - at("created_at")).num_days()
        };
        assert_eq!(days(&key(&app, "acme", &account, &["ticket.read"]).await), 90);
        app.admin("acme").patch("/api/tenant/settings", json!({"api_key_days": 400})).await.expect(422);
        app.admin("acme").patch("/api/tenant/settings", json!({"api_key_days": 7})).await.expect(200);
        app.advance(TimeDelta::seconds(31));
        let made = key(&app, "acme", &account, &["ticket.read"]).await;
        assert_eq!(days(&made), 7);
        app.advance(TimeDelta::days(7) - TimeDelta::seconds(1));
        ask(&app, &text(&made), "/api/tickets").await.expect(200);
        app.advance(TimeDelta::seconds(1));
        ask(&app, &text(&made), "/api/tickets").await.expect(401);
        assert_eq!(app.admin("acme").get(&path(&made)).await.json()["status"], "expired");
        assert_eq!(app.admin("acme").patch(&path(&made), json!({"name": "x"})).await.expect(409).code(), "api_key_over");
    });
}

#[test]
fn a_key_is_changed_by_version_and_lives_no_longer_for_it() {
    run(async {
        let app = TestApp::new();
        let (_, made) = program(&app, "acme", "agent", &["ticket.read", "sla.read"]).await;
        let path = path(&made);
        let patch = |body: Value| app.admin("acme").header("if-match", "\"1\"").patch(&path, body);
        let fault = patch(json!({"expires_in_days": 91})).await.expect(422).json()["errors"][0]["code"].clone();
        assert_eq!(fault, "only_sooner");
        let body = json!({"name": "Reader", "scopes": ["ticket.read"], "networks": ["192.0.2.7", "2001:db8::/32"], "expires_in_days": 30});
        let changed = patch(body).await.expect(200);
        assert!(changed.round_trips <= 3);
        assert_eq!(changed.json()["networks"], json!(["192.0.2.7/32", "2001:db8::/32"]));
        patch(json!({"name": "x"})).await.expect(412);
        ask(&app, &text(&made), "/api/sla/rules").await.expect(403);
        ask(&app, &text(&made), "/api/tickets").await.expect(200);
        assert!(lines(&app).iter().any(|line| line.contains("api_key.updated") && line.contains("Reader")));
    });
}

#[test]
fn a_revoked_key_and_its_tokens_are_good_for_nothing_from_the_next_request_on() {
    run(async {
        let app = TestApp::new();
        let (_, made) = program(&app, "acme", "agent", &["ticket.read"]).await;
        ask(&app, &text(&made), "/api/tickets").await.expect(200);
        app.admin("acme").delete(&path(&made)).await.expect(204);
        app.admin("acme").delete(&path(&made)).await.expect(204);
        ask(&app, &text(&made), "/api/tickets").await.expect(401);
        assert_eq!(app.admin("acme").get(&path(&made)).await.json()["status"], "revoked");
        assert_eq!(lines(&app).iter().filter(|line| line.contains("api_key.revoked")).count(), 1);
        assert_eq!(app.admin("acme").patch(&path(&made), json!({"name": "x"})).await.expect(409).code(), "api_key_over");
    });
}

#[test]
fn a_rotated_key_goes_on_for_the_overlap_and_the_next_one_takes_its_place() {
    run(async {
        let app = TestApp::new();
        let account = account(&app, "acme", "agent").await;
        let body = json!({"account": account, "name": "Import", "scopes": ["ticket.read"], "networks": ["192.0.2.0/24"], "expires_in_days": 30});
        let made = key_with(&app, "acme", body).await;
        app.advance(TimeDelta::days(20));
        let path = format!("{}/rotate", path(&made));
        let fault = app.admin("acme").post(&path, json!({"overlap_hours": 169})).await.expect(422).json()["errors"][0].clone();
        assert_eq!(fault["field"], "overlap_hours");
        let answer = app.admin("acme").post(&path, json!({"overlap_hours": 2})).await.expect(201);
        assert!(answer.round_trips <= 3);
        let next = answer.json();
        for field in ["name", "scopes", "networks", "account"] {
            assert_eq!(next[field], made[field]);
        }
        assert_ne!(next["prefix"], made["prefix"]);
        assert_eq!(next["expires_at"], "2026-04-21T07:00:00Z");
        for key in [&made, &next] {
            ask(&app, &text(key), "/api/tickets").await.expect(200);
        }
        app.advance(TimeDelta::hours(2));
        ask(&app, &text(&made), "/api/tickets").await.expect(401);
        ask(&app, &text(&next), "/api/tickets").await.expect(200);
        assert!(lines(&app).iter().any(|line| line.contains("api_key.rotated")));
        // Without a word of the overlap it is a day.
        let third = app.admin("acme").post(&format!("/api/api-keys/{}/rotate", next["id"].as_str().unwrap()), json!({})).await;
        third.expect(201);
        let ends =
            app.admin("acme").get(&format!("/api/api-keys/{}", next["id"].as_str().unwrap())).await.json()["expires_at"].clone();
        assert_eq!(ends, "2026-03-23T09:00:00Z");
    });
}

#[test]
fn there_is_room_for_twenty_good_keys_and_a_hundred_accounts() {
    run(async {
        let app = TestApp::new();
        let account = account(&app, "acme", "agent").await;
        let mut last = json!(null);
        for _ in 0..20 {
            last = key(&app, "acme", &account, &["ticket.read"]).await;
        }
        let body = json!({"account": account, "name": "x", "scopes": ["ticket.read"]});
        assert_eq!(app.admin("acme").post("/api/api-keys", body.clone()).await.expect(409).code(), "api_key_limit");
        app.admin("acme").delete(&path(&last)).await.expect(204);
        app.admin("acme").post("/api/api-keys", body).await.expect(201);
        app.tenant_database("acme").inspect(|connection| {
            let sql = "INSERT INTO users (tenant_id, id, email, name, role, status, is_service, created_at, updated_at)
                SELECT 'tnt_' || ?1, 'usr_' || lower(hex(randomblob(16))), 'x' || ?2, 'x', 'agent', 'active', 1, 1, 1";
            for count in 1..100 {
                connection.execute(sql, rusqlite::params!["a".repeat(32), count]).unwrap();
            }
        });
        let body = json!({"name": "x", "role": "agent"});
        assert_eq!(app.admin("acme").post("/api/service-accounts", body).await.expect(409).code(), "service_account_limit");
    });
}

#[test]
fn keys_are_listed_latest_first_and_page_by_page() {
    run(async {
        let app = TestApp::new();
        let (one, other) = (account(&app, "acme", "agent").await, account(&app, "acme", "analyst").await);
        let mut made = Vec::new();
        for count in 0..5 {
            let account = if count == 2 { &other } else { &one };
            made.push(key(&app, "acme", account, &["ticket.read"]).await["id"].clone());
            app.advance(TimeDelta::seconds(1));
        }
        made.reverse();
        let mut target = "/api/api-keys?limit=2".to_owned();
        let mut seen = Vec::new();
        loop {
            let page = app.manager("acme").get(&target).await.expect(200).json();
            seen.extend(page["data"].as_array().unwrap().iter().map(|row| row["id"].clone()));
            match page["meta"]["next_cursor"].as_str() {
                Some(cursor) => target = format!("/api/api-keys?limit=2&cursor={cursor}"),
                None => break,
            }
        }
        assert_eq!(seen, made);
        let of_one = app.manager("acme").get(&format!("/api/api-keys?account={other}")).await.json();
        assert_eq!(of_one["data"].as_array().unwrap().len(), 1);
        for bad in ["cursor=x", "account=x", "colour=red", "limit=0"] {
            app.manager("acme").get(&format!("/api/api-keys?{bad}")).await.expect(422);
        }
    });
}
