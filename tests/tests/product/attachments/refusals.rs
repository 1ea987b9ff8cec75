//! Files that are not taken, and that a refused request leaves nothing behind.

use shared::http::{Body, Method};
use shared::limits::{ATTACHMENT_BYTES_MAX, PART_BYTES};
use tests::app::TestApp;

use super::{MULTIPART, PNG, attach, nothing_is_left, opened, part, stream};

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
