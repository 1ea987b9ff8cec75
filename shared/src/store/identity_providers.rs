//! Providers of identities: how each is set up, and what it last said of itself.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;

use crate::database::{TenantStatement, json_text, list as json_list, optional_json_text};
use crate::id::{IdentityProviderId, SessionId};
use crate::oidc::discovery::{FRESH_SECONDS, Metadata};
use crate::oidc::settings::IdentityProviderIn;
use crate::saml::connection::Connection;
use crate::tenant_statements;
use crate::values;

/// Providers of one tenant: the page for signing in shows all of them.
pub const IDENTITY_PROVIDERS_MAX: u32 = 10;

/// The columns of [`IdentityProvider`].
macro_rules! providers {
    ($rest:literal) => {
        concat!(
            "SELECT id, definition, secret, created_at, updated_at, version, metadata, metadata_at, saml FROM identity_providers WHERE tenant_id = ?1 ",
            $rest
        )
    };
}

tenant_statements! {
    /// Providers by name, after one of them.
    LIST = providers!("AND name > COALESCE((SELECT name FROM identity_providers WHERE tenant_id = ?1 AND id = ?2), '') ORDER BY name LIMIT ?3");
    /// The buttons for signing in.
    BUTTONS = "SELECT id, name FROM identity_providers WHERE tenant_id = ?1 AND enabled = 1 ORDER BY name LIMIT ?2";
    /// One.
    SHOW = providers!("AND id = ?2 LIMIT 1");
    /// The one that has opened a session.
    OF_SESSION = providers!("AND id = (SELECT provider_id FROM sso_sessions WHERE tenant_id = ?1 AND session_id = ?2) LIMIT 1");
    /// A new one. The name is refused (`identity_providers.name`) when another has it.
    INSERT = "INSERT INTO identity_providers (tenant_id, id, name, definition, secret, key_id, enabled, created_at, updated_at, saml)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, ?9)";
    /// All of it anew; what the provider said is asked for again.
    UPDATE = "UPDATE identity_providers SET name = ?3, definition = ?4, secret = ?5, key_id = ?6, enabled = ?7, updated_at = ?8,
        saml = ?9, metadata = NULL, metadata_at = NULL, version = version + 1 WHERE tenant_id = ?1 AND id = ?2";
    /// Away with it, and with who is who at it.
    DELETE = "DELETE FROM identity_providers WHERE tenant_id = ?1 AND id = ?2";
    /// Sessions that it has opened end with it.
    END_SESSIONS = "UPDATE sessions SET revoked_at = ?3 WHERE tenant_id = ?1 AND revoked_at IS NULL
        AND id IN (SELECT session_id FROM sso_sessions WHERE tenant_id = ?1 AND provider_id = ?2)";
    /// Sign-ins that it has begun and that still owe the second factor are over.
    END_CHALLENGES = "UPDATE sign_in_challenges SET used_at = ?3 WHERE tenant_id = ?1 AND provider_id = ?2 AND used_at IS NULL";
    /// Nor does what it has vouched for count as given a moment ago.
    UNPROVE = "UPDATE sessions SET factor_at = NULL WHERE tenant_id = ?1 AND factor_at IS NOT NULL
        AND id IN (SELECT session_id FROM sso_sessions WHERE tenant_id = ?1 AND provider_id = ?2 AND vouched = 1)";
    /// It vouches for no second factor any more.
    UNVOUCH = "UPDATE sso_sessions SET vouched = 0 WHERE tenant_id = ?1 AND provider_id = ?2 AND vouched = 1";
    /// Nobody has changed it since it was read.
    GUARD_VERSION = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'stale_version',
        (SELECT version = ?3 FROM identity_providers WHERE tenant_id = ?1 AND id = ?2)";
    /// There is room for one more.
    GUARD_COUNT = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'limit',
        (SELECT COUNT(*) FROM identity_providers WHERE tenant_id = ?1) < ?2";
    /// What is named is there: the organizations and departments of its mappings.
    GUARD_PLACES = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'not_found',
        NOT EXISTS (SELECT 1 FROM json_each(?2) j WHERE NOT EXISTS (SELECT 1 FROM organizations WHERE tenant_id = ?1 AND id = j.value))
        AND NOT EXISTS (SELECT 1 FROM json_each(?3) j WHERE NOT EXISTS (SELECT 1 FROM departments WHERE tenant_id = ?1 AND id = j.value))";
    /// What it says of itself now, if it is still the one that was asked.
    KEEP_METADATA = "UPDATE identity_providers SET metadata = ?4, metadata_at = ?5 WHERE tenant_id = ?1 AND id = ?2 AND version = ?3";
    /// The connection by SAML as the provider describes it now, if it is still the one that was asked.
    KEEP_SAML = "UPDATE identity_providers SET saml = ?4, metadata_at = ?5 WHERE tenant_id = ?1 AND id = ?2 AND version = ?3";
    /// Secrets that are sealed under another key than the present one.
    SEALED_OTHERWISE = "SELECT id, secret FROM identity_providers WHERE tenant_id = ?1 AND key_id <> ?2 LIMIT 10";
    /// The same secret, sealed under another key, unless it was changed meanwhile.
    RESEAL = "UPDATE identity_providers SET secret = ?3, key_id = ?4 WHERE tenant_id = ?1 AND id = ?2 AND secret = ?5";
}

/// A provider with what is kept about it.
#[derive(Debug, Clone, Deserialize)]
pub struct IdentityProvider {
    /// Id.
    pub id: IdentityProviderId,
    /// How it is set up.
    #[serde(rename = "definition", deserialize_with = "json_text")]
    pub settings: IdentityProviderIn,
    /// The sealed secret of the client, if it has one.
    pub secret: Option<String>,
    /// When it was made.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub updated_at: DateTime<Utc>,
    /// Counts the changes.
    pub version: i64,
    /// What it last said of itself.
    #[serde(deserialize_with = "optional_json_text")]
    pub metadata: Option<Metadata>,
    /// When.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub metadata_at: Option<DateTime<Utc>>,
    /// The connection with it, where it speaks SAML.
    #[serde(deserialize_with = "optional_json_text")]
    pub saml: Option<Connection>,
}

impl IdentityProvider {
    /// What it said of itself, if that is not too long ago.
    pub fn fresh(&self, now: DateTime<Utc>) -> Option<(&Metadata, DateTime<Utc>)> {
        let known = self.metadata.as_ref().zip(self.metadata_at);
        known.filter(|(_, at)| now - *at < TimeDelta::seconds(FRESH_SECONDS))
    }
}

/// A button for signing in.
#[derive(Debug, Clone, Deserialize)]
pub struct Button {
    /// Id.
    pub id: IdentityProviderId,
    /// What people read.
    pub name: String,
}

/// What a provider is written as.
#[derive(Debug, Clone, Copy)]
pub struct Written<'a> {
    /// Id.
    pub id: &'a IdentityProviderId,
    /// How it is set up.
    pub settings: &'a IdentityProviderIn,
    /// The sealed secret.
    pub secret: Option<&'a str>,
    /// The connection by SAML, as JSON.
    pub saml: Option<&'a str>,
    /// The key that it is sealed under.
    pub key: &'a str,
}

/// A secret that wants sealing anew.
#[derive(Debug, Clone, Deserialize)]
pub struct Sealed {
    /// Whose.
    pub id: IdentityProviderId,
    /// As it is sealed now.
    pub secret: String,
}

/// A page of providers by name; read the rows as [`IdentityProvider`].
pub fn list(after: &str, limit: u32) -> TenantStatement {
    LIST.with(values![after, limit])
}

/// Those by which people can sign in; read the rows as [`Button`].
pub fn buttons() -> TenantStatement {
    BUTTONS.with(values![IDENTITY_PROVIDERS_MAX])
}

/// One; read the row as [`IdentityProvider`].
pub fn show(id: &IdentityProviderId) -> TenantStatement {
    SHOW.with(values![id])
}

/// The one that has opened a session, if one has; read the row as [`IdentityProvider`].
pub fn of_session(session: &SessionId) -> TenantStatement {
    OF_SESSION.with(values![session])
}

/// A new one; refused (`limit`, `not_found`, `identity_providers.name`).
pub fn insert(new: Written<'_>, definition: &str, now: DateTime<Utc>) -> [TenantStatement; 3] {
    let key = new.secret.map(|_| new.key);
    let settings = new.settings;
    let stored = INSERT.with(values![new.id, &settings.name, definition, new.secret, key, settings.enabled, now, new.saml]);
    [GUARD_COUNT.with(values![IDENTITY_PROVIDERS_MAX]), guard_places(settings), stored]
}

/// All of it anew; refused (`stale_version`, `not_found`, `identity_providers.name`).
pub fn update(new: Written<'_>, version: i64, definition: &str, now: DateTime<Utc>) -> [TenantStatement; 3] {
    let key = new.secret.map(|_| new.key);
    let settings = new.settings;
    let stored = UPDATE.with(values![new.id, &settings.name, definition, new.secret, key, settings.enabled, now, new.saml]);
    [guard_version(new.id, version), guard_places(settings), stored]
}

/// Removes it, and ends what it has opened; refused (`stale_version`).
pub fn delete(id: &IdentityProviderId, version: i64, now: DateTime<Utc>) -> [TenantStatement; 4] {
    let [sessions, challenges] = end_all(id, now);
    [guard_version(id, version), sessions, challenges, DELETE.with(values![id])]
}

/// Ends the sessions that it has opened, and the sign-ins that still owe the second factor.
pub fn end_all(id: &IdentityProviderId, now: DateTime<Utc>) -> [TenantStatement; 2] {
    [END_SESSIONS.with(values![id, now]), END_CHALLENGES.with(values![id, now])]
}

/// Takes back that it vouches for a second factor, in the sessions that it has opened: what is dangerous asks for a proof of one's own.
pub fn unvouch(id: &IdentityProviderId) -> [TenantStatement; 2] {
    [UNPROVE.with(values![id]), UNVOUCH.with(values![id])]
}

/// Refuses the batch (`stale_version`) when the provider was changed since it was read, or is gone.
pub fn guard_version(id: &IdentityProviderId, version: i64) -> TenantStatement {
    GUARD_VERSION.with(values![id, version])
}

fn guard_places(settings: &IdentityProviderIn) -> TenantStatement {
    let organizations: Vec<_> = settings.mappings.iter().filter_map(|mapping| mapping.organization.as_ref()).collect();
    let departments: Vec<_> = settings.mappings.iter().filter_map(|mapping| mapping.department.as_ref()).collect();
    GUARD_PLACES.with(values![json_list(&organizations), json_list(&departments)])
}

/// Keeps what the provider says of itself.
pub fn keep_metadata(id: &IdentityProviderId, version: i64, metadata: &str, now: DateTime<Utc>) -> TenantStatement {
    KEEP_METADATA.with(values![id, version, metadata, now])
}

/// Keeps the connection by SAML as it was described just now.
pub fn keep_saml(id: &IdentityProviderId, version: i64, connection: &str, now: DateTime<Utc>) -> TenantStatement {
    KEEP_SAML.with(values![id, version, connection, now])
}

/// Secrets that are not under this key; read the rows as [`Sealed`].
pub fn sealed_otherwise(key: &str) -> TenantStatement {
    SEALED_OTHERWISE.with(values![key])
}

/// Puts the same secret under another key, unless it was changed meanwhile.
pub fn reseal(id: &IdentityProviderId, sealed: &str, key: &str, former: &str) -> TenantStatement {
    RESEAL.with(values![id, sealed, key, former])
}
