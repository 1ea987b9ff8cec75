//! Who somebody is elsewhere: linked by themselves, once they have proven who they are here, and unlinked again.

use serde_json::json;
use shared::database::DbError;
use shared::error::ApiError;
use shared::id::ExternalIdentityId;
use shared::mail::templates::SecurityEvent;
use shared::oidc::person::Person;
use shared::platform::Wake;
use shared::store::external_identities::{self as store, Link, Subject};
use shared::store::identity_providers::IdentityProvider;

use super::enter::label;
use super::exchange::Said;
use super::finish::note;
use crate::actions::accounts::{notices, step_up};
use crate::actions::{audit, open_pages};
use crate::context::Ctx;

fn subject<'a>(provider: &'a IdentityProvider, person: &'a Person) -> Subject<'a> {
    Subject { provider: &provider.id, issuer: &provider.settings.issuer, subject: &person.subject }
}

/// Links whom the provider has named to the person who is signed in. 409 `external_identity_linked` when either is linked already. Their
/// role stays what it is: a provider decides about accounts that it has made, and no others.
pub async fn link(ctx: &Ctx<'_>, provider: &IdentityProvider, said: Said) -> Result<(), ApiError> {
    let named = &said.person;
    step_up::require_recent(ctx)?;
    let person = ctx.person()?;
    let id: ExternalIdentityId = ctx.ids().next();
    let link = Link {
        id: &id,
        subject: subject(provider, named),
        user: &person.id,
        label: label(named),
        managed: false,
        is_used: false,
    };
    let detail = json!({ "provider": provider.id, "name": provider.settings.name });
    let mut batch: Vec<_> = said.once.into_iter().collect();
    batch.extend([
        store::link(link, ctx.now),
        audit::line(ctx, "external_identity.linked", id.as_str(), detail),
        notices::to_self(ctx, SecurityEvent::IdentityLinked)?,
    ]);
    match ctx.db.batch(batch).await {
        Err(DbError::Refused(rule)) if rule.starts_with("external_identities.") => {
            return Err(ApiError::conflict("external_identity_linked"));
        }
        other => other?,
    };
    ctx.wake(Wake::Outbox(ctx.tenant.id().clone()));
    Ok(())
}

/// Ends a link of the person who is signed in, and their other sessions that the provider has opened. 404 when there is none, 409
/// `last_way_in` when they would have no other way in.
pub async fn unlink(ctx: &Ctx<'_>, id: &ExternalIdentityId) -> Result<(), ApiError> {
    step_up::require_recent(ctx)?;
    let person = ctx.person()?;
    let mut batch = store::unlink(&person.id, id, &person.session, ctx.now).to_vec();
    batch.push(audit::line(ctx, "external_identity.unlinked", id.as_str(), json!({})));
    batch.push(notices::to_self(ctx, SecurityEvent::IdentityUnlinked)?);
    match ctx.db.batch(batch).await {
        Err(error) if error.is_refused_by("last_way_in") => return Err(ApiError::conflict("last_way_in")),
        other => other?,
    };
    open_pages::end_person(ctx, &person.id, Some(&person.session));
    ctx.wake(Wake::Outbox(ctx.tenant.id().clone()));
    Ok(())
}

/// Takes it as a proof that the provider has just let the same person in. Answers the session's next cookie.
pub async fn prove(ctx: &Ctx<'_>, provider: &IdentityProvider, said: Said) -> Result<Option<String>, ApiError> {
    let named = &said.person;
    let person = ctx.person()?;
    let mut guards: Vec<_> = said.once.into_iter().collect();
    guards.push(store::guard_subject(subject(provider, named), &person.id));
    let proven = step_up::by_provider(ctx, guards).await;
    match proven {
        Err(error) if error.status == 422 => {
            note(ctx, provider, Some(&person.id), "somebody_else");
            Err(ApiError::sso_failed("the provider has named somebody else"))
        }
        other => other,
    }
}
