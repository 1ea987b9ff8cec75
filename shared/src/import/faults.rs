//! What is wrong with rows, as it is kept and told.

use serde::{Deserialize, Serialize};

use crate::error::FieldError;
use crate::i18n::{self, Locale};

/// A fault of a cell, or of a whole row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The field; empty for the row as a whole.
    pub field: String,
    /// Name of the fault, also the key of its text.
    pub code: String,
    /// Values for the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<(String, String)>,
    /// What stands in the cell, as far as a person needs it to find the place.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub value: String,
}

/// Characters of a cell that are told.
const TOLD_CHARS: usize = 80;

impl Fault {
    /// A fault of a row.
    pub fn of_row(code: &str) -> Self {
        Self { field: String::new(), code: code.to_owned(), args: Vec::new(), value: String::new() }
    }

    /// A fault of a cell.
    pub fn of_cell(fault: FieldError, value: &str) -> Self {
        let field = fault.field.split('[').next().unwrap_or_default().to_owned();
        let args = fault.args.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let value = value.chars().filter(|sign| !sign.is_control()).take(TOLD_CHARS).collect();
        Self { field, code: fault.code.to_owned(), args, value }
    }

    /// The fault in words.
    pub fn message(&self, locale: Locale) -> String {
        let args: Vec<_> = self.args.iter().map(|(name, value)| (name.as_str(), value.clone().into())).collect();
        i18n::text(locale, &format!("field-{}", self.code.replace('_', "-")), &args)
    }
}

/// The faults of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowFaults {
    /// The line of the file.
    pub line: u32,
    /// What is wrong.
    pub faults: Vec<Fault>,
}
