//! Temporary grants: before, within and after their time, for each reach, in lists, single tickets and searches.

use chrono::TimeDelta;

use super::*;

#[test]
fn a_grant_shows_the_tickets_of_its_reach_within_its_time_and_none_before_and_after() {
    run(async {
        let expected: [(&str, &[&str]); 4] = [
            ("own", &["assigned"]),
            ("organization", &["assigned", "company"]),
            ("department", &["assigned", "department"]),
            ("all", &["assigned", "company", "department", "elsewhere"]),
        ];
        for (reach, within) in expected {
            let app = TestApp::new();
            let agent = app.user_id("acme", "agent");
            let department = id_of(&app.admin("acme").post("/api/departments", json!({"name": "D"})).await.expect(201).json());
            let organization = app.asked("acme", "SELECT id FROM organizations ORDER BY id LIMIT 1").remove(0);
            app.admin("acme").patch(&format!("/api/users/{agent}"), json!({"department": department})).await.expect(200);
            reduce(&app, "agent", &["desk.read"]).await;
            let nowhere = "organization_id = NULL, department_id = NULL, assignee_id = NULL";
            let tickets = [
                (
                    "assigned",
                    ticket(&app, "A", &format!("{nowhere}, assignee_id = '{agent}'").replace("assignee_id = NULL, ", "")).await,
                ),
                (
                    "company",
                    ticket(&app, "B", &nowhere.replace("organization_id = NULL", &format!("organization_id = '{organization}'")))
                        .await,
                ),
                (
                    "department",
                    ticket(&app, "C", &nowhere.replace("department_id = NULL", &format!("department_id = '{department}'"))).await,
                ),
                ("elsewhere", ticket(&app, "D", nowhere).await),
            ];
            let mut body = json!({"user": agent, "role": "agent", "reach": reach, "starts_at": moment(2), "ends_at": moment(4)});
            if reach == "organization" {
                body["place"] = json!(organization);
            }
            give(&app, body).await;
            let none: Vec<String> = Vec::new();
            assert_eq!(seen(&app, "agent", &tickets).await, none, "{reach}: before");
            app.advance(TimeDelta::minutes(2));
            assert_eq!(seen(&app, "agent", &tickets).await, within, "{reach}: within");
            // What is not about tickets comes with the whole tenant alone.
            let of_the_tenant = permissions(app.agent("acme")).await.contains(&"sla.read".to_owned());
            assert_eq!(of_the_tenant, reach == "all", "{reach}");
            app.advance(TimeDelta::minutes(2));
            assert_eq!(seen(&app, "agent", &tickets).await, none, "{reach}: after");
        }
    });
}

#[test]
fn a_group_gives_its_members_a_role_for_a_time() {
    run(async {
        let app = TestApp::new();
        reduce(&app, "agent", &["desk.read"]).await;
        let group = id_of(&app.admin("acme").post("/api/groups", json!({"name": "Night"})).await.expect(201).json());
        give(&app, json!({"group": group, "role": "agent", "reach": "all", "ends_at": moment(3)})).await;
        let tickets = [("one", ticket(&app, "One", "").await)];
        assert!(seen(&app, "agent", &tickets).await.is_empty());
        let member = json!({"user": app.user_id("acme", "agent")});
        app.admin("acme").post(&format!("/api/groups/{group}/members"), member).await.expect(201);
        assert_eq!(seen(&app, "agent", &tickets).await, ["one"]);
        app.advance(TimeDelta::minutes(3));
        assert!(seen(&app, "agent", &tickets).await.is_empty());
    });
}

#[test]
fn a_socket_is_given_up_when_the_first_of_the_rights_ends() {
    run(async {
        let app = TestApp::new();
        let agent = app.user_id("acme", "agent");
        let until = async || {
            let socket = app.agent("acme").header("upgrade", "websocket").get("/api/live").await.expect(101);
            socket.seat.unwrap()["until"].clone()
        };
        let with_the_session = until().await;
        assert!(with_the_session.as_i64().unwrap() > (tests::app::start_of_time() + TimeDelta::minutes(30)).timestamp_millis());
        give(&app, json!({"user": agent, "role": "manager", "reach": "all"})).await;
        assert_eq!(until().await, with_the_session, "what is for good does not end before");
        give(&app, json!({"user": agent, "role": "manager", "reach": "all", "ends_at": moment(9)})).await;
        give(&app, json!({"user": agent, "role": "client", "reach": "own", "ends_at": moment(5)})).await;
        let start = tests::app::start_of_time();
        assert_eq!(until().await, (start + TimeDelta::minutes(5)).timestamp_millis());
        let lend = json!({"deputy": agent, "ends_at": moment(3)});
        app.manager("acme").post("/api/delegations", lend).await.expect(201);
        assert_eq!(until().await, (start + TimeDelta::minutes(3)).timestamp_millis());
        app.advance(TimeDelta::minutes(5));
        assert_eq!(until().await, (start + TimeDelta::minutes(9)).timestamp_millis());
    });
}
