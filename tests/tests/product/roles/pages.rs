//! The pages of people, organizations, groups and roles.

use super::*;

fn page_of(app: &TestApp) -> Caller<'_> {
    app.admin("acme").in_browser().header("accept-language", "en")
}

#[test]
fn whoever_looks_after_access_finds_its_pages_and_others_do_not() {
    run(async {
        let app = TestApp::new();
        for role in ["admin", "manager"] {
            let page = app.signed_in("acme", role).in_browser().get("/agent/access").await.expect(200).text();
            assert!(page.contains("acme client") && page.contains("href=\"/agent/access/roles\""), "{page}");
            // Adding people is the administrator's.
            assert_eq!(page.contains("href=\"/agent/access/people/new\""), role == "admin");
        }
        let queue = app.agent("acme").in_browser().get("/agent/tickets?queue=all").await.expect(200).text();
        assert!(!queue.contains("/agent/access"));
        app.agent("acme").in_browser().get("/agent/access").await.expect(403);
        let user = app.user_id("acme", "agent");
        let page = app.manager("acme").in_browser().get(&format!("/agent/access/people/{user}")).await.expect(200).text();
        assert!(page.contains("acme agent") && !page.contains("/remove\""), "{page}");
    });
}

#[test]
fn people_are_searched_narrowed_and_turned_over() {
    run(async {
        let app = TestApp::new();
        let page = page_of(&app).get("/agent/access?q=acme%20a&role=agent").await.expect(200).text();
        assert!(page.contains("acme agent") && !page.contains("acme analyst"), "{page}");
        let page = page_of(&app).get("/agent/access?q=nobody").await.expect(200).text();
        assert!(page.contains("Nothing matches"), "{page}");
        app.admin("acme").delete(&format!("/api/users/{}", app.user_id("acme", "client"))).await.expect(204);
        let list = page_of(&app).get("/agent/access").await.expect(200).text();
        assert!(!list.contains("acme client<"), "{list}");
        let gone = page_of(&app).get("/agent/access?status=disabled").await.expect(200).text();
        assert!(gone.contains("acme client<") && !gone.contains("removed.invalid"), "{gone}");
    });
}

#[test]
fn a_person_is_added_changed_invited_and_removed_by_forms() {
    run(async {
        let app = TestApp::new();
        let own = role(&app, "Night", "agent", &["ticket.read"]).await;
        let wrong = [("email", "no address"), ("name", "New One"), ("role", "client"), ("organization", "")];
        let page = page_of(&app).submit("/agent/access/people/new", &wrong).await.expect(422).text();
        assert!(page.contains("value=\"New One\"") && page.contains("value=\"no address\""), "{page}");
        let nowhere = [("email", "new@client.example"), ("name", "New One"), ("role", "client"), ("organization", "Nobody Ltd")];
        let page = page_of(&app).submit("/agent/access/people/new", &nowhere).await.expect(422).text();
        assert!(page.contains("value=\"Nobody Ltd\""), "{page}");
        let good = [
            ("email", "new@client.example"),
            ("name", "New One"),
            ("role", own.as_str()),
            ("organization", "acme client company"),
        ];
        let answer = page_of(&app).submit("/agent/access/people/new", &good).await.expect(303);
        assert!(answer.round_trips <= 3, "{}", answer.round_trips);
        let id = app.asked("acme", "SELECT id FROM users WHERE email = 'new@client.example'").remove(0);
        let path = format!("/agent/access/people/{id}");
        let page = page_of(&app).get(&path).await.expect(200).text();
        assert!(
            page.contains(&format!("<option value=\"{own}\" selected>")) && page.contains("value=\"acme client company\""),
            "{page}"
        );

        let change = [("version", "1"), ("name", "Newer One"), ("role", "agent"), ("status", "active"), ("locale", "ar")];
        let answer = page_of(&app).submit(&path, &change).await.expect(303);
        assert!(answer.round_trips <= 3, "{}", answer.round_trips);
        let shown = app.admin("acme").get(&format!("/api/users/{id}")).await.json();
        assert_eq!(
            (&shown["name"], &shown["own_role"], &shown["organization"]),
            (&json!("Newer One"), &Value::Null, &Value::Null)
        );
        assert_eq!(shown["locale"], "ar");
        // Somebody else was faster: what was typed stays, and sending it again means it.
        let late = [("version", "1"), ("name", "Late One"), ("role", "agent"), ("status", "active")];
        let page = page_of(&app).submit(&path, &late).await.expect(412).text();
        assert!(page.contains("value=\"Late One\"") && page.contains("name=\"version\" value=\"2\""), "{page}");

        page_of(&app).submit(&format!("{path}/invite"), &[]).await.expect(303);
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM outbox WHERE recipient = 'new@client.example'"), ["2"]);
        page_of(&app).submit(&format!("{path}/remove"), &[]).await.expect(303);
        let page = page_of(&app).get(&path).await.expect(200).text();
        assert!(page.contains("removed for good") && !page.contains("new@client.example"), "{page}");
        page_of(&app).submit(&format!("{path}/invite"), &[]).await.expect(409);
        let last = format!("/agent/access/people/{}/remove", app.user_id("acme", "admin"));
        page_of(&app).submit(&last, &[]).await.expect(409);
    });
}

#[test]
fn a_role_is_composed_by_a_form_that_keeps_what_was_chosen() {
    run(async {
        let app = TestApp::new();
        let wrong = [("name", " "), ("description", "Reads"), ("base", "agent"), ("permission", "ticket.read")];
        let page = page_of(&app).submit("/agent/access/roles/new", &wrong).await.expect(422).text();
        assert!(page.contains("value=\"ticket.read\" checked") && page.contains("value=\"Reads\""), "{page}");
        let good = [("name", "Reader"), ("base", "agent"), ("permission", "ticket.read"), ("permission", "ticket.read_internal")];
        page_of(&app).submit("/agent/access/roles/new", &good).await.expect(303);
        let id = app.asked("acme", "SELECT id FROM roles").remove(0);
        let path = format!("/agent/access/roles/{id}");
        let change = [("version", "1"), ("name", "Reader"), ("permission", "ticket.read")];
        let answer = page_of(&app).submit(&path, &change).await.expect(303);
        assert!(answer.round_trips <= 3, "{}", answer.round_trips);
        page_of(&app).submit(&path, &change).await.expect(412);
        let role = app.admin("acme").get(&format!("/api/roles/{id}")).await.json();
        assert_eq!(role["permissions"], json!(["ticket.read"]));
        give(&app, "agent", &id).await;
        let page = page_of(&app).submit(&format!("{path}/delete"), &[]).await.expect(409).text();
        assert!(page.contains("Somebody has it"), "{page}");
        give(&app, "agent", "agent").await;
        page_of(&app).submit(&format!("{path}/delete"), &[]).await.expect(303);
        page_of(&app).get(&path).await.expect(404);
        let page = page_of(&app).get("/agent/access/roles/manager").await.expect(200).text();
        assert!(page.contains("disabled") && !page.contains("/delete"), "{page}");
        page_of(&app).submit("/agent/access/roles/manager", &change).await.expect(409);
    });
}

#[test]
fn groups_and_organizations_are_kept_by_forms() {
    run(async {
        let app = TestApp::new();
        page_of(&app).submit("/agent/access/groups", &[("name", "Cover")]).await.expect(303);
        let page =
            page_of(&app).submit("/agent/access/groups", &[("name", "Cover"), ("description", "Twice")]).await.expect(409).text();
        assert!(page.contains("value=\"Twice\""), "{page}");
        let id = app.asked("acme", "SELECT id FROM groups").remove(0);
        let path = format!("/agent/access/groups/{id}");
        let members = format!("{path}/members");
        let page = page_of(&app).submit(&members, &[("email", "nobody@acme.example")]).await.expect(422).text();
        assert!(page.contains("value=\"nobody@acme.example\"") && page.contains("value=\"Cover\""), "{page}");
        for _ in 0..2 {
            let answer = page_of(&app).submit(&members, &[("email", "Agent@acme.example")]).await.expect(303);
            assert!(answer.round_trips <= 3, "{}", answer.round_trips);
        }
        assert_eq!(audited(&app, &id), ["group.created", "group.joined"]);
        assert!(page_of(&app).get(&path).await.expect(200).text().contains("acme agent"));
        let out = format!("{members}/{}/remove", app.user_id("acme", "agent"));
        page_of(&app).submit(&out, &[]).await.expect(303);
        page_of(&app).submit(&path, &[("version", "1"), ("name", "Summer")]).await.expect(303);
        page_of(&app).submit(&format!("{path}/delete"), &[]).await.expect(303);
        page_of(&app).get(&path).await.expect(404);

        let page = page_of(&app).submit("/agent/access/organizations", &[("name", "Zeta"), ("customer_type", "Not One")]).await;
        assert!(page.expect(422).text().contains("value=\"Not One\""));
        page_of(&app).submit("/agent/access/organizations", &[("name", "Zeta")]).await.expect(303);
        let id = app.asked("acme", "SELECT id FROM organizations WHERE name = 'Zeta'").remove(0);
        let path = format!("/agent/access/organizations/{id}");
        page_of(&app).submit(&path, &[("name", "Eta"), ("customer_type", "vip")]).await.expect(303);
        assert!(page_of(&app).get("/agent/access/organizations?q=Et").await.expect(200).text().contains("vip"));
        page_of(&app).submit(&format!("{path}/delete"), &[]).await.expect(303);
        let used = app.asked("acme", "SELECT id FROM organizations").remove(0);
        page_of(&app).submit(&format!("/agent/access/organizations/{used}/delete"), &[]).await.expect(409);
    });
}
