-- Passkeys (W3C Web Authentication): `credential` is the authenticator's own name for it (base64url), `public_key` a JSON Web Key whose
-- signatures are made as `algorithm` says. `sign_count` is the highest counter that was seen. Nothing here is a secret.
CREATE TABLE passkeys (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    credential TEXT NOT NULL,
    algorithm TEXT NOT NULL CHECK (algorithm IN ('ES256', 'EdDSA', 'RS256')),
    public_key TEXT NOT NULL,
    sign_count INTEGER NOT NULL,
    backup_eligible INTEGER NOT NULL CHECK (backup_eligible IN (0, 1)),
    backed_up INTEGER NOT NULL CHECK (backed_up IN (0, 1)),
    transports TEXT NOT NULL,
    model TEXT NOT NULL,
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX passkeys_by_credential ON passkeys (tenant_id, credential);
CREATE INDEX passkeys_by_user ON passkeys (tenant_id, user_id, id);

-- The name under which authenticators know a person: random, so that it tells nothing, and the same for all of the person's passkeys.
CREATE TABLE passkey_handles (
    tenant_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    handle TEXT NOT NULL,
    PRIMARY KEY (tenant_id, user_id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
) WITHOUT ROWID;

-- Challenges that were handed out, by their digest. Each is good once, for one purpose and for one person; for signing in, `user_id` is
-- empty.
CREATE TABLE passkey_challenges (
    tenant_id TEXT NOT NULL,
    challenge_hash TEXT NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('register', 'sign_in', 'step_up')),
    user_id TEXT,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (tenant_id, challenge_hash)
) WITHOUT ROWID;
CREATE INDEX passkey_challenges_by_expiry ON passkey_challenges (tenant_id, expires_at);

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('passkeys', 'passkeys_by_credential', '1000000 20000 1'),
    ('passkeys', 'passkeys_by_user', '1000000 20000 200 1'),
    ('passkeys', 'passkeys', '1000000 20000 1'),
    ('passkey_handles', 'passkey_handles', '1000000 20000 1'),
    ('passkey_challenges', 'passkey_challenges_by_expiry', '1000000 20000 200'),
    ('passkey_challenges', 'passkey_challenges', '1000000 20000 1');
