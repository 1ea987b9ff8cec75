//! Signing in by user name and password.
//!
//! Tries are counted before the password is hashed. Then exactly one hash is computed, whether the account is unknown,
//! disabled, unconfirmed or has no password, and the answer to all of them is the same. Whoever has a second factor is asked for it
//! once the password was right, and not before. Whose password a company's directory keeps is asked of that directory.

use chrono::TimeDelta;
use serde_json::json;
use shared::access::Role;
use shared::auth::password;
use shared::auth::signer::sha256_hex;
use shared::database::{DbError, TenantStatement};
use shared::error::ApiError;
use shared::id::{SessionId, UserId};
use shared::limits::{
    LOGIN_ATTEMPTS_PER_ACCOUNT, LOGIN_ATTEMPTS_PER_ACCOUNT_NETWORK, LOGIN_ATTEMPTS_PER_NETWORK, LOGIN_WINDOW_SECONDS,
    PASSWORD_BYTES_MAX, REFRESH_TOKEN_SECONDS,
};
use shared::store::sessions::{self, Kind, NewSession};
use shared::store::sign_in_challenges::Ways;
use shared::store::users::{self, Account, Status};

use super::second_factor::{sms, verify};
use super::throttle::{Throttle, Verdict, network};
use crate::actions::directories::sign_in::{self as directory, Entered, Meant, Outcome};
use crate::actions::provision::with;
use crate::actions::{audit, open_pages};
use crate::context::Ctx;

/// A session that was just opened.
pub struct SignedIn {
    /// Whose.
    pub user: UserId,
    /// Their role.
    pub role: Role,
    /// Its id.
    pub session: SessionId,
    /// What the client keeps: the cookie's value, or the first refresh token.
    pub secret: String,
}

/// How far a right password leads.
pub enum Entry {
    /// In.
    SignedIn(SignedIn),
    /// As far as the second factor.
    SecondFactor(Owed),
}

/// The second factor is owed.
pub struct Owed {
    /// The secret to send it with, see [`verify`].
    pub token: String,
    /// By what it can be given, beside recovery codes.
    pub ways: Ways,
}

/// Checks the password and opens a session, unless a second factor is owed. A session that the browser had before ends: a token that
/// somebody planted there is never good for the new person.
pub async fn sign_in(ctx: &Ctx<'_>, username: &str, password_typed: &str, kind: Kind) -> Result<Entry, ApiError> {
    let account_key = username.trim().to_lowercase();
    let attempt = Attempt::of(ctx, &account_key);
    let (account, meant) = attempt.admitted(ctx).await?;
    // Whose account it is for the audit log: an address means its owner, a user name in a directory the only one who has it.
    let named = account.as_ref().or_else(|| meant.account());

    let stored = account.as_ref().and_then(|account| account.password_hash.as_deref());
    let is_right = password::verify(cut(password_typed), stored, ctx.config().argon2);
    let entered = if meant.is_of_directories(&account_key) {
        from_directory(ctx, &meant, &account_key, named, password_typed).await?
    } else {
        let good = account.as_ref().filter(|account| is_right && account.status == Status::Active);
        good.map(|account| Entered { account: account.clone(), changes: Vec::new(), renewal: None, is_new: false })
    };
    let Some(entered) = entered else {
        ctx.db.run(refusal(ctx, &account_key, named, "credentials")).await?;
        return Err(ApiError::bad_credentials());
    };
    let (mut batch, entry) = entry_of(ctx, &entered.account, kind);
    batch.extend(attempt.forget());
    batch.extend(rehashed(ctx, &entered.account, password_typed)?);
    write(ctx, &account_key, entered, batch).await?;
    if matches!(entry, Entry::SignedIn(_)) {
        left(ctx, kind);
    }
    Ok(entry)
}

/// A try at an account, and how many there may be.
struct Attempt<'a> {
    account_key: &'a str,
    network: String,
    from_here: Throttle,
    from_anywhere: Throttle,
}

impl<'a> Attempt<'a> {
    fn of(ctx: &Ctx<'_>, account_key: &'a str) -> Self {
        let network = network(&ctx.network);
        let from_here = Throttle::within(ctx, LOGIN_WINDOW_SECONDS)
            .limit(&["login", account_key, &network], LOGIN_ATTEMPTS_PER_ACCOUNT_NETWORK)
            .limit(&["login-network", &network], LOGIN_ATTEMPTS_PER_NETWORK);
        let from_anywhere =
            Throttle::within(ctx, LOGIN_WINDOW_SECONDS).limit(&["login-account", account_key], LOGIN_ATTEMPTS_PER_ACCOUNT);
        Self { account_key, network, from_here, from_anywhere }
    }

    /// Counts the try; answers the account of this address and whom the directories may know, if it is within its limits.
    async fn admitted(&self, ctx: &Ctx<'_>) -> Result<(Option<Account>, Meant), ApiError> {
        let counted = [self.from_here.statements(), self.from_anywhere.statements()].into_iter().flatten();
        let load = counted
            .chain([sessions::knows_network(self.account_key, &self.network), users::by_email(self.account_key)])
            .chain(Meant::statements(self.account_key))
            .collect();
        let rows = ctx.db.batch(load).await?;
        let [_, _, anywhere, known_network, found, meant @ ..] = rows.as_slice() else {
            return Err(ApiError::internal("the batch was not answered"));
        };
        let account = found.first::<Account>()?;
        let meant = Meant::read(meant, account.as_ref())?;
        // Strangers who try many passwords shut the account to each other, not to the networks that its owner comes from: those
        // have their own, narrower limit.
        let mut verdict = self.from_here.verdict(&rows)?;
        if verdict == Verdict::Within && known_network.is_empty() {
            verdict = self.from_anywhere.verdict(std::slice::from_ref(anywhere))?;
        }
        if verdict == Verdict::JustOver {
            ctx.db.run(refusal(ctx, self.account_key, account.as_ref().or_else(|| meant.account()), "limit")).await?;
        }
        if verdict == Verdict::Within {
            Ok((account, meant))
        } else {
            Err(ApiError::too_many(self.from_here.retry_after_seconds))
        }
    }

    /// Whoever came in has not tried for nothing.
    fn forget(&self) -> [TenantStatement; 2] {
        [self.from_here.forget(), self.from_anywhere.forget()]
    }
}

/// What a proven password opens: the session, or the question for the second factor. The caller writes the batch.
fn entry_of(ctx: &Ctx<'_>, account: &Account, kind: Kind) -> (Vec<TenantStatement>, Entry) {
    if account.has_factor() {
        let (token, statements) = verify::challenge(ctx, &account.id, None);
        let phone = sms::reachable(ctx, account.phone.clone());
        let ways = Ways { totp: account.has_totp, passkey: account.has_passkey, phone };
        (statements, Entry::SecondFactor(Owed { token, ways }))
    } else {
        let (statements, session, secret) = open(ctx, &account.id, kind, None);
        (statements, Entry::SignedIn(SignedIn { user: account.id.clone(), role: account.role, session, secret }))
    }
}

/// The password anew, where it was hashed at another cost than today's.
fn rehashed(ctx: &Ctx<'_>, account: &Account, password_typed: &str) -> Result<Option<TenantStatement>, ApiError> {
    let cost = ctx.config().argon2;
    let Some(former) = account.password_hash.as_deref().filter(|stored| password::is_outdated(stored, cost)) else {
        return Ok(None);
    };
    let fresh = password::hash(password_typed, cost, ctx.platform).map_err(ApiError::internal)?;
    Ok(Some(users::rehash(&account.id, &fresh, former)))
}

/// Writes what lets somebody in, with what their directory has changed about them.
async fn write(ctx: &Ctx<'_>, account_key: &str, entered: Entered, entry: Vec<TenantStatement>) -> Result<(), ApiError> {
    let Entered { account, changes, mut renewal, is_new } = entered;
    let mut batch = if is_new { changes } else { [vec![users::guard_credentials(&account)], changes].concat() };
    batch.extend(entry);
    let mut written = ctx.db.batch(with(&batch, renewal.as_ref())).await;
    // The last administrator stays one, and comes in.
    if written.as_ref().is_err_and(|error| error.is_refused_by("last_admin")) && renewal.take().is_some() {
        written = ctx.db.batch(batch).await;
    }
    match written {
        // What was right a moment ago is not what lets somebody in now: they begin again.
        Err(error) if error.is_refused_by("conflict") || (!is_new && error.is_refused_by("stale_version")) => {
            return Err(ApiError::bad_credentials());
        }
        // An account of ours has the address, or the entry is somebody's already: an administrator links the two.
        Err(DbError::Refused(_)) if is_new => {
            ctx.db.run(refusal(ctx, account_key, None, "directory_not_linked")).await?;
            return Err(ApiError::directory_no_access());
        }
        other => other?,
    };
    if renewal.is_some_and(|renewal| renewal.has_other_rights) {
        open_pages::renew_person(ctx, &account.id);
    }
    Ok(())
}

/// Asks the directories that may know the person. Why somebody is known and not let in is for the audit log.
async fn from_directory(
    ctx: &Ctx<'_>,
    meant: &Meant,
    account_key: &str,
    account: Option<&Account>,
    password_typed: &str,
) -> Result<Option<Entered>, ApiError> {
    let (reason, error) = match directory::enter(ctx, meant, account_key, cut(password_typed)).await {
        Ok(Outcome::Entered(entered)) => return Ok(Some(*entered)),
        Ok(Outcome::Wrong) => return Ok(None),
        Ok(Outcome::NoAccess(reason)) => (reason, ApiError::directory_no_access()),
        Err(error) => ("directory_unreachable", error),
    };
    ctx.db.run(refusal(ctx, account_key, account, reason)).await?;
    Err(error)
}

/// The pages of the session that the browser had before end with it; called once [`open`]'s batch is written.
pub fn left(ctx: &Ctx<'_>, kind: Kind) {
    if let Some(former) = ctx.actor.person().filter(|_| kind == Kind::Browser) {
        open_pages::end_session(ctx, &former.session);
    }
}

/// Opens a session for somebody whose identity is proven, by this second factor if one is named; the caller writes the batch, and says
/// [`left`] then.
pub fn open(ctx: &Ctx<'_>, user: &UserId, kind: Kind, factor: Option<&str>) -> (Vec<TenantStatement>, SessionId, String) {
    let ids = ctx.ids();
    let session: SessionId = ids.next();
    let secret = ids.secret(32);
    let digest = sha256_hex(secret.as_bytes());
    let expires_at = ctx.now
        + match kind {
            Kind::Api => TimeDelta::seconds(REFRESH_TOKEN_SECONDS),
            Kind::Browser => TimeDelta::hours(ctx.tenant.settings().session_absolute_hours.into()),
        };
    let mut batch = vec![sessions::insert(&NewSession {
        id: &session,
        user,
        kind,
        token_hash: (kind == Kind::Browser).then_some(digest.as_str()),
        created_at: ctx.now,
        expires_at,
        network: &network(&ctx.network),
        user_agent: &ctx.user_agent,
        factor_at: factor.map(|_| ctx.now),
    })];
    if kind == Kind::Api {
        batch.push(sessions::insert_refresh(&digest, &session, ctx.now, expires_at));
    } else if let Some(former) = ctx.actor.person() {
        batch.push(sessions::revoke(&former.session, ctx.now));
    }
    let how = if kind == Kind::Api { "api" } else { "browser" };
    batch.push(audit::line_of(
        ctx,
        user.as_str(),
        "session.opened",
        session.as_str(),
        match ctx.country.get() {
            Some(country) => json!({ "kind": how, "factor": factor, "country": country }),
            None => json!({ "kind": how, "factor": factor }),
        },
    ));
    (batch, session, secret)
}

/// The audit line of a refusal.
fn refusal(ctx: &Ctx<'_>, account_key: &str, account: Option<&Account>, reason: &str) -> TenantStatement {
    let user = account.map_or("unknown", |account| account.id.as_str());
    let detail = json!({ "typed": audit::typed(account_key), "reason": reason });
    audit::refusal_of(ctx, &ctx.actor.reference(), "session.refused", user, detail)
}

/// No stored password is longer, so the rest cannot make a wrong one right; it only keeps the work bounded.
fn cut(password_typed: &str) -> &str {
    if password_typed.len() > PASSWORD_BYTES_MAX { "" } else { password_typed }
}
