//! Lists: what they are asked for, and what they cost.

use serde_json::{Value, json};
use tests::app::{Answer, TestApp};

use super::{changed, named, opened, path};

async fn list(app: &TestApp, role: &str, query: &str) -> Answer {
    app.signed_in("acme", role).get(&format!("/api/tickets?{query}")).await
}

fn numbers(answer: &Value) -> Vec<String> {
    answer["data"].as_array().unwrap().iter().map(|ticket| ticket["number"].as_str().unwrap().to_owned()).collect()
}

/// All pages of a list of two rows a page.
async fn pages(app: &TestApp, role: &str, query: &str) -> Vec<String> {
    let (mut found, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = list(app, role, &format!("{query}&limit=2{cursor}")).await.expect(200).json();
        found.extend(numbers(&page));
        let Some(next) = page["meta"]["next_cursor"].as_str() else { return found };
        cursor = format!("&cursor={next}");
    }
}

fn run(app: &TestApp, sql: &str) {
    app.tenant_database("acme").inspect(|connection| connection.execute_batch(sql).unwrap());
}

#[test]
fn no_parameter_is_dropped_so_that_a_list_widens() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({})).await;
        changed(&app, &ticket, json!({"custom_fields": {"cost-centre.eu": "A-1", "plain": "x"}})).await;
        opened(&app, "acme", json!({})).await;
        let found = list(&app, "agent", "custom_fields.cost-centre.eu=A-1").await.expect(200).json();
        assert_eq!(numbers(&found), ["ACME-1"]);
        for (query, field, code) in [
            ("custom_fields.a%20b=1", "custom_fields.a b", "bad_name"),
            ("custom_fields.=1", "custom_fields.", "bad_name"),
            ("custom_fields.plain=x&custom_fields.other=y", "custom_fields.other", "too_many"),
            ("custom_fields.plain=x&custom_fields.plain=y", "custom_fields.plain", "repeated"),
            ("status=new&status=closed", "status", "repeated"),
            ("tag=a&tags=b", "tag", "repeated"),
            ("q=printer&sort=updated_at", "sort", "not_with_search"),
            ("q=printer&sort=-priority", "sort", "not_with_search"),
            ("sort=priority", "sort", "needs_status"),
            ("sort=-due_at", "sort", "needs_status"),
            ("rating=6", "rating", "unknown_value"),
            ("reopened=maybe", "reopened", "unknown_value"),
        ] {
            named(&list(&app, "agent", query).await, field, code);
        }
        named(&list(&app, "manager", "q=printer&deleted=true").await, "deleted", "not_with_search");
        let long = format!("custom_fields.plain={}", "x".repeat(2001));
        named(&list(&app, "agent", &long).await, "custom_fields.plain", "too_long");
        list(&app, "agent", "q=printer&sort=-created_at").await.expect(200);
        // The desk's page sends all of its fields at once: there the search has its own order.
        let page = app.agent("acme").in_browser().get("/agent/tickets?queue=all&q=printer&status=&sort=due_at").await.expect(200);
        assert!(page.text().contains("ACME-1"));
        app.agent("acme").in_browser().get("/agent/tickets?queue=all&q=&status=&sort=-priority").await.expect(200);
    });
}

#[test]
fn tickets_without_a_running_clock_come_last_by_due_moment_and_are_not_left_out() {
    pollster::block_on(async {
        let app = TestApp::new();
        for _ in 0..7 {
            opened(&app, "acme", json!({})).await;
        }
        run(&app, "UPDATE tickets SET next_due_at = CASE WHEN number % 2 = 0 THEN NULL ELSE 9000000000000 - number END");
        assert_eq!(
            pages(&app, "agent", "status=open&sort=due_at").await,
            ["ACME-7", "ACME-5", "ACME-3", "ACME-1", "ACME-2", "ACME-4", "ACME-6"]
        );
        assert_eq!(
            pages(&app, "agent", "status=open&sort=-due_at").await,
            ["ACME-1", "ACME-3", "ACME-5", "ACME-7", "ACME-6", "ACME-4", "ACME-2"]
        );
        run(&app, "UPDATE tickets SET next_due_at = NULL");
        assert_eq!(pages(&app, "agent", "status=new&sort=due_at").await.len(), 7);
        assert_eq!(pages(&app, "agent", "status=new&sort=-due_at&assignee=none").await.len(), 7);
    });
}

#[test]
fn the_number_beside_the_queue_of_urgent_tickets_is_the_length_of_its_list() {
    pollster::block_on(async {
        let app = TestApp::new();
        for _ in 0..8 {
            opened(&app, "acme", json!({})).await;
        }
        // Far from due and warned; breached and paused; due within the hour and not warned; breached and done; warned and deleted.
        run(
            &app,
            "UPDATE tickets SET sla_warned = 1, next_due_at = 9000000000000 WHERE number = 1;
             UPDATE tickets SET sla_breached = 1, next_due_at = NULL WHERE number = 2;
             UPDATE tickets SET next_due_at = 1772434900000 WHERE number = 3;
             UPDATE tickets SET sla_breached = 1, status = 'closed' WHERE number = 4;
             UPDATE tickets SET sla_warned = 1, deleted_at = 1 WHERE number = 5;
             UPDATE tickets SET sla_breached = 1, next_due_at = 1 WHERE number = 6;",
        );
        let page = app.agent("acme").in_browser().get("/agent/tickets?queue=breaching").await.expect(200).text();
        let shown: Vec<usize> =
            (1..=8).filter(|number| page.contains(&format!("data-href=\"/agent/tickets/ACME-{number}\""))).collect();
        assert_eq!(shown, [1, 2, 6]);
        let link = page.split("queue=breaching\"").nth(1).unwrap().split("</a>").next().unwrap();
        assert!(link.contains(">3<"), "the count beside the link: {link}");
        assert_eq!(pages(&app, "agent", "sla=warning&status=open&sort=due_at").await, ["ACME-6", "ACME-1", "ACME-2"]);
        assert_eq!(pages(&app, "agent", "sla=ok&status=open").await.len(), 3);
    });
}

#[test]
fn lists_are_filtered_by_what_became_of_tickets() {
    pollster::block_on(async {
        let app = TestApp::new();
        app.manager("acme")
            .post("/api/sla/calendars", json!({"name": "Always", "zone": "UTC", "around_the_clock": true}))
            .await
            .expect(201);
        let calendar = app.manager("acme").get("/api/sla/calendars").await.expect(200).json()["data"][0]["id"].clone();
        let rule =
            json!({"name": "All", "calendar_id": calendar, "first_response": {"medium": "1h"}, "resolution": {"medium": "8h"}});
        let made = app.manager("acme").post("/api/sla/rules", rule).await;
        assert!(matches!(made.status, 201 | 422), "{}", made.text());
        let (waiting, solved, reopened) =
            (opened(&app, "acme", json!({})).await, opened(&app, "acme", json!({})).await, opened(&app, "acme", json!({})).await);
        opened(&app, "acme", json!({})).await;
        changed(&app, &waiting, json!({"status": "waiting_customer"})).await;
        changed(&app, &solved, json!({"status": "resolved"})).await;
        app.client("acme").post(&format!("{}/rating", path(&solved)), json!({"score": 4})).await.expect(201);
        changed(&app, &reopened, json!({"status": "resolved"})).await;
        changed(&app, &reopened, json!({"status": "in_progress"})).await;
        let found = async |query: &str| numbers(&list(&app, "agent", query).await.expect(200).json());
        assert_eq!(found("rating=4").await, ["ACME-2"]);
        assert_eq!(found("rating=3").await, Vec::<String>::new());
        assert_eq!(found("reopened=true").await, ["ACME-3"]);
        assert_eq!(found("reopened=false&sort=created_at").await, ["ACME-1", "ACME-2", "ACME-4"]);
        assert_eq!(found("resolved_after=2026-03-02T00:00:00Z").await, ["ACME-2"]);
        assert_eq!(found("resolved_before=2026-03-02T00:00:00Z").await, Vec::<String>::new());
        assert_eq!(found("closed_after=2026-03-02").await, Vec::<String>::new());
        // What a list is filtered by is what its rows show.
        for state in ["paused", "met"] {
            let rows = list(&app, "agent", &format!("sla={state}")).await.expect(200).json();
            let all = list(&app, "agent", "limit=100").await.expect(200).json();
            let shown = |answer: &Value| {
                let rows = answer["data"].as_array().unwrap().iter().filter(|ticket| ticket["sla"]["state"] == state);
                rows.map(|ticket| ticket["number"].clone()).collect::<Vec<_>>()
            };
            assert_eq!(shown(&rows), shown(&all), "{state}");
            assert_eq!(rows["data"].as_array().unwrap().len(), shown(&all).len(), "{state}");
        }
    });
}

#[test]
fn a_long_history_is_read_page_by_page() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({})).await;
        for number in 0..4 {
            let priority = if number % 2 == 0 { "high" } else { "low" };
            changed(&app, &ticket, json!({"priority": priority})).await;
        }
        let whole = app.agent("acme").get(&format!("{}/history", path(&ticket))).await.expect(200).json();
        let ids = |page: &Value| page["data"].as_array().unwrap().iter().map(|line| line["id"].clone()).collect::<Vec<_>>();
        let (mut found, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = app.agent("acme").get(&format!("{}/history?limit=2{cursor}", path(&ticket))).await.expect(200).json();
            found.splice(0..0, ids(&page));
            let Some(next) = page["meta"]["next_cursor"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        assert_eq!(found, ids(&whole));
        assert_eq!(found.len(), 5);
        named(&app.agent("acme").get(&format!("{}/history?limit=501", path(&ticket))).await, "limit", "out_of_range");
        app.agent("acme").get(&format!("{}/history?cursor=x", path(&ticket))).await.expect(400);
    });
}

/// More tickets of somebody else, none of them tagged or followed.
fn crowd(app: &TestApp, count: usize) {
    run(
        app,
        &format!(
            "INSERT INTO tickets (tenant_id, id, number, title, description, status, priority, channel, requester_id, created_at, updated_at)
             WITH RECURSIVE n (i) AS (SELECT (SELECT MAX(number) FROM tickets) + 1 UNION ALL SELECT i + 1 FROM n
                 WHERE i < (SELECT MAX(number) FROM tickets) + {count})
             SELECT t.tenant_id, printf('tkt_%032x', n.i), n.i, 'x', 'x', 'new', 'low', 'api', u.id, 1772434800000 + n.i, 1772434800000 + n.i
             FROM n, (SELECT tenant_id FROM tickets LIMIT 1) t, users u WHERE u.email = 'agent@acme.example' AND u.tenant_id = t.tenant_id"
        ),
    );
}

#[test]
fn what_a_person_or_a_tag_asks_for_costs_the_same_on_a_desk_of_any_size() {
    pollster::block_on(async {
        let app = TestApp::new();
        for _ in 0..3 {
            let ticket = opened(&app, "acme", json!({"tags": ["rare"]})).await;
            let analyst = app.user_id("acme", "analyst");
            app.agent("acme").post(&format!("{}/followers", path(&ticket)), json!({"user": analyst})).await.expect(200);
        }
        let queries = [
            ("client", "sort=created_at"),
            ("client", "sort=-created_at&scope=organization"),
            ("analyst", "scope=following"),
            ("analyst", "scope=following&sort=created_at"),
            ("agent", "tag=rare&status=open"),
            ("agent", "tag=rare&sort=updated_at"),
            ("agent", "sla=warning&status=open&sort=due_at"),
        ];
        let cost = async || {
            let mut costs = Vec::new();
            for (role, query) in queries {
                let before = app.tenant_database("acme").steps();
                let found = list(&app, role, query).await.expect(200).json();
                costs.push(app.tenant_database("acme").steps() - before);
                assert_eq!(numbers(&found).len(), if query.starts_with("sla") { 0 } else { 3 }, "{query}");
            }
            costs
        };
        crowd(&app, 200);
        cost().await;
        let small = cost().await;
        crowd(&app, 4000);
        let large = cost().await;
        for ((query, small), large) in queries.iter().zip(small).zip(large) {
            assert!(large <= small + small / 2, "{query:?}: {small} steps at 200 tickets, {large} at 4200");
        }
    });
}

#[test]
fn a_tags_list_follows_the_last_change() {
    pollster::block_on(async {
        let app = TestApp::new();
        let mut tickets = Vec::new();
        for _ in 0..3 {
            tickets.push(opened(&app, "acme", json!({"tags": ["one"]})).await);
            app.advance(chrono::TimeDelta::seconds(1));
        }
        assert_eq!(pages(&app, "agent", "tag=one").await, ["ACME-3", "ACME-2", "ACME-1"]);
        changed(&app, &tickets[0], json!({"priority": "high"})).await;
        assert_eq!(pages(&app, "agent", "tag=one").await, ["ACME-1", "ACME-3", "ACME-2"]);
        assert_eq!(pages(&app, "agent", "tag=one&sort=updated_at").await, ["ACME-2", "ACME-3", "ACME-1"]);
    });
}
