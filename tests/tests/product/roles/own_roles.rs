//! The catalogue, the five, and the tenant's own.

use super::*;

fn ids(list: &Value) -> Vec<String> {
    list["data"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_catalogue_explains_every_right_in_the_readers_language() {
    run(async {
        let app = TestApp::new();
        let of = async |language: &str| {
            let answer = app.manager("acme").header("accept-language", language).get("/api/permissions").await.expect(200);
            answer.json()["data"].as_array().unwrap().clone()
        };
        let english = of("en").await;
        assert_eq!(english.len(), shared::access::Permission::ALL.len());
        for language in ["en", "ru", "ar"] {
            let mut explained: Vec<String> = of(language).await.iter().map(|one| one["explanation"].to_string()).collect();
            assert!(explained.iter().all(|text| text.contains(' ')), "{explained:?}");
            explained.sort();
            explained.dedup();
            assert_eq!(explained.len(), english.len(), "two rights are explained alike");
        }
        assert_ne!(english, of("ru").await);
        let reply = english.iter().find(|one| one["name"] == "ticket.reply").unwrap();
        assert_eq!((&reply["module"], &reply["about_tickets"]), (&json!("ticket"), &json!(true)));
        let tenant = english.iter().find(|one| one["name"] == "tenant.manage").unwrap();
        assert_eq!(tenant["about_tickets"], false);
    });
}

#[test]
fn the_five_stand_first_and_stay_as_they_are() {
    run(async {
        let app = TestApp::new();
        let list = app.manager("acme").get("/api/roles").await.expect(200).json();
        assert_eq!(ids(&list), ["admin", "manager", "agent", "client", "analyst"]);
        let agent = app.manager("acme").get("/api/roles/agent").await.expect(200).json();
        assert_eq!((&agent["builtin"], &agent["permissions"]), (&json!(true), &json!(AGENTS)));
        for name in ["admin", "client"] {
            let path = format!("/api/roles/{name}");
            let refused = app.admin("acme").patch(&path, json!({"permissions": []})).await.expect(409);
            assert_eq!(refused.code(), "role_builtin");
            assert_eq!(app.admin("acme").delete(&path).await.expect(409).code(), "role_builtin");
        }
        app.admin("acme").get("/api/roles/king").await.expect(404);
    });
}

#[test]
fn the_tenants_own_follow_by_name_page_by_page() {
    run(async {
        let app = TestApp::new();
        for name in ["Gamma", "Alpha", "Beta"] {
            role(&app, name, "agent", &["ticket.read"]).await;
        }
        let mut seen = Vec::new();
        let mut target = "/api/roles?limit=3".to_owned();
        loop {
            let answer = app.manager("acme").get(&target).await.expect(200);
            assert!(answer.round_trips <= 2);
            let page = answer.json();
            assert!(page["data"].as_array().unwrap().len() <= 3);
            seen.extend(page["data"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_owned()));
            match page["meta"]["next_cursor"].as_str() {
                Some(cursor) => target = format!("/api/roles?limit=3&cursor={cursor}"),
                None => break,
            }
        }
        assert_eq!(seen.len(), 8);
        assert_eq!(seen[5..], ["Alpha", "Beta", "Gamma"]);
        app.manager("acme").get("/api/roles?cursor=zzz").await.expect(422);
        app.manager("acme").get("/api/roles?colour=red").await.expect(422);
    });
}

#[test]
fn a_role_is_made_changed_by_version_and_removed() {
    run(async {
        let app = TestApp::new();
        let body = json!({"name": "Night", "description": "Reads\nand answers", "base": "agent", "permissions": ["ticket.reply", "ticket.read"]});
        let answer = app.admin("acme").post("/api/roles", body.clone()).await.expect(201);
        assert!(answer.round_trips <= 3);
        let made = answer.json();
        let path = format!("/api/roles/{}", made["id"].as_str().unwrap());
        assert_eq!(answer.headers.get("location"), Some(path.as_str()));
        assert_eq!(made["permissions"], json!(["ticket.read", "ticket.reply"]));
        assert_eq!(made["description"], "Reads and answers");
        assert_eq!(app.admin("acme").get(&path).await.expect(200).json(), made);
        assert_eq!(app.admin("acme").post("/api/roles", body).await.expect(409).code(), "name_taken");

        let change = json!({"permissions": ["ticket.read"]});
        let changed = app.admin("acme").header("if-match", "\"1\"").patch(&path, change.clone()).await.expect(200);
        assert_eq!(changed.headers.get("etag"), Some("\"2\""));
        assert_eq!(changed.json()["permissions"], json!(["ticket.read"]));
        app.admin("acme").header("if-match", "\"1\"").patch(&path, json!({"name": "Late"})).await.expect(412);
        // What changes nothing counts as no change.
        assert_eq!(app.admin("acme").patch(&path, change).await.expect(200).json()["version"], 2);
        app.admin("acme").header("if-match", "\"1\"").delete(&path).await.expect(412);
        app.admin("acme").header("if-match", "\"2\"").delete(&path).await.expect(204);
        app.admin("acme").get(&path).await.expect(404);
        assert_eq!(audited(&app, made["id"].as_str().unwrap()), ["role.created", "role.deleted", "role.updated"]);
    });
}

#[test]
fn what_cannot_be_a_role_is_named_by_its_field() {
    run(async {
        let app = TestApp::new();
        for (body, field, code) in [
            (json!({"name": " ", "base": "agent", "permissions": []}), "name", "missing_field"),
            (json!({"name": "x", "base": "king", "permissions": []}), "base", "unknown_value"),
            (json!({"name": "x", "base": "agent", "permissions": ["ticket.fly"]}), "permissions", "unknown_value"),
            (json!({"name": "x", "base": "agent", "permissions": [], "colour": 1}), "colour", "unknown_field"),
            (json!({"name": "x", "base": "agent"}), "permissions", "missing_field"),
            (
                json!({"name": "x", "base": "client", "permissions": ["ticket.read", "ticket.read_internal"]}),
                "permissions",
                "desk_only",
            ),
            (json!({"name": "x", "base": "agent", "permissions": [], "description": "x".repeat(301)}), "description", "too_long"),
        ] {
            let fault = app.admin("acme").post("/api/roles", body).await.expect(422).json()["errors"][0].clone();
            assert_eq!((&fault["field"], &fault["code"]), (&json!(field), &json!(code)));
        }
        let base = json!({"base": "admin"});
        let own = role(&app, "Own", "agent", &["ticket.read"]).await;
        app.admin("acme").patch(&format!("/api/roles/{own}"), base).await.expect(422);
    });
}

#[test]
fn a_role_is_in_force_at_the_next_request_and_open_pages_come_back() {
    run(async {
        let app = TestApp::new();
        app.agent("acme").get("/api/sla/rules").await.expect(200);
        let reader = role(&app, "Reader", "agent", &["ticket.read", "ticket.read_internal"]).await;
        let user = give(&app, "agent", &reader).await;
        assert_eq!((&user["role"], &user["own_role"]), (&json!("agent"), &json!({"id": reader, "name": "Reader"})));
        assert_eq!(permissions(app.agent("acme")).await, ["ticket.read", "ticket.read_internal"]);
        app.agent("acme").get("/api/tickets").await.expect(200);
        app.agent("acme").get("/api/sla/rules").await.expect(403);
        let body = json!({"title": "A title", "description": "A text"});
        app.agent("acme").post("/api/tickets", body.clone()).await.expect(403);

        // The role grows, and with it whoever has it; pages of people whom only the database could name come back.
        app.wakes.borrow_mut().clear();
        let wider = json!({"permissions": ["ticket.read", "ticket.read_internal", "ticket.create"]});
        app.admin("acme").patch(&format!("/api/roles/{reader}"), wider).await.expect(200);
        assert!(format!("{:?}", app.wakes.borrow()).contains("renew_everybody"), "{:?}", app.wakes.borrow());
        app.agent("acme").post("/api/tickets", body).await.expect(201);

        // One of the five again, and all is as before.
        let user = give(&app, "agent", "agent").await;
        assert_eq!(user["own_role"], Value::Null);
        assert_eq!(permissions(app.agent("acme")).await, AGENTS);
        let lines = app.asked("acme", "SELECT detail FROM audit_logs WHERE action = 'user.updated'");
        assert!(lines.iter().any(|line| line.contains(&format!("\"own_role\":\"{reader}\""))), "{lines:?}");
    });
}

#[test]
fn a_role_can_hold_more_than_the_one_it_is_built_on() {
    run(async {
        let app = TestApp::new();
        app.agent("acme").get("/api/ratings/agents").await.expect(403);
        let lead = role(&app, "Lead", "agent", &["ticket.read", "report.read"]).await;
        give(&app, "agent", &lead).await;
        app.agent("acme").get("/api/ratings/agents").await.expect(200);
    });
}

#[test]
fn a_role_that_somebody_has_or_a_grant_gives_stays() {
    run(async {
        let app = TestApp::new();
        let id = role(&app, "Held", "agent", &["ticket.read"]).await;
        let path = format!("/api/roles/{id}");
        give(&app, "agent", &id).await;
        assert_eq!(app.admin("acme").delete(&path).await.expect(409).code(), "role_in_use");
        give(&app, "agent", "agent").await;
        let now = app.platform.now.get().timestamp_millis();
        grant(&app, ("user_id", &app.user_id("acme", "agent")), ("role_id", &id), now + 1000);
        assert_eq!(app.admin("acme").delete(&path).await.expect(409).code(), "role_in_use");
        // A grant that is over holds nothing back, and still tells what it was.
        app.advance(chrono::TimeDelta::seconds(2));
        app.admin("acme").delete(&path).await.expect(204);
        assert_eq!(app.asked("acme", "SELECT role_id FROM grants"), [id]);
        assert_eq!(permissions(app.agent("acme")).await, AGENTS);
    });
}

#[test]
fn nobody_makes_or_gives_a_role_that_holds_more_than_they_do() {
    run(async {
        let app = TestApp::new();
        let strong = role(&app, "Strong", "agent", &["tenant.manage"]).await;
        let deputy =
            role(&app, "Keeper", "agent", &["ticket.read", "user.read", "user.manage", "access.read", "access.manage"]).await;
        give(&app, "agent", &deputy).await;
        let keeper = || app.agent("acme");

        let more = json!({"name": "More", "base": "agent", "permissions": ["ticket.read", "tenant.manage"]});
        assert_eq!(keeper().post("/api/roles", more).await.expect(403).code(), "more_than_own");
        let less = json!({"name": "Less", "base": "admin", "permissions": ["ticket.read"]});
        let less = keeper().post("/api/roles", less).await.expect(201).json()["id"].as_str().unwrap().to_owned();
        let grown = keeper().patch(&format!("/api/roles/{less}"), json!({"permissions": ["ticket.read", "mail.read"]})).await;
        assert_eq!(grown.expect(403).code(), "more_than_own");

        let manager = format!("/api/users/{}", app.user_id("acme", "manager"));
        let analyst = format!("/api/users/{}", app.user_id("acme", "analyst"));
        let client = format!("/api/users/{}", app.user_id("acme", "client"));
        for (path, other) in [(&client, "admin"), (&client, "agent"), (&client, strong.as_str()), (&manager, "client")] {
            let refused = keeper().patch(path, json!({"role": other})).await.expect(403);
            assert_eq!(refused.code(), "more_than_own", "{other}");
        }
        assert_eq!(keeper().patch(&analyst, json!({"status": "disabled"})).await.expect(403).code(), "more_than_own");
        assert_eq!(keeper().delete(&manager).await.expect(403).code(), "more_than_own");
        let own = format!("/api/users/{}", app.user_id("acme", "agent"));
        assert_eq!(keeper().patch(&own, json!({"role": "admin"})).await.expect(403).code(), "more_than_own");
        let new = json!({"email": "x@client.example", "name": "X", "role": strong});
        assert_eq!(keeper().post("/api/users", new).await.expect(403).code(), "more_than_own");

        // What they hold they can give, and the portal's door is open to everybody.
        keeper().patch(&client, json!({"role": less})).await.expect(200);
        keeper().patch(&client, json!({"role": "client"})).await.expect(200);
        keeper().patch(&manager, json!({"name": "Renamed"})).await.expect(200);
        keeper().post("/api/users", json!({"email": "y@client.example", "name": "Y", "role": "client"})).await.expect(201);
    });
}

#[test]
fn a_right_for_some_tickets_only_cannot_be_given_for_all() {
    run(async {
        let app = TestApp::new();
        let narrow = role(&app, "Narrow", "agent", &["access.manage", "ticket.read"]).await;
        give(&app, "agent", &narrow).await;
        let agent = app.user_id("acme", "agent");
        grant(&app, ("user_id", &agent), ("role", "manager"), FOR_GOOD);
        app.tenant_database("acme").inspect(|connection| {
            connection.execute("UPDATE grants SET reach = 'department'", []).unwrap();
        });
        assert!(permissions(app.agent("acme")).await.contains(&"ticket.delete".to_owned()));
        let body = json!({"name": "Wide", "base": "agent", "permissions": ["ticket.delete"]});
        assert_eq!(app.agent("acme").post("/api/roles", body).await.expect(403).code(), "more_than_own");
    });
}

#[test]
fn no_change_of_a_role_leaves_the_tenant_without_an_administrator() {
    run(async {
        let app = TestApp::new();
        let all: Vec<&str> = shared::access::Permission::ALL.iter().map(|one| one.as_str()).collect();
        let owner = role(&app, "Owner", "manager", &all).await;
        let path = format!("/api/roles/{owner}");
        give(&app, "manager", &owner).await;
        // The owner by a role of the tenant's own counts as one who is left.
        let admin = format!("/api/users/{}", app.user_id("acme", "admin"));
        app.manager("acme").patch(&admin, json!({"role": "agent"})).await.expect(200);
        for lost in ["access.manage", "tenant.manage"] {
            let rest: Vec<&str> = all.iter().copied().filter(|one| *one != lost).collect();
            let refused = app.manager("acme").patch(&path, json!({"permissions": rest})).await.expect(422);
            assert_eq!(refused.code(), "locks_out_last_admin");
        }
        let manager = format!("/api/users/{}", app.user_id("acme", "manager"));
        for change in [json!({"role": "manager"}), json!({"status": "disabled"})] {
            assert_eq!(app.manager("acme").patch(&manager, change).await.expect(409).code(), "last_admin");
        }
        assert_eq!(app.manager("acme").delete(&manager).await.expect(409).code(), "last_admin");
        app.manager("acme").patch(&admin, json!({"role": "admin"})).await.expect(200);
        app.manager("acme").patch(&path, json!({"permissions": ["ticket.read"]})).await.expect(200);
        assert_eq!(permissions(app.manager("acme")).await, ["ticket.read"]);
    });
}

#[test]
fn no_change_of_a_role_leaves_only_administrators_whom_a_policy_keeps_out() {
    run(async {
        let app = TestApp::new();
        let all: Vec<&str> = shared::access::Permission::ALL.iter().map(|one| one.as_str()).collect();
        let owner = role(&app, "Owner", "manager", &all).await;
        give(&app, "manager", &owner).await;
        let first = json!({"==": [{"var": "actor.id"}, app.user_id("acme", "admin")]});
        let body = json!({"name": "Not the first", "effect": "deny", "permissions": ["access.manage"], "condition": first});
        app.manager("acme").post("/api/policies", body).await.expect(201);
        let path = format!("/api/roles/{owner}");
        let refused = app.manager("acme").patch(&path, json!({"permissions": ["ticket.read"]})).await.expect(422);
        assert_eq!(refused.code(), "locks_out_last_admin");
        assert!(permissions(app.manager("acme")).await.contains(&"access.manage".to_owned()));
    });
}

#[test]
fn another_tenants_role_is_nobodys_role() {
    run(async {
        let app = TestApp::in_one_cell();
        let body = json!({"name": "Theirs", "base": "agent", "permissions": ["ticket.read"]});
        let theirs = app.admin("globex").post("/api/roles", body).await.expect(201).json()["id"].as_str().unwrap().to_owned();
        let nobodys = format!("rol_{}", "9".repeat(32));
        let user = format!("/api/users/{}", app.user_id("acme", "agent"));
        for id in [&theirs, &nobodys] {
            app.admin("acme").get(&format!("/api/roles/{id}")).await.expect(404);
            app.admin("acme").delete(&format!("/api/roles/{id}")).await.expect(404);
            let fault = app.admin("acme").patch(&user, json!({"role": id})).await.expect(422).json()["errors"][0].clone();
            assert_eq!((&fault["field"], &fault["code"]), (&json!("role"), &json!("unknown_value")));
            let new = json!({"email": "x@client.example", "name": "X", "role": id});
            assert_eq!(app.admin("acme").post("/api/users", new).await.expect(422).json()["errors"][0]["field"], "role");
        }
        assert_eq!(ids(&app.admin("acme").get("/api/roles").await.json()).len(), 5);
        assert_eq!(permissions(app.agent("acme")).await, AGENTS);
    });
}

#[test]
fn there_is_room_for_two_hundred_roles_and_no_more() {
    run(async {
        let app = TestApp::new();
        app.tenant_database("acme").inspect(|connection| {
            for count in 0..200 {
                let sql = "INSERT INTO roles (tenant_id, id, name, base, permissions, created_at, updated_at)
                    VALUES ('tnt_' || ?1, 'rol_' || lower(hex(randomblob(16))), ?2, 'agent', '[]', 1, 1)";
                connection.execute(sql, rusqlite::params!["a".repeat(32), format!("Role {count}")]).unwrap();
            }
        });
        let body = json!({"name": "One more", "base": "agent", "permissions": []});
        assert_eq!(app.admin("acme").post("/api/roles", body.clone()).await.expect(409).code(), "role_limit");
        app.admin("globex").post("/api/roles", body).await.expect(201);
    });
}
