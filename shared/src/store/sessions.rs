//! Sessions, the people behind them, and the refresh tokens of API sessions.
//!
//! Secrets are stored as digests only. A refresh token works once; all tokens of a session are one family, and a token that
//! comes a second time ends the session, and with it every access token that names it.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;

pub use crate::access::SessionKind as Kind;
use crate::access::{ApiKey, Circumstances, Permissions, Person, Policy, Standing, Subject};
use crate::database::{DbError, Rows, TenantStatement, bool_from_integer, json_text, optional_json_text};
use crate::i18n::Locale;
use crate::id::{ApiKeyId, SessionId, UserId};
use crate::limits::{SESSION_ABSOLUTE_HOURS, SESSION_IDLE_MINUTES, SESSION_SEEN_MINUTES};
use crate::store::held::HeldRow;
use crate::tenant::Settings;
use crate::tenant_statements;
use crate::values;

/// A session's person at the moment `?3`, with all that decides what the person may do: the role, roles held by grants and through
/// groups, those of people who are deputised for, and the policies in force.
macro_rules! person {
    ($session:literal) => {
        person!(
            "s.id AS session, s.kind, s.created_at, s.expires_at, COALESCE(s.seen_at, s.created_at) AS seen_at, COALESCE(s.verified_at, s.created_at) AS verified_at, s.factor_at,
                EXISTS (SELECT 1 FROM sso_sessions o WHERE o.tenant_id = ?1 AND o.session_id = s.id AND o.vouched = 1) AS vouched",
            "sessions",
            $session
        )
    };
    ($columns:literal, $table:literal, $session:literal) => {
        concat!(
            "SELECT ",
            $columns,
            ", u.locale, u.zone, ",
            crate::store::held::held!(),
            ",
                (SELECT json_group_array(json_object('id', a.id, 'name', a.name, 'effect', a.effect, 'permissions', json(a.permissions),
                    'condition', json(a.condition))) FROM access_policies a WHERE a.tenant_id = ?1 AND a.enabled = 1) AS policies,
                COALESCE((SELECT version FROM directory_versions WHERE tenant_id = ?1), 0) AS directory_version,
                EXISTS (SELECT 1 FROM second_factors f WHERE f.tenant_id = ?1 AND f.user_id = u.id AND f.confirmed_at IS NOT NULL)
                    AS has_totp,
                EXISTS (SELECT 1 FROM passkeys k WHERE k.tenant_id = ?1 AND k.user_id = u.id) AS has_passkey,
                (SELECT substr(n.number, -2) FROM phone_numbers n WHERE n.tenant_id = ?1 AND n.user_id = u.id AND n.confirmed_at IS NOT NULL) AS phone
            FROM ",
            $table,
            " s JOIN users u ON u.tenant_id = s.tenant_id AND u.id = s.user_id
            WHERE s.tenant_id = ?1 AND ",
            $session,
            " AND s.revoked_at IS NULL AND s.expires_at > ?3 AND u.status = 'active' LIMIT 1"
        )
    };
}

/// A service account at the moment `?3`, by a live key of its. It has no session: an id that no session has stands in for one, and its
/// account has proven nothing lately.
macro_rules! account {
    ($key:literal) => {
        person!(
            "'ses_' || substr(s.id, 5) AS session, 'api' AS kind, s.created_at, s.expires_at, COALESCE(s.last_used_at, 0) AS seen_at, 0 AS verified_at, NULL AS factor_at, 0 AS vouched,
                json_object('id', s.id, 'prefix', s.prefix, 'secret_hash', s.secret_hash, 'scopes', json(s.scopes),
                    'networks', json(s.networks)) AS key",
            "api_keys",
            $key
        )
    };
}

tenant_statements! {
    /// The service account of a live API key, by the key's prefix.
    ACCOUNT_BY_PREFIX = account!("s.prefix = ?2");
    /// The same by the key's id (access tokens name it).
    ACCOUNT_BY_KEY = account!("s.id = ?2");
    /// The person of a live session, by the session's id (access tokens name it), and how the session stands.
    PERSON_BY_SESSION = person!("s.id = ?2 AND s.kind = 'api'");
    /// The person of a live browser session, by the digest of its cookie, and how the session stands. It is over when it began before
    /// `?4` or was last used before `?5`, whatever it was promised at first.
    PERSON_BY_COOKIE =
        person!("s.token_hash = ?2 AND s.kind = 'browser' AND s.created_at > ?4 AND COALESCE(s.seen_at, s.created_at) > ?5");
    /// Whether somebody has signed in to the account of this address from this network before, as far as sessions are kept.
    KNOWS_NETWORK = "SELECT 1 AS known FROM users u JOIN sessions s INDEXED BY sessions_by_network
            ON s.tenant_id = u.tenant_id AND s.user_id = u.id AND s.network = ?3
        WHERE u.tenant_id = ?1 AND u.email = ?2 LIMIT 1";
    /// A new session.
    INSERT = "INSERT INTO sessions (tenant_id, id, user_id, kind, token_hash, created_at, expires_at, network, user_agent, verified_at,
            factor_at, seen_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?6, ?10, ?6)";
    /// The person has proven anew who they are; a browser gets another cookie for it.
    VERIFIED = "UPDATE sessions SET verified_at = ?3, factor_at = COALESCE(?4, factor_at), token_hash = COALESCE(?5, token_hash)
        WHERE tenant_id = ?1 AND id = ?2 AND revoked_at IS NULL";
    /// The session is in use.
    SEEN = "UPDATE sessions SET seen_at = ?3 WHERE tenant_id = ?1 AND id = ?2";
    /// The live sessions of a person, latest first: after the one named `?6`, or from the start. Those of browsers are over when they
    /// began before `?4` or were last used before `?5`.
    LIST = "SELECT s.id, s.kind, s.created_at, s.expires_at, COALESCE(s.seen_at, s.created_at) AS seen_at, s.factor_at, s.network, s.user_agent
        FROM sessions s WHERE s.tenant_id = ?1 AND s.user_id = ?2 AND s.revoked_at IS NULL AND s.expires_at > ?3
            AND (s.kind = 'api' OR (s.created_at > ?4 AND COALESCE(s.seen_at, s.created_at) > ?5))
            AND (?6 = '' OR (s.created_at, s.id) < ((SELECT created_at FROM sessions WHERE tenant_id = ?1 AND id = ?6), ?6))
        ORDER BY s.created_at DESC, s.id DESC LIMIT ?7";
    /// A live session of this person, or of anybody where no person is named.
    GUARD_LIVE = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'not_found', (SELECT revoked_at IS NULL AND expires_at > ?3
            AND (?4 IS NULL OR user_id = ?4) FROM sessions WHERE tenant_id = ?1 AND id = ?2)";
    /// A session goes on living.
    EXTEND = "UPDATE sessions SET expires_at = ?3 WHERE tenant_id = ?1 AND id = ?2 AND revoked_at IS NULL";
    /// A session ends.
    REVOKE = "UPDATE sessions SET revoked_at = ?3 WHERE tenant_id = ?1 AND id = ?2 AND revoked_at IS NULL";
    /// All sessions of a person end, but for one if it is named.
    REVOKE_OF_USER = "UPDATE sessions SET revoked_at = ?3
        WHERE tenant_id = ?1 AND user_id = ?2 AND revoked_at IS NULL AND id IS NOT ?4";
    /// Sessions that are long over; their refresh tokens go with them. Those that a device belongs to stay as long as it does: whoever ends
    /// all sessions of a person ends the device by it.
    PURGE = "DELETE FROM sessions WHERE tenant_id = ?1 AND id IN
        (SELECT s.id FROM sessions s WHERE s.tenant_id = ?1 AND s.expires_at < ?2
            AND NOT EXISTS (SELECT 1 FROM push_devices d WHERE d.tenant_id = ?1 AND d.session_id = s.id) LIMIT ?3)";
    /// A new refresh token.
    INSERT_REFRESH = "INSERT INTO refresh_tokens (tenant_id, token_hash, session_id, issued_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)";
    /// A refresh token and whether it is still good for something; its session is over when it began before `?4`.
    REFRESH = "SELECT r.session_id, s.user_id, s.created_at, r.used_at IS NOT NULL AS used,
            s.revoked_at IS NULL AND r.expires_at > ?3 AND s.created_at > ?4 AND u.status = 'active' AS live
        FROM refresh_tokens r
            JOIN sessions s ON s.tenant_id = r.tenant_id AND s.id = r.session_id
            JOIN users u ON u.tenant_id = s.tenant_id AND u.id = s.user_id
        WHERE r.tenant_id = ?1 AND r.token_hash = ?2 LIMIT 1";
    /// Only one of two exchanges at once gets through.
    GUARD_UNUSED = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'already_done',
        (SELECT r.used_at IS NULL AND s.revoked_at IS NULL FROM refresh_tokens r
            JOIN sessions s ON s.tenant_id = r.tenant_id AND s.id = r.session_id WHERE r.tenant_id = ?1 AND r.token_hash = ?2)";
    /// The token has been exchanged.
    USE_REFRESH = "UPDATE refresh_tokens SET used_at = ?3 WHERE tenant_id = ?1 AND token_hash = ?2";
    /// Tokens of the family that nobody could present any more.
    FORGET_EXPIRED = "DELETE FROM refresh_tokens WHERE tenant_id = ?1 AND session_id = ?2 AND expires_at < ?3";
}

/// A session to open.
#[derive(Debug, Clone)]
pub struct NewSession<'a> {
    /// Id.
    pub id: &'a SessionId,
    /// Whose.
    pub user: &'a UserId,
    /// Kind.
    pub kind: Kind,
    /// SHA-256 of the cookie's value, of a browser session.
    pub token_hash: Option<&'a str>,
    /// When.
    pub created_at: DateTime<Utc>,
    /// Until when.
    pub expires_at: DateTime<Utc>,
    /// The client's network: its address, of IPv6 the subscriber's /64.
    pub network: &'a str,
    /// What the client calls itself.
    pub user_agent: &'a str,
    /// When the second factor was given, if it was.
    pub factor_at: Option<DateTime<Utc>>,
}

/// Before when a browser session must not have begun and not have been last used, so as to be live.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// Not begun before.
    pub created_after: DateTime<Utc>,
    /// Not last used before.
    pub seen_after: DateTime<Utc>,
}

impl Bounds {
    /// The bounds that the tenant's settings set at a moment.
    pub fn of(settings: &Settings, now: DateTime<Utc>) -> Self {
        let hours = settings.session_absolute_hours.min(SESSION_ABSOLUTE_HOURS.1);
        let minutes = settings.session_idle_minutes.min(SESSION_IDLE_MINUTES.1);
        Self { created_after: now - TimeDelta::hours(hours.into()), seen_after: now - TimeDelta::minutes(minutes.into()) }
    }
}

/// When a session of that standing ends if it is not used again. A use that is not noted yet counts from `now`.
pub fn session_end(standing: &Standing, settings: &Settings, now: DateTime<Utc>) -> DateTime<Utc> {
    if standing.kind != Kind::Browser {
        return standing.expires_at;
    }
    let used_at = if standing.is_stale(now, SESSION_SEEN_MINUTES) { now } else { standing.seen_at };
    let bounds = Bounds::of(settings, now);
    standing.expires_at.min(standing.created_at + (now - bounds.created_after)).min(used_at + (now - bounds.seen_after))
}

/// A live session of a person, for a list.
#[derive(Debug, Clone, Deserialize)]
pub struct Listed {
    /// Id.
    pub id: SessionId,
    /// Kind.
    pub kind: Kind,
    /// When it began.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub created_at: DateTime<Utc>,
    /// When it ends at the latest.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub expires_at: DateTime<Utc>,
    /// When it was last used, to within a few minutes.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub seen_at: DateTime<Utc>,
    /// When the second factor was last given in it.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub factor_at: Option<DateTime<Utc>>,
    /// The client's network.
    pub network: String,
    /// What the client calls itself.
    pub user_agent: String,
}

/// What the look-up of a session answers.
#[derive(Debug, Clone)]
pub struct Found {
    /// Whose it is.
    pub person: Person,
    /// The version of the tenant's directory at this moment.
    pub directory_version: i64,
    /// How the session stands.
    pub standing: Standing,
}

/// A refresh token that somebody presented.
#[derive(Debug, Clone, Deserialize)]
pub struct Refresh {
    /// Its family.
    #[serde(rename = "session_id")]
    pub session: SessionId,
    /// Whose.
    #[serde(rename = "user_id")]
    pub user: UserId,
    /// When its session began.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub created_at: DateTime<Utc>,
    /// Whether it was exchanged already.
    #[serde(deserialize_with = "bool_from_integer")]
    pub used: bool,
    /// Whether session, token and person are all still good.
    #[serde(deserialize_with = "bool_from_integer")]
    pub live: bool,
}

#[derive(Deserialize)]
struct PersonRow {
    session: SessionId,
    locale: Option<Locale>,
    zone: Option<String>,
    #[serde(flatten)]
    person: HeldRow,
    #[serde(deserialize_with = "json_text")]
    policies: Vec<Policy>,
    directory_version: i64,
    kind: Kind,
    #[serde(with = "chrono::serde::ts_milliseconds")]
    created_at: DateTime<Utc>,
    #[serde(with = "chrono::serde::ts_milliseconds")]
    expires_at: DateTime<Utc>,
    #[serde(with = "chrono::serde::ts_milliseconds")]
    seen_at: DateTime<Utc>,
    #[serde(with = "chrono::serde::ts_milliseconds")]
    verified_at: DateTime<Utc>,
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    factor_at: Option<DateTime<Utc>>,
    #[serde(deserialize_with = "bool_from_integer")]
    vouched: bool,
    #[serde(deserialize_with = "bool_from_integer")]
    has_totp: bool,
    #[serde(deserialize_with = "bool_from_integer")]
    has_passkey: bool,
    phone: Option<String>,
    #[serde(default, deserialize_with = "optional_json_text")]
    key: Option<ApiKey>,
}

/// Whether the account of `email` was signed in to from `network` before; answers a row if so.
pub fn knows_network(email: &str, network: &str) -> TenantStatement {
    KNOWS_NETWORK.with(values![email, network])
}

/// The person of a live API session.
pub fn person_by_session(session: &SessionId, now: DateTime<Utc>) -> TenantStatement {
    PERSON_BY_SESSION.with(values![session, now])
}

/// The person of a live browser session.
pub fn person_by_cookie(token_hash: &str, now: DateTime<Utc>, bounds: Bounds) -> TenantStatement {
    PERSON_BY_COOKIE.with(values![token_hash, now, bounds.created_after, bounds.seen_after])
}

/// The service account of a live API key, by what its text begins with.
pub fn account_by_prefix(prefix: &str, now: DateTime<Utc>) -> TenantStatement {
    ACCOUNT_BY_PREFIX.with(values![prefix, now])
}

/// The service account of a live API key, by its id.
pub fn account_by_key(key: &ApiKeyId, now: DateTime<Utc>) -> TenantStatement {
    ACCOUNT_BY_KEY.with(values![key, now])
}

/// The row of one of these statements. Whoever asks by key may do what the account may and the key's scopes name; `narrowed` is what
/// else narrows it.
pub fn found(rows: &Rows, circumstances: &Circumstances<'_>, narrowed: Option<Permissions>) -> Result<Option<Found>, DbError> {
    Ok(rows.first::<PersonRow>()?.map(|row| {
        let PersonRow { person, policies, .. } = row;
        let holder = person.holder();
        let subject = Subject { holder: &holder, role: person.role, email: &person.email, groups: &person.groups };
        let held = person.held();
        let mut rights = held.rights(&subject, &policies, circumstances);
        for scopes in row.key.as_ref().map(|key| key.scopes).into_iter().chain(narrowed) {
            rights.narrow(scopes);
        }
        let lent = held.lent(&subject, &policies, circumstances);
        let rights_until = held.until().moment();
        let mut gives = rights.held_everywhere();
        if rights_until.is_some() {
            gives = gives.common(held.for_good().rights(&subject, &policies, circumstances).held_everywhere());
        }
        let person = Person {
            id: person.id,
            session: row.session,
            name: person.name,
            email: person.email,
            role: person.role,
            rights: Box::new(rights),
            gives,
            organization: person.organization_id,
            department: person.department_id,
            locale: row.locale,
            zone: row.zone,
            key: row.key.map(Box::new),
            groups: person.groups,
            lent: lent.map(Box::new),
            further_roles: held.roles(),
            rights_until,
        };
        let standing = Standing {
            kind: row.kind,
            created_at: row.created_at,
            expires_at: row.expires_at,
            seen_at: row.seen_at,
            verified_at: row.verified_at,
            factor_at: row.factor_at,
            vouched: row.vouched,
            has_totp: row.has_totp,
            has_passkey: row.has_passkey,
            phone: row.phone,
        };
        Found { person, directory_version: row.directory_version, standing }
    }))
}

/// Opens a session.
pub fn insert(session: &NewSession<'_>) -> TenantStatement {
    let kind = match session.kind {
        Kind::Browser => "browser",
        Kind::Api => "api",
    };
    INSERT.with(values![
        session.id,
        session.user,
        kind,
        session.token_hash,
        session.created_at,
        session.expires_at,
        session.network,
        session.user_agent,
        session.factor_at
    ])
}

/// Lets a session live until `expires`.
pub fn extend(session: &SessionId, expires: DateTime<Utc>) -> TenantStatement {
    EXTEND.with(values![session, expires])
}

/// Notes that the person has proven who they are, by the second factor if `factor_at` says so; `token_hash` is the digest of a browser's
/// next cookie.
pub fn verified(
    session: &SessionId,
    now: DateTime<Utc>,
    factor_at: Option<DateTime<Utc>>,
    token_hash: Option<&str>,
) -> TenantStatement {
    VERIFIED.with(values![session, now, factor_at, token_hash])
}

/// Notes that a session is in use.
pub fn seen(session: &SessionId, now: DateTime<Utc>) -> TenantStatement {
    SEEN.with(values![session, now])
}

/// Up to `limit` live sessions of a person after the one with the id `after` (or from the start, when it is empty); read the rows as
/// [`Listed`].
pub fn list(user: &UserId, now: DateTime<Utc>, bounds: Bounds, after: &str, limit: u32) -> TenantStatement {
    LIST.with(values![user, now, bounds.created_after, bounds.seen_after, after, limit])
}

/// Ends a live session, of this person if one is named; refuses the batch (`not_found`) when there is none.
pub fn end(session: &SessionId, owner: Option<&UserId>, now: DateTime<Utc>) -> [TenantStatement; 2] {
    [GUARD_LIVE.with(values![session, now, owner]), REVOKE.with(values![session, now])]
}

/// Ends a session.
pub fn revoke(session: &SessionId, now: DateTime<Utc>) -> TenantStatement {
    REVOKE.with(values![session, now])
}

/// Ends all sessions of a person, but for `except`.
pub fn revoke_of_user(user: &UserId, now: DateTime<Utc>, except: Option<&SessionId>) -> TenantStatement {
    REVOKE_OF_USER.with(values![user, now, except])
}

/// Removes up to `limit` sessions that ended before `before`.
pub fn purge(before: DateTime<Utc>, limit: u32) -> TenantStatement {
    PURGE.with(values![before, limit])
}

/// Stores a refresh token's digest.
pub fn insert_refresh(token_hash: &str, session: &SessionId, now: DateTime<Utc>, expires: DateTime<Utc>) -> TenantStatement {
    INSERT_REFRESH.with(values![token_hash, session, now, expires])
}

/// Looks a refresh token up, of a session that began after `created_after`; read the row as [`Refresh`].
pub fn refresh(token_hash: &str, now: DateTime<Utc>, created_after: DateTime<Utc>) -> TenantStatement {
    REFRESH.with(values![token_hash, now, created_after])
}

/// Refuses the batch (`already_done`) unless the token is unused and its session lives.
pub fn guard_unused(token_hash: &str) -> TenantStatement {
    GUARD_UNUSED.with(values![token_hash])
}

/// Marks a token as exchanged.
pub fn use_refresh(token_hash: &str, now: DateTime<Utc>) -> TenantStatement {
    USE_REFRESH.with(values![token_hash, now])
}

/// Removes the family's expired tokens.
pub fn forget_expired(session: &SessionId, now: DateTime<Utc>) -> TenantStatement {
    FORGET_EXPIRED.with(values![session, now])
}
