//! POST /tickets/new: a ticket by form, from a client or from anybody who leaves an address.

use shared::error::{ApiError, FieldError};
use shared::http::{Query, Request, Response};
use shared::store::drafts::{self, Place};
use shared::ticket::{Body, Channel, Priority, Reference, Title, Visibility};

use super::new;
use crate::actions::tickets::{Created, Include, Landing, NewTicket, Requester, create, show};
use crate::actions::visitors::{self, Arrival};
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::view::account::Notice;
use crate::pages::view::shell::Flash;
use crate::pages::{self, flash, form, render, submission};

/// What comes back when a form is refused.
const KEPT: &[&str] = &["title", "description", "priority", "category", "erp_module", "email", "name", "after"];

/// Opens the ticket.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let wants_problem = pages::wants_problem(&request);
    new::admit(ctx)?;
    let visitor = if ctx.actor.person().is_none() { Some(visitors::arrive(ctx).await?) } else { None };
    if let Some(Arrival { categories, refusal: Some(error) }) = visitor {
        return new::page_with(ctx, &frame, error.status, form::refused(ctx, &error, &Query::default(), KEPT), categories);
    }
    let sent = submission::read_keeping(ctx, &mut request).await?;
    let also = |landing: Landing<'_>| {
        let mut rows = sent.rows(ctx, landing, Visibility::Public);
        if let Some(person) = ctx.actor.person() {
            rows.push(drafts::remove(&person.id, &Place::New));
        } else {
            rows.extend(visitors::counted(ctx, sent.fields.filled("email").unwrap_or_default()));
        }
        rows
    };
    let result = match parse(ctx, &sent.fields) {
        _ if !sent.refused.is_empty() => Err(ApiError::invalid(sent.refused.clone())),
        Ok(ticket) => open(ctx, &sent.fields, NewTicket { also: Some(&also), ..ticket }).await,
        Err(faults) => Err(ApiError::invalid(faults)),
    };
    match result {
        Ok(created) if ctx.actor.person().is_some() => {
            let number = created.number(ctx);
            let news = Flash { arg: number.clone(), ..flash::success("flash-ticket-created") };
            Ok(flash::see_other(ctx, &format!("/tickets/{number}"), &news))
        }
        Ok(_) => {
            let notice =
                Notice { what: "ticket-sent".to_owned(), arg: sent.fields.filled("email").unwrap_or_default().to_owned() };
            render::page(ctx, &frame, 200, "portal/notice", notice)
        }
        Err(error) => {
            sent.discard(ctx).await;
            if wants_problem || !matches!(error.status, 409 | 413 | 415 | 422 | 429) {
                return Err(error);
            }
            // The API speaks of a requester where a visitor's form has an address.
            let fields = error.fields.into_iter().map(|fault| match fault.field.as_str() {
                "requester" => FieldError { field: "email".to_owned(), ..fault },
                _ => fault,
            });
            let error = ApiError { fields: fields.collect(), ..error };
            let form = form::refused(ctx, &error, &sent.fields, KEPT);
            match visitor {
                Some(visitor) => new::page_with(ctx, &frame, error.status, form, visitor.categories),
                None => new::page(ctx, &frame, error.status, form).await,
            }
        }
    }
}

fn parse<'a>(ctx: &Ctx<'_>, fields: &Query) -> Result<NewTicket<'a>, Vec<FieldError>> {
    let mut faults = Vec::new();
    let title = Title::parse("title", fields.get("title").unwrap_or_default()).map_err(|fault| faults.push(fault)).ok();
    let body = Body::parse("description", fields.get("description").unwrap_or_default()).map_err(|fault| faults.push(fault)).ok();
    let priority = fields
        .filled("priority")
        .map(|text| Priority::parse(text).ok_or_else(|| faults.push(FieldError::new("priority", "unknown_value"))));
    let requester = if ctx.actor.person().is_some() {
        Some(Requester::Me)
    } else {
        visitors::requester(fields).map_err(|fault| faults.push(fault)).ok()
    };
    match (title, body, requester) {
        (Some(title), Some(body), Some(requester)) if faults.is_empty() => Ok(NewTicket {
            priority: priority.and_then(Result::ok),
            category: fields.filled("category").map(str::to_owned),
            erp_module: fields.filled("erp_module").map(str::to_owned),
            from_unverified: ctx.actor.person().is_none(),
            ..NewTicket::new(ctx.ids(), title, body, requester, Channel::Web)
        }),
        _ => Err(faults),
    }
}

async fn open(ctx: &Ctx<'_>, fields: &Query, mut ticket: NewTicket<'_>) -> Result<Created, ApiError> {
    if ctx.actor.person().is_none() {
        visitors::admit(ctx, fields).await?;
    } else if let Some(reference) = fields.filled("after").and_then(|after| Reference::parse(after, ctx.tenant)) {
        ticket.continues = Some(show(ctx, &reference, Include::default()).await?.row.id);
    }
    create(ctx, ticket).await
}
