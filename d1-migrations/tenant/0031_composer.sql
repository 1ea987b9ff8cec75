-- Notes that went out to people outside the conversation: to whom, and with which files, JSON arrays. A row belongs to its comment, and so
-- goes wherever that goes.
CREATE TABLE ticket_forwards (
    tenant_id TEXT NOT NULL,
    comment_id TEXT NOT NULL,
    recipients TEXT NOT NULL CHECK (json_valid(recipients)),
    files TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(files)),
    PRIMARY KEY (tenant_id, comment_id),
    FOREIGN KEY (tenant_id, comment_id) REFERENCES ticket_comments (tenant_id, id)
) WITHOUT ROWID;

-- Where a message that waits is to be forwarded, and with what: JSON. And where one was that its writer took back.
ALTER TABLE pending_comments ADD COLUMN forward TEXT CHECK (forward IS NULL OR json_valid(forward));
ALTER TABLE ticket_drafts ADD COLUMN forward TEXT CHECK (forward IS NULL OR json_valid(forward));

-- Members of the desk who were named in notes, one row a person and ticket. `number` is the ticket's: lists of mentions run along it.
CREATE TABLE ticket_mentions (
    tenant_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    ticket_id TEXT NOT NULL,
    -- The latest note that names them, and when.
    comment_id TEXT NOT NULL,
    mentioned_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, user_id, number),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES tickets (tenant_id, id)
) WITHOUT ROWID;
CREATE INDEX ticket_mentions_by_ticket ON ticket_mentions (tenant_id, ticket_id);

-- Whoever goes is named no longer.
CREATE TRIGGER ticket_mentions_of_the_gone AFTER UPDATE OF removed_at ON users WHEN NEW.removed_at IS NOT NULL AND OLD.removed_at IS NULL
BEGIN DELETE FROM ticket_mentions WHERE tenant_id = NEW.tenant_id AND user_id = NEW.id; END;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('ticket_forwards', 'ticket_forwards', '1000000 20000 1'),
    ('ticket_mentions', 'ticket_mentions_by_ticket', '1000000 20000 3 2 1'),
    ('ticket_mentions', 'ticket_mentions', '1000000 20000 100 1');
-- The figures count from here on.
ANALYZE sqlite_schema;
