//! Forgotten and changed passwords. A new password ends the sessions that the old one opened, and is written to its owner. It opens
//! none: whoever chose it by mail signs in with it, second factor and all.

use serde_json::json;
use shared::auth::password;
use shared::auth::signer::sha256_hex;
use shared::error::{ApiError, FieldError};
use shared::id::UserId;
use shared::limits::{LOGIN_ATTEMPTS_PER_ACCOUNT_NETWORK, LOGIN_WINDOW_SECONDS, PASSWORD_BYTES_MAX};
use shared::mail::templates::SecurityEvent;
use shared::platform::Wake;
use shared::store::one_time::{self, Live, Purpose};
use shared::store::users::{self, Account, Status};
use shared::store::{sessions, sign_in_challenges};

use super::links::{self, NewLink};
use super::register::context;
use super::throttle::{Throttle, Verdict};
use super::{email, notices};
use crate::actions::{audit, open_pages};
use crate::context::Ctx;

/// Mails a link to whoever has an account under this address; says nothing about whether somebody has.
pub async fn forget(ctx: &Ctx<'_>, email_typed: &str) -> Result<(), ApiError> {
    let email = email(email_typed).map_err(|fault| ApiError::invalid(vec![fault]))?;
    let asked = links::ask(ctx, &email, "account.reset_requested").await?;
    let mut batch = vec![asked.line];
    let may_choose = |account: &Account| account.status == Status::Active && !account.in_directory;
    if let Some(account) = asked.account.filter(|account| asked.may_mail && may_choose(account)) {
        let (link, mail) = links::mailed(ctx, &NewLink::reset(&account.id), &account.email, account.locale.unwrap_or(ctx.locale));
        batch.extend([link.statement, mail]);
    }
    ctx.db.batch(batch).await?;
    ctx.wake(Wake::Outbox(ctx.tenant.id().clone()));
    Ok(())
}

/// Sets a password by mailed link and ends every session of the person. 404 for a link that does not work.
pub async fn reset(ctx: &Ctx<'_>, token: &str, password_typed: &str) -> Result<(), ApiError> {
    let token_hash = sha256_hex(token.as_bytes());
    let rows = ctx.db.run(one_time::live(&token_hash, ctx.now)).await?;
    let link = rows
        .first::<Live>()?
        .filter(|link| link.purpose == Purpose::PasswordReset && link.status == Status::Active)
        .ok_or_else(ApiError::not_found)?;
    let rules = ctx.tenant.settings().password_rules(link.role);
    password::check_rules(password_typed, &context(ctx, &link.name, &link.email), rules)
        .map_err(|fault| ApiError::invalid(vec![fault]))?;
    let hash = password::hash(password_typed, ctx.config().argon2, ctx.platform).map_err(ApiError::internal)?;
    let written = ctx
        .db
        .batch(vec![
            one_time::guard_unused(&token_hash),
            one_time::use_all(&link.user, Purpose::PasswordReset, ctx.now),
            users::reset_password(&link.user, &hash, ctx.now),
            sessions::revoke_of_user(&link.user, ctx.now, None),
            sign_in_challenges::use_all(&link.user, ctx.now),
            notices::mail(ctx, &link.user, &link.email, link.locale, SecurityEvent::PasswordChanged),
            audit::line_of(ctx, link.user.as_str(), "account.password_reset", link.user.as_str(), json!({})),
        ])
        .await;
    match written {
        Err(error) if error.is_refused_by("already_done") => return Err(ApiError::not_found()),
        other => other?,
    };
    ctx.wake(Wake::Outbox(ctx.tenant.id().clone()));
    open_pages::end_person(ctx, &link.user, None);
    Ok(())
}

/// Counts tries of a person's password by whoever sits in their session.
pub(super) fn throttle(ctx: &Ctx<'_>, user: &UserId) -> Throttle {
    Throttle::within(ctx, LOGIN_WINDOW_SECONDS).limit(&["password-change", user.as_str()], LOGIN_ATTEMPTS_PER_ACCOUNT_NETWORK)
}

/// Changes the password of the person who is signed in, and ends their other sessions.
pub async fn change(ctx: &Ctx<'_>, current: &str, password_typed: &str) -> Result<(), ApiError> {
    let person = ctx.person()?;
    let throttle = throttle(ctx, &person.id);
    let mut load = throttle.statements();
    load.push(users::by_id(&person.id));
    let rows = ctx.db.batch(load).await?;
    if throttle.verdict(&rows)? != Verdict::Within {
        return Err(ApiError::too_many(throttle.retry_after_seconds));
    }
    let account =
        rows.last().map(shared::database::Rows::first::<Account>).transpose()?.flatten().ok_or_else(ApiError::not_found)?;
    if account.in_directory {
        return Err(ApiError::conflict("directory_person"));
    }
    let cost = ctx.config().argon2;
    let fits = current.len() <= PASSWORD_BYTES_MAX;
    if !fits || !password::verify(current, account.password_hash.as_deref(), cost) {
        return Err(ApiError::invalid(vec![FieldError::new("current", "wrong_password")]));
    }
    let rules = ctx.tenant.settings().password_rules(account.role);
    password::check_rules(password_typed, &context(ctx, &account.name, &account.email), rules)
        .map_err(|fault| ApiError::invalid(vec![fault]))?;
    let hash = password::hash(password_typed, cost, ctx.platform).map_err(ApiError::internal)?;
    ctx.db
        .batch(vec![
            users::set_password(&person.id, &hash, ctx.now),
            sessions::revoke_of_user(&person.id, ctx.now, Some(&person.session)),
            sign_in_challenges::use_all(&person.id, ctx.now),
            notices::to_self(ctx, SecurityEvent::PasswordChanged)?,
            one_time::use_all(&person.id, Purpose::PasswordReset, ctx.now),
            throttle.forget(),
            audit::line(ctx, "account.password_changed", person.id.as_str(), json!({})),
        ])
        .await?;
    ctx.wake(Wake::Outbox(ctx.tenant.id().clone()));
    open_pages::end_person(ctx, &person.id, Some(&person.session));
    Ok(())
}
