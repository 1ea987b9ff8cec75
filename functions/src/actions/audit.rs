//! The audit line of what the request at hand does, and what is made of the lines: lists, seals, a verdict.

pub mod lines;
pub mod seal;
pub mod verify;

use chrono::TimeDelta;
use serde_json::{Value, json};
use shared::access::{Access, Person};
use shared::auth::signer::sha256_hex;
use shared::database::TenantStatement;
use shared::limits::AUDIT_REFUSAL_SECONDS;
use shared::store::audit::{self, Entry, Outcome};

use crate::context::Ctx;
use crate::routes::Route;

/// In the detail of what a service account did: how the API key begins by which it asked.
pub const VIA: &str = "via";

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
    written(ctx, actor, action, subject, Outcome::Done, detail, audit::insert)
}

/// The line of what `actor` tried and was refused.
pub fn refusal_of(ctx: &Ctx<'_>, actor: &str, action: &str, subject: &str, detail: Value) -> TenantStatement {
    written(ctx, actor, action, subject, Outcome::Refused, detail, audit::insert)
}

/// Notes, once the answer is on its way, that the request's actor has looked at something.
pub fn note_read(ctx: &Ctx<'_>, action: &str, subject: &str, detail: Value) {
    ctx.after.write(ctx.db.bound(line(ctx, action, subject, detail)));
}

/// Notes, once the answer is on its way, that a good API key came from an address where it may not be used: one line a key and
/// [`AUDIT_REFUSAL_SECONDS`].
pub fn note_key_refused(ctx: &Ctx<'_>, account: &Person) {
    let Some(key) = account.key.as_deref() else { return };
    let since = ctx.now - TimeDelta::seconds(AUDIT_REFUSAL_SECONDS);
    let detail = json!({ "reason": "network", "name": key.prefix });
    let seldom = |entry: Entry<'_>| audit::insert_seldom(entry, since);
    let line = written(ctx, account.id.as_str(), "api_key.refused", key.id.as_str(), Outcome::Refused, detail, seldom);
    ctx.after.write(ctx.db.bound(line));
}

/// Notes, once the answer is on its way, that somebody who is signed in was refused a route: one line a person, route and
/// [`AUDIT_REFUSAL_SECONDS`], whatever else was asked for meanwhile.
pub fn note_refused(ctx: &Ctx<'_>, route: &Route, path: &str, code: &str) {
    let Some(person) = ctx.actor.person() else { return };
    let since = ctx.now - TimeDelta::seconds(AUDIT_REFUSAL_SECONDS);
    let needs = match route.access {
        Access::Requires(permission) | Access::VisitorOr(permission) => Some(permission.as_str()),
        _ => None,
    };
    let subject = format!("{} {}", route.method.as_str(), route.path);
    let detail = json!({ "path": path, "needs": needs, "reason": code });
    let seldom = |entry: Entry<'_>| audit::insert_seldom(entry, since);
    let line = written(ctx, person.id.as_str(), "access.refused", &subject, Outcome::Refused, detail, seldom);
    ctx.after.write(ctx.db.bound(line));
}

fn written(
    ctx: &Ctx<'_>,
    actor: &str,
    action: &str,
    subject: &str,
    outcome: Outcome,
    mut detail: Value,
    write: impl Fn(Entry<'_>) -> TenantStatement,
) -> TenantStatement {
    if let (Some(key), Some(detail)) = (ctx.actor.key(), detail.as_object_mut()) {
        detail.insert(VIA.to_owned(), json!(key.prefix));
    }
    let on_behalf_of = ctx.acts_for.lender();
    write(Entry {
        id: ctx.ids().next(),
        at: ctx.now,
        actor,
        on_behalf_of: on_behalf_of.as_ref().map(shared::id::UserId::as_str),
        action,
        subject,
        outcome,
        request_id: &ctx.request_id,
        network: &ctx.network,
        user_agent: &ctx.user_agent,
        detail,
    })
}
