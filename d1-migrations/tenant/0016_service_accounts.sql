-- Accounts of programs: people like others as far as tickets, roles and the audit log go, but without a password, a mailbox and a place among
-- those to whom work is given. They ask by API keys.
ALTER TABLE users ADD COLUMN is_service INTEGER NOT NULL DEFAULT 0;
CREATE INDEX users_of_service ON users (tenant_id, name, id) WHERE is_service = 1 AND removed_at IS NULL;

-- A key of a service account. Of the key itself only the digest is kept; `prefix` is its beginning, by which it is looked up and known.
CREATE TABLE api_keys (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    name TEXT NOT NULL,
    prefix TEXT NOT NULL,
    secret_hash TEXT NOT NULL,
    -- What it lets its account do at most: names of permissions.
    scopes TEXT NOT NULL CHECK (json_valid(scopes)),
    -- From where it may be used, `["192.0.2.0/24", ...]`; from anywhere if empty.
    networks TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(networks)),
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER,
    last_used_at INTEGER,
    last_used_from TEXT,
    version INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX api_keys_by_prefix ON api_keys (tenant_id, prefix);
CREATE INDEX api_keys_by_account ON api_keys (tenant_id, user_id, created_at, id);
CREATE INDEX api_keys_by_time ON api_keys (tenant_id, created_at, id);
CREATE INDEX api_keys_by_expiry ON api_keys (tenant_id, expires_at);

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('users', 'users_of_service', '1000000 20000 200 1'),
    ('api_keys', 'api_keys_by_prefix', '1000000 20000 1'),
    ('api_keys', 'api_keys_by_account', '1000000 20000 200 20 5'),
    ('api_keys', 'api_keys_by_time', '1000000 20000 200 20'),
    ('api_keys', 'api_keys_by_expiry', '1000000 20000 200'),
    ('api_keys', 'api_keys', '1000000 20000 1');
