//! What a list of tickets is asked for: filters, order, page; parsed from a query, refused field by field.

mod cursor;
mod filter;
mod order;

pub use cursor::Cursor;
pub use filter::{Assignee, Filter, SlaFilter};
pub use order::{Driver, Order, Sort};

use crate::error::FieldError;
use crate::http::Query;
use crate::id::UserId;
use crate::limits::{PAGE_ROWS_DEFAULT, PAGE_ROWS_MAX, SEARCH_CHARS_MAX};

/// A list request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListRequest {
    /// Which tickets.
    pub filter: Filter,
    /// Full text, if searched.
    pub words: Option<String>,
    /// In which order.
    pub order: Order,
    /// How many, 1 to 100.
    pub limit: u32,
    /// Where to go on.
    pub cursor: Option<Cursor>,
    /// Without description and custom fields, which a page's list does not show.
    pub brief: bool,
    /// Whose looks the rows tell of, if anybody's.
    pub reader: Option<UserId>,
}

impl ListRequest {
    /// Reads the query. Every parameter that is not known is a fault, so that a misspelt filter never widens a list.
    /// `extra` are parameters that the caller reads itself (`include`, `version`).
    pub fn parse(query: &Query, extra: &[&str]) -> Result<Self, Vec<FieldError>> {
        let mut faults = Vec::new();
        let filter = Filter::parse(query, extra, &mut faults);
        let words = query.filled("q").map(str::to_owned);
        if words.as_ref().is_some_and(|words| words.chars().count() > SEARCH_CHARS_MAX) {
            faults.push(FieldError::new("q", "too_long").arg("maximum", SEARCH_CHARS_MAX));
        }
        let order = match query.filled("sort") {
            None => Order::DEFAULT,
            Some(text) => Order::parse(text).unwrap_or_else(|| {
                faults.push(FieldError::new("sort", "unknown_value"));
                Order::DEFAULT
            }),
        };
        let limit = match query.filled("limit").map(str::parse::<u32>) {
            None => PAGE_ROWS_DEFAULT,
            Some(Ok(limit)) if (1..=PAGE_ROWS_MAX).contains(&limit) => limit,
            Some(_) => {
                faults.push(FieldError::new("limit", "out_of_range").arg("minimum", 1).arg("maximum", PAGE_ROWS_MAX));
                PAGE_ROWS_DEFAULT
            }
        };
        // A search runs newest first in the index itself; another order would mean reading all of its matches. It finds no deleted ones.
        let order = if words.is_some() {
            if query.filled("sort").is_some() && order != Order::NEWEST {
                faults.push(FieldError::new("sort", "not_with_search"));
            }
            if filter.deleted {
                faults.push(FieldError::new("deleted", "not_with_search"));
            }
            Order::NEWEST
        } else {
            order
        };
        // The indexes for these orders begin with whether the work is done: the list must say which it wants.
        if matches!(order.sort, Sort::Due | Sort::Priority) && filter.is_open.is_none() && !filter.deleted {
            faults.push(FieldError::new("sort", "needs_status"));
        }
        let cursor = query.filled("cursor").and_then(|text| {
            let cursor = Cursor::decode(text, order);
            if cursor.is_none() {
                faults.push(FieldError::new("cursor", "bad_cursor"));
            }
            cursor
        });
        if faults.is_empty() { Ok(Self { filter, words, order, limit, cursor, brief: false, reader: None }) } else { Err(faults) }
    }
}
