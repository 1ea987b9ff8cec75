//! Addresses as the product compares and stores them.

use crate::mail::limits;
use serde::{Deserialize, Serialize};

/// A display name and an address. The address is normalised: see [`normalize`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Mailbox {
    /// What the writer calls themselves; never trusted, never a key.
    pub name: Option<String>,
    /// `local@domain`, lower case.
    pub address: String,
}

impl Mailbox {
    /// A mailbox of a name and an address; none if the address is not one.
    pub fn new(name: Option<&str>, address: &str) -> Option<Self> {
        let name = name.map(|name| tidy(name, limits::NAME_CHARS_MAX)).filter(|name| !name.is_empty());
        normalize(address).map(|address| Self { name, address })
    }

    /// The part after the last `@`.
    pub fn domain(&self) -> &str {
        domain(&self.address)
    }
}

/// Lower-cases and trims an address and checks its shape: one `local@domain` of at most 254 bytes
/// (RFC 5321, 4.5.3.1), no blanks, brackets or control characters. Lower case because no mail
/// provider in use tells `A@` from `a@`, and a person is one row.
pub fn normalize(address: &str) -> Option<String> {
    let address = address.trim().trim_start_matches('<').trim_end_matches('>');
    let (local, domain) = address.rsplit_once('@')?;
    let good = |c: char| !c.is_control() && !c.is_whitespace() && !"<>()[],;:\\\"".contains(c);
    let shaped = !local.is_empty()
        && local.len() <= 64
        && !domain.is_empty()
        && address.len() <= 254
        && local.chars().all(|c| good(c) && c != '@')
        && domain.chars().all(|c| good(c) && c != '@')
        && !domain.starts_with('.')
        && !domain.ends_with('.')
        && !domain.contains("..");
    shaped.then(|| address.to_lowercase())
}

/// The part after the last `@`; empty if there is none.
pub fn domain(address: &str) -> &str {
    address.rsplit_once('@').map_or("", |(_, domain)| domain)
}

/// `support+anything@host` -> (`support@host`, `anything`). The tag is what stands after the first `+`.
pub fn split_plus(address: &str) -> (String, Option<&str>) {
    match address.rsplit_once('@') {
        Some((local, domain)) => match local.split_once('+') {
            Some((base, tag)) if !base.is_empty() => (format!("{base}@{domain}"), Some(tag)),
            _ => (address.to_owned(), None),
        },
        None => (address.to_owned(), None),
    }
}

/// One line without control and direction-changing characters, blanks folded, cut to `chars_max`.
pub fn tidy(text: &str, chars_max: usize) -> String {
    let mut out = String::with_capacity(text.len().min(chars_max * 4));
    let mut blank = false;
    let mut count = 0;
    for c in text.chars() {
        if c.is_whitespace() || c.is_control() {
            blank = !out.is_empty();
            continue;
        }
        if matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}') {
            continue;
        }
        if count + usize::from(blank) >= chars_max {
            break;
        }
        if blank {
            out.push(' ');
            count += 1;
            blank = false;
        }
        out.push(c);
        count += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{normalize, split_plus, tidy};

    #[test]
    fn addresses_are_compared_in_lower_case_and_shape() {
        assert_eq!(normalize(" <Anna.Ivanova@Example.COM> ").as_deref(), Some("anna.ivanova@example.com"));
        assert_eq!(normalize("ПОЧТА@Пример.рф").as_deref(), Some("почта@пример.рф"));
        for bad in ["", "a", "@b", "a@", "a b@c", "a@b\r\nBcc: x@y", "a@@b", "a@.b", "a@b..c", "\"a\"@b"] {
            assert_eq!(normalize(bad), None, "{bad:?}");
        }
        assert_eq!(normalize(&format!("{}@b.c", "a".repeat(65))), None);
    }

    #[test]
    fn the_tag_of_a_plus_address_is_split_off() {
        assert_eq!(split_plus("support+abc+d@x.y"), ("support@x.y".to_owned(), Some("abc+d")));
        assert_eq!(split_plus("support@x.y"), ("support@x.y".to_owned(), None));
        assert_eq!(split_plus("+abc@x.y"), ("+abc@x.y".to_owned(), None));
    }

    #[test]
    fn a_tidy_line_has_no_breaks_and_no_direction_tricks() {
        assert_eq!(tidy("  a\r\n\tb \u{202e}c\0 ", 10), "a b c");
        assert_eq!(tidy("one two three", 7), "one two");
        assert_eq!(tidy("onetwothree", 3), "one");
    }
}
