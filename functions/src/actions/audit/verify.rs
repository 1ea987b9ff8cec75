//! Checking the log: lines against seals, seals against checkpoints, and the end against the checkpoint that the storage knows. A request
//! checks so many places and says where the next one goes on.

use shared::audit::verify::{Beyond, Extent, Stretch, faults};
use shared::audit::{Checkpoint, Fault, chain};
use shared::database::{Rows, TenantStatement};
use shared::error::ApiError;
use shared::http::{Body, Query};
use shared::limits::{AUDIT_VERIFY_CHECKPOINTS, AUDIT_VERIFY_ROWS};
use shared::store::audit_chain as store;

use super::seal::keys;
use crate::context::Ctx;

/// Bytes of a checkpoint; what is longer is none.
const CHECKPOINT_BYTES_MAX: usize = 4096;
/// Places beyond this are no whole numbers of JSON any more.
const PLACE_MAX: i64 = 1 << 53;

/// What became of a check.
pub struct Verdict {
    /// The last place that was looked at.
    pub checked_to: i64,
    /// What is wrong, by place.
    pub faults: Vec<Fault>,
    /// How far the log goes.
    pub extent: Extent,
    /// The last checkpoint, if there is one.
    pub checkpoint: Option<Checkpoint>,
    /// Where to go on, unless all was looked at.
    pub next: Option<i64>,
}

/// The place that a query begins at: `cursor`, else the first.
pub fn beginning(query: &Query) -> Result<i64, ApiError> {
    let Some(text) = query.filled("cursor") else { return Ok(1) };
    let place = text.parse().ok().filter(|place| (1..PLACE_MAX).contains(place));
    place.ok_or_else(|| ApiError::field("cursor", "bad_cursor"))
}

/// Checks the places from `from` on, and answers those of `more`, in the same round trip.
pub async fn verify(ctx: &Ctx<'_>, from: i64, more: Vec<TenantStatement>) -> Result<(Verdict, Vec<Rows>), ApiError> {
    let most = from.saturating_add(i64::from(AUDIT_VERIFY_ROWS) - 1);
    let mut batch = store::stretch(from, most, AUDIT_VERIFY_CHECKPOINTS);
    let own = batch.len();
    batch.extend(more);
    let mut answers = ctx.db.batch(batch).await?;
    let others = answers.split_off(own.min(answers.len()));
    let found = store::read_stretch(&answers)?;

    let extent = found.extent;
    let mut checkpoints = found.checkpoints;
    let mut to = most;
    if let Some(last) = checkpoints.last().filter(|_| checkpoints.len() >= AUDIT_VERIFY_CHECKPOINTS as usize) {
        // There may be more of them than were read: the places are cut so that each is measured.
        to = to.min(last.seq.saturating_sub(1)).max(from);
    }
    let is_last = to >= extent.newest;
    if is_last {
        to = to.min(extent.end());
    } else {
        checkpoints.retain(|checkpoint| checkpoint.seq <= to);
    }
    let beyond = match found.last_checkpoint.as_ref().map_or(1, |last| last.number.saturating_add(1)) {
        next if is_last => beyond(ctx, next).await?,
        _ => Beyond::Nothing,
    };
    let (before, seals): (Vec<_>, Vec<_>) = found.seals.into_iter().partition(|seal| seal.seq < from);
    let before = if from == 1 { Some(chain::BEGINNING.to_owned()) } else { before.into_iter().map(|seal| seal.hash).next() };
    let stretch = Stretch {
        tenant: ctx.tenant.id().as_str().to_owned(),
        from,
        to,
        extent,
        before,
        lines: found.lines,
        seals,
        checkpoint_before: found.checkpoint_before,
        checkpoints,
        beyond,
    };
    let verdict = Verdict {
        checked_to: to.min(extent.newest),
        faults: faults(&stretch, &keys(ctx)),
        extent,
        checkpoint: found.last_checkpoint,
        next: (!is_last).then_some(to + 1),
    };
    Ok((verdict, others))
}

/// What the storage holds under the number after the last one that the database knows.
async fn beyond(ctx: &Ctx<'_>, number: i64) -> Result<Beyond, ApiError> {
    let Some((_, stream)) = ctx.platform.files().get(&ctx.tenant.audit_checkpoint_key(number), None).await? else {
        return Ok(Beyond::Nothing);
    };
    let Ok(bytes) = Body::Stream(stream).read(CHECKPOINT_BYTES_MAX).await else { return Ok(Beyond::Unreadable) };
    Ok(serde_json::from_slice(&bytes).map_or(Beyond::Unreadable, Beyond::Checkpoint))
}
