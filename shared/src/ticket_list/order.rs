//! Orders of a list, and which index carries a list.

use super::{Assignee, Filter, SlaFilter};

/// What a list is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Last change.
    Updated,
    /// Creation, which is the order of numbers.
    Created,
    /// The next due moment of the SLA clocks; tickets without a running clock come last.
    Due,
    /// Priority, then last change.
    Priority,
}

/// A sort and its direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// By what.
    pub sort: Sort,
    /// Largest first.
    pub descending: bool,
}

impl Order {
    /// Last changed first.
    pub const DEFAULT: Self = Self { sort: Sort::Updated, descending: true };
    /// Youngest first.
    pub const NEWEST: Self = Self { sort: Sort::Created, descending: true };

    /// Parses `updated_at`, `-updated_at`, `created_at`, `number`, `due_at`, `priority`, ...
    pub fn parse(text: &str) -> Option<Self> {
        let (name, descending) = text.strip_prefix('-').map_or((text, false), |name| (name, true));
        let sort = match name {
            "updated_at" => Sort::Updated,
            "created_at" | "number" => Sort::Created,
            "due_at" => Sort::Due,
            "priority" => Sort::Priority,
            _ => return None,
        };
        Some(Self { sort, descending })
    }

    /// The parameter's text.
    pub fn as_str(self) -> &'static str {
        match (self.sort, self.descending) {
            (Sort::Updated, true) => "-updated_at",
            (Sort::Updated, false) => "updated_at",
            (Sort::Created, true) => "-created_at",
            (Sort::Created, false) => "created_at",
            (Sort::Due, true) => "-due_at",
            (Sort::Due, false) => "due_at",
            (Sort::Priority, true) => "-priority",
            (Sort::Priority, false) => "priority",
        }
    }
}

/// The index that a list walks along: the filter that it seeks by. The other filters are looked at row by row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Driver {
    /// All tickets.
    All,
    /// Unfinished, or finished, ones.
    Open,
    /// One status.
    Status,
    /// One assignee or none, unfinished or finished.
    AssigneeOpen,
    /// One assignee's unfinished ones, without what is put off.
    Awake,
    /// What one assignee has put off.
    Snoozed,
    /// One assignee or none, whatever the state.
    Assignee,
    /// One requester, unfinished or finished.
    RequesterOpen,
    /// One requester, whatever the state.
    Requester,
    /// One organization.
    Organization,
    /// One department, unfinished or finished.
    DepartmentOpen,
    /// One category.
    Category,
    /// One priority, unfinished or finished.
    PriorityOpen,
    /// One tag.
    Tag,
    /// What one person follows.
    Follower,
    /// Where one person is named in a note.
    Mentioned,
    /// Unfinished ones in warning or breach.
    Alight,
    /// Deleted ones.
    Deleted,
}

impl Driver {
    /// The most selective index that has the order. Narrow filters come first: people before tags before states.
    pub fn choose(filter: &Filter, order: Order) -> Self {
        let open = filter.is_open.is_some();
        match order.sort {
            _ if filter.deleted => Self::Deleted,
            Sort::Updated | Sort::Created if filter.mentioned.is_some() => Self::Mentioned,
            Sort::Updated => {
                if filter.requester.is_some() {
                    if open { Self::RequesterOpen } else { Self::Requester }
                } else if filter.organization.is_some() {
                    Self::Organization
                } else if matches!(filter.assignee, Assignee::Person(_)) && filter.snoozed == Some(true) {
                    Self::Snoozed
                } else if matches!(filter.assignee, Assignee::Person(_))
                    && filter.snoozed == Some(false)
                    && filter.is_open == Some(true)
                {
                    Self::Awake
                } else if filter.assignee != Assignee::Any {
                    if open { Self::AssigneeOpen } else { Self::Assignee }
                } else if filter.follower.is_some() {
                    Self::Follower
                } else if filter.tag.is_some() {
                    Self::Tag
                } else if filter.department.is_some() && open {
                    Self::DepartmentOpen
                } else if filter.category.is_some() {
                    Self::Category
                } else if filter.priority.is_some() && open {
                    Self::PriorityOpen
                } else if filter.status.is_some() {
                    Self::Status
                } else if open {
                    Self::Open
                } else {
                    Self::All
                }
            }
            Sort::Created => {
                if filter.requester.is_some() {
                    Self::Requester
                } else if filter.organization.is_some() {
                    Self::Organization
                } else if filter.follower.is_some() {
                    Self::Follower
                } else if filter.tag.is_some() {
                    Self::Tag
                } else {
                    Self::All
                }
            }
            Sort::Due if filter.assignee != Assignee::Any => Self::AssigneeOpen,
            Sort::Due if filter.sla == Some(SlaFilter::Warning) && filter.is_open == Some(true) => Self::Alight,
            Sort::Due | Sort::Priority => Self::Open,
        }
    }
}
