//! Counts what a MIME parser would have to build, before it builds it.

use crate::mail::{Reason, limits};

/// Refuses a mail with an endless header or with more containers than a person's mail ever has.
pub(super) fn check(raw: &[u8]) -> Result<(), Reason> {
    if !raw.contains(&b':') {
        return Err(Reason::Unparseable);
    }
    let mut fields = 0usize;
    let mut in_header = true;
    let mut containers = 0usize;
    let mut offset = 0usize;
    for line in raw.split_inclusive(|byte| *byte == b'\n') {
        if in_header {
            if line.trim_ascii().is_empty() && offset > 0 {
                in_header = false;
            } else if !line.starts_with(b" ") && !line.starts_with(b"\t") {
                fields += 1;
            }
            if fields > limits::HEADER_FIELDS_MAX || offset > limits::HEADER_BYTES_MAX {
                return Err(Reason::TooComplex);
            }
        }
        offset += line.len();
        if names_a_container(line, raw.get(offset..).unwrap_or_default()) {
            containers += 1;
            if containers > limits::CONTAINERS_MAX {
                return Err(Reason::TooComplex);
            }
        }
    }
    Ok(())
}

/// Whether the line begins a Content-Type field whose value may be multipart or message. Counts an odd
/// beginning (a comment, a quote, a fold) as one: the count is a bound, not a parse.
fn names_a_container(line: &[u8], next: &[u8]) -> bool {
    const NAME: &[u8] = b"content-type";
    let line = line.trim_ascii_start();
    let Some((name, rest)) = line.split_at_checked(NAME.len()) else { return false };
    if !name.eq_ignore_ascii_case(NAME) {
        return false;
    }
    let Some(value) = rest.trim_ascii_start().strip_prefix(b":") else { return false };
    let value = value.trim_ascii();
    let first = if value.is_empty() { next.trim_ascii_start().first() } else { value.first() };
    matches!(first, Some(b'm' | b'M' | b'(' | b'"' | b'='))
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::mail::Reason;

    #[test]
    fn an_ordinary_mail_passes() {
        assert_eq!(check(b"From: a@b.c\r\nContent-Type: text/plain\r\n\r\nhello\r\n"), Ok(()));
    }

    #[test]
    fn nesting_is_bounded_however_it_is_written() {
        for field in [
            "Content-Type: message/rfc822\r\n\r\n",
            "content-type:(x) multipart/mixed\n\n",
            "CONTENT-TYPE :\r\n message/rfc822\r\n\r\n",
        ] {
            assert_eq!(check(field.repeat(5_000).as_bytes()), Err(Reason::TooComplex), "{field}");
            assert_eq!(check(field.repeat(20).as_bytes()), Ok(()), "{field}");
        }
    }

    #[test]
    fn an_endless_header_is_refused() {
        assert_eq!(check("X: y\r\n".repeat(2_000).as_bytes()), Err(Reason::TooComplex));
        assert_eq!(check(format!("X: y\r\n{}", " z\r\n".repeat(200_000)).as_bytes()), Err(Reason::TooComplex));
    }

    #[test]
    fn bytes_without_any_field_are_not_a_mail() {
        assert_eq!(check(b"hello"), Err(Reason::Unparseable));
    }
}
