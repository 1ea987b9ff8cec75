//! What looks like an attack, found in lines of the audit log.
//!
//! A finding is of a kind, about a subject (a network or a person) and of a period: the hour of the newest line that it rests on. What is
//! found again in the next run, which looks at the same lines once more, is therefore the same finding.

mod detect;

pub use detect::{Visited, findings, refusals_by_network};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A kind of alert. The name is stored and shown by key: never rename one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Many accounts are tried from one network.
    PasswordSpraying,
    /// One account is tried again and again.
    SignInRefusals,
    /// Somebody tries an account that was disabled.
    DisabledAccount,
    /// Somebody signs in from a country that they never came from.
    NewCountry,
    /// Somebody signs in from two countries within an hour.
    ImpossibleTravel,
    /// Somebody is refused one thing after another.
    ManyRefusals,
    /// Somebody takes out a lot.
    MassExport,
    /// An API key comes from a network that it is not for.
    KeyElsewhere,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::PasswordSpraying,
        Self::SignInRefusals,
        Self::DisabledAccount,
        Self::NewCountry,
        Self::ImpossibleTravel,
        Self::ManyRefusals,
        Self::MassExport,
        Self::KeyElsewhere,
    ];

    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PasswordSpraying => "password_spraying",
            Self::SignInRefusals => "sign_in_refusals",
            Self::DisabledAccount => "disabled_account",
            Self::NewCountry => "new_country",
            Self::ImpossibleTravel => "impossible_travel",
            Self::ManyRefusals => "many_refusals",
            Self::MassExport => "mass_export",
            Self::KeyElsewhere => "key_elsewhere",
        }
    }

    /// Parses the stable name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// Actions whose lines are looked at.
pub const WATCHED: [&str; 5] = ["session.refused", "session.opened", "access.refused", "audit.exported", "api_key.refused"];

/// A line of the audit log, as far as it is looked at.
#[derive(Debug, Clone, Deserialize)]
pub struct Line {
    /// What: one of [`WATCHED`].
    pub action: String,
    /// When.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub at: DateTime<Utc>,
    /// Who.
    pub actor: String,
    /// On what.
    pub subject: String,
    /// From which address.
    pub network: String,
    /// From which country, where the platform told.
    pub country: Option<String>,
    /// A digest of the user name that was typed.
    pub typed: Option<String>,
    /// How the account stands that it is about.
    pub subject_status: Option<String>,
}

/// Something that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// What.
    pub kind: Kind,
    /// About whom: a person's id, or a network.
    pub subject: String,
    /// The beginning of its hour, in seconds since 1970.
    pub period: i64,
    /// What it rests on: counts, countries, addresses.
    pub detail: Value,
}
