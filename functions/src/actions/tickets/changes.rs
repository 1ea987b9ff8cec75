//! What a change of a ticket sets, parsed, and the right that each field asks for.

use shared::access::Permission;
use shared::error::{ApiError, FieldError};
use shared::id::{DepartmentId, OrganizationId, UserId};
use shared::sla::Priority;
use shared::ticket::{ChangesIn, CustomFields, Party, Status, Tag, TagEdit, Title};

use super::{Author, Loaded};
use crate::context::Ctx;

/// How high an escalation goes.
pub const ESCALATION_LEVEL_MAX: u8 = 3;
/// Characters of its reason.
const REASON_CHARS_MAX: usize = 500;

/// An escalation: how high, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Escalation {
    /// 0 to [`ESCALATION_LEVEL_MAX`].
    pub level: u8,
    /// Why; none at level 0.
    pub reason: Option<String>,
}

impl Escalation {
    /// Takes a level up to [`ESCALATION_LEVEL_MAX`]; above 0 with a reason of at most 500 characters.
    pub fn parse(level: u8, reason: Option<String>) -> Result<Self, FieldError> {
        let reason = reason.map(|reason| reason.trim().to_owned()).filter(|reason| !reason.is_empty());
        if level > ESCALATION_LEVEL_MAX {
            return Err(FieldError::new("escalation.level", "out_of_range")
                .arg("minimum", 0)
                .arg("maximum", ESCALATION_LEVEL_MAX));
        }
        match &reason {
            None if level > 0 => Err(FieldError::new("escalation.reason", "required")),
            Some(text) if text.chars().count() > REASON_CHARS_MAX => {
                Err(FieldError::new("escalation.reason", "too_long").arg("maximum", REASON_CHARS_MAX))
            }
            _ => Ok(Self { level, reason: reason.filter(|_| level > 0) }),
        }
    }
}

/// What to change. `None` leaves a field alone; `Some(None)` empties it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Changes {
    /// Title.
    pub title: Option<Title>,
    /// Status.
    pub status: Option<Status>,
    /// Priority.
    pub priority: Option<Priority>,
    /// Category's slug.
    pub category: Option<Option<String>>,
    /// ERP module.
    pub erp_module: Option<Option<String>>,
    /// All tags.
    pub tags: Option<Vec<Tag>>,
    /// Tags to add and to take away.
    pub tag_edit: TagEdit,
    /// Assignee.
    pub assignee: Option<Option<UserId>>,
    /// Department.
    pub department: Option<Option<DepartmentId>>,
    /// Company.
    pub organization: Option<Option<OrganizationId>>,
    /// All custom fields.
    pub custom_fields: Option<CustomFields>,
    /// Escalation.
    pub escalation: Option<Escalation>,
    /// Whether no mail is to go out.
    pub quiet: bool,
    /// The department that open tickets are leaving for `department`: one that is elsewhere stays, and so does each once none are to leave (409
    /// `conflict`).
    pub only_from: Option<DepartmentId>,
    /// In whose name a job makes the change; without it the actor's.
    pub by: Option<Author>,
}

impl Changes {
    /// Makes valid values of what was sent, or names every field that is wrong.
    pub fn parse(sent: ChangesIn) -> Result<Self, ApiError> {
        let mut faults: Vec<FieldError> = Vec::new();
        let title = sent.title.and_then(|title| Title::parse("title", &title).map_err(|fault| faults.push(fault)).ok());
        let tags = sent.tags.and_then(|tags| Tag::parse_all("tags", &tags).map_err(|found| faults.extend(found)).ok());
        let custom_fields =
            sent.custom_fields.and_then(|fields| CustomFields::parse(fields).map_err(|found| faults.extend(found)).ok());
        let escalation =
            sent.escalation.and_then(|sent| Escalation::parse(sent.level, sent.reason).map_err(|fault| faults.push(fault)).ok());
        if !faults.is_empty() {
            return Err(ApiError::invalid(faults));
        }
        Ok(Self {
            title,
            status: sent.status,
            priority: sent.priority,
            category: sent.category,
            erp_module: sent.erp_module,
            tags,
            tag_edit: TagEdit::default(),
            assignee: sent.assignee,
            department: sent.department,
            organization: sent.organization,
            custom_fields,
            escalation,
            quiet: false,
            only_from: None,
            by: None,
        })
    }

    /// The fields that are to be set, each with the right that it asks for.
    fn rights(&self) -> Vec<(&'static str, Permission)> {
        [
            ("title", self.title.is_some(), Permission::TicketUpdate),
            ("status", self.status.is_some(), Permission::TicketUpdate),
            ("priority", self.priority.is_some(), Permission::TicketUpdate),
            ("category", self.category.is_some(), Permission::TicketUpdate),
            ("erp_module", self.erp_module.is_some(), Permission::TicketUpdate),
            ("tags", self.tags.is_some() || !self.tag_edit.is_empty(), Permission::TicketUpdate),
            ("assignee", self.assignee.is_some(), Permission::TicketAssign),
            ("department", self.department.is_some(), Permission::TicketAssign),
            ("organization", self.organization.is_some(), Permission::TicketUpdate),
            ("custom_fields", self.custom_fields.is_some(), Permission::TicketUpdate),
            ("escalation", self.escalation.is_some(), Permission::TicketAssign),
        ]
        .into_iter()
        .filter(|(_, there, _)| *there)
        .map(|(field, _, right)| (field, right))
        .collect()
    }

    /// 422 that names every field which is not the actor's to set. Of clients the requester sets the status, nothing else.
    pub(super) fn check_rights(&self, ctx: &Ctx<'_>, loaded: &Loaded, author: &Author) -> Result<(), ApiError> {
        let own = author.party == Party::Client && author.user.as_ref() == Some(&loaded.row.requester_id);
        let faults: Vec<FieldError> = self
            .rights()
            .into_iter()
            .filter(|(field, right)| !(loaded.may(ctx, *right) || (own && *field == "status")))
            .map(|(field, _)| FieldError::new(field, "not_allowed"))
            .collect();
        if faults.is_empty() { Ok(()) } else { Err(ApiError::invalid(faults)) }
    }
}
