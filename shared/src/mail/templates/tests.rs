use super::{Brand, Moved, Notice, Reader, Rendered, SecurityEvent, Target, TicketRef, render};
use crate::i18n::{Locale, plain};
use crate::mail::quote;
use crate::mail::sanitize::html_to_text;
use crate::mail::token::tokens_of_body;
use chrono::{TimeZone, Utc};

const TOKEN: &str = "abcdefghijklmnopqrstuvwxyz234567abcdefgh";

fn brand() -> Brand {
    Brand::new("Ромашка & Co", "#ffcc00", Some("https://cdn.example/logo.png"))
}

fn ticket() -> TicketRef {
    TicketRef {
        number: "ACME-7".into(),
        title: "<b>Отчёт</b> & печать".into(),
        url: "https://support.acme.example/tickets/7?a=1&b=2".into(),
    }
}

fn every_kind() -> Vec<Notice> {
    let at = Utc.with_ymd_and_hms(2026, 3, 1, 9, 30, 0).unwrap();
    let url = "https://support.acme.example/x?t=1".to_owned();
    vec![
        Notice::TicketReceived { ticket: ticket(), due_at: Some(at) },
        Notice::TicketReceived { ticket: ticket(), due_at: None },
        Notice::ConfirmAddress { url: url.clone(), expires_at: at },
        Notice::AgentReply {
            ticket: ticket(),
            agent: "Иван <script>".into(),
            markdown: "**Готово**\n\n<script>alert(1)</script>".into(),
        },
        Notice::TicketResolved { ticket: ticket(), rating_url: Some(url.clone()) },
        Notice::TicketResolved { ticket: ticket(), rating_url: None },
        Notice::RatingReminder { ticket: ticket(), rating_url: url.clone() },
        Notice::SlaWarning { ticket: ticket(), target: Target::Resolution, percent: 75, due_at: at },
        Notice::SlaBreach { ticket: ticket(), target: Target::FirstResponse, due_at: at },
        Notice::SlaBreach { ticket: ticket(), target: Target::NextResponse, due_at: at },
        Notice::ConfirmRegistration { url: url.clone(), expires_at: at },
        Notice::PasswordReset { url, expires_at: at },
        Notice::ClientReply {
            ticket: ticket(),
            client: "Анна <script>".into(),
            markdown: "**Не** вышло <script>x</script>".into(),
        },
        Notice::Escalated {
            ticket: ticket(),
            by: "Борис".into(),
            level: 2,
            reason: "<script>Склад стоит</script> & ждёт".into(),
        },
        Notice::StatusChanged { ticket: ticket(), moved: Moved::InProgress },
        Notice::StatusChanged { ticket: ticket(), moved: Moved::WaitingCustomer },
        Notice::StatusChanged { ticket: ticket(), moved: Moved::Reopened },
        Notice::StatusChanged { ticket: ticket(), moved: Moved::Resolved },
        Notice::StatusChanged { ticket: ticket(), moved: Moved::Closed },
        Notice::Assigned { ticket: ticket(), by: "Анна".into(), due_at: Some(at) },
        Notice::Reminder { ticket: Some(ticket()), text: String::new(), url: "https://a.b/agent/reminders".into() },
        Notice::Reminder { ticket: Some(ticket()), text: "Call Anna".into(), url: "https://a.b/agent/reminders".into() },
        Notice::Reminder { ticket: None, text: "Call Anna".into(), url: "https://a.b/agent/reminders".into() },
        Notice::Alert {
            kinds: crate::alert::Kind::ALL.to_vec(),
            at,
            url: "https://support.acme.example/agent/security/alerts".into(),
        },
    ]
    .into_iter()
    .chain(SecurityEvent::ALL.map(|event| Notice::Security {
        event,
        at,
        network: "192.0.2.7".into(),
        device: "<script>".into(),
        url: "https://support.acme.example/profile/security".into(),
    }))
    .collect()
}

fn written(notice: &Notice, locale: Locale, token: Option<&str>) -> Rendered {
    render(notice, &brand(), Reader { locale, zone: chrono_tz::Europe::Moscow, token, settings_url: None }).unwrap()
}

#[test]
fn every_kind_is_written_in_every_language_without_a_hole() {
    for notice in every_kind() {
        for locale in Locale::ALL {
            let mail = written(&notice, locale, Some(TOKEN));
            for part in [&mail.subject, &mail.text, &mail.html] {
                assert!(!part.trim().is_empty(), "{notice:?} {locale}");
                assert!(!part.contains("{$") && !part.contains("{ $") && !part.contains("mail-"), "{notice:?} {locale}: {part}");
            }
            assert!(mail.html.contains(&format!("lang=\"{locale}\" dir=\"{}\"", locale.dir())));
            assert_eq!(mail.html.matches("<table").count(), mail.html.matches("</table>").count());
        }
    }
}

#[test]
fn what_people_typed_is_escaped_in_html_and_plain_in_text() {
    for notice in every_kind() {
        let mail = written(&notice, Locale::Ru, None);
        assert!(!mail.html.contains("<script") && !mail.html.contains("<b>Отчёт"), "{notice:?}");
        assert!(!mail.text.contains("&amp;") && !mail.text.contains("&lt;"), "{notice:?}: {}", mail.text);
    }
}

#[test]
fn an_unverified_address_reads_nothing_that_the_sender_typed() {
    let at = Utc.with_ymd_and_hms(2026, 3, 1, 9, 30, 0).unwrap();
    let mail = written(&Notice::ConfirmAddress { url: "https://a.b/c".into(), expires_at: at }, Locale::En, None);
    assert_eq!(mail.subject, "Please confirm your address");
    assert_eq!(
        mail.text,
        "Please confirm your address\n\nHello,\n\nSomebody wrote to Ромашка & Co support from this address. If it was you, confirm the address and your request goes to our engineers. If it was not you, ignore this message.\n\nConfirm my address: https://a.b/c\n\nThe link works until March 1, 2026, 12:30.\n\nThis message was sent by Ромашка & Co support.\n"
    );
}

#[test]
fn an_answer_to_our_mail_is_told_from_our_mail_and_carries_the_token() {
    for locale in Locale::ALL {
        let mail = written(&every_kind()[3], locale, Some(TOKEN));
        assert_eq!(tokens_of_body(&mail.text, 4), [TOKEN]);
        assert_eq!(tokens_of_body(&mail.html, 4), [TOKEN]);
        for ours in [mail.text.clone(), html_to_text(&mail.html)] {
            let stripped = quote::strip(&format!("It works, thanks.\n\n{ours}"));
            assert_eq!(stripped.visible.lines().next(), Some("It works, thanks."));
            assert!(!stripped.visible.contains("Готово"), "{locale}: {}", stripped.visible);
        }
    }
}

#[test]
fn a_button_can_be_read_on_any_brand_colour() {
    for (accent, expected) in [
        ("#ffcc00", "#000000"),
        ("#0b57d0", "#ffffff"),
        ("#ffffff", "#000000"),
        ("#000000", "#ffffff"),
        ("red;}</style>", "#ffffff"),
    ] {
        let brand = Brand::new("x", accent, Some("javascript:alert(1)"));
        assert_eq!(brand.on_accent, expected, "{accent}");
        assert!(brand.accent.starts_with('#') && brand.accent.len() == 7);
        assert_eq!(brand.logo_url, None);
    }
}

#[test]
fn whoever_does_not_rate_is_told_that_the_ticket_is_resolved_and_nothing_of_rating() {
    for locale in Locale::ALL {
        let mail = written(&Notice::TicketResolved { ticket: ticket(), rating_url: None }, locale, None);
        assert!(!mail.text.contains(&plain(locale, "mail-ticket-resolved-ask")), "{}", mail.text);
        assert!(!mail.html.contains(&plain(locale, "mail-rate-button")));
        assert!(mail.text.contains(&ticket().url), "the ticket's page instead: {}", mail.text);
    }
}

#[test]
fn moments_stand_in_the_reader_s_zone() {
    let due_at = Utc.with_ymd_and_hms(2026, 3, 1, 9, 30, 0).unwrap();
    let warning = Notice::SlaWarning { ticket: ticket(), target: Target::Resolution, percent: 75, due_at };
    let mail = written(&warning, Locale::Ru, None);
    assert!(mail.text.contains("Прошло 75 % времени на «решение». Срок: 1 марта 2026 г., 12:30."), "{}", mail.text);
    assert_eq!(mail.subject, "[ACME-7] Срок подходит к концу");
}

#[test]
fn a_mail_that_can_be_turned_off_says_at_its_foot_where() {
    let url = "https://support.acme.example/profile#notifications";
    for notice in every_kind() {
        for locale in Locale::ALL {
            let reader = Reader { locale, zone: chrono_tz::Europe::Moscow, token: Some(TOKEN), settings_url: Some(url) };
            let mail = render(&notice, &brand(), reader).unwrap();
            let line = plain(locale, "mail-footer-settings");
            assert!(mail.text.contains(&format!("\n{line}: {url}\n")), "{notice:?} {locale}: {}", mail.text);
            assert!(mail.html.contains(&format!("<a href=\"{url}\"")) && mail.html.contains(&line), "{notice:?} {locale}");
            assert!(!written(&notice, locale, Some(TOKEN)).text.contains(&line), "{notice:?} {locale}");
        }
    }
}

#[test]
fn of_a_ticket_that_goes_from_one_status_to_another_the_right_thing_is_told() {
    use crate::ticket::Status as S;
    for (from, to, told) in [
        (S::New, S::InProgress, Some(Moved::InProgress)),
        (S::WaitingCustomer, S::InProgress, Some(Moved::InProgress)),
        (S::Resolved, S::InProgress, Some(Moved::Reopened)),
        (S::Closed, S::InProgress, Some(Moved::Reopened)),
        (S::Resolved, S::WaitingCustomer, Some(Moved::WaitingCustomer)),
        (S::Resolved, S::New, Some(Moved::Reopened)),
        (S::InProgress, S::New, None),
        (S::InProgress, S::Resolved, Some(Moved::Resolved)),
        (S::Resolved, S::Closed, Some(Moved::Closed)),
    ] {
        assert_eq!(Moved::between(from, to), told, "{from:?} {to:?}");
    }
    for moved in [Moved::InProgress, Moved::WaitingCustomer, Moved::Reopened, Moved::Resolved, Moved::Closed] {
        assert_eq!(Moved::parse(moved.code()), Some(moved));
    }
    assert_eq!(Moved::parse("new"), None);
}
