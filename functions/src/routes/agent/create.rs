//! POST /agent/tickets/new: the desk opens a ticket for somebody who called or wrote elsewhere.

use shared::error::{ApiError, FieldError};
use shared::http::{Query, Request, Response};
use shared::id::{DepartmentId, UserId};
use shared::mail::Mailbox;
use shared::store::drafts::{self, Place};
use shared::ticket::{Body, Channel, Priority, Tag, Title, Visibility};

use super::new;
use crate::actions::tickets::{Landing, NewTicket, Requester, create};
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::view::shell::Flash;
use crate::pages::{flash, form, submission};

const KEPT: &[&str] = &[
    "title",
    "description",
    "priority",
    "category",
    "erp_module",
    "requester",
    "requester_name",
    "assignee",
    "department",
    "tags",
];

/// Opens the ticket.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let sent = submission::read_keeping(ctx, &mut request).await?;
    let draft = drafts::remove(&ctx.person()?.id, &Place::New);
    let also = |landing: Landing<'_>| [sent.rows(ctx, landing, Visibility::Public), vec![draft.clone()]].concat();
    let result = match parse(ctx, &sent.fields) {
        _ if !sent.refused.is_empty() => Err(ApiError::invalid(sent.refused.clone())),
        Ok(ticket) => create(ctx, NewTicket { also: Some(&also), ..ticket }).await,
        Err(faults) => Err(ApiError::invalid(faults)),
    };
    match result {
        Ok(created) => {
            let number = created.number(ctx);
            let news = Flash { arg: number.clone(), ..flash::success("flash-ticket-created") };
            Ok(flash::see_other(ctx, &format!("/agent/tickets/{number}"), &news))
        }
        Err(error) => {
            sent.discard(ctx).await;
            if !matches!(error.status, 409 | 413 | 415 | 422) {
                return Err(error);
            }
            new::page(ctx, &frame, error.status, form::refused(ctx, &error, &sent.fields, KEPT)).await
        }
    }
}

fn parse<'a>(ctx: &Ctx<'_>, sent: &Query) -> Result<NewTicket<'a>, Vec<FieldError>> {
    let mut faults = Vec::new();
    let mut fault = |field: &str, code: &'static str| faults.push(FieldError::new(field, code));
    let priority = sent.filled("priority").and_then(|text| {
        Priority::parse(text).or_else(|| {
            fault("priority", "unknown_value");
            None
        })
    });
    let assignee =
        sent.filled("assignee").and_then(|text| UserId::parse(text).map_err(|_| fault("assignee", "unknown_value")).ok());
    let department = sent
        .filled("department")
        .and_then(|text| DepartmentId::parse(text).map_err(|_| fault("department", "unknown_value")).ok());
    let requester = Mailbox::new(sent.filled("requester_name"), sent.get("requester").unwrap_or_default());
    if requester.is_none() {
        fault("requester", "not_an_address");
    }
    let title = Title::parse("title", sent.get("title").unwrap_or_default()).map_err(|found| faults.push(found)).ok();
    let body = Body::parse("description", sent.get("description").unwrap_or_default()).map_err(|found| faults.push(found)).ok();
    let words: Vec<String> = sent
        .get("tags")
        .unwrap_or_default()
        .split([',', '،'])
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let tags = Tag::parse_all("tags", &words).unwrap_or_else(|found| {
        faults.extend(found.into_iter().map(|each| FieldError { field: "tags".to_owned(), ..each }));
        Vec::new()
    });
    match (title, body, requester) {
        (Some(title), Some(body), Some(requester)) if faults.is_empty() => Ok(NewTicket {
            priority,
            category: sent.filled("category").map(str::to_owned),
            erp_module: sent.filled("erp_module").map(str::to_owned),
            assignee,
            department,
            tags,
            ..NewTicket::new(
                ctx.ids(),
                title,
                body,
                Requester::Email { address: requester.address, name: requester.name, locale: None },
                Channel::Web,
            )
        }),
        _ => Err(faults),
    }
}
