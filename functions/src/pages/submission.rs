//! Forms with files: believed only with the token of this session, which is their first field, and stored as they come.

use shared::database::TenantStatement;
use shared::error::{ApiError, FieldError};
use shared::http::{Query, Request};
use shared::id::{AttachmentId, UploadId};
use shared::limits::{ATTACHMENTS_PER_REQUEST_MAX, BODY_BYTES_MAX};
use shared::store::attachments;
use shared::ticket::Visibility;

use super::form;
use crate::actions::attachments::{Parts, StoredFile, discard, guard_quota, of_upload};
use crate::actions::tickets::Landing;
use crate::context::Ctx;

/// Fields of one form, beside its files: no form of ours has as many.
const FIELDS_MAX: usize = 200;

/// A form that was sent.
#[derive(Debug, Default)]
pub struct Submission {
    /// Its fields.
    pub fields: Query,
    /// Its files: they lie in storage and want their rows, or [`Submission::discard`].
    pub files: Vec<StoredFile>,
    /// Files that were uploaded ahead: `att_...` or `upl_...`.
    pub uploads: Vec<String>,
    /// What was wrong with files that are not among [`Submission::files`].
    pub refused: Vec<FieldError>,
}

/// Reads a form and checks its token. A file that cannot be taken refuses the whole form (422), and nothing of it stays.
pub async fn read(ctx: &Ctx<'_>, request: &mut Request) -> Result<Submission, ApiError> {
    let submission = read_keeping(ctx, request).await?;
    if submission.refused.is_empty() {
        return Ok(submission);
    }
    submission.discard(ctx).await;
    Err(ApiError::invalid(submission.refused))
}

/// The same, but files that cannot be taken are named in [`Submission::refused`] beside all that was typed: for pages that
/// show the form again.
pub async fn read_keeping(ctx: &Ctx<'_>, request: &mut Request) -> Result<Submission, ApiError> {
    if request.media_type().as_deref() != Some("multipart/form-data") {
        let fields = form::read(ctx, request).await?;
        return Ok(Submission { uploads: uploads(&fields), fields, ..Submission::default() });
    }
    let mut submission = Submission::default();
    let mut pairs = Vec::new();
    match gather(ctx, request, &mut submission, &mut pairs).await {
        Ok(()) => {
            submission.fields = pairs.into_iter().collect();
            submission.uploads = uploads(&submission.fields);
            let files: Vec<String> = submission.files.iter().map(|file| format!("{} {}", file.file_name, file.size)).collect();
            form::once(ctx, &request.path, &submission.fields, &files);
            Ok(submission)
        }
        Err(error) => {
            submission.discard(ctx).await;
            Err(error)
        }
    }
}

async fn gather(
    ctx: &Ctx<'_>,
    request: &mut Request,
    submission: &mut Submission,
    pairs: &mut Vec<(String, String)>,
) -> Result<(), ApiError> {
    let mut parts = Parts::of(request)?;
    let mut left = BODY_BYTES_MAX;
    let first =
        parts.next().await?.filter(|part| part.name() == "csrf" && part.file_name().is_none()).ok_or_else(ApiError::bad_csrf)?;
    form::check(ctx, &first.text(&mut left).await?)?;
    while let Some(part) = parts.next().await? {
        let name = part.name().to_owned();
        if part.file_name().is_none() {
            if pairs.len() >= FIELDS_MAX {
                return Err(ApiError::malformed("too many fields"));
            }
            pairs.push((name, part.text(&mut left).await?));
        } else if name != "attachments" {
            return Err(ApiError::malformed("a file in a field that takes none"));
        } else if submission.files.len() >= ATTACHMENTS_PER_REQUEST_MAX {
            if !part.is_nothing().await? {
                submission.refused.push(FieldError::new("attachments", "too_many").arg("maximum", ATTACHMENTS_PER_REQUEST_MAX));
                return Ok(());
            }
        } else {
            let file_name = part.file_name().map(shared::attachment::sanitize).unwrap_or_default();
            match part.store(ctx).await {
                Ok(file) => submission.files.extend(file),
                Err(error) if error.status == 413 => {
                    submission.refused.push(FieldError::new("attachments", "file_too_large").arg("name", file_name));
                }
                Err(error) if error.status == 415 => submission.refused.extend(error.fields),
                Err(error) => return Err(error),
            }
        }
    }
    Ok(())
}

fn uploads(fields: &Query) -> Vec<String> {
    fields.all("upload").take(ATTACHMENTS_PER_REQUEST_MAX * 2).filter(|id| attachment(id).is_some()).map(str::to_owned).collect()
}

/// The file behind the id that the browser sends: the attachment itself, or the upload that became one.
fn attachment(id: &str) -> Option<AttachmentId> {
    AttachmentId::parse(id).ok().or_else(|| of_upload(&UploadId::parse(id).ok()?))
}

impl Submission {
    /// Whether files came, or went ahead.
    pub fn brings_files(&self) -> bool {
        !self.files.is_empty() || !self.uploads.is_empty()
    }

    /// Statements for the batch that writes the ticket or comment: the rows of the files, and those that were uploaded ahead go
    /// with the comment. Files uploaded ahead belong to their ticket already; to a comment they come only if it stands on that one.
    pub fn rows(&self, ctx: &Ctx<'_>, landing: Landing<'_>, visibility: Visibility) -> Vec<TenantStatement> {
        let guard = (!self.files.is_empty()).then(|| guard_quota(ctx, self.files.iter())).flatten();
        let files = self.files.iter().map(|file| file.row(ctx, landing.ticket, landing.comment, visibility));
        let mut rows: Vec<TenantStatement> = guard.into_iter().chain(files).collect();
        let ahead: Vec<AttachmentId> = self.uploads.iter().filter_map(|id| attachment(id)).collect();
        if let (Some(comment), Some(person), false) = (landing.comment, ctx.actor.person(), ahead.is_empty()) {
            rows.push(attachments::bind(landing.ticket, comment, &person.id, visibility, &ahead));
        }
        rows
    }

    /// All its files, by the ids that their rows have.
    pub fn file_ids(&self) -> Vec<AttachmentId> {
        let ahead = self.uploads.iter().filter_map(|id| attachment(id));
        self.files.iter().map(|file| file.id.clone()).chain(ahead).collect()
    }

    /// Removes the files from storage: the form was refused.
    pub async fn discard(&self, ctx: &Ctx<'_>) {
        discard(ctx, &self.files).await;
    }
}
