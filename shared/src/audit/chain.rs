//! From lines to seals: the one encoding of a line as bytes, and the chain over it.
//!
//! `seal(n) = SHA-256(hex(seal(n-1)) || encoding of line n)`, where `hex(seal(0))` is 64 zeros. The encoding is [`FORMAT`] followed by
//! every column of [`COLUMNS`] in that order: one byte for the kind, eight bytes for the length (most significant first), and the value.
//! Kind `n` is NULL (length 0), `i` a whole number (eight bytes, two's complement), `t` text (UTF-8). Every value says how long it is, so
//! no two lines have the same bytes, and no part of one column can pass for a part of another.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::auth::signer::hex;

/// Names the encoding; another one would have another name.
const FORMAT: &[u8] = b"workernet audit line 1\n";

/// Every column of the table, in the order in which they are encoded.
pub const COLUMNS: [&str; 13] = [
    "tenant_id",
    "seq",
    "id",
    "at",
    "actor",
    "on_behalf_of",
    "action",
    "subject",
    "outcome",
    "request_id",
    "network",
    "user_agent",
    "detail",
];

/// What comes before the first seal.
pub const BEGINNING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// A line as it stands in the database, column by column, believed in nothing.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct Line(Map<String, Value>);

/// The seal of one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seal {
    /// The place.
    pub seq: i64,
    /// In hexadecimal.
    pub hash: String,
}

impl Line {
    /// The place in the tenant's sequence; 0, which no line has, where it cannot be read.
    pub fn seq(&self) -> i64 {
        self.0.get("seq").and_then(Value::as_i64).unwrap_or(0)
    }

    /// The same line at another place.
    #[must_use]
    pub fn at_place(&self, seq: i64) -> Self {
        let mut columns = self.0.clone();
        columns.insert("seq".to_owned(), seq.into());
        Self(columns)
    }

    /// The line's seal, after the seal `before`, both in hexadecimal.
    pub fn seal(&self, before: &str) -> String {
        let mut digest = Sha256::new();
        digest.update(before.as_bytes());
        digest.update(self.encoded());
        hex(&digest.finalize())
    }

    /// The line's bytes.
    pub fn encoded(&self) -> Vec<u8> {
        let mut out = FORMAT.to_vec();
        for name in COLUMNS {
            match self.0.get(name) {
                None | Some(Value::Null) => put(&mut out, b'n', &[]),
                Some(Value::String(text)) => put(&mut out, b't', text.as_bytes()),
                Some(value) => match whole(value) {
                    Some(number) => put(&mut out, b'i', &number.to_be_bytes()),
                    // No column of ours is of another kind: whatever it is, it is not what was sealed.
                    None => put(&mut out, b'?', value.to_string().as_bytes()),
                },
            }
        }
        out
    }
}

/// Sealed lines for those who keep them elsewhere: one JSON object a line, each column by its name, and `seal`.
pub fn copied(lines: &[Line], seals: &[Seal]) -> Result<Vec<u8>, serde_json::Error> {
    let mut out = Vec::new();
    for (line, seal) in lines.iter().zip(seals) {
        let mut columns = line.0.clone();
        columns.insert("seal".to_owned(), seal.hash.as_str().into());
        serde_json::to_writer(&mut out, &columns)?;
        out.push(b'\n');
    }
    Ok(out)
}

/// A whole number, also where it was written as `1772434800000.0`, as JavaScript may.
fn whole(value: &Value) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "looked at: within 2^53 and without a fraction")]
    value
        .as_i64()
        .or_else(|| value.as_f64().filter(|number| number.fract() == 0.0 && number.abs() < 9e15).map(|number| number as i64))
}

fn put(out: &mut Vec<u8>, kind: u8, value: &[u8]) {
    out.push(kind);
    out.extend_from_slice(&(value.len() as u64).to_be_bytes());
    out.extend_from_slice(value);
}

/// The seals of `lines`, which follow the place `after` with the seal `before`. A line that is missing ends the run: nothing is sealed
/// over a gap.
pub fn seal(after: i64, before: &str, lines: &[Line]) -> Vec<Seal> {
    let mut before = before.to_owned();
    let places = (after.saturating_add(1))..;
    lines
        .iter()
        .zip(places)
        .take_while(|(line, place)| line.seq() == *place)
        .map(|(line, seq)| {
            before = line.seal(&before);
            Seal { seq, hash: before.clone() }
        })
        .collect()
}
