//! A scanner for tags in HTML: linear, quote-aware, never wrong about well-formed input (the serialiser's own
//! output) and merely careful with anything else. It decides nothing about safety.

/// A stretch of HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// `<name ...>`; the name as written.
    Open {
        /// Element name.
        name: &'a str,
        /// The whole tag.
        raw: &'a str,
    },
    /// `</name>`.
    Close {
        /// Element name.
        name: &'a str,
        /// The whole tag.
        raw: &'a str,
    },
    /// Anything else, comments included.
    Text(&'a str),
}

/// Cuts HTML into tags and what is between them. Joined together the pieces are the input.
pub(crate) fn pieces(html: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let length = match tag_length(rest) {
            Some(length) => length,
            None => 1 + rest.bytes().skip(1).position(|byte| byte == b'<').unwrap_or(rest.len() - 1),
        };
        let (piece, after) = rest.split_at_checked(length)?;
        rest = after;
        Some(named(piece))
    })
}

/// The length of the tag at the beginning, if there is one.
fn tag_length(text: &str) -> Option<usize> {
    let mut bytes = text.bytes().enumerate();
    if bytes.next()?.1 != b'<' {
        return None;
    }
    let second = bytes.next()?.1;
    if !(second.is_ascii_alphabetic() || second == b'/') {
        return None;
    }
    let mut quote = None;
    for (at, byte) in bytes {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
    }
    None
}

fn named(raw: &str) -> Piece<'_> {
    let name_of = |text: &str| text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len());
    if let Some(inner) = raw.strip_prefix("</").filter(|_| raw.ends_with('>')) {
        Piece::Close { name: inner.get(..name_of(inner)).unwrap_or_default(), raw }
    } else if let Some(inner) =
        raw.strip_prefix('<').filter(|inner| raw.ends_with('>') && inner.starts_with(|c: char| c.is_ascii_alphabetic()))
    {
        Piece::Open { name: inner.get(..name_of(inner)).unwrap_or_default(), raw }
    } else {
        Piece::Text(raw)
    }
}

/// Attributes of a tag that a serialiser wrote: `name="value"`, values still escaped.
pub(crate) fn attributes(tag: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = tag.find([' ', '\t', '\n']).and_then(|at| tag.get(at..)).unwrap_or_default();
    std::iter::from_fn(move || {
        let (name, after) = rest.split_once("=\"")?;
        let (value, after) = after.split_once('"')?;
        rest = after;
        Some((name.trim(), value))
    })
}

/// The value of one attribute.
pub(crate) fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    attributes(tag).find(|(given, _)| *given == name).map(|(_, value)| value)
}

/// Elements that never have an end tag.
pub(crate) fn is_void(name: &str) -> bool {
    ["br", "hr", "img", "input", "wbr", "col", "meta", "link", "base", "area", "source", "embed", "param"]
        .iter()
        .any(|void| void.eq_ignore_ascii_case(name))
}

/// All tags left out.
pub(crate) fn bare_text(html: &str) -> String {
    pieces(html)
        .map(|piece| match piece {
            Piece::Text(text) => text,
            _ => " ",
        })
        .collect()
}
