//! Filters of a list.

use chrono::{DateTime, NaiveDate, Utc};

use crate::error::FieldError;
use crate::http::Query;
use crate::id::{DepartmentId, OrganizationId, UserId};
use crate::limits::TAG_CHARS_MAX;
use crate::ticket::{Priority, custom_fields};

/// Who works on it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Assignee {
    /// Whoever.
    #[default]
    Any,
    /// Nobody yet.
    Nobody,
    /// This person.
    Person(UserId),
}

/// How the clocks stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlaFilter {
    /// A clock ran out.
    Breached,
    /// A warning was given, or worse.
    Warning,
    /// Neither.
    Ok,
    /// The clocks stand still: we wait for the customer.
    Paused,
    /// Nothing is due any more, and nothing was missed.
    Met,
}

/// Which tickets; every part narrows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Exact status.
    pub status: Option<String>,
    /// Unfinished (`status=open`) or finished (`status=finished`).
    pub is_open: Option<bool>,
    /// Priority by its rank, 4 for critical to 1 for low.
    pub priority: Option<i64>,
    /// Category's slug.
    pub category: Option<String>,
    /// ERP module.
    pub erp_module: Option<String>,
    /// Channel.
    pub channel: Option<String>,
    /// Assignee.
    pub assignee: Assignee,
    /// Department.
    pub department: Option<DepartmentId>,
    /// Organization.
    pub organization: Option<OrganizationId>,
    /// Requester.
    pub requester: Option<UserId>,
    /// A tag.
    pub tag: Option<String>,
    /// Somebody who follows.
    pub follower: Option<UserId>,
    /// Somebody who is named in a note.
    pub mentioned: Option<UserId>,
    /// How the clocks stand.
    pub sla: Option<SlaFilter>,
    /// Next due moment before this.
    pub due_before: Option<DateTime<Utc>>,
    /// Created at or after.
    pub created_after: Option<DateTime<Utc>>,
    /// Created before.
    pub created_before: Option<DateTime<Utc>>,
    /// Changed at or after.
    pub updated_after: Option<DateTime<Utc>>,
    /// Changed before.
    pub updated_before: Option<DateTime<Utc>>,
    /// Escalated to this level at least.
    pub escalation: Option<i64>,
    /// A custom field's key and its value.
    pub custom_field: Option<(String, String)>,
    /// Resolved at or after.
    pub resolved_after: Option<DateTime<Utc>>,
    /// Resolved before.
    pub resolved_before: Option<DateTime<Utc>>,
    /// Closed at or after.
    pub closed_after: Option<DateTime<Utc>>,
    /// Closed before.
    pub closed_before: Option<DateTime<Utc>>,
    /// The score given to the present resolution.
    pub rating: Option<i64>,
    /// Whether it was ever opened again.
    pub reopened: Option<bool>,
    /// Whether its assignee has put it off.
    pub snoozed: Option<bool>,
    /// Only deleted ones.
    pub deleted: bool,
}

const KNOWN: &[&str] = &[
    "status",
    "priority",
    "category",
    "erp_module",
    "channel",
    "assignee",
    "department",
    "organization",
    "requester",
    "tag",
    "tags",
    "follower",
    "mentioned",
    "sla",
    "due_before",
    "created_after",
    "created_before",
    "updated_after",
    "updated_before",
    "resolved_after",
    "resolved_before",
    "closed_after",
    "closed_before",
    "rating",
    "reopened",
    "snoozed",
    "escalation",
    "deleted",
    "q",
    "sort",
    "limit",
    "cursor",
    "version",
];

impl Filter {
    pub(super) fn parse(query: &Query, extra: &[&str], faults: &mut Vec<FieldError>) -> Self {
        let mut filter = Self::default();
        let mut seen: Vec<&str> = Vec::new();
        for (name, _) in query.pairs() {
            if !KNOWN.contains(&name) && !extra.contains(&name) && !name.starts_with(CUSTOM) {
                faults.push(FieldError::new(name, "unknown_field"));
            }
            // `tag` has an older name.
            let name = if name == "tags" { "tag" } else { name };
            if seen.contains(&name) {
                faults.push(FieldError::new(name, "repeated"));
            }
            seen.push(name);
        }
        let mut reader = Reader { query, faults };
        match reader.one_of("status", &["new", "in_progress", "waiting_customer", "resolved", "closed", "open", "finished"]) {
            Some("open") => filter.is_open = Some(true),
            Some("finished") => filter.is_open = Some(false),
            Some(status) => {
                filter.is_open = Some(matches!(status, "new" | "in_progress" | "waiting_customer"));
                filter.status = Some(status.to_owned());
            }
            None => {}
        }
        filter.priority =
            reader.one_of("priority", &["low", "medium", "high", "critical"]).and_then(Priority::parse).map(Priority::rank);
        filter.category = reader.short("category");
        filter.erp_module = reader.short("erp_module");
        filter.channel = reader.one_of("channel", &["web", "email", "api", "chat"]).map(str::to_owned);
        filter.assignee = match reader.query.filled("assignee") {
            None => Assignee::Any,
            Some("none") => Assignee::Nobody,
            Some(_) => reader.parsed("assignee", |text| UserId::parse(text).ok()).map_or(Assignee::Any, Assignee::Person),
        };
        filter.department = reader.parsed("department", |text| DepartmentId::parse(text).ok());
        filter.organization = reader.parsed("organization", |text| OrganizationId::parse(text).ok());
        filter.requester = reader.parsed("requester", |text| UserId::parse(text).ok());
        filter.follower = reader.parsed("follower", |text| UserId::parse(text).ok());
        filter.mentioned = reader.parsed("mentioned", |text| UserId::parse(text).ok());
        filter.tag = reader.short("tag").or_else(|| reader.short("tags")).map(|tag| tag.to_lowercase());
        filter.sla = reader.one_of("sla", &["breached", "warning", "ok", "paused", "met"]).map(|name| match name {
            "breached" => SlaFilter::Breached,
            "warning" => SlaFilter::Warning,
            "paused" => SlaFilter::Paused,
            "met" => SlaFilter::Met,
            _ => SlaFilter::Ok,
        });
        filter.due_before = reader.parsed("due_before", moment);
        filter.created_after = reader.parsed("created_after", moment);
        filter.created_before = reader.parsed("created_before", moment);
        filter.updated_after = reader.parsed("updated_after", moment);
        filter.updated_before = reader.parsed("updated_before", moment);
        filter.resolved_after = reader.parsed("resolved_after", moment);
        filter.resolved_before = reader.parsed("resolved_before", moment);
        filter.closed_after = reader.parsed("closed_after", moment);
        filter.closed_before = reader.parsed("closed_before", moment);
        filter.rating = reader.parsed("rating", |text| text.parse().ok().filter(|score| (1..=5).contains(score)));
        filter.reopened = reader.one_of("reopened", &["true", "false"]).map(|text| text == "true");
        filter.snoozed = reader.one_of("snoozed", &["true", "false"]).map(|text| text == "true");
        filter.escalation = reader.parsed("escalation", |text| text.parse().ok().filter(|level| (0..=9).contains(level)));
        filter.deleted = reader.one_of("deleted", &["true", "false"]) == Some("true");
        filter.custom_field = reader.custom_field();
        filter
    }

    /// How many filters a person has set, apart from the search field.
    pub fn active(&self) -> usize {
        [
            self.status.is_some() || self.is_open.is_some(),
            self.priority.is_some(),
            self.category.is_some(),
            self.erp_module.is_some(),
            self.channel.is_some(),
            self.assignee != Assignee::Any,
            self.department.is_some(),
            self.organization.is_some(),
            self.requester.is_some(),
            self.tag.is_some(),
        ]
        .into_iter()
        .filter(|set| *set)
        .count()
    }
}

/// What the filter by a custom field begins with.
const CUSTOM: &str = "custom_fields.";

struct Reader<'a, 'f> {
    query: &'a Query,
    faults: &'f mut Vec<FieldError>,
}

impl<'a> Reader<'a, '_> {
    fn one_of(&mut self, name: &str, allowed: &[&str]) -> Option<&'a str> {
        let value = self.query.filled(name)?;
        if allowed.contains(&value) {
            return Some(value);
        }
        self.faults.push(FieldError::new(name, "unknown_value"));
        None
    }

    fn short(&mut self, name: &str) -> Option<String> {
        let value = self.query.filled(name)?;
        if value.chars().count() <= TAG_CHARS_MAX {
            return Some(value.to_owned());
        }
        self.faults.push(FieldError::new(name, "too_long").arg("maximum", TAG_CHARS_MAX));
        None
    }

    /// One field at most, by the names and values that a ticket can have.
    fn custom_field(&mut self) -> Option<(String, String)> {
        let mut fields = self.query.pairs().filter_map(|(name, value)| Some((name, name.strip_prefix(CUSTOM)?, value)));
        let (name, key, value) = fields.next()?;
        if let Some((second, _, _)) = fields.find(|(other, _, _)| *other != name) {
            self.faults.push(FieldError::new(second, "too_many").arg("maximum", 1));
        }
        if !custom_fields::is_name(key) {
            self.faults.push(FieldError::new(name, "bad_name"));
            return None;
        }
        if value.chars().count() > custom_fields::VALUE_CHARS_MAX {
            self.faults.push(FieldError::new(name, "too_long").arg("maximum", custom_fields::VALUE_CHARS_MAX));
            return None;
        }
        Some((key.to_owned(), value.to_owned()))
    }

    fn parsed<T>(&mut self, name: &str, parse: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let value = self.query.filled(name)?;
        let parsed = parse(value);
        if parsed.is_none() {
            self.faults.push(FieldError::new(name, "unknown_value"));
        }
        parsed
    }
}

/// RFC 3339, or a date for its first moment in UTC.
fn moment(text: &str) -> Option<DateTime<Utc>> {
    if let Ok(date) = text.parse::<NaiveDate>() {
        return date.and_hms_opt(0, 0, 0).map(|local| local.and_utc());
    }
    DateTime::parse_from_rfc3339(text).ok().map(|moment| moment.with_timezone(&Utc))
}
