//! Writing messages byte by byte (RFC 5322, 2045, 2047, 2231), in the ways in which mail programs differ.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use shared::auth::signer::sha256_hex;

use super::super::papers::Paper;

/// Bytes of text in one encoded word: its base64 and frame stay below 75 characters.
const WORD_BYTES_MAX: usize = 42;
/// Characters of a line of base64.
const LINE_CHARS: usize = 76;

/// The character set of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charset {
    /// What nearly everybody writes.
    Utf8,
    /// What programs of the nineties still write in Russia, where the text allows.
    Windows1251,
}

/// A part of a message.
pub enum Part {
    /// Text of a subtype: `plain`, `html`.
    Text(&'static str, Charset, String),
    /// A file.
    File(Paper),
    /// Text of another type, sent as it is.
    Plain(&'static str, String),
    /// Parts of a subtype, with further parameters: `alternative`, `mixed`, `report; report-type=...`.
    Multi(&'static str, Vec<Part>),
}

/// A message: its fields from the topmost on, without those that say how it is encoded, and its content.
pub struct Message {
    /// Name and value, encoded where they have to be.
    pub fields: Vec<(&'static str, String)>,
    /// What it holds.
    pub content: Part,
    /// What the boundaries are made of.
    pub id: String,
}

impl Message {
    /// The message as bytes.
    pub fn bytes(&self) -> Vec<u8> {
        let mut out = String::new();
        for (name, value) in &self.fields {
            out.push_str(&format!("{name}: {value}\r\n"));
        }
        out.push_str("MIME-Version: 1.0\r\n");
        write(&mut out, &self.content, &self.id, 0);
        out.into_bytes()
    }
}

fn write(out: &mut String, part: &Part, id: &str, depth: usize) {
    match part {
        Part::Text(subtype, charset, text) => {
            let text = text.replace('\n', "\r\n");
            let (name, bytes) = match windows_1251(&text).filter(|_| *charset == Charset::Windows1251) {
                Some(bytes) => ("windows-1251", bytes),
                None => ("utf-8", text.into_bytes()),
            };
            let head = format!("Content-Type: text/{subtype}; charset={name}\r\nContent-Transfer-Encoding: base64\r\n\r\n");
            out.push_str(&head);
            push_base64(out, &bytes);
        }
        Part::File(paper) => {
            let name = percent(&paper.name);
            out.push_str(&format!(
                "Content-Type: {};\r\n name*=utf-8''{name}\r\nContent-Disposition: attachment;\r\n filename*=utf-8''{name}\r\n\
                 Content-Transfer-Encoding: base64\r\n\r\n",
                paper.media_type()
            ));
            push_base64(out, &paper.bytes());
        }
        Part::Plain(kind, text) => {
            out.push_str(&format!("Content-Type: {kind}\r\n\r\n{}\r\n", text.replace('\n', "\r\n")));
        }
        Part::Multi(subtype, parts) => {
            let boundary = format!("={depth}_{}", sha256_hex(format!("{id}/{depth}").as_bytes()).get(..24).unwrap_or_default());
            out.push_str(&format!("Content-Type: multipart/{subtype};\r\n boundary=\"{boundary}\"\r\n\r\n"));
            for part in parts {
                out.push_str(&format!("--{boundary}\r\n"));
                write(out, part, id, depth + 1);
            }
            out.push_str(&format!("--{boundary}--\r\n"));
        }
    }
}

/// Text for a field: as it is, or in encoded words.
pub fn words(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut pieces: Vec<String> = vec![String::new()];
    for letter in text.chars() {
        match pieces.last_mut() {
            Some(piece) if piece.len() + letter.len_utf8() <= WORD_BYTES_MAX => piece.push(letter),
            _ => pieces.push(letter.to_string()),
        }
    }
    pieces.iter().map(|piece| format!("=?utf-8?B?{}?=", base64(piece.as_bytes()))).collect::<Vec<_>>().join("\r\n ")
}

/// A name and an address for a field.
pub fn mailbox(name: &str, address: &str) -> String {
    match name {
        "" => address.to_owned(),
        name if name.is_ascii() => format!("\"{}\" <{address}>", name.replace(['"', '\\'], "")),
        name => format!("{} <{address}>", words(name)),
    }
}

/// A moment for the Date field.
pub fn date(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).to_rfc2822()
}

/// A Message-ID of the sender's server; the same for the same mail.
pub fn message_id(from: &str, at: DateTime<Utc>, subject: &str) -> String {
    let digest = sha256_hex(format!("{from}\n{at}\n{subject}").as_bytes());
    let host = from.rsplit_once('@').map_or("mail.example", |(_, host)| host);
    format!("{}.{}@{host}", digest.get(..16).unwrap_or_default(), at.timestamp())
}

/// What the platform's own server says about a sender whose mail is genuine.
pub fn vouched(from: &str) -> String {
    let host = from.rsplit_once('@').map_or("", |(_, host)| host);
    format!(
        "mx.cloudflare.net;\r\n spf=pass smtp.mailfrom={host};\r\n dkim=pass header.d={host};\r\n dmarc=pass header.from={host}"
    )
}

/// RFC 2231: letters and digits as they are, all else in percent.
fn percent(name: &str) -> String {
    name.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
        out
    })
}

fn push_base64(out: &mut String, bytes: &[u8]) {
    let encoded = base64(bytes);
    let mut rest = encoded.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(LINE_CHARS));
        out.push_str(line);
        out.push_str("\r\n");
        rest = after;
    }
}

/// RFC 4648, 4.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let number = (0..3).fold(0_usize, |number, nth| number << 8 | three.get(nth).map_or(0, |byte| usize::from(*byte)));
        for nth in 0..4 {
            let digit = DIGITS.get(number >> (18 - 6 * nth) & 63).copied().unwrap_or(b'=');
            out.push(if nth <= three.len() { char::from(digit) } else { '=' });
        }
    }
    out
}

/// A text in the Cyrillic code page of Windows; `None` when a letter is not in it.
fn windows_1251(text: &str) -> Option<Vec<u8>> {
    text.chars()
        .map(|letter| match letter {
            '\0'..='\x7f' => u8::try_from(u32::from(letter)).ok(),
            'А'..='я' => u8::try_from(u32::from(letter) - u32::from('А') + 0xC0).ok(),
            'Ё' => Some(0xA8),
            'ё' => Some(0xB8),
            '«' => Some(0xAB),
            '»' => Some(0xBB),
            '№' => Some(0xB9),
            '—' => Some(0x97),
            '–' => Some(0x96),
            '…' => Some(0x85),
            '\u{a0}' => Some(0xA0),
            '°' => Some(0xB0),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_standard() {
        for (plain, encoded) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(plain.as_bytes()), encoded);
        }
    }

    #[test]
    fn the_code_page_has_russian_and_nothing_else() {
        assert_eq!(windows_1251("Ёж — «№ 1»").unwrap(), b"\xA8\xE6 \x97 \xAB\xB9 1\xBB");
        assert_eq!(windows_1251("سؤال"), None);
    }
}
