//! Ids within a body: a thing of another tenant is as little known there as in the path.

use serde_json::{Value, json};
use shared::http::{Body, Method};
use tests::app::Answer;

use super::comparable;
use super::fixtures::Fixtures;

/// A body that names something, with `ID` in its place; the name of its kind in the fixtures.
type Naming = (Method, &'static str, &'static str, fn(&str) -> Value);

const BODIES: &[Naming] = &[
    (Method::Post, "/api/tickets", "user", |id| json!({"title": "a", "description": "b", "assignee": id})),
    (Method::Post, "/api/tickets", "user", |id| json!({"title": "a", "description": "b", "requester": {"id": id}})),
    (Method::Post, "/api/tickets", "department", |id| json!({"title": "a", "description": "b", "department": id})),
    (Method::Post, "/api/tickets", "category", |id| json!({"title": "a", "description": "b", "category": id})),
    (Method::Patch, "/api/tickets/{ticket}", "user", |id| json!({"assignee": id})),
    (Method::Patch, "/api/tickets/{ticket}", "department", |id| json!({"department": id})),
    (Method::Patch, "/api/tickets/{ticket}", "organization", |id| json!({"organization": id})),
    (Method::Patch, "/api/tickets/{ticket}", "category", |id| json!({"category": id})),
    (Method::Post, "/api/tickets/{ticket}/followers", "user", |id| json!({"user": id})),
    (Method::Post, "/api/tickets/{ticket}/links", "ticket", |id| json!({"kind": "related", "ticket": id})),
    (Method::Post, "/api/tickets/{ticket}/links", "number", |id| json!({"kind": "related", "ticket": id})),
    (Method::Post, "/api/tickets/{ticket}/merge", "ticket", |id| json!({"into": id})),
    (Method::Post, "/api/tickets/{ticket}/merge", "number", |id| json!({"into": id})),
    (Method::Post, "/api/tickets/{ticket}/split", "comment", |id| json!({"title": "a", "comments": [id]})),
    (
        Method::Post,
        "/api/users",
        "organization",
        |id| json!({"email": "x@client.example", "name": "X", "role": "client", "organization": id}),
    ),
    (
        Method::Post,
        "/api/users",
        "department",
        |id| json!({"email": "x@client.example", "name": "X", "role": "agent", "department": id}),
    ),
    (Method::Post, "/api/users", "role", |id| json!({"email": "x@client.example", "name": "X", "role": id})),
    (Method::Patch, "/api/users/{user}", "organization", |id| json!({"organization": id})),
    (Method::Patch, "/api/users/{user}", "department", |id| json!({"department": id})),
    (Method::Patch, "/api/users/{user}", "role", |id| json!({"role": id})),
    (Method::Post, "/api/groups/{group}/members", "user", |id| json!({"user": id})),
    (Method::Post, "/api/grants", "user", |id| json!({"user": id, "role": "client", "reach": "own"})),
    (Method::Post, "/api/grants", "group", |id| json!({"group": id, "role": "client", "reach": "own"})),
    (Method::Post, "/api/delegations", "user", |id| json!({"deputy": id, "ends_at": "2026-03-03T07:00:00Z"})),
    (Method::Post, "/api/directories/{directory}/people", "user", |id| json!({"user": id, "username": "x"})),
    (Method::Post, "/api/api-keys", "account", |id| json!({"account": id, "name": "x", "scopes": ["ticket.read"]})),
    (Method::Post, "/api/policies/explain", "ticket", |id| json!({"ticket": id})),
];

/// The thing of that kind; of people somebody who can be given work.
fn thing(fixtures: &Fixtures, kind: &str, slug: &str) -> String {
    if kind == "user" { fixtures.app.user_id(slug, "agent") } else { fixtures.value(kind, slug) }
}

async fn named(fixtures: &Fixtures, (method, path, _, body): &Naming, id: &str) -> Answer {
    let body = Body::Bytes(body(id).to_string().into_bytes());
    let caller = fixtures.app.admin("acme").header("if-match", "*");
    caller.send(*method, &fixtures.path(path, "acme"), body, Some("application/json")).await
}

#[test]
fn another_tenants_id_within_a_body_answers_exactly_as_one_that_never_was() {
    pollster::block_on(async {
        let fixtures = Fixtures::plant().await;
        for naming in BODIES {
            let (method, path, kind, _) = naming;
            let (foreign, unknown) = (thing(&fixtures, kind, "globex"), fixtures.unknown(kind));
            let one = named(&fixtures, naming, &foreign).await;
            let other = named(&fixtures, naming, &unknown).await;
            let told = format!("{} {path} with another tenant's {kind} answered {}: {}", method.as_str(), one.status, one.text());
            assert!(matches!(one.status, 404 | 422), "{told}");
            assert_eq!(comparable(&one, &foreign), comparable(&other, &unknown), "{told}");
        }
    });
}

/// The same bodies do something with what is there: what is refused above is refused for its tenant.
#[test]
fn ones_own_id_in_the_same_place_is_found() {
    pollster::block_on(async {
        for naming in BODIES {
            let fixtures = Fixtures::plant().await;
            let (method, path, kind, _) = naming;
            let own = thing(&fixtures, kind, "acme");
            let answer = named(&fixtures, naming, &own).await;
            let unknown = named(&fixtures, naming, &fixtures.unknown(kind)).await;
            let told = format!("{} {path} with one's own {kind} answered {}: {}", method.as_str(), answer.status, answer.text());
            assert!(answer.status < 300 || comparable(&answer, &own) != comparable(&unknown, &fixtures.unknown(kind)), "{told}");
        }
    });
}
