-- An agent's own time: tickets that are put off, private reminders, checklists, and time that was spent.

-- Until when a ticket is kept out of its assignee's own queue: a moment, or 9007199254740991 for "until the client answers".
ALTER TABLE tickets ADD COLUMN snoozed_until INTEGER;
-- When it last came back by itself: what marks it until its assignee looks.
ALTER TABLE tickets ADD COLUMN woken_at INTEGER;
-- What one's own queue walks along, without passing over what is put off; and the queue of what is.
CREATE INDEX tickets_awake ON tickets (tenant_id, assignee_id, updated_at, number)
    WHERE deleted_at IS NULL AND is_open = 1 AND assignee_id IS NOT NULL AND snoozed_until IS NULL;
CREATE INDEX tickets_snoozed ON tickets (tenant_id, assignee_id, updated_at, number) WHERE snoozed_until IS NOT NULL;
CREATE INDEX tickets_snoozed_due ON tickets (tenant_id, snoozed_until) WHERE snoozed_until IS NOT NULL;
-- Whoever else has it now has put nothing off, and what is over needs no waking.
CREATE TRIGGER tickets_snooze_ends AFTER UPDATE OF assignee_id, status, deleted_at, merged_into_id ON tickets
    WHEN NEW.snoozed_until IS NOT NULL AND (OLD.assignee_id IS NOT NEW.assignee_id OR NEW.status IN ('resolved', 'closed')
        OR NEW.deleted_at IS NOT NULL OR NEW.merged_into_id IS NOT NULL)
BEGIN UPDATE tickets SET snoozed_until = NULL WHERE tenant_id = NEW.tenant_id AND id = NEW.id; END;

-- What somebody wants to be reminded of: theirs alone. `rung_at` says when they were told; a row goes when it is done with.
CREATE TABLE reminders (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    ticket_id TEXT,
    text TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    rung_at INTEGER,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES tickets (tenant_id, id)
);
CREATE INDEX reminders_by_owner ON reminders (tenant_id, user_id, due_at, id);
CREATE INDEX reminders_due ON reminders (tenant_id, due_at) WHERE rung_at IS NULL;
CREATE INDEX reminders_rung ON reminders (tenant_id, user_id) WHERE rung_at IS NOT NULL;

-- What is to be done on a ticket: `items` is shared::checklist::Item as a JSON array, in order.
CREATE TABLE checklists (
    tenant_id TEXT NOT NULL,
    ticket_id TEXT NOT NULL,
    items TEXT NOT NULL CHECK (json_valid(items)),
    done INTEGER NOT NULL,
    total INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, ticket_id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES tickets (tenant_id, id)
);

-- Time that was spent on tickets: whole minutes of a day (`2026-03-02`, where whoever spent it was). The company is the ticket's of that time.
CREATE TABLE time_entries (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    ticket_id TEXT NOT NULL,
    organization_id TEXT,
    day TEXT NOT NULL,
    minutes INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 1440),
    note TEXT NOT NULL DEFAULT '',
    billable INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES tickets (tenant_id, id)
);
CREATE INDEX time_entries_by_day ON time_entries (tenant_id, day, id);
CREATE INDEX time_entries_by_user ON time_entries (tenant_id, user_id, day, id);
CREATE INDEX time_entries_by_ticket ON time_entries (tenant_id, ticket_id, day, id);
CREATE INDEX time_entries_by_organization ON time_entries (tenant_id, organization_id, day, id);
CREATE TRIGGER guard_day_full INSTEAD OF INSERT ON guards WHEN NEW.rule = 'day_full' AND NEW.holds IS NOT 1
BEGIN SELECT RAISE(ABORT, 'guard:day_full'); END;

-- The one timer that somebody has running.
CREATE TABLE time_timers (
    tenant_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    ticket_id TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, user_id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES tickets (tenant_id, id)
) WITHOUT ROWID;
CREATE INDEX time_timers_by_ticket ON time_timers (tenant_id, ticket_id);

-- Whoever goes is reminded of nothing, and no clock of theirs runs; time that they spent stays.
CREATE TRIGGER own_time_of_the_gone AFTER UPDATE OF removed_at ON users WHEN NEW.removed_at IS NOT NULL AND OLD.removed_at IS NULL
BEGIN
    DELETE FROM reminders WHERE tenant_id = NEW.tenant_id AND user_id = NEW.id;
    DELETE FROM time_timers WHERE tenant_id = NEW.tenant_id AND user_id = NEW.id;
END;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('tickets', 'tickets_awake', '1000000 20000 200 20 5'),
    ('tickets', 'tickets_snoozed', '20000 400 20 2 1'),
    ('tickets', 'tickets_snoozed_due', '20000 400 2'),
    ('reminders', 'reminders_by_owner', '1000000 20000 20 2 1'),
    ('reminders', 'reminders_due', '1000000 20000 2'),
    ('reminders', 'reminders_rung', '1000000 20000 5'),
    ('reminders', 'sqlite_autoindex_reminders_1', '1000000 20000 1'),
    ('checklists', 'sqlite_autoindex_checklists_1', '1000000 20000 1'),
    ('time_entries', 'time_entries_by_day', '1000000 20000 100 1'),
    ('time_entries', 'time_entries_by_user', '1000000 20000 1000 10 1'),
    ('time_entries', 'time_entries_by_ticket', '1000000 20000 5 2 1'),
    ('time_entries', 'time_entries_by_organization', '1000000 20000 1000 20 1'),
    ('time_entries', 'sqlite_autoindex_time_entries_1', '1000000 20000 1'),
    ('time_timers', 'time_timers_by_ticket', '1000000 20000 1'),
    ('time_timers', 'time_timers', '1000000 20000 1');
-- The figures count from here on.
ANALYZE sqlite_schema;
