//! GET /agent/audit/verify: whether the audit log is what was written, a part at a time; for administrators.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::queues;

use crate::actions::audit::verify;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::audit::{FaultRow, Verdict};

/// Checks a part and shows what was found. Without a fault it leads on by itself where scripts run.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let from = verify::beginning(&request.query)?;
    let (verdict, others) = verify::verify(ctx, from, vec![queues::counts(&ctx.person()?.id)]).await?;
    let [counts] = others.as_slice() else { return Err(ApiError::internal("the counts were not answered")) };
    let view = Verdict {
        ok: verdict.faults.is_empty(),
        from,
        to: verdict.checked_to,
        newest: verdict.extent.newest,
        unsealed: verdict.extent.newest.saturating_sub(verdict.extent.sealed_to).max(0),
        faults: verdict
            .faults
            .into_iter()
            .map(|fault| FaultRow { seq: fault.seq, kind: fault.kind.as_str().to_owned() })
            .collect(),
        signed_to: verdict.checkpoint.as_ref().map_or(0, |checkpoint| checkpoint.seq),
        signed_at: verdict
            .checkpoint
            .and_then(|checkpoint| chrono::DateTime::from_timestamp_millis(checkpoint.at))
            .map(Into::into),
        next: verdict.next.map(|next| format!("/agent/audit/verify?cursor={next}")),
    };
    render::agent_page(ctx, &frame, 200, "agent/audit-verdict", "audit", &queues::read(counts)?, view)
}
