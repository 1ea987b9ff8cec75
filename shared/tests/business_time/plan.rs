//! Random working hours, in plain numbers: the form of the product is made of them, and the oracle reads them itself.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Duration, NaiveDate};
use proptest::prelude::*;
use shared::business_time::{CalendarIn, HolidayIn, IntervalIn, OverrideIn, WeekIn};

const MIDNIGHT: u16 = 24 * 60;

/// A start and an end in minutes of the day; an end before the start is on the next morning.
type Hours = Vec<(u16, u16)>;

/// Working hours of a week, with exceptions.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    week: Vec<Hours>,
    overrides: BTreeMap<NaiveDate, Hours>,
    single: BTreeMap<NaiveDate, Hours>,
    yearly: BTreeMap<(u32, u32), Hours>,
}

fn interval() -> impl Strategy<Value = (u16, u16)> {
    let any = (0..MIDNIGHT, 1..=MIDNIGHT).prop_filter("not empty", |(start, end)| start != end);
    let office = (480..660_u16, 900..1260_u16);
    let night = (1080..MIDNIGHT, 1..600_u16);
    // Edges within the hours in which clocks change.
    let small_hours = (0..240_u16, 1..120_u16).prop_map(|(start, length)| (start, start + length));
    let to_midnight = (0..MIDNIGHT).prop_map(|start| (start, MIDNIGHT));
    prop_oneof![2 => any, 4 => office, 2 => night, 3 => small_hours, 1 => to_midnight]
}

/// A break within the hours in which clocks change: both of its edges may happen twice.
fn broken_night() -> impl Strategy<Value = Hours> {
    prop::collection::btree_set(0..240_u16, 4).prop_map(|edges| {
        let edges: Vec<u16> = edges.into_iter().collect();
        edges.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
    })
}

fn hours() -> impl Strategy<Value = Hours> {
    let several = prop::collection::vec(interval(), 1..4);
    prop_oneof![2 => Just(Vec::new()), 8 => several, 3 => broken_night()]
}

fn exceptions(around: NaiveDate) -> impl Strategy<Value = BTreeMap<NaiveDate, Hours>> {
    let date = (-3..25_i64).prop_map(move |offset| around + Duration::days(offset));
    let hours = prop_oneof![3 => Just(Vec::new()), 2 => hours()];
    prop::collection::btree_map(date, hours, 0..5)
}

/// Plans whose exceptions lie near the moment `from` (seconds of Unix time).
pub fn plans(from: i64) -> impl Strategy<Value = Plan> {
    let around = date_of(from);
    let by_month =
        |dates: BTreeMap<NaiveDate, Hours>| dates.into_iter().map(|(date, hours)| ((date.month(), date.day()), hours)).collect();
    (prop::collection::vec(hours(), 7), exceptions(around), exceptions(around), exceptions(around).prop_map(by_month))
        .prop_map(|(week, overrides, single, yearly)| Plan { week, overrides, single, yearly })
}

fn date_of(second: i64) -> NaiveDate {
    DateTime::from_timestamp(second, 0).unwrap().date_naive()
}

impl Plan {
    /// Whole days all week, with a yearly exception that changes nothing.
    pub fn all_day_every_day() -> Self {
        let whole = vec![(0, MIDNIGHT)];
        Self { week: vec![whole.clone(); 7], yearly: BTreeMap::from([((5, 1), whole)]), ..Self::default() }
    }

    /// Closes the date of a moment all day, if it has no hours of its own yet.
    pub fn close(&mut self, second: i64, yearly: bool) {
        let date = date_of(second);
        let month_day = (date.month(), date.day());
        if yearly {
            self.yearly.entry(month_day).or_default();
        } else if !self.yearly.contains_key(&month_day) {
            self.single.entry(date).or_default();
        }
    }

    /// The working hours of one local date, cut at its midnights.
    pub fn own_intervals(&self, date: NaiveDate) -> Hours {
        let mut parts = Vec::new();
        for (start, end) in self.hours_beginning_on(date) {
            parts.push((start, if end > start { end } else { MIDNIGHT }));
        }
        if self.exception(date).is_none() {
            for (start, end) in self.hours_beginning_on(date - Duration::days(1)) {
                if end < start {
                    parts.push((0, end));
                }
            }
        }
        parts
    }

    fn exception(&self, date: NaiveDate) -> Option<&Hours> {
        let yearly = self.yearly.get(&(date.month(), date.day()));
        self.overrides.get(&date).or(self.single.get(&date)).or(yearly)
    }

    fn hours_beginning_on(&self, date: NaiveDate) -> Hours {
        let weekday = date.weekday().num_days_from_monday() as usize;
        self.exception(date).unwrap_or(&self.week[weekday]).clone()
    }

    /// The plan as the form of a calendar.
    pub fn form(&self, zone: &str) -> CalendarIn {
        let mut week = WeekIn::default();
        let names = week.days().map(|(name, _)| name);
        for (name, hours) in names.into_iter().zip(&self.week) {
            *week.day_mut(name).unwrap() = intervals(hours);
        }
        let overrides = self.overrides.iter().map(|(date, hours)| OverrideIn {
            date: date.to_string(),
            intervals: intervals(hours),
            name: String::new(),
        });
        let single =
            self.single.iter().map(|(date, hours)| HolidayIn { intervals: intervals(hours), ..HolidayIn::on(date.to_string()) });
        let yearly = self.yearly.iter().map(|((month, day), hours)| HolidayIn {
            intervals: intervals(hours),
            ..HolidayIn::every_year(format!("{month:02}-{day:02}"))
        });
        CalendarIn {
            zone: zone.to_owned(),
            around_the_clock: false,
            week,
            overrides: overrides.collect(),
            holidays: single.chain(yearly).collect(),
        }
    }
}

fn intervals(hours: &Hours) -> Vec<IntervalIn> {
    let time = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    hours.iter().map(|(start, end)| IntervalIn::new(time(*start), time(*end))).collect()
}
