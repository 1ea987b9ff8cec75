//! Saved views of the desk's tickets, and what is news to whoever looks at a list.

use serde_json::{Value, json};
use tests::app::TestApp;

fn run(test: impl Future<Output = ()>) {
    pollster::block_on(test);
}

async fn ticket(app: &TestApp, title: &str, priority: &str) -> String {
    let body = json!({"title": title, "description": "Words.", "priority": priority});
    app.client("acme").post("/api/tickets", body).await.expect(201).json()["number"].as_str().unwrap().to_owned()
}

async fn save(app: &TestApp, who: &str, view: Value) -> Value {
    let made = app.signed_in("acme", who).post("/api/views", view).await.expect(201);
    assert!(made.round_trips <= 3);
    made.json()
}

async fn names(app: &TestApp, who: &str) -> Vec<String> {
    let list = app.signed_in("acme", who).get("/api/views").await.expect(200).json();
    list["data"].as_array().unwrap().iter().map(|view| view["name"].as_str().unwrap().to_owned()).collect()
}

async fn page(app: &TestApp, who: &str, address: &str) -> String {
    let page = app.signed_in("acme", who).in_browser().get(address).await.expect(200);
    assert!(page.round_trips <= 3, "{address}: {}", page.round_trips);
    page.text()
}

#[test]
fn a_view_lists_what_its_conditions_say_for_whoever_opens_it() {
    run(async {
        let app = TestApp::new();
        let mine = ticket(&app, "Burning, mine", "critical").await;
        ticket(&app, "Burning, nobody's", "critical").await;
        ticket(&app, "Calm", "low").await;
        let (agent, path) = (app.user_id("acme", "agent"), format!("/api/tickets/{mine}"));
        app.agent("acme").header("if-match", "*").patch(&path, json!({ "assignee": agent })).await.expect(200);
        let conditions = json!({"priority": "critical", "assignee": "me", "status": "open"});
        let view =
            save(&app, "manager", json!({"name": "Burning", "shared": "desk", "conditions": conditions, "sort": "-priority"}))
                .await;
        let address = format!("/agent/tickets?view={}", view["id"].as_str().unwrap());
        let agents = page(&app, "agent", &address).await;
        assert!(agents.contains("Burning, mine") && !agents.contains("Burning, nobody") && !agents.contains("Calm"));
        assert!(agents.contains("<h1 class=\"cut\" dir=\"auto\">Burning</h1>"));
        let managers = page(&app, "manager", &address).await;
        assert!(!managers.contains("Burning, mine"), "it is the manager who opens it here");
        // What the address says goes before what the view says.
        let wider = page(&app, "agent", &format!("{address}&assignee=")).await;
        assert!(wider.contains("Burning, nobody") && !wider.contains("Calm"));
    });
}

#[test]
fn rows_are_put_together_under_headings_and_columns_are_left_out() {
    run(async {
        let app = TestApp::new();
        for (title, priority) in [("First", "low"), ("Second", "critical"), ("Third", "low")] {
            ticket(&app, title, priority).await;
        }
        let view =
            save(&app, "agent", json!({"name": "By priority", "group_by": "priority", "columns": ["status", "sla"]})).await;
        let text = page(&app, "agent", &format!("/agent/tickets?view={}", view["id"].as_str().unwrap())).await;
        assert_eq!(text.matches("scope=\"rowgroup\"").count(), 2);
        let place = |words: &str| text.find(&format!(">{words}")).unwrap_or_else(|| panic!("{words}"));
        assert!(place("Second") < place("Third") && place("Third") < place("First"), "in the order of the list within a group");
        assert!(text.contains("class=\"table tickets no-priority no-requester no-category no-tags no-assignee no-updated\""));
    });
}

#[test]
fn views_are_seen_by_those_they_are_shared_with_and_are_not_there_for_others() {
    run(async {
        let app = TestApp::new();
        let group = app.admin("acme").post("/api/groups", json!({"name": "Second line"})).await.expect(201).json();
        let group = group["id"].as_str().unwrap();
        let not_yet =
            app.agent("acme").post("/api/views", json!({"name": "Ours", "shared": "group", "group": group})).await.expect(422);
        assert_eq!(not_yet.json()["errors"][0]["field"], "group");
        for who in ["agent", "analyst"] {
            let member = json!({"user": app.user_id("acme", who)});
            app.admin("acme").post(&format!("/api/groups/{group}/members"), member).await.expect(201);
        }
        let own = save(&app, "agent", json!({"name": "Own"})).await;
        let ours = save(&app, "agent", json!({"name": "Ours", "shared": "group", "group": group})).await;
        assert_eq!(names(&app, "agent").await, ["Own", "Ours"]);
        assert_eq!(names(&app, "analyst").await, ["Ours"]);
        assert_eq!(names(&app, "manager").await, Vec::<String>::new());
        let path = |view: &Value| format!("/api/views/{}", view["id"].as_str().unwrap());
        for view in [&own, &ours] {
            app.manager("acme").get(&path(view)).await.expect(404);
            app.manager("acme").header("if-match", "*").put(&path(view), json!({"name": "x"})).await.expect(404);
            app.manager("acme").delete(&path(view)).await.expect(404);
            app.agent("globex").get(&path(view)).await.expect(404);
            let address = format!("/agent/tickets?view={}", view["id"].as_str().unwrap());
            app.manager("acme").in_browser().get(&address).await.expect(404);
            app.agent("globex").in_browser().get(&address).await.expect(404);
        }
        // Who sees it may open it, and no more.
        app.signed_in("acme", "analyst").get(&path(&ours)).await.expect(200);
        app.signed_in("acme", "analyst").header("if-match", "*").put(&path(&ours), json!({"name": "x"})).await.expect(403);
        app.signed_in("acme", "analyst").delete(&path(&ours)).await.expect(403);
        // For everybody they are saved by those who manage the desk, who change them too.
        let refused = app.agent("acme").post("/api/views", json!({"name": "All", "shared": "desk"})).await.expect(422);
        assert_eq!(refused.json()["errors"][0]["code"], "not_allowed");
        let all = save(&app, "manager", json!({"name": "All", "shared": "desk"})).await;
        app.agent("acme").header("if-match", "*").put(&path(&all), json!({"name": "x"})).await.expect(403);
        app.admin("acme")
            .header("if-match", "*")
            .put(&path(&all), json!({"name": "Everybody's", "shared": "desk"}))
            .await
            .expect(200);
        assert!(names(&app, "analyst").await.contains(&"Everybody's".to_owned()));
        // The group goes; its view is its owner's again.
        app.admin("acme").delete(&format!("/api/groups/{group}")).await.expect(204);
        app.signed_in("acme", "analyst").get(&path(&ours)).await.expect(404);
        let kept = app.agent("acme").get(&path(&ours)).await.expect(200).json();
        assert_eq!((&kept["shared"], &kept["group"]), (&json!("nobody"), &json!(null)));
    });
}

#[test]
fn a_view_is_changed_under_the_version_that_was_read_and_every_change_is_written_down() {
    run(async {
        let app = TestApp::new();
        let view = save(&app, "agent", json!({"name": "One"})).await;
        let (id, path) = (view["id"].as_str().unwrap(), format!("/api/views/{}", view["id"].as_str().unwrap()));
        app.agent("acme").put(&path, json!({"name": "Two"})).await.expect(428);
        let changed = app.agent("acme").header("if-match", "\"1\"").put(&path, json!({"name": "Two"})).await.expect(200);
        assert_eq!((changed.json()["version"].as_i64(), changed.round_trips <= 3), (Some(2), true));
        app.agent("acme").header("if-match", "\"1\"").put(&path, json!({"name": "Three"})).await.expect(412);
        app.agent("acme").header("if-match", "\"1\"").delete(&path).await.expect(412);
        let form = [("name", "Four"), ("version", "1"), ("column", "status")];
        let stale = app.agent("acme").in_browser().submit(&format!("/agent/views/{id}"), &form).await.expect(412);
        assert!(stale.text().contains("value=\"Four\"") && stale.text().contains("name=\"version\" value=\"2\""));
        app.agent("acme")
            .in_browser()
            .submit(&format!("/agent/views/{id}"), &[("name", "Four"), ("version", "2")])
            .await
            .expect(303);
        assert_eq!(names(&app, "agent").await, ["Four"]);
        app.agent("acme").delete(&path).await.expect(204);
        app.agent("acme").get(&path).await.expect(404);
        let lines = app.asked("acme", "SELECT action FROM audit_logs WHERE action LIKE 'view.%' ORDER BY seq");
        assert_eq!(lines, ["view.created", "view.updated", "view.updated", "view.deleted"]);
    });
}

#[test]
fn what_is_no_view_is_refused_and_there_are_fifty_at_most() {
    run(async {
        let app = TestApp::new();
        for (body, field) in [
            (json!({"name": " "}), "name"),
            (json!({"name": "x", "colour": "red"}), "colour"),
            (json!({"name": "x", "conditions": {"status": "soon"}}), "conditions.status"),
            (json!({"name": "x", "conditions": {"deleted": "true"}}), "conditions.deleted"),
            (json!({"name": "x", "sort": "by_taste"}), "sort"),
        ] {
            let refused = app.agent("acme").post("/api/views", body).await.expect(422);
            assert_eq!(refused.json()["errors"][0]["field"], field);
        }
        let refused =
            app.agent("acme").in_browser().submit("/agent/views/new", &[("name", ""), ("status", "open")]).await.expect(422);
        assert!(refused.text().contains("aria-invalid=\"true\"") && refused.text().contains("value=\"open\" selected"));
        for place in 0..50 {
            save(&app, "agent", json!({"name": format!("View {place}")})).await;
        }
        assert_eq!(app.agent("acme").post("/api/views", json!({"name": "One more"})).await.expect(409).code(), "view_limit");
        save(&app, "manager", json!({"name": "Somebody else's"})).await;
    });
}

#[test]
fn views_are_put_in_order_by_their_owner_alone() {
    run(async {
        let app = TestApp::new();
        let mut ids = Vec::new();
        for name in ["A", "B", "C"] {
            ids.push(save(&app, "agent", json!({ "name": name })).await["id"].as_str().unwrap().to_owned());
        }
        app.agent("acme").put("/api/views/order", json!({"views": [ids[2], ids[0], ids[1]]})).await.expect(204);
        assert_eq!(names(&app, "agent").await, ["C", "A", "B"]);
        app.manager("acme").put("/api/views/order", json!({"views": [ids[0]]})).await.expect(404);
        let up = format!("/agent/views/{}/move", ids[1]);
        app.agent("acme").in_browser().submit(&up, &[("direction", "up")]).await.expect(303);
        assert_eq!(names(&app, "agent").await, ["C", "B", "A"]);
        app.manager("acme").in_browser().submit(&up, &[("direction", "up")]).await.expect(404);
        let nav = page(&app, "agent", "/agent/tickets?queue=mine").await;
        assert_eq!(nav.matches("data-view=").count(), 3, "every page's navigation lists them");
        // Page by page, none twice.
        let first = app.agent("acme").get("/api/views?limit=2").await.expect(200).json();
        let rest = format!("/api/views?limit=2&cursor={}", first["meta"]["next_cursor"].as_str().unwrap());
        let rest = app.agent("acme").get(&rest).await.expect(200).json();
        assert_eq!((first["data"].as_array().unwrap().len(), &rest["data"][0]["name"]), (2, &json!("A")));
    });
}

#[test]
fn a_views_number_is_exact_while_it_is_small_and_says_when_there_may_be_more() {
    run(async {
        let app = TestApp::new();
        for place in 0..3 {
            ticket(&app, &format!("Ticket {place}"), if place == 0 { "critical" } else { "low" }).await;
        }
        let mut ids = Vec::new();
        for conditions in [
            json!({"priority": "critical", "status": "open"}),
            json!({}),
            json!({"assignee": "none", "status": "open"}),
            json!({"tag": "nobodys"}),
            json!({"q": "ticket"}),
        ] {
            ids.push(
                save(&app, "agent", json!({"name": "x", "conditions": conditions})).await["id"].as_str().unwrap().to_owned(),
            );
        }
        let address = format!("/api/views/counts?views={}", ids.join(","));
        let counted = app.agent("acme").get(&address).await.expect(200);
        assert_eq!(counted.round_trips, 3);
        let counted = counted.json();
        let of = |id: &String| {
            counted["data"].as_array().unwrap().iter().find(|count| count["id"] == **id).unwrap()["tickets"].clone()
        };
        assert_eq!(ids.iter().map(of).collect::<Vec<_>>(), [json!(1), json!(3), json!(3), json!(0), json!(null)]);
        assert!(counted["data"].as_array().unwrap().iter().all(|count| count["or_more"] == false));
        let others = app.manager("acme").get(&address).await.expect(200).json();
        assert_eq!(others["data"], json!([]), "nobody counts what they do not see");
        app.agent("acme").get("/api/views/counts?views=viw_1").await.expect(422);
    });
}

#[test]
fn a_ticket_is_news_until_it_is_looked_at_and_again_when_somebody_else_changes_it() {
    run(async {
        let app = TestApp::new();
        let number = ticket(&app, "News", "low").await;
        let address = format!("/agent/tickets/{number}");
        let is_news = async || page(&app, "agent", "/agent/tickets?queue=all").await.contains("data-marks=\"unread");
        let change = async |who: &str, changes: Value| {
            app.advance(chrono::TimeDelta::minutes(1));
            app.signed_in("acme", who)
                .header("if-match", "*")
                .patch(&format!("/api/tickets/{number}"), changes)
                .await
                .expect(200);
        };
        assert!(!is_news().await, "what was never looked at and is somebody else's is no news");
        let opened = app.agent("acme").in_browser().get(&address).await.expect(200);
        assert_eq!(opened.round_trips, 2, "the look is written when the answer is on its way");
        assert!(!is_news().await);
        change("manager", json!({"priority": "high"})).await;
        assert!(is_news().await);
        page(&app, "agent", &address).await;
        assert!(!is_news().await);
        // What one does oneself is none either.
        app.advance(chrono::TimeDelta::minutes(1));
        let body = json!({"tickets": [number], "changes": {"priority": "low"}});
        app.agent("acme").post("/api/tickets/bulk", body).await.expect(200);
        assert!(!is_news().await);
    });
}

#[test]
fn what_becomes_mine_unseen_is_news_and_looks_end_with_the_ticket() {
    run(async {
        let app = TestApp::new();
        let number = ticket(&app, "Given to me", "low").await;
        let path = format!("/api/tickets/{number}");
        let give = json!({"assignee": app.user_id("acme", "agent")});
        app.manager("acme").header("if-match", "*").patch(&path, give).await.expect(200);
        let marks = page(&app, "agent", "/agent/tickets?queue=mine").await;
        assert!(marks.contains("data-marks=\"unread mine\""));
        page(&app, "agent", &format!("/agent/tickets/{number}")).await;
        assert!(page(&app, "agent", "/agent/tickets?queue=mine").await.contains("data-marks=\"mine\""));
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM ticket_looks"), ["1"]);
        app.agent("acme").header("if-match", "*").patch(&path, json!({"status": "resolved"})).await.expect(200);
        app.agent("acme").header("if-match", "*").patch(&path, json!({"status": "closed"})).await.expect(200);
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM ticket_looks"), ["0"]);
        page(&app, "agent", &format!("/agent/tickets/{number}")).await;
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM ticket_looks"), ["0"], "of closed tickets none are kept");
    });
}

#[test]
fn lists_are_as_dense_as_each_person_wants_them() {
    run(async {
        let app = TestApp::new();
        ticket(&app, "A row", "low").await;
        let dense =
            async |who: &str| page(&app, who, "/agent/tickets?queue=all").await.contains("class=\"table tickets compact\"");
        assert!(!dense("agent").await);
        let choose = async |density: &str| app.agent("acme").in_browser().submit("/preferences", &[("density", density)]).await;
        choose("compact").await.expect(303);
        assert_eq!((dense("agent").await, dense("manager").await), (true, false));
        choose("comfortable").await.expect(303);
        assert!(!dense("agent").await);
        choose("huge").await.expect(422);
    });
}

#[test]
fn a_lists_filters_become_a_view() {
    run(async {
        let app = TestApp::new();
        ticket(&app, "A row", "low").await;
        let list = page(&app, "agent", "/agent/tickets?queue=mine&priority=low&sort=-created_at").await;
        let query = list.split("href=\"/agent/views/new?").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        let address = format!("/agent/views/new?{}", query.replace("&amp;", "&").replace("&#x3D;", "="));
        let form = page(&app, "agent", &address).await;
        for chosen in
            ["value=\"me\" selected", "value=\"low\" selected", "value=\"-created_at\" selected", "value=\"open\" selected"]
        {
            assert!(form.contains(chosen), "{chosen}: {address}");
        }
        let sent = [
            ("name", "Low, mine"),
            ("priority", "low"),
            ("assignee", "me"),
            ("status", "open"),
            ("column", "status"),
            ("sort", "-created_at"),
        ];
        let made = app.agent("acme").in_browser().submit("/agent/views/new", &sent).await.expect(303);
        assert!(made.headers.get("location").is_some_and(|to| to.starts_with("/agent/tickets?view=viw_")));
    });
}
