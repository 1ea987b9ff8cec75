//! What the API answers about a ticket, and what of it a client gets.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::{AttachmentRow, Channel, CommentRow, FollowerRow, HistoryRow, Priority, Status, TicketRow, Visibility};
use crate::access::{Actor, Permission};
use crate::business_time::Calendar;
use crate::id::{DepartmentId, OrganizationId};
use crate::sla::{self, ClockKind, Explanation, State};
use crate::tenant::Tenant;

/// A person in an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PersonView {
    /// `usr_...`; absent for addresses that are nobody's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Name.
    pub name: String,
    /// Address; staff see everybody's, a client only those of the client's own side.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// A named thing: department, organization, policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Named {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
}

/// A ticket.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TicketView {
    /// `tkt_...`
    pub id: String,
    /// `ACME-1042`: dense within the tenant.
    pub number: String,
    /// Title.
    pub title: String,
    /// Description, Markdown.
    pub description: String,
    /// Status.
    pub status: Status,
    /// Priority.
    pub priority: Priority,
    /// Slug of the category.
    pub category: Option<String>,
    /// ERP module.
    pub erp_module: Option<String>,
    /// How it came in.
    pub channel: Channel,
    /// Tags.
    pub tags: Vec<String>,
    /// Who asks.
    pub requester: PersonView,
    /// Who works on it.
    pub assignee: Option<PersonView>,
    /// Which department.
    pub department: Option<Named>,
    /// The requester's company.
    pub organization: Option<Named>,
    /// Who hears of it, beside requester and assignee. A client sees only oneself.
    pub followers: Vec<FollowerView>,
    /// Custom fields.
    #[schema(value_type = Object)]
    pub custom_fields: Map<String, Value>,
    /// The promises and how they stand; absent when nothing is promised.
    pub sla: Option<SlaView>,
    /// Staff only: how high it was escalated, and why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub escalation: Option<EscalationView>,
    /// The rating of the present resolution.
    pub rating: Option<RatingView>,
    /// Public comments.
    pub comment_count: u32,
    /// Number of the ticket that it was merged into.
    pub merged_into: Option<String>,
    /// How often it was opened again.
    pub reopened_count: i64,
    /// Counts the changes; `If-Match` names it.
    pub version: i64,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// The first public answer of the desk.
    pub first_response_at: Option<DateTime<Utc>>,
    /// The last resolution.
    pub resolved_at: Option<DateTime<Utc>>,
    /// Since when it is closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// Staff only: when it was deleted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<DateTime<Utc>>,
    /// With `include=comments`: the conversation, oldest first; the latest 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comments: Option<Vec<CommentView>>,
    /// With `include=history`: the timeline, oldest first; the latest 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub history: Option<Vec<HistoryView>>,
    /// With `include=attachments`: the files.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attachments: Option<Vec<AttachmentView>>,
}

/// Somebody who hears of a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FollowerView {
    /// The person, if the address is one's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Name, if known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Address.
    pub email: String,
    /// `follower`, or `cc`: an address that grants no access to the portal.
    pub kind: String,
}

/// How high a ticket was escalated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct EscalationView {
    /// 0 to 3.
    pub level: u8,
    /// Why.
    pub reason: Option<String>,
}

/// A rating.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RatingView {
    /// 1 to 5.
    pub score: u8,
    /// What was written with it.
    pub comment: String,
    /// When it was given or last edited.
    pub at: Option<DateTime<Utc>>,
}

/// How the promises stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SlaView {
    /// The light; absent when no clock has anything to say.
    pub state: Option<State>,
    /// The clock that the light is about.
    pub clock: Option<ClockKind>,
    /// The deadline, the beginning of the pause, or the moment of the answer.
    pub at: Option<DateTime<Utc>>,
    /// Seconds left in the hours of that clock; negative when overdue.
    pub remaining_business_seconds: Option<i64>,
    /// Staff only: the policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<Named>,
    /// The first answer.
    pub first_response: Option<SlaClockView>,
    /// The answer to the latest open question.
    pub next_response: Option<SlaClockView>,
    /// The resolution.
    pub resolution: Option<SlaClockView>,
    /// All numbers behind it.
    pub explanation: Explanation,
}

/// How one promise stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SlaClockView {
    /// How it stands; absent when it ended without an answer, in time.
    pub state: Option<State>,
    /// The deadline, while the clock runs.
    pub due_at: Option<DateTime<Utc>>,
    /// When it was answered.
    pub met_at: Option<DateTime<Utc>>,
    /// Seconds left in the clock's hours; negative when overdue.
    pub remaining_business_seconds: i64,
}

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
    /// What a mail quoted.
    pub quoted: Option<String>,
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

impl TicketView {
    /// Everything about a ticket, as the desk sees it. `calendar` is the one that its clocks count by.
    pub fn of(row: &TicketRow, followers: &[FollowerRow], tenant: &Tenant, calendar: &Calendar, now: DateTime<Utc>) -> Self {
        let named = |id: Option<&str>, name: &Option<String>| {
            id.map(|id| Named { id: id.to_owned(), name: name.clone().unwrap_or_default() })
        };
        Self {
            id: row.id.to_string(),
            number: tenant.ticket_reference(row.number),
            title: row.title.clone(),
            description: row.description.clone(),
            status: row.status,
            priority: row.priority,
            category: row.category.clone(),
            erp_module: row.erp_module.clone(),
            channel: row.channel,
            tags: row.tags.clone(),
            requester: PersonView {
                id: Some(row.requester_id.to_string()),
                name: row.requester_name.clone(),
                email: Some(row.requester_email.clone()),
            },
            assignee: row.assignee_id.as_ref().map(|id| PersonView {
                id: Some(id.to_string()),
                name: row.assignee_name.clone().unwrap_or_default(),
                email: row.assignee_email.clone(),
            }),
            department: named(row.department_id.as_ref().map(DepartmentId::as_str), &row.department_name),
            organization: named(row.organization_id.as_ref().map(OrganizationId::as_str), &row.organization_name),
            followers: followers.iter().map(FollowerView::of).collect(),
            custom_fields: row.custom_fields.clone(),
            sla: row.clocks.as_ref().map(|clocks| SlaView::of(clocks, row.sla_policy_name.as_deref(), now, calendar)),
            escalation: Some(EscalationView { level: row.escalation_level, reason: row.escalation_reason.clone() }),
            rating: row.rating_score.map(|score| RatingView {
                score,
                comment: row.rating_comment.clone().unwrap_or_default(),
                at: row.rating_at,
            }),
            comment_count: row.comment_count,
            merged_into: row.merged_into_number.map(|number| tenant.ticket_reference(number)),
            reopened_count: row.reopened_count,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
            first_response_at: row.first_response_at,
            resolved_at: row.resolved_at,
            closed_at: row.closed_at,
            deleted_at: row.deleted_at,
            comments: None,
            history: None,
            attachments: None,
        }
    }

    /// The same as this actor may see it. The one place that takes staff-only things away.
    pub fn for_actor(mut self, actor: &Actor) -> Self {
        if actor.may(Permission::TicketReadInternal) {
            return self;
        }
        let own = actor.person().map(|person| person.email.as_str());
        self.followers.retain(|follower| Some(follower.email.as_str()) == own);
        self.escalation = None;
        self.deleted_at = None;
        if let Some(assignee) = &mut self.assignee {
            assignee.email = None;
        }
        if let Some(sla) = &mut self.sla {
            sla.policy = None;
            sla.explanation.policy_id = None;
        }
        if let Some(comments) = &mut self.comments {
            comments.retain(|comment| comment.visibility == Visibility::Public);
            for comment in comments.iter_mut().filter(|comment| comment.author_is_staff) {
                if let Some(author) = &mut comment.author {
                    author.email = None;
                }
            }
        }
        if let Some(history) = &mut self.history {
            history.retain(|line| line.visibility == Visibility::Public);
        }
        if let Some(attachments) = &mut self.attachments {
            attachments.retain(|file| file.visibility == Visibility::Public);
        }
        self
    }
}

impl FollowerView {
    fn of(row: &FollowerRow) -> Self {
        Self {
            id: row.user_id.as_ref().map(ToString::to_string),
            name: row.name.clone(),
            email: row.email.clone(),
            kind: row.kind.clone(),
        }
    }
}

impl SlaView {
    /// How the clocks stand at `now`.
    pub fn of(clocks: &sla::Clocks, policy_name: Option<&str>, now: DateTime<Utc>, calendar: &Calendar) -> Self {
        let explanation = sla::explain(clocks, now, calendar);
        let clock = |kind: ClockKind| {
            explanation.clocks.iter().find(|clock| clock.clock == kind).map(|clock| SlaClockView {
                state: clock.state,
                due_at: clock.due_at,
                met_at: clock.met_at,
                remaining_business_seconds: clock.remaining_seconds,
            })
        };
        Self {
            state: explanation.status.map(|status| status.state),
            clock: explanation.status.map(|status| status.clock),
            at: explanation.status.and_then(|status| status.at),
            remaining_business_seconds: explanation.status.map(|status| status.remaining_seconds),
            policy: clocks.policy_id().map(|id| Named { id: id.to_owned(), name: policy_name.unwrap_or(id).to_owned() }),
            first_response: clock(ClockKind::FirstResponse),
            next_response: clock(ClockKind::NextResponse),
            resolution: clock(ClockKind::Resolution),
            explanation,
        }
    }
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
            created_at: row.created_at,
        }
    }

    /// The comment as this actor may see it; `None` when it is not the actor's to see.
    pub fn for_actor(mut self, actor: &Actor) -> Option<Self> {
        if actor.may(Permission::TicketReadInternal) {
            return Some(self);
        }
        if self.author_is_staff
            && let Some(author) = &mut self.author
        {
            author.email = None;
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
