//! Moments as messages write them, and how far two clocks may be apart.

use chrono::{DateTime, TimeDelta, Utc};

use super::Fault;
use crate::limits::SAML_SKEW_SECONDS;

/// Reads a moment (SAML core, 1.3.3: `xs:dateTime` in UTC).
pub(super) fn read(text: &str) -> Result<DateTime<Utc>, Fault> {
    DateTime::parse_from_rfc3339(text).map(|moment| moment.to_utc()).map_err(|_| Fault::Malformed)
}

/// Writes one, to the second.
pub(super) fn write(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

/// How far two clocks may be apart.
pub(super) fn skew() -> TimeDelta {
    TimeDelta::seconds(SAML_SKEW_SECONDS)
}

/// What is good from a moment on, that one included.
pub(super) fn from(moment: Option<&str>, now: DateTime<Utc>) -> Result<(), Fault> {
    match moment.map(read).transpose()? {
        Some(from) if now + skew() < from => Err(Fault::Early),
        _ => Ok(()),
    }
}

/// What is good until a moment, that one excluded.
pub(super) fn until(moment: Option<&str>, now: DateTime<Utc>) -> Result<(), Fault> {
    match moment.map(read).transpose()? {
        Some(until) if now - skew() >= until => Err(Fault::Expired),
        _ => Ok(()),
    }
}

/// What was issued at a moment, and is good for so many seconds at most whatever it says itself. Answers the end.
pub(super) fn fresh(issued: Option<&str>, seconds: i64, now: DateTime<Utc>) -> Result<DateTime<Utc>, Fault> {
    let issued = read(issued.ok_or(Fault::Malformed)?)?;
    let end = issued + TimeDelta::seconds(seconds) + skew();
    if now + skew() < issued {
        Err(Fault::Early)
    } else if now >= end {
        Err(Fault::Expired)
    } else {
        Ok(end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_minutes_are_granted_on_either_side_and_not_a_second_more() {
        let now = read("2026-01-01T12:00:00Z").unwrap();
        assert_eq!(from(Some("2026-01-01T12:02:00Z"), now), Ok(()));
        assert_eq!(from(Some("2026-01-01T12:02:01Z"), now), Err(Fault::Early));
        assert_eq!(until(Some("2026-01-01T11:58:01Z"), now), Ok(()));
        assert_eq!(until(Some("2026-01-01T11:58:00Z"), now), Err(Fault::Expired));
        assert_eq!(from(Some("2026-01-01T14:01:59.750+02:00"), now), Ok(()));
        assert_eq!(fresh(Some("2026-01-01T11:00:00Z"), 3600, now).map(write).as_deref(), Ok("2026-01-01T12:02:00Z"));
        assert_eq!(fresh(Some("2026-01-01T10:58:00Z"), 3600, now), Err(Fault::Expired));
        assert_eq!(fresh(Some("2026-01-01T12:02:01Z"), 3600, now), Err(Fault::Early));
    }

    #[test]
    fn what_is_no_moment_is_neither_early_nor_late() {
        let now = read("2026-01-01T12:00:00Z").unwrap();
        for text in ["", "2026-01-01", "2026-01-01T12:00:00", "2026-13-01T12:00:00Z", "tomorrow", "9999999-01-01T00:00:00Z"] {
            assert_eq!(until(Some(text), now), Err(Fault::Malformed), "{text}");
        }
        assert_eq!(fresh(None, 1, now), Err(Fault::Malformed));
    }
}
