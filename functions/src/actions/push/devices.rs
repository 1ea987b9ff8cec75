//! Devices on which a person is told of what happens: added by their browser, kept with the session that they are signed in by, and taken
//! away by signing out, from the list, or by the push service.

use serde_json::json;
use shared::database::{DbError, Rows, TenantStatement};
use shared::error::{ApiError, FieldError};
use shared::id::DeviceId;
use shared::ldap::settings::Reach;
use shared::platform::Wake;
use shared::push::{QuietHours, Receiver, is_endpoint};
use shared::store::push_devices::{self as store, Known, Listed, NewDevice};
use shared::user_agent::Device;

use crate::actions::audit;
use crate::context::Ctx;

/// What a browser says of itself and its push service.
#[derive(Debug, Clone)]
pub struct Subscription {
    /// Its address at the service.
    pub endpoint: String,
    /// Its point, in base64url.
    pub p256dh: String,
    /// Its secret, in base64url.
    pub auth: String,
}

/// Up to `limit` devices of the person who is signed in, after the one with the id `after`.
pub async fn list(ctx: &Ctx<'_>, after: &str, limit: u32) -> Result<Vec<Listed>, ApiError> {
    Ok(ctx.db.run(store::list(&ctx.person()?.id, after, limit)).await?.all()?)
}

/// Adds the device that asks. One that is known is brought into this session; that it comes again is no change worth a line. 401 when the
/// session was ended meanwhile.
pub async fn add(ctx: &Ctx<'_>, subscription: &Subscription) -> Result<DeviceId, ApiError> {
    if ctx.config().push.is_none() {
        return Err(ApiError::conflict("push_unavailable"));
    }
    let person = ctx.person()?;
    checked(ctx, subscription)?;
    // A program has no session that could end, and nobody who looks.
    if person.key.is_some() {
        return Err(ApiError::conflict("push_unavailable"));
    }
    let Subscription { endpoint, p256dh, auth } = subscription;
    let known: Option<Known> = ctx.db.run(store::find(endpoint)).await?.first()?;
    let known = known.filter(|known| known.user_id == person.id);
    if let Some(known) = &known
        && known.session_id == person.session
        && known.p256dh == *p256dh
        && known.auth == *auth
    {
        ctx.after.write(ctx.db.bound(store::seen(&known.id, ctx.now)));
        return Ok(known.id.clone());
    }
    let is_new = known.is_none();
    let id = known.map_or_else(|| ctx.ids().next(), |known| known.id);
    let label = Device::of(&ctx.user_agent).words();
    let new = NewDevice {
        id: &id,
        user: &person.id,
        session: &person.session,
        endpoint,
        p256dh,
        auth,
        label: &label,
        locale: ctx.locale.as_str(),
    };
    let mut batch: Vec<TenantStatement> = store::add(&new, ctx.now).into();
    if is_new {
        batch.push(audit::line(ctx, "account.device_added", person.id.as_str(), json!({ "device": id, "label": label })));
    }
    ctx.db.batch(batch).await.map_err(refusal)?;
    Ok(id)
}

/// Why a device was not added. Whoever was signed out meanwhile hears what their next request would.
fn refusal(error: DbError) -> ApiError {
    match () {
        () if error.is_refused_by("limit") => ApiError::conflict("too_many_devices"),
        () if error.is_refused_by("not_found") => ApiError::unauthenticated(),
        () => error.into(),
    }
}

fn checked(ctx: &Ctx<'_>, subscription: &Subscription) -> Result<(), ApiError> {
    let reach = Reach { own_host: &ctx.config().console_host, lets_private: ctx.config().private_hosts };
    let mut faults = Vec::new();
    if !is_endpoint(&subscription.endpoint, reach, ctx.tenant.host()) {
        faults.push(FieldError::new("endpoint", "unknown_value"));
    }
    if let Err(name) = Receiver::parse(&subscription.p256dh, &subscription.auth) {
        faults.push(FieldError::new(format!("keys.{name}"), "unknown_value"));
    }
    if faults.is_empty() { Ok(()) } else { Err(ApiError::invalid(faults)) }
}

/// Takes one's own device away. 404 for any other.
pub async fn remove(ctx: &Ctx<'_>, id: &DeviceId) -> Result<(), ApiError> {
    let person = ctx.person()?;
    let mut batch: Vec<TenantStatement> = store::remove(id, &person.id).into();
    batch.push(audit::line(ctx, "account.device_removed", person.id.as_str(), json!({ "device": id })));
    ctx.db.batch(batch).await?;
    Ok(())
}

/// Sends a notice on trial to one's own device. 404 for any other.
pub async fn attempt(ctx: &Ctx<'_>, id: &DeviceId) -> Result<(), ApiError> {
    let statements = store::attempt(&ctx.ids().next(), id, &ctx.person()?.id, ctx.now);
    ctx.db.batch(statements.into()).await?;
    ctx.wake(Wake::Outbox(ctx.tenant.id().clone()));
    Ok(())
}

/// The quiet hours of the person who is signed in.
pub async fn quiet(ctx: &Ctx<'_>) -> Result<Option<QuietHours>, ApiError> {
    Ok(store::quiet_of(&ctx.db.run(store::quiet(&ctx.person()?.id)).await?)?)
}

/// Sets them, by two times of day; two empty ones take them away.
pub async fn set_quiet(ctx: &Ctx<'_>, from: &str, until: &str) -> Result<Option<QuietHours>, ApiError> {
    let hours = match (from.trim(), until.trim()) {
        ("", "") => None,
        (from, until) => Some(QuietHours::parse(from, until).ok_or_else(|| ApiError::field("until", "unknown_value"))?),
    };
    let person = &ctx.person()?.id;
    let to = hours.map(QuietHours::texts);
    let batch = vec![
        store::set_quiet(person, hours, ctx.now),
        audit::line(ctx, "account.quiet_hours_set", person.as_str(), json!({ "to": to })),
        store::quiet(person),
    ];
    let answers = ctx.db.batch(batch).await?;
    Ok(answers.last().map(|rows: &Rows| store::quiet_of(rows)).transpose()?.flatten())
}
