//! Codes that go to a telephone: numbers, six digits, and what of them is stored.
//!
//! A code is made of the deployment's secret and a nonce, so that the outbox row that carries the nonce does not give it away. What is stored
//! is a keyed digest over the code and over what it was asked for: six digits alone would be found by trying them all.

use crate::auth::signer::Signer;
use crate::id::{TenantId, UserId};

/// Digits of a number, the country's code among them (ITU-T E.164, 6.2.1: 15 at most; shorter ones than this are for use within a country).
const DIGITS: std::ops::RangeInclusive<usize> = 8..=15;

/// What a code is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Showing that a number is one's own.
    Confirm,
    /// The second half of signing in.
    SignIn,
    /// Proving anew who one is.
    StepUp,
}

impl Purpose {
    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::SignIn => "sign_in",
            Self::StepUp => "step_up",
        }
    }

    /// Parses the stable name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Confirm, Self::SignIn, Self::StepUp].into_iter().find(|purpose| purpose.as_str() == name)
    }
}

/// Whose code it is, what for, and what it is bound to: a sign-in, a session, a number.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The tenant.
    pub tenant: &'a TenantId,
    /// The person.
    pub user: &'a UserId,
    /// What for.
    pub purpose: Purpose,
    /// What it was asked for in.
    pub bound: &'a str,
}

/// A number as it is stored, `+` and digits; `None` for what is none. Spaces, dots, dashes and brackets are how people write numbers.
pub fn number(typed: &str) -> Option<String> {
    let rest = typed.trim().strip_prefix('+')?;
    let digits: String = rest.chars().filter(|sign| !matches!(sign, ' ' | '\u{a0}' | '.' | '-' | '(' | ')')).collect();
    let is_number = DIGITS.contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit());
    (is_number && !digits.starts_with('0')).then(|| format!("+{digits}"))
}

/// What of a number may be shown: its last two digits.
pub fn tail(number: &str) -> &str {
    number.get(number.len().saturating_sub(2)..).unwrap_or_default()
}

/// A number as lists show it.
pub fn masked(number: &str) -> String {
    format!("••{}", tail(number))
}

/// The code that belongs to a nonce.
pub fn code(signer: &Signer, tenant: &TenantId, user: &UserId, nonce: &str) -> String {
    let digest = signer.sign("sms-digits", &[tenant.as_str(), user.as_str(), nonce]);
    // 60 bits over a million: no code is likelier than another by more than one in 10^12.
    let number = digest.get(..15).and_then(|digits| u64::from_str_radix(digits, 16).ok()).unwrap_or_default();
    format!("{:06}", number % 1_000_000)
}

/// What is stored of a code.
pub fn digest(signer: &Signer, asked: Asked<'_>, code: &str) -> String {
    signer.sign("sms-code", &parts(&asked, code))
}

/// Whether this is the code whose digest is stored; takes the same time whatever differs. Spaces do not matter.
pub fn is_code(signer: &Signer, asked: Asked<'_>, typed: &str, stored: &str) -> bool {
    let typed: String = typed.chars().filter(|letter| !letter.is_whitespace()).take(7).collect();
    signer.verify("sms-code", &parts(&asked, &typed), stored)
}

fn parts<'a>(asked: &Asked<'a>, code: &'a str) -> [&'a str; 5] {
    [asked.tenant.as_str(), asked.user.as_str(), asked.purpose.as_str(), asked.bound, code]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_a_plus_and_eight_to_fifteen_digits_however_it_is_written() {
        for (typed, stored) in [
            ("+7 (916) 123-45-67", Some("+79161234567")),
            (" +44.20 7946 0958 ", Some("+442079460958")),
            ("+999999999999999", Some("+999999999999999")),
            ("+9999999999999999", None),
            ("+1234567", None),
            ("+0123456789", None),
            ("89161234567", None),
            ("+7916123456x", None),
            ("+٧٩١٦١٢٣٤٥٦٧", None),
            ("++79161234567", None),
            ("+", None),
            ("", None),
        ] {
            assert_eq!(number(typed).as_deref(), stored, "{typed}");
        }
        assert_eq!(masked("+79161234567"), "••67");
    }

    #[test]
    fn codes_are_six_digits_that_only_the_secret_and_the_nonce_make() {
        let signer = Signer::new("secret");
        let tenant = TenantId::parse(&format!("tnt_{}", "a".repeat(32))).unwrap();
        let user = UserId::parse(&format!("usr_{}", "b".repeat(32))).unwrap();
        let codes: std::collections::BTreeSet<String> =
            (0..200).map(|nonce| code(&signer, &tenant, &user, &nonce.to_string())).collect();
        assert!(codes.len() > 190, "{}", codes.len());
        assert!(codes.iter().all(|code| code.len() == 6 && code.bytes().all(|digit| digit.is_ascii_digit())));
        assert_ne!(code(&signer, &tenant, &user, "1"), code(&Signer::new("other"), &tenant, &user, "1"));
    }

    #[test]
    fn a_code_holds_for_what_it_was_asked_for_and_nothing_else() {
        let signer = Signer::new("secret");
        let tenant = TenantId::parse(&format!("tnt_{}", "a".repeat(32))).unwrap();
        let user = UserId::parse(&format!("usr_{}", "b".repeat(32))).unwrap();
        let asked = Asked { tenant: &tenant, user: &user, purpose: Purpose::SignIn, bound: "one" };
        let stored = digest(&signer, asked, "012345");
        assert!(is_code(&signer, asked, "012 345", &stored));
        for typed in ["12345", "012346", "0123450", "", "٠١٢٣٤٥"] {
            assert!(!is_code(&signer, asked, typed, &stored), "{typed}");
        }
        assert!(!is_code(&signer, Asked { purpose: Purpose::StepUp, ..asked }, "012345", &stored));
        assert!(!is_code(&signer, Asked { bound: "other", ..asked }, "012345", &stored));
        assert!(!is_code(&signer, asked, "012345", ""));
    }

    #[test]
    fn a_purpose_is_read_by_its_name() {
        for (purpose, name) in [(Purpose::Confirm, "confirm"), (Purpose::SignIn, "sign_in"), (Purpose::StepUp, "step_up")] {
            assert_eq!((purpose.as_str(), Purpose::parse(name)), (name, Some(purpose)));
        }
        assert_eq!(Purpose::parse("transfer"), None);
    }
}
