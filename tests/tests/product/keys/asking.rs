//! Asking by a key: where it opens, and all the ways in which it does not.

use chrono::TimeDelta;
use serde_json::json;
use shared::http::{Body, Method};
use tests::app::TestApp;

use super::{account, ask, bearer, key, key_with, lines, open, path, program, run, text};

#[test]
fn a_key_opens_what_its_scopes_name_and_its_account_may_in_one_round_trip() {
    run(async {
        let app = TestApp::new();
        let (account, made) = program(&app, "acme", "agent", &["ticket.read", "ticket.create"]).await;
        let key = text(&made);
        let me = ask(&app, &key, "/api/auth/me").await.expect(200);
        assert_eq!(me.round_trips, 1);
        assert_eq!((&me.json()["id"], &me.json()["permissions"]), (&json!(account), &json!(["ticket.read", "ticket.create"])));
        let body = json!({"title": "From the ERP", "description": "Order 7 is stuck"});
        let made = bearer(&app, "acme", &key).post("/api/tickets", body).await.expect(201).json();
        let ticket = format!("/api/tickets/{}", made["id"].as_str().unwrap());
        ask(&app, &key, &ticket).await.expect(200);
        ask(&app, &key, "/api/categories").await.expect(200);
        // The account may, the key may not.
        let refused = bearer(&app, "acme", &key).post(&format!("{ticket}/comments"), json!({"body": "x"})).await.expect(403);
        let challenge = refused.headers.get("www-authenticate").unwrap();
        assert_eq!(challenge, "Bearer error=\"insufficient_scope\", scope=\"ticket.reply\"");
        assert_eq!(refused.code(), "forbidden");
        ask(&app, &key, "/api/sla/rules").await.expect(403);
        assert_eq!(app.asked("acme", "SELECT requester_id FROM tickets"), [account]);
    });
}

#[test]
fn a_key_narrows_lists_and_fields_as_it_narrows_routes() {
    run(async {
        let app = TestApp::new();
        let body = json!({"title": "Seen", "description": "A text", "tags": ["secret-tag"]});
        let ticket = app.agent("acme").post("/api/tickets", body).await.expect(201).json()["id"].as_str().unwrap().to_owned();
        let note = json!({"body": "an internal word", "visibility": "internal"});
        app.agent("acme").post(&format!("/api/tickets/{ticket}/comments"), note).await.expect(201);
        let agent = account(&app, "acme", "agent").await;
        let narrow = key(&app, "acme", &agent, &["ticket.read"]).await;
        let wide = key(&app, "acme", &agent, &["ticket.read", "ticket.read_internal"]).await;
        let path = format!("/api/tickets/{ticket}?include=comments");
        assert!(ask(&app, &text(&wide), &path).await.expect(200).text().contains("an internal word"));
        assert!(!ask(&app, &text(&narrow), &path).await.expect(200).text().contains("an internal word"));
        // The account of a client sees what it asked for itself, whatever the scopes.
        let (_, outsider) = program(&app, "acme", "client", &["ticket.read"]).await;
        ask(&app, &text(&outsider), &format!("/api/tickets/{ticket}")).await.expect(404);
    });
}

#[test]
fn whatever_is_no_good_key_is_refused_alike() {
    run(async {
        let app = TestApp::in_one_cell();
        let account = account(&app, "acme", "agent").await;
        let good = text(&key(&app, "acme", &account, &["ticket.read"]).await);
        let (_, foreign) = program(&app, "globex", "agent", &["ticket.read"]).await;
        let revoked = key(&app, "acme", &account, &["ticket.read"]).await;
        app.admin("acme").delete(&path(&revoked)).await.expect(204);
        let near = key_with(
            &app,
            "acme",
            json!({"account": account, "name": "x", "scopes": ["ticket.read"], "networks": ["203.0.113.0/24"]}),
        );
        let near = text(&near.await);
        let random = shared::auth::api_key::fresh(&app.platform).text;
        // The right beginning and a wrong secret, with a checksum that fits.
        let forged = {
            let other = shared::auth::api_key::fresh(&app.platform);
            app.tenant_database("acme").inspect(|connection| {
                let sql = "UPDATE api_keys SET prefix = ?1 WHERE prefix = ?2";
                connection.execute(sql, (&other.prefix, revoked["prefix"].as_str().unwrap())).unwrap();
                connection.execute("UPDATE api_keys SET revoked_at = NULL", []).unwrap();
            });
            other.text
        };
        let flipped = format!("{}{}", &good[..84], if good.ends_with('0') { '1' } else { '0' });
        let expected = ask(&app, &random, "/api/tickets").await.expect(401);
        assert_eq!(expected.headers.get("www-authenticate"), Some("Bearer error=\"invalid_token\""));
        let problem = |answer: &tests::app::Answer| {
            let mut problem = answer.json();
            problem["request_id"] = json!(null);
            (answer.status, problem, answer.headers.get("www-authenticate").map(str::to_owned))
        };
        for shown in [
            text(&foreign),
            near,
            forged,
            flipped,
            good.to_uppercase(),
            good[..40].to_owned(),
            "wnk_".to_owned(),
            format!("wnk_{}", "a".repeat(100_000)),
            "wnk_' OR 1=1 --".to_owned(),
        ] {
            let answer = ask(&app, &shown, "/api/tickets").await;
            assert_eq!(problem(&answer), problem(&expected), "{shown:.60}");
        }
        bearer(&app, "globex", &text(&foreign)).get("/api/tickets").await.expect(200);
        ask(&app, &good, "/api/tickets").await.expect(200);
    });
}

#[test]
fn a_key_is_read_in_the_header_and_nowhere_else() {
    run(async {
        let app = TestApp::new();
        let (_, made) = program(&app, "acme", "agent", &["ticket.read"]).await;
        let key = text(&made);
        for target in [format!("/api/tickets?access_token={key}"), format!("/api/tickets?api_key={key}")] {
            app.anon("acme").get(&target).await.expect(401);
        }
        app.anon("acme").header("x-api-key", &key).get("/api/tickets").await.expect(401);
        app.anon("acme").header("authorization", &key).get("/api/tickets").await.expect(401);
        app.anon("acme").header("cookie", format!("__Host-session={key}")).get("/api/tickets").await.expect(401);
        // With a session beside it it is neither.
        let cookie = app.admin("acme").session_cookie();
        bearer(&app, "acme", &key).header("cookie", cookie).get("/api/tickets").await.expect(401);
        bearer(&app, "acme", &key).header("cookie", "theme=dark").get("/api/tickets").await.expect(200);
    });
}

#[test]
fn pages_and_what_people_do_for_themselves_are_not_for_keys() {
    run(async {
        let app = TestApp::new();
        let everything: Vec<&str> = shared::access::Permission::ALL.iter().map(|one| one.as_str()).collect();
        let (_, made) = program(&app, "acme", "admin", &everything).await;
        let key = text(&made);
        for page in ["/", "/tickets", "/agent", "/agent/tickets", "/agent/access", "/profile", "/login"] {
            assert_eq!(open(&app, &key, page).await.status, 403, "{page}");
        }
        let pages = functions::routes::ROUTES.iter().filter(|route| {
            matches!(route.face, functions::routes::Face::Page) && matches!(route.handler, functions::routes::Handler::Tenant(_))
        });
        for route in pages {
            assert!(!functions::dispatch::admits_keys(route), "{}", route.path);
        }
        for target in ["/api/sessions", "/api/auth/2fa", "/api/users/me/notifications", "/api/live"] {
            assert_eq!(ask(&app, &key, target).await.expect(403).code(), "not_by_key", "{target}");
        }
        let body = || Body::Bytes(b"{}".to_vec());
        for target in
            ["/api/auth/logout", "/api/auth/logout/everywhere", "/api/auth/step-up", "/api/auth/2fa/totp", "/api/auth/login"]
        {
            let answer = bearer(&app, "acme", &key).send(Method::Post, target, body(), Some("application/json")).await;
            assert_eq!(answer.expect(403).code(), "not_by_key", "{target}");
        }
        // What asks for a recent proof is not for programs, whatever their scopes.
        let more = json!({"account": app.user_id("acme", "admin"), "name": "x", "scopes": ["ticket.read"]});
        let refused = bearer(&app, "acme", &key).post("/api/service-accounts", json!({"name": "x", "role": "client"})).await;
        assert_eq!(refused.expect(403).code(), "step_up_required");
        assert!(matches!(bearer(&app, "acme", &key).post("/api/api-keys", more).await.status, 403 | 422));
        let settings = bearer(&app, "acme", &key).patch("/api/tenant/settings", json!({"reopen_window_days": 3})).await;
        assert_eq!(settings.expect(403).code(), "step_up_required");
    });
}

#[test]
fn a_second_factor_that_a_role_needs_is_not_asked_of_programs() {
    run(async {
        let app = TestApp::new();
        let (_, made) = program(&app, "acme", "agent", &["ticket.read"]).await;
        app.admin("acme").patch("/api/tenant/settings", json!({"mfa_required_roles": ["agent"]})).await.expect(200);
        app.advance(TimeDelta::seconds(31));
        app.agent("acme").get("/api/tickets").await.expect(403);
        ask(&app, &text(&made), "/api/tickets").await.expect(200);
    });
}

#[test]
fn a_key_is_good_from_its_networks_only_and_a_stray_use_is_written_down() {
    run(async {
        let app = TestApp::new();
        let account = account(&app, "acme", "agent").await;
        let body = json!({"account": account, "name": "x", "scopes": ["ticket.read"], "networks": ["198.51.100.0/24", "2001:db8:1::/48"]});
        let made = key_with(&app, "acme", body).await;
        let from = |address: &str| bearer(&app, "acme", &text(&made)).from_network(address);
        for address in ["198.51.100.9", "::ffff:198.51.100.9", "2001:db8:1:ffff::2"] {
            from(address).get("/api/tickets").await.expect(200);
        }
        for address in ["198.51.101.9", "192.0.2.7", "2001:db8:2::1"] {
            from(address).get("/api/tickets").await.expect(401);
        }
        let refused: Vec<String> = lines(&app).into_iter().filter(|line| line.contains("api_key.refused")).collect();
        assert_eq!(refused.len(), 1, "one line for a while: {refused:?}");
        assert!(refused[0].contains(&account) && refused[0].contains("network") && refused[0].contains("refused"));
    });
}

#[test]
fn the_last_use_is_noted_once_a_minute_after_the_answer() {
    run(async {
        let app = TestApp::new();
        let (_, made) = program(&app, "acme", "agent", &["ticket.read"]).await;
        let used = || app.asked("acme", "SELECT last_used_at || ' ' || last_used_from FROM api_keys").join("");
        let now = || app.platform.now.get().timestamp_millis();
        let first = now();
        assert_eq!(ask(&app, &text(&made), "/api/auth/me").await.expect(200).round_trips, 1);
        assert_eq!(used(), format!("{first} 192.0.2.7"));
        app.advance(TimeDelta::seconds(59));
        bearer(&app, "acme", &text(&made)).from_network("203.0.113.5").get("/api/auth/me").await.expect(200);
        assert_eq!(used(), format!("{first} 192.0.2.7"));
        app.advance(TimeDelta::seconds(1));
        bearer(&app, "acme", &text(&made)).from_network("203.0.113.5").get("/api/auth/me").await.expect(200);
        assert_eq!(used(), format!("{} 203.0.113.5", now()));
        let shown = app.admin("acme").get(&path(&made)).await.json();
        assert_eq!((&shown["last_used_from"], shown["last_used_at"].is_string()), (&json!("203.0.113.5"), true));
    });
}

#[test]
fn what_a_program_did_is_told_with_the_beginning_of_its_key() {
    run(async {
        let app = TestApp::new();
        let (account, made) = program(&app, "acme", "agent", &["ticket.read", "ticket.create"]).await;
        let body = json!({"title": "From the ERP", "description": "A text"});
        bearer(&app, "acme", &text(&made)).post("/api/tickets", body).await.expect(201);
        let prefix = made["prefix"].as_str().unwrap();
        let log = app.admin("acme").get(&format!("/api/audit?actor={account}&action=ticket.created")).await.expect(200).json();
        let line = &log["data"][0];
        assert_eq!((&line["actor"]["name"], &line["api_key"]), (&json!("acme ERP"), &json!(prefix)));
        let page = app.admin("acme").in_browser().get("/agent/audit").await.expect(200).text();
        assert!(page.contains(&format!("acme ERP ({prefix})")));
        let own = app.admin("acme").get("/api/audit?action=service_account.created").await.json();
        assert_eq!(own["data"][0]["api_key"], json!(null), "people have none");
    });
}

#[test]
fn whoever_shows_nothing_is_not_told_that_something_is_wrong_with_it() {
    run(async {
        let app = TestApp::new();
        let is_blamed = |answer: &tests::app::Answer| {
            answer.headers.get("www-authenticate").is_some_and(|challenge| challenge.contains("error"))
        };
        assert!(!is_blamed(&app.anon("acme").get("/api/tickets").await.expect(401)));
        assert!(!is_blamed(&app.agent("acme").get("/api/roles").await.expect(403)), "a person lacks no scope");
    });
}
