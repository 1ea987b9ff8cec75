//! GET /tickets/search: the client looks for words among all tickets that they see, finished ones too.

use shared::error::ApiError;
use shared::http::{Query, Request, Response};
use shared::limits::SEARCH_CHARS_MAX;
use shared::ticket_list::ListRequest;

use crate::actions::ticket_list;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::show::ticket_row;
use crate::pages::view::tickets::ClientSearch;

/// Shows what is found.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let person = ctx.person()?;
    let q: String = request.query.filled("q").unwrap_or_default().chars().take(SEARCH_CHARS_MAX).collect();
    if q.trim().is_empty() {
        let view = ClientSearch { q: String::new(), ask: String::new(), rows: Vec::new(), next: None, first: None };
        return render::page(ctx, &frame, 200, "portal/search", view);
    }
    let asked: Query = [("q", Some(q.as_str())), ("cursor", request.query.filled("cursor"))]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect();
    let mut list = ListRequest::parse(&asked, &[]).map_err(ApiError::invalid)?;
    list.brief = true;
    // Staff see everything, but here they are requesters like everybody.
    list.filter.requester = person.role.is_staff().then(|| person.id.clone());
    let (tickets, _) = ticket_list::load(ctx, &ctx.actor.ticket_scope(), &list, Vec::new()).await?;
    let address = |cursor: Option<&str>| format!("/tickets/search?{}", request.query.with("cursor", cursor));
    let view = ClientSearch {
        ask: format!("/tickets/new?{}", Query::default().with("title", Some(&q))),
        q,
        rows: ticket_row::rows(ctx, &tickets),
        next: tickets.next.as_deref().map(|cursor| address(Some(cursor))),
        first: request.query.filled("cursor").map(|_| address(None)),
    };
    render::page(ctx, &frame, 200, "portal/search", view)
}
