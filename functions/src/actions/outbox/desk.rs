//! The mail log: what left, what waits, what failed and why; and another try of what failed.

use serde_json::json;
use shared::error::ApiError;
use shared::id::OutboxId;
use shared::mail::address::normalize;
use shared::platform::Wake;
use shared::store::outbox::{self as store, LogFilter, Logged};

use crate::actions::audit;
use crate::context::Ctx;

/// A place in a list that is ordered by moment and id, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// Milliseconds since 1970.
    pub at: i64,
    /// Id.
    pub id: String,
}

impl Cursor {
    /// Before the newest.
    pub fn start() -> Self {
        Self { at: 9_000_000_000_000_000, id: "z".to_owned() }
    }

    /// Reads what [`Cursor::text`] wrote.
    pub fn parse(text: &str) -> Result<Self, ApiError> {
        let (at, id) = text.split_once('.').ok_or_else(|| ApiError::field("cursor", "bad_cursor"))?;
        let at = at.parse().map_err(|_| ApiError::field("cursor", "bad_cursor"))?;
        Ok(Self { at, id: id.to_owned() })
    }

    /// For a query.
    pub fn text(&self) -> String {
        format!("{}.{}", self.at, self.id)
    }

    /// As the store takes it.
    pub fn place(&self) -> (i64, &str) {
        (self.at, &self.id)
    }
}

/// A page of the log.
pub struct LogPage {
    /// Mails, newest first.
    pub rows: Vec<Logged>,
    /// Where the next page begins.
    pub next: Option<Cursor>,
}

/// What the log is narrowed to: a state, and an address or the number of a ticket. `None` for words that are neither: they
/// find nothing.
pub fn filter(ctx: &Ctx<'_>, state: Option<&str>, words: Option<&str>) -> Result<Option<LogFilter>, ApiError> {
    let state = match state {
        None => None,
        Some(state @ ("queued" | "sent" | "failed")) => Some(state.to_owned()),
        Some(_) => return Err(ApiError::field("state", "unknown_value")),
    };
    let mut filter = LogFilter { state, ..LogFilter::default() };
    if let Some(words) = words {
        filter.number = ctx.tenant.ticket_number(words);
        filter.recipient = normalize(words);
        if filter.number.is_none() && filter.recipient.is_none() {
            return Ok(None);
        }
    }
    Ok(Some(filter))
}

/// Reads a page of the log.
pub async fn log(ctx: &Ctx<'_>, filter: Option<&LogFilter>, before: &Cursor, limit: u32) -> Result<LogPage, ApiError> {
    let Some(filter) = filter else { return Ok(LogPage { rows: Vec::new(), next: None }) };
    let rows = store::logged(&ctx.db.run(store::log(filter, before.place(), limit + 1)).await?)?;
    Ok(page(rows, limit))
}

/// Cuts the surplus row off, which only shows that there is more.
pub fn page(mut rows: Vec<Logged>, limit: u32) -> LogPage {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|row| Cursor { at: row.created_at.timestamp_millis(), id: row.id.to_string() });
    LogPage { rows, next }
}

/// Queues a mail that failed once more.
pub async fn retry(ctx: &Ctx<'_>, id: &OutboxId) -> Result<Logged, ApiError> {
    let logged = || async { ctx.db.run(store::one(id)).await?.first::<Logged>()?.ok_or_else(ApiError::not_found) };
    let before = logged().await?;
    let mut batch = store::retry(id, ctx.now).to_vec();
    batch.push(audit::line(ctx, "mail.retried", id.as_str(), json!({ "error": before.error, "recipient": before.recipient })));
    batch.push(store::one(id));
    let answers =
        ctx.db.batch(batch).await.map_err(|error| {
            if error.is_refused_by("conflict") { ApiError::conflict("mail_not_failed") } else { error.into() }
        })?;
    ctx.wake(Wake::Outbox(ctx.tenant.id().clone()));
    let after = answers.last().ok_or_else(|| ApiError::internal("the batch was not answered"))?;
    after.first::<Logged>()?.ok_or_else(ApiError::not_found)
}
