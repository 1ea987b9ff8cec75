use super::{strip, strip_html};
use crate::mail::sanitize::mail_html;
use proptest::prelude::*;
use std::collections::HashMap;
use std::fmt::Write;

/// Attribution lines as mail clients write them.
const ATTRIBUTIONS: &[&str] = &[
    "On Fri, Jun 5, 2026 at 10:22 AM Anna Ivanova <anna@acme.example> wrote:",
    "On Jun 5, 2026, at 10:22, Anna Ivanova <anna@acme.example> wrote:",
    "пт, 5 июн. 2026 г. в 10:22, Анна Иванова <anna@acme.example>:",
    "5 июня 2026 г., в 10:22, Анна Иванова <anna@acme.example> написал(а):",
    "Пятница, 5 июня 2026, 10:22 +03:00 от Анна Иванова <anna@acme.example>:",
    "05.06.2026 10:22, Анна Иванова пишет:",
    "05.06.2026, 10:22, \"Анна Иванова\" <anna@acme.example>:",
    "пт, 5 черв. 2026 р. о 10:22 Анна <anna@acme.example> пише:",
    "Am Fr., 5. Juni 2026 um 10:22 Uhr schrieb Anna Ivanova <anna@acme.example>:",
    "Am 05.06.2026 um 10:22 schrieb Anna Ivanova:",
    "Le ven. 5 juin 2026 à 10:22, Anna Ivanova <anna@acme.example> a écrit :",
    "El vie, 5 jun 2026 a las 10:22, Anna Ivanova (<anna@acme.example>) escribió:",
    "Il giorno ven 5 giu 2026 alle ore 10:22 Anna Ivanova <anna@acme.example> ha scritto:",
    "Em sex., 5 de jun. de 2026 às 10:22, Anna Ivanova <anna@acme.example> escreveu:",
    "Op vr 5 jun 2026 om 10:22 schreef Anna Ivanova <anna@acme.example>:",
    "pt., 5 cze 2026 o 10:22 Anna Ivanova <anna@acme.example> napisał(a):",
    "W dniu 5.06.2026 o 10:22, Anna Ivanova pisze:",
    "Anna Ivanova <anna@acme.example>, 5 Haz 2026 Cum, 10:22 tarihinde şunu yazdı:",
    "Anna Ivanova <anna@acme.example> 于2026年6月5日周五 10:22写道：",
    "2026年6月5日(金) 10:22 Anna Ivanova <anna@acme.example>:",
    "2026년 6월 5일 (금) 오전 10:22, Anna Ivanova <anna@acme.example>님이 작성:",
    "في الجمعة، 5 يونيو 2026 في 10:22 ص تمت كتابة ما يلي بواسطة Anna <anna@acme.example>:",
    "Den fre 5 juni 2026 kl 10:22 skrev Anna Ivanova <anna@acme.example>:",
    "fre. 5. jun. 2026 kl. 10:22 skrev Anna Ivanova <anna@acme.example>:",
    "pá 5. 6. 2026 v 10:22 odesílatel Anna Ivanova <anna@acme.example> napsal:",
    "ב-יום ו׳, 5 ביוני 2026 ב-10:22 מאת Anna <\u{202a}anna@acme.example\u{202c}\u{200f}>:",
];

const NEW: &str = "Спасибо, проверили.\nThe report still fails: error 42.";
const OLD: &str = "Please try version 7.\nBest regards";

fn prefixed(text: &str) -> String {
    text.lines().fold(String::new(), |mut out, line| {
        let _ = writeln!(out, "> {line}");
        out
    })
}

#[test]
fn a_reply_on_top_is_separated_in_every_language() {
    for attribution in ATTRIBUTIONS {
        let stripped = strip(&format!("{NEW}\n\n{attribution}\n{}", prefixed(OLD)));
        assert_eq!(stripped.visible, NEW, "{attribution}");
        assert!(stripped.quoted.contains(attribution) && stripped.quoted.contains("version 7"), "{attribution}");
    }
}

#[test]
fn a_reply_on_top_of_an_unmarked_quote_is_separated_in_every_language() {
    for attribution in ATTRIBUTIONS {
        let stripped = strip(&format!("{NEW}\n\n{attribution}\n\n{OLD}\n"));
        assert_eq!(stripped.visible, NEW, "{attribution}");
        assert!(stripped.quoted.contains("version 7"), "{attribution}");
    }
}

#[test]
fn an_attribution_that_was_broken_over_lines_is_still_one() {
    for attribution in ATTRIBUTIONS {
        let (at, _) = attribution.char_indices().filter(|(_, c)| *c == ' ').nth(3).unwrap_or((attribution.len(), ' '));
        let (first, second) = attribution.split_at(at);
        let broken = format!("{first}\n{}", second.trim());
        let stripped = strip(&format!("{NEW}\n\n{broken}\n\n{}", prefixed(OLD)));
        assert_eq!(stripped.visible, NEW, "{broken}");
    }
}

#[test]
fn a_reply_below_keeps_its_text() {
    for attribution in ATTRIBUTIONS {
        let stripped = strip(&format!("{attribution}\n{}\n{NEW}\n", prefixed(OLD)));
        assert_eq!(stripped.visible, NEW, "{attribution}");
    }
}

#[test]
fn a_reply_below_an_unmarked_quote_loses_nothing() {
    let text = format!("{}\n\n{OLD}\n\n{NEW}", ATTRIBUTIONS[0]);
    assert_eq!(strip(&text).visible, text);
}

#[test]
fn answers_between_the_lines_are_all_kept() {
    let text =
        "On 5 June 2026 10:22 Anna wrote:\n> Which version?\n\n7.2\n\n> Which server?\nThe one in Tula.\n\n> Thanks\n-- \nIvan\n";
    assert_eq!(strip(text).visible, "7.2\n\nThe one in Tula.");
    let text =
        "Hello, my answers are below in red.\n\nFrom: Anna <a@b.c>\nSent: Friday\nTo: Ivan\nSubject: x\n\nWhich version? 7.2";
    assert!(strip(text).visible.contains("7.2"));
    let text = "Ответы ниже.\n\n05.06.2026, 10:22, \"Анна\" <a@b.c>:\nКакая версия?\n7.2";
    assert!(strip(text).visible.contains("7.2"));
}

const BLOCKS: &[&str] = &[
    "From: Anna <a@b.c>\nSent: Friday, June 5, 2026 10:22 AM\nTo: Ivan\nSubject: RE: report",
    "________________________________\nFrom: Anna <a@b.c>\nSent: Friday, June 5, 2026 10:22 AM\nTo: Ivan\nSubject: RE: report",
    "*From:* Anna <a@b.c>\n*Sent:* Friday, June 5, 2026 10:22 AM\n*To:* Ivan\n*Subject:* RE: report",
    "От: Анна <a@b.c>\nОтправлено: 5 июня 2026 г. 10:22\nКому: Иван\nТема: RE: отчёт",
    "Від: Анна\nНадіслано: 5 червня 2026\nКому: Іван\nТема: RE: звіт",
    "Von: Anna\nGesendet: Freitag, 5. Juni 2026 10:22\nAn: Ivan\nBetreff: AW: Bericht",
    "De : Anna\nEnvoyé : vendredi 5 juin 2026 10:22\nÀ : Ivan\nObjet : RE: rapport",
    "De: Anna\nEnviado el: viernes, 5 de junio de 2026\nPara: Ivan\nAsunto: RE: informe",
    "Da: Anna\nInviato: venerdì 5 giugno 2026\nA: Ivan\nOggetto: R: rapporto",
    "De: Anna\nEnviada em: sexta-feira, 5 de junho de 2026\nPara: Ivan\nAssunto: RES: relatório",
    "Van: Anna\nVerzonden: vrijdag 5 juni 2026\nAan: Ivan\nOnderwerp: RE: rapport",
    "Od: Anna\nWysłano: piątek, 5 czerwca 2026\nDo: Ivan\nTemat: ODP: raport",
    "Kimden: Anna\nGönderildi: 5 Haziran 2026\nKime: Ivan\nKonu: YNT: rapor",
    "发件人: Anna\n发送时间: 2026年6月5日\n收件人: Ivan\n主题: 回复: 报告",
    "差出人: Anna\n送信日時: 2026年6月5日\n宛先: Ivan\n件名: RE: 報告",
    "보낸 사람: Anna\n보낸 날짜: 2026년 6월 5일\n받는 사람: Ivan\n제목: RE: 보고서",
    "من: Anna\nتم الإرسال: 5 يونيو 2026\nإلى: Ivan\nالموضوع: تقرير",
    "-----Original Message-----\nFrom: Anna\nSent: x\nTo: y\nSubject: z",
    "-----Исходное сообщение-----\nтекст без полей",
    "-------- Ursprüngliche Nachricht --------\nText",
];

#[test]
fn header_blocks_of_every_language_end_the_new_text() {
    for block in BLOCKS {
        let stripped = strip(&format!("{NEW}\n\n{block}\n\n{OLD}\n"));
        assert_eq!(stripped.visible, NEW, "{block}");
        assert!(stripped.quoted.contains("version 7"), "{block}");
    }
}

#[test]
fn a_forwarded_mail_is_new_text() {
    for text in [
        "FYI\n\n---------- Forwarded message ---------\nFrom: Anna <a@b.c>\nDate: Fri, Jun 5, 2026\nSubject: x\nTo: y\n\nThe printer is on fire.",
        "Посмотрите\n\n-------- Пересылаемое сообщение --------\nОт: Анна\nДата: 5 июня 2026\nТема: x\n\nThe printer is on fire.",
        "From: Anna <a@b.c>\nSent: Friday\nTo: Ivan\nSubject: x\n\nThe printer is on fire.",
    ] {
        assert!(strip(text).visible.contains("The printer is on fire."), "{text}");
    }
}

#[test]
fn our_own_line_ends_the_new_text() {
    let text = format!("{NEW}\n\n##- Please write your reply above this line -##\n\nAnna has answered\n");
    assert_eq!(strip(&text).visible, NEW);
}

#[test]
fn signatures_go_and_what_only_looks_like_one_stays() {
    assert_eq!(strip("Works now.\n\n-- \nIvan Petrov\n+7 999 000-00-00\n").visible, "Works now.");
    assert_eq!(strip("Works now.\n\nSent from my iPhone\n\n> old").visible, "Works now.");
    assert_eq!(strip("Работает.\n\nОтправлено с iPhone").visible, "Работает.");
    assert_eq!(strip("-- \nonly this").visible, "--\nonly this");
    let long = format!("Log:\n--\n{}", "a line of the log\n".repeat(30));
    assert_eq!(strip(&long).visible, long.trim());
    assert_eq!(strip("a\n-- a comment of SQL\nselect 1").visible, "a\n-- a comment of SQL\nselect 1");
}

#[test]
fn prose_is_not_taken_for_an_attribution() {
    for text in [
        "Hello,\n\nAs we wrote:\nthe server is down since Monday.\n",
        "Добрый день!\n\nВот что пишет программа:\nошибка 1042 в строке 7\n",
        "Steps at 10:30:\n1. open\n2. close",
        "We tried:\n\nOn 3 servers the user wrote:\nthe same error",
        "Note\n\nFrom: the main menu\nwe chose Print.",
        "To: do\nSubject: to change",
    ] {
        assert_eq!(strip(text).visible, text.trim(), "{text}");
    }
}

#[test]
fn a_mail_of_quotes_alone_stays_as_it_is() {
    assert_eq!(strip("> a\n> b").visible, "> a\n> b");
    assert_eq!(strip(""), super::Stripped::default());
}

fn html(body: &str) -> super::StrippedHtml {
    strip_html(&mail_html(body, &HashMap::new()))
}

#[test]
fn quotes_in_html_are_found_by_the_marks_of_the_mail_clients() {
    for body in [
        r#"<div>new</div><div class="gmail_quote"><div class="gmail_attr">On x wrote:</div><blockquote class="gmail_quote" style="x">old</blockquote></div>"#,
        r#"<p>new</p><div class="moz-cite-prefix">On x wrote:</div><blockquote type="cite" cite="mid:x">old</blockquote>"#,
        r#"<div>new<div class="yahoo_quoted"><div>On x wrote: old</div></div></div>"#,
        r#"<div><p>new</p><div id="appendonsend"></div><hr><div id="divRplyFwdMsg">From: x</div>old</div>"#,
        r#"<div>new</div><blockquote class="protonmail_quote" type="cite">old</blockquote>"#,
    ] {
        let stripped = html(body);
        assert!(stripped.visible.contains("new") && !stripped.visible.contains("old"), "{body} -> {stripped:?}");
        assert!(stripped.quoted.contains("old"), "{body} -> {stripped:?}");
    }
}

#[test]
fn answers_between_quotes_in_html_are_kept() {
    let body = r#"<div class="gmail_quote"><div class="gmail_attr">On x wrote:</div><blockquote class="gmail_quote">q1</blockquote><div>a1</div><blockquote class="gmail_quote">q2</blockquote><div>a2</div></div>"#;
    let stripped = html(body);
    assert!(stripped.visible.contains("a1") && stripped.visible.contains("a2"));
    assert!(!stripped.visible.contains("q1") && !stripped.visible.contains("q2"));
}

#[test]
fn html_that_is_all_quote_and_a_plain_block_quote_stay() {
    let body = r#"<blockquote type="cite">only this</blockquote>"#;
    assert!(html(body).visible.contains("only this"));
    assert!(html("<p>see</p><blockquote>the manual says so</blockquote>").visible.contains("the manual says so"));
}

#[test]
fn cut_html_is_still_well_formed() {
    let stripped = html(r#"<div><p>new</p><div><div id="appendonsend"></div>old</div></div><p>old</p>"#);
    assert_eq!(stripped.visible, "<div><p>new</p><div></div></div>");
}

#[test]
fn a_hostile_text_costs_linear_time() {
    for line in ["> ", "On 1:1 <a@b> wrote", "From: a\n", "-- \n", "##- -##\n", "a:\n\n", "----------\n", "wrote:\n> \n"] {
        let text = line.repeat(256 * 1024 / line.len());
        let stripped = strip(&text);
        assert!(stripped.visible.len() + stripped.quoted.len() <= text.len() * 2 + 10);
    }
}

/// Lines that nobody could take for a quote, a header or a signature.
fn new_line() -> impl Strategy<Value = String> {
    "[a-zа-яا-ي]{1,12}( [a-zа-я0-9]{1,10}){0,8}[.!?]"
}

proptest! {
    #[test]
    fn no_new_line_is_ever_lost_between_quoted_ones(blocks in prop::collection::vec((prop::collection::vec(new_line(), 1..4), 0usize..3), 1..6), language in 0..ATTRIBUTIONS.len(), on_top in any::<bool>()) {
        let mut text = if on_top { String::new() } else { format!("{}\n> first\n\n", ATTRIBUTIONS[language]) };
        let mut expected = Vec::new();
        for (lines, quotes) in &blocks {
            for line in lines {
                let _ = writeln!(text, "{line}");
                expected.push(line.clone());
            }
            text.push('\n');
            for _ in 0..*quotes {
                text.push_str("> something old\n");
            }
        }
        if on_top {
            let _ = write!(text, "\n{}\n> last\n", ATTRIBUTIONS[language]);
        }
        let stripped = strip(&text);
        let visible: Vec<String> = stripped.visible.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect();
        prop_assert_eq!(visible, expected);
        prop_assert!(!stripped.visible.contains("something old"));
    }

    #[test]
    fn every_line_of_any_text_is_in_one_of_the_two_parts(text in "([>a-z:<@ 0-9.-]{0,12}\n|-- \n|From: x\n|On 1 May 2026 10:22 <a@b> wrote:\n|\n){0,30}") {
        let stripped = strip(&text);
        let mut before: Vec<&str> = text.lines().map(str::trim_end).filter(|line| !line.trim().is_empty()).collect();
        let mut after: Vec<&str> = stripped.visible.lines().chain(stripped.quoted.lines()).map(str::trim_end).filter(|line| !line.trim().is_empty()).collect();
        if stripped.quoted.is_empty() {
            before = before.into_iter().map(str::trim).collect();
            after = after.into_iter().map(str::trim).collect();
        }
        before.sort_unstable();
        after.sort_unstable();
        prop_assert_eq!(before, after);
    }
}
