//! GET /api/audit/verify: administrators with audit.read. Whether the log is what was written, at most five hundred lines a request.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;
use shared::audit::Fault;
use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::audit::verify::{self, Verdict};
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::page::{self, ListMeta};

/// The verdict on a part of the log.
#[derive(Serialize, utoipa::ToSchema)]
pub struct AuditVerdict {
    /// What was found.
    data: AuditFindings,
    /// Where to go on; the whole log is checked when there is no more.
    meta: ListMeta,
}

/// What a check found.
#[derive(Serialize, utoipa::ToSchema)]
pub struct AuditFindings {
    /// Whether nothing is wrong with this part.
    ok: bool,
    /// The first line that was looked at.
    checked_from: i64,
    /// The last one.
    checked_to: i64,
    /// What is wrong, by place; the first twenty.
    faults: Vec<Fault>,
    /// Up to which line the log is sealed. Younger lines are sealed within minutes; of them it is known only whether they are there.
    sealed_to: i64,
    /// The last line.
    newest: i64,
    /// The last checkpoint.
    checkpoint: Option<AuditCheckpoint>,
}

/// A seal that the product has signed.
#[derive(Serialize, utoipa::ToSchema)]
pub struct AuditCheckpoint {
    /// Number.
    number: i64,
    /// Up to which line.
    seq: i64,
    /// That line's seal.
    hash: String,
    /// When it was signed.
    at: Option<DateTime<Utc>>,
    /// Which secret has signed.
    key_id: String,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("audit", "Check the audit log")
        .about(
            "Compares lines, seals and signed checkpoints. A fault names a place (`seq`) and what is wrong with it: edited, deleted, \
             reordered, truncated, seal_edited, seal_removed, checkpoint_forged, checkpoint_removed, rewritten.",
        )
        .query("cursor", "next_cursor of the part before: the line to begin with")
        .answers::<AuditVerdict>(
            200,
            "The verdict on a part of the log",
            json!({
                "data": {
                    "ok": false, "checked_from": 1, "checked_to": 500, "faults": [{"seq": 42, "kind": "edited"}], "sealed_to": 1040,
                    "newest": 1042, "checkpoint": {
                        "number": 7, "seq": 1000, "hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                        "at": "2026-03-02T07:00:00Z", "key_id": "4c7d659a2feaa0c5"
                    }
                },
                "meta": {"has_more": true, "next_cursor": "501"}
            }),
        )
        .refuses(&[401, 403, 422])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    page::known(&request, &[])?;
    let from = verify::beginning(&request.query)?;
    let (verdict, _) = verify::verify(ctx, from, Vec::new()).await?;
    Ok(Response::json(200, &view(from, verdict)))
}

fn view(from: i64, verdict: Verdict) -> AuditVerdict {
    let meta = ListMeta::of(verdict.next.map(|next| next.to_string()));
    let data = AuditFindings {
        ok: verdict.faults.is_empty(),
        checked_from: from,
        checked_to: verdict.checked_to,
        faults: verdict.faults,
        sealed_to: verdict.extent.sealed_to,
        newest: verdict.extent.newest,
        checkpoint: verdict.checkpoint.map(|checkpoint| AuditCheckpoint {
            number: checkpoint.number,
            seq: checkpoint.seq,
            hash: checkpoint.hash,
            at: DateTime::from_timestamp_millis(checkpoint.at),
            key_id: checkpoint.key_id,
        }),
    };
    AuditVerdict { data, meta }
}
