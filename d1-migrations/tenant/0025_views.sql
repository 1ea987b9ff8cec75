-- Views of the desk's tickets that people save, how dense they want their lists, and what they have looked at.

-- `definition` is shared::ticket_view::ViewIn as JSON; what is searched or sorted by stands beside it.
CREATE TABLE ticket_views (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    owner_id TEXT NOT NULL,
    name TEXT NOT NULL,
    -- Who sees it beside its owner: nobody, a group, everybody at the desk.
    shared TEXT NOT NULL CHECK (shared IN ('nobody', 'group', 'desk')),
    group_id TEXT,
    definition TEXT NOT NULL CHECK (json_valid(definition)),
    -- Its place among its owner's.
    position INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, id),
    CHECK ((shared = 'group') = (group_id IS NOT NULL)),
    FOREIGN KEY (tenant_id, owner_id) REFERENCES users (tenant_id, id),
    FOREIGN KEY (tenant_id, group_id) REFERENCES groups (tenant_id, id)
) WITHOUT ROWID;
CREATE INDEX ticket_views_by_owner ON ticket_views (tenant_id, owner_id, position, id);
CREATE INDEX ticket_views_of_desk ON ticket_views (tenant_id, position, id) WHERE shared = 'desk';
CREATE INDEX ticket_views_by_group ON ticket_views (tenant_id, group_id, position, id);
-- A view outlives the group that it was shared with: its owner keeps it.
CREATE TRIGGER ticket_views_without_group BEFORE DELETE ON groups
BEGIN UPDATE ticket_views SET shared = 'nobody', group_id = NULL, definition = json_set(definition, '$.shared', 'nobody', '$.group', NULL), version = version + 1
    WHERE tenant_id = OLD.tenant_id AND group_id = OLD.id; END;
CREATE TRIGGER guard_not_a_member INSTEAD OF INSERT ON guards WHEN NEW.rule = 'not_a_member' AND NEW.holds IS NOT 1
BEGIN SELECT RAISE(ABORT, 'guard:not_a_member'); END;

ALTER TABLE users ADD COLUMN compact_lists INTEGER NOT NULL DEFAULT 0;

-- The latest state of a ticket that somebody has seen, by the moment of its last change.
CREATE TABLE ticket_looks (
    tenant_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    ticket_id TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, user_id, ticket_id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES tickets (tenant_id, id)
) WITHOUT ROWID;
CREATE INDEX ticket_looks_by_ticket ON ticket_looks (tenant_id, ticket_id);
-- Nobody waits for news of a ticket that is closed or gone.
CREATE TRIGGER ticket_looks_end AFTER UPDATE OF status, deleted_at ON tickets
    WHEN (NEW.status = 'closed' AND OLD.status <> 'closed') OR (NEW.deleted_at IS NOT NULL AND OLD.deleted_at IS NULL)
BEGIN DELETE FROM ticket_looks WHERE tenant_id = NEW.tenant_id AND ticket_id = NEW.id; END;

-- Whoever goes leaves neither looks nor views of their own behind; what they shared stays.
CREATE TRIGGER ticket_views_of_the_gone AFTER UPDATE OF removed_at ON users WHEN NEW.removed_at IS NOT NULL AND OLD.removed_at IS NULL
BEGIN
    DELETE FROM ticket_looks WHERE tenant_id = NEW.tenant_id AND user_id = NEW.id;
    DELETE FROM ticket_views WHERE tenant_id = NEW.tenant_id AND owner_id = NEW.id AND shared = 'nobody';
END;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('ticket_views', 'ticket_views_by_owner', '1000000 20000 20 2 1'),
    ('ticket_views', 'ticket_views_of_desk', '1000000 20000 5 1'),
    ('ticket_views', 'ticket_views_by_group', '1000000 20000 20 2 1'),
    ('ticket_views', 'ticket_views', '1000000 20000 1'),
    ('ticket_looks', 'ticket_looks_by_ticket', '1000000 20000 5'),
    ('ticket_looks', 'ticket_looks', '1000000 20000 200 1');
-- The figures count from here on.
ANALYZE sqlite_schema;
