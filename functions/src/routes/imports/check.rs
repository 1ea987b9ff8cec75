//! POST /api/imports/{import}/check: the dry run; those with desk.manage, of people also user.manage.

use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{ImportView, answer, example, id};
use crate::actions::imports::{Look, look};
use crate::body;
use crate::context::Ctx;
use crate::entity_tag::IfMatch;
use crate::openapi::ApiDoc;

/// What the columns mean.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckIn {
    /// The field that each column means, or null, in the order of headers.
    mapping: Vec<Option<String>>,
    /// Whether people who are brought in are sent a link for choosing a password.
    #[serde(default)]
    invites: bool,
    /// The zone of moments that state none; one's own unless it is said.
    #[serde(default)]
    time_zone: Option<String>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("imports", "Look at all rows without bringing any in")
        .about(
            "Fields of tickets: title, description, requester, requester_name, priority, status, category, department, assignee, tags, \
             created_at, resolved_at, external_id. Of people: email, name, organization, department, role (one of the five, or the name of \
             one of the tenant's own), language, time_zone. May be done again until the import begins; GET /api/imports/{import}/report tells each fault.",
        )
        .path("import", "Its id (imp_...)")
        .header("If-Match", "The ETag that was read; may be left out")
        .request::<CheckIn>(json!({"mapping": ["title", "requester", null], "time_zone": "Europe/Moscow"}))
        .sends_etag()
        .answers::<ImportView>(200, "The import with what was found", example())
        .refuses(&[400, 401, 403, 404, 409, 412, 413, 415, 422, 503])
}

/// Looks.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = id(&request)?;
    let if_match = IfMatch::read_if_sent(&request)?;
    let sent: CheckIn = body::json(&mut request).await?;
    let said = Look { mapping: sent.mapping, invites: sent.invites, zone: sent.time_zone };
    Ok(answer(200, look(ctx, &id, if_match, &said).await?.0))
}
