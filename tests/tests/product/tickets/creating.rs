//! POST /api/tickets.

use serde_json::json;
use tests::app::TestApp;

use super::{mails, named, opened};

#[test]
fn a_client_opens_a_ticket_and_gets_it_back_but_for_what_is_the_desks() {
    pollster::block_on(async {
        let app = TestApp::new();
        let answer = app
            .client("acme")
            .post(
                "/api/tickets",
                json!({
                    "title": "  Invoice\n4711 is not posted ", "description": "Error 1203.", "priority": "high", "category": "accounting",
                    "erp_module": "sales", "tags": ["Year-End", "year-end"], "custom_fields": {"contract": "A-1"}
                }),
            )
            .await
            .expect(201);
        assert!(answer.round_trips <= 3, "{}", answer.round_trips);
        let ticket = answer.json();
        assert_eq!(answer.headers.get("location"), Some(super::path(&ticket).as_str()));
        assert_eq!(answer.headers.get("etag"), Some("\"1\""));
        for (field, value) in [
            ("number", json!("ACME-1")),
            ("title", json!("Invoice 4711 is not posted")),
            ("status", json!("new")),
            ("priority", json!("high")),
            ("category", json!("accounting")),
            ("erp_module", json!("sales")),
            ("channel", json!("api")),
            ("tags", json!([])),
            ("custom_fields", json!({})),
            ("department", json!(null)),
            ("assignee", json!(null)),
            ("version", json!(1)),
        ] {
            assert_eq!(ticket[field], value, "{field}");
        }
        assert_eq!(ticket["requester"]["id"], app.user_id("acme", "client"));
        assert_eq!(ticket["organization"]["name"], "acme client company");
        assert_eq!(ticket["sla"]["state"], "ok");
        let shown = app.client("acme").get(&super::path(&ticket)).await.expect(200).json();
        assert_eq!(shown, ticket, "what was answered is what is there");
        let desk = app.agent("acme").get(&super::path(&ticket)).await.expect(200).json();
        assert_eq!((&desk["tags"], &desk["custom_fields"]), (&json!(["year-end"]), &json!({"contract": "A-1"})));
    });
}

#[test]
fn numbers_are_dense_within_each_tenant() {
    pollster::block_on(async {
        let app = TestApp::new();
        for expected in ["ACME-1", "ACME-2", "ACME-3"] {
            assert_eq!(opened(&app, "acme", json!({})).await["number"], expected);
        }
        assert_eq!(opened(&app, "globex", json!({})).await["number"], "GLOBEX-1");
        // A creation that fails takes no number.
        app.client("acme")
            .post("/api/tickets", json!({"title": "a", "description": "b", "category": "nothing"}))
            .await
            .expect(422);
        assert_eq!(opened(&app, "acme", json!({})).await["number"], "ACME-4");
    });
}

#[test]
fn every_field_that_is_wrong_is_named() {
    pollster::block_on(async {
        let app = TestApp::new();
        let post = |body| app.client("acme").post("/api/tickets", body);
        let ok = json!({"title": "a", "description": "b"});
        let with = |field: &str, value| {
            let mut body = ok.clone();
            body[field] = value;
            body
        };
        named(&post(json!({"description": "b"})).await, "title", "missing_field");
        named(&post(with("title", json!(" "))).await, "title", "required");
        named(&post(with("title", json!("x".repeat(201)))).await, "title", "too_long");
        named(&post(with("description", json!(5))).await, "description", "wrong_type");
        named(&post(with("priority", json!("urgent"))).await, "priority", "unknown_value");
        named(&post(with("category", json!("nothing"))).await, "category", "unknown_value");
        named(&post(with("erp_module", json!("nothing"))).await, "erp_module", "unknown_value");
        named(&post(with("tags", json!(["ok", "<b>"]))).await, "tags[1]", "bad_tag");
        named(&post(with("custom_fields", json!({"a": []}))).await, "custom_fields.a", "wrong_type");
        named(&post(with("cc", json!(["nobody"]))).await, "cc[0]", "bad_email");
        named(&post(with("number", json!("ACME-5"))).await, "number", "unknown_field");
        named(&post(with("status", json!("closed"))).await, "status", "unknown_field");
        assert!(app.asked("acme", "SELECT id FROM tickets").is_empty());
    });
}

#[test]
fn what_is_no_json_is_refused_before_it_is_believed() {
    pollster::block_on(async {
        use shared::http::{Body, Method};
        let app = TestApp::new();
        let send = |bytes: &[u8], media: Option<&'static str>| {
            app.client("acme").send(Method::Post, "/api/tickets", Body::Bytes(bytes.to_vec()), media)
        };
        assert_eq!(send(b"{", Some("application/json")).await.expect(400).code(), "malformed");
        assert_eq!(send(b"{}", Some("text/plain")).await.expect(415).code(), "unsupported_media_type");
        assert_eq!(send(b"{}", None).await.expect(415).code(), "unsupported_media_type");
        assert_eq!(send(&vec![b' '; 600 * 1024], Some("application/json")).await.expect(413).code(), "too_large");
    });
}

#[test]
fn a_client_speaks_only_for_oneself() {
    pollster::block_on(async {
        let app = TestApp::new();
        let other = app.user_id("acme", "agent");
        let post = |more: serde_json::Value| {
            let mut body = json!({"title": "a", "description": "b"});
            for (name, value) in more.as_object().unwrap() {
                body[name] = value.clone();
            }
            app.client("acme").post("/api/tickets", body)
        };
        named(&post(json!({"requester": {"id": other}})).await, "requester", "not_allowed");
        named(&post(json!({"assignee": other})).await, "assignee", "not_allowed");
        named(&post(json!({"department": "dep_00000000000000000000000000000000"})).await, "department", "not_allowed");
        app.anon("acme").post("/api/tickets", json!({"title": "a", "description": "b"})).await.expect(401);
        app.signed_in("acme", "analyst").post("/api/tickets", json!({"title": "a", "description": "b"})).await.expect(403);
    });
}

#[test]
fn an_agent_opens_a_ticket_for_somebody_and_gives_it_to_somebody() {
    pollster::block_on(async {
        let app = TestApp::new();
        let manager = app.user_id("acme", "manager");
        let ticket = app
            .agent("acme")
            .post(
                "/api/tickets",
                json!({
                    "title": "Called by phone", "description": "Cannot print.", "assignee": manager, "cc": ["Boss@Client.example", "boss@client.example"],
                    "requester": {"email": "New.Person@Client.example", "name": "New Person"}
                }),
            )
            .await
            .expect(201)
            .json();
        assert_eq!(ticket["requester"]["email"], "new.person@client.example");
        assert_eq!(ticket["requester"]["name"], "New Person");
        assert_eq!(ticket["assignee"]["id"], manager);
        assert_eq!(ticket["followers"], json!([{"email": "boss@client.example", "kind": "cc"}]));
        assert_eq!(app.asked("acme", "SELECT status FROM users WHERE email = 'new.person@client.example'"), ["unverified"]);
        assert_eq!(mails(&app), ["assigned to manager@acme.example", "ticket_received to new.person@client.example"]);
        let again = app
            .agent("acme")
            .post(
                "/api/tickets",
                json!({"title": "Again", "description": "b", "requester": {"email": "new.person@client.example"}}),
            )
            .await
            .expect(201)
            .json();
        assert_eq!(again["requester"]["id"], ticket["requester"]["id"], "one address is one person");
    });
}

#[test]
fn people_and_things_of_another_tenant_are_unknown() {
    pollster::block_on(async {
        let app = TestApp::new();
        let foreign = app.user_id("globex", "agent");
        let post = |more: serde_json::Value| {
            let mut body = json!({"title": "a", "description": "b"});
            for (name, value) in more.as_object().unwrap() {
                body[name] = value.clone();
            }
            app.agent("acme").post("/api/tickets", body)
        };
        named(&post(json!({"assignee": foreign})).await, "assignee", "unknown_value");
        named(&post(json!({"requester": {"id": foreign}})).await, "requester", "unknown_value");
        named(&post(json!({"assignee": app.user_id("acme", "client")})).await, "assignee", "unknown_value");
        named(&post(json!({"assignee": app.user_id("acme", "analyst")})).await, "assignee", "unknown_value");
        named(&post(json!({"requester": {}})).await, "requester", "required");
        named(&post(json!({"requester": {"email": "nobody"}})).await, "requester.email", "bad_email");
    });
}

#[test]
fn the_category_is_found_from_the_words_and_brings_its_department() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket =
            opened(&app, "acme", json!({"title": "Sales order has a wrong discount", "description": "The customer's order."}))
                .await;
        assert_eq!(ticket["category"], "sales");
        let desk = app.agent("acme").get(&super::path(&ticket)).await.expect(200).json();
        assert_eq!(desk["department"]["name"], "First line");
        assert_eq!(opened(&app, "acme", json!({})).await["category"], json!(null));
    });
}

#[test]
fn creation_leaves_its_history_audit_line_and_mail() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({})).await;
        let history = app.client("acme").get(&format!("{}/history", super::path(&ticket))).await.expect(200).json();
        assert_eq!(history["data"][0]["kind"], "created");
        assert_eq!(history["data"][0]["actor"]["id"], app.user_id("acme", "client"));
        assert_eq!(
            app.asked("acme", "SELECT action || ' ' || subject FROM audit_logs"),
            [format!("ticket.created {}", ticket["id"].as_str().unwrap())]
        );
        assert_eq!(mails(&app), ["ticket_received to client@acme.example"]);
        assert!(app.wakes.borrow().iter().any(|wake| matches!(wake, shared::platform::Wake::Outbox(_))));
        assert!(app.wakes.borrow().iter().any(|wake| matches!(wake, shared::platform::Wake::SlaTimer { .. })));
    });
}

#[test]
fn the_same_key_and_body_are_answered_alike_and_done_once() {
    pollster::block_on(async {
        let app = TestApp::new();
        let body = json!({"title": "Once", "description": "Only."});
        let post = |key: &str, body: &serde_json::Value| {
            app.client("acme").header("idempotency-key", key).post("/api/tickets", body.clone())
        };
        let first = post("k1", &body).await.expect(201);
        assert!(first.round_trips <= 3, "{}", first.round_trips);
        let again = post("k1", &body).await.expect(201);
        assert!(again.round_trips <= 3, "{}", again.round_trips);
        assert_eq!(again.json(), first.json());
        assert_eq!(again.headers.get("location"), first.headers.get("location"));
        assert_eq!(again.headers.get("etag"), first.headers.get("etag"));
        assert_eq!(again.headers.get("idempotency-replayed"), Some("true"));
        assert_eq!(app.asked("acme", "SELECT count(*) FROM tickets"), ["1"]);
        let other = post("k1", &json!({"title": "Other", "description": "Body."})).await.expect(422);
        assert_eq!(other.code(), "idempotency_mismatch");
        assert_eq!(post("k2", &body).await.expect(201).json()["number"], "ACME-2");
        // Another person's key of the same name is another key.
        app.agent("acme").header("idempotency-key", "k1").post("/api/tickets", body.clone()).await.expect(201);
        app.client("globex").header("idempotency-key", "k1").post("/api/tickets", body).await.expect(201);
    });
}

#[test]
fn a_key_whose_first_request_is_at_work_waits_and_an_abandoned_one_is_taken_over() {
    pollster::block_on(async {
        let app = TestApp::new();
        let body = json!({"title": "Once", "description": "Only."});
        let post = || app.client("acme").header("idempotency-key", "k1").post("/api/tickets", body.clone());
        post().await.expect(201);
        let set = |state: &str| {
            let sql = format!("UPDATE idempotency_keys SET status = NULL, headers = NULL, body = NULL, {state}");
            app.tenant_database("acme").inspect(|db| db.execute(&sql, []).unwrap());
        };
        // As if the first request had done its work and its answer were not written down yet.
        set("done = 1");
        let waiting = post().await.expect(409);
        assert_eq!(waiting.code(), "idempotency_in_progress");
        assert_eq!(waiting.headers.get("retry-after"), Some("1"));
        assert!(waiting.round_trips <= 3, "{}", waiting.round_trips);
        app.advance(chrono::TimeDelta::seconds(61));
        // The answer is lost; the work is not done twice for that.
        assert_eq!(post().await.expect(409).code(), "idempotency_done");
        assert_eq!(app.asked("acme", "SELECT count(*) FROM tickets"), ["1"]);
        // As if it had claimed the key and died before it did anything.
        set("done = 0");
        post().await.expect(201);
        assert_eq!(app.asked("acme", "SELECT count(*) FROM tickets"), ["2"]);
    });
}

#[test]
fn a_ticket_whose_answer_was_lost_is_the_answer_to_the_next_try() {
    pollster::block_on(async {
        let app = TestApp::new();
        let post = |title: &str| {
            app.client("acme")
                .header("idempotency-key", "k1")
                .post("/api/tickets", json!({"title": title, "description": "Only."}))
        };
        // As a machine leaves it that dies after the work and before the answer is written down: the batch alone went through.
        app.tenant_database("acme").inspect(|db| {
            db.execute_batch(
                "CREATE TRIGGER lost AFTER UPDATE OF status ON idempotency_keys WHEN NEW.status IS NOT NULL BEGIN
                UPDATE idempotency_keys SET status = NULL, headers = OLD.headers, body = NULL WHERE key = NEW.key; END",
            )
            .unwrap();
        });
        let first = post("Once").await.expect(201);
        assert_eq!(post("Once").await.expect(409).code(), "idempotency_in_progress");
        app.advance(chrono::TimeDelta::seconds(61));
        // The ticket as it stands now: its clock has gone on.
        let again = post("Once").await.expect(201);
        for field in ["id", "number", "title", "version"] {
            assert_eq!(again.json()[field], first.json()[field], "{field}");
        }
        assert_eq!(again.headers.get("location"), first.headers.get("location"));
        assert_eq!(again.headers.get("etag"), first.headers.get("etag"));
        assert_eq!(again.headers.get("idempotency-replayed"), Some("true"));
        assert_eq!(post("Other").await.expect(422).code(), "idempotency_mismatch");
        assert_eq!(app.asked("acme", "SELECT count(*) FROM tickets"), ["1"]);
    });
}

#[test]
fn a_refused_request_gives_its_key_back() {
    pollster::block_on(async {
        let app = TestApp::new();
        let post = |category: &str| {
            app.client("acme")
                .header("idempotency-key", "k1")
                .post("/api/tickets", json!({"title": "a", "description": "b", "category": category}))
        };
        let refused = post("nothing").await.expect(422);
        assert!(refused.round_trips <= 3, "{}", refused.round_trips);
        post("sales").await.expect(201);
        named(
            &app.client("acme")
                .header("idempotency-key", "x".repeat(256))
                .post("/api/tickets", json!({"title": "a", "description": "b"}))
                .await,
            "Idempotency-Key",
            "too_long",
        );
    });
}

#[test]
fn a_key_is_forgotten_after_a_day() {
    pollster::block_on(async {
        let app = TestApp::new();
        let post = |title: &str| {
            app.client("acme").header("idempotency-key", "k1").post("/api/tickets", json!({"title": title, "description": "b"}))
        };
        post("Yesterday").await.expect(201);
        app.advance(chrono::TimeDelta::hours(25));
        assert_eq!(post("Today").await.expect(201).json()["number"], "ACME-2");
    });
}

#[test]
fn tickets_that_are_opened_at_the_same_moment_get_numbers_without_gap_or_repetition() {
    pollster::block_on(async {
        let app = TestApp::new();
        app.tenant_database("acme").interleave(true);
        let one = |number: usize| {
            app.client("acme").post("/api/tickets", json!({"title": format!("Ticket {number}"), "description": "b"}))
        };
        let answers = futures::future::join_all((0..20).map(one)).await;
        let mut numbers: Vec<String> =
            answers.into_iter().map(|answer| answer.expect(201).json()["number"].as_str().unwrap().to_owned()).collect();
        numbers.sort_by_key(|number| number.trim_start_matches("ACME-").parse::<u32>().unwrap());
        let expected: Vec<String> = (1..=20).map(|number| format!("ACME-{number}")).collect();
        assert_eq!(numbers, expected);
    });
}

#[test]
fn of_two_equal_requests_at_the_same_moment_one_is_done() {
    pollster::block_on(async {
        let app = TestApp::new();
        let post = || {
            app.client("acme").header("idempotency-key", "k1").post("/api/tickets", json!({"title": "Once", "description": "b"}))
        };
        app.tenant_database("acme").interleave(true);
        let (one, other) = futures::join!(post(), post());
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409], "the other is told to wait");
        assert_eq!(app.asked("acme", "SELECT count(*) FROM tickets"), ["1"]);
    });
}
