-- Notices on devices by Web Push.

-- A device that a push service reaches. It belongs to the session in which it was added, and goes with it: by signing out, or by whoever
-- ends sessions. `endpoint` is its address at the service, `p256dh` and `auth` are its keys (RFC 8291), `locale` is for people who have
-- chosen no language. `seen_at` is when it last opened the portal, to a day.
CREATE TABLE push_devices (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    endpoint TEXT NOT NULL,
    p256dh TEXT NOT NULL,
    auth TEXT NOT NULL,
    label TEXT NOT NULL,
    locale TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    sent_at INTEGER,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id),
    FOREIGN KEY (tenant_id, session_id) REFERENCES sessions (tenant_id, id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE UNIQUE INDEX push_devices_by_endpoint ON push_devices (tenant_id, endpoint);
CREATE INDEX push_devices_by_user ON push_devices (tenant_id, user_id, id);
CREATE INDEX push_devices_by_session ON push_devices (tenant_id, session_id);
CREATE INDEX push_devices_by_look ON push_devices (tenant_id, seen_at);

-- What people with devices have not looked at yet: how many notices there were about a ticket since they last saw it.
CREATE TABLE push_news (
    tenant_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    ticket_id TEXT NOT NULL,
    events INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, user_id, ticket_id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES tickets (tenant_id, id)
) WITHOUT ROWID;

-- Notices on their way: a row a device and notice, gone once it was handed over, or is of no use any more. `due_at` is when it may be
-- tried (again); `attempts` is the claim's number. A trial has no ticket.
CREATE TABLE push_notices (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    device_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    template TEXT NOT NULL,
    ticket_id TEXT,
    comment_id TEXT,
    data TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(data)),
    attempts INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, device_id) REFERENCES push_devices (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX push_notices_due ON push_notices (tenant_id, due_at);
CREATE INDEX push_notices_by_device ON push_notices (tenant_id, device_id, ticket_id, created_at, id);

-- The hours in which somebody wants no notices, in minutes since midnight of their own zone.
ALTER TABLE users ADD COLUMN quiet_from INTEGER CHECK (quiet_from BETWEEN 0 AND 1439);
ALTER TABLE users ADD COLUMN quiet_until INTEGER CHECK (quiet_until BETWEEN 0 AND 1439);

-- Whoever is written to about a ticket hears of it on their devices, too, whoever queues the mail. What is muted was left out before
-- (`outbox_without_muted`). That a request was received is no news to who wrote it, and the reminder to rate is a mail's only.
CREATE TRIGGER push_with_mail AFTER INSERT ON outbox
    WHEN NEW.ticket_id IS NOT NULL AND NEW.template IN ('agent_reply', 'status_changed', 'ticket_resolved', 'ticket_shared', 'assigned',
        'client_reply', 'sla_warning', 'sla_breach', 'escalated')
BEGIN
    INSERT INTO push_news (tenant_id, user_id, ticket_id, events)
        SELECT NEW.tenant_id, d.user_id, NEW.ticket_id, 1 FROM push_devices d
        WHERE d.tenant_id = NEW.tenant_id
          AND d.user_id = COALESCE(NEW.recipient_user_id, (SELECT a.id FROM users a WHERE a.tenant_id = NEW.tenant_id AND a.email = NEW.recipient))
        LIMIT 1
        ON CONFLICT (tenant_id, user_id, ticket_id) DO UPDATE SET events = events + 1;
    INSERT INTO push_notices (tenant_id, id, device_id, user_id, template, ticket_id, comment_id, data, due_at, created_at)
        SELECT NEW.tenant_id, NEW.id || '.' || d.id, d.id, d.user_id, NEW.template, NEW.ticket_id, NEW.comment_id, NEW.data, NEW.due_at,
            NEW.created_at
        FROM push_devices d
        WHERE d.tenant_id = NEW.tenant_id
          AND d.user_id = COALESCE(NEW.recipient_user_id, (SELECT a.id FROM users a WHERE a.tenant_id = NEW.tenant_id AND a.email = NEW.recipient))
        LIMIT 20;
END;

-- A session that ends takes its device along, whoever ends it; so does whoever cannot sign in any more.
CREATE TRIGGER push_ends_with_session AFTER UPDATE OF revoked_at ON sessions WHEN NEW.revoked_at IS NOT NULL
BEGIN
    DELETE FROM push_devices WHERE tenant_id = NEW.tenant_id AND session_id = NEW.id;
END;
CREATE TRIGGER push_ends_with_account AFTER UPDATE OF status ON users WHEN NEW.status <> 'active'
BEGIN
    DELETE FROM push_devices WHERE tenant_id = NEW.tenant_id AND user_id = NEW.id;
    DELETE FROM push_news WHERE tenant_id = NEW.tenant_id AND user_id = NEW.id;
END;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('push_devices', 'push_devices_by_endpoint', '1000000 20000 1'),
    ('push_devices', 'push_devices_by_user', '1000000 20000 3 1'),
    ('push_devices', 'push_devices_by_session', '1000000 20000 1'),
    ('push_devices', 'push_devices_by_look', '1000000 20000 200'),
    ('push_devices', 'push_devices', '1000000 20000 1'),
    ('push_news', 'push_news', '1000000 20000 10 1'),
    ('push_notices', 'push_notices_due', '1000000 20000 200'),
    ('push_notices', 'push_notices_by_device', '1000000 20000 20 5 2 1'),
    ('push_notices', 'sqlite_autoindex_push_notices_1', '1000000 20000 1');
