-- Who ended a ticket, one row a cycle: whose figures it counts in and for whom it is rated, whoever has the ticket later.
CREATE TABLE ticket_resolutions (
    tenant_id TEXT NOT NULL,
    ticket_id TEXT NOT NULL,
    cycle INTEGER NOT NULL,
    -- NULL when nobody of the desk had the ticket.
    agent_id TEXT,
    -- From the ticket's creation.
    seconds INTEGER NOT NULL,
    resolved_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, ticket_id, cycle),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES tickets (tenant_id, id)
) WITHOUT ROWID;

-- Tickets that ended before: as far as it is known, so that a later end counts only what is new.
INSERT INTO ticket_resolutions (tenant_id, ticket_id, cycle, agent_id, seconds, resolved_at)
    SELECT tenant_id, id, resolution_cycle, assignee_id, MAX(0, (COALESCE(resolved_at, closed_at, updated_at) - created_at) / 1000),
        COALESCE(resolved_at, closed_at, updated_at)
    FROM tickets WHERE resolution_cycle > 0;

-- An organization whose customer type changed: its open tickets are looked at in order of their numbers.
CREATE INDEX tickets_by_organization_open ON tickets (tenant_id, organization_id, is_open, number);
