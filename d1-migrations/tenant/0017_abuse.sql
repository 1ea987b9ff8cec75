-- Addresses that a tenant's hosts turn away. `range` is the one text of an address or range; `origin` says whether somebody blocked it by
-- hand or the product by its rule. A block without an end has one that nobody lives to see.
CREATE TABLE address_blocks (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    range TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    origin TEXT NOT NULL CHECK (origin IN ('manual', 'rule')),
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX address_blocks_by_range ON address_blocks (tenant_id, range);
CREATE INDEX address_blocks_by_end ON address_blocks (tenant_id, expires_at);

-- From which networks somebody signs in: those are never blocked by rule.
CREATE INDEX sessions_of_network ON sessions (tenant_id, network, created_at) WHERE network <> '';

-- What looked like an attack: once for each kind, subject and period (the beginning of the hours or the day that it is about).
CREATE TABLE security_alerts (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    period INTEGER NOT NULL,
    detail TEXT NOT NULL DEFAULT '{}',
    created_at INTEGER NOT NULL,
    acknowledged_at INTEGER,
    acknowledged_by TEXT,
    PRIMARY KEY (tenant_id, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX security_alerts_once ON security_alerts (tenant_id, kind, subject, period);
CREATE INDEX security_alerts_open ON security_alerts (tenant_id, id) WHERE acknowledged_at IS NULL;

-- What nobody wants to be told of for a while.
CREATE TABLE security_silences (
    tenant_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    until INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    PRIMARY KEY (tenant_id, kind, subject)
) WITHOUT ROWID;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('address_blocks', 'address_blocks_by_end', '5000 100 50'),
    ('address_blocks', 'address_blocks_by_range', '5000 100 1'),
    ('address_blocks', 'address_blocks', '5000 100 1'),
    ('sessions', 'sessions_of_network', '1000000 20000 200 20'),
    ('security_alerts', 'security_alerts_open', '1000000 20000 200'),
    ('security_alerts', 'security_alerts_once', '1000000 20000 200 20 1'),
    ('security_alerts', 'security_alerts', '1000000 20000 1'),
    ('security_silences', 'security_silences', '5000 100 50 1');
