//! What is wrong with a calendar or a policy, and at which field of the request.
//!
//! The path names the field as the sender wrote it (`week.monday[1].end`), so that an answer 422 can put the message
//! beside the right input. The reason is a stable code; the words for people are in the translations.

use std::fmt;

/// One fault of a form: the field and the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalid {
    /// The field, as a path from the top of the form: names joined by `.`, places in a list as `[0]`.
    pub path: String,
    /// What is wrong with it.
    pub reason: Reason,
}

/// Why a field is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The field must be there.
    Missing,
    /// The field is of another JSON type than expected.
    WrongType,
    /// Not a name of the IANA time zone database.
    UnknownZone,
    /// Not one of the allowed words.
    UnknownValue,
    /// No such field.
    UnknownField,
    /// Not a time of day `HH:MM` from 00:00 to 24:00 (24:00 only as an end).
    BadTime,
    /// Not a date `YYYY-MM-DD`, or for a yearly one `MM-DD`.
    BadDate,
    /// The interval starts and ends at the same time.
    EmptyInterval,
    /// The same date is given twice with different hours.
    Duplicate,
    /// Exactly one of two fields that exclude each other must be given.
    OneOf,
    /// The calendar does not hold that much working time within the search for deadlines.
    OutOfReach,
    /// The list is longer than allowed.
    TooMany {
        /// The greatest number of entries.
        limit: usize,
    },
    /// The text is longer than allowed.
    TooLong {
        /// The greatest number of characters.
        limit: usize,
    },
    /// The number is outside of its range.
    OutOfRange {
        /// The smallest number that is allowed.
        min: u32,
        /// The greatest number that is allowed.
        max: u32,
    },
}

impl Reason {
    /// The stable code of the reason, for clients and translations.
    pub fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::WrongType => "wrong_type",
            Self::UnknownZone => "unknown_zone",
            Self::UnknownValue => "unknown_value",
            Self::UnknownField => "unknown_field",
            Self::BadTime => "bad_time",
            Self::BadDate => "bad_date",
            Self::EmptyInterval => "empty_interval",
            Self::Duplicate => "duplicate",
            Self::OneOf => "one_of",
            Self::OutOfReach => "out_of_reach",
            Self::TooMany { .. } => "too_many",
            Self::TooLong { .. } => "too_long",
            Self::OutOfRange { .. } => "out_of_range",
        }
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.reason.code();
        match self.reason {
            Reason::TooMany { limit } | Reason::TooLong { limit } => {
                write!(f, "{}: {code}, at most {limit}", self.path)
            }
            Reason::OutOfRange { min, max } => write!(f, "{}: {code}, {min} to {max}", self.path),
            _ => write!(f, "{}: {code}", self.path),
        }
    }
}

/// All faults of one form, in the order of its fields. Never empty when it is returned as an error.
#[derive(Debug, Clone, Default, PartialEq, Eq, thiserror::Error)]
pub struct InvalidList(pub Vec<Invalid>);

impl fmt::Display for InvalidList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, invalid) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            invalid.fmt(f)?;
        }
        Ok(())
    }
}

impl InvalidList {
    /// Notes one more fault.
    pub(crate) fn push(&mut self, path: impl Into<String>, reason: Reason) {
        self.0.push(Invalid { path: path.into(), reason });
    }

    /// The value, if nothing was noted.
    pub(crate) fn or<T>(self, value: T) -> Result<T, Self> {
        if self.0.is_empty() { Ok(value) } else { Err(self) }
    }

    /// Notes a fault when a list is longer than `limit`.
    pub(crate) fn check_count(&mut self, path: &str, count: usize, limit: usize) {
        if count > limit {
            self.push(path, Reason::TooMany { limit });
        }
    }

    /// Notes a fault when a text has more than `limit` characters.
    pub(crate) fn check_length(&mut self, path: &str, text: &str, limit: usize) {
        if text.chars().count() > limit {
            self.push(path, Reason::TooLong { limit });
        }
    }
}
