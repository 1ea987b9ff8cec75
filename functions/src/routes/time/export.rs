//! GET /api/time/export: the list of GET /api/time as a table, within the same rights. Each export is a line of the audit log.

use serde_json::json;
use shared::csv;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::i18n;
use shared::store::time_entries::{self as store, EntryRow};

use super::list::filtered;
use super::{FILTERS, after, cursor, filter};
use crate::actions::audit;
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::page;

/// Entries of one file.
const ROWS_MAX: u32 = 2_000;
/// What spreadsheets know UTF-8 by.
const BYTE_ORDER_MARK: &str = "\u{feff}";
/// The columns, in order.
const COLUMNS: [&str; 9] = ["day", "person", "ticket", "title", "organization", "minutes", "billable", "note", "id"];

/// Describes the route.
pub fn doc() -> ApiDoc {
    let doc = ApiDoc::new("time", "Export time entries").about(
        "Up to 2,000 entries a file, newest day first, UTF-8 with a byte order mark. Where there may be more, `Link` names the address of \
         the next file (`rel=\"next\"`). Cells that a spreadsheet would take for a formula have an apostrophe before them. A ticket that whoever \
         asks does not see has words in the place of its number, and no title.",
    );
    filtered(doc)
        .query("cursor", "cursor of the address that Link names")
        .sends("Link", "Where the next file is, if there may be more")
        .answers_files(200, &["text/csv"], "The entries as a table (RFC 4180)")
        .refuses(&[401, 403, 422])
}

/// Answers. The line about the export is written before anything leaves.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    page::known(&request, &FILTERS)?;
    let query = &request.query;
    let (filter, from) = (filter(ctx, query)?, after(query)?);
    let from = from.as_ref().map(|(day, id)| (day.as_str(), id.as_str()));
    let told: serde_json::Map<String, serde_json::Value> =
        FILTERS.iter().filter_map(|name| Some(((*name).to_owned(), query.filled(name)?.into()))).collect();
    let list = store::list(&filter, &ctx.actor.ticket_scope(), from, ROWS_MAX);
    let batch = vec![list, audit::line(ctx, "time.exported", "time", json!({ "filters": told }))];
    let answers = ctx.db.batch(batch).await?;
    let rows = answers.first().ok_or_else(|| ApiError::internal("the export was not answered"))?;
    let (rows, next) = store::page(rows, ROWS_MAX)?;
    let name = format!("time-{}-{}.csv", ctx.tenant.slug(), ctx.now.format("%Y%m%dT%H%M%SZ"));
    let mut response = Response::bytes(200, "text/csv; charset=utf-8; header=present", table(ctx, &rows).into_bytes())
        .with("content-disposition", format!("attachment; filename=\"{name}\""))
        .with("x-content-type-options", "nosniff");
    if let Some(next) = &next {
        let address = format!("/api/time/export?{}", query.with("cursor", Some(&cursor(next))));
        response = response.with("link", format!("<{address}>; rel=\"next\""));
    }
    Ok(response)
}

/// Of a ticket that whoever asks does not see it says so in words, in the place of its number.
fn table(ctx: &Ctx<'_>, rows: &[EntryRow]) -> String {
    let unseen = i18n::text(ctx.locale, "own-time-unseen", &[]);
    let mut text = BYTE_ORDER_MARK.to_owned() + &csv::row(COLUMNS);
    for row in rows {
        text += &csv::row([
            row.day.as_str(),
            &row.user_name,
            &row.number.map_or_else(|| unseen.clone(), |number| ctx.tenant.ticket_reference(number)),
            row.title.as_deref().unwrap_or_default(),
            row.organization_name.as_deref().unwrap_or_default(),
            &row.minutes.to_string(),
            if row.billable { "true" } else { "false" },
            &row.note,
            row.id.as_str(),
        ]);
    }
    text
}
