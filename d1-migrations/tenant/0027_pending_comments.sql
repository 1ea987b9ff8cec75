-- Messages of the desk that are written and go out later: after the seconds in which they can be taken back, or at a moment that was
-- chosen. `seen` is how many public messages their writer knew, `network` the address that policies
-- are asked about when it goes out, `files` the attachments that go along, a JSON array. `held` says why one could not go out (a code of
-- the product's refusals); such a row waits for its writer. Texts make wide rows, so it is a rowid table.
CREATE TABLE pending_comments (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    ticket_id TEXT NOT NULL,
    author_id TEXT NOT NULL,
    visibility TEXT NOT NULL CHECK (visibility IN ('public', 'internal')),
    body TEXT NOT NULL,
    status TEXT,
    files TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(files)),
    seen INTEGER NOT NULL,
    network TEXT NOT NULL DEFAULT '',
    due_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    held TEXT,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES tickets (tenant_id, id),
    FOREIGN KEY (tenant_id, author_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX pending_comments_by_ticket ON pending_comments (tenant_id, ticket_id, due_at, id);
CREATE INDEX pending_comments_due ON pending_comments (tenant_id, due_at) WHERE held IS NULL;

-- Files that lie on the ticket already and belong to the draft: of a message that was taken back.
ALTER TABLE ticket_drafts ADD COLUMN files TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(files));

-- For how many seconds a message of this person can be taken back.
ALTER TABLE users ADD COLUMN undo_seconds INTEGER NOT NULL DEFAULT 10 CHECK (undo_seconds IN (0, 5, 10, 30));

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('pending_comments', 'pending_comments_by_ticket', '1000000 20000 5 2 1'),
    ('pending_comments', 'pending_comments_due', '1000000 20000 2'),
    ('pending_comments', 'sqlite_autoindex_pending_comments_1', '1000000 20000 1');
