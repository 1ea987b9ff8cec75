//! Reading the log: which lines a query asks for, and a page of them.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use shared::error::{ApiError, FieldError};
use shared::http::Query;
use shared::id::EventId;
use shared::limits::SEARCH_CHARS_MAX;
use shared::mail::address::normalize;
use shared::store::audit::{Filter, Outcome, Place};

use crate::context::Ctx;

/// The filters of a query, beside `limit` and `cursor`.
pub const FILTERS: [&str; 8] = ["actor", "action", "subject", "outcome", "network", "q", "from", "to"];

/// Which lines a query asks for. How the period is written is the caller's: `from` and `to` read its two ends.
pub fn filter(
    ctx: &Ctx<'_>,
    query: &Query,
    from: &dyn Fn(&str) -> Option<DateTime<Utc>>,
    to: &dyn Fn(&str) -> Option<DateTime<Utc>>,
) -> Result<Filter, ApiError> {
    let mut faults = Vec::new();
    let mut text = |name: &str| {
        let text = query.filled(name)?;
        if text.chars().count() > SEARCH_CHARS_MAX {
            faults.push(FieldError::new(name, "too_long").arg("maximum", SEARCH_CHARS_MAX));
        }
        Some(text.to_owned())
    };
    let (actor, subject, words) = (text("actor"), text("subject"), text("q"));
    let action = text("action");
    let (module, action) = match action {
        Some(action) if action.ends_with('.') => (Some(action), None),
        action => (None, action),
    };
    let mut read = Reading { query, faults };
    let filter = Filter {
        actor,
        subject,
        action,
        module,
        outcome: read.field("outcome", "unknown_value", Outcome::parse),
        network: read.field("network", "unknown_value", |text| text.parse::<IpAddr>().ok().map(|address| address.to_string())),
        number: words.as_deref().and_then(|words| ctx.tenant.ticket_number(words)),
        email: words.as_deref().and_then(normalize),
        words,
        from: read.field("from", "bad_moment", from),
        to: read.field("to", "bad_moment", to),
        after: read.field("cursor", "bad_cursor", place),
    };
    if read.faults.is_empty() { Ok(filter) } else { Err(ApiError::invalid(read.faults)) }
}

struct Reading<'a> {
    query: &'a Query,
    faults: Vec<FieldError>,
}

impl Reading<'_> {
    fn field<T>(&mut self, name: &str, code: &'static str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let value = parse(self.query.filled(name)?);
        if value.is_none() {
            self.faults.push(FieldError::new(name, code));
        }
        value
    }
}

/// Where a page stopped, as the next one is asked for.
pub fn cursor(place: &Place) -> String {
    format!("{}.{}", place.at, place.id)
}

fn place(text: &str) -> Option<Place> {
    let (at, id) = text.split_once('.')?;
    EventId::parse(id).ok()?;
    Some(Place { at: at.parse().ok()?, id: id.to_owned() })
}

/// The filters that are set, for the line about who read the log.
pub fn told(query: &Query) -> serde_json::Value {
    query
        .pairs()
        .filter(|(name, value)| FILTERS.contains(name) && !value.trim().is_empty())
        .map(|(name, value)| (name.to_owned(), serde_json::Value::from(value)))
        .collect::<serde_json::Map<_, _>>()
        .into()
}
