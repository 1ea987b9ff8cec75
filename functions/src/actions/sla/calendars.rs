//! Calendars of working time: listed, made, changed, removed, and filled with holidays.
//!
//! A change of the hours is carried to the open tickets that count by them (see [`super::recompute`]).

use chrono::{DateTime, Utc};
use serde_json::json;
use shared::business_time::{self, CalendarIn, HolidayIn};
use shared::database::{Rows, TenantStatement};
use shared::error::{ApiError, FieldError};
use shared::id::CalendarId;
use shared::platform::Wake;
use shared::store::sla_calendars::{self as store, CalendarRow};
use shared::store::sla_due;

use super::faults;
use super::policies::translate;
use crate::actions::audit;
use crate::actions::stale;
use crate::actions::tickets::IfMatch;
use crate::context::Ctx;

/// Characters of a calendar's name.
const NAME_CHARS_MAX: usize = 120;
/// A calendar with what is kept about it.
#[derive(Debug, Clone)]
pub struct Calendar {
    /// Id.
    pub id: CalendarId,
    /// Name.
    pub name: String,
    /// The hours.
    pub hours: business_time::Calendar,
    /// Counts the changes.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// Policies that count by it.
    pub policies: i64,
}

impl Calendar {
    /// A stored calendar that does not parse is a defect, named by its id.
    pub fn read(row: CalendarRow) -> Result<Self, ApiError> {
        let hours =
            serde_json::from_str(&row.definition).map_err(|error| ApiError::internal(format!("calendar {}: {error}", row.id)))?;
        Ok(Self {
            id: row.id,
            name: row.name,
            hours,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
            policies: row.policies,
        })
    }
}

/// Calendars by name, at most `limit`.
pub async fn list(ctx: &Ctx<'_>, after: &str, limit: u32) -> Result<Vec<Calendar>, ApiError> {
    read_all(&ctx.db.run(store::calendars(after, limit)).await?)
}

/// The calendars of a page's rows.
pub fn read_all(rows: &Rows) -> Result<Vec<Calendar>, ApiError> {
    rows.all::<CalendarRow>()?.into_iter().map(Calendar::read).collect()
}

/// One calendar.
pub async fn find(ctx: &Ctx<'_>, id: &CalendarId) -> Result<Calendar, ApiError> {
    ctx.db.run(store::calendar(id)).await?.first()?.map_or_else(|| Err(ApiError::not_found()), Calendar::read)
}

/// Makes a valid calendar of what was sent, or names every field that is wrong.
pub fn checked(name: &str, form: &CalendarIn) -> Result<(String, business_time::Calendar), ApiError> {
    let name = name.trim();
    let mut found: Vec<FieldError> = Vec::new();
    if name.is_empty() {
        found.push(FieldError::new("name", "missing_field"));
    } else if name.chars().count() > NAME_CHARS_MAX {
        found.push(FieldError::new("name", "too_long").arg("maximum", NAME_CHARS_MAX));
    }
    match business_time::Calendar::parse(form) {
        Ok(hours) if found.is_empty() => Ok((name.to_owned(), hours)),
        Ok(_) => Err(ApiError::invalid(found)),
        Err(list) => {
            found.extend(faults::refused(&list).fields);
            Err(ApiError::invalid(found))
        }
    }
}

/// A calendar that is not stored yet.
pub(super) fn new(ctx: &Ctx<'_>, name: String, hours: business_time::Calendar) -> Calendar {
    Calendar { id: ctx.ids().next(), name, hours, version: 1, created_at: ctx.now, updated_at: ctx.now, policies: 0 }
}

/// The statements that store a new calendar.
pub(super) fn insert(ctx: &Ctx<'_>, calendar: &Calendar) -> Result<Vec<TenantStatement>, ApiError> {
    let mut batch = store::insert_calendar(&calendar.id, &calendar.name, &text(&calendar.hours)?, ctx.now).to_vec();
    let detail = json!({ "to": { "name": calendar.name, "hours": calendar.hours } });
    batch.push(audit::line(ctx, "sla_calendar.created", calendar.id.as_str(), detail));
    Ok(batch)
}

/// Makes a calendar.
pub async fn create(ctx: &Ctx<'_>, name: &str, form: &CalendarIn) -> Result<Calendar, ApiError> {
    let (name, hours) = checked(name, form)?;
    let calendar = new(ctx, name, hours);
    ctx.db.batch(insert(ctx, &calendar)?).await.map_err(translate)?;
    Ok(calendar)
}

/// Changes a calendar. Open tickets that count by it are counted anew.
pub async fn replace(
    ctx: &Ctx<'_>,
    id: &CalendarId,
    if_match: IfMatch,
    name: &str,
    form: &CalendarIn,
) -> Result<Calendar, ApiError> {
    let (name, hours) = checked(name, form)?;
    change(ctx, id, if_match, |_| Ok((name.clone(), hours.clone()))).await
}

/// Adds the holidays of an iCalendar file, those on dates that are no holidays yet. Answers how many were added.
pub async fn import_holidays(
    ctx: &Ctx<'_>,
    id: &CalendarId,
    if_match: IfMatch,
    file: &str,
) -> Result<(Calendar, usize), ApiError> {
    let found = business_time::holidays_from_ical(file).map_err(|error| faults::ical(&error))?;
    let mut added = 0;
    let calendar = change(ctx, id, if_match, |known| {
        let mut form = known.hours.form().clone();
        let before = form.holidays.len();
        merge(&mut form.holidays, &found);
        added = form.holidays.len() - before;
        let (name, hours) = checked(&known.name, &form)?;
        Ok((name, hours))
    })
    .await?;
    Ok((calendar, added))
}

/// Adds holidays on dates that have none yet.
pub fn merge(holidays: &mut Vec<HolidayIn>, found: &[HolidayIn]) {
    for holiday in found {
        let known = holidays.iter().any(|each| each.date == holiday.date && each.yearly == holiday.yearly);
        if !known {
            holidays.push(holiday.clone());
        }
    }
}

/// Removes a calendar that nothing counts by: 409 `calendar_in_use` while a policy or an open ticket does.
pub async fn remove(ctx: &Ctx<'_>, id: &CalendarId, if_match: IfMatch) -> Result<(), ApiError> {
    let known = find(ctx, id).await?;
    remove_known(ctx, &known, if_match).await
}

/// The same for a calendar that was loaded already.
pub async fn remove_known(ctx: &Ctx<'_>, known: &Calendar, if_match: IfMatch) -> Result<(), ApiError> {
    if_match.check(known.version)?;
    let mut batch = store::delete_calendar(&known.id, known.version).to_vec();
    let detail = json!({ "from": { "name": known.name, "hours": known.hours } });
    batch.push(audit::line(ctx, "sla_calendar.deleted", known.id.as_str(), detail));
    ctx.db.batch(batch).await.map_err(translate)?;
    Ok(())
}

async fn change(
    ctx: &Ctx<'_>,
    id: &CalendarId,
    if_match: IfMatch,
    mut to: impl FnMut(&Calendar) -> Result<(String, business_time::Calendar), ApiError>,
) -> Result<Calendar, ApiError> {
    stale::again(stale::tries(if_match), async || {
        let known = find(ctx, id).await?;
        let (name, hours) = to(&known)?;
        save(ctx, known, if_match, name, hours).await
    })
    .await
}

/// Writes a calendar that was loaded already as it is to be. Nothing is written when nothing differs.
pub async fn save(
    ctx: &Ctx<'_>,
    known: Calendar,
    if_match: IfMatch,
    name: String,
    hours: business_time::Calendar,
) -> Result<Calendar, ApiError> {
    if_match.check(known.version)?;
    if known.name == name && known.hours == hours {
        return Ok(known);
    }
    let recount = known.hours != hours;
    let mut batch = store::update_calendar(&known.id, known.version, &name, &text(&hours)?, ctx.now).to_vec();
    if recount {
        batch.push(sla_due::request(known.id.as_str(), known.version + 1, &ctx.actor.reference(), ctx.now));
    }
    let detail = json!({ "from": { "name": known.name, "hours": known.hours }, "to": { "name": name, "hours": hours } });
    batch.push(audit::line(ctx, "sla_calendar.updated", known.id.as_str(), detail));
    ctx.db.batch(batch).await.map_err(translate)?;
    if recount {
        ctx.wake(Wake::SlaTimer { tenant: ctx.tenant.id().clone(), at: ctx.now });
    }
    Ok(Calendar { name, hours, version: known.version + 1, updated_at: ctx.now, ..known })
}

fn text(hours: &business_time::Calendar) -> Result<String, ApiError> {
    serde_json::to_string(hours).map_err(ApiError::internal)
}
