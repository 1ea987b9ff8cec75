//! Finding a ticket within the actor's scope.

use shared::access::Permission;
use shared::database::{Rows, TenantStatement};
use shared::error::ApiError;
use shared::store::tickets as store;
use shared::ticket::{FollowerRow, Reference, TicketRow};

use crate::context::Ctx;

/// A ticket that the actor may see, with what was loaded beside it.
pub struct Loaded {
    /// The ticket.
    pub row: TicketRow,
    /// Who hears of it.
    pub followers: Vec<FollowerRow>,
    /// The answers of the caller's own statements, in order.
    pub more: std::vec::IntoIter<Rows>,
}

impl Loaded {
    /// Whether the actor holds the permission for this ticket.
    pub fn may(&self, ctx: &Ctx<'_>, permission: Permission) -> bool {
        ctx.actor.may_on(permission, &self.row.facts(&self.followers))
    }

    /// The answer of the caller's next statement.
    #[expect(clippy::should_implement_trait, reason = "an answer that is missing is an error, not an end")]
    pub fn next(&mut self) -> Result<Rows, ApiError> {
        self.more.next().ok_or_else(|| ApiError::internal("a statement of the batch was not answered"))
    }
}

/// The ticket that a path names: `tkt_...`, `ACME-1042` or `1042`.
pub fn reference(ctx: &Ctx<'_>, text: &str) -> Result<Reference, ApiError> {
    Reference::parse(text, ctx.tenant).ok_or_else(ApiError::not_found)
}

/// Loads a ticket and `more` in one round trip. A ticket that does not exist, is deleted, or is not the actor's to see is
/// the same 404; one for which the actor does not hold the right that the route asks for is 403.
pub async fn load(ctx: &Ctx<'_>, reference: &Reference, more: Vec<TenantStatement>) -> Result<Loaded, ApiError> {
    let loaded = load_any(ctx, reference, more).await?;
    if loaded.row.deleted_at.is_some() { Err(ApiError::not_found()) } else { Ok(loaded) }
}

/// The same for words that are meant for the ticket wherever it went: one that was merged gives the ticket that it was merged into,
/// which must be the actor's to see, too.
pub async fn load_target(ctx: &Ctx<'_>, reference: &Reference, more: Vec<TenantStatement>) -> Result<Loaded, ApiError> {
    let mut statements = store::target(reference).to_vec();
    statements.extend(more);
    let mut loaded = load(ctx, reference, statements).await?;
    let (ticket, followers) = (loaded.next()?, loaded.next()?);
    if loaded.row.merged_into_id.is_none() {
        return Ok(loaded);
    }
    let target = admit(ctx, &ticket, &followers, loaded.more)?;
    if target.row.deleted_at.is_some() { Err(ApiError::not_found()) } else { Ok(target) }
}

/// The same, but those who may delete tickets find deleted ones too.
pub async fn load_any(ctx: &Ctx<'_>, reference: &Reference, more: Vec<TenantStatement>) -> Result<Loaded, ApiError> {
    let mut batch = vec![store::find(reference), store::followers(reference)];
    batch.extend(more);
    let mut answers = ctx.db.batch(batch).await?.into_iter();
    let (Some(ticket), Some(followers)) = (answers.next(), answers.next()) else {
        return Err(ApiError::internal("the batch was not answered"));
    };
    admit(ctx, &ticket, &followers, answers)
}

/// Loads many tickets in one round trip, each with the answers of `more`. What is not the actor's to see is the same 404, one by
/// one.
pub async fn load_many(
    ctx: &Ctx<'_>,
    references: &[Reference],
    more: Vec<TenantStatement>,
) -> Result<Vec<Result<Loaded, ApiError>>, ApiError> {
    let count_more = more.len();
    let mut batch = more;
    for reference in references {
        batch.extend([store::find(reference), store::followers(reference)]);
    }
    let mut answers = ctx.db.batch(batch).await?.into_iter();
    let more: Vec<Rows> = answers.by_ref().take(count_more).collect();
    let mut loaded = Vec::with_capacity(references.len());
    while let (Some(ticket), Some(followers)) = (answers.next(), answers.next()) {
        let one = admit(ctx, &ticket, &followers, more.clone().into_iter());
        loaded.push(one.and_then(|one| if one.row.deleted_at.is_some() { Err(ApiError::not_found()) } else { Ok(one) }));
    }
    Ok(loaded)
}

fn admit(ctx: &Ctx<'_>, ticket: &Rows, followers: &Rows, answers: std::vec::IntoIter<Rows>) -> Result<Loaded, ApiError> {
    let row = store::ticket(ticket)?.ok_or_else(ApiError::not_found)?;
    let followers = store::follower_rows(followers)?;
    let facts = row.facts(&followers);
    let may = |permission| ctx.actor.may_on(permission, &facts);
    if !may(Permission::TicketRead) || (row.deleted_at.is_some() && !may(Permission::TicketDelete)) {
        return Err(ApiError::not_found());
    }
    if ctx.route_needs.is_some_and(|permission| permission.is_about_tickets() && !may(permission)) {
        return Err(ApiError::forbidden());
    }
    for permission in ctx.route_needs.into_iter().chain([Permission::TicketRead]).filter(|one| one.is_about_tickets()) {
        ctx.acts_for.note(&ctx.actor, permission, Some(&facts));
    }
    Ok(Loaded { row, followers, more: answers })
}
