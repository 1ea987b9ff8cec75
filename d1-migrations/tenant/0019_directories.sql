-- Directories of companies (LDAP, Active Directory): how each is reached and what its groups give, and who of the tenant's people is who in it.
CREATE TABLE directories (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    -- `shared::ldap::settings::DirectoryIn` as JSON, without the password.
    definition TEXT NOT NULL CHECK (json_valid(definition)),
    -- The password of the account that searches, sealed for this tenant and this directory under the key that `key_id` names.
    secret TEXT NOT NULL,
    key_id TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    -- The number of the round through the directory that is under way, or was the last; what it found, as JSON.
    round INTEGER NOT NULL DEFAULT 0,
    sync_state TEXT NOT NULL DEFAULT 'idle' CHECK (sync_state IN ('idle', 'running', 'done', 'stopped', 'failed')),
    sync_figures TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(sync_figures)),
    sync_problem TEXT,
    -- Whether somebody has said that many may be disabled by this round.
    sync_confirmed INTEGER NOT NULL DEFAULT 0,
    sync_started_at INTEGER,
    sync_finished_at INTEGER,
    -- When the next step is due; empty for never.
    sync_next_at INTEGER,
    PRIMARY KEY (tenant_id, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX directories_by_name ON directories (tenant_id, name);

-- Who is who: `unique_id` is the directory's own and never changes; address and user name may.
CREATE TABLE directory_people (
    tenant_id TEXT NOT NULL,
    directory_id TEXT NOT NULL,
    unique_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    username TEXT NOT NULL,
    linked_at INTEGER NOT NULL,
    -- The last round that has seen the person, and since when they are gone and disabled for it.
    seen_in INTEGER NOT NULL DEFAULT 0,
    gone_at INTEGER,
    PRIMARY KEY (tenant_id, directory_id, unique_id),
    FOREIGN KEY (tenant_id, directory_id) REFERENCES directories (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX directory_people_by_user ON directory_people (tenant_id, user_id);
CREATE INDEX directory_people_by_username ON directory_people (tenant_id, username);
CREATE INDEX directory_people_by_round ON directory_people (tenant_id, directory_id, seen_in, unique_id) WHERE gone_at IS NULL;

CREATE TRIGGER guard_directory_person INSTEAD OF INSERT ON guards WHEN NEW.rule = 'directory_person' AND NEW.holds IS NOT 1
BEGIN SELECT RAISE(ABORT, 'guard:directory_person'); END;
-- Whoever is of a directory has no password here, by whatever way one would come.
CREATE TRIGGER directory_people_have_no_password BEFORE UPDATE OF password_hash ON users
    WHEN NEW.password_hash IS NOT NULL
        AND EXISTS (SELECT 1 FROM directory_people WHERE tenant_id = NEW.tenant_id AND user_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'guard:directory_person'); END;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('directories', 'directories', '5000 100 1'),
    ('directories', 'directories_by_name', '5000 100 1'),
    ('directory_people', 'directory_people', '1000000 20000 2000 1'),
    ('directory_people', 'directory_people_by_user', '1000000 20000 1'),
    ('directory_people', 'directory_people_by_username', '1000000 20000 2'),
    ('directory_people', 'directory_people_by_round', '1000000 20000 2000 200 1');
