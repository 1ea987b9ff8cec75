//! What goes by the clock and belongs to no aggregate: the tenant's next due moment.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::database::{DbError, Rows, TenantStatement};
use crate::tenant_statements;
use crate::values;

tenant_statements! {
    /// The earliest moment at which an SLA clock has something to say, a message goes out, a ticket comes back or somebody is reminded.
    NEXT_DUE = "SELECT MIN(due_at) AS due_at FROM (
        SELECT * FROM (SELECT due_at FROM sla_timers WHERE tenant_id = ?1 ORDER BY due_at LIMIT 1)
        UNION ALL SELECT * FROM (SELECT due_at FROM pending_comments WHERE tenant_id = ?1 AND held IS NULL ORDER BY due_at LIMIT 1)
        UNION ALL SELECT * FROM (SELECT snoozed_until FROM tickets INDEXED BY tickets_snoozed_due WHERE tenant_id = ?1 AND snoozed_until < 9007199254740991 ORDER BY snoozed_until LIMIT 1)
        UNION ALL SELECT * FROM (SELECT due_at FROM reminders WHERE tenant_id = ?1 AND rung_at IS NULL ORDER BY due_at LIMIT 1))";
}

#[derive(Deserialize)]
struct DueRow {
    due_at: Option<i64>,
}

/// Asks for the tenant's next due moment.
pub fn next_due() -> TenantStatement {
    NEXT_DUE.with(values![])
}

/// What [`next_due`] answered; nothing when no clock runs.
pub fn due(rows: &Rows) -> Result<Option<DateTime<Utc>>, DbError> {
    Ok(rows.first::<DueRow>()?.and_then(|row| row.due_at).and_then(DateTime::from_timestamp_millis))
}
