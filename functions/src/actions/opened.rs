//! What somebody has opened: the tickets that they looked at last, and the tabs that stand open. Nobody's business but theirs, so neither
//! is a change that the audit log tells of.

use serde::{Deserialize, Serialize};
use shared::database::Rows;
use shared::error::{ApiError, FieldError};
use shared::limits::TABS_MAX;
use shared::store::opened_tickets::{self as store, OpenedRow};
use utoipa::ToSchema;

use crate::context::Ctx;

/// A ticket that one has opened.
#[derive(Debug, Serialize, ToSchema)]
pub struct OpenedTicket {
    /// Number (ACME-1042).
    pub number: String,
    /// Title.
    pub title: String,
    /// Status.
    pub status: String,
    /// Whether it has changed since one looked at it.
    pub unread: bool,
    /// Whether one has begun an answer to it that is not sent.
    pub draft: bool,
    /// When it was opened last.
    pub opened_at: String,
}

/// They, in an envelope.
#[derive(Debug, Serialize, ToSchema)]
pub struct OpenedTickets {
    /// In order.
    pub data: Vec<OpenedTicket>,
}

/// The tabs that one wants.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TabsIn {
    /// Numbers of tickets (ACME-1042) in the order of their tabs, 20 at most.
    pub tickets: Vec<String>,
}

/// Reads rows of [`store`].
pub fn read(rows: &Rows) -> Result<Vec<OpenedRow>, ApiError> {
    Ok(rows.all()?)
}

/// The rows as the API answers them.
pub fn answered(ctx: &Ctx<'_>, rows: Vec<OpenedRow>) -> OpenedTickets {
    let one = |row: OpenedRow| OpenedTicket {
        number: ctx.tenant.ticket_reference(row.number),
        title: row.title,
        status: row.status.as_str().to_owned(),
        unread: row.unread,
        draft: row.draft,
        opened_at: row.opened_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
    };
    OpenedTickets { data: rows.into_iter().map(one).collect() }
}

/// What one has opened last.
pub async fn recent(ctx: &Ctx<'_>) -> Result<OpenedTickets, ApiError> {
    let rows = ctx.db.run(store::recent(&ctx.person()?.id, &ctx.actor.ticket_scope())).await?;
    Ok(answered(ctx, read(&rows)?))
}

/// One's tabs.
pub async fn tabs(ctx: &Ctx<'_>) -> Result<OpenedTickets, ApiError> {
    let rows = ctx.db.run(store::tabs(&ctx.person()?.id, &ctx.actor.ticket_scope())).await?;
    Ok(answered(ctx, read(&rows)?))
}

/// Makes `wanted` one's tabs in the place of those before; what is no ticket that one sees is none. What is sent last holds.
pub async fn set_tabs(ctx: &Ctx<'_>, wanted: &TabsIn) -> Result<OpenedTickets, ApiError> {
    if wanted.tickets.len() > TABS_MAX as usize {
        return Err(ApiError::invalid(vec![FieldError::new("tickets", "too_many").arg("maximum", TABS_MAX)]));
    }
    let numbers: Option<Vec<i64>> = wanted.tickets.iter().map(|text| ctx.tenant.ticket_number(text)).collect();
    let numbers = numbers.ok_or_else(|| ApiError::field("tickets", "unknown_value"))?;
    let person = &ctx.person()?.id;
    let [close, open] = store::set_tabs(person, &numbers, ctx.now);
    let answers = ctx.db.batch(vec![close, open, store::tabs(person, &ctx.actor.ticket_scope())]).await?;
    let [_, _, rows] = answers.as_slice() else { return Err(ApiError::internal("the tabs answered too few results")) };
    Ok(answered(ctx, read(rows)?))
}
