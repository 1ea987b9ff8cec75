//! Tickets among each other: what the tests of merging, splitting, linking, following and bulk changes have in common.

mod bulk;
mod following;
mod linking;
mod merging;
mod searching;
mod splitting;

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::app::TestApp;

/// A ticket of the client.
async fn opened(app: &TestApp, slug: &str, title: &str) -> Value {
    let body = json!({"title": title, "description": format!("{title}, in many words")});
    app.client(slug).post("/api/tickets", body).await.expect(201).json()
}

/// A ticket of another client of the same tenant, of no company.
async fn opened_by_another(app: &TestApp, title: &str, email: &str) -> Value {
    let body = json!({"title": title, "description": format!("{title}, in many words"), "requester": {"email": email}});
    app.agent("acme").post("/api/tickets", body).await.expect(201).json()
}

fn path(ticket: &Value) -> String {
    format!("/api/tickets/{}", ticket["id"].as_str().expect("an id"))
}

async fn said(app: &TestApp, role: &str, ticket: &Value, body: &str, visibility: &str) -> String {
    app.advance(TimeDelta::seconds(1));
    let comment = json!({"body": body, "visibility": visibility});
    let answer = app.signed_in("acme", role).post(&format!("{}/comments", path(ticket)), comment).await.expect(201).json();
    answer["id"].as_str().expect("an id").to_owned()
}

async fn seen(app: &TestApp, role: &str, ticket: &Value) -> Value {
    app.signed_in("acme", role).get(&format!("{}?include=comments,attachments,history", path(ticket))).await.expect(200).json()
}

fn texts(ticket: &Value) -> Vec<String> {
    ticket["comments"]
        .as_array()
        .expect("comments")
        .iter()
        .map(|comment| comment["body"].as_str().unwrap_or_default().to_owned())
        .collect()
}

fn kinds(ticket: &Value) -> Vec<String> {
    ticket["history"]
        .as_array()
        .expect("a history")
        .iter()
        .map(|line| line["kind"].as_str().unwrap_or_default().to_owned())
        .collect()
}

/// The first fault of a 422: field and code.
fn fault(answer: &tests::app::Answer) -> (String, String) {
    assert_eq!(answer.status, 422, "{}", answer.text());
    let fault = &answer.json()["errors"][0];
    (fault["field"].as_str().unwrap_or_default().to_owned(), fault["code"].as_str().unwrap_or_default().to_owned())
}

fn count(app: &TestApp, sql: &str) -> i64 {
    app.tenant_database("acme").inspect(|connection| connection.query_row(sql, [], |row| row.get(0)).expect("a number"))
}
