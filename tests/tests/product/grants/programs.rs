//! Programs beside all that: never deputies and never lenders, judged by policies, narrowed by their key whatever gives them more.

use super::*;

async fn program(app: &TestApp, role: &str, scopes: &[&str]) -> (String, String) {
    let account = json!({"name": format!("{role} program"), "role": role});
    let account = id_of(&app.admin("acme").post("/api/service-accounts", account).await.expect(201).json());
    let key = json!({"account": account, "name": "Nightly", "scopes": scopes});
    let key = app.admin("acme").post("/api/api-keys", key).await.expect(201).json();
    (account, key["key"].as_str().unwrap().to_owned())
}

async fn ask(app: &TestApp, key: &str, target: &str) -> Answer {
    app.anon("acme").header("authorization", format!("Bearer {key}")).get(target).await
}

#[test]
fn nothing_is_given_or_lent_to_a_program_and_it_lends_nothing() {
    run(async {
        let app = TestApp::new();
        let (account, key) = program(&app, "admin", &["access.read", "access.manage"]).await;
        let refused = app.admin("acme").post("/api/grants", json!({"user": account, "role": "client", "reach": "own"})).await;
        assert_eq!(fault(&refused.expect(422)), ("user".to_owned(), "unknown_value".to_owned()));
        let to = json!({"deputy": account, "ends_at": moment(60)});
        let refused = app.manager("acme").post("/api/delegations", to).await;
        assert_eq!(fault(&refused.expect(422)), ("deputy".to_owned(), "unknown_value".to_owned()));
        let from = json!({"delegator": account, "deputy": app.user_id("acme", "agent"), "ends_at": moment(60)});
        let refused = app.admin("acme").post("/api/delegations", from).await;
        assert_eq!(fault(&refused.expect(422)), ("delegator".to_owned(), "unknown_value".to_owned()));
        // Nor does it by itself.
        let own = json!({"deputy": app.user_id("acme", "agent"), "ends_at": moment(60)});
        let by_key = app.anon("acme").header("authorization", format!("Bearer {key}")).post("/api/delegations", own).await;
        assert_eq!(by_key.expect(403).code(), "not_by_key");
    });
}

#[test]
fn a_delegation_that_names_a_program_gives_nothing_to_either_side() {
    run(async {
        let app = TestApp::new();
        let (reader, key) = program(&app, "client", &["ticket.read"]).await;
        let (admin, _) = program(&app, "admin", &["access.read"]).await;
        let agent = app.user_id("acme", "agent");
        app.tenant_database("acme").inspect(|connection| {
            for (letter, from, to) in [("1", app.user_id("acme", "admin"), &reader), ("2", admin.clone(), &agent)] {
                let sql = "INSERT INTO delegations (tenant_id, id, delegator_id, deputy_id, reason, starts_at, ends_at, created_by, created_at)
                    SELECT tenant_id, ?1, ?2, ?3, '', 1, 8000000000000, 'system', 1 FROM users WHERE id = ?2";
                connection.execute(sql, (format!("dlg_{}", letter.repeat(32)), from, to)).unwrap();
            }
        });
        ticket(&app, "Somebody's", "").await;
        let seen = ask(&app, &key, "/api/tickets").await.expect(200).json();
        assert_eq!(seen["data"], json!([]));
        app.agent("acme").get("/api/roles").await.expect(403);
    });
}

#[test]
fn policies_are_for_programs_too_and_a_key_narrows_what_they_give() {
    run(async {
        let app = TestApp::new();
        let (account, key) = program(&app, "agent", &["ticket.read"]).await;
        let id = ticket(&app, "A", "priority = 'low'").await;
        let path = format!("/api/tickets/{id}");
        ask(&app, &key, &path).await.expect(200);
        // What a policy allows beyond the key's scopes stays shut.
        let more = json!({"name": "More", "effect": "allow", "permissions": ["access.read"], "condition": {"==": [{"var": "actor.id"}, account]}});
        app.admin("acme").post("/api/policies", more).await.expect(201);
        ask(&app, &key, "/api/roles").await.expect(403);
        let less = json!({"name": "Not the low ones", "effect": "deny", "permissions": ["ticket.read"], "condition": {"and": [
            {"==": [{"var": "actor.id"}, account]}, {"==": [{"var": "ticket.priority"}, "low"]}]}});
        app.admin("acme").post("/api/policies", less).await.expect(201);
        ask(&app, &key, &path).await.expect(404);
        let told = app.manager("acme").post("/api/policies/explain", json!({"ticket": id})).await.expect(200).json();
        let told = told["data"].as_array().unwrap().iter().find(|one| one["user"]["id"] == account).unwrap().clone();
        assert_eq!((&told["is_program"], &told["may"]), (&json!(true), &json!(false)));
        assert_eq!(told["denied_by"][0]["name"], "Not the low ones");
    });
}

#[test]
fn a_program_is_not_the_administrator_who_is_left() {
    run(async {
        let app = TestApp::new();
        program(&app, "admin", &["access.manage"]).await;
        let people = json!({"!": {"in": [{"var": "actor.email_domain"}, ["service.invalid"]]}});
        let shuts_out = json!({"name": "Programs only", "effect": "deny", "permissions": ["access.manage"], "condition": people});
        let refused = app.admin("acme").post("/api/policies", shuts_out).await.expect(422);
        assert_eq!(refused.code(), "locks_out_last_admin");
    });
}
