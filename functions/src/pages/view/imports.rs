//! Tables of tickets and people that are brought in.

use serde::Serialize;

use super::{Choice, Form, Moment};

/// `GET /agent/imports`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Imports {
    /// What the person may bring in: `tickets`, `users`.
    pub kinds: Vec<Choice>,
    /// State of the form that takes a table: `kind`, `file`.
    pub form: Form,
    /// The latest first.
    pub rows: Vec<ImportLine>,
}

/// An import in the list.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct ImportLine {
    /// `imp_...`
    pub id: String,
    /// `tickets`, `users`.
    pub kind: String,
    /// `uploaded`, `checked`, `running`, `done`, `cancelled`.
    pub status: String,
    /// What the file was called.
    pub file: String,
    /// Rows of the table.
    pub rows: i64,
    /// Rows that made something.
    pub created: i64,
    /// Whose it is.
    pub by: String,
    /// When the table came.
    pub at: Moment,
}

/// `GET /agent/imports/{import}`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Import {
    /// As in the list.
    pub line: ImportLine,
    /// Counts changes by people.
    pub version: i64,
    /// Its character set.
    pub encoding: String,
    /// What stands between its cells: `comma`, `semicolon`, `tab`, `bar`.
    pub delimiter: String,
    /// The meaning of the columns: `mapping` is what is wrong with it.
    pub form: Form,
    /// Columns with their meaning.
    pub columns: Vec<ImportColumn>,
    /// Zone of moments that state none.
    pub zone: String,
    /// Whether the form offers to write to people.
    pub offers_invites: bool,
    /// Whether that is chosen.
    pub invites: bool,
    /// Whether the meaning can still be changed.
    pub is_open: bool,
    /// What the dry run found, and what came of rows.
    pub figures: Figures,
    /// What is wrong with rows; the first of them.
    pub faults: Vec<ImportFault>,
    /// How many rows have faults beyond those.
    pub more: i64,
}

/// Numbers of rows.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Figures {
    /// That can be brought in.
    pub good: i64,
    /// That are there already.
    pub known: i64,
    /// With faults.
    pub faulty: i64,
    /// That are done.
    pub done: i64,
    /// That made something.
    pub created: i64,
    /// That were there already.
    pub existing: i64,
    /// That were refused.
    pub refused: i64,
}

/// A column.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct ImportColumn {
    /// From 0: names its field of the form, `column.0`.
    pub place: i64,
    /// What it is called.
    pub header: String,
    /// What stands in it first.
    pub sample: String,
    /// Fields by their names.
    pub fields: Vec<Choice>,
    /// What is wrong with its meaning.
    #[serde(default)]
    pub error: String,
}

/// What is wrong with a cell or row.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct ImportFault {
    /// Line of the file.
    pub line: i64,
    /// What the column is called; empty for a row.
    pub column: String,
    /// What is wrong.
    pub message: String,
    /// What stands there.
    pub value: String,
}
