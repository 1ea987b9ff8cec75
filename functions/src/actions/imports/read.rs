//! The rows of an import as they lie in storage: a JSON object a line, so that reading can begin at any of them.

use futures::StreamExt;
use shared::error::ApiError;
use shared::import::Record;
use shared::store::imports::ImportRow;

use crate::context::Ctx;

/// Bytes that are read at first for the next rows; where a row is longer, more are.
const WINDOW_BYTES: u64 = 128 * 1024;

/// Writes rows.
pub(super) fn lines(rows: &[Record]) -> Vec<u8> {
    let mut lines = Vec::new();
    for row in rows {
        lines.extend(serde_json::to_vec(row).unwrap_or_default());
        lines.push(b'\n');
    }
    lines
}

/// All rows.
pub(super) fn records(bytes: &[u8]) -> Result<Vec<Record>, ApiError> {
    bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).map(record).collect()
}

fn record(line: &[u8]) -> Result<Record, ApiError> {
    serde_json::from_slice(line).map_err(|error| ApiError::internal(format!("a row of an import: {error}")))
}

/// A stored file, or a part of it: offset and length. `None` when there is none.
pub(super) async fn file(ctx: &Ctx<'_>, key: &str, range: Option<(u64, u64)>) -> Result<Option<Vec<u8>>, ApiError> {
    let Some((_, mut chunks)) = ctx.platform.files().get(key, range).await? else { return Ok(None) };
    let mut bytes = Vec::new();
    while let Some(chunk) = chunks.next().await {
        bytes.extend(chunk.map_err(ApiError::unavailable)?);
    }
    Ok(Some(bytes))
}

/// Rows, and where the next one stands.
pub(super) struct Portion {
    pub(super) rows: Vec<Record>,
    pub(super) offset: i64,
}

/// At most `at_once` rows of an import from where it goes on.
pub(super) async fn next(ctx: &Ctx<'_>, import: &ImportRow, at_once: usize) -> Result<Portion, ApiError> {
    let size = u64::try_from(import.bytes).unwrap_or(0);
    let start = u64::try_from(import.offset).unwrap_or(0);
    let mut window = WINDOW_BYTES;
    loop {
        let length = window.min(size.saturating_sub(start));
        if length == 0 {
            return Ok(Portion { rows: Vec::new(), offset: import.offset });
        }
        let bytes = file(ctx, &ctx.tenant.import_key(&import.id), Some((start, length))).await?;
        let bytes = bytes.ok_or_else(|| ApiError::internal("the file of an import is gone"))?;
        let whole: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').filter(|line| line.ends_with(b"\n")).collect();
        if whole.is_empty() && start + length < size {
            window *= 4;
            continue;
        }
        let taken = whole.get(..at_once.min(whole.len())).unwrap_or_default();
        let read: usize = taken.iter().map(|line| line.len()).sum();
        let rows = taken.iter().map(|line| record(line.trim_ascii_end())).collect::<Result<Vec<Record>, ApiError>>()?;
        if rows.is_empty() {
            return Err(ApiError::internal("the file of an import ends within a row"));
        }
        return Ok(Portion { rows, offset: import.offset.saturating_add(i64::try_from(read).unwrap_or(0)) });
    }
}
