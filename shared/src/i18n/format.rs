//! Dates and numbers as people of each locale write them. Digits are European in every language:
//! that is what the ERP screens of our clients show, in the Gulf as well.

use super::{Arg, Locale, plain, text};
use chrono::{DateTime, Datelike, Timelike, Utc};
use chrono_tz::Tz;

/// How much of a moment is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DateStyle {
    /// Day, month in words, year and time.
    #[default]
    Long,
    /// Day, month in words and year.
    Date,
    /// Hours and minutes, 24-hour clock.
    Time,
}

impl DateStyle {
    /// Reads `long`, `date` or `time`.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "long" => Some(Self::Long),
            "date" => Some(Self::Date),
            "time" => Some(Self::Time),
            _ => None,
        }
    }
}

/// Writes `moment` in `zone` for a reader of `locale`.
pub fn date(locale: Locale, moment: DateTime<Utc>, zone: Tz, style: DateStyle) -> String {
    let local = moment.with_timezone(&zone);
    let time = format!("{:02}:{:02}", local.hour(), local.minute());
    let key = match style {
        DateStyle::Time => return time,
        DateStyle::Long => "format-date-time",
        DateStyle::Date => "format-date",
    };
    let month = text(locale, "format-month", &[("month", Arg::from(local.month()))]);
    text(
        locale,
        key,
        &[
            ("day", Arg::from(local.day().to_string())),
            ("month", Arg::from(month)),
            ("year", Arg::from(local.year().to_string())),
            ("time", Arg::from(time)),
        ],
    )
}

/// Writes a number with the locale's group and decimal signs; `decimals` is at most 6.
pub fn number(locale: Locale, value: f64, decimals: usize) -> String {
    let (group, point) = (plain(locale, "format-group"), plain(locale, "format-point"));
    let digits = format!("{:.*}", decimals.min(6), value.abs());
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let mut out = String::with_capacity(digits.len() + 8);
    if value < 0.0 && digits.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) {
        out.push('-');
    }
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push_str(&group);
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push_str(&point);
        out.push_str(fraction);
    }
    out
}
