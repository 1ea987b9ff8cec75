//! Files on tickets: taken in, handed out, removed. The JSON API, the forms, resumable uploads and incoming mail all go
//! through here.
//!
//! A file goes to storage as it comes, in pieces of a part's size, and only then becomes a row, in the batch that writes
//! what it hangs on. So a row never names bytes that are not there; bytes without a row are removed when the request fails.

mod add;
mod intake;
mod multipart;
mod open;
mod remove;
mod serve;

pub(super) use add::{TRIES_MAX, lines, tell, too_many};
pub use add::{add, visibility};
pub(super) use intake::refused;
pub use intake::{Intake, StoredFile, discard, guard_quota};
pub use multipart::{Part, Parts};
pub use open::open;
pub use remove::remove;
pub use serve::serve;

use shared::id::{AttachmentId, UploadId};

/// The attachment that a resumable upload becomes: they share their digits, so either id leads to the other.
pub fn of_upload(upload: &UploadId) -> Option<AttachmentId> {
    let digits = upload.as_str().strip_prefix(UploadId::PREFIX)?;
    AttachmentId::parse(&format!("{}{digits}", AttachmentId::PREFIX)).ok()
}
