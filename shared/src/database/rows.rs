//! What a statement answered.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

use super::DbError;

/// The result of one statement: its rows as the text of a JSON array, and what it cost.
///
/// JSON is how rows cross from the platform into wasm at the least cost, and serde reads typed rows straight from it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    /// A JSON array of objects, one a row.
    pub json: String,
    /// Rows that the statement changed.
    pub changes: u64,
    /// Rows that the engine read to answer (D1 bills them).
    pub rows_read: u64,
    /// Rows that the engine wrote, index entries included.
    pub rows_written: u64,
}

impl Rows {
    /// All rows, typed.
    pub fn all<T: DeserializeOwned>(&self) -> Result<Vec<T>, DbError> {
        serde_json::from_str(&self.json).map_err(|error| DbError::Broken(format!("row does not decode: {error}")))
    }

    /// The first row, typed; `None` when there is none.
    pub fn first<T: DeserializeOwned>(&self) -> Result<Option<T>, DbError> {
        Ok(self.all::<T>()?.into_iter().next())
    }

    /// Whether there is any row.
    pub fn is_empty(&self) -> bool {
        self.json.is_empty() || self.json == "[]"
    }
}

/// Reads the 0 and 1 of `SQLite` as a bool: `#[serde(deserialize_with = "bool_from_integer")]`.
pub fn bool_from_integer<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Ok(f64::deserialize(deserializer)? != 0.0)
}

/// Reads a TEXT column that holds JSON: `#[serde(deserialize_with = "json_text")]`.
pub fn json_text<'de, D: Deserializer<'de>, T: DeserializeOwned>(deserializer: D) -> Result<T, D::Error> {
    let text = String::deserialize(deserializer)?;
    serde_json::from_str(&text).map_err(serde::de::Error::custom)
}

/// The same for a nullable column.
pub fn optional_json_text<'de, D: Deserializer<'de>, T: DeserializeOwned>(deserializer: D) -> Result<Option<T>, D::Error> {
    match Option::<String>::deserialize(deserializer)? {
        None => Ok(None),
        Some(text) => serde_json::from_str(&text).map(Some).map_err(serde::de::Error::custom),
    }
}
