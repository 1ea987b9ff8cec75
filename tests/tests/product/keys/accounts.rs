//! Accounts: made, changed, disabled, removed, and what they are not.

use chrono::TimeDelta;
use serde_json::json;
use tests::app::TestApp;

use super::{account, ask, key, lines, program, run, text};

#[test]
fn an_account_is_made_changed_by_version_and_removed() {
    run(async {
        let app = TestApp::new();
        let body = json!({"name": "Warehouse ERP", "role": "agent"});
        let answer = app.admin("acme").post("/api/service-accounts", body).await.expect(201);
        assert!(answer.round_trips <= 3);
        let made = answer.json();
        let path = format!("/api/service-accounts/{}", made["id"].as_str().unwrap());
        assert_eq!(answer.headers.get("location"), Some(path.as_str()));
        assert_eq!((&made["status"], &made["role"], &made["live_keys"]), (&json!("active"), &json!("agent"), &json!(0)));
        assert_eq!(app.manager("acme").get(&path).await.expect(200).json(), made);
        let listed = app.manager("acme").get("/api/service-accounts").await.expect(200);
        assert_eq!(listed.json()["data"], json!([made]));
        assert!(listed.round_trips <= 2);

        let renamed = app.admin("acme").header("if-match", "\"1\"").patch(&path, json!({"name": "ERP"})).await.expect(200);
        assert_eq!(renamed.headers.get("etag"), Some("\"2\""));
        app.admin("acme").header("if-match", "\"1\"").patch(&path, json!({"name": "x"})).await.expect(412);
        app.admin("acme").patch(&path, json!({"colour": "red"})).await.expect(422);
        app.admin("acme").patch(&path, json!({"role": "king"})).await.expect(422);
        app.admin("acme").header("if-match", "\"1\"").delete(&path).await.expect(412);
        app.admin("acme").delete(&path).await.expect(204);
        app.admin("acme").get(&path).await.expect(404);
        app.admin("acme").delete(&path).await.expect(404);
        let lines = lines(&app).join("\n");
        for action in ["service_account.created", "service_account.updated", "service_account.removed"] {
            assert!(lines.contains(action), "{lines}");
        }
    });
}

#[test]
fn an_account_is_no_person_who_signs_in_is_written_to_or_given_work() {
    run(async {
        let app = TestApp::new();
        let id = account(&app, "acme", "agent").await;
        let people = app.admin("acme").get("/api/users?limit=100").await.expect(200).text();
        assert!(!people.contains(&id));
        app.admin("acme").get(&format!("/api/users/{id}")).await.expect(404);
        app.admin("acme").patch(&format!("/api/users/{id}"), json!({"name": "x"})).await.expect(404);
        let page = app.admin("acme").in_browser().get("/agent/access").await.expect(200).text();
        assert!(!page.contains(&id));

        let email = format!("{id}@service.invalid");
        app.anon("acme").submit("/password/forgot", &[("email", &email)]).await;
        assert!(app.asked("acme", "SELECT recipient FROM outbox").is_empty());
        app.anon("acme").post("/api/auth/login", json!({"username": email, "password": "x"})).await.expect(401);

        let body = json!({"title": "A title", "description": "A text"});
        let ticket = app.client("acme").post("/api/tickets", body).await.expect(201).json()["id"].as_str().unwrap().to_owned();
        let path = format!("/api/tickets/{ticket}");
        app.manager("acme").header("if-match", "*").patch(&path, json!({"assignee": id})).await.expect(422);
        // An agent who answers takes the ticket; a program leaves it to one.
        let made = key(&app, "acme", &id, &["ticket.read", "ticket.reply", "ticket.read_internal"]).await;
        let answer = super::bearer(&app, "acme", &text(&made));
        answer.post(&format!("{path}/comments"), json!({"body": "Done", "visibility": "public"})).await.expect(201);
        assert_eq!(app.asked("acme", "SELECT assignee_id FROM tickets"), ["null"]);
    });
}

#[test]
fn what_an_account_may_do_follows_its_role_at_the_next_request() {
    run(async {
        let app = TestApp::new();
        let (account, made) = program(&app, "acme", "manager", &["ticket.read", "sla.read", "mail.read"]).await;
        ask(&app, &text(&made), "/api/mail/outbox").await.expect(200);
        let path = format!("/api/service-accounts/{account}");
        app.admin("acme").patch(&path, json!({"role": "analyst"})).await.expect(200);
        ask(&app, &text(&made), "/api/mail/outbox").await.expect(403);
        ask(&app, &text(&made), "/api/sla/rules").await.expect(200);
        let role = json!({"name": "Import", "base": "agent", "permissions": ["ticket.read"]});
        let own = app.admin("acme").post("/api/roles", role).await.expect(201).json()["id"].as_str().unwrap().to_owned();
        let changed = app.admin("acme").patch(&path, json!({"role": own})).await.expect(200).json();
        assert_eq!((&changed["role"], &changed["own_role"]), (&json!("agent"), &json!(own)));
        ask(&app, &text(&made), "/api/sla/rules").await.expect(403);
        ask(&app, &text(&made), "/api/tickets").await.expect(200);
        assert_eq!(app.admin("acme").delete(&format!("/api/roles/{own}")).await.expect(409).code(), "role_in_use");
    });
}

#[test]
fn a_disabled_account_is_shut_out_at_once_and_comes_back() {
    run(async {
        let app = TestApp::new();
        let (account, made) = program(&app, "acme", "agent", &["ticket.read"]).await;
        let path = format!("/api/service-accounts/{account}");
        ask(&app, &text(&made), "/api/tickets").await.expect(200);
        app.admin("acme").patch(&path, json!({"status": "disabled"})).await.expect(200);
        assert!(format!("{:?}", app.wakes.borrow()).contains("end_people"), "{:?}", app.wakes.borrow());
        ask(&app, &text(&made), "/api/tickets").await.expect(401);
        app.admin("acme").patch(&path, json!({"status": "active"})).await.expect(200);
        ask(&app, &text(&made), "/api/tickets").await.expect(200);
        app.admin("acme").delete(&path).await.expect(204);
        ask(&app, &text(&made), "/api/tickets").await.expect(401);
        let key = app.admin("acme").get(&super::path(&made)).await.expect(200).json();
        assert_eq!(key["status"], "revoked");
        assert_eq!(
            app.admin("acme").post(&format!("{}/rotate", super::path(&made)), json!({})).await.expect(409).code(),
            "api_key_over"
        );
    });
}

#[test]
fn nobody_makes_or_changes_an_account_that_may_do_more_than_they() {
    run(async {
        let app = TestApp::new();
        let strong = account(&app, "acme", "admin").await;
        let (_, strong_key) = program(&app, "acme", "manager", &["sla.manage"]).await;
        let keeper = json!({"name": "Keeper", "base": "agent", "permissions": ["ticket.read", "access.read", "access.manage"]});
        let keeper = app.admin("acme").post("/api/roles", keeper).await.expect(201).json()["id"].clone();
        let agent = format!("/api/users/{}", app.user_id("acme", "agent"));
        app.admin("acme").header("if-match", "*").patch(&agent, json!({"role": keeper})).await.expect(200);

        let refused = |answer: tests::app::Answer| assert_eq!(answer.expect(403).code(), "more_than_own");
        refused(app.agent("acme").post("/api/service-accounts", json!({"name": "x", "role": "agent"})).await);
        let path = format!("/api/service-accounts/{strong}");
        refused(app.agent("acme").patch(&path, json!({"role": "client"})).await);
        refused(app.agent("acme").patch(&path, json!({"status": "disabled"})).await);
        refused(app.agent("acme").delete(&path).await);
        let body = json!({"account": strong, "name": "x", "scopes": ["tenant.manage"]});
        refused(app.agent("acme").post("/api/api-keys", body).await);
        refused(app.agent("acme").post(&format!("{}/rotate", super::path(&strong_key)), json!({})).await);
        refused(app.agent("acme").patch(&super::path(&strong_key), json!({"name": "x"})).await);
        // What they hold they can give; and anybody who looks after access can shut a key.
        app.agent("acme")
            .post("/api/api-keys", json!({"account": strong, "name": "x", "scopes": ["ticket.read"]}))
            .await
            .expect(201);
        app.agent("acme").post("/api/service-accounts", json!({"name": "y", "role": keeper})).await.expect(201);
        app.agent("acme").delete(&super::path(&strong_key)).await.expect(204);
    });
}

#[test]
fn making_and_changing_asks_for_a_recent_proof() {
    run(async {
        let app = TestApp::new();
        let (account, made) = program(&app, "acme", "agent", &["ticket.read"]).await;
        app.tenant_database("acme").inspect(|connection| {
            connection.execute("UPDATE sessions SET verified_at = 0, created_at = created_at - 3600000", []).unwrap();
        });
        let refused = |answer: tests::app::Answer| assert_eq!(answer.expect(403).code(), "step_up_required");
        refused(app.admin("acme").post("/api/service-accounts", json!({"name": "x", "role": "client"})).await);
        let path = format!("/api/service-accounts/{account}");
        refused(app.admin("acme").patch(&path, json!({"status": "disabled"})).await);
        refused(app.admin("acme").delete(&path).await);
        let body = json!({"account": account, "name": "x", "scopes": ["ticket.read"]});
        refused(app.admin("acme").post("/api/api-keys", body).await);
        refused(app.admin("acme").patch(&super::path(&made), json!({"networks": []})).await);
        refused(app.admin("acme").post(&format!("{}/rotate", super::path(&made)), json!({})).await);
        // Shutting a key needs no proof.
        app.admin("acme").delete(&super::path(&made)).await.expect(204);
    });
}

#[test]
fn a_program_that_administers_does_not_count_as_an_administrator() {
    run(async {
        let app = TestApp::new();
        account(&app, "acme", "admin").await;
        let admin = format!("/api/users/{}", app.user_id("acme", "admin"));
        let refused = app.admin("acme").header("if-match", "*").patch(&admin, json!({"role": "agent"})).await.expect(409);
        assert_eq!(refused.code(), "last_admin");
    });
}

#[test]
fn another_tenants_account_is_nobodys() {
    run(async {
        let app = TestApp::in_one_cell();
        let (theirs, their_key) = program(&app, "globex", "agent", &["ticket.read"]).await;
        let own = account(&app, "acme", "agent").await;
        app.admin("acme").get(&format!("/api/service-accounts/{theirs}")).await.expect(404);
        app.admin("acme").get(&super::path(&their_key)).await.expect(404);
        app.admin("acme").delete(&super::path(&their_key)).await.expect(404);
        let body = json!({"account": theirs, "name": "x", "scopes": ["ticket.read"]});
        let fault = app.admin("acme").post("/api/api-keys", body).await.expect(422).json()["errors"][0].clone();
        assert_eq!((&fault["field"], &fault["code"]), (&json!("account"), &json!("unknown_value")));
        let page = format!("/agent/access/service-accounts/{own}/keys/{}/revoke", their_key["id"].as_str().unwrap());
        app.admin("acme").in_browser().submit(&page, &[("x", "y")]).await.expect(404);
        assert_eq!(app.admin("acme").get("/api/api-keys").await.json()["data"], json!([]));
    });
}

#[test]
fn keys_that_are_long_over_are_forgotten() {
    run(async {
        let app = TestApp::new();
        let (account, _) = program(&app, "acme", "agent", &["ticket.read"]).await;
        super::key_with(
            &app,
            "acme",
            json!({"account": account, "name": "y", "scopes": ["ticket.read"], "expires_in_days": 365}),
        )
        .await;
        app.advance(TimeDelta::days(90 + 91));
        app.as_product("acme", async |ctx| functions::actions::forget::forget(ctx).await.unwrap()).await;
        assert_eq!(app.asked("acme", "SELECT name FROM api_keys"), ["y"]);
    });
}
