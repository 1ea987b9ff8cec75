//! What open pages hear while they are open: changed tickets, and who else looks at one.
//!
//! The tenant's hub holds the sockets; this is what is said over them and how a hub decides who hears what. Messages carry ids,
//! never contents: a page that hears of a change asks for it with its own rights. Presence is for the desk alone.

mod presence;
mod seat;

pub use presence::{Viewer, viewers};
pub use seat::{Heard, Seat};

use serde::{Deserialize, Serialize};

use crate::id::{CommentId, SessionId, TicketId, UserId};

/// Bytes of a message that a page may send. The longest that we define has 80.
pub const MESSAGE_BYTES_MAX: usize = 512;
/// Messages of one socket within [`RATE_WINDOW_SECONDS`]; typing says so every few seconds at most.
pub const MESSAGES_PER_WINDOW: u32 = 30;
/// The window for counting messages.
pub const RATE_WINDOW_SECONDS: i64 = 10;
/// Sockets of one person: more pages than this are not looked at.
pub const SOCKETS_PER_PERSON_MAX: usize = 20;
/// Close code: too many messages, or one too long (RFC 6455, 7.4.1: policy violation).
pub const CLOSE_POLICY: u16 = 1008;
/// Close code of ours: the session has ended, sign in again before reconnecting.
pub const CLOSE_SESSION_ENDED: u16 = 4001;
/// Close code of ours: the person's rights have changed, reconnect to sit where they now belong.
pub const CLOSE_RIGHTS_CHANGED: u16 = 4002;
/// What a page sends to keep the connection open, and what it hears back.
pub const PING: &str = "ping";
/// The answer to [`PING`], given without waking the hub.
pub const PONG: &str = "pong";

/// What the product tells the hub (`Wake::Hub` carries it as JSON).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum HubMessage {
    /// Tell an event to those whom it concerns.
    Publish {
        /// Whether the desk hears it.
        staff: bool,
        /// People beside the desk who hear it: the requester and followers of the ticket.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        people: Vec<UserId>,
        /// What happened.
        event: Event,
    },
    /// Close the sockets of sessions that have ended.
    EndSessions {
        /// The sessions.
        sessions: Vec<SessionId>,
    },
    /// Close the sockets of people whose sessions have ended.
    EndPeople {
        /// The people.
        people: Vec<UserId>,
        /// The one session that goes on: that in which somebody changed the password.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        except: Option<SessionId>,
    },
    /// Close the sockets of people whose rights have changed; their pages come back and take another seat.
    RenewPeople {
        /// The people.
        people: Vec<UserId>,
    },
    /// The same for everybody of the tenant: a role or a group has changed, and whoever has it may be among them.
    RenewEverybody,
}

impl HubMessage {
    /// An event for the desk.
    pub fn staff(event: Event) -> Self {
        Self::Publish { staff: true, people: Vec::new(), event }
    }

    /// An event for one person, on whichever side.
    pub fn person(person: UserId, event: Event) -> Self {
        Self::Publish { staff: false, people: vec![person], event }
    }

    /// An event for the desk and for these people.
    pub fn staff_and(people: Vec<UserId>, event: Event) -> Self {
        Self::Publish { staff: true, people, event }
    }

    /// The text that `Wake::Hub` carries.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// What a page hears.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// A ticket is new.
    TicketCreated {
        /// The ticket.
        ticket: TicketId,
    },
    /// A ticket was changed.
    TicketChanged {
        /// The ticket.
        ticket: TicketId,
        /// Its version after the change.
        version: i64,
    },
    /// A ticket has a new comment.
    CommentAdded {
        /// The ticket.
        ticket: TicketId,
        /// The comment.
        comment: CommentId,
    },
    /// A message that waits on a ticket to go out was written, taken back or held up.
    PendingChanged {
        /// The ticket.
        ticket: TicketId,
    },
    /// What is to be done on a ticket was changed.
    ChecklistChanged {
        /// The ticket.
        ticket: TicketId,
    },
    /// Somebody is reminded: told to them alone.
    Reminded {
        /// The ticket that came back, or that the reminder is about.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ticket: Option<TicketId>,
    },
    /// An SLA clock of a ticket is near its end, or past it.
    SlaChanged {
        /// The ticket.
        ticket: TicketId,
    },
    /// Who looks at a ticket now.
    Presence {
        /// The ticket.
        ticket: TicketId,
        /// The people, in order of their names.
        people: Vec<Viewer>,
    },
}

impl Event {
    /// The text that goes over the socket.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// What a page says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Said {
    /// The person looks at the ticket and does not write.
    Viewing {
        /// The ticket.
        ticket: TicketId,
    },
    /// The person writes an answer.
    Typing {
        /// The ticket.
        ticket: TicketId,
    },
    /// The person went elsewhere.
    Left {
        /// The ticket.
        ticket: TicketId,
    },
}

impl Said {
    /// Reads a message; anything that is not one of ours is nothing.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > MESSAGE_BYTES_MAX { None } else { serde_json::from_str(text).ok() }
    }
}

/// Tag of every socket of the desk.
pub const STAFF_TAG: &str = "staff";

/// Tag of every socket of a person.
pub fn person_tag(person: &UserId) -> String {
    format!("person:{person}")
}

/// Tag of every socket of a session.
pub fn session_tag(session: &SessionId) -> String {
    format!("session:{session}")
}

#[cfg(test)]
mod tests;
