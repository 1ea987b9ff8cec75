//! Who sees which tickets, and what of them.

use serde_json::{Value, json};
use tests::app::TestApp;

use super::{changed, named, opened, path};

#[test]
fn a_ticket_is_found_by_id_and_by_number() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({})).await;
        for name in ["ACME-1", "acme-1", "1", ticket["id"].as_str().unwrap()] {
            let answer = app.client("acme").get(&format!("/api/tickets/{name}")).await.expect(200);
            assert_eq!(answer.json()["id"], ticket["id"], "{name}");
            assert_eq!(answer.headers.get("etag"), Some("\"1\""));
            assert!(answer.round_trips <= 3, "{}", answer.round_trips);
        }
        for name in ["ACME-2", "GLOBEX-1", "0", "-1", "tkt_x", "1;2", "9999999999999"] {
            assert_eq!(app.client("acme").get(&format!("/api/tickets/{name}")).await.expect(404).code(), "not_found", "{name}");
        }
    });
}

fn without_request_id(mut problem: Value) -> Value {
    problem["request_id"] = json!("");
    problem
}

#[test]
fn another_tenants_ticket_answers_exactly_as_one_that_does_not_exist() {
    pollster::block_on(async {
        let app = TestApp::new();
        let foreign = opened(&app, "globex", json!({})).await;
        let nothing = "/api/tickets/tkt_00000000000000000000000000000000";
        for role in ["client", "agent", "manager", "admin"] {
            let caller = || app.signed_in("acme", role);
            let real = path(&foreign);
            let pairs = [
                (caller().get(&real).await, caller().get(nothing).await),
                (
                    caller().header("if-match", "\"1\"").patch(&real, json!({"status": "closed"})).await,
                    caller().header("if-match", "\"1\"").patch(nothing, json!({"status": "closed"})).await,
                ),
                (
                    caller().post(&format!("{real}/comments"), json!({"body": "x"})).await,
                    caller().post(&format!("{nothing}/comments"), json!({"body": "x"})).await,
                ),
                (caller().get(&format!("{real}/comments")).await, caller().get(&format!("{nothing}/comments")).await),
                (caller().get(&format!("{real}/history")).await, caller().get(&format!("{nothing}/history")).await),
            ];
            for (one, other) in pairs {
                let one = one.expect(404);
                assert_eq!(without_request_id(one.json()), without_request_id(other.expect(404).json()));
            }
        }
    });
}

#[test]
fn a_client_sees_own_tickets_and_those_of_the_company_and_no_others() {
    pollster::block_on(async {
        let app = TestApp::new();
        let post = |email: &str| {
            app.agent("acme")
                .post("/api/tickets", json!({"title": "For somebody", "description": "b", "requester": {"email": email}}))
        };
        let foreign = post("other@elsewhere.example").await.expect(201).json();
        app.client("acme").get(&path(&foreign)).await.expect(404);
        // The same ticket, once it belongs to the client's company.
        let own = opened(&app, "acme", json!({})).await;
        changed(&app, &foreign, json!({"organization": own["organization"]["id"]})).await;
        app.client("acme").get(&path(&foreign)).await.expect(200);
    });
}

#[test]
fn a_follower_sees_the_ticket_and_somebody_in_copy_does_not() {
    pollster::block_on(async {
        let app = TestApp::new();
        let client = app.email("acme", "client");
        let ticket = app
            .agent("acme")
            .post("/api/tickets", json!({"title": "a", "description": "b", "requester": {"email": "other@elsewhere.example"}, "cc": [client, "third@elsewhere.example"]}))
            .await
            .expect(201)
            .json();
        app.client("acme").get(&path(&ticket)).await.expect(404);
        app.agent("acme").post(&format!("{}/followers", path(&ticket)), json!({"user": app.user_id("acme", "client")})).await;
        let seen = app.client("acme").get(&path(&ticket)).await.expect(200).json();
        assert_eq!(seen["followers"].as_array().unwrap().len(), 1, "of the others nothing is told: {}", seen["followers"]);
    });
}

#[test]
fn a_client_never_gets_what_belongs_to_the_desk() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({"custom_fields": {"contract": "canary-field"}, "tags": ["canary-first"]})).await;
        app.agent("acme")
            .post(&format!("{}/comments", path(&ticket)), json!({"body": "CANARY-NOTE", "visibility": "internal"}))
            .await
            .expect(201);
        app.tenant_database("acme").inspect(|connection| {
            connection.execute("UPDATE departments SET name = 'Canary department'", []).unwrap();
        });
        let department = app.asked("acme", "SELECT id FROM departments")[0].clone();
        let changes = json!({"escalation": {"level": 2, "reason": "CANARY-REASON"}, "tags": ["canary-tag"], "department": department,
            "custom_fields": {"credit": "canary-limit"}});
        changed(&app, &ticket, changes).await;
        let everything = format!("{}?include=comments,history,attachments", path(&ticket));
        let staff = app.agent("acme").get(&everything).await.expect(200).text();
        for secret in ["CANARY-NOTE", "CANARY-REASON", "canary-tag", "Canary department", "canary-limit"] {
            assert!(staff.contains(secret), "{secret}");
        }
        for target in
            [everything, format!("{}/comments", path(&ticket)), format!("{}/history", path(&ticket)), "/api/tickets".to_owned()]
        {
            let answer = app.client("acme").get(&target).await.expect(200);
            assert!(answer.round_trips <= 3, "{}", answer.round_trips);
            assert!(!answer.text().to_lowercase().contains("canary"), "{target}: {}", answer.text());
        }
        assert!(!ticket.to_string().contains("canary"), "not even in the answer to the creation");
        // What is not seen is not filtered by either: the length of a list would tell it.
        let client = app.user_id("acme", "client");
        for (name, value) in [
            ("tag", "canary-tag"),
            ("tags", "x"),
            ("department", department.as_str()),
            ("escalation", "1"),
            ("mentioned", &app.user_id("acme", "agent")),
            ("snoozed", "true"),
            ("snoozed", "false"),
            ("custom_fields.credit", "canary-limit"),
            ("deleted", "true"),
            ("follower", &app.user_id("acme", "agent")),
        ] {
            named(&app.client("acme").get(&format!("/api/tickets?{name}={value}")).await, name, "not_allowed");
        }
        app.client("acme").get(&format!("/api/tickets?follower={client}")).await.expect(200);
        let seen = app.client("acme").get(&path(&ticket)).await.expect(200).json();
        assert_eq!(seen["comment_count"], 0, "an internal note is not even counted");
        assert!(seen.get("escalation").is_none());
        assert!(seen["sla"].get("policy").is_none());
    });
}

#[test]
fn what_is_included_is_what_was_asked_for() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({})).await;
        let plain = app.client("acme").get(&path(&ticket)).await.expect(200).json();
        assert!(plain.get("comments").is_none() && plain.get("history").is_none() && plain.get("attachments").is_none());
        let full = app
            .client("acme")
            .get(&format!("{}?include=comments,%20history,attachments", path(&ticket)))
            .await
            .expect(200)
            .json();
        assert_eq!(full["comments"], json!([]));
        assert_eq!(full["attachments"], json!([]));
        assert_eq!(full["history"][0]["kind"], "created");
        named(&app.client("acme").get(&format!("{}?include=secrets", path(&ticket))).await, "include", "unknown_value");
    });
}

#[test]
fn comments_are_read_page_by_page_from_the_latest_back() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({})).await;
        for number in 1..=5 {
            app.advance(chrono::TimeDelta::seconds(1));
            app.client("acme")
                .post(&format!("{}/comments", path(&ticket)), json!({"body": format!("word {number}")}))
                .await
                .expect(201);
        }
        let mut pages = Vec::new();
        let mut target = format!("{}/comments?limit=2", path(&ticket));
        loop {
            let page = app.client("acme").get(&target).await.expect(200).json();
            pages.push(
                page["data"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|comment| comment["body"].as_str().unwrap().to_owned())
                    .collect::<Vec<_>>(),
            );
            let Some(cursor) = page["meta"]["next_cursor"].as_str() else { break };
            assert_eq!(page["meta"]["has_more"], true);
            target = format!("{}/comments?limit=2&cursor={cursor}", path(&ticket));
        }
        assert_eq!(pages, [vec!["word 4", "word 5"], vec!["word 2", "word 3"], vec!["word 1"]]);
        for limit in ["0", "101", "x"] {
            named(&app.client("acme").get(&format!("{}/comments?limit={limit}", path(&ticket))).await, "limit", "out_of_range");
        }
        assert_eq!(app.client("acme").get(&format!("{}/comments?cursor=x", path(&ticket))).await.expect(400).code(), "malformed");
    });
}

#[test]
fn a_long_conversation_is_read_back_without_a_gap_or_a_repetition_while_it_goes_on() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({})).await;
        let target = format!("{}/comments", path(&ticket));
        // All at one moment: only their ids tell them apart.
        for number in 0..120 {
            let visibility = if number % 3 == 0 { "internal" } else { "public" };
            let body = json!({"body": format!("word {number}"), "visibility": visibility});
            app.agent("acme").post(&target, body).await.expect(201);
        }
        for (role, all) in [("agent", 120), ("client", 80)] {
            let mut seen: Vec<String> = Vec::new();
            let mut next = format!("{target}?limit=50");
            loop {
                let page = app.signed_in("acme", role).get(&next).await.expect(200);
                assert!(page.round_trips <= 2, "{}", page.round_trips);
                let page = page.json();
                let ids = page["data"].as_array().unwrap().iter().map(|comment| comment["id"].as_str().unwrap().to_owned());
                seen.splice(0..0, ids);
                // What is said meanwhile belongs to the end, which was read already.
                app.advance(chrono::TimeDelta::seconds(1));
                app.agent("acme").post(&target, json!({"body": "hm", "visibility": "internal"})).await.expect(201);
                let Some(cursor) = page["meta"]["next_cursor"].as_str() else { break };
                next = format!("{target}?limit=50&cursor={cursor}");
            }
            let mut distinct = seen.clone();
            distinct.sort();
            distinct.dedup();
            assert_eq!((seen.len(), distinct.len()), (all, all), "{role}");
        }
    });
}
