//! A page of tickets, for the API, the queues and the client's lists.

use std::rc::Rc;

use shared::access::{Permission, TicketScope};
use shared::business_time::Calendar;
use shared::database::{Rows, TenantStatement};
use shared::error::ApiError;
use shared::sla::Clocks;
use shared::store::ticket_list as store;
use shared::ticket::{TicketRow, TicketView};
use shared::ticket_list::ListRequest;

use crate::actions::sla::clocks;
use crate::context::Ctx;
use crate::context::directory::{Directory, Wanted};

/// A page of tickets with what is needed to show it.
pub struct TicketPage {
    /// The tickets, names filled in.
    pub rows: Vec<TicketRow>,
    /// The next page's cursor, if there is one.
    pub next: Option<String>,
    /// The desk that they are of.
    pub directory: Rc<Directory>,
    standard: Calendar,
}

/// Refuses what the actor may not list at all: deleted tickets are shown to those who may bring them back.
pub fn admit(ctx: &Ctx<'_>, request: &ListRequest) -> Result<(), ApiError> {
    if request.filter.deleted && !ctx.actor.may(Permission::TicketDelete) { Err(ApiError::forbidden()) } else { Ok(()) }
}

/// Loads a page of tickets and `more` in one round trip; answers those of `more` beside it, in order. The page is empty when the
/// actor sees no tickets, or a search has no word in it.
pub async fn load(
    ctx: &Ctx<'_>,
    scope: &TicketScope,
    request: &ListRequest,
    more: Vec<TenantStatement>,
) -> Result<(TicketPage, Vec<Rows>), ApiError> {
    let (mut pages, rest) = load_several(ctx, scope, std::slice::from_ref(request), more).await?;
    let page = pages.pop().ok_or_else(|| ApiError::internal("a list was not answered"))?;
    Ok((page, rest))
}

/// The same for the first pages of several lists at once, in their order.
pub async fn load_several(
    ctx: &Ctx<'_>,
    scope: &TicketScope,
    requests: &[ListRequest],
    more: Vec<TenantStatement>,
) -> Result<(Vec<TicketPage>, Vec<Rows>), ApiError> {
    let reads_notes = ctx.actor.scope(Permission::TicketReadInternal) == *scope;
    let asked = requests.iter().map(|request| (request, store::page(ctx.tenant, scope, reads_notes, request))).collect();
    load_by(ctx, asked, more).await
}

/// The same of lists that are asked for by statements of their own, each with the request that it answers as a list would.
pub async fn load_by(
    ctx: &Ctx<'_>,
    asked: Vec<(&ListRequest, Option<TenantStatement>)>,
    more: Vec<TenantStatement>,
) -> Result<(Vec<TicketPage>, Vec<Rows>), ApiError> {
    let wanted = Wanted::of(ctx);
    let (requests, statements): (Vec<&ListRequest>, Vec<Option<TenantStatement>>) = asked.into_iter().unzip();
    let are_asked: Vec<bool> = statements.iter().map(Option::is_some).collect();
    let batch: Vec<TenantStatement> =
        wanted.statements().into_iter().chain(statements.into_iter().flatten()).chain(more).collect();
    let mut answers = ctx.db.batch(batch).await?.into_iter();
    let directory = wanted.take(ctx, &mut answers)?;
    let mut pages = Vec::with_capacity(requests.len());
    for (request, is_asked) in requests.into_iter().zip(are_asked) {
        let (mut rows, next) = if is_asked {
            let page = answers.next().ok_or_else(|| ApiError::internal("a list was not answered"))?;
            store::read(&page, request)?
        } else {
            (Vec::new(), None)
        };
        for row in &mut rows {
            name(row, &directory);
        }
        let standard = clocks::standard_calendar(ctx.tenant.zone());
        pages.push(TicketPage { rows, next, directory: Rc::clone(&directory), standard });
    }
    Ok((pages, answers.collect()))
}

/// Fills in the names of what a list row carries by id.
fn name(row: &mut TicketRow, directory: &Directory) {
    if let Some(member) = row.assignee_id.as_ref().and_then(|id| directory.member(id)) {
        row.assignee_name = Some(member.name.clone());
        row.assignee_email = Some(member.email.clone());
        row.assignee_locale = member.locale;
    }
    row.department_name = row.department_id.as_ref().and_then(|id| directory.department(id)).map(|each| each.name.clone());
    row.category_name = row.category.as_deref().and_then(|slug| directory.category(slug)).map(|each| each.name.clone());
    let policy = row.clocks.as_ref().and_then(Clocks::policy_id);
    row.sla_policy_name = policy.and_then(|id| directory.promises.policy_name(id)).map(str::to_owned);
}

impl TicketPage {
    /// The calendar that a ticket's clocks count by.
    pub fn calendar(&self, row: &TicketRow) -> &Calendar {
        let own = row.sla_calendar_id.as_ref().and_then(|id| self.directory.calendar(id));
        own.map_or(&self.standard, |(_, calendar)| calendar)
    }

    /// The tickets as the API answers them, each as the actor may see it.
    pub fn views(&self, ctx: &Ctx<'_>) -> Vec<TicketView> {
        self.rows
            .iter()
            .map(|row| {
                let internal = ctx.actor.may_on(Permission::TicketReadInternal, &row.facts(&[]));
                TicketView::in_list(row, ctx.tenant, self.calendar(row), ctx.now).for_actor(&ctx.actor, internal)
            })
            .collect()
    }
}
