//! Comparing lines, seals and checkpoints, a stretch of the log at a time.
//!
//! What the verifier can tell: a line whose bytes are not those that were sealed, a place without a line, two lines that changed places,
//! an end that is missing, a seal or a checkpoint that is missing or changed, and a log that was sealed anew from some place on, which no
//! longer fits the checkpoint that was signed before. What it cannot tell is what was changed before it was sealed, minutes after it was
//! written.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Checkpoint, Keys, Line, Seal};
use crate::limits::AUDIT_FAULTS_MAX;

/// What is wrong at one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// The line is not the one that was sealed.
    Edited,
    /// There is no line at this place, though there are later ones.
    Deleted,
    /// The line belongs to another place, or two claim this one.
    Reordered,
    /// From this place on lines are missing that had been written.
    Truncated,
    /// The line is the one that was sealed, and its seal was changed.
    SealEdited,
    /// The seal of this line is missing, though later ones are there.
    SealRemoved,
    /// A checkpoint that the product has not signed, or whose predecessor is another.
    CheckpointForged,
    /// A checkpoint before this place is missing.
    CheckpointRemoved,
    /// The seals up to here are not those that the checkpoint signed: somebody has sealed the log anew.
    Rewritten,
}

impl FaultKind {
    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Edited => "edited",
            Self::Deleted => "deleted",
            Self::Reordered => "reordered",
            Self::Truncated => "truncated",
            Self::SealEdited => "seal_edited",
            Self::SealRemoved => "seal_removed",
            Self::CheckpointForged => "checkpoint_forged",
            Self::CheckpointRemoved => "checkpoint_removed",
            Self::Rewritten => "rewritten",
        }
    }
}

/// Something wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Fault {
    /// The place in the tenant's sequence.
    pub seq: i64,
    /// What.
    pub kind: FaultKind,
}

/// How far the log goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub struct Extent {
    /// The place of the last line that is there.
    pub newest: i64,
    /// The place that was given last.
    pub given: i64,
    /// The place of the last seal.
    pub sealed_to: i64,
}

impl Extent {
    /// The last place that there should be a line at.
    pub fn end(&self) -> i64 {
        self.newest.max(self.given).max(self.sealed_to)
    }
}

/// A checkpoint as the file storage holds it: of the number after the last one that the database knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Beyond {
    /// There is none, as it should be.
    Nothing,
    /// There is one.
    Checkpoint(Checkpoint),
    /// There is something that is no checkpoint.
    Unreadable,
}

/// A part of a tenant's log.
#[derive(Debug, Clone)]
pub struct Stretch {
    /// Whose.
    pub tenant: String,
    /// The first place to look at, from 1.
    pub from: i64,
    /// The last.
    pub to: i64,
    /// How far the whole log goes.
    pub extent: Extent,
    /// The seal of the place before `from`; of the first place it is [`super::chain::BEGINNING`].
    pub before: Option<String>,
    /// Lines of these places, and of the one after, which helps to tell what was changed.
    pub lines: Vec<Line>,
    /// Seals likewise.
    pub seals: Vec<Seal>,
    /// The last checkpoint of an earlier place.
    pub checkpoint_before: Option<Checkpoint>,
    /// Checkpoints of these places.
    pub checkpoints: Vec<Checkpoint>,
    /// What the file storage holds beyond; looked at with the last stretch.
    pub beyond: Beyond,
}

/// Everything that is wrong with the stretch, by place, up to [`AUDIT_FAULTS_MAX`].
pub fn faults(stretch: &Stretch, keys: &Keys) -> Vec<Fault> {
    let mut check = Check::new(stretch);
    check.lines();
    check.checkpoints(keys);
    let mut faults = check.faults;
    faults.sort_unstable();
    faults.dedup();
    faults.truncate(AUDIT_FAULTS_MAX);
    faults
}

struct Check<'a> {
    stretch: &'a Stretch,
    lines: BTreeMap<i64, Vec<&'a Line>>,
    seals: BTreeMap<i64, &'a str>,
    /// The seal of each place as it should be, as far as that is known.
    proper: BTreeMap<i64, String>,
    faults: Vec<Fault>,
}

impl<'a> Check<'a> {
    fn new(stretch: &'a Stretch) -> Self {
        let mut lines: BTreeMap<i64, Vec<&Line>> = BTreeMap::new();
        for line in &stretch.lines {
            lines.entry(line.seq()).or_default().push(line);
        }
        let seals = stretch.seals.iter().map(|seal| (seal.seq, seal.hash.as_str())).collect();
        Self { stretch, lines, seals, proper: BTreeMap::new(), faults: Vec::new() }
    }

    fn fault(&mut self, seq: i64, kind: FaultKind) {
        self.faults.push(Fault { seq, kind });
    }

    fn lines(&mut self) {
        let extent = self.stretch.extent;
        let mut before = self.stretch.before.clone();
        if before.is_none() && self.stretch.from.saturating_sub(1) <= extent.sealed_to {
            self.fault(self.stretch.from - 1, FaultKind::SealRemoved);
        }
        for place in self.stretch.from..=self.stretch.to {
            let written = self.seals.get(&place).map(|hash| (*hash).to_owned());
            let claims = self.lines.get(&place).cloned().unwrap_or_default();
            let Some(line) = claims.first().copied() else {
                let is_end = place > extent.newest;
                self.fault(place, if is_end { FaultKind::Truncated } else { FaultKind::Deleted });
                if is_end {
                    return;
                }
                before = written;
                continue;
            };
            if claims.len() > 1 {
                self.fault(place, FaultKind::Reordered);
            }
            let sealed_now = before.as_deref().map(|before| line.seal(before));
            before = match (written, sealed_now) {
                (Some(written), Some(now)) if written != now => {
                    let kind = self.difference(place, line, &now);
                    self.fault(place, kind);
                    // Each fault is told once: what follows is measured by what is right.
                    Some(if kind == FaultKind::SealEdited { now } else { written })
                }
                (Some(written), _) => Some(written),
                (None, now) => {
                    if place <= extent.sealed_to {
                        self.fault(place, FaultKind::SealRemoved);
                    }
                    now
                }
            };
            if let Some(proper) = &before {
                self.proper.insert(place, proper.clone());
            }
        }
    }

    /// Why a line and its seal do not fit, when the line's own seal would be `now`.
    fn difference(&self, place: i64, line: &Line, now: &str) -> FaultKind {
        let is_confirmed = match (self.lines.get(&(place + 1)).and_then(|next| next.first()), self.seals.get(&(place + 1))) {
            (Some(next), Some(seal)) => next.seal(now) == **seal,
            _ => self.stretch.checkpoints.iter().any(|checkpoint| checkpoint.seq == place && checkpoint.hash == now),
        };
        if is_confirmed {
            return FaultKind::SealEdited;
        }
        let belongs_elsewhere = self.seals.iter().filter(|(other, _)| **other != place).any(|(other, seal)| {
            let before =
                if *other == self.stretch.from { self.stretch.before.as_deref() } else { self.seals.get(&(other - 1)).copied() };
            before.is_some_and(|before| line.at_place(*other).seal(before) == **seal)
        });
        if belongs_elsewhere { FaultKind::Reordered } else { FaultKind::Edited }
    }

    fn checkpoints(&mut self, keys: &Keys) {
        let stretch = self.stretch;
        let first = stretch.checkpoint_before.as_ref();
        // What the next one must name; `None` after one that nothing can be believed of.
        let after =
            |former: Option<&Checkpoint>| (former.map_or(1, |one| one.number.saturating_add(1)), former.map(Checkpoint::digest));
        let mut expected = Some(after(first));
        for checkpoint in &stretch.checkpoints {
            if checkpoint.tenant != stretch.tenant || !checkpoint.is_genuine(keys) {
                self.fault(checkpoint.seq, FaultKind::CheckpointForged);
                expected = None;
                continue;
            }
            if let Some((number, digest)) = expected {
                if checkpoint.number != number {
                    self.fault(checkpoint.seq, FaultKind::CheckpointRemoved);
                } else if checkpoint.previous != digest.unwrap_or_default() {
                    self.fault(checkpoint.seq, FaultKind::CheckpointForged);
                }
            }
            self.measure(checkpoint);
            expected = Some(after(Some(checkpoint)));
        }
        match &stretch.beyond {
            Beyond::Nothing => {}
            Beyond::Unreadable => self.fault(stretch.to, FaultKind::CheckpointForged),
            Beyond::Checkpoint(beyond) if beyond.tenant != stretch.tenant || !beyond.is_genuine(keys) => {
                self.fault(stretch.to, FaultKind::CheckpointForged);
            }
            Beyond::Checkpoint(beyond) if beyond.seq > stretch.extent.sealed_to => {
                self.fault(stretch.extent.sealed_to + 1, FaultKind::Truncated);
            }
            Beyond::Checkpoint(beyond) => self.fault(beyond.seq, FaultKind::CheckpointRemoved),
        }
    }

    /// Whether the log is the one that a genuine checkpoint signed.
    fn measure(&mut self, checkpoint: &Checkpoint) {
        if checkpoint.seq > self.stretch.extent.sealed_to {
            self.fault(self.stretch.extent.sealed_to + 1, FaultKind::Truncated);
        } else if self.proper.get(&checkpoint.seq).is_some_and(|proper| *proper != checkpoint.hash) {
            self.fault(checkpoint.seq, FaultKind::Rewritten);
        }
    }
}
