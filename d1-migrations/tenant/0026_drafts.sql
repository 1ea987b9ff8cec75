-- What somebody has begun to write and not sent, one draft a person and ticket. `ticket_id` is empty for the ticket that is still to be
-- opened. `revision` counts what was saved: a page that saves names the one it knows, and so learns what another device wrote meanwhile.
-- Texts make wide rows, so it is a rowid table.
CREATE TABLE ticket_drafts (
    tenant_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    ticket_id TEXT NOT NULL,
    visibility TEXT NOT NULL CHECK (visibility IN ('public', 'internal')),
    body TEXT NOT NULL,
    revision INTEGER NOT NULL,
    saved_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, user_id, ticket_id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX ticket_drafts_by_age ON ticket_drafts (tenant_id, saved_at);

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('ticket_drafts', 'ticket_drafts_by_age', '1000000 20000 2'),
    ('ticket_drafts', 'sqlite_autoindex_ticket_drafts_1', '1000000 20000 20 1');
