//! Checkpoints: seals that the product has signed. Each names the one before, so none can be taken out of the row of them.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::Seal;
use crate::auth::signer::{Signer, sha256_hex};
use crate::id::TenantId;
use crate::limits::{AUDIT_CHECKPOINT_ROWS, AUDIT_CHECKPOINT_SECONDS};

/// Everything up to one line, signed. The same in the database and in the file storage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checkpoint {
    /// Whose log.
    #[serde(alias = "tenant_id")]
    pub tenant: String,
    /// From 1, one after another.
    pub number: i64,
    /// Up to which line.
    pub seq: i64,
    /// That line's seal.
    pub hash: String,
    /// When it was signed, in milliseconds since 1970.
    pub at: i64,
    /// [`Checkpoint::digest`] of the one before; empty for the first.
    pub previous: String,
    /// Which secret has signed.
    pub key_id: String,
    /// HMAC-SHA256 over all of the above.
    pub signature: String,
}

/// The deployment's secrets for checkpoints: the present one signs, those before are still believed.
#[derive(Clone)]
pub struct Keys(Vec<(String, Signer)>);

impl Keys {
    /// From the present secret and those that it has replaced.
    pub fn new(present: &str, before: &[String]) -> Self {
        let named = |secret: &str| {
            let signer = Signer::new(secret);
            let id = signer.sign("audit-key", &[]).chars().take(16).collect();
            (id, signer)
        };
        Self(std::iter::once(present).chain(before.iter().map(String::as_str)).map(named).collect())
    }

    fn find(&self, id: &str) -> Option<&Signer> {
        self.0.iter().find(|(known, _)| known == id).map(|(_, signer)| signer)
    }
}

impl Checkpoint {
    /// Signs `seal` as the checkpoint `number` of the tenant's log, after `before`.
    pub fn sign(keys: &Keys, tenant: &TenantId, number: i64, before: Option<&Self>, seal: &Seal, now: DateTime<Utc>) -> Self {
        let mut checkpoint = Self {
            tenant: tenant.as_str().to_owned(),
            number,
            seq: seal.seq,
            hash: seal.hash.clone(),
            at: now.timestamp_millis(),
            previous: before.map(Self::digest).unwrap_or_default(),
            key_id: String::new(),
            signature: String::new(),
        };
        if let Some((id, signer)) = keys.0.first() {
            checkpoint.key_id.clone_from(id);
            checkpoint.signature = checkpoint.signed_by(signer);
        }
        checkpoint
    }

    /// Whether one of our secrets has signed exactly this.
    pub fn is_genuine(&self, keys: &Keys) -> bool {
        let said = self.said();
        let parts: Vec<&str> = said.iter().map(String::as_str).collect();
        keys.find(&self.key_id).is_some_and(|signer| signer.verify("audit-checkpoint", &parts, &self.signature))
    }

    /// What the next one names it by.
    pub fn digest(&self) -> String {
        let said = self.said().join("\n");
        sha256_hex(format!("{said}\n{}", self.signature).as_bytes())
    }

    /// Whether a log that is sealed up to `sealed_to` is due for a checkpoint after `last`: after so many lines, or an hour after the last
    /// one, if there is anything new.
    pub fn is_due(last: Option<&Self>, sealed_to: i64, now: DateTime<Utc>) -> bool {
        let Some(last) = last else { return sealed_to > 0 };
        let waited = now.timestamp_millis().saturating_sub(last.at);
        sealed_to.saturating_sub(last.seq) >= AUDIT_CHECKPOINT_ROWS
            || sealed_to > last.seq && waited >= TimeDelta::seconds(AUDIT_CHECKPOINT_SECONDS).num_milliseconds()
    }

    fn signed_by(&self, signer: &Signer) -> String {
        let said = self.said();
        let parts: Vec<&str> = said.iter().map(String::as_str).collect();
        signer.sign("audit-checkpoint", &parts)
    }

    fn said(&self) -> [String; 7] {
        [
            self.tenant.clone(),
            self.number.to_string(),
            self.seq.to_string(),
            self.hash.clone(),
            self.at.to_string(),
            self.previous.clone(),
            self.key_id.clone(),
        ]
    }
}
