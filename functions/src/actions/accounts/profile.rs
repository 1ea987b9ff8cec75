//! What a person says of themselves: name, language, time zone.

use chrono_tz::Tz;
use serde_json::json;
use shared::error::{ApiError, FieldError};
use shared::i18n::Locale;
use shared::store::users;

use super::name;
use crate::actions::audit;
use crate::context::Ctx;

/// Saves the profile of the person who is signed in. An empty language or zone means the tenant's.
pub async fn save(ctx: &Ctx<'_>, name_typed: &str, locale_typed: &str, zone_typed: &str) -> Result<(), ApiError> {
    let person = ctx.person()?;
    let mut faults = Vec::new();
    let name = name(name_typed).map_err(|fault| faults.push(fault)).unwrap_or_default();
    let locale = Locale::ALL.into_iter().find(|locale| locale.as_str() == locale_typed);
    if locale.is_none() && !locale_typed.is_empty() {
        faults.push(FieldError::new("locale", "unknown_value"));
    }
    let zone = zone_typed.parse::<Tz>().ok();
    if zone.is_none() && !zone_typed.is_empty() {
        faults.push(FieldError::new("time_zone", "unknown_value"));
    }
    if !faults.is_empty() {
        return Err(ApiError::invalid(faults));
    }
    let zone = zone.map(|zone| zone.name().to_owned());
    let before = json!({ "name": person.name, "locale": person.locale, "time_zone": person.zone });
    let after = json!({ "name": name, "locale": locale, "time_zone": zone });
    ctx.db
        .batch(vec![
            users::update_profile(&person.id, &name, locale, zone.as_deref(), ctx.now),
            audit::line(ctx, "account.profile_changed", person.id.as_str(), json!({ "from": before, "to": after })),
        ])
        .await?;
    Ok(())
}

/// Saves the language alone.
pub async fn save_locale(ctx: &Ctx<'_>, locale: Locale) -> Result<(), ApiError> {
    let person = ctx.person()?;
    ctx.db
        .batch(vec![
            users::set_locale(&person.id, locale, ctx.now),
            audit::line(
                ctx,
                "account.profile_changed",
                person.id.as_str(),
                json!({ "from": { "locale": person.locale }, "to": { "locale": locale } }),
            ),
        ])
        .await?;
    Ok(())
}
