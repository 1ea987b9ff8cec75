//! Sealing: the lines that were written since the last run get their place in the chain, and from time to time a checkpoint is signed.
//!
//! Before they are sealed the lines are copied to the file storage, as JSON: what is sealed is also kept outside of the database. A copy
//! is named by its lines and their last seal, so that none is ever written over by another.
//!
//! Two sealers at once do no harm: whoever comes second is refused and leaves. What a crash leaves behind is found by the next run. A
//! line that is missing stops the sealer before it: nothing is sealed over a gap, and the verdict names it.

use chrono::TimeDelta;
use shared::audit::{Checkpoint, Keys, Seal, chain};
use shared::error::ApiError;
use shared::limits::{AUDIT_SEAL_STEPS, AUDIT_SEALS_AT_ONCE};
use shared::store::audit_chain as store;

use crate::context::Ctx;

/// How long the sealer sees to it that the storage has the last checkpoint: a few sweeps.
const KEEPING_MINUTES: i64 = 15;
/// A free number is looked for in steps that double: this many reach beyond anything.
const SEARCH_STEPS: u32 = 40;

/// Seals what is not sealed yet, at most so much at a time, and answers how many lines that were.
pub async fn seal_due(ctx: &Ctx<'_>) -> Result<usize, ApiError> {
    let mut sealed = 0;
    for step in 1..=AUDIT_SEAL_STEPS {
        let found = store::read_unsealed(&ctx.db.batch(store::unsealed(AUDIT_SEALS_AT_ONCE)).await?)?;
        let beginning = Seal { seq: 0, hash: chain::BEGINNING.to_owned() };
        let last = found.last.unwrap_or(beginning);
        let seals = chain::seal(last.seq, &last.hash, &found.lines);
        if let Some(newest) = seals.last() {
            copy(ctx, last.seq.saturating_add(1), newest, chain::copied(&found.lines, &seals).map_err(ApiError::internal)?)
                .await?;
            match ctx.db.batch(store::insert_seals(last.seq, &seals)).await {
                Err(error) if error.is_refused_by("conflict") => return Ok(sealed),
                written => drop(written?),
            }
            sealed += seals.len();
            if u32::try_from(seals.len()).is_ok_and(|count| count == AUDIT_SEALS_AT_ONCE) && step < AUDIT_SEAL_STEPS {
                continue;
            }
            sign(ctx, newest, found.checkpoint).await?;
        } else {
            sign(ctx, &last, found.checkpoint).await?;
        }
        break;
    }
    Ok(sealed)
}

/// Keeps lines outside of the database. A sealer that comes second leaves a copy of the same lines, and that is all the harm.
async fn copy(ctx: &Ctx<'_>, first: i64, last: &Seal, lines: Vec<u8>) -> Result<(), ApiError> {
    let key = ctx.tenant.audit_lines_key(first, last);
    ctx.platform.files().put(&key, lines).await.map_err(ApiError::from)
}

/// The secrets of the deployment's checkpoints.
pub fn keys(ctx: &Ctx<'_>) -> Keys {
    Keys::new(&ctx.config().audit_secret, &ctx.config().audit_secrets_before)
}

/// Signs a checkpoint when one is due. The row comes first: of two sealers one writes it, and what is stored is what the row says.
async fn sign(ctx: &Ctx<'_>, newest: &Seal, former: Option<Checkpoint>) -> Result<(), ApiError> {
    let is_due = Checkpoint::is_due(former.as_ref(), newest.seq, ctx.now);
    if let Some(former) = &former
        && (is_due || ctx.now.timestamp_millis() - former.at < TimeDelta::minutes(KEEPING_MINUTES).num_milliseconds())
    {
        keep(ctx, former).await?;
    }
    if !is_due {
        return Ok(());
    }
    let next = former.as_ref().map_or(1, |former| former.number.saturating_add(1));
    let Some(number) = free_number(ctx, next).await? else { return Ok(()) };
    let checkpoint = Checkpoint::sign(&keys(ctx), ctx.tenant.id(), number, former.as_ref(), newest, ctx.now);
    match ctx.db.run(store::insert_checkpoint(&checkpoint)).await {
        Err(error) if error.is_refused_by("audit_checkpoints.number") => Ok(()),
        Err(error) => Err(error.into()),
        Ok(_) => keep(ctx, &checkpoint).await,
    }
}

/// Puts a checkpoint into the storage, unless something is there already: what is there is evidence, and never written over.
async fn keep(ctx: &Ctx<'_>, checkpoint: &Checkpoint) -> Result<(), ApiError> {
    if is_taken(ctx, checkpoint.number).await? {
        return Ok(());
    }
    let text = serde_json::to_vec(checkpoint).map_err(ApiError::internal)?;
    ctx.platform.files().put(&ctx.tenant.audit_checkpoint_key(checkpoint.number), text).await?;
    Ok(())
}

/// The first number from `next` on that the storage does not know. It is `next`, but for a database that was set back to an earlier
/// moment: then the checkpoints of what was lost stay, and the gap in the numbers tells of it.
async fn free_number(ctx: &Ctx<'_>, next: i64) -> Result<Option<i64>, ApiError> {
    let mut number = next;
    for step in 0..SEARCH_STEPS {
        if !is_taken(ctx, number).await? {
            return Ok(Some(number));
        }
        number = next.saturating_add(1 << step);
    }
    Ok(None)
}

async fn is_taken(ctx: &Ctx<'_>, number: i64) -> Result<bool, ApiError> {
    Ok(ctx.platform.files().get(&ctx.tenant.audit_checkpoint_key(number), None).await?.is_some())
}
