//! What came back.

use serde_json::Value;
use shared::http::{Body, Headers, ResponseBody};

/// A response, read whole.
#[derive(Debug)]
pub struct Answer {
    /// Status code.
    pub status: u16,
    /// Header fields.
    pub headers: Headers,
    /// Content.
    pub bytes: Vec<u8>,
    /// What the hub keeps with the socket, where the answer is one.
    pub seat: Option<Value>,
    /// The request's log line.
    pub log: String,
    /// Round trips to the tenant's database.
    pub round_trips: u32,
}

impl Answer {
    pub(super) async fn read(outcome: functions::dispatch::Outcome) -> Self {
        let seat = match &outcome.response.body {
            ResponseBody::Socket(socket) => serde_json::from_str(&socket.attachment).ok(),
            _ => None,
        };
        let bytes = match outcome.response.body {
            ResponseBody::Empty | ResponseBody::Socket(_) => Vec::new(),
            ResponseBody::Bytes(bytes) => bytes,
            ResponseBody::Stream(stream) => Body::Stream(stream).read(usize::MAX).await.expect("the stream ends well"),
        };
        Self {
            status: outcome.response.status,
            headers: outcome.response.headers,
            bytes,
            seat,
            log: outcome.log,
            round_trips: outcome.round_trips,
        }
    }

    /// The content as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// The content as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("not JSON ({error}): {}", self.text()))
    }

    /// The same answer, if it has this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}\n{}", self.text(), self.log);
        self
    }

    /// The `set-cookie` field of the session.
    #[track_caller]
    pub fn session_cookie(&self) -> &str {
        let mut fields = self.headers.iter().filter(|(name, _)| *name == "set-cookie").map(|(_, value)| value);
        fields.find(|value| value.starts_with("__Host-session=")).expect("a session cookie")
    }

    /// The problem's stable code.
    #[track_caller]
    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }
}
