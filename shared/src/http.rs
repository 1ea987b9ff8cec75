//! Our own plain HTTP messages, between the platform's and the handlers'.
//!
//! Handlers never see the platform's request: the edge layer translates at the border, so that every route runs
//! natively under test exactly as it runs on the edge.

mod body;
mod country;
mod headers;
mod method;
mod query;
mod response;

pub use body::{Body, BodyError, ByteStream};
pub use country::Country;
pub use headers::Headers;
pub use method::Method;
pub use query::{Query, decode_pairs};
pub use response::{Response, ResponseBody, SocketUpgrade};

use std::net::IpAddr;

/// A request as the handlers see it.
pub struct Request {
    /// The verb.
    pub method: Method,
    /// `http` or `https`, as the client reached the platform.
    pub https: bool,
    /// Lower-cased host without port, exactly as the `Host` header named it.
    pub host: String,
    /// The port of the `Host` header, kept for building links in local use.
    pub port: Option<u16>,
    /// Percent-encoded path, beginning with `/`.
    pub path: String,
    /// The query as it was written, for what is signed so.
    pub raw_query: String,
    /// Decoded query parameters in the order they came.
    pub query: Query,
    /// Header fields, names in lower case.
    pub headers: Headers,
    /// The body, unread.
    pub body: Body,
    /// The client's address as the platform saw it.
    pub peer: Option<IpAddr>,
    /// The country that the platform takes the client's address to be in.
    pub country: Country,
    /// Path parameters, filled in by the dispatcher.
    pub params: Vec<(String, String)>,
}

impl Request {
    /// The path parameter `name`, decoded; empty when the route does not have it.
    pub fn param(&self, name: &str) -> &str {
        self.params.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    }

    /// The body's media type without parameters, lower-cased.
    pub fn media_type(&self) -> Option<String> {
        let value = self.headers.get("content-type")?;
        Some(value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
    }
}
