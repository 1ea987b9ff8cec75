//! The calendar of working time: parsed from its form, ready for counting.
//!
//! How a date gets its hours: an override of the date, else a holiday on the date, else a yearly holiday, else the
//! weekday. An overnight interval (22:00-06:00) belongs to the date on which it starts and reaches into the next
//! morning. A date with hours of its own has exactly those: the shift that would begin on a holiday does not take
//! place, and the eve's shift ends at the holiday's midnight.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::form::{CalendarIn, HolidayIn, OverrideIn, WeekIn};
use super::interval::{DayParts, Part, merged, parse_day};
use super::invalid::{InvalidList, Reason};

/// Special dates of a calendar, of each kind: a decade of public holidays of one country.
const DATES_MAX: usize = 400;
/// Characters of a holiday's name.
const NAME_CHARS_MAX: usize = 120;

/// A valid calendar of working time. It is stored and shown as its [`CalendarIn`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "CalendarIn", into = "CalendarIn")]
pub struct Calendar {
    zone: Tz,
    form: CalendarIn,
    /// By weekday from Monday, as if the eve were an ordinary day: its tail is included.
    full_days: [Vec<Part>; 7],
    week: [DayParts; 7],
    overrides: BTreeMap<NaiveDate, DayParts>,
    single: BTreeMap<NaiveDate, DayParts>,
    yearly: BTreeMap<(u32, u32), DayParts>,
    always_open: bool,
}

impl Calendar {
    /// Makes a calendar of its form, or names every field that is wrong.
    pub fn parse(form: &CalendarIn) -> Result<Self, InvalidList> {
        let mut faults = InvalidList::default();
        let zone = form.zone.parse::<Tz>();
        if zone.is_err() {
            faults.push("zone", Reason::UnknownZone);
        }
        if form.around_the_clock && !form.week.is_empty() {
            faults.push("week", Reason::OneOf);
        }
        let week = if form.around_the_clock {
            std::array::from_fn(|_| DayParts { own: vec![Part::WHOLE_DAY], tail: Vec::new() })
        } else {
            parse_week(&form.week, &mut faults)
        };
        let overrides = parse_overrides(&form.overrides, &mut faults);
        let (single, yearly) = parse_holidays(&form.holidays, &mut faults);
        let Ok(zone) = zone else { return Err(faults) };

        let full_days = full_days(&week);
        let always_open = full_days.iter().all(|parts| parts.as_slice() == [Part::WHOLE_DAY])
            && overrides.is_empty()
            && single.is_empty()
            && yearly.is_empty();
        faults.or(Self { zone, form: form.clone(), full_days, week, overrides, single, yearly, always_open })
    }

    /// Open at every moment, without holidays: business time is plain elapsed time.
    pub fn around_the_clock(zone: Tz) -> Self {
        let whole = || vec![Part::WHOLE_DAY];
        Self {
            zone,
            form: CalendarIn { zone: zone.name().to_owned(), around_the_clock: true, ..CalendarIn::default() },
            full_days: std::array::from_fn(|_| whole()),
            week: std::array::from_fn(|_| DayParts { own: whole(), tail: Vec::new() }),
            overrides: BTreeMap::new(),
            single: BTreeMap::new(),
            yearly: BTreeMap::new(),
            always_open: true,
        }
    }

    /// The zone in which the calendar's times and dates are meant.
    pub fn zone(&self) -> Tz {
        self.zone
    }

    /// The calendar as it was written, for storing and showing.
    pub fn form(&self) -> &CalendarIn {
        &self.form
    }

    /// Whether every moment is working time.
    pub fn is_always_open(&self) -> bool {
        self.always_open
    }

    /// The working parts of a local date, sorted and apart from each other.
    pub(super) fn parts_of(&self, date: NaiveDate) -> Cow<'_, [Part]> {
        if let Some(special) = self.special(date) {
            return Cow::Borrowed(&special.own);
        }
        let weekday = weekday_index(date);
        let Some(eve) = date.pred_opt().and_then(|eve| self.special(eve)) else {
            return Cow::Borrowed(self.full_days.get(weekday).map_or(&[], Vec::as_slice));
        };
        let own = self.week.get(weekday).map_or(&[][..], |day| day.own.as_slice());
        if eve.tail.is_empty() {
            return Cow::Borrowed(own);
        }
        Cow::Owned(merged([own, eve.tail.as_slice()].concat()))
    }

    fn special(&self, date: NaiveDate) -> Option<&DayParts> {
        self.overrides.get(&date).or_else(|| self.single.get(&date)).or_else(|| self.yearly.get(&(date.month(), date.day())))
    }
}

impl TryFrom<CalendarIn> for Calendar {
    type Error = InvalidList;

    fn try_from(form: CalendarIn) -> Result<Self, InvalidList> {
        Self::parse(&form)
    }
}

impl From<Calendar> for CalendarIn {
    fn from(calendar: Calendar) -> Self {
        calendar.form
    }
}

fn weekday_index(date: NaiveDate) -> usize {
    date.weekday().num_days_from_monday() as usize
}

fn full_days(week: &[DayParts; 7]) -> [Vec<Part>; 7] {
    std::array::from_fn(|day| {
        let own = week.get(day).map_or(&[][..], |day| day.own.as_slice());
        let tail = week.get((day + 6) % 7).map_or(&[][..], |eve| eve.tail.as_slice());
        merged([own, tail].concat())
    })
}

fn parse_week(week: &WeekIn, faults: &mut InvalidList) -> [DayParts; 7] {
    week.days().map(|(name, intervals)| parse_day(&format!("week.{name}"), intervals, faults))
}

fn parse_overrides(list: &[OverrideIn], faults: &mut InvalidList) -> BTreeMap<NaiveDate, DayParts> {
    faults.check_count("overrides", list.len(), DATES_MAX);
    let mut dates = BTreeMap::new();
    for (index, entry) in list.iter().take(DATES_MAX).enumerate() {
        let path = format!("overrides[{index}]");
        faults.check_length(&format!("{path}.name"), &entry.name, NAME_CHARS_MAX);
        let parts = parse_day(&format!("{path}.intervals"), &entry.intervals, faults);
        match parse_date(&entry.date) {
            Some(date) => insert_once(&mut dates, date, parts, &format!("{path}.date"), faults),
            None => faults.push(format!("{path}.date"), Reason::BadDate),
        }
    }
    dates
}

type Holidays = (BTreeMap<NaiveDate, DayParts>, BTreeMap<(u32, u32), DayParts>);

fn parse_holidays(list: &[HolidayIn], faults: &mut InvalidList) -> Holidays {
    faults.check_count("holidays", list.len(), DATES_MAX);
    let (mut single, mut yearly) = (BTreeMap::new(), BTreeMap::new());
    for (index, holiday) in list.iter().take(DATES_MAX).enumerate() {
        let path = format!("holidays[{index}]");
        faults.check_length(&format!("{path}.name"), &holiday.name, NAME_CHARS_MAX);
        let parts = parse_day(&format!("{path}.intervals"), &holiday.intervals, faults);
        match (&holiday.date, &holiday.yearly) {
            (Some(text), None) => match parse_date(text) {
                Some(date) => insert_once(&mut single, date, parts, &format!("{path}.date"), faults),
                None => faults.push(format!("{path}.date"), Reason::BadDate),
            },
            (None, Some(text)) => match parse_month_day(text) {
                Some(date) => insert_once(&mut yearly, date, parts, &format!("{path}.yearly"), faults),
                None => faults.push(format!("{path}.yearly"), Reason::BadDate),
            },
            _ => faults.push(path, Reason::OneOf),
        }
    }
    (single, yearly)
}

/// The same date twice is harmless with the same hours (imports overlap) and a contradiction with others.
fn insert_once<K: Ord>(dates: &mut BTreeMap<K, DayParts>, date: K, parts: DayParts, path: &str, faults: &mut InvalidList) {
    match dates.get(&date) {
        Some(known) if *known != parts => faults.push(path, Reason::Duplicate),
        Some(_) => {}
        None => {
            dates.insert(date, parts);
        }
    }
}

/// Reads exactly `YYYY-MM-DD`.
fn parse_date(text: &str) -> Option<NaiveDate> {
    let shaped = text.len() == 10 && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit());
    if shaped { NaiveDate::parse_from_str(text, "%Y-%m-%d").ok() } else { None }
}

/// Reads exactly `MM-DD`; a leap year stands in, so that 02-29 is a date.
fn parse_month_day(text: &str) -> Option<(u32, u32)> {
    let date = parse_date(&format!("2000-{text}"))?;
    Some((date.month(), date.day()))
}
