//! The log line of a request: one JSON object, without bodies, tokens or addresses of people.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{Arrival, Traces};

#[derive(Serialize)]
struct Line<'a> {
    at: DateTime<Utc>,
    request_id: &'a str,
    method: &'a str,
    path: &'a str,
    route: &'a str,
    tenant: &'a str,
    actor: &'a str,
    status: u16,
    ms: i64,
    d1_trips: u32,
    d1_rows_read: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<&'a str>,
}

pub(super) fn line(arrival: &Arrival<'_>, traces: &Traces, status: u16, ended: DateTime<Utc>) -> String {
    let line = Line {
        at: arrival.started,
        request_id: &arrival.request_id,
        method: arrival.method.as_str(),
        // Links that carry their proof in the path are not written down.
        path: if arrival.path.starts_with("/rate/") { "/rate/..." } else { &arrival.path },
        route: traces.route,
        tenant: &traces.tenant,
        actor: &traces.actor,
        status,
        ms: (ended - arrival.started).num_milliseconds(),
        d1_trips: traces.round_trips,
        d1_rows_read: traces.rows_read,
        cause: traces.cause.as_deref(),
    };
    serde_json::to_string(&line).unwrap_or_default()
}
