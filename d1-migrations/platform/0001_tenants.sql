-- Tenants, the hosts that lead to them, and the people who run the platform.
-- Moments are milliseconds since 1970 everywhere.

CREATE TABLE tenants (
    id TEXT PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    locale TEXT NOT NULL,
    zone TEXT NOT NULL,
    database TEXT NOT NULL,
    settings TEXT NOT NULL CHECK (json_valid(settings)),
    canonical_host TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    suspended_at INTEGER
) WITHOUT ROWID;

CREATE TABLE tenant_domains (
    host TEXT PRIMARY KEY CHECK (host = lower(host)),
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    verified_at INTEGER,
    created_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX tenant_domains_by_tenant ON tenant_domains (tenant_id);

CREATE TABLE platform_operators (
    id TEXT PRIMARY KEY,
    username TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    disabled_at INTEGER
) WITHOUT ROWID;

CREATE TABLE operator_sessions (
    token_hash TEXT PRIMARY KEY,
    operator_id TEXT NOT NULL REFERENCES platform_operators (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX operator_sessions_by_operator ON operator_sessions (operator_id);

CREATE TABLE operator_attempts (
    key TEXT NOT NULL,
    window INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    PRIMARY KEY (key, window)
) WITHOUT ROWID;

CREATE TABLE platform_audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL
);
CREATE TRIGGER platform_audit_is_append_only_update BEFORE UPDATE ON platform_audit BEGIN SELECT RAISE(ABORT, 'guard:append_only'); END;
CREATE TRIGGER platform_audit_is_append_only_delete BEFORE DELETE ON platform_audit BEGIN SELECT RAISE(ABORT, 'guard:append_only'); END;
