//! GET /api/audit/export: administrators with audit.export. The log as a file, newest first; each export is itself a line of it.

use chrono::{DateTime, SecondsFormat};
use serde_json::json;
use shared::csv;
use shared::error::{ApiError, FieldError};
use shared::http::{Request, Response};
use shared::limits::AUDIT_EXPORT_ROWS_MAX;
use shared::store::audit::{self as store, Listed};

use super::{AuditLine, filtered, moment};
use crate::actions::audit::{self, lines};
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::page;

/// The columns of a table, in order.
const COLUMNS: [&str; 14] = [
    "seq",
    "id",
    "at",
    "actor",
    "actor_name",
    "on_behalf_of",
    "action",
    "subject",
    "subject_name",
    "outcome",
    "request_id",
    "network",
    "user_agent",
    "detail",
];

/// How a file is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Csv,
    Jsonl,
}

impl Format {
    fn parse(text: &str) -> Option<Self> {
        match text {
            "csv" => Some(Self::Csv),
            "jsonl" => Some(Self::Jsonl),
            _ => None,
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
        }
    }
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    let doc = ApiDoc::new("audit", "Export the audit log").about(
        "Up to 2,000 lines a file, newest first. Where there may be more, `Link` names the address of the next file (`rel=\"next\"`). In a \
         table cells that a spreadsheet would take for a formula have an apostrophe before them.",
    );
    filtered(doc)
        .query("format", "csv (RFC 4180), jsonl (a JSON object a line); csv unless it is said")
        .query("limit", "1 to 2000; 2000 unless it is said")
        .query("cursor", "cursor of the address that Link names")
        .sends("Link", "Where the next file is, if there may be more")
        .answers_files(200, &["text/csv", "application/jsonl"], "The lines, as a table or a JSON object each")
        .refuses(&[401, 403, 422])
}

/// Answers. The line about the export is written before anything leaves.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let mut known = lines::FILTERS.to_vec();
    known.push("format");
    page::known(&request, &known)?;
    let query = &request.query;
    let format = query.filled("format").map_or(Some(Format::Csv), Format::parse);
    let format = format.ok_or_else(|| ApiError::field("format", "unknown_value"))?;
    let limit = limit(&request)?;
    let filter = lines::filter(ctx, query, &moment, &moment)?;
    let detail = json!({ "format": format.as_str(), "filters": lines::told(query), "cursor": query.filled("cursor") });
    let batch = vec![store::list(&filter, limit), audit::line(ctx, "audit.exported", "audit", detail)];
    let answers = ctx.db.batch(batch).await?;
    let rows = answers.first().ok_or_else(|| ApiError::internal("the export was not answered"))?;
    let page = store::page(rows, &filter, limit)?;

    let name = format!("audit-{}-{}.{}", ctx.tenant.slug(), ctx.now.format("%Y%m%dT%H%M%SZ"), format.as_str());
    let (media_type, text) = match format {
        Format::Csv => ("text/csv; charset=utf-8; header=present", table(ctx, &page.rows)),
        Format::Jsonl => ("application/jsonl", objects(ctx, page.rows)?),
    };
    let mut response = Response::bytes(200, media_type, text.into_bytes())
        .with("content-disposition", format!("attachment; filename=\"{name}\""))
        .with("x-content-type-options", "nosniff");
    if let Some(next) = &page.next {
        let address = format!("/api/audit/export?{}", query.with("cursor", Some(&lines::cursor(next))));
        response = response.with("link", format!("<{address}>; rel=\"next\""));
    }
    Ok(response)
}

fn limit(request: &Request) -> Result<u32, ApiError> {
    let Some(text) = request.query.get("limit") else { return Ok(AUDIT_EXPORT_ROWS_MAX) };
    text.parse().ok().filter(|limit| (1..=AUDIT_EXPORT_ROWS_MAX).contains(limit)).ok_or_else(|| {
        ApiError::invalid(vec![FieldError::new("limit", "out_of_range").arg("minimum", 1).arg("maximum", AUDIT_EXPORT_ROWS_MAX)])
    })
}

fn table(ctx: &Ctx<'_>, rows: &[Listed]) -> String {
    let mut text = csv::row(COLUMNS);
    for row in rows {
        let at = DateTime::from_timestamp_millis(row.at).map(|at| at.to_rfc3339_opts(SecondsFormat::Millis, true));
        let number = row.subject_number.map(|number| ctx.tenant.ticket_reference(number));
        text += &csv::row([
            row.seq.to_string().as_str(),
            &row.id,
            at.as_deref().unwrap_or_default(),
            &row.actor,
            row.actor_name.as_deref().unwrap_or_default(),
            row.on_behalf_of.as_deref().unwrap_or_default(),
            &row.action,
            &row.subject,
            number.as_deref().or(row.subject_name.as_deref()).unwrap_or_default(),
            row.outcome.as_str(),
            &row.request_id,
            &row.network,
            &row.user_agent,
            &row.detail.to_string(),
        ]);
    }
    text
}

fn objects(ctx: &Ctx<'_>, rows: Vec<Listed>) -> Result<String, ApiError> {
    let mut text = String::new();
    for row in rows {
        text += &serde_json::to_string(&AuditLine::of(ctx, row)).map_err(ApiError::internal)?;
        text.push('\n');
    }
    Ok(text)
}
