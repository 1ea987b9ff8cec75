//! Policies: made, changed, removed; and what keeps a tenant from shutting itself out.

use super::*;

async fn policy(app: &TestApp, name: &str, effect: &str, permissions: &[&str], condition: Value) -> Answer {
    let body = json!({"name": name, "effect": effect, "permissions": permissions, "condition": condition});
    app.admin("acme").post("/api/policies", body).await
}

fn not_me(id: &str) -> Value {
    json!({"!=": [{"var": "actor.id"}, id]})
}

fn is(id: &str) -> Value {
    json!({"==": [{"var": "actor.id"}, id]})
}

/// Makes the tests' manager an administrator.
async fn second_admin(app: &TestApp) -> String {
    let manager = app.user_id("acme", "manager");
    app.admin("acme").patch(&format!("/api/users/{manager}"), json!({"role": "admin"})).await.expect(200);
    manager
}

#[test]
fn a_policy_is_made_changed_by_version_and_removed() {
    run(async {
        let app = TestApp::new();
        let answer = policy(&app, "Night", "deny", &["ticket.delete"], is("usr_x")).await.expect(201);
        assert!(answer.round_trips <= 3);
        let made = answer.json();
        let path = format!("/api/policies/{}", id_of(&made));
        assert_eq!((answer.headers.get("location"), answer.headers.get("etag")), (Some(path.as_str()), Some("\"1\"")));
        assert_eq!(app.manager("acme").get(&path).await.expect(200).json(), made);
        assert_eq!(app.manager("acme").get("/api/policies").await.expect(200).json()["data"], json!([made]));
        assert_eq!(policy(&app, "Night", "deny", &["ticket.read"], json!(false)).await.expect(409).code(), "name_taken");
        let off = app.admin("acme").header("if-match", "\"1\"").patch(&path, json!({"enabled": false})).await.expect(200);
        assert_eq!((off.headers.get("etag"), &off.json()["enabled"]), (Some("\"2\""), &json!(false)));
        app.admin("acme").header("if-match", "\"1\"").patch(&path, json!({"enabled": true})).await.expect(412);
        app.admin("acme").header("if-match", "\"1\"").delete(&path).await.expect(412);
        app.admin("acme").header("if-match", "\"2\"").delete(&path).await.expect(204);
        app.admin("acme").get(&path).await.expect(404);
        assert_eq!(audited(&app, &id_of(&made)), ["policy.created", "policy.deleted", "policy.updated"]);
    });
}

#[test]
fn what_cannot_be_a_policy_is_named_by_its_field() {
    run(async {
        let app = TestApp::new();
        let critical = json!({"==": [{"var": "ticket.priority"}, "critical"]});
        for (permissions, condition, field, code) in [
            (json!([]), json!(true), "permissions", "required"),
            (json!(["ticket.fly"]), json!(true), "permissions", "unknown_value"),
            (json!(["ticket.read"]), json!({"==": [{"var": "actor.shoe_size"}, 1]}), "condition", "condition_unknown"),
            (
                json!(["ticket.read"]),
                json!({"in": ["x".repeat(5000), {"var": "ticket.tags"}]}),
                "condition",
                "condition_too_large",
            ),
            (json!(["ticket.read", "report.read"]), critical, "condition", "condition_about_tickets"),
        ] {
            for effect in ["allow", "deny"] {
                let body = json!({"name": "P", "effect": effect, "permissions": permissions, "condition": condition});
                let refused = app.admin("acme").post("/api/policies", body).await.expect(422);
                assert_eq!(fault(&refused), (field.to_owned(), code.to_owned()));
            }
        }
        // By a change, too: either half may come later.
        let made = policy(&app, "P", "deny", &["report.read"], json!(false)).await.expect(201).json();
        let path = format!("/api/policies/{}", id_of(&made));
        let change = json!({"condition": {"==": [{"var": "ticket.priority"}, "critical"]}});
        assert_eq!(fault(&app.admin("acme").patch(&path, change).await.expect(422)).1, "condition_about_tickets");
    });
}

#[test]
fn a_policy_without_a_name_or_without_permissions_is_not_made() {
    run(async {
        let app = TestApp::new();
        let whole = json!({"name": "P", "effect": "deny", "permissions": ["report.read"], "condition": false});
        for (field, code) in [("name", "missing_field"), ("permissions", "required")] {
            let mut body = whole.clone();
            body.as_object_mut().unwrap().remove(field);
            let refused = app.admin("acme").post("/api/policies", body).await.expect(422);
            assert_eq!(fault(&refused), (field.to_owned(), code.to_owned()));
        }
        let nameless = app
            .admin("acme")
            .post("/api/policies", json!({"name": " ", "effect": "deny", "permissions": ["report.read"], "condition": false}));
        assert_eq!(fault(&nameless.await.expect(422)), ("name".to_owned(), "missing_field".to_owned()));
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM access_policies"), ["0"]);
    });
}

#[test]
fn no_policy_shuts_the_last_administrator_out() {
    run(async {
        let app = TestApp::new();
        let admin = app.user_id("acme", "admin");
        let rights = ["access.manage"];
        let refused = policy(&app, "All", "deny", &rights, json!(true)).await.expect(422);
        assert_eq!(refused.code(), "locks_out_last_admin");
        let office = json!({"!": {"in_network": [{"var": "request.address"}, ["192.0.2.0/24"]]}});
        policy(&app, "From outside", "deny", &["tenant.manage"], office).await.expect(422);
        policy(&app, "Others", "deny", &rights, not_me(&admin)).await.expect(201);
        // Two that each leave somebody can leave nobody together.
        let manager = second_admin(&app).await;
        policy(&app, "And the first", "deny", &rights, is(&admin)).await.expect(422);
        assert_eq!(
            app.admin("acme").patch(&format!("/api/users/{admin}"), json!({"role": "agent"})).await.expect(409).code(),
            "last_admin"
        );
        app.admin("acme").delete(&format!("/api/users/{admin}")).await.expect(409);
        app.admin("acme").delete(&format!("/api/users/{manager}")).await.expect(204);
    });
}

#[test]
fn groups_places_and_roles_that_a_policy_asks_about_cannot_shut_the_last_administrator_out() {
    run(async {
        let app = TestApp::new();
        let admin = app.user_id("acme", "admin");
        let group = id_of(&app.admin("acme").post("/api/groups", json!({"name": "Keys"})).await.expect(201).json());
        let members = format!("/api/groups/{group}/members");
        app.admin("acme").post(&members, json!({"user": admin})).await.expect(201);
        let outside = json!({"!": {"in": [group, {"var": "actor.groups"}]}});
        policy(&app, "Keys only", "deny", &["access.manage"], outside).await.expect(201);
        let left = app.admin("acme").delete(&format!("{members}/{admin}")).await.expect(422);
        assert_eq!(left.code(), "locks_out_last_admin");
        assert!(left.round_trips <= 3);
        app.admin("acme").delete(&format!("/api/groups/{group}")).await.expect(422);
        let department = id_of(&app.admin("acme").post("/api/departments", json!({"name": "Far"})).await.expect(201).json());
        let far = json!({"==": [{"var": "actor.department"}, department]});
        policy(&app, "Not from there", "deny", &["tenant.manage"], far).await.expect(201);
        let path = format!("/api/users/{admin}");
        assert_eq!(app.admin("acme").patch(&path, json!({"department": department})).await.expect(409).code(), "last_admin");
        // Others come and go as they like.
        let agent = app.user_id("acme", "agent");
        app.admin("acme").post(&members, json!({"user": agent})).await.expect(201);
        app.admin("acme").patch(&format!("/api/users/{agent}"), json!({"department": department})).await.expect(200);
        app.admin("acme").delete(&format!("{members}/{agent}")).await.expect(204);
        // With a second one in the group, the first may leave it.
        let manager = second_admin(&app).await;
        app.admin("acme").post(&members, json!({"user": manager})).await.expect(201);
        app.admin("acme").delete(&format!("{members}/{admin}")).await.expect(204);
    });
}

#[test]
fn a_policy_is_not_refused_for_what_was_so_before_it() {
    run(async {
        let app = TestApp::new();
        let shuts_out = policy(&app, "Nobody", "deny", &["tenant.manage"], json!(false)).await.expect(201).json();
        app.tenant_database("acme").inspect(|connection| {
            let sql = "UPDATE access_policies SET condition = 'true' WHERE id = ?1";
            connection.execute(sql, [id_of(&shuts_out)]).unwrap();
        });
        // Nobody certainly administers the tenant as it is, and this policy is not the reason.
        policy(&app, "No deleting", "deny", &["ticket.delete"], json!(true)).await.expect(201);
        app.admin("acme").patch(&format!("/api/policies/{}", id_of(&shuts_out)), json!({"enabled": false})).await.expect(200);
        assert_eq!(
            policy(&app, "Nobody at all", "deny", &["tenant.manage"], json!(true)).await.expect(422).code(),
            "locks_out_last_admin"
        );
    });
}

#[test]
fn two_policies_that_are_saved_at_once_do_not_shut_everybody_out() {
    run(async {
        let app = TestApp::new();
        let (admin, manager) = (app.user_id("acme", "admin"), second_admin(&app).await);
        policy(&app, "Not the first", "deny", &["access.manage"], is(&admin)).await.expect(201);
        // What the second reads is the state before the first: the guards of its batch must see that it is not so any more.
        let (read, guards) = app
            .as_product("acme", async |ctx| {
                use functions::actions::administrators::{self, Administrators};
                let answers = ctx.db.batch(administrators::load().to_vec()).await.unwrap();
                let mut administrators = Administrators::read(&answers).unwrap();
                administrators.policy(&shared::id::AccessPolicyId::parse(&format!("pol_{:032x}", 5)).unwrap(), None);
                (answers.len(), administrators.guards().unwrap())
            })
            .await;
        assert_eq!(read, 3);
        let holds = async |app: &TestApp| app.as_product("acme", async |ctx| ctx.db.batch(guards.clone()).await.is_ok()).await;
        assert!(holds(&app).await);
        let made = app
            .manager("acme")
            .post(
                "/api/policies",
                json!({"name": "Another", "effect": "deny", "permissions": ["report.read"], "condition": false}),
            )
            .await
            .expect(201)
            .json();
        assert!(!holds(&app).await, "another policy is in force");
        app.manager("acme").delete(&format!("/api/policies/{}", id_of(&made))).await.expect(204);
        assert!(holds(&app).await);
        app.tenant_database("acme").inspect(|connection| {
            connection.execute("UPDATE users SET role = 'agent' WHERE id = ?1", [&manager]).unwrap();
        });
        assert!(!holds(&app).await, "the one who was left administers no more");
    });
}

#[test]
fn whom_a_policy_denies_something_does_not_lift_it_while_somebody_else_can() {
    run(async {
        let app = TestApp::new();
        let manager = second_admin(&app).await;
        let made = policy(&app, "Not the second", "deny", &["audit.read"], is(&manager)).await.expect(201).json();
        let path = format!("/api/policies/{}", id_of(&made));
        for change in
            [json!({"enabled": false}), json!({"name": "Harmless"}), json!({"condition": false}), json!({"effect": "allow"})]
        {
            let refused = app.manager("acme").patch(&path, change).await.expect(403);
            assert!(["policy_denies_you", "more_than_own"].contains(&refused.code().as_str()), "{}", refused.code());
        }
        assert_eq!(app.manager("acme").delete(&path).await.expect(403).code(), "policy_denies_you");
        app.admin("acme").patch(&path, json!({"enabled": false})).await.expect(200);
        app.manager("acme").patch(&path, json!({"name": "Out of force"})).await.expect(200);
        // What is denied to all of them can be lifted by any: else nobody could.
        let all = policy(&app, "Nobody", "deny", &["ticket.delete"], json!(true)).await.expect(201).json();
        app.manager("acme").delete(&format!("/api/policies/{}", id_of(&all))).await.expect(204);
    });
}

#[test]
fn only_what_is_held_everywhere_is_given_by_a_policy() {
    run(async {
        let app = TestApp::new();
        reduce(&app, "manager", &["access.read", "access.manage", "ticket.read"]).await;
        let mut body = json!({"name": "Gives", "effect": "allow", "permissions": ["ticket.delete"], "condition": true});
        assert_eq!(app.manager("acme").post("/api/policies", body.clone()).await.expect(403).code(), "more_than_own");
        body["enabled"] = json!(false);
        let made = app.manager("acme").post("/api/policies", body).await.expect(201).json();
        let path = format!("/api/policies/{}", id_of(&made));
        assert_eq!(app.manager("acme").patch(&path, json!({"enabled": true})).await.expect(403).code(), "more_than_own");
    });
}

#[test]
fn fifty_policies_are_in_force_at_most() {
    run(async {
        let app = TestApp::new();
        for number in 0..50 {
            policy(&app, &format!("Policy {number}"), "deny", &["ticket.read"], json!(false)).await.expect(201);
        }
        assert_eq!(policy(&app, "One more", "deny", &["ticket.read"], json!(false)).await.expect(409).code(), "policy_limit");
        let off =
            json!({"name": "One more", "effect": "deny", "permissions": ["ticket.read"], "condition": false, "enabled": false});
        let made = app.admin("acme").post("/api/policies", off).await.expect(201).json();
        let path = format!("/api/policies/{}", id_of(&made));
        assert_eq!(app.admin("acme").patch(&path, json!({"enabled": true})).await.expect(409).code(), "policy_limit");
    });
}
