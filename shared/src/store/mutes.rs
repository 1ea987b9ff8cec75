//! Which mails a person does not want. Whoever queues a mail need not ask: a trigger of the outbox leaves out what is muted.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value as Json;

use crate::database::{DbError, Rows, TenantStatement, json_text, list};
use crate::id::UserId;
use crate::mail::Kind;
use crate::tenant_statements;
use crate::values;

tenant_statements! {
    /// What somebody has muted.
    MUTED = "SELECT muted_notices FROM users WHERE tenant_id = ?1 AND id = ?2 LIMIT 1";
    /// Some kinds are heard again, some are muted; the others stay as they are, so that two changes do not undo each other.
    SET = "UPDATE users SET muted_notices = (SELECT json_group_array(value) FROM (
            SELECT value FROM json_each(users.muted_notices) WHERE value NOT IN (SELECT value FROM json_each(?3))
            UNION SELECT value FROM json_each(?4))),
        updated_at = ?5, version = version + 1 WHERE tenant_id = ?1 AND id = ?2";
}

/// What a person has muted; read the rows with [`muted_of`].
pub fn muted(person: &UserId) -> TenantStatement {
    MUTED.with(values![person])
}

/// The muted kinds; a code that is none (any more) mutes nothing.
pub fn muted_of(rows: &Rows) -> Result<Vec<Kind>, DbError> {
    #[derive(Deserialize)]
    struct Row {
        #[serde(deserialize_with = "json_text")]
        muted_notices: Json,
    }
    let row: Option<Row> = rows.first()?;
    let codes = row.as_ref().and_then(|row| row.muted_notices.as_array()).map(Vec::as_slice).unwrap_or_default();
    Ok(codes.iter().filter_map(Json::as_str).filter_map(Kind::parse).collect())
}

/// Turns kinds on and off.
pub fn set(person: &UserId, on: &[Kind], off: &[Kind], now: DateTime<Utc>) -> TenantStatement {
    let codes = |kinds: &[Kind]| kinds.iter().map(|kind| kind.code()).collect::<Vec<_>>();
    SET.with(values![person, list(&codes(on)), list(&codes(off)), now])
}
