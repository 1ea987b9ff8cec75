//! The one way to make text from a template: handlebars in strict mode with our helpers.
//!
//! Strict, because a name that the data lacks is a bug and not an empty string on a page. What the
//! helpers give is escaped like any value. They take the language from `locale` and the time zone
//! from `tz` at the root of the data, unless a call names its own.
//!
//! - `{{t "key" name=value ...}}`: a Fluent text; `lang="ar"` overrides the language.
//! - `{{date moment style="long|date|time" tz="Europe/Moscow"}}`: RFC 3339 text or milliseconds since 1970. A day alone
//!   (`2026-03-02`) is that day in every time zone.
//! - `{{number value decimals=1}}`.
//! - `{{eq a b}}` in subexpressions comes with handlebars itself.

use crate::i18n::{self, Arg, DateStyle, Locale};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use handlebars::{Context, Handlebars, Helper, HelperDef, JsonValue, RenderContext, RenderError, RenderErrorReason, ScopedJson};

/// An empty registry for HTML: strict, escaping, with the helpers.
pub fn registry() -> Handlebars<'static> {
    let mut registry = Handlebars::new();
    registry.set_strict_mode(true);
    registry.register_helper("t", Box::new(Gives(translated)));
    registry.register_helper("date", Box::new(Gives(date)));
    registry.register_helper("number", Box::new(Gives(number)));
    registry
}

/// The same for plain text: nothing is escaped. Its output must never be served as HTML.
pub fn text_registry() -> Handlebars<'static> {
    let mut registry = registry();
    registry.register_escape_fn(handlebars::no_escape);
    registry
}

/// A helper that is a function of its call and of the template's data. What it gives is escaped like any value.
pub struct Gives(pub fn(&Helper<'_>, &Context) -> Result<JsonValue, RenderError>);

impl HelperDef for Gives {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        context: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        (self.0)(helper, context).map(ScopedJson::Derived)
    }
}

fn bad(helper: &str, what: &str) -> RenderError {
    RenderErrorReason::Other(format!("{helper}: {what}")).into()
}

/// A setting of the call (`tz="..."`) or else of the root data.
fn setting<'v>(helper: &'v Helper<'_>, data: &'v JsonValue, in_call: &str, at_root: &str) -> Option<&'v str> {
    helper.hash_get(in_call).map(handlebars::PathAndJson::value).or_else(|| data.get(at_root)).and_then(JsonValue::as_str)
}

fn locale(helper: &Helper<'_>, context: &Context) -> Result<Locale, RenderError> {
    setting(helper, context.data(), "lang", "locale")
        .and_then(Locale::parse)
        .ok_or_else(|| bad(helper.name(), "the data has no `locale`"))
}

fn argument(value: &JsonValue) -> Arg<'static> {
    match value {
        JsonValue::Number(number) => number.as_i64().map_or_else(|| Arg::from(number.as_f64().unwrap_or_default()), Arg::from),
        JsonValue::String(text) => Arg::from(text.clone()),
        JsonValue::Null => Arg::from(""),
        other => Arg::from(other.to_string()),
    }
}

fn translated(helper: &Helper<'_>, context: &Context) -> Result<JsonValue, RenderError> {
    let key = helper.param(0).and_then(|param| param.value().as_str()).ok_or_else(|| bad("t", "no key"))?;
    let locale = locale(helper, context)?;
    let args: Vec<(&str, Arg<'_>)> =
        helper.hash().iter().filter(|(name, _)| **name != "lang").map(|(name, value)| (*name, argument(value.value()))).collect();
    Ok(i18n::text(locale, key, &args).into())
}

fn date(helper: &Helper<'_>, context: &Context) -> Result<JsonValue, RenderError> {
    let moment = helper.param(0).ok_or_else(|| bad("date", "no moment"))?;
    let day = moment.value().as_str().and_then(|text| text.parse::<NaiveDate>().ok());
    if let Some(day) = day.and_then(|day| day.and_hms_opt(0, 0, 0)) {
        return Ok(i18n::date(locale(helper, context)?, day.and_utc(), Tz::UTC, DateStyle::Date).into());
    }
    let moment: DateTime<Utc> = match moment.value() {
        JsonValue::String(text) => DateTime::parse_from_rfc3339(text).ok().map(|moment| moment.to_utc()),
        JsonValue::Number(number) => number.as_i64().and_then(DateTime::from_timestamp_millis),
        _ => None,
    }
    .ok_or_else(|| bad("date", "not a moment"))?;
    let zone = setting(helper, context.data(), "tz", "tz")
        .and_then(|name| name.parse().ok())
        .ok_or_else(|| bad("date", "the data has no `tz`"))?;
    let style = match helper.hash_get("style").and_then(|style| style.value().as_str()) {
        None => DateStyle::Long,
        Some(name) => DateStyle::parse(name).ok_or_else(|| bad("date", "unknown style"))?,
    };
    Ok(i18n::date(locale(helper, context)?, moment, zone, style).into())
}

fn number(helper: &Helper<'_>, context: &Context) -> Result<JsonValue, RenderError> {
    let value = helper.param(0).and_then(|param| param.value().as_f64()).ok_or_else(|| bad("number", "not a number"))?;
    let decimals = helper
        .hash_get("decimals")
        .and_then(|decimals| decimals.value().as_u64())
        .and_then(|decimals| usize::try_from(decimals).ok())
        .unwrap_or(0);
    Ok(i18n::number(locale(helper, context)?, value, decimals).into())
}

#[cfg(test)]
mod tests {
    use super::{registry, text_registry};
    use serde_json::json;

    #[test]
    fn a_translated_text_is_escaped_in_html_and_left_alone_in_plain_text() {
        let data = json!({"locale": "en", "title": "<b>&"});
        let template = r#"{{t "mail-ticket-line" number="A-1" title=title}}"#;
        assert_eq!(registry().render_template(template, &data).unwrap(), "Ticket A-1: &lt;b&gt;&amp;");
        assert_eq!(text_registry().render_template(template, &data).unwrap(), "Ticket A-1: <b>&");
    }

    #[test]
    fn a_name_that_the_data_lacks_is_an_error() {
        assert!(registry().render_template("{{nothing}}", &json!({"locale": "en"})).is_err());
        assert!(registry().render_template(r#"{{t "ui-save"}}"#, &json!({})).is_err());
    }

    #[test]
    fn dates_and_numbers_follow_the_locale_and_the_zone_of_the_data() {
        let data = json!({"locale": "ru", "tz": "Europe/Moscow", "at": "2026-05-01T21:30:00Z", "n": 12345.678});
        assert_eq!(
            registry()
                .render_template(r#"{{date at}} | {{date at style="time" tz="UTC"}} | {{number n decimals=1}}"#, &data)
                .unwrap(),
            "2 мая 2026 г., 00:30 | 21:30 | 12\u{a0}345,7"
        );
    }

    #[test]
    fn a_day_is_that_day_in_every_zone() {
        let data = json!({"locale": "en", "tz": "America/New_York", "day": "2026-05-01"});
        assert_eq!(registry().render_template("{{date day}}", &data).unwrap(), "May 1, 2026");
    }

    #[test]
    fn the_language_of_one_call_can_differ() {
        let data = json!({"locale": "ru"});
        assert_eq!(registry().render_template(r#"{{t "ui-save"}} {{t "ui-save" lang="en"}}"#, &data).unwrap(), "Сохранить Save");
    }
}
