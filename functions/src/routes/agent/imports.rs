//! `/agent/imports`: the pages of tables that are brought in.

pub mod cancel;
pub mod check;
pub mod create;
pub mod list;
pub mod show;
pub mod start;

use shared::error::ApiError;
use shared::http::Response;
use shared::id::ImportId;
use shared::import::Kind;
use shared::store::imports::{self as store, ImportRow};
use shared::store::queues;

use crate::actions::imports;
use crate::actions::imports::told::{has_begun, told};
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::imports::{Figures, Import, ImportColumn, ImportFault, ImportLine, Imports};
use crate::pages::view::{Choice, Form};

/// Imports that the list shows: those of 30 days are kept.
const LISTED: u32 = 50;
/// Rows whose faults the page shows; the report tells more.
const TOLD_ROWS: usize = 50;
/// Characters of a sample.
const SAMPLE_CHARS: usize = 60;

/// Where an import is.
fn address(id: &ImportId) -> String {
    format!("/agent/imports/{id}")
}

fn line(row: &ImportRow) -> ImportLine {
    ImportLine {
        id: row.id.to_string(),
        kind: row.kind.as_str().to_owned(),
        status: row.status.as_str().to_owned(),
        file: row.file_name.clone(),
        rows: row.rows_total,
        created: row.created,
        by: row.created_by_name.clone(),
        at: row.created_at.into(),
    }
}

/// The list, with the form that takes a table.
async fn list_page(ctx: &Ctx<'_>, frame: &Frame, status: u16, form: Form) -> Result<Response, ApiError> {
    let answers = ctx.db.batch(vec![queues::counts(&ctx.person()?.id), store::latest("", LISTED)]).await?;
    let [counts, rows] = answers.as_slice() else { return Err(ApiError::internal("a batch of two answered otherwise")) };
    let kinds = [Kind::Tickets, Kind::Users].into_iter().filter(|kind| imports::may(ctx, *kind).is_ok());
    let chosen = form.values.get("kind").cloned();
    let rows: Vec<ImportRow> = rows.all()?;
    let view = Imports {
        kinds: kinds.map(|kind| Choice::new(kind.as_str(), kind.as_str(), chosen.as_deref())).collect(),
        form,
        rows: rows.iter().filter(|row| imports::may(ctx, row.kind).is_ok()).map(line).collect(),
    };
    render::agent_page(ctx, frame, status, "agent/imports", "settings", &queues::read(counts)?, view)
}

/// The page of an import, with what was said about its columns if that was refused.
async fn page(
    ctx: &Ctx<'_>,
    frame: &Frame,
    id: &ImportId,
    refused: Option<(&imports::Look, ApiError)>,
) -> Result<Response, ApiError> {
    let answers = ctx.db.batch(vec![queues::counts(&ctx.person()?.id), store::find(id)]).await?;
    let [counts, row] = answers.as_slice() else { return Err(ApiError::internal("a batch of two answered otherwise")) };
    let row = imports::visible(ctx, row.first()?)?;
    let (said, error) = refused.unzip();
    let is_open = !has_begun(&row);
    let sample = if is_open { imports::sample(ctx, &row).await? } else { Vec::new() };
    let told = told(ctx, &row, TOLD_ROWS).await?;
    let mut lines: Vec<u32> = told.iter().map(|fault| fault.line).collect();
    lines.dedup();
    let faulty = if is_open { row.rows_faulty } else { row.refused };
    let view = Import {
        line: line(&row),
        version: row.version,
        encoding: row.encoding.clone(),
        delimiter: row.delimiter.as_str().to_owned(),
        form: error.as_ref().map(|error| faults(ctx, error)).unwrap_or_default(),
        columns: columns(ctx, &row, &sample, said, error.as_ref()),
        zone: said.and_then(|said| said.zone.clone()).unwrap_or_else(|| row.zone.clone()),
        offers_invites: row.kind == Kind::Users,
        invites: said.map_or(row.invites, |said| said.invites),
        is_open,
        figures: Figures {
            good: row.rows_good,
            known: row.rows_known,
            faulty: row.rows_faulty,
            done: row.rows_done,
            created: row.created,
            existing: row.existing,
            refused: row.refused,
        },
        more: faulty.saturating_sub(i64::try_from(lines.len()).unwrap_or(0)),
        faults: told
            .into_iter()
            .map(|fault| ImportFault {
                line: fault.line.into(),
                column: fault.column,
                message: fault.message,
                value: fault.value,
            })
            .collect(),
    };
    let status = error.map_or(200, |error| error.status);
    render::agent_page(ctx, frame, status, "agent/import", "settings", &queues::read(counts)?, view)
}

/// What is wrong with the meaning as a whole, and with the zone.
fn faults(ctx: &Ctx<'_>, error: &ApiError) -> Form {
    if error.fields.is_empty() {
        return Form::default().error("form", error.detail(ctx.locale));
    }
    let whole: Vec<String> =
        error.fields.iter().filter(|fault| fault.field == "mapping").map(|fault| fault.message(ctx.locale)).collect();
    let form = if whole.is_empty() { Form::default() } else { Form::default().error("form", whole.join(" ")) };
    let zone = error.fields.iter().find(|fault| fault.field == "time_zone");
    zone.map_or(form.clone(), |fault| form.error("time_zone", fault.message(ctx.locale)))
}

fn columns(
    ctx: &Ctx<'_>,
    row: &ImportRow,
    sample: &[String],
    said: Option<&imports::Look>,
    error: Option<&ApiError>,
) -> Vec<ImportColumn> {
    let mapping = said.map_or(&row.mapping, |said| &said.mapping);
    let column = |(place, header): (usize, &String)| {
        let meaning = mapping.get(place).and_then(Option::as_deref);
        let path = format!("mapping[{place}]");
        let fault = error.and_then(|error| error.fields.iter().find(|fault| fault.field == path));
        ImportColumn {
            place: i64::try_from(place).unwrap_or(0),
            header: header.clone(),
            sample: sample.get(place).map(|cell| cell.chars().take(SAMPLE_CHARS).collect()).unwrap_or_default(),
            fields: row.kind.fields().iter().map(|field| Choice::new(field.name, field.name, meaning)).collect(),
            error: fault.map(|fault| fault.message(ctx.locale)).unwrap_or_default(),
        }
    };
    row.headers.iter().enumerate().map(column).collect()
}
