//! Lists of tickets: the client's own, the organization's, the agent's queues.

use serde::Serialize;

use super::{Choice, Moment, Person, sla::Clock};

/// A ticket in a list.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
#[expect(clippy::struct_excessive_bools, reason = "each is one mark of the row")]
pub struct Row {
    /// `tkt_...`
    pub id: String,
    /// `ACME-1042`; the page is at `/tickets/{number}` or `/agent/tickets/{number}`.
    pub number: String,
    /// Title as the requester wrote it.
    pub title: String,
    /// `new`, `in_progress`, `waiting_customer`, `resolved`, `closed`.
    pub status: String,
    /// `critical`, `high`, `medium`, `low`.
    pub priority: String,
    /// `web`, `email`, `api`, `chat`.
    pub channel: String,
    /// Category's name.
    #[serde(default)]
    pub category: Option<String>,
    /// Tags, at most as many as fit (five).
    #[serde(default)]
    pub tags: Vec<String>,
    /// Who asked.
    pub requester: Person,
    /// Their organization.
    #[serde(default)]
    pub organization: Option<String>,
    /// Who answers; on clients' pages only what a client may see.
    #[serde(default)]
    pub assignee: Option<Person>,
    /// The clock that is due next; none on clients' pages where the tenant hides it.
    #[serde(default)]
    pub sla: Option<Clock>,
    /// Escalation level, 0 for none.
    #[serde(default)]
    pub escalation: i64,
    /// Whether the last public word is the requester's and waits for an answer.
    #[serde(default)]
    pub unanswered: bool,
    /// Whether it was changed since the reader has looked at it last, or is the reader's and was never looked at.
    #[serde(default)]
    pub unread: bool,
    /// Whether it came back by itself, and whoever put it off has not looked since.
    #[serde(default)]
    pub woken: bool,
    /// Whether the reader has put it off.
    #[serde(default)]
    pub snoozed: bool,
    /// Until which moment; none while the client's answer is waited for.
    #[serde(default)]
    pub until: Option<Moment>,
    /// What marks the row: `unread`, `mine`.
    #[serde(default)]
    pub marks: String,
    /// The heading above the row, where a group of rows begins with it.
    #[serde(default)]
    pub heading: Option<String>,
    /// Last change.
    pub updated: Moment,
    /// Creation.
    pub created: Moment,
    /// Version for `If-Match` and bulk changes.
    pub version: i64,
}

/// `GET /agent/tickets`: a queue with its filters.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct AgentList {
    /// `mine`, `snoozed`, `unassigned`, `breaching`, `all`.
    pub queue: String,
    /// What the list is called.
    pub title: String,
    /// The filters as they stand.
    pub filter: Filter,
    /// One page of tickets.
    pub rows: Vec<Row>,
    /// Address of the next page, with its cursor.
    #[serde(default)]
    pub next: Option<String>,
    /// Address of the first page, where this is not it.
    #[serde(default)]
    pub first: Option<String>,
    /// Address of the queue without filters, where some are set.
    #[serde(default)]
    pub clear: Option<String>,
    /// Agents for filter and bulk assignment.
    pub agents: Vec<Choice>,
    /// Categories for the filter.
    pub categories: Vec<Choice>,
    /// Departments for the bulk change.
    #[serde(default)]
    pub departments: Vec<Choice>,
    /// Whether the person may change tickets in bulk.
    pub may_bulk: bool,
    /// The view that is open, if one is.
    #[serde(default)]
    pub view: Option<OpenView>,
    /// Address of the form that saves the filters as a view.
    #[serde(default)]
    pub save: Option<String>,
    /// Classes of the table: `compact`, and `no-sla` for each column that is left out.
    #[serde(default)]
    pub looks: String,
    /// Whether the reader wants dense lists.
    #[serde(default)]
    pub compact: bool,
}

/// The view that is open.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct OpenView {
    /// `viw_...`
    pub id: String,
    /// Name.
    pub name: String,
    /// Whether the reader may change it.
    pub may_change: bool,
}

/// The filter form's values; empty text means any.
#[derive(Debug, Clone, Default, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Filter {
    /// Words to look for.
    #[serde(default)]
    pub q: String,
    /// A status, or `open`.
    #[serde(default)]
    pub status: String,
    /// A priority.
    #[serde(default)]
    pub priority: String,
    /// Agent's id, `none`, or empty.
    #[serde(default)]
    pub assignee: String,
    /// Category's id.
    #[serde(default)]
    pub category: String,
    /// One tag.
    #[serde(default)]
    pub tag: String,
    /// `-updated_at`, `updated_at`, `-created_at`, `created_at`, `due_at`, `-priority`.
    #[serde(default)]
    pub sort: String,
    /// How many of the fields below the search field are set, for the "Filters (2)" label.
    #[serde(default)]
    pub active: i64,
}

/// `GET /` for a client: what waits for them first.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct ClientHome {
    /// The client's own tickets that wait for the client's answer.
    pub waiting: Vec<Row>,
    /// The other unfinished ones.
    pub open: Vec<Row>,
    /// Those that were finished last.
    pub finished: Vec<Row>,
    /// Unfinished ones of colleagues, where the tenant shows them.
    pub colleagues: Vec<Row>,
    /// Whether the tenant lets clients see their organization's tickets.
    pub organization_visible: bool,
    /// Organization's name.
    #[serde(default)]
    pub organization: Option<String>,
}

/// `GET /tickets/search`: what a client finds among all tickets that the client sees.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct ClientSearch {
    /// What was looked for.
    pub q: String,
    /// Address of the form that asks it in a new ticket.
    pub ask: String,
    /// One page of tickets, youngest first.
    pub rows: Vec<Row>,
    /// Address of the next page.
    #[serde(default)]
    pub next: Option<String>,
    /// Address of the first page, where this is not it.
    #[serde(default)]
    pub first: Option<String>,
}

/// `GET /tickets` for a client.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct ClientList {
    /// `mine`, `organization` or `following`.
    pub scope: String,
    /// Whether the tenant lets clients see their organization's tickets.
    pub organization_visible: bool,
    /// Organization's name for the tab.
    #[serde(default)]
    pub organization: Option<String>,
    /// `open` (default), `waiting_customer`, `resolved`, `closed`, or `all`.
    pub status: String,
    /// Words to look for.
    #[serde(default)]
    pub q: String,
    /// One page of tickets.
    pub rows: Vec<Row>,
    /// Address of the next page.
    #[serde(default)]
    pub next: Option<String>,
    /// Address of the first page, where this is not it.
    #[serde(default)]
    pub first: Option<String>,
}
