//! Passwords that leaked so often that everybody tries them: the five thousand most frequent ones of eight signs and more.
//!
//! They are held as a Bloom filter of 2^16 bits, which is eight kilobytes where the words would be forty: eight places a password, each two bytes
//! of its SHA-256. It never lets one of them through, and takes two in a thousand others for one of them. `scripts/build-blocklist.mjs`
//! writes it.

use sha2::{Digest, Sha256};

static FILTER: &[u8; 8192] = include_bytes!("breached.bin");

/// Whether the password is one of them, in capitals or not.
pub(super) fn is_breached(password: &str) -> bool {
    let digest = Sha256::digest(password.to_lowercase().as_bytes());
    digest.iter().zip(digest.iter().skip(1)).step_by(2).take(8).all(|(high, low)| {
        let bit = u16::from_be_bytes([*high, *low]);
        FILTER.get(usize::from(bit >> 3)).is_some_and(|byte| byte & (1 << (bit & 7)) != 0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_chooses_is_known_in_any_case() {
        for password in
            ["password", "Password1", "12345678", "sunshine", "qwertyuiop", "trustno1", "football", "princess", "iloveyou"]
        {
            assert!(is_breached(password), "{password}");
        }
    }

    #[test]
    fn at_least_three_thousand_passwords_are_held() {
        let set: u32 = FILTER.iter().map(|byte| byte.count_ones()).sum();
        // How many entries leave so many bits unset (Swamidass and Baldi).
        let bits = 65_536.0_f64;
        let held = -(bits / 8.0) * (1.0 - f64::from(set) / bits).ln();
        assert!((4_500.0..5_500.0).contains(&held), "{held}");
    }

    #[test]
    fn others_are_rarely_taken_for_them() {
        let wrong = (0..10_000).filter(|count| is_breached(&format!("nobody-chooses-{count}-this"))).count();
        assert!(wrong < 60, "{wrong} of 10000");
    }
}
