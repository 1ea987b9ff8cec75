//! A table as text (RFC 4180) becomes headers and rows, whatever program has written it.
//!
//! Programs write what they like: with semicolons or tabs, with or without a mark of byte order, in the code page of their country. What is
//! read here is guessed unless it is said, and nothing of it can make more than the file is large.

use encoding_rs::Encoding;
use serde::{Deserialize, Serialize};

use crate::limits::{IMPORT_COLUMNS_MAX, IMPORT_ROWS_MAX, TEXT_BYTES_MAX};

/// Rows that the guess of the delimiter looks at.
const ROWS_LOOKED_AT: usize = 20;
/// Bytes of a cell that are kept: more than any text may have, so that what is too long is told to be.
const CELL_BYTES_KEPT: usize = TEXT_BYTES_MAX + 8;

/// What stands between cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delimiter {
    /// `,`
    Comma,
    /// `;`: what spreadsheets write where the comma belongs to numbers.
    Semicolon,
    /// A tab.
    Tab,
    /// `|`
    Bar,
}

impl Delimiter {
    /// All of them; of equals the first is guessed.
    pub const ALL: [Self; 4] = [Self::Comma, Self::Semicolon, Self::Tab, Self::Bar];

    /// The name in JSON and in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Comma => "comma",
            Self::Semicolon => "semicolon",
            Self::Tab => "tab",
            Self::Bar => "bar",
        }
    }

    /// Reads exactly what [`Self::as_str`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|delimiter| delimiter.as_str() == text)
    }

    fn sign(self) -> char {
        match self {
            Self::Comma => ',',
            Self::Semicolon => ';',
            Self::Tab => '\t',
            Self::Bar => '|',
        }
    }
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The line of the file on which it begins, from 1.
    pub line: u32,
    /// Its cells.
    pub cells: Vec<String>,
    /// Whether a quote was never closed, so that the rest of the file stands in the last cell.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_unclosed: bool,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The character set in which it was written, by its name of the WHATWG standard in small letters.
    pub encoding: String,
    /// What stands between its cells.
    pub delimiter: Delimiter,
    /// The first row.
    pub headers: Vec<String>,
    /// The others, without those that are empty.
    pub rows: Vec<Record>,
}

/// Why a table cannot be read at all: the name of the refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable(pub &'static str);

/// Reads a table. `label` names its character set, and `delimiter` what stands between cells, where that is known; `fallback` is the
/// character set of what is not UTF-8. Refused: `import_empty`, `import_too_many_rows`, `import_too_many_columns`, `import_encoding`.
pub fn read(bytes: &[u8], label: Option<&str>, fallback: &str, delimiter: Option<Delimiter>) -> Result<Table, Unreadable> {
    let (text, encoding) = decode(bytes, label, fallback)?;
    let delimiter = delimiter.unwrap_or_else(|| likely(&text));
    let mut records = Records::of(&text, delimiter);
    let headers = records.find(|record| !is_empty(record)).ok_or(Unreadable("import_empty"))?;
    let mut headers: Vec<String> = headers.cells.iter().map(|cell| plain(cell)).collect();
    while headers.last().is_some_and(String::is_empty) {
        headers.pop();
    }
    if headers.len() > IMPORT_COLUMNS_MAX {
        return Err(Unreadable("import_too_many_columns"));
    }
    let mut rows = Vec::new();
    for record in records.filter(|record| !is_empty(record)) {
        if rows.len() == IMPORT_ROWS_MAX {
            return Err(Unreadable("import_too_many_rows"));
        }
        rows.push(record);
    }
    if rows.is_empty() {
        return Err(Unreadable("import_empty"));
    }
    Ok(Table { encoding, delimiter, headers, rows })
}

fn is_empty(record: &Record) -> bool {
    record.cells.iter().all(|cell| cell.trim().is_empty())
}

/// A header on one line, cut where no name goes on.
fn plain(header: &str) -> String {
    let visible: String = header.chars().filter(|sign| sign.is_whitespace() || !sign.is_control()).take(200).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text, and the name of its character set. A mark of byte order says what it is; what is valid UTF-8 is nothing else in practice.
fn decode(bytes: &[u8], label: Option<&str>, fallback: &str) -> Result<(String, String), Unreadable> {
    let marked = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => Some(("utf-8", rest)),
        [0xFF, 0xFE, rest @ ..] => Some(("utf-16le", rest)),
        [0xFE, 0xFF, rest @ ..] => Some(("utf-16be", rest)),
        _ => None,
    };
    let (label, bytes) = match (marked, label) {
        (Some(marked), _) => marked,
        (None, Some(label)) => (label, bytes),
        (None, None) if std::str::from_utf8(bytes).is_ok() => ("utf-8", bytes),
        (None, None) => (fallback, bytes),
    };
    let encoding = Encoding::for_label(label.as_bytes()).ok_or(Unreadable("import_encoding"))?;
    let (text, _, _) = encoding.decode(bytes);
    Ok((text.into_owned(), encoding.name().to_ascii_lowercase()))
}

/// The delimiter under which the first rows have the same number of cells, and most of them.
fn likely(text: &str) -> Delimiter {
    let score = |delimiter: Delimiter| {
        let counts: Vec<usize> = Records::of(text, delimiter).take(ROWS_LOOKED_AT).map(|record| record.cells.len()).collect();
        let columns = counts.first().copied().unwrap_or(0);
        let alike = counts.iter().filter(|count| **count == columns).count();
        if columns < 2 { (0, 0) } else { (alike, columns) }
    };
    let mut best = (Delimiter::Comma, (0, 0));
    for delimiter in Delimiter::ALL {
        let scored = score(delimiter);
        if scored > best.1 {
            best = (delimiter, scored);
        }
    }
    best.0
}

/// The rows of a text, one after the other.
struct Records<'t> {
    signs: std::iter::Peekable<std::str::Chars<'t>>,
    delimiter: char,
    line: u32,
    /// Whether the last sign was a carriage return: a line feed after it ends the same line.
    is_after_return: bool,
}

/// What ended a cell.
#[derive(PartialEq, Eq)]
enum End {
    Cell,
    Row,
    Text { is_unclosed: bool },
}

impl<'t> Records<'t> {
    fn of(text: &'t str, delimiter: Delimiter) -> Self {
        Self { signs: text.chars().peekable(), delimiter: delimiter.sign(), line: 1, is_after_return: false }
    }

    /// The next sign, its line counted: `\n`, `\r\n` and `\r` end one each.
    fn sign(&mut self) -> Option<char> {
        let sign = self.signs.next()?;
        if sign == '\r' || (sign == '\n' && !self.is_after_return) {
            self.line += 1;
        }
        self.is_after_return = sign == '\r';
        Some(sign)
    }

    /// The next sign, if it is this one.
    fn sign_if(&mut self, wanted: char) -> Option<char> {
        if self.signs.peek() == Some(&wanted) { self.sign() } else { None }
    }

    /// The next cell. A quote opens one only at its beginning; within, two stand for one, and what follows the closing one is kept.
    fn cell(&mut self) -> (String, End) {
        let mut cell = String::new();
        let mut keep = |sign: char| {
            if cell.len() < CELL_BYTES_KEPT {
                cell.push(sign);
            }
        };
        let is_quoted = self.sign_if('"').is_some();
        let mut is_open = is_quoted;
        let end = loop {
            let Some(sign) = self.sign() else { break End::Text { is_unclosed: is_open } };
            match sign {
                '"' if is_open => match self.sign_if('"') {
                    Some(quote) => keep(quote),
                    None => is_open = false,
                },
                _ if is_open => keep(sign),
                '\n' => break End::Row,
                '\r' => {
                    self.sign_if('\n');
                    break End::Row;
                }
                _ if sign == self.delimiter => break End::Cell,
                _ => keep(sign),
            }
        };
        (cell, end)
    }
}

impl Iterator for Records<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        self.signs.peek()?;
        let line = self.line;
        let mut cells = Vec::new();
        loop {
            let (cell, end) = self.cell();
            // What no table has: the cell is passed over, so that a file of delimiters makes no more than it is large.
            if cells.len() <= IMPORT_COLUMNS_MAX {
                cells.push(cell);
            }
            match end {
                End::Cell => {}
                End::Row => return Some(Record { line, cells, is_unclosed: false }),
                End::Text { is_unclosed } => return Some(Record { line, cells, is_unclosed }),
            }
        }
    }
}

#[cfg(test)]
mod tests;
