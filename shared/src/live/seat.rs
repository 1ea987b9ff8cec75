//! One socket at the hub: who sits there, what they look at, how much they have said lately.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{MESSAGES_PER_WINDOW, RATE_WINDOW_SECONDS, STAFF_TAG, Said, person_tag, session_tag};
use crate::access::Person;
use crate::id::{SessionId, TicketId, UserId};

/// Characters of a name that presence shows; the rest would only cost every other page.
const NAME_CHARS_MAX: usize = 80;

/// What a hub keeps with a socket while it sleeps, as JSON text. Its size is bounded by that of a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// Who.
    pub person: UserId,
    /// In which session.
    pub session: SessionId,
    /// Name for people.
    pub name: String,
    /// Whether the person belongs to the desk.
    pub staff: bool,
    /// The ticket that the person looks at.
    #[serde(default)]
    pub ticket: Option<TicketId>,
    /// Whether the person writes an answer.
    #[serde(default)]
    pub typing: bool,
    /// When the session or some of the person's rights end by themselves, in milliseconds: then the page comes back, and takes another seat
    /// if the session goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<i64>,
    /// Number of the window that is being counted.
    #[serde(default)]
    window: i64,
    /// Messages in that window.
    #[serde(default)]
    messages: u32,
}

/// What a hub does about a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// Nothing: it was no message of ours, or it changes nothing.
    Nothing,
    /// Tell the desk who looks at these tickets now.
    PresenceChanged(Vec<TicketId>),
    /// Close the socket: too many messages.
    TooMany,
}

impl Seat {
    /// The seat of a signed-in person whose session ends at `session_ends`, unless it is used again.
    pub fn of(person: &Person, session_ends: DateTime<Utc>) -> Self {
        let until = person.rights_until.map_or(session_ends, |rights_end| rights_end.min(session_ends));
        Self {
            person: person.id.clone(),
            session: person.session.clone(),
            name: person.name.chars().take(NAME_CHARS_MAX).collect(),
            staff: person.role.is_staff(),
            ticket: None,
            typing: false,
            until: Some(until.timestamp_millis()),
            window: 0,
            messages: 0,
        }
    }

    /// Whether the session or the rights of the seat have ended, so that it hears nothing more.
    pub fn is_over(&self, now: DateTime<Utc>) -> bool {
        self.until.is_some_and(|until| until <= now.timestamp_millis())
    }

    /// Reads what a hub kept; anything else is no seat.
    pub fn parse(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// What a hub keeps.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// By which names the socket is found again.
    pub fn tags(&self) -> Vec<String> {
        let mut tags = vec![person_tag(&self.person), session_tag(&self.session)];
        if self.staff {
            tags.push(STAFF_TAG.to_owned());
        }
        tags
    }

    /// When the next of these seats is over, in milliseconds.
    pub fn next_end<'a>(seats: impl Iterator<Item = &'a Self>) -> Option<i64> {
        seats.filter_map(|seat| seat.until).min()
    }

    /// Takes a message in. Every message counts, garbage too; only the desk has presence.
    pub fn hear(&mut self, text: &str, now: DateTime<Utc>) -> Heard {
        if !self.counts(now) {
            return Heard::TooMany;
        }
        let Some(said) = Said::parse(text).filter(|_| self.staff) else { return Heard::Nothing };
        let (ticket, typing) = match said {
            Said::Viewing { ticket } => (Some(ticket), false),
            Said::Typing { ticket } => (Some(ticket), true),
            Said::Left { ticket } if self.ticket.as_ref() == Some(&ticket) => (None, false),
            Said::Left { .. } => return Heard::Nothing,
        };
        if (&self.ticket, self.typing) == (&ticket, typing) {
            return Heard::Nothing;
        }
        let before = std::mem::replace(&mut self.ticket, ticket);
        self.typing = typing;
        let mut tickets: Vec<TicketId> = self.ticket.iter().cloned().collect();
        if let Some(before) = before.filter(|before| Some(before) != self.ticket.as_ref()) {
            tickets.push(before);
        }
        Heard::PresenceChanged(tickets)
    }

    /// Counts a message; false when it is one too many.
    fn counts(&mut self, now: DateTime<Utc>) -> bool {
        let window = now.timestamp().div_euclid(RATE_WINDOW_SECONDS);
        if window != self.window {
            self.window = window;
            self.messages = 0;
        }
        self.messages = self.messages.saturating_add(1);
        self.messages <= MESSAGES_PER_WINDOW
    }
}
