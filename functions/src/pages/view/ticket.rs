//! One ticket: the conversation, the composer, the side panel; and the form of a new one.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    Attachment, Choice, Form, Moment, Person,
    sla::{Clock, Panel},
};

/// `GET /tickets/{number}`: the ticket as its requester sees it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
#[expect(clippy::struct_excessive_bools, reason = "each is one permission that hides one control")]
pub struct ClientTicket {
    /// The ticket itself.
    pub ticket: Facts,
    /// The description.
    pub opening: Entry,
    /// A page of the public comments, oldest first; no internal note ever.
    pub entries: Vec<Entry>,
    /// Address of the older part, where the conversation goes on before this page.
    #[serde(default)]
    pub older: Option<String>,
    /// Address of the latest part, where this is an older one.
    #[serde(default)]
    pub newest: Option<String>,
    /// The clock that matters to the requester, where the tenant shows it.
    #[serde(default)]
    pub sla: Option<Clock>,
    /// Reply form's state.
    pub reply: Form,
    /// Whether a reply is taken (a closed ticket past its window takes none).
    pub may_reply: bool,
    /// Whether a reply now reopens the ticket.
    pub reply_reopens: bool,
    /// Whether the requester may close it.
    pub may_close: bool,
    /// Whether closing needs a rating first (critical tickets).
    pub close_needs_rating: bool,
    /// Whether the requester may reopen it.
    pub may_reopen: bool,
    /// The rating form, from resolution on.
    #[serde(default)]
    pub rating: Option<RatingBox>,
    /// Who follows it.
    pub audience: Audience,
}

/// The rating as the ticket page shows it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct RatingBox {
    /// 1 to 5; none before the first rating.
    #[serde(default)]
    pub score: Option<i64>,
    /// What was written with it.
    #[serde(default)]
    pub comment: String,
    /// Whether it can still be given or changed.
    pub editable: bool,
    /// Until when.
    #[serde(default)]
    pub until: Option<Moment>,
}

/// The ticket's own fields.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Facts {
    /// `tkt_...`
    pub id: String,
    /// `ACME-1042`
    pub number: String,
    /// Title.
    pub title: String,
    /// Stable name of the status.
    pub status: String,
    /// Stable name of the priority.
    pub priority: String,
    /// Stable name of the channel.
    pub channel: String,
    /// Category's name.
    #[serde(default)]
    pub category: Option<String>,
    /// ERP module's name.
    #[serde(default)]
    pub module: Option<String>,
    /// Department's name.
    #[serde(default)]
    pub department: Option<String>,
    /// Tags.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Custom fields by their keys, as text; staff only.
    #[serde(default)]
    pub custom_fields: BTreeMap<String, String>,
    /// Who asked.
    pub requester: Person,
    /// Organization's name.
    #[serde(default)]
    pub organization: Option<String>,
    /// Who answers.
    #[serde(default)]
    pub assignee: Option<Person>,
    /// Escalation level, 0 for none.
    #[serde(default)]
    pub escalation: i64,
    /// Reason of the escalation.
    #[serde(default)]
    pub escalation_reason: String,
    /// Creation.
    pub created: Moment,
    /// Last change.
    pub updated: Moment,
    /// Version that forms send back as `version`.
    pub version: i64,
    /// When it was deleted, if it was.
    #[serde(default)]
    pub deleted: Option<Moment>,
    /// Number of the ticket that this one was merged into.
    #[serde(default)]
    pub merged_into: Option<String>,
}

/// One thing in the conversation.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Entry {
    /// `reply` (public), `note` (internal) or `events` (changes of fields, folded).
    pub kind: String,
    /// Comment's id, the anchor `#c-{id}`; empty for events.
    #[serde(default)]
    pub id: String,
    /// Who wrote it; for events, none.
    #[serde(default)]
    pub author: Option<Person>,
    /// `web`, `email`, `api`, `chat`.
    #[serde(default)]
    pub channel: String,
    /// When.
    pub at: Moment,
    /// Sanitised HTML; the only field that templates print without escaping, with `quoted_html`.
    #[serde(default)]
    pub body_html: String,
    /// Sanitised HTML of what a mail quoted.
    #[serde(default)]
    pub quoted_html: String,
    /// Whether it came by a mail that was longer.
    #[serde(default)]
    pub cut: bool,
    /// Address of the raw mail for agents, `/api/...`.
    #[serde(default)]
    pub raw_url: Option<String>,
    /// Files.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// State of the mail that carried a reply out: `queued`, `sent`, `failed`; empty where none was sent.
    #[serde(default)]
    pub delivery: String,
    /// Why it failed.
    #[serde(default)]
    pub delivery_reason: String,
    /// Addresses outside the conversation to which a note went.
    #[serde(default)]
    pub forwarded: Vec<String>,
    /// Where the composer stands open to forward it; none where the reader cannot.
    #[serde(default)]
    pub forward_url: Option<String>,
    /// Folded changes, for `events`.
    #[serde(default)]
    pub events: Vec<Event>,
}

/// One change in the history.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Event {
    /// A variant of the texts `event-changed` (with a value before and one after), `event-sla` or `event`: see `show::change`.
    pub kind: String,
    /// Who did it; none for the system.
    #[serde(default)]
    pub actor: Option<String>,
    /// Value before; stable names for `status` and `priority`, reading text otherwise.
    #[serde(default)]
    pub from: String,
    /// Value after, in the same manner; for `sla_*` the target's stable name.
    #[serde(default)]
    pub to: String,
    /// When.
    pub at: Moment,
}

/// `GET /agent/tickets/{number}`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct AgentTicket {
    /// The ticket itself.
    pub ticket: Facts,
    /// The description.
    pub opening: Entry,
    /// A page of the conversation, oldest first, notes and events included.
    pub entries: Vec<Entry>,
    /// Address of the older part, where the conversation goes on before this page.
    #[serde(default)]
    pub older: Option<String>,
    /// Address of the latest part, where this is an older one.
    #[serde(default)]
    pub newest: Option<String>,
    /// Messages that wait to go out, the next first.
    #[serde(default)]
    pub pending: Vec<Pending>,
    /// Composer's state: fields `body`, `visibility`, `status`; `answered` is the comment that somebody else has written meanwhile.
    pub composer: Form,
    /// What can be forwarded, and what was chosen.
    #[serde(default)]
    pub forward: Forward,
    /// Files of the reader's draft that lie on the ticket already.
    #[serde(default)]
    pub draft_files: Vec<Attachment>,
    /// For how many seconds the reader can take a message back.
    #[serde(default)]
    pub hold: i64,
    /// How many public comments there are: what the reader has in front of them.
    #[serde(default)]
    pub seen: i64,
    /// Moments at which a message can go out later.
    #[serde(default)]
    pub laters: Vec<LaterChoice>,
    /// The revision of the reader's draft; 0 where there is none.
    #[serde(default)]
    pub draft_revision: i64,
    /// Field form's state.
    pub fields: Form,
    /// What the fields of that form are now, by their names: the form sends it along, so that only what was changed is changed.
    #[serde(default)]
    pub present: BTreeMap<String, String>,
    /// Clocks and their explanation.
    #[serde(default)]
    pub sla: Option<Panel>,
    /// Statuses that may follow from here for this person, stable names.
    pub transitions: Vec<String>,
    /// Agents, with the assignee selected.
    pub agents: Vec<Choice>,
    /// Departments.
    pub departments: Vec<Choice>,
    /// Categories.
    pub categories: Vec<Choice>,
    /// ERP modules.
    pub modules: Vec<Choice>,
    /// Followers and people in copy.
    #[serde(default)]
    pub followers: Vec<Person>,
    /// Linked tickets.
    #[serde(default)]
    pub links: Vec<Link>,
    /// All files of the ticket.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// The requester's other recent tickets, at most five.
    #[serde(default)]
    pub recent: Vec<RecentTicket>,
    /// Latest changes, newest first, at most twenty.
    #[serde(default)]
    pub history: Vec<Event>,
    /// What the person may do here.
    pub may: May,
    /// Items of its checklist that are done, and all of them.
    #[serde(default)]
    pub list_done: i64,
    /// See above.
    #[serde(default)]
    pub list_total: i64,
    /// Items that are still to be done.
    #[serde(default)]
    pub list_open: i64,
    /// Whether its assignee has put it off.
    #[serde(default)]
    pub snoozed: bool,
    /// Until which moment; none while the client's answer is waited for.
    #[serde(default)]
    pub until: Option<Moment>,
    /// Address back to the list that the person came from.
    pub back: String,
    /// The rating, if one was given.
    #[serde(default)]
    pub rating: Option<RatingBox>,
}

/// A message that waits to go out.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Pending {
    /// Its id, the anchor `#p-{id}`.
    pub id: String,
    /// Who wrote it.
    pub author: Person,
    /// Whether it is a note.
    pub note: bool,
    /// To which addresses outside the conversation it is forwarded.
    #[serde(default)]
    pub forward: Vec<String>,
    /// Sanitised HTML.
    pub body_html: String,
    /// The status to set with it, stable name; empty for none.
    #[serde(default)]
    pub status: String,
    /// When it goes out.
    pub due: Moment,
    /// Seconds until then, where it is less than a minute.
    #[serde(default)]
    pub soon: Option<i64>,
    /// Code of why it could not go out; empty while it waits.
    #[serde(default)]
    pub held: String,
    /// Whether the client has written since it was written.
    #[serde(default)]
    pub news: bool,
    /// Whether it is the reader's own.
    pub mine: bool,
}

/// What the composer offers to forward.
#[derive(Debug, Clone, Default, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Forward {
    /// Public messages that can be quoted, one by one, the latest first.
    #[serde(default)]
    pub messages: Vec<Choice>,
    /// Addresses that the ticket knows already, and whose they are.
    #[serde(default)]
    pub people: Vec<Choice>,
    /// Files of the ticket.
    #[serde(default)]
    pub files: Vec<ForwardFile>,
}

/// A file that can go along.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct ForwardFile {
    /// The file.
    #[serde(flatten)]
    pub file: Attachment,
    /// Whether clients do not see it.
    #[serde(default)]
    pub internal: bool,
    /// Whether it is chosen.
    #[serde(default)]
    pub chosen: bool,
}

/// A moment that has a name.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct LaterChoice {
    /// Its stable name.
    pub name: String,
    /// The moment.
    pub at: Moment,
}

/// What the reader may do with the ticket.
#[derive(Debug, Clone, Default, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
#[expect(clippy::struct_excessive_bools, reason = "each is one permission that hides one control")]
pub struct May {
    /// Write a public reply.
    pub reply: bool,
    /// Write an internal note.
    pub note: bool,
    /// Change fields.
    pub edit: bool,
    /// Merge, split and link.
    pub merge: bool,
    /// Take back the merge of this ticket into another.
    pub unmerge: bool,
    /// Escalate.
    pub escalate: bool,
    /// Delete and restore.
    pub delete: bool,
}

/// A ticket linked to this one.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Link {
    /// Id of the link, for removing it.
    pub id: String,
    /// What this one is to the other: `related`, `duplicate`, `problem`, `incident`, `parent`, `child`, `duplicated`, `continues`, `continued`,
    /// `split_from`, `split_into`.
    pub kind: String,
    /// The other ticket.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Its status.
    pub status: String,
}

/// Another ticket of the same requester.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct RecentTicket {
    /// Number.
    pub number: String,
    /// Title.
    pub title: String,
    /// Status.
    pub status: String,
}

/// `GET /tickets/new` and `GET /agent/tickets/new`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct NewTicket {
    /// What was typed and what was wrong.
    pub form: Form,
    /// Whether nobody is signed in: then the form asks for `email` and `name`.
    pub anonymous: bool,
    /// Categories.
    pub categories: Vec<Choice>,
    /// ERP modules.
    pub modules: Vec<Choice>,
    /// Agents, for the agent's form.
    #[serde(default)]
    pub agents: Vec<Choice>,
    /// Departments, for the agent's form.
    #[serde(default)]
    pub departments: Vec<Choice>,
    /// Tickets that may be about the same as the title, for the client's form.
    #[serde(default)]
    pub similar: Vec<Like>,
    /// Largest file in megabytes.
    pub file_mb_max: i64,
}

/// A ticket that may be about the same as the one that is being written.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Like {
    /// `ACME-1042`
    pub number: String,
    /// Title.
    pub title: String,
    /// Stable name of the status.
    pub status: String,
    /// The colleague's name, where it is not one's own.
    #[serde(default)]
    pub requester: Option<String>,
    /// Last change.
    pub updated: Moment,
}

/// Who follows a ticket, as a client sees it, and who else could.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
#[expect(clippy::struct_excessive_bools, reason = "each is one permission that hides one control")]
pub struct Audience {
    /// Whether the reader follows it.
    pub followed: bool,
    /// Whether there is anything to follow: whoever asked hears of it anyway.
    pub may_follow: bool,
    /// Colleagues who follow it, by name; not the reader.
    pub people: Vec<Person>,
    /// Colleagues who could: their addresses and names.
    pub candidates: Vec<Choice>,
    /// Whether the reader may let colleagues follow it.
    pub may_add: bool,
    /// Whether the reader may take colleagues off again.
    pub may_remove: bool,
    /// The form's state.
    pub form: Form,
}
