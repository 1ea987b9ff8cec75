-- Which mails somebody does not want.

-- Kinds of shared::mail::Kind, a JSON array.
ALTER TABLE users ADD COLUMN muted_notices TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(muted_notices));

-- Whoever queues a mail about a ticket, the row of a recipient who has muted its kind is left out, and it alone. Mails about the account
-- are about no ticket and always leave. The reminder to rate belongs to the request that it repeats.
CREATE TRIGGER outbox_without_muted BEFORE INSERT ON outbox WHEN NEW.ticket_id IS NOT NULL
BEGIN
    SELECT RAISE(IGNORE) FROM users u, json_each(u.muted_notices) muted
        WHERE u.tenant_id = NEW.tenant_id
          AND u.id = COALESCE(NEW.recipient_user_id, (SELECT a.id FROM users a WHERE a.tenant_id = NEW.tenant_id AND a.email = NEW.recipient))
          AND muted.value = CASE NEW.template WHEN 'rating_reminder' THEN 'ticket_resolved' ELSE NEW.template END;
END;
