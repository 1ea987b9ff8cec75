//! What goes by the clock and belongs to no aggregate: the tenant's next due moment.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::database::{DbError, Rows, TenantStatement};
use crate::tenant_statements;
use crate::values;

tenant_statements! {
    /// The earliest moment at which an SLA clock has something to say.
    NEXT_DUE = "SELECT due_at FROM sla_timers WHERE tenant_id = ?1 ORDER BY due_at LIMIT 1";
}

#[derive(Deserialize)]
struct DueRow {
    due_at: i64,
}

/// Asks for the tenant's next due moment.
pub fn next_due() -> TenantStatement {
    NEXT_DUE.with(values![])
}

/// What [`next_due`] answered; nothing when no clock runs.
pub fn due(rows: &Rows) -> Result<Option<DateTime<Utc>>, DbError> {
    Ok(rows.first::<DueRow>()?.and_then(|row| DateTime::from_timestamp_millis(row.due_at)))
}
