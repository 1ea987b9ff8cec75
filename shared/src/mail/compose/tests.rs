use super::{ComposeError, Origin, OutboundFile, OutboundMail, compose};
use crate::i18n::Locale;
use crate::mail::parse::{Envelope, parse};
use crate::mail::{AutoClass, Mailbox, limits};
use chrono::{TimeZone, Utc};
use proptest::prelude::*;

fn mailbox(name: &str, address: &str) -> Mailbox {
    Mailbox { name: Some(name.to_owned()), address: address.to_owned() }
}

fn mail() -> OutboundMail {
    OutboundMail {
        from: mailbox("ООО «Ромашка», поддержка", "support@acme.example"),
        to: vec![mailbox("Anna \"A\" Ivanova", "anna@client.example")],
        cc: vec![],
        reply_to: Some("support+abc@acme.example".into()),
        subject: "[ACME-7] Отчёт не печатается".into(),
        text: "Добрый день!\n.одна точка\nFrom here".into(),
        html: Some("<p>Добрый день!</p>".into()),
        message_id: "wn.abc.1@acme.example".into(),
        in_reply_to: Some("m2@client.example".into()),
        references: vec!["m1@client.example".into()],
        date: Utc.with_ymd_and_hms(2026, 3, 1, 9, 30, 0).unwrap(),
        locale: Locale::Ru,
        origin: Origin::Person,
        files: vec![],
    }
}

#[test]
fn what_is_written_reads_back_the_same() {
    let mut written = mail();
    written.files.push(OutboundFile {
        name: "отчёт \"1\".pdf".into(),
        content_type: "application/pdf".into(),
        content: vec![0, 1, 2, 255],
    });
    let bytes = compose(&written).unwrap();
    let read = parse(&bytes, &Envelope::default(), &[]).unwrap();
    assert_eq!(read.from, written.from);
    assert_eq!(read.to, written.to);
    assert_eq!(read.reply_to[0].address, "support+abc@acme.example");
    assert_eq!(read.subject, written.subject);
    assert_eq!(read.text.trim(), written.text);
    assert_eq!(read.html.as_deref().map(str::trim), written.html.as_deref());
    assert_eq!(read.message_id, written.message_id);
    assert_eq!(read.in_reply_to, ["m2@client.example"]);
    assert_eq!(read.references, ["m1@client.example", "m2@client.example"]);
    assert_eq!(read.date, Some(written.date));
    assert_eq!(read.attachments[0].name, "отчёт _1_.pdf");
    assert_eq!(read.attachments[0].content, [0, 1, 2, 255]);
    assert_eq!(read.language, Some(Locale::Ru));
}

#[test]
fn the_same_mail_is_the_same_bytes() {
    assert_eq!(compose(&mail()).unwrap(), compose(&mail()).unwrap());
    let mut other = mail();
    other.message_id = "wn.abc.2@acme.example".into();
    assert_ne!(compose(&mail()).unwrap(), compose(&other).unwrap());
}

#[test]
fn our_automatic_mails_are_marked_so_that_machines_stay_silent() {
    for (origin, field, class) in [
        (Origin::Generated, Some("Auto-Submitted: auto-generated\r\n"), AutoClass::Generated),
        (Origin::Replied, Some("Auto-Submitted: auto-replied\r\n"), AutoClass::AutoReply),
        (Origin::Person, None, AutoClass::Generated),
    ] {
        let mut written = mail();
        written.origin = origin;
        let bytes = compose(&written).unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert_eq!(text.contains("Auto-Submitted"), field.is_some());
        assert!(field.is_none_or(|field| text.contains(field)));
        assert!(text.contains("X-Auto-Response-Suppress: "));
        assert_eq!(parse(&bytes, &Envelope::default(), &[]).unwrap().auto, class);
    }
}

#[test]
fn nobody_s_text_can_add_a_field() {
    let mut written = mail();
    written.subject = "x\r\nBcc: evil@x.y\r\n\r\nbody".into();
    written.from.name = Some("y\nBcc: evil@x.y".into());
    written.to[0].name = Some("z\"\r\nBcc: evil@x.y".into());
    let text = String::from_utf8(compose(&written).unwrap()).unwrap();
    assert!(!text.lines().any(|line| line.starts_with("Bcc")), "{text}");
    for (malformed, change) in [
        (
            "an address",
            Box::new(|mail: &mut OutboundMail| mail.to[0].address = "a@b.c>\r\nBcc: x".into()) as Box<dyn Fn(&mut OutboundMail)>,
        ),
        ("a reply address", Box::new(|mail| mail.reply_to = Some("a@b\r\nX: y".into()))),
        ("an id", Box::new(|mail| mail.message_id = "a>\r\nX: y".into())),
        ("an answered id", Box::new(|mail| mail.in_reply_to = Some("a b".into()))),
    ] {
        let mut written = mail();
        change(&mut written);
        assert_eq!(compose(&written), Err(ComposeError::Malformed), "{malformed}");
    }
}

#[test]
fn limits_are_kept() {
    let mut written = mail();
    written.references = (0..300).map(|n| format!("{n}@client.example")).collect();
    let read = parse(&compose(&written).unwrap(), &Envelope::default(), &[]).unwrap();
    assert_eq!(read.references.len(), limits::REFERENCES_MAX);
    assert_eq!((read.references[0].as_str(), read.references[49].as_str()), ("0@client.example", "m2@client.example"));

    written.files.push(OutboundFile { name: "x".into(), content_type: "a/b".into(), content: vec![0; 4 * 1024 * 1024] });
    assert_eq!(compose(&written), Err(ComposeError::TooLarge), "base64 makes it larger");
    written.files.clear();
    written.to = vec![mailbox("x", "a@b.c"); 51];
    assert_eq!(compose(&written), Err(ComposeError::Recipients));
    written.to.clear();
    assert_eq!(compose(&written), Err(ComposeError::Recipients));
}

#[test]
fn a_domain_with_other_letters_is_written_in_ascii() {
    let mut written = mail();
    written.to[0].address = "anna@пример.рф".into();
    let text = String::from_utf8(compose(&written).unwrap()).unwrap();
    assert!(text.contains("<anna@xn--e1afmkfd.xn--p1ai>"), "{text}");
}

#[test]
fn a_boundary_is_never_part_of_the_text() {
    let mut written = mail();
    let boundary = super::boundary("alternative", &written);
    written.text = format!("--{boundary}\nContent-Type: text/html\n\n<script>");
    let read = parse(&compose(&written).unwrap(), &Envelope::default(), &[]).unwrap();
    assert!(read.text.contains(&boundary));
    assert_eq!(read.html.as_deref().map(str::trim), Some("<p>Добрый день!</p>"));
}

proptest! {
    #[test]
    fn lines_are_never_longer_than_the_rfc_allows_and_all_is_ascii(subject in ".{0,1200}", name in ".{0,400}", text in "(.{0,2000}\n?){0,3}") {
        let mut written = mail();
        written.subject = subject;
        written.from.name = Some(name);
        written.text = text;
        let bytes = compose(&written).unwrap();
        prop_assert!(bytes.is_ascii());
        for line in bytes.split(|byte| *byte == b'\n') {
            prop_assert!(line.len() <= 999, "{} bytes", line.len());
        }
        prop_assert!(!bytes.contains(&0));
    }
}
