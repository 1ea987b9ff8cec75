//! Addresses that are turned away.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::app::TestApp;

const STRANGER: &str = "198.51.100.66";

async fn block(app: &TestApp, body: Value) -> Value {
    app.admin("acme").post("/api/address-blocks", body).await.expect(201).json()
}

#[test]
fn a_blocked_range_gets_nothing_from_the_next_request_on() {
    pollster::block_on(async {
        let app = TestApp::new();
        app.anon("acme").from_network(STRANGER).get("/login").await.expect(200);
        let made = block(&app, json!({"range": "198.51.100.0/24", "reason": "Scans"})).await;
        assert_eq!(
            (made["range"].as_str(), made["origin"].as_str(), &made["expires_at"]),
            (Some("198.51.100.0/24"), Some("manual"), &Value::Null)
        );
        for path in ["/login", "/", "/agent/tickets", "/no/such/page"] {
            let page = app.anon("acme").from_network(STRANGER).get(path).await.expect(403);
            assert!(page.text().starts_with("<!doctype html>"), "{path}");
        }
        let problem = app.anon("acme").from_network(STRANGER).get("/api/tickets").await.expect(403);
        assert_eq!((problem.code().as_str(), problem.round_trips), ("address_blocked", 0));
        // Not one question to any database: not for the block, not for the person, not for the tenant.
        let asked = || app.platform.databases.values().map(|database| database.batches()).sum::<u64>();
        let before = asked();
        for _ in 0..20 {
            app.agent("acme").from_network(STRANGER).get("/api/tickets").await.expect(403);
        }
        assert_eq!(asked(), before);
        // A right token makes no difference, and neither does the other clothing of the address.
        app.agent("acme").from_network(STRANGER).get("/api/tickets").await.expect(403);
        app.anon("acme").from_network("::ffff:198.51.100.66").get("/api/tickets").await.expect(403);
        // Neighbours of the range and other tenants are not meant.
        app.anon("acme").from_network("198.51.101.1").get("/login").await.expect(200);
        app.anon("globex").from_network(STRANGER).get("/login").await.expect(200);
    });
}

#[test]
fn while_blocks_cannot_be_read_what_was_read_last_holds_and_it_is_not_tried_at_every_request() {
    pollster::block_on(async {
        let app = TestApp::new();
        block(&app, json!({"range": STRANGER})).await;
        app.anon("acme").from_network(STRANGER).get("/login").await.expect(403);
        let rename = |from: &str, to: &str| {
            app.tenant_database("acme").inspect(|connection| {
                connection.execute(&format!("ALTER TABLE {from} RENAME TO {to}"), []).unwrap();
            });
        };
        rename("address_blocks", "out_of_reach");
        app.advance(TimeDelta::minutes(1));
        let asked = async || {
            let before = app.tenant_database("acme").batches();
            app.anon("acme").from_network("198.51.100.1").get("/login").await.expect(200);
            app.tenant_database("acme").batches() - before
        };
        let first = asked().await;
        let later = [asked().await, asked().await, asked().await];
        assert_eq!(later, [first - 1; 3], "one question in three seconds");
        app.anon("acme").from_network(STRANGER).get("/login").await.expect(403);
        app.advance(TimeDelta::seconds(3));
        assert_eq!(asked().await, first);
        rename("out_of_reach", "address_blocks");
        app.tenant_database("acme").inspect(|connection| {
            connection.execute("DELETE FROM address_blocks", []).unwrap();
        });
        app.advance(TimeDelta::seconds(3));
        app.anon("acme").from_network(STRANGER).get("/login").await.expect(200);
    });
}

#[test]
fn a_block_ends_at_its_moment_and_can_be_made_anew() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ends = app.platform.now.get() + TimeDelta::hours(1);
        block(&app, json!({"range": STRANGER, "expires_at": ends})).await;
        let again = app.admin("acme").post("/api/address-blocks", json!({"range": STRANGER})).await.expect(409);
        assert_eq!(again.code(), "already_blocked");
        app.advance(TimeDelta::minutes(59));
        app.anon("acme").from_network(STRANGER).get("/login").await.expect(403);
        app.advance(TimeDelta::minutes(1));
        app.anon("acme").from_network(STRANGER).get("/login").await.expect(200);
        block(&app, json!({"range": STRANGER})).await;
        app.anon("acme").from_network(STRANGER).get("/login").await.expect(403);
    });
}

#[test]
fn letting_in_works_at_once_here_and_within_half_a_minute_elsewhere() {
    pollster::block_on(async {
        let app = TestApp::new();
        let made = block(&app, json!({"range": STRANGER})).await;
        let path = format!("/api/address-blocks/{}", made["id"].as_str().unwrap());
        app.admin("acme").get(&path).await.expect(200);
        app.anon("acme").from_network(STRANGER).get("/login").await.expect(403);
        // Another isolate has taken it away.
        app.tenant_database("acme").inspect(|connection| connection.execute("DELETE FROM address_blocks", []).unwrap());
        app.anon("acme").from_network(STRANGER).get("/login").await.expect(403);
        app.advance(TimeDelta::seconds(31));
        app.anon("acme").from_network(STRANGER).get("/login").await.expect(200);
        let made = block(&app, json!({"range": STRANGER})).await;
        let path = format!("/api/address-blocks/{}", made["id"].as_str().unwrap());
        app.admin("acme").delete(&path).await.expect(204);
        app.anon("acme").from_network(STRANGER).get("/login").await.expect(200);
        app.admin("acme").delete(&path).await.expect(404);
    });
}

#[test]
fn nobody_blocks_themselves_or_half_the_world() {
    pollster::block_on(async {
        let app = TestApp::new();
        for (range, code) in [
            ("192.0.2.7", "own_network"),
            ("192.0.2.0/24", "own_network"),
            ("::ffff:192.0.2.7", "own_network"),
            ("0.0.0.0/0", "range_too_wide"),
            ("10.0.0.0/8", "range_too_wide"),
            ("::/0", "range_too_wide"),
            ("everybody", "bad_range"),
            ("192.0.2.7/33", "bad_range"),
            ("", "bad_range"),
        ] {
            let problem = app.admin("acme").post("/api/address-blocks", json!({"range": range})).await.expect(422).json();
            assert_eq!(
                (problem["errors"][0]["field"].as_str(), problem["errors"][0]["code"].as_str()),
                (Some("range"), Some(code)),
                "{range}"
            );
        }
        let past = json!({"range": STRANGER, "expires_at": "2020-01-01T00:00:00Z"});
        app.admin("acme").post("/api/address-blocks", past).await.expect(422);
        let extra = json!({"range": STRANGER, "forever": true});
        app.admin("acme").post("/api/address-blocks", extra).await.expect(422);
        let long = json!({"range": STRANGER, "reason": "x".repeat(301)});
        assert_eq!(app.admin("acme").post("/api/address-blocks", long).await.expect(422).json()["errors"][0]["field"], "reason");
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM address_blocks"), ["0"]);
    });
}

#[test]
fn the_list_goes_page_by_page_and_every_change_is_a_line_of_the_log() {
    pollster::block_on(async {
        let app = TestApp::new();
        for number in 1..=5 {
            block(&app, json!({"range": format!("203.0.113.{number}"), "reason": format!("Reason {number}")})).await;
            app.advance(TimeDelta::seconds(1));
        }
        let first = app.admin("acme").get("/api/address-blocks?limit=2").await.expect(200).json();
        assert_eq!(first["data"][0]["range"], "203.0.113.5");
        let cursor = first["meta"]["next_cursor"].as_str().unwrap();
        let second = app.admin("acme").get(&format!("/api/address-blocks?limit=2&cursor={cursor}")).await.expect(200).json();
        assert_eq!((&second["data"][0]["range"], &second["meta"]["has_more"]), (&json!("203.0.113.3"), &json!(true)));
        let path = format!("/api/address-blocks/{}", first["data"][0]["id"].as_str().unwrap());
        app.admin("acme").delete(&path).await.expect(204);
        let lines =
            "SELECT action || ' ' || json_extract(detail, '$.from.range') FROM audit_logs WHERE action = 'address.unblocked'";
        assert_eq!(app.asked("acme", lines), ["address.unblocked 203.0.113.5"]);
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM audit_logs WHERE action = 'address.blocked'"), ["5"]);
    });
}

#[test]
fn there_is_an_end_to_how_many_can_be_blocked() {
    pollster::block_on(async {
        let app = TestApp::new();
        app.tenant_database("acme").inspect(|connection| {
            connection
                .execute_batch(
                    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 1000)
                     INSERT INTO address_blocks (tenant_id, id, range, origin, created_at, created_by, expires_at)
                     SELECT (SELECT tenant_id FROM users LIMIT 1), printf('blk_%032x', x), printf('10.1.%d.%d', x / 256, x % 256), 'manual', 1, 'x', 9999999999999 FROM n",
                )
                .unwrap();
        });
        let problem = app.admin("acme").post("/api/address-blocks", json!({"range": STRANGER})).await.expect(409);
        assert_eq!(problem.code(), "block_limit");
        app.anon("acme").from_network("10.1.3.232").get("/login").await.expect(403);
    });
}

#[test]
fn the_page_blocks_and_lets_in_without_a_script() {
    pollster::block_on(async {
        let app = TestApp::new();
        let admin = || app.admin("acme").in_browser().header("accept-language", "en");
        assert!(admin().get("/agent/security/blocks").await.expect(200).text().contains(">One day</option>"));
        assert!(admin().get("/agent/tickets").await.expect(200).text().contains("href=\"/agent/security/alerts\""));
        assert!(!app.agent("acme").in_browser().get("/agent/tickets").await.expect(200).text().contains("/agent/security"));
        let refused =
            admin().submit("/agent/security/blocks", &[("range", "192.0.2.7"), ("reason", "Me"), ("hours", "24")]).await;
        assert!(refused.expect(422).text().contains("value=\"Me\""));
        admin().submit("/agent/security/blocks", &[("range", STRANGER), ("hours", "x")]).await.expect(422);
        admin().submit("/agent/security/blocks", &[("range", STRANGER), ("reason", "<b>"), ("hours", "24")]).await.expect(303);
        let page = admin().get("/agent/security/blocks").await.expect(200).text();
        assert!(page.contains(STRANGER) && page.contains("&lt;b&gt;"), "{page}");
        app.anon("acme").from_network(STRANGER).get("/login").await.expect(403);
        let id = app.asked("acme", "SELECT id FROM address_blocks").remove(0);
        admin().submit(&format!("/agent/security/blocks/{id}/remove"), &[]).await.expect(303);
        app.anon("acme").from_network(STRANGER).get("/login").await.expect(200);
    });
}

#[test]
fn the_limits_are_set_on_their_page() {
    pollster::block_on(async {
        let app = TestApp::new();
        let admin = || app.admin("acme").in_browser();
        assert!(
            admin()
                .get("/agent/security")
                .await
                .expect(200)
                .text()
                .contains("name=\"rate_limit_per_minute\" type=\"number\" value=\"100\"")
        );
        let fields = [("rate_limit_per_minute", "many"), ("rate_limit_burst", "40")];
        assert!(admin().submit("/agent/security", &fields).await.expect(422).text().contains("value=\"many\""));
        admin().submit("/agent/security", &[("rate_limit_per_minute", "250"), ("rate_limit_burst", "40")]).await.expect(303);
        let settings = app.admin("acme").get("/api/tenant/settings").await.expect(200).json();
        assert_eq!((&settings["rate_limit_per_minute"], &settings["block_networks"]), (&json!(250), &json!(false)));
    });
}
