-- Providers of identities (OpenID Connect): how each is set up, what it last said of itself, and who of the tenant's people is who at it.
CREATE TABLE identity_providers (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    -- `shared::oidc::settings::IdentityProviderIn` as JSON, without the secret.
    definition TEXT NOT NULL CHECK (json_valid(definition)),
    -- The client's secret, sealed for this tenant and this provider under the key that `key_id` names; both empty for a client without one.
    secret TEXT,
    key_id TEXT,
    enabled INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    -- `shared::oidc::discovery::Metadata` as JSON: endpoints and keys as the provider last gave them, and when. Gone when the set-up changes.
    metadata TEXT CHECK (metadata IS NULL OR json_valid(metadata)),
    metadata_at INTEGER,
    PRIMARY KEY (tenant_id, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX identity_providers_by_name ON identity_providers (tenant_id, name);

-- Who is who: by issuer and subject (OpenID Connect Core 1.0, 5.7), never by address.
CREATE TABLE external_identities (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    provider_id TEXT NOT NULL,
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    user_id TEXT NOT NULL,
    -- What the provider calls them, to be shown.
    label TEXT NOT NULL,
    -- Whether the provider decides about name and role: for accounts that were made by it.
    managed INTEGER NOT NULL CHECK (managed IN (0, 1)),
    linked_at INTEGER NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (tenant_id, provider_id, issuer, subject),
    FOREIGN KEY (tenant_id, provider_id) REFERENCES identity_providers (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX external_identities_by_id ON external_identities (tenant_id, id);
CREATE UNIQUE INDEX external_identities_by_user ON external_identities (tenant_id, user_id, provider_id);

-- Exchanges that a browser came back from, by the digest of their state: each is good once. What they carry stays sealed with the browser.
CREATE TABLE sso_attempts (
    tenant_id TEXT NOT NULL,
    state_hash TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, state_hash)
) WITHOUT ROWID;
CREATE INDEX sso_attempts_by_expiry ON sso_attempts (tenant_id, expires_at);

-- Sessions that a provider has opened: where to sign out too, and whether it vouches for a second factor.
CREATE TABLE sso_sessions (
    tenant_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    provider_id TEXT NOT NULL,
    vouched INTEGER NOT NULL CHECK (vouched IN (0, 1)),
    logout_hint TEXT,
    PRIMARY KEY (tenant_id, provider_id, session_id),
    FOREIGN KEY (tenant_id, session_id) REFERENCES sessions (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, provider_id) REFERENCES identity_providers (tenant_id, id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE UNIQUE INDEX sso_sessions_by_session ON sso_sessions (tenant_id, session_id);

-- The provider that has begun a sign-in which still owes the second factor: the session is its own too. Empty after a password.
ALTER TABLE sign_in_challenges ADD COLUMN provider_id TEXT;
CREATE INDEX sign_in_challenges_by_provider ON sign_in_challenges (tenant_id, provider_id) WHERE provider_id IS NOT NULL;

CREATE TRIGGER guard_last_way_in INSTEAD OF INSERT ON guards WHEN NEW.rule = 'last_way_in' AND NEW.holds IS NOT 1
BEGIN SELECT RAISE(ABORT, 'guard:last_way_in'); END;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('identity_providers', 'identity_providers', '5000 100 1'),
    ('identity_providers', 'identity_providers_by_name', '5000 100 1'),
    ('external_identities', 'external_identities', '1000000 20000 2000 2000 1'),
    ('external_identities', 'external_identities_by_id', '1000000 20000 1'),
    ('external_identities', 'external_identities_by_user', '1000000 20000 2 1'),
    ('sign_in_challenges', 'sign_in_challenges_by_provider', '1000000 20000 2000'),
    ('sso_attempts', 'sso_attempts', '1000000 20000 1'),
    ('sso_attempts', 'sso_attempts_by_expiry', '1000000 20000 200'),
    ('sso_sessions', 'sso_sessions', '1000000 20000 2000 1'),
    ('sso_sessions', 'sso_sessions_by_session', '1000000 20000 1');
