//! `/api/sla/calendars`: the tenant's working time.

pub mod create;
pub mod delete;
pub mod import_holidays;
pub mod list;
pub mod show;
pub mod update;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use shared::business_time::{CalendarIn, HolidayIn, OverrideIn, WeekIn};
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::CalendarId;

use super::shown;
use crate::actions::sla::calendars::Calendar;
use crate::entity_tag::etag;

/// A calendar as it is sent.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarBody {
    /// What people call it, up to 120 characters; no two calendars share a name.
    #[schema(example = "Moscow office")]
    name: String,
    /// IANA time zone in which all times and dates of the calendar are meant.
    #[schema(example = "Europe/Moscow")]
    zone: String,
    /// Every day from 00:00 to 24:00; then `week` stays empty.
    #[serde(default)]
    around_the_clock: bool,
    /// The intervals of an ordinary week. A day without intervals is closed.
    #[serde(default)]
    week: WeekIn,
    /// Dates with hours of their own: special working days, shortened days. They win over holidays.
    #[serde(default)]
    overrides: Vec<OverrideIn>,
    /// Closed or shortened dates, single or yearly.
    #[serde(default)]
    holidays: Vec<HolidayIn>,
}

impl CalendarBody {
    fn into_form(self) -> (String, CalendarIn) {
        let form = CalendarIn {
            zone: self.zone,
            around_the_clock: self.around_the_clock,
            week: self.week,
            overrides: self.overrides,
            holidays: self.holidays,
        };
        (self.name, form)
    }
}

/// A calendar as the API shows it.
#[derive(Serialize, utoipa::ToSchema)]
pub struct CalendarView {
    /// Id.
    id: CalendarId,
    /// What people call it.
    name: String,
    /// IANA time zone.
    zone: String,
    /// Every day from 00:00 to 24:00.
    around_the_clock: bool,
    /// The intervals of an ordinary week.
    week: WeekIn,
    /// Dates with hours of their own.
    overrides: Vec<OverrideIn>,
    /// Closed or shortened dates.
    holidays: Vec<HolidayIn>,
    /// Policies that count by it.
    policies: i64,
    /// Counts the changes; the entity tag.
    version: i64,
    /// When it was made.
    created_at: DateTime<Utc>,
    /// When it was last changed.
    updated_at: DateTime<Utc>,
}

impl From<Calendar> for CalendarView {
    fn from(calendar: Calendar) -> Self {
        let form = CalendarIn::from(calendar.hours);
        Self {
            id: calendar.id,
            name: calendar.name,
            zone: form.zone,
            around_the_clock: form.around_the_clock,
            week: form.week,
            overrides: form.overrides,
            holidays: form.holidays,
            policies: calendar.policies,
            version: calendar.version,
            created_at: calendar.created_at,
            updated_at: calendar.updated_at,
        }
    }
}

/// The calendar that the path names.
fn id(request: &Request) -> Result<CalendarId, ApiError> {
    CalendarId::parse(request.param("calendar")).map_err(|_| ApiError::not_found())
}

fn answer(status: u16, calendar: Calendar) -> Response {
    let tag = etag(calendar.version);
    Response::json(status, &CalendarView::from(calendar)).with("etag", tag)
}

/// A calendar for the API document, as it is sent.
fn example_in() -> Value {
    let day = json!([{"start": "09:00", "end": "18:00"}]);
    json!({
        "name": "Moscow office", "zone": "Europe/Moscow",
        "week": {"monday": day, "tuesday": day, "wednesday": day, "thursday": day, "friday": [{"start": "09:00", "end": "17:00"}]},
        "overrides": [{"date": "2026-12-31", "name": "New Year's Eve", "intervals": [{"start": "09:00", "end": "13:00"}]}],
        "holidays": [{"yearly": "01-07", "name": "Christmas"}, {"date": "2026-03-09"}]
    })
}

/// The same as it is shown.
fn example() -> Value {
    shown(
        example_in(),
        json!({
            "id": "cal_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b",
            "around_the_clock": false,
            "policies": 1,
            "version": 1,
            "created_at": "2026-03-02T07:00:00Z",
            "updated_at": "2026-03-02T07:00:00Z",
        }),
    )
}
