//! Who looks at a ticket, from the seats of a hub.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Seat;
use crate::id::{TicketId, UserId};

/// Somebody who looks at a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    /// Who.
    pub id: UserId,
    /// Name for people.
    pub name: String,
    /// Whether the person writes an answer.
    pub typing: bool,
}

/// The people of the desk who look at `ticket`, each once however many pages are open, in order of their names.
pub fn viewers<'a>(ticket: &TicketId, seats: impl Iterator<Item = &'a Seat>) -> Vec<Viewer> {
    let mut people: BTreeMap<(&str, &str), Viewer> = BTreeMap::new();
    for seat in seats.filter(|seat| seat.staff && seat.ticket.as_ref() == Some(ticket)) {
        people
            .entry((&seat.name, seat.person.as_str()))
            .and_modify(|viewer| viewer.typing |= seat.typing)
            .or_insert_with(|| Viewer { id: seat.person.clone(), name: seat.name.clone(), typing: seat.typing });
    }
    people.into_values().collect()
}
