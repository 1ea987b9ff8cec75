//! People and organizations that go.

use super::*;
use tests::app::PASSWORD;

#[test]
fn whoever_is_removed_is_out_for_good_and_stays_in_old_tickets() {
    run(async {
        let app = TestApp::new();
        let client = app.user_id("acme", "client");
        let body = json!({"title": "A title", "description": "A text"});
        let ticket = app.client("acme").post("/api/tickets", body).await.expect(201).json()["id"].as_str().unwrap().to_owned();
        let path = format!("/api/users/{client}");
        app.admin("acme").header("if-match", "\"9\"").delete(&path).await.expect(412);
        app.wakes.borrow_mut().clear();
        let answer = app.admin("acme").delete(&path).await.expect(204);
        assert!(answer.round_trips <= 3, "{}", answer.round_trips);
        assert!(format!("{:?}", app.wakes.borrow()).contains("end_people"));

        app.client("acme").get("/api/auth/me").await.expect(401);
        let login = json!({"username": "client@acme.example", "password": PASSWORD});
        app.anon("acme").post("/api/auth/login", login).await.expect(401);
        let shown = app.agent("acme").get(&format!("/api/tickets/{ticket}")).await.expect(200).json();
        assert_eq!(shown["requester"]["name"], "acme client");

        // Out of the lists, but for those who ask for disabled people.
        let names = async |query: &str| {
            let list = app.agent("acme").get(&format!("/api/users?{query}")).await.expect(200).json();
            list["data"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let organization = app.asked("acme", &format!("SELECT organization_id FROM users WHERE id = '{client}'")).remove(0);
        for query in ["", "role=client", "q=acme%20cl", &format!("organization={organization}")] {
            assert!(!names(query).await.contains(&"acme client".to_owned()), "{query}");
            assert_eq!(names(&format!("{query}&status=disabled")).await, ["acme client"], "{query}");
        }
        let gone = app.agent("acme").get(&path).await.expect(200).json();
        assert_eq!(gone["status"], "disabled");
        assert!(gone["removed_at"].is_string() && gone["email"].as_str().unwrap().ends_with("@removed.invalid"), "{gone}");

        // There is no way back, and going twice is going once.
        for change in [json!({"status": "active"}), json!({"name": "Back"}), json!({"role": "agent"})] {
            assert_eq!(app.admin("acme").patch(&path, change).await.expect(409).code(), "user_removed");
        }
        app.admin("acme").delete(&path).await.expect(204);
        assert_eq!(audited(&app, &client), ["user.read", "user.removed"], "somebody has looked, too");
        assert!(
            app.asked("acme", "SELECT detail FROM audit_logs WHERE action = 'user.removed'")[0].contains("client@acme.example")
        );
    });
}

#[test]
fn the_address_is_free_for_somebody_else_who_has_nothing_of_the_former() {
    run(async {
        let app = TestApp::new();
        let client = app.user_id("acme", "client");
        let body = json!({"title": "A title", "description": "A text"});
        let ticket = app.client("acme").post("/api/tickets", body).await.expect(201).json()["id"].as_str().unwrap().to_owned();
        app.admin("acme").delete(&format!("/api/users/{client}")).await.expect(204);
        let new = json!({"email": "client@acme.example", "name": "Another", "role": "client"});
        let another = app.admin("acme").post("/api/users", new).await.expect(201).json();
        assert_ne!(another["id"], json!(client));
        assert_eq!(app.asked("acme", &format!("SELECT requester_id FROM tickets WHERE id = '{ticket}'")), [client]);
    });
}

#[test]
fn what_somebody_held_ends_with_them_and_holds_no_role_back() {
    run(async {
        let app = TestApp::new();
        let id = role(&app, "Held", "agent", &["ticket.read"]).await;
        let agent = app.user_id("acme", "agent");
        give(&app, "agent", &id).await;
        grant(&app, ("user_id", &agent), ("role_id", &id), FOR_GOOD);
        let group = app.admin("acme").post("/api/groups", json!({"name": "Cover"})).await.expect(201).json();
        let group = group["id"].as_str().unwrap();
        app.admin("acme").post(&format!("/api/groups/{group}/members"), json!({"user": agent})).await.expect(201);
        app.tenant_database("acme").inspect(|connection| {
            let sql =
                "INSERT INTO delegations (tenant_id, id, delegator_id, deputy_id, starts_at, ends_at, created_by, created_at)
                VALUES ('tnt_' || ?1, 'dlg_' || ?1, ?2, ?3, 0, ?4, 'system', 0)";
            let values = rusqlite::params!["a".repeat(32), app.user_id("acme", "manager"), agent, FOR_GOOD];
            connection.execute(sql, values).unwrap();
        });
        app.admin("acme").delete(&format!("/api/users/{agent}")).await.expect(204);
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM grants WHERE revoked_at IS NULL"), ["0"]);
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM delegations WHERE revoked_at IS NULL"), ["0"]);
        assert_eq!(app.admin("acme").get(&format!("/api/groups/{group}")).await.json()["members"], 0);
        app.admin("acme").delete(&format!("/api/roles/{id}")).await.expect(204);
        let refused = app.admin("acme").post(&format!("/api/groups/{group}/members"), json!({"user": agent})).await.expect(422);
        assert_eq!(refused.json()["errors"][0]["field"], "user");
    });
}

#[test]
fn of_two_administrators_who_remove_each_other_one_stays() {
    run(async {
        let app = TestApp::new();
        give(&app, "manager", "admin").await;
        let path = |role: &str| format!("/api/users/{}", app.user_id("acme", role));
        let (admin, manager) = (path("admin"), path("manager"));
        app.tenant_database("acme").interleave(true);
        let (one, other) = futures::join!(app.admin("acme").delete(&manager), app.manager("acme").delete(&admin));
        app.tenant_database("acme").interleave(false);
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [204, 409]);
        let left = if one.status == 204 { ("admin", admin) } else { ("manager", manager) };
        assert_eq!(app.signed_in("acme", left.0).delete(&left.1).await.expect(409).code(), "last_admin");
    });
}

#[test]
fn an_organization_goes_when_nobody_and_nothing_belongs_to_it() {
    run(async {
        let app = TestApp::new();
        let organization = app.asked("acme", "SELECT id FROM organizations").remove(0);
        let path = format!("/api/organizations/{organization}");
        let shown = app.agent("acme").get(&path).await.expect(200).json();
        assert_eq!(shown["name"], "acme client company");
        assert_eq!(app.admin("acme").delete(&path).await.expect(409).code(), "in_use");
        let new = app.admin("acme").post("/api/organizations", json!({"name": "Empty Ltd"})).await.expect(201).json();
        let empty = format!("/api/organizations/{}", new["id"].as_str().unwrap());
        app.admin("acme").delete(&empty).await.expect(204);
        app.admin("acme").get(&empty).await.expect(404);
        app.admin("acme").delete(&empty).await.expect(404);
        assert_eq!(audited(&app, new["id"].as_str().unwrap()), ["organization.created", "organization.deleted"]);
    });
}
