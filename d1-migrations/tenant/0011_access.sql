-- Who may do what, beside the five roles: roles of the tenant's own, groups, grants for a time or for a part of the tickets, deputies,
-- and policies over attributes.

CREATE TABLE roles (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    -- Which of the five it is built on: that decides between desk and portal, its permissions decide the rest.
    base TEXT NOT NULL CHECK (base IN ('admin', 'manager', 'agent', 'client', 'analyst')),
    -- Names of permissions, `["ticket.read", ...]`.
    permissions TEXT NOT NULL CHECK (json_valid(permissions)),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX roles_by_name ON roles (tenant_id, name);

-- The role of the tenant's own that a person has; `role` is then the one that it is built on.
ALTER TABLE users ADD COLUMN role_id TEXT;
CREATE INDEX users_by_own_role ON users (tenant_id, role_id) WHERE role_id IS NOT NULL;
-- Since when the person is gone for good: the row stays for the sake of old tickets, under an address that no mail reaches.
ALTER TABLE users ADD COLUMN removed_at INTEGER;

CREATE TRIGGER guard_in_use INSTEAD OF INSERT ON guards WHEN NEW.rule = 'in_use' AND NEW.holds IS NOT 1
BEGIN SELECT RAISE(ABORT, 'guard:in_use'); END;
CREATE TRIGGER guard_last_admin INSTEAD OF INSERT ON guards WHEN NEW.rule = 'last_admin' AND NEW.holds IS NOT 1
BEGIN SELECT RAISE(ABORT, 'guard:last_admin'); END;

CREATE TABLE groups (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    members INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX groups_by_name ON groups (tenant_id, name);

CREATE TABLE group_members (
    tenant_id TEXT NOT NULL,
    group_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, group_id, user_id),
    FOREIGN KEY (tenant_id, group_id) REFERENCES groups (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
) WITHOUT ROWID;
CREATE INDEX group_members_by_user ON group_members (tenant_id, user_id, group_id);
CREATE TRIGGER group_members_counted_insert AFTER INSERT ON group_members
BEGIN UPDATE groups SET members = members + 1 WHERE tenant_id = NEW.tenant_id AND id = NEW.group_id; END;
CREATE TRIGGER group_members_counted_delete AFTER DELETE ON group_members
BEGIN UPDATE groups SET members = members - 1 WHERE tenant_id = OLD.tenant_id AND id = OLD.group_id; END;

-- A role given to a person or a group, for some of the tickets or all, for good or for a time. A row is ended, never removed.
CREATE TABLE grants (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    user_id TEXT,
    group_id TEXT,
    -- One of the five, or one of the tenant's own.
    role TEXT CHECK (role IN ('admin', 'manager', 'agent', 'client', 'analyst')),
    role_id TEXT,
    reach TEXT NOT NULL CHECK (reach IN ('own', 'organization', 'department', 'all')),
    -- The organization or department, where it is not the holder's own.
    place TEXT,
    reason TEXT NOT NULL DEFAULT '',
    starts_at INTEGER NOT NULL,
    -- A large number for "for good".
    ends_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    revoked_at INTEGER,
    PRIMARY KEY (tenant_id, id),
    CHECK ((user_id IS NULL) <> (group_id IS NULL)),
    CHECK ((role IS NULL) <> (role_id IS NULL)),
    CHECK (ends_at > starts_at),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id),
    FOREIGN KEY (tenant_id, group_id) REFERENCES groups (tenant_id, id) ON DELETE CASCADE
) WITHOUT ROWID;
-- A grant names a role that is there; the role may go once the grant is over, and the grant still tells what it was.
CREATE TRIGGER grants_of_known_roles BEFORE INSERT ON grants
    WHEN NEW.role_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM roles WHERE tenant_id = NEW.tenant_id AND id = NEW.role_id)
BEGIN SELECT RAISE(ABORT, 'FOREIGN KEY constraint failed'); END;
CREATE INDEX grants_by_user ON grants (tenant_id, user_id, ends_at) WHERE user_id IS NOT NULL AND revoked_at IS NULL;
CREATE INDEX grants_by_group ON grants (tenant_id, group_id, ends_at) WHERE group_id IS NOT NULL;
CREATE INDEX grants_by_role ON grants (tenant_id, role_id) WHERE role_id IS NOT NULL;
CREATE INDEX grants_by_time ON grants (tenant_id, created_at, id);
CREATE INDEX grants_by_end ON grants (tenant_id, ends_at) WHERE revoked_at IS NULL;

-- One's own rights, lent to a deputy for a time.
CREATE TABLE delegations (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    delegator_id TEXT NOT NULL,
    deputy_id TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    revoked_at INTEGER,
    PRIMARY KEY (tenant_id, id),
    CHECK (delegator_id <> deputy_id),
    CHECK (ends_at > starts_at),
    FOREIGN KEY (tenant_id, delegator_id) REFERENCES users (tenant_id, id),
    FOREIGN KEY (tenant_id, deputy_id) REFERENCES users (tenant_id, id)
) WITHOUT ROWID;
CREATE INDEX delegations_by_deputy ON delegations (tenant_id, deputy_id, ends_at) WHERE revoked_at IS NULL;
CREATE INDEX delegations_by_delegator ON delegations (tenant_id, delegator_id, created_at);
CREATE INDEX delegations_by_time ON delegations (tenant_id, created_at, id);
CREATE INDEX delegations_by_end ON delegations (tenant_id, ends_at) WHERE revoked_at IS NULL;

-- The roles that a person holds by grants, their own and those of their groups.
CREATE VIEW held_roles AS
SELECT g.tenant_id, g.user_id, g.id AS grant_id, NULL AS group_id, g.role, g.role_id, g.reach, g.place, g.starts_at, g.ends_at
FROM grants g WHERE g.user_id IS NOT NULL AND g.revoked_at IS NULL
UNION ALL
SELECT m.tenant_id, m.user_id, g.id AS grant_id, m.group_id, g.role, g.role_id, g.reach, g.place, g.starts_at, g.ends_at
FROM group_members m JOIN grants g ON g.tenant_id = m.tenant_id AND g.group_id = m.group_id
WHERE g.group_id IS NOT NULL AND g.revoked_at IS NULL;

-- Conditions over person, ticket and circumstances under which permissions are given or denied beyond all roles.
CREATE TABLE access_policies (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    effect TEXT NOT NULL CHECK (effect IN ('allow', 'deny')),
    permissions TEXT NOT NULL CHECK (json_valid(permissions)),
    condition TEXT NOT NULL CHECK (json_valid(condition)),
    enabled INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX access_policies_by_name ON access_policies (tenant_id, name);
CREATE INDEX access_policies_in_force ON access_policies (tenant_id, id) WHERE enabled = 1;
