-- SLA, mail, ratings.

CREATE TABLE sla_calendars (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    -- shared::business_time::Calendar as JSON.
    definition TEXT NOT NULL CHECK (json_valid(definition)),
    version INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX sla_calendars_by_name ON sla_calendars (tenant_id, name);

-- The specification's table of rules: ordered policies, the first match counts.
CREATE TABLE sla_rules (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    calendar_id TEXT NOT NULL,
    -- shared::sla::Policy as JSON.
    definition TEXT NOT NULL CHECK (json_valid(definition)),
    version INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, calendar_id) REFERENCES sla_calendars (tenant_id, id)
) WITHOUT ROWID;
CREATE INDEX sla_rules_by_position ON sla_rules (tenant_id, position, id);
CREATE INDEX sla_rules_by_calendar ON sla_rules (tenant_id, calendar_id);

-- Due moments of running clocks. One row an event; it fires once, because firing it removes it in the batch that acts on it.
CREATE TABLE sla_timers (
    tenant_id TEXT NOT NULL,
    ticket_id TEXT NOT NULL,
    clock TEXT NOT NULL CHECK (clock IN ('first_response', 'next_response', 'resolution')),
    -- 0 for a breach, else the warning's percentage.
    percent INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, ticket_id, clock, percent),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES tickets (tenant_id, id)
) WITHOUT ROWID;
CREATE INDEX sla_timers_due ON sla_timers (tenant_id, due_at);

-- Breaches, once a clock and cycle.
CREATE TABLE sla_violations (
    tenant_id TEXT NOT NULL,
    ticket_id TEXT NOT NULL,
    clock TEXT NOT NULL,
    -- The moment that was missed.
    due_at INTEGER NOT NULL,
    number INTEGER NOT NULL,
    policy_id TEXT,
    priority TEXT NOT NULL,
    assignee_id TEXT,
    detected_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, ticket_id, clock, due_at),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES tickets (tenant_id, id)
) WITHOUT ROWID;
CREATE INDEX sla_violations_by_time ON sla_violations (tenant_id, due_at, ticket_id, clock);

-- Mail that came in. `received` until it has become something; `unprocessed` waits for a person.
CREATE TABLE inbound_mails (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    -- Message-ID, or a digest when there is none; with the mailbox it makes a repetition harmless.
    dedupe_key TEXT NOT NULL,
    mailbox TEXT NOT NULL,
    -- MAIL FROM; empty for a bounce, NULL where nobody said.
    envelope_from TEXT,
    -- The server whose Authentication-Results are believed.
    authserv TEXT,
    sender TEXT NOT NULL,
    subject TEXT NOT NULL,
    message_id TEXT,
    size INTEGER NOT NULL,
    storage_key TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('received', 'processed', 'unprocessed', 'discarded')),
    -- What became of it: `ticket`, `comment`, `bounce`, `auto_reply`, ... or why not.
    outcome TEXT,
    reason TEXT,
    -- What exactly went wrong, for people who read logs.
    detail TEXT,
    ticket_id TEXT,
    comment_id TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    received_at INTEGER NOT NULL,
    processed_at INTEGER,
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX inbound_mails_by_dedupe ON inbound_mails (tenant_id, dedupe_key);
CREATE INDEX inbound_mails_by_state ON inbound_mails (tenant_id, state, received_at, id);
CREATE INDEX inbound_mails_by_time ON inbound_mails (tenant_id, received_at, id);
CREATE INDEX inbound_mails_by_sender ON inbound_mails (tenant_id, sender, received_at);
CREATE INDEX inbound_mails_by_ticket ON inbound_mails (tenant_id, ticket_id, received_at);

CREATE TRIGGER unprocessed_mail_insert AFTER INSERT ON inbound_mails WHEN NEW.state = 'unprocessed'
BEGIN
    INSERT INTO queue_counts (tenant_id, queue, tickets) VALUES (NEW.tenant_id, 'mail:unprocessed', 1)
        ON CONFLICT (tenant_id, queue) DO UPDATE SET tickets = tickets + 1;
END;
CREATE TRIGGER unprocessed_mail_update AFTER UPDATE OF state ON inbound_mails WHEN (OLD.state = 'unprocessed') IS NOT (NEW.state = 'unprocessed')
BEGIN
    INSERT INTO queue_counts (tenant_id, queue, tickets) VALUES (NEW.tenant_id, 'mail:unprocessed', CASE NEW.state WHEN 'unprocessed' THEN 1 ELSE -1 END)
        ON CONFLICT (tenant_id, queue) DO UPDATE SET tickets = tickets + excluded.tickets;
END;

-- Which ticket a Message-ID belongs to: of mails that came, of mails that went, and of unknown roots that they name.
CREATE TABLE mail_threads (
    tenant_id TEXT NOT NULL,
    message_id TEXT NOT NULL,
    ticket_id TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, message_id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES tickets (tenant_id, id)
) WITHOUT ROWID;
CREATE INDEX mail_threads_by_ticket ON mail_threads (tenant_id, ticket_id, created_at);

-- One rating a resolution.
CREATE TABLE ratings (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    ticket_id TEXT NOT NULL,
    cycle INTEGER NOT NULL,
    score INTEGER NOT NULL CHECK (score BETWEEN 1 AND 5),
    comment TEXT NOT NULL DEFAULT '',
    agent_id TEXT,
    rated_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES tickets (tenant_id, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX ratings_by_cycle ON ratings (tenant_id, ticket_id, cycle);
CREATE INDEX ratings_by_time ON ratings (tenant_id, created_at, id);

-- When a rating was asked for: once, and once more.
CREATE TABLE rating_requests (
    tenant_id TEXT NOT NULL,
    ticket_id TEXT NOT NULL,
    cycle INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    remind_at INTEGER,
    PRIMARY KEY (tenant_id, ticket_id, cycle),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES tickets (tenant_id, id)
) WITHOUT ROWID;
CREATE INDEX rating_requests_due ON rating_requests (tenant_id, remind_at) WHERE remind_at IS NOT NULL;

-- Figures of an agent, kept with each resolution and rating.
CREATE TABLE agent_figures (
    tenant_id TEXT NOT NULL,
    agent_id TEXT NOT NULL,
    tickets_resolved INTEGER NOT NULL DEFAULT 0,
    resolution_seconds INTEGER NOT NULL DEFAULT 0,
    ratings INTEGER NOT NULL DEFAULT 0,
    score_sum INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant_id, agent_id),
    FOREIGN KEY (tenant_id, agent_id) REFERENCES users (tenant_id, id)
) WITHOUT ROWID;
