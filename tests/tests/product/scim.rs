//! Provisioning by SCIM: what a system of identities does, and what it cannot do.

mod groups;
mod hostile;
mod page;
mod people;

use serde_json::{Value, json};
use shared::http::{Body, Method};
use tests::app::{Answer, Caller, TestApp};

/// What provisioning takes.
const SCOPES: [&str; 4] = ["user.read", "user.manage", "access.read", "access.manage"];

fn run(test: impl Future<Output = ()>) {
    pollster::block_on(test);
}

/// A product and the key of a program that provisions acme.
async fn stand() -> (TestApp, String) {
    let app = TestApp::new();
    let key = key(&app, "acme", "admin", &SCOPES).await;
    (app, key)
}

async fn key(app: &TestApp, slug: &str, role: &str, scopes: &[&str]) -> String {
    let account = app.admin(slug).post("/api/service-accounts", json!({"name": "Okta", "role": role})).await.expect(201).json();
    let body = json!({"account": account["id"], "name": "SCIM", "scopes": scopes});
    app.admin(slug).post("/api/api-keys", body).await.expect(201).json()["key"].as_str().unwrap().to_owned()
}

fn okta<'a>(app: &'a TestApp, key: &str) -> Caller<'a> {
    app.anon("acme").header("authorization", format!("Bearer {key}"))
}

async fn get(app: &TestApp, key: &str, path: &str) -> Answer {
    let answer = okta(app, key).get(&format!("/scim/v2{path}")).await;
    assert!(answer.round_trips <= 3, "{} round trips: {path}", answer.round_trips);
    answer
}

async fn send(app: &TestApp, key: &str, method: Method, path: &str, body: &Value) -> Answer {
    let bytes = Body::Bytes(body.to_string().into_bytes());
    let answer = okta(app, key).send(method, &format!("/scim/v2{path}"), bytes, Some("application/scim+json")).await;
    assert!(answer.round_trips <= 3, "{} round trips: {path}", answer.round_trips);
    assert!(answer.status < 500, "{}", answer.log);
    answer
}

async fn patch(app: &TestApp, key: &str, path: &str, operations: Value) -> Answer {
    let body = json!({"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": operations});
    send(app, key, Method::Patch, path, &body).await
}

/// A person as a system of identities sends them.
fn ann() -> Value {
    json!({
        "schemas": [shared::scim::USER, shared::scim::ENTERPRISE], "externalId": "00u1", "userName": "Ann@corp.example",
        "name": {"givenName": "Ann", "familyName": "Lee"}, "active": true,
        "emails": [{"primary": true, "type": "work", "value": "ann@corp.example"}], "title": "Boss", "roles": [{"value": "admin"}]
    })
}

/// Makes somebody; answers their path.
async fn made(app: &TestApp, key: &str, person: &Value) -> String {
    let made = send(app, key, Method::Post, "/Users", person).await.expect(201).json();
    format!("/Users/{}", made["id"].as_str().unwrap())
}

/// Status and kind of a refusal.
fn refusal(answer: &Answer) -> (u16, String) {
    let error = answer.json();
    assert_eq!(error["schemas"], json!(["urn:ietf:params:scim:api:messages:2.0:Error"]));
    assert_eq!(error["status"], json!(answer.status.to_string()));
    assert!(error["detail"].as_str().is_some_and(|detail| detail.len() > 10), "{error}");
    assert_eq!(answer.headers.get("content-type"), Some("application/scim+json"));
    (answer.status, error["scimType"].as_str().unwrap_or_default().to_owned())
}

/// Of one query: the total and the ids of an answer.
fn found(answer: Answer) -> (u64, Vec<String>) {
    let list = answer.expect(200).json();
    assert_eq!(list["schemas"], json!([shared::scim::LIST]));
    let ids = list["Resources"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect();
    (list["totalResults"].as_u64().unwrap(), ids)
}

/// A filter as it stands in a path.
fn filter(text: &str) -> String {
    format!("filter={}", percent(text))
}

fn percent(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
