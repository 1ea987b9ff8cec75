//! One change to many tickets: each is a change of its own, with its own guard, history and refusal.
//!
//! Round trips: one for the session, one that loads all of them, and one a ticket that is changed (two more for each time that
//! somebody else was quicker).

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use shared::error::{ApiError, FieldError};
use shared::id::TicketId;
use shared::limits::BULK_TICKETS_MAX;
use shared::store::ticket_looks;
use shared::ticket::{ChangesIn, Reference, TagEdit, TagEditIn, TicketRow};
use utoipa::ToSchema;

use crate::actions::tickets::update::{apply, what_to_load};
use crate::actions::tickets::{Changes, IfMatch, Loaded, load_many, update};
use crate::context::Ctx;

/// Which tickets, and what to change.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkIn {
    /// Up to 100 ids (`tkt_...`) or numbers.
    pub tickets: Vec<String>,
    /// What to change, as PATCH takes it.
    #[serde(default)]
    pub changes: ChangesIn,
    /// Tags to add and to take away, beside those that each ticket has.
    #[serde(default)]
    pub tags: TagEditIn,
    /// Whether the answer is to tell how each change is undone, for POST /api/tickets/bulk/undo.
    #[serde(default)]
    pub undoable: bool,
}

/// Changes to take back.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UndoIn {
    /// Up to 100 of them.
    pub tickets: Vec<TicketUndoIn>,
}

/// A change of one ticket to take back.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TicketUndoIn {
    /// The ticket as it was named.
    pub id: String,
    /// The version that the change made: somebody else's later change is not overwritten.
    pub version: i64,
    /// What was before.
    pub changes: ChangesIn,
}

impl BulkIn {
    /// The change that each ticket is to undergo, or every field that is wrong.
    pub fn parse(self) -> Result<(Vec<String>, Changes), ApiError> {
        let sets_tags = self.changes.tags.is_some();
        let mut changes = Changes::parse(self.changes)?;
        changes.tag_edit = TagEdit::parse("tags", &self.tags).map_err(ApiError::invalid)?;
        if sets_tags && !changes.tag_edit.is_empty() {
            return Err(ApiError::field("tags", "one_of"));
        }
        Ok((self.tickets, changes))
    }
}

/// What came of one ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BulkResult {
    /// As it was named in the request.
    pub id: String,
    /// `ok`, or the code of the refusal: `not_found`, `invalid`, `transition_refused`, ...
    #[schema(example = "ok")]
    pub status: String,
    /// How to take the change back, where it was asked for and anything was changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undo: Option<Undo>,
}

/// How to take one change back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Undo {
    /// The version that the change made.
    pub version: i64,
    /// What was before, as PATCH takes it.
    #[schema(value_type = Object)]
    pub changes: Value,
}

impl Undo {
    /// From the ticket before and after; nothing where nothing differs.
    fn of(before: &TicketRow, after: &TicketRow) -> Option<Self> {
        let fields = [
            ("status", before.status != after.status, json!(before.status)),
            ("priority", before.priority != after.priority, json!(before.priority)),
            ("assignee", before.assignee_id != after.assignee_id, json!(before.assignee_id)),
            ("department", before.department_id != after.department_id, json!(before.department_id)),
            ("category", before.category != after.category, json!(before.category)),
            ("tags", before.tags != after.tags, json!(before.tags)),
        ];
        let changes: Map<String, Value> =
            fields.into_iter().filter(|(_, differs, _)| *differs).map(|(name, _, value)| (name.to_owned(), value)).collect();
        (!changes.is_empty()).then_some(Self { version: after.version, changes: Value::Object(changes) })
    }
}

/// The answer to a bulk change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BulkAnswer {
    /// One result a ticket, in the order of the request.
    pub data: Vec<BulkResult>,
}

/// Changes many tickets.
pub async fn bulk(ctx: &Ctx<'_>, tickets: &[String], changes: &Changes) -> Result<BulkAnswer, ApiError> {
    check_count(tickets.len())?;
    let known: Vec<(usize, Reference)> =
        tickets.iter().enumerate().filter_map(|(place, text)| Some((place, Reference::parse(text, ctx.tenant)?))).collect();
    let references: Vec<Reference> = known.iter().map(|(_, reference)| reference.clone()).collect();
    let loaded = load_many(ctx, &references, what_to_load(changes)).await?;
    let mut results: Vec<BulkResult> =
        tickets.iter().map(|id| BulkResult { id: id.clone(), status: "not_found".to_owned(), undo: None }).collect();
    let mut done = HashSet::new();
    for ((place, reference), loaded) in known.iter().zip(loaded) {
        let outcome = match loaded {
            // Named twice, it is changed once.
            Ok(one) if !done.insert(one.row.id.clone()) => Ok(None),
            Ok(one) => change_one(ctx, reference, one, changes).await,
            Err(error) => Err(error),
        };
        let outcome = answered(outcome)?;
        if let Some(result) = results.get_mut(*place) {
            (result.status, result.undo) = outcome;
        }
    }
    note_own(ctx, done.into_iter().collect());
    Ok(BulkAnswer { data: results })
}

/// Changes one that was loaded with [`what_to_load`], or what is there now where somebody else was quicker.
pub(in crate::actions) async fn change_one(
    ctx: &Ctx<'_>,
    reference: &Reference,
    one: Loaded,
    changes: &Changes,
) -> Result<Option<Undo>, ApiError> {
    let before = one.row.clone();
    match Box::pin(apply(ctx, one, IfMatch::Any, changes)).await {
        // What was before the change of somebody quicker is not known: there is no undoing it.
        Err(error) if error.code == "stale_version" => {
            Box::pin(update(ctx, reference, IfMatch::Any, changes)).await.map(|_| None)
        }
        result => result.map(|(after, _)| Undo::of(&before, &after)),
    }
}

/// Takes changes back, each only while the ticket is as the change has left it (`stale_version`).
pub async fn undo(ctx: &Ctx<'_>, sent: UndoIn) -> Result<BulkAnswer, ApiError> {
    check_count(sent.tickets.len())?;
    let mut results = Vec::with_capacity(sent.tickets.len());
    let mut done = Vec::new();
    for ticket in sent.tickets {
        let changes = Changes::parse(ticket.changes)?;
        let outcome = match Reference::parse(&ticket.id, ctx.tenant) {
            Some(reference) => {
                Box::pin(update(ctx, &reference, IfMatch::Version(ticket.version), &changes)).await.map(|(row, _)| {
                    done.push(row.id);
                    None
                })
            }
            None => Err(ApiError::not_found()),
        };
        let (status, undo) = answered(outcome)?;
        results.push(BulkResult { id: ticket.id, status, undo });
    }
    note_own(ctx, done);
    Ok(BulkAnswer { data: results })
}

fn check_count(tickets: usize) -> Result<(), ApiError> {
    match tickets {
        0 => Err(ApiError::field("tickets", "required")),
        1..=BULK_TICKETS_MAX => Ok(()),
        _ => Err(ApiError::invalid(vec![FieldError::new("tickets", "too_many").arg("maximum", BULK_TICKETS_MAX)])),
    }
}

/// What a ticket's result says. A defect of ours, or a database that does not answer, is not the result of one ticket: what was done is
/// done, and the request may be sent again under a new key, for it sets values and adds nothing.
fn answered(outcome: Result<Option<Undo>, ApiError>) -> Result<(String, Option<Undo>), ApiError> {
    match outcome {
        Err(error) if error.status >= 500 => Err(error),
        Err(error) => Ok((error.code.to_owned(), None)),
        Ok(undo) => Ok(("ok".to_owned(), undo)),
    }
}

/// What somebody has changed is no news to them.
fn note_own(ctx: &Ctx<'_>, tickets: Vec<TicketId>) {
    if let Some(person) = ctx.actor.person().filter(|_| !tickets.is_empty()) {
        ctx.after.write(ctx.db.bound(ticket_looks::changed(&person.id, &tickets, ctx.now)));
    }
}
