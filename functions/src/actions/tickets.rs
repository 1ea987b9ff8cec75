//! Tickets: created, shown, commented on, changed, deleted. The JSON API, the web forms, incoming mail and the demo data
//! all go through here.
//!
//! Each use case loads in one batch, changes a [`Work`] by the rules of `shared::ticket` and `shared::sla`, and writes one
//! batch: the ticket under a guard of its version, its history, the audit line, its due moments and the mails to send.

mod author;
pub mod auto_close;
pub mod bring_in;
pub mod changes;
pub mod comment;
pub mod conversation;
pub mod create;
pub mod delete;
mod draft;
pub mod forward;
pub mod load;
pub mod looks;
pub mod mails;
pub mod mention;
pub mod pending;
mod rights;
pub mod show;
pub mod tags;
pub mod update;
mod work;

pub use author::Author;
pub use auto_close::auto_close_due;
pub use changes::Changes;
pub use comment::{Commented, NewComment, comment};
pub(super) use create::create_on;
pub use create::{Created, NewTicket, Requester, create};
pub use delete::{delete, restore};
pub(super) use load::load_many;
pub use load::{Loaded, load, reference};
pub(super) use mails::LEADERS_MAX;
pub use show::{Include, show};
pub use update::update;
pub use work::Work;

pub use crate::entity_tag::IfMatch;

use shared::database::TenantStatement;
use shared::id::{CommentId, TicketId};

/// Where a text has landed: for rows of the caller's own that go into the same batch.
#[derive(Debug, Clone, Copy)]
pub struct Landing<'a> {
    /// The ticket.
    pub ticket: &'a TicketId,
    /// The comment; `None` when the text is the description of a new ticket.
    pub comment: Option<&'a CommentId>,
}

/// Rows of the caller's own for the batch that writes a ticket or comment: the state of an incoming mail, attachments.
pub type Also<'a> = Option<&'a dyn Fn(Landing<'_>) -> Vec<TenantStatement>>;
