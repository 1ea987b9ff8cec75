//! Request bodies: bounded when read whole, otherwise a stream.

use std::pin::Pin;

use futures::{Stream, StreamExt};

/// Bytes as they arrive from, or leave for, the network.
pub type ByteStream = Pin<Box<dyn Stream<Item = Result<Vec<u8>, BodyError>>>>;

/// Why a body could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BodyError {
    /// More bytes than the route allows.
    #[error("body is larger than {limit} bytes")]
    TooLarge {
        /// The route's limit in bytes.
        limit: usize,
    },
    /// The connection broke before the body was whole.
    #[error("body broke off: {0}")]
    BrokenOff(String),
}

/// An unread request body.
pub enum Body {
    /// There is none.
    Empty,
    /// Already in memory (tests, small messages).
    Bytes(Vec<u8>),
    /// Still on the wire.
    Stream(ByteStream),
}

impl Body {
    /// Reads the body whole, refusing more than `limit` bytes without reading on.
    pub async fn read(self, limit: usize) -> Result<Vec<u8>, BodyError> {
        match self {
            Self::Empty => Ok(Vec::new()),
            Self::Bytes(bytes) if bytes.len() > limit => Err(BodyError::TooLarge { limit }),
            Self::Bytes(bytes) => Ok(bytes),
            Self::Stream(mut stream) => {
                let mut whole = Vec::new();
                while let Some(chunk) = stream.next().await {
                    let chunk = chunk?;
                    if whole.len() + chunk.len() > limit {
                        return Err(BodyError::TooLarge { limit });
                    }
                    whole.extend_from_slice(&chunk);
                }
                Ok(whole)
            }
        }
    }

    /// The body as a stream, wherever it is.
    pub fn into_stream(self) -> ByteStream {
        match self {
            Self::Empty => Box::pin(futures::stream::empty()),
            Self::Bytes(bytes) => Box::pin(futures::stream::once(async move { Ok(bytes) })),
            Self::Stream(stream) => stream,
        }
    }

    /// Takes the body out and leaves nothing.
    pub fn take(&mut self) -> Self {
        std::mem::replace(self, Self::Empty)
    }
}
