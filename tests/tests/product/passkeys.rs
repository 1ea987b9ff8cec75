//! Passkeys: adding them, signing in by them, proving anew by them, looking after them, and every way in which one can lie.

pub(super) mod authenticator;
mod keeping;
mod pages;
mod proving;
mod registering;
mod signing_in;

use serde_json::{Value, json};
use tests::app::{Answer, Caller, PASSWORD, TestApp};

use authenticator::{Authenticator, Key, truth};

fn run(test: impl Future<Output = ()>) {
    pollster::block_on(test);
}

/// What acme's person of that role is asked who wants to add a passkey.
async fn to_make(app: &TestApp, role: &str) -> Value {
    app.signed_in("acme", role).post("/api/auth/passkeys/options", json!({})).await.expect(200).json()
}

/// What anybody is asked who wants to sign in to `slug`.
pub(super) async fn to_sign_in(app: &TestApp, slug: &str) -> Value {
    app.anon(slug).post("/api/auth/passkeys/sign-in/options", json!({})).await.expect(200).json()
}

async fn add(app: &TestApp, role: &str, credential: Value) -> Answer {
    app.signed_in("acme", role).post("/api/auth/passkeys", json!({"credential": credential})).await
}

/// Adds a passkey of that name to acme's person of that role.
pub(super) async fn enrol(app: &TestApp, role: &str, name: &str) -> (Authenticator, Value) {
    let mut device = Authenticator::new(Key::p256(), name);
    let credential = device.make(&to_make(app, role).await, truth);
    let added = add(app, role, credential).await.expect(201).json();
    (device, added)
}

async fn sign_in(app: &TestApp, slug: &str, credential: Value) -> Answer {
    app.anon(slug).post("/api/auth/passkeys/sign-in", json!({"credential": credential})).await
}

/// Signs in to acme by a passkey that says the truth; answers the access token.
async fn signed_in(app: &TestApp, device: &Authenticator) -> String {
    let credential = device.answer(&to_sign_in(app, "acme").await, truth);
    sign_in(app, "acme", credential).await.expect(200).json()["access_token"].as_str().unwrap().to_owned()
}

async fn login(app: &TestApp, role: &str) -> Answer {
    app.anon("acme").post("/api/auth/login", json!({"username": format!("{role}@acme.example"), "password": PASSWORD})).await
}

fn bearer<'a>(app: &'a TestApp, token: &str) -> Caller<'a> {
    app.anon("acme").header("authorization", format!("Bearer {token}"))
}

/// Mails about the safety of acme's accounts: what happened, by name.
fn notices(app: &TestApp) -> Vec<String> {
    app.asked("acme", "SELECT json_extract(data, '$.event') FROM outbox WHERE template = 'security_notice' ORDER BY 1")
}

/// Why the latest passkey was refused, as the audit log has it.
fn last_fault(app: &TestApp) -> String {
    app.asked(
        "acme",
        "SELECT json_extract(detail, '$.fault') FROM audit_logs WHERE json_extract(detail, '$.fault') IS NOT NULL ORDER BY seq DESC LIMIT 1",
    )
    .remove(0)
}

fn audited(app: &TestApp, action: &str) -> usize {
    app.asked("acme", &format!("SELECT 1 FROM audit_logs WHERE action = '{action}'")).len()
}
