-- Provisioning by SCIM: which people and groups a company's system of identities keeps, and what it calls them.
CREATE TABLE scim_people (
    tenant_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    external_id TEXT,
    given_name TEXT,
    family_name TEXT,
    -- The service account that last wrote the person.
    account_id TEXT NOT NULL,
    managed_at INTEGER NOT NULL,
    -- Since when the person is deleted for whoever asks by SCIM; disabled here.
    gone_at INTEGER,
    PRIMARY KEY (tenant_id, user_id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX scim_people_by_external_id ON scim_people (tenant_id, external_id) WHERE external_id IS NOT NULL;

CREATE TABLE scim_groups (
    tenant_id TEXT NOT NULL,
    group_id TEXT NOT NULL,
    external_id TEXT,
    PRIMARY KEY (tenant_id, group_id),
    FOREIGN KEY (tenant_id, group_id) REFERENCES groups (tenant_id, id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX scim_groups_by_external_id ON scim_groups (tenant_id, external_id) WHERE external_id IS NOT NULL;

-- How many people there are for whoever asks by SCIM, and how many of them it keeps: kept by triggers, so that a list says its total without
-- counting.
CREATE TABLE scim_counts (
    tenant_id TEXT NOT NULL PRIMARY KEY,
    people INTEGER NOT NULL DEFAULT 0,
    managed INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
INSERT INTO scim_counts (tenant_id, people) SELECT tenant_id, COUNT(*) FROM users WHERE is_service = 0 AND removed_at IS NULL GROUP BY tenant_id;

-- The last request and the last refusal, for those who look after it.
CREATE TABLE scim_requests (
    tenant_id TEXT NOT NULL PRIMARY KEY,
    asked_at INTEGER NOT NULL,
    asked_by TEXT NOT NULL,
    asked_for TEXT NOT NULL,
    refused_at INTEGER,
    refused_by TEXT,
    refused_for TEXT,
    refused_status INTEGER,
    refused_code TEXT
) WITHOUT ROWID;

-- Who belongs to a group is part of what a group is for whoever asks by SCIM.
ALTER TABLE groups ADD COLUMN membership INTEGER NOT NULL DEFAULT 0;
CREATE TRIGGER group_membership_insert AFTER INSERT ON group_members
BEGIN UPDATE groups SET membership = membership + 1 WHERE tenant_id = NEW.tenant_id AND id = NEW.group_id; END;
CREATE TRIGGER group_membership_delete AFTER DELETE ON group_members
BEGIN UPDATE groups SET membership = membership + 1 WHERE tenant_id = OLD.tenant_id AND id = OLD.group_id; END;

CREATE INDEX users_by_change ON users (tenant_id, updated_at, id);

CREATE TRIGGER scim_counts_user_insert AFTER INSERT ON users WHEN NEW.is_service = 0 AND NEW.removed_at IS NULL
BEGIN
    INSERT INTO scim_counts (tenant_id, people) VALUES (NEW.tenant_id, 1)
        ON CONFLICT (tenant_id) DO UPDATE SET people = people + 1;
END;
-- Whoever is gone for good is nobody that a system of identities could know.
CREATE TRIGGER scim_counts_user_removed AFTER UPDATE OF removed_at ON users
    WHEN NEW.is_service = 0 AND NEW.removed_at IS NOT NULL AND OLD.removed_at IS NULL
BEGIN
    DELETE FROM scim_people WHERE tenant_id = NEW.tenant_id AND user_id = NEW.id;
    UPDATE scim_counts SET people = people - 1 WHERE tenant_id = NEW.tenant_id;
END;
CREATE TRIGGER scim_counts_person_insert AFTER INSERT ON scim_people
BEGIN UPDATE scim_counts SET managed = managed + 1 WHERE tenant_id = NEW.tenant_id; END;
CREATE TRIGGER scim_counts_person_delete AFTER DELETE ON scim_people
BEGIN
    UPDATE scim_counts SET managed = managed - (OLD.gone_at IS NULL), people = people + (OLD.gone_at IS NOT NULL)
        WHERE tenant_id = OLD.tenant_id;
END;
CREATE TRIGGER scim_counts_person_gone AFTER UPDATE OF gone_at ON scim_people
    WHEN (NEW.gone_at IS NULL) <> (OLD.gone_at IS NULL)
BEGIN
    UPDATE scim_counts SET people = people + (NEW.gone_at IS NULL) - (OLD.gone_at IS NULL),
        managed = managed + (NEW.gone_at IS NULL) - (OLD.gone_at IS NULL) WHERE tenant_id = NEW.tenant_id;
END;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('scim_people', 'scim_people', '1000000 20000 1'),
    ('scim_people', 'scim_people_by_external_id', '1000000 20000 2'),
    ('scim_groups', 'scim_groups', '5000 100 1'),
    ('scim_groups', 'scim_groups_by_external_id', '5000 100 2'),
    ('scim_counts', 'scim_counts', '50 1'),
    ('scim_requests', 'scim_requests', '50 1'),
    ('users', 'users_by_change', '1000000 20000 2 1');
-- The figures of an index on a table that is read already count from here on.
ANALYZE sqlite_schema;
