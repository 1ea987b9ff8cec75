//! Reading the log by the API: every line once, by every filter, at a cost that does not grow with the log.

use chrono::{DateTime, TimeDelta};
use serde_json::{Value, json};
use tests::app::TestApp;

use super::{a_day, actions, noise, run};

async fn list(app: &TestApp, query: &str) -> Value {
    app.admin("acme").get(&format!("/api/audit?{query}")).await.expect(200).json()
}

/// All lines that a query finds, page by page.
async fn all(app: &TestApp, query: &str) -> Vec<Value> {
    let (mut lines, mut target) = (Vec::new(), query.to_owned());
    for _ in 0..200 {
        let page = list(app, &target).await;
        lines.extend(page["data"].as_array().unwrap().clone());
        match page["meta"]["next_cursor"].as_str() {
            Some(cursor) => target = format!("{query}&cursor={cursor}"),
            None => return lines,
        }
    }
    panic!("{query} has no end");
}

fn count(app: &TestApp, condition: &str) -> usize {
    app.asked("acme", &format!("SELECT count(*) FROM audit_logs WHERE {condition}"))[0].parse().unwrap()
}

#[test]
fn the_log_is_listed_newest_first_with_names_and_reading_it_is_a_line() {
    run(async {
        let app = TestApp::new();
        a_day(&app).await;
        let answer = app.admin("acme").get("/api/audit?limit=100").await.expect(200);
        assert_eq!(answer.round_trips, 2);
        let page = answer.json();
        assert_eq!(page["data"].as_array().unwrap().len(), count(&app, "action <> 'audit.read'"));
        let of = |action: &str| page["data"].as_array().unwrap().iter().find(|line| line["action"] == action).unwrap().clone();
        let role = of("user.read");
        assert_eq!(role["actor"], json!({"id": app.user_id("acme", "manager"), "name": "acme manager"}));
        assert_eq!(role["subject"], json!({"id": app.user_id("acme", "agent"), "name": "Анна Петрова"}));
        assert_eq!((&role["outcome"], &role["network"]), (&json!("done"), &json!("192.0.2.7")));
        assert_eq!(of("ticket.created")["subject"]["name"], "ACME-3");
        assert_eq!(of("session.refused")["outcome"], "refused");
        let next = list(&app, "limit=1&action=audit.read&network=192.0.2.7").await;
        assert_eq!(next["data"][0]["actor"]["id"], app.user_id("acme", "admin"));
        app.advance(TimeDelta::seconds(1));
        list(&app, "action=audit.read&network=192.0.2.7").await;
        let last = list(&app, "limit=1&action=audit.read").await;
        assert_eq!(last["data"][0]["detail"], json!({"action": "audit.read", "network": "192.0.2.7"}), "what was looked for");
    });
}

#[test]
fn page_by_page_every_line_comes_once() {
    run(async {
        let app = TestApp::new();
        a_day(&app).await;
        noise(&app, "acme", 40);
        let until = (app.platform.now.get() + TimeDelta::seconds(1)).format("%Y-%m-%dT%H:%M:%SZ").to_string();
        app.advance(TimeDelta::minutes(1));
        let before = count(&app, "1");
        let lines = all(&app, &format!("limit=7&to={until}")).await;
        let mut places: Vec<i64> = lines.iter().map(|line| line["seq"].as_i64().unwrap()).collect();
        places.sort_unstable();
        assert_eq!(places, (1..=i64::try_from(before).unwrap()).collect::<Vec<_>>());
        let moments: Vec<&str> = lines.iter().map(|line| line["at"].as_str().unwrap()).collect();
        assert!(moments.is_sorted_by(|one, next| one >= next));
        let exact = list(&app, &format!("limit={before}&to={until}")).await;
        assert_eq!(exact["meta"], json!({"has_more": false, "next_cursor": null}), "a page that is exactly full is the last");
    });
}

#[test]
fn every_filter_finds_what_it_names_alone_and_beside_others() {
    run(async {
        let app = TestApp::new();
        a_day(&app).await;
        app.admin("acme").from_network("2001:db8::7").post("/api/departments", json!({"name": "From afar"})).await.expect(201);
        let (agent, admin) = (app.user_id("acme", "agent"), app.user_id("acme", "admin"));
        let ticket = app.asked("acme", "SELECT id FROM tickets WHERE number = 2").remove(0);
        let request = app.asked("acme", "SELECT request_id FROM audit_logs WHERE action = 'tenant.settings_changed'").remove(0);
        let email = app.email("acme", "agent");
        for (query, condition) in [
            (format!("actor={agent}"), format!("actor = '{agent}'")),
            (format!("subject={ticket}"), format!("subject = '{ticket}'")),
            ("action=ticket.updated".to_owned(), "action = 'ticket.updated'".to_owned()),
            ("action=ticket.".to_owned(), "action LIKE 'ticket.%'".to_owned()),
            ("outcome=refused".to_owned(), "outcome = 'refused'".to_owned()),
            ("network=2001:0db8:0:0::7".to_owned(), "network = '2001:db8::7'".to_owned()),
            (format!("actor={agent}&action=ticket.&outcome=done"), format!("actor = '{agent}' AND action LIKE 'ticket.%'")),
            (format!("actor={admin}&network=2001:db8::7"), "network = '2001:db8::7'".to_owned()),
            ("outcome=refused&action=session.".to_owned(), "action = 'session.refused'".to_owned()),
            ("q=ACME-2".to_owned(), format!("subject = '{ticket}'")),
            (format!("q={request}"), format!("request_id = '{request}'")),
            (format!("q={email}&action=user."), format!("subject = '{agent}' AND action LIKE 'user.%'")),
            (
                "q=From%20afar&action=department.".to_owned(),
                "detail LIKE '%From afar%' AND action LIKE 'department.%'".to_owned(),
            ),
        ] {
            let found = all(&app, &format!("limit=3&{query}")).await;
            assert_eq!(found.len(), count(&app, &condition), "{query}");
            assert!(!found.is_empty(), "{query}");
        }
        assert_eq!(actions(&list(&app, "action=tick.").await), Vec::<String>::new(), "a module is named whole");
        for none in
            ["actor=usr_x", "subject=tkt_x", "action=user.", "action=no.such", "network=192.0.2.99", "q=nothing-like-this%25"]
        {
            let page = list(&app, &format!("{none}&to=2020-01-01T00:00:00Z")).await;
            assert_eq!(page["data"], json!([]), "{none}");
        }
    });
}

#[test]
fn a_period_begins_with_its_first_moment_and_ends_before_its_last() {
    run(async {
        let app = TestApp::new();
        noise(&app, "acme", 10);
        let moment = |ms: i64| DateTime::from_timestamp_millis(1_700_000_000_000 + ms).unwrap().format("%Y-%m-%dT%H:%M:%S%.3fZ");
        let page = list(&app, &format!("from={}&to={}", moment(3), moment(6))).await;
        let places: Vec<i64> = page["data"].as_array().unwrap().iter().map(|line| line["seq"].as_i64().unwrap()).collect();
        assert_eq!(places, [5, 4, 3]);
    });
}

#[test]
fn what_no_index_carries_is_looked_for_a_thousand_lines_at_a_time() {
    run(async {
        let app = TestApp::new();
        noise(&app, "acme", 4_500);
        app.tenant_database("acme").inspect(|connection| {
            connection.execute("INSERT INTO audit_logs (tenant_id, id, at, actor, action, subject, request_id, detail)
                SELECT tenant_id, 'evt_00000000000000000000000000000000', 1699999999999, 'system', 'user.updated', 'usr_1', 'r', '{\"needle\":1}'
                FROM users LIMIT 1", []).unwrap();
        });
        let first = list(&app, "q=needle&actor=system").await;
        assert_eq!(first["data"], json!([]));
        assert_eq!(first["meta"]["has_more"], true, "it says that it did not look at everything");
        let found = all(&app, "q=needle&actor=system").await;
        assert_eq!(found.len(), 1);
        assert_eq!(found[0]["detail"], json!({"needle": 1}));
    });
}

#[test]
fn a_page_costs_the_same_in_a_log_ten_times_as_long() {
    run(async {
        let mut costs: Vec<Vec<u64>> = Vec::new();
        for lines in [2_000, 20_000] {
            let app = TestApp::new();
            noise(&app, "acme", lines);
            a_day(&app).await;
            let agent = app.user_id("acme", "agent");
            let mut own = Vec::new();
            for query in [
                "limit=25".to_owned(),
                format!("actor={agent}"),
                "action=user.".to_owned(),
                "action=user.read".to_owned(),
                "outcome=refused".to_owned(),
                "network=192.0.2.7".to_owned(),
                "subject=tkt_7".to_owned(),
                "q=nothing-like-this".to_owned(),
            ] {
                let database = app.tenant_database("acme");
                let before = database.steps();
                list(&app, &query).await;
                own.push(database.steps() - before);
            }
            costs.push(own);
        }
        for (few, many) in costs[0].iter().zip(&costs[1]) {
            assert!(*many <= few + few / 5, "{costs:?}");
        }
    });
}

#[test]
fn only_administrators_read_and_nobody_reads_another_tenants_lines() {
    run(async {
        let app = TestApp::in_one_cell();
        app.admin("globex").post("/api/departments", json!({"name": "canaryofglobex"})).await.expect(201);
        a_day(&app).await;
        for path in ["/api/audit", "/api/audit/export", "/api/audit/verify"] {
            for role in ["manager", "agent", "analyst", "client"] {
                app.signed_in("acme", role).get(path).await.expect(403);
            }
            let text = app.admin("acme").get(path).await.expect(200).text();
            assert!(!text.contains("canaryofglobex"));
        }
        for _ in 0..2 {
            assert_eq!(all(&app, "q=canaryofglobex").await, Vec::<Value>::new(), "nor does who looked for it find that");
        }
    });
}

#[test]
fn what_cannot_be_asked_for_is_refused_by_name() {
    run(async {
        let app = TestApp::new();
        for (query, field) in [
            ("outcome=maybe", "outcome"),
            ("network=somewhere", "network"),
            ("from=yesterday", "from"),
            ("to=2026-13-01T00:00:00Z", "to"),
            ("cursor=abc", "cursor"),
            ("cursor=5.evt_x", "cursor"),
            ("limit=101", "limit"),
            ("colour=red", "colour"),
        ] {
            let answer = app.admin("acme").get(&format!("/api/audit?{query}")).await.expect(422).json();
            assert_eq!(answer["errors"][0]["field"], field, "{query}");
        }
        let long = "a".repeat(201);
        let answer = app.admin("acme").get(&format!("/api/audit?q={long}&actor={long}")).await.expect(422).json();
        assert_eq!(answer["errors"].as_array().unwrap().len(), 2);
        for query in ["cursor=0", "cursor=-1", "cursor=x", "from=1"] {
            app.admin("acme").get(&format!("/api/audit/verify?{query}")).await.expect(422);
        }
    });
}

#[test]
fn a_verdict_says_how_far_it_looked_and_where_to_go_on() {
    run(async {
        let app = TestApp::new();
        let empty = app.admin("acme").get("/api/audit/verify").await.expect(200).json();
        let data = json!({"ok": true, "checked_from": 1, "checked_to": 0, "faults": [], "sealed_to": 0, "newest": 0, "checkpoint": null});
        assert_eq!(empty, json!({"data": data, "meta": {"has_more": false, "next_cursor": null}}));
        noise(&app, "acme", 1_200);
        super::sealed(&app, "acme").await;
        app.admin("acme").post("/api/departments", json!({"name": "Young"})).await.expect(201);
        let answer = app.admin("acme").get("/api/audit/verify").await.expect(200);
        assert_eq!(answer.round_trips, 2);
        let first = answer.json();
        assert_eq!(
            (&first["data"]["checked_to"], &first["data"]["sealed_to"], &first["data"]["newest"]),
            (&json!(500), &json!(1200), &json!(1201))
        );
        assert_eq!(first["meta"], json!({"has_more": true, "next_cursor": "501"}));
        assert_eq!(first["data"]["checkpoint"]["seq"], 1200);
        let last = app.admin("acme").get("/api/audit/verify?cursor=1001").await.expect(200).json();
        assert_eq!((&last["data"]["checked_to"], &last["meta"]["has_more"]), (&json!(1201), &json!(false)));
        let beyond = app.admin("acme").get("/api/audit/verify?cursor=9000").await.expect(200).json();
        assert_eq!((&beyond["data"]["ok"], &beyond["meta"]["has_more"]), (&json!(true), &json!(false)));
    });
}
