//! Handing a file out: as a download, never as a page. Only pictures without code may be shown in place, and only when asked.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use shared::attachment::may_be_inline;
use shared::error::ApiError;
use shared::http::{Request, Response, ResponseBody};
use shared::store::attachments::FoundRow;

use crate::context::Ctx;

/// What RFC 8187 lets stand as it is in `filename*`.
const KEPT_IN_NAMES: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'!').remove(b'$').remove(b'&').remove(b'+');

/// Which bytes are asked for (RFC 9110, 14).
#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    /// All of them.
    Whole,
    /// From the first to the last, both included.
    Range(u64, u64),
    /// None that are there.
    Nothing,
}

/// Answers with the file as a stream: 200, 206, 304 or 416.
pub async fn serve(ctx: &Ctx<'_>, file: &FoundRow, request: &Request) -> Result<Response, ApiError> {
    let etag = format!("\"{}\"", file.id);
    if request
        .headers
        .get("if-none-match")
        .is_some_and(|tags| tags.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag))
    {
        return Ok(described(Response::empty(304), file, request, &etag));
    }
    let range = request.headers.get("range").filter(|_| request.headers.get("if-range").is_none_or(|tag| tag == etag));
    let wanted = range.map_or(Wanted::Whole, |range| parse_range(range, file.size));
    let (status, part) = match wanted {
        Wanted::Whole => (200, None),
        Wanted::Range(first, last) => (206, Some((first, last - first + 1))),
        Wanted::Nothing => {
            let answer = Response::empty(416).with("content-range", format!("bytes */{}", file.size));
            return Ok(described(answer, file, request, &etag));
        }
    };
    let mut answer = Response::empty(status);
    let length = part.map_or(file.size, |(_, length)| length);
    if let Some((first, length)) = part {
        answer.headers.set("content-range", format!("bytes {first}-{}/{}", first + length - 1, file.size));
    }
    if file.size > 0 {
        let (_, stream) = ctx
            .platform
            .files()
            .get(&file.storage_key, part)
            .await?
            .ok_or_else(|| ApiError::internal(format!("{} has a row and no bytes", file.id)))?;
        answer.body = ResponseBody::Stream(stream);
    }
    answer.headers.set("content-length", length.to_string());
    Ok(described(answer, file, request, &etag))
}

fn described(answer: Response, file: &FoundRow, request: &Request, etag: &str) -> Response {
    let inline = request.query.get("inline") == Some("1") && may_be_inline(&file.media_type);
    answer
        .with("content-type", file.media_type.as_str())
        .with("content-disposition", disposition(&file.file_name, inline))
        .with("x-content-type-options", "nosniff")
        .with("content-security-policy", "sandbox; default-src 'none'")
        .with("cross-origin-resource-policy", "same-origin")
        .with("accept-ranges", "bytes")
        .with("etag", etag)
        // Kept by nobody: the right to see a file can be lost, and a browser that is shared keeps what it has stored.
        .with("cache-control", "private, no-store")
}

/// RFC 6266: the name in ASCII for old readers, and whole in UTF-8 (RFC 8187).
fn disposition(name: &str, inline: bool) -> String {
    let plain: String = name
        .chars()
        .map(
            |letter| if letter.is_ascii_graphic() && !matches!(letter, '"' | '\\' | '%') || letter == ' ' { letter } else { '_' },
        )
        .collect();
    let whole = utf8_percent_encode(name, KEPT_IN_NAMES);
    format!("{}; filename=\"{plain}\"; filename*=UTF-8''{whole}", if inline { "inline" } else { "attachment" })
}

/// One range of bytes; several at once, and what is no range, are answered with the whole file.
fn parse_range(header: &str, size: u64) -> Wanted {
    let Some((first, last)) = header.strip_prefix("bytes=").and_then(|range| range.split_once('-')) else { return Wanted::Whole };
    let (first, last) = (first.trim(), last.trim());
    let number = |text: &str| -> Option<u64> { text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())? };
    match (number(first), number(last)) {
        (Some(first), Some(last)) if first <= last && first < size => Wanted::Range(first, last.min(size - 1)),
        (Some(first), Some(last)) if first > last => Wanted::Whole,
        (Some(first), None) if last.is_empty() && first < size => Wanted::Range(first, size - 1),
        (None, Some(suffix)) if first.is_empty() && suffix > 0 && size > 0 => {
            Wanted::Range(size.saturating_sub(suffix), size - 1)
        }
        (Some(_), Some(_)) => Wanted::Nothing,
        (Some(_), None) if last.is_empty() => Wanted::Nothing,
        (None, Some(_)) if first.is_empty() => Wanted::Nothing,
        _ => Wanted::Whole,
    }
}

#[cfg(test)]
mod tests {
    use super::{Wanted, disposition, parse_range};

    #[test]
    fn ranges_are_read_as_the_standard_says() {
        for (header, wanted) in [
            ("bytes=0-0", Wanted::Range(0, 0)),
            ("bytes=2-5", Wanted::Range(2, 5)),
            ("bytes=2-500", Wanted::Range(2, 9)),
            ("bytes=7-", Wanted::Range(7, 9)),
            ("bytes=-3", Wanted::Range(7, 9)),
            ("bytes=-300", Wanted::Range(0, 9)),
            ("bytes=10-", Wanted::Nothing),
            ("bytes=10-12", Wanted::Nothing),
            ("bytes=-0", Wanted::Nothing),
            ("bytes=5-2", Wanted::Whole),
            ("bytes=0-1,4-5", Wanted::Whole),
            ("bytes=+1-2", Wanted::Whole),
            ("lines=0-1", Wanted::Whole),
            ("bytes=99999999999999999999999-", Wanted::Whole),
        ] {
            assert_eq!(parse_range(header, 10), wanted, "{header}");
        }
        assert_eq!(parse_range("bytes=0-", 0), Wanted::Nothing);
    }

    #[test]
    fn a_name_cannot_break_out_of_its_header() {
        assert_eq!(
            disposition("Счёт 5%\".pdf", false),
            "attachment; filename=\"____ 5__.pdf\"; filename*=UTF-8''%D0%A1%D1%87%D1%91%D1%82%205%25%22.pdf"
        );
        assert_eq!(disposition("a.png", true), "inline; filename=\"a.png\"; filename*=UTF-8''a.png");
    }
}
