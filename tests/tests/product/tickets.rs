//! Tickets through the JSON API: what the tests of their parts have in common.

mod changing;
mod commenting;
mod creating;
mod deleting;
mod listing;
mod seeing;
mod service_levels;
mod telling;
mod unverified;

use serde_json::{Value, json};
use tests::app::{Answer, TestApp};

/// A ticket of the client, with what `more` adds to it.
async fn opened(app: &TestApp, slug: &str, more: Value) -> Value {
    let mut body = json!({"title": "Printer prints nothing", "description": "Since this morning."});
    for (name, value) in more.as_object().expect("an object") {
        body[name] = value.clone();
    }
    app.client(slug).post("/api/tickets", body).await.expect(201).json()
}

fn path(ticket: &Value) -> String {
    format!("/api/tickets/{}", ticket["id"].as_str().expect("an id"))
}

/// A change by the agent at whatever version the ticket is.
async fn changed(app: &TestApp, ticket: &Value, changes: Value) -> Value {
    app.agent("acme").header("if-match", "*").patch(&path(ticket), changes).await.expect(200).json()
}

/// The first fault of a 422: field and code.
#[track_caller]
fn fault(answer: &Answer) -> (String, String) {
    assert_eq!(answer.status, 422, "{}", answer.text());
    let fault = &answer.json()["errors"][0];
    (fault["field"].as_str().unwrap_or_default().to_owned(), fault["code"].as_str().unwrap_or_default().to_owned())
}

#[track_caller]
fn named(answer: &Answer, field: &str, code: &str) {
    assert_eq!(fault(answer), (field.to_owned(), code.to_owned()));
}

/// Mails that wait, as `template to address`, in order.
fn mails(app: &TestApp) -> Vec<String> {
    app.asked("acme", "SELECT template || ' to ' || recipient FROM outbox ORDER BY created_at, template, recipient")
}
