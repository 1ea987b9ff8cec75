//! Tables of tickets and people, brought in: a table comes, a dry run looks at all of its rows, and then a job brings them in, some at a
//! time. What the job does with a row it writes in the batch that makes the ticket or person, so that a crash, or two jobs at once, do
//! nothing twice.
//!
//! Who begins it lends it their rights as they are at that moment. It stops when they cannot sign in any more.

mod judge;
pub mod look;
mod read;
pub mod run;
pub mod told;

use chrono::TimeDelta;
use serde_json::json;
use shared::access::{Permission, Permissions, Role};
use shared::database::{Rows, TenantStatement};
use shared::error::ApiError;
use shared::id::ImportId;
use shared::import::{self, Delimiter, Kind, guess};
use shared::limits::{IMPORT_COLUMNS_MAX, IMPORT_DAYS, IMPORT_ROWS_MAX};
use shared::platform::Wake;
use shared::store::imports::{self as store, IdRow, ImportRow, NewImport, State};
use shared::store::roles::{self, OwnRole};

use super::accounts::step_up;
use super::{audit, people};
use crate::context::Ctx;
use crate::entity_tag::IfMatch;

pub use look::{Look, Report, look};

/// Characters of the name of a file.
const FILE_NAME_CHARS_MAX: usize = 120;
/// Imports that one run of the sweep forgets, and rows of each.
const FORGOTTEN_AT_ONCE: u32 = 5;
/// See above.
const ROWS_FORGOTTEN: u32 = 2_000;

/// A table as it comes.
pub struct Sent<'a> {
    /// What its rows are.
    pub kind: Kind,
    /// What the file is called.
    pub file_name: &'a str,
    /// The file.
    pub bytes: &'a [u8],
    /// Its character set, where that is said.
    pub encoding: Option<&'a str>,
    /// What stands between its cells, where that is said.
    pub delimiter: Option<Delimiter>,
}

/// Refuses (403) whoever could not make such rows one by one: people take `user.manage` beside the route's `desk.manage`.
pub fn may(ctx: &Ctx<'_>, kind: Kind) -> Result<(), ApiError> {
    let needs = match kind {
        Kind::Tickets => Permission::DeskManage,
        Kind::Users => Permission::UserManage,
    };
    if ctx.actor.may(needs) { Ok(()) } else { Err(ApiError::forbidden()) }
}

/// Takes a table. 422 where it cannot be read: `file` is `import_empty`, `import_too_many_rows`, `import_too_many_columns` or
/// `import_encoding`.
pub async fn take(ctx: &Ctx<'_>, sent: &Sent<'_>) -> Result<ImportRow, ApiError> {
    may(ctx, sent.kind)?;
    let fallback = if ctx.locale.as_str() == "ar" { "windows-1256" } else { "windows-1251" };
    let table = import::read(sent.bytes, sent.encoding, fallback, sent.delimiter).map_err(|unreadable| {
        let maximum = if unreadable.0 == "import_too_many_columns" { IMPORT_COLUMNS_MAX } else { IMPORT_ROWS_MAX };
        ApiError::invalid(vec![shared::error::FieldError::new("file", unreadable.0).arg("maximum", maximum)])
    })?;
    let id: ImportId = ctx.ids().next();
    let lines = read::lines(&table.rows);
    let bytes = lines.len();
    let files = ctx.platform.files();
    files.put(&ctx.tenant.import_key(&id), lines).await?;
    let file_name = shared::mail::address::tidy(sent.file_name, FILE_NAME_CHARS_MAX);
    let person = ctx.person()?;
    let import = NewImport {
        id: &id,
        kind: sent.kind,
        file_name: if file_name.is_empty() { "import" } else { &file_name },
        encoding: &table.encoding,
        delimiter: table.delimiter,
        headers: &table.headers,
        mapping: &guess(sent.kind, &table.headers),
        zone: ctx.zone().name(),
        bytes,
        rows: table.rows.len(),
        by: &person.id,
    };
    let detail = json!({ "kind": sent.kind, "file": import.file_name, "rows": import.rows });
    let batch = vec![store::insert(&import, ctx.now), audit::line(ctx, "import.uploaded", id.as_str(), detail), store::find(&id)];
    match ctx.db.batch(batch).await {
        Ok(answers) => last(&answers),
        Err(error) => {
            let _: Result<(), _> = files.delete(&ctx.tenant.import_key(&id)).await;
            Err(error.into())
        }
    }
}

/// One import of those that the actor may look at; 404 for any other.
pub async fn find(ctx: &Ctx<'_>, id: &ImportId) -> Result<ImportRow, ApiError> {
    visible(ctx, ctx.db.run(store::find(id)).await?.first()?)
}

/// The import that was loaded, if the actor may look at it.
pub fn visible(ctx: &Ctx<'_>, row: Option<ImportRow>) -> Result<ImportRow, ApiError> {
    row.filter(|row| may(ctx, row.kind).is_ok()).ok_or_else(ApiError::not_found)
}

/// The cells of the first row.
pub async fn sample(ctx: &Ctx<'_>, import: &ImportRow) -> Result<Vec<String>, ApiError> {
    Ok(read::next(ctx, import, 1).await?.rows.into_iter().next().map(|row| row.cells).unwrap_or_default())
}

/// Begins to bring in what a dry run has looked at. People take a recent proof of identity. 409 `import_not_checked` before a dry run, after
/// the beginning, or where it has found nothing to bring in.
pub async fn start(ctx: &Ctx<'_>, id: &ImportId, if_match: IfMatch) -> Result<ImportRow, ApiError> {
    let answers = ctx.db.batch(vec![store::find(id), roles::list("", roles::ROLES_MAX)]).await?;
    let [import, own] = answers.as_slice() else { return Err(ApiError::internal("an import was answered too few results")) };
    let import = visible(ctx, import.first()?)?;
    if_match.check(import.version)?;
    if import.status != State::Checked || import.rows_good == 0 {
        return Err(ApiError::conflict("import_not_checked"));
    }
    if import.kind == Kind::Users {
        step_up::require_recent(ctx)?;
    }
    let roles = givable(ctx, &own.all::<OwnRole>()?);
    let detail = json!({ "kind": import.kind, "file": import.file_name, "rows": import.rows_total, "good": import.rows_good });
    let batch = vec![
        store::guard(id, import.version),
        store::start(id, &roles, &ctx.person()?.id, ctx.now),
        audit::line(ctx, "import.started", id.as_str(), detail),
        store::find(id),
    ];
    let answers = ctx.db.batch(batch).await?;
    ctx.wake(Wake::Outbox(ctx.tenant.id().clone()));
    last(&answers)
}

/// Stops an import: what was brought in stays. 409 `import_over` when there is nothing to stop.
pub async fn cancel(ctx: &Ctx<'_>, id: &ImportId) -> Result<ImportRow, ApiError> {
    let import = find(ctx, id).await?;
    if matches!(import.status, State::Done | State::Cancelled) {
        return Err(ApiError::conflict("import_over"));
    }
    let mut batch = vec![store::guard(id, import.version)];
    batch.extend(ended(ctx, &import, State::Cancelled, &ctx.actor.reference()));
    batch.push(store::find(id));
    last(&ctx.db.batch(batch).await?)
}

/// What ends an import.
fn ended(ctx: &Ctx<'_>, import: &ImportRow, state: State, by: &str) -> [TenantStatement; 2] {
    let action = if state == State::Done { "import.finished" } else { "import.cancelled" };
    let detail = json!({ "kind": import.kind, "file": import.file_name, "rows": import.rows_total });
    [store::finish(&import.id, state, ctx.now), audit::line_of(ctx, by, action, import.id.as_str(), detail)]
}

/// The roles that the actor may give: names of the five, ids of those of the tenant's own.
fn givable(ctx: &Ctx<'_>, own: &[OwnRole]) -> Vec<String> {
    let may = |base: Role, permissions| people::may_give(ctx, base, permissions).is_ok();
    let five =
        Role::ALL.into_iter().filter(|role| may(*role, Permissions::of(role.permissions()))).map(|role| role.as_str().to_owned());
    five.chain(own.iter().filter(|own| may(own.base, own.permissions)).map(|own| own.id.to_string())).collect()
}

fn last(answers: &[Rows]) -> Result<ImportRow, ApiError> {
    answers.last().map(Rows::first).transpose()?.flatten().ok_or_else(|| ApiError::internal("an import vanished"))
}

/// Removes imports that had their time, with their files; answers how many were looked at.
pub async fn forget_old(ctx: &Ctx<'_>) -> Result<usize, ApiError> {
    let before = ctx.now - TimeDelta::days(IMPORT_DAYS);
    let old: Vec<IdRow> = ctx.db.run(store::old(before, FORGOTTEN_AT_ONCE)).await?.all()?;
    if old.is_empty() {
        return Ok(0);
    }
    let files = ctx.platform.files();
    for import in &old {
        files.delete(&ctx.tenant.import_key(&import.id)).await?;
        files.delete(&ctx.tenant.import_report_key(&import.id)).await?;
    }
    ctx.db.batch(old.iter().flat_map(|import| store::forget(&import.id, ROWS_FORGOTTEN)).collect()).await?;
    Ok(old.len())
}
