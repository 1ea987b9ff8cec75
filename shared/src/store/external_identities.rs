//! Who of the tenant's people is who at a provider of identities, and the exchanges by which that was found out.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::database::{TenantStatement, bool_from_integer, list};
use crate::id::{ExternalIdentityId, IdentityProviderId, SessionId, UserId};
use crate::tenant_statements;
use crate::values;

/// Identities of one person that a page shows: one a provider.
pub const IDENTITIES_MAX: u32 = 10;

tenant_statements! {
    /// Whose it is.
    FIND = "SELECT id, user_id, managed FROM external_identities
        WHERE tenant_id = ?1 AND provider_id = ?2 AND issuer = ?3 AND subject = ?4 LIMIT 1";
    /// Those of one person, after one of them.
    OF_USER = "SELECT i.id, i.provider_id, p.name AS provider, i.label, i.managed, i.linked_at, i.used_at
        FROM external_identities i JOIN identity_providers p ON p.tenant_id = i.tenant_id AND p.id = i.provider_id
        WHERE i.tenant_id = ?1 AND i.user_id = ?2 AND i.provider_id > COALESCE((SELECT provider_id FROM external_identities WHERE tenant_id = ?1 AND id = ?3), '')
        ORDER BY i.provider_id LIMIT ?4";
    /// Somebody is the one of that subject. Refused (`external_identities.subject`, `external_identities.provider_id`) when either is taken.
    LINK = "INSERT INTO external_identities (tenant_id, id, provider_id, issuer, subject, user_id, label, managed, linked_at, used_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    /// Not any more.
    UNLINK = "DELETE FROM external_identities WHERE tenant_id = ?1 AND user_id = ?2 AND id = ?3";
    /// Sessions that the provider has opened for the person end.
    END_SESSIONS = "UPDATE sessions SET revoked_at = ?4 WHERE tenant_id = ?1 AND user_id = ?2 AND revoked_at IS NULL AND id IS NOT ?5
        AND id IN (SELECT session_id FROM sso_sessions WHERE tenant_id = ?1
            AND provider_id = (SELECT provider_id FROM external_identities WHERE tenant_id = ?1 AND id = ?3))";
    /// Sign-ins of the person that the provider has begun and that still owe the second factor are over.
    END_CHALLENGES = "UPDATE sign_in_challenges SET used_at = ?4 WHERE tenant_id = ?1 AND user_id = ?2 AND used_at IS NULL
        AND provider_id = (SELECT provider_id FROM external_identities WHERE tenant_id = ?1 AND id = ?3)";
    /// Only who is linked can be unlinked.
    GUARD_LINKED = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'not_found',
        EXISTS (SELECT 1 FROM external_identities WHERE tenant_id = ?1 AND user_id = ?2 AND id = ?3)";
    /// Whoever unlinks has another way in: a password, here or in a directory, a passkey, or another provider.
    GUARD_WAY_LEFT = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'last_way_in',
        EXISTS (SELECT 1 FROM users WHERE tenant_id = ?1 AND id = ?2 AND password_hash IS NOT NULL)
        OR EXISTS (SELECT 1 FROM directory_people WHERE tenant_id = ?1 AND user_id = ?2)
        OR EXISTS (SELECT 1 FROM passkeys WHERE tenant_id = ?1 AND user_id = ?2)
        OR (SELECT COUNT(*) FROM external_identities WHERE tenant_id = ?1 AND user_id = ?2) > 1";
    /// The link is still the one that was looked at, and the person can sign in.
    GUARD_LIVE = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'conflict',
        EXISTS (SELECT 1 FROM external_identities i JOIN users u ON u.tenant_id = i.tenant_id AND u.id = i.user_id
            WHERE i.tenant_id = ?1 AND i.id = ?2 AND i.user_id = ?3 AND u.status = 'active')";
    /// That subject is that person.
    GUARD_SUBJECT = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'conflict', EXISTS (SELECT 1 FROM external_identities
        WHERE tenant_id = ?1 AND provider_id = ?2 AND issuer = ?3 AND subject = ?4 AND user_id = ?5)";
    /// It was used.
    USED = "UPDATE external_identities SET used_at = ?3, label = ?4 WHERE tenant_id = ?1 AND id = ?2";
    /// An exchange that a browser has come back from. Refused (`sso_attempts.state_hash`) the second time.
    SPEND = "INSERT INTO sso_attempts (tenant_id, state_hash, expires_at) VALUES (?1, ?2, ?3)";
    /// Those that nobody could come back from any more.
    PURGE = "DELETE FROM sso_attempts WHERE tenant_id = ?1 AND state_hash IN
        (SELECT state_hash FROM sso_attempts WHERE tenant_id = ?1 AND expires_at < ?2 LIMIT ?3)";
    /// A session that a provider has opened.
    OPENED = "INSERT INTO sso_sessions (tenant_id, session_id, provider_id, vouched, logout_hint, sid) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    /// The same of one that the second factor has finished, if a provider has begun it.
    FINISHED = "INSERT INTO sso_sessions (tenant_id, session_id, provider_id, vouched, logout_hint, sid)
        SELECT ?1, ?2, provider_id, 0, provider_hint, provider_sid FROM sign_in_challenges
        WHERE tenant_id = ?1 AND token_hash = ?3 AND user_id = ?4 AND provider_id IS NOT NULL AND used_at IS NULL AND expires_at > ?5";
    /// A session ends with the provider's own.
    ENDS_WITH = "UPDATE sessions SET expires_at = MIN(expires_at, ?3) WHERE tenant_id = ?1 AND id = ?2";
    /// So does one that the second factor has finished.
    FINISHED_ENDS_WITH = "UPDATE sessions SET expires_at = MIN(expires_at, COALESCE((SELECT provider_until FROM sign_in_challenges
            WHERE tenant_id = ?1 AND token_hash = ?3 AND user_id = ?4 AND used_at IS NULL AND expires_at > ?5), expires_at))
        WHERE tenant_id = ?1 AND id = ?2";
    /// Live sessions that the provider has opened under that name, if they are of that subject, where one is named.
    ENDING_BY_SID = "SELECT s.id, s.user_id FROM sso_sessions o JOIN sessions s ON s.tenant_id = o.tenant_id AND s.id = o.session_id
        WHERE o.tenant_id = ?1 AND o.provider_id = ?2 AND o.sid = ?5 AND s.revoked_at IS NULL AND (?4 = '' OR s.user_id =
            (SELECT user_id FROM external_identities WHERE tenant_id = ?1 AND provider_id = ?2 AND issuer = ?3 AND subject = ?4)) LIMIT 1000";
    /// Live sessions that the provider has opened for that subject.
    ENDING_BY_SUBJECT = "SELECT s.id, s.user_id FROM sessions s WHERE s.tenant_id = ?1 AND s.revoked_at IS NULL AND s.user_id =
            (SELECT user_id FROM external_identities WHERE tenant_id = ?1 AND provider_id = ?2 AND issuer = ?3 AND subject = ?4)
        AND EXISTS (SELECT 1 FROM sso_sessions o WHERE o.tenant_id = ?1 AND o.provider_id = ?2 AND o.session_id = s.id) LIMIT 1000";
    /// They end.
    END = "UPDATE sessions SET revoked_at = ?3 WHERE tenant_id = ?1 AND revoked_at IS NULL AND id IN (SELECT value FROM json_each(?2))";
    /// Sign-ins that the provider has begun so, and that still owe the second factor, are over.
    END_BEGUN = "UPDATE sign_in_challenges SET used_at = ?6 WHERE tenant_id = ?1 AND provider_id = ?2 AND used_at IS NULL
        AND (?5 IS NULL OR provider_sid = ?5) AND (?4 = '' OR user_id =
            (SELECT user_id FROM external_identities WHERE tenant_id = ?1 AND provider_id = ?2 AND issuer = ?3 AND subject = ?4))";
    /// Sessions that the provider has opened for somebody end; where some are named, those that are called otherwise go on.
    END_NAMED = "UPDATE sessions SET revoked_at = ?5 WHERE tenant_id = ?1 AND revoked_at IS NULL
        AND user_id = (SELECT user_id FROM external_identities WHERE tenant_id = ?1 AND provider_id = ?2 AND issuer = ?3 AND subject = ?4)
        AND id IN (SELECT session_id FROM sso_sessions WHERE tenant_id = ?1 AND provider_id = ?2
            AND (?6 = '[]' OR sid IS NULL OR sid IN (SELECT value FROM json_each(?6))))";
    /// What the provider that has opened a session wants to hear when it is over.
    HINT = "SELECT logout_hint, sid FROM sso_sessions WHERE tenant_id = ?1 AND session_id = ?2 LIMIT 1";
}

/// Whose an identity is.
#[derive(Debug, Clone, Deserialize)]
pub struct Known {
    /// Id.
    pub id: ExternalIdentityId,
    /// Whose.
    #[serde(rename = "user_id")]
    pub user: UserId,
    /// Whether the provider decides about name and role.
    #[serde(deserialize_with = "bool_from_integer")]
    pub managed: bool,
}

/// An identity of a person, for a list.
#[derive(Debug, Clone, Deserialize)]
pub struct Listed {
    /// Id.
    pub id: ExternalIdentityId,
    /// At which provider.
    pub provider_id: IdentityProviderId,
    /// Its name.
    pub provider: String,
    /// What the provider calls the person.
    pub label: String,
    /// Whether the provider decides about name and role.
    #[serde(deserialize_with = "bool_from_integer")]
    pub managed: bool,
    /// Since when.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub linked_at: DateTime<Utc>,
    /// When it was last used.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub used_at: Option<DateTime<Utc>>,
}

/// A session that a provider ends.
#[derive(Debug, Clone, Deserialize)]
pub struct Ending {
    /// Id.
    pub id: SessionId,
    /// Whose.
    #[serde(rename = "user_id")]
    pub user: UserId,
}

/// What a provider wants to hear when a session of it is over.
#[derive(Debug, Clone, Deserialize)]
pub struct Hint {
    /// It, if there is something.
    pub logout_hint: Option<String>,
    /// What the provider calls the session.
    pub sid: Option<String>,
}

/// By whom a session is opened.
#[derive(Debug, Clone, Copy)]
pub struct Opening<'a> {
    /// The provider.
    pub provider: &'a IdentityProviderId,
    /// What it calls the session.
    pub sid: Option<&'a str>,
    /// What it wants to hear when that is over.
    pub hint: Option<&'a str>,
    /// When its own session ends, if it has said so.
    pub until: Option<DateTime<Utc>>,
}

/// Who somebody is.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// At which provider.
    pub provider: &'a IdentityProviderId,
    /// By whose word.
    pub issuer: &'a str,
    /// Who.
    pub subject: &'a str,
}

/// A link.
#[derive(Debug, Clone, Copy)]
pub struct Link<'a> {
    /// Id.
    pub id: &'a ExternalIdentityId,
    /// Who they are there.
    pub subject: Subject<'a>,
    /// Who they are here.
    pub user: &'a UserId,
    /// What the provider calls them.
    pub label: &'a str,
    /// Whether the provider decides about name and role.
    pub managed: bool,
    /// Whether it is made by signing in.
    pub is_used: bool,
}

/// Whose it is; read the row as [`Known`].
pub fn find(subject: Subject<'_>) -> TenantStatement {
    FIND.with(values![subject.provider, subject.issuer, subject.subject])
}

/// Those of a person, after the one with the id `after`; read the rows as [`Listed`].
pub fn of_user(user: &UserId, after: &str, limit: u32) -> TenantStatement {
    OF_USER.with(values![user, after, limit])
}

/// Makes somebody the one of a subject.
pub fn link(link: Link<'_>, now: DateTime<Utc>) -> TenantStatement {
    LINK.with(values![
        link.id,
        link.subject.provider,
        link.subject.issuer,
        link.subject.subject,
        link.user,
        link.label,
        link.managed,
        now,
        link.is_used.then_some(now)
    ])
}

/// Ends a link, and what the provider has opened, but for one session; refuses the batch (`not_found`, `last_way_in`).
pub fn unlink(user: &UserId, id: &ExternalIdentityId, keep: &SessionId, now: DateTime<Utc>) -> [TenantStatement; 5] {
    [
        GUARD_LINKED.with(values![user, id]),
        GUARD_WAY_LEFT.with(values![user]),
        END_SESSIONS.with(values![user, id, now, keep]),
        END_CHALLENGES.with(values![user, id, now]),
        UNLINK.with(values![user, id]),
    ]
}

/// Refuses the batch (`conflict`) unless the identity is still that person's, and the person can sign in.
pub fn guard_live(id: &ExternalIdentityId, user: &UserId) -> TenantStatement {
    GUARD_LIVE.with(values![id, user])
}

/// Refuses the batch (`conflict`) unless that subject is that person.
pub fn guard_subject(subject: Subject<'_>, user: &UserId) -> TenantStatement {
    GUARD_SUBJECT.with(values![subject.provider, subject.issuer, subject.subject, user])
}

/// Notes that somebody has signed in by it.
pub fn used(id: &ExternalIdentityId, label: &str, now: DateTime<Utc>) -> TenantStatement {
    USED.with(values![id, now, label])
}

/// Uses an exchange up; refused (`sso_attempts.state_hash`) when it was.
pub fn spend(state_hash: &str, expires: DateTime<Utc>) -> TenantStatement {
    SPEND.with(values![state_hash, expires])
}

/// Removes up to `limit` exchanges that ended before `before`.
pub fn purge(before: DateTime<Utc>, limit: u32) -> TenantStatement {
    PURGE.with(values![before, limit])
}

/// Live sessions that a provider ends: those under the name `sid`, where there is one, or all of the subject. An empty subject is none. Read
/// the rows as [`Ending`].
pub fn ending(about: Subject<'_>, sid: Option<&str>) -> TenantStatement {
    match sid {
        Some(sid) => ENDING_BY_SID.with(values![about.provider, about.issuer, about.subject, sid]),
        None => ENDING_BY_SUBJECT.with(values![about.provider, about.issuer, about.subject]),
    }
}

/// Ends them, and the sign-ins that the provider has begun so and that still owe the second factor.
pub fn end(about: Subject<'_>, sid: Option<&str>, ending: &[Ending], now: DateTime<Utc>) -> [TenantStatement; 2] {
    let ids: Vec<&SessionId> = ending.iter().map(|session| &session.id).collect();
    [END.with(values![list(&ids), now]), END_BEGUN.with(values![about.provider, about.issuer, about.subject, sid, now])]
}

/// Notes that a provider has opened a session, and whether it vouches for a second factor; the session ends with the provider's own.
pub fn opened(session: &SessionId, opening: &Opening<'_>, vouched: bool) -> Vec<TenantStatement> {
    let Opening { provider, sid, hint, until } = *opening;
    let mut batch = vec![OPENED.with(values![session, provider, vouched, hint, sid])];
    batch.extend(until.map(|until| ENDS_WITH.with(values![session, until])));
    batch
}

/// Notes that a provider has opened the session by which somebody ends the sign-in of that secret, unless no provider has begun it; before
/// the sign-in is used up.
pub fn finished(session: &SessionId, token_hash: &str, user: &UserId, now: DateTime<Utc>) -> [TenantStatement; 2] {
    let values = || values![session, token_hash, user, now];
    [FINISHED.with(values()), FINISHED_ENDS_WITH.with(values())]
}

/// Ends what a provider has opened for somebody: these sessions, as it calls them, or all of them when it names none.
pub fn end_named(subject: Subject<'_>, sessions: &[String], now: DateTime<Utc>) -> [TenantStatement; 2] {
    let Subject { provider, issuer, subject } = subject;
    let no_name: Option<&str> = None;
    [
        END_NAMED.with(values![provider, issuer, subject, now, list(sessions)]),
        END_BEGUN.with(values![provider, issuer, subject, no_name, now]),
    ]
}

/// What the provider of a session wants to hear; read the row as [`Hint`].
pub fn hint(session: &SessionId) -> TenantStatement {
    HINT.with(values![session])
}
