//! Files within a form, and those that went ahead of it.

use serde_json::json;
use shared::http::Method;
use tests::app::{Answer, TestApp};

use super::{MULTIPART, PNG, attach, attached, form, nothing_is_left, opened, part};

async fn reply(app: &TestApp, role: &str, ticket: &str, parts: &[Vec<u8>]) -> Answer {
    let shown = app.agent("acme").get(ticket).await.expect(200).json();
    let target = format!("/tickets/{}/reply", shown["number"].as_str().unwrap());
    app.signed_in("acme", role).in_browser().send(Method::Post, &target, form(parts), Some(MULTIPART)).await
}

fn token(app: &TestApp) -> Vec<u8> {
    part("csrf", None, app.client("acme").in_browser().csrf_token().expect("a token").as_bytes())
}

fn png(name: &str) -> Vec<u8> {
    part("attachments", Some((name, "image/png")), PNG)
}

#[test]
fn files_of_an_answer_and_those_sent_ahead_hang_on_its_comment() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme").await;
        let ahead = attached(app.client("acme"), &ticket, "ahead.png", PNG).await;
        let foreign = attached(app.agent("acme"), &ticket, "agents.png", PNG).await;
        let parts = [
            token(&app),
            part("body", None, "Here it is".as_bytes()),
            part("upload", None, ahead["id"].as_str().unwrap().as_bytes()),
            part("upload", None, foreign["id"].as_str().unwrap().as_bytes()),
            part("upload", None, b"nonsense"),
            png("within.png"),
            part("attachments", Some(("", "application/octet-stream")), b""),
        ];
        reply(&app, "client", &ticket, &parts).await.expect(303);
        let shown = app.agent("acme").get(&format!("{ticket}?include=comments,attachments")).await.expect(200).json();
        let comment = &shown["comments"][0]["id"];
        let mut on: Vec<(String, bool)> = shown["attachments"]
            .as_array()
            .unwrap()
            .iter()
            .map(|file| (file["file_name"].as_str().unwrap().to_owned(), &file["comment_id"] == comment))
            .collect();
        on.sort();
        assert_eq!(on, [("agents.png".to_owned(), false), ("ahead.png".to_owned(), true), ("within.png".to_owned(), true)]);
    });
}

#[test]
fn thanks_with_a_file_open_a_solved_ticket_again_and_without_one_do_not() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme").await;
        app.agent("acme").header("if-match", "*").patch(&ticket, json!({"status": "resolved"})).await.expect(200);
        let thanks = part("body", None, "Спасибо!".as_bytes());
        let empty = part("attachments", Some(("", "application/octet-stream")), b"");
        reply(&app, "client", &ticket, &[token(&app), thanks.clone(), empty]).await.expect(303);
        assert_eq!(app.agent("acme").get(&ticket).await.expect(200).json()["status"], "resolved");
        reply(&app, "client", &ticket, &[token(&app), thanks, png("still.png")]).await.expect(303);
        assert_eq!(app.agent("acme").get(&ticket).await.expect(200).json()["status"], "in_progress");
    });
}

#[test]
fn a_form_whose_token_does_not_come_first_stores_nothing() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme").await;
        let body = part("body", None, b"x");
        for parts in [
            vec![png("a.png"), token(&app), body.clone()],
            vec![body.clone(), token(&app)],
            vec![body.clone(), png("a.png")],
            vec![part("csrf", None, b"forged"), body.clone(), png("a.png")],
        ] {
            reply(&app, "client", &ticket, &parts).await.expect(403);
        }
        nothing_is_left(&app);
    });
}

#[test]
fn a_form_that_is_refused_leaves_no_files() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme").await;
        reply(&app, "client", &ticket, &[token(&app), part("body", None, b" "), png("a.png")]).await.expect(422);
        nothing_is_left(&app);
        reply(
            &app,
            "client",
            &ticket,
            &[token(&app), part("body", None, b"x"), png("a.png"), part("attachments", Some(("a.exe", "image/png")), PNG)],
        )
        .await
        .expect(422);
        nothing_is_left(&app);
        reply(
            &app,
            "client",
            &ticket,
            &[token(&app), part("body", None, b"x"), part("avatar", Some(("a.png", "image/png")), PNG)],
        )
        .await
        .expect(400);
        let eleven: Vec<_> = [token(&app), part("body", None, b"x")].into_iter().chain((0..11).map(|_| png("a.png"))).collect();
        reply(&app, "client", &ticket, &eleven).await.expect(422);
        nothing_is_left(&app);
        assert_eq!(app.agent("acme").get(&ticket).await.expect(200).json()["comment_count"], json!(0));
    });
}

#[test]
fn a_file_sent_ahead_for_a_note_is_the_desks_alone_from_the_beginning() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme").await;
        let ahead =
            attach(app.agent("acme"), &ticket, &[part("visibility", None, b"internal"), png("a.png")]).await.expect(201).json();
        let id = ahead["data"][0]["id"].as_str().unwrap().to_owned();
        app.client("acme").get(&format!("/api/attachments/{id}")).await.expect(404);
    });
}
