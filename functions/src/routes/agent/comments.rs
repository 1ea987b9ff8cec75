//! POST /agent/tickets/{number}/comments: a public reply, an internal note or a message to somebody outside, with files and the status to set.
//!
//! A form that names `hold` or `later` is kept and goes out then; without either it stands at once. One that names `seen`, how many public
//! messages its writer has in front of them, is refused once when a colleague has answered since.

use chrono::{DateTime, TimeDelta, Utc};
use shared::error::{ApiError, FieldError};
use shared::http::{Query, Request, Response};
use shared::id::AttachmentId;
use shared::limits::{ATTACHMENTS_PER_REQUEST_MAX, PENDING_DAYS_MAX};
use shared::store::drafts::{self, Place};
use shared::ticket::forward::{Ask, Quote};
use shared::ticket::{Body, Channel, Later, Reference, Status, UNDO_SECONDS, Visibility};

use super::ticket;
use crate::actions::tickets::forward::addresses;
use crate::actions::tickets::pending::schedule;
use crate::actions::tickets::{Commented, Landing, NewComment, comment, reference};
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::submission::Submission;
use crate::pages::view::Form;
use crate::pages::{flash, form, submission};

const KEPT: &[&str] = &["body", "visibility", "status", "to", "quote"];
/// What the tab for forwarding sends as `visibility`.
const FORWARD: &str = "forward";

/// What a form asks for.
struct Wanted {
    body: Body,
    visibility: Visibility,
    status: Option<Status>,
    seen: Option<i64>,
    due_at: Option<DateTime<Utc>>,
    forward: Option<Ask>,
}

/// Adds the comment, or keeps it until it is due. A refused one comes back with what was typed.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let reference = reference(ctx, request.param("number"))?;
    let sent = submission::read_keeping(ctx, &mut request).await?;
    let result = match parse(ctx, &sent) {
        _ if !sent.refused.is_empty() => Err(ApiError::invalid(sent.refused.clone())),
        Err(faults) => Err(ApiError::invalid(faults)),
        Ok(wanted) => write(ctx, &reference, &sent, wanted).await,
    };
    match result {
        Ok(response) => Ok(response),
        Err(error) => {
            sent.discard(ctx).await;
            if !matches!(error.status, 409 | 412 | 413 | 415 | 422) {
                return Err(error);
            }
            let mut composer = form::refused(ctx, &error, &sent.fields, KEPT);
            let files: Vec<&str> = sent.fields.all("forward_file").collect();
            composer = composer.value("forward_file", files.join(" "));
            if let (409, Some((_, comment))) = (error.status, error.args.iter().find(|(name, _)| *name == "comment")) {
                composer = composer.value("answered", comment);
            }
            ticket::page(ctx, &frame, error.status, &reference, composer, Form::default()).await
        }
    }
}

async fn write(ctx: &Ctx<'_>, reference: &Reference, sent: &Submission, wanted: Wanted) -> Result<Response, ApiError> {
    let Wanted { body, visibility, status, seen, due_at, forward } = wanted;
    let news = match visibility {
        _ if forward.is_some() => "flash-forwarded",
        Visibility::Internal => "flash-note-added",
        Visibility::Public => "flash-reply-sent",
    };
    let draft = drafts::remove(&ctx.person()?.id, &Place::On(reference.clone()));
    // Files of a message that waits are the desk's own until it goes out.
    let files_for = if due_at.is_some() { Visibility::Internal } else { visibility };
    let also = |landing: Landing<'_>| [sent.rows(ctx, landing, files_for), vec![draft.clone()]].concat();
    let new =
        NewComment { visibility, status, seen, forward, also: Some(&also), ..NewComment::new(ctx.ids(), body, Channel::Web) };
    if let Some(due_at) = due_at {
        let (id, ticket) = schedule(ctx, reference, &new, due_at, &sent.file_ids()).await?;
        return Ok(Response::see_other(&format!("/agent/tickets/{}#p-{id}", ctx.tenant.ticket_reference(ticket.number))));
    }
    match comment(ctx, reference, &new).await? {
        Commented::Added { comment, ticket } => {
            let number = ctx.tenant.ticket_reference(ticket.number);
            Ok(flash::see_other(ctx, &format!("/agent/tickets/{number}#c-{}", comment.id), &flash::success(news)))
        }
        Commented::Continued(created) => Ok(Response::see_other(&format!("/agent/tickets/{}", created.number(ctx)))),
    }
}

fn parse(ctx: &Ctx<'_>, submission: &Submission) -> Result<Wanted, Vec<FieldError>> {
    let sent = &submission.fields;
    let mut faults = Vec::new();
    let body = Body::parse("body", sent.get("body").unwrap_or_default()).map_err(|fault| faults.push(fault)).ok();
    let status = sent
        .filled("status")
        .map(|text| Status::parse(text).ok_or_else(|| faults.push(FieldError::new("status", "unknown_value"))));
    let due_at = due_at(ctx, sent).map_err(|error| faults.extend(error.fields)).ok().flatten();
    let is_forward = sent.get("visibility") == Some(FORWARD);
    let forward = is_forward.then(|| ask(ctx, submission).map_err(|error| faults.extend(error.fields)).ok()).flatten();
    match body {
        Some(body) if faults.is_empty() => Ok(Wanted {
            body,
            visibility: sent.get("visibility").and_then(Visibility::parse).unwrap_or(Visibility::Internal),
            status: status.and_then(Result::ok),
            seen: sent.filled("seen").and_then(|seen| seen.parse().ok()),
            due_at,
            forward,
        }),
        _ => Err(faults),
    }
}

/// What is forwarded to whom. Without a word on what to quote nothing is.
fn ask(ctx: &Ctx<'_>, sent: &Submission) -> Result<Ask, ApiError> {
    let typed: Vec<&str> = sent.fields.all("to").collect();
    let quote = match sent.fields.filled("quote") {
        Some(text) => Quote::parse(text).ok_or_else(|| ApiError::field("quote", "unknown_value"))?,
        None => Quote::Nothing,
    };
    let chosen = sent.fields.all("forward_file").take(ATTACHMENTS_PER_REQUEST_MAX * 2);
    // What was uploaded ahead lies on the ticket, and is counted there; what comes with the form is not yet.
    let (ahead, fresh): (Vec<_>, Vec<_>) =
        sent.file_ids().into_iter().partition(|id| sent.files.iter().all(|file| file.id != *id));
    Ok(Ask {
        recipients: addresses(ctx, &typed)?,
        quote,
        files: ahead.into_iter().chain(chosen.filter_map(|id| AttachmentId::parse(id).ok())).collect(),
        fresh: (fresh, sent.files.iter().map(|file| file.size).sum()),
    })
}

/// When the message goes out, if it does not at once: at a named moment, at one of the writer's own (`own` and the field `later_at`), or after
/// the seconds in which it can be taken back.
fn due_at(ctx: &Ctx<'_>, sent: &Query) -> Result<Option<DateTime<Utc>>, ApiError> {
    // Enter in the field of the writer's own moment presses the form's first button.
    match sent.filled("later").or_else(|| sent.filled("later_at").map(|_| "own")) {
        Some("own") => {
            let moment = form::moment(ctx, sent, "later_at")?.ok_or_else(|| ApiError::field("later_at", "required"))?;
            let latest = ctx.now + TimeDelta::days(PENDING_DAYS_MAX);
            if moment <= ctx.now || moment > latest { Err(ApiError::field("later_at", "bad_later")) } else { Ok(Some(moment)) }
        }
        Some(name) => match Later::parse(name) {
            Some(later) => Ok(Some(later.moment(ctx.now, ctx.zone()))),
            None => Err(ApiError::field("later_at", "unknown_value")),
        },
        None => match sent.filled("hold").map(str::parse) {
            None | Some(Ok(0)) => Ok(None),
            Some(Ok(seconds)) if UNDO_SECONDS.contains(&seconds) => Ok(Some(ctx.now + TimeDelta::seconds(seconds))),
            Some(_) => Err(ApiError::field("hold", "unknown_value")),
        },
    }
}
