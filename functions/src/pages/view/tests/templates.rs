//! Templates by what is written in them: each is shown, and its icons and texts are right.

use std::collections::BTreeSet;

use shared::i18n;

use super::samples::sample;
use super::{LOCALES, pages};
use crate::pages::engine;

#[test]
fn every_template_with_a_page_has_a_sample() {
    let shown: BTreeSet<String> = pages().map(|name| sample(name)["template"].as_str().unwrap().to_owned()).collect();
    let frames = [
        "portal/frame",
        "portal/entrance",
        "portal/list",
        "portal/rows",
        "portal/find",
        "agent/frame",
        "agent/side",
        "agent/dialogs",
        "agent/pending",
        "agent/forward",
        "agent/copied",
        "agent/command",
        "agent/board-card",
        "agent/checklist-item",
        "agent/reminder-form",
        "agent/reminder",
        "agent/time-entry-row",
        "agent/time-fields",
        "agent/time-sum",
        "agent/when",
        "portal/devices",
        "agent/date-row",
        "agent/named",
        "agent/access-nav",
        "agent/protection-nav",
        "agent/access-roles-five",
        "agent/access-asked",
        "agent/access-explained",
        // Shown by its route, with the samples of other pages.
        "agent/design",
    ];
    for name in engine::names().filter(|name| !name.starts_with("shared/") && !frames.contains(name)) {
        assert!(shown.contains(name), "{name} is shown by no sample");
    }
}

#[test]
fn icons_that_point_along_the_line_are_mirrored_from_right_to_left() {
    const POINTING: [&str; 16] = [
        "arrow-left",
        "arrow-right",
        "chevron-left",
        "chevron-right",
        "chevrons-left",
        "chevrons-right",
        "forward",
        "reply",
        "reply-all",
        "send",
        "undo-2",
        "redo-2",
        "log-in",
        "log-out",
        "list",
        "text-quote",
    ];
    for (name, source) in engine::sources() {
        for piece in source.split("{{> shared/icon \"").skip(1) {
            let icon = piece.split('"').next().unwrap();
            assert!(!POINTING.contains(&icon), "{name}: {icon} wants icon-flip");
        }
    }
}

#[test]
fn every_text_that_a_template_names_exists_in_every_language() {
    for (name, source) in engine::sources() {
        for piece in source.split("{{t \"").chain(source.split("(t \"")).skip(1) {
            let key = piece.split('"').next().unwrap();
            if !key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') || piece.len() == source.len() {
                continue;
            }
            for locale in LOCALES {
                assert!(i18n::has(locale, key), "{name}: {key} is missing in {}", locale.as_str());
            }
        }
    }
}
