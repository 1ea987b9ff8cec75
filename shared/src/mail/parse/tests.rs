use super::{AttachmentKind, Envelope, InboundMail, parse, synthesised_id};
use crate::i18n::Locale;
use crate::mail::{Reason, limits};
use proptest::prelude::*;

fn read(raw: &[u8]) -> Result<InboundMail, Reason> {
    parse(raw, &Envelope::default(), &[])
}

fn mail(raw: &str) -> InboundMail {
    read(raw.as_bytes()).unwrap()
}

#[test]
fn the_sender_is_from_or_else_sender_or_else_the_envelope() {
    assert_eq!(mail("From: Anna <Anna@B.c>\r\nSender: x@y.z\r\nSubject: s\r\n\r\nt").from.address, "anna@b.c");
    assert_eq!(mail("From: undisclosed\r\nSender: x@y.z\r\nSubject: s\r\n\r\nt").from.address, "x@y.z");
    let envelope = Envelope { from: Some("E@f.g".into()), to: vec!["Support+ABC@Acme.example".into(), "broken".into()] };
    let found = parse(b"Subject: s\r\n\r\nt", &envelope, &[]).unwrap();
    assert_eq!(found.from.address, "e@f.g");
    assert_eq!(found.recipients, ["support+abc@acme.example"]);
    assert_eq!(read(b"Subject: s\r\n\r\nt").err(), Some(Reason::NoSender));
}

#[test]
fn a_mail_without_an_id_gets_one_from_its_bytes() {
    let raw = "From: a@b.c\r\nSubject: s\r\n\r\nt";
    let first = mail(raw);
    assert!(first.message_id_was_made);
    assert_eq!(first.message_id, synthesised_id("a@b.c", raw.as_bytes()));
    assert_ne!(first.message_id, mail("From: a@b.c\r\nSubject: s\r\n\r\nT").message_id);
}

#[test]
fn the_same_mail_twice_is_known_and_two_mails_with_one_id_are_told_apart() {
    let first = mail("Received: mx1\r\nFrom: a@b.c\r\nMessage-ID: <1@b.c>\r\nSubject: s\r\n\r\none");
    let through_another_box = mail("Received: mx2\r\nFrom: a@b.c\r\nMessage-ID: <1@b.c>\r\nSubject: s\r\n\r\none");
    let other = mail("From: a@b.c\r\nMessage-ID: <1@b.c>\r\nSubject: s\r\n\r\ntwo");
    assert_eq!(first.content_hash, through_another_box.content_hash);
    assert_eq!(first.message_id, other.message_id);
    assert_ne!(first.content_hash, other.content_hash);
}

#[test]
fn references_are_bounded_and_keep_the_root() {
    let list = (0..200).map(|n| format!(" <{n}@b.c>\r\n")).collect::<Vec<_>>().concat();
    let found = mail(&format!("From: a@b.c\r\nSubject: s\r\nIn-Reply-To: <x@y> <z@y>\r\nReferences:\r\n{list}\r\nt"));
    assert_eq!(found.references.len(), limits::REFERENCES_MAX);
    assert_eq!((found.references[0].as_str(), found.references[49].as_str()), ("0@b.c", "199@b.c"));
    assert_eq!(found.in_reply_to, ["x@y", "z@y"]);
}

#[test]
fn charsets_of_the_world_are_read_and_bogus_ones_do_no_harm() {
    let body = |charset: &str, bytes: &[u8]| {
        let mut raw =
            format!("From: a@b.c\r\nSubject: s\r\nContent-Type: text/plain; charset=\"{charset}\"\r\n\r\n").into_bytes();
        raw.extend_from_slice(bytes);
        read(&raw).unwrap().text
    };
    assert_eq!(body("iso-2022-jp", b"\x1b$B%F%9%H\x1b(B"), "テスト");
    assert_eq!(body("big5", &[0xa4, 0xa4, 0xa4, 0xe5]), "中文");
    assert_eq!(body("gb18030", &[0xd6, 0xd0, 0xce, 0xc4]), "中文");
    assert_eq!(body("windows-1251", &[0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]), "Привет");
    assert_eq!(body("koi8-r", &[0xf0, 0xd2, 0xc9, 0xd7, 0xc5, 0xd4]), "Привет");
    assert_eq!(body("windows-1256", &[0xe3, 0xd1, 0xcd, 0xc8, 0xc7]), "مرحبا");
    assert_eq!(body("x-no-such-charset", "Привет".as_bytes()), "Привет");
    assert!(body("utf-8", &[b'a', 0xff, b'b']).starts_with('a'));
    let subject = mail("From: a@b.c\r\nSubject: =?koi8-r?B?8NLJ18XU?= =?bogus?Q?x?=\r\n\r\nt").subject;
    assert!(subject.starts_with("Привет"), "{subject}");
}

#[test]
fn null_bytes_do_not_get_through() {
    let found = mail("From: a@b.c\r\nSubject: s\0t\r\n\r\none\0two\r\nthree\rfour");
    assert_eq!((found.subject.as_str(), found.text.as_str()), ("s t", "onetwo\nthree\nfour"));
}

fn multipart(kind: &str, parts: &[&str]) -> InboundMail {
    let parts = parts.iter().map(|part| format!("--b\r\n{part}\r\n")).collect::<Vec<_>>().concat();
    mail(&format!(
        "From: a@b.c\r\nSubject: s\r\nMIME-Version: 1.0\r\nContent-Type: multipart/{kind}; boundary=b\r\n\r\n{parts}--b--\r\n"
    ))
}

#[test]
fn every_part_that_is_no_body_is_kept_as_a_file() {
    let found = multipart(
        "mixed",
        &[
            "Content-Type: text/plain\r\n\r\nhello",
            "Content-Type: application/ms-tnef; name=\"winmail.dat\"\r\nContent-Transfer-Encoding: base64\r\n\r\neJ8+Ig==",
            "Content-Type: message/rfc822\r\n\r\nFrom: x@y.z\r\nSubject: inner\r\n\r\nnested text",
            "Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR",
            "Content-Type: application/pgp-signature\r\n\r\n-----BEGIN PGP SIGNATURE-----",
            "Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=\"\"\r\n\r\nx",
            "Content-Type: image/png; name=\"../../etc/passwd\"\r\nContent-Disposition: attachment\r\n\r\nx",
        ],
    );
    assert_eq!(found.text.trim(), "hello");
    let kinds: Vec<_> = found.attachments.iter().map(|file| (file.kind, file.name.as_str())).collect();
    assert_eq!(
        kinds,
        [
            (AttachmentKind::Tnef, "winmail.dat"),
            (AttachmentKind::Message, "inner.eml"),
            (AttachmentKind::Calendar, "attachment-3.ics"),
            (AttachmentKind::Cryptographic, "attachment-4.asc"),
            (AttachmentKind::File, "attachment-5.bin"),
            (AttachmentKind::File, "passwd"),
        ]
    );
    assert_eq!(found.attachments[0].content, [0x78, 0x9f, 0x3e, 0x22]);
    let nested = String::from_utf8_lossy(&found.attachments[1].content);
    assert!(nested.starts_with("From: x@y.z\r\n") && nested.contains("nested text"), "{nested}");
}

#[test]
fn a_picture_of_the_html_is_inline_even_without_a_disposition() {
    let found = multipart(
        "related",
        &[
            "Content-Type: text/html\r\n\r\n<p>hi <img src=\"cid:logo@x\"></p>",
            "Content-Type: image/png\r\nContent-ID: <logo@x>\r\n\r\nPNG",
        ],
    );
    assert_eq!((found.attachments[0].kind, found.attachments[0].content_id.as_deref()), (AttachmentKind::Inline, Some("logo@x")));
    assert_eq!(found.text, "hi [cid:logo@x]", "the text keeps the place of the picture");
    assert!(found.html.is_some_and(|html| html.contains("cid:logo@x")));
}

#[test]
fn encrypted_mail_is_kept_whole() {
    let found = mail(
        "From: a@b.c\r\nSubject: s\r\nContent-Type: application/pkcs7-mime; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\nAAEC\r\n",
    );
    assert_eq!(
        (found.attachments[0].kind, found.attachments[0].content.as_slice()),
        (AttachmentKind::Cryptographic, &[0u8, 1, 2][..])
    );
}

#[test]
fn html_alone_is_read_as_text_and_a_mail_of_nothing_is_refused() {
    let found = mail(
        "From: a@b.c\r\nSubject: s\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Добрый <b>день</b>, не печатается отчёт</p>",
    );
    assert_eq!(found.text, "Добрый **день**, не печатается отчёт");
    assert_eq!(found.language, Some(Locale::Ru));
    assert_eq!(read(b"From: a@b.c\r\n\r\n \r\n").err(), Some(Reason::Empty));
    assert_eq!(read(b"").err(), Some(Reason::Unparseable));
    assert!(read(b"\r\n\r\n:\r\n").is_err());
}

#[test]
fn a_long_body_is_cut_at_a_character_and_says_so() {
    let found =
        mail(&format!("From: a@b.c\r\nSubject: s\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{}", "я".repeat(200_000)));
    assert!(found.truncated);
    assert_eq!(found.text.len(), limits::TEXT_BYTES_MAX);
}

#[test]
fn hostile_structure_is_refused_or_survived_in_bounded_time() {
    let nested = "Content-Type: message/rfc822\r\n\r\n".repeat(100_000);
    assert_eq!(read(format!("From: a@b.c\r\n{nested}").as_bytes()).err(), Some(Reason::TooComplex));
    let parts = "--b\r\n\r\nx\r\n".repeat(600);
    let raw = format!("From: a@b.c\r\nSubject: s\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n{parts}--b--");
    assert_eq!(read(raw.as_bytes()).err(), Some(Reason::TooComplex));
    let addresses = "a@b.c, ".repeat(30_000);
    assert!(
        read(format!("From: a@b.c\r\nTo: {addresses}\r\nSubject: s\r\n\r\nt").as_bytes())
            .is_ok_and(|mail| mail.to.len() <= limits::ADDRESSES_MAX)
    );
}

proptest! {
    #[test]
    fn no_bytes_bring_the_parser_down(raw in prop::collection::vec(prop_oneof![
        Just("From: a@b.c\r\n".to_owned()), Just("\r\n".to_owned()), Just("\n".to_owned()), Just("--b\r\n".to_owned()), Just("--b--".to_owned()),
        Just("Content-Type: multipart/mixed; boundary=b\r\n".to_owned()), Just("Content-Type: message/rfc822\r\n".to_owned()),
        Just("Content-Type: multipart/digest; boundary=\"b\"\r\n".to_owned()), Just("Content-Type: text/html; charset=utf-7\r\n".to_owned()),
        Just("Content-Transfer-Encoding: base64\r\n".to_owned()), Just("Content-Transfer-Encoding: quoted-printable\r\n".to_owned()),
        Just("Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n".to_owned()), Just("Content-Type: message/delivery-status\r\n".to_owned()),
        Just("Status: 5.1.1\r\n".to_owned()), Just("Content-Disposition: attachment; filename*=utf-8''%00\r\n".to_owned()),
        Just("Subject: =?utf-8?B?".to_owned()), Just("Date: Fri, 99 Xxx 99999 99:99:99 +9999\r\n".to_owned()), ".{0,20}",
    ], 0..40)) {
        let _ = read(raw.concat().as_bytes());
    }

    #[test]
    fn no_noise_brings_the_parser_down(raw in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&raw);
        let mut with_sender = b"From: a@b.c\n".to_vec();
        with_sender.extend(raw);
        let _ = read(&with_sender);
    }
}
