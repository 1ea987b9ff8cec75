//! Responses.

use serde::Serialize;

use super::{ByteStream, Headers};

/// What a response carries.
pub enum ResponseBody {
    /// Nothing.
    Empty,
    /// Bytes in memory.
    Bytes(Vec<u8>),
    /// Bytes passed through from storage.
    Stream(ByteStream),
    /// The request becomes a WebSocket that a Durable Object holds.
    Socket(SocketUpgrade),
}

/// Which object takes over an upgraded connection, and what it is told about the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SocketUpgrade {
    /// Name of the tenant's hub object, from `Tenant::hub_name`.
    pub object: String,
    /// JSON handed to the object: who is connected.
    pub attachment: String,
}

/// An answer of the product.
pub struct Response {
    /// Status code (RFC 9110 section 15).
    pub status: u16,
    /// Header fields.
    pub headers: Headers,
    /// Content.
    pub body: ResponseBody,
}

impl Response {
    /// A response without content.
    pub fn empty(status: u16) -> Self {
        Self { status, headers: Headers::new(), body: ResponseBody::Empty }
    }

    /// JSON content. A value that does not serialise is a defect of ours and answers 500 with an empty object.
    pub fn json<T: Serialize>(status: u16, value: &T) -> Self {
        match serde_json::to_vec(value) {
            Ok(bytes) => Self::bytes(status, "application/json", bytes),
            Err(_) => Self::bytes(500, "application/json", b"{}".to_vec()),
        }
    }

    /// An HTML page.
    pub fn html(status: u16, page: String) -> Self {
        Self::bytes(status, "text/html; charset=utf-8", page.into_bytes())
    }

    /// Content of the given media type.
    pub fn bytes(status: u16, media_type: &str, bytes: Vec<u8>) -> Self {
        let mut response = Self::empty(status);
        response.headers.set("content-type", media_type);
        response.body = ResponseBody::Bytes(bytes);
        response
    }

    /// After a form was taken: go and look at `location` with GET (303).
    pub fn see_other(location: &str) -> Self {
        Self::empty(303).with("location", location)
    }

    /// The same response with a header field set.
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.set(name, value);
        self
    }
}
