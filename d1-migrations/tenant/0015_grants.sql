-- Grants and delegations are listed by id, of one person or group or of all: pages of the table itself, and of these.
CREATE INDEX grants_of_user ON grants (tenant_id, user_id, id) WHERE user_id IS NOT NULL;
CREATE INDEX grants_of_group ON grants (tenant_id, group_id, id) WHERE group_id IS NOT NULL;
CREATE INDEX delegations_of_delegator ON delegations (tenant_id, delegator_id, id);
CREATE INDEX delegations_of_deputy ON delegations (tenant_id, deputy_id, id);
DROP INDEX grants_by_time;
DROP INDEX delegations_by_time;
DROP INDEX delegations_by_delegator;

-- What the planner is to take for granted of them, as for all (0014).
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('grants', 'grants_of_user', '1000000 20000 200 20'),
    ('grants', 'grants_of_group', '1000000 20000 200 20'),
    ('delegations', 'delegations_of_delegator', '1000000 20000 200 20'),
    ('delegations', 'delegations_of_deputy', '1000000 20000 200 20');
ANALYZE sqlite_schema;
