-- Lists of people and organizations in the order of dictionaries: Ё with Е, Latin letters of either case together (`store/names.rs`).
ALTER TABLE users ADD COLUMN sort_name TEXT AS (lower(replace(replace(name, 'Ё', 'Е'), 'ё', 'е'))) VIRTUAL;
ALTER TABLE organizations ADD COLUMN sort_name TEXT AS (lower(replace(replace(name, 'Ё', 'Е'), 'ё', 'е'))) VIRTUAL;
DROP INDEX users_by_name;
DROP INDEX users_by_role;
CREATE INDEX users_by_name ON users (tenant_id, sort_name, id);
CREATE INDEX users_by_role ON users (tenant_id, role, sort_name, id);
CREATE INDEX organizations_in_order ON organizations (tenant_id, sort_name, id);

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('users', 'users_by_name', '1000000 20000 20 1'),
    ('users', 'users_by_role', '1000000 20000 200 20 1'),
    ('organizations', 'organizations_in_order', '1000000 20000 20 1');
-- The figures count from here on.
ANALYZE sqlite_schema;
