//! `multipart/form-data` (RFC 7578), read as it arrives.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures::Stream;
use send_wrapper::SendWrapper;
use shared::error::ApiError;
use shared::http::{BodyError, ByteStream, Request};
use shared::limits::BODY_BYTES_MAX;

use super::{Intake, StoredFile};
use crate::context::Ctx;

/// The parts of a request, one after the other.
pub struct Parts(multer::Multipart<'static>);

/// One part.
pub struct Part(multer::Field<'static>);

/// Hands on one chunk at a time. The parser reads until its source has nothing ready; a fast line would put the whole body
/// into its buffer. After each chunk this one has nothing ready once.
struct OneByOne {
    chunks: ByteStream,
    rests: bool,
}

impl Stream for OneByOne {
    type Item = Result<Vec<u8>, BodyError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if std::mem::take(&mut self.rests) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let polled = self.chunks.as_mut().poll_next(context);
        self.rests = matches!(polled, Poll::Ready(Some(_)));
        polled
    }
}

impl Parts {
    /// Begins to read the request's body.
    pub fn of(request: &mut Request) -> Result<Self, ApiError> {
        if request.media_type().as_deref() != Some("multipart/form-data") {
            return Err(ApiError::unsupported_media_type());
        }
        let content_type = request.headers.get("content-type").unwrap_or_default();
        let boundary = multer::parse_boundary(content_type).map_err(ApiError::malformed)?;
        // An isolate has one thread, and so has a test: the stream never leaves it.
        let stream = SendWrapper::new(OneByOne { chunks: request.body.take().into_stream(), rests: false });
        Ok(Self(multer::Multipart::new(stream, boundary)))
    }

    /// The next part; whatever was not read of the one before is passed over.
    pub async fn next(&mut self) -> Result<Option<Part>, ApiError> {
        Ok(self.0.next_field().await.map_err(failed)?.map(Part))
    }
}

impl Part {
    /// The field's name.
    pub fn name(&self) -> &str {
        self.0.name().unwrap_or_default()
    }

    /// The file's name; `None` for a field that is no file.
    pub fn file_name(&self) -> Option<&str> {
        self.0.file_name()
    }

    /// Reads a field's text, at most `left` bytes of it.
    pub async fn text(mut self, left: &mut usize) -> Result<String, ApiError> {
        let mut bytes = Vec::new();
        while let Some(chunk) = self.0.chunk().await.map_err(failed)? {
            *left = left.checked_sub(chunk.len()).ok_or_else(|| ApiError::too_large(BODY_BYTES_MAX as u64))?;
            bytes.extend_from_slice(&chunk);
        }
        String::from_utf8(bytes).map_err(ApiError::malformed)
    }

    /// Reads the part's bytes, at most `bytes_max` of them.
    pub async fn bytes(mut self, bytes_max: usize) -> Result<Vec<u8>, ApiError> {
        let mut bytes = Vec::new();
        while let Some(chunk) = self.0.chunk().await.map_err(failed)? {
            if bytes.len() + chunk.len() > bytes_max {
                return Err(ApiError::too_large(bytes_max as u64));
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }

    /// Whether no file was chosen in this field.
    pub async fn is_nothing(mut self) -> Result<bool, ApiError> {
        let named = self.file_name().is_some_and(|name| !name.is_empty());
        Ok(!named && self.0.chunk().await.map_err(failed)?.is_none_or(|chunk| chunk.is_empty()))
    }

    /// Puts the file into storage as it comes. `None` when nothing was chosen: an empty field of files sends a part without
    /// name and content.
    pub async fn store(mut self, ctx: &Ctx<'_>) -> Result<Option<StoredFile>, ApiError> {
        let name = self.file_name().unwrap_or_default().to_owned();
        let declared = self.0.content_type().map(|kind| kind.essence_str().to_owned());
        let mut intake = Intake::begin(ctx, &name, declared.as_deref());
        match self.pour(&mut intake).await {
            Ok(()) if name.is_empty() && intake.size() == 0 => Ok(None),
            Ok(()) => intake.finish().await.map(Some),
            Err(error) => {
                intake.give_up().await;
                Err(error)
            }
        }
    }

    async fn pour(&mut self, intake: &mut Intake<'_, '_>) -> Result<(), ApiError> {
        while let Some(chunk) = self.0.chunk().await.map_err(failed)? {
            intake.push(&chunk).await?;
        }
        Ok(())
    }
}

fn failed(error: multer::Error) -> ApiError {
    if let multer::Error::StreamReadFailed(cause) = &error
        && let Some(BodyError::TooLarge { limit }) = cause.downcast_ref::<BodyError>()
    {
        return ApiError::too_large(*limit as u64);
    }
    ApiError::malformed(error)
}
