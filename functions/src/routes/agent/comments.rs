//! POST /agent/tickets/{number}/comments: a public reply or an internal note, with files and the status to set.

use shared::error::{ApiError, FieldError};
use shared::http::{Query, Request, Response};
use shared::ticket::{Body, Channel, Status, Visibility};

use super::ticket;
use crate::actions::tickets::{Commented, Landing, NewComment, comment, reference};
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::view::Form;
use crate::pages::{flash, form, submission};

const KEPT: &[&str] = &["body", "visibility", "status"];

/// Adds the comment. A refused one comes back with what was typed.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let reference = reference(ctx, request.param("number"))?;
    let sent = submission::read_keeping(ctx, &mut request).await?;
    let visibility = sent.fields.get("visibility").and_then(Visibility::parse).unwrap_or(Visibility::Internal);
    let also = |landing: Landing<'_>| sent.rows(ctx, landing, visibility);
    let result = match parse(&sent.fields) {
        _ if !sent.refused.is_empty() => Err(ApiError::invalid(sent.refused.clone())),
        Err(faults) => Err(ApiError::invalid(faults)),
        Ok((body, status)) => {
            let new = NewComment { visibility, status, also: Some(&also), ..NewComment::new(ctx.ids(), body, Channel::Web) };
            comment(ctx, &reference, &new).await
        }
    };
    match result {
        Ok(Commented::Added { comment, ticket }) => {
            let number = ctx.tenant.ticket_reference(ticket.number);
            let news = if visibility == Visibility::Internal { "flash-note-added" } else { "flash-reply-sent" };
            Ok(flash::see_other(ctx, &format!("/agent/tickets/{number}#c-{}", comment.id), &flash::success(news)))
        }
        Ok(Commented::Continued(created)) => Ok(Response::see_other(&format!("/agent/tickets/{}", created.number(ctx)))),
        Err(error) => {
            sent.discard(ctx).await;
            if !matches!(error.status, 409 | 412 | 413 | 415 | 422) {
                return Err(error);
            }
            let composer = form::refused(ctx, &error, &sent.fields, KEPT);
            ticket::page(ctx, &frame, error.status, &reference, composer, Form::default()).await
        }
    }
}

fn parse(sent: &Query) -> Result<(Body, Option<Status>), Vec<FieldError>> {
    let mut faults = Vec::new();
    let body = Body::parse("body", sent.get("body").unwrap_or_default()).map_err(|fault| faults.push(fault)).ok();
    let status = sent
        .filled("status")
        .map(|text| Status::parse(text).ok_or_else(|| faults.push(FieldError::new("status", "unknown_value"))));
    match body {
        Some(body) if faults.is_empty() => Ok((body, status.and_then(Result::ok))),
        _ => Err(faults),
    }
}
