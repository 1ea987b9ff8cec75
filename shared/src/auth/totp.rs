//! Codes that change with time (RFC 6238): six digits of HMAC-SHA-1, every thirty seconds.
//!
//! The algorithm is the one that every authenticator knows. A code of the step before and of the step after counts, too, for clocks that
//! go wrong; the caller sees to it that a step is used once.

use chrono::{DateTime, Utc};
use totp_rs::{Builder, Secret, Totp};

use crate::id::Entropy;

/// Bytes of a secret (RFC 4226, 4, R6: 160 bits are recommended).
pub const SECRET_BYTES: usize = 20;

/// Makes a secret.
pub fn secret(entropy: &dyn Entropy) -> [u8; SECRET_BYTES] {
    let mut secret = [0u8; SECRET_BYTES];
    entropy.fill(&mut secret);
    secret
}

/// The step whose code this is, of those that count at `now`. Spaces are how authenticators show codes, and do not matter.
pub fn step_of(secret: &[u8], typed: &str, now: DateTime<Utc>) -> Option<i64> {
    let code: String = typed.chars().filter(|letter| !letter.is_whitespace()).collect();
    let seconds = u64::try_from(now.timestamp()).ok()?;
    let step = builder(secret)?.build().ok()?.check(&code, seconds)?;
    i64::try_from(step).ok()
}

/// The secret as a person types it into an authenticator: base32 (RFC 4648).
pub fn written(secret: &[u8]) -> String {
    Secret::from(secret.to_vec()).to_base32()
}

/// What the picture for an authenticator says: an `otpauth:` address with the portal's name and the person's address.
pub fn address(secret: &[u8], portal: &str, account: &str) -> Option<String> {
    // A colon stands between the two names.
    let plain = |text: &str| text.replace(':', " ");
    let totp: Totp = builder(secret)?.with_issuer(Some(plain(portal))).with_account_name(plain(account)).build().ok()?;
    totp.to_url().ok()
}

fn builder(secret: &[u8]) -> Option<Builder> {
    (secret.len() == SECRET_BYTES).then(|| Builder::new().with_secret(secret.to_vec()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"12345678901234567890";

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        // RFC 6238, appendix B, the last six of its eight digits.
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")]
        {
            assert_eq!(step_of(SECRET, code, at(seconds)), Some(seconds / 30), "{seconds}");
        }
    }

    #[test]
    fn a_code_counts_in_its_own_step_and_in_those_beside_it() {
        // The code of step 1, which begins at 30 and ends at 60.
        for (seconds, counts) in
            [(0, true), (29, true), (30, true), (59, true), (60, true), (89, true), (90, false), (3_600, false)]
        {
            assert_eq!(step_of(SECRET, "287 082", at(seconds)), counts.then_some(1), "{seconds}");
        }
    }

    #[test]
    fn what_is_no_code_is_none() {
        for typed in ["", "28708", "2870822", "28708a", "٢٨٧٠٨٢", "-87082", "287082\u{0}", &"2".repeat(10_000)] {
            assert_eq!(step_of(SECRET, typed, at(59)), None, "{typed:.20}");
        }
        assert_eq!(step_of(b"short", "287082", at(59)), None);
    }

    #[test]
    fn the_address_names_portal_and_person_and_carries_the_secret() {
        let address = address(SECRET, "Ромашка: desk", "anna@acme.example").unwrap();
        assert!(address.starts_with("otpauth://totp/%D0%A0"), "{address}");
        assert!(address.contains("anna%40acme.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), "{address}");
        assert_eq!(written(SECRET), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }

    #[test]
    fn a_secret_is_what_the_source_of_random_bytes_gave() {
        struct Counting;
        impl Entropy for Counting {
            fn fill(&self, buffer: &mut [u8]) {
                buffer.iter_mut().zip(40..).for_each(|(slot, byte)| *slot = byte);
            }
        }
        assert_eq!(secret(&Counting).to_vec(), (40..60).collect::<Vec<u8>>());
    }
}
