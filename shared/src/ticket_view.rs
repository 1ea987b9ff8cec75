//! A view: a list of tickets under a name, with what narrows it, its order, its headings and its columns.
//!
//! What narrows it are the parameters of a list, kept as they are sent, so that a view can ask for whatever a list can; they are parsed
//! each time that it is opened. `me` stands for whoever opens it, so that one view serves a whole group.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::FieldError;
use crate::http::Query;
use crate::id::{GroupId, UserId};
use crate::limits::{NAME_CHARS_MAX, SEARCH_CHARS_MAX};
use crate::mail::address;
use crate::ticket_list::{ListRequest, Order};

/// Whoever opens the view, where a person is asked for.
pub const ME: &str = "me";

/// What can narrow a view.
pub const CONDITIONS: [&str; 14] = [
    "q",
    "status",
    "priority",
    "assignee",
    "category",
    "department",
    "organization",
    "requester",
    "tag",
    "sla",
    "channel",
    "erp_module",
    "escalation",
    "snoozed",
];

/// Who sees a view beside its owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Shared {
    /// Nobody.
    #[default]
    Nobody,
    /// The members of a group.
    Group,
    /// Everybody at the desk.
    Desk,
}

impl Shared {
    /// Its stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::Group => "group",
            Self::Desk => "desk",
        }
    }
}

/// What the rows of a page are put together by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Grouping {
    /// Nothing: in the order of the list.
    #[default]
    None,
    /// Their status.
    Status,
    /// Their priority.
    Priority,
    /// Who works on them.
    Assignee,
}

/// A column of the list that can be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// Priority's mark.
    Priority,
    /// Who asked, and for which organization.
    Requester,
    /// Category.
    Category,
    /// Tags.
    Tags,
    /// Status.
    Status,
    /// The clock that is due next.
    Sla,
    /// Who works on it.
    Assignee,
    /// Last change.
    Updated,
}

impl Column {
    /// All of them, in the order in which they stand.
    pub const ALL: [Self; 8] =
        [Self::Priority, Self::Requester, Self::Category, Self::Tags, Self::Status, Self::Sla, Self::Assignee, Self::Updated];

    /// Its stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Priority => "priority",
            Self::Requester => "requester",
            Self::Category => "category",
            Self::Tags => "tags",
            Self::Status => "status",
            Self::Sla => "sla",
            Self::Assignee => "assignee",
            Self::Updated => "updated",
        }
    }
}

/// A view as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ViewIn {
    /// What people call it.
    pub name: String,
    /// Who sees it beside its owner.
    #[serde(default)]
    pub shared: Shared,
    /// The group, where it is shared with one: its owner must belong to it.
    #[serde(default)]
    pub group: Option<String>,
    /// What narrows it: parameters of GET /api/tickets, for example `status`, `priority`, `assignee`, `category`, `department`,
    /// `organization`, `tag`, `sla`, `q`. `me` as assignee or requester is whoever opens it.
    #[serde(default)]
    pub conditions: BTreeMap<String, String>,
    /// Order, as GET /api/tickets takes it.
    #[serde(default = "newest_change")]
    pub sort: String,
    /// What the rows of a page are put together by.
    #[serde(default)]
    pub group_by: Grouping,
    /// Which columns are shown.
    #[serde(default = "all_columns")]
    pub columns: Vec<Column>,
}

fn newest_change() -> String {
    Order::DEFAULT.as_str().to_owned()
}

fn all_columns() -> Vec<Column> {
    Column::ALL.to_vec()
}

impl Default for ViewIn {
    fn default() -> Self {
        Self {
            name: String::new(),
            shared: Shared::Nobody,
            group: None,
            conditions: BTreeMap::new(),
            sort: newest_change(),
            group_by: Grouping::None,
            columns: all_columns(),
        }
    }
}

impl ViewIn {
    /// The view as it is kept, with the group that it is shared with, or every fault of it. `me` is whoever writes it: what they could not
    /// list is no view.
    pub fn checked(mut self, me: &UserId) -> Result<(Self, Option<GroupId>), Vec<FieldError>> {
        let mut faults = Vec::new();
        if self.name.chars().count() > NAME_CHARS_MAX {
            faults.push(FieldError::new("name", "too_long").arg("maximum", NAME_CHARS_MAX));
        }
        self.name = address::tidy(&self.name, NAME_CHARS_MAX);
        if self.name.is_empty() {
            faults.push(FieldError::new("name", "missing_field"));
        }
        let group = self.group.take().filter(|_| self.shared == Shared::Group);
        let group = group.and_then(|text| GroupId::parse(&text).ok());
        if self.shared == Shared::Group && group.is_none() {
            faults.push(FieldError::new("group", "unknown_value"));
        }
        self.group = group.as_ref().map(ToString::to_string);
        self.columns.sort_unstable();
        self.columns.dedup();
        self.conditions.retain(|_, value| !value.trim().is_empty());
        for (name, value) in &self.conditions {
            if !CONDITIONS.contains(&name.as_str()) {
                faults.push(FieldError::new(format!("conditions.{name}"), "unknown_field"));
            } else if value.chars().count() > SEARCH_CHARS_MAX {
                faults.push(FieldError::new(format!("conditions.{name}"), "too_long").arg("maximum", SEARCH_CHARS_MAX));
            }
        }
        if Order::parse(&self.sort).is_none() {
            faults.push(FieldError::new("sort", "unknown_value"));
        }
        if faults.is_empty()
            && let Err(list) = ListRequest::parse(&settled(&self.query(me)), &[])
        {
            faults.extend(list.into_iter().map(|mut fault| {
                if fault.field != "sort" {
                    fault.field = format!("conditions.{}", fault.field);
                }
                fault
            }));
        }
        if faults.is_empty() { Ok((self, group)) } else { Err(faults) }
    }

    /// The parameters of the list as `me` opens it.
    pub fn query(&self, me: &UserId) -> Query {
        let person = |name: &str| matches!(name, "assignee" | "requester");
        let value = |name: &str, value: &str| if person(name) && value == ME { me.as_str() } else { value }.to_owned();
        let conditions = self.conditions.iter().map(|(name, text)| (name.clone(), value(name, text)));
        conditions.chain([("sort".to_owned(), self.sort.clone())]).collect()
    }
}

/// Parameters that people choose side by side, whatever they mean together, as a list takes them: a search has its own order, and two
/// orders are of unfinished work unless another state was chosen.
pub fn settled(query: &Query) -> Query {
    let searches = query.filled("q").is_some();
    let by_urgency = query.filled("sort").is_some_and(|sort| matches!(sort.trim_start_matches('-'), "due_at" | "priority"));
    let needs_status = by_urgency && !searches && query.filled("status").is_none();
    query
        .pairs()
        .filter(|(name, _)| match *name {
            "sort" => !searches,
            "status" => !needs_status,
            _ => true,
        })
        .chain(needs_status.then_some(("status", "open")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn me() -> UserId {
        UserId::parse("usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b").unwrap()
    }

    fn with(conditions: &[(&str, &str)], sort: &str) -> ViewIn {
        let conditions = conditions.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        ViewIn { name: " My  view ".to_owned(), conditions, sort: sort.to_owned(), ..ViewIn::default() }
    }

    #[test]
    fn a_view_is_kept_tidy_and_opened_as_whoever_opens_it() {
        let (view, group) = with(&[("assignee", "me"), ("tag", ""), ("status", "open")], "-priority").checked(&me()).unwrap();
        assert_eq!((view.name.as_str(), group), ("My view", None));
        assert_eq!(view.query(&me()).with("", None), format!("assignee={}&status=open&sort=-priority", me()));
    }

    #[test]
    fn what_no_list_could_answer_is_no_view() {
        for (conditions, sort, field, code) in [
            (&[("status", "soon")] as &[(&str, &str)], "-updated_at", "conditions.status", "unknown_value"),
            (&[("deleted", "true")], "-updated_at", "conditions.deleted", "unknown_field"),
            (&[("assignee", "somebody")], "-updated_at", "conditions.assignee", "unknown_value"),
            (&[], "by_taste", "sort", "unknown_value"),
        ] {
            let faults = with(conditions, sort).checked(&me()).unwrap_err();
            assert_eq!(faults.iter().map(|fault| (fault.field.as_str(), fault.code)).collect::<Vec<_>>(), [(field, code)]);
        }
        let nameless = ViewIn { name: " ".to_owned(), shared: Shared::Group, ..ViewIn::default() }.checked(&me()).unwrap_err();
        assert_eq!(nameless.iter().map(|fault| fault.field.as_str()).collect::<Vec<_>>(), ["name", "group"]);
    }

    #[test]
    fn orders_by_urgency_are_of_unfinished_work_and_a_search_has_its_own() {
        let text = |pairs: &[(&str, &str)]| settled(&pairs.iter().copied().collect()).with("", None);
        assert_eq!(text(&[("sort", "-priority"), ("status", "")]), "sort=-priority&status=open");
        assert_eq!(text(&[("sort", "due_at"), ("status", "new")]), "sort=due_at&status=new");
        assert_eq!(text(&[("sort", "due_at"), ("q", "printer")]), "q=printer");
    }
}
