-- The directory of a desk: staff, departments, categories, SLA policies and calendars. Pages and new tickets want all of it at every request,
-- and it changes a few times a day; so a worker remembers it under this version, which the look-up of a session reads along.

CREATE TABLE directory_versions (
    tenant_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (tenant_id)
) WITHOUT ROWID;

-- Whoever was ever of the desk can stand in a ticket as its assignee.
ALTER TABLE users ADD COLUMN was_staff INTEGER NOT NULL DEFAULT 0;
UPDATE users SET was_staff = 1 WHERE role <> 'client';
CREATE INDEX users_of_desk ON users (tenant_id, name) WHERE was_staff = 1;

CREATE TRIGGER directory_staff_insert AFTER INSERT ON users WHEN NEW.role <> 'client'
BEGIN
    UPDATE users SET was_staff = 1 WHERE tenant_id = NEW.tenant_id AND id = NEW.id;
    INSERT INTO directory_versions (tenant_id, version) VALUES (NEW.tenant_id, 1) ON CONFLICT (tenant_id) DO UPDATE SET version = version + 1;
END;
CREATE TRIGGER directory_staff_update AFTER UPDATE OF name, email, role, status, locale ON users
    WHEN (NEW.role <> 'client' OR OLD.was_staff = 1)
        AND (OLD.name IS NOT NEW.name OR OLD.email IS NOT NEW.email OR OLD.role IS NOT NEW.role OR OLD.status IS NOT NEW.status
             OR OLD.locale IS NOT NEW.locale)
BEGIN
    UPDATE users SET was_staff = 1 WHERE tenant_id = NEW.tenant_id AND id = NEW.id AND was_staff = 0;
    INSERT INTO directory_versions (tenant_id, version) VALUES (NEW.tenant_id, 1) ON CONFLICT (tenant_id) DO UPDATE SET version = version + 1;
END;

CREATE TRIGGER directory_departments_insert AFTER INSERT ON departments
BEGIN
    INSERT INTO directory_versions (tenant_id, version) VALUES (NEW.tenant_id, 1) ON CONFLICT (tenant_id) DO UPDATE SET version = version + 1;
END;
CREATE TRIGGER directory_departments_update AFTER UPDATE ON departments
BEGIN
    INSERT INTO directory_versions (tenant_id, version) VALUES (NEW.tenant_id, 1) ON CONFLICT (tenant_id) DO UPDATE SET version = version + 1;
END;
CREATE TRIGGER directory_departments_delete AFTER DELETE ON departments
BEGIN
    INSERT INTO directory_versions (tenant_id, version) VALUES (OLD.tenant_id, 1) ON CONFLICT (tenant_id) DO UPDATE SET version = version + 1;
END;
CREATE TRIGGER directory_categories_insert AFTER INSERT ON categories
BEGIN
    INSERT INTO directory_versions (tenant_id, version) VALUES (NEW.tenant_id, 1) ON CONFLICT (tenant_id) DO UPDATE SET version = version + 1;
END;
CREATE TRIGGER directory_categories_update AFTER UPDATE ON categories
BEGIN
    INSERT INTO directory_versions (tenant_id, version) VALUES (NEW.tenant_id, 1) ON CONFLICT (tenant_id) DO UPDATE SET version = version + 1;
END;
CREATE TRIGGER directory_categories_delete AFTER DELETE ON categories
BEGIN
    INSERT INTO directory_versions (tenant_id, version) VALUES (OLD.tenant_id, 1) ON CONFLICT (tenant_id) DO UPDATE SET version = version + 1;
END;
CREATE TRIGGER directory_sla_rules_insert AFTER INSERT ON sla_rules
BEGIN
    INSERT INTO directory_versions (tenant_id, version) VALUES (NEW.tenant_id, 1) ON CONFLICT (tenant_id) DO UPDATE SET version = version + 1;
END;
CREATE TRIGGER directory_sla_rules_update AFTER UPDATE ON sla_rules
BEGIN
    INSERT INTO directory_versions (tenant_id, version) VALUES (NEW.tenant_id, 1) ON CONFLICT (tenant_id) DO UPDATE SET version = version + 1;
END;
CREATE TRIGGER directory_sla_rules_delete AFTER DELETE ON sla_rules
BEGIN
    INSERT INTO directory_versions (tenant_id, version) VALUES (OLD.tenant_id, 1) ON CONFLICT (tenant_id) DO UPDATE SET version = version + 1;
END;
CREATE TRIGGER directory_sla_calendars_insert AFTER INSERT ON sla_calendars
BEGIN
    INSERT INTO directory_versions (tenant_id, version) VALUES (NEW.tenant_id, 1) ON CONFLICT (tenant_id) DO UPDATE SET version = version + 1;
END;
CREATE TRIGGER directory_sla_calendars_update AFTER UPDATE ON sla_calendars
BEGIN
    INSERT INTO directory_versions (tenant_id, version) VALUES (NEW.tenant_id, 1) ON CONFLICT (tenant_id) DO UPDATE SET version = version + 1;
END;
CREATE TRIGGER directory_sla_calendars_delete AFTER DELETE ON sla_calendars
BEGIN
    INSERT INTO directory_versions (tenant_id, version) VALUES (OLD.tenant_id, 1) ON CONFLICT (tenant_id) DO UPDATE SET version = version + 1;
END;

-- The unfinished tickets of a client, without passing over the finished ones.
CREATE INDEX tickets_by_requester_open ON tickets (tenant_id, requester_id, is_open, updated_at, number);
