-- What every aggregate stands on: guards, counters, people, sessions, audit, outbox.
-- Every table begins with tenant_id; primary and foreign keys are (tenant_id, id). Moments are milliseconds since 1970.

-- A guard is a condition that must hold at the moment of writing: INSERT INTO guards (tenant_id, rule, holds) VALUES (?1, 'stale_version', <condition>).
-- One that does not hold rolls the whole batch back under its name. Nothing is ever stored.
CREATE VIEW guards AS SELECT '' AS tenant_id, '' AS rule, 0 AS holds WHERE 0;
CREATE TRIGGER guard_stale_version INSTEAD OF INSERT ON guards WHEN NEW.rule = 'stale_version' AND NEW.holds IS NOT 1
BEGIN SELECT RAISE(ABORT, 'guard:stale_version'); END;
CREATE TRIGGER guard_not_found INSTEAD OF INSERT ON guards WHEN NEW.rule = 'not_found' AND NEW.holds IS NOT 1
BEGIN SELECT RAISE(ABORT, 'guard:not_found'); END;
CREATE TRIGGER guard_conflict INSTEAD OF INSERT ON guards WHEN NEW.rule = 'conflict' AND NEW.holds IS NOT 1
BEGIN SELECT RAISE(ABORT, 'guard:conflict'); END;
CREATE TRIGGER guard_already_done INSTEAD OF INSERT ON guards WHEN NEW.rule = 'already_done' AND NEW.holds IS NOT 1
BEGIN SELECT RAISE(ABORT, 'guard:already_done'); END;
CREATE TRIGGER guard_limit INSTEAD OF INSERT ON guards WHEN NEW.rule = 'limit' AND NEW.holds IS NOT 1
BEGIN SELECT RAISE(ABORT, 'guard:limit'); END;

-- Dense numbers (tickets), and figures that are maintained rather than counted.
CREATE TABLE counters (
    tenant_id TEXT NOT NULL,
    name TEXT NOT NULL,
    value INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant_id, name)
) WITHOUT ROWID;

CREATE TABLE organizations (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    customer_type TEXT NOT NULL DEFAULT 'standard',
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX organizations_by_name ON organizations (tenant_id, name);

CREATE TABLE departments (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    position INTEGER NOT NULL DEFAULT 0,
    archived_at INTEGER,
    PRIMARY KEY (tenant_id, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX departments_by_name ON departments (tenant_id, name);

-- `slug` is what the API calls a category; `name` is what people read.
CREATE TABLE categories (
    tenant_id TEXT NOT NULL,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    department_id TEXT,
    position INTEGER NOT NULL DEFAULT 0,
    archived_at INTEGER,
    PRIMARY KEY (tenant_id, slug),
    FOREIGN KEY (tenant_id, department_id) REFERENCES departments (tenant_id, id)
) WITHOUT ROWID;
CREATE INDEX categories_by_department ON categories (tenant_id, department_id);

CREATE TABLE users (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('admin', 'manager', 'agent', 'client', 'analyst')),
    -- `unverified`: known from a mail or form, never confirmed; cannot sign in.
    status TEXT NOT NULL CHECK (status IN ('active', 'unverified', 'disabled')),
    password_hash TEXT,
    locale TEXT,
    zone TEXT,
    organization_id TEXT,
    department_id TEXT,
    email_verified_at INTEGER,
    -- Set by a hard bounce: no mail goes there until somebody clears it.
    mail_blocked_at INTEGER,
    mail_blocked_reason TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, organization_id) REFERENCES organizations (tenant_id, id),
    FOREIGN KEY (tenant_id, department_id) REFERENCES departments (tenant_id, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX users_by_email ON users (tenant_id, email);
CREATE INDEX users_by_role ON users (tenant_id, role, name);
CREATE INDEX users_by_name ON users (tenant_id, name, id);
CREATE INDEX users_by_organization ON users (tenant_id, organization_id);
CREATE INDEX users_by_department ON users (tenant_id, department_id);

CREATE TABLE sessions (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    -- `browser`: token_hash is the cookie's; `api`: refresh tokens are in their own table.
    kind TEXT NOT NULL CHECK (kind IN ('browser', 'api')),
    token_hash TEXT,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER,
    network TEXT NOT NULL DEFAULT '',
    user_agent TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX sessions_by_token ON sessions (tenant_id, token_hash) WHERE token_hash IS NOT NULL;
CREATE INDEX sessions_by_user ON sessions (tenant_id, user_id, created_at);
CREATE INDEX sessions_by_expiry ON sessions (tenant_id, expires_at);

CREATE TABLE refresh_tokens (
    tenant_id TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    session_id TEXT NOT NULL,
    issued_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (tenant_id, token_hash),
    FOREIGN KEY (tenant_id, session_id) REFERENCES sessions (tenant_id, id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (tenant_id, session_id);

-- Attempts at signing in, asking for a reset, writing into the public form: by key and time window.
CREATE TABLE attempts (
    tenant_id TEXT NOT NULL,
    key TEXT NOT NULL,
    window INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, key, window)
) WITHOUT ROWID;
CREATE INDEX attempts_by_window ON attempts (tenant_id, window);

-- Links that work once: confirming an address, resetting a password. Only the digest is stored.
CREATE TABLE one_time_tokens (
    tenant_id TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    purpose TEXT NOT NULL,
    user_id TEXT NOT NULL,
    -- What using the link brings about: the password and name of a registration.
    pending TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(pending)),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (tenant_id, token_hash),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
) WITHOUT ROWID;
CREATE INDEX one_time_tokens_by_user ON one_time_tokens (tenant_id, user_id, purpose);
CREATE INDEX one_time_tokens_by_expiry ON one_time_tokens (tenant_id, expires_at);

-- Answers kept for Idempotency-Key. `status` is NULL while the first request is still at work.
CREATE TABLE idempotency_keys (
    tenant_id TEXT NOT NULL,
    actor TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    status INTEGER,
    headers TEXT,
    body TEXT,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, actor, key)
) WITHOUT ROWID;
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (tenant_id, created_at);

-- Every state change: who, on what, what was and what is. Nothing here is ever changed or removed by the product.
CREATE TABLE audit_logs (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    request_id TEXT NOT NULL,
    network TEXT NOT NULL DEFAULT '',
    detail TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(detail)),
    PRIMARY KEY (tenant_id, id)
) WITHOUT ROWID;
CREATE INDEX audit_logs_by_time ON audit_logs (tenant_id, at, id);
CREATE INDEX audit_logs_by_subject ON audit_logs (tenant_id, subject, at);
CREATE TRIGGER audit_logs_are_append_only_update BEFORE UPDATE ON audit_logs BEGIN SELECT RAISE(ABORT, 'guard:append_only'); END;
CREATE TRIGGER audit_logs_are_append_only_delete BEFORE DELETE ON audit_logs BEGIN SELECT RAISE(ABORT, 'guard:append_only'); END;

-- What leaves the system. The row is the work: it is written with the change that causes it, and carried out later.
CREATE TABLE outbox (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('mail')),
    -- Kind of mail: `agent_reply`, `ticket_received`, ...
    template TEXT NOT NULL,
    recipient TEXT NOT NULL,
    recipient_user_id TEXT,
    locale TEXT NOT NULL,
    ticket_id TEXT,
    comment_id TEXT,
    -- What the template needs, as JSON.
    data TEXT NOT NULL CHECK (json_valid(data)),
    state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0,
    -- When it may be tried (again); while `sending`, when the claim lapses.
    due_at INTEGER NOT NULL,
    subject TEXT,
    error TEXT,
    created_at INTEGER NOT NULL,
    sent_at INTEGER,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX outbox_due ON outbox (tenant_id, due_at) WHERE state IN ('queued', 'sending');
CREATE INDEX outbox_by_time ON outbox (tenant_id, created_at, id);
CREATE INDEX outbox_by_state ON outbox (tenant_id, state, created_at, id);
CREATE INDEX outbox_by_ticket ON outbox (tenant_id, ticket_id, created_at, id);
CREATE INDEX outbox_by_recipient ON outbox (tenant_id, recipient, created_at, id);
