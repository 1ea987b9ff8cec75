//! The form of a calendar: from a calendar to its fields, from fields to a calendar, and the page that shows it.
//!
//! Its rows of dates are in [`super::calendar_dates`].

use chrono::Datelike;
use chrono_tz::TZ_VARIANTS;
use shared::business_time::{CalendarIn, ICAL_BYTES_MAX, IntervalIn, OverrideIn, WeekIn, holidays_from_ical};
use shared::database::Rows;
use shared::error::ApiError;
use shared::http::{Query, Request, Response};
use shared::limits::BODY_BYTES_MAX;
use shared::store::queues;

use super::calendar_dates::{self as dates, Kind, intervals, write};
use crate::actions::attachments::Parts;
use crate::actions::sla::calendars::{Calendar, merge};
use crate::actions::sla::faults;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::view::schedule::{CalendarEdit, Day};
use crate::pages::view::{Choice, Form};
use crate::pages::{form, render};

/// Fields of the form: as many holidays and dates with hours of their own as a calendar takes, and some to spare.
const FIELDS_MAX: usize = 3200;
/// Fields that come back in [`Form`].
const KEPT: &[&str] = &["name"];

/// A form that was sent.
pub struct Sent {
    /// Its fields.
    pub fields: Query,
    /// The iCalendar file; empty when none was chosen.
    pub ical: String,
}

/// Reads the form and checks its token, which is its first field.
pub async fn read(ctx: &Ctx<'_>, request: &mut Request) -> Result<Sent, ApiError> {
    if request.media_type().as_deref() != Some("multipart/form-data") {
        return Ok(Sent { fields: form::read(ctx, request).await?, ical: String::new() });
    }
    let mut parts = Parts::of(request)?;
    let mut left = BODY_BYTES_MAX;
    let first =
        parts.next().await?.filter(|part| part.name() == "csrf" && part.file_name().is_none()).ok_or_else(ApiError::bad_csrf)?;
    form::check(ctx, &first.text(&mut left).await?)?;
    let mut pairs = Vec::new();
    let mut ical = String::new();
    while let Some(part) = parts.next().await? {
        let name = part.name().to_owned();
        if name == "ical" {
            let mut left_of_file = ICAL_BYTES_MAX;
            ical = part.text(&mut left_of_file).await?;
        } else if part.file_name().is_some() || pairs.len() >= FIELDS_MAX {
            return Err(ApiError::malformed("more than the form has"));
        } else {
            pairs.push((name, part.text(&mut left).await?));
        }
    }
    Ok(Sent { fields: pairs.into_iter().collect(), ical })
}

/// A calendar as its form would send it.
pub fn fields(ctx: &Ctx<'_>, calendar: &Calendar) -> Query {
    let form = calendar.hours.form();
    let mut fields = vec![
        ("version".to_owned(), calendar.version.to_string()),
        ("name".to_owned(), calendar.name.clone()),
        ("time_zone".to_owned(), form.zone.clone()),
    ];
    fields.extend(days_of(form).into_iter().map(|day| (day.day, day.intervals)));
    fields.extend(dates::fields(form, ctx.now.year()));
    fields.into_iter().collect()
}

/// The intervals of each weekday as typed.
pub fn days_of(form: &CalendarIn) -> Vec<Day> {
    let whole = || "00:00-24:00".to_owned();
    let text = |intervals: &[IntervalIn]| if form.around_the_clock { whole() } else { write(intervals) };
    form.week.days().into_iter().map(|(day, intervals)| Day { day: day.to_owned(), intervals: text(intervals) }).collect()
}

/// Makes the calendar's form of what was typed and of the file. `known` are the dates with hours of their own that the calendar has:
/// they stay where the form did not show them.
pub fn parse(sent: &Sent, known: &[OverrideIn]) -> Result<CalendarIn, ApiError> {
    let fields = &sent.fields;
    let mut week = WeekIn::default();
    for day in ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] {
        if let Some(target) = week.day_mut(day) {
            *target = intervals(fields.get(day).unwrap_or_default());
        }
    }
    let mut holidays = dates::holidays_in(fields);
    if !sent.ical.trim().is_empty() {
        merge(&mut holidays, &holidays_from_ical(&sent.ical).map_err(|error| faults::ical(&error))?);
    }
    let zone = fields.get("time_zone").unwrap_or_default().to_owned();
    Ok(CalendarIn { zone, around_the_clock: false, week, overrides: dates::overrides_in(fields, known), holidays })
}

/// A refusal with its faults under the names of the form's fields; those of a date under the names that [`dates::row_of`] gives them.
pub fn translate(mut error: ApiError) -> ApiError {
    for fault in &mut error.fields {
        let path = fault.field.clone();
        fault.field = match path.strip_prefix("week.") {
            Some(rest) => rest.split(['[', '.']).next().unwrap_or_default().to_owned(),
            None if path == "zone" => "time_zone".to_owned(),
            None => dates::row_of(&path).unwrap_or(path),
        };
    }
    error
}

/// The page, with what was typed or stored, and what is wrong with it. `version` is what the form sends back, if that is not what
/// was typed.
pub fn page(
    ctx: &Ctx<'_>,
    frame: &Frame,
    counts: &Rows,
    id: &str,
    typed: &Query,
    refused: Option<&ApiError>,
    version: Option<i64>,
) -> Result<Response, ApiError> {
    let mut form = match refused {
        Some(error) => form::refused(ctx, error, typed, KEPT),
        None => Form::default().value("name", typed.get("name").unwrap_or_default()),
    };
    let zone = typed.get("time_zone").unwrap_or_default();
    let is_place = |name: &str| name.contains('/') && !name.starts_with("Etc/") && !name.starts_with("US/");
    let time_zones = TZ_VARIANTS
        .iter()
        .map(|zone| zone.name())
        .filter(|name| *name == "UTC" || *name == zone || is_place(name))
        .map(|name| Choice::new(name, name.replace('_', " "), Some(zone)))
        .collect();
    let days = WeekIn::default()
        .days()
        .into_iter()
        .map(|(day, _)| Day { day: day.to_owned(), intervals: typed.get(day).unwrap_or_default().to_owned() })
        .collect();
    let view = CalendarEdit {
        id: id.to_owned(),
        time_zones,
        days,
        holidays: dates::shown(typed, Kind::Holiday, &mut form),
        overrides: dates::shown(typed, Kind::Override, &mut form),
        version: version.or_else(|| typed.get("version").and_then(|text| text.parse().ok())).unwrap_or(0),
        form,
    };
    let status = refused.map_or(200, |error| error.status);
    render::agent_page(ctx, frame, status, "agent/calendar", "sla-calendars", &queues::read(counts)?, view)
}
