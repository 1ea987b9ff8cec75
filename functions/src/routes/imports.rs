//! `/api/imports`: tables of tickets and people that are brought in.

pub mod cancel;
pub mod check;
pub mod create;
pub mod list;
pub mod report;
pub mod show;
pub mod start;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::{ImportId, UserId};
use shared::import::Kind;
use shared::store::imports::{ImportRow, State};

use super::access::Named;
use crate::entity_tag::etag;

/// An import as the API shows it.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ImportView {
    /// Id.
    id: ImportId,
    /// What its rows are.
    kind: Kind,
    /// How far it has come.
    status: State,
    /// What the file was called.
    file_name: String,
    /// In which character set it was read.
    encoding: String,
    /// What stands between its cells: comma, semicolon, tab, bar.
    delimiter: String,
    /// What its columns are called.
    headers: Vec<String>,
    /// The field that each column means, or null; a guess until a dry run.
    mapping: Vec<Option<String>>,
    /// Whether people who are brought in are written to.
    invites: bool,
    /// The zone of moments that state none.
    time_zone: String,
    /// Rows of the table.
    rows: i64,
    /// What the dry run found.
    checked: CheckedView,
    /// What came of it so far.
    done: DoneView,
    /// Who brings it in.
    created_by: Named<UserId>,
    /// When the table came.
    created_at: DateTime<Utc>,
    /// When the import began.
    started_at: Option<DateTime<Utc>>,
    /// When it ended.
    finished_at: Option<DateTime<Utc>>,
    /// Counts changes by people; the entity tag.
    version: i64,
}

/// What a dry run found.
#[derive(Serialize, utoipa::ToSchema)]
pub struct CheckedView {
    /// Rows that can be brought in.
    good: i64,
    /// Rows of what is there already, or stands in the table twice.
    known: i64,
    /// Rows with faults.
    faulty: i64,
}

/// What came of rows.
#[derive(Serialize, utoipa::ToSchema)]
pub struct DoneView {
    /// All that were looked at.
    rows: i64,
    /// Those that made something.
    created: i64,
    /// Those of what was there already.
    existing: i64,
    /// Those that were refused.
    refused: i64,
}

impl From<ImportRow> for ImportView {
    fn from(row: ImportRow) -> Self {
        Self {
            id: row.id,
            kind: row.kind,
            status: row.status,
            file_name: row.file_name,
            encoding: row.encoding,
            delimiter: row.delimiter.as_str().to_owned(),
            headers: row.headers,
            mapping: row.mapping,
            invites: row.invites,
            time_zone: row.zone,
            rows: row.rows_total,
            checked: CheckedView { good: row.rows_good, known: row.rows_known, faulty: row.rows_faulty },
            done: DoneView { rows: row.rows_done, created: row.created, existing: row.existing, refused: row.refused },
            created_by: Named { id: row.created_by, name: row.created_by_name },
            created_at: row.created_at,
            started_at: row.started_at,
            finished_at: row.finished_at,
            version: row.version,
        }
    }
}

/// The import that the path names.
pub fn id(request: &Request) -> Result<ImportId, ApiError> {
    ImportId::parse(request.param("import")).map_err(|_| ApiError::not_found())
}

fn answer(status: u16, row: ImportRow) -> Response {
    let tag = etag(row.version);
    Response::json(status, &ImportView::from(row)).with("etag", tag)
}

fn example() -> Value {
    json!({
        "id": "imp_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "kind": "tickets", "status": "checked", "file_name": "tickets.csv",
        "encoding": "windows-1251", "delimiter": "semicolon", "headers": ["Тема", "Почта", "Приоритет"],
        "mapping": ["title", "requester", "priority"], "invites": false, "time_zone": "Europe/Moscow", "rows": 120,
        "checked": {"good": 117, "known": 1, "faulty": 2}, "done": {"rows": 0, "created": 0, "existing": 0, "refused": 0},
        "created_by": {"id": "usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "name": "Anna Kim"}, "created_at": "2026-03-02T07:00:00Z",
        "started_at": null, "finished_at": null, "version": 2
    })
}
