//! The dry run: every row of a table is looked at, and nothing is written but what was found.

use std::collections::HashSet;

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use shared::database::TenantStatement;
use shared::error::ApiError;
use shared::id::ImportId;
use shared::import::{Kind, Mapping, RowFaults, Words};
use shared::limits::IMPORT_FAULTS_MAX;
use shared::store::imports::{self as store, Found, ImportRow, State};

use super::judge::{Judge, Judged, Question};
use super::{givable, last, read, visible};
use crate::context::Ctx;
use crate::entity_tag::IfMatch;

/// What somebody says about a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Look {
    /// The field that each column means, or nothing.
    pub mapping: Vec<Option<String>>,
    /// Whether people who are brought in are written to.
    pub invites: bool,
    /// The zone of moments that state none; that of whoever asks where it is not said.
    pub zone: Option<String>,
}

/// What a dry run found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Rows with faults, by their lines.
    pub rows: Vec<RowFaults>,
    /// Whether there are more than are told.
    pub has_more: bool,
}

/// Looks at all rows under a meaning of the columns. May be done again until the import begins; 409 `import_begun` after. 422 names what is
/// wrong with the meaning (`mapping`, `time_zone`).
pub async fn look(ctx: &Ctx<'_>, id: &ImportId, if_match: IfMatch, said: &Look) -> Result<(ImportRow, Report), ApiError> {
    let zone = match said.zone.as_deref().filter(|zone| !zone.is_empty()) {
        Some(zone) => zone.parse::<Tz>().map_err(|_| ApiError::field("time_zone", "unknown_value"))?,
        None => ctx.zone(),
    };
    let bytes = read::file(ctx, &ctx.tenant.import_key(id), None).await?.ok_or_else(ApiError::not_found)?;
    let records = read::records(&bytes)?;
    drop(bytes);
    let question = Question::of(ctx, &records, &said.mapping);
    let mut batch: Vec<TenantStatement> = vec![store::find(id)];
    batch.extend(question.statements());
    let mut answers = ctx.db.batch(batch).await?.into_iter();
    let import = visible(ctx, answers.next().map(|rows| rows.first()).transpose()?.flatten())?;
    if_match.check(import.version)?;
    if !matches!(import.status, State::Uploaded | State::Checked) {
        return Err(ApiError::conflict("import_begun"));
    }
    let mapping = Mapping::parse(import.kind, import.headers.len(), &said.mapping).map_err(ApiError::invalid)?;
    let known = question.read(ctx, &mut answers)?;
    let roles = givable(ctx, &known.roles);
    let judge = Judge {
        kind: import.kind,
        mapping: &mapping,
        words: &Words::new(),
        zone,
        now: ctx.now,
        roles: &roles,
        mailbox: &ctx.tenant.mailbox(),
    };
    let (mut found, mut report, mut seen) = (Found::default(), Report::default(), HashSet::new());
    for record in &records {
        match judge.judge(record, &known) {
            Ok(Judged::Known { .. }) => found.known += 1,
            Ok(judged) if is_second(&judged, &mut seen) => found.known += 1,
            Ok(_) => found.good += 1,
            Err(faults) => {
                found.faulty += 1;
                if report.rows.len() < IMPORT_FAULTS_MAX {
                    report.rows.push(RowFaults { line: record.line, faults });
                } else {
                    report.has_more = true;
                }
            }
        }
    }
    let stored = serde_json::to_vec(&report).map_err(ApiError::internal)?;
    ctx.platform.files().put(&ctx.tenant.import_report_key(id), stored).await?;
    let invites = said.invites && import.kind == Kind::Users;
    let batch =
        vec![store::guard(id, import.version), store::checked(id, &said.mapping, invites, zone.name(), found), store::find(id)];
    Ok((last(&ctx.db.batch(batch).await?)?, report))
}

/// Whether the table has named it before: only the first of two makes something.
fn is_second(judged: &Judged, seen: &mut HashSet<String>) -> bool {
    let name = match judged {
        Judged::Ticket(ticket) => ticket.cells.external_id.clone(),
        Judged::Person(person) => Some(person.cells.email.clone()),
        Judged::Known { .. } => None,
    };
    name.is_some_and(|name| !seen.insert(name))
}

/// What the last dry run found; nothing before there was one.
pub async fn report(ctx: &Ctx<'_>, import: &ImportRow) -> Result<Report, ApiError> {
    if import.status == State::Uploaded {
        return Ok(Report::default());
    }
    let bytes = read::file(ctx, &ctx.tenant.import_report_key(&import.id), None).await?;
    Ok(bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default())
}
