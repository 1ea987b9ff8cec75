//! What the engine writes into templates ahead says the same as the templates themselves.

use super::{LOCALES, data, html, pages};
use crate::pages::engine;

#[test]
fn partials_and_texts_that_are_written_in_ahead_change_nothing_of_a_page() {
    let plain = engine::plain().unwrap();
    for name in pages() {
        for locale in LOCALES {
            let (template, root) = data(name, locale);
            let as_written = plain.render(&template, &root).unwrap_or_else(|error| panic!("{name}: {error}"));
            let in_one_line = |page: String| page.replace('\n', "");
            assert_eq!(in_one_line(html(name, locale)), in_one_line(as_written), "{name} in {}", locale.as_str());
        }
    }
}
