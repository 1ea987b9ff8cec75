//! Mails about tickets: who is told of a status, and who has chosen not to be told of what.

mod choosing;
mod muting;
mod status;
mod waiting;

use functions::actions::jobs;
use serde_json::{Value, json};
use shared::id::TenantId;
use shared::job::Job;
use tests::app::{Caller, TestApp};

fn run(test: impl Future<Output = ()>) {
    pollster::block_on(test);
}

fn tenant() -> TenantId {
    TenantId::parse(&format!("tnt_{}", "a".repeat(32))).unwrap()
}

/// A ticket of acme's client, with what `more` adds to it.
async fn opened(app: &TestApp, more: Value) -> Value {
    let mut body = json!({"title": "Printer prints nothing", "description": "Since this morning."});
    for (name, value) in more.as_object().unwrap() {
        body[name] = value.clone();
    }
    app.client("acme").post("/api/tickets", body).await.expect(201).json()
}

fn path(ticket: &Value) -> String {
    format!("/api/tickets/{}", ticket["id"].as_str().unwrap())
}

/// A change at whatever version the ticket is.
async fn change(caller: Caller<'_>, ticket: &Value, changes: Value) {
    caller.header("if-match", "*").patch(&path(ticket), changes).await.expect(200);
}

async fn say(caller: Caller<'_>, ticket: &Value, comment: Value) {
    caller.post(&format!("{}/comments", path(ticket)), comment).await.expect(201);
}

/// Mails of one kind, as `address`, in order.
fn of(app: &TestApp, template: &str) -> Vec<String> {
    app.asked("acme", &format!("SELECT recipient FROM outbox WHERE template = '{template}' ORDER BY created_at, recipient"))
}

/// What became of the mails of a kind: state and reason.
fn fates(app: &TestApp, template: &str) -> Vec<String> {
    app.asked(
        "acme",
        &format!(
            "SELECT trim(state || ' ' || COALESCE(error, '')) FROM outbox WHERE template = '{template}' ORDER BY created_at, id"
        ),
    )
}

async fn deliver(app: &TestApp) {
    let report = jobs::run(&app.platform, &Job::Outbox { tenant: tenant() }).await;
    assert!(report.failures.is_empty(), "{report:?}");
}

async fn ring(app: &TestApp) {
    let report = jobs::run(&app.platform, &Job::Sla { tenant: tenant() }).await;
    assert!(report.failures.is_empty(), "{:?}", report.failures);
}

/// The text of the last mail that left to an address.
fn last_letter(app: &TestApp, to: &str) -> shared::mail::InboundMail {
    let outbox = app.platform.outbox.borrow();
    let mail = outbox.iter().rev().find(|mail| mail.to == to).expect("a mail left");
    shared::mail::parse::parse(&mail.raw, &shared::mail::Envelope::default(), &[]).unwrap()
}

async fn choose(caller: Caller<'_>, choices: Value) {
    caller.patch("/api/users/me/notifications", json!({"mail": choices})).await.expect(200);
}
