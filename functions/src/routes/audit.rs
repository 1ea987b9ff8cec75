//! `/api/audit`: the audit log for those who may read it, take it out, and check it.

pub mod export;
pub mod list;
pub mod verify;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use shared::store::audit::{Listed, Outcome};

use crate::actions::audit::VIA;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// A line of the audit log.
#[derive(Serialize, utoipa::ToSchema)]
pub struct AuditLine {
    /// Place in the tenant's sequence, from 1 and without gaps.
    seq: i64,
    /// Id.
    id: String,
    /// When.
    at: Option<DateTime<Utc>>,
    /// Who.
    actor: AuditParty,
    /// How the API key begins by which a service account asked.
    api_key: Option<String>,
    /// For whom, where somebody acted for somebody else.
    on_behalf_of: Option<String>,
    /// What, `module.verb`.
    action: String,
    /// On what.
    subject: AuditParty,
    /// Whether it was done or refused.
    outcome: Outcome,
    /// The request that did it.
    request_id: String,
    /// The client's address; empty when it was no request.
    network: String,
    /// What the client calls itself; empty likewise.
    user_agent: String,
    /// What was and what is, and whatever else belongs to it. Secrets are hidden.
    #[schema(value_type = Object)]
    detail: Value,
}

/// Somebody or something that a line names.
#[derive(Serialize, utoipa::ToSchema)]
pub struct AuditParty {
    /// Id, or the name of a thing that has none: `system`, `anonymous`, `GET /api/users`.
    id: String,
    /// A person's name or a ticket's number.
    name: Option<String>,
}

impl AuditLine {
    /// As it is answered.
    pub fn of(ctx: &Ctx<'_>, row: Listed) -> Self {
        let number = row.subject_number.map(|number| ctx.tenant.ticket_reference(number));
        Self {
            seq: row.seq,
            id: row.id,
            at: DateTime::from_timestamp_millis(row.at),
            actor: AuditParty { id: row.actor, name: row.actor_name },
            api_key: row.detail.get(VIA).and_then(Value::as_str).map(str::to_owned),
            on_behalf_of: row.on_behalf_of,
            action: row.action,
            subject: AuditParty { id: row.subject, name: number.or(row.subject_name) },
            outcome: row.outcome,
            request_id: row.request_id,
            network: row.network,
            user_agent: row.user_agent,
            detail: row.detail,
        }
    }
}

/// The filters that list and export have in common.
fn filtered(doc: ApiDoc) -> ApiDoc {
    doc.query("actor", "Id of a person; system, anonymous, service")
        .query("action", "An action, such as user.updated, or a module with its dot, such as user.")
        .query("subject", "Id of what it was done to, or the name of a thing that has none")
        .query("outcome", "done, refused")
        .query("network", "An IP address")
        .query("q", "An id, a request's id, a ticket's number, an address, or a part of the detail as it is written")
        .query("from", "RFC 3339: at this moment or later")
        .query("to", "RFC 3339: before this moment")
}

fn moment(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text).ok().map(|moment| moment.to_utc())
}

fn example() -> Value {
    json!({
        "seq": 1042, "id": "evt_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "at": "2026-03-02T07:00:00Z",
        "actor": {"id": "usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "name": "Anna Petrova"}, "api_key": null, "on_behalf_of": null, "action": "user.updated",
        "subject": {"id": "usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6c", "name": "Ivan Petrov"}, "outcome": "done",
        "request_id": "0190f5b2c3d47e8f9a0b1c2d3e4f5a6d", "network": "192.0.2.7", "user_agent": "Mozilla/5.0",
        "detail": {"from": {"role": "agent"}, "to": {"role": "manager"}}
    })
}
