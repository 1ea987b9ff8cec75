//! GET /tickets: the client's own tickets, the organization's, or those that the client follows.

use shared::database::TenantStatement;
use shared::error::ApiError;
use shared::http::{Query, Request, Response};
use shared::store::tickets as store;

use crate::actions::ticket_list;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::show::ticket_row;
use crate::pages::view::tickets::ClientList;
use crate::routes::tickets::list;

/// The tabs of the page.
const TABS: &[&str] = &["open", "waiting_customer", "resolved", "closed", "all"];

/// Shows the list.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let person = ctx.person()?;
    let status = request.query.filled("status").filter(|status| TABS.contains(status)).unwrap_or("open").to_owned();
    // Staff have no organization here: on the portal they are requesters like everybody.
    let shown = match request.query.get("scope") {
        Some("organization") if !person.role.is_staff() => "organization",
        Some("following") => "following",
        _ => "mine",
    };
    let (scope, mut list) = list::parse(ctx, &api_query(&request.query, shown, &status))?;
    list.brief = true;
    let mine: Vec<TenantStatement> = person.organization.as_ref().map(store::organization).into_iter().collect();
    let (tickets, rest) = ticket_list::load(ctx, &scope, &list, mine).await?;
    let organization = rest.first().map(shared::database::Rows::first::<store::OrganizationRow>).transpose()?.flatten();
    let address = |cursor: Option<&str>| format!("/tickets?{}", request.query.with("cursor", cursor));
    let view = ClientList {
        scope: shown.to_owned(),
        organization_visible: organization.is_some() && ctx.tenant.settings().organization_tickets_visible,
        organization: organization.map(|organization| organization.name),
        status,
        q: request.query.filled("q").unwrap_or_default().to_owned(),
        rows: ticket_row::rows(ctx, &tickets),
        next: tickets.next.as_deref().map(|cursor| address(Some(cursor))),
        first: request.query.filled("cursor").map(|_| address(None)),
    };
    render::page(ctx, &frame, 200, "portal/tickets", view)
}

/// The page's parameters as the list knows them: what a page does not offer is left out rather than refused.
fn api_query(query: &Query, scope: &str, status: &str) -> Query {
    let kept = ["q", "cursor"].into_iter().filter_map(|name| query.filled(name).map(|value| (name, value)));
    let status = (status != "all").then_some(("status", status));
    kept.chain([("scope", scope)]).chain(status).collect()
}
