//! POST /api/imports: those with desk.manage; for people also user.manage.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::import::{Delimiter, Kind};
use shared::limits::IMPORT_BYTES_MAX;

use super::{ImportView, answer, example};
use crate::actions::imports::{self, Sent};
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("imports", "Send a table of tickets or people")
        .about(
            "The table as text/csv: up to 10 MB, 20,000 rows and 100 columns, the first row being the headers. Nothing is brought in by this: \
             the answer says how the table was read and what its columns seem to mean; POST /api/imports/{import}/check goes on from there.",
        )
        .query("kind", "tickets or users")
        .query("file_name", "What people know it by")
        .query("encoding", "A character set by its WHATWG name; found out unless it is said")
        .query("delimiter", "comma, semicolon, tab or bar; found out unless it is said")
        .raw_request("text/csv", "The table")
        .sends_etag()
        .sends_location()
        .answers::<ImportView>(201, "The import; Location and ETag name it and its version", example())
        .refuses(&[400, 401, 403, 409, 413, 415, 422, 503])
}

/// Takes the table.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    if request.media_type().as_deref() != Some("text/csv") {
        return Err(ApiError::unsupported_media_type());
    }
    let query = request.query.clone();
    let kind = query.filled("kind").and_then(Kind::parse).ok_or_else(|| ApiError::field("kind", "unknown_value"))?;
    imports::may(ctx, kind)?;
    let delimiter = query
        .filled("delimiter")
        .map(|text| Delimiter::parse(text).ok_or_else(|| ApiError::field("delimiter", "unknown_value")))
        .transpose()?;
    let bytes = request.body.take().read(IMPORT_BYTES_MAX).await?;
    let file_name = query.filled("file_name").unwrap_or_default();
    let row = imports::take(ctx, &Sent { kind, file_name, bytes: &bytes, encoding: query.filled("encoding"), delimiter }).await?;
    let location = format!("/api/imports/{}", row.id);
    Ok(answer(201, row).with("location", location))
}
