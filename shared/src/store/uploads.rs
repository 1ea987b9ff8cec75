//! Resumable uploads: what of a file has durably arrived.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;

use crate::database::{DbError, Rows, TenantStatement, json_text, list};
use crate::id::{AttachmentId, TicketId, UploadId, UserId};
use crate::limits::{UPLOAD_BYTES_PER_PERSON_MAX, UPLOADS_PER_PERSON_MAX};
use crate::platform::StoredPart;
use crate::tenant_statements;
use crate::ticket::Visibility;
use crate::values;

tenant_statements! {
    /// A file that is announced.
    INSERT_UPLOAD = "INSERT INTO uploads (tenant_id, id, ticket_id, uploader_id, visibility, file_name, media_type, size, storage_upload,
        created_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    /// A ticket takes only so many beginnings.
    GUARD_UNFINISHED = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'limit',
        (SELECT COUNT(*) FROM uploads WHERE tenant_id = ?1 AND ticket_id = ?2 AND attachment_id IS NULL) < ?3";
    /// And so does a person, on all tickets together, of so many bytes.
    GUARD_UNFINISHED_OF_PERSON = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'file_quota',
        (SELECT COUNT(*) < ?3 AND COALESCE(SUM(size), 0) + ?4 <= ?5 FROM uploads
            WHERE tenant_id = ?1 AND uploader_id = ?2 AND attachment_id IS NULL)";
    /// An upload that is this person's and not over.
    FIND_UPLOAD = "SELECT id, ticket_id, visibility, file_name, media_type, size, received, storage_upload, parts, attempts, attachment_id, expires_at
        FROM uploads WHERE tenant_id = ?1 AND id = ?2 AND uploader_id = ?3 AND expires_at > ?4 LIMIT 1";
    /// One more request brings bytes for it: from now on its parts have numbers of their own.
    CLAIM = "UPDATE uploads SET attempts = attempts + 1 WHERE tenant_id = ?1 AND id = ?2 AND uploader_id = ?3 AND expires_at > ?4
        AND attachment_id IS NULL";
    /// Nobody else has brought bytes since.
    GUARD_RECEIVED = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'conflict',
        (SELECT received = ?3 AND attachment_id IS NULL FROM uploads WHERE tenant_id = ?1 AND id = ?2)";
    /// What has arrived by now.
    RECEIVE = "UPDATE uploads SET received = ?3, parts = ?4, media_type = ?5, expires_at = ?6 WHERE tenant_id = ?1 AND id = ?2";
    /// The upload is an attachment now.
    FINISH = "UPDATE uploads SET received = size, attachment_id = ?3 WHERE tenant_id = ?1 AND id = ?2";
    /// Where the file belongs by now: the ticket was merged into another while it came.
    FOLLOW_MERGE = "UPDATE uploads SET ticket_id = (SELECT COALESCE(t.merged_into_id, t.id) FROM tickets t
            WHERE t.tenant_id = ?1 AND t.id = uploads.ticket_id)
        WHERE tenant_id = ?1 AND id = ?2 AND attachment_id IS NULL RETURNING ticket_id";
    /// Gives up an upload.
    DELETE_UPLOAD = "DELETE FROM uploads WHERE tenant_id = ?1 AND id = ?2 AND attachment_id IS NULL";
    /// Uploads whose time is long over, for the sweep.
    EXPIRED = "SELECT id, storage_upload, attachment_id FROM uploads WHERE tenant_id = ?1 AND expires_at < ?2 ORDER BY expires_at LIMIT ?3";
    /// Forgets them.
    FORGET_UPLOADS = "DELETE FROM uploads WHERE tenant_id = ?1 AND id IN (SELECT value FROM json_each(?3)) AND expires_at < ?2";
}

/// Between the end of an upload's time and its removal: no request that began in time runs longer.
const GRACE_SECONDS: i64 = 3600;

/// A file that is announced.
#[derive(Debug, Clone)]
pub struct NewUpload<'a> {
    /// Id.
    pub id: &'a UploadId,
    /// On which ticket.
    pub ticket: &'a TicketId,
    /// Who sends it.
    pub uploader: &'a UserId,
    /// Who will see it.
    pub visibility: Visibility,
    /// Name as sent.
    pub file_name: &'a str,
    /// Type as stated; the one that is found replaces it.
    pub declared: &'a str,
    /// Bytes.
    pub size: u64,
    /// Storage's name of it.
    pub storage_upload: &'a str,
    /// When.
    pub created_at: DateTime<Utc>,
    /// When it is given up.
    pub expires_at: DateTime<Utc>,
}

/// An upload.
#[derive(Debug, Clone, Deserialize)]
pub struct UploadRow {
    /// Id.
    pub id: UploadId,
    /// On which ticket.
    pub ticket_id: TicketId,
    /// Who will see it.
    pub visibility: Visibility,
    /// Name as sent.
    pub file_name: String,
    /// Type: as stated while nothing has arrived, then as found.
    pub media_type: String,
    /// Bytes of the whole.
    pub size: u64,
    /// Bytes that have arrived for good.
    pub received: u64,
    /// Storage's name of it.
    pub storage_upload: String,
    /// Parts that have arrived.
    #[serde(deserialize_with = "json_text")]
    pub parts: Vec<StoredPart>,
    /// Requests that brought bytes.
    pub attempts: u16,
    /// What it has become.
    pub attachment_id: Option<AttachmentId>,
    /// When it is given up.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub expires_at: DateTime<Utc>,
}

/// The ticket of an upload.
#[derive(Debug, Clone, Deserialize)]
pub struct TargetRow {
    /// The ticket.
    pub ticket_id: TicketId,
}

/// An upload whose time is over.
#[derive(Debug, Clone, Deserialize)]
pub struct ExpiredRow {
    /// Id.
    pub id: UploadId,
    /// Storage's name of it.
    pub storage_upload: String,
    /// What it has become.
    pub attachment_id: Option<AttachmentId>,
}

/// Announces a file: refused (`limit`) when the ticket has `maximum` unfinished ones, and (`file_quota`) when the person has too many.
pub fn insert(upload: &NewUpload<'_>, maximum: u32) -> [TenantStatement; 3] {
    let whole = |bytes: u64| i64::try_from(bytes).unwrap_or(i64::MAX);
    [
        GUARD_UNFINISHED.with(values![upload.ticket, maximum]),
        GUARD_UNFINISHED_OF_PERSON.with(values![
            upload.uploader,
            UPLOADS_PER_PERSON_MAX,
            whole(upload.size),
            whole(UPLOAD_BYTES_PER_PERSON_MAX)
        ]),
        INSERT_UPLOAD.with(values![
            upload.id,
            upload.ticket,
            upload.uploader,
            upload.visibility.as_str(),
            upload.file_name,
            upload.declared,
            whole(upload.size),
            upload.storage_upload,
            upload.created_at,
            upload.expires_at
        ]),
    ]
}

/// An upload of this person; read it with [`upload`].
pub fn find(id: &UploadId, uploader: &UserId, now: DateTime<Utc>) -> TenantStatement {
    FIND_UPLOAD.with(values![id, uploader, now])
}

/// Announces a request that brings bytes, and finds the upload as it is then: two statements, the second for [`upload`].
pub fn claim(id: &UploadId, uploader: &UserId, now: DateTime<Utc>) -> [TenantStatement; 2] {
    [CLAIM.with(values![id, uploader, now]), find(id, uploader, now)]
}

/// The row of [`find`].
pub fn upload(rows: &Rows) -> Result<Option<UploadRow>, DbError> {
    rows.first()
}

/// Notes what has arrived beyond `before` bytes; refuses the batch (`conflict`) when somebody else was quicker.
pub fn receive(
    id: &UploadId,
    before: u64,
    after: u64,
    parts: &[StoredPart],
    media_type: &str,
    expires_at: DateTime<Utc>,
) -> [TenantStatement; 2] {
    let mut values = values![id, i64::try_from(after).unwrap_or(i64::MAX)];
    values.push(list(parts));
    values.extend(values![media_type, expires_at]);
    [GUARD_RECEIVED.with(values![id, i64::try_from(before).unwrap_or(i64::MAX)]), RECEIVE.with(values)]
}

/// Moves an unfinished upload to the ticket that its own was merged into; answers a [`TargetRow`].
pub fn follow_merge(id: &UploadId) -> TenantStatement {
    FOLLOW_MERGE.with(values![id])
}

/// The upload is an attachment now. To be written after [`receive`].
pub fn finish(id: &UploadId, attachment: &AttachmentId) -> TenantStatement {
    FINISH.with(values![id, attachment])
}

/// Gives an unfinished upload up.
pub fn delete(id: &UploadId) -> TenantStatement {
    DELETE_UPLOAD.with(values![id])
}

/// At most `limit` uploads whose time is over; read the rows as [`ExpiredRow`].
pub fn expired(now: DateTime<Utc>, limit: u32) -> TenantStatement {
    EXPIRED.with(values![now - TimeDelta::seconds(GRACE_SECONDS), limit])
}

/// Forgets them.
pub fn forget(now: DateTime<Utc>, ids: &[UploadId]) -> TenantStatement {
    let mut values = values![now - TimeDelta::seconds(GRACE_SECONDS)];
    values.push(list(ids));
    FORGET_UPLOADS.with(values)
}
