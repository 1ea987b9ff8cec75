-- Tickets and what hangs on them. Tables of wide rows (texts) are ordinary rowid tables: an index entry leads to the row in one step
-- and inner pages stay small.

CREATE TABLE tickets (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('new', 'in_progress', 'waiting_customer', 'resolved', 'closed')),
    is_open INTEGER NOT NULL GENERATED ALWAYS AS (status IN ('new', 'in_progress', 'waiting_customer')) STORED,
    priority TEXT NOT NULL CHECK (priority IN ('critical', 'high', 'medium', 'low')),
    priority_rank INTEGER NOT NULL GENERATED ALWAYS AS (CASE priority WHEN 'critical' THEN 4 WHEN 'high' THEN 3 WHEN 'medium' THEN 2 ELSE 1 END) STORED,
    category TEXT,
    erp_module TEXT,
    channel TEXT NOT NULL CHECK (channel IN ('web', 'email', 'api', 'chat')),
    requester_id TEXT NOT NULL,
    organization_id TEXT,
    assignee_id TEXT,
    department_id TEXT,
    escalation_level INTEGER NOT NULL DEFAULT 0,
    escalation_reason TEXT,
    custom_fields TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(custom_fields)),
    -- Copies of ticket_tags and of the count of comments, so that a list row needs no second table.
    tags TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tags)),
    comment_count INTEGER NOT NULL DEFAULT 0,
    -- The state of the three clocks (shared::sla), and what lists sort and colour by.
    sla TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(sla)),
    sla_policy_id TEXT,
    sla_calendar_id TEXT,
    first_response_due_at INTEGER,
    next_response_due_at INTEGER,
    resolution_due_at INTEGER,
    -- Earliest due moment of a running clock; NULL when none runs.
    next_due_at INTEGER,
    sla_warned INTEGER NOT NULL DEFAULT 0,
    sla_breached INTEGER NOT NULL DEFAULT 0,
    first_response_at INTEGER,
    resolved_at INTEGER,
    closed_at INTEGER,
    -- Counts resolutions: a rating belongs to one of them.
    resolution_cycle INTEGER NOT NULL DEFAULT 0,
    reopened_count INTEGER NOT NULL DEFAULT 0,
    merged_into_id TEXT,
    deleted_at INTEGER,
    -- Written by an address that was never confirmed: mails echo nothing of it.
    from_unverified INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, requester_id) REFERENCES users (tenant_id, id),
    FOREIGN KEY (tenant_id, assignee_id) REFERENCES users (tenant_id, id),
    FOREIGN KEY (tenant_id, organization_id) REFERENCES organizations (tenant_id, id),
    FOREIGN KEY (tenant_id, department_id) REFERENCES departments (tenant_id, id),
    FOREIGN KEY (tenant_id, category) REFERENCES categories (tenant_id, slug)
);
CREATE UNIQUE INDEX tickets_by_number ON tickets (tenant_id, number);
-- One index a list: what it is narrowed by, then what it is sorted by, then the number that breaks ties.
CREATE INDEX tickets_by_update ON tickets (tenant_id, updated_at, number) WHERE deleted_at IS NULL;
CREATE INDEX tickets_open_by_update ON tickets (tenant_id, is_open, updated_at, number) WHERE deleted_at IS NULL;
CREATE INDEX tickets_open_by_due ON tickets (tenant_id, is_open, next_due_at, number) WHERE deleted_at IS NULL;
CREATE INDEX tickets_open_by_priority ON tickets (tenant_id, is_open, priority_rank, updated_at, number) WHERE deleted_at IS NULL;
CREATE INDEX tickets_by_status ON tickets (tenant_id, status, updated_at, number) WHERE deleted_at IS NULL;
CREATE INDEX tickets_by_assignee ON tickets (tenant_id, assignee_id, is_open, updated_at, number) WHERE deleted_at IS NULL;
CREATE INDEX tickets_by_assignee_any ON tickets (tenant_id, assignee_id, updated_at, number) WHERE deleted_at IS NULL;
CREATE INDEX tickets_by_assignee_due ON tickets (tenant_id, assignee_id, is_open, next_due_at, number) WHERE deleted_at IS NULL;
CREATE INDEX tickets_by_requester ON tickets (tenant_id, requester_id, updated_at, number);
CREATE INDEX tickets_by_organization ON tickets (tenant_id, organization_id, updated_at, number);
CREATE INDEX tickets_by_department ON tickets (tenant_id, department_id, is_open, updated_at, number);
CREATE INDEX tickets_by_category ON tickets (tenant_id, category, updated_at, number);
CREATE INDEX tickets_resolved ON tickets (tenant_id, resolved_at) WHERE status = 'resolved' AND deleted_at IS NULL;
CREATE INDEX tickets_deleted ON tickets (tenant_id, deleted_at, number) WHERE deleted_at IS NOT NULL;

CREATE TABLE ticket_comments (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    ticket_id TEXT NOT NULL,
    author_id TEXT,
    author_is_staff INTEGER NOT NULL,
    visibility TEXT NOT NULL CHECK (visibility IN ('public', 'internal')),
    channel TEXT NOT NULL CHECK (channel IN ('web', 'email', 'api', 'chat')),
    -- Markdown as typed, or the visible text of a mail.
    body TEXT NOT NULL,
    -- What the quote stripper put aside: shown on demand, never lost.
    quoted TEXT,
    inbound_mail_id TEXT,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES tickets (tenant_id, id),
    FOREIGN KEY (tenant_id, author_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX ticket_comments_by_ticket ON ticket_comments (tenant_id, ticket_id, created_at, id);
CREATE INDEX ticket_comments_by_author ON ticket_comments (tenant_id, author_id);

CREATE TABLE ticket_attachments (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    ticket_id TEXT NOT NULL,
    comment_id TEXT,
    uploader_id TEXT,
    visibility TEXT NOT NULL CHECK (visibility IN ('public', 'internal')),
    file_name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    content_id TEXT,
    -- R2 key under the tenant's prefix.
    storage_key TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES tickets (tenant_id, id),
    FOREIGN KEY (tenant_id, comment_id) REFERENCES ticket_comments (tenant_id, id)
) WITHOUT ROWID;
CREATE INDEX ticket_attachments_by_ticket ON ticket_attachments (tenant_id, ticket_id, created_at, id);
CREATE INDEX ticket_attachments_by_comment ON ticket_attachments (tenant_id, comment_id);

-- Resumable uploads (tus 1.0): what has durably arrived.
CREATE TABLE uploads (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    ticket_id TEXT NOT NULL,
    uploader_id TEXT NOT NULL,
    visibility TEXT NOT NULL,
    file_name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    received INTEGER NOT NULL DEFAULT 0,
    -- R2's name of the multipart upload, and its parts so far.
    storage_upload TEXT NOT NULL,
    parts TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(parts)),
    -- Counts the requests that brought bytes: each numbers its parts beyond those of the one before, so that two at once never meet.
    attempts INTEGER NOT NULL DEFAULT 0,
    attachment_id TEXT,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES tickets (tenant_id, id)
) WITHOUT ROWID;
CREATE INDEX uploads_by_ticket ON uploads (tenant_id, ticket_id);
CREATE INDEX uploads_by_expiry ON uploads (tenant_id, expires_at);

CREATE TABLE ticket_tags (
    tenant_id TEXT NOT NULL,
    tag TEXT NOT NULL,
    ticket_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, tag, number),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES tickets (tenant_id, id)
) WITHOUT ROWID;
CREATE INDEX ticket_tags_by_ticket ON ticket_tags (tenant_id, ticket_id);

-- People who hear of a ticket: members by id, and CC addresses that grant no access to the portal.
CREATE TABLE ticket_followers (
    tenant_id TEXT NOT NULL,
    ticket_id TEXT NOT NULL,
    email TEXT NOT NULL,
    user_id TEXT,
    kind TEXT NOT NULL CHECK (kind IN ('follower', 'cc')),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, ticket_id, email),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES tickets (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
) WITHOUT ROWID;
CREATE INDEX ticket_followers_by_user ON ticket_followers (tenant_id, user_id, ticket_id);

CREATE TABLE ticket_links (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    ticket_id TEXT NOT NULL,
    other_id TEXT NOT NULL,
    -- From ticket to other: related, duplicate_of, incident_of (other is the problem), child_of, continues, split_from.
    kind TEXT NOT NULL CHECK (kind IN ('related', 'duplicate_of', 'incident_of', 'child_of', 'continues', 'split_from')),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CHECK (ticket_id <> other_id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES tickets (tenant_id, id),
    FOREIGN KEY (tenant_id, other_id) REFERENCES tickets (tenant_id, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX ticket_links_by_pair ON ticket_links (tenant_id, ticket_id, other_id, kind);
CREATE INDEX ticket_links_by_other ON ticket_links (tenant_id, other_id);

-- A merge that can be undone: what moved from where.
CREATE TABLE ticket_merges (
    tenant_id TEXT NOT NULL,
    child_id TEXT NOT NULL,
    parent_id TEXT NOT NULL,
    -- Comments and attachments that moved, and the child's former state, as JSON.
    moved TEXT NOT NULL CHECK (json_valid(moved)),
    merged_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, child_id),
    FOREIGN KEY (tenant_id, child_id) REFERENCES tickets (tenant_id, id),
    FOREIGN KEY (tenant_id, parent_id) REFERENCES tickets (tenant_id, id)
) WITHOUT ROWID;
CREATE INDEX ticket_merges_by_parent ON ticket_merges (tenant_id, parent_id);

-- The timeline: who, when, what, from, to.
CREATE TABLE ticket_history (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    ticket_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    -- `created`, `status`, `priority`, `assignee`, `comment`, `merged`, `rated`, ...
    kind TEXT NOT NULL,
    -- Whether clients see the line.
    visibility TEXT NOT NULL CHECK (visibility IN ('public', 'internal')),
    old_value TEXT,
    new_value TEXT,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES tickets (tenant_id, id)
) WITHOUT ROWID;
CREATE INDEX ticket_history_by_ticket ON ticket_history (tenant_id, ticket_id, at, id);

-- Full text. One row a ticket; its rowid comes from search_rows, in order of creation, so a search runs newest first
-- without sorting. Texts are stored stemmed. `scope` is the tenant's id as one token: the engine never leaves it.
CREATE TABLE search_rows (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant_id TEXT NOT NULL,
    ticket_id TEXT NOT NULL,
    UNIQUE (tenant_id, ticket_id)
);
CREATE VIRTUAL TABLE ticket_search USING fts5 (scope, title, body, notes, tokenize = 'unicode61 remove_diacritics 2');

-- Numbers beside the queues: kept by triggers, so that no writer can forget them.
CREATE TABLE queue_counts (
    tenant_id TEXT NOT NULL,
    -- `open`, `unassigned`, `breaching`, `assignee:<id>`, `status:<status>`
    queue TEXT NOT NULL,
    tickets INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant_id, queue)
) WITHOUT ROWID;

CREATE TRIGGER queue_counts_insert AFTER INSERT ON tickets WHEN NEW.deleted_at IS NULL
BEGIN
    INSERT INTO queue_counts (tenant_id, queue, tickets) VALUES (NEW.tenant_id, 'status:' || NEW.status, 1)
        ON CONFLICT (tenant_id, queue) DO UPDATE SET tickets = tickets + 1;
    INSERT INTO queue_counts (tenant_id, queue, tickets)
        SELECT NEW.tenant_id, CASE WHEN NEW.assignee_id IS NULL THEN 'unassigned' ELSE 'assignee:' || NEW.assignee_id END, 1
        WHERE NEW.is_open = 1
        ON CONFLICT (tenant_id, queue) DO UPDATE SET tickets = tickets + 1;
    INSERT INTO queue_counts (tenant_id, queue, tickets) SELECT NEW.tenant_id, 'open', 1 WHERE NEW.is_open = 1
        ON CONFLICT (tenant_id, queue) DO UPDATE SET tickets = tickets + 1;
    INSERT INTO queue_counts (tenant_id, queue, tickets)
        SELECT NEW.tenant_id, 'breaching', 1 WHERE NEW.is_open = 1 AND (NEW.sla_warned = 1 OR NEW.sla_breached = 1)
        ON CONFLICT (tenant_id, queue) DO UPDATE SET tickets = tickets + 1;
END;

CREATE TRIGGER queue_counts_update AFTER UPDATE OF status, assignee_id, deleted_at, sla_warned, sla_breached ON tickets
    WHEN OLD.status IS NOT NEW.status OR OLD.assignee_id IS NOT NEW.assignee_id OR OLD.deleted_at IS NOT NEW.deleted_at
        OR OLD.sla_warned IS NOT NEW.sla_warned OR OLD.sla_breached IS NOT NEW.sla_breached
BEGIN
    UPDATE queue_counts SET tickets = tickets - 1
        WHERE tenant_id = OLD.tenant_id AND queue = 'status:' || OLD.status AND OLD.deleted_at IS NULL;
    UPDATE queue_counts SET tickets = tickets - 1
        WHERE tenant_id = OLD.tenant_id AND OLD.is_open = 1 AND OLD.deleted_at IS NULL
          AND queue = CASE WHEN OLD.assignee_id IS NULL THEN 'unassigned' ELSE 'assignee:' || OLD.assignee_id END;
    UPDATE queue_counts SET tickets = tickets - 1
        WHERE tenant_id = OLD.tenant_id AND queue = 'open' AND OLD.is_open = 1 AND OLD.deleted_at IS NULL;
    INSERT INTO queue_counts (tenant_id, queue, tickets) SELECT NEW.tenant_id, 'status:' || NEW.status, 1 WHERE NEW.deleted_at IS NULL
        ON CONFLICT (tenant_id, queue) DO UPDATE SET tickets = tickets + 1;
    INSERT INTO queue_counts (tenant_id, queue, tickets)
        SELECT NEW.tenant_id, CASE WHEN NEW.assignee_id IS NULL THEN 'unassigned' ELSE 'assignee:' || NEW.assignee_id END, 1
        WHERE NEW.is_open = 1 AND NEW.deleted_at IS NULL
        ON CONFLICT (tenant_id, queue) DO UPDATE SET tickets = tickets + 1;
    INSERT INTO queue_counts (tenant_id, queue, tickets) SELECT NEW.tenant_id, 'open', 1 WHERE NEW.is_open = 1 AND NEW.deleted_at IS NULL
        ON CONFLICT (tenant_id, queue) DO UPDATE SET tickets = tickets + 1;
    UPDATE queue_counts SET tickets = tickets - 1
        WHERE tenant_id = OLD.tenant_id AND queue = 'breaching' AND OLD.is_open = 1 AND OLD.deleted_at IS NULL
          AND (OLD.sla_warned = 1 OR OLD.sla_breached = 1);
    INSERT INTO queue_counts (tenant_id, queue, tickets)
        SELECT NEW.tenant_id, 'breaching', 1 WHERE NEW.is_open = 1 AND NEW.deleted_at IS NULL AND (NEW.sla_warned = 1 OR NEW.sla_breached = 1)
        ON CONFLICT (tenant_id, queue) DO UPDATE SET tickets = tickets + 1;
END;
