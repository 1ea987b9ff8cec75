-- The audit log made tamper-evident: every line has a place in its tenant's sequence, a seal chains each line to the one before, and
-- signed checkpoints stand for the whole up to a place. docs/decisions/0009-audit-chain.md says why it is so.

ALTER TABLE audit_logs ADD COLUMN on_behalf_of TEXT;
ALTER TABLE audit_logs ADD COLUMN user_agent TEXT NOT NULL DEFAULT '';
ALTER TABLE audit_logs ADD COLUMN outcome TEXT NOT NULL DEFAULT 'done' CHECK (outcome IN ('done', 'refused'));
-- Given by the trigger below, from 1, without gaps; NULL only until that trigger has run.
ALTER TABLE audit_logs ADD COLUMN seq INTEGER;

-- Lines written before get their places in the order of their moments.
DROP TRIGGER audit_logs_are_append_only_update;
UPDATE audit_logs SET seq = placed.seq
    FROM (SELECT tenant_id, id, ROW_NUMBER() OVER (PARTITION BY tenant_id ORDER BY at, id) AS seq FROM audit_logs) AS placed
    WHERE placed.tenant_id = audit_logs.tenant_id AND placed.id = audit_logs.id;
INSERT INTO counters (tenant_id, name, value) SELECT tenant_id, 'audit', COUNT(*) FROM audit_logs WHERE true GROUP BY tenant_id
    ON CONFLICT (tenant_id, name) DO UPDATE SET value = excluded.value;

CREATE UNIQUE INDEX audit_logs_by_seq ON audit_logs (tenant_id, seq);
CREATE INDEX audit_logs_by_actor ON audit_logs (tenant_id, actor, at);
CREATE INDEX audit_logs_by_action ON audit_logs (tenant_id, action, at);
CREATE INDEX audit_logs_by_module ON audit_logs (tenant_id, substr(action, 1, instr(action, '.')), at);
CREATE INDEX audit_logs_by_network ON audit_logs (tenant_id, network, at) WHERE network <> '';
CREATE INDEX audit_logs_refused ON audit_logs (tenant_id, at) WHERE outcome = 'refused';

-- The next place, in the very transaction that writes the line: D1 has one writer, and a batch that is rolled back gives its place back.
CREATE TRIGGER audit_logs_take_their_place AFTER INSERT ON audit_logs
BEGIN
    INSERT INTO counters (tenant_id, name, value) VALUES (NEW.tenant_id, 'audit', 1)
        ON CONFLICT (tenant_id, name) DO UPDATE SET value = value + 1;
    UPDATE audit_logs SET seq = (SELECT value FROM counters WHERE tenant_id = NEW.tenant_id AND name = 'audit')
        WHERE tenant_id = NEW.tenant_id AND id = NEW.id;
END;
-- Nothing but that: a line without a place takes one and stays otherwise as it is.
CREATE TRIGGER audit_logs_are_append_only_update BEFORE UPDATE ON audit_logs
    WHEN OLD.seq IS NOT NULL OR NEW.seq IS NULL
        OR (OLD.tenant_id, OLD.id, OLD.at, OLD.actor, OLD.action, OLD.subject, OLD.request_id, OLD.network, OLD.detail, OLD.user_agent, OLD.outcome)
            IS NOT (NEW.tenant_id, NEW.id, NEW.at, NEW.actor, NEW.action, NEW.subject, NEW.request_id, NEW.network, NEW.detail, NEW.user_agent, NEW.outcome)
        OR OLD.on_behalf_of IS NOT NEW.on_behalf_of
BEGIN
    SELECT RAISE(ABORT, 'guard:append_only');
END;

-- SHA-256 of the seal before and the line of this place, in hexadecimal. Written by the sealer, minutes after the line.
CREATE TABLE audit_seals (
    tenant_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (tenant_id, seq)
) WITHOUT ROWID;
CREATE TRIGGER audit_seals_are_append_only_update BEFORE UPDATE ON audit_seals BEGIN SELECT RAISE(ABORT, 'guard:append_only'); END;
CREATE TRIGGER audit_seals_are_append_only_delete BEFORE DELETE ON audit_seals BEGIN SELECT RAISE(ABORT, 'guard:append_only'); END;

-- Seals that the product has signed; the same stands in the file storage, out of this database's reach.
CREATE TABLE audit_checkpoints (
    tenant_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    -- Up to which line, and that line's seal.
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL,
    at INTEGER NOT NULL,
    -- Digest of the checkpoint before; empty for the first.
    previous TEXT NOT NULL,
    -- Which of the deployment's audit secrets has signed.
    key_id TEXT NOT NULL,
    signature TEXT NOT NULL,
    PRIMARY KEY (tenant_id, number)
) WITHOUT ROWID;
CREATE INDEX audit_checkpoints_by_seq ON audit_checkpoints (tenant_id, seq);
CREATE TRIGGER audit_checkpoints_are_append_only_update BEFORE UPDATE ON audit_checkpoints BEGIN SELECT RAISE(ABORT, 'guard:append_only'); END;
CREATE TRIGGER audit_checkpoints_are_append_only_delete BEFORE DELETE ON audit_checkpoints BEGIN SELECT RAISE(ABORT, 'guard:append_only'); END;
