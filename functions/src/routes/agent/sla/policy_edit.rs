//! GET /agent/sla/policies/{rule}: the form of a policy.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::sla_rules as store;

use super::policy_form::{self, Around};
use super::rule;
use crate::actions::sla::policies::Rule;
use crate::context::Ctx;
use crate::pages::frame::Frame;

/// Shows the form.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let id = rule(&request)?;
    let (around, known) = load(ctx, &id).await?;
    let fields = policy_form::fields(&known.form, known.version);
    policy_form::page(ctx, &Frame::of(&request), &around, id.as_str(), &fields, None, None)
}

/// The policy and what its page shows beside it, in one round trip.
pub async fn load(ctx: &Ctx<'_>, id: &shared::id::PolicyId) -> Result<(Around, Rule), ApiError> {
    let mut batch = Around::statements(ctx)?;
    batch.push(store::rule(id));
    let mut answers = ctx.db.batch(batch).await?.into_iter();
    let around = Around::take(&mut answers)?;
    let row = answers.next().map(|rows| store::rule_row(&rows)).transpose()?.flatten();
    Ok((around, Rule::read(row.ok_or_else(ApiError::not_found)?)?))
}
