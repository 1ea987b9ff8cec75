//! What is handed over: checked addresses, and the message in the form in which it travels (RFC 5321, 4.5.2).
//!
//! A message is written with CRLF line ends only, whatever it came with: a bare LF or CR before a dot is how
//! a second mail is smuggled into the first.

use crate::mail::address::normalize;
use crate::mail::limits;

/// One message for some recipients.
#[derive(Debug, Clone)]
pub struct Delivery {
    pub(super) from: String,
    pub(super) to: Vec<String>,
    pub(super) body: Vec<u8>,
}

impl Delivery {
    /// Checks the addresses: an empty `from` is the null sender. Nothing if an address is none, or there is
    /// no recipient or too many.
    pub fn new(from: &str, to: &[&str], message: &[u8]) -> Option<Self> {
        let from = if from.is_empty() { String::new() } else { normalize(from)? };
        let to: Vec<String> = to.iter().map(|address| normalize(address)).collect::<Option<_>>()?;
        let counted = (1..=limits::RECIPIENTS_MAX).contains(&to.len());
        counted.then(|| Self { from, to, body: stuffed(message) })
    }

    pub(super) fn needs_utf8(&self) -> bool {
        !self.from.is_ascii() || self.to.iter().any(|address| !address.is_ascii())
    }
}

/// CRLF line ends, dots doubled at the beginning of lines, and the final dot.
pub(super) fn stuffed(message: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(message.len() + message.len() / 50 + 8);
    let mut line_begins = true;
    let mut rest = message.iter().copied().peekable();
    while let Some(byte) = rest.next() {
        match byte {
            b'\r' | b'\n' => {
                if byte == b'\r' && rest.peek() == Some(&b'\n') {
                    rest.next();
                }
                out.extend_from_slice(b"\r\n");
                line_begins = true;
            }
            other => {
                if line_begins && other == b'.' {
                    out.push(b'.');
                }
                out.push(other);
                line_begins = false;
            }
        }
    }
    if !line_begins {
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(b".\r\n");
    out
}
