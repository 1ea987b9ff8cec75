-- A tenant's own words in place of the product's: a message of Fluent a row, by language and key.
CREATE TABLE own_texts (
    tenant_id TEXT NOT NULL,
    locale TEXT NOT NULL,
    key TEXT NOT NULL,
    text TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    updated_by TEXT NOT NULL,
    PRIMARY KEY (tenant_id, locale, key)
) WITHOUT ROWID;

-- An isolate remembers a tenant's words under this version; every change counts it up.
CREATE TABLE own_text_versions (
    tenant_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (tenant_id)
) WITHOUT ROWID;

CREATE TRIGGER own_texts_insert AFTER INSERT ON own_texts
BEGIN
    INSERT INTO own_text_versions (tenant_id, version) VALUES (NEW.tenant_id, 1) ON CONFLICT (tenant_id) DO UPDATE SET version = version + 1;
END;
CREATE TRIGGER own_texts_update AFTER UPDATE ON own_texts
BEGIN
    INSERT INTO own_text_versions (tenant_id, version) VALUES (NEW.tenant_id, 1) ON CONFLICT (tenant_id) DO UPDATE SET version = version + 1;
END;
CREATE TRIGGER own_texts_delete AFTER DELETE ON own_texts
BEGIN
    INSERT INTO own_text_versions (tenant_id, version) VALUES (OLD.tenant_id, 1) ON CONFLICT (tenant_id) DO UPDATE SET version = version + 1;
END;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('own_texts', 'own_texts', '5000 100 50 1'),
    ('own_text_versions', 'own_text_versions', '5000 1');
