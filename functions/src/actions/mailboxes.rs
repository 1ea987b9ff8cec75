//! Which addresses are the tenant's own: mail to them comes in, and none is ever sent to them.

use std::collections::HashSet;

use shared::database::PlatformDb;
use shared::error::ApiError;
use shared::mail::address::{domain, normalize, split_plus};
use shared::mail::token::token_of_address;
use shared::store::platform as store;

use super::mail_keys;
use crate::context::Ctx;

/// Whether an address at the tenant's host, or at the verified `host` that it was reached by, is a mailbox of the tenant: by its
/// name, or by a token of ours. Mails that were sent before the mailbox was renamed are still answered.
pub fn is_mailbox(ctx: &Ctx<'_>, host: &str, address: &str) -> bool {
    let Some(address) = normalize(address) else { return false };
    let (base, _) = split_plus(&address);
    let local = base.rsplit_once('@').map_or("", |(local, _)| local);
    let ours = domain(&base) == ctx.tenant.host() || domain(&base) == host;
    ours && (local.eq_ignore_ascii_case(&ctx.tenant.settings().mailbox_local_part) || carries_token(ctx, &address))
}

/// Whether an address carries a token that was issued in this tenant.
pub fn carries_token(ctx: &Ctx<'_>, address: &str) -> bool {
    token_of_address(address).is_some_and(|token| mail_keys(ctx).verify(ctx.tenant.id().as_str(), token).is_some())
}

/// The mailbox at every verified host of the tenant. One round trip to the platform's database.
pub async fn own_addresses(ctx: &Ctx<'_>) -> Result<HashSet<String>, ApiError> {
    let database = ctx.platform.database("PLATFORM_DB").ok_or_else(|| ApiError::unavailable("no PLATFORM_DB"))?;
    let rows = PlatformDb::new(database.as_ref()).run(store::hosts_of_tenant(ctx.tenant)).await?;
    let name = &ctx.tenant.settings().mailbox_local_part;
    let hosts = store::hosts(&rows)?;
    Ok(hosts.iter().map(|host| format!("{name}@{host}")).chain([ctx.tenant.mailbox()]).collect())
}
