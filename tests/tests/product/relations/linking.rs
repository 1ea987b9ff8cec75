//! Links, as both tickets see them.

use serde_json::{Value, json};
use tests::app::{Answer, TestApp};

use super::{count, fault, kinds, opened, path, seen};

async fn link(app: &TestApp, ticket: &Value, kind: &str, other: &Value) -> Answer {
    app.agent("acme").post(&format!("{}/links", path(ticket)), json!({"kind": kind, "ticket": other["number"]})).await
}

async fn links(app: &TestApp, ticket: &Value) -> Vec<(String, String)> {
    let answer = app.agent("acme").get(&format!("{}/links", path(ticket))).await.expect(200).json();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    answer["data"].as_array().unwrap().iter().map(|link| (text(&link["kind"]), text(&link["ticket"]["number"]))).collect()
}

#[test]
fn each_end_sees_what_it_is_to_the_other() {
    pollster::block_on(async {
        let app = TestApp::new();
        for (kind, back) in [
            ("related", "related"),
            ("duplicate", "duplicated"),
            ("problem", "incident"),
            ("incident", "problem"),
            ("parent", "child"),
            ("child", "parent"),
        ] {
            let (one, other) = (opened(&app, "acme", "One").await, opened(&app, "acme", "Other").await);
            let made = link(&app, &one, kind, &other).await.expect(201);
            assert!(made.round_trips <= 3, "{}", made.round_trips);
            let text = |ticket: &Value| ticket["number"].as_str().unwrap().to_owned();
            assert_eq!(links(&app, &one).await, [(kind.to_owned(), text(&other))]);
            assert_eq!(links(&app, &other).await, [(back.to_owned(), text(&one))]);
            assert_eq!(link(&app, &one, kind, &other).await.expect(409).code(), "already_linked");
            assert!(kinds(&seen(&app, "agent", &other).await).contains(&"linked".to_owned()));
            assert!(!kinds(&seen(&app, "client", &other).await).contains(&"linked".to_owned()), "links are the desk's");
            let id = made.json()["id"].as_str().unwrap().to_owned();
            app.agent("acme").delete(&format!("{}/links/{id}", path(&other))).await.expect(204);
            app.agent("acme").delete(&format!("{}/links/{id}", path(&other))).await.expect(404);
            assert!(links(&app, &one).await.is_empty());
        }
    });
}

#[test]
fn no_ticket_stands_above_itself_and_a_child_has_one_parent() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (a, b, c) = (opened(&app, "acme", "A").await, opened(&app, "acme", "B").await, opened(&app, "acme", "C").await);
        assert_eq!(fault(&link(&app, &a, "related", &a).await), ("ticket".to_owned(), "itself".to_owned()));
        link(&app, &b, "child", &a).await.expect(201);
        link(&app, &c, "child", &b).await.expect(201);
        assert_eq!(link(&app, &a, "child", &c).await.expect(409).code(), "link_circle");
        assert_eq!(link(&app, &c, "parent", &a).await.expect(409).code(), "link_circle");
        assert_eq!(link(&app, &a, "child", &b).await.expect(409).code(), "already_linked");
        assert_eq!(link(&app, &c, "child", &a).await.expect(409).code(), "has_parent");
        link(&app, &c, "related", &a).await.expect(201);
        assert_eq!(count(&app, "SELECT COUNT(*) FROM ticket_links"), 3);
    });
}

#[test]
fn links_lead_to_no_other_tenant_and_are_taken_from_no_other_ticket() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (one, other, third) =
            (opened(&app, "acme", "One").await, opened(&app, "acme", "Other").await, opened(&app, "acme", "Third").await);
        let foreign = opened(&app, "globex", "Foreign").await;
        let answer =
            app.agent("acme").post(&format!("{}/links", path(&one)), json!({"kind": "related", "ticket": foreign["id"]})).await;
        assert_eq!(fault(&answer), ("ticket".to_owned(), "unknown_value".to_owned()));
        let id = link(&app, &one, "related", &other).await.expect(201).json()["id"].as_str().unwrap().to_owned();
        app.agent("acme").delete(&format!("{}/links/{id}", path(&third))).await.expect(404);
        app.agent("globex").delete(&format!("{}/links/{id}", path(&foreign))).await.expect(404);
        app.client("acme").get(&format!("{}/links", path(&one))).await.expect(403);
        app.client("acme")
            .post(&format!("{}/links", path(&one)), json!({"kind": "related", "ticket": other["id"]}))
            .await
            .expect(403);
        let wrong =
            app.agent("acme").post(&format!("{}/links", path(&one)), json!({"kind": "sibling", "ticket": other["id"]})).await;
        assert_eq!(fault(&wrong), ("kind".to_owned(), "unknown_value".to_owned()));
        assert_eq!(links(&app, &one).await.len(), 1);
        // A deleted ticket is not shown at the other end.
        app.manager("acme").delete(&path(&other)).await.expect(204);
        assert!(links(&app, &one).await.is_empty());
    });
}
