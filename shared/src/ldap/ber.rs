//! Tag, length, content (ITU-T X.690), as LDAP narrows it (RFC 4511, 5.1): one-byte tags and definite lengths.
//!
//! A length may have more bytes than it needs, because Active Directory writes all of them with four.

/// Bytes of a length that says how many bytes it has: four reach further than any message is allowed to.
const LENGTH_BYTES_MAX: usize = 4;
/// What a tag's low bits are when more bytes of it follow; LDAP has no such tag.
const LONG_TAG: u8 = 0x1f;

/// OCTET STRING.
pub const OCTETS: u8 = 0x04;
/// INTEGER.
pub const INTEGER: u8 = 0x02;
/// BOOLEAN.
pub const BOOLEAN: u8 = 0x01;
/// ENUMERATED.
pub const ENUMERATED: u8 = 0x0a;
/// SEQUENCE.
pub const SEQUENCE: u8 = 0x30;
/// SET.
pub const SET: u8 = 0x31;

/// Bytes that are not what they should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not what LDAP writes")]
pub struct Malformed;

/// An element of this tag and content.
pub fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut bytes = vec![tag];
    let length = content.len();
    let wide = length.to_be_bytes();
    let significant: Vec<u8> = wide.into_iter().skip_while(|byte| *byte == 0).collect();
    match u8::try_from(length) {
        Ok(short) if short < 0x80 => bytes.push(short),
        _ => {
            bytes.push(0x80 | u8::try_from(significant.len()).unwrap_or(0));
            bytes.extend(significant);
        }
    }
    bytes.extend(content);
    bytes
}

/// An element made of others.
pub fn sequence(tag: u8, parts: &[Vec<u8>]) -> Vec<u8> {
    element(tag, &parts.concat())
}

/// A whole number in as few bytes as it takes, under this tag.
pub fn integer(tag: u8, value: i32) -> Vec<u8> {
    let wide = value.to_be_bytes();
    let sign: u8 = if value < 0 { 0xff } else { 0 };
    let mut rest = wide.as_slice();
    while let [first, next, ..] = rest {
        if *first != sign || (next & 0x80) != (sign & 0x80) {
            break;
        }
        rest = rest.get(1..).unwrap_or_default();
    }
    element(tag, rest)
}

/// A text.
pub fn text(value: &str) -> Vec<u8> {
    element(OCTETS, value.as_bytes())
}

/// TRUE or FALSE.
pub fn boolean(value: bool) -> Vec<u8> {
    element(BOOLEAN, &[if value { 0xff } else { 0 }])
}

/// How many bytes the first element has, if enough is there to tell.
pub fn whole(bytes: &[u8]) -> Result<Option<usize>, Malformed> {
    Ok(header(bytes)?.map(|(_, content, length)| content + length))
}

/// Tag, where the content begins, and how long it is; `None` when bytes are missing.
fn header(bytes: &[u8]) -> Result<Option<(u8, usize, usize)>, Malformed> {
    let [tag, first, rest @ ..] = bytes else {
        return match bytes.first() {
            Some(tag) if tag & LONG_TAG == LONG_TAG => Err(Malformed),
            _ => Ok(None),
        };
    };
    if tag & LONG_TAG == LONG_TAG {
        return Err(Malformed);
    }
    if *first < 0x80 {
        return Ok(Some((*tag, 2, usize::from(*first))));
    }
    let count = usize::from(first & 0x7f);
    if count == 0 || count > LENGTH_BYTES_MAX {
        return Err(Malformed);
    }
    let Some(length) = rest.get(..count) else { return Ok(None) };
    let length = length.iter().fold(0u64, |length, byte| (length << 8) | u64::from(*byte));
    let length = usize::try_from(length).ok().filter(|length| *length < usize::MAX / 2).ok_or(Malformed)?;
    Ok(Some((*tag, 2 + count, length)))
}

/// Reads elements that stand one after another.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// Of these bytes.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Whether everything is read.
    pub fn is_done(&self) -> bool {
        self.rest.is_empty()
    }

    /// The tag of the next element.
    pub fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    /// The next element: its tag and content.
    pub fn element(&mut self) -> Result<(u8, &'a [u8]), Malformed> {
        let (tag, begin, length) = header(self.rest)?.ok_or(Malformed)?;
        let content = self.rest.get(begin..begin + length).ok_or(Malformed)?;
        self.rest = self.rest.get(begin + length..).unwrap_or_default();
        Ok((tag, content))
    }

    /// The content of the next element, which has this tag.
    pub fn expect(&mut self, tag: u8) -> Result<&'a [u8], Malformed> {
        match self.element()? {
            (found, content) if found == tag => Ok(content),
            _ => Err(Malformed),
        }
    }

    /// The next element, a number under this tag.
    pub fn integer(&mut self, tag: u8) -> Result<i32, Malformed> {
        let bytes = self.expect(tag)?;
        let first = *bytes.first().ok_or(Malformed)?;
        if bytes.len() > 4 {
            return Err(Malformed);
        }
        let sign = if first & 0x80 == 0 { 0i32 } else { -1 };
        Ok(bytes.iter().fold(sign, |number, byte| (number << 8) | i32::from(*byte)))
    }

    /// The next element, a text.
    pub fn text(&mut self) -> Result<&'a str, Malformed> {
        std::str::from_utf8(self.expect(OCTETS)?).map_err(|_| Malformed)
    }
}
