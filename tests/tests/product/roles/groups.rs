//! Groups, and who belongs to them.

use super::*;

async fn group(app: &TestApp, name: &str) -> String {
    let answer = app.admin("acme").post("/api/groups", json!({"name": name})).await.expect(201).json();
    answer["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_group_is_made_changed_by_version_and_removed() {
    run(async {
        let app = TestApp::new();
        let answer = app.admin("acme").post("/api/groups", json!({"name": "Cover", "description": "Holidays"})).await.expect(201);
        let made = answer.json();
        let path = format!("/api/groups/{}", made["id"].as_str().unwrap());
        assert_eq!(answer.headers.get("location"), Some(path.as_str()));
        assert_eq!((&made["members"], &made["version"]), (&json!(0), &json!(1)));
        assert_eq!(app.admin("acme").post("/api/groups", json!({"name": "Cover"})).await.expect(409).code(), "name_taken");
        let changed =
            app.admin("acme").header("if-match", "\"1\"").patch(&path, json!({"name": "Summer"})).await.expect(200).json();
        assert_eq!((&changed["name"], &changed["description"]), (&json!("Summer"), &json!("Holidays")));
        app.admin("acme").header("if-match", "\"1\"").patch(&path, json!({"name": "Late"})).await.expect(412);
        app.admin("acme").header("if-match", "\"1\"").delete(&path).await.expect(412);
        app.admin("acme").delete(&path).await.expect(204);
        app.admin("acme").get(&path).await.expect(404);
        assert_eq!(audited(&app, made["id"].as_str().unwrap()), ["group.created", "group.deleted", "group.updated"]);
    });
}

#[test]
fn groups_and_their_members_are_listed_page_by_page() {
    run(async {
        let app = TestApp::new();
        for name in ["Beta", "Alpha"] {
            group(&app, name).await;
        }
        let id = group(&app, "Gamma").await;
        let first = app.manager("acme").get("/api/groups?limit=2").await.expect(200).json();
        assert_eq!((&first["data"][0]["name"], &first["data"][1]["name"]), (&json!("Alpha"), &json!("Beta")));
        let cursor = first["meta"]["next_cursor"].as_str().unwrap();
        let second = app.manager("acme").get(&format!("/api/groups?limit=2&cursor={cursor}")).await.expect(200).json();
        assert_eq!((&second["data"][0]["name"], &second["meta"]["has_more"]), (&json!("Gamma"), &json!(false)));

        let members = format!("/api/groups/{id}/members");
        for role in ["agent", "manager", "client"] {
            app.admin("acme").post(&members, json!({"user": app.user_id("acme", role)})).await.expect(201);
        }
        let again = app.admin("acme").post(&members, json!({"user": app.user_id("acme", "agent")})).await.expect(200);
        assert_eq!(again.json()["email"], "agent@acme.example");
        assert_eq!(app.manager("acme").get(&format!("/api/groups/{id}")).await.json()["members"], 3);
        let mut seen = Vec::new();
        let mut target = format!("{members}?limit=2");
        loop {
            let page = app.manager("acme").get(&target).await.expect(200).json();
            seen.extend(page["data"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()));
            match page["meta"]["next_cursor"].as_str() {
                Some(cursor) => target = format!("{members}?limit=2&cursor={cursor}"),
                None => break,
            }
        }
        let mut expected: Vec<String> = ["agent", "manager", "client"].map(|role| app.user_id("acme", role)).to_vec();
        expected.sort();
        assert_eq!(seen, expected);
    });
}

#[test]
fn what_a_group_holds_is_its_members_from_the_next_request_to_the_last() {
    run(async {
        let app = TestApp::new();
        let id = group(&app, "Leads").await;
        grant(&app, ("group_id", &id), ("role", "manager"), FOR_GOOD);
        let agent = app.user_id("acme", "agent");
        app.agent("acme").get("/api/ratings/agents").await.expect(403);
        app.wakes.borrow_mut().clear();
        app.admin("acme").post(&format!("/api/groups/{id}/members"), json!({"user": agent})).await.expect(201);
        assert!(format!("{:?}", app.wakes.borrow()).contains(&agent), "the pages of whoever joins come back");
        app.agent("acme").get("/api/ratings/agents").await.expect(200);
        app.admin("acme").delete(&format!("/api/groups/{id}/members/{agent}")).await.expect(204);
        app.agent("acme").get("/api/ratings/agents").await.expect(403);
        app.admin("acme").delete(&format!("/api/groups/{id}/members/{agent}")).await.expect(404);
        assert_eq!(audited(&app, &id), ["group.created", "group.joined", "group.left"]);

        // A group that goes takes along what it gave.
        app.admin("acme").post(&format!("/api/groups/{id}/members"), json!({"user": agent})).await.expect(201);
        app.agent("acme").get("/api/ratings/agents").await.expect(200);
        app.admin("acme").delete(&format!("/api/groups/{id}")).await.expect(204);
        app.agent("acme").get("/api/ratings/agents").await.expect(403);
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM group_members"), ["0"]);
    });
}

#[test]
fn nobody_is_taken_into_a_group_by_somebody_who_holds_less_than_it_gives() {
    run(async {
        let app = TestApp::new();
        let id = group(&app, "Owners").await;
        grant(&app, ("group_id", &id), ("role", "admin"), FOR_GOOD);
        let keeper = role(&app, "Keeper", "agent", &["ticket.read", "access.read", "access.manage"]).await;
        give(&app, "agent", &keeper).await;
        let body = json!({"user": app.user_id("acme", "agent")});
        let refused = app.agent("acme").post(&format!("/api/groups/{id}/members"), body.clone()).await.expect(403);
        assert_eq!(refused.code(), "more_than_own");
        app.agent("acme").get("/api/tenant/settings").await.expect(403);
        let empty = group(&app, "Empty").await;
        app.agent("acme").post(&format!("/api/groups/{empty}/members"), body).await.expect(201);
    });
}

#[test]
fn groups_and_people_of_another_tenant_are_nobodys() {
    run(async {
        let app = TestApp::in_one_cell();
        let theirs = app.admin("globex").post("/api/groups", json!({"name": "Theirs"})).await.expect(201).json();
        let theirs = theirs["id"].as_str().unwrap();
        let ours = group(&app, "Ours").await;
        let body = json!({"user": app.user_id("acme", "agent")});
        for id in [theirs, &format!("grp_{}", "9".repeat(32))] {
            app.admin("acme").get(&format!("/api/groups/{id}")).await.expect(404);
            app.admin("acme").get(&format!("/api/groups/{id}/members")).await.expect(404);
            app.admin("acme").post(&format!("/api/groups/{id}/members"), body.clone()).await.expect(404);
        }
        let members = format!("/api/groups/{ours}/members");
        for user in [app.user_id("globex", "agent"), format!("usr_{}", "9".repeat(32)), "x".to_owned()] {
            let fault = app.admin("acme").post(&members, json!({"user": user})).await.expect(422).json()["errors"][0].clone();
            assert_eq!((&fault["field"], &fault["code"]), (&json!("user"), &json!("unknown_value")));
        }
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM group_members"), ["0"]);
    });
}
