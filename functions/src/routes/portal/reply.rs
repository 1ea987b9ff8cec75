//! POST /tickets/{number}/reply: the client's answer, with files.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::drafts::{self, Place};
use shared::ticket::{Body, Channel, Visibility};

use super::ticket;
use crate::actions::tickets::{Commented, Landing, NewComment, comment, reference};
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::{self, flash, form, submission};

/// Adds the answer. A refused one comes back with what was typed.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let wants_problem = pages::wants_problem(&request);
    let reference = reference(ctx, request.param("number"))?;
    let sent = submission::read_keeping(ctx, &mut request).await?;
    let typed = sent.fields.get("body").unwrap_or_default().to_owned();
    let draft = drafts::remove(&ctx.person()?.id, &Place::On(reference.clone()));
    let also = |landing: Landing<'_>| [sent.rows(ctx, landing, Visibility::Public), vec![draft.clone()]].concat();
    let result = match Body::parse("body", &typed) {
        _ if !sent.refused.is_empty() => Err(ApiError::invalid(sent.refused.clone())),
        Err(fault) => Err(ApiError::invalid(vec![fault])),
        Ok(body) => {
            let brings_files = sent.brings_files();
            let new = NewComment { brings_files, also: Some(&also), ..NewComment::new(ctx.ids(), body, Channel::Web) };
            comment(ctx, &reference, &new).await
        }
    };
    match result {
        Ok(Commented::Added { comment, ticket }) => {
            let number = ctx.tenant.ticket_reference(ticket.number);
            Ok(flash::see_other(ctx, &format!("/tickets/{number}#c-{}", comment.id), &flash::success("flash-reply-sent")))
        }
        Ok(Commented::Continued(created)) => {
            let number = created.number(ctx);
            let news = pages::view::shell::Flash { arg: number.clone(), ..flash::success("flash-ticket-created") };
            Ok(flash::see_other(ctx, &format!("/tickets/{number}"), &news))
        }
        Err(error) => {
            sent.discard(ctx).await;
            if wants_problem || !matches!(error.status, 409 | 413 | 415 | 422) {
                return Err(error);
            }
            let form = form::refused(ctx, &error, &sent.fields, &["body"]);
            ticket::page(ctx, &frame, error.status, &reference, form).await
        }
    }
}
