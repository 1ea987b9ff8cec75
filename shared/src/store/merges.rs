//! Tickets that become one, and one that becomes two: comments and files change their ticket.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::database::{TenantStatement, json_text, list};
use crate::id::{CommentId, LinkId, TicketId, UserId};
use crate::tenant_statements;
use crate::ticket::{Reference, Status, Visibility};
use crate::values;

tenant_statements! {
    /// Notes a merge, and at the same moment what is about to move.
    INSERT_MERGE = "INSERT INTO ticket_merges (tenant_id, child_id, parent_id, moved, merged_at)
        SELECT ?1, ?2, ?3, json_set(?4,
            '$.comments', json((SELECT json_group_array(id) FROM ticket_comments WHERE tenant_id = ?1 AND ticket_id = ?2)),
            '$.attachments', json((SELECT json_group_array(id) FROM ticket_attachments WHERE tenant_id = ?1 AND ticket_id = ?2)),
            '$.remind_at', (SELECT MAX(remind_at) FROM rating_requests WHERE tenant_id = ?1 AND ticket_id = ?2)), ?5";
    /// Nothing is merged into a ticket that is merged itself.
    GUARD_NO_CHILDREN = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'limit',
        NOT EXISTS (SELECT 1 FROM ticket_merges WHERE tenant_id = ?1 AND parent_id = ?2)";
    /// The merge must still stand.
    GUARD_MERGE = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'conflict',
        EXISTS (SELECT 1 FROM ticket_merges WHERE tenant_id = ?1 AND child_id = ?2 AND merged_at = ?3)";
    /// The merge of a child.
    FIND_MERGE = "SELECT m.parent_id, p.number AS parent_number, p.version AS parent_version, p.description AS parent_description,
            m.moved, m.merged_at
        FROM ticket_merges m JOIN tickets p ON p.tenant_id = m.tenant_id AND p.id = m.parent_id
        WHERE m.tenant_id = ?1 AND m.child_id = COALESCE(?2, (SELECT id FROM tickets WHERE tenant_id = ?1 AND number = ?3)) LIMIT 1";
    /// Forgets a merge that was undone.
    DELETE_MERGE = "DELETE FROM ticket_merges WHERE tenant_id = ?1 AND child_id = ?2";
    /// All comments of one ticket become another's.
    MOVE_ALL_COMMENTS = "UPDATE ticket_comments SET ticket_id = ?3 WHERE tenant_id = ?1 AND ticket_id = ?2";
    /// All files likewise.
    MOVE_ALL_FILES = "UPDATE ticket_attachments SET ticket_id = ?3 WHERE tenant_id = ?1 AND ticket_id = ?2";
    /// Some comments, as far as they are still there.
    MOVE_COMMENTS = "UPDATE ticket_comments SET ticket_id = ?3
        WHERE tenant_id = ?1 AND ticket_id = ?2 AND id IN (SELECT value FROM json_each(?4))";
    /// Some files.
    MOVE_FILES = "UPDATE ticket_attachments SET ticket_id = ?3
        WHERE tenant_id = ?1 AND ticket_id = ?2 AND id IN (SELECT value FROM json_each(?4))";
    /// The files of some comments.
    MOVE_FILES_OF = "UPDATE ticket_attachments SET ticket_id = ?3
        WHERE tenant_id = ?1 AND comment_id IN (SELECT value FROM json_each(?4)) AND ticket_id = ?2";
    /// The files of a comment that becomes a description.
    FILES_TO_DESCRIPTION = "UPDATE ticket_attachments SET ticket_id = ?4, comment_id = NULL WHERE tenant_id = ?1 AND comment_id = ?3 AND ticket_id = ?2";
    /// Files of comments that did not move hang on the ticket alone.
    LOOSEN_FILES = "UPDATE ticket_attachments SET comment_id = NULL WHERE tenant_id = ?1 AND comment_id = ?2 AND ticket_id = ?3";
    /// Removes the comment that showed a child's description.
    DELETE_COMMENT = "DELETE FROM ticket_comments WHERE tenant_id = ?1 AND id = ?2 AND ticket_id = ?3";
    /// Counts the public comments anew, after some have come or gone.
    RECOUNT = "UPDATE tickets SET comment_count = (SELECT COUNT(*) FROM ticket_comments c
            WHERE c.tenant_id = ?1 AND c.ticket_id = ?2 AND c.visibility = 'public')
        WHERE tenant_id = ?1 AND id = ?2";
    /// Another version of a ticket whose conversation has changed.
    BUMP = "UPDATE tickets SET version = version + 1, updated_at = ?3 WHERE tenant_id = ?1 AND id = ?2";
    /// Comments of a ticket, by their ids.
    CHOSEN = "SELECT id, author_id, visibility, body FROM ticket_comments WHERE tenant_id = ?1 AND id IN (SELECT value FROM json_each(?4))
        AND ticket_id = COALESCE(?2, (SELECT id FROM tickets WHERE tenant_id = ?1 AND number = ?3)) ORDER BY created_at, id LIMIT 100";
    /// The person who asks on a ticket; read the row as [`super::tickets::PartyRow`].
    REQUESTER = "SELECT u.id, u.name, u.email, u.role, u.status, u.locale, u.email_verified_at, u.mail_blocked_at, u.organization_id,
            o.name AS organization_name, o.customer_type
        FROM tickets t JOIN users u ON u.tenant_id = t.tenant_id AND u.id = t.requester_id
            LEFT JOIN organizations o ON o.tenant_id = u.tenant_id AND o.id = u.organization_id
        WHERE t.tenant_id = ?1 AND t.id = COALESCE(?2, (SELECT id FROM tickets WHERE tenant_id = ?1 AND number = ?3)) LIMIT 1";
}

/// What a merge changed, to be undone by it. The ids of what moved are added by the database. The clocks undo it by themselves.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Moved {
    /// Comments of the child.
    #[serde(default)]
    pub comments: Vec<String>,
    /// Files of the child.
    #[serde(default)]
    pub attachments: Vec<String>,
    /// The comment on the parent that shows the child's description.
    pub description: CommentId,
    /// The link that was made.
    pub link: LinkId,
    /// Addresses that began to follow the parent.
    pub followers: Vec<String>,
    /// The child's status.
    pub status: Status,
    /// Since when it was closed, in milliseconds.
    pub closed_at: Option<i64>,
    /// When a rating of its last end was to be asked for again, in milliseconds; the database adds it.
    #[serde(default)]
    pub remind_at: Option<i64>,
    /// Its public comments.
    pub comment_count: u32,
}

/// A merge that stands.
#[derive(Debug, Clone, Deserialize)]
pub struct MergeRow {
    /// The ticket that it was merged into.
    pub parent_id: TicketId,
    /// Its number.
    pub parent_number: i64,
    /// Its version.
    pub parent_version: i64,
    /// Its description.
    pub parent_description: String,
    /// What to undo.
    #[serde(deserialize_with = "json_text")]
    pub moved: Moved,
    /// When.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub merged_at: DateTime<Utc>,
}

/// A comment that is to move.
#[derive(Debug, Clone, Deserialize)]
pub struct ChosenRow {
    /// Id.
    pub id: CommentId,
    /// Who wrote it.
    pub author_id: Option<UserId>,
    /// Who sees it.
    pub visibility: Visibility,
    /// The text.
    pub body: String,
}

/// Moves everything of the child to the parent and notes what moved: refused (`limit`) when something is merged into the child.
pub fn merge(child: &TicketId, parent: &TicketId, moved: &Moved, now: DateTime<Utc>) -> Vec<TenantStatement> {
    let moved = serde_json::to_string(moved).unwrap_or_else(|_| "{}".to_owned());
    vec![
        GUARD_NO_CHILDREN.with(values![child]),
        INSERT_MERGE.with(values![child, parent, moved, now]),
        MOVE_ALL_COMMENTS.with(values![child, parent]),
        MOVE_ALL_FILES.with(values![child, parent]),
    ]
}

/// The merge of a child; read the row as [`MergeRow`].
pub fn find(child: &Reference) -> TenantStatement {
    FIND_MERGE.with(child.values().to_vec())
}

/// Moves back what had moved, as far as it is still on the parent: refused (`conflict`) when the merge was undone already.
pub fn unmerge(child: &TicketId, merge: &MergeRow) -> Vec<TenantStatement> {
    let part = |ids: &[String]| {
        let mut values = values![&merge.parent_id, child];
        values.push(list(ids));
        values
    };
    vec![
        GUARD_MERGE.with(values![child, merge.merged_at]),
        LOOSEN_FILES.with(values![&merge.moved.description, &merge.parent_id]),
        DELETE_COMMENT.with(values![&merge.moved.description, &merge.parent_id]),
        MOVE_COMMENTS.with(part(&merge.moved.comments)),
        MOVE_FILES.with(part(&merge.moved.attachments)),
        DELETE_MERGE.with(values![child]),
    ]
}

/// Comments of a ticket by their ids; read the rows as [`ChosenRow`].
pub fn chosen(ticket: &Reference, ids: &[CommentId]) -> TenantStatement {
    let mut values = ticket.values().to_vec();
    values.push(list(ids));
    CHOSEN.with(values)
}

/// The person who asks on a ticket; read the row as [`super::tickets::PartyRow`].
pub fn requester(ticket: &Reference) -> TenantStatement {
    REQUESTER.with(ticket.values().to_vec())
}

/// Moves some comments with their files.
pub fn move_comments(from: &TicketId, to: &TicketId, ids: &[CommentId]) -> [TenantStatement; 2] {
    let values = || {
        let mut values = values![from, to];
        values.push(list(ids));
        values
    };
    [MOVE_COMMENTS.with(values()), MOVE_FILES_OF.with(values())]
}

/// The files of a comment hang on another ticket's description from now on.
pub fn files_to_description(from: &TicketId, comment: &CommentId, to: &TicketId) -> TenantStatement {
    FILES_TO_DESCRIPTION.with(values![from, comment, to])
}

/// Counts a ticket's public comments anew.
pub fn recount(ticket: &TicketId) -> TenantStatement {
    RECOUNT.with(values![ticket])
}

/// Another version of a ticket whose conversation has changed.
pub fn bump(ticket: &TicketId, now: DateTime<Utc>) -> TenantStatement {
    BUMP.with(values![ticket, now])
}
