-- Lists that read what they show and no more, and news that end with what they are about.

-- A lane of the SLA board that goes by one clock walks along that clock's deadlines alone.
CREATE INDEX sla_timers_by_clock ON sla_timers (tenant_id, clock, percent, due_at);
-- Time that somebody pays for, or nobody, of everybody.
CREATE INDEX time_entries_by_billable ON time_entries (tenant_id, billable, day, id);

-- What people with devices have not looked at is no news any more once the ticket is gone.
CREATE INDEX push_news_by_ticket ON push_news (tenant_id, ticket_id);
CREATE TRIGGER push_news_end AFTER UPDATE OF deleted_at ON tickets WHEN NEW.deleted_at IS NOT NULL AND OLD.deleted_at IS NULL
BEGIN DELETE FROM push_news WHERE tenant_id = NEW.tenant_id AND ticket_id = NEW.id; END;
-- Whoever leaves a company, or the desk, keeps the news of what they asked for or follow.
CREATE TRIGGER push_news_of_who_left AFTER UPDATE OF organization_id, role ON users
    WHEN (OLD.organization_id IS NOT NULL AND OLD.organization_id IS NOT NEW.organization_id)
        OR (NEW.role = 'client' AND OLD.role <> 'client')
BEGIN
    DELETE FROM push_news WHERE tenant_id = NEW.tenant_id AND user_id = NEW.id
        AND NOT EXISTS (SELECT 1 FROM tickets t WHERE t.tenant_id = push_news.tenant_id AND t.id = push_news.ticket_id
            AND t.requester_id = push_news.user_id)
        AND NOT EXISTS (SELECT 1 FROM ticket_followers f WHERE f.tenant_id = push_news.tenant_id AND f.user_id = push_news.user_id
            AND f.ticket_id = push_news.ticket_id);
END;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('sla_timers', 'sla_timers_by_clock', '1000000 20000 7000 3500 35'),
    ('time_entries', 'time_entries_by_billable', '1000000 20000 10000 50 1'),
    ('push_news', 'push_news_by_ticket', '1000000 20000 5');
-- The figures count from here on.
ANALYZE sqlite_schema;
