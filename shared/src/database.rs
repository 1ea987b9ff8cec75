//! The one way to SQL: statements whose text was checked at compile time, sent in batches.
//!
//! A [`TenantSql`] can only be made of a text that names `tenant_id` and binds it as `?1`; [`TenantDb`] binds that value
//! itself, from a [`Tenant`] that only host resolution or a verified job can make. So a query of one tenant cannot reach
//! another's rows by forgetting something. SQL for the platform's own tables is a type of its own, [`PlatformSql`].
//!
//! D1 has no interactive transactions: a batch is the transaction. Conditions that must hold at the moment of writing
//! are statements too (`INSERT INTO guards`), and a guard that fails rolls the whole batch back under its name.

mod batch;
mod rows;
mod sql;
mod value;

pub use batch::{Escort, PlatformDb, TenantDb};
pub use rows::{Rows, bool_from_integer, json_text, optional_json_text};
pub use sql::{PlatformSql, PlatformStatement, TenantSql, TenantStatement};
pub use value::{Value, list};

use async_trait::async_trait;

/// A statement with its bound values, as the adapter gets it.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// Literal SQL.
    pub sql: &'static str,
    /// Values for `?1`, `?2`, ... in order; at most [`crate::limits::BOUND_PARAMETERS_MAX`].
    pub values: Vec<Value>,
}

/// A D1 database, or its native stand-in.
#[async_trait(?Send)]
pub trait Database {
    /// Runs the statements as one transaction: all or nothing. One round trip.
    async fn batch(&self, statements: Vec<Statement>) -> Result<Vec<Rows>, DbError>;
}

/// What can go wrong with a batch.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DbError {
    /// A guard or a named constraint refused the batch; nothing was written. Carries the guard's or constraint's name:
    /// `stale_version`, or `users.email` for a UNIQUE constraint, for example.
    #[error("refused by {0}")]
    Refused(String),
    /// The database is busy or unreachable; trying again may help.
    #[error("database unavailable: {0}")]
    Unavailable(String),
    /// A row did not have the expected shape, or the statement is wrong: a defect of ours.
    #[error("database: {0}")]
    Broken(String),
}

impl DbError {
    /// Sorts the engine's message into a kind. The one place that reads such messages.
    pub fn from_message(message: &str) -> Self {
        if let Some((_, rest)) = message.split_once("UNIQUE constraint failed: ") {
            // "users.tenant_id, users.email": the last column names the rule.
            let columns = rest.split(": SQLITE").next().unwrap_or(rest);
            let last = columns.split(", ").last().unwrap_or(columns);
            return Self::Refused(last.trim().to_owned());
        }
        for marker in ["CHECK constraint failed: ", "guard:"] {
            if let Some((_, rest)) = message.split_once(marker) {
                let name: String = rest.chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_').collect();
                return Self::Refused(name);
            }
        }
        if message.contains("FOREIGN KEY constraint failed") {
            return Self::Refused("foreign_key".to_owned());
        }
        if ["overloaded", "Network connection lost", "timed out", "reset because", "storage caused object to be reset"]
            .iter()
            .any(|words| message.contains(words))
        {
            return Self::Unavailable(message.to_owned());
        }
        Self::Broken(message.to_owned())
    }

    /// Whether the batch was refused by the guard or constraint of this name.
    pub fn is_refused_by(&self, name: &str) -> bool {
        matches!(self, Self::Refused(rule) if rule == name)
    }
}

#[cfg(test)]
mod tests {
    use super::DbError;

    #[test]
    fn a_unique_violation_is_named_by_its_last_column() {
        let error = DbError::from_message("D1_ERROR: UNIQUE constraint failed: users.tenant_id, users.email: SQLITE_CONSTRAINT");
        assert!(error.is_refused_by("users.email"));
    }

    #[test]
    fn a_guard_is_named_by_its_rule() {
        assert!(DbError::from_message("D1_ERROR: guard:stale_version: SQLITE_CONSTRAINT").is_refused_by("stale_version"));
    }
}
