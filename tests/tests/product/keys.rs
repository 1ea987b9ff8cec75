//! Accounts of programs, the keys by which they ask, and the tokens that they get for them.

mod accounts;
mod asking;
mod making;
mod oauth;
mod pages;

use serde_json::{Value, json};
use shared::http::Method;
use tests::app::{Answer, Caller, TestApp};

fn run(test: impl Future<Output = ()>) {
    pollster::block_on(test);
}

/// A service account of that role; answers its id.
async fn account(app: &TestApp, slug: &str, role: &str) -> String {
    let body = json!({"name": format!("{slug} ERP"), "role": role});
    let made = app.admin(slug).post("/api/service-accounts", body).await.expect(201).json();
    made["id"].as_str().unwrap().to_owned()
}

/// A key of the account with these scopes, as it is answered once.
async fn key(app: &TestApp, slug: &str, account: &str, scopes: &[&str]) -> Value {
    key_with(app, slug, json!({"account": account, "name": "Nightly import", "scopes": scopes})).await
}

async fn key_with(app: &TestApp, slug: &str, body: Value) -> Value {
    app.admin(slug).post("/api/api-keys", body).await.expect(201).json()
}

/// The key's text.
fn text(key: &Value) -> String {
    key["key"].as_str().unwrap().to_owned()
}

fn path(key: &Value) -> String {
    format!("/api/api-keys/{}", key["id"].as_str().unwrap())
}

/// A program of that tenant with a key that allows this.
async fn program(app: &TestApp, slug: &str, role: &str, scopes: &[&str]) -> (String, Value) {
    let account = account(app, slug, role).await;
    let key = key(app, slug, &account, scopes).await;
    (account, key)
}

/// Whoever shows this after `Bearer`.
fn bearer<'a>(app: &'a TestApp, slug: &str, credential: &str) -> Caller<'a> {
    app.anon(slug).header("authorization", format!("Bearer {credential}"))
}

async fn ask(app: &TestApp, credential: &str, target: &str) -> Answer {
    bearer(app, "acme", credential).get(target).await
}

/// What a route of a page answers to the same.
async fn open(app: &TestApp, credential: &str, target: &str) -> Answer {
    bearer(app, "acme", credential).send(Method::Get, target, shared::http::Body::Empty, None).await
}

/// All lines of the audit log, whole.
fn lines(app: &TestApp) -> Vec<String> {
    app.asked("acme", "SELECT json_array(actor, action, subject, outcome, detail) FROM audit_logs ORDER BY seq")
}
