//! Search filters (RFC 4515) with a place for the user name.
//!
//! The text that an administrator writes is parsed once, with `{username}` as a piece of a value like any other. What somebody types goes
//! into the parsed filter, as bytes of one value: there is no text in which it could close a parenthesis or stand for a wildcard.

use super::ber;

/// Characters of a filter.
const CHARS_MAX: usize = 2000;
/// How deep its parentheses go.
const DEPTH_MAX: usize = 10;
/// Where the user name goes.
pub const USERNAME: &str = "{username}";

const AND: u8 = 0xa0;
const OR: u8 = 0xa1;
const NOT: u8 = 0xa2;
const EQUAL: u8 = 0xa3;
const SUBSTRINGS: u8 = 0xa4;
const GREATER: u8 = 0xa5;
const LESS: u8 = 0xa6;
const PRESENT: u8 = 0x87;
const APPROX: u8 = 0xa8;
const EXTENSIBLE: u8 = 0xa9;

/// A parsed filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// All of them, any of them, or not this one, by the tag.
    Of(u8, Vec<Self>),
    /// Compares by the tag: equal, at least, at most, about.
    Compare(u8, String, Value),
    /// Pieces with anything between them; two empty ones are presence.
    Pieces(String, Vec<Value>),
    /// By a rule of the directory's: attribute, rule, whether the parts of the name count.
    Rule(String, String, bool, Value),
}

/// A value: bytes and places for the user name.
pub type Value = Vec<Piece>;

/// A piece of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// As it is.
    Bytes(Vec<u8>),
    /// What the person typed.
    Username,
}

/// The text is no filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a filter (RFC 4515)")]
pub struct NotAFilter;

/// A filter that asks whether an attribute has exactly these bytes, as it is sent.
pub fn equal(attribute: &str, value: &[u8]) -> Vec<u8> {
    ber::sequence(EQUAL, &[ber::text(attribute), ber::element(ber::OCTETS, value)])
}

/// The same by a rule of the directory's.
pub fn by_rule(attribute: &str, rule: &str, value: &[u8]) -> Vec<u8> {
    ber::sequence(
        EXTENSIBLE,
        &[ber::element(0x81, rule.as_bytes()), ber::element(0x82, attribute.as_bytes()), ber::element(0x83, value)],
    )
}

/// All of these filters.
pub fn all(filters: &[Vec<u8>]) -> Vec<u8> {
    ber::sequence(AND, filters)
}

/// Any of these filters.
pub fn any(filters: &[Vec<u8>]) -> Vec<u8> {
    ber::sequence(OR, filters)
}

impl Filter {
    /// Parses a text.
    pub fn parse(text: &str) -> Result<Self, NotAFilter> {
        if text.chars().count() > CHARS_MAX {
            return Err(NotAFilter);
        }
        let mut rest = text.trim();
        let filter = parenthesis(&mut rest, 0)?;
        if rest.is_empty() { Ok(filter) } else { Err(NotAFilter) }
    }

    /// Whether the user name has a place in it.
    pub fn asks_for_username(&self) -> bool {
        match self {
            Self::Of(_, parts) => parts.iter().any(Self::asks_for_username),
            Self::Compare(_, _, value) | Self::Rule(_, _, _, value) => value.contains(&Piece::Username),
            Self::Pieces(_, values) => values.iter().any(|value| value.contains(&Piece::Username)),
        }
    }

    /// As it is sent, with this user name; without one, whatever compares with it asks only whether the attribute is there.
    pub fn encode(&self, username: Option<&str>) -> Vec<u8> {
        if let (Self::Compare(_, attribute, _) | Self::Pieces(attribute, _), None, true) =
            (self, username, self.asks_for_username())
        {
            return ber::element(PRESENT, attribute.as_bytes());
        }
        let name = username.unwrap_or_default();
        match self {
            Self::Of(tag, parts) => ber::sequence(*tag, &parts.iter().map(|part| part.encode(username)).collect::<Vec<_>>()),
            Self::Compare(tag, attribute, value) => {
                ber::sequence(*tag, &[ber::text(attribute), ber::element(ber::OCTETS, &filled(value, name))])
            }
            Self::Pieces(attribute, values) if values.iter().all(Vec::is_empty) => ber::element(PRESENT, attribute.as_bytes()),
            Self::Pieces(attribute, values) => {
                let last = values.len().saturating_sub(1);
                let pieces: Vec<Vec<u8>> = values
                    .iter()
                    .enumerate()
                    .filter(|(_, value)| !value.is_empty())
                    .map(|(at, value)| {
                        let tag = if at == 0 {
                            0x80
                        } else if at == last {
                            0x82
                        } else {
                            0x81
                        };
                        ber::element(tag, &filled(value, name))
                    })
                    .collect();
                ber::sequence(SUBSTRINGS, &[ber::text(attribute), ber::sequence(ber::SEQUENCE, &pieces)])
            }
            Self::Rule(attribute, rule, names_count, value) => {
                let mut parts = Vec::new();
                for (tag, text) in [(0x81, rule), (0x82, attribute)] {
                    if !text.is_empty() {
                        parts.push(ber::element(tag, text.as_bytes()));
                    }
                }
                parts.push(ber::element(0x83, &filled(value, name)));
                if *names_count {
                    parts.push(ber::element(0x84, &[0xff]));
                }
                ber::sequence(EXTENSIBLE, &parts)
            }
        }
    }
}

fn filled(value: &[Piece], username: &str) -> Vec<u8> {
    value
        .iter()
        .flat_map(|piece| match piece {
            Piece::Bytes(bytes) => bytes.as_slice(),
            Piece::Username => username.as_bytes(),
        })
        .copied()
        .collect()
}

fn parenthesis(rest: &mut &str, depth: usize) -> Result<Filter, NotAFilter> {
    *rest = rest.strip_prefix('(').filter(|_| depth < DEPTH_MAX).ok_or(NotAFilter)?;
    let tag = match rest.chars().next() {
        Some('&') => Some(AND),
        Some('|') => Some(OR),
        Some('!') => Some(NOT),
        _ => None,
    };
    let Some(tag) = tag else { return item(rest) };
    *rest = rest.get(1..).unwrap_or_default();
    let mut parts = Vec::new();
    while rest.starts_with('(') {
        parts.push(parenthesis(rest, depth + 1)?);
    }
    *rest = rest.strip_prefix(')').ok_or(NotAFilter)?;
    if parts.is_empty() || (tag == NOT && parts.len() != 1) { Err(NotAFilter) } else { Ok(Filter::Of(tag, parts)) }
}

/// `attribute=value)` and its kin.
fn item(rest: &mut &str) -> Result<Filter, NotAFilter> {
    let (inside, after) = rest.split_once(')').ok_or(NotAFilter)?;
    *rest = after;
    let (left, value) = inside.split_once('=').ok_or(NotAFilter)?;
    let compared = [('>', GREATER), ('<', LESS), ('~', APPROX)];
    if let Some((left, tag)) = compared.iter().find_map(|(sign, tag)| left.strip_suffix(*sign).map(|left| (left, *tag))) {
        return Ok(Filter::Compare(tag, attribute(left)?, whole(value)?));
    }
    if let Some(left) = left.strip_suffix(':') {
        let mut parts = left.split(':');
        let name = parts.next().unwrap_or_default();
        let more: Vec<&str> = parts.collect();
        let (names_count, rule) = match more.as_slice() {
            [] => (false, ""),
            ["dn"] => (true, ""),
            ["dn", rule] => (true, *rule),
            [rule] => (false, *rule),
            _ => return Err(NotAFilter),
        };
        let name = if name.is_empty() && !rule.is_empty() { String::new() } else { attribute(name)? };
        let rule = if rule.is_empty() { String::new() } else { attribute(rule)? };
        return Ok(Filter::Rule(name, rule, names_count, whole(value)?));
    }
    let name = attribute(left)?;
    let pieces = value.split('*').map(piece).collect::<Result<Vec<Value>, _>>()?;
    match <[Value; 1]>::try_from(pieces) {
        Ok([value]) => Ok(Filter::Compare(EQUAL, name, value)),
        // Between two wildcards something has to stand.
        Err(pieces) if pieces.iter().skip(1).rev().skip(1).any(Vec::is_empty) => Err(NotAFilter),
        Err(pieces) => Ok(Filter::Pieces(name, pieces)),
    }
}

/// The name of an attribute or a rule: letters, digits, dots, hyphens, options after a semicolon.
pub fn is_attribute(name: &str) -> bool {
    (1..=100).contains(&name.len())
        && name.starts_with(|first: char| first.is_ascii_alphanumeric())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b';'))
}

fn attribute(name: &str) -> Result<String, NotAFilter> {
    if is_attribute(name) { Ok(name.to_owned()) } else { Err(NotAFilter) }
}

fn whole(text: &str) -> Result<Value, NotAFilter> {
    if text.contains('*') { Err(NotAFilter) } else { piece(text) }
}

/// A value without wildcards; `\2a` is the byte of that number.
fn piece(text: &str) -> Result<Value, NotAFilter> {
    let mut value = Vec::new();
    for (at, part) in text.split(USERNAME).enumerate() {
        if at > 0 {
            value.push(Piece::Username);
        }
        let bytes = unescaped(part)?;
        if !bytes.is_empty() {
            value.push(Piece::Bytes(bytes));
        }
    }
    Ok(value)
}

fn unescaped(text: &str) -> Result<Vec<u8>, NotAFilter> {
    let mut bytes = Vec::new();
    let mut letters = text.bytes();
    while let Some(byte) = letters.next() {
        match byte {
            b'\\' => {
                let digits = [letters.next().ok_or(NotAFilter)?, letters.next().ok_or(NotAFilter)?];
                let digits = std::str::from_utf8(&digits).map_err(|_| NotAFilter)?;
                bytes.push(u8::from_str_radix(digits, 16).map_err(|_| NotAFilter)?);
            }
            b'(' | 0 => return Err(NotAFilter),
            other => bytes.push(other),
        }
    }
    Ok(bytes)
}
