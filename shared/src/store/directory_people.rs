//! Who of the tenant's people is who in a directory.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::users::Status;
use crate::access::Role;
use crate::database::{TenantStatement, list as json_list};
use crate::id::{DirectoryId, UserId};
use crate::tenant_statements;
use crate::values;

/// The columns of [`Linked`].
macro_rules! linked {
    ($rest:literal) => {
        concat!(
            "SELECT p.directory_id, p.unique_id, p.username, p.linked_at, p.seen_in, p.gone_at, u.id, u.name, u.email, u.role, u.status
            FROM directory_people p JOIN users u ON u.tenant_id = p.tenant_id AND u.id = p.user_id WHERE p.tenant_id = ?1 ",
            $rest
        )
    };
}

tenant_statements! {
    /// Those whom somebody may mean who types this: by address, by user name.
    MEANT = linked!("AND p.user_id IN (SELECT id FROM users WHERE tenant_id = ?1 AND email = ?2
        UNION SELECT user_id FROM directory_people WHERE tenant_id = ?1 AND username = ?2) LIMIT 10");
    /// One person's.
    OF_USER = linked!("AND p.user_id = ?2 LIMIT 1");
    /// People of a directory, after one of them.
    LIST = linked!("AND p.directory_id = ?2 AND p.unique_id > COALESCE((SELECT unique_id FROM directory_people WHERE tenant_id = ?1 AND user_id = ?3), '')
        ORDER BY p.unique_id LIMIT ?4");
    /// Those of these who are known.
    KNOWN = linked!("AND p.directory_id = ?2 AND p.unique_id IN (SELECT value FROM json_each(?3)) LIMIT 1000");
    /// The roles that people of a directory have who are of the desk, or are granted now or later, with what each holds.
    HELD = "SELECT COALESCE(r.base, u.role) AS role, r.permissions FROM directory_people p
            JOIN users u ON u.tenant_id = ?1 AND u.id = p.user_id LEFT JOIN roles r ON r.tenant_id = ?1 AND r.id = u.role_id
            WHERE p.tenant_id = ?1 AND p.directory_id = ?2 AND u.role <> 'client' AND u.removed_at IS NULL
        UNION SELECT COALESCE(r.base, g.role), r.permissions FROM directory_people p
            JOIN users u ON u.tenant_id = ?1 AND u.id = p.user_id JOIN grants g ON g.tenant_id = ?1 AND g.user_id = u.id
            LEFT JOIN roles r ON r.tenant_id = ?1 AND r.id = g.role_id
            WHERE p.tenant_id = ?1 AND p.directory_id = ?2 AND u.role <> 'client' AND g.revoked_at IS NULL AND g.ends_at > ?3
        UNION SELECT COALESCE(r.base, g.role), r.permissions FROM directory_people p
            JOIN users u ON u.tenant_id = ?1 AND u.id = p.user_id JOIN group_members m ON m.tenant_id = ?1 AND m.user_id = u.id
            JOIN grants g ON g.tenant_id = ?1 AND g.group_id = m.group_id LEFT JOIN roles r ON r.tenant_id = ?1 AND r.id = g.role_id
            WHERE p.tenant_id = ?1 AND p.directory_id = ?2 AND u.role <> 'client' AND g.revoked_at IS NULL AND g.ends_at > ?3
        LIMIT 1000";
    /// Which of these addresses somebody has.
    TAKEN = "SELECT email FROM users WHERE tenant_id = ?1 AND email IN (SELECT value FROM json_each(?2)) LIMIT 1000";
    /// Somebody is the one of that entry. Refused (`directory_people.unique_id`, `directory_people.user_id`) when either is taken.
    LINK = "INSERT INTO directory_people (tenant_id, directory_id, unique_id, user_id, username, linked_at, seen_in) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    /// Not any more.
    UNLINK = "DELETE FROM directory_people WHERE tenant_id = ?1 AND directory_id = ?2 AND user_id = ?3";
    /// Only who is linked can be unlinked.
    GUARD_LINKED = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'not_found',
        EXISTS (SELECT 1 FROM directory_people WHERE tenant_id = ?1 AND user_id = ?3 AND directory_id = ?2)";
    /// Only whoever is of no directory has a password here.
    GUARD_LOCAL = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'directory_person',
        NOT EXISTS (SELECT 1 FROM directory_people WHERE tenant_id = ?1 AND user_id = ?2)";
    /// The user name has changed.
    RENAME = "UPDATE directory_people SET username = ?4 WHERE tenant_id = ?1 AND directory_id = ?2 AND unique_id = ?3";
    /// A round has seen them.
    SEEN = "UPDATE directory_people SET seen_in = ?4 WHERE tenant_id = ?1 AND directory_id = ?2
        AND unique_id IN (SELECT value FROM json_each(?3))";
    /// The person is back.
    BACK = "UPDATE directory_people SET gone_at = NULL WHERE tenant_id = ?1 AND directory_id = ?2 AND unique_id = ?3";
    /// The person is gone.
    GONE = "UPDATE directory_people SET gone_at = ?4 WHERE tenant_id = ?1 AND directory_id = ?2 AND unique_id = ?3";
    /// How many are there, and how many of them the round has not seen.
    MISSING_COUNT = "SELECT COUNT(*) AS present, COALESCE(SUM(seen_in < ?3), 0) AS missing FROM directory_people
        WHERE tenant_id = ?1 AND directory_id = ?2 AND gone_at IS NULL LIMIT 1";
    /// Some of those whom the round has not seen.
    MISSING = linked!("AND p.directory_id = ?2 AND p.gone_at IS NULL AND p.seen_in < ?3 ORDER BY p.seen_in, p.unique_id LIMIT ?4");
    /// No password here any more, and a link that was mailed sets none.
    CLEAR_PASSWORD = "UPDATE users SET password_hash = NULL, email_verified_at = COALESCE(email_verified_at, ?3), updated_at = ?3, version = version + 1
        WHERE tenant_id = ?1 AND id = ?2";
    /// Links for choosing a password work no more.
    END_LINKS = "UPDATE one_time_tokens SET used_at = ?3 WHERE tenant_id = ?1 AND user_id = ?2 AND used_at IS NULL";
}

/// A person of a directory.
#[derive(Debug, Clone, Deserialize)]
pub struct Linked {
    /// Which directory.
    #[serde(rename = "directory_id")]
    pub directory: DirectoryId,
    /// Who they are in it, in hexadecimal.
    pub unique_id: String,
    /// What they type.
    pub username: String,
    /// Since when.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub linked_at: DateTime<Utc>,
    /// The last round that has seen them.
    pub seen_in: i64,
    /// Since when they are gone, in milliseconds.
    pub gone_at: Option<i64>,
    /// Who they are here.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Role.
    pub role: Role,
    /// Status.
    pub status: Status,
}

/// How many a round has not seen.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Missing {
    /// People who are not gone.
    pub present: i64,
    /// Those of them whom the round has not seen.
    pub missing: i64,
}

/// An address that somebody has.
#[derive(Debug, Clone, Deserialize)]
pub struct Taken {
    /// It.
    pub email: String,
}

/// Those whom somebody may mean who types this; read the rows as [`Linked`].
pub fn meant(typed: &str) -> TenantStatement {
    MEANT.with(values![typed])
}

/// What is known of one person; read the row as [`Linked`].
pub fn of_user(user: &UserId) -> TenantStatement {
    OF_USER.with(values![user])
}

/// Up to `limit` people of a directory after the one with the id `after`; read the rows as [`Linked`].
pub fn list(directory: &DirectoryId, after: &str, limit: u32) -> TenantStatement {
    LIST.with(values![directory, after, limit])
}

/// Those of these who are known; read the rows as [`Linked`].
pub fn known(directory: &DirectoryId, unique_ids: &[String]) -> TenantStatement {
    KNOWN.with(values![directory, json_list(unique_ids)])
}

/// The roles that people of a directory hold; for [`held::permissions`](super::held::permissions).
pub fn held(directory: &DirectoryId, now: DateTime<Utc>) -> TenantStatement {
    HELD.with(values![directory, now])
}

/// Which of these addresses somebody has; read the rows as [`Taken`].
pub fn taken(emails: &[String]) -> TenantStatement {
    TAKEN.with(values![json_list(emails)])
}

/// Makes somebody the one of that entry, seen by this round.
pub fn link(
    directory: &DirectoryId,
    unique_id: &str,
    user: &UserId,
    username: &str,
    round: i64,
    now: DateTime<Utc>,
) -> TenantStatement {
    LINK.with(values![directory, unique_id, user, username, now, round])
}

/// What goes with a link for somebody who had a password here: it is gone, and no mailed link sets another.
pub fn without_password(user: &UserId, now: DateTime<Utc>) -> [TenantStatement; 2] {
    [CLEAR_PASSWORD.with(values![user, now]), END_LINKS.with(values![user, now])]
}

/// Ends a link; refuses the batch (`not_found`) when there is none.
pub fn unlink(directory: &DirectoryId, user: &UserId) -> [TenantStatement; 2] {
    [GUARD_LINKED.with(values![directory, user]), UNLINK.with(values![directory, user])]
}

/// Refuses the batch (`directory_person`) for somebody whose password a directory keeps.
pub fn guard_local(user: &UserId) -> TenantStatement {
    GUARD_LOCAL.with(values![user])
}

/// Another user name.
pub fn rename(directory: &DirectoryId, unique_id: &str, username: &str) -> TenantStatement {
    RENAME.with(values![directory, unique_id, username])
}

/// A round has seen these.
pub fn seen(directory: &DirectoryId, unique_ids: &[String], round: i64) -> TenantStatement {
    SEEN.with(values![directory, json_list(unique_ids), round])
}

/// Somebody is back.
pub fn back(directory: &DirectoryId, unique_id: &str) -> TenantStatement {
    BACK.with(values![directory, unique_id])
}

/// Somebody is gone.
pub fn gone(directory: &DirectoryId, unique_id: &str, now: DateTime<Utc>) -> TenantStatement {
    GONE.with(values![directory, unique_id, now])
}

/// How many a round has not seen; read the row as [`Missing`].
pub fn missing_count(directory: &DirectoryId, round: i64) -> TenantStatement {
    MISSING_COUNT.with(values![directory, round])
}

/// Some of them; read the rows as [`Linked`].
pub fn missing(directory: &DirectoryId, round: i64, limit: u32) -> TenantStatement {
    MISSING.with(values![directory, round, limit])
}
