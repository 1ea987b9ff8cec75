//! The pages: roles for a time, one's own deputies, policies with their trial, and who may what.

use super::*;

#[test]
fn a_role_is_given_for_a_period_and_ended_by_pages_alone() {
    run(async {
        let app = TestApp::new();
        let admin = || app.admin("acme").in_browser();
        let person = format!("/agent/access/people/{}", app.user_id("acme", "agent"));
        let page = format!("{person}/grants");
        assert!(admin().get(&person).await.expect(200).text().contains(&format!("href=\"{page}\"")));
        app.agent("acme").get("/api/roles").await.expect(403);
        let fields =
            [("role", "manager"), ("reach", "all"), ("starts_at", ""), ("ends_at", "2026-03-02T12:00"), ("reason", "Month-end")];
        let given = admin().submit(&page, &fields).await.expect(303);
        assert!(given.round_trips <= 3);
        assert_eq!(given.headers.get("location"), Some(page.as_str()));
        app.agent("acme").get("/api/roles").await.expect(200);
        let shown = admin().get(&page).await.expect(200);
        assert!(shown.round_trips <= 2);
        let shown = shown.text();
        assert!(shown.contains("Month-end") && shown.contains("chip-ok"), "it is in force");
        let id = app.asked("acme", "SELECT id FROM grants").remove(0);
        let ended = admin().submit(&format!("/agent/access/grants/{id}/revoke"), &[("x", "y")]).await.expect(303);
        assert_eq!(ended.headers.get("location"), Some(page.as_str()));
        assert!(ended.round_trips <= 3);
        app.agent("acme").get("/api/roles").await.expect(403);
        assert!(!admin().get(&page).await.expect(200).text().contains(&format!("grants/{id}/revoke")));
    });
}

#[test]
fn a_refused_grant_comes_back_as_it_was_sent() {
    run(async {
        let app = TestApp::new();
        let page = format!("/agent/access/people/{}/grants", app.user_id("acme", "agent"));
        let fields = [("role", "manager"), ("reach", "department"), ("ends_at", "2020-01-01T10:00"), ("reason", "Too late")];
        let refused = app.admin("acme").in_browser().submit(&page, &fields).await.expect(422);
        assert!(refused.round_trips <= 3);
        let text = refused.text();
        assert!(
            text.contains("value=\"Too late\"") && text.contains("value=\"2020-01-01T10:00\"") && text.contains("aria-invalid")
        );
        let unknown = [("role", "manager"), ("reach", "organization"), ("organization", "Nobody knows it")];
        app.admin("acme").in_browser().submit(&page, &unknown).await.expect(422);
        app.manager("acme").in_browser().get(&page).await.expect(200);
        app.manager("acme").in_browser().submit(&page, &fields).await.expect(403);
        assert_eq!(app.asked("acme", "SELECT id FROM grants"), Vec::<String>::new());
    });
}

#[test]
fn a_group_gets_a_role_for_the_tickets_of_a_department() {
    run(async {
        let app = TestApp::new();
        let admin = || app.admin("acme").in_browser();
        let group = id_of(&app.admin("acme").post("/api/groups", json!({"name": "Night"})).await.expect(201).json());
        let department = id_of(&app.admin("acme").post("/api/departments", json!({"name": "Billing"})).await.expect(201).json());
        let page = format!("/agent/access/groups/{group}/grants");
        let fields = [("role", "agent"), ("reach", "department"), ("department", department.as_str())];
        admin().submit(&page, &fields).await.expect(303);
        assert_eq!(app.asked("acme", "SELECT place FROM grants"), [department]);
        assert!(admin().get(&page).await.expect(200).text().contains("Billing"));
        admin().get(&page.replace(&group, "grp_0123456789abcdef0123456789abcdef")).await.expect(404);
    });
}

#[test]
fn a_member_of_the_desk_appoints_a_deputy_and_either_ends_it() {
    run(async {
        let app = TestApp::new();
        let agent = app.user_id("acme", "agent");
        let manager = || app.manager("acme").in_browser();
        assert!(manager().get("/profile/security").await.expect(200).text().contains("href=\"/profile/deputies\""));
        assert!(!app.client("acme").in_browser().get("/profile/security").await.expect(200).text().contains("/profile/deputies"));
        app.client("acme").in_browser().get("/profile/deputies").await.expect(403);
        let fields = [("deputy", agent.as_str()), ("ends_at", "2026-03-09T12:00"), ("reason", "Holiday")];
        let lent = manager().submit("/profile/deputies", &fields).await.expect(303);
        assert!(lent.round_trips <= 3);
        app.agent("acme").get("/api/roles").await.expect(200);
        assert!(manager().get("/profile/deputies").await.expect(200).text().contains("acme agent"));
        let seen = app.agent("acme").in_browser().get("/profile/deputies").await.expect(200).text();
        assert!(seen.contains("acme manager") && seen.contains("Holiday"));
        let id = app.asked("acme", "SELECT id FROM delegations").remove(0);
        app.signed_in("acme", "analyst")
            .in_browser()
            .submit(&format!("/profile/deputies/{id}/end"), &[("x", "y")])
            .await
            .expect(404);
        app.agent("acme").in_browser().submit(&format!("/profile/deputies/{id}/end"), &[("x", "y")]).await.expect(303);
        app.agent("acme").get("/api/roles").await.expect(403);

        let own = app.user_id("acme", "manager");
        for (deputy, ends_at) in [(own.as_str(), "2026-03-09T12:00"), (agent.as_str(), ""), (agent.as_str(), "2027-03-09T12:00")]
        {
            let refused = manager().submit("/profile/deputies", &[("deputy", deputy), ("ends_at", ends_at)]).await.expect(422);
            assert!(refused.round_trips <= 3 && refused.text().contains("class=\"error\""));
        }
    });
}

const CRITICAL: &str = r#"{"==": [{"var": "ticket.priority"}, "critical"]}"#;

fn policy<'a>(name: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let fields =
        [("name", name), ("description", ""), ("effect", "deny"), ("permission", "ticket.delete"), ("condition", CRITICAL)];
    fields.into_iter().chain(more.iter().copied()).collect()
}

#[test]
fn a_policy_is_tried_before_it_is_saved_and_switched_off_and_deleted() {
    run(async {
        let app = TestApp::new();
        let admin = || app.admin("acme").in_browser();
        let id = ticket(&app, "A", "priority = 'critical'").await;
        let list = "/agent/access/policies";
        let trial = [("enabled", "1"), ("try", "1"), ("ticket", id.as_str()), ("permission_tried", "ticket.delete")];
        let tried = admin().submit(&format!("{list}/new"), &policy("Nobody deletes them", &trial)).await.expect(200);
        assert!(tried.round_trips <= 3);
        let text = tried.text();
        assert!(text.contains("acme manager") && text.contains("chip-bad") && !text.contains("acme agent"));
        assert_eq!(app.asked("acme", "SELECT id FROM access_policies"), Vec::<String>::new());

        let made = admin().submit(&format!("{list}/new"), &policy("Nobody deletes them", &[("enabled", "1")])).await.expect(303);
        assert!(made.round_trips <= 3);
        let path = format!("/api/tickets/{id}");
        app.manager("acme").header("if-match", "*").delete(&path).await.expect(403);
        assert!(admin().get(list).await.expect(200).text().contains("Nobody deletes them"));
        let policy_id = app.asked("acme", "SELECT id FROM access_policies").remove(0);
        let page = format!("{list}/{policy_id}");
        let shown = app.manager("acme").in_browser().get(&page).await.expect(200).text();
        assert!(shown.contains("ticket.priority") && !shown.contains("name=\"try\""), "those who only read do not try");
        let stale = admin().submit(&page, &policy("Renamed", &[("version", "7")])).await.expect(412);
        assert!(stale.text().contains("value=\"Renamed\""));
        let off = admin().submit(&page, &policy("Nobody deletes them", &[("version", "1")])).await;
        // It denies the admin something, and the manager nothing that matters: there is no administrator whom it spares.
        assert_eq!(off.expect(303).headers.get("location"), Some(list));
        assert_eq!(app.asked("acme", "SELECT enabled FROM access_policies"), ["0"]);
        app.manager("acme").header("if-match", "*").delete(&path).await.expect(204);
        admin().submit(&format!("{page}/delete"), &[("x", "y")]).await.expect(303);
        admin().get(&page).await.expect(404);
    });
}

#[test]
fn a_rule_that_cannot_be_read_comes_back_and_so_does_a_ticket_that_is_not_there() {
    run(async {
        let app = TestApp::new();
        let admin = || app.admin("acme").in_browser();
        for condition in ["{", "", r#"{"like": 1}"#] {
            let fields = [("name", "A"), ("effect", "deny"), ("permission", "ticket.read"), ("condition", condition)];
            let refused = admin().submit("/agent/access/policies/new", &fields).await.expect(422);
            assert!(refused.round_trips <= 3 && refused.text().contains("id=\"f-condition-error\""));
        }
        let trial = [("try", "1"), ("ticket", "ACME-999999")];
        let refused = admin().submit("/agent/access/policies/new", &policy("A", &trial)).await.expect(422);
        assert!(refused.round_trips <= 3 && refused.text().contains("value=\"ACME-999999\""));
    });
}

#[test]
fn who_may_what_is_told_with_reasons_and_the_policy_that_denies() {
    run(async {
        let app = TestApp::new();
        let id = ticket(&app, "A", "priority = 'critical'").await;
        let manager = || app.manager("acme").in_browser();
        let people = manager().get("/agent/access").await.expect(200).text();
        assert!(people.contains("href=\"/agent/access/explain\""));
        assert!(!manager().get("/agent/access/explain").await.expect(200).text().contains("id=\"answer\""));
        let body = json!({"name": "Nobody deletes them", "effect": "deny", "permissions": ["ticket.delete"], "condition": serde_json::from_str::<Value>(CRITICAL).unwrap()});
        let made = id_of(&app.admin("acme").post("/api/policies", body).await.expect(201).json());
        let answer = manager().get(&format!("/agent/access/explain?ticket={id}&permission=ticket.delete")).await.expect(200);
        assert!(answer.round_trips <= 2);
        let text = answer.text();
        assert!(text.contains("acme manager") && text.contains(&format!("href=\"/agent/access/policies/{made}\"")));
        assert!(!text.contains("acme agent"), "to whom nothing gives it");
        let email = app.asked("acme", "SELECT email FROM users WHERE role = 'agent'").remove(0);
        let one = manager().get(&format!("/agent/access/explain?ticket={id}&permission=ticket.delete&person={email}")).await;
        assert!(one.expect(200).text().contains("acme agent"));
        for query in [
            format!("ticket={id}&person=nobody@acme.example"),
            "ticket=ACME-999999".to_owned(),
            format!("ticket={id}&permission=desk.read"),
        ] {
            manager().get(&format!("/agent/access/explain?{query}")).await.expect(422);
        }
        // A ticket of another tenant is as one that is not there.
        let theirs =
            app.client("globex").post("/api/tickets", json!({"title": "B", "description": "b"})).await.expect(201).json();
        manager().get(&format!("/agent/access/explain?ticket={}", id_of(&theirs))).await.expect(422);
    });
}
