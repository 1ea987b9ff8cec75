//! POST /agent/tickets/{number}/fields: title, status, priority, people and fields, by the side panel's form.

use shared::error::{ApiError, FieldError};
use shared::http::{Query, Request, Response};
use shared::id::{DepartmentId, UserId};
use shared::ticket::{Priority, Status, Tag, Title};

use super::ticket;
use crate::actions::tickets::{Changes, IfMatch, reference, update};
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::view::Form;
use crate::pages::{flash, form};

const KEPT: &[&str] = &["title", "status", "priority", "assignee", "department", "category", "erp_module", "tags"];

/// Changes the fields that differ from what the form showed. Somebody else's change in between (412) and a refusal come back with
/// those fields as they were sent and the others as they are now: to save once more undoes nothing that was not touched.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let reference = reference(ctx, request.param("number"))?;
    let sent = form::read(ctx, &mut request).await?;
    let result = match parse(&sent) {
        Ok((if_match, changes)) => update(ctx, &reference, if_match, &changes).await,
        Err(faults) => Err(ApiError::invalid(faults)),
    };
    match result {
        Ok((row, _)) => {
            let number = ctx.tenant.ticket_reference(row.number);
            Ok(flash::see_other(ctx, &format!("/agent/tickets/{number}"), &flash::success("flash-saved")))
        }
        Err(error) if matches!(error.status, 409 | 412 | 422) => {
            let touched: Vec<&str> = KEPT.iter().copied().filter(|field| is_touched(&sent, field)).collect();
            let fields = form::refused(ctx, &error, &sent, &touched);
            ticket::page(ctx, &frame, error.status, &reference, Form::default(), fields).await
        }
        Err(error) => Err(error),
    }
}

/// The version that a form was made from; a form without one is not believed to know what it changes.
pub fn version(sent: &Query) -> Result<IfMatch, FieldError> {
    sent.filled("version")
        .and_then(|text| text.parse().ok())
        .map(IfMatch::Version)
        .ok_or_else(|| FieldError::new("form", "unknown_value"))
}

/// Whether a field was changed on the form, which carries what it showed as `was_...`.
fn is_touched(sent: &Query, field: &str) -> bool {
    let tidy = |text: &str| text.split([',', '،']).map(str::trim).collect::<Vec<_>>().join(",");
    match (sent.get(field), sent.get(&format!("was_{field}"))) {
        (Some(now), Some(was)) => tidy(now) != tidy(was),
        (now, None) => now.is_some(),
        (None, Some(_)) => false,
    }
}

fn parse(sent: &Query) -> Result<(IfMatch, Changes), Vec<FieldError>> {
    let mut faults = Vec::new();
    let mut changes = Changes::default();
    let unknown = |field: &str| FieldError::new(field, "unknown_value");
    let filled = |field: &str| sent.filled(field).filter(|_| is_touched(sent, field));
    let given = |field: &str| sent.get(field).filter(|_| is_touched(sent, field));
    if let Some(text) = given("title") {
        changes.title = Title::parse("title", text).map_err(|fault| faults.push(fault)).ok();
    }
    if let Some(text) = filled("status") {
        changes.status = Status::parse(text).or_else(|| note(&mut faults, unknown("status")));
    }
    if let Some(text) = filled("priority") {
        changes.priority = Priority::parse(text).or_else(|| note(&mut faults, unknown("priority")));
    }
    // A field that the form does not have stays; an empty one is emptied.
    if let Some(text) = given("assignee") {
        changes.assignee = optional(text, |text| UserId::parse(text).ok()).or_else(|| note(&mut faults, unknown("assignee")));
    }
    if let Some(text) = given("department") {
        changes.department =
            optional(text, |text| DepartmentId::parse(text).ok()).or_else(|| note(&mut faults, unknown("department")));
    }
    changes.category = given("category").and_then(|text| optional(text, |text| Some(text.to_owned())));
    changes.erp_module = given("erp_module").and_then(|text| optional(text, |text| Some(text.to_owned())));
    if let Some(text) = given("tags") {
        let words: Vec<String> =
            text.split([',', '،']).map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect();
        match Tag::parse_all("tags", &words) {
            Ok(tags) => changes.tags = Some(tags),
            Err(found) => faults.extend(found.into_iter().map(|fault| FieldError { field: "tags".to_owned(), ..fault })),
        }
    }
    match version(sent) {
        Ok(if_match) if faults.is_empty() => Ok((if_match, changes)),
        Ok(_) => Err(faults),
        Err(fault) => {
            faults.push(fault);
            Err(faults)
        }
    }
}

fn note<T>(faults: &mut Vec<FieldError>, fault: FieldError) -> Option<T> {
    faults.push(fault);
    None
}

#[expect(clippy::option_option, reason = "wrong, empty and a value are three things")]
fn optional<T>(text: &str, parse: impl FnOnce(&str) -> Option<T>) -> Option<Option<T>> {
    let text = text.trim();
    if text.is_empty() || text == "none" { Some(None) } else { parse(text).map(Some) }
}
