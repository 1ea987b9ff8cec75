//! API keys: what a program shows instead of a password.
//!
//! `wnk_` and eight signs name the key and may be read by anybody; 256 random bits follow, and a checksum (CRC-32) of all before it. The
//! beginning and the checksum let a scanner of source code tell a key from any other text, and let us refuse a mistyped one unasked. Of
//! the whole only the SHA-256 is stored: nobody tries 2^256 keys, so there is no need of a slow hash.

use super::signer::{hex, same_secret, sha256_hex};
use crate::id::Entropy;

/// What every key begins with.
pub const MARK: &str = "wnk_";
/// Signs by which a key is looked up.
const NAME_SIGNS: usize = 8;
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
const SECRET_BYTES: usize = 32;
/// Hexadecimal digits of the checksum.
const CHECKSUM_DIGITS: usize = 8;
const CHARS: usize = MARK.len() + NAME_SIGNS + 1 + SECRET_BYTES * 2 + CHECKSUM_DIGITS;

/// A key that was just made.
pub struct Fresh {
    /// The key itself, to be shown once.
    pub text: String,
    /// `wnk_` and the name, which may be shown always.
    pub prefix: String,
    /// What is stored of it.
    pub hash: String,
}

/// Makes a key.
pub fn fresh(entropy: &dyn Entropy) -> Fresh {
    let mut name = [0u8; NAME_SIGNS];
    let mut secret = [0u8; SECRET_BYTES];
    entropy.fill(&mut name);
    entropy.fill(&mut secret);
    let signs = name.iter().filter_map(|byte| ALPHABET.get(usize::from(byte % 32))).map(|sign| char::from(*sign));
    let prefix: String = MARK.chars().chain(signs).collect();
    let body = format!("{prefix}_{}", hex(&secret));
    let text = format!("{body}{:08x}", crc32(body.as_bytes()));
    let hash = sha256_hex(text.as_bytes());
    Fresh { text, prefix, hash }
}

/// A key that somebody showed. It has the shape of one; whether it is good is for the stored digest to say.
#[derive(Debug)]
pub struct Presented {
    prefix: String,
    hash: String,
}

impl Presented {
    /// Reads a key; `None` for what cannot be one.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != CHARS || !text.is_ascii() {
            return None;
        }
        let (body, checksum) = text.split_at_checked(CHARS - CHECKSUM_DIGITS)?;
        let (prefix, _) = body.split_at_checked(MARK.len() + NAME_SIGNS)?;
        let is_key = prefix.starts_with(MARK) && checksum == format!("{:08x}", crc32(body.as_bytes()));
        is_key.then(|| Self { prefix: prefix.to_owned(), hash: sha256_hex(text.as_bytes()) })
    }

    /// By what it is looked up.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Whether the stored digest is that of this key; takes the same time whatever differs.
    pub fn is(&self, stored: &str) -> bool {
        same_secret(&self.hash, stored)
    }
}

/// CRC-32 as in zip and PNG (ISO 3309), reflected.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ if sum & 1 == 1 { 0xedb8_8320 } else { 0 })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Counting(std::cell::Cell<u8>);
    impl Entropy for Counting {
        fn fill(&self, buffer: &mut [u8]) {
            for byte in buffer {
                self.0.set(self.0.get().wrapping_add(37));
                *byte = self.0.get();
            }
        }
    }

    #[test]
    fn the_checksum_is_the_known_one() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }

    #[test]
    fn a_key_is_found_by_its_prefix_and_fits_its_own_digest_only() {
        let entropy = Counting(0.into());
        let (one, other) = (fresh(&entropy), fresh(&entropy));
        let shown = Presented::parse(&one.text).unwrap();
        assert_eq!((shown.prefix(), one.prefix.len()), (one.prefix.as_str(), 12));
        assert!(shown.is(&one.hash) && !shown.is(&other.hash) && !shown.is(""));
        assert_eq!(one.hash, sha256_hex(one.text.as_bytes()));
    }

    #[test]
    fn what_is_mistyped_cut_or_longer_is_no_key() {
        let key = fresh(&Counting(9.into())).text;
        for at in [0, 4, 12, 13, 40, CHARS - 1] {
            let mut typed: Vec<char> = key.chars().collect();
            typed[at] = if typed[at] == 'x' { 'y' } else { 'x' };
            assert!(Presented::parse(&typed.into_iter().collect::<String>()).is_none(), "{at}");
        }
        for text in [
            "",
            "wnk_",
            key.strip_suffix(|_: char| true).unwrap(),
            &format!("{key}0"),
            &key.to_uppercase(),
            &"ж".repeat(CHARS),
            &"w".repeat(100_000),
        ] {
            assert!(Presented::parse(text).is_none(), "{text:.40}");
        }
    }

    #[test]
    fn the_name_of_a_key_is_made_of_all_signs() {
        assert_eq!(fresh(&Counting(0.into())).prefix, "wnk_fkpuz6di");
    }

    #[test]
    fn other_letters_make_no_key_though_the_checksum_is_right() {
        let key = fresh(&Counting(9.into())).text;
        let (body, _) = key.split_at(CHARS - CHECKSUM_DIGITS);
        let body = format!("{}ж", body.get(..body.len() - 2).unwrap());
        let text = format!("{body}{:08x}", crc32(body.as_bytes()));
        assert_eq!(text.len(), CHARS);
        assert!(Presented::parse(&text).is_none());
    }
}
