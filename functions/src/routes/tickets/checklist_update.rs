//! PATCH /api/tickets/{ticket}/checklist/{item}: staff with ticket:update.

use serde::Deserialize;
use serde_json::json;
use shared::checklist::{Change, Words};
use shared::error::{ApiError, FieldError};
use shared::http::{Request, Response};

use super::checklist::{ChecklistAnswer, answer, example};
use super::{checklist_item, reference};
use crate::actions::checklists::change;
use crate::body;
use crate::context::Ctx;
use crate::entity_tag::IfMatch;
use crate::openapi::ApiDoc;

/// One change of one item: exactly one field.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChecklistItemChangeIn {
    /// Other words.
    #[serde(default)]
    text: Option<String>,
    /// Whether it is done.
    #[serde(default)]
    done: Option<bool>,
    /// Its place, counted from 0.
    #[serde(default)]
    position: Option<u32>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("tickets", "Change an item of a ticket's checklist")
        .about("One field at a time. What others have changed of other items meanwhile stays.")
        .path("ticket", "Its id (tkt_...) or number (ACME-1042)")
        .path("item", "Its number within the list")
        .header("If-Match", "The ETag that was read; may be left out")
        .request::<ChecklistItemChangeIn>(json!({"done": true}))
        .sends_etag()
        .answers::<ChecklistAnswer>(200, "The list as it is now; ETag is its version", example())
        .refuses(&[400, 401, 403, 404, 409, 412, 413, 415, 422])
}

/// Changes it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let reference = reference(ctx, &request)?;
    let item = checklist_item(&request)?;
    let if_match = IfMatch::read_if_sent(&request)?;
    let sent: ChecklistItemChangeIn = body::json(&mut request).await?;
    let wanted = match (sent.text, sent.done, sent.position) {
        (Some(text), None, None) => Change::Edit(item, Words::parse(&text).map_err(|fault| ApiError::invalid(vec![fault]))?),
        (None, Some(done), None) => Change::Tick(item, done),
        (None, None, Some(position)) => Change::Move(item, position as usize),
        (None, None, None) => return Err(ApiError::invalid(vec![FieldError::new("text", "required")])),
        _ => return Err(ApiError::invalid(vec![FieldError::new("text", "one_of")])),
    };
    let (_, list, _) = change(ctx, &reference, if_match, &wanted).await?;
    Ok(answer(200, list))
}
