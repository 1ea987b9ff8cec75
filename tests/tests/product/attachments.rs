//! Files on tickets: what the tests of their parts have in common.

mod files;
mod forms;
mod refusals;
mod uploads;

use futures::StreamExt;
use serde_json::{Value, json};
use shared::http::{Body, BodyError, Method};
use tests::app::{Answer, Caller, TestApp};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0";
const MULTIPART: &str = "multipart/form-data; boundary=BOUNDARY";

/// A ticket of the client; its path.
async fn opened(app: &TestApp, slug: &str) -> String {
    let ticket = app.client(slug).post("/api/tickets", json!({"title": "a", "description": "b"})).await.expect(201).json();
    format!("/api/tickets/{}", ticket["id"].as_str().expect("an id"))
}

/// One part of a form: a field, or a file.
fn part(name: &str, file: Option<(&str, &str)>, bytes: &[u8]) -> Vec<u8> {
    let file_name = file.map(|(name, _)| format!("; filename=\"{name}\"")).unwrap_or_default();
    let kind = file.map(|(_, kind)| format!("Content-Type: {kind}\r\n")).unwrap_or_default();
    let head = format!("--BOUNDARY\r\nContent-Disposition: form-data; name=\"{name}\"{file_name}\r\n{kind}\r\n");
    [head.as_bytes(), bytes, b"\r\n"].concat()
}

fn form(parts: &[Vec<u8>]) -> Body {
    Body::Bytes([parts.concat(), b"--BOUNDARY--\r\n".to_vec()].concat())
}

/// Chunks as they come from the network, after which the line may break.
fn stream(chunks: impl Iterator<Item = Vec<u8>> + 'static, breaks: bool) -> Body {
    let end = breaks.then(|| Err(BodyError::BrokenOff("the line broke".to_owned())));
    Body::Stream(futures::stream::iter(chunks.map(Ok).chain(end)).boxed_local())
}

async fn attach(caller: Caller<'_>, ticket: &str, parts: &[Vec<u8>]) -> Answer {
    caller.send(Method::Post, &format!("{ticket}/attachments"), form(parts), Some(MULTIPART)).await
}

/// A file on the ticket.
async fn attached(caller: Caller<'_>, ticket: &str, name: &str, bytes: &[u8]) -> Value {
    attach(caller, ticket, &[part("file", Some((name, "application/octet-stream")), bytes)]).await.expect(201).json()["data"][0]
        .clone()
}

fn url(file: &Value) -> String {
    file["url"].as_str().expect("an address").to_owned()
}

/// What one question answers, as a number.
fn count(app: &TestApp, sql: &str) -> i64 {
    app.tenant_database("acme").inspect(|connection| connection.query_row(sql, [], |row| row.get(0)).expect("a number"))
}

/// Nothing lies in storage, whole or begun, and no row names a file.
#[track_caller]
fn nothing_is_left(app: &TestApp) {
    assert_eq!(app.platform.files.keys(), Vec::<String>::new());
    assert_eq!(app.platform.files.unfinished(), 0);
    assert_eq!(count(app, "SELECT COUNT(*) FROM ticket_attachments"), 0);
}
