-- Codes by SMS as a second factor; and names of sessions at providers of identities.

-- By which way a row leaves. `kind` says what it always said, for its CHECK cannot be widened without copying the table.
ALTER TABLE outbox ADD COLUMN channel TEXT NOT NULL DEFAULT 'mail' CHECK (channel IN ('mail', 'sms'));

-- A person's telephone number (E.164). It counts as a second factor once `confirmed_at` is set.
CREATE TABLE phone_numbers (
    tenant_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    number TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    confirmed_at INTEGER,
    PRIMARY KEY (tenant_id, user_id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
) WITHOUT ROWID;

-- The last code that was sent to somebody for a purpose. `code_hash` is a keyed digest, made with what the code is bound to: the sign-in,
-- the session or the number that it was asked for.
CREATE TABLE sms_codes (
    tenant_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('confirm', 'sign_in', 'step_up')),
    code_hash TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (tenant_id, user_id, purpose),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
) WITHOUT ROWID;
CREATE INDEX sms_codes_by_expiry ON sms_codes (tenant_id, expires_at);

-- What a provider of identities calls the session by which somebody has come in (`sid`), and what it has begun and a second factor is to
-- finish: by that name it says that the session is over there.
ALTER TABLE sso_sessions ADD COLUMN sid TEXT;
CREATE INDEX sso_sessions_by_sid ON sso_sessions (tenant_id, provider_id, sid) WHERE sid IS NOT NULL;
ALTER TABLE sign_in_challenges ADD COLUMN provider_sid TEXT;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('sso_sessions', 'sso_sessions_by_sid', '1000000 20000 2000 2'),
    ('phone_numbers', 'phone_numbers', '1000000 20000 1'),
    ('sms_codes', 'sms_codes_by_expiry', '1000000 20000 200'),
    ('sms_codes', 'sms_codes', '1000000 20000 200 1');
