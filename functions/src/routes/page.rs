//! What the lists of people and organizations have in common: how many, after which, and where they go on.

use serde::Serialize;
use shared::error::ApiError;
use shared::http::Request;
use shared::limits::{PAGE_ROWS_DEFAULT, PAGE_ROWS_MAX};

/// Where a list goes on.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ListMeta {
    /// Whether another page follows.
    has_more: bool,
    /// `cursor` for the next page.
    next_cursor: Option<String>,
}

impl ListMeta {
    /// Goes on at `next`, if there is one.
    pub fn of(next: Option<String>) -> Self {
        Self { has_more: next.is_some(), next_cursor: next }
    }
}

/// How many rows are asked for: 1 to [`PAGE_ROWS_MAX`].
pub fn limit(request: &Request) -> Result<u32, ApiError> {
    match request.query.get("limit") {
        None => Ok(PAGE_ROWS_DEFAULT),
        Some(text) => text.parse().ok().filter(|limit| (1..=PAGE_ROWS_MAX).contains(limit)).ok_or_else(|| {
            ApiError::invalid(vec![
                shared::error::FieldError::new("limit", "out_of_range").arg("minimum", 1).arg("maximum", PAGE_ROWS_MAX),
            ])
        }),
    }
}

/// The id that the cursor names, or nothing; `is_id` tells whether it is one of the list's.
pub fn cursor(request: &Request, is_id: impl Fn(&str) -> bool) -> Result<&str, ApiError> {
    match request.query.get("cursor") {
        None => Ok(""),
        Some(id) if is_id(id) => Ok(id),
        Some(_) => Err(ApiError::field("cursor", "bad_cursor")),
    }
}

/// Refuses query parameters that the list does not know.
pub fn known(request: &Request, names: &[&str]) -> Result<(), ApiError> {
    match request.query.pairs().find(|(name, _)| !names.contains(name) && !matches!(*name, "limit" | "cursor" | "version")) {
        None => Ok(()),
        Some((name, _)) => Err(ApiError::field(name, "unknown_field")),
    }
}

/// Cuts the one row too many that was asked for, and says where the list goes on.
pub fn cut<T>(rows: &mut Vec<T>, limit: u32, id: impl Fn(&T) -> String) -> ListMeta {
    let limit = limit as usize;
    let has_more = rows.len() > limit;
    rows.truncate(limit);
    ListMeta::of(rows.last().filter(|_| has_more).map(id))
}
