//! A ticket that another system has had: as it stood there, with its dates. Nobody is written to, and what is over starts no clock.

use chrono::{DateTime, Utc};
use serde_json::json;
use shared::database::TenantStatement;
use shared::error::ApiError;
use shared::sla::Event;
use shared::store::tickets::{self as store, DepartmentRow, PartyRow};
use shared::store::{history, search};
use shared::ticket::{Status, TicketRow, Visibility};

use super::create::NewTicket;
use super::draft::{Found, Prepared, categories, prepare};
use crate::actions::audit;
use crate::actions::sla::clocks;
use crate::context::Ctx;
use crate::context::directory::Directory;

/// How a ticket stood.
#[derive(Debug, Clone, Copy)]
pub struct Past<'a> {
    /// In which status.
    pub status: Status,
    /// When it was opened; now where that is not known.
    pub created_at: Option<DateTime<Utc>>,
    /// When it was resolved; when it was opened where that is not known.
    pub resolved_at: Option<DateTime<Utc>>,
    /// Who brings it in.
    pub by: &'a str,
    /// Names the import in the audit log.
    pub import: &'a str,
}

/// Those whom the ticket names, as they were found.
#[derive(Debug, Clone)]
pub struct Named {
    /// The requester, if the tenant has them.
    pub requester: Option<PartyRow>,
    /// Who works on it.
    pub assignee: Option<PartyRow>,
    /// The department.
    pub department: Option<DepartmentRow>,
}

/// What writes such a ticket: its row, history and audit line, and the row itself.
pub(in crate::actions) fn bring_in(
    ctx: &Ctx<'_>,
    new: &NewTicket<'_>,
    directory: &Directory,
    named: Named,
    past: Past<'_>,
) -> Result<(TicketRow, Vec<TenantStatement>), ApiError> {
    let found = Found {
        requester: named.requester,
        categories: categories(directory),
        promises: std::rc::Rc::clone(&directory.promises),
        assignee: named.assignee,
        department: named.department,
    };
    let Prepared { mut row, author, person } = prepare(ctx, new, found)?;
    let opened_at = past.created_at.unwrap_or(ctx.now);
    take_up(ctx, &mut row, past, opened_at);
    let calendar = clocks::calendar_of(ctx.tenant, &row);
    let mut batch: Vec<TenantStatement> = Vec::new();
    batch.extend(person);
    batch.extend(store::insert(&row));
    if !row.status.is_open() {
        batch.extend(store::save(&row, false, false));
    }
    if !row.tags.is_empty() {
        batch.push(store::insert_tags(&row.id, &row.tags));
    }
    batch.extend(search::index_ticket(&row.id, &row.title, &row.description));
    batch.extend(clocks::rows(&row, &calendar).0);
    let line = |at, actor: &str, kind: &'static str, from: Option<Status>, to: &str| {
        history::append(history::Line {
            id: ctx.ids().next(),
            ticket: &row.id,
            at,
            actor,
            kind,
            visibility: Visibility::Public,
            from: from.map(|status| status.as_str().to_owned()),
            to: Some(to.to_owned()),
        })
    };
    batch.push(line(opened_at, &author.reference(), "created", None, row.channel.as_str()));
    if row.status != Status::New {
        let at = row.resolved_at.unwrap_or(ctx.now);
        batch.push(line(at, past.by, "status", Some(Status::New), row.status.as_str()));
    }
    let detail = json!({
        "channel": row.channel, "priority": row.priority, "category": row.category, "requester": row.requester_id, "import": past.import
    });
    batch.push(audit::line_of(ctx, past.by, "ticket.created", row.id.as_str(), detail));
    Ok((row, batch))
}

/// The row as the ticket stood. The clocks of one that is still open have begun now: nobody here could have answered before. One that is
/// over has none.
fn take_up(ctx: &Ctx<'_>, row: &mut TicketRow, past: Past<'_>, opened_at: DateTime<Utc>) {
    row.created_at = opened_at;
    row.updated_at = if past.status.is_open() { ctx.now } else { past.resolved_at.unwrap_or(opened_at) };
    row.status = past.status;
    match past.status {
        Status::New | Status::InProgress => {}
        Status::WaitingCustomer => {
            let calendar = clocks::calendar_of(ctx.tenant, row);
            if let Some(clocks) = &mut row.clocks {
                // They have begun at this moment: nothing can be late.
                let _: Vec<_> = clocks.apply(Event::Paused, ctx.now, &calendar);
            }
        }
        Status::Resolved | Status::Closed => {
            row.clocks = None;
            row.next_due_at = None;
            row.sla_calendar_id = None;
            row.resolved_at = Some(row.updated_at);
            row.closed_at = (row.status == Status::Closed).then_some(row.updated_at);
            row.resolution_cycle = 1;
        }
    }
}
