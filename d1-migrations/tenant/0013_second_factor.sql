-- A person's second factor: codes that change with time (RFC 6238). `secret` is sealed for this tenant and this person under the key that
-- `key_id` names; it counts once `confirmed_at` is set. A code is good once: `last_step` is the step of the last one that was used.
CREATE TABLE second_factors (
    tenant_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    secret TEXT NOT NULL,
    key_id TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    confirmed_at INTEGER,
    last_step INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant_id, user_id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
) WITHOUT ROWID;
CREATE INDEX second_factors_by_key ON second_factors (tenant_id, key_id);

-- Codes for the day on which the device is lost: each works once, and only its digest is kept.
CREATE TABLE recovery_codes (
    tenant_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    code_hash TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (tenant_id, user_id, code_hash),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
) WITHOUT ROWID;

-- Somebody who has given the right password and not yet the second factor.
CREATE TABLE sign_in_challenges (
    tenant_id TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    user_id TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (tenant_id, token_hash),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
) WITHOUT ROWID;
CREATE INDEX sign_in_challenges_by_user ON sign_in_challenges (tenant_id, user_id);
CREATE INDEX sign_in_challenges_by_expiry ON sign_in_challenges (tenant_id, expires_at);

-- When the person behind a session last proved who they are, by password or second factor, and when by the second factor; when the session
-- was last used. Where a column is empty the session's beginning counts.
ALTER TABLE sessions ADD COLUMN verified_at INTEGER;
ALTER TABLE sessions ADD COLUMN factor_at INTEGER;
ALTER TABLE sessions ADD COLUMN seen_at INTEGER;

-- What a person reads of their own signing in and out. Exchanges of refresh tokens are not among it: programs make one every half hour.
CREATE INDEX audit_logs_of_sessions ON audit_logs (tenant_id, actor, at)
    WHERE action >= 'session.' AND action < 'session/' AND action <> 'session.refreshed';
