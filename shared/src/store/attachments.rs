//! Files on tickets: rows of what lies in file storage.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;

use super::scope::{self, in_scope};
use crate::access::{Actor, Permission};
use crate::database::{DbError, Rows, TenantStatement, list};
use crate::id::{AttachmentId, CommentId, TicketId, UserId};
use crate::limits::{FILE_BYTES_PER_PERSON_MAX, FILE_QUOTA_SECONDS, FILES_PER_PERSON_MAX};
use crate::tenant_statements;
use crate::ticket::Visibility;
use crate::values;

tenant_statements! {
    /// One more file.
    INSERT_ATTACHMENT = "INSERT INTO ticket_attachments (tenant_id, id, ticket_id, comment_id, uploader_id, visibility, file_name, media_type, size,
        storage_key, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    /// Files that came ahead of their comment go with it now, and are as visible as it is. Only the uploader's own, and only once.
    BIND = "UPDATE ticket_attachments SET comment_id = ?3, visibility = ?5
        WHERE tenant_id = ?1 AND id IN (SELECT value FROM json_each(?6)) AND ticket_id = ?2 AND uploader_id = ?4 AND comment_id IS NULL";
    /// A file of a ticket that the actor can see.
    FIND_ATTACHMENT = concat!("SELECT a.id, a.ticket_id, a.comment_id, a.uploader_id, a.visibility, a.file_name, a.media_type, a.size, a.storage_key,
            a.created_at, t.deleted_at, a.created_at > t.created_at AS came_later, (1", in_scope!("?5", "?6"), ") AS reads_internal, (1",
            in_scope!("?7", "?8"), ") AS may_update, (1", in_scope!("?9", "?10"), ") AS may_restore
        FROM ticket_attachments a JOIN tickets t ON t.tenant_id = a.tenant_id AND t.id = a.ticket_id
        WHERE a.tenant_id = ?1 AND a.id = ?2", in_scope!("?3", "?4"), "LIMIT 1");
    /// The file must not have gone with a comment meanwhile.
    GUARD_UNBOUND = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'conflict',
        EXISTS (SELECT 1 FROM ticket_attachments WHERE tenant_id = ?1 AND id = ?2 AND comment_id IS NULL)";
    /// Removes a file's row.
    DELETE_ATTACHMENT = "DELETE FROM ticket_attachments WHERE tenant_id = ?1 AND id = ?2";
    /// The file must still be there.
    GUARD_ATTACHMENT = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'not_found',
        EXISTS (SELECT 1 FROM ticket_attachments WHERE tenant_id = ?1 AND id = ?2)";
    /// The ticket must still be one that takes files itself: not merged into another since it was looked at.
    GUARD_UNMERGED = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'stale_version',
        EXISTS (SELECT 1 FROM tickets WHERE tenant_id = ?1 AND id = ?2 AND merged_into_id IS NULL)";
    /// And must not have been deleted since.
    GUARD_TICKET = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'not_found',
        EXISTS (SELECT 1 FROM tickets WHERE tenant_id = ?1 AND id = ?2 AND deleted_at IS NULL)";
    /// The ticket must still be there, and have room for `?3` more files.
    GUARD_ROOM = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'limit',
        (SELECT COUNT(*) FROM ticket_attachments WHERE tenant_id = ?1 AND ticket_id = ?2) + ?3 <= ?4";
    /// Since `?3` the person has not sent more than `?5` files with these `?4`, and not more than `?7` bytes with these `?6`.
    GUARD_QUOTA = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'file_quota',
        (SELECT COUNT(*) + ?4 <= ?5 AND COALESCE(SUM(size), 0) + ?6 <= ?7 FROM ticket_attachments
            WHERE tenant_id = ?1 AND uploader_id = ?2 AND created_at > ?3)";
    /// The ticket has changed, though none of its own fields.
    TOUCH = "UPDATE tickets SET updated_at = ?3 WHERE tenant_id = ?1 AND id = ?2 AND updated_at < ?3";
}

/// A file to write down.
#[derive(Debug, Clone)]
pub struct NewAttachment<'a> {
    /// Id.
    pub id: &'a AttachmentId,
    /// On which ticket.
    pub ticket: &'a TicketId,
    /// With which comment.
    pub comment: Option<&'a CommentId>,
    /// Who sent it, if it is a person.
    pub uploader: Option<&'a UserId>,
    /// Who sees it.
    pub visibility: Visibility,
    /// Name, made safe.
    pub file_name: &'a str,
    /// Type as found by content.
    pub media_type: &'a str,
    /// Bytes.
    pub size: u64,
    /// Where it lies in file storage.
    pub storage_key: &'a str,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// A file, where it lies, and who may have it.
#[derive(Debug, Clone, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a right of its own")]
pub struct FoundRow {
    /// Id.
    pub id: AttachmentId,
    /// On which ticket.
    pub ticket_id: TicketId,
    /// With which comment.
    pub comment_id: Option<CommentId>,
    /// Who sent it.
    pub uploader_id: Option<UserId>,
    /// Who sees it.
    pub visibility: Visibility,
    /// Name, made safe.
    pub file_name: String,
    /// Type as found by content.
    pub media_type: String,
    /// Bytes.
    pub size: u64,
    /// Where it lies in file storage.
    pub storage_key: String,
    /// When.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub created_at: DateTime<Utc>,
    /// Whether the actor reads what is the desk's own on the ticket.
    #[serde(deserialize_with = "crate::database::bool_from_integer")]
    pub reads_internal: bool,
    /// Whether the actor may change the ticket.
    #[serde(deserialize_with = "crate::database::bool_from_integer")]
    pub may_update: bool,
    /// Whether the actor may bring the ticket back.
    #[serde(deserialize_with = "crate::database::bool_from_integer")]
    pub may_restore: bool,
    /// When the ticket was deleted.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub deleted_at: Option<DateTime<Utc>>,
    /// Whether it came after the ticket: one that came with it belongs to its description.
    #[serde(deserialize_with = "crate::database::bool_from_integer")]
    pub came_later: bool,
}

/// Writes a file down.
pub fn insert(file: &NewAttachment<'_>) -> TenantStatement {
    INSERT_ATTACHMENT.with(values![
        file.id,
        file.ticket,
        file.comment,
        file.uploader,
        file.visibility.as_str(),
        file.file_name,
        file.media_type,
        whole(file.size),
        file.storage_key,
        file.created_at
    ])
}

/// Lets files that `uploader` sent ahead go with a comment.
pub fn bind(
    ticket: &TicketId,
    comment: &CommentId,
    uploader: &UserId,
    visibility: Visibility,
    files: &[AttachmentId],
) -> TenantStatement {
    let mut values = values![ticket, comment, uploader, visibility.as_str()];
    values.push(list(files));
    BIND.with(values)
}

/// A file by id, if its ticket is the actor's to see, with what else the actor may do there.
pub fn find(id: &AttachmentId, actor: &Actor) -> TenantStatement {
    let rights = [Permission::TicketRead, Permission::TicketReadInternal, Permission::TicketUpdate, Permission::TicketDelete];
    let mut values = values![id];
    values.extend(rights.into_iter().flat_map(|right| scope::values(&actor.scope(right))));
    FIND_ATTACHMENT.with(values)
}

/// The row of [`find`].
pub fn found(rows: &Rows) -> Result<Option<FoundRow>, DbError> {
    rows.first()
}

/// Removes a file's row; refuses the batch (`not_found`) when somebody else did.
pub fn delete(id: &AttachmentId) -> [TenantStatement; 2] {
    [GUARD_ATTACHMENT.with(values![id]), DELETE_ATTACHMENT.with(values![id])]
}

/// Refuses the batch (`conflict`) when the file has gone with a comment.
pub fn guard_unbound(id: &AttachmentId) -> TenantStatement {
    GUARD_UNBOUND.with(values![id])
}

/// Refuses the batch when the ticket was merged (`stale_version`) or deleted (`not_found`) since it was looked at: a file takes
/// a while to come.
pub fn guard_target(ticket: &TicketId) -> [TenantStatement; 2] {
    [GUARD_TICKET.with(values![ticket]), GUARD_UNMERGED.with(values![ticket])]
}

/// Refuses the batch (`limit`) when the ticket would have more than `maximum` files with these `more`.
pub fn guard_room(ticket: &TicketId, more: usize, maximum: u32) -> TenantStatement {
    GUARD_ROOM.with(values![ticket, i64::try_from(more).unwrap_or(i64::MAX), maximum])
}

/// Refuses the batch (`file_quota`) when a person would have sent more files or bytes than one may in a day, with files of these `sizes`.
pub fn guard_quota(person: &UserId, sizes: impl Iterator<Item = u64>, now: DateTime<Utc>) -> TenantStatement {
    let (files, bytes) = sizes.fold((0_u32, 0_u64), |(files, bytes), size| (files.saturating_add(1), bytes.saturating_add(size)));
    let since = now - TimeDelta::seconds(FILE_QUOTA_SECONDS);
    GUARD_QUOTA.with(values![person, since, files, FILES_PER_PERSON_MAX, whole(bytes), whole(FILE_BYTES_PER_PERSON_MAX)])
}

fn whole(bytes: u64) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}

/// Notes that something happened on a ticket that is none of its own fields: its version stays.
pub fn touch(ticket: &TicketId, now: DateTime<Utc>) -> TenantStatement {
    TOUCH.with(values![ticket, now])
}
