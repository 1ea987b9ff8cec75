//! Recovery codes: what somebody signs in with whose device is lost.
//!
//! A code is 128 random bits, so that its SHA-256 can be stored without a salt or a slow hash: nobody tries all of them.

use super::signer::{hex, sha256_hex};
use crate::id::Entropy;

/// Codes of one set.
pub const COUNT: usize = 10;
const BYTES: usize = 16;
/// Characters between two dashes.
const GROUP: usize = 8;

/// A fresh set, as a person writes them down: `3f1c0a5b-e8d94f7c-9e2b6a7d-4c5f8e10`.
pub fn fresh(entropy: &dyn Entropy) -> Vec<String> {
    (0..COUNT)
        .map(|_| {
            let mut bytes = [0u8; BYTES];
            entropy.fill(&mut bytes);
            grouped(&hex(&bytes))
        })
        .collect()
}

/// The digest of a code that somebody typed; dashes, spaces and capitals do not matter. `None` when it is no code at all.
pub fn digest(typed: &str) -> Option<String> {
    let code: String = typed
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '-')
        .flat_map(char::to_lowercase)
        .take(BYTES * 2 + 1)
        .collect();
    let is_code = code.len() == BYTES * 2 && code.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_code.then(|| sha256_hex(code.as_bytes()))
}

fn grouped(code: &str) -> String {
    let mut written = String::with_capacity(code.len() + code.len() / GROUP);
    for (at, letter) in code.chars().enumerate() {
        if at > 0 && at % GROUP == 0 {
            written.push('-');
        }
        written.push(letter);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Counting(std::cell::Cell<u8>);
    impl Entropy for Counting {
        fn fill(&self, buffer: &mut [u8]) {
            self.0.set(self.0.get() + 1);
            buffer.fill(self.0.get() | 0xa0);
        }
    }

    #[test]
    fn a_code_is_known_however_it_is_typed() {
        let codes = fresh(&Counting(0.into()));
        assert_eq!(codes.len(), COUNT);
        let code = &codes[0];
        assert_eq!(code.len(), 35);
        let known = digest(code).unwrap();
        assert_eq!(digest(&code.replace('-', "")).as_deref(), Some(known.as_str()));
        assert_eq!(digest(&format!(" {} ", code.to_uppercase().replace('-', " "))).as_deref(), Some(known.as_str()));
        assert_ne!(digest(&codes[1]).unwrap(), known);
    }

    #[test]
    fn what_is_no_code_has_no_digest() {
        for typed in
            ["", "123456", "3f1c0a5b-e8d94f7c-9e2b6a7d-4c5f8e1", "zf1c0a5b-e8d94f7c-9e2b6a7d-4c5f8e10", &"a".repeat(100_000)]
        {
            assert_eq!(digest(typed), None, "{typed:.40}");
        }
    }
}
