-- Whether an account was signed in to from a network before: such a network stays open when strangers try many passwords.
CREATE INDEX sessions_by_network ON sessions (tenant_id, user_id, network);

-- A key of a request that must not be done twice: which request holds it, and whether its work is done (its answer may be lost).
ALTER TABLE idempotency_keys ADD COLUMN claim TEXT NOT NULL DEFAULT '';
ALTER TABLE idempotency_keys ADD COLUMN done INTEGER NOT NULL DEFAULT 0;
CREATE TRIGGER guard_repeated INSTEAD OF INSERT ON guards WHEN NEW.rule = 'repeated' AND NEW.holds IS NOT 1
BEGIN SELECT RAISE(ABORT, 'guard:repeated'); END;

-- Lists that walked the whole desk to find what one person asked for, or one tag names.
CREATE INDEX tickets_by_requester_number ON tickets (tenant_id, requester_id, number) WHERE deleted_at IS NULL;
CREATE INDEX tickets_by_organization_number ON tickets (tenant_id, organization_id, number) WHERE deleted_at IS NULL;
-- What is in warning or breach, by urgency: the queue whose number `queue_counts` keeps under 'breaching'.
CREATE INDEX tickets_alight ON tickets (tenant_id, next_due_at, number)
    WHERE deleted_at IS NULL AND is_open = 1 AND (sla_warned = 1 OR sla_breached = 1);

-- A tag's tickets in the order of their last change.
ALTER TABLE ticket_tags ADD COLUMN updated_at INTEGER NOT NULL DEFAULT 0;
UPDATE ticket_tags SET updated_at = (SELECT t.updated_at FROM tickets t WHERE t.tenant_id = ticket_tags.tenant_id AND t.id = ticket_tags.ticket_id);
CREATE INDEX ticket_tags_by_update ON ticket_tags (tenant_id, tag, updated_at, number);
CREATE TRIGGER ticket_tags_follow_updates AFTER UPDATE OF updated_at ON tickets
    WHEN OLD.updated_at IS NOT NEW.updated_at AND NEW.tags <> '[]'
BEGIN
    UPDATE ticket_tags SET updated_at = NEW.updated_at WHERE tenant_id = NEW.tenant_id AND ticket_id = NEW.id;
END;
CREATE TRIGGER ticket_tags_begin_up_to_date AFTER INSERT ON ticket_tags
BEGIN
    UPDATE ticket_tags SET updated_at = (SELECT t.updated_at FROM tickets t WHERE t.tenant_id = NEW.tenant_id AND t.id = NEW.ticket_id)
        WHERE tenant_id = NEW.tenant_id AND tag = NEW.tag AND number = NEW.number;
END;
