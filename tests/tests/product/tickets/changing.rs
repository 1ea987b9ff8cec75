//! PATCH, PUT and tags.

use chrono::TimeDelta;
use serde_json::json;
use tests::app::TestApp;

use super::{changed, mails, named, opened, path};

#[test]
fn any_subset_of_the_fields_is_changed_and_the_others_stay() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({"tags": ["a"], "erp_module": "sales", "category": "sales"})).await;
        app.advance(TimeDelta::minutes(1));
        let answer = app
            .agent("acme")
            .header("if-match", "\"1\"")
            .patch(
                &path(&ticket),
                json!({
                    "title": "Plotter prints nothing", "priority": "high", "category": "accounting", "erp_module": null, "tags": ["b", "c"],
                    "assignee": app.user_id("acme", "manager"), "department": null, "custom_fields": {"floor": 2},
                    "escalation": {"level": 1, "reason": "The boss asks"}, "status": "in_progress"
                }),
            )
            .await
            .expect(200);
        assert!(answer.round_trips <= 3, "{}", answer.round_trips);
        assert_eq!(answer.headers.get("etag"), Some("\"2\""));
        let now = answer.json();
        for (field, value) in [
            ("title", json!("Plotter prints nothing")),
            ("priority", json!("high")),
            ("category", json!("accounting")),
            ("erp_module", json!(null)),
            ("tags", json!(["b", "c"])),
            ("department", json!(null)),
            ("custom_fields", json!({"floor": 2})),
            ("escalation", json!({"level": 1, "reason": "The boss asks"})),
            ("status", json!("in_progress")),
            ("description", json!("Since this morning.")),
            ("version", json!(2)),
        ] {
            assert_eq!(now[field], value, "{field}");
        }
        assert_eq!(now["assignee"]["id"], app.user_id("acme", "manager"));
        assert_eq!(app.agent("acme").get(&path(&ticket)).await.expect(200).json(), now, "what was answered is what is there");
        assert_eq!(app.asked("acme", "SELECT tag FROM ticket_tags ORDER BY tag"), ["b", "c"]);
        assert!(mails(&app).contains(&"assigned to manager@acme.example".to_owned()));
    });
}

#[test]
fn every_change_is_in_the_history_with_who_when_from_and_to() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({})).await;
        app.advance(TimeDelta::minutes(5));
        changed(
            &app,
            &ticket,
            json!({"priority": "low", "status": "in_progress", "tags": ["x"], "assignee": app.user_id("acme", "agent")}),
        )
        .await;
        let lines = app.agent("acme").get(&format!("{}/history", path(&ticket))).await.expect(200).json();
        let mut told: Vec<String> = lines["data"]
            .as_array()
            .unwrap()
            .iter()
            .skip(1)
            .map(|line| {
                assert_eq!(line["actor"]["id"], app.user_id("acme", "agent"));
                assert_eq!(line["at"], "2026-03-02T07:05:00Z");
                format!("{}: {} -> {}", line["kind"].as_str().unwrap(), line["from"], line["to"])
            })
            .collect();
        told.sort();
        assert_eq!(
            told,
            [
                "assignee: null -> \"acme agent\"",
                "priority: \"medium\" -> \"low\"",
                "status: \"new\" -> \"in_progress\"",
                "tags: null -> \"x\""
            ]
        );
        let audit = app.asked("acme", "SELECT detail FROM audit_logs WHERE action = 'ticket.updated'");
        assert_eq!(audit.len(), 1, "one request, one line");
        assert!(audit[0].contains("\"priority\":{\"from\":\"medium\",\"to\":\"low\"}"), "{}", audit[0]);
    });
}

#[test]
fn a_change_that_changes_nothing_leaves_nothing() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({})).await;
        assert_eq!(changed(&app, &ticket, json!({"priority": "medium", "status": "new"})).await["version"], 1);
        assert_eq!(changed(&app, &ticket, json!({})).await["version"], 1);
        assert_eq!(app.asked("acme", "SELECT count(*) FROM audit_logs"), ["1"]);
    });
}

#[test]
fn of_two_changes_of_one_version_the_second_is_refused() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({})).await;
        let target = path(&ticket);
        let patch = |role: &str, changes| app.signed_in("acme", role).header("if-match", "\"1\"").patch(&target, changes);
        patch("agent", json!({"priority": "high"})).await.expect(200);
        assert_eq!(patch("manager", json!({"priority": "low"})).await.expect(412).code(), "stale_version");
        assert_eq!(app.agent("acme").get(&target).await.expect(200).json()["priority"], "high");
        // Also when both have read before either has written: the guard of the batch decides.
        let version = "\"2\"";
        app.tenant_database("acme").interleave(true);
        let both = futures::join!(
            app.agent("acme").header("if-match", version).patch(&target, json!({"title": "one"})),
            app.manager("acme").header("if-match", version).patch(&target, json!({"title": "other"}))
        );
        let mut statuses = [both.0.status, both.1.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412]);
    });
}

#[test]
fn a_change_must_say_on_which_version_it_is_based() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({})).await;
        assert_eq!(
            app.agent("acme").patch(&path(&ticket), json!({"priority": "low"})).await.expect(428).code(),
            "precondition_required"
        );
        assert_eq!(
            app.agent("acme").put(&path(&ticket), json!({"priority": "low"})).await.expect(428).code(),
            "precondition_required"
        );
        for (tag, status) in [("\"x\"", 412), ("\"9\"", 412), ("W/\"1\"", 200), ("*", 200)] {
            app.agent("acme").header("if-match", tag).put(&path(&ticket), json!({"priority": "low"})).await.expect(status);
        }
    });
}

#[test]
fn fields_that_are_unknown_derived_or_not_ones_own_are_refused_by_name() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({})).await;
        let target = path(&ticket);
        let by = |role: &str, changes| app.signed_in("acme", role).header("if-match", "*").patch(&target, changes);
        for field in ["id", "number", "version", "sla", "created_at", "requester", "colour"] {
            let mut body = json!({});
            body[field] = json!("x");
            named(&by("agent", body).await, field, "unknown_field");
        }
        named(&by("agent", json!({"status": "done"})).await, "status", "unknown_value");
        named(&by("agent", json!({"status": null})).await, "status", "wrong_type");
        named(&by("agent", json!({"assignee": "somebody"})).await, "assignee", "wrong_type");
        named(&by("agent", json!({"assignee": app.user_id("acme", "client")})).await, "assignee", "unknown_value");
        named(&by("agent", json!({"assignee": app.user_id("globex", "agent")})).await, "assignee", "unknown_value");
        named(&by("agent", json!({"department": "dep_00000000000000000000000000000000"})).await, "department", "unknown_value");
        named(
            &by("agent", json!({"organization": "org_00000000000000000000000000000000"})).await,
            "organization",
            "unknown_value",
        );
        named(&by("agent", json!({"category": "nothing"})).await, "category", "unknown_value");
        named(&by("agent", json!({"erp_module": "nothing"})).await, "erp_module", "unknown_value");
        named(&by("agent", json!({"escalation": {"level": 4, "reason": "x"}})).await, "escalation.level", "out_of_range");
        named(&by("agent", json!({"escalation": {"level": 1}})).await, "escalation.reason", "required");
        for (field, value) in [
            ("title", json!("x")),
            ("priority", json!("low")),
            ("category", json!("sales")),
            ("erp_module", json!("sales")),
            ("tags", json!(["x"])),
            ("assignee", json!(null)),
            ("department", json!(null)),
            ("organization", json!(null)),
            ("custom_fields", json!({})),
            ("escalation", json!({"level": 0})),
        ] {
            let mut body = json!({});
            body[field] = value;
            named(&by("client", body).await, field, "not_allowed");
        }
        by("analyst", json!({"priority": "low"})).await.expect(403);
        app.anon("acme").header("if-match", "*").patch(&target, json!({"priority": "low"})).await.expect(401);
    });
}

#[test]
fn a_client_closes_and_reopens_ones_own_ticket_and_nothing_else() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({})).await;
        let target = path(&ticket);
        let set = |status: &'static str| app.client("acme").header("if-match", "*").patch(&target, json!({"status": status}));
        for status in ["in_progress", "waiting_customer", "resolved"] {
            assert_eq!(set(status).await.expect(409).code(), "transition_refused", "{status}");
        }
        assert_eq!(set("closed").await.expect(200).json()["status"], "closed");
        assert_eq!(set("in_progress").await.expect(200).json()["reopened_count"], 1);
        set("closed").await.expect(200);
        app.advance(TimeDelta::days(15));
        assert_eq!(set("in_progress").await.expect(409).code(), "reopen_window_over");
        // A colleague's ticket is seen, and not one's own to close.
        let colleague = app
            .agent("acme")
            .post("/api/tickets", json!({"title": "a", "description": "b", "requester": {"email": "colleague@client.example"}}))
            .await
            .expect(201)
            .json();
        changed(&app, &colleague, json!({"organization": ticket["organization"]["id"]})).await;
        named(
            &app.client("acme").header("if-match", "*").patch(&path(&colleague), json!({"status": "closed"})).await,
            "status",
            "not_allowed",
        );
    });
}

#[test]
fn a_client_withdraws_a_critical_ticket_that_was_opened_by_mistake() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({"priority": "critical"})).await;
        let page = format!("/tickets/{}", ticket["number"].as_str().unwrap());
        app.client("acme").in_browser().submit(&format!("{page}/close"), &[]).await.expect(303);
        assert_eq!(app.client("acme").get(&path(&ticket)).await.expect(200).json()["status"], "closed");
    });
}

#[test]
fn a_client_closes_a_critical_ticket_only_after_rating_it() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({"priority": "critical"})).await;
        let target = path(&ticket);
        changed(&app, &ticket, json!({"status": "resolved", "assignee": app.user_id("acme", "agent")})).await;
        let close = || app.client("acme").header("if-match", "*").patch(&target, json!({"status": "closed"}));
        assert_eq!(close().await.expect(409).code(), "rating_required");
        app.tenant_database("acme").inspect(|db| {
            db.execute(
                "INSERT INTO ratings (tenant_id, id, ticket_id, cycle, score, rated_by, created_at, updated_at)
                 SELECT tenant_id, 'rat_1', id, resolution_cycle, 5, requester_id, 0, 0 FROM tickets",
                [],
            )
            .unwrap()
        });
        let closed = close().await.expect(200).json();
        assert_eq!(closed["status"], "closed");
        assert_eq!(closed["rating"]["score"], 5);
    });
}

#[test]
fn a_resolution_is_counted_for_its_agent_and_a_rating_is_asked_for() {
    pollster::block_on(async {
        let app = TestApp::new();
        let agent = app.user_id("acme", "agent");
        let ticket = opened(&app, "acme", json!({})).await;
        app.advance(TimeDelta::minutes(30));
        let resolved = changed(&app, &ticket, json!({"assignee": agent, "status": "resolved"})).await;
        assert_eq!(resolved["resolved_at"], "2026-03-02T07:30:00Z");
        assert_eq!(
            app.asked("acme", "SELECT tickets_resolved || ' in ' || resolution_seconds FROM agent_figures"),
            ["1 in 1800"]
        );
        assert_eq!(app.asked("acme", "SELECT cycle || ' ' || ((remind_at - asked_at) / 86400000) FROM rating_requests"), ["1 3"]);
        assert!(mails(&app).contains(&"ticket_resolved to client@acme.example".to_owned()));
        // Opened again: no reminder; resolved again: another cycle.
        changed(&app, &ticket, json!({"status": "in_progress"})).await;
        assert_eq!(app.asked("acme", "SELECT remind_at FROM rating_requests"), ["null"]);
        changed(&app, &ticket, json!({"status": "resolved"})).await;
        assert_eq!(app.asked("acme", "SELECT cycle FROM rating_requests ORDER BY cycle"), ["1", "2"]);
    });
}

#[test]
fn tags_are_added_removed_and_set() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({"tags": ["a"]})).await;
        let target = format!("{}/tags", path(&ticket));
        let tag = |body| app.agent("acme").post(&target, body);
        let added = tag(json!({"tags": ["B", "a"]})).await.expect(200);
        assert!(added.round_trips <= 3, "{}", added.round_trips);
        assert_eq!(added.json()["tags"], json!(["a", "b"]));
        assert_eq!(added.headers.get("etag"), Some("\"2\""));
        assert_eq!(tag(json!({"tags": ["a"], "mode": "remove"})).await.expect(200).json()["tags"], json!(["b"]));
        assert_eq!(tag(json!({"tags": ["x", "y"], "mode": "set"})).await.expect(200).json()["tags"], json!(["x", "y"]));
        assert_eq!(app.asked("acme", "SELECT tag FROM ticket_tags ORDER BY tag"), ["x", "y"]);
        named(&tag(json!({"tags": ["x"], "mode": "toggle"})).await, "mode", "unknown_value");
        named(&tag(json!({})).await, "tags", "missing_field");
        let many: Vec<String> = (0..29).map(|number| format!("t{number}")).collect();
        named(&tag(json!({"tags": many})).await, "tags", "too_many");
        app.client("acme").post(&target, json!({"tags": ["z"]})).await.expect(403);
        app.tenant_database("acme").interleave(true);
        let (one, other) = futures::join!(tag(json!({"tags": ["one"]})), tag(json!({"tags": ["other"]})));
        one.expect(200);
        other.expect(200);
        assert_eq!(app.asked("acme", "SELECT tag FROM ticket_tags ORDER BY tag"), ["one", "other", "x", "y"]);
    });
}

#[test]
fn a_new_title_is_found_by_search() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({})).await;
        changed(&app, &ticket, json!({"title": "Plotter is silent"})).await;
        assert_eq!(app.agent("acme").get("/api/tickets?q=plotter").await.expect(200).json()["data"].as_array().unwrap().len(), 1);
    });
}
