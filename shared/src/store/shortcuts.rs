//! The keys that people have chosen for commands of the workspace.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::database::{DbError, Rows, TenantStatement};
use crate::id::UserId;
use crate::tenant_statements;
use crate::values;

tenant_statements! {
    /// What somebody has chosen.
    OF = "SELECT shortcuts FROM users WHERE tenant_id = ?1 AND id = ?2 LIMIT 1";
    /// All that was chosen before gives way.
    SET = "UPDATE users SET shortcuts = ?3, updated_at = ?4 WHERE tenant_id = ?1 AND id = ?2";
}

/// What a person has chosen; read the rows with [`read`].
pub fn of(person: &UserId) -> TenantStatement {
    OF.with(values![person])
}

/// Keys by command.
pub fn read(rows: &Rows) -> Result<BTreeMap<String, String>, DbError> {
    #[derive(Deserialize)]
    struct Row {
        shortcuts: String,
    }
    let row: Option<Row> = rows.first()?;
    Ok(row.and_then(|row| serde_json::from_str(&row.shortcuts).ok()).unwrap_or_default())
}

/// Writes what a person has chosen.
pub fn set(person: &UserId, chosen: &BTreeMap<String, String>, now: DateTime<Utc>) -> TenantStatement {
    let text = serde_json::to_string(chosen).unwrap_or_else(|_| "{}".to_owned());
    SET.with(values![person, text, now])
}
