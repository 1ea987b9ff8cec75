//! Setting providers of identities up. Who they let in and with which rights is decided here, so that a recent proof of identity is asked
//! for, and nobody gives by a provider what they do not hold.

use serde_json::json;
use shared::database::{DbError, Rows};
use shared::error::ApiError;
use shared::id::IdentityProviderId;
use shared::oidc::settings::{IdentityProviderIn, Preset};
use shared::store::identity_providers::{self as store, IDENTITY_PROVIDERS_MAX, IdentityProvider, Written};
use shared::store::roles::{self, OwnRole};

use super::{reach, saml};
use crate::actions::accounts::step_up;
use crate::actions::provision::Gives;
use crate::actions::{audit, open_pages, provision};
use crate::context::Ctx;
use crate::entity_tag::IfMatch;

/// One provider.
pub async fn find(ctx: &Ctx<'_>, id: &IdentityProviderId) -> Result<IdentityProvider, ApiError> {
    ctx.db.run(store::show(id)).await?.first()?.ok_or_else(ApiError::not_found)
}

/// The address that the provider sends browsers back to. It is each provider's own, so that an answer of one is never taken for another's
/// (RFC 9700, 4.4.2.2).
pub fn redirect_uri(ctx: &Ctx<'_>, id: &IdentityProviderId) -> String {
    ctx.link(&format!("/login/sso/{id}/callback"))
}

/// Where the provider says that a session is over.
pub fn backchannel_logout_uri(ctx: &Ctx<'_>, id: &IdentityProviderId) -> String {
    ctx.link(&format!("/login/sso/{id}/backchannel"))
}

/// Where browsers come back to from this provider, whichever way it speaks.
pub fn comes_to(ctx: &Ctx<'_>, provider: &IdentityProvider) -> String {
    if provider.saml.is_some() { saml::answer_at(ctx, &provider.id) } else { redirect_uri(ctx, &provider.id) }
}

/// Sets one up. 409 `name_taken`, `identity_provider_limit`; 403 `more_than_own`.
pub async fn create(ctx: &Ctx<'_>, form: IdentityProviderIn) -> Result<IdentityProvider, ApiError> {
    let own = ctx.db.run(roles::list("", roles::ROLES_MAX)).await?.all::<OwnRole>()?;
    create_with(ctx, form, &own).await
}

/// The same with the tenant's own roles, loaded already.
pub async fn create_with(ctx: &Ctx<'_>, form: IdentityProviderIn, own: &[OwnRole]) -> Result<IdentityProvider, ApiError> {
    step_up::require_recent(ctx)?;
    let id: IdentityProviderId = ctx.ids().next();
    let mut form = form;
    let mut made = if form.preset == Preset::Saml { Some(saml::own_key(ctx).await?) } else { None };
    if let Some((_, connection)) = &mut made {
        saml::described::settle(ctx, &mut form, connection, None).await?;
    }
    let mut form = checked(ctx, form, own, None)?;
    let own_key = made.as_ref().map(|(key, _)| key.jwk().to_owned());
    let secret = form.client_secret.take().or(own_key).map(|secret| reach::seal(ctx, &id, &secret)).transpose()?;
    let connection = made.map(|(_, connection)| text(&connection)).transpose()?;
    let definition = text(&form)?;
    let written = written(ctx, &id, &form, secret.as_deref(), connection.as_deref());
    let mut batch = store::insert(written, &definition, ctx.now).to_vec();
    batch.push(audit::line(ctx, "identity_provider.created", id.as_str(), json!({ "to": form, "name": form.name })));
    batch.push(store::show(&id));
    last(&ctx.db.batch(batch).await.map_err(refusal)?)
}

/// Replaces how one is set up. Another issuer or client asks for the secret again: the stored one goes nowhere else.
pub async fn replace(
    ctx: &Ctx<'_>,
    id: &IdentityProviderId,
    if_match: IfMatch,
    form: IdentityProviderIn,
) -> Result<IdentityProvider, ApiError> {
    let rows = ctx.db.batch(vec![store::show(id), roles::list("", roles::ROLES_MAX)]).await?;
    let [known, own] = rows.as_slice() else { return Err(ApiError::internal("a batch of two answered otherwise")) };
    let known: IdentityProvider = known.first()?.ok_or_else(ApiError::not_found)?;
    replace_known(ctx, &known, if_match, form, &own.all::<OwnRole>()?).await
}

/// The same for one that was loaded already, with the tenant's own roles. What it has opened ends when it is turned off or becomes another
/// issuer's, and second factors that it has vouched for do not count once it is not trusted with them.
pub async fn replace_known(
    ctx: &Ctx<'_>,
    before: &IdentityProvider,
    if_match: IfMatch,
    form: IdentityProviderIn,
    own: &[OwnRole],
) -> Result<IdentityProvider, ApiError> {
    if_match.check(before.version)?;
    step_up::require_recent(ctx)?;
    let settings = &before.settings;
    let mut form = form;
    if (form.preset == Preset::Saml) != before.saml.is_some() {
        return Err(ApiError::field("preset", "unknown_value"));
    }
    let mut connection = before.saml.clone();
    if let Some(connection) = &mut connection {
        saml::described::settle(ctx, &mut form, connection, Some(settings)).await?;
    }
    let mut form = checked(ctx, form, own, Some(settings))?;
    let has_metadata = form.metadata.is_some();
    let typed = form.client_secret.take();
    let is_other = (&form.issuer, &form.client_id) != (&settings.issuer, &settings.client_id);
    let secret = match (&typed, &before.secret) {
        (Some(secret), _) => Some(reach::seal(ctx, &before.id, secret)?),
        (None, Some(_)) if is_other && connection.is_none() => return Err(ApiError::field("client_secret", "missing_field")),
        (None, Some(sealed)) => Some(reach::seal(ctx, &before.id, &reach::unseal(ctx, &before.id, sealed)?)?),
        (None, None) => None,
    };
    let definition = text(&form)?;
    let connection = connection.map(|connection| text(&connection)).transpose()?;
    let written = written(ctx, &before.id, &form, secret.as_deref(), connection.as_deref());
    let mut batch = store::update(written, before.version, &definition, ctx.now).to_vec();
    let detail = json!({ "from": settings, "to": form, "name": form.name, "secret": typed.is_some(), "metadata": has_metadata });
    batch.push(audit::line(ctx, "identity_provider.updated", before.id.as_str(), detail));
    let ends = (settings.enabled && !form.enabled) || form.issuer != settings.issuer;
    let vouches_no_more = !form.vouches_as(settings);
    batch.extend(ends.then(|| store::end_all(&before.id, ctx.now)).into_iter().flatten());
    batch.extend(vouches_no_more.then(|| store::unvouch(&before.id)).into_iter().flatten());
    batch.push(store::show(&before.id));
    let after = last(&ctx.db.batch(batch).await.map_err(refusal)?)?;
    if ends || vouches_no_more {
        open_pages::renew_everybody(ctx);
    }
    Ok(after)
}

/// Removes one. Its people keep their accounts; sessions that it has opened end.
pub async fn remove(ctx: &Ctx<'_>, id: &IdentityProviderId, if_match: IfMatch) -> Result<(), ApiError> {
    let known = find(ctx, id).await?;
    if_match.check(known.version)?;
    step_up::require_recent(ctx)?;
    let mut batch = store::delete(id, known.version, ctx.now).to_vec();
    let detail = json!({ "from": known.settings, "name": known.settings.name });
    batch.push(audit::line(ctx, "identity_provider.deleted", id.as_str(), detail));
    ctx.db.batch(batch).await.map_err(refusal)?;
    open_pages::renew_everybody(ctx);
    Ok(())
}

fn written<'a>(
    ctx: &'a Ctx<'_>,
    id: &'a IdentityProviderId,
    settings: &'a IdentityProviderIn,
    secret: Option<&'a str>,
    saml: Option<&'a str>,
) -> Written<'a> {
    Written { id, settings, secret, saml, key: ctx.config().data_keys.current_id() }
}

/// The form as it will be stored. Roles that stand there already (`before`) may stay, unless it changes who is given them.
fn checked(
    ctx: &Ctx<'_>,
    form: IdentityProviderIn,
    own: &[OwnRole],
    before: Option<&IdentityProviderIn>,
) -> Result<IdentityProviderIn, ApiError> {
    let form = form.checked(reach::bounds(ctx)).map_err(ApiError::invalid)?;
    let before = before.filter(|before| form.knows_people_as(before));
    provision::may_give(ctx, gives(&form), own, before.map(gives))?;
    Ok(form)
}

fn gives(settings: &IdentityProviderIn) -> Gives<'_> {
    Gives { mappings: &settings.mappings, default_role: settings.default_role.as_deref() }
}

fn text(what: &impl serde::Serialize) -> Result<String, ApiError> {
    serde_json::to_string(what).map_err(ApiError::internal)
}

fn last(rows: &[Rows]) -> Result<IdentityProvider, ApiError> {
    rows.last().map(Rows::first).transpose()?.flatten().ok_or_else(|| ApiError::internal("a provider vanished"))
}

fn refusal(error: DbError) -> ApiError {
    match &error {
        DbError::Refused(rule) if rule == "identity_providers.name" => ApiError::conflict("name_taken"),
        DbError::Refused(rule) if rule == "limit" => {
            ApiError::conflict("identity_provider_limit").arg("maximum", IDENTITY_PROVIDERS_MAX)
        }
        DbError::Refused(rule) if rule == "not_found" => ApiError::field("mappings", "unknown_value"),
        _ => error.into(),
    }
}
