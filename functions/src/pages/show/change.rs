//! A line of a ticket's history as a sentence: what the timeline keeps in stable names is put into the reader's words.
//!
//! The template says `event-changed` where there is a value before and one after, and `event` otherwise; so a line is given the kind
//! and the values that its sentence needs.

use chrono::DateTime;
use shared::i18n::{self, DateStyle};
use shared::ticket::HistoryView;

use super::facts::module_name;
use crate::context::Ctx;
use crate::pages::view::ticket::Event;

/// Values that may be set, changed and removed.
const VALUES: &[&str] =
    &["assignee", "department", "category", "module", "organization", "title", "tags", "followers", "attachment"];

/// The line as the timeline shows it.
pub fn event(ctx: &Ctx<'_>, line: &HistoryView) -> Event {
    let read = |value: &Option<String>| value.as_deref().map(|value| words(ctx, &line.kind, value)).unwrap_or_default();
    let (kind, from, to) = sentence(&line.kind, read(&line.from), read(&line.to));
    Event { kind, actor: line.actor.as_ref().map(|actor| actor.name.clone()), from, to, at: line.at.into() }
}

/// The kind and the two values of the line's sentence.
fn sentence(kind: &str, from: String, to: String) -> (String, String, String) {
    let none = String::new;
    let one_end = |kind: &str, value: String| (kind.to_owned(), none(), value);
    match kind {
        "escalated" if to == "0" => one_end("escalation_over", none()),
        "escalated" | "rated" | "sla_changed" | "sla_warning" | "snoozed" => one_end(kind, to),
        "custom_fields" => one_end(kind, none()),
        "checklist_edited" => ("checklist_edited".to_owned(), none(), to),
        "merged_from" => one_end("merged", to),
        "unmerged" | "unmerged_from" => one_end("unmerged", from),
        "split_from" | "unlinked" => one_end(kind, from),
        _ if VALUES.contains(&kind) && from.is_empty() => one_end(&format!("{kind}_set"), to),
        _ if VALUES.contains(&kind) && to.is_empty() => one_end(&format!("{kind}_removed"), from),
        _ => (kind.to_owned(), from, to),
    }
}

/// A kept value in the reader's words.
fn words(ctx: &Ctx<'_>, kind: &str, value: &str) -> String {
    match kind {
        "module" => module_name(ctx, value),
        "linked" | "unlinked" => match value.split_once(' ') {
            Some((kind, number)) => format!("{} {number}", i18n::text(ctx.locale, "link-kind", &[("value", kind.into())])),
            None => value.to_owned(),
        },
        "snoozed" if value == "answer" => i18n::text(ctx.locale, "snooze-until-answer", &[]),
        "sla_changed" | "snoozed" => DateTime::parse_from_rfc3339(value)
            .map_or_else(|_| value.to_owned(), |at| i18n::date(ctx.locale, at.to_utc(), ctx.zone(), DateStyle::Long)),
        _ => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::sentence;

    fn told(kind: &str, from: &str, to: &str) -> String {
        let (kind, from, to) = sentence(kind, from.to_owned(), to.to_owned());
        format!("{kind} [{from}] [{to}]")
    }

    #[test]
    fn a_line_with_one_end_says_which_end_it_is() {
        for (kind, from, to, sentence) in [
            ("assignee", "", "Anna", "assignee_set [] [Anna]"),
            ("assignee", "Anna", "", "assignee_removed [] [Anna]"),
            ("assignee", "Anna", "Boris", "assignee [Anna] [Boris]"),
            ("attachment", "log.txt", "", "attachment_removed [] [log.txt]"),
            ("status", "new", "closed", "status [new] [closed]"),
            ("rated", "3", "5", "rated [] [5]"),
            ("escalated", "1: why", "2: more", "escalated [] [2: more]"),
            ("escalated", "2: more", "0", "escalation_over [] []"),
            ("unmerged_from", "ACME-2", "", "unmerged [] [ACME-2]"),
            ("merged_from", "", "ACME-2", "merged [] [ACME-2]"),
            ("custom_fields", "{}", "{\"a\":1}", "custom_fields [] []"),
        ] {
            assert_eq!(told(kind, from, to), sentence);
        }
    }
}
