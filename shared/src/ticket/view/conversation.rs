//! What was said and done on a ticket, as the API answers it: comments, the timeline, files.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::PersonView;
use crate::ticket::{AttachmentRow, Channel, CommentRow, HistoryRow, Visibility};

/// A comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CommentView {
    /// `cmt_...`
    pub id: String,
    /// Who wrote it; absent for the product itself.
    pub author: Option<PersonView>,
    /// Whether the author belongs to the desk.
    pub author_is_staff: bool,
    /// Who sees it.
    pub visibility: Visibility,
    /// How it came in.
    pub channel: Channel,
    /// The text, Markdown.
    pub body: String,
    /// What a mail quoted; of mails of the desk, for the desk alone.
    pub quoted: Option<String>,
    /// Whether it came by a mail that was longer than what is stored of it.
    pub truncated: bool,
    /// Staff only: the mail that it came by, `inb_...`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail: Option<String>,
    /// Staff only: the addresses outside the conversation to which it went.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub forwarded_to: Vec<String>,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// A line of the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct HistoryView {
    /// `evt_...`
    pub id: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Who; absent for the product itself.
    pub actor: Option<PersonView>,
    /// What: `created`, `status`, `priority`, `assignee`, ...
    pub kind: String,
    /// Who sees the line.
    pub visibility: Visibility,
    /// Before.
    pub from: Option<String>,
    /// After.
    pub to: Option<String>,
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AttachmentView {
    /// `att_...`
    pub id: String,
    /// The comment that it came with.
    pub comment_id: Option<String>,
    /// Who sees it.
    pub visibility: Visibility,
    /// Name as sent.
    pub file_name: String,
    /// Media type as found by content.
    pub media_type: String,
    /// Bytes.
    pub size: u64,
    /// When.
    pub created_at: DateTime<Utc>,
    /// Where to get it.
    #[schema(example = "/api/attachments/att_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b")]
    pub url: String,
}

impl CommentView {
    /// A comment, whole; [`TicketView::for_actor`] and the list of comments take away what a client may not see.
    pub fn of(row: &CommentRow) -> Self {
        Self {
            id: row.id.to_string(),
            author: row.author_name.as_ref().map(|name| PersonView {
                id: row.author_id.as_ref().map(ToString::to_string),
                name: name.clone(),
                email: row.author_email.clone(),
            }),
            author_is_staff: row.author_is_staff,
            visibility: row.visibility,
            channel: row.channel,
            body: row.body.clone(),
            quoted: row.quoted.clone(),
            truncated: row.truncated,
            mail: row.inbound_mail_id.as_ref().map(ToString::to_string),
            forwarded_to: row.forwarded_to.clone().unwrap_or_default(),
            created_at: row.created_at,
        }
    }

    /// The comment as somebody may see it who does or does not read what is `internal` on its ticket; `None` when it is not theirs
    /// to see.
    pub fn for_reader(mut self, internal: bool) -> Option<Self> {
        if internal {
            return Some(self);
        }
        self.mail = None;
        self.forwarded_to.clear();
        if self.author_is_staff {
            // An agent who answers by mail quotes what the desk was told.
            self.quoted = None;
            if let Some(author) = &mut self.author {
                author.email = None;
            }
        }
        (self.visibility == Visibility::Public).then_some(self)
    }
}

impl HistoryView {
    /// A line of the timeline.
    pub fn of(row: &HistoryRow) -> Self {
        Self {
            id: row.id.to_string(),
            at: row.at,
            actor: row.actor_name.as_ref().map(|name| PersonView {
                id: Some(row.actor.clone()),
                name: name.clone(),
                email: None,
            }),
            kind: row.kind.clone(),
            visibility: row.visibility,
            from: row.old_value.clone(),
            to: row.new_value.clone(),
        }
    }
}

impl AttachmentView {
    /// A file.
    pub fn of(row: &AttachmentRow) -> Self {
        Self {
            id: row.id.to_string(),
            comment_id: row.comment_id.as_ref().map(ToString::to_string),
            visibility: row.visibility,
            file_name: row.file_name.clone(),
            media_type: row.media_type.clone(),
            size: row.size,
            created_at: row.created_at,
            url: format!("/api/attachments/{}", row.id),
        }
    }
}
