-- Service levels after the day they were made: which tickets count by a calendar or policy, and how far recounting them has come.

CREATE INDEX tickets_by_calendar ON tickets (tenant_id, sla_calendar_id, is_open, number);
CREATE INDEX tickets_by_policy ON tickets (tenant_id, sla_policy_id, is_open, number);

-- A calendar or policy that was edited: the open tickets that count by it are counted anew, in order of their numbers. The row goes when
-- the last is done; a later edit begins again from the first.
CREATE TABLE sla_recomputes (
    tenant_id TEXT NOT NULL,
    -- `cal_...` or `sla_...`
    subject TEXT NOT NULL,
    -- The subject's version that is being carried to the tickets.
    version INTEGER NOT NULL,
    after_number INTEGER NOT NULL DEFAULT 0,
    -- Who edited it: `usr_...` or `system`.
    requested_by TEXT NOT NULL,
    requested_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, subject)
) WITHOUT ROWID;

-- One index a filter of the list of violations.
CREATE INDEX sla_violations_by_assignee ON sla_violations (tenant_id, assignee_id, due_at, ticket_id, clock);
CREATE INDEX sla_violations_by_priority ON sla_violations (tenant_id, priority, due_at, ticket_id, clock);
CREATE INDEX sla_violations_by_clock ON sla_violations (tenant_id, clock, due_at, ticket_id);
