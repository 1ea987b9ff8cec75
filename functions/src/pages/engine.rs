//! The template engine of the pages: every file of `functions/templates/`, compiled in, with two helpers of the pages' own.
//!
//! - `{{asset "app.css"}}`: the address of a file that the asset build has named by its content, so that it may be cached for ever.
//! - `{{get map "key"}}`: a value of a map, and null where it has none. Strict mode refuses absent names; forms have them by nature.
//!
//! A template is parsed when the first page of an isolate needs it, with the partials that it names: a fresh isolate answers its first
//! page without reading all the others.

use std::cell::RefCell;

use handlebars::{Handlebars, Helper};
use serde::Serialize;
use serde_json::Value;
use shared::error::ApiError;
use shared::template::{self, Gives};

use super::view::Page;

mod files;

thread_local! {
    static ENGINE: RefCell<Handlebars<'static>> = RefCell::new(build());
}

/// Renders a page. The name is the file's, without its ending: `portal/login`.
///
/// # Errors
/// An internal error naming the template, when the view and the template do not fit.
pub fn render<T: Serialize>(name: &str, page: &Page<T>) -> Result<String, ApiError> {
    render_data(name, page)
}

/// Renders a template over any data; the root must have `locale` and `tz`.
///
/// # Errors
/// As [`render`].
pub fn render_data<T: Serialize>(name: &str, data: &T) -> Result<String, ApiError> {
    ENGINE.with(|engine| {
        learn(&mut engine.borrow_mut(), name);
        engine.borrow().render(name, data).map_err(|error| ApiError::internal(format!("template {name}: {error}")))
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
fn learn(engine: &mut Handlebars<'static>, name: &str) {
    if engine.has_template(name) {
        return;
    }
    let Some((name, source)) = files::TEMPLATES.iter().find(|(known, _)| *known == name) else { return };
    if engine.register_template_string(name, *source).is_ok() {
        for partial in partials(source) {
            learn(engine, partial);
        }
    }
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
