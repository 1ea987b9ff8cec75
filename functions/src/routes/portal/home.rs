//! GET /: the client's front page; staff are led to their queue, visitors to sign in.

use shared::access::Person;
use shared::database::{Rows, TenantStatement};
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::tickets as store;
use shared::ticket_list::{Filter, ListRequest, Order};

use crate::actions::ticket_list;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::show::ticket_row;
use crate::pages::view::tickets::{ClientHome, Row};

/// Rows of a part of the page.
const SHOWN: usize = 8;
/// Rows that are read where some of them stand in another part of the page.
const READ: u32 = 16;

/// Shows the way.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    match ctx.actor.person() {
        None => Ok(Response::see_other("/login")),
        Some(person) if person.role.is_staff() => Ok(Response::see_other("/agent")),
        Some(person) => page(ctx, &request, person).await,
    }
}

async fn page(ctx: &Ctx<'_>, request: &Request, person: &Person) -> Result<Response, ApiError> {
    let frame = Frame::of(request);
    let own = Filter { requester: Some(person.id.clone()), ..Filter::default() };
    let waiting = Filter { status: Some("waiting_customer".to_owned()), is_open: Some(true), ..own.clone() };
    let open = Filter { is_open: Some(true), ..own.clone() };
    let finished = Filter { is_open: Some(false), ..own };
    let mut lists = vec![list(waiting, READ), list(open, READ), list(finished, READ / 4)];
    let shown = person.organization.as_ref().filter(|_| ctx.tenant.settings().organization_tickets_visible);
    lists.extend(shown.map(|organization| {
        list(Filter { organization: Some(organization.clone()), is_open: Some(true), ..Filter::default() }, READ)
    }));
    let named: Vec<TenantStatement> = shown.map(store::organization).into_iter().collect();
    let (pages, rest) = ticket_list::load_several(ctx, &ctx.actor.ticket_scope(), &lists, named).await?;
    let organization = rest.first().map(Rows::first::<store::OrganizationRow>).transpose()?.flatten();
    let mut parts = pages.iter().map(|page| ticket_row::rows(ctx, page));
    let mut next = || parts.next().unwrap_or_default();
    let (waiting, open, finished, of_organization) = (next(), next(), next(), next());
    let view = ClientHome {
        waiting: first(waiting, &|_| true),
        open: first(open, &|row| row.status != "waiting_customer"),
        finished: first(finished, &|_| true),
        colleagues: first(of_organization, &|row| row.requester.id != person.id.as_str()),
        organization_visible: organization.is_some(),
        organization: organization.map(|organization| organization.name),
    };
    render::page(ctx, &frame, 200, "portal/home", view)
}

fn list(filter: Filter, limit: u32) -> ListRequest {
    ListRequest { filter, words: None, order: Order::DEFAULT, limit, cursor: None, brief: true, reader: None }
}

fn first(rows: Vec<Row>, is_of_this: &dyn Fn(&Row) -> bool) -> Vec<Row> {
    rows.into_iter().filter(is_of_this).take(SHOWN).collect()
}
