//! What a worker remembers of a desk is never older than the request that uses it.

use serde_json::json;
use tests::app::TestApp;

fn run(test: impl Future<Output = ()>) {
    pollster::block_on(test);
}

#[test]
fn a_list_costs_two_round_trips_whether_the_desk_is_remembered_or_not() {
    run(async {
        let app = TestApp::new();
        for time in ["first", "second"] {
            let answer = app.agent("acme").get("/api/tickets").await.expect(200);
            assert_eq!(answer.round_trips, 2, "the {time} time");
        }
    });
}

#[test]
fn a_renamed_category_is_seen_by_the_next_request() {
    run(async {
        let app = TestApp::new();
        let admin = || app.admin("acme");
        admin().post("/api/categories", json!({ "slug": "printing", "name": "Printing" })).await.expect(201);
        app.agent("acme")
            .post("/api/tickets", json!({ "title": "No label comes out", "description": "Since noon.", "category": "printing" }))
            .await
            .expect(201);
        let queue = async || app.agent("acme").in_browser().get("/agent/tickets").await.expect(200).text();
        assert!(queue().await.contains("Printing"));
        admin().patch("/api/categories/printing", json!({ "name": "Labels and forms" })).await.expect(200);
        let page = queue().await;
        assert!(page.contains("Labels and forms") && !page.contains(">Printing<"));
    });
}

#[test]
fn an_archived_category_takes_no_ticket_from_the_next_request_on() {
    run(async {
        let app = TestApp::new();
        app.admin("acme").post("/api/categories", json!({ "slug": "printing", "name": "Printing" })).await.expect(201);
        let ticket = || {
            let body = json!({ "title": "No label comes out", "description": "Since noon.", "category": "printing" });
            app.agent("acme").post("/api/tickets", body)
        };
        ticket().await.expect(201);
        app.admin("acme").patch("/api/categories/printing", json!({ "archived": true })).await.expect(200);
        ticket().await.expect(422);
    });
}

#[test]
fn a_ticket_keeps_the_name_of_an_assignee_who_has_left_the_desk() {
    run(async {
        let app = TestApp::new();
        let body = json!({ "title": "Totals differ", "description": "By one cent.", "assignee": app.user_id("acme", "agent") });
        app.manager("acme").post("/api/tickets", body).await.expect(201);
        app.manager("acme").get("/api/tickets").await.expect(200);
        let agent = app.user_id("acme", "agent");
        app.admin("acme").patch(&format!("/api/users/{agent}"), json!({ "role": "client" })).await.expect(200);
        let list = app.manager("acme").get("/api/tickets").await.expect(200).json();
        assert_eq!(list["data"][0]["assignee"]["name"], "acme agent");
        let queue = app.manager("acme").in_browser().get("/agent/tickets").await.expect(200).text();
        assert!(!queue.contains(&format!("<option value=\"{agent}\"")), "nobody can be given to them any more");
    });
}

#[test]
fn lists_leave_the_numbers_behind_a_promise_to_the_single_ticket() {
    run(async {
        let app = TestApp::new();
        let created =
            app.agent("acme").post("/api/tickets", json!({ "title": "Slow report", "description": "Ten minutes." })).await;
        let id = created.expect(201).json()["id"].as_str().unwrap().to_owned();
        let list = app.agent("acme").get("/api/tickets").await.expect(200).json();
        assert!(list["data"][0]["sla"]["resolution"]["due_at"].is_string());
        assert!(list["data"][0]["sla"].get("explanation").is_none());
        let one = app.agent("acme").get(&format!("/api/tickets/{id}")).await.expect(200).json();
        assert!(one["sla"]["explanation"]["clocks"].is_array());
        assert_eq!(list["data"][0]["sla"]["resolution"], one["sla"]["resolution"]);
        assert_eq!(list["data"][0]["sla"]["state"], one["sla"]["state"]);
    });
}
