//! POST /agent/tickets/bulk: one change of many tickets, from the queue's checkboxes.

use shared::error::{ApiError, FieldError};
use shared::http::{Query, Request, Response};
use shared::id::{DepartmentId, UserId};
use shared::ticket::{Priority, Status, Tag, TagEdit, TagEditIn};

use crate::actions::relations::bulk::bulk;
use crate::actions::tickets::Changes;
use crate::context::Ctx;
use crate::pages::view::shell::Flash;
use crate::pages::{flash, form};

/// Refused tickets that the news names.
const NAMED_MAX: usize = 5;

/// Changes them, and tells which were not changed.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let sent = form::read(ctx, &mut request).await?;
    let tickets: Vec<String> = sent.all("ticket").map(str::to_owned).collect();
    let next = sent.filled("next").filter(|next| next.starts_with("/agent/")).unwrap_or("/agent/tickets").to_owned();
    let changes = parse(&sent).map_err(ApiError::invalid)?;
    if tickets.is_empty() || changes == Changes::default() {
        let news = if tickets.is_empty() { "flash-bulk-none" } else { "flash-bulk-nothing" };
        return Ok(flash::see_other(ctx, &next, &Flash { kind: "warning".to_owned(), ..flash::success(news) }));
    }
    let answer = bulk(ctx, &tickets, &changes).await?;
    let refused: Vec<String> = answer.data.into_iter().filter(|result| result.status != "ok").map(|result| result.id).collect();
    let news = if refused.is_empty() {
        Flash { count: i64::try_from(tickets.len()).unwrap_or(0), ..flash::success("flash-bulk") }
    } else {
        let names = refused.iter().take(NAMED_MAX).cloned().collect::<Vec<_>>().join(", ");
        Flash { kind: "warning".to_owned(), arg: names, ..flash::success("flash-bulk-partly") }
    };
    Ok(flash::see_other(ctx, &next, &news))
}

fn parse(sent: &Query) -> Result<Changes, Vec<FieldError>> {
    let mut faults = Vec::new();
    let mut changes = Changes::default();
    if let Some(text) = sent.filled("status") {
        changes.status = Status::parse(text);
        faults.extend(changes.status.is_none().then(|| FieldError::new("status", "unknown_value")));
    }
    if let Some(text) = sent.filled("priority") {
        changes.priority = Priority::parse(text);
        faults.extend(changes.priority.is_none().then(|| FieldError::new("priority", "unknown_value")));
    }
    match sent.filled("assignee") {
        None => {}
        Some("none") => changes.assignee = Some(None),
        Some(text) => match UserId::parse(text) {
            Ok(user) => changes.assignee = Some(Some(user)),
            Err(_) => faults.push(FieldError::new("assignee", "unknown_value")),
        },
    }
    match sent.filled("department") {
        None => {}
        Some("none") => changes.department = Some(None),
        Some(text) => match DepartmentId::parse(text) {
            Ok(department) => changes.department = Some(Some(department)),
            Err(_) => faults.push(FieldError::new("department", "unknown_value")),
        },
    }
    let mut tags = |field: &str| {
        let text = sent.filled(field)?;
        Tag::parse(field, text).map_err(|fault| faults.push(fault)).ok().map(|tag| tag.as_str().to_owned())
    };
    let edit = TagEditIn { add: tags("tag").into_iter().collect(), remove: tags("untag").into_iter().collect() };
    changes.tag_edit = TagEdit::parse("tags", &edit).unwrap_or_else(|_| {
        faults.push(FieldError::new("untag", "one_of"));
        TagEdit::default()
    });
    if faults.is_empty() { Ok(changes) } else { Err(faults) }
}
