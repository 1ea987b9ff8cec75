//! Rating a solved ticket, and what the ratings say of each agent.

use serde::Serialize;

use super::{Form, Person, Span};

/// `GET /rate/{token}`: shows nothing of the ticket but its number, and records nothing.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Rate {
    /// The signed token, back into the form's address.
    pub token: String,
    /// Ticket's number.
    pub number: String,
    /// Score of an earlier rating, or the star that was clicked in the mail (`?score=`), 1 to 5.
    #[serde(default)]
    pub score: Option<i64>,
    /// Fields `score`, `comment`.
    pub form: Form,
}

/// `GET /agent/ratings`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Ratings {
    /// `7`, `30`, `90` or `365` days.
    pub days: i64,
    /// Mean of all scores times 100, none without a score: 467 is 4.67.
    #[serde(default)]
    pub average_hundredths: Option<i64>,
    /// The same for reading, for example `4.7`.
    #[serde(default)]
    pub average: String,
    /// How many ratings.
    pub count: i64,
    /// How many of each score, from five stars to one, with its share in percent.
    pub spread: Vec<Share>,
    /// A row an agent.
    pub agents: Vec<AgentRating>,
}

/// How many ratings gave a score.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Share {
    /// 1 to 5.
    pub score: i64,
    /// How many.
    pub count: i64,
    /// Whole percent of all.
    pub percent: i64,
}

/// One agent's figures.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct AgentRating {
    /// The agent.
    pub agent: Person,
    /// Mean score for reading; empty without ratings.
    #[serde(default)]
    pub average: String,
    /// Ratings.
    pub count: i64,
    /// Tickets resolved.
    pub handled: i64,
    /// Mean time to resolution.
    #[serde(default)]
    pub resolution: Option<Span>,
}
