//! One file on its way into storage.

use shared::attachment::{Accepted, HEAD_BYTES, Refusal, classify};
use shared::database::TenantStatement;
use shared::error::{ApiError, FieldError};
use shared::id::{AttachmentId, CommentId, TicketId};
use shared::limits::{ATTACHMENT_BYTES_MAX, PART_BYTES};
use shared::platform::StoredPart;
use shared::store::attachments::{self as store, NewAttachment};
use shared::ticket::Visibility;

use crate::context::Ctx;

/// A file that lies in storage and has no row yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFile {
    /// Id that its row will have.
    pub id: AttachmentId,
    /// Name, made safe.
    pub file_name: String,
    /// Type as found by content.
    pub media_type: String,
    /// Bytes.
    pub size: u64,
    /// Where it lies.
    pub storage_key: String,
}

impl StoredFile {
    /// The row that makes it an attachment.
    pub fn row(&self, ctx: &Ctx<'_>, ticket: &TicketId, comment: Option<&CommentId>, visibility: Visibility) -> TenantStatement {
        store::insert(&NewAttachment {
            id: &self.id,
            ticket,
            comment,
            uploader: ctx.actor.person().map(|person| &person.id),
            visibility,
            file_name: &self.file_name,
            media_type: &self.media_type,
            size: self.size,
            storage_key: &self.storage_key,
            created_at: ctx.now,
        })
    }
}

/// The guard that a person has not sent more than one may, with these files; none for the product itself and for visitors, who are counted
/// otherwise.
pub fn guard_quota<'f>(ctx: &Ctx<'_>, files: impl Iterator<Item = &'f StoredFile>) -> Option<TenantStatement> {
    let person = ctx.actor.person()?;
    Some(store::guard_quota(&person.id, files.map(|file| file.size), ctx.now))
}

/// Removes files that found no ticket. What cannot be removed now is no harm to anybody: no row names it.
pub async fn discard(ctx: &Ctx<'_>, files: &[StoredFile]) {
    for file in files {
        let _: Result<(), _> = ctx.platform.files().delete(&file.storage_key).await;
    }
}

/// A file that is arriving. Holds at most one part (5 MiB) and a chunk in memory. Whoever begins one either finishes it or
/// gives it up.
pub struct Intake<'c, 'a> {
    ctx: &'c Ctx<'a>,
    id: AttachmentId,
    key: String,
    name: String,
    declared: Option<String>,
    gathered: Vec<u8>,
    size: u64,
    accepted: Option<Accepted>,
    upload: Option<String>,
    parts: Vec<StoredPart>,
}

impl<'c, 'a> Intake<'c, 'a> {
    /// Begins a file that calls itself `name` and states to be of type `declared`.
    pub fn begin(ctx: &'c Ctx<'a>, name: &str, declared: Option<&str>) -> Self {
        let id = ctx.ids().next();
        Self {
            key: ctx.tenant.attachment_key(&id),
            id,
            ctx,
            name: name.to_owned(),
            declared: declared.map(str::to_owned),
            gathered: Vec::new(),
            size: 0,
            accepted: None,
            upload: None,
            parts: Vec::new(),
        }
    }

    /// Bytes so far.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Takes the next bytes. 413 when the file is too large, 415 when it is of a kind that is not taken.
    pub async fn push(&mut self, mut chunk: &[u8]) -> Result<(), ApiError> {
        self.size += chunk.len() as u64;
        if self.size > ATTACHMENT_BYTES_MAX {
            return Err(ApiError::too_large(ATTACHMENT_BYTES_MAX));
        }
        while !chunk.is_empty() {
            let room = PART_BYTES.saturating_sub(self.gathered.len()).min(chunk.len());
            let (now, later) = chunk.split_at(room);
            self.gathered.extend_from_slice(now);
            chunk = later;
            if self.gathered.len() >= HEAD_BYTES {
                self.judge()?;
            }
            if self.gathered.len() == PART_BYTES {
                self.store_part().await?;
            }
        }
        Ok(())
    }

    /// The file is whole: completes it in storage.
    pub async fn finish(mut self) -> Result<StoredFile, ApiError> {
        let stored = self.complete().await;
        if stored.is_err() {
            self.give_up().await;
        }
        stored
    }

    async fn complete(&mut self) -> Result<StoredFile, ApiError> {
        self.judge()?;
        let files = self.ctx.platform.files();
        if self.upload.is_none() {
            files.put(&self.key, std::mem::take(&mut self.gathered)).await?;
        } else {
            if !self.gathered.is_empty() {
                self.store_part().await?;
            }
            if let Some(upload) = &self.upload {
                files.complete(&self.key, upload, &self.parts).await?;
            }
            self.upload = None;
        }
        let accepted = self.accepted.clone().ok_or_else(|| ApiError::internal("a file was stored that nobody has judged"))?;
        Ok(StoredFile {
            id: self.id.clone(),
            file_name: accepted.file_name,
            media_type: accepted.media_type,
            size: self.size,
            storage_key: self.key.clone(),
        })
    }

    /// The file is not wanted after all: nothing of it stays.
    pub async fn give_up(self) {
        if let Some(upload) = &self.upload {
            let _: Result<(), _> = self.ctx.platform.files().abort(&self.key, upload).await;
        }
    }

    async fn store_part(&mut self) -> Result<(), ApiError> {
        let files = self.ctx.platform.files();
        let upload = if let Some(upload) = &self.upload {
            upload.clone()
        } else {
            let upload = files.begin(&self.key).await?;
            self.upload = Some(upload.clone());
            upload
        };
        let number = u16::try_from(self.parts.len() + 1).map_err(ApiError::internal)?;
        let bytes = std::mem::take(&mut self.gathered);
        self.parts.push(files.put_part(&self.key, &upload, number, bytes).await?);
        Ok(())
    }

    fn judge(&mut self) -> Result<(), ApiError> {
        if self.accepted.is_none() {
            let judged = classify(&self.name, &self.gathered, self.declared.as_deref());
            self.accepted = Some(judged.map_err(|refusal| refused(&self.name, refusal))?);
        }
        Ok(())
    }
}

/// 415 that names the file and why it is not taken.
pub fn refused(name: &str, refusal: Refusal) -> ApiError {
    let code = match refusal {
        Refusal::Executable => "file_executable",
        Refusal::Markup => "file_markup",
        Refusal::Mismatch => "file_mismatch",
        Refusal::Unknown => "file_unknown",
    };
    let name = shared::attachment::sanitize(name);
    let fault = FieldError::new("attachments", code).arg("name", &name);
    ApiError { code: "file_type_refused", fields: vec![fault], ..ApiError::unsupported_media_type() }.arg("name", name)
}
