-- How much one person may send: unfinished uploads at once, and files within a day.
CREATE TRIGGER guard_file_quota INSTEAD OF INSERT ON guards WHEN NEW.rule = 'file_quota' AND NEW.holds IS NOT 1
BEGIN SELECT RAISE(ABORT, 'guard:file_quota'); END;
CREATE INDEX ticket_attachments_by_uploader ON ticket_attachments (tenant_id, uploader_id, created_at, size);
CREATE INDEX uploads_unfinished ON uploads (tenant_id, uploader_id, size) WHERE attachment_id IS NULL;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('ticket_attachments', 'ticket_attachments_by_uploader', '1000000 20000 200 20 5'),
    ('uploads', 'uploads_unfinished', '1000000 20000 200 20');
-- The figures of an index on a table that is read already count from here on.
ANALYZE sqlite_schema;
