//! A line of the audit log, in the reader's words where there are some.

use std::collections::BTreeSet;

use chrono::DateTime;
use serde_json::{Map, Value};
use shared::http::Query;
use shared::i18n::{self, Arg, Locale};
use shared::store::audit::{Listed, Outcome};

use crate::actions::audit::VIA;
use crate::context::Ctx;
use crate::pages::view::audit::{Change, Fact, Row};

/// Fields of one line that are shown; the export has them all.
const CHANGES_MAX: usize = 60;
/// Characters of a subject without a name within a sentence.
const SUBJECT_CHARS_MAX: usize = 60;

/// The line as the page shows it.
pub fn row(ctx: &Ctx<'_>, line: Listed) -> Row {
    let number = line.subject_number.map(|number| ctx.tenant.ticket_reference(number));
    Row {
        seq: line.seq,
        at: DateTime::from_timestamp_millis(line.at).unwrap_or(ctx.now).into(),
        text: text(ctx.locale, &line, number.as_deref()),
        refused: line.outcome == Outcome::Refused,
        ticket: number.map(|number| format!("/agent/tickets/{number}")),
        changes: changes(&line.detail),
        facts: facts(&line),
        network: line.network,
    }
}

/// The line as a sentence: its action's own, else one that names the action.
fn text(locale: Locale, line: &Listed, number: Option<&str>) -> String {
    let actor = line.actor_name.clone().unwrap_or_else(|| {
        let kind = if line.actor.starts_with("opr_") { "operator" } else { line.actor.as_str() };
        i18n::text(locale, "audit-actor", &[("value", Arg::from(kind.to_owned()))])
    });
    // What a program did is told with the beginning of its key.
    let actor = match line.detail.get(VIA).and_then(Value::as_str) {
        Some(prefix) => format!("{actor} ({prefix})"),
        None => actor,
    };
    let object = number.map(str::to_owned).or_else(|| line.subject_name.clone()).or_else(|| named(&line.detail));
    let object = object.unwrap_or_else(|| match line.subject.as_str() {
        "unknown" => i18n::plain(locale, "audit-unknown"),
        subject => subject.chars().take(SUBJECT_CHARS_MAX).collect(),
    });
    let role = |side: &str| line.detail.pointer(&format!("/{side}/role")).and_then(Value::as_str);
    let (key, role) = match (line.action.as_str(), role("from"), role("to")) {
        ("user.updated", Some(from), Some(to)) if from != to => {
            ("audit-line-user-role".to_owned(), i18n::text(locale, "role", &[("value", Arg::from(to.to_owned()))]))
        }
        (action, ..) => (format!("audit-line-{}", action.replace(['.', '_'], "-")), String::new()),
    };
    let key = if i18n::has(locale, &key) { key.as_str() } else { "audit-line-other" };
    let args =
        [("actor", actor.into()), ("object", object.into()), ("role", role.into()), ("action", line.action.clone().into())];
    i18n::text(locale, key, &args)
}

/// The name that a line's detail has for its subject.
fn named(detail: &Value) -> Option<String> {
    let places = ["/to/name", "/from/name", "/name", "/file_name", "/subject", "/recipient", "/email"];
    places.into_iter().find_map(|place| detail.pointer(place)?.as_str()).map(str::to_owned)
}

/// What was and what is, field by field, of every form that a detail has.
fn changes(detail: &Value) -> Vec<Change> {
    let Some(fields) = detail.as_object() else { return Vec::new() };
    let mut changes = Vec::new();
    match (fields.get("from"), fields.get("to")) {
        (None, None) => {}
        (from, to) if from.is_none_or(is_form) && to.is_none_or(is_form) => changes.extend(compared(from, to)),
        (from, to) => changes.push(change("value", from, to)),
    }
    for (name, value) in fields.iter().filter(|(name, _)| !matches!(name.as_str(), "from" | "to")) {
        let sides = value.as_object().filter(|sides| sides.contains_key("from") || sides.contains_key("to"));
        changes.push(match sides {
            Some(sides) => change(name, sides.get("from"), sides.get("to")),
            None => change(name, None, Some(value)),
        });
    }
    changes.truncate(CHANGES_MAX);
    changes
}

fn is_form(value: &Value) -> bool {
    value.is_object()
}

/// The fields in which two forms differ; of one form alone, all of it.
fn compared(from: Option<&Value>, to: Option<&Value>) -> Vec<Change> {
    let none = Map::new();
    let (from, to) = (from.and_then(Value::as_object).unwrap_or(&none), to.and_then(Value::as_object).unwrap_or(&none));
    let names: BTreeSet<&String> = from.keys().chain(to.keys()).collect();
    names
        .into_iter()
        .filter(|name| from.get(*name) != to.get(*name))
        .map(|name| change(name, from.get(name), to.get(name)))
        .filter(|change| change.from != change.to)
        .collect()
}

fn change(name: &str, from: Option<&Value>, to: Option<&Value>) -> Change {
    Change { field: name.to_owned(), from: written(from), to: written(to) }
}

fn written(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

fn facts(line: &Listed) -> Vec<Fact> {
    let lines = |name: &str, value: &str| {
        let query: Query = [(name, value)].into_iter().collect();
        Some(format!("/agent/audit?{}", query.with("", None)))
    };
    let fact = |name: &str, value: &str, lines: Option<String>| Fact { name: name.to_owned(), value: value.to_owned(), lines };
    let mut facts = vec![
        fact("action", &line.action, lines("action", &line.action)),
        fact("actor", &line.actor, lines("actor", &line.actor)),
        fact("subject", &line.subject, lines("subject", &line.subject)),
    ];
    facts.extend(line.on_behalf_of.as_deref().map(|person| fact("on_behalf_of", person, None)));
    if !line.network.is_empty() {
        facts.push(fact("network", &line.network, lines("network", &line.network)));
    }
    facts.push(fact("request_id", &line.request_id, lines("q", &line.request_id)));
    if !line.user_agent.is_empty() {
        facts.push(fact("user_agent", &line.user_agent, None));
    }
    facts
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn shown(detail: &Value) -> Vec<(String, String, String)> {
        changes(detail).into_iter().map(|change| (change.field, change.from, change.to)).collect()
    }

    fn told(field: &str, from: &str, to: &str) -> (String, String, String) {
        (field.to_owned(), from.to_owned(), to.to_owned())
    }

    #[test]
    fn every_form_of_a_detail_is_shown_as_before_and_after() {
        assert_eq!(
            shown(&json!({ "from": { "role": "agent", "name": "A" }, "to": { "role": "admin", "name": "A", "zone": null } })),
            [told("role", "agent", "admin")]
        );
        assert_eq!(
            shown(&json!({ "status": { "from": "new", "to": "closed" }, "links": [1] })),
            [told("links", "", "[1]"), told("status", "new", "closed")]
        );
        assert_eq!(shown(&json!({ "from": null, "to": 9, "by": "link" })), [told("value", "", "9"), told("by", "", "link")]);
        assert_eq!(shown(&json!({ "to": { "name": "Gold" } })), [told("name", "", "Gold")]);
        assert_eq!(shown(&json!({})), []);
    }
}
