//! Which mails about tickets a person gets. What is muted is left out by the outbox itself, whoever queues it.

use std::collections::BTreeMap;

use serde_json::json;
use shared::access::Role;
use shared::database::{Rows, TenantStatement};
use shared::error::{ApiError, FieldError};
use shared::mail::Kind;
use shared::store::mutes as store;

use crate::actions::audit;
use crate::context::Ctx;

/// Every kind that the person's role gets, and whether they want it.
pub type Wanted = BTreeMap<Kind, bool>;

/// What the person who is signed in gets.
pub async fn load(ctx: &Ctx<'_>) -> Result<Wanted, ApiError> {
    Ok(load_with(ctx, Vec::new()).await?.0)
}

/// The same, with the answers of `more` of the same round trip, in order.
pub async fn load_with(ctx: &Ctx<'_>, more: Vec<TenantStatement>) -> Result<(Wanted, Vec<Rows>), ApiError> {
    let person = ctx.person()?;
    let mut batch = vec![store::muted(&person.id)];
    batch.extend(more);
    let mut answers = ctx.db.batch(batch).await?.into_iter();
    let muted = answers.next().ok_or_else(|| ApiError::internal("the batch was not answered"))?;
    Ok((wanted(person.role, &store::muted_of(&muted)?), answers.collect()))
}

/// Turns kinds on and off, by their codes, and answers what the person gets now. Kinds that are not named stay as they are.
pub async fn change(ctx: &Ctx<'_>, choices: &BTreeMap<String, bool>) -> Result<Wanted, ApiError> {
    let person = ctx.person()?;
    let (on, off) = parse(person.role, choices)?;
    if on.is_empty() && off.is_empty() {
        return load(ctx).await;
    }
    let batch = vec![
        store::set(&person.id, &on, &off, ctx.now),
        audit::line(ctx, "account.mails_chosen", person.id.as_str(), json!({ "on": on, "off": off })),
        store::muted(&person.id),
    ];
    let answers = ctx.db.batch(batch).await?;
    let now = answers.last().ok_or_else(|| ApiError::internal("the batch was not answered"))?;
    Ok(wanted(person.role, &store::muted_of(now)?))
}

/// Takes a form: of the kinds of the person's role those that are named are on, the others off.
pub async fn choose<'t>(ctx: &Ctx<'_>, ticked: impl Iterator<Item = &'t str>) -> Result<Wanted, ApiError> {
    let mut choices: BTreeMap<String, bool> = Kind::of(ctx.person()?.role).map(|kind| (kind.code().to_owned(), false)).collect();
    choices.extend(ticked.map(|code| (code.to_owned(), true)));
    change(ctx, &choices).await
}

fn wanted(role: Role, muted: &[Kind]) -> Wanted {
    Kind::of(role).map(|kind| (kind, !muted.contains(&kind))).collect()
}

/// The kinds that are turned on, and those that are turned off.
fn parse(role: Role, choices: &BTreeMap<String, bool>) -> Result<(Vec<Kind>, Vec<Kind>), ApiError> {
    let (mut on, mut off) = (Vec::new(), Vec::new());
    for (code, is_on) in choices {
        let kind = Kind::parse(code).filter(|kind| Kind::of(role).any(|one| one == *kind));
        let kind = kind.ok_or_else(|| ApiError::invalid(vec![FieldError::new(format!("mail.{code}"), "unknown_value")]))?;
        if *is_on { on.push(kind) } else { off.push(kind) }
    }
    Ok((on, off))
}
