//! The rows of dates in the form of a calendar: holidays, and dates with hours of their own (other hours, half days, closed).
//!
//! Every field of a row is sent, so the fields of one name stand in step with those of the others. A row that is empty, or ticked to
//! be removed, is none. A yearly holiday is shown by a date of this year.

use shared::business_time::{CalendarIn, HolidayIn, IntervalIn, OverrideIn};
use shared::http::Query;

use super::words;
use crate::pages::view::Form;
use crate::pages::view::schedule::DateRow;

/// Fields of a row that can be wrong; the last one that is, is told.
const FIELDS: [&str; 3] = ["name", "intervals", "date"];

/// Which rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Holidays.
    Holiday,
    /// Dates with hours of their own.
    Override,
}

impl Kind {
    /// What the names of the row's fields begin with.
    fn prefix(self) -> &'static str {
        match self {
            Self::Holiday => "holiday",
            Self::Override => "override",
        }
    }

    /// The list's name in a calendar.
    fn list(self) -> &'static str {
        match self {
            Self::Holiday => "holidays",
            Self::Override => "overrides",
        }
    }
}

/// The rows of a calendar as its form would send them; yearly ones by a date of `year`.
pub fn fields(form: &CalendarIn, year: i32) -> Vec<(String, String)> {
    let mut fields = vec![("has_overrides".to_owned(), "1".to_owned())];
    let mut add = |kind: Kind, field: &str, value: String| fields.push((format!("{}_{field}", kind.prefix()), value));
    for holiday in &form.holidays {
        let date = match (&holiday.date, &holiday.yearly) {
            (Some(date), _) => date.clone(),
            // A date that only leap years have needs one to be shown by.
            (None, Some(yearly)) if yearly == "02-29" => format!("2028-{yearly}"),
            (None, Some(yearly)) => format!("{year}-{yearly}"),
            (None, None) => continue,
        };
        add(Kind::Holiday, "date", date);
        add(Kind::Holiday, "name", holiday.name.clone());
        add(Kind::Holiday, "intervals", write(&holiday.intervals));
        add(Kind::Holiday, "yearly", if holiday.yearly.is_some() { "yes".to_owned() } else { String::new() });
    }
    for date in &form.overrides {
        add(Kind::Override, "date", date.date.clone());
        add(Kind::Override, "name", date.name.clone());
        add(Kind::Override, "intervals", write(&date.intervals));
    }
    fields
}

/// The holidays that were typed.
pub fn holidays_in(sent: &Query) -> Vec<HolidayIn> {
    rows(sent, Kind::Holiday)
        .into_iter()
        .map(|row| {
            let month_day = row.date.get(5..).filter(|_| row.yearly).map(str::to_owned);
            HolidayIn {
                date: month_day.is_none().then_some(row.date),
                yearly: month_day,
                name: row.name,
                intervals: intervals(&row.intervals),
            }
        })
        .collect()
}

/// The dates with hours of their own that were typed; `known` where the form did not have them.
pub fn overrides_in(sent: &Query, known: &[OverrideIn]) -> Vec<OverrideIn> {
    if sent.get("has_overrides").is_none() {
        return known.to_vec();
    }
    let date = |row: DateRow| OverrideIn { date: row.date, name: row.name, intervals: intervals(&row.intervals) };
    rows(sent, Kind::Override).into_iter().map(date).collect()
}

/// The rows as the page shows them again, each with its fault, which it takes out of the form's. A fault of a date that was not
/// typed is the file's.
pub fn shown(typed: &Query, kind: Kind, form: &mut Form) -> Vec<DateRow> {
    let mut rows = rows(typed, kind);
    for (place, row) in rows.iter_mut().enumerate() {
        for field in FIELDS {
            if let Some(message) = form.errors.remove(&row_name(kind, place, field)) {
                (row.faulty, row.error) = (field.to_owned(), message);
            }
        }
    }
    let others = format!("{}.", kind.list());
    let left: Vec<String> = form.errors.keys().filter(|name| name.starts_with(&others)).cloned().collect();
    for name in left {
        if let Some(message) = form.errors.remove(&name) {
            form.errors.entry("ical".to_owned()).or_insert(message);
        }
    }
    rows
}

/// The row and field that a fault's path lies in: `holidays[3].intervals[0].start` is `holidays.3.intervals`; `None` for other paths.
pub fn row_of(path: &str) -> Option<String> {
    [Kind::Holiday, Kind::Override].into_iter().find_map(|kind| {
        let (place, rest) = path.strip_prefix(kind.list())?.strip_prefix('[')?.split_once(']')?;
        let field = FIELDS.into_iter().find(|field| rest.strip_prefix('.').is_some_and(|rest| rest.starts_with(field)));
        Some(row_name(kind, place.parse().ok()?, field.unwrap_or("date")))
    })
}

/// The name under which the form's errors keep that of a row's field.
fn row_name(kind: Kind, place: usize, field: &str) -> String {
    format!("{}.{place}.{field}", kind.list())
}

/// The rows that were typed: without empty ones, and without those that are to go.
fn rows(sent: &Query, kind: Kind) -> Vec<DateRow> {
    let all = |field: &str| -> Vec<String> {
        let name = format!("{}_{field}", kind.prefix());
        sent.all(&name).map(|text| text.trim().to_owned()).collect()
    };
    let (names, hours, yearly, removed) = (all("name"), all("intervals"), all("yearly"), all("remove"));
    let at = |list: &[String], place: usize| list.get(place).cloned().unwrap_or_default();
    all("date")
        .into_iter()
        .enumerate()
        .filter(|(place, _)| !removed.contains(&place.to_string()))
        .map(|(place, date)| DateRow {
            date,
            name: at(&names, place),
            yearly: at(&yearly, place) == "yes",
            intervals: at(&hours, place),
            faulty: String::new(),
            error: String::new(),
        })
        .filter(|row| !(row.date.is_empty() && row.name.is_empty() && row.intervals.is_empty()))
        .collect()
}

/// Intervals as they are typed.
pub fn write(intervals: &[IntervalIn]) -> String {
    intervals.iter().map(|interval| format!("{}-{}", interval.start, interval.end)).collect::<Vec<_>>().join(", ")
}

/// Reads `09:00-13:00, 14:00-18:00`; what is no interval becomes one that the calendar refuses.
pub fn intervals(text: &str) -> Vec<IntervalIn> {
    words(text)
        .map(|word| {
            let (start, end) = word.split_once(['-', '–']).unwrap_or((word, ""));
            IntervalIn::new(start.trim(), end.trim())
        })
        .collect()
}
