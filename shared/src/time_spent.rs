//! Time that was spent: whole minutes of a day, as people write them and as a timer counts them.

use chrono::{DateTime, Days, NaiveDate, Utc};

use crate::error::FieldError;

/// Minutes of a day: more cannot be spent on it.
pub const DAY_MINUTES: i64 = 24 * 60;
/// Characters of a note.
pub const NOTE_CHARS_MAX: usize = 500;
/// Days back that somebody can still write down.
pub const DAYS_BACK_MAX: u64 = 366;

/// Minutes as people write them: `90` or `1:30`; 1 to 1440.
pub fn minutes(text: &str) -> Result<i64, FieldError> {
    let digits = |part: &str| {
        if part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit()) { part.parse::<i64>().ok() } else { None }
    };
    let read = match text.trim().split_once(':') {
        Some((hours, minutes)) => {
            digits(hours).zip(digits(minutes).filter(|minutes| *minutes < 60)).map(|(hours, minutes)| hours * 60 + minutes)
        }
        None => digits(text.trim()),
    };
    read.ok_or_else(|| FieldError::new("minutes", "bad_minutes")).and_then(in_range)
}

/// A number of minutes that is one of an entry: 1 to 1440.
pub fn in_range(minutes: i64) -> Result<i64, FieldError> {
    if (1..=DAY_MINUTES).contains(&minutes) {
        Ok(minutes)
    } else {
        Err(FieldError::new("minutes", "out_of_range").arg("minimum", 1).arg("maximum", DAY_MINUTES))
    }
}

/// A day as forms and programs write it; none that is still to come where the person is, nor longer ago than [`DAYS_BACK_MAX`].
pub fn day(text: &str, today: NaiveDate) -> Result<NaiveDate, FieldError> {
    let day = date(text).ok_or_else(|| FieldError::new("day", "bad_date"))?;
    let first = today.checked_sub_days(Days::new(DAYS_BACK_MAX)).unwrap_or(today);
    if day > today || day < first { Err(FieldError::new("day", "bad_day")) } else { Ok(day) }
}

/// A day, whenever it is.
pub fn date(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| text.len() == 10)
}

/// A note: at most [`NOTE_CHARS_MAX`] characters, on one line.
pub fn note(text: &str) -> Result<String, FieldError> {
    let words = text.split(|sign: char| sign.is_whitespace() || sign.is_control()).filter(|word| !word.is_empty());
    let line = words.collect::<Vec<_>>().join(" ");
    if line.chars().count() > NOTE_CHARS_MAX {
        Err(FieldError::new("note", "too_long").arg("maximum", NOTE_CHARS_MAX))
    } else {
        Ok(line)
    }
}

/// What a timer has counted: begun minutes, at least one, a day at most.
pub fn counted(started: DateTime<Utc>, now: DateTime<Utc>) -> i64 {
    let seconds = (now - started).num_seconds().max(0);
    ((seconds + 59) / 60).clamp(1, DAY_MINUTES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_read_as_people_write_them() {
        for (text, wanted) in [("90", 90), ("1:30", 90), (" 0:05 ", 5), ("24:00", 1440), ("1", 1)] {
            assert_eq!(minutes(text).unwrap(), wanted, "{text}");
        }
        for text in ["", "0", "0:00", "1441", "24:01", "1:60", "-5", "+5", "1.5", "1:", ":5", "99999999999", "1:2:3"] {
            assert!(minutes(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_day_is_none_to_come_and_none_of_long_ago() {
        let today = date("2026-03-02").unwrap();
        assert!(day("2026-03-02", today).is_ok() && day("2025-03-01", today).is_ok());
        for text in ["2026-03-03", "2025-02-28", "2026-02-30", "yesterday", "2026-3-2", ""] {
            assert!(day(text, today).is_err(), "{text}");
        }
    }

    #[test]
    fn a_timer_counts_begun_minutes_and_no_more_than_a_day() {
        let at = |seconds: i64| DateTime::from_timestamp(1_000_000 + seconds, 0).unwrap();
        for (seconds, wanted) in [(-5, 1), (0, 1), (60, 1), (61, 2), (3_600, 60), (200_000, 1_440)] {
            assert_eq!(counted(at(0), at(seconds)), wanted, "{seconds}");
        }
    }
}
