//! R2 behind the product's own port.

use async_trait::async_trait;
use futures::{StreamExt, TryStreamExt};
use shared::http::{BodyError, ByteStream};
use shared::platform::{FileInfo, Files, FilesError, StoredPart};
use worker::{Bucket, Range, UploadedPart};

/// Offsets beyond this are not exact in JavaScript.
const OFFSET_MAX: u64 = 1 << 53;

/// The bucket, or why there is none.
pub(super) struct R2(Result<Bucket, String>);

impl R2 {
    pub(super) fn new(bucket: Result<Bucket, String>) -> Self {
        Self(bucket)
    }

    fn bucket(&self) -> Result<&Bucket, FilesError> {
        self.0.as_ref().map_err(|error| FilesError(error.clone()))
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err asks for")]
fn failed(error: worker::Error) -> FilesError {
    FilesError(error.to_string())
}

#[async_trait(?Send)]
impl Files for R2 {
    async fn put(&self, key: &str, bytes: Vec<u8>) -> Result<(), FilesError> {
        self.bucket()?.put(key, bytes).execute().await.map(drop).map_err(failed)
    }

    async fn get(&self, key: &str, range: Option<(u64, u64)>) -> Result<Option<(FileInfo, ByteStream)>, FilesError> {
        let mut question = self.bucket()?.get(key);
        if let Some((offset, length)) = range {
            if offset.saturating_add(length) > OFFSET_MAX {
                return Err(FilesError("range beyond any file".to_owned()));
            }
            question = question.range(Range::OffsetWithLength { offset, length });
        }
        let Some(object) = question.execute().await.map_err(failed)? else { return Ok(None) };
        let info = FileInfo { size: object.size() };
        let body = object.body().ok_or_else(|| FilesError("the object came without its body".to_owned()))?;
        let stream = body.stream().map_err(failed)?.map_err(|error| BodyError::BrokenOff(error.to_string()));
        Ok(Some((info, stream.boxed_local())))
    }

    async fn delete(&self, key: &str) -> Result<(), FilesError> {
        self.bucket()?.delete(key).await.map_err(failed)
    }

    async fn begin(&self, key: &str) -> Result<String, FilesError> {
        let upload = self.bucket()?.create_multipart_upload(key).execute().await.map_err(failed)?;
        Ok(upload.upload_id().await)
    }

    async fn put_part(&self, key: &str, upload: &str, number: u16, bytes: Vec<u8>) -> Result<StoredPart, FilesError> {
        let size = bytes.len() as u64;
        let upload = self.bucket()?.resume_multipart_upload(key, upload).map_err(failed)?;
        let part = upload.upload_part(number, bytes).await.map_err(failed)?;
        Ok(StoredPart { number, etag: part.etag(), size })
    }

    async fn complete(&self, key: &str, upload: &str, parts: &[StoredPart]) -> Result<(), FilesError> {
        let upload = self.bucket()?.resume_multipart_upload(key, upload).map_err(failed)?;
        let parts: Vec<UploadedPart> = parts.iter().map(|part| UploadedPart::new(part.number, part.etag.clone())).collect();
        upload.complete(parts).await.map(drop).map_err(failed)
    }

    async fn abort(&self, key: &str, upload: &str) -> Result<(), FilesError> {
        self.bucket()?.resume_multipart_upload(key, upload).map_err(failed)?.abort().await.map_err(failed)
    }
}
