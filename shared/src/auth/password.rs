//! Passwords: Argon2id in PHC strings, and the rules of NIST 800-63B-4 (length, any Unicode, no composition rules).

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};

use super::breached::is_breached;
use super::guessable::is_guessable;
use crate::error::FieldError;
use crate::id::Entropy;
use crate::limits::PASSWORD_BYTES_MAX;
use crate::platform::Argon2Cost;

/// Stored hashes may not ask for more than this: a planted row must not be able to burn the isolate.
const MEMORY_KIB_CEILING: u32 = 65_536;
const PASSES_CEILING: u32 = 6;

thread_local! {
    static COMPUTED: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// How many hashes were computed here so far: the tests hold the product to its promise that a known and an unknown user
/// cost the same work.
pub fn computed() -> u64 {
    COMPUTED.get()
}

/// Hashes a password with a fresh salt.
pub fn hash(password: &str, cost: Argon2Cost, entropy: &dyn Entropy) -> Result<String, argon2::password_hash::Error> {
    let mut salt = [0u8; 16];
    entropy.fill(&mut salt);
    let hash: PasswordHash = hasher(cost).hash_password_with_salt(password.as_bytes(), &salt)?;
    Ok(hash.to_string())
}

/// Whether the password is the stored hash's. Without a stored hash the same work is done for nothing, so that an unknown
/// user takes as long as a known one.
pub fn verify(password: &str, stored: Option<&str>, cost: Argon2Cost) -> bool {
    let parsed = stored.and_then(|text| PasswordHash::new(text).ok()).filter(within_ceiling);
    if let Some(hash) = parsed {
        hasher(cost).verify_password(password.as_bytes(), &hash).is_ok()
    } else {
        let hashed: Result<PasswordHash, _> = hasher(cost).hash_password_with_salt(password.as_bytes(), &[7u8; 16]);
        std::hint::black_box(hashed.is_ok());
        false
    }
}

/// Whether the stored hash was made with other parameters than today's and should be made anew at sign-in.
pub fn is_outdated(stored: &str, cost: Argon2Cost) -> bool {
    PasswordHash::new(stored)
        .ok()
        .and_then(|hash| Params::try_from(&hash).ok())
        .is_none_or(|params| params.m_cost() != cost.memory_kib || params.t_cost() != cost.passes)
}

/// What a tenant asks of somebody's new password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// Least characters.
    pub chars_min: u32,
    /// Whether a second factor always follows: then a password may be easier to guess.
    pub has_second: bool,
}

/// The rules for a new password. `context` holds what an attacker would guess first: name, address, tenant.
pub fn check_rules(password: &str, context: &[&str], rules: Rules) -> Result<(), FieldError> {
    let chars = u32::try_from(password.chars().count()).unwrap_or(u32::MAX);
    if chars < rules.chars_min {
        return Err(FieldError::new("password", "password_too_short").arg("minimum", rules.chars_min));
    }
    if password.len() > PASSWORD_BYTES_MAX {
        return Err(FieldError::new("password", "too_long").arg("maximum", PASSWORD_BYTES_MAX));
    }
    if is_breached(password) {
        return Err(FieldError::new("password", "password_breached"));
    }
    if is_guessable(password, context, rules.has_second) {
        return Err(FieldError::new("password", "password_guessable"));
    }
    Ok(())
}

fn within_ceiling(hash: &PasswordHash) -> bool {
    Params::try_from(hash)
        .is_ok_and(|params| params.m_cost() <= MEMORY_KIB_CEILING && params.t_cost() <= PASSES_CEILING && params.p_cost() <= 1)
}

/// For one hash.
fn hasher(cost: Argon2Cost) -> Argon2<'static> {
    COMPUTED.set(COMPUTED.get() + 1);
    let params = Params::new(cost.memory_kib, cost.passes, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Zeros;
    impl Entropy for Zeros {
        fn fill(&self, buffer: &mut [u8]) {
            buffer.fill(3);
        }
    }
    const CHEAP: Argon2Cost = Argon2Cost { memory_kib: 64, passes: 1 };

    #[test]
    fn a_password_verifies_against_its_own_hash_only() {
        let stored = hash("верная лошадь батарея", CHEAP, &Zeros).unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=64,t=1,p=1$"));
        assert!(verify("верная лошадь батарея", Some(&stored), CHEAP));
        assert!(!verify("верная лошадь", Some(&stored), CHEAP));
        assert!(!verify("верная лошадь батарея", None, CHEAP));
    }

    #[test]
    fn no_part_of_a_password_is_left_out() {
        let long = "длинная ".repeat(60);
        for (one, other) in [
            (format!("{}x", "a".repeat(72)), format!("{}y", "a".repeat(72))),
            (format!("{long}x"), format!("{long}y")),
            ("Word of Mouth".to_owned(), "word of mouth".to_owned()),
            ("trailing ".to_owned(), "trailing".to_owned()),
            ("nul\0one".to_owned(), "nul\0two".to_owned()),
            ("caf\u{e9}".to_owned(), "cafe".to_owned()),
        ] {
            let stored = hash(&one, CHEAP, &Zeros).unwrap();
            assert!(verify(&one, Some(&stored), CHEAP), "{one}");
            assert!(!verify(&other, Some(&stored), CHEAP), "{other} is not {one}");
        }
    }

    #[test]
    fn a_stored_hash_beyond_the_ceiling_is_not_computed() {
        assert!(!verify(
            "x",
            Some("$argon2id$v=19$m=1048576,t=3,p=1$c29tZXNhbHRzb21l$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
            CHEAP
        ));
    }

    #[test]
    fn old_parameters_are_noticed() {
        let stored = hash("long enough password", CHEAP, &Zeros).unwrap();
        assert!(!is_outdated(&stored, CHEAP));
        assert!(is_outdated(&stored, Argon2Cost::STANDARD));
    }

    #[test]
    fn length_counts_and_composition_does_not() {
        let alone = Rules { chars_min: 15, has_second: false };
        let refused = |password: &str, context: &[&str]| check_rules(password, context, alone).unwrap_err().code;
        assert!(check_rules("синий трактор едет к нам", &[], alone).is_ok());
        assert!(check_rules(&"длинная фраза о погоде и чае ".repeat(12), &[], alone).is_ok());
        assert_eq!(refused("Sh0rt!", &[]), "password_too_short");
        assert_eq!(refused("passwordpassword123456", &[]), "password_guessable");
        assert_eq!(refused("aaaaaaaaaaaaaaaaaaaa", &[]), "password_guessable");
        assert_eq!(refused("acme-support-acme-support", &["acme"]), "password_guessable");
        assert_eq!(refused("1q2w3e4r5t6y7u8i", &[]), "password_guessable");
    }

    #[test]
    fn before_a_second_factor_eight_signs_are_enough_if_nobody_would_think_of_them() {
        let second = Rules { chars_min: 8, has_second: true };
        for good in ["kv7 Tr-zu", "бубликов", "leafy-onyx", "xk29fmq8t"] {
            assert_eq!(check_rules(good, &["acme", "anna"], second), Ok(()), "{good}");
        }
        for (bad, code) in [
            ("kv7 Tr-", "password_too_short"),
            ("Sunshine", "password_breached"),
            ("11111111", "password_breached"),
            ("monkey2024", "password_guessable"),
            ("annaacme1", "password_guessable"),
            ("qwertasdf", "password_guessable"),
        ] {
            assert_eq!(check_rules(bad, &["acme", "anna"], second).unwrap_err().code, code, "{bad}");
        }
    }

    #[test]
    fn hashes_up_to_the_ceiling_are_computed_and_none_beyond() {
        let of = |memory: u32, passes: u32, lanes: u32| {
            let text = format!(
                "$argon2id$v=19$m={memory},t={passes},p={lanes}$c29tZXNhbHRzb21l$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            );
            within_ceiling(&PasswordHash::new(&text).unwrap())
        };
        assert!(of(65_536, 6, 1));
        assert!(!of(65_537, 6, 1) && !of(65_536, 7, 1) && !of(65_536, 6, 2));
    }

    #[test]
    fn a_hash_is_outdated_when_one_of_its_parameters_is() {
        let stored = hash("long enough password", CHEAP, &Zeros).unwrap();
        assert!(is_outdated(&stored, Argon2Cost { memory_kib: CHEAP.memory_kib + 8, ..CHEAP }));
        assert!(is_outdated(&stored, Argon2Cost { passes: CHEAP.passes + 1, ..CHEAP }));
        assert!(is_outdated("no hash", CHEAP));
    }

    #[test]
    fn a_password_has_as_many_bytes_as_it_may_and_not_one_more() {
        let rules = Rules { chars_min: 15, has_second: true };
        // Words without a pattern, so that nothing but the length decides.
        let words: String =
            (0..PASSWORD_BYTES_MAX).map(|at| char::from(b'a' + u8::try_from(at * at * 7 % 23).unwrap())).collect();
        let code = |password: &str| check_rules(password, &[], rules).map_err(|fault| fault.code);
        assert_ne!(code(&words), Err("too_long"));
        assert_eq!(code(&format!("{words}x")), Err("too_long"));
        assert_eq!(code("kv7 Tr-zuqmwhd"), Err("password_too_short"));
        assert_eq!(code("kv7 Tr-zuqmwhdb"), Ok(()));
    }

    #[test]
    fn an_unknown_user_costs_one_hash_as_a_known_one_does() {
        let stored = hash("long enough password", CHEAP, &Zeros).unwrap();
        for known in [Some(stored.as_str()), None, Some("no hash")] {
            let before = computed();
            verify("another password", known, CHEAP);
            assert_eq!(computed(), before + 1, "{known:?}");
        }
    }
}
