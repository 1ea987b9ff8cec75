//! Mailed links that work once: who may ask for one, and how it is made.
//!
//! The token of a link is made of the deployment's secret and a nonce. The outbox row carries the nonce, the table of links
//! the token's digest; neither is of use without the secret. Whoever writes the mail asks [`url`] for the address.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use shared::auth::signer::sha256_hex;
use shared::database::{Rows, TenantStatement};
use shared::error::ApiError;
use shared::i18n::Locale;
use shared::id::UserId;
use shared::limits::{ACCOUNT_MAIL_WINDOW_SECONDS, ACCOUNT_MAILS_PER_ADDRESS, ACCOUNT_MAILS_PER_NETWORK, RESET_LINK_SECONDS};
use shared::store::one_time::{self, NewToken, Pending, Purpose};
use shared::store::outbox;
use shared::store::users::{self, Account};

use super::throttle::{Throttle, Verdict, network};
use crate::actions::audit;
use crate::context::Ctx;

/// A link to make.
pub struct NewLink<'a> {
    /// What for.
    pub purpose: Purpose,
    /// Whose.
    pub user: &'a UserId,
    /// What using it brings about.
    pub pending: Pending,
    /// Seconds that it works.
    pub lives_seconds: i64,
}

impl<'a> NewLink<'a> {
    /// A link that lets somebody choose a password within an hour.
    pub fn reset(user: &'a UserId) -> Self {
        Self { purpose: Purpose::PasswordReset, user, pending: Pending::default(), lives_seconds: RESET_LINK_SECONDS }
    }
}

/// Somebody who asks, without being signed in, that a link be mailed to an address.
pub struct Asked {
    /// Whose address it is, if it is known.
    pub account: Option<Account>,
    /// Whether the address may get another mail now. Nobody is told when it may not.
    pub may_mail: bool,
    /// The audit line of it.
    pub line: TenantStatement,
}

/// Counts the request and looks the address up, in one round trip. 429 when too many come from this network.
pub async fn ask(ctx: &Ctx<'_>, email: &str, action: &str) -> Result<Asked, ApiError> {
    let by_network = Throttle::within(ctx, ACCOUNT_MAIL_WINDOW_SECONDS)
        .limit(&["account-mail-network", &network(&ctx.network)], ACCOUNT_MAILS_PER_NETWORK);
    let by_address =
        Throttle::within(ctx, ACCOUNT_MAIL_WINDOW_SECONDS).limit(&["account-mail", email], ACCOUNT_MAILS_PER_ADDRESS);
    let mut load = by_network.statements();
    load.extend(by_address.statements());
    load.push(users::by_email(email));
    let rows = ctx.db.batch(load).await?;
    if by_network.verdict(&rows)? != Verdict::Within {
        return Err(ApiError::too_many(by_network.retry_after_seconds));
    }
    let may_mail = by_address.verdict(rows.get(1..).unwrap_or_default())? == Verdict::Within;
    let account = rows.last().map(Rows::first::<Account>).transpose()?.flatten();
    let subject = account.as_ref().map_or("unknown", |account| account.id.as_str());
    let line = audit::line(ctx, action, subject, json!({ "typed": audit::typed(email) }));
    Ok(Asked { account, may_mail, line })
}

/// A link that was made; the caller writes [`Link::statement`] in its batch.
pub struct Link {
    /// What the mail's data carries.
    pub nonce: String,
    /// What the address carries.
    pub token: String,
    /// The token's digest.
    pub token_hash: String,
    /// Until when.
    pub expires_at: DateTime<Utc>,
    /// Stores it.
    pub statement: TenantStatement,
}

/// Makes a link.
pub fn make(ctx: &Ctx<'_>, link: &NewLink<'_>) -> Link {
    let nonce = ctx.ids().secret(16);
    let token = token(ctx, link.purpose, &nonce);
    let token_hash = sha256_hex(token.as_bytes());
    let expires_at = ctx.now + TimeDelta::seconds(link.lives_seconds);
    let statement = one_time::insert(&NewToken {
        token_hash: &token_hash,
        purpose: link.purpose,
        user: link.user,
        pending: &link.pending,
        created_at: ctx.now,
        expires_at,
    });
    Link { nonce, token, token_hash, expires_at, statement }
}

/// Makes a link and the mail that carries it. The mail's template is the purpose's name, its data `{"nonce", "expires_at"}`
/// (milliseconds). After the batch the caller wakes the outbox.
pub fn mailed(ctx: &Ctx<'_>, link: &NewLink<'_>, address: &str, locale: Locale) -> (Link, TenantStatement) {
    let made = make(ctx, link);
    let mail = outbox::mail(
        &outbox::NewMail {
            id: ctx.ids().next(),
            template: link.purpose.as_str(),
            recipient: address,
            recipient_user: Some(link.user),
            locale,
            ticket: None,
            comment: None,
            data: json!({ "nonce": made.nonce, "expires_at": made.expires_at.timestamp_millis() }),
        },
        ctx.now,
    );
    (made, mail)
}

/// The address of the link whose nonce a mail's data carries, on the tenant's stored host.
pub fn url(ctx: &Ctx<'_>, purpose: Purpose, nonce: &str) -> String {
    let page = match purpose {
        Purpose::ConfirmRegistration | Purpose::ConfirmAddress => "/register/confirm",
        Purpose::PasswordReset => "/password/reset",
    };
    ctx.link(&format!("{page}?token={}", token(ctx, purpose, nonce)))
}

fn token(ctx: &Ctx<'_>, purpose: Purpose, nonce: &str) -> String {
    ctx.signer().sign("one-time-link", &[ctx.tenant.id().as_str(), purpose.as_str(), nonce])
}
