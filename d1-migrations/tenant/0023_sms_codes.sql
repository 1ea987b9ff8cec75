-- Codes by SMS as a second factor.

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

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('phone_numbers', 'phone_numbers', '1000000 20000 1'),
    ('sms_codes', 'sms_codes_by_expiry', '1000000 20000 200'),
    ('sms_codes', 'sms_codes', '1000000 20000 200 1');
