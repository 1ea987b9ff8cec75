-- The tickets that somebody has opened last, and those that stand open as tabs. Unlike `ticket_looks` it is about people and not about
-- news: what is closed stays in it.
CREATE TABLE opened_tickets (
    tenant_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    ticket_id TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    -- Its place among the tabs, where it is one.
    tab INTEGER,
    PRIMARY KEY (tenant_id, user_id, ticket_id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES tickets (tenant_id, id)
) WITHOUT ROWID;
CREATE INDEX opened_tickets_by_time ON opened_tickets (tenant_id, user_id, opened_at);
CREATE INDEX opened_tickets_by_tab ON opened_tickets (tenant_id, user_id, tab) WHERE tab IS NOT NULL;
-- A person's last forty, and their tabs.
CREATE TRIGGER opened_tickets_last AFTER INSERT ON opened_tickets
BEGIN
    DELETE FROM opened_tickets WHERE tenant_id = NEW.tenant_id AND user_id = NEW.user_id AND tab IS NULL AND opened_at < (
        SELECT o.opened_at FROM opened_tickets o INDEXED BY opened_tickets_by_time
        WHERE o.tenant_id = NEW.tenant_id AND o.user_id = NEW.user_id ORDER BY o.opened_at DESC LIMIT 1 OFFSET 39);
END;
-- Whoever goes leaves none behind.
CREATE TRIGGER opened_tickets_of_the_gone AFTER UPDATE OF removed_at ON users WHEN NEW.removed_at IS NOT NULL AND OLD.removed_at IS NULL
BEGIN
    DELETE FROM opened_tickets WHERE tenant_id = NEW.tenant_id AND user_id = NEW.id;
END;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('opened_tickets', 'opened_tickets_by_time', '1000000 20000 40 1'),
    ('opened_tickets', 'opened_tickets_by_tab', '200000 4000 8 1'),
    ('opened_tickets', 'opened_tickets', '1000000 20000 40 1');
