//! What is wrong with rows, told to people: as rows of a page, or as a table.

use shared::csv;
use shared::error::ApiError;
use shared::i18n::{Locale, plain};
use shared::import::Fault;
use shared::limits::IMPORT_FAULTS_MAX;
use shared::store::imports::{self as store, ImportRow, OutcomeRow, State};

use super::look::report;
use crate::context::Ctx;

/// A fault, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The line of the file.
    pub line: u32,
    /// What the column is called; empty for the row as a whole.
    pub column: String,
    /// What is wrong.
    pub message: String,
    /// What stands there.
    pub value: String,
}

/// Whether the import has begun, so that what came of rows is told instead of what a dry run found.
pub fn has_begun(import: &ImportRow) -> bool {
    matches!(import.status, State::Running | State::Done | State::Cancelled)
}

/// The faults of at most `rows` rows, in the reader's language.
pub async fn told(ctx: &Ctx<'_>, import: &ImportRow, rows: usize) -> Result<Vec<Told>, ApiError> {
    let rows = rows.min(IMPORT_FAULTS_MAX);
    let faults: Vec<(u32, Vec<Fault>)> = if has_begun(import) {
        let limit = u32::try_from(rows).unwrap_or(u32::MAX);
        let refused: Vec<OutcomeRow> = ctx.db.run(store::outcomes(&import.id, "refused", 0, limit)).await?.all()?;
        refused.into_iter().map(|row| (row.line, row.faults.unwrap_or_default())).collect()
    } else {
        report(ctx, import).await?.rows.into_iter().map(|row| (row.line, row.faults)).collect()
    };
    let words = |(line, faults): (u32, Vec<Fault>)| {
        faults.into_iter().map(move |fault| one(import, ctx.locale, line, &fault)).collect::<Vec<_>>()
    };
    Ok(faults.into_iter().take(rows).flat_map(words).collect())
}

fn one(import: &ImportRow, locale: Locale, line: u32, fault: &Fault) -> Told {
    let place = import.mapping.iter().position(|field| field.as_deref() == Some(&fault.field) && !fault.field.is_empty());
    let column = place.and_then(|place| import.headers.get(place)).cloned();
    Told {
        line,
        column: column.unwrap_or_else(|| fault.field.clone()),
        message: fault.message(locale),
        value: fault.value.clone(),
    }
}

/// The same as a table.
pub fn table(locale: Locale, told: &[Told]) -> String {
    let heads = ["import-line", "import-column", "import-fault", "import-value"].map(|key| plain(locale, key));
    // Spreadsheets take a text for Unicode by its mark alone.
    let mut text = String::from('\u{feff}') + &csv::row(heads.iter().map(String::as_str));
    for each in told {
        text += &csv::row([each.line.to_string().as_str(), &each.column, &each.message, &each.value]);
    }
    text
}
