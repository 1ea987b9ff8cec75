//! Files that come in one request, and how they are handed out.

use serde_json::json;
use shared::http::Method;
use shared::limits::PART_BYTES;
use shared::platform::Files;
use tests::app::TestApp;

use super::{MULTIPART, PNG, attach, attached, count, opened, part, stream, url};

#[test]
fn several_files_come_at_once_and_each_is_there_byte_for_byte() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme").await;
        let answer = attach(
            app.client("acme"),
            &ticket,
            &[
                part("a", Some(("screen.png", "image/png")), PNG),
                part("b", Some(("log.txt", "text/plain")), b"line one\r\nline two"),
            ],
        )
        .await
        .expect(201);
        assert!(answer.round_trips <= 3, "{}", answer.round_trips);
        let files = answer.json()["data"].clone();
        assert_eq!(files[0]["media_type"], "image/png");
        assert_eq!(files[1]["file_name"], "log.txt");
        assert_eq!(files[1]["visibility"], "public");
        let got = app.agent("acme").get(&url(&files[1])).await.expect(200);
        assert_eq!(got.bytes, b"line one\r\nline two");
        assert!(got.round_trips <= 2, "{}", got.round_trips);
        assert_eq!(app.client("acme").get(&url(&files[0])).await.expect(200).bytes, PNG);
        let shown = app.client("acme").get(&format!("{ticket}?include=attachments,history")).await.expect(200).json();
        assert_eq!(shown["attachments"].as_array().unwrap().len(), 2);
        assert_eq!(shown["history"].as_array().unwrap().iter().filter(|line| line["kind"] == "attachment").count(), 2);
        assert_eq!(count(&app, "SELECT COUNT(*) FROM audit_logs WHERE action = 'attachment.added'"), 2);
    });
}

#[test]
fn a_large_file_goes_through_with_one_part_in_memory_at_a_time() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme").await;
        let files = app.platform.files.clone();
        let whole = 12 * 1024 * 1024;
        let chunk = 64 * 1024;
        let head = part("file", Some(("base.epf", "application/octet-stream")), b"");
        let head = head[..head.len() - 2].to_vec();
        let mut sent = 0;
        let bytes = (0..whole / chunk).map(move |index| {
            let held = sent - files.unfinished_bytes();
            assert!(held <= PART_BYTES + 4 * chunk, "{held} bytes are held in memory");
            sent += chunk;
            vec![u8::try_from(index % 251).unwrap(); chunk]
        });
        let body = stream(std::iter::once(head).chain(bytes).chain([b"\r\n--BOUNDARY--\r\n".to_vec()]), false);
        let file = app
            .client("acme")
            .send(Method::Post, &format!("{ticket}/attachments"), body, Some(MULTIPART))
            .await
            .expect(201)
            .json()["data"][0]
            .clone();
        assert_eq!(file["size"], whole);
        assert_eq!(file["media_type"], "application/octet-stream");
        assert_eq!(app.platform.files.unfinished(), 0);
        let got = app.client("acme").get(&url(&file)).await.expect(200);
        assert_eq!(got.bytes.len(), whole);
        assert!(
            got.bytes.chunks(chunk).enumerate().all(|(index, part)| part.iter().all(|byte| usize::from(*byte) == index % 251))
        );
    });
}

#[test]
fn a_file_is_a_download_and_never_a_page() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme").await;
        let text = attached(app.client("acme"), &ticket, "../Отчёт \u{202e}за май.txt", b"words").await;
        let picture = attached(app.client("acme"), &ticket, "a.png", PNG).await;
        assert_eq!(text["file_name"], "Отчёт за май.txt");
        for target in [url(&text), format!("{}?inline=1", url(&text)), url(&picture)] {
            let got = app.client("acme").get(&target).await.expect(200);
            let how = got.headers.get("content-disposition").unwrap();
            assert!(how.starts_with("attachment; filename=\"") && how.contains("filename*=UTF-8''"), "{how}");
            assert_eq!(got.headers.get("x-content-type-options"), Some("nosniff"));
            assert_eq!(got.headers.get("content-security-policy"), Some("sandbox; default-src 'none'"));
            assert_eq!(got.headers.get("cross-origin-resource-policy"), Some("same-origin"));
            assert_eq!(got.headers.get("cache-control"), Some("private, no-store"));
        }
        let shown = app.client("acme").get(&format!("{}?inline=1", url(&picture))).await.expect(200);
        assert!(shown.headers.get("content-disposition").unwrap().starts_with("inline;"));
        assert_eq!(shown.headers.get("content-type"), Some("image/png"));
        let etag = shown.headers.get("etag").unwrap().to_owned();
        let again = app.client("acme").header("if-none-match", etag).get(&url(&picture)).await.expect(304);
        assert!(again.bytes.is_empty());
    });
}

#[test]
fn a_range_is_answered_with_that_range() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme").await;
        let file = attached(app.client("acme"), &ticket, "a.txt", b"0123456789").await;
        let part = app.client("acme").header("range", "bytes=2-4").get(&url(&file)).await.expect(206);
        assert_eq!(part.bytes, b"234");
        assert_eq!(part.headers.get("content-range"), Some("bytes 2-4/10"));
        assert_eq!(part.headers.get("content-length"), Some("3"));
        assert_eq!(app.client("acme").header("range", "bytes=-2").get(&url(&file)).await.expect(206).bytes, b"89");
        let none = app.client("acme").header("range", "bytes=10-").get(&url(&file)).await.expect(416);
        assert_eq!(none.headers.get("content-range"), Some("bytes */10"));
        let stale =
            app.client("acme").header("range", "bytes=2-4").header("if-range", "\"other\"").get(&url(&file)).await.expect(200);
        assert_eq!(stale.bytes, b"0123456789");
    });
}

#[test]
fn a_file_is_had_by_those_who_see_its_ticket_and_by_nobody_else() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme").await;
        let file = attached(app.client("acme"), &ticket, "a.png", PNG).await;
        let note = attach(
            app.agent("acme"),
            &ticket,
            &[part("visibility", None, b"internal"), part("file", Some(("b.png", "image/png")), PNG)],
        )
        .await
        .expect(201)
        .json()["data"][0]
            .clone();
        assert_eq!(note["visibility"], "internal");
        app.signed_in("acme", "analyst").get(&url(&file)).await.expect(200);
        app.agent("acme").get(&url(&note)).await.expect(200);
        app.client("acme").get(&url(&note)).await.expect(404);
        let seen = app.client("acme").get(&format!("{ticket}?include=attachments,history")).await.expect(200);
        assert!(!seen.text().contains("b.png"), "{}", seen.text());
        app.anon("acme").get(&url(&file)).await.expect(401);
        app.agent("globex").get(&url(&file)).await.expect(404);
        let missing = app.client("acme").get("/api/attachments/att_0123456789abcdef0123456789abcdef").await.expect(404);
        assert_eq!(missing.code(), app.client("acme").get(&url(&note)).await.code());

        // The ticket becomes somebody else's: the file goes with it.
        let agent = app.user_id("acme", "agent");
        app.tenant_database("acme").inspect(|connection| {
            connection.execute("UPDATE tickets SET requester_id = ?1, organization_id = NULL", [agent]).unwrap();
        });
        app.client("acme").get(&url(&file)).await.expect(404);
        let client = app.user_id("acme", "client");
        app.tenant_database("acme").inspect(|connection| {
            connection
                .execute(
                    "INSERT INTO ticket_followers (tenant_id, ticket_id, email, user_id, kind, created_at)
                     SELECT tenant_id, id, 'client@acme.example', ?1, 'cc', 1 FROM tickets",
                    [client],
                )
                .unwrap();
        });
        // Somebody in copy sees neither the ticket nor its files.
        app.client("acme").get(&ticket).await.expect(404);
        app.client("acme").get(&url(&file)).await.expect(404);
        app.tenant_database("acme")
            .inspect(|connection| connection.execute("UPDATE ticket_followers SET kind = 'follower'", []).unwrap());
        app.client("acme").get(&url(&file)).await.expect(200);
        app.manager("acme").delete(&ticket).await.expect(204);
        app.client("acme").get(&url(&file)).await.expect(404);
        app.agent("acme").get(&url(&file)).await.expect(404);
    });
}

#[test]
fn staff_remove_a_file_for_good_and_its_name_stays_in_the_history() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme").await;
        let file = attached(app.client("acme"), &ticket, "secret.txt", b"password").await;
        app.signed_in("acme", "analyst").delete(&url(&file)).await.expect(403);
        app.agent("globex").delete(&url(&file)).await.expect(404);
        let done = app.agent("acme").delete(&url(&file)).await.expect(204);
        assert!(done.round_trips <= 3, "{}", done.round_trips);
        app.agent("acme").get(&url(&file)).await.expect(404);
        app.agent("acme").delete(&url(&file)).await.expect(404);
        super::nothing_is_left(&app);
        let history = app.agent("acme").get(&format!("{ticket}/history")).await.expect(200).json();
        assert!(
            history["data"].as_array().unwrap().iter().any(|line| line["kind"] == "attachment" && line["from"] == "secret.txt")
        );
        assert_eq!(count(&app, "SELECT COUNT(*) FROM audit_logs WHERE action = 'attachment.removed'"), 1);
    });
}

#[test]
fn a_page_of_ours_sends_files_with_the_sessions_token_and_another_site_cannot() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme").await;
        let target = format!("{ticket}/attachments");
        let body = || super::form(&[part("file", Some(("a.png", "image/png")), PNG)]);
        let send = async |header: Option<(&str, String)>| {
            let caller = app.client("acme").in_browser();
            let caller = match header {
                Some((name, value)) => caller.header(name, value),
                None => caller,
            };
            caller.send(Method::Post, &target, body(), Some(MULTIPART)).await
        };
        send(None).await.expect(403);
        send(Some(("x-csrf-token", "forged".to_owned()))).await.expect(403);
        send(Some(("x-requested-with", "XMLHttpRequest".to_owned()))).await.expect(403);
        let others = app.agent("acme").in_browser().csrf_token().expect("a token");
        send(Some(("x-csrf-token", others))).await.expect(403);
        let own = app.client("acme").in_browser().csrf_token().expect("a token");
        send(Some(("x-csrf-token", own.clone()))).await.expect(201);
        let foreign = app.client("acme").in_browser().header("x-csrf-token", own).header("sec-fetch-site", "cross-site");
        foreign.send(Method::Post, &target, body(), Some(MULTIPART)).await.expect(403);
    });
}

#[test]
fn bytes_that_are_gone_are_a_defect_and_not_an_empty_file() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme").await;
        let file = attached(app.client("acme"), &ticket, "a.txt", b"words").await;
        app.platform.files.delete(&app.platform.files.keys()[0]).await.unwrap();
        assert_eq!(app.client("acme").get(&url(&file)).await.expect(500).json()["code"], json!("internal"));
    });
}

#[test]
fn the_sender_takes_back_what_no_answer_has_taken_along() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme").await;
        app.advance(chrono::TimeDelta::seconds(1));
        let own = attached(app.client("acme"), &ticket, "own.png", PNG).await;
        let agents = attached(app.agent("acme"), &ticket, "agents.png", PNG).await;
        app.client("acme").delete(&url(&agents)).await.expect(403);
        let done = app.client("acme").delete(&url(&own)).await.expect(204);
        assert!(done.round_trips <= 3, "{}", done.round_trips);
        app.client("acme").get(&url(&own)).await.expect(404);
        assert_eq!(app.platform.files.keys().len(), 1);

        let bound = attached(app.client("acme"), &ticket, "bound.png", PNG).await;
        app.tenant_database("acme").inspect(|connection| {
            connection
                .execute_batch(
                    "INSERT INTO ticket_comments (tenant_id, id, ticket_id, author_is_staff, visibility, channel, body, created_at)
                         SELECT tenant_id, 'cmt_00000000000000000000000000000001', id, 0, 'public', 'web', 'x', 1 FROM tickets;
                     UPDATE ticket_attachments SET comment_id = 'cmt_00000000000000000000000000000001' WHERE file_name = 'bound.png'",
                )
                .unwrap();
        });
        app.client("acme").delete(&url(&bound)).await.expect(403);
        app.client("acme").get(&url(&bound)).await.expect(200);
        // A file that came with the ticket belongs to its description.
        app.tenant_database("acme").inspect(|connection| {
            let sql = "UPDATE ticket_attachments SET comment_id = NULL, created_at = (SELECT created_at FROM tickets) WHERE file_name = 'bound.png'";
            connection.execute(sql, []).unwrap();
        });
        app.client("acme").delete(&url(&bound)).await.expect(403);
    });
}

#[test]
fn files_that_finish_after_a_merge_stand_on_the_other_ticket_and_after_a_deletion_nowhere() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (child, parent) = (opened(&app, "acme").await, opened(&app, "acme").await);
        let database = app.tenant_database("acme");
        database.interleave(true);
        let target = format!("{child}/merge");
        let merge = app.agent("acme").post(&target, json!({"into": parent.rsplit('/').next()}));
        let (merged, file) = futures::join!(merge, attached(app.client("acme"), &child, "late.png", PNG));
        database.interleave(false);
        merged.expect(200);
        let files = async |ticket: &str| {
            app.agent("acme").get(&format!("{ticket}?include=attachments")).await.expect(200).json()["attachments"].clone()
        };
        assert_eq!(files(&parent).await[0]["id"], file["id"]);
        assert_eq!(files(&child).await, json!([]));

        database.interleave(true);
        let parts = [part("file", Some(("lost.png", "image/png")), PNG)];
        let (deleted, lost) = futures::join!(app.manager("acme").delete(&parent), attach(app.client("acme"), &parent, &parts));
        database.interleave(false);
        deleted.expect(204);
        lost.expect(404);
        assert_eq!(app.platform.files.keys().len(), 1, "what found no ticket is not kept");
    });
}
