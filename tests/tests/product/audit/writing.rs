//! What gets into the log, and that it stays there.

use chrono::TimeDelta;
use functions::actions::audit;
use serde_json::{Value, json};
use tests::app::TestApp;

use super::{a_day, run};

fn places(app: &TestApp, slug: &str) -> Vec<String> {
    app.asked(slug, "SELECT seq FROM audit_logs WHERE tenant_id = (SELECT tenant_id FROM users LIMIT 1) ORDER BY seq")
}

fn dense(count: usize) -> Vec<String> {
    (1..=count).map(|place| place.to_string()).collect()
}

#[test]
fn a_line_says_who_did_what_to_what_from_where_with_which_program() {
    run(async {
        let app = TestApp::new();
        let agent = app.user_id("acme", "agent");
        let changed = app
            .admin("acme")
            .header("if-match", "*")
            .header("user-agent", "Firefox/140")
            .from_network("2001:db8::7")
            .patch(&format!("/api/users/{agent}"), json!({"role": "manager"}))
            .await
            .expect(200);
        let line = app.asked(
            "acme",
            "SELECT json_array(seq, actor, on_behalf_of, action, subject, outcome, request_id, network, user_agent, at, detail) FROM audit_logs",
        );
        let line: Value = serde_json::from_str(&line[0]).unwrap();
        assert_eq!(line[0], 1);
        assert_eq!(line[1], app.user_id("acme", "admin"));
        assert_eq!(line[2], Value::Null);
        assert_eq!((&line[3], &line[4], &line[5]), (&json!("user.updated"), &json!(agent), &json!("done")));
        assert_eq!(line[6], changed.headers.get("x-request-id").unwrap());
        assert_eq!((&line[7], &line[8]), (&json!("2001:db8::7"), &json!("Firefox/140")));
        assert_eq!(line[9], app.platform.now.get().timestamp_millis());
        let detail: Value = serde_json::from_str(line[10].as_str().unwrap()).unwrap();
        assert_eq!((&detail["from"]["role"], &detail["to"]["role"]), (&json!("agent"), &json!("manager")));
    });
}

#[test]
fn whoever_writes_a_secret_into_a_line_writes_stars() {
    run(async {
        let app = TestApp::new();
        app.as_product("acme", async |ctx| {
            let detail = json!({ "to": { "password": "hunter2", "api_key": "k-123" }, "note": "{\"token\":\"t-9\"}" });
            ctx.db.run(audit::line(ctx, "user.updated", "usr_1", detail)).await.unwrap();
            audit::note_read(ctx, "user.read", "usr_1", json!({ "recovery_code": "r-5" }));
        })
        .await;
        let written = app.asked("acme", "SELECT detail FROM audit_logs").join("\n");
        assert_eq!(written, r#"{"note":"{\"token\":\"***\"}","to":{"api_key":"***","password":"***"}}"#);
    });
}

#[test]
fn what_is_there_is_neither_changed_nor_removed_nor_given_another_place() {
    run(async {
        let app = TestApp::new();
        a_day(&app).await;
        app.tenant_database("acme").inspect(|connection| {
            for attack in [
                "UPDATE audit_logs SET actor = 'nobody'",
                "UPDATE audit_logs SET seq = seq + 100",
                "UPDATE audit_logs SET seq = NULL",
                "UPDATE audit_logs SET on_behalf_of = 'x'",
                "DELETE FROM audit_logs",
                "INSERT INTO audit_logs (tenant_id, id, at, actor, action, subject, request_id, seq) VALUES ('t', 'e', 1, 'a', 'b.c', 's', 'r', 900)",
            ] {
                let error = connection.execute(attack, []).unwrap_err().to_string();
                assert!(error.contains("guard:append_only"), "{attack}: {error}");
            }
        });
    });
}

#[test]
fn places_have_no_gap_whatever_is_rolled_back_or_written_at_once() {
    run(async {
        let app = TestApp::new();
        app.tenant_database("acme").interleave(true);
        let write = async |number: u32| {
            let body = json!({"title": format!("Number {number}"), "description": "Text"});
            app.client("acme").post("/api/tickets", body).await.expect(201);
        };
        futures::future::join_all((0..12).map(write)).await;
        app.as_product("acme", async |ctx| {
            let line = |subject: &str| audit::line(ctx, "user.updated", subject, json!({}));
            let twice = line("b");
            // The second copy of one line has the first one's id, and takes all of the batch with it.
            ctx.db.batch(vec![line("a"), twice.clone(), twice]).await.unwrap_err();
            ctx.db.batch(vec![line("c"), line("d"), line("e")]).await.unwrap();
        })
        .await;
        assert_eq!(places(&app, "acme"), dense(15));
        assert_eq!(app.asked("acme", "SELECT value FROM counters WHERE name = 'audit'"), ["15"]);
    });
}

#[test]
fn each_tenant_of_a_database_counts_for_itself() {
    run(async {
        let app = TestApp::in_one_cell();
        for slug in ["acme", "globex", "acme"] {
            app.admin(slug)
                .post("/api/departments", json!({"name": format!("{slug} {}", app.platform.now.get())}))
                .await
                .expect(201);
            app.advance(TimeDelta::seconds(1));
        }
        let found = app.asked("acme", "SELECT substr(tenant_id, 5, 1) || seq FROM audit_logs ORDER BY tenant_id, seq");
        assert_eq!(found, ["a1", "a2", "b1"]);
    });
}

#[test]
fn a_line_of_an_older_version_of_the_product_gets_its_place_too() {
    run(async {
        let app = TestApp::new();
        app.admin("acme").post("/api/departments", json!({"name": "One"})).await.expect(201);
        app.tenant_database("acme").inspect(|connection| {
            let old = "INSERT INTO audit_logs (tenant_id, id, at, actor, action, subject, request_id, network, detail)
                SELECT tenant_id, 'evt_old', 1, 'system', 'ticket.updated', 'tkt_1', 'r', '', '{}' FROM users LIMIT 1";
            connection.execute(old, []).unwrap();
        });
        assert_eq!(app.asked("acme", "SELECT seq || outcome FROM audit_logs WHERE id = 'evt_old'"), ["2done"]);
    });
}

fn refusals(app: &TestApp) -> Vec<String> {
    app.asked(
        "acme",
        "SELECT actor || ' ' || subject FROM audit_logs WHERE action = 'access.refused' AND outcome = 'refused' ORDER BY seq",
    )
}

#[test]
fn a_refusal_is_a_line_a_person_a_route_and_ten_minutes_and_costs_the_answer_no_round_trip() {
    run(async {
        let app = TestApp::new();
        let (agent, client) = (app.user_id("acme", "agent"), app.user_id("acme", "client"));
        for _ in 0..5 {
            let answer = app.agent("acme").get("/api/audit").await.expect(403);
            assert_eq!(answer.round_trips, 1);
            app.advance(TimeDelta::minutes(1));
        }
        assert_eq!(refusals(&app), [format!("{agent} GET /api/audit")]);
        app.client("acme").get("/api/audit").await.expect(403);
        // Another thing of the same route is the same route.
        for user in [&agent, &client] {
            app.agent("acme").patch(&format!("/api/users/{user}"), json!({})).await.expect(403);
        }
        assert_eq!(refusals(&app)[1..], [format!("{client} GET /api/audit"), format!("{agent} PATCH /api/users/{{user}}")]);
        app.advance(TimeDelta::minutes(6));
        app.agent("acme").get("/api/audit").await.expect(403);
        assert_eq!(refusals(&app).len(), 4, "ten minutes are over");
        let detail = app.asked("acme", "SELECT detail FROM audit_logs WHERE subject = 'PATCH /api/users/{user}'");
        let detail: Value = serde_json::from_str(&detail[0]).unwrap();
        assert_eq!(detail, json!({"needs": "user.manage", "path": format!("/api/users/{agent}"), "reason": "forbidden"}));
    });
}

#[test]
fn a_flood_of_refused_requests_at_once_makes_one_line() {
    run(async {
        let app = TestApp::new();
        app.tenant_database("acme").interleave(true);
        let ask = async |_| drop(app.client("acme").get("/api/users").await.expect(403));
        futures::future::join_all((0..20).map(ask)).await;
        assert_eq!(refusals(&app).len(), 1);
    });
}

#[test]
fn a_form_that_another_site_sent_is_a_refusal_and_strangers_make_no_lines() {
    run(async {
        let app = TestApp::new();
        app.anon("acme").get("/api/audit").await.expect(401);
        app.anon("acme").get("/api/users").await.expect(401);
        assert_eq!(refusals(&app), Vec::<String>::new());
        app.agent("acme")
            .in_browser()
            .header("sec-fetch-site", "cross-site")
            .submit("/profile", &[("name", "x")])
            .await
            .expect(403);
        let reasons =
            app.asked("acme", "SELECT json_extract(detail, '$.reason') FROM audit_logs WHERE action = 'access.refused'");
        assert_eq!(reasons, ["bad_csrf"]);
    });
}

#[test]
fn a_sign_in_that_failed_is_a_refusal() {
    run(async {
        let app = TestApp::new();
        let wrong = json!({"username": app.email("acme", "client"), "password": "not this one at all"});
        app.anon("acme").post("/api/auth/login", wrong).await.expect(401);
        assert_eq!(app.asked("acme", "SELECT action || ' ' || outcome FROM audit_logs"), ["session.refused refused"]);
    });
}

#[test]
fn looking_at_somebodys_record_is_a_line_and_looking_for_nobody_is_none() {
    run(async {
        let app = TestApp::new();
        let client = app.user_id("acme", "client");
        let answer = app.agent("acme").get(&format!("/api/users/{client}")).await.expect(200);
        assert_eq!(answer.round_trips, 2, "the line is written afterwards");
        app.agent("acme").get(&format!("/api/users/usr_{}", "e".repeat(32))).await.expect(404);
        let lines = app.asked("acme", "SELECT actor || ' ' || action || ' ' || subject FROM audit_logs");
        assert_eq!(lines, [format!("{} user.read {client}", app.user_id("acme", "agent"))]);
    });
}
