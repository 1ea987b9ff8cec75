//! What the first bytes of a file say.

/// A container whose inner kind the name tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// A program or script.
    Executable,
    /// HTML or SVG, or a picture or document with such inside.
    Markup,
    /// Of a known kind that is not taken.
    Refused,
    /// A picture.
    Image(&'static str),
    /// Sound or film.
    Media(&'static str),
    /// PDF or RTF.
    Document(&'static str),
    /// An office document or archive in a ZIP container.
    Zip(&'static str),
    /// The container of Office 97 to 2003 (and of much else).
    Ole(&'static str),
    /// Another archive.
    Archive(&'static str),
    /// Readable text.
    Text,
    /// Text that says it is XML.
    Xml,
    /// Bytes that are nothing known.
    Bytes,
}

/// Beginnings of programs and scripts that the signature tables do not know, or know under several names.
const PROGRAMS: &[&[u8]] = &[
    b"MZ",
    b"ZM",
    b"\x7fELF",
    b"#!",
    b"\0asm",
    b"dex\n",
    b"\xca\xfe\xba\xbe",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    // A Windows shortcut, compiled help, an installer's disk image.
    b"L\0\0\0\x01\x14\x02\0",
    b"ITSF",
    b"Cr24",
];

/// What makes a browser take text for HTML (WHATWG MIME sniffing, 7.1), and SVG.
const MARKUP: &[&str] = &[
    "<!doctype html",
    "<html",
    "<head",
    "<script",
    "<iframe",
    "<h1",
    "<div",
    "<font",
    "<table",
    "<a",
    "<style",
    "<title",
    "<b",
    "<body",
    "<br",
    "<p",
    "<!--",
    "<svg",
    "<!doctype svg",
    "<object",
    "<embed",
    "<img",
    "<form",
    "<meta",
    "<link",
];

/// What no picture has a reason to hold. Metadata (XMP) is XML, but not of these elements.
const IN_PICTURES: &[&str] = &["<script", "<html", "<svg", "<iframe", "<!doctype", "<?php", "javascript:", "onerror=", "onload="];

/// Bytes in which a document must begin with its signature, and markup before it would be seen.
const OPENING_BYTES: usize = 1024;

/// Looks at the beginning of a file.
pub(super) fn look(head: &[u8]) -> Content {
    if PROGRAMS.iter().any(|signature| head.starts_with(signature)) || names_manifest(head) {
        return Content::Executable;
    }
    let opening = decoded(head.get(..OPENING_BYTES).unwrap_or(head));
    if begins_as_markup(&opening) {
        return Content::Markup;
    }
    match infer::get(head).map(|kind| (kind.mime_type(), kind.matcher_type())) {
        Some((
            mime @ ("image/png" | "image/jpeg" | "image/gif" | "image/webp" | "image/heif" | "image/bmp" | "image/tiff"),
            _,
        )) => {
            if is_polyglot_picture(head) {
                Content::Markup
            } else {
                Content::Image(mime)
            }
        }
        Some((
            mime @ ("video/mp4" | "video/x-m4v" | "video/webm" | "video/quicktime" | "audio/mpeg" | "audio/m4a" | "audio/ogg"
            | "audio/opus" | "audio/x-wav"),
            _,
        )) => Content::Media(mime),
        // A browser would look for HTML in a document that begins with something else.
        Some((mime @ "application/pdf", _)) => {
            if contains_any(&opening, &["<script", "<html", "<svg"]) {
                Content::Markup
            } else {
                Content::Document(mime)
            }
        }
        Some((mime @ "application/rtf", _)) => Content::Document(mime),
        Some((
            mime @ ("application/msword"
            | "application/vnd.ms-excel"
            | "application/vnd.ms-powerpoint"
            | "application/x-ole-storage"),
            _,
        )) => Content::Ole(mime),
        Some((mime, _))
            if mime.starts_with("application/vnd.openxmlformats-officedocument.")
                || mime.starts_with("application/vnd.oasis.opendocument.") =>
        {
            Content::Zip(mime)
        }
        Some((mime @ "application/zip", _)) => Content::Zip(mime),
        Some((mime @ ("application/x-7z-compressed" | "application/vnd.rar" | "application/gzip"), _)) => Content::Archive(mime),
        Some(("text/html", _)) => Content::Markup,
        Some(("text/xml", _)) => xml(head),
        // Signatures of a byte or two (fonts, cabinets of game consoles) also fit texts and the containers of an ERP system.
        Some(("text/x-shellscript", _) | (_, infer::MatcherType::App)) => Content::Executable,
        Some((_, infer::MatcherType::Image | infer::MatcherType::Video | infer::MatcherType::Archive)) if !is_text(head) => {
            Content::Refused
        }
        _ if is_text(head) => {
            if opening.trim_start().starts_with("<?xml") {
                xml(head)
            } else {
                Content::Text
            }
        }
        _ => Content::Bytes,
    }
}

/// XML is taken unless it is something that a browser would render: SVG, XHTML, or styled by a script.
fn xml(head: &[u8]) -> Content {
    let text = decoded(head);
    let rendered = [
        "<svg",
        ":svg",
        "http://www.w3.org/1999/xhtml",
        "http://www.w3.org/2000/svg",
        "<html",
        "<script",
        ":script",
        "<?xml-stylesheet",
        "<!entity",
    ];
    if contains_any(&text, &rendered) { Content::Markup } else { Content::Xml }
}

/// Whether a ZIP archive begins with a manifest of Java: then it is a program, whatever its name.
fn names_manifest(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04")
        && head.get(30..).is_some_and(|name| name.starts_with(b"META-INF/MANIFEST.MF") || name.starts_with(b"META-INF/\xfe\xca"))
}

fn begins_as_markup(opening: &str) -> bool {
    let text = opening.trim_start();
    MARKUP.iter().any(|tag| {
        text.strip_prefix(tag).is_some_and(|rest| {
            *tag == "<!--" || rest.starts_with(|next: char| next.is_whitespace() || matches!(next, '>' | '/'))
        })
    })
}

/// A picture that is at the same time a script or a page: its own header made to read as a comment, or markup between its blocks.
fn is_polyglot_picture(head: &[u8]) -> bool {
    let reads_as_script =
        head.starts_with(b"GIF8") && head.get(6..8).is_some_and(|size| matches!(size, b"/*" | b"=1" | b"='" | b"=\"" | b"=0"));
    reads_as_script || contains_any(&lower(head), IN_PICTURES)
}

fn contains_any(text: &str, parts: &[&str]) -> bool {
    parts.iter().any(|part| text.contains(part))
}

/// Bytes as lower-case text, one character a byte: enough to find ASCII.
fn lower(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(byte.to_ascii_lowercase())).collect()
}

/// The beginning as lower-case text, without its byte order mark, whichever of the Unicode encodings it is in.
fn decoded(bytes: &[u8]) -> String {
    match utf16(bytes) {
        Some(units) => char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{fffd}').to_ascii_lowercase()).collect(),
        None => lower(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)),
    }
}

/// The code units of a text that begins with the byte order mark of UTF-16.
fn utf16(bytes: &[u8]) -> Option<Vec<u16>> {
    let units = |rest: &[u8], join: fn([u8; 2]) -> u16| rest.as_chunks::<2>().0.iter().map(|pair| join(*pair)).collect();
    match bytes.strip_prefix(b"\xff\xfe") {
        Some(rest) => Some(units(rest, u16::from_le_bytes)),
        None => bytes.strip_prefix(b"\xfe\xff").map(|rest| units(rest, u16::from_be_bytes)),
    }
}

/// Whether the bytes are text: UTF-8, UTF-16 with its mark, or CP1251 (any single-byte text without control characters).
fn is_text(bytes: &[u8]) -> bool {
    if let Some(units) = utf16(bytes) {
        return char::decode_utf16(units).all(|unit| unit.map_or(true, |letter| !is_control(letter)));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => !text.chars().any(is_control),
        // Cut within the last character.
        Err(cut) if cut.error_len().is_none() => !bytes.iter().any(|byte| is_control(char::from(*byte))),
        // 0x98 is the one byte that means nothing in CP1251.
        Err(_) => !bytes.iter().any(|byte| *byte == 0x98 || is_control(char::from(*byte))),
    }
}

fn is_control(letter: char) -> bool {
    (letter < ' ' && !matches!(letter, '\t' | '\n' | '\r' | '\u{c}' | '\u{1b}')) || letter == '\u{7f}'
}
