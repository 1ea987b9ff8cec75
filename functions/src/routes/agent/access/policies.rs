//! GET /agent/access/policies: policies over attributes, by name.

use shared::access::Permission;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::AccessPolicyId;
use shared::limits::PAGE_ROWS_DEFAULT;
use shared::store::access_policies::{self as store, Kept};
use shared::store::queues;

use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::grants::{Policies, PolicyRow};

const ADDRESS: &str = "/agent/access/policies";

/// Shows them.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let after = request.query.filled("cursor").filter(|id| AccessPolicyId::parse(id).is_ok()).unwrap_or_default();
    let answers = ctx.db.batch(vec![queues::counts(&ctx.person()?.id), store::list(after, PAGE_ROWS_DEFAULT + 1)]).await?;
    let [counts, rows] = answers.as_slice() else { return Err(ApiError::internal("a batch of two answered otherwise")) };
    let mut rows: Vec<Kept> = rows.all()?;
    let has_more = rows.len() > PAGE_ROWS_DEFAULT as usize;
    rows.truncate(PAGE_ROWS_DEFAULT as usize);
    let view = Policies {
        next: rows.last().filter(|_| has_more).map(|last| format!("{ADDRESS}?cursor={}", last.id)),
        first: (!after.is_empty()).then(|| ADDRESS.to_owned()),
        rows: rows.into_iter().map(row).collect(),
        may_edit: ctx.actor.may(Permission::AccessManage),
    };
    render::agent_page(ctx, &Frame::of(&request), 200, "agent/access-policies", "access", &queues::read(counts)?, view)
}

fn row(policy: Kept) -> PolicyRow {
    PolicyRow {
        id: policy.id.to_string(),
        effect: policy.effect.as_str().to_owned(),
        permissions: policy.permissions.iter().map(Permission::as_str).collect::<Vec<_>>().join(", "),
        name: policy.name,
        description: policy.description,
        enabled: policy.enabled,
    }
}
