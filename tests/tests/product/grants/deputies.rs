//! Delegations: what a deputy may do, for whom they act, and what is never lent.

use super::*;

async fn lend(app: &TestApp, who: &str, deputy: &str, minutes: i64) -> String {
    let body = json!({"deputy": app.user_id("acme", deputy), "ends_at": moment(minutes), "reason": "Holiday"});
    let made = app.signed_in("acme", who).post("/api/delegations", body).await.expect(201);
    assert!(made.round_trips <= 3);
    id_of(&made.json())
}

#[test]
fn a_deputy_has_the_lenders_rights_until_the_end_and_acts_for_them() {
    run(async {
        let app = TestApp::new();
        app.agent("acme").get("/api/roles").await.expect(403);
        let body = json!({"name": "Third line"});
        app.agent("acme").post("/api/departments", body.clone()).await.expect(403);
        lend(&app, "manager", "agent", 10).await;
        app.agent("acme").get("/api/roles").await.expect(200);
        app.agent("acme").post("/api/departments", body.clone()).await.expect(201);
        // What the deputy may do by a right of their own is done for nobody else.
        let ticket = ticket(&app, "A title", "").await;
        app.agent("acme").post(&format!("/api/tickets/{ticket}/comments"), json!({"body": "Hello"})).await.expect(201);
        let line = |action: &str| {
            app.asked(
                "acme",
                &format!("SELECT actor || ' ' || COALESCE(on_behalf_of, '-') FROM audit_logs WHERE action = '{action}'"),
            )
        };
        let (agent, manager) = (app.user_id("acme", "agent"), app.user_id("acme", "manager"));
        assert_eq!(line("department.created"), [format!("{agent} {manager}")]);
        let others = app.asked("acme", &format!("SELECT action FROM audit_logs WHERE on_behalf_of IS NOT NULL AND action <> 'department.created' AND actor = '{agent}'"));
        assert_eq!(others, Vec::<String>::new());
        app.advance(chrono::TimeDelta::minutes(10));
        app.agent("acme").get("/api/roles").await.expect(403);
    });
}

#[test]
fn a_deputy_acts_for_the_lender_on_the_tickets_that_only_the_lender_may_touch() {
    run(async {
        let app = TestApp::new();
        reduce(&app, "agent", &["desk.read"]).await;
        give(&app, json!({"user": app.user_id("acme", "agent"), "role": "agent", "reach": "own"})).await;
        let own = ticket(&app, "Own", &format!("assignee_id = '{}'", app.user_id("acme", "agent"))).await;
        let other = ticket(&app, "Other", "assignee_id = NULL").await;
        lend(&app, "manager", "agent", 10).await;
        for id in [&own, &other] {
            app.agent("acme")
                .header("if-match", "*")
                .patch(&format!("/api/tickets/{id}"), json!({"priority": "low"}))
                .await
                .expect(200);
        }
        let of = |id: &str| {
            let sql = format!(
                "SELECT COALESCE(on_behalf_of, '-') FROM audit_logs WHERE subject = '{id}' AND action LIKE 'ticket.%' AND actor = '{}'",
                app.user_id("acme", "agent")
            );
            let mut lines = app.asked("acme", &sql);
            lines.dedup();
            lines
        };
        assert_eq!(of(&own), ["-"]);
        assert_eq!(of(&other), [app.user_id("acme", "manager")]);
    });
}

#[test]
fn what_policies_deny_the_lender_is_not_lent_and_the_deputy_keeps_what_is_their_own() {
    run(async {
        let app = TestApp::new();
        reduce(&app, "agent", &["desk.read"]).await;
        let manager = app.user_id("acme", "manager");
        let critical = json!({"and": [{"==": [{"var": "actor.id"}, manager]}, {"==": [{"var": "ticket.priority"}, "critical"]}]});
        for (name, permissions, condition) in [
            ("Not the critical ones", json!(["ticket.read"]), critical),
            ("No figures", json!(["report.read", "desk.read"]), json!({"==": [{"var": "actor.id"}, manager]})),
        ] {
            let body = json!({"name": name, "effect": "deny", "permissions": permissions, "condition": condition});
            app.admin("acme").post("/api/policies", body).await.expect(201);
        }
        let tickets = [
            ("critical", ticket(&app, "A", "priority = 'critical'").await),
            ("low", ticket(&app, "B", "priority = 'low'").await),
        ];
        assert!(seen(&app, "agent", &tickets).await.is_empty());
        lend(&app, "manager", "agent", 10).await;
        assert_eq!(seen(&app, "manager", &tickets).await, ["low"]);
        assert_eq!(seen(&app, "agent", &tickets).await, ["low"]);
        let held = permissions(app.agent("acme")).await;
        assert!(!held.contains(&"report.read".to_owned()), "{held:?}");
        assert!(held.contains(&"sla.manage".to_owned()) && held.contains(&"desk.read".to_owned()), "{held:?}");
    });
}

#[test]
fn rights_that_are_lent_are_not_lent_on() {
    run(async {
        let app = TestApp::new();
        lend(&app, "admin", "manager", 10).await;
        app.manager("acme").get("/api/audit").await.expect(200);
        lend(&app, "manager", "agent", 10).await;
        app.agent("acme").get("/api/roles").await.expect(200);
        app.agent("acme").get("/api/audit").await.expect(403);
    });
}

#[test]
fn a_delegation_for_another_lends_no_more_than_whoever_makes_it_holds() {
    run(async {
        let app = TestApp::new();
        reduce(
            &app,
            "manager",
            &[
                "access.read",
                "access.manage",
                "ticket.read",
                "ticket.read_internal",
                "sla.read",
                "report.read",
                "user.read",
                "desk.read",
            ],
        )
        .await;
        let (analyst, agent) = (app.user_id("acme", "analyst"), app.user_id("acme", "agent"));
        let body = json!({"delegator": analyst, "deputy": agent, "ends_at": moment(60)});
        let made = app.manager("acme").post("/api/delegations", body.clone()).await.expect(201).json();
        assert_eq!(made["delegator"]["id"], analyst);
        // A role that the lender gets within the time counts; one that begins after it does not.
        give(&app, json!({"user": analyst, "role": "manager", "reach": "own", "starts_at": moment(61), "ends_at": moment(70)}))
            .await;
        app.manager("acme").post("/api/delegations", body.clone()).await.expect(201);
        give(&app, json!({"user": analyst, "role": "manager", "reach": "own", "starts_at": moment(59), "ends_at": moment(70)}))
            .await;
        assert_eq!(app.manager("acme").post("/api/delegations", body.clone()).await.expect(403).code(), "more_than_own");
        assert_eq!(fault(&app.agent("acme").post("/api/delegations", body).await.expect(422)).0, "delegator");
    });
}

#[test]
fn delegations_are_seen_and_ended_by_their_parties() {
    run(async {
        let app = TestApp::new();
        let id = lend(&app, "agent", "analyst", 10).await;
        let path = format!("/api/delegations/{id}");
        let listed = async |who: &str| {
            let list = app.signed_in("acme", who).get("/api/delegations").await.expect(200).json();
            list["data"].as_array().unwrap().len()
        };
        for (who, sees) in [("agent", 1), ("analyst", 1), ("manager", 1), ("admin", 1)] {
            assert_eq!(listed(who).await, sees, "{who}");
            app.signed_in("acme", who).get(&path).await.expect(200);
        }
        let other = lend(&app, "manager", "admin", 10).await;
        assert_eq!((listed("agent").await, listed("manager").await), (1, 2));
        app.agent("acme").get(&format!("/api/delegations/{other}")).await.expect(404);
        let manager = app.user_id("acme", "manager");
        app.agent("acme").get(&format!("/api/delegations?user={manager}")).await.expect(422);
        app.client("acme").get("/api/delegations").await.expect(403);
        app.manager("acme").delete(&path).await.expect(403);
        app.signed_in("acme", "analyst").delete(&path).await.expect(204);
        assert_eq!(app.agent("acme").delete(&path).await.expect(409).code(), "delegation_over");
        assert_eq!(audited(&app, &id), ["delegation.created", "delegation.revoked"]);
        for (deputy, ends, field, code) in [
            ("agent", 10, "deputy", "unknown_value"),
            ("client", 10, "deputy", "unknown_value"),
            ("manager", 0, "ends_at", "bad_period"),
            ("manager", 60 * 24 * 91, "ends_at", "bad_period"),
        ] {
            let body = json!({"deputy": app.user_id("acme", deputy), "ends_at": moment(ends)});
            let refused = app.agent("acme").post("/api/delegations", body).await.expect(422);
            assert_eq!(fault(&refused), (field.to_owned(), code.to_owned()));
        }
    });
}

#[test]
fn a_delegation_lasts_ninety_days_at_most_and_a_deputy_has_ten_of_them() {
    run(async {
        let app = TestApp::new();
        let (agent, manager) = (app.user_id("acme", "agent"), app.user_id("acme", "manager"));
        let body = |minutes: i64| json!({"deputy": manager, "ends_at": moment(minutes), "reason": "Away"});
        let days = 90 * 24 * 60;
        let refused = app.agent("acme").post("/api/delegations", body(days + 1)).await.expect(422);
        assert_eq!(fault(&refused), ("ends_at".to_owned(), "bad_period".to_owned()));
        for _ in 0..10 {
            app.agent("acme").post("/api/delegations", body(days)).await.expect(201);
        }
        assert_eq!(app.agent("acme").post("/api/delegations", body(days)).await.expect(409).code(), "delegation_limit");
        let told = app.asked("acme", "SELECT detail FROM audit_logs WHERE action = 'delegation.created' LIMIT 1");
        let told: Value = serde_json::from_str(&told[0]).unwrap();
        assert_eq!((&told["to"]["delegator"], &told["to"]["deputy"]), (&json!(agent), &json!(manager)));
        assert_eq!(told["to"]["reason"], "Away");
    });
}
