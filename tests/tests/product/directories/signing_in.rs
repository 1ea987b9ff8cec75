//! Signing in with the password that a directory keeps.

use serde_json::{Value, json};
use tests::app::{PASSWORD, TestApp};
use tests::native::{FakeDirectory, Lie};

use super::{DESK, code, login, of, run, set_up, stand};

const ROOTS: &str = "cn=roots,ou=groups,dc=acme,dc=example";

#[test]
fn somebody_new_gets_an_account_with_the_role_of_their_group() {
    run(async {
        let (app, directory) = stand();
        directory.person("anna", "anna's password", &["CN=Desk, OU=Groups, DC=acme, DC=example"]);
        directory.person("carl", "carl's password", &[]);
        set_up(&app, json!({})).await;
        let answer = login(&app, "Anna", "anna's password").await.expect(200);
        assert!(answer.round_trips <= 3, "{}", answer.round_trips);
        assert_eq!(of(&app, "anna@corp.example", "role").as_deref(), Some("agent"));
        assert_eq!(of(&app, "anna@corp.example", "name").as_deref(), Some("Name of anna"));
        login(&app, "carl", "carl's password").await.expect(200);
        assert_eq!(of(&app, "carl@corp.example", "role").as_deref(), Some("client"));
        // By address too, once they are known.
        login(&app, "anna@corp.example", "anna's password").await.expect(200);
        let made = app.asked("acme", "SELECT COUNT(*) FROM users WHERE email LIKE '%@corp.example'");
        assert_eq!(made, ["2"]);
        let lines = app.asked("acme", "SELECT action FROM audit_logs WHERE actor LIKE 'usr_%' ORDER BY seq");
        assert_eq!(lines.iter().filter(|action| *action == "user.created").count(), 2, "{lines:?}");
    });
}

#[test]
fn the_person_is_who_the_unique_id_says_whatever_else_changes() {
    run(async {
        let (app, directory) = stand();
        directory.person("anna", "anna's password", &[DESK]);
        set_up(&app, json!({})).await;
        login(&app, "anna", "anna's password").await.expect(200);
        directory.set("anna", "mail", "anna.petrova@corp.example");
        directory.set("anna", "cn", "Anna Petrova");
        directory.set("anna", "memberOf", "cn=nothing");
        login(&app, "anna@corp.example", "anna's password").await.expect(200);
        assert_eq!(of(&app, "anna@corp.example", "name").as_deref(), Some("Anna Petrova"));
        assert_eq!(of(&app, "anna@corp.example", "role").as_deref(), Some("client"));
        assert_eq!(of(&app, "anna.petrova@corp.example", "id"), None);
        // Another entry under the old address and name is another person, and has no account: the address is somebody's.
        directory.remove("anna");
        directory.person("anna", "another password", &[DESK]);
        directory.set("anna", "entryUUID", "uuid-of-somebody-else");
        assert_eq!(code(&app, "anna", "another password").await, "bad_credentials");
    });
}

/// A directory whose group `roots` gives administrators, and anna is one of them.
async fn one_of_two_administrators(app: &TestApp, directory: &FakeDirectory) {
    directory.person("anna", "x", &[ROOTS]);
    let mappings = json!([{"group": ROOTS, "role": "admin"}, {"group": DESK, "role": "agent"}]);
    set_up(app, json!({"mappings": mappings})).await;
    assert_eq!(code(app, "anna", "x").await, "in");
    assert_eq!(of(app, "anna@corp.example", "role").as_deref(), Some("admin"));
}

#[test]
fn an_administrator_whom_the_directory_names_one_no_more_is_none_here_but_for_the_last() {
    run(async {
        let (app, directory) = stand();
        one_of_two_administrators(&app, &directory).await;
        directory.set("anna", "memberOf", DESK);
        assert_eq!(code(&app, "anna", "x").await, "in");
        assert_eq!(of(&app, "anna@corp.example", "role").as_deref(), Some("agent"));

        directory.set("anna", "memberOf", ROOTS);
        assert_eq!(code(&app, "anna", "x").await, "in");
        app.tenant_database("acme").inspect(|connection| {
            connection.execute("UPDATE users SET role = 'agent' WHERE email = 'admin@acme.example'", []).unwrap();
        });
        directory.set("anna", "memberOf", DESK);
        assert_eq!(code(&app, "anna", "x").await, "in");
        assert_eq!(of(&app, "anna@corp.example", "role").as_deref(), Some("admin"));
    });
}

#[test]
fn the_last_administrator_whom_no_policy_shuts_out_stays_one_whatever_the_directory_says() {
    run(async {
        let (app, directory) = stand();
        one_of_two_administrators(&app, &directory).await;
        let condition = json!({"==": [{"var": "actor.id"}, app.user_id("acme", "admin")]});
        let policy = json!({"name": "Not the first", "effect": "deny", "permissions": ["access.manage"], "condition": condition});
        app.admin("acme").post("/api/policies", policy).await.expect(201);
        directory.set("anna", "memberOf", DESK);
        let answer = login(&app, "anna", "x").await.expect(200);
        assert!(answer.round_trips <= 3, "{}", answer.round_trips);
        assert_eq!(of(&app, "anna@corp.example", "role").as_deref(), Some("admin"));
        // Nor does the last one lose it whom policies could shut out, too.
        app.tenant_database("acme").inspect(|connection| {
            let sql = "UPDATE access_policies SET condition = 'true'; UPDATE users SET role = 'agent' WHERE email = 'admin@acme.example'";
            connection.execute_batch(sql).unwrap();
        });
        login(&app, "anna", "x").await.expect(200);
        assert_eq!(of(&app, "anna@corp.example", "role").as_deref(), Some("admin"));
    });
}

#[test]
fn an_address_of_a_local_account_links_nobody() {
    run(async {
        let (app, directory) = stand();
        directory.person("admin", "the thief's password", &[DESK]);
        directory.set("admin", "mail", "admin@acme.example");
        set_up(&app, json!({"domains": ["corp.example", "acme.example"]})).await;
        let before = directory.connections.get();
        assert_eq!(code(&app, "admin@acme.example", "the thief's password").await, "bad_credentials");
        assert_eq!(directory.connections.get(), before, "a local account is asked for its own password only");
        assert_eq!(code(&app, "admin", "the thief's password").await, "directory_no_access");
        assert_eq!(code(&app, "admin@acme.example", PASSWORD).await, "in");
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM directory_people"), ["0"]);
        let reasons = app.asked(
            "acme",
            "SELECT json_extract(detail, '$.reason') FROM audit_logs WHERE action = 'session.refused' ORDER BY seq",
        );
        assert_eq!(reasons, ["credentials", "directory_not_linked"]);
    });
}

#[test]
fn an_empty_password_is_refused_before_any_bind() {
    run(async {
        let (app, directory) = stand();
        directory.person("anna", "anna's password", &[DESK]);
        set_up(&app, json!({})).await;
        login(&app, "anna", "anna's password").await.expect(200);
        directory.lie.set(Lie::Unauthenticated);
        let before = directory.binds.borrow().len();
        for username in ["anna", "anna@corp.example", "nobody"] {
            assert_eq!(code(&app, username, "").await, "bad_credentials");
        }
        assert_eq!(directory.binds.borrow().len(), before);
    });
}

#[test]
fn what_is_typed_into_the_name_reaches_nobody_else() {
    run(async {
        let (app, directory) = stand();
        directory.person("anna", "anna's password", &[DESK]);
        set_up(&app, json!({})).await;
        for name in ["*", "ann*", "anna)(uid=*", "*)(|(uid=*", "x)(objectClass=*", "anna\\00", "an\u{0}na"] {
            assert_eq!(code(&app, name, "anna's password").await, "bad_credentials", "{name:?}");
        }
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM directory_people"), ["0"]);
    });
}

#[test]
fn unknown_wrong_and_disabled_are_asked_alike_and_answered_alike() {
    run(async {
        let (app, directory) = stand();
        directory.person("anna", "anna's password", &[DESK]);
        directory.person("gone", "gone's password", &[DESK]);
        directory.set("gone", "userAccountControl", "514");
        set_up(&app, json!({})).await;
        let mut seen = Vec::new();
        for (username, password) in [("anna", "wrong"), ("nobody", "wrong"), ("gone", "gone's password")] {
            let (binds, searches) = (directory.binds.borrow().len(), directory.searches.get());
            let hashes = shared::auth::password::computed();
            let answer = login(&app, username, password).await.expect(401);
            let mut body = answer.json();
            body["request_id"] = Value::Null;
            seen.push((
                body,
                answer.round_trips,
                directory.binds.borrow().len() - binds,
                directory.searches.get() - searches,
                shared::auth::password::computed() - hashes,
            ));
        }
        assert_eq!(seen[0].0["code"], "bad_credentials");
        assert_eq!((seen[0].2, seen[0].3, seen[0].4), (2, 1, 1));
        assert!(seen.iter().all(|one| *one == seen[0]), "{seen:?}");
    });
}

#[test]
fn a_refusal_names_the_account_of_whoever_typed_their_user_name() {
    run(async {
        let (app, directory) = stand();
        directory.person("anna", "anna's password", &[DESK]);
        set_up(&app, json!({})).await;
        login(&app, "anna", "anna's password").await.expect(200);
        for _ in 0..11 {
            login(&app, "anna", "wrong").await;
        }
        login(&app, "nobody", "wrong").await.expect(401);
        let line = "SELECT json_extract(detail, '$.reason') || ' ' || subject FROM audit_logs
            WHERE action = 'session.refused' GROUP BY 1 ORDER BY MIN(seq)";
        let anna = of(&app, "anna@corp.example", "id").unwrap();
        assert_eq!(
            app.asked("acme", line),
            [format!("credentials {anna}"), format!("limit {anna}"), "credentials unknown".into()]
        );
    });
}

#[test]
fn guessing_is_cut_off_before_the_directory_is_asked() {
    run(async {
        let (app, directory) = stand();
        directory.person("anna", "anna's password", &[DESK]);
        set_up(&app, json!({})).await;
        for _ in 0..10 {
            login(&app, "anna", "wrong").await.expect(401);
        }
        let before = directory.connections.get();
        login(&app, "anna", "anna's password").await.expect(429);
        assert_eq!(directory.connections.get(), before);
    });
}

#[test]
fn a_directory_that_cannot_be_reached_is_said_and_others_sign_in_as_ever() {
    run(async {
        let (app, directory) = stand();
        directory.person("anna", "anna's password", &[DESK]);
        set_up(&app, json!({})).await;
        login(&app, "anna", "anna's password").await.expect(200);
        directory.lie.set(Lie::Down);
        let answer = login(&app, "anna@corp.example", "anna's password").await.expect(503);
        assert_eq!(answer.json()["code"], "directory_unreachable");
        login(&app, "agent@acme.example", PASSWORD).await.expect(200);
        let page = app.anon("acme").in_browser().submit("/login", &[("username", "anna"), ("password", "x")]).await.expect(503);
        assert!(page.text().contains("name=\"password\""), "the form comes back");
    });
}

#[test]
fn a_second_factor_is_asked_for_after_the_directorys_password() {
    run(async {
        let (app, directory) = stand();
        directory.person("anna", "anna's password", &[DESK]);
        set_up(&app, json!({})).await;
        login(&app, "anna", "anna's password").await.expect(200);
        app.tenant_database("acme").inspect(|connection| {
            connection
                .execute_batch(
                    "INSERT INTO second_factors (tenant_id, user_id, secret, key_id, created_at, confirmed_at)
                     SELECT tenant_id, id, 'x', 'y', 1, 1 FROM users WHERE email = 'anna@corp.example'",
                )
                .unwrap();
        });
        for username in ["anna", "anna@corp.example"] {
            assert_eq!(login(&app, username, "anna's password").await.expect(200).json()["mfa_required"], true);
            assert_eq!(code(&app, username, "wrong").await, "bad_credentials");
        }
    });
}

#[test]
fn whoever_has_no_place_or_another_domain_is_told_so_and_gets_no_account() {
    run(async {
        let (app, directory) = stand();
        directory.person("carl", "carl's password", &[]);
        directory.person("dora", "dora's password", &[DESK]);
        directory.set("dora", "mail", "dora@elsewhere.example");
        set_up(&app, json!({"default_role": null})).await;
        assert_eq!(code(&app, "carl", "carl's password").await, "directory_no_access");
        assert_eq!(code(&app, "dora", "dora's password").await, "directory_no_access");
        assert_eq!(code(&app, "carl", "wrong").await, "bad_credentials");
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM directory_people"), ["0"]);
    });
}

#[test]
fn groups_in_groups_are_followed_by_the_directory_or_by_us() {
    for lookup in ["chain", "walk"] {
        run(async {
            let (app, directory) = stand();
            directory.person("anna", "anna's password", &[]);
            directory.add("cn=inner,dc=acme,dc=example", None, &[("member", "uid=anna,ou=people,dc=acme,dc=example")]);
            // A circle: the outer group is in the inner one too.
            directory.add(DESK, None, &[("member", "cn=inner,dc=acme,dc=example")]);
            directory.add("cn=circle,dc=acme,dc=example", None, &[("member", DESK), ("member", "cn=circle,dc=acme,dc=example")]);
            set_up(&app, json!({"groups": {"lookup": lookup}})).await;
            login(&app, "anna", "anna's password").await.expect(200);
            assert_eq!(of(&app, "anna@corp.example", "role").as_deref(), Some("agent"), "{lookup}");
        });
    }
}

#[test]
fn a_directory_that_is_off_lets_nobody_in_and_nobody_by_an_older_password() {
    run(async {
        let (app, directory) = stand();
        directory.person("agnes", "agnes's password", &[DESK]);
        let id = set_up(&app, json!({})).await;
        let user = app.user_id("acme", "agent");
        app.admin("acme")
            .post(&format!("/api/directories/{id}/people"), json!({"user": user, "username": "agnes"}))
            .await
            .expect(201);
        let off = super::form(json!({"enabled": false}));
        app.admin("acme").header("if-match", "*").put(&format!("/api/directories/{id}"), off).await.expect(200);
        for password in ["agnes's password", PASSWORD] {
            assert_eq!(code(&app, "agent@acme.example", password).await, "bad_credentials");
        }
    });
}

#[test]
fn whoever_is_of_a_directory_proves_themselves_anew_by_its_password() {
    run(async {
        let (app, directory) = stand();
        directory.person("anna", "anna's password", &[DESK]);
        set_up(&app, json!({})).await;
        let tokens = login(&app, "anna", "anna's password").await.expect(200).json();
        let anna = || app.anon("acme").header("authorization", format!("Bearer {}", tokens["access_token"].as_str().unwrap()));
        let proof = anna().post("/api/auth/step-up", json!({"password": "anna's password"})).await.expect(204);
        assert!(proof.round_trips <= 3, "{}", proof.round_trips);
        anna().post("/api/auth/step-up", json!({"password": "wrong"})).await.expect(422);
        anna().post("/api/auth/step-up", json!({"password": ""})).await.expect(422);
        directory.lie.set(Lie::Down);
        anna().post("/api/auth/step-up", json!({"password": "anna's password"})).await.expect(503);
    });
}

#[test]
fn one_tenants_directory_is_nothing_to_another() {
    run(async {
        let (app, directory) = stand();
        directory.person("anna", "anna's password", &[DESK]);
        set_up(&app, json!({})).await;
        let body = json!({"username": "anna", "password": "anna's password"});
        app.anon("globex").post("/api/auth/login", body).await.expect(401);
        assert_eq!(directory.connections.get(), 0);
    });
}

#[test]
fn of_whoever_is_removed_nothing_stays_that_the_directory_has_called_them() {
    run(async {
        let (app, directory) = stand();
        directory.person("anna", "anna's password", &[DESK]);
        set_up(&app, json!({})).await;
        login(&app, "anna", "anna's password").await.expect(200);
        let anna = of(&app, "anna@corp.example", "id").unwrap();
        app.admin("acme").header("if-match", "*").delete(&format!("/api/users/{anna}")).await.expect(204);
        let called = || app.asked("acme", "SELECT username FROM directory_people");
        assert_eq!(called(), std::slice::from_ref(&anna));
        // Nor does it come back with the next try to come in.
        let refused = login(&app, "anna", "anna's password").await;
        assert!(matches!(refused.status, 401 | 403), "{}", refused.status);
        assert_eq!(called(), [anna]);
    });
}
