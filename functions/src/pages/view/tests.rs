//! Every page, from its sample data through its view and its template, in every language.

mod plain;
mod safety;
mod samples;
mod templates;
mod through;
mod values;

use serde_json::Value;
use shared::i18n::Locale;

use self::samples::{SAMPLES, sample};
use self::through::{through, view_of};
use super::Shell;
use crate::pages::engine;

fn merge(into: &mut Value, from: &Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (key, value) in from {
                merge(into.entry(key.clone()).or_insert(Value::Null), value);
            }
        }
        (into, from) => *into = from.clone(),
    }
}

fn data(name: &str, locale: Locale) -> (String, Value) {
    let given = sample(name);
    let template = given["template"].as_str().unwrap().to_owned();
    let mut root = sample(&format!("shell-{}", given["shell"].as_str().unwrap()));
    if let Some(overrides) = given.get("shell_overrides") {
        merge(&mut root, overrides);
    }
    root["locale"] = locale.as_str().into();
    root["dir"] = locale.dir().into();
    let mut root = through::<Shell>(name, root);
    root["page"] = view_of(name, &template, given["page"].clone());
    (template, root)
}

fn pages() -> impl Iterator<Item = &'static str> {
    SAMPLES.iter().map(|(name, _)| *name).filter(|name| !name.starts_with("shell-"))
}

fn html(name: &str, locale: Locale) -> String {
    let (template, root) = data(name, locale);
    engine::render_data(&template, locale, &root).unwrap_or_else(|error| panic!("{name} in {}: {error:?}", locale.as_str()))
}

const LOCALES: [Locale; 3] = [Locale::Ru, Locale::En, Locale::Ar];

#[test]
fn every_page_renders_from_its_view_in_every_language() {
    for name in pages() {
        for locale in LOCALES {
            let page = html(name, locale);
            assert!(page.starts_with("<!doctype html>"), "{name}");
            assert!(page.contains(&format!("lang=\"{}\" dir=\"{}\"", locale.as_str(), locale.dir())), "{name}");
            assert!(page.trim_end().ends_with("</html>"), "{name}");
        }
    }
}

#[test]
fn a_refused_form_comes_back_filled_and_says_what_is_wrong() {
    let page = html("new-refused", Locale::En);
    assert!(page.contains("value=\"wrong@\""));
    assert!(page.contains("This is not an address."));
    assert!(page.contains("aria-invalid=\"true\""));
    assert!(page.contains("<option value=\"high\" selected>"));
}
