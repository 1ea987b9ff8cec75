use super::{Arg, DateStyle, Locale, date, number, plain, sources, text};
use chrono::{TimeZone, Utc};
use fluent_bundle::FluentResource;
use std::collections::{BTreeMap, BTreeSet};

/// Message and attribute keys of a source, each with the variables that its text names.
fn keys(source: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut message = String::new();
    let mut current = String::new();
    for line in source.lines() {
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        if !line.starts_with([' ', '}', '*', '[']) {
            let (key, _) = line.split_once('=').expect("a message line has an equals sign");
            key.trim().clone_into(&mut message);
            message.clone_into(&mut current);
            assert!(found.insert(current.clone(), BTreeSet::new()).is_none(), "{current} stands twice");
        } else if let Some(attribute) = line.trim().strip_prefix('.') {
            let (attribute, _) = attribute.split_once('=').expect("an attribute has an equals sign");
            current = format!("{message}.{}", attribute.trim());
            found.insert(current.clone(), BTreeSet::new());
        }
        for piece in line.split('$').skip(1) {
            let name: String = piece.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect();
            found.get_mut(&current).expect("a line belongs to a key").insert(name);
        }
    }
    found
}

#[test]
fn every_source_is_free_of_syntax_errors() {
    for locale in Locale::ALL {
        for (name, source) in sources(locale) {
            if let Err((_, errors)) = FluentResource::try_new((*source).to_owned()) {
                panic!("{locale}/{name}.ftl: {errors:?}");
            }
        }
    }
}

#[test]
fn every_language_has_the_same_files_and_keys_with_the_same_variables() {
    for locale in Locale::ALL.into_iter().filter(|locale| *locale != Locale::En) {
        let names = |locale| sources(locale).iter().map(|(name, _)| *name).collect::<Vec<_>>();
        assert_eq!(names(locale), names(Locale::En), "{locale}");
        for ((name, english), (_, other)) in sources(Locale::En).iter().zip(sources(locale)) {
            let (english, other) = (keys(english), keys(other));
            assert!(!english.is_empty(), "{name}.ftl has no keys");
            for (key, variables) in &english {
                assert_eq!(other.get(key), Some(variables), "{locale}/{name}.ftl: {key}");
            }
            for key in other.keys() {
                assert!(english.contains_key(key), "{locale}/{name}.ftl: {key} is not in English");
            }
        }
    }
}

#[test]
fn a_language_says_of_itself_how_it_is_called_and_written() {
    assert_eq!((Locale::Ar.own_name(), Locale::Ar.dir()), ("العربية", "rtl"));
    assert_eq!((Locale::Ru.own_name(), Locale::Ru.dir(), Locale::Ru.as_str()), ("Русский", "ltr", "ru"));
    for locale in Locale::ALL {
        assert_eq!(plain(locale, "language-name"), locale.own_name());
    }
}

#[test]
fn no_key_stands_in_two_files() {
    let mut seen = BTreeMap::new();
    for (name, source) in sources(Locale::En) {
        for key in keys(source).into_keys() {
            if let Some(other) = seen.insert(key.clone(), name) {
                panic!("{key} is in {other}.ftl and {name}.ftl");
            }
        }
    }
}

#[test]
fn an_unknown_key_is_shown_as_itself() {
    assert_eq!(plain(Locale::Ru, "there-is-no-such-key"), "there-is-no-such-key");
}

#[test]
fn texts_carry_no_isolating_marks() {
    let shown = text(Locale::Ar, "mail-ticket-received-subject", &[("number", Arg::from("ACME-7"))]);
    assert!(shown.contains("ACME-7"));
    assert!(!shown.contains(['\u{2068}', '\u{2069}']));
}

#[test]
fn accept_language_picks_the_heaviest_that_we_speak() {
    for (header, expected) in [
        ("ru-RU,ru;q=0.9,en;q=0.8", Locale::Ru),
        ("de-DE, ar;q=0.5, en;q=0.4", Locale::Ar),
        ("en;q=0.1, ar;q=0.11", Locale::Ar),
        ("ru;q=0, en;q=0.2", Locale::En),
        ("de, fr;q=0.5", Locale::En),
        ("*", Locale::En),
        ("", Locale::En),
        ("ru;q=nonsense", Locale::En),
    ] {
        assert_eq!(Locale::negotiate(header, Locale::En), expected, "{header}");
    }
}

#[test]
fn moments_are_written_in_the_reader_s_zone_and_words() {
    let moment = Utc.with_ymd_and_hms(2026, 1, 5, 21, 4, 0).unwrap();
    assert_eq!(date(Locale::Ru, moment, chrono_tz::Europe::Moscow, DateStyle::Long), "6 января 2026 г., 00:04");
    assert_eq!(date(Locale::En, moment, chrono_tz::America::New_York, DateStyle::Long), "January 5, 2026, 16:04");
    assert_eq!(date(Locale::Ar, moment, chrono_tz::Asia::Dubai, DateStyle::Date), "6 يناير 2026");
}

#[test]
fn numbers_use_the_signs_of_the_locale() {
    assert_eq!(number(Locale::Ru, 1_234_567.5, 1), "1\u{a0}234\u{a0}567,5");
    assert_eq!(number(Locale::En, -1234.0, 0), "-1,234");
    assert_eq!(number(Locale::En, -0.001, 1), "0.0");
}
