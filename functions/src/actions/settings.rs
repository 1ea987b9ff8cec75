//! The tenant's settings. They stand in the platform's database, so a change compares and sets: two administrators at once
//! never undo each other unseen. The same goes for the tenant's time zone.

use chrono_tz::Tz;
use serde::Serialize;
use serde_json::{Map, Value, json};
use shared::brand;
use shared::database::{PlatformDb, TenantStatement};
use shared::error::{ApiError, FieldError};
use shared::limits::{
    ALERT_CONTACTS_MAX, CORS_ORIGINS_MAX, KEY_DAYS, NAME_CHARS_MAX, PASSWORD_CHARS_MIN, PASSWORD_CHARS_MIN_BEFORE_SECOND,
    RATE_BURST_MAX, RATE_PER_MINUTE_RANGE, SESSION_ABSOLUTE_HOURS, SESSION_IDLE_MINUTES, TURNSTILE_KEY_CHARS_MAX,
};
use shared::mail::address::normalize;
use shared::mail::token::MAILBOX_NAME_CHARS_MAX;
use shared::net::outbound;
use shared::platform::Wake;
use shared::store::platform::{self as store, SettingsRow};
use shared::tenant::Settings;

use super::accounts::step_up;
use super::audit;
use super::sla::recompute;
use super::visitors::challenge;
use crate::context::Ctx;

/// What the administrator sets.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct TenantSettings {
    /// The settings.
    #[serde(flatten)]
    pub settings: Settings,
    /// Time zone of people who did not choose one, and of the desk's standard hours (IANA name). Open tickets that count by those
    /// hours are counted anew when it changes.
    #[schema(value_type = String, example = "Europe/Moscow", required = false)]
    pub time_zone: Tz,
}

impl TenantSettings {
    /// As they are shown: without the secret.
    fn shown(mut self) -> Self {
        self.settings.turnstile_secret = None;
        self
    }
}

/// The settings as they stand, not as an isolate remembers them.
pub async fn show(ctx: &Ctx<'_>) -> Result<TenantSettings, ApiError> {
    Ok(written(ctx).await?.1.shown())
}

/// The settings as they are written, to compare with, and read.
async fn written(ctx: &Ctx<'_>) -> Result<(SettingsRow, TenantSettings), ApiError> {
    let database = ctx.platform.database("PLATFORM_DB").ok_or_else(|| ApiError::unavailable("no PLATFORM_DB"))?;
    let rows = PlatformDb::new(database.as_ref()).run(store::settings(ctx.tenant)).await?;
    let row: SettingsRow = rows.first()?.ok_or_else(ApiError::not_found)?;
    let settings = serde_json::from_str(&row.settings).map_err(ApiError::internal)?;
    let time_zone = row.zone;
    Ok((row, TenantSettings { settings, time_zone }))
}

/// Sets what `change` names (a JSON object of some fields) and answers the whole. Isolates learn of it within
/// [`shared::limits::TENANT_CACHE_SECONDS`]. 403 without a recent proof of who asks, 412 when somebody else was faster with one of the same fields.
pub async fn change(ctx: &Ctx<'_>, change: &Map<String, Value>) -> Result<TenantSettings, ApiError> {
    step_up::require_recent(ctx)?;
    // What the isolate remembers is mostly what is written; where it is not, nothing is replaced, and it is read.
    let before = TenantSettings { settings: ctx.tenant.settings().clone(), time_zone: ctx.tenant.zone() };
    let text = serde_json::to_string(&before.settings).map_err(ApiError::internal)?;
    let former = SettingsRow { settings: text, zone: before.time_zone };
    match attempt(ctx, change, (former, before.clone())).await {
        Err(error) if error.code == "stale_version" => {
            let (former, now) = written(ctx).await?;
            let (seen, found) = (json!(before), json!(now));
            if change.keys().any(|name| seen.get(name) != found.get(name)) {
                return Err(error);
            }
            attempt(ctx, change, (former, now)).await
        }
        result => result,
    }
}

async fn attempt(
    ctx: &Ctx<'_>,
    change: &Map<String, Value>,
    (former, before): (SettingsRow, TenantSettings),
) -> Result<TenantSettings, ApiError> {
    let mut change = change.clone();
    let time_zone = change.remove("time_zone").map_or(Ok(before.time_zone), |sent| zone(&sent))?;
    let mut after = TenantSettings { settings: merged(&before.settings, change)?, time_zone };
    let secret = before.settings.turnstile_secret.clone();
    let typed = after.settings.turnstile_secret.take().filter(|typed| Some(typed) != secret.as_ref());
    let own = [ctx.config().console_host.as_str(), ctx.tenant.host()];
    let mut faults = faults(&after.settings, &own);
    if after.settings.sms_codes && !before.settings.sms_codes && !ctx.config().sms.is_there() {
        faults.push(FieldError::new("sms_codes", "sms_unavailable"));
    }
    if after.settings.turnstile_site_key.is_some() && secret.is_none() && typed.is_none() {
        faults.push(FieldError::new("turnstile_secret", "required"));
    }
    if typed.as_deref().is_some_and(|typed| !is_key(typed)) {
        faults.push(FieldError::new("turnstile_secret", "bad_format"));
    }
    if !faults.is_empty() {
        return Err(ApiError::invalid(faults));
    }
    // The secret stays and goes with its public key.
    if after.settings.turnstile_site_key.is_some() {
        after.settings.turnstile_secret = match typed {
            Some(typed) => Some(challenge::seal(ctx, &typed)?),
            None => secret.map(|sealed| challenge::resealed(ctx, sealed)).transpose()?,
        };
    }
    let database = ctx.platform.database("PLATFORM_DB").ok_or_else(|| ApiError::unavailable("no PLATFORM_DB"))?;
    let stored = after.settings.clone();
    let (before, after) = (before.shown(), after.shown());
    let detail = json!({ "from": before, "to": after });
    let rows = PlatformDb::new(database.as_ref())
        .batch(vec![
            store::replace_settings(ctx.tenant, &former, &stored, after.time_zone),
            store::audit_of_change(
                ctx.now,
                &ctx.actor.reference(),
                "tenant.settings_changed",
                ctx.tenant.id().as_str(),
                &detail.to_string(),
            ),
        ])
        .await?;
    if rows.first().is_none_or(|rows| rows.changes == 0) {
        return Err(ApiError::stale());
    }
    // Two databases share no transaction: the platform's own line stands in the batch above, the tenant's follows it. From here on
    // the sweep would find another zone by itself: see `recompute::follow_zones`.
    let mut batch: Vec<TenantStatement> = vec![audit::line(ctx, "tenant.settings_changed", ctx.tenant.id().as_str(), detail)];
    let moves = before.time_zone != after.time_zone;
    if moves {
        batch.extend(recompute::zone_changed(ctx, after.time_zone));
    }
    ctx.db.batch(batch).await?;
    if moves {
        ctx.wake(Wake::SlaTimer { tenant: ctx.tenant.id().clone(), at: ctx.now });
    }
    Ok(after)
}

/// The settings with what was sent in place of what stood there.
fn merged(before: &Settings, change: Map<String, Value>) -> Result<Settings, ApiError> {
    let mut merged = serde_json::to_value(before).map_err(ApiError::internal)?;
    let Some(fields) = merged.as_object_mut() else { return Err(ApiError::internal("settings are no object")) };
    for (name, value) in change {
        match fields.get_mut(&name) {
            Some(field) => *field = value,
            None => return Err(ApiError::field(name, "unknown_field")),
        }
    }
    let bytes = serde_json::to_vec(&merged).map_err(ApiError::internal)?;
    crate::body::parse(&bytes)
}

fn zone(sent: &Value) -> Result<Tz, ApiError> {
    let name = sent.as_str().ok_or_else(|| ApiError::field("time_zone", "wrong_type"))?;
    name.parse().map_err(|_| ApiError::field("time_zone", "unknown_zone"))
}

/// What is wrong with settings; `own` are the hosts that no address of theirs may lead to.
fn faults(settings: &Settings, own: &[&str]) -> Vec<FieldError> {
    let mut faults = Vec::new();
    let mut within = |field: &str, value: u32, least: u32, most: u32| {
        if !(least..=most).contains(&value) {
            faults.push(FieldError::new(field, "out_of_range").arg("minimum", least).arg("maximum", most));
        }
    };
    within("reopen_window_days", settings.reopen_window_days, 0, 365);
    within("auto_close_days", settings.auto_close_days, 1, 365);
    within("rating_reminder_days", settings.rating_reminder_days, 1, 30);
    let (least, most) = SESSION_IDLE_MINUTES;
    within("session_idle_minutes", settings.session_idle_minutes, least, most);
    let (least, most) = SESSION_ABSOLUTE_HOURS;
    within("session_absolute_hours", settings.session_absolute_hours, least, most);
    let (least, most) = PASSWORD_CHARS_MIN;
    within("password_min_chars", settings.password_min_chars, least, most);
    let (least, most) = PASSWORD_CHARS_MIN_BEFORE_SECOND;
    within("password_min_chars_before_second", settings.password_min_chars_before_second, least, most);
    let (least, most) = KEY_DAYS;
    within("api_key_days", settings.api_key_days, least, most);
    let (least, most) = RATE_PER_MINUTE_RANGE;
    within("rate_limit_per_minute", settings.rate_limit_per_minute, least, most);
    within("rate_limit_burst", settings.rate_limit_burst, 0, RATE_BURST_MAX);
    let mut bad = |field: &str, good: bool| {
        if !good {
            faults.push(FieldError::new(field, "bad_format"));
        }
    };
    let prefix = &settings.ticket_prefix;
    bad(
        "ticket_prefix",
        (1..=10).contains(&prefix.len()) && prefix.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()),
    );
    let mailbox = &settings.mailbox_local_part;
    let is_local = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'.';
    bad(
        "mailbox_local_part",
        !mailbox.is_empty() && mailbox.bytes().all(is_local) && !mailbox.starts_with('.') && !mailbox.ends_with('.'),
    );
    bad("brand_color", brand::Color::parse(&settings.brand_color).is_some());
    bad("logo_url", settings.logo_url.as_deref().is_none_or(|url| outbound::check(url, own).is_ok()));
    let contacts = &settings.security_contacts;
    bad(
        "security_contacts",
        contacts.len() <= ALERT_CONTACTS_MAX && contacts.iter().all(|contact| normalize(contact).as_ref() == Some(contact)),
    );
    let origins = &settings.cors_origins;
    // Exactly as browsers write it: lower case, no port that goes without saying, no slash at the end.
    let is_origin = |origin: &String| {
        outbound::check(&format!("{origin}/"), own).is_ok_and(|address| address.origin().ascii_serialization() == *origin)
    };
    bad("turnstile_site_key", settings.turnstile_site_key.as_deref().is_none_or(is_key));
    bad("cors_origins", origins.len() <= CORS_ORIGINS_MAX && origins.iter().all(is_origin));
    let is_module = |module: &String| {
        !module.is_empty()
            && module.len() <= 40
            && module.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
    };
    bad("erp_modules", settings.erp_modules.len() <= NAME_CHARS_MAX && settings.erp_modules.iter().all(is_module));
    if settings.mailbox_local_part.len() > MAILBOX_NAME_CHARS_MAX {
        faults.push(FieldError::new("mailbox_local_part", "mailbox_too_long").arg("maximum", MAILBOX_NAME_CHARS_MAX));
    }
    faults
}

/// Whether a text can be a key of Turnstile's.
fn is_key(text: &str) -> bool {
    (1..=TURNSTILE_KEY_CHARS_MAX).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}
