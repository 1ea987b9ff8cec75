//! Seals and checkpoints over the audit log. Both are only ever added; what they mean is in [`crate::audit`].

use serde::Deserialize;

use crate::audit::verify::Extent;
use crate::audit::{Checkpoint, Line, Seal};
use crate::database::{DbError, Rows, TenantStatement, list};
use crate::tenant_statements;
use crate::values;

/// Every column of a line, as [`crate::audit::chain::COLUMNS`] names them.
macro_rules! line {
    ($rest:literal) => {
        concat!(
            "SELECT tenant_id, seq, id, at, actor, on_behalf_of, action, subject, outcome, request_id, network, user_agent, detail
            FROM audit_logs INDEXED BY audit_logs_by_seq WHERE tenant_id = ?1 AND ",
            $rest
        )
    };
}

macro_rules! checkpoint {
    ($rest:literal) => {
        concat!(
            "SELECT tenant_id, number, seq, hash, at, previous, key_id, signature FROM audit_checkpoints WHERE tenant_id = ?1 ",
            $rest
        )
    };
}

tenant_statements! {
    /// The last seal.
    LAST_SEAL = "SELECT seq, hash FROM audit_seals WHERE tenant_id = ?1 ORDER BY seq DESC LIMIT 1";
    /// Lines that have no seal yet.
    UNSEALED = line!("seq > COALESCE((SELECT seq FROM audit_seals WHERE tenant_id = ?1 ORDER BY seq DESC LIMIT 1), 0) ORDER BY seq LIMIT ?2");
    /// Nobody has sealed meanwhile.
    GUARD_LAST_SEAL = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'conflict',
        COALESCE((SELECT seq FROM audit_seals WHERE tenant_id = ?1 ORDER BY seq DESC LIMIT 1), 0) = ?2";
    /// Seals, as pairs of place and hash.
    INSERT_SEALS = "INSERT INTO audit_seals (tenant_id, seq, hash)
        SELECT ?1, json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?2)";
    /// The last checkpoint.
    LAST_CHECKPOINT = checkpoint!("ORDER BY number DESC LIMIT 1");
    /// The last one of an earlier place.
    CHECKPOINT_BEFORE = checkpoint!("AND seq < ?2 ORDER BY seq DESC, number DESC LIMIT 1");
    /// Those of a place and later ones.
    CHECKPOINTS = checkpoint!("AND seq >= ?2 ORDER BY seq, number LIMIT ?3");
    /// A checkpoint.
    INSERT_CHECKPOINT = "INSERT INTO audit_checkpoints (tenant_id, number, seq, hash, at, previous, key_id, signature)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    /// How far the log goes.
    EXTENT = "SELECT COALESCE((SELECT MAX(seq) FROM audit_logs WHERE tenant_id = ?1), 0) AS newest,
        COALESCE((SELECT value FROM counters WHERE tenant_id = ?1 AND name = 'audit'), 0) AS given,
        COALESCE((SELECT seq FROM audit_seals WHERE tenant_id = ?1 ORDER BY seq DESC LIMIT 1), 0) AS sealed_to LIMIT 1";
    /// Lines of some places.
    LINES = line!("seq BETWEEN ?2 AND ?3 ORDER BY seq LIMIT ?4");
    /// Seals of some places.
    SEALS = "SELECT seq, hash FROM audit_seals WHERE tenant_id = ?1 AND seq BETWEEN ?2 AND ?3 ORDER BY seq LIMIT ?4";
}

/// What the sealer starts from.
pub struct Unsealed {
    /// The last seal, if there is one.
    pub last: Option<Seal>,
    /// The last checkpoint, if there is one.
    pub checkpoint: Option<Checkpoint>,
    /// The lines that come next.
    pub lines: Vec<Line>,
}

/// The next `limit` lines to seal; read the answers by [`read_unsealed`].
pub fn unsealed(limit: u32) -> Vec<TenantStatement> {
    vec![LAST_SEAL.with(Vec::new()), LAST_CHECKPOINT.with(Vec::new()), UNSEALED.with(values![limit])]
}

/// The answers of [`unsealed`].
pub fn read_unsealed(answers: &[Rows]) -> Result<Unsealed, DbError> {
    let [last, checkpoint, lines] = answers else { return Err(DbError::Broken("the sealer was not answered".to_owned())) };
    Ok(Unsealed { last: last.first()?, checkpoint: checkpoint.first()?, lines: lines.all()? })
}

/// Adds seals after the place `after`; refuses the batch (`conflict`) when another sealer was faster.
pub fn insert_seals(after: i64, seals: &[Seal]) -> Vec<TenantStatement> {
    let pairs: Vec<(i64, &str)> = seals.iter().map(|seal| (seal.seq, seal.hash.as_str())).collect();
    vec![GUARD_LAST_SEAL.with(values![after]), INSERT_SEALS.with(vec![list(&pairs)])]
}

/// Adds a checkpoint; refused (`audit_checkpoints.number`) when another sealer has added this one.
pub fn insert_checkpoint(checkpoint: &Checkpoint) -> TenantStatement {
    INSERT_CHECKPOINT.with(values![
        checkpoint.number,
        checkpoint.seq,
        &checkpoint.hash,
        checkpoint.at,
        &checkpoint.previous,
        &checkpoint.key_id,
        &checkpoint.signature
    ])
}

/// The places from `from` to `to` with one neighbour on each side, and what is known of the whole.
pub fn stretch(from: i64, to: i64, checkpoints: u32) -> Vec<TenantStatement> {
    let rows = to.saturating_sub(from).saturating_add(3);
    vec![
        EXTENT.with(Vec::new()),
        LINES.with(values![from, to + 1, rows]),
        SEALS.with(values![from - 1, to + 1, rows]),
        CHECKPOINT_BEFORE.with(values![from]),
        CHECKPOINTS.with(values![from, checkpoints]),
        LAST_CHECKPOINT.with(Vec::new()),
    ]
}

/// What [`stretch`] answers.
pub struct Found {
    /// How far the log goes.
    pub extent: Extent,
    /// The lines.
    pub lines: Vec<Line>,
    /// The seals.
    pub seals: Vec<Seal>,
    /// The last checkpoint of an earlier place.
    pub checkpoint_before: Option<Checkpoint>,
    /// Checkpoints of these places and later ones.
    pub checkpoints: Vec<Checkpoint>,
    /// The last checkpoint of all.
    pub last_checkpoint: Option<Checkpoint>,
}

/// The answers of [`stretch`].
pub fn read_stretch(answers: &[Rows]) -> Result<Found, DbError> {
    let [extent, lines, seals, before, checkpoints, last] = answers else {
        return Err(DbError::Broken("the verifier was not answered".to_owned()));
    };
    Ok(Found {
        extent: extent.first()?.unwrap_or_default(),
        lines: lines.all()?,
        seals: readable(seals)?,
        checkpoint_before: readable(before)?.pop(),
        checkpoints: readable(checkpoints)?,
        last_checkpoint: readable(last)?.pop(),
    })
}

/// Rows that have the shape of what they should be. One that somebody has made unreadable counts as missing, and is told as such.
fn readable<T: for<'de> Deserialize<'de>>(rows: &Rows) -> Result<Vec<T>, DbError> {
    let rows: Vec<serde_json::Value> = rows.all()?;
    Ok(rows.into_iter().filter_map(|row| serde_json::from_value(row).ok()).collect())
}
