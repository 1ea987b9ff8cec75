//! A page of tickets, for the API, the queues and the client's lists.

use shared::access::TicketScope;
use shared::business_time::Calendar;
use shared::database::{Rows, TenantStatement};
use shared::error::ApiError;
use shared::store::sla::{self, CalendarRow};
use shared::store::ticket_list::{self as store, NameRow};
use shared::ticket::{TicketRow, TicketView};
use shared::ticket_list::ListRequest;

use crate::actions::sla::clocks;
use crate::context::Ctx;

/// A page of tickets with what is needed to show it.
pub struct TicketPage {
    /// The tickets, names filled in.
    pub rows: Vec<TicketRow>,
    /// The next page's cursor, if there is one.
    pub next: Option<String>,
    calendars: Vec<(String, Calendar)>,
    standard: Calendar,
}

/// How many results [`read`] takes from the batch.
pub const STATEMENTS: usize = 3;

/// The statements of a page: put them first into the batch that loads whatever else the page shows. `None` when the actor
/// sees no tickets, or a search has no word in it: the page is empty.
pub fn statements(ctx: &Ctx<'_>, scope: &TicketScope, request: &ListRequest) -> Option<Vec<TenantStatement>> {
    Some(vec![store::page(ctx.tenant, scope, request)?, store::names(), sla::calendars()])
}

/// The page from the first [`STATEMENTS`] results of the batch.
pub fn read(ctx: &Ctx<'_>, request: &ListRequest, results: &[Rows]) -> Result<TicketPage, ApiError> {
    let [page, names, calendars, ..] = results else { return Err(ApiError::internal("a list answered too few results")) };
    let (mut rows, next) = store::read::<TicketRow>(page, request)?;
    let names: Vec<NameRow> = names.all()?;
    let name = |kind: &str, id: &str| names.iter().find(|row| row.kind == kind && row.id == id).map(|row| row.name.clone());
    for row in &mut rows {
        row.department_name = row.department_id.as_ref().and_then(|id| name("department", id.as_str()));
        row.category_name = row.category.as_deref().and_then(|slug| name("category", slug));
        row.sla_policy_name = row.clocks.as_ref().and_then(shared::sla::Clocks::policy_id).and_then(|id| name("policy", id));
    }
    let calendars = calendars
        .all::<CalendarRow>()?
        .into_iter()
        .filter_map(|row| serde_json::from_str(&row.definition).ok().map(|calendar| (row.id.to_string(), calendar)))
        .collect();
    Ok(TicketPage { rows, next, calendars, standard: clocks::standard_calendar(ctx.tenant.zone()) })
}

/// An empty page.
pub fn empty(ctx: &Ctx<'_>) -> TicketPage {
    TicketPage { rows: Vec::new(), next: None, calendars: Vec::new(), standard: clocks::standard_calendar(ctx.tenant.zone()) }
}

impl TicketPage {
    /// The calendar that a ticket's clocks count by.
    pub fn calendar(&self, row: &TicketRow) -> &Calendar {
        let id = row.sla_calendar_id.as_ref().map(shared::id::CalendarId::as_str);
        self.calendars.iter().find(|(each, _)| Some(each.as_str()) == id).map_or(&self.standard, |(_, calendar)| calendar)
    }

    /// The tickets as the API answers them, each as the actor may see it.
    pub fn views(&self, ctx: &Ctx<'_>) -> Vec<TicketView> {
        self.rows
            .iter()
            .map(|row| TicketView::of(row, &[], ctx.tenant, self.calendar(row), ctx.now).for_actor(&ctx.actor))
            .collect()
    }
}
