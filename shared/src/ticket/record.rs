//! Rows of tickets and of what hangs on them, typed, as the store reads them.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Channel, Party, Priority, Status, Visibility};
use crate::access::{Role, TicketFacts};
use crate::business_time::Calendar;
use crate::database::{bool_from_integer, json_text, optional_json_text};
use crate::i18n::Locale;
use crate::id::{AttachmentId, CalendarId, CommentId, DepartmentId, EventId, InboundId, OrganizationId, TicketId, UserId};
use crate::sla::Clocks;

/// A ticket with the names of the people and things that it names. The use cases change it and save it whole.
#[derive(Debug, Clone, Deserialize)]
pub struct TicketRow {
    /// Id.
    pub id: TicketId,
    /// Number within the tenant, dense from 1.
    pub number: i64,
    /// Title.
    pub title: String,
    /// Description.
    pub description: String,
    /// Status.
    pub status: Status,
    /// Priority.
    pub priority: Priority,
    /// Slug of the category.
    pub category: Option<String>,
    /// Name of the category.
    pub category_name: Option<String>,
    /// ERP module.
    pub erp_module: Option<String>,
    /// How it came in.
    pub channel: Channel,
    /// Who asks.
    pub requester_id: UserId,
    /// Name of the requester.
    pub requester_name: String,
    /// Address of the requester.
    pub requester_email: String,
    /// Language of the requester, if one was chosen.
    pub requester_locale: Option<Locale>,
    /// When the requester's address was confirmed.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub requester_verified_at: Option<DateTime<Utc>>,
    /// Since when no mail goes to the requester (hard bounce).
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub requester_blocked_at: Option<DateTime<Utc>>,
    /// Role of the requester: what the desk opened for itself is not rated.
    pub requester_role: Role,
    /// The requester's company.
    pub organization_id: Option<OrganizationId>,
    /// Its name.
    pub organization_name: Option<String>,
    /// Its type, for the SLA.
    pub customer_type: Option<String>,
    /// Who works on it.
    pub assignee_id: Option<UserId>,
    /// Name of the assignee.
    pub assignee_name: Option<String>,
    /// Address of the assignee.
    pub assignee_email: Option<String>,
    /// Language of the assignee.
    pub assignee_locale: Option<Locale>,
    /// Which department.
    pub department_id: Option<DepartmentId>,
    /// Its name.
    pub department_name: Option<String>,
    /// 0 to 3.
    pub escalation_level: u8,
    /// Why it was escalated.
    pub escalation_reason: Option<String>,
    /// Custom fields.
    #[serde(deserialize_with = "json_text")]
    pub custom_fields: Map<String, Value>,
    /// Tags.
    #[serde(deserialize_with = "json_text")]
    pub tags: Vec<String>,
    /// Public comments.
    pub comment_count: u32,
    /// The clocks; `None` when nothing was ever promised.
    #[serde(rename = "sla", deserialize_with = "clocks")]
    pub clocks: Option<Clocks>,
    /// Name of the policy.
    pub sla_policy_name: Option<String>,
    /// The calendar that the clocks count by; `None` is the tenant's standard one.
    pub sla_calendar_id: Option<CalendarId>,
    /// The calendar itself.
    #[serde(default, deserialize_with = "optional_json_text")]
    pub sla_calendar: Option<Calendar>,
    /// In a list, the earliest moment at which a clock that runs is due, in ms since 1970: lists are sorted by it.
    #[serde(default)]
    pub next_due_at: Option<i64>,
    /// The first public answer of the desk.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub first_response_at: Option<DateTime<Utc>>,
    /// The last resolution, unless the ticket was opened again.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub resolved_at: Option<DateTime<Utc>>,
    /// Since when it is closed.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub closed_at: Option<DateTime<Utc>>,
    /// How often it ended: was resolved, or closed without that.
    pub resolution_cycle: i64,
    /// How often it was opened again.
    pub reopened_count: i64,
    /// The ticket that it was merged into.
    pub merged_into_id: Option<TicketId>,
    /// Its number.
    pub merged_into_number: Option<i64>,
    /// When it was deleted.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub deleted_at: Option<DateTime<Utc>>,
    /// Written by an address that was never confirmed.
    #[serde(deserialize_with = "bool_from_integer")]
    pub from_unverified: bool,
    /// When it was written.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub updated_at: DateTime<Utc>,
    /// Counts the changes.
    pub version: i64,
    /// The rating of the present resolution.
    pub rating_score: Option<u8>,
    /// What was written with it.
    pub rating_comment: Option<String>,
    /// When it was given or last edited.
    #[serde(default, with = "chrono::serde::ts_milliseconds_option")]
    pub rating_at: Option<DateTime<Utc>>,
    /// In a search, the row of the full-text index that was found.
    #[serde(default)]
    pub search_row: Option<i64>,
    /// In a list, the last change that whoever reads it has seen, milliseconds since 1970.
    #[serde(default)]
    pub seen_at: Option<i64>,
    /// Until when its assignee has put it off, see [`super::snooze`].
    #[serde(default)]
    pub snoozed_until: Option<i64>,
    /// When it last came back by itself, milliseconds since 1970.
    #[serde(default)]
    pub woken_at: Option<i64>,
}

impl TicketRow {
    /// What of the ticket decides who may do something with it. `followers` are the ticket's; whoever merely gets copies of its mail
    /// may do nothing by that, because anybody can write an address into a Cc field.
    pub fn facts<'a>(&'a self, followers: &'a [FollowerRow]) -> TicketFacts<'a> {
        let following = followers.iter().filter(|follower| follower.kind == "follower");
        TicketFacts {
            requester: self.requester_id.as_str(),
            followers: following.filter_map(|follower| follower.user_id.as_ref()).map(UserId::as_str).collect(),
            assignee: self.assignee_id.as_ref().map(UserId::as_str),
            organization: self.organization_id.as_ref().map(OrganizationId::as_str),
            department: self.department_id.as_ref().map(DepartmentId::as_str),
            priority: self.priority.as_str(),
            status: self.status.as_str(),
            category: self.category.as_deref(),
            channel: self.channel.as_str(),
            erp_module: self.erp_module.as_deref(),
            tags: self.tags.iter().map(String::as_str).collect(),
        }
    }

    /// Whose open pages hear of the ticket: the requester and whoever follows. An address in copy gets mails and nothing else.
    pub fn hearers(&self, followers: &[FollowerRow]) -> Vec<UserId> {
        let following = followers.iter().filter(|follower| follower.kind == "follower");
        std::iter::once(self.requester_id.clone()).chain(following.filter_map(|follower| follower.user_id.clone())).collect()
    }

    /// When the ticket ended: the later of resolution and closing.
    pub fn ended_at(&self) -> Option<DateTime<Utc>> {
        self.resolved_at.max(self.closed_at)
    }

    /// Whether the resolution that the ticket stands at is rated. A ticket that was opened again stands at none.
    pub fn is_rated(&self) -> bool {
        !self.status.is_open() && self.rating_score.is_some()
    }

    /// Whether mails may repeat what the requester typed: the address is confirmed, or a member of the desk or a
    /// signed-in person wrote the ticket.
    pub fn may_echo(&self) -> bool {
        !self.from_unverified || self.requester_verified_at.is_some()
    }
}

/// A comment with its author's name.
#[derive(Debug, Clone, Deserialize)]
pub struct CommentRow {
    /// Id.
    pub id: CommentId,
    /// Who wrote it; `None` for the product itself and for addresses without a person.
    pub author_id: Option<UserId>,
    /// Name of the author.
    pub author_name: Option<String>,
    /// Address of the author.
    pub author_email: Option<String>,
    /// Whether the author belonged to the desk when writing.
    #[serde(deserialize_with = "bool_from_integer")]
    pub author_is_staff: bool,
    /// Who sees it.
    pub visibility: Visibility,
    /// How it came in.
    pub channel: Channel,
    /// The text.
    pub body: String,
    /// What a mail quoted.
    pub quoted: Option<String>,
    /// The mail that it came by.
    pub inbound_mail_id: Option<InboundId>,
    /// Whether that mail was longer than what is stored of it.
    #[serde(deserialize_with = "bool_from_integer")]
    pub truncated: bool,
    /// To whom it was forwarded; read for the desk alone.
    #[serde(default, deserialize_with = "optional_json_text")]
    pub forwarded_to: Option<Vec<String>>,
    /// When.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub created_at: DateTime<Utc>,
}

impl CommentRow {
    /// On which side the author stands.
    pub fn party(&self) -> Party {
        if self.author_is_staff { Party::Staff } else { Party::Client }
    }
}

/// Somebody who hears of a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct FollowerRow {
    /// Address, lower case.
    pub email: String,
    /// The person, if the address is one's.
    pub user_id: Option<UserId>,
    /// Name of the person.
    pub name: Option<String>,
    /// Language of the person.
    pub locale: Option<Locale>,
    /// Since when no mail goes there.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub blocked_at: Option<DateTime<Utc>>,
    /// `follower` or `cc`.
    pub kind: String,
}

/// A line of a ticket's history.
#[derive(Debug, Clone, Deserialize)]
pub struct HistoryRow {
    /// Id.
    pub id: EventId,
    /// When.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub at: DateTime<Utc>,
    /// Who: `usr_...`, `system`, `anonymous`.
    pub actor: String,
    /// Name of a person.
    pub actor_name: Option<String>,
    /// What: `status`, `priority`, `assignee`, ...
    pub kind: String,
    /// Whether clients see the line.
    pub visibility: Visibility,
    /// Before.
    pub old_value: Option<String>,
    /// After.
    pub new_value: Option<String>,
}

/// A file on a ticket.
#[derive(Debug, Clone, Deserialize)]
pub struct AttachmentRow {
    /// Id.
    pub id: AttachmentId,
    /// The comment that it came with, if any.
    pub comment_id: Option<CommentId>,
    /// Who sees it.
    pub visibility: Visibility,
    /// Name as sent.
    pub file_name: String,
    /// Media type as found by content.
    pub media_type: String,
    /// Bytes.
    pub size: u64,
    /// When.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub created_at: DateTime<Utc>,
}

/// `{}` is a ticket to which nothing was ever promised.
pub(crate) fn clocks<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Clocks>, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text == "{}" {
        return Ok(None);
    }
    serde_json::from_str(&text).map(Some).map_err(serde::de::Error::custom)
}
