-- Tables of tickets and people that are brought in. The rows of a table lie in R2; here stands how far they have come.
CREATE TABLE imports (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('tickets', 'users')),
    -- `uploaded` until a dry run has looked at it, `checked` after; then `running`, and `done` or `cancelled`.
    status TEXT NOT NULL CHECK (status IN ('uploaded', 'checked', 'running', 'done', 'cancelled')),
    file_name TEXT NOT NULL,
    encoding TEXT NOT NULL,
    delimiter TEXT NOT NULL,
    -- Headers of the table, and the field that each column means or null.
    headers TEXT NOT NULL CHECK (json_valid(headers)),
    mapping TEXT NOT NULL CHECK (json_valid(mapping)),
    -- People who are brought in get a mail with a link for choosing a password.
    invites INTEGER NOT NULL DEFAULT 0,
    -- Roles that whoever began it may give.
    roles TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(roles)),
    -- The zone of moments that state none.
    zone TEXT NOT NULL,
    -- Size of the stored file.
    bytes INTEGER NOT NULL,
    rows_total INTEGER NOT NULL,
    -- What the dry run found: rows that can be brought in, that are there already, and with faults.
    rows_good INTEGER NOT NULL DEFAULT 0,
    rows_known INTEGER NOT NULL DEFAULT 0,
    rows_faulty INTEGER NOT NULL DEFAULT 0,
    -- What came of the import so far, and where in the file it goes on.
    rows_done INTEGER NOT NULL DEFAULT 0,
    created INTEGER NOT NULL DEFAULT 0,
    existing INTEGER NOT NULL DEFAULT 0,
    refused INTEGER NOT NULL DEFAULT 0,
    offset INTEGER NOT NULL DEFAULT 0,
    created_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    started_at INTEGER,
    finished_at INTEGER,
    version INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, created_by) REFERENCES users (tenant_id, id)
) WITHOUT ROWID;
CREATE INDEX imports_by_person ON imports (tenant_id, created_by);
CREATE INDEX imports_by_age ON imports (tenant_id, created_at, id);
CREATE INDEX imports_running ON imports (tenant_id, started_at, id) WHERE status = 'running';

-- What came of each row: written with what it made, so that no row is brought in twice.
CREATE TABLE import_rows (
    tenant_id TEXT NOT NULL,
    import_id TEXT NOT NULL,
    line INTEGER NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('created', 'existing', 'refused')),
    -- The ticket or person.
    subject TEXT,
    -- Of a row that was refused: its faults.
    faults TEXT CHECK (faults IS NULL OR json_valid(faults)),
    PRIMARY KEY (tenant_id, import_id, line),
    FOREIGN KEY (tenant_id, import_id) REFERENCES imports (tenant_id, id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX import_rows_by_outcome ON import_rows (tenant_id, import_id, outcome, line);

-- Tickets by what another system calls them: the same one is brought in once, however many tables name it.
CREATE TABLE imported_tickets (
    tenant_id TEXT NOT NULL,
    external_id TEXT NOT NULL,
    ticket_id TEXT NOT NULL,
    PRIMARY KEY (tenant_id, external_id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES tickets (tenant_id, id)
) WITHOUT ROWID;
CREATE INDEX imported_tickets_by_ticket ON imported_tickets (tenant_id, ticket_id);

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('imports', 'imports_by_person', '20000 400 20 1'),
    ('imports', 'imports_by_age', '20000 400 1 1'),
    ('imports', 'imports_running', '100 2 1 1'),
    ('imports', 'imports', '20000 400 1'),
    ('import_rows', 'import_rows_by_outcome', '1000000 20000 5000 2000 1'),
    ('import_rows', 'import_rows', '1000000 20000 5000 1'),
    ('imported_tickets', 'imported_tickets_by_ticket', '1000000 20000 1 1'),
    ('imported_tickets', 'imported_tickets', '1000000 20000 1');
-- The figures count from here on.
ANALYZE sqlite_schema;
