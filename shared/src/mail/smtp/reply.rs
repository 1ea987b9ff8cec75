//! Replies of a server (RFC 5321, 4.2), bounded.

use crate::mail::address::tidy;

/// Bytes of one line; the RFC allows 512, servers take liberties.
const LINE_BYTES_MAX: usize = 4_096;
/// Lines of one reply.
const LINES_MAX: usize = 128;

/// A complete reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reply {
    /// Three digits.
    pub(super) code: u16,
    /// The text of each line.
    pub(super) lines: Vec<String>,
}

impl Reply {
    /// The text as one clean line.
    pub(super) fn words(&self) -> String {
        tidy(&self.lines.join(" "), 300)
    }
}

/// Collects bytes until a reply is complete.
#[derive(Debug, Default)]
pub(super) struct ReplyReader {
    buffer: Vec<u8>,
    code: Option<u16>,
    lines: Vec<String>,
}

impl ReplyReader {
    /// Adds bytes; a reply if one is complete. Errors are sentences for the log: the conversation is over.
    pub(super) fn feed(&mut self, bytes: &[u8]) -> Result<Option<Reply>, &'static str> {
        let mut rest = bytes;
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            let (line, after) = rest.split_at_checked(end + 1).unwrap_or((rest, &[]));
            rest = after;
            self.buffer.extend_from_slice(line.get(..line.len().min(LINE_BYTES_MAX + 1)).unwrap_or_default());
            if self.take_line()? {
                let reply = Reply { code: self.code.take().unwrap_or(0), lines: std::mem::take(&mut self.lines) };
                return if rest.is_empty() { Ok(Some(reply)) } else { Err("the server spoke out of turn") };
            }
        }
        self.buffer.extend_from_slice(rest.get(..rest.len().min(LINE_BYTES_MAX + 1)).unwrap_or_default());
        if self.buffer.len() > LINE_BYTES_MAX { Err("the server sent an endless line") } else { Ok(None) }
    }

    /// Whether the line in the buffer was the last of the reply.
    fn take_line(&mut self) -> Result<bool, &'static str> {
        let line = std::mem::take(&mut self.buffer);
        if line.len() > LINE_BYTES_MAX {
            return Err("the server sent an endless line");
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end_matches(['\r', '\n']);
        let code: u16 = line
            .get(..3)
            .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
            .and_then(|digits| digits.parse().ok())
            .filter(|code| (200..600).contains(code))
            .ok_or("the server does not speak SMTP")?;
        if self.code.is_some_and(|known| known != code) {
            return Err("the server mixed two replies");
        }
        let last = match line.as_bytes().get(3) {
            None | Some(b' ') => true,
            Some(b'-') => false,
            Some(_) => return Err("the server does not speak SMTP"),
        };
        self.code = Some(code);
        self.lines.push(line.get(4..).unwrap_or_default().to_owned());
        if self.lines.len() > LINES_MAX { Err("the server sent an endless reply") } else { Ok(last) }
    }
}
