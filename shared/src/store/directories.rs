//! Directories of companies: how each is set up, and how its rounds stand.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::database::{TenantStatement, json_text};
use crate::id::{DirectoryId, UserId};
use crate::ldap::settings::DirectoryIn;
use crate::tenant_statements;
use crate::values;

/// Directories of one tenant: a sign-in reads all of them.
pub const DIRECTORIES_MAX: u32 = 10;

/// The columns of [`Directory`].
macro_rules! directories {
    ($rest:literal) => {
        concat!(
            "SELECT id, definition, secret, created_at, updated_at, version, round, sync_state, sync_figures, sync_problem, sync_confirmed,
                sync_started_at, sync_finished_at, sync_next_at FROM directories WHERE tenant_id = ?1 ",
            $rest
        )
    };
}

tenant_statements! {
    /// Directories by name, after one of them.
    LIST = directories!("AND name > COALESCE((SELECT name FROM directories WHERE tenant_id = ?1 AND id = ?2), '') ORDER BY name LIMIT ?3");
    /// Those whose people can sign in, by name.
    ENABLED = directories!("AND enabled = 1 ORDER BY name LIMIT ?2");
    /// One.
    SHOW = directories!("AND id = ?2 LIMIT 1");
    /// The one that keeps a person's password, if its people can sign in.
    OF_USER = directories!("AND enabled = 1 AND id = (SELECT directory_id FROM directory_people WHERE tenant_id = ?1 AND user_id = ?2) LIMIT 1");
    /// A new one. The name is refused (`directories.name`) when another has it.
    INSERT = "INSERT INTO directories (tenant_id, id, name, definition, secret, key_id, enabled, created_at, updated_at, sync_next_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, ?9)";
    /// All of it anew.
    UPDATE = "UPDATE directories SET name = ?3, definition = ?4, secret = ?5, key_id = ?6, enabled = ?7, updated_at = ?8, sync_next_at = ?9,
        version = version + 1 WHERE tenant_id = ?1 AND id = ?2";
    /// Away with it, and with who is who in it.
    DELETE = "DELETE FROM directories WHERE tenant_id = ?1 AND id = ?2";
    /// Nobody has changed it since it was read.
    GUARD_VERSION = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'stale_version',
        (SELECT version = ?3 FROM directories WHERE tenant_id = ?1 AND id = ?2)";
    /// There is room for one more.
    GUARD_COUNT = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'limit', (SELECT COUNT(*) FROM directories WHERE tenant_id = ?1) < ?2";
    /// What is named is there: the organization and the departments and roles of its mappings.
    GUARD_PLACES = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'not_found',
        NOT EXISTS (SELECT 1 FROM json_each(?2) j WHERE NOT EXISTS (SELECT 1 FROM organizations WHERE tenant_id = ?1 AND id = j.value))
        AND NOT EXISTS (SELECT 1 FROM json_each(?3) j WHERE NOT EXISTS (SELECT 1 FROM departments WHERE tenant_id = ?1 AND id = j.value))";
    /// The one whose round is due first.
    DUE = directories!("AND enabled = 1 AND sync_next_at <= ?2 ORDER BY sync_next_at LIMIT 1");
    /// How its round stands.
    SET_SYNC = "UPDATE directories SET round = ?3, sync_state = ?4, sync_figures = ?5, sync_problem = ?6, sync_confirmed = ?7,
        sync_started_at = ?8, sync_finished_at = ?9, sync_next_at = ?10 WHERE tenant_id = ?1 AND id = ?2";
    /// Secrets that are sealed under another key than the present one.
    SEALED_OTHERWISE = "SELECT id, secret FROM directories WHERE tenant_id = ?1 AND key_id <> ?2 LIMIT 10";
    /// The same secret, sealed under another key, unless it was changed meanwhile.
    RESEAL = "UPDATE directories SET secret = ?3, key_id = ?4 WHERE tenant_id = ?1 AND id = ?2 AND secret = ?5";
}

/// A directory with what is kept about it.
#[derive(Debug, Clone, Deserialize)]
pub struct Directory {
    /// Id.
    pub id: DirectoryId,
    /// How it is set up.
    #[serde(rename = "definition", deserialize_with = "json_text")]
    pub settings: DirectoryIn,
    /// The sealed password of the account that searches.
    pub secret: String,
    /// When it was made.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub updated_at: DateTime<Utc>,
    /// Counts the changes.
    pub version: i64,
    /// How its rounds stand.
    #[serde(flatten)]
    pub sync: Sync,
}

/// How the rounds through a directory stand.
#[derive(Debug, Clone, Deserialize)]
pub struct Sync {
    /// The number of the round that is under way, or was the last.
    pub round: i64,
    /// How it stands.
    #[serde(rename = "sync_state")]
    pub state: SyncState,
    /// What it found.
    #[serde(rename = "sync_figures", deserialize_with = "json_text")]
    pub figures: Figures,
    /// Why it stopped or failed, by a stable name.
    #[serde(rename = "sync_problem")]
    pub problem: Option<String>,
    /// 1 where somebody has said that many may be disabled by this round.
    #[serde(rename = "sync_confirmed")]
    pub confirmed: i64,
    /// When it began.
    #[serde(rename = "sync_started_at", with = "chrono::serde::ts_milliseconds_option")]
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended.
    #[serde(rename = "sync_finished_at", with = "chrono::serde::ts_milliseconds_option")]
    pub finished_at: Option<DateTime<Utc>>,
    /// When the next step is due.
    #[serde(rename = "sync_next_at", with = "chrono::serde::ts_milliseconds_option")]
    pub next_at: Option<DateTime<Utc>>,
}

/// How a round stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = DirectorySyncState)]
pub enum SyncState {
    /// There was none yet.
    Idle,
    /// It goes on with the next sweep.
    Running,
    /// The last one came to its end.
    Done,
    /// It would disable more people than it may; somebody has to look.
    Stopped,
    /// The directory could not be asked; it is tried again.
    Failed,
}

impl SyncState {
    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Running => "running",
            Self::Done => "done",
            Self::Stopped => "stopped",
            Self::Failed => "failed",
        }
    }
}

/// What a round found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default)]
#[schema(as = DirectorySyncFigures)]
pub struct Figures {
    /// People of the directory who were looked at.
    pub seen: u32,
    /// Accounts that were made.
    pub created: u32,
    /// Accounts that were changed.
    pub changed: u32,
    /// Accounts that were disabled because their people are gone.
    pub disabled: u32,
    /// Accounts that were opened again because their people are back.
    pub restored: u32,
    /// People whose address belongs to an account that is not linked to them.
    pub unlinked: u32,
    /// People who could not be taken: without address, of another domain, without a role, or the last administrator.
    pub skipped: u32,
}

/// What a directory is written as.
#[derive(Debug, Clone, Copy)]
pub struct Written<'a> {
    /// Id.
    pub id: &'a DirectoryId,
    /// How it is set up.
    pub settings: &'a DirectoryIn,
    /// The sealed password.
    pub secret: &'a str,
    /// The key that it is sealed under.
    pub key: &'a str,
    /// When the next round begins.
    pub next_at: Option<DateTime<Utc>>,
}

/// A secret that wants sealing anew.
#[derive(Debug, Clone, Deserialize)]
pub struct Sealed {
    /// Whose.
    pub id: DirectoryId,
    /// As it is sealed now.
    pub secret: String,
}

/// A page of directories by name; read the rows as [`Directory`].
pub fn list(after: &str, limit: u32) -> TenantStatement {
    LIST.with(values![after, limit])
}

/// Those whose people can sign in; read the rows as [`Directory`].
pub fn enabled() -> TenantStatement {
    ENABLED.with(values![DIRECTORIES_MAX])
}

/// One; read the row as [`Directory`].
pub fn show(id: &DirectoryId) -> TenantStatement {
    SHOW.with(values![id])
}

/// The one that keeps a person's password; read the row as [`Directory`].
pub fn of_user(user: &UserId) -> TenantStatement {
    OF_USER.with(values![user])
}

/// The one whose round is due first; read the row as [`Directory`].
pub fn due(now: DateTime<Utc>) -> TenantStatement {
    DUE.with(values![now])
}

/// A new one; refused (`limit`, `not_found`, `directories.name`).
pub fn insert(new: Written<'_>, definition: &str, now: DateTime<Utc>) -> [TenantStatement; 3] {
    let settings = new.settings;
    let stored =
        INSERT.with(values![new.id, &settings.name, definition, new.secret, new.key, settings.enabled, now, new.next_at]);
    [GUARD_COUNT.with(values![DIRECTORIES_MAX]), guard_places(settings), stored]
}

/// All of it anew; refused (`stale_version`, `not_found`, `directories.name`).
pub fn update(new: Written<'_>, version: i64, definition: &str, now: DateTime<Utc>) -> [TenantStatement; 3] {
    let settings = new.settings;
    let stored =
        UPDATE.with(values![new.id, &settings.name, definition, new.secret, new.key, settings.enabled, now, new.next_at]);
    [GUARD_VERSION.with(values![new.id, version]), guard_places(settings), stored]
}

/// Removes it; refused (`stale_version`).
pub fn delete(id: &DirectoryId, version: i64) -> [TenantStatement; 2] {
    [GUARD_VERSION.with(values![id, version]), DELETE.with(values![id])]
}

fn guard_places(settings: &DirectoryIn) -> TenantStatement {
    let organizations: Vec<_> = settings.mappings.iter().filter_map(|mapping| mapping.organization.as_ref()).collect();
    let departments: Vec<_> = settings.mappings.iter().filter_map(|mapping| mapping.department.as_ref()).collect();
    GUARD_PLACES.with(values![crate::database::list(&organizations), crate::database::list(&departments)])
}

/// Notes how the rounds stand.
pub fn set_sync(id: &DirectoryId, sync: &Sync) -> TenantStatement {
    let figures = serde_json::to_string(&sync.figures).unwrap_or_else(|_| "{}".to_owned());
    SET_SYNC.with(values![
        id,
        sync.round,
        sync.state.as_str(),
        figures,
        sync.problem.clone(),
        sync.confirmed,
        sync.started_at,
        sync.finished_at,
        sync.next_at
    ])
}

/// Secrets that are not under this key; read the rows as [`Sealed`].
pub fn sealed_otherwise(key: &str) -> TenantStatement {
    SEALED_OTHERWISE.with(values![key])
}

/// Puts the same secret under another key, unless it was changed meanwhile.
pub fn reseal(id: &DirectoryId, sealed: &str, key: &str, former: &str) -> TenantStatement {
    RESEAL.with(values![id, sealed, key, former])
}
