//! Where mail comes in, whatever brought it: which tenant it is for, and what the bringer is told.
//!
//! Whoever brings a mail believes that it is safe once we say nothing. So a mail is taken only when it is stored, and every other
//! outcome says so at the door. A recipient's host must be a verified one of a tenant, exactly; the part before the @ is for the
//! tenant's own rules.

use shared::database::{PlatformDb, TenantDb};
use shared::error::ApiError;
use shared::id::IdSource;
use shared::platform::{Platform, Wake};
use shared::store::platform as store;
use shared::tenant::Tenant;

use super::inbound::{Delivery, PLATFORM_AUTHSERV, receive};
use super::mailboxes::is_mailbox;
use crate::context::Ctx;

/// Why a mail was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// No tenant has that mailbox.
    UnknownHost,
    /// We failed; the same mail may be taken later. The cause is for the log.
    Temporary(String),
}

/// Takes a mail in that the platform itself received for `recipient`; answers what to do next.
pub async fn take_in(platform: &dyn Platform, envelope_from: &str, recipient: &str, raw: &[u8]) -> Result<Vec<Wake>, Refusal> {
    let host = recipient
        .rsplit_once('@')
        .map(|(_, host)| host.trim_end_matches('>').to_ascii_lowercase())
        .ok_or(Refusal::UnknownHost)?;
    let tenant = tenant_of(platform, &host).await.map_err(|error| failed(&error))?.ok_or(Refusal::UnknownHost)?;
    let database = platform
        .database(tenant.database())
        .ok_or_else(|| Refusal::Temporary("the tenant's database is not bound".to_owned()))?;
    let request_id = IdSource::new(platform.now(), platform).hex();
    let ctx = Ctx::for_job(platform, &tenant, TenantDb::new(database.as_ref(), &tenant), request_id);
    if !is_mailbox(&ctx, &host, recipient) {
        return Err(Refusal::UnknownHost);
    }
    let delivery = Delivery {
        mailbox: Some(recipient),
        host: &host,
        envelope_from: Some(envelope_from),
        authserv: Some(PLATFORM_AUTHSERV),
        raw,
    };
    receive(&ctx, delivery).await.map_err(|error| failed(&error))?;
    Ok(ctx.after.into_wakes())
}

async fn tenant_of(platform: &dyn Platform, host: &str) -> Result<Option<Tenant>, ApiError> {
    let database = platform.database("PLATFORM_DB").ok_or_else(|| ApiError::unavailable("no PLATFORM_DB"))?;
    let rows = PlatformDb::new(database.as_ref()).run(store::tenant_of_host(host)).await?;
    Ok(store::tenants(&rows)?.into_iter().next())
}

fn failed(error: &ApiError) -> Refusal {
    Refusal::Temporary(format!("{} {}", error.code, error.cause.as_deref().unwrap_or_default()))
}
