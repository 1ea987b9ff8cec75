//! What is the same at every rendering in one language, put into a template before it is parsed: `{{t "key"}}` with constant values or
//! none, `{{asset "name"}}`. A list repeats its texts in each of its rows.

use handlebars::html_escape;
use shared::i18n::{self, Arg, Locale};
use shared::marks;

use super::asset;

/// The template with its constant texts in this language.
pub fn settled(source: &str, locale: Locale) -> String {
    marks::replaced(source, "{{", |call| {
        let (inside, after) = call.split_once("}}")?;
        Some((html_escape(&constant(inside, locale)?), after))
    })
}

/// What a call gives whose arguments are constants; `None` for any other, and for a text that handlebars would read as a call.
fn constant(call: &str, locale: Locale) -> Option<String> {
    let (helper, arguments) = call.split_once(' ')?;
    let (key, mut rest) = literal(arguments.trim_start())?;
    let text = match helper {
        "t" => {
            let mut args = Vec::new();
            while !rest.trim_start().is_empty() {
                let (name, value) = rest.trim_start().split_once('=')?;
                let (value, after) = value_of(value, locale)?;
                // A text that names its language is in that one.
                if name == "lang" {
                    return None;
                }
                args.push((name, Arg::from(value)));
                rest = after;
            }
            i18n::text(locale, key, &args)
        }
        "asset" if rest.is_empty() => asset(key),
        _ => return None,
    };
    let plain = !text.contains(['{', '\\']);
    plain.then_some(text)
}

/// A text in quotes, and what follows it.
fn literal(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix('"')?.split_once('"')
}

/// A constant value: a text in quotes, or a call in brackets that is a constant itself.
fn value_of(text: &str, locale: Locale) -> Option<(String, &str)> {
    match text.strip_prefix('(') {
        Some(call) => {
            let (inside, after) = call.split_once(')')?;
            Some((constant(inside, locale)?, after))
        }
        None => literal(text).map(|(value, after)| (value.to_owned(), after)),
    }
}

#[cfg(test)]
mod tests {
    use shared::i18n::{self, Locale};

    use super::settled;

    #[test]
    fn texts_without_values_are_put_in_and_escaped_before_a_template_is_parsed() {
        let words = i18n::text(Locale::Ru, "ui-save", &[]);
        assert_eq!(settled(r#"<b>{{t "ui-save"}}</b>{{title}}"#, Locale::Ru), format!("<b>{words}</b>{{{{title}}}}"));
        assert_eq!(settled(r#"{{asset "a<b.css"}}"#, Locale::En), "/assets/build/a&lt;b.css");
    }

    #[test]
    fn so_are_texts_whose_values_are_constants() {
        let words = i18n::text(Locale::Ru, "status", &[("value", "closed".into())]);
        assert_eq!(settled(r#"<b>{{t "status" value="closed"}}</b>"#, Locale::Ru), format!("<b>{words}</b>"));
        let inner = i18n::text(Locale::En, "command", &[("value", "reply".into())]);
        let outer = i18n::text(Locale::En, "shortcut-change", &[("name", inner.into())]);
        assert_eq!(
            settled(r#"{{t "shortcut-change" name=(t "command" value="reply")}}"#, Locale::En),
            handlebars::html_escape(&outer)
        );
    }

    #[test]
    fn calls_that_depend_on_the_page_are_left_as_they_are() {
        for call in [
            r#"{{t "status" value=status}}"#,
            r#"{{t "status" value="open" n=count}}"#,
            r#"{{t "shortcut-change" name=(t "command" value=name)}}"#,
            r#"{{t "ui-save" lang="en"}}"#,
            "{{t key}}",
            r#"{{#if (eq status "open")}} selected{{/if}}"#,
            r#"{{> shared/choices (t "ui-save")}}"#,
            "{{ unfinished",
        ] {
            assert_eq!(settled(call, Locale::En), call);
        }
    }
}
