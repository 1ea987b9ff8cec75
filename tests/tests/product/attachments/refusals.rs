//! Files that are not taken, and that a refused request leaves nothing behind.

use chrono::TimeDelta;
use shared::http::{Body, Method};
use shared::limits::{ATTACHMENT_BYTES_MAX, PART_BYTES};
use tests::app::TestApp;

use super::{MULTIPART, PNG, attach, attached, count, form, nothing_is_left, opened, part, stream};

/// Pages and scripts in the clothes of harmless files.
const POLYGLOTS: &[(&str, &str, &[u8])] = &[
    ("a.gif", "image/gif", b"GIF89a/*\0\0\0\0*/=1;alert(1)//"),
    ("a.gif", "image/gif", b"GIF89a=1;alert(1)"),
    ("a.png", "image/png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR<script>alert(1)</script>"),
    ("a.jpg", "image/jpeg", b"\xff\xd8\xff\xe0\0\x10JFIF\0<html><body onload=alert(1)>"),
    ("a.webp", "image/webp", b"RIFF\x24\0\0\0WEBPVP8 <svg onload=alert(1)>"),
    ("a.png", "image/png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    ("a.png", "image/png", b"<!DOCTYPE html><script>alert(1)</script>"),
    ("a.txt", "text/plain", b"<script>alert(1)</script>"),
    ("a.txt", "text/plain", b"\n\n  <!DOCTYPE HTML PUBLIC>"),
    ("a.txt", "text/plain", b"\xff\xfe<\0s\0c\0r\0i\0p\0t\0>\0"),
    ("a.txt", "text/plain", b"\xfe\xff\0<\0h\0t\0m\0l\0>"),
    ("a.txt", "text/plain", b"\xef\xbb\xbf<html>"),
    ("a.txt", "text/html", b"words"),
    ("a.csv", "text/csv", b"<iframe src='javascript:alert(1)'>"),
    ("a.xml", "application/xml", b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>"),
    ("a.xml", "application/xml", b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>"),
    ("a.xml", "application/xml", b"<?xml version='1.0'?><?xml-stylesheet type='text/xsl' href='#x'?><a/>"),
    ("a.xml", "application/xml", b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>"),
    ("a.pdf", "application/pdf", b"%PDF-1.4\n<html><script>alert(1)</script>"),
    ("a.pdf", "application/pdf", b"<html>%PDF-1.4"),
    ("a.pdf", "application/pdf", b"MZ\x90\0%PDF-1.4"),
    ("a.zip", "application/zip", b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x14\0\0\0META-INF/MANIFEST.MF"),
    ("a.epf", "application/octet-stream", b"MZ\x90\0\x03"),
    ("a.epf", "application/octet-stream", b"<html><script>alert(1)</script>"),
    ("a.svg", "image/png", PNG),
    ("a.html", "text/plain", b"words"),
    ("a.xhtml", "text/plain", b"words"),
    ("a.mht", "text/plain", b"words"),
    ("a.png.exe", "image/png", PNG),
    ("a.exe.", "image/png", PNG),
    ("a.hta", "text/plain", b"words"),
    ("run.sh", "text/plain", b"echo"),
    ("a.txt", "text/plain", b"#!/bin/sh\necho"),
    ("a.lnk", "application/octet-stream", b"L\0\0\0\x01\x14\x02\0"),
    ("a.png", "image/png", b"%PDF-1.4\n1 0 obj"),
    ("a.unheard", "application/x-unheard", b"\x01\x02\x03"),
];

#[test]
fn nothing_that_a_browser_or_a_desktop_would_run_is_taken() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme").await;
        for (name, kind, bytes) in POLYGLOTS {
            let answer = attach(app.client("acme"), &ticket, &[part("file", Some((name, kind)), bytes)]).await.expect(415);
            assert_eq!(answer.code(), "file_type_refused", "{name}: {}", String::from_utf8_lossy(bytes));
            assert_eq!(answer.json()["errors"][0]["field"], "attachments");
        }
        nothing_is_left(&app);
    });
}

#[test]
fn a_file_that_is_refused_takes_the_others_with_it() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme").await;
        let good = part("a", Some(("a.png", "image/png")), PNG);
        attach(app.client("acme"), &ticket, &[good.clone(), part("b", Some(("b.exe", "image/png")), PNG)]).await.expect(415);
        nothing_is_left(&app);
        let eleven: Vec<_> = (0..11).map(|_| good.clone()).collect();
        assert_eq!(attach(app.client("acme"), &ticket, &eleven).await.expect(422).json()["errors"][0]["code"], "too_many");
        nothing_is_left(&app);
        attach(app.client("acme"), &ticket, &[good.clone(), part("comment", None, b"x")]).await.expect(422);
        attach(app.client("acme"), &ticket, &[part("visibility", None, b"internal"), good.clone()]).await.expect(422);
        attach(app.agent("acme"), &ticket, &[part("visibility", None, b"secret"), good.clone()]).await.expect(422);
        attach(app.client("acme"), &ticket, &[]).await.expect(422);
        nothing_is_left(&app);
    });
}

#[test]
fn what_is_no_multipart_or_breaks_off_leaves_nothing() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme").await;
        let target = format!("{ticket}/attachments");
        let send = async |body: Body, kind: &str| app.client("acme").send(Method::Post, &target, body, Some(kind)).await;
        send(Body::Bytes(b"{}".to_vec()), "application/json").await.expect(415);
        send(Body::Bytes(b"x".to_vec()), "multipart/form-data").await.expect(400);
        send(Body::Bytes(b"nonsense".to_vec()), MULTIPART).await.expect(400);
        let head = part("file", Some(("base.cf", "application/octet-stream")), &vec![1; PART_BYTES + 1000]);
        send(stream([head].into_iter(), true), MULTIPART).await.expect(400);
        nothing_is_left(&app);
    });
}

#[test]
fn more_than_fifty_megabytes_are_refused_while_they_come() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme").await;
        let head = part("file", Some(("base.cf", "application/octet-stream")), b"");
        let head = head[..head.len() - 2].to_vec();
        let megabyte = 1024 * 1024;
        let chunks = usize::try_from(ATTACHMENT_BYTES_MAX).unwrap() / megabyte + 1;
        let body = stream(std::iter::once(head).chain((0..chunks).map(move |_| vec![1; megabyte])), false);
        let answer =
            app.client("acme").send(Method::Post, &format!("{ticket}/attachments"), body, Some(MULTIPART)).await.expect(413);
        assert_eq!(answer.code(), "too_large");
        nothing_is_left(&app);
    });
}

#[test]
fn nobody_attaches_to_a_ticket_that_is_not_theirs_to_see() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme").await;
        let file = [part("file", Some(("a.png", "image/png")), PNG)];
        attach(app.agent("globex"), &ticket, &file).await.expect(404);
        attach(app.signed_in("acme", "analyst"), &ticket, &file).await.expect(403);
        attach(app.anon("acme"), &ticket, &file).await.expect(401);
        app.manager("acme").delete(&ticket).await.expect(204);
        attach(app.client("acme"), &ticket, &file).await.expect(404);
        nothing_is_left(&app);
    });
}

/// The client has sent so many files of such a size to that ticket at this moment.
fn has_sent(app: &TestApp, ticket: &str, files: u32, size: u64) {
    let ticket = ticket.rsplit('/').next().unwrap();
    let client = app.user_id("acme", "client");
    let now = app.platform.now.get().timestamp_millis();
    app.tenant_database("acme").inspect(|connection| {
        connection
            .execute_batch(&format!(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {files})
                INSERT INTO ticket_attachments (tenant_id, id, ticket_id, uploader_id, visibility, file_name, media_type, size, storage_key, created_at)
                    SELECT t.tenant_id, printf('att_{now}%019d', i), t.id, '{client}', 'public', 'a.txt', 'text/plain', {size}, 'k' || i, {now}
                    FROM n, (SELECT tenant_id, id FROM tickets WHERE id = '{ticket}') t"
            ))
            .unwrap();
    });
}

#[test]
fn one_person_sends_only_so_many_files_a_day_through_every_door() {
    pollster::block_on(async {
        for (files, size) in [(500, 10), (100, 50 * 1024 * 1024)] {
            let app = TestApp::new();
            let first = opened(&app, "acme").await;
            let ticket = opened(&app, "acme").await;
            has_sent(&app, &first, files - 1, size);
            attached(app.client("acme"), &ticket, "last.txt", b"fits").await;
            let more = if size > 10 { vec![b'a'; 50 * 1024 * 1024 - 3] } else { b"one more".to_vec() };
            let text = [part("file", Some(("more.txt", "text/plain")), &more)];
            let stored = app.platform.files.keys();
            let refused = attach(app.client("acme"), &ticket, &text).await.expect(429);
            assert_eq!(refused.code(), "file_quota");
            // The form of an answer.
            let shown = app.client("acme").get(&ticket).await.expect(200).json();
            let csrf = app.client("acme").in_browser().csrf_token().unwrap();
            let file = part("attachments", Some(("more.txt", "text/plain")), &more);
            let fields = [part("csrf", None, csrf.as_bytes()), part("body", None, b"See the file"), file];
            let target = format!("/tickets/{}/reply", shown["number"].as_str().unwrap());
            app.client("acme").in_browser().send(Method::Post, &target, form(&fields), Some(MULTIPART)).await.expect(429);
            assert_eq!(app.platform.files.keys(), stored, "what is refused is not kept");
            assert_eq!(count(&app, "SELECT COUNT(*) FROM ticket_comments"), 0);
            // Somebody else, and the next day.
            attached(app.agent("acme"), &first, "theirs.txt", b"fits").await;
            app.advance(TimeDelta::days(1));
            attach(app.client("acme"), &ticket, &text).await.expect(201);
        }
    });
}
