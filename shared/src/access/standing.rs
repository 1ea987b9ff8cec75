//! How a session stands: when it was used, and when its person last proved who they are.

use chrono::{DateTime, TimeDelta, Utc};

/// What kind of client a session is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = SessionKind)]
pub enum SessionKind {
    /// A browser, by cookie.
    Browser,
    /// A program, by access token.
    Api,
}

/// How the session of a request stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Whose client it is.
    pub kind: SessionKind,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// When it ends at the latest, as was promised at its beginning.
    pub expires_at: DateTime<Utc>,
    /// When it was last used, as far as that was noted.
    pub seen_at: DateTime<Utc>,
    /// When the person last gave the password or the second factor.
    pub verified_at: DateTime<Utc>,
    /// When the person last gave the second factor in this session.
    pub factor_at: Option<DateTime<Utc>>,
    /// Whether the provider of identities that has opened the session vouches for a second factor.
    pub vouched: bool,
    /// Whether the person has set up an authenticator for codes.
    pub has_totp: bool,
    /// Whether the person has a passkey.
    pub has_passkey: bool,
    /// The last two digits of the number that codes go to, if the person has confirmed one.
    pub phone: Option<String>,
}

impl Standing {
    /// Whether the person has a second factor, of any kind.
    pub fn has_factor(&self) -> bool {
        self.has_totp || self.has_passkey || self.phone.is_some()
    }

    /// Whether the person has proven within `minutes` who they are: by the second factor, if they have one; a password alone does
    /// not stand in for it.
    pub fn is_recent(&self, now: DateTime<Utc>, minutes: i64) -> bool {
        let proven = if self.has_factor() { self.factor_at } else { Some(self.verified_at) };
        proven.is_some_and(|at| now - at < TimeDelta::minutes(minutes))
    }

    /// Whether it is time to note that the session was used.
    pub fn is_stale(&self, now: DateTime<Utc>, minutes: i64) -> bool {
        now - self.seen_at >= TimeDelta::minutes(minutes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_772_434_800 + minutes * 60, 0).unwrap()
    }

    fn standing() -> Standing {
        Standing {
            kind: SessionKind::Browser,
            created_at: at(0),
            expires_at: at(12 * 60),
            seen_at: at(0),
            verified_at: at(0),
            factor_at: None,
            vouched: false,
            has_totp: false,
            has_passkey: false,
            phone: None,
        }
    }

    #[test]
    fn a_proof_is_recent_for_so_many_minutes() {
        assert!(standing().is_recent(at(14), 15));
        assert!(!standing().is_recent(at(15), 15));
    }

    #[test]
    fn whoever_has_a_second_factor_proves_that_one() {
        let enrolled = Standing { has_totp: true, ..standing() };
        assert!(!enrolled.is_recent(at(1), 15));
        assert!(!Standing { has_passkey: true, ..standing() }.is_recent(at(1), 15));
        assert!(!Standing { phone: Some("42".to_owned()), ..standing() }.is_recent(at(1), 15));
        assert!(Standing { factor_at: Some(at(1)), ..enrolled.clone() }.is_recent(at(15), 15));
        assert!(!Standing { verified_at: at(20), factor_at: Some(at(1)), ..enrolled }.is_recent(at(20), 15));
    }

    #[test]
    fn its_use_is_noted_every_so_many_minutes() {
        assert!(!standing().is_stale(at(4), 5));
        assert!(standing().is_stale(at(5), 5) && standing().is_stale(at(60), 5));
    }
}
