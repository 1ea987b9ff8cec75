//! Setting directories up. Who they let in and with which rights is decided here, so that a recent proof of identity is asked for, and
//! nobody gives by a directory what they do not hold.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use shared::access::Permissions;
use shared::database::{DbError, Rows};
use shared::error::ApiError;
use shared::id::DirectoryId;
use shared::ldap::settings::DirectoryIn;
use shared::store::directories::{self as store, DIRECTORIES_MAX, Directory, Written};
use shared::store::roles::{self, OwnRole};
use shared::store::{directory_people, held};

use super::reach;
use crate::actions::accounts::step_up;
use crate::actions::provision::Gives;
use crate::actions::{audit, provision};
use crate::context::Ctx;
use crate::entity_tag::IfMatch;

/// One directory.
pub async fn find(ctx: &Ctx<'_>, id: &DirectoryId) -> Result<Directory, ApiError> {
    ctx.db.run(store::show(id)).await?.first()?.ok_or_else(ApiError::not_found)
}

/// Sets one up. 409 `name_taken`, `directory_limit`; 403 `more_than_own`.
pub async fn create(ctx: &Ctx<'_>, form: DirectoryIn) -> Result<Directory, ApiError> {
    let own = ctx.db.run(roles::list("", roles::ROLES_MAX)).await?.all::<OwnRole>()?;
    create_with(ctx, form, &own).await
}

/// The same with the tenant's own roles, loaded already.
pub async fn create_with(ctx: &Ctx<'_>, form: DirectoryIn, own: &[OwnRole]) -> Result<Directory, ApiError> {
    step_up::require_recent(ctx)?;
    let id: DirectoryId = ctx.ids().next();
    let mut form = checked(ctx, form, own, None)?;
    let password = form.bind_password.take().ok_or_else(|| ApiError::field("bind_password", "missing_field"))?;
    let secret = reach::seal(ctx, &id, &password)?;
    let definition = text(&form)?;
    let written = Written {
        id: &id,
        settings: &form,
        secret: &secret,
        key: ctx.config().data_keys.current_id(),
        next_at: next(ctx, &form, None),
    };
    let mut batch = store::insert(written, &definition, ctx.now).to_vec();
    batch.push(audit::line(ctx, "directory.created", id.as_str(), json!({ "to": form })));
    batch.push(store::show(&id));
    last(&ctx.db.batch(batch).await.map_err(refusal)?)
}

/// Replaces how one is set up. Another machine or another account asks for the password again: the stored one goes nowhere else. 403
/// `more_than_own` also when linked people would be looked for elsewhere who hold more than the caller can give.
pub async fn replace(ctx: &Ctx<'_>, id: &DirectoryId, if_match: IfMatch, form: DirectoryIn) -> Result<Directory, ApiError> {
    let load = vec![store::show(id), roles::list("", roles::ROLES_MAX), directory_people::held(id, ctx.now)];
    let rows = ctx.db.batch(load).await?;
    let [known, own, held] = rows.as_slice() else { return Err(ApiError::internal("a batch of three answered otherwise")) };
    let known: Directory = known.first()?.ok_or_else(ApiError::not_found)?;
    replace_known(ctx, &known, if_match, form, &own.all::<OwnRole>()?, held::permissions(held)?).await
}

/// The same for one that was loaded already, with the tenant's own roles and what its people hold.
pub async fn replace_known(
    ctx: &Ctx<'_>,
    before: &Directory,
    if_match: IfMatch,
    form: DirectoryIn,
    own: &[OwnRole],
    held: Permissions,
) -> Result<Directory, ApiError> {
    if_match.check(before.version)?;
    step_up::require_recent(ctx)?;
    let settings = &before.settings;
    let mut form = checked(ctx, form, own, Some(settings))?;
    if !form.finds_linked_as(settings) && !ctx.actor.lacks(held).is_empty() {
        return Err(ApiError::more_than_own());
    }
    let password = form.bind_password.take();
    let goes_elsewhere = (&form.host, form.port, &form.bind_dn) != (&settings.host, settings.port, &settings.bind_dn);
    let secret = match &password {
        Some(password) => reach::seal(ctx, &before.id, password)?,
        None if goes_elsewhere => return Err(ApiError::field("bind_password", "missing_field")),
        None => reach::seal(ctx, &before.id, &reach::unseal(ctx, &before.id, &before.secret)?)?,
    };
    let definition = text(&form)?;
    let written = Written {
        id: &before.id,
        settings: &form,
        secret: &secret,
        key: ctx.config().data_keys.current_id(),
        next_at: next(ctx, &form, Some(before)),
    };
    let mut batch = store::update(written, before.version, &definition, ctx.now).to_vec();
    let detail = json!({ "from": settings, "to": form, "password": password.is_some() });
    batch.push(audit::line(ctx, "directory.updated", before.id.as_str(), detail));
    batch.push(store::show(&before.id));
    last(&ctx.db.batch(batch).await.map_err(refusal)?)
}

/// Removes one. Its people keep their accounts, and no password: they choose one by mail.
pub async fn remove(ctx: &Ctx<'_>, id: &DirectoryId, if_match: IfMatch) -> Result<(), ApiError> {
    let known = find(ctx, id).await?;
    if_match.check(known.version)?;
    step_up::require_recent(ctx)?;
    let mut batch = store::delete(id, known.version).to_vec();
    batch.push(audit::line(ctx, "directory.deleted", id.as_str(), json!({ "from": known.settings })));
    ctx.db.batch(batch).await.map_err(refusal)?;
    Ok(())
}

/// The form as it will be stored. Roles that stand there already (`before`) may stay, unless it changes who is given them.
fn checked(ctx: &Ctx<'_>, form: DirectoryIn, own: &[OwnRole], before: Option<&DirectoryIn>) -> Result<DirectoryIn, ApiError> {
    let form = form.checked(reach::bounds(ctx)).map_err(ApiError::invalid)?;
    let before = before.filter(|before| form.knows_people_as(before));
    provision::may_give(ctx, gives(&form), own, before.map(gives))?;
    Ok(form)
}

fn gives(settings: &DirectoryIn) -> Gives<'_> {
    Gives { mappings: &settings.mappings, default_role: settings.default_role.as_deref() }
}

/// When the next round begins: at once where there was none before, otherwise when it was to.
fn next(ctx: &Ctx<'_>, form: &DirectoryIn, before: Option<&Directory>) -> Option<DateTime<Utc>> {
    if form.sync_hours == 0 || !form.enabled {
        return None;
    }
    let latest = ctx.now + TimeDelta::hours(i64::from(form.sync_hours));
    before.and_then(|before| before.sync.next_at).map_or(Some(ctx.now), |planned| Some(planned.min(latest)))
}

fn text(form: &DirectoryIn) -> Result<String, ApiError> {
    serde_json::to_string(form).map_err(ApiError::internal)
}

fn last(rows: &[Rows]) -> Result<Directory, ApiError> {
    rows.last().map(Rows::first).transpose()?.flatten().ok_or_else(|| ApiError::internal("a directory vanished"))
}

fn refusal(error: DbError) -> ApiError {
    match &error {
        DbError::Refused(rule) if rule == "directories.name" => ApiError::conflict("name_taken"),
        DbError::Refused(rule) if rule == "limit" => ApiError::conflict("directory_limit").arg("maximum", DIRECTORIES_MAX),
        DbError::Refused(rule) if rule == "not_found" => ApiError::field("mappings", "unknown_value"),
        _ => error.into(),
    }
}
