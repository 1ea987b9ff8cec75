//! What the pages of departments tell whom.

use serde_json::json;
use tests::app::TestApp;

use super::{department, ticket};

#[test]
fn addresses_are_for_those_who_read_people_and_numbers_of_tickets_for_those_who_see_all_tickets() {
    pollster::block_on(async {
        let app = TestApp::new();
        let line = department(&app, "Line").await;
        for _ in 0..7 {
            ticket(&app, &line).await;
        }
        let manager = app.user_id("acme", "manager");
        let form = [("page", "1"), ("id", line.as_str()), ("join", manager.as_str())];
        app.admin("acme").in_browser().submit("/agent/settings/departments", &form).await.expect(303);
        let person = format!("/api/users/{}", app.user_id("acme", "agent"));
        let seen = async |name: &str, permissions: &[&str]| {
            let role = json!({"name": name, "base": "agent", "permissions": permissions});
            let role = app.admin("acme").post("/api/roles", role).await.expect(201).json();
            app.admin("acme").patch(&person, json!({"role": role["id"]})).await.expect(200);
            let get = async |address: &str| app.agent("acme").in_browser().get(address).await.expect(200).text();
            let page = get(&format!("/agent/settings/departments/{line}")).await;
            assert!(page.contains(&format!("value=\"{manager}\"")), "whoever can lead it is named by name");
            let link = page.replace("&#x3D;", "=");
            let link = link.split(&format!("department={line}\">")).nth(1).and_then(|rest| rest.split("</a>").next()).unwrap();
            let counts = link.contains("class=\"count\">7</span>");
            let settings = get("/agent/settings").await;
            assert_eq!(settings.contains("class=\"num\">7</span>"), counts);
            (page.contains(&app.email("acme", "manager")), counts)
        };
        assert_eq!(seen("All", &["ticket.read", "desk.manage", "user.read"]).await, (true, true));
        assert_eq!(seen("Tickets", &["ticket.read", "desk.manage"]).await, (false, true));
        assert_eq!(seen("People", &["desk.manage", "user.read"]).await, (true, false));
    });
}

#[test]
fn whoever_leads_it_stays_among_the_choices_however_many_people_there_are() {
    pollster::block_on(async {
        let app = TestApp::new();
        let line = department(&app, "Line").await;
        let agent = app.user_id("acme", "agent");
        app.tenant_database("acme").inspect(|connection| {
            let people = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
                INSERT INTO users (tenant_id, id, email, name, role, status, department_id, created_at, updated_at)
                SELECT tenant_id, 'usr_' || printf('%032d', i), 'one' || i || '@example.com', '!' || i, 'agent', 'active', d.id, 0, 0
                FROM n JOIN departments d ON d.id = ?1";
            connection.execute(people, [&line]).unwrap();
            connection.execute("UPDATE users SET department_id = ?1 WHERE id = ?2", [&line, &agent]).unwrap();
            connection.execute("UPDATE departments SET lead_id = ?2 WHERE id = ?1", [&line, &agent]).unwrap();
        });
        let page = app.manager("acme").in_browser().get(&format!("/agent/settings/departments/{line}")).await.expect(200).text();
        assert!(page.contains(&format!("value=\"{agent}\" selected")));
    });
}
