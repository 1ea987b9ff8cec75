//! The audit line of what the request at hand does.

use serde_json::Value;
use shared::auth::signer::sha256_hex;
use shared::database::TenantStatement;
use shared::store::audit;

use crate::context::Ctx;

/// The line of `action` on `subject` by the request's actor.
pub fn line(ctx: &Ctx<'_>, action: &str, subject: &str, detail: Value) -> TenantStatement {
    line_of(ctx, &ctx.actor.reference(), action, subject, detail)
}

/// What stands in a line for what somebody typed: a short digest. People type passwords into the wrong field.
pub fn typed(text: &str) -> String {
    sha256_hex(text.as_bytes()).chars().take(16).collect()
}

/// The line of what somebody did who was not signed in when the request came: signing in, registering.
pub fn line_of(ctx: &Ctx<'_>, actor: &str, action: &str, subject: &str, detail: Value) -> TenantStatement {
    audit::insert(&audit::Entry {
        id: ctx.ids().next(),
        at: ctx.now,
        actor,
        action,
        subject,
        request_id: &ctx.request_id,
        network: &ctx.network,
        detail,
    })
}
