//! The words of the product: none is missing where it is asked for, and none is kept that nobody asks for.

use std::collections::HashSet;
use std::path::Path;

use shared::i18n::{Locale, has, sources};

/// Beginnings of keys that the code completes by a name that it has: actions of the audit log, codes of refusals, why a mail waits or failed,
/// ERP modules, what the build reads of a language.
const COMPLETED: &[&str] = &[
    "audit-line-",
    "error-",
    "field-",
    "mail-alert-kind-",
    "mail-failure-",
    "mail-reason-",
    "mail-security-",
    "module-",
    "language-",
];
/// Ends of keys whose beginning the code says: parts of a mail.
const PARTS: &[&str] = &["-subject", "-heading", "-text", "-button"];

/// All that may ask for a word: sources, templates, browser code.
fn askers() -> String {
    let mut text = String::new();
    for folder in ["functions/src", "functions/templates", "shared/src", "public/src"] {
        read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder), &mut text);
    }
    text
}

fn read(folder: &Path, text: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(&path, text);
        } else if path.extension().is_some_and(|ending| ["rs", "hbs", "ts"].iter().any(|known| ending == *known)) {
            text.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn every_word_of_a_page_is_said_somewhere() {
    let askers = askers();
    let words: HashSet<&str> =
        askers.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '-')).filter(|word| !word.is_empty()).collect();
    // Names of actions, codes and modules have dots and underscores where keys have hyphens.
    let names: HashSet<String> = askers
        .split(|letter: char| !(letter.is_ascii_alphanumeric() || "-_.".contains(letter)))
        .filter(|name| !name.is_empty())
        .map(|name| name.replace(['.', '_'], "-"))
        .collect();
    let is_said = |key: &str| {
        words.contains(key)
            || key.strip_prefix("js-").is_some_and(|rest| words.contains(rest))
            || COMPLETED.iter().filter_map(|beginning| key.strip_prefix(beginning)).any(|rest| names.contains(rest))
            || PARTS.iter().filter_map(|end| key.strip_suffix(end)).any(|rest| words.contains(rest))
    };
    let unsaid: Vec<&str> = sources(Locale::En)
        .iter()
        .flat_map(|(_, source)| source.lines())
        .filter_map(|line| line.split_once(" =").map(|(key, _)| key))
        .filter(|key| key.starts_with(|first: char| first.is_ascii_lowercase()))
        .filter(|key| !is_said(key))
        .collect();
    assert!(unsaid.is_empty(), "nobody says {unsaid:?}");
}

#[test]
fn every_fault_of_a_field_has_its_words() {
    let askers = askers();
    let mut silent = Vec::new();
    let mut found = 0;
    for call in ["FieldError::new(", "ApiError::field("] {
        for arguments in askers.split(call).skip(1) {
            // Only a code that is written as it is: `"priority", "unknown_value")`.
            let written = arguments.split_once(", \"").filter(|(field, _)| !field.contains([';', ')']));
            let code = written.and_then(|(_, rest)| rest.split_once('"')).map(|(code, _)| code);
            let Some(code) = code.filter(|code| code.bytes().all(|byte| byte == b'_' || byte.is_ascii_lowercase())) else {
                continue;
            };
            found += 1;
            if !has(Locale::En, &format!("field-{}", code.replace('_', "-"))) {
                silent.push(code);
            }
        }
    }
    assert!(found > 50, "only {found} faults were looked at");
    assert!(silent.is_empty(), "no words for {silent:?}");
}
