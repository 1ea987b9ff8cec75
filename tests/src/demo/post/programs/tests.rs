use super::*;
use crate::demo::papers::PaperKind;
use shared::mail::parse::parse;
use shared::mail::quote::strip;
use shared::mail::{AutoClass, Envelope, InboundMail};

const TEXT: [(Language, &str, &str); 3] = [
    (Language::Ru, "Здравствуйте!\n\nДокумент СФ-001245 — не проводится.", "В пн, 23.11.2026, 12:05, Анна Белова пишет:"),
    (Language::En, "Hello,\n\nINV-100245 can't be posted <yet>.", "On Mon, Nov 23, 2026 at 12:05 PM Anna Bell wrote:"),
    (Language::Ar, "السلام عليكم،\n\nلا يمكن ترحيل INV-100245.", "في 23/11/2026 12:05 كتب أحمد:"),
];

fn answered() -> Answered {
    Answered {
        message_id: "wn.token.1@desk.example".to_owned(),
        reply_to: "support+token@desk.example".to_owned(),
        envelope_from: "support+token@desk.example".to_owned(),
        from: ("Служба поддержки".to_owned(), "support@desk.example".to_owned()),
        subject: "[ACME-12] Ошибка".to_owned(),
        at: "2026-11-23T09:05:00Z".parse().unwrap(),
    }
}

fn written(from: &str, language: Language, text: &str, files: &[Paper], answers: Option<&Answered>) -> InboundMail {
    let letter = Letter {
        name: "Мария Соколова",
        from,
        to: "support@desk.example",
        cc: &["boss@client.example".to_owned()],
        subject: "Re: [ACME-12] Ошибка при проведении документа реализации за ноябрь, второй раз за неделю",
        at: "2026-11-23T10:00:00Z".parse().unwrap(),
        zone: Tz::Europe__Moscow,
        language,
        text,
        files,
        answers,
    };
    parse(&letter.bytes(), &Envelope::default(), &["mx.cloudflare.net"]).expect("a mail that can be read")
}

/// One address for each program.
fn writers() -> Vec<(Program, String)> {
    let mut found: Vec<(Program, String)> = Vec::new();
    for nth in 0.. {
        let address = format!("person{nth}@client.example");
        let program = Program::of(&address);
        if found.iter().all(|(known, _)| *known != program) {
            found.push((program, address));
        }
        if found.len() == 4 {
            break;
        }
    }
    found
}

#[test]
fn every_program_says_the_same_words_and_the_product_finds_what_is_new_in_them() {
    let answered = answered();
    for (program, from) in writers() {
        for (language, own, head) in TEXT {
            let text = format!("{own}\n\n{head}\n> Какой документ?\n>\n> С уважением");
            let mail = written(&from, language, &text, &[], Some(&answered));
            let stripped = strip(&mail.text);
            let expected = if program == Program::Phone { stripped.visible.starts_with(own) } else { stripped.visible == own };
            assert!(expected, "{program:?} {language:?}: {:?} of {:?}", stripped.visible, mail.text);
            assert!(stripped.quoted.contains("Какой документ?"), "{program:?} {language:?}: {:?}", mail.text);
            assert_eq!(mail.in_reply_to, std::slice::from_ref(&answered.message_id));
            assert_eq!(mail.html.is_some(), program != Program::Plain);
            assert_eq!(mail.auto, AutoClass::None);
            assert!(mail.sender_is_authenticated());
            assert_eq!((mail.from.name.as_deref(), mail.from.address.as_str()), (Some("Мария Соколова"), from.as_str()));
            assert_eq!(mail.cc[0].address, "boss@client.example");
        }
    }
}

#[test]
fn files_come_through_with_their_names_and_bytes() {
    let paper =
        Paper {
            kind: PaperKind::Table, name: "остатки за ноябрь.csv".to_owned(), lines: vec!["Склад;Остаток".to_owned()]
        };
    for (_, from) in writers() {
        let mail = written(&from, Language::Ru, "Во вложении.", std::slice::from_ref(&paper), None);
        let [file] = mail.attachments.as_slice() else { panic!("{} files", mail.attachments.len()) };
        assert_eq!((file.name.as_str(), file.content.as_slice()), ("остатки за ноябрь.csv", paper.bytes().as_slice()));
    }
}
