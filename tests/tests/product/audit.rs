//! The audit log: what is written, how it is sealed, that nothing can be changed unseen, and how it is read.

mod exporting;
mod pages;
mod reading;
mod sealing;
mod tampering;
mod writing;

use chrono::TimeDelta;
use functions::actions::audit::seal;
use rusqlite::Connection;
use serde_json::{Value, json};
use tests::app::TestApp;

fn run(test: impl Future<Output = ()>) {
    pollster::block_on(test);
}

/// Seals what is due, as a sweep does, and answers how many lines that were.
async fn sealed(app: &TestApp, slug: &str) -> usize {
    app.as_product(slug, async |ctx| seal::seal_due(ctx).await.unwrap()).await
}

/// What everybody does in a day: some lines of many kinds.
async fn a_day(app: &TestApp) {
    for title in ["Накладная не печатается", "Stock is wrong", "المخزون غير صحيح"] {
        let body = json!({"title": title, "description": "Since this morning."});
        let ticket = app.client("acme").post("/api/tickets", body).await.expect(201).json();
        let path = format!("/api/tickets/{}", ticket["id"].as_str().unwrap());
        app.agent("acme").post(&format!("{path}/comments"), json!({"body": "We are looking."})).await.expect(201);
        app.agent("acme").header("if-match", "*").patch(&path, json!({"priority": "high", "tags": ["erp"]})).await.expect(200);
        app.advance(TimeDelta::seconds(7));
    }
    let agent = format!("/api/users/{}", app.user_id("acme", "agent"));
    app.admin("acme").header("if-match", "*").patch(&agent, json!({"name": "Анна Петрова"})).await.expect(200);
    app.admin("acme").header("if-match", "*").patch(&agent, json!({"role": "manager"})).await.expect(200);
    app.manager("acme").get(&agent).await.expect(200);
    app.admin("acme").post("/api/departments", json!({"name": "Second line"})).await.expect(201);
    app.admin("acme").patch("/api/tenant/settings", json!({"auto_close_days": 9})).await.expect(200);
    app.client("acme").get("/api/users").await.expect(403);
    let wrong = json!({"username": app.email("acme", "client"), "password": "not this one at all"});
    app.anon("acme").post("/api/auth/login", wrong).await.expect(401);
}

/// Whatever somebody can do who writes into the database past the product.
fn tamper(app: &TestApp, slug: &str, change: impl FnOnce(&Connection)) {
    app.tenant_database(slug).inspect(|connection| {
        for table in ["audit_logs", "audit_seals", "audit_checkpoints"] {
            for event in ["update", "delete"] {
                connection.execute_batch(&format!("DROP TRIGGER IF EXISTS {table}_are_append_only_{event}")).unwrap();
            }
        }
        connection.pragma_update(None, "ignore_check_constraints", "ON").unwrap();
        change(connection);
    });
}

/// The verdict on the whole log, part by part: every fault as `5 edited`.
async fn verdict(app: &TestApp, slug: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut target = "/api/audit/verify".to_owned();
    loop {
        let answer = app.admin(slug).get(&target).await.expect(200);
        assert!(answer.round_trips <= 3);
        let answer = answer.json();
        let found = answer["data"]["faults"].as_array().unwrap();
        assert_eq!(answer["data"]["ok"], found.is_empty());
        faults.extend(found.iter().map(|fault| format!("{} {}", fault["seq"], fault["kind"].as_str().unwrap())));
        match answer["meta"]["next_cursor"].as_str() {
            Some(cursor) => target = format!("/api/audit/verify?cursor={cursor}"),
            None => return faults,
        }
    }
}

/// So many lines of the past at once, about nothing in particular.
fn noise(app: &TestApp, slug: &str, count: u32) {
    let tenant = app.asked(slug, "SELECT tenant_id FROM users LIMIT 1").remove(0);
    app.tenant_database(slug).inspect(|connection| {
        connection
            .execute(
                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2)
                INSERT INTO audit_logs (tenant_id, id, at, actor, action, subject, request_id)
                SELECT ?1, printf('evt_%032x', i), 1700000000000 + i, 'system', 'sla.fired', 'tkt_' || i, 'r' FROM n",
                (&tenant, count),
            )
            .unwrap();
    });
}

fn actions(list: &Value) -> Vec<String> {
    list["data"].as_array().unwrap().iter().map(|line| line["action"].as_str().unwrap().to_owned()).collect()
}
