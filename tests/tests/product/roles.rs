//! Roles of the tenant's own, groups, and what becomes of people: who may do what from their next request on.

mod groups;
mod leaving;
mod own_roles;
mod pages;

use serde_json::{Value, json};
use tests::app::{Caller, TestApp};

fn run(test: impl Future<Output = ()>) {
    pollster::block_on(test);
}

const AGENTS: [&str; 11] = [
    "ticket.read",
    "ticket.read_internal",
    "ticket.create",
    "ticket.reply",
    "ticket.update",
    "ticket.assign",
    "ticket.merge",
    "sla.read",
    "mail.read",
    "user.read",
    "desk.read",
];

/// A role that the administrator of `acme` makes; answers its id.
async fn role(app: &TestApp, name: &str, base: &str, permissions: &[&str]) -> String {
    let body = json!({"name": name, "base": base, "permissions": permissions});
    let answer = app.admin("acme").post("/api/roles", body).await.expect(201).json();
    answer["id"].as_str().unwrap().to_owned()
}

/// Gives the tests' person of `role` another role.
async fn give(app: &TestApp, role: &str, other: &str) -> Value {
    let path = format!("/api/users/{}", app.user_id("acme", role));
    app.admin("acme").patch(&path, json!({"role": other})).await.expect(200).json()
}

/// What somebody may do by what the product tells them.
async fn permissions(caller: Caller<'_>) -> Vec<String> {
    let me = caller.get("/api/auth/me").await.expect(200).json();
    me["permissions"].as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect()
}

/// Actions that the audit log has of a subject, by name: the clock of a test stands still.
fn audited(app: &TestApp, subject: &str) -> Vec<String> {
    app.asked("acme", &format!("SELECT action FROM audit_logs WHERE subject = '{subject}' ORDER BY action"))
}

/// A grant as it will be given by its own routes.
fn grant(app: &TestApp, to: (&str, &str), role: (&str, &str), ends_at: i64) {
    app.tenant_database("acme").inspect(|connection| {
        let sql = format!(
            "INSERT INTO grants (tenant_id, id, {}, {}, reach, starts_at, ends_at, created_by, created_at)
             VALUES ('tnt_{}', 'gra_' || lower(hex(randomblob(16))), ?1, ?2, 'all', 0, ?3, 'system', 0)",
            to.0,
            role.0,
            "a".repeat(32)
        );
        connection.execute(&sql, rusqlite::params![to.1, role.1, ends_at]).unwrap();
    });
}

const FOR_GOOD: i64 = 9_000_000_000_000;
