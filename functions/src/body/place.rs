//! Where in a JSON text its parser stopped, as a person names it: `lines[2].price`.
//!
//! The parser knows line and column. Following the path in every type while it parses would bring a second copy of each type's parser
//! into the worker; reading the text once more up to that point, when something is wrong with it, needs one.

/// What the reader is inside of.
enum Inside {
    /// An object, and its latest key.
    Object(String),
    /// A list, and the number of its latest element.
    List(usize),
}

/// The path of the value at which a parser stopped that had read `text` to this line and column (both as `serde_json` counts them). Empty
/// at the top. What was closed by the very last byte counts as the place itself unless `is_closed`: its parser found the fault afterwards.
pub fn path(text: &str, line: usize, column: usize, is_closed: bool) -> String {
    let before = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum::<usize>() + column;
    let read = text.as_bytes().get(..before).unwrap_or(text.as_bytes());
    let mut inside = Vec::new();
    let mut bytes = read.iter().copied().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'{' => inside.push(Inside::Object(String::new())),
            b'[' => inside.push(Inside::List(0)),
            b'}' | b']' if is_closed || at + 1 < read.len() => drop(inside.pop()),
            b',' => {
                if let Some(Inside::List(index)) = inside.last_mut() {
                    *index += 1;
                }
            }
            b'"' => {
                let end = string_end(read, at);
                if let (Some(Inside::Object(key)), Some(literal)) = (inside.last_mut(), read.get(at..end))
                    && is_key(text, end)
                {
                    *key = serde_json::from_slice(literal).unwrap_or_default();
                }
                bytes.by_ref().take(end.saturating_sub(at + 1)).for_each(drop);
            }
            _ => {}
        }
    }
    written(&inside)
}

/// One past the closing quote of the string that begins at `start`.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut is_escaped = false;
    let rest = bytes.iter().enumerate().skip(start + 1);
    for (at, byte) in rest {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    bytes.len()
}

/// Whether a colon follows.
fn is_key(text: &str, end: usize) -> bool {
    text.get(end..).is_some_and(|rest| rest.trim_start().starts_with(':'))
}

fn written(inside: &[Inside]) -> String {
    let mut path = String::new();
    for step in inside {
        match step {
            Inside::Object(key) if path.is_empty() => path.push_str(key),
            Inside::Object(key) if key.is_empty() => {}
            Inside::Object(key) => {
                path.push('.');
                path.push_str(key);
            }
            Inside::List(index) => path.extend(["[", &index.to_string(), "]"]),
        }
    }
    path
}
