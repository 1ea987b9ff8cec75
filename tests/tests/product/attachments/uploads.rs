//! Resumable uploads by tus 1.0.

use chrono::TimeDelta;
use serde_json::Value;
use shared::http::{Body, Method};
use shared::limits::PART_BYTES;
use tests::app::{Answer, Caller, TestApp};

use super::{PNG, count, nothing_is_left, opened, stream};

/// Base64 of ASCII text, for the metadata.
fn base64(text: &str) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for bytes in text.as_bytes().chunks(3) {
        let group = (0..3).fold(0u32, |group, index| group << 8 | u32::from(bytes.get(index).copied().unwrap_or(0)));
        for index in 0..4 {
            let letter = char::from(LETTERS[(group >> (18 - 6 * index) & 63) as usize]);
            out.push(if index <= bytes.len() { letter } else { '=' });
        }
    }
    out
}

fn tus(caller: Caller<'_>) -> Caller<'_> {
    caller.header("tus-resumable", "1.0.0")
}

async fn announce(caller: Caller<'_>, ticket: &str, name: &str, size: usize) -> Answer {
    let ticket = ticket.rsplit('/').next().unwrap();
    let metadata = format!("filename {},ticket {},filetype {}", base64(name), base64(ticket), base64("application/octet-stream"));
    tus(caller)
        .header("upload-length", size.to_string())
        .header("upload-metadata", metadata)
        .send(Method::Post, "/api/uploads", Body::Empty, None)
        .await
}

async fn begun(caller: Caller<'_>, ticket: &str, name: &str, size: usize) -> String {
    announce(caller, ticket, name, size).await.expect(201).headers.get("location").expect("a place").to_owned()
}

async fn send(caller: Caller<'_>, upload: &str, offset: usize, body: Body) -> Answer {
    tus(caller)
        .header("upload-offset", offset.to_string())
        .send(Method::Patch, upload, body, Some("application/offset+octet-stream"))
        .await
}

async fn offset(caller: Caller<'_>, upload: &str) -> String {
    let answer = tus(caller).send(Method::Head, upload, Body::Empty, None).await.expect(200);
    answer.headers.get("upload-offset").expect("an offset").to_owned()
}

/// Bytes that differ from place to place, so that a piece in the wrong place shows.
fn content(size: usize) -> Vec<u8> {
    (0..size).map(|index| u8::try_from(index / 1000 % 256).unwrap()).collect()
}

async fn file_of(app: &TestApp, ticket: &str) -> Value {
    app.client("acme").get(&format!("{ticket}?include=attachments")).await.expect(200).json()["attachments"][0].clone()
}

#[test]
fn the_protocol_says_what_it_can() {
    pollster::block_on(async {
        let app = TestApp::new();
        let answer = app.anon("acme").send(Method::Options, "/api/uploads", Body::Empty, None).await.expect(204);
        assert_eq!(answer.headers.get("tus-version"), Some("1.0.0"));
        assert_eq!(answer.headers.get("tus-max-size"), Some("52428800"));
        assert!(answer.headers.get("tus-extension").unwrap().contains("creation"));
        let other = app
            .client("acme")
            .header("tus-resumable", "0.2.2")
            .send(Method::Post, "/api/uploads", Body::Empty, None)
            .await
            .expect(412);
        assert_eq!(other.headers.get("tus-version"), Some("1.0.0"));
    });
}

#[test]
fn a_file_goes_on_after_the_line_broke_and_arrives_whole() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme").await;
        let whole = content(12 * 1024 * 1024);
        let upload = begun(app.client("acme"), &ticket, "base.epf", whole.len()).await;
        assert_eq!(offset(app.client("acme"), &upload).await, "0");
        // The line breaks after seven megabytes: the first whole part stays.
        let pieces: Vec<Vec<u8>> = whole[..7 * 1024 * 1024].chunks(50_000).map(<[u8]>::to_vec).collect();
        send(app.client("acme"), &upload, 0, stream(pieces.into_iter(), true)).await.expect(400);
        assert_eq!(offset(app.client("acme"), &upload).await, PART_BYTES.to_string());
        assert_eq!(count(&app, "SELECT COUNT(*) FROM ticket_attachments"), 0);
        // Less than a part is taken and not kept: the answer says where to go on.
        let little = send(app.client("acme"), &upload, PART_BYTES, Body::Bytes(whole[PART_BYTES..PART_BYTES + 1000].to_vec()))
            .await
            .expect(204);
        assert_eq!(little.headers.get("upload-offset"), Some(PART_BYTES.to_string().as_str()));
        let rest = send(app.client("acme"), &upload, PART_BYTES, Body::Bytes(whole[PART_BYTES..].to_vec())).await.expect(204);
        assert_eq!(rest.headers.get("upload-offset"), Some(whole.len().to_string().as_str()));
        assert!(rest.round_trips <= 3, "{}", rest.round_trips);
        let file = file_of(&app, &ticket).await;
        assert_eq!(file["size"], whole.len());
        assert_eq!(file["file_name"], "base.epf");
        assert_eq!(file["id"].as_str().unwrap().strip_prefix("att_"), upload.strip_prefix("/api/uploads/upl_"));
        assert!(app.agent("acme").get(file["url"].as_str().unwrap()).await.expect(200).bytes == whole);
        assert_eq!(app.platform.files.unfinished(), 0);
        // Asked once more, it is finished; it takes nothing and cannot be given up.
        assert_eq!(offset(app.client("acme"), &upload).await, whole.len().to_string());
        send(app.client("acme"), &upload, whole.len(), Body::Empty).await.expect(204);
        tus(app.client("acme")).delete(&upload).await.expect(409);
        assert_eq!(count(&app, "SELECT COUNT(*) FROM ticket_attachments"), 1);
    });
}

#[test]
fn two_requests_at_once_never_mix_their_bytes() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme").await;
        let whole = content(6 * 1024 * 1024);
        let upload = begun(app.client("acme"), &ticket, "base.cf", whole.len()).await;
        let (one, other) = futures::join!(
            send(app.client("acme"), &upload, 0, Body::Bytes(whole.clone())),
            send(app.client("acme"), &upload, 0, Body::Bytes(whole.clone()))
        );
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [204, 409], "{} {}", one.text(), other.text());
        let file = file_of(&app, &ticket).await;
        assert!(app.client("acme").get(file["url"].as_str().unwrap()).await.expect(200).bytes == whole);
        assert_eq!(count(&app, "SELECT COUNT(*) FROM ticket_attachments"), 1);
    });
}

#[test]
fn a_piece_in_the_wrong_place_is_refused() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme").await;
        let upload = begun(app.client("acme"), &ticket, "base.cf", 100).await;
        for wrong in [1, 99, 100, 1000] {
            assert_eq!(send(app.client("acme"), &upload, wrong, Body::Bytes(vec![1])).await.expect(409).code(), "upload_offset");
        }
        send(app.client("acme"), &upload, 0, Body::Bytes(vec![1; 101])).await.expect(400);
        tus(app.client("acme"))
            .header("upload-offset", "0")
            .send(Method::Patch, &upload, Body::Empty, Some("application/json"))
            .await
            .expect(415);
        tus(app.client("acme"))
            .header("upload-offset", "-1")
            .send(Method::Patch, &upload, Body::Empty, Some("application/offset+octet-stream"))
            .await
            .expect(400);
        app.client("acme")
            .header("upload-offset", "0")
            .send(Method::Patch, &upload, Body::Empty, Some("application/offset+octet-stream"))
            .await
            .expect(412);
        assert_eq!(offset(app.client("acme"), &upload).await, "0");
    });
}

#[test]
fn an_upload_is_its_senders_alone() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme").await;
        let upload = begun(app.client("acme"), &ticket, "base.cf", 4).await;
        for who in [app.agent("acme"), app.admin("acme"), app.client("globex")] {
            send(who, &upload, 0, Body::Bytes(vec![1; 4])).await.expect(404);
        }
        tus(app.agent("acme")).send(Method::Head, &upload, Body::Empty, None).await.expect(404);
        tus(app.agent("acme")).delete(&upload).await.expect(404);
        announce(app.client("globex"), &ticket, "a.png", 4).await.expect(404);
        tus(app.client("acme")).delete(&upload).await.expect(204);
        send(app.client("acme"), &upload, 0, Body::Bytes(vec![1; 4])).await.expect(404);
        nothing_is_left(&app);
        assert_eq!(count(&app, "SELECT COUNT(*) FROM uploads"), 0);
    });
}

#[test]
fn what_would_be_refused_whole_is_refused_in_pieces() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme").await;
        announce(app.client("acme"), &ticket, "a.exe", 10).await.expect(415);
        announce(app.client("acme"), &ticket, "a.svg", 10).await.expect(415);
        announce(app.client("acme"), &ticket, "a.cf", 50 * 1024 * 1024 + 1).await.expect(413);
        announce(app.client("acme"), &ticket, "a.cf", 0).await.expect(422);
        nothing_is_left(&app);
        let disguised = begun(app.client("acme"), &ticket, "a.png", 6).await;
        assert_eq!(
            send(app.client("acme"), &disguised, 0, Body::Bytes(b"<html>".to_vec())).await.expect(415).code(),
            "file_type_refused"
        );
        assert_eq!(offset(app.client("acme"), &disguised).await, "0");
        let honest = begun(app.client("acme"), &ticket, "a.png", PNG.len()).await;
        send(app.client("acme"), &honest, 0, Body::Bytes(PNG.to_vec())).await.expect(204);
        assert_eq!(file_of(&app, &ticket).await["media_type"], "image/png");
    });
}

#[test]
fn a_completed_file_whose_row_was_never_written_is_taken_up_again() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme").await;
        let upload = begun(app.client("acme"), &ticket, "a.cf", 6 * 1024 * 1024).await;
        let whole = content(6 * 1024 * 1024);
        send(app.client("acme"), &upload, 0, Body::Bytes(whole.clone())).await.expect(204);
        // As a crash between storage and database would leave it.
        app.tenant_database("acme").inspect(|connection| {
            connection
                .execute_batch(
                    "DELETE FROM ticket_attachments; UPDATE uploads SET received = 0, parts = '[]', attachment_id = NULL",
                )
                .unwrap();
        });
        let again = send(app.client("acme"), &upload, 0, Body::Bytes(whole.clone())).await.expect(204);
        assert_eq!(again.headers.get("upload-offset"), Some(whole.len().to_string().as_str()));
        let file = file_of(&app, &ticket).await;
        assert!(app.client("acme").get(file["url"].as_str().unwrap()).await.expect(200).bytes == whole);
    });
}

#[test]
fn an_upload_that_nobody_goes_on_with_is_given_up() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme").await;
        let upload = begun(app.client("acme"), &ticket, "a.cf", 6 * 1024 * 1024).await;
        let done = begun(app.client("acme"), &ticket, "a.png", PNG.len()).await;
        send(app.client("acme"), &done, 0, Body::Bytes(PNG.to_vec())).await.expect(204);
        app.advance(TimeDelta::hours(20));
        send(app.client("acme"), &upload, 0, Body::Bytes(content(PART_BYTES))).await.expect(204);
        app.advance(TimeDelta::hours(23));
        assert_eq!(offset(app.client("acme"), &upload).await, PART_BYTES.to_string(), "each piece gives it another day");
        app.advance(TimeDelta::hours(1));
        tus(app.client("acme")).send(Method::Head, &upload, Body::Empty, None).await.expect(404);
        app.advance(TimeDelta::hours(2));
        assert_eq!(app.platform.files.unfinished(), 1);
        let report = functions::actions::jobs::sweep(&app.platform).await;
        assert!(report.failures.is_empty(), "{:?}", report.failures);
        assert_eq!(app.platform.files.unfinished(), 0);
        assert_eq!(count(&app, "SELECT COUNT(*) FROM uploads"), 0);
        assert_eq!(count(&app, "SELECT COUNT(*) FROM ticket_attachments"), 1);
        app.client("acme").get(file_of(&app, &ticket).await["url"].as_str().unwrap()).await.expect(200);
    });
}

#[test]
fn one_ticket_takes_only_so_many_beginnings() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme").await;
        for _ in 0..50 {
            begun(app.client("acme"), &ticket, "a.cf", 10).await;
        }
        assert_eq!(announce(app.client("acme"), &ticket, "a.cf", 10).await.expect(409).code(), "too_many_uploads");
        assert_eq!(app.platform.files.unfinished(), 50);
    });
}

#[test]
fn a_browser_sends_pieces_with_the_sessions_token_only() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme").await;
        announce(app.client("acme").in_browser(), &ticket, "a.png", 4).await.expect(403);
        let token = app.client("acme").in_browser().csrf_token().expect("a token");
        let upload =
            begun(app.client("acme").in_browser().header("x-csrf-token", token.clone()), &ticket, "a.png", PNG.len()).await;
        send(app.client("acme").in_browser(), &upload, 0, Body::Bytes(PNG.to_vec())).await.expect(403);
        send(app.client("acme").in_browser().header("x-csrf-token", token), &upload, 0, Body::Bytes(PNG.to_vec()))
            .await
            .expect(204);
    });
}

#[test]
fn an_upload_that_ends_after_a_merge_stands_on_the_other_ticket() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (child, parent) = (opened(&app, "acme").await, opened(&app, "acme").await);
        let upload = begun(app.client("acme"), &child, "late.png", PNG.len()).await;
        let database = app.tenant_database("acme");
        database.interleave(true);
        let target = format!("{child}/merge");
        let merge = app.agent("acme").post(&target, serde_json::json!({"into": parent.rsplit('/').next()}));
        let (merged, sent) = futures::join!(merge, send(app.client("acme"), &upload, 0, Body::Bytes(PNG.to_vec())));
        database.interleave(false);
        merged.expect(200);
        sent.expect(204);
        assert_eq!(file_of(&app, &parent).await["file_name"], "late.png");
        assert_eq!(file_of(&app, &child).await, Value::Null);
        assert_eq!(offset(app.client("acme"), &upload).await, PNG.len().to_string());
    });
}

#[test]
fn one_person_has_only_so_many_unfinished_uploads_on_all_tickets() {
    pollster::block_on(async {
        let app = TestApp::new();
        let tickets = [opened(&app, "acme").await, opened(&app, "acme").await, opened(&app, "acme").await];
        for ticket in &tickets[..2] {
            for _ in 0..50 {
                begun(app.client("acme"), ticket, "a.cf", 10).await;
            }
        }
        let refused = announce(app.client("acme"), &tickets[2], "a.cf", 10).await.expect(429);
        assert_eq!((refused.code().as_str(), refused.headers.get("retry-after")), ("file_quota", Some("3600")));
        assert_eq!(app.platform.files.unfinished(), 100, "the refused one is given up in storage");
        // Others go on, and so does the person once one is finished or given up.
        begun(app.agent("acme"), &tickets[2], "a.cf", 10).await;
        let id =
            app.asked("acme", "SELECT id FROM uploads WHERE ticket_id = (SELECT min(ticket_id) FROM uploads) LIMIT 1").remove(0);
        app.client("acme").header("tus-resumable", "1.0.0").delete(&format!("/api/uploads/{id}")).await.expect(204);
        begun(app.client("acme"), &tickets[2], "a.cf", 10).await;
    });
}

#[test]
fn the_unfinished_uploads_of_one_person_promise_only_so_many_bytes() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme").await;
        for _ in 0..40 {
            begun(app.client("acme"), &ticket, "a.cf", 50 * 1024 * 1024).await;
        }
        assert_eq!(announce(app.client("acme"), &ticket, "a.cf", 1).await.expect(429).code(), "file_quota");
    });
}
