//! One change to many tickets: each is a change of its own, with its own guard, history and refusal.
//!
//! Round trips: one for the session, one that loads all of them, and one a ticket that is changed (two more for each time that
//! somebody else was quicker).

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use shared::error::{ApiError, FieldError};
use shared::limits::BULK_TICKETS_MAX;
use shared::ticket::{ChangesIn, Reference, TagEdit, TagEditIn};
use utoipa::ToSchema;

use crate::actions::tickets::update::{apply, what_to_load};
use crate::actions::tickets::{Changes, IfMatch, load_many, update};
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
}

/// The answer to a bulk change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BulkAnswer {
    /// One result a ticket, in the order of the request.
    pub data: Vec<BulkResult>,
}

/// Changes many tickets.
pub async fn bulk(ctx: &Ctx<'_>, tickets: &[String], changes: &Changes) -> Result<BulkAnswer, ApiError> {
    if tickets.is_empty() {
        return Err(ApiError::field("tickets", "required"));
    }
    if tickets.len() > BULK_TICKETS_MAX {
        return Err(ApiError::invalid(vec![FieldError::new("tickets", "too_many").arg("maximum", BULK_TICKETS_MAX)]));
    }
    let known: Vec<(usize, Reference)> =
        tickets.iter().enumerate().filter_map(|(place, text)| Some((place, Reference::parse(text, ctx.tenant)?))).collect();
    let references: Vec<Reference> = known.iter().map(|(_, reference)| reference.clone()).collect();
    let loaded = load_many(ctx, &references, what_to_load(changes)).await?;
    let mut statuses = vec!["not_found"; tickets.len()];
    let mut done = HashSet::new();
    for ((place, reference), loaded) in known.iter().zip(loaded) {
        let outcome = match loaded {
            // Named twice, it is changed once.
            Ok(one) if !done.insert(one.row.id.clone()) => Ok(()),
            Ok(one) => match Box::pin(apply(ctx, one, IfMatch::Any, changes)).await {
                Err(error) if error.code == "stale_version" => {
                    Box::pin(update(ctx, reference, IfMatch::Any, changes)).await.map(|_| ())
                }
                result => result.map(|_| ()),
            },
            Err(error) => Err(error),
        };
        // A defect of ours, or a database that does not answer, is not the result of one ticket: what was done is done, and the
        // request may be sent again under a new key, for it sets values and adds nothing.
        if let Some(error) = outcome.as_ref().err().filter(|error| error.status >= 500) {
            return Err(error.clone());
        }
        if let Some(status) = statuses.get_mut(*place) {
            *status = outcome.map_or_else(|error| error.code, |()| "ok");
        }
    }
    let data =
        tickets.iter().zip(statuses).map(|(id, status)| BulkResult { id: id.clone(), status: status.to_owned() }).collect();
    Ok(BulkAnswer { data })
}
