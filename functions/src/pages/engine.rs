//! The template engine of the pages: every file of `functions/templates/`, compiled in, with two helpers of the pages' own.
//!
//! - `{{asset "app.css"}}`: the address of a file that the asset build has named by its content, so that it may be cached for ever.
//! - `{{get map "key"}}`: a value of a map, and null where it has none. Strict mode refuses absent names; forms have them by nature.
//!
//! A template is parsed when the first page of an isolate in that language needs it, with the partials that it names: a fresh isolate
//! answers its first page without reading all the others. Before that, partials are written into the templates that call them
//! ([`inline`]), and texts whose values are constants are put in ([`settled`]). Pages of tenants that say some texts in their own words
//! are rendered by a second engine, which asks for every text.

use std::cell::RefCell;
use std::collections::HashMap;

use handlebars::{Handlebars, Helper};
use serde::Serialize;
use serde_json::Value;
use shared::error::ApiError;
use shared::i18n::{Locale, own};
use shared::template::{self, Gives};

use super::view::Page;

mod files;
mod inline;
mod settled;

thread_local! {
    static ENGINES: RefCell<HashMap<(Locale, bool), Handlebars<'static>>> = RefCell::new(HashMap::new());
}

/// Renders a page. The name is the file's, without its ending: `portal/login`.
///
/// # Errors
/// An internal error naming the template, when the view and the template do not fit.
pub fn render<T: Serialize>(name: &str, page: &Page<T>) -> Result<String, ApiError> {
    let locale = Locale::parse(&page.shell.locale).unwrap_or(Locale::En);
    render_data(name, locale, page)
}

/// Renders a template over any data; the root must have `locale`, the same one, and `tz`.
///
/// # Errors
/// As [`render`].
pub fn render_data<T: Serialize>(name: &str, locale: Locale, data: &T) -> Result<String, ApiError> {
    ENGINES.with_borrow_mut(|engines| {
        let is_own = own::are_spoken(locale);
        let engine = engines.entry((locale, is_own)).or_insert_with(build);
        learn(engine, name, (!is_own).then_some(locale));
        engine.render(name, data).map_err(|error| ApiError::internal(format!("template {name}: {error}")))
    })
}

fn build() -> Handlebars<'static> {
    let mut engine = template::registry();
    engine.register_helper("asset", Box::new(Gives(|helper, _| Ok(asset_of(helper)))));
    engine.register_helper("get", Box::new(Gives(|helper, _| Ok(value_of(helper)))));
    engine
}

/// Parses a template and the partials that it names, unless that is done. One that does not exist or parse is refused by the tests;
/// here it would show as a failure of its own page only.
/// Without a language texts are asked for at each rendering: a tenant says some in its own words.
fn learn(engine: &mut Handlebars<'static>, name: &str, locale: Option<Locale>) {
    if engine.has_template(name) {
        return;
    }
    let Some(source) = source_of(name) else { return };
    let whole = inline::inlined(source, &source_of);
    let parsed = match locale {
        Some(locale) => engine.register_template_string(name, settled::settled(&whole, locale)),
        None => engine.register_template_string(name, &whole),
    };
    if parsed.is_ok() {
        for partial in partials(&whole) {
            learn(engine, partial, locale);
        }
    }
}

fn source_of(name: &str) -> Option<&'static str> {
    files::TEMPLATES.iter().find(|(known, _)| *known == name).map(|(_, source)| *source)
}

/// The names of partials in a template: `{{> shared/icon ..}}`, `{{#> agent/frame}}`, `{{~> ..}}`.
fn partials(source: &str) -> impl Iterator<Item = &str> {
    source
        .split("{{")
        .skip(1)
        .filter_map(|call| call.trim_start_matches(['~', '#']).strip_prefix('>'))
        .filter_map(|rest| rest.trim_start().split([' ', '\n', '}', '~']).next())
        .filter(|name| !name.starts_with('@'))
}

/// The address of a built file; the plain name where the build has not run (native tests).
pub fn asset(name: &str) -> String {
    let built = files::ASSETS.iter().find(|(plain, _)| *plain == name).map_or(name, |(_, hashed)| hashed);
    format!("/assets/build/{built}")
}

/// An engine with all templates as they are written.
#[cfg(test)]
pub fn plain() -> Result<Handlebars<'static>, handlebars::TemplateError> {
    let mut engine = build();
    for (name, source) in files::TEMPLATES {
        engine.register_template_string(name, source)?;
    }
    Ok(engine)
}

/// The templates' names.
#[cfg(test)]
pub fn names() -> impl Iterator<Item = &'static str> {
    files::TEMPLATES.iter().map(|(name, _)| *name)
}

/// The templates' names and texts.
#[cfg(test)]
pub fn sources() -> impl Iterator<Item = (&'static str, &'static str)> {
    files::TEMPLATES.iter().copied()
}

fn asset_of(helper: &Helper<'_>) -> Value {
    asset(helper.param(0).and_then(|param| param.value().as_str()).unwrap_or_default()).into()
}

fn value_of(helper: &Helper<'_>) -> Value {
    let key = helper.param(1).and_then(|param| param.value().as_str()).unwrap_or_default();
    helper.param(0).and_then(|map| map.value().get(key)).cloned().unwrap_or_default()
}
