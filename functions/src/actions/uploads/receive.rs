//! A piece of a file.

use chrono::{DateTime, TimeDelta, Utc};
use futures::StreamExt;
use shared::attachment::classify;
use shared::database::{Rows, TenantStatement};
use shared::error::ApiError;
use shared::http::ByteStream;
use shared::id::UploadId;
use shared::limits::{ATTACHMENTS_PER_TICKET_MAX, PART_BYTES, UPLOAD_SECONDS};
use shared::platform::StoredPart;
use shared::store::attachments;
use shared::store::uploads::{self as store, TargetRow, UploadRow};

use super::key;
use crate::actions::attachments::{StoredFile, TRIES_MAX, guard_quota, lines, of_upload, refused, too_many};
use crate::context::Ctx;

/// Numbers that one request has for its parts: no file has more parts than that.
const NUMBERS_PER_REQUEST: u16 = 16;
/// Requests that one upload may take: storage numbers its parts from 1 to 10,000.
const ATTEMPTS_MAX: u16 = 10_000 / NUMBERS_PER_REQUEST - 1;

/// What has arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Bytes that are durable.
    pub offset: u64,
    /// When the upload is given up.
    pub expires_at: DateTime<Utc>,
}

/// A request at work.
struct Work<'c, 'a> {
    ctx: &'c Ctx<'a>,
    upload: UploadRow,
    key: String,
    /// Parts and bytes that this request has added.
    parts: Vec<StoredPart>,
    added: u64,
    /// Found by content; `None` while nothing has arrived.
    media_type: Option<String>,
    gathered: Vec<u8>,
    /// Storage has the whole file already: what still comes is known.
    is_whole: bool,
}

/// Takes the bytes that follow `offset`. 409 when the upload stands elsewhere, or somebody else was quicker. When the line breaks,
/// what has arrived in whole parts is kept all the same.
pub async fn receive(ctx: &Ctx<'_>, id: &UploadId, offset: u64, bytes: ByteStream) -> Result<Received, ApiError> {
    let answers = ctx.db.batch(store::claim(id, &ctx.person()?.id, ctx.now).to_vec()).await?;
    let upload = answers.last().map(store::upload).transpose()?.flatten().ok_or_else(ApiError::not_found)?;
    if upload.received != offset {
        return Err(ApiError::conflict("upload_offset").arg("offset", upload.received));
    }
    if upload.attachment_id.is_some() {
        return Ok(Received { offset, expires_at: upload.expires_at });
    }
    if upload.attempts > ATTEMPTS_MAX {
        return Err(ApiError::conflict("upload_worn_out"));
    }
    let media_type = (!upload.parts.is_empty()).then(|| upload.media_type.clone());
    let mut work =
        Work { ctx, key: key(ctx, id)?, upload, parts: Vec::new(), added: 0, media_type, gathered: Vec::new(), is_whole: false };
    let poured = work.pour(bytes).await;
    // The line broke, or the bytes were too many: what is whole stays. Any other refusal keeps nothing.
    if poured.as_ref().is_err_and(|error| error.status != 400) {
        work.added = 0;
    }
    let received = work.commit().await?;
    poured.map(|()| received)
}

impl Work<'_, '_> {
    fn arrived(&self) -> u64 {
        self.upload.received + self.added
    }

    async fn pour(&mut self, mut bytes: ByteStream) -> Result<(), ApiError> {
        while let Some(chunk) = bytes.next().await {
            let chunk = chunk?;
            if self.is_whole {
                continue;
            }
            let mut chunk = chunk.as_slice();
            if self.arrived() + (self.gathered.len() + chunk.len()) as u64 > self.upload.size {
                return Err(ApiError::malformed("more bytes than were announced"));
            }
            while !chunk.is_empty() && !self.is_whole {
                let (now, later) = chunk.split_at((PART_BYTES - self.gathered.len()).min(chunk.len()));
                self.gathered.extend_from_slice(now);
                chunk = later;
                if self.gathered.len() == PART_BYTES {
                    self.store_part().await?;
                }
            }
        }
        let is_last = self.arrived() + self.gathered.len() as u64 == self.upload.size;
        if is_last && !self.gathered.is_empty() { self.store_part().await } else { Ok(()) }
    }

    async fn store_part(&mut self) -> Result<(), ApiError> {
        if self.media_type.is_none() {
            let declared = Some(self.upload.media_type.as_str()).filter(|declared| !declared.is_empty());
            let judged = classify(&self.upload.file_name, &self.gathered, declared);
            self.media_type = Some(judged.map_err(|refusal| refused(&self.upload.file_name, refusal))?.media_type);
        }
        let place = u16::try_from(self.parts.len() + 1).map_err(ApiError::internal)?;
        let number = self.upload.attempts * NUMBERS_PER_REQUEST + place;
        let bytes = std::mem::take(&mut self.gathered);
        let size = bytes.len() as u64;
        let stored = self.ctx.platform.files().put_part(&self.key, &self.upload.storage_upload, number, bytes).await;
        match stored {
            Ok(part) => self.parts.push(part),
            // The last request may have completed the file and not lived to write it down.
            Err(_) if self.is_complete_in_storage().await => {
                self.added = self.upload.size - self.upload.received;
                self.is_whole = true;
                return Ok(());
            }
            Err(error) => return Err(error.into()),
        }
        self.added += size;
        Ok(())
    }

    async fn is_complete_in_storage(&self) -> bool {
        matches!(self.ctx.platform.files().get(&self.key, Some((0, 1))).await, Ok(Some((info, _))) if info.size == self.upload.size)
    }

    async fn commit(&mut self) -> Result<Received, ApiError> {
        let expires_at = self.ctx.now + TimeDelta::seconds(UPLOAD_SECONDS);
        if self.added == 0 {
            return Ok(Received { offset: self.upload.received, expires_at: self.upload.expires_at });
        }
        let (before, after) = (self.upload.received, self.arrived());
        let mut parts = self.upload.parts.clone();
        parts.append(&mut self.parts);
        let media_type = self.media_type.clone().unwrap_or_default();
        let file = if after == self.upload.size { Some(self.complete(&parts, media_type.clone()).await?) } else { None };
        let mut tries = 1;
        loop {
            let mut batch = store::receive(&self.upload.id, before, after, &parts, &media_type, expires_at).to_vec();
            batch.extend(file.as_ref().map(|file| self.finish(file)).unwrap_or_default());
            let written: Result<Vec<Rows>, _> = self.ctx.db.batch(batch).await;
            match written {
                Ok(_) => return Ok(Received { offset: after, expires_at }),
                Err(error) if error.is_refused_by("conflict") => return Err(ApiError::conflict("upload_offset")),
                Err(error) if error.is_refused_by("stale_version") && tries < TRIES_MAX => tries += 1,
                Err(error) => return Err(too_many(error)),
            }
            let moved = self.ctx.db.run(store::follow_merge(&self.upload.id)).await?;
            self.upload.ticket_id = moved.first::<TargetRow>()?.ok_or_else(ApiError::not_found)?.ticket_id;
        }
    }

    /// What makes the whole file an attachment of its ticket.
    fn finish(&self, file: &StoredFile) -> Vec<TenantStatement> {
        let (ctx, ticket, visibility) = (self.ctx, &self.upload.ticket_id, self.upload.visibility);
        let mut batch = attachments::guard_target(ticket).to_vec();
        batch.push(attachments::guard_room(ticket, 1, ATTACHMENTS_PER_TICKET_MAX));
        batch.extend(guard_quota(ctx, std::iter::once(file)));
        batch.push(file.row(ctx, ticket, None, visibility));
        batch.push(store::finish(&self.upload.id, &file.id));
        batch.push(attachments::touch(ticket, ctx.now));
        batch.extend(lines(ctx, ticket, file, visibility));
        batch
    }

    async fn complete(&self, parts: &[StoredPart], media_type: String) -> Result<StoredFile, ApiError> {
        let completed = self.ctx.platform.files().complete(&self.key, &self.upload.storage_upload, parts).await;
        if let Err(error) = completed
            && !self.is_complete_in_storage().await
        {
            return Err(error.into());
        }
        Ok(StoredFile {
            id: of_upload(&self.upload.id).ok_or_else(|| ApiError::internal("an upload without digits"))?,
            file_name: shared::attachment::sanitize(&self.upload.file_name),
            media_type,
            size: self.upload.size,
            storage_key: self.key.clone(),
        })
    }
}
