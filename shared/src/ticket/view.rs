//! What the API answers about a ticket, and what of it a client gets.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::{Channel, FollowerRow, Priority, Status, TicketRow, Visibility};
use crate::access::Actor;
use crate::business_time::Calendar;
use crate::id::{DepartmentId, OrganizationId};
use crate::tenant::Tenant;

mod conversation;
mod service_level;

pub use conversation::{AttachmentView, CommentView, HistoryView};
pub use service_level::{SlaClockView, SlaView};

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
    /// Tags. Staff only: a client gets none.
    pub tags: Vec<String>,
    /// Who asks.
    pub requester: PersonView,
    /// Who works on it.
    pub assignee: Option<PersonView>,
    /// Which department. Staff only.
    pub department: Option<Named>,
    /// The requester's company.
    pub organization: Option<Named>,
    /// Who hears of it, beside requester and assignee. A client sees only oneself.
    pub followers: Vec<FollowerView>,
    /// Custom fields. Staff only: a client may send some with a new ticket, and gets none back.
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

impl TicketView {
    /// Everything about a ticket, as the desk sees it. `calendar` is the one that its clocks count by.
    pub fn of(row: &TicketRow, followers: &[FollowerRow], tenant: &Tenant, calendar: &Calendar, now: DateTime<Utc>) -> Self {
        let sla = row.clocks.as_ref().map(|clocks| SlaView::of(clocks, row.sla_policy_name.as_deref(), now, calendar));
        Self::with_sla(row, followers, tenant, sla)
    }

    /// The same for a row of a list: without followers, and without the numbers behind the promises.
    pub fn in_list(row: &TicketRow, tenant: &Tenant, calendar: &Calendar, now: DateTime<Utc>) -> Self {
        let sla = row.clocks.as_ref().map(|clocks| SlaView::in_list(clocks, row.sla_policy_name.as_deref(), now, calendar));
        Self::with_sla(row, &[], tenant, sla)
    }

    fn with_sla(row: &TicketRow, followers: &[FollowerRow], tenant: &Tenant, sla: Option<SlaView>) -> Self {
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
            sla,
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

    /// The same as this actor may see it; `internal` is whether the actor reads what is the desk's own on this ticket
    /// ([`crate::access::Permission::TicketReadInternal`]). The one place that takes staff-only things away.
    pub fn for_actor(mut self, actor: &Actor, internal: bool) -> Self {
        if internal {
            return self;
        }
        let own = actor.person().map(|person| person.email.as_str());
        self.followers.retain(|follower| Some(follower.email.as_str()) == own);
        self.escalation = None;
        self.deleted_at = None;
        self.tags.clear();
        self.custom_fields.clear();
        self.department = None;
        if let Some(assignee) = &mut self.assignee {
            assignee.email = None;
        }
        if let Some(sla) = &mut self.sla {
            sla.policy = None;
            if let Some(explanation) = &mut sla.explanation {
                explanation.policy_id = None;
            }
        }
        self.comments =
            self.comments.map(|comments| comments.into_iter().filter_map(|comment| comment.for_reader(false)).collect());
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
