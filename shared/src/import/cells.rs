//! A row under the meaning of its columns.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;

use super::{Fault, Mapping, Record};
use crate::error::FieldError;

/// Ways in which programs write a moment without its zone.
const MOMENTS: [&str; 8] = [
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%dT%H:%M:%S%.f",
];
/// Likewise a day. `03/04/2026` is two different days, and none of them is guessed.
const DAYS: [&str; 2] = ["%Y-%m-%d", "%d.%m.%Y"];

/// A row that is being read, and the faults that were found so far.
pub struct Cells<'r> {
    record: &'r Record,
    mapping: &'r Mapping,
    faults: Vec<Fault>,
}

impl<'r> Cells<'r> {
    /// A row. Faults of it as a whole: `import_unclosed`, `import_cells`.
    pub fn of(record: &'r Record, mapping: &'r Mapping) -> Self {
        let mut faults = Vec::new();
        let surplus = record.cells.iter().skip(mapping.count()).any(|cell| !cell.trim().is_empty());
        if record.is_unclosed {
            faults.push(Fault::of_row("import_unclosed"));
        } else if surplus || record.cells.len() < mapping.count() {
            let count = |count: usize| count.to_string();
            let args = vec![("count".to_owned(), count(record.cells.len())), ("expected".to_owned(), count(mapping.count()))];
            faults.push(Fault { args, ..Fault::of_row("import_cells") });
        }
        Self { record, mapping, faults }
    }

    /// What stands in a field's cell; `None` where there is no such column, or nothing in it.
    pub fn text(&self, field: &str) -> Option<&'r str> {
        let cell = self.record.cells.get(self.mapping.column(field)?)?.trim();
        (!cell.is_empty()).then_some(cell)
    }

    /// Notes a fault of a field.
    pub fn fault(&mut self, fault: FieldError) {
        let value = self.text(fault.field.split('[').next().unwrap_or_default()).unwrap_or_default().to_owned();
        self.faults.push(Fault::of_cell(fault, &value));
    }

    /// What a cell holds as `read` has it, or `unknown_value`.
    pub fn known<T>(&mut self, field: &'static str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = self.text(field)?;
        let found = read(text);
        if found.is_none() {
            self.fault(FieldError::new(field, "unknown_value"));
        }
        found
    }

    /// A moment, in `zone` where the cell says none; `bad_date`, and `import_future` for one that has not come.
    pub fn moment(&mut self, field: &'static str, zone: Tz, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let text = self.text(field)?;
        let moment = moment(text, zone);
        match moment {
            None => self.fault(FieldError::new(field, "bad_date")),
            Some(moment) if moment > now => self.fault(FieldError::new(field, "import_future")),
            Some(_) => return moment,
        }
        None
    }

    /// The row's faults.
    pub fn into_faults(self) -> Vec<Fault> {
        self.faults
    }
}

/// A moment as programs write it. Years before 1990 are mistakes, and would not be told otherwise.
fn moment(text: &str, zone: Tz) -> Option<DateTime<Utc>> {
    let local = || {
        let day = |format: &&str| NaiveDate::parse_from_str(text, format).ok()?.and_hms_opt(0, 0, 0);
        let moment = MOMENTS.iter().find_map(|format| NaiveDateTime::parse_from_str(text, format).ok());
        let local = moment.or_else(|| DAYS.iter().find_map(day))?;
        // A local time that never was, in the hour that a zone leaps over, is the first one after it.
        let real = |minutes| zone.from_local_datetime(&(local + chrono::TimeDelta::minutes(minutes))).earliest();
        (0..=180).find_map(real).map(|moment| moment.to_utc())
    };
    let moment = DateTime::parse_from_rfc3339(text).ok().map(|moment| moment.to_utc()).or_else(local)?;
    (moment.timestamp() > 631_152_000).then_some(moment)
}

#[cfg(test)]
mod tests {
    use chrono_tz::Tz;

    use super::moment;

    #[test]
    fn moments_are_read_as_programs_write_them_in_the_zone_of_whoever_imports() {
        let zone: Tz = "Europe/Moscow".parse().unwrap();
        for text in
            ["2026-03-02T07:30:00Z", "2026-03-02 10:30", "2026-03-02T10:30:00", "02.03.2026 10:30", "2026-03-02T10:30:00+03:00"]
        {
            assert_eq!(moment(text, zone).unwrap().to_rfc3339(), "2026-03-02T07:30:00+00:00", "{text}");
        }
        assert_eq!(moment("02.03.2026", zone).unwrap().to_rfc3339(), "2026-03-01T21:00:00+00:00");
        for text in ["03/04/2026", "yesterday", "45717", "1026-01-01", "2026-13-01", ""] {
            assert_eq!(moment(text, zone), None, "{text}");
        }
    }

    #[test]
    fn a_local_time_that_never_was_is_the_first_after_it() {
        let zone: Tz = "Europe/Berlin".parse().unwrap();
        assert_eq!(moment("2026-03-29 02:30", zone).unwrap().to_rfc3339(), "2026-03-29T01:00:00+00:00");
    }
}
