//! What people read, in their language: Fluent messages, compiled into the program. Each folder of `shared/locales` is a language; the
//! build script makes [`Locale`] and the list of files of them.
//!
//! The catalogue of a locale is built when it is first spoken, once a thread (on the edge: once an isolate), from the files in
//! `shared/locales/<locale>/`. A key that a locale lacks falls back to English and then to the key
//! itself, so that a forgotten text is visible and harmless; a test keeps the languages equal.
//! A tenant's own words ([`own`]) come before all of these while they are spoken.
//! Isolating marks are off: they would show up in subjects and attributes, and HTML has `dir` for that.

mod format;
mod locale;
pub mod own;
mod sources;

pub use fluent_bundle::FluentValue as Arg;
pub use format::{DateStyle, date, number};
pub use locale::Locale;
pub use sources::{Entry, entries};

use std::cell::OnceCell;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use unic_langid::{LanguageIdentifier, langid};

/// Named values for a text: `&[("number", ticket.into())]`.
pub type Args<'a> = [(&'a str, Arg<'a>)];

/// One bundle a language, each read when it is first spoken.
#[derive(Default)]
struct Catalog([OnceCell<FluentBundle<FluentResource>>; Locale::ALL.len()]);

impl Catalog {
    fn of(&self, locale: Locale) -> Option<&FluentBundle<FluentResource>> {
        self.0.get(locale as usize).map(|cell| cell.get_or_init(|| bundle(locale)))
    }
}

thread_local! {
    static CATALOG: Catalog = Catalog::default();
}

include!(concat!(env!("OUT_DIR"), "/sources.rs"));

fn bundle(locale: Locale) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new(vec![language(locale)]);
    bundle.set_use_isolating(false);
    for (_, source) in sources(locale) {
        // A resource with a syntax error still carries its good messages; the tests refuse the error.
        let resource = match FluentResource::try_new((*source).to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// The text of `key` in `locale`, with `args` filled in. `key` may name an attribute: `button.title`.
/// Falls back to English, then to the key itself.
pub fn text(locale: Locale, key: &str, args: &Args<'_>) -> String {
    let mut fluent = FluentArgs::with_capacity(args.len());
    for (name, value) in args {
        fluent.set(*name, value.clone());
    }
    CATALOG.with(|catalog| {
        own::lookup(locale, key, &fluent)
            .or_else(|| lookup(catalog.of(locale)?, key, &fluent))
            .or_else(|| lookup(catalog.of(Locale::En)?, key, &fluent))
            .unwrap_or_else(|| key.to_owned())
    })
}

/// The text of a key that takes no values.
pub fn plain(locale: Locale, key: &str) -> String {
    text(locale, key, &[])
}

/// Whether `locale` itself has the key (attributes included).
pub fn has(locale: Locale, key: &str) -> bool {
    CATALOG.with(|catalog| catalog.of(locale).and_then(|bundle| lookup(bundle, key, &FluentArgs::new())).is_some())
}

fn lookup(bundle: &FluentBundle<FluentResource>, key: &str, args: &FluentArgs<'_>) -> Option<String> {
    let (id, attribute) = match key.split_once('.') {
        Some((id, attribute)) => (id, Some(attribute)),
        None => (key, None),
    };
    let message = bundle.get_message(id)?;
    let pattern = match attribute {
        Some(attribute) => message.get_attribute(attribute)?.value(),
        None => message.value()?,
    };
    let mut errors = Vec::new();
    Some(bundle.format_pattern(pattern, Some(args), &mut errors).into_owned())
}

#[cfg(test)]
mod tests;
