use super::*;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0";
const PDF: &[u8] = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n";

fn kind(name: &str, head: &[u8]) -> Result<String, Refusal> {
    classify(name, head, None).map(|accepted| accepted.media_type)
}

#[test]
fn what_people_of_a_desk_send_is_taken_under_the_type_of_its_content() {
    let cp1251 = b"\xcf\xf0\xee\xe2\xee\xe4\xea\xe0 \xed\xe5 \xef\xf0\xee\xf5\xee\xe4\xe8\xf2\r\n";
    let utf16 = b"\xff\xfea\0b\0\r\0\n\0";
    let cases: &[(&str, &[u8], &str)] = &[
        ("screen.png", PNG, "image/png"),
        ("screen.jpg", PNG, "image/png"),
        ("photo.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0", "image/jpeg"),
        ("anim.gif", b"GIF89a\x01\0\x01\0\x80\0\0", "image/gif"),
        ("act.pdf", PDF, "application/pdf"),
        ("export.zip", b"PK\x03\x04\x14\0\0\0\x08\0a.txt", "application/zip"),
        ("base.7z", b"7z\xbc\xaf\x27\x1c\0\x04", "application/x-7z-compressed"),
        ("log.gz", b"\x1f\x8b\x08\0\0\0\0\0", "application/gzip"),
        ("trace.log", cp1251, "text/plain"),
        ("rows.csv", utf16, "text/csv"),
        ("answer.json", br#"{"a": "<b>"}"#, "application/json"),
        ("order.xml", b"<?xml version=\"1.0\"?><order><line/></order>", "application/xml"),
        ("empty.txt", b"", "text/plain"),
        ("notes", b"what I typed", "text/plain"),
        ("\u{41e}\u{431}\u{440}\u{430}\u{431}\u{43e}\u{442}\u{43a}\u{430}.epf", b"\xff\xff\xff\x7f\0\x02\0\0", OCTET_STREAM),
        ("base.1CD", b"1CDBMSV8\0\0", OCTET_STREAM),
        ("form.mxl", b"MOXCEL\0\x07", OCTET_STREAM),
    ];
    for (name, head, expected) in cases {
        assert_eq!(kind(name, head).as_deref(), Ok(*expected), "{name}");
    }
}

#[test]
fn a_text_that_is_cut_within_a_character_is_still_a_text() {
    let whole = format!("a{}", "И".repeat(HEAD_BYTES));
    assert_eq!(kind("a.txt", &whole.as_bytes()[..HEAD_BYTES]).as_deref(), Ok("text/plain"));
}

#[test]
fn programs_are_refused_by_name_and_by_content() {
    for name in [
        "a.exe",
        "a.EXE",
        "a.exe.",
        "a.exe ",
        "a.pdf.js",
        "a.bat",
        "a.cmd",
        "a.ps1",
        "a.vbs",
        "a.hta",
        "a.jar",
        "a.sh",
        "a.lnk",
        "a.msi",
        "a.scr",
        "a\u{202e}fdp.exe",
    ] {
        assert_eq!(kind(name, b"echo"), Err(Refusal::Executable), "{name}");
    }
    let contents: &[&[u8]] = &[
        b"MZ\x90\0\x03",
        b"\x7fELF\x02\x01",
        b"#!/bin/sh\nrm",
        b"\0asm\x01\0\0\0",
        b"\xca\xfe\xba\xbe\0\0\0\x34",
        b"L\0\0\0\x01\x14\x02\0\0\0",
        b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x14\0\0\0META-INF/MANIFEST.MF",
    ];
    for head in contents {
        for name in ["a.pdf", "a.png", "a.txt", "a.epf", "a.zip", "a"] {
            assert_eq!(kind(name, head), Err(Refusal::Executable), "{name}: {head:?}");
        }
    }
}

#[test]
fn markup_is_refused_however_it_is_wrapped() {
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain("<html>".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let contents: &[&[u8]] = &[
        b"<html><script>alert(1)</script>",
        b"  \r\n<!DOCTYPE html><p>",
        b"\xef\xbb\xbf<svg onload=alert(1)>",
        b"<!-- --><script>",
        b"<SCRIPT src=x>",
        b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<?xml version='1.0'?><x:script xmlns:x='http://www.w3.org/1999/xhtml'/>",
        b"<?xml version='1.0'?><?xml-stylesheet href='x.xsl'?><a/>",
        b"<!doctype html>",
        b"<iframe src=x>",
        &utf16,
    ];
    for head in contents {
        for name in ["a.txt", "a.xml", "a.csv", "a.png", "a.pdf", "a.epf", "a"] {
            assert!(kind(name, head).is_err(), "{name}: {}", String::from_utf8_lossy(head));
        }
        assert_eq!(kind("a.xml", head), Err(Refusal::Markup), "{}", String::from_utf8_lossy(head));
    }
    for name in ["a.html", "a.htm", "a.svg", "a.xhtml", "a.mht", "a.SVG"] {
        assert_eq!(kind(name, b"plain"), Err(Refusal::Markup), "{name}");
    }
    assert_eq!(classify("a.txt", b"plain", Some("text/html; charset=utf-8")), Err(Refusal::Markup));
}

#[test]
fn pictures_that_are_something_else_too_are_refused() {
    let with = |head: &[u8], tail: &[u8]| [head, tail].concat();
    let polyglots = [
        b"GIF89a/*\0\0\0\x01*/=1;alert(1)//".to_vec(),
        b"GIF89a='\0\0';alert(1)".to_vec(),
        with(PNG, b"tEXtComment\0<script>alert(1)</script>"),
        with(PNG, b"iTXt<svg onload=alert(1)>"),
        with(b"\xff\xd8\xff\xe0\0\x10JFIF\0\xff\xfe\0\x20", b"<html><body onload=alert(1)>"),
        with(b"RIFF\x24\0\0\0WEBPVP8 ", b"<iframe src=javascript:alert(1)>"),
        with(PNG, b"<?php system($_GET[0]) ?>"),
    ];
    for head in &polyglots {
        for name in ["a.png", "a.gif", "a.jpg", "a"] {
            assert_eq!(kind(name, head), Err(Refusal::Markup), "{}", String::from_utf8_lossy(head));
        }
    }
    assert_eq!(kind("a.pdf", b"%PDF-1.4\n<html><script>alert(1)</script>"), Err(Refusal::Markup));
}

#[test]
fn a_name_must_not_promise_what_the_content_is_not() {
    for (name, head) in [
        ("a.png", PDF),
        ("a.pdf", PNG),
        ("a.docx", PDF),
        ("a.txt", PNG),
        ("a.png", b"just text"),
        ("a.zip", b"\0\x01\x02"),
        ("a.txt", b"\0\x01\x02"),
    ] {
        assert_eq!(kind(name, head), Err(Refusal::Mismatch), "{name}");
    }
    assert_eq!(kind("a.unheard", b"\0\x01\x02"), Err(Refusal::Unknown));
    assert_eq!(kind("a.unheard", b"words"), Err(Refusal::Unknown));
}

#[test]
fn of_a_mail_everything_is_kept_and_what_is_refused_elsewhere_only_as_bytes() {
    let kept = classify_mail("..\\evil.exe", b"MZ", None);
    assert_eq!(kept, Accepted { file_name: "evil.exe.data".to_owned(), media_type: OCTET_STREAM.to_owned() });
    assert_eq!(classify_mail("page.html", b"<html>", Some("text/html")).media_type, OCTET_STREAM);
    assert_eq!(classify_mail("a.png", PNG, None).media_type, "image/png");
}

#[test]
fn no_name_from_a_mail_promises_what_the_content_is_not() {
    for (name, content, kept) in [
        ("invoice.pdf", b"MZ program".as_slice(), "invoice.pdf.data"),
        ("invoice.pdf", b"<html><script>", "invoice.pdf.data"),
        ("photo.jpg", b"%PDF-1.4\n", "photo.jpg.data"),
        ("page.html", b"plain words", "page.html.data"),
        ("run.bat", b"plain words", "run.bat.data"),
        ("winmail.dat", b"\x78\x9f\x3e\x22", "winmail.dat.data"),
        ("scan.pdf", b"%PDF-1.4\n", "scan.pdf"),
        ("notes.txt", b"plain words", "notes.txt"),
    ] {
        assert_eq!(classify_mail(name, content, None).file_name, kept, "{name}");
    }
    let long = classify_mail(&format!("{}.exe", "a".repeat(300)), b"MZ", None).file_name;
    assert_eq!(long, format!("{}.data", "a".repeat(195)));
    assert_eq!(refused_by_name(&long, None), None);
}

#[test]
fn names_are_made_safe() {
    for (given, kept) in [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\a.txt", "a.txt"),
        ("a\r\nSet-Cookie: x.txt", "aSet-Cookie x.txt"),
        ("gpj\u{202e}.txt", "gpj.txt"),
        ("", "file"),
        ("...", "file"),
        ("/", "file"),
        ("\u{200b}", "file"),
        ("Счёт №5.pdf", "Счёт №5.pdf"),
        ("a\"b.txt", "ab.txt"),
    ] {
        assert_eq!(sanitize(given), kept);
    }
    let long = sanitize(&format!("{}.xlsx", "щ".repeat(500)));
    assert_eq!(long.chars().count(), 200);
    assert_eq!(long.rsplit('.').next(), Some("xlsx"));
}

proptest::proptest! {
    #[test]
    fn no_bytes_and_no_name_break_the_judgement(name in ".*", head: Vec<u8>) {
        if let Ok(accepted) = classify(&name, &head, None) {
            proptest::prop_assert!(!accepted.media_type.contains("html") && !accepted.media_type.contains("svg"));
        }
        let name = sanitize(&name);
        proptest::prop_assert!(!name.is_empty() && name.chars().count() <= 200 && !name.contains(['/', '\\', '"', '\n', '\r']));
        proptest::prop_assert_eq!(sanitize(&name), name);
    }
}
