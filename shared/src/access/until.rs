//! When something that is held ends.

use chrono::{DateTime, Utc};
use serde::Deserialize;

/// A moment in milliseconds, or never.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(transparent)]
pub struct Until(i64);

impl Until {
    /// "For good", as a moment: the latest that JavaScript knows.
    pub const NEVER: Self = Self(8_640_000_000_000_000);

    /// In milliseconds since 1970.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// The moment, if there is one.
    pub fn moment(self) -> Option<DateTime<Utc>> {
        if self < Self::NEVER { DateTime::from_timestamp_millis(self.0) } else { None }
    }
}
