//! Departments: who belongs to one and leads it, and where the open tickets of an archived one go.

mod moving;
mod page;

use functions::actions::jobs::{self, JobReport};
use serde_json::{Value, json};
use shared::id::TenantId;
use shared::job::Job;
use tests::app::TestApp;

async fn department(app: &TestApp, name: &str) -> String {
    let made = app.manager("acme").post("/api/departments", json!({ "name": name })).await.expect(201);
    assert_eq!(made.headers.get("etag"), Some("\"1\""));
    made.json()["id"].as_str().unwrap().to_owned()
}

async fn ticket(app: &TestApp, department: &str) -> String {
    let body = json!({ "title": "Printer", "description": "It stops.", "department": department });
    app.agent("acme").post("/api/tickets", body).await.expect(201).json()["id"].as_str().unwrap().to_owned()
}

/// Runs a job as the queue would.
async fn run(app: &TestApp) -> JobReport {
    let job = Job::Outbox { tenant: TenantId::parse(&format!("tnt_{}", "a".repeat(32))).unwrap() };
    jobs::run(&app.platform, &job).await
}

/// Runs jobs as the queue would, until none asks for another; answers how many tickets each has looked at.
async fn work(app: &TestApp) -> Vec<usize> {
    let mut runs = Vec::new();
    while runs.len() < 20 {
        let report = run(app).await;
        assert!(report.failures.is_empty(), "{:?}", report.failures);
        match report.done.iter().find(|(duty, _)| *duty == "departments") {
            Some((_, count)) => runs.push(*count),
            None => return runs,
        }
    }
    panic!("the move never ends");
}

fn path(department: &str) -> String {
    format!("/api/departments/{department}")
}

async fn listed(app: &TestApp, department: &str) -> Value {
    let list = app.manager("acme").get("/api/departments").await.expect(200).json();
    list["data"].as_array().unwrap().iter().find(|each| each["id"] == department).unwrap().clone()
}

#[test]
fn the_open_tickets_of_an_archived_department_go_to_another_each_with_its_history_and_audit_line() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (old, new) = (department(&app, "Old").await, department(&app, "New").await);
        let mut tickets = Vec::new();
        for _ in 0..53 {
            tickets.push(ticket(&app, &old).await);
        }
        let closed = tickets.pop().unwrap();
        let path_of = format!("/api/tickets/{closed}");
        app.agent("acme").header("if-match", "*").patch(&path_of, json!({"status": "closed"})).await.expect(200);
        let mails = app.asked("acme", "SELECT COUNT(*) FROM outbox");
        let body = json!({"archived": true, "move_tickets_to": new});
        let archived = app.manager("acme").patch(&path(&old), body).await.expect(200);
        assert!(archived.round_trips <= 3, "{}", archived.round_trips);
        assert_eq!((&archived.json()["archived"], &archived.json()["moving_tickets_to"]), (&json!(true), &json!(new)));
        assert_eq!(work(&app).await, [50, 2]);
        let left = |department: &str| {
            app.asked("acme", &format!("SELECT COUNT(*) FROM tickets WHERE department_id = '{department}' AND is_open = 1"))
        };
        assert_eq!((left(&old), left(&new)), (vec!["0".to_owned()], vec!["52".to_owned()]));
        assert_eq!(app.asked("acme", &format!("SELECT id FROM tickets WHERE department_id = '{old}'")), [closed]);
        let manager = app.user_id("acme", "manager");
        let history = format!(
            "SELECT COUNT(*) FROM ticket_history WHERE kind = 'department' AND old_value = 'Old' AND new_value = 'New' AND actor = '{manager}'"
        );
        assert_eq!(app.asked("acme", &history), ["52"]);
        let audit = format!(
            "SELECT COUNT(*) FROM audit_logs WHERE action = 'ticket.updated' AND actor = '{manager}' AND detail LIKE '%\"to\":\"New\"%'"
        );
        assert_eq!(app.asked("acme", &audit), ["52"]);
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM outbox"), mails, "as a bulk change, it writes to nobody");
        assert_eq!(listed(&app, &old).await["moving_tickets_to"], Value::Null);
        assert_eq!(work(&app).await, Vec::<usize>::new());
    });
}

#[test]
fn a_move_that_cannot_be_is_refused_or_ends() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (old, new, third) = (department(&app, "Old").await, department(&app, "New").await, department(&app, "Third").await);
        ticket(&app, &old).await;
        let sent = async |body: Value| app.manager("acme").patch(&path(&old), body).await;
        for to in [&old, "dep_00000000000000000000000000000000"] {
            let refused = sent(json!({"archived": true, "move_tickets_to": to})).await.expect(422).json();
            assert_eq!(refused["errors"][0]["field"], "move_tickets_to");
        }
        sent(json!({"move_tickets_to": new})).await.expect(422);
        assert_eq!(listed(&app, &old).await["archived"], false, "nothing of it is done");
        app.manager("acme").patch(&path(&third), json!({"archived": true})).await.expect(200);
        sent(json!({"archived": true, "move_tickets_to": third})).await.expect(422);
        // The place is archived, or whoever said so shut out, before a run: the tickets stay, and the move ends.
        let stays = async || {
            work(&app).await;
            assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM departments WHERE moves_to IS NOT NULL"), ["0"]);
            assert_eq!(app.asked("acme", &format!("SELECT COUNT(*) FROM tickets WHERE department_id = '{old}'")), ["1"]);
        };
        sent(json!({"archived": true, "move_tickets_to": new})).await.expect(200);
        app.manager("acme").patch(&path(&new), json!({"archived": true})).await.expect(200);
        stays().await;
        app.manager("acme").patch(&path(&new), json!({"archived": false})).await.expect(200);
        sent(json!({"move_tickets_to": new})).await.expect(200);
        sent(json!({"archived": false})).await.expect(200);
        stays().await;
        sent(json!({"archived": true, "move_tickets_to": new})).await.expect(200);
        let manager = app.user_id("acme", "manager");
        app.tenant_database("acme")
            .inspect(|connection| connection.execute("UPDATE users SET status = 'disabled' WHERE id = ?1", [&manager]).unwrap());
        stays().await;
    });
}

#[test]
fn a_department_is_led_by_one_of_its_people_as_long_as_they_belong_to_it() {
    pollster::block_on(async {
        let app = TestApp::new();
        let line = department(&app, "Line").await;
        let agent = app.user_id("acme", "agent");
        let refused = app.manager("acme").patch(&path(&line), json!({ "lead": agent })).await.expect(422).json();
        assert_eq!(refused["errors"][0]["field"], "lead");
        let page = format!("/agent/settings/departments/{line}");
        let form = [("page", "1"), ("id", line.as_str()), ("join", agent.as_str())];
        let manager = || app.manager("acme").in_browser();
        manager().submit("/agent/settings/departments", &form).await.expect(403);
        let joined = app.admin("acme").in_browser().submit("/agent/settings/departments", &form).await.expect(303);
        assert!(joined.round_trips <= 3, "{}", joined.round_trips);
        assert_eq!(joined.headers.get("location"), Some(page.as_str()));
        let form = [("page", "1"), ("id", line.as_str()), ("version", "1"), ("lead", agent.as_str())];
        manager().submit("/agent/settings/departments", &form).await.expect(303);
        assert_eq!(listed(&app, &line).await["lead"]["id"], agent.as_str());
        ticket(&app, &line).await;
        let shown = manager().get(&page).await.expect(200);
        assert!(shown.round_trips <= 3, "{}", shown.round_trips);
        assert!(shown.text().contains(&app.email("acme", "agent")) && shown.text().contains("name=\"move_tickets_to\""));
        let settings = manager().get("/agent/settings").await.expect(200).text();
        assert!(settings.contains(&format!("{page}#archive")), "with open tickets, archiving asks where they go");
        let version = app.asked("acme", &format!("SELECT version FROM users WHERE id = '{agent}'")).remove(0);
        let form = [("page", "1"), ("id", line.as_str()), ("version", version.as_str()), ("leave", agent.as_str())];
        app.admin("acme").in_browser().submit("/agent/settings/departments", &form).await.expect(303);
        assert_eq!(listed(&app, &line).await["lead"], Value::Null);
    });
}

#[test]
fn a_change_of_a_department_that_somebody_else_has_changed_is_refused() {
    pollster::block_on(async {
        let app = TestApp::new();
        let line = department(&app, "Line").await;
        let change = async |version: &str| {
            let body = json!({"name": format!("Line after {}", version.trim_matches('"'))});
            app.manager("acme").header("if-match", version).patch(&path(&line), body).await
        };
        let changed = change("\"1\"").await.expect(200);
        assert_eq!((changed.headers.get("etag"), &changed.json()["version"]), (Some("\"2\""), &json!(2)));
        assert_eq!(change("\"1\"").await.expect(412).code(), "stale_version");
        let form = [("id", line.as_str()), ("version", "1"), ("name", "Typed")];
        let refused = app.manager("acme").in_browser().submit("/agent/settings/departments", &form).await.expect(412).text();
        assert!(refused.contains("value=\"Typed\"") && refused.contains(&format!("id=\"e-{line}\"")));
    });
}

#[test]
fn changes_that_name_no_version_are_both_made_whoever_was_quicker() {
    pollster::block_on(async {
        let app = TestApp::new();
        let line = path(&department(&app, "Line").await);
        app.tenant_database("acme").interleave(true);
        let (one, other) = futures::join!(
            app.manager("acme").patch(&line, json!({"name": "Renamed"})),
            app.admin("acme").patch(&line, json!({"position": 7}))
        );
        app.tenant_database("acme").interleave(false);
        one.expect(200);
        other.expect(200);
        let stands = app.asked("acme", "SELECT name || position || version FROM departments WHERE name = 'Renamed'");
        assert_eq!(stands, ["Renamed73"]);
    });
}

#[test]
fn a_category_sends_no_new_tickets_to_an_archived_department() {
    pollster::block_on(async {
        let app = TestApp::new();
        let old = department(&app, "Old").await;
        let category = json!({ "slug": "scales", "name": "Scales", "department": old });
        app.manager("acme").post("/api/categories", category).await.expect(201);
        app.manager("acme").patch(&path(&old), json!({ "archived": true })).await.expect(200);
        let new = json!({ "title": "Scales", "description": "They show nothing.", "category": "scales" });
        let made = app.agent("acme").post("/api/tickets", new).await.expect(201).json();
        assert_eq!((&made["category"], &made["department"]), (&json!("scales"), &Value::Null));
        let other = json!({ "title": "Scales", "description": "They show nothing." });
        let made = app.agent("acme").post("/api/tickets", other).await.expect(201).json();
        let at = format!("/api/tickets/{}", made["id"].as_str().unwrap());
        let filed =
            app.agent("acme").header("if-match", "*").patch(&at, json!({ "category": "scales" })).await.expect(200).json();
        assert_ne!(filed["department"]["name"], "Old");
    });
}
