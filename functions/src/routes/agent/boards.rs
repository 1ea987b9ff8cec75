//! `/agent/boards`: unfinished work in columns.

pub mod shift;
pub mod sla;
pub mod workload;

use shared::access::Permission;
use shared::error::ApiError;
use shared::http::Query;
use shared::id::DepartmentId;

use crate::context::Ctx;
use crate::context::directory::Directory;
use crate::pages::view::Choice;
use crate::pages::view::boards::{Moving, Target};
use crate::pages::view::tickets::Row;

/// A move that was refused, as its form comes back.
pub struct Refused {
    /// The card.
    pub card: Moving,
    /// Where it was to go.
    pub to: String,
    /// The answer's status.
    pub http_status: u16,
}

/// The card that a reader without JavaScript moves (`?move=`), among those that are shown.
fn asked_for<'a>(query: &Query, mut cards: impl Iterator<Item = &'a Row>) -> Option<&'a Row> {
    let number = query.filled("move")?;
    cards.find(|card| card.number == number)
}

/// `card` on its way.
fn moving(card: &Row) -> Moving {
    Moving { number: card.number.clone(), title: card.title.clone(), version: card.version, error: None }
}

/// Nobody and all who can be assigned a ticket.
fn people(directory: &Directory, selected: &str) -> Vec<Target> {
    let target = |value: &str, name: &str| Target { value: value.to_owned(), name: name.to_owned(), selected: value == selected };
    let people = directory.assignable().map(|member| target(member.id.as_str(), &member.name));
    std::iter::once(target("none", "")).chain(people).collect()
}

/// Where a card stands by its assignee.
fn holder(card: &Row) -> String {
    card.assignee.as_ref().map_or_else(|| "none".to_owned(), |person| person.id.clone())
}

fn may_move(ctx: &Ctx<'_>) -> bool {
    ctx.actor.may(Permission::TicketUpdate)
}

fn departments(directory: &Directory, query: &Query) -> Vec<Choice> {
    directory.open_departments().map(|each| Choice::new(each.id.as_str(), &each.name, query.filled("department"))).collect()
}

/// The department that a filter names.
fn department(query: &Query) -> Result<Option<DepartmentId>, ApiError> {
    let parse = |text| DepartmentId::parse(text).map_err(|_| ApiError::field("department", "unknown_value"));
    query.filled("department").map(parse).transpose()
}

/// The query but for the parameters that are about one look at the board, with `set` in their place.
fn address(path: &str, query: &Query, set: &[(&str, &str)]) -> String {
    let passing = ["move", "column", "cursor", "part"];
    let kept = query.pairs().filter(|(name, value)| !passing.contains(name) && !value.is_empty());
    let kept: Query = kept.chain(set.iter().copied()).collect();
    format!("{path}?{}", kept.with("", None))
}

/// Refuses parameters that a board does not know: a misspelt filter would show everything.
fn known(query: &Query, names: &[&str]) -> Result<(), ApiError> {
    let unknown = query.pairs().find(|(name, _)| !names.contains(name));
    unknown.map_or(Ok(()), |(name, _)| Err(ApiError::field(name, "unknown_field")))
}
