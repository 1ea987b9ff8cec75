//! What a person has begun to write: kept here while it is typed, so that another device goes on with it, and gone in the batch that
//! sends it.
//!
//! A draft is its writer's alone: nobody else reads it, nothing follows from it, and it is no change of the ticket. So it has no line in
//! the audit log and wakes nobody.

use shared::error::{ApiError, FieldError};
use shared::limits::TEXT_BYTES_MAX;
use shared::store::drafts::{self as store, Draft, Place};
use shared::ticket::Visibility;

use super::tickets::{load, reference};
use crate::context::Ctx;

/// How a path names the ticket that is still to be opened.
const NEW: &str = "new";

/// What is to be kept.
#[derive(Debug, Clone)]
pub struct Typed {
    /// What it is meant to become.
    pub visibility: Visibility,
    /// The text so far; a blank one keeps nothing.
    pub body: String,
    /// The revision that the page knows; 0 where it knows of none.
    pub revision: i64,
    /// Whether it still is to go to somebody outside, as the draft that the page came with.
    pub is_forward: bool,
}

/// What became of it.
#[derive(Debug, Clone)]
pub struct Kept {
    /// The draft's revision now; 0 when there is none.
    pub revision: i64,
    /// What another page had written there meanwhile, and this one did not know.
    pub other: Option<Draft>,
}

/// For which ticket the draft is that a path names: `new`, or a ticket.
pub fn place(ctx: &Ctx<'_>, text: &str) -> Result<Place, ApiError> {
    if text == NEW { Ok(Place::New) } else { reference(ctx, text).map(Place::On) }
}

/// The draft of whoever asks; 404 for a ticket that they may not see.
pub async fn find(ctx: &Ctx<'_>, place: &Place) -> Result<Option<Draft>, ApiError> {
    let statement = store::find(&ctx.person()?.id, place);
    let rows = match place {
        Place::On(reference) => load(ctx, reference, vec![statement]).await?.next()?,
        Place::New => ctx.db.run(statement).await?,
    };
    Ok(store::found(&rows)?)
}

/// Keeps what was typed. What is written last holds; what it replaced without having known it is answered. Clearing the text takes
/// nothing away that this page did not know.
pub async fn keep(ctx: &Ctx<'_>, place: &Place, typed: &Typed) -> Result<Kept, ApiError> {
    if typed.body.len() > TEXT_BYTES_MAX {
        return Err(ApiError::invalid(vec![FieldError::new("body", "too_long").arg("maximum", TEXT_BYTES_MAX)]));
    }
    let person = &ctx.person()?.id;
    let ticket = match place {
        Place::On(reference) => Some(load(ctx, reference, Vec::new()).await?.row.id),
        Place::New => None,
    };
    let is_blank = typed.body.trim().is_empty();
    let write = if is_blank {
        store::clear(person, ticket.as_ref(), typed.revision)
    } else {
        let forwarded = (typed.is_forward && typed.visibility == Visibility::Internal).then_some(typed.revision);
        store::save(person, ticket.as_ref(), (typed.visibility, &typed.body), forwarded, ctx.now)
    };
    let place = ticket.as_ref().map_or(Place::New, |id| Place::On(id.into()));
    let answers = ctx.db.batch(vec![store::find(person, &place), write]).await?;
    let before = answers.first().map(store::found).transpose()?.flatten();
    Ok(outcome(before, typed, is_blank))
}

fn outcome(before: Option<Draft>, typed: &Typed, is_blank: bool) -> Kept {
    let known = before.as_ref().map_or(0, |draft| draft.revision);
    let other = before.filter(|draft| draft.revision != typed.revision && draft.body != typed.body);
    let revision = match (is_blank, &other) {
        (true, Some(draft)) => draft.revision,
        (true, None) => 0,
        (false, _) => known + 1,
    };
    Kept { revision, other }
}

/// Removes the draft.
pub async fn discard(ctx: &Ctx<'_>, place: &Place) -> Result<(), ApiError> {
    let statement = store::remove(&ctx.person()?.id, place);
    if let Place::On(reference) = place {
        load(ctx, reference, Vec::new()).await?;
    }
    ctx.db.run(statement).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(before: Option<(&str, i64)>, body: &str, revision: i64) -> (i64, Option<String>) {
        let before = before.map(|(body, revision)| Draft {
            visibility: Visibility::Public,
            body: body.to_owned(),
            revision,
            files: Vec::new(),
            forward: None,
        });
        let typed = Typed { visibility: Visibility::Public, body: body.to_owned(), revision, is_forward: false };
        let kept = outcome(before, &typed, body.trim().is_empty());
        (kept.revision, kept.other.map(|draft| draft.body))
    }

    #[test]
    fn a_page_is_told_of_what_it_did_not_know_and_of_nothing_else() {
        assert_eq!(told(None, "a", 0), (1, None), "the first words");
        assert_eq!(told(Some(("a", 1)), "ab", 1), (2, None), "the page goes on");
        assert_eq!(told(Some(("x", 3)), "ab", 1), (4, Some("x".to_owned())), "another page has written");
        assert_eq!(told(Some(("ab", 3)), "ab", 1), (4, None), "the same words are no conflict");
        assert_eq!(told(None, "ab", 7), (1, None), "it was sent elsewhere, and somebody types on");
        assert_eq!(told(Some(("a", 1)), " ", 1), (0, None), "cleared");
        assert_eq!(told(Some(("x", 3)), "", 1), (3, Some("x".to_owned())), "what was not known is not cleared");
    }
}
