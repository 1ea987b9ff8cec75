//! GET /api/imports/{import}/report: those with desk.manage; of people also user.manage.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::limits::IMPORT_FAULTS_MAX;

use super::id;
use crate::actions::imports;
use crate::actions::imports::told::{table, told};
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("imports", "What is wrong with rows, as a table")
        .about(
            "A line for each fault: line of the file, column, what is wrong in the reader's language, and what stands there. Until the import \
             begins it is what the dry run found, after that the rows that were refused; at most 2,000 rows are told.",
        )
        .path("import", "Its id (imp_...)")
        .answers_files(200, &["text/csv"], "The faults")
        .refuses(&[401, 403, 404, 503])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let import = imports::find(ctx, &id(&request)?).await?;
    let text = table(ctx.locale, &told(ctx, &import, IMPORT_FAULTS_MAX).await?);
    let name = format!("attachment; filename=\"{}-report.csv\"", import.id);
    Ok(Response::bytes(200, "text/csv; charset=utf-8; header=present", text.into_bytes()).with("content-disposition", name))
}
