//! A row that is a person.

use chrono_tz::Tz;

use super::tickets::address;
use super::{Cells, Fault, Words};
use crate::access::Role;
use crate::error::FieldError;
use crate::i18n::Locale;
use crate::limits::NAME_CHARS_MAX;
use crate::mail::address::tidy;

/// What stands in the cells of a person; names of places are still to be looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonCells {
    /// Address.
    pub email: String,
    /// Name.
    pub name: String,
    /// Name of the company.
    pub organization: Option<String>,
    /// Id or name.
    pub department: Option<String>,
    /// Role; a client where none is said, or one that is none of the five.
    pub role: Role,
    /// What is said of the role: the tenant's own roles come first, and one of them may be called as one of the five is.
    pub said_role: Option<String>,
    /// Whether that is a word of one of the five.
    pub is_built_in: bool,
    /// Language.
    pub language: Option<Locale>,
    /// Time zone.
    pub time_zone: Option<Tz>,
}

impl PersonCells {
    /// Reads a row; all of its faults otherwise.
    pub fn read(mut cells: Cells<'_>, words: &Words) -> Result<Self, Vec<Fault>> {
        let email = address(&mut cells, "email");
        let typed = cells.text("name").unwrap_or_default();
        let name = tidy(typed, NAME_CHARS_MAX);
        if typed.chars().count() > NAME_CHARS_MAX {
            cells.fault(FieldError::new("name", "too_long").arg("maximum", NAME_CHARS_MAX));
        } else if name.is_empty() {
            cells.fault(FieldError::new("name", "missing_field"));
        }
        let said = cells.text("role");
        let built_in = said.and_then(|text| words.role(text));
        let (said_role, is_built_in) = (said.map(str::to_owned), built_in.is_some());
        let language = cells.known("language", |text| words.language(text));
        let time_zone = cells.known("time_zone", |text| text.parse::<Tz>().ok());
        let (organization, department) =
            (cells.text("organization").map(str::to_owned), cells.text("department").map(str::to_owned));
        let faults = cells.into_faults();
        match email {
            Some(email) if faults.is_empty() => {
                let role = built_in.unwrap_or(Role::Client);
                Ok(Self { email, name, organization, department, role, said_role, is_built_in, language, time_zone })
            }
            _ => Err(faults),
        }
    }
}
