//! What the page templates are given: plain, serialisable shapes, one file a family of pages.
//!
//! A handler loads and decides, then fills one of these and hands [`Page`] to the template of the same family. The rule is that
//! a view carries data and never words: moments as milliseconds and ISO text, enumerations as their stable names, which the
//! template translates with Fluent. Text that is data (a title, a name, a sanitised message body) goes in as it is.
//! A view must never carry what its reader may not see, because a template is not an access check.

pub mod access;
pub mod account;
pub mod audit;
pub mod boards;
pub mod checklist;
pub mod directories;
pub mod failure;
pub mod grants;
pub mod imports;
pub mod mail;
pub mod opened;
pub mod own_time;
pub mod panels;
pub mod protection;
pub mod rating;
pub mod schedule;
pub mod scim;
pub mod security;
pub mod service_accounts;
pub mod settings;
pub mod shell;
pub mod sla;
pub mod sso;
pub mod ticket;
pub mod tickets;
pub mod time;
pub mod views;
pub mod violations;

use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

pub use shell::Shell;

/// A whole page: what every page has (at the root of the template's data) and what this one shows (under `page`).
#[derive(Debug, Clone, Serialize)]
pub struct Page<T> {
    /// Language, brand, person, navigation, tokens.
    #[serde(flatten)]
    pub shell: Shell,
    /// The page's own view.
    pub page: T,
}

/// A moment as templates and browser code want it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Moment {
    /// Milliseconds since 1970 in UTC, for `{{date}}` and for the browser.
    pub ms: i64,
    /// RFC 3339 in UTC, for the `datetime` attribute.
    pub iso: String,
}

impl From<DateTime<Utc>> for Moment {
    fn from(at: DateTime<Utc>) -> Self {
        Self { ms: at.timestamp_millis(), iso: at.to_rfc3339_opts(SecondsFormat::Secs, true) }
    }
}

/// A length of time, split for the Fluent message `span`; a negative one is "over by".
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Span {
    /// Milliseconds, signed.
    pub ms: i64,
    /// Whole hours of the absolute value.
    pub hours: i64,
    /// Minutes left over, 0 to 59, of the absolute value.
    pub minutes: i64,
    /// Whether the length is below zero.
    pub over: bool,
}

impl Span {
    /// Splits `ms` into hours and minutes, rounding towards zero.
    pub fn from_ms(ms: i64) -> Self {
        let minutes = ms.saturating_abs() / 60_000;
        Self { ms, hours: minutes / 60, minutes: minutes % 60, over: ms < 0 }
    }
}

/// A person as a name with an avatar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Person {
    /// The stable id (`usr_...`); empty for a sender who has no account.
    pub id: String,
    /// Full name, or the address where no name is known.
    pub name: String,
    /// One or two letters for the avatar.
    pub initials: String,
    /// Which of the eight avatar colours, 0 to 7; follows from the id, so it is the same everywhere.
    pub tint: u8,
    /// Address, where the reader may see it.
    #[serde(default)]
    pub email: Option<String>,
    /// Whether the person answers for the tenant.
    #[serde(default)]
    pub staff: bool,
}

impl Person {
    /// A person by id and name; initials and colour are derived.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        let (id, name) = (id.into(), name.into());
        let seed = if id.is_empty() { &name } else { &id };
        let sum = seed.bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)));
        let tint = u8::try_from(sum % 8).unwrap_or(0);
        Self { initials: initials(&name), id, name, tint, email: None, staff: false }
    }

    /// The same person with an address.
    pub fn email(mut self, email: impl Into<String>) -> Self {
        self.email = Some(email.into());
        self
    }

    /// The same person marked as staff or not.
    pub fn staff(mut self, staff: bool) -> Self {
        self.staff = staff;
        self
    }
}

/// The first letters of the first and last word; Arabic letters are not joined, so one letter is enough there.
fn initials(name: &str) -> String {
    let mut letters = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let Some(first) = letters.next() else { return "?".to_owned() };
    let arabic = ('\u{600}'..='\u{6ff}').contains(&first);
    let last = if arabic { None } else { letters.next_back() };
    first.to_uppercase().chain(last.into_iter().flat_map(char::to_uppercase)).collect()
}

/// One option of a select or a menu whose labels are data (people, categories, tags).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What the person reads.
    pub label: String,
    /// Whether it is the present value.
    #[serde(default)]
    pub selected: bool,
}

impl Choice {
    /// An option; selected where `value` equals `current`.
    pub fn new(value: impl Into<String>, label: impl Into<String>, current: Option<&str>) -> Self {
        let value = value.into();
        let selected = current == Some(value.as_str());
        Self { value, label: label.into(), selected }
    }
}

/// A form's state: what was typed, and what was wrong with it.
///
/// A refused form comes back (status 422) with everything that was typed except passwords.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Form {
    /// Field name to typed text.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
    /// Field name to message in the reader's language; `form` is the key of a message about the whole.
    #[serde(default)]
    pub errors: BTreeMap<String, String>,
}

impl Form {
    /// The form with a field's text.
    pub fn value(mut self, field: &str, text: impl Into<String>) -> Self {
        self.values.insert(field.to_owned(), text.into());
        self
    }

    /// The form with a field's error.
    pub fn error(mut self, field: &str, message: impl Into<String>) -> Self {
        self.errors.insert(field.to_owned(), message.into());
        self
    }
}

/// A stored file that hangs on a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Attachment {
    /// `att_...`; the file is at `/api/attachments/{id}`.
    pub id: String,
    /// Name as uploaded.
    pub name: String,
    /// Bytes.
    pub size: i64,
    /// Size for reading, for example `1.4 MB`, localised by [`size_label`]'s callers.
    pub size_label: String,
    /// Whether the browser may show it inside `<img>` (png, jpeg, gif, webp).
    #[serde(default)]
    pub image: bool,
}

/// A size with one decimal and a binary unit name; digits are European, which all three languages read.
pub fn size_label(bytes: i64, units: [&str; 3]) -> String {
    let [b, kb, mb] = units;
    match bytes {
        ..1024 => format!("{bytes} {b}"),
        1024..1_048_576 => format!("{} {kb}", bytes / 1024),
        _ => format!("{}.{} {mb}", bytes / 1_048_576, bytes % 1_048_576 * 10 / 1_048_576),
    }
}

#[cfg(test)]
mod tests;
