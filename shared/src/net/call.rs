//! A request to somebody else's service.

use url::Url;

/// What is asked. Its address is one that [`super::outbound::check`] has let through, or stands in the code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// To where.
    pub url: Url,
    /// Fields beside those that go without saying.
    pub headers: Vec<(&'static str, String)>,
    /// What is sent, by POST; without it the call is a GET.
    pub body: Option<Vec<u8>>,
}

/// What was answered: any status, redirects too, for they are not followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Called {
    /// Status code.
    pub status: u16,
    /// At most [`super::outbound::ANSWER_BYTES_MAX`] bytes; a longer answer is none.
    pub body: Vec<u8>,
}

/// There was no answer in time, or none that could be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no answer from {host}: {reason}")]
pub struct CallError {
    /// From whom.
    pub host: String,
    /// Why.
    pub reason: String,
}

impl CallError {
    /// Of a call.
    pub fn of(call: &Call, reason: impl std::fmt::Display) -> Self {
        Self { host: call.url.host_str().unwrap_or_default().to_owned(), reason: reason.to_string() }
    }
}
