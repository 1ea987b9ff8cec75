//! Setting a directory up, and trying it out.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::app::{PASSWORD, TestApp};
use tests::native::Lie;

use super::{DESK, code, form, run, set_up, stand};

#[test]
fn a_directory_is_made_listed_changed_and_removed_with_its_audit_lines() {
    run(async {
        let (app, _) = stand();
        let id = set_up(&app, json!({})).await;
        let path = format!("/api/directories/{id}");
        let list = app.manager("acme").get("/api/directories").await.expect(200).json();
        assert_eq!(list["data"][0]["name"], "Head office");
        let shown = app.admin("acme").get(&path).await.expect(200);
        assert_eq!(shown.headers.get("etag"), Some("\"1\""));
        assert!(!shown.text().contains("portal secret") && shown.json().get("bind_password").is_none());
        let mut change = form(json!({"name": "Moscow"}));
        change.as_object_mut().unwrap().remove("bind_password");
        app.admin("acme").put(&path, change.clone()).await.expect(428);
        app.admin("acme").header("if-match", "\"7\"").put(&path, change.clone()).await.expect(412);
        app.admin("acme").header("if-match", "\"1\"").put(&path, change).await.expect(200);
        app.admin("globex").get(&path).await.expect(404);
        app.admin("acme").delete(&path).await.expect(204);
        app.admin("acme").get(&path).await.expect(404);
        let lines = app.asked("acme", "SELECT action FROM audit_logs WHERE action LIKE 'directory.%' ORDER BY seq");
        assert_eq!(lines, ["directory.created", "directory.updated", "directory.deleted"]);
        let kept = app.asked("acme", "SELECT group_concat(detail) FROM audit_logs WHERE action LIKE 'directory.%'");
        assert!(!kept[0].contains("portal secret"));
    });
}

#[test]
fn the_password_is_sealed_and_goes_to_no_other_machine() {
    run(async {
        let (app, _) = stand();
        let id = set_up(&app, json!({})).await;
        let stored = app.asked("acme", "SELECT secret || definition FROM directories");
        assert!(!stored[0].contains("portal secret"), "{stored:?}");
        for change in [json!({"host": "evil.example"}), json!({"port": 3269}), json!({"bind_dn": "cn=other,dc=acme"})] {
            let mut change = form(change);
            change.as_object_mut().unwrap().remove("bind_password");
            let answer =
                app.admin("acme").header("if-match", "*").put(&format!("/api/directories/{id}"), change).await.expect(422);
            assert_eq!(answer.json()["errors"][0]["field"], "bind_password");
        }
    });
}

/// Makes of the tests' manager somebody who sets up who comes in, and can do nothing else.
fn appoint_keeper(app: &TestApp) {
    app.tenant_database("acme").inspect(|connection| {
        connection
            .execute_batch(
                "INSERT INTO roles (tenant_id, id, name, base, permissions, created_at, updated_at)
                 SELECT tenant_id, 'rol_' || printf('%032d', 1), 'Keeper', 'agent', '[\"access.read\",\"access.manage\"]', 1, 1 FROM users LIMIT 1;
                 UPDATE users SET role = 'agent', role_id = 'rol_' || printf('%032d', 1) WHERE email = 'manager@acme.example';",
            )
            .unwrap();
    });
}

/// A change of a directory that keeps its password.
fn change(more: Value) -> Value {
    let mut change = form(more);
    if change["bind_password"] == "portal secret" {
        change.as_object_mut().unwrap().remove("bind_password");
    }
    change
}

#[test]
fn a_recent_proof_is_asked_for_and_nobody_gives_what_they_do_not_hold() {
    run(async {
        let (app, _) = stand();
        let id = set_up(&app, json!({})).await;
        appoint_keeper(&app);
        let keeper = || app.manager("acme");
        let answer = keeper().post("/api/directories", form(json!({"name": "Other"}))).await.expect(403);
        assert_eq!(answer.json()["code"], "more_than_own");
        let harmless = form(json!({"name": "Other", "mappings": [{"group": DESK, "role": "client"}]}));
        keeper().post("/api/directories", harmless).await.expect(201);
        app.tenant_database("acme").inspect(|connection| {
            connection.execute("UPDATE sessions SET created_at = 1, verified_at = 1", []).unwrap();
        });
        for (answer, what) in [
            (app.admin("acme").post("/api/directories", form(json!({"name": "Third"}))).await, "create"),
            (app.admin("acme").delete(&format!("/api/directories/{id}")).await, "delete"),
            (app.admin("acme").post(&format!("/api/directories/{id}/sync"), json!({})).await, "sync"),
        ] {
            assert_eq!(answer.expect(403).json()["code"], "step_up_required", "{what}");
        }
    });
}

#[test]
fn a_role_that_one_cannot_give_stays_only_as_it_stands() {
    run(async {
        let (app, _) = stand();
        appoint_keeper(&app);
        let (all, roots) = (json!({"group": "cn=all", "role": "client"}), json!({"group": "cn=roots", "role": "admin"}));
        let mapped = json!([all, roots]);
        let path = format!("/api/directories/{}", set_up(&app, json!({"mappings": mapped})).await);
        let put = async |more: Value| {
            let mut sent = json!({"mappings": mapped});
            for (name, value) in more.as_object().unwrap() {
                sent[name] = value.clone();
            }
            app.manager("acme").header("if-match", "*").put(&path, change(sent)).await
        };
        for refused in [
            json!({"mappings": [all, {"group": "cn=mine", "role": "admin"}]}),
            json!({"mappings": [all, {"group": "cn=roots", "role": "admin", "department": format!("dep_{}", "0".repeat(32))}]}),
            json!({"mappings": [roots]}),
            json!({"mappings": [roots, all]}),
            json!({"default_role": "admin"}),
            json!({"base_dn": "ou=mine,dc=acme,dc=example"}),
            json!({"user_filter": "(mail={username})"}),
            json!({"attributes": {"unique_id": "uid"}}),
            json!({"groups": {"lookup": "walk"}}),
            json!({"domains": ["mine.example"]}),
            json!({"create_people": false}),
            json!({"bind_password": "another"}),
            json!({"host": "mine.example", "bind_password": "another"}),
            json!({"port": 3269, "bind_password": "another"}),
            json!({"bind_dn": "cn=mine", "bind_password": "another"}),
        ] {
            let answer = put(refused.clone()).await;
            assert_eq!((answer.status, answer.code()), (403, "more_than_own".to_owned()), "{refused}");
        }
        for good in [
            json!({"name": "Moscow", "sync_hours": 2, "enabled": false}),
            json!({"mappings": [{"group": "cn=new", "role": "client"}, all, roots]}),
            json!({"mappings": [all]}),
        ] {
            put(good).await.expect(200);
        }
        // Once it is gone it is one that was never there.
        put(json!({})).await.expect(403);
        let default = json!({"mappings": [all], "default_role": "admin"});
        app.admin("acme").header("if-match", "*").put(&path, change(default.clone())).await.expect(200);
        put(json!({"mappings": [all], "default_role": "admin", "name": "Tver"})).await.expect(200);
        put(json!({"mappings": [], "default_role": "admin"})).await.expect(403);
    });
}

#[test]
fn only_who_holds_what_its_people_hold_points_a_directory_elsewhere() {
    run(async {
        let (app, directory) = stand();
        appoint_keeper(&app);
        directory.person("root", "x", &[]);
        directory.person("carl", "x", &[]);
        let harmless = || json!({"mappings": []});
        let id = set_up(&app, harmless()).await;
        let path = format!("/api/directories/{id}");
        let put = async |more: Value| {
            let mut sent = harmless();
            for (name, value) in more.as_object().unwrap() {
                sent[name] = value.clone();
            }
            app.manager("acme").header("if-match", "*").put(&path, change(sent)).await
        };
        let elsewhere = [
            json!({"host": "mine.example", "bind_password": "another"}),
            json!({"port": 3269, "bind_password": "another"}),
            json!({"bind_dn": "cn=mine", "bind_password": "another"}),
            json!({"bind_password": "another"}),
            json!({"base_dn": "ou=mine,dc=acme,dc=example"}),
            json!({"user_filter": "(mail={username})"}),
            json!({"attributes": {"unique_id": "uid"}}),
        ];
        let link = async |who: &str, username: &str| {
            let body = json!({"user": app.user_id("acme", who), "username": username});
            app.admin("acme").post(&format!("{path}/people"), body).await.expect(201);
        };
        link("agent", "root").await;
        for change in &elsewhere {
            let answer = put(change.clone()).await;
            assert_eq!((answer.status, answer.code()), (403, "more_than_own".to_owned()), "{change}");
            assert!(answer.round_trips <= 3, "{}", answer.round_trips);
        }
        put(json!({"name": "Moscow", "domains": ["other.example"]})).await.expect(200);
        app.admin("acme").delete(&format!("{path}/people/{}", app.user_id("acme", "agent"))).await.expect(204);
        link("client", "carl").await;
        put(elsewhere[4].clone()).await.expect(200);
        // What was granted to somebody counts as what they are.
        app.tenant_database("acme").inspect(|connection| {
            let sql =
                "UPDATE users SET role = 'agent', role_id = 'rol_' || printf('%032d', 1) WHERE email = 'client@acme.example'";
            connection.execute(sql, []).unwrap();
        });
        put(elsewhere[6].clone()).await.expect(200);
        let until = (app.platform.now.get() + TimeDelta::hours(1)).to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
        let carl = app.user_id("acme", "client");
        let grant = json!({"user": carl, "role": "manager", "reach": "all", "ends_at": until, "reason": "Stands in"});
        app.admin("acme").post("/api/grants", grant).await.expect(201);
        put(elsewhere[5].clone()).await.expect(403);
    });
}

#[test]
fn a_machine_of_ones_own_network_a_taken_name_and_an_eleventh_directory_are_refused() {
    run(async {
        let (app, _) = stand();
        set_up(&app, json!({})).await;
        let refused =
            app.admin("acme").post("/api/directories", form(json!({"name": "X", "host": "127.0.0.1"}))).await.expect(422);
        assert_eq!(refused.json()["errors"][0]["code"], "host_refused");
        let taken = app.admin("acme").post("/api/directories", form(json!({}))).await.expect(409);
        assert_eq!(taken.json()["code"], "name_taken");
        let unknown = json!([{"group": DESK, "role": "agent", "organization": format!("org_{}", "0".repeat(32))}]);
        app.admin("acme").post("/api/directories", form(json!({"name": "X", "mappings": unknown}))).await.expect(422);
        app.admin("acme").post("/api/directories", form(json!({"name": "X", "surprise": 1}))).await.expect(422);
        for number in 2..=10 {
            set_up(&app, json!({"name": format!("Directory {number}")})).await;
        }
        let full = app.admin("acme").post("/api/directories", form(json!({"name": "X"}))).await.expect(409);
        assert_eq!(full.json()["code"], "directory_limit");
    });
}

#[test]
fn a_test_shows_each_step_up_to_the_one_that_fails() {
    run(async {
        let (app, directory) = stand();
        directory.person("anna", "anna's password", &[DESK]);
        let id = set_up(&app, json!({})).await;
        let tried = async |username: &str| {
            let path = format!("/api/directories/{id}/test");
            let answer = app.admin("acme").post(&path, json!({"username": username})).await.expect(200).json();
            let steps = answer["steps"].as_array().unwrap().clone();
            let last = steps.last().unwrap().clone();
            (
                steps.len(),
                answer["ok"] == true,
                last["step"].as_str().unwrap().to_owned(),
                last["detail"].as_str().unwrap().to_owned(),
            )
        };
        let (count, ok, step, detail) = tried("anna").await;
        assert_eq!((count, ok, step.as_str()), (6, true, "groups"));
        assert!(detail.contains(DESK) && detail.ends_with("agent"), "{detail}");
        assert_eq!(tried("").await.2, "bind");
        assert_eq!(tried("nobody").await.2, "search");
        assert_eq!(tried("*").await.2, "search");
        directory.set("anna", "mail", "anna@elsewhere.example");
        assert_eq!(tried("anna").await.2, "attributes");
        directory.lie.set(Lie::NoTls);
        assert_eq!(tried("anna").await.2, "tls");
        directory.lie.set(Lie::Down);
        assert_eq!(tried("anna").await.2, "connect");
        assert!(app.asked("acme", "SELECT COUNT(*) FROM audit_logs WHERE action = 'directory.tested'") == ["7"]);
    });
}

#[test]
fn an_administrator_links_an_account_and_its_own_password_is_gone() {
    run(async {
        let (app, directory) = stand();
        directory.person("agnes", "agnes's password", &[DESK]);
        let id = set_up(&app, json!({})).await;
        let path = format!("/api/directories/{id}/people");
        let user = app.user_id("acme", "agent");
        let link = |user: &str, username: &str| json!({"user": user, "username": username});
        app.admin("acme").post(&path, link(&user, "nobody")).await.expect(422);
        app.admin("acme").post(&path, link(&format!("usr_{}", "0".repeat(32)), "agnes")).await.expect(422);
        assert_eq!(code(&app, "agent@acme.example", PASSWORD).await, "in");
        app.admin("acme").post(&path, link(&user, "agnes")).await.expect(201);
        app.admin("acme").post(&path, link(&app.user_id("acme", "client"), "agnes")).await.expect(409);
        assert_eq!(code(&app, "agent@acme.example", PASSWORD).await, "bad_credentials");
        assert_eq!(code(&app, "agent@acme.example", "agnes's password").await, "in");
        assert_eq!(code(&app, "AGNES", "agnes's password").await, "in");
        let people = app.manager("acme").get(&path).await.expect(200).json();
        assert_eq!(people["data"][0]["username"], "agnes");
        app.admin("acme").delete(&format!("{path}/{user}")).await.expect(204);
        app.admin("acme").delete(&format!("{path}/{user}")).await.expect(404);
        // Now she is somebody new, with an address of her own.
        assert_eq!(code(&app, "agnes", "agnes's password").await, "in");
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM users WHERE email = 'agnes@corp.example'"), ["1"]);
    });
}

#[test]
fn whoever_is_of_a_directory_gets_no_password_here_by_any_way() {
    run(async {
        let (app, directory) = stand();
        directory.person("agnes", "agnes's password", &[DESK]);
        let id = set_up(&app, json!({})).await;
        let user = app.user_id("acme", "client");
        // A link that was mailed before.
        app.anon("acme").in_browser().submit("/password/forgot", &[("email", "client@acme.example")]).await.expect(200);
        app.admin("acme")
            .post(&format!("/api/directories/{id}/people"), json!({"user": user, "username": "agnes"}))
            .await
            .expect(201);
        let unused = app.asked("acme", "SELECT COUNT(*) FROM one_time_tokens WHERE used_at IS NULL");
        assert_eq!(unused, ["0"]);
        app.advance(TimeDelta::hours(2));
        app.anon("acme").in_browser().submit("/password/forgot", &[("email", "client@acme.example")]).await.expect(200);
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM one_time_tokens WHERE used_at IS NULL"), ["0"]);
        let refused = app.tenant_database("acme").inspect(|connection| {
            connection
                .execute("UPDATE users SET password_hash = 'x' WHERE email = 'client@acme.example'", [])
                .unwrap_err()
                .to_string()
        });
        assert!(refused.contains("guard:directory_person"), "{refused}");
        let invite = format!("/agent/access/people/{user}/invite");
        app.admin("acme").in_browser().submit(&invite, &[]).await.expect(409);
    });
}
