//! What pages say, whichever page it is.

use std::collections::BTreeSet;
use std::path::Path;

use shared::i18n::{self, Locale};

/// Every `"flash-..."` that the pages' code names.
fn news(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            news(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let named = text.split("\"flash-").skip(1).filter_map(|rest| rest.split('"').next());
            found.extend(named.filter(|name| !name.is_empty()).map(|name| format!("flash-{name}")));
        }
    }
}

#[test]
fn what_just_happened_is_said_in_words_of_every_language() {
    let mut found = BTreeSet::new();
    news(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../functions/src/routes"), &mut found);
    assert!(found.len() > 20, "{found:?}");
    for key in found {
        for locale in Locale::ALL {
            assert!(i18n::has(locale, &key), "{key} is missing in {}", locale.as_str());
        }
    }
}
