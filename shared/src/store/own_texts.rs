//! A tenant's own words in place of the product's.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::database::{DbError, Rows, TenantStatement, list};
use crate::i18n::Locale;
use crate::limits::OWN_TEXTS_MAX;
use crate::tenant_statements;
use crate::values;

tenant_statements! {
    /// The version of what [`NEWER`] would answer.
    VERSION = "SELECT version FROM own_text_versions WHERE tenant_id = ?1 LIMIT 1";
    /// All of them, unless the version is still the one that is known.
    NEWER = "SELECT locale, key, text FROM own_texts WHERE tenant_id = ?1
        AND EXISTS (SELECT 1 FROM own_text_versions WHERE tenant_id = ?1 AND version <> ?2) LIMIT ?3";
    /// Those of one language.
    OF_LOCALE = "SELECT locale, key, text FROM own_texts WHERE tenant_id = ?1 AND locale = ?2 ORDER BY key LIMIT ?3";
    /// Sets some of one language: an array of objects with `key` and `text`.
    SET = "INSERT INTO own_texts (tenant_id, locale, key, text, updated_at, updated_by)
        SELECT ?1, ?2, j.value ->> 'key', j.value ->> 'text', ?4, ?5 FROM json_each(?3) j WHERE ?1 <> ''
        ON CONFLICT (tenant_id, locale, key) DO UPDATE SET text = excluded.text, updated_at = excluded.updated_at,
            updated_by = excluded.updated_by WHERE own_texts.text <> excluded.text";
    /// Takes some of one language back.
    REMOVE = "DELETE FROM own_texts WHERE tenant_id = ?1 AND locale = ?2 AND key IN (SELECT value FROM json_each(?3))";
    /// There are not too many.
    GUARD_ROOM = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'limit', (SELECT count(*) FROM own_texts WHERE tenant_id = ?1) <= ?2";
}

/// One text.
#[derive(Debug, Clone, Deserialize)]
pub struct OwnTextRow {
    /// In which language; one that the product speaks no more is passed over.
    pub locale: String,
    /// In place of which.
    pub key: String,
    /// What is said.
    pub text: String,
}

#[derive(Deserialize)]
struct VersionRow {
    version: i64,
}

/// The version now, and all texts if it is not `known`; read the answers with [`version`] and as [`OwnTextRow`].
pub fn newer(known: i64) -> [TenantStatement; 2] {
    [VERSION.with(values![]), NEWER.with(values![known, OWN_TEXTS_MAX])]
}

/// All texts; read the rows as [`OwnTextRow`].
pub fn all() -> TenantStatement {
    NEWER.with(values![-1, OWN_TEXTS_MAX])
}

/// The version that was answered; 0 before anything was ever set.
pub fn version(rows: &Rows) -> Result<i64, DbError> {
    Ok(rows.first::<VersionRow>()?.map_or(0, |row| row.version))
}

/// The texts of one language; read the rows as [`OwnTextRow`].
pub fn of_locale(locale: Locale) -> TenantStatement {
    OF_LOCALE.with(values![locale.as_str(), OWN_TEXTS_MAX])
}

/// Sets and removes texts of one language. Refuses the batch (`limit`) when there would be too many.
pub fn change(locale: Locale, set: &serde_json::Value, removed: &[&str], by: &str, now: DateTime<Utc>) -> [TenantStatement; 3] {
    [
        SET.with(values![locale.as_str(), set.to_string(), now, by]),
        REMOVE.with(values![locale.as_str(), list(removed)]),
        GUARD_ROOM.with(values![OWN_TEXTS_MAX]),
    ]
}
