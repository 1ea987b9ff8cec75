//! Registering, and confirming an address.
//!
//! The answer to a registration is the same for a new address, a known one and a disabled one, and so is the work: one hash,
//! one load, one write. What differs goes by mail to the address itself.
//!
//! Whoever registers somebody else's address must gain nothing when the owner follows the link. The password therefore waits
//! in the link, and counts only if the link is followed in the browser that registered (it holds a mark); in any other the
//! owner chooses a password anew.

use serde_json::json;
use shared::access::Role;
use shared::auth::password;
use shared::auth::signer::{same_secret, sha256_hex};
use shared::database::TenantStatement;
use shared::error::ApiError;
use shared::id::UserId;
use shared::limits::CONFIRMATION_LINK_SECONDS;
use shared::platform::Wake;
use shared::store::one_time::{self, Live, Pending, Purpose};
use shared::store::outbox;
use shared::store::sessions::Kind;
use shared::store::users::{self, Account, Status, Waiting};

use super::links::{self, NewLink};
use super::{email, name, sign_in};
use crate::actions::audit;
use crate::context::Ctx;

/// The mark's label and cookie.
pub const MARK: &str = "registration";

/// Takes a registration. Answers the mark that the browser keeps until the address is confirmed.
pub async fn register(ctx: &Ctx<'_>, name_typed: &str, email_typed: &str, password_typed: &str) -> Result<String, ApiError> {
    if !ctx.tenant.settings().registration_open {
        return Err(ApiError::not_found());
    }
    let (name, email) = check(ctx, name_typed, email_typed, password_typed)?;
    let asked = links::ask(ctx, &email, "account.registration_requested").await?;
    let known = asked.account;
    let hash = password::hash(password_typed, ctx.config().argon2, ctx.platform).map_err(ApiError::internal)?;

    let mut batch = vec![asked.line];
    let mut mark = ctx.ids().secret(32);
    if asked.may_mail {
        let fresh: UserId = ctx.ids().next();
        match &known {
            None | Some(Account { status: Status::Unverified, .. }) => {
                let user = known.as_ref().map_or(&fresh, |account| &account.id);
                if known.is_none() {
                    batch.push(users::insert_unverified(user, &email, &name, ctx.locale, ctx.now));
                }
                let pending = Pending { password_hash: Some(hash), name: Some(name) };
                let link =
                    NewLink { purpose: Purpose::ConfirmRegistration, user, pending, lives_seconds: CONFIRMATION_LINK_SECONDS };
                let (link, mail) = links::mailed(ctx, &link, &email, ctx.locale);
                mark = mark_of(ctx, &link.token_hash);
                batch.extend([link.statement, mail]);
            }
            // Whoever forgot that there is an account gets the way into it.
            Some(account) if account.status == Status::Active && !account.in_directory => {
                let (link, mail) = links::mailed(ctx, &NewLink::reset(&account.id), &email, account.locale.unwrap_or(ctx.locale));
                batch.extend([link.statement, mail]);
            }
            Some(_) => {}
        }
    }
    match ctx.db.batch(batch).await {
        // Registered twice at the same moment: the other one's mail is on its way.
        Err(error) if error.is_refused_by("users.email") => {}
        other => {
            other?;
        }
    }
    ctx.wake(Wake::Outbox(ctx.tenant.id().clone()));
    Ok(mark)
}

fn check(ctx: &Ctx<'_>, name_typed: &str, email_typed: &str, password_typed: &str) -> Result<(String, String), ApiError> {
    let mut faults = Vec::new();
    let name = name(name_typed).map_err(|fault| faults.push(fault)).unwrap_or_default();
    let email = email(email_typed).map_err(|fault| faults.push(fault)).unwrap_or_default();
    let rules = ctx.tenant.settings().password_rules(Role::Client);
    if let Err(fault) = password::check_rules(password_typed, &context(ctx, &name, &email), rules) {
        faults.push(fault);
    }
    if faults.is_empty() { Ok((name, email)) } else { Err(ApiError::invalid(faults)) }
}

/// What an attacker would guess first of this person's password.
pub fn context<'a>(ctx: &'a Ctx<'_>, name: &'a str, email: &'a str) -> Vec<&'a str> {
    vec![name, email, ctx.tenant.slug(), ctx.tenant.name(), ctx.tenant.host()]
}

/// What became of a confirmation.
pub enum Confirmed {
    /// Signed in.
    SignedIn(sign_in::SignedIn),
    /// The address is confirmed; this token lets its owner choose a password.
    ChoosePassword(String),
    /// The address is confirmed; its owner has a second factor, and signs in with it.
    SignIn,
}

/// Confirms an address: the person can sign in, and the tickets that waited for it go on. 404 for a link that does not work.
pub async fn confirm(ctx: &Ctx<'_>, token: &str, mark: Option<&str>) -> Result<Confirmed, ApiError> {
    let token_hash = sha256_hex(token.as_bytes());
    let rows = ctx.db.batch(vec![one_time::live(&token_hash, ctx.now), users::waiting_tickets(&token_hash)]).await?;
    let [link_rows, ticket_rows] = rows.as_slice() else { return Err(ApiError::internal("a batch of two answered otherwise")) };
    let link = link_rows
        .first::<Live>()?
        .filter(|link| link.purpose != Purpose::PasswordReset && link.status != Status::Disabled)
        .ok_or_else(ApiError::not_found)?;
    let waiting: Vec<Waiting> = ticket_rows.all()?;
    let same_browser = mark.is_some_and(|mark| same_secret(mark, &mark_of(ctx, &token_hash)));
    let password_hash = link.pending.password_hash.as_deref().filter(|_| same_browser);
    let name = link.pending.name.as_deref().filter(|_| same_browser);

    let mut batch = vec![
        one_time::guard_unused(&token_hash),
        one_time::use_all(&link.user, Purpose::ConfirmRegistration, ctx.now),
        one_time::use_all(&link.user, Purpose::ConfirmAddress, ctx.now),
        users::activate(&link.user, name, password_hash, ctx.now),
        users::confirm(&link.user, ctx.now),
        users::release_tickets(&link.user),
        audit::line_of(ctx, link.user.as_str(), "account.confirmed", link.user.as_str(), json!({ "tickets": waiting.len() })),
    ];
    batch.extend(waiting.iter().map(|ticket| received(ctx, &link, ticket)));
    let chooses = link.purpose == Purpose::ConfirmRegistration && password_hash.is_none() && link.status == Status::Unverified;
    let confirmed = if chooses {
        let reset = links::make(ctx, &NewLink::reset(&link.user));
        batch.push(reset.statement);
        Confirmed::ChoosePassword(reset.token)
    } else if link.has_factor {
        Confirmed::SignIn
    } else {
        let (statements, session, secret) = sign_in::open(ctx, &link.user, Kind::Browser, None);
        batch.extend(statements);
        Confirmed::SignedIn(sign_in::SignedIn { user: link.user.clone(), role: link.role, session, secret })
    };
    match ctx.db.batch(batch).await {
        Err(error) if error.is_refused_by("already_done") => return Err(ApiError::not_found()),
        other => other?,
    };
    if !waiting.is_empty() {
        ctx.wake(Wake::Outbox(ctx.tenant.id().clone()));
    }
    if matches!(confirmed, Confirmed::SignedIn(_)) {
        sign_in::left(ctx, Kind::Browser);
    }
    Ok(confirmed)
}

/// The mail that says that a ticket which waited for its writer's address is taken in.
fn received(ctx: &Ctx<'_>, link: &Live, ticket: &Waiting) -> TenantStatement {
    outbox::mail(
        &outbox::NewMail {
            id: ctx.ids().next(),
            template: "ticket_received",
            recipient: &link.email,
            recipient_user: Some(&link.user),
            locale: link.locale.unwrap_or(ctx.locale),
            ticket: Some(&ticket.id),
            comment: None,
            data: json!({}),
        },
        ctx.now,
    )
}

fn mark_of(ctx: &Ctx<'_>, token_hash: &str) -> String {
    ctx.signer().sign(MARK, &[ctx.tenant.id().as_str(), token_hash])
}
