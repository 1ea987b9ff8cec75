//! Making an account and an entry of a directory the same person, and ending that. Only an administrator does either: an address that two
//! places know says nothing about whose it is.

use serde_json::json;
use shared::access::Role;
use shared::database::{DbError, Rows};
use shared::error::ApiError;
use shared::id::{DirectoryId, UserId};
use shared::ldap::client::Failure;
use shared::ldap::lookup::{self, Whom};
use shared::store::directories::{self as store, Directory};
use shared::store::directory_people::{self, Linked};
use shared::store::people::{self, Listed};
use shared::store::users::Status;
use shared::store::{sessions, sign_in_challenges};

use super::reach::{self, SIGN_IN_SECONDS};
use crate::actions::accounts::step_up;
use crate::actions::{audit, open_pages};
use crate::context::Ctx;

/// Links an account to the entry of a user name. From then on the directory's password counts and no other; sessions end. 422 when either
/// is unknown, 409 `directory_linked` when either is linked already, 403 `more_than_own` when the account holds more than the caller.
pub async fn link(ctx: &Ctx<'_>, id: &DirectoryId, user: &UserId, username: &str) -> Result<Linked, ApiError> {
    let rows = ctx.db.batch(vec![store::show(id), people::show(user)]).await?;
    let [directory, person] = rows.as_slice() else { return Err(ApiError::internal("a batch of two answered otherwise")) };
    let directory: Directory = directory.first()?.ok_or_else(ApiError::not_found)?;
    link_known(ctx, &directory, person.first()?, "user", username).await
}

/// The same with what was loaded already; `field` is the one that named the person.
pub async fn link_known(
    ctx: &Ctx<'_>,
    directory: &Directory,
    person: Option<Listed>,
    field: &'static str,
    username: &str,
) -> Result<Linked, ApiError> {
    step_up::require_recent(ctx)?;
    let id = &directory.id;
    let person = person
        .filter(|person| person.removed_at.is_none() && person.status == Status::Active)
        .ok_or_else(|| ApiError::field(field, "unknown_person"))?;
    if person.role != Role::Client && !ctx.actor.lacks(person.permissions()).is_empty() {
        return Err(ApiError::more_than_own());
    }
    let username = username.trim().to_lowercase();
    if username.is_empty() {
        return Err(ApiError::field("username", "missing_field"));
    }
    let entry = entry(ctx, directory, &username).await.map_err(ApiError::directory_unreachable)?;
    let (entry, groups) = entry.ok_or_else(|| ApiError::field("username", "unknown_person"))?;
    if directory.settings.place(&groups).is_none() {
        return Err(ApiError::field("username", "no_place"));
    }
    let user = &person.id;
    let round = directory.sync.round;
    let mut batch = vec![
        people::guard_version(user, person.version),
        directory_people::link(id, &entry.unique_id, user, &entry.username, round, ctx.now),
    ];
    batch.extend(directory_people::without_password(user, ctx.now));
    batch.extend([
        sessions::revoke_of_user(user, ctx.now, None),
        sign_in_challenges::use_all(user, ctx.now),
        audit::line(ctx, "directory.linked", id.as_str(), json!({ "user": user, "username": entry.username })),
        directory_people::of_user(user),
    ]);
    let rows = match ctx.db.batch(batch).await {
        Err(DbError::Refused(rule)) if rule.starts_with("directory_people.") => {
            return Err(ApiError::conflict("directory_linked"));
        }
        other => other?,
    };
    open_pages::end_person(ctx, user, None);
    rows.last().map(Rows::first).transpose()?.flatten().ok_or_else(|| ApiError::internal("a link vanished"))
}

/// Ends a link. The account stays, without a password: its owner chooses one by mail. 404 when there is none.
pub async fn unlink(ctx: &Ctx<'_>, id: &DirectoryId, user: &UserId) -> Result<(), ApiError> {
    step_up::require_recent(ctx)?;
    let mut batch = directory_people::unlink(id, user).to_vec();
    batch.extend([
        sessions::revoke_of_user(user, ctx.now, None),
        sign_in_challenges::use_all(user, ctx.now),
        audit::line(ctx, "directory.unlinked", id.as_str(), json!({ "user": user })),
    ]);
    ctx.db.batch(batch).await?;
    open_pages::end_person(ctx, user, None);
    Ok(())
}

/// The entry of a user name, with its groups.
async fn entry(
    ctx: &Ctx<'_>,
    directory: &Directory,
    username: &str,
) -> Result<Option<(shared::ldap::identity::Identity, Vec<String>)>, Failure> {
    let mut client = reach::client(ctx, &directory.settings, SIGN_IN_SECONDS).await?;
    reach::bind(ctx, &mut client, directory).await?;
    let found = match lookup::person(&mut client, &directory.settings, Whom::Username(username)).await? {
        Some(identity) => {
            let groups = lookup::groups(&mut client, &directory.settings, &identity).await?;
            Some((identity, groups))
        }
        None => None,
    };
    client.close().await;
    Ok(found)
}
