//! A second matter gets a ticket of its own.

use serde_json::{Value, json};
use tests::app::{Answer, TestApp};

use super::{count, fault, kinds, opened, path, said, seen, texts};

async fn split(app: &TestApp, ticket: &Value, comments: &[&String]) -> Answer {
    app.agent("acme").post(&format!("{}/split", path(ticket)), json!({"title": "The second matter", "comments": comments})).await
}

#[test]
fn the_chosen_comments_begin_a_ticket_of_the_same_requester() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", "First matter").await;
        said(&app, "client", &ticket, "still about the first", "public").await;
        let note = said(&app, "agent", &ticket, "a note on the second", "internal").await;
        let question = said(&app, "client", &ticket, "and the zeppelin is slow", "public").await;
        let answer = said(&app, "agent", &ticket, "which zeppelin?", "public").await;
        let made = split(&app, &ticket, &[&answer, &question, &note]).await.expect(201);
        assert!(made.round_trips <= 3, "{}", made.round_trips);
        assert!(made.headers.get("location").is_some());
        let new = made.json();
        assert_eq!(new["title"], "The second matter");
        assert_eq!(new["description"], "and the zeppelin is slow");
        assert_eq!(new["requester"]["id"], ticket["requester"]["id"]);
        assert_eq!(new["comment_count"], 1);
        let shown = seen(&app, "agent", &new).await;
        assert_eq!(shown["comment_count"], 1);
        assert_eq!(texts(&shown), ["a note on the second", "which zeppelin?"]);
        assert_eq!(texts(&seen(&app, "client", &new).await), ["which zeppelin?"]);
        let old = seen(&app, "agent", &ticket).await;
        assert_eq!(texts(&old), ["still about the first", "and the zeppelin is slow"]);
        assert_eq!(old["comment_count"], 2);
        assert!(kinds(&old).contains(&"split".to_owned()));
        let links = app.agent("acme").get(&format!("{}/links", path(&ticket))).await.expect(200).json();
        assert_eq!(links["data"][0]["kind"], "split_into");
        assert_eq!(links["data"][0]["ticket"]["id"], new["id"]);
        assert_eq!(
            app.client("acme").get("/api/tickets?q=zeppelin").await.expect(200).json()["data"].as_array().unwrap().len(),
            2
        );
        assert_eq!(count(&app, "SELECT COUNT(*) FROM audit_logs WHERE action = 'ticket.split'"), 1);
    });
}

#[test]
fn a_note_alone_never_becomes_what_a_client_reads() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", "First").await;
        let other = opened(&app, "acme", "Other").await;
        let note = said(&app, "agent", &ticket, "a note", "internal").await;
        let elsewhere = said(&app, "client", &other, "elsewhere", "public").await;
        assert_eq!(fault(&split(&app, &ticket, &[&note]).await), ("comments".to_owned(), "needs_public".to_owned()));
        assert_eq!(fault(&split(&app, &ticket, &[&elsewhere]).await), ("comments".to_owned(), "unknown_value".to_owned()));
        assert_eq!(fault(&split(&app, &ticket, &[]).await), ("comments".to_owned(), "required".to_owned()));
        app.client("acme").post(&format!("{}/split", path(&ticket)), json!({"title": "x", "comments": [note]})).await.expect(403);
        app.agent("globex")
            .post(&format!("{}/split", path(&ticket)), json!({"title": "x", "comments": [note]}))
            .await
            .expect(404);
        assert_eq!(count(&app, "SELECT COUNT(*) FROM tickets WHERE tenant_id LIKE 'tnt_a%'"), 2);
    });
}
