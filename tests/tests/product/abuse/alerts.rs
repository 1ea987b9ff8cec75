//! What looks like an attack is found, told of once, looked at and silenced.

use chrono::TimeDelta;
use functions::actions::jobs;
use serde_json::{Value, json};
use tests::app::{PASSWORD, TestApp};

const STRANGER: &str = "198.51.100.66";

async fn try_to_sign_in(app: &TestApp, network: &str, username: &str) {
    let body = json!({"username": username, "password": "not the right one"});
    app.anon("acme").from_network(network).post("/api/auth/login", body).await.expect(401);
}

async fn spray(app: &TestApp, accounts: usize) {
    for account in 0..accounts {
        try_to_sign_in(app, STRANGER, &format!("person{account}@acme.example")).await;
    }
}

async fn sweep(app: &TestApp) {
    let report = jobs::sweep(&app.platform).await;
    assert!(report.failures.is_empty(), "{:?}", report.failures);
}

async fn alerts(app: &TestApp) -> Vec<Value> {
    app.admin("acme").get("/api/security-alerts").await.expect(200).json()["data"].as_array().unwrap().clone()
}

/// Who was written to about alerts, of the mails that have left.
fn mails(app: &TestApp) -> Vec<String> {
    let queued =
        app.asked("acme", "SELECT recipient FROM outbox WHERE template = 'security_alert' ORDER BY created_at, recipient DESC");
    let left = app.platform.outbox.borrow();
    assert!(queued.iter().all(|recipient| left.iter().any(|mail| mail.to == *recipient)), "{queued:?}");
    queued
}

#[test]
fn spraying_is_told_of_once_an_hour_to_the_administrators() {
    pollster::block_on(async {
        let app = TestApp::new();
        spray(&app, 9).await;
        sweep(&app).await;
        assert_eq!(alerts(&app).await, Vec::<Value>::new());
        try_to_sign_in(&app, STRANGER, "the-tenth@acme.example").await;
        sweep(&app).await;
        let raised = alerts(&app).await;
        assert_eq!(raised.len(), 1);
        assert_eq!((&raised[0]["kind"], &raised[0]["subject"]), (&json!("password_spraying"), &json!(STRANGER)));
        assert_eq!(raised[0]["detail"], json!({"accounts": 10, "tries": 10}));
        assert_eq!(mails(&app), [app.email("acme", "admin")]);
        // The next runs see the same lines, and some more of the same hour.
        spray(&app, 3).await;
        app.advance(TimeDelta::minutes(5));
        sweep(&app).await;
        sweep(&app).await;
        assert_eq!((alerts(&app).await.len(), mails(&app).len()), (1, 1));
        // Whoever goes on in the next hour is told of anew.
        app.advance(TimeDelta::hours(1));
        spray(&app, 12).await;
        sweep(&app).await;
        assert_eq!((alerts(&app).await.len(), mails(&app).len()), (2, 2));
        assert_eq!(
            app.asked("acme", "SELECT COUNT(*) FROM audit_logs WHERE action = 'alert.raised' AND actor = 'system'"),
            ["2"]
        );
        assert_eq!(app.asked("globex", "SELECT COUNT(*) FROM security_alerts"), ["0"]);
    });
}

#[test]
fn those_are_told_whom_the_tenant_names() {
    pollster::block_on(async {
        let app = TestApp::new();
        let set =
            async |contacts: Value| app.admin("acme").patch("/api/tenant/settings", json!({"security_contacts": contacts})).await;
        for bad in [json!(["no address"]), json!(["A@B.example "]), json!(vec!["a@b.example"; 11])] {
            assert_eq!(set(bad).await.expect(422).json()["errors"][0]["field"], "security_contacts");
        }
        set(json!(["soc@vendor.example", "duty@vendor.example"])).await.expect(200);
        spray(&app, 10).await;
        sweep(&app).await;
        assert_eq!(mails(&app), ["soc@vendor.example", "duty@vendor.example"]);
        let data = app.asked("acme", "SELECT DISTINCT data FROM outbox WHERE template = 'security_alert'").remove(0);
        let data: Value = serde_json::from_str(&data).unwrap();
        assert_eq!(data["kinds"], json!(["password_spraying"]), "kinds, and no names");
        assert_eq!(data.as_object().unwrap().len(), 2);
    });
}

#[test]
fn a_disabled_account_that_is_tried_is_told_of() {
    pollster::block_on(async {
        let app = TestApp::new();
        let disable = "UPDATE users SET status = 'disabled' WHERE role = 'agent'";
        app.tenant_database("acme").inspect(|connection| connection.execute_batch(disable).unwrap());
        let right = json!({"username": app.email("acme", "agent"), "password": PASSWORD});
        app.anon("acme").from_network(STRANGER).post("/api/auth/login", right).await.expect(401);
        sweep(&app).await;
        let raised = alerts(&app).await;
        assert_eq!(
            (&raised[0]["kind"], &raised[0]["subject"]),
            (&json!("disabled_account"), &json!(app.user_id("acme", "agent")))
        );
    });
}

async fn sign_in_from(app: &TestApp, country: &str) {
    let body = json!({"username": app.email("acme", "agent"), "password": PASSWORD});
    app.anon("acme").from_country(country).post("/api/auth/login", body).await.expect(200);
}

#[test]
fn a_country_is_new_once_and_two_in_an_hour_are_impossible() {
    pollster::block_on(async {
        let app = TestApp::new();
        let kinds = async || {
            let raised = alerts(&app).await;
            raised.iter().map(|alert| alert["kind"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        sign_in_from(&app, "RU").await;
        sweep(&app).await;
        assert_eq!(kinds().await, Vec::<String>::new());
        app.advance(TimeDelta::days(1));
        sign_in_from(&app, "DE").await;
        sweep(&app).await;
        assert_eq!(kinds().await, ["new_country"]);
        assert_eq!(alerts(&app).await[0]["detail"], json!({"from": "RU", "country": "DE", "network": "192.0.2.7"}));
        app.advance(TimeDelta::days(1));
        sign_in_from(&app, "DE").await;
        sweep(&app).await;
        assert_eq!(kinds().await, ["new_country"]);
        app.advance(TimeDelta::minutes(30));
        sign_in_from(&app, "RU").await;
        sweep(&app).await;
        assert_eq!(kinds().await, ["impossible_travel", "new_country"]);
    });
}

#[test]
fn probing_and_exporting_are_told_of() {
    pollster::block_on(async {
        let app = TestApp::new();
        for path in [
            "roles",
            "groups",
            "permissions",
            "audit",
            "tenant/settings",
            "address-blocks",
            "security-alerts",
            "audit/export",
            "audit/verify",
            "mail/outbox",
        ] {
            app.client("acme").get(&format!("/api/{path}")).await.expect(403);
        }
        for _ in 0..5 {
            app.admin("acme").get("/api/audit/export?format=jsonl").await.expect(200);
        }
        sweep(&app).await;
        let raised = alerts(&app).await;
        let kinds: std::collections::BTreeSet<&str> = raised.iter().filter_map(|alert| alert["kind"].as_str()).collect();
        assert_eq!(kinds.into_iter().collect::<Vec<_>>(), ["many_refusals", "mass_export"]);
        // However many there are, there is one mail.
        assert_eq!(mails(&app).len(), 1);
    });
}

#[test]
fn a_key_that_comes_from_elsewhere_is_told_of() {
    pollster::block_on(async {
        let app = TestApp::new();
        let account = app.admin("acme").post("/api/service-accounts", json!({"name": "ERP", "role": "agent"})).await;
        let account = account.expect(201).json()["id"].clone();
        let body = json!({"account": account, "name": "Import", "scopes": ["ticket.read"], "networks": ["192.0.2.0/24"]});
        let key = app.admin("acme").post("/api/api-keys", body).await.expect(201).json()["key"].as_str().unwrap().to_owned();
        let ask = async |network: &str| {
            let bearer = app.anon("acme").from_network(network).header("authorization", format!("Bearer {key}"));
            bearer.get("/api/tickets").await.status
        };
        assert_eq!(ask("192.0.2.9").await, 200);
        sweep(&app).await;
        assert_eq!(alerts(&app).await, Vec::<Value>::new());
        assert_eq!(ask(STRANGER).await, 401);
        sweep(&app).await;
        let raised = alerts(&app).await;
        assert_eq!((&raised[0]["kind"], &raised[0]["subject"]), (&json!("key_elsewhere"), &account));
        assert_eq!(raised[0]["detail"], json!({"keys": 1, "network": STRANGER}));
        assert!(!mails(&app).is_empty());
    });
}

#[test]
fn an_alert_is_looked_at_by_whoever_is_first() {
    pollster::block_on(async {
        let app = TestApp::new();
        spray(&app, 10).await;
        sweep(&app).await;
        let id = alerts(&app).await[0]["id"].as_str().unwrap().to_owned();
        let open = async || {
            app.admin("acme").get("/api/security-alerts?state=open").await.expect(200).json()["data"].as_array().unwrap().len()
        };
        assert_eq!(open().await, 1);
        let path = format!("/api/security-alerts/{id}/acknowledge");
        let first = app.admin("acme").post(&path, json!({})).await.expect(200).json();
        assert_eq!(first["acknowledged_by"], app.user_id("acme", "admin"));
        app.advance(TimeDelta::hours(1));
        let again = app.admin("acme").post(&path, json!({})).await.expect(200).json();
        assert_eq!(again["acknowledged_at"], first["acknowledged_at"]);
        assert_eq!(open().await, 0);
        app.admin("acme").get("/api/security-alerts?state=closed").await.expect(422);
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM audit_logs WHERE action = 'alert.acknowledged'"), ["1"]);
    });
}

#[test]
fn what_is_silenced_is_not_told_of_until_its_time() {
    pollster::block_on(async {
        let app = TestApp::new();
        spray(&app, 10).await;
        sweep(&app).await;
        let id = alerts(&app).await[0]["id"].as_str().unwrap().to_owned();
        let path = format!("/api/security-alerts/{id}/silence");
        let silence = async |after: TimeDelta| {
            let until = app.platform.now.get() + after;
            app.admin("acme").post(&path, json!({"until": until})).await
        };
        silence(TimeDelta::zero()).await.expect(422);
        silence(TimeDelta::days(400)).await.expect(422);
        silence(TimeDelta::hours(3)).await.expect(200);
        app.advance(TimeDelta::hours(2));
        spray(&app, 10).await;
        sweep(&app).await;
        assert_eq!(alerts(&app).await.len(), 1);
        app.advance(TimeDelta::hours(2));
        spray(&app, 10).await;
        sweep(&app).await;
        assert_eq!(alerts(&app).await.len(), 2);
        // Silence that is taken back is none.
        silence(TimeDelta::days(30)).await.expect(200);
        app.admin("acme").delete(&path).await.expect(204);
        app.admin("acme").delete(&path).await.expect(204);
        app.advance(TimeDelta::hours(1));
        spray(&app, 10).await;
        sweep(&app).await;
        assert_eq!(alerts(&app).await.len(), 3);
    });
}

#[test]
fn a_network_that_tries_passwords_is_blocked_for_an_hour() {
    pollster::block_on(async {
        let app = TestApp::new();
        spray(&app, 49).await;
        sweep(&app).await;
        app.anon("acme").from_network(STRANGER).get("/login").await.expect(200);
        try_to_sign_in(&app, STRANGER, "one-more@acme.example").await;
        sweep(&app).await;
        sweep(&app).await;
        app.advance(TimeDelta::seconds(31));
        app.anon("acme").from_network(STRANGER).get("/login").await.expect(403);
        let blocks = app.admin("acme").get("/api/address-blocks").await.expect(200).json();
        let block = &blocks["data"][0];
        assert_eq!(
            (&block["range"], &block["origin"], &block["created_by"]),
            (&json!(STRANGER), &json!("rule"), &json!("system"))
        );
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM audit_logs WHERE action = 'address.blocked'"), ["1"]);
        app.advance(TimeDelta::hours(1));
        app.anon("acme").from_network(STRANGER).get("/login").await.expect(200);
    });
}

#[test]
fn a_network_that_people_sign_in_from_is_never_blocked_by_rule() {
    pollster::block_on(async {
        let app = TestApp::new();
        let right = json!({"username": app.email("acme", "client"), "password": PASSWORD});
        app.anon("acme").from_network(STRANGER).post("/api/auth/login", right).await.expect(200);
        spray(&app, 60).await;
        sweep(&app).await;
        app.advance(TimeDelta::seconds(31));
        app.anon("acme").from_network(STRANGER).get("/login").await.expect(200);
        assert_eq!(alerts(&app).await[0]["kind"], "password_spraying", "it is told of all the same");
    });
}

#[test]
fn whoever_wants_no_rule_has_none() {
    pollster::block_on(async {
        let app = TestApp::new();
        app.admin("acme").patch("/api/tenant/settings", json!({"block_networks": false})).await.expect(200);
        spray(&app, 60).await;
        sweep(&app).await;
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM address_blocks"), ["0"]);
    });
}

#[test]
fn the_page_shows_alerts_and_takes_what_is_decided_about_them() {
    pollster::block_on(async {
        let app = TestApp::new();
        spray(&app, 10).await;
        sweep(&app).await;
        let admin = || app.admin("acme").in_browser().header("accept-language", "en");
        let page = admin().get("/agent/security/alerts").await.expect(200).text();
        assert!(page.contains("Many accounts tried from one network") && page.contains(STRANGER), "{page}");
        assert!(page.contains("<option value=\"7\">For a week</option>"), "{page}");
        assert!(page.contains(&format!("href=\"/agent/audit?network&#x3D;{STRANGER}\"")), "{page}");
        let id = app.asked("acme", "SELECT id FROM security_alerts").remove(0);
        admin().submit(&format!("/agent/security/alerts/{id}/silence"), &[("days", "x")]).await.expect(422);
        admin().submit(&format!("/agent/security/alerts/{id}/silence"), &[("days", "7")]).await.expect(303);
        admin().submit(&format!("/agent/security/alerts/{id}/acknowledge"), &[]).await.expect(303);
        assert!(!admin().get("/agent/security/alerts").await.expect(200).text().contains(STRANGER));
        let all = admin().get("/agent/security/alerts?all=1").await.expect(200).text();
        assert!(all.contains(STRANGER) && all.contains("Silenced until"), "{all}");
        admin().submit(&format!("/agent/security/alerts/{id}/silence"), &[("days", "0")]).await.expect(303);
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM security_silences"), ["0"]);
    });
}
