//! The audit log and the verdict on it.

use serde::Serialize;

use super::{Choice, Moment};

/// Modules whose lines can be asked for, as actions begin. Their names are the Fluent message `audit-module`.
pub const MODULES: [&str; 29] = [
    "session",
    "account",
    "access",
    "audit",
    "user",
    "organization",
    "directory",
    "grant",
    "delegation",
    "policy",
    "identity_provider",
    "external_identity",
    "department",
    "category",
    "tenant",
    "ticket",
    "attachment",
    "sla",
    "sla_policy",
    "sla_calendar",
    "mail",
    "service_account",
    "api_key",
    "address",
    "alert",
    "view",
    "reminder",
    "time",
    "import",
];

/// `GET /agent/audit`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Log {
    /// The filters as they stand.
    pub filter: Filter,
    /// One page, newest first.
    pub rows: Vec<Row>,
    /// Address of the next page.
    #[serde(default)]
    pub next: Option<String>,
    /// Address of the first page, where this is not it.
    #[serde(default)]
    pub first: Option<String>,
    /// Address of the log without filters, where some are set.
    #[serde(default)]
    pub clear: Option<String>,
    /// People of the desk, with the wanted one selected.
    pub staff: Vec<Choice>,
    /// [`MODULES`].
    pub modules: Vec<String>,
    /// Address of the same lines as a table, where the person may take them out.
    #[serde(default)]
    pub csv: Option<String>,
    /// Likewise as a JSON object a line.
    #[serde(default)]
    pub jsonl: Option<String>,
}

/// The filter form's values; empty text means any.
#[derive(Debug, Clone, Default, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Filter {
    /// Module without its dot.
    #[serde(default)]
    pub module: String,
    /// One action.
    #[serde(default)]
    pub action: String,
    /// Who.
    #[serde(default)]
    pub actor: String,
    /// On what.
    #[serde(default)]
    pub subject: String,
    /// `done`, `refused`.
    #[serde(default)]
    pub outcome: String,
    /// Address.
    #[serde(default)]
    pub network: String,
    /// Words.
    #[serde(default)]
    pub q: String,
    /// First day, `2026-03-02`, in the reader's zone.
    #[serde(default)]
    pub from: String,
    /// Last day.
    #[serde(default)]
    pub to: String,
    /// How many are set.
    #[serde(default)]
    pub active: i64,
}

/// One line.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Row {
    /// Place in the sequence.
    pub seq: i64,
    /// When.
    pub at: Moment,
    /// The line in words, in the reader's language.
    pub text: String,
    /// Whether it was refused.
    pub refused: bool,
    /// The client's address, or empty.
    #[serde(default)]
    pub network: String,
    /// Page of the ticket that it is about.
    #[serde(default)]
    pub ticket: Option<String>,
    /// What was and what is.
    pub changes: Vec<Change>,
    /// Whatever else belongs to the line.
    pub facts: Vec<Fact>,
}

/// What was and what is of one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Change {
    /// The field's name as the API calls it.
    pub field: String,
    /// Before; empty for nothing.
    #[serde(default)]
    pub from: String,
    /// After; empty likewise.
    #[serde(default)]
    pub to: String,
}

/// Something that belongs to a line: `actor`, `on_behalf_of`, `action`, `subject`, `network`, `request_id`, `user_agent`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Fact {
    /// Which: the Fluent message `audit-fact`'s `$value`.
    pub name: String,
    /// As it stands in the log.
    pub value: String,
    /// Address of the lines that have it in common.
    #[serde(default)]
    pub lines: Option<String>,
}

/// `GET /agent/audit/verify`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Verdict {
    /// Whether nothing is wrong with this part.
    pub ok: bool,
    /// First line that was looked at.
    pub from: i64,
    /// Last one.
    pub to: i64,
    /// Last line of the log.
    pub newest: i64,
    /// Lines that have no seal yet.
    pub unsealed: i64,
    /// What is wrong.
    pub faults: Vec<FaultRow>,
    /// Up to which line a checkpoint is signed; 0 for none.
    pub signed_to: i64,
    /// When it was.
    #[serde(default)]
    pub signed_at: Option<Moment>,
    /// Address of the next part.
    #[serde(default)]
    pub next: Option<String>,
}

/// Something wrong at one place.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct FaultRow {
    /// The place.
    pub seq: i64,
    /// Stable name: the Fluent message `audit-fault`'s `$kind`.
    pub kind: String,
}
