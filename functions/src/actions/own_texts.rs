//! A tenant's own words in place of the product's: looked through, set and taken back.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use shared::error::{ApiError, FieldError};
use shared::i18n::{Entry, Locale, entries, own};
use shared::limits::{OWN_TEXT_CHARS_MAX, OWN_TEXTS_MAX};
use shared::store::own_texts::{self as store, OwnTextRow};

use super::audit;
use crate::context::Ctx;

/// Texts on a page of the list.
const PAGE: usize = 50;
/// Texts that a line of the audit log tells in words.
const TOLD_MAX: usize = 20;

/// A text of the product and what the tenant says instead.
pub struct Text {
    /// `key` or `key.attribute`, and the product's own text.
    pub original: Entry,
    /// What the tenant says.
    pub own: Option<String>,
}

/// What of the texts is asked for.
pub struct Asked<'q> {
    /// Letters that occur in the key, in the product's text, or in the tenant's.
    pub q: &'q str,
    /// Only those that the tenant has set.
    pub only_own: bool,
    /// The key after which the page begins.
    pub after: &'q str,
}

/// A page of the texts of a language by key, and the key after which the next one begins.
pub async fn list(ctx: &Ctx<'_>, locale: Locale, asked: &Asked<'_>) -> Result<(Vec<Text>, Option<String>), ApiError> {
    let mut own = own_of(ctx, locale).await?;
    let q = asked.q.to_lowercase();
    let mut found = entries(locale)
        .into_iter()
        .filter(|entry| entry.key.as_str() > asked.after)
        .map(|original| Text { own: own.remove(&original.key), original })
        .filter(|text| text.own.is_some() || !asked.only_own)
        .filter(|text| {
            let has = |words: &str| words.to_lowercase().contains(&q);
            q.is_empty() || has(&text.original.key) || has(&text.original.text) || text.own.as_deref().is_some_and(has)
        });
    let page: Vec<Text> = found.by_ref().take(PAGE).collect();
    let next = found.next().and_then(|_| page.last().map(|text| text.original.key.clone()));
    Ok((page, next))
}

/// One text. 404 for a key that there is not.
pub async fn find(ctx: &Ctx<'_>, locale: Locale, key: &str) -> Result<Text, ApiError> {
    let original = entries(locale).into_iter().find(|entry| entry.key == key).ok_or_else(ApiError::not_found)?;
    let own = own_of(ctx, locale).await?.remove(key);
    Ok(Text { original, own })
}

async fn own_of(ctx: &Ctx<'_>, locale: Locale) -> Result<BTreeMap<String, String>, ApiError> {
    let rows: Vec<OwnTextRow> = ctx.db.run(store::of_locale(locale)).await?.all()?;
    Ok(rows.into_iter().map(|row| (row.key, row.text)).collect())
}

/// Sets texts of a language, and takes back those that are `null`. 422 names each that cannot be; 409 `own_text_limit`. Other isolates
/// say the new words within half a minute.
pub async fn change(ctx: &Ctx<'_>, locale: Locale, changes: &BTreeMap<String, Option<String>>) -> Result<(), ApiError> {
    let originals = entries(locale);
    let faults: Vec<FieldError> = changes.iter().filter_map(|(key, text)| fault(&originals, key, text.as_deref())).collect();
    if !faults.is_empty() {
        return Err(ApiError::invalid(faults));
    }
    let before = own_of(ctx, locale).await?;
    let differing: BTreeMap<&String, &Option<String>> =
        changes.iter().filter(|(key, text)| before.get(*key) != text.as_ref()).collect();
    if differing.is_empty() {
        return Ok(());
    }
    let set: Vec<Value> =
        differing.iter().filter_map(|(key, text)| text.as_ref().map(|text| json!({ "key": key, "text": text }))).collect();
    let removed: Vec<&str> = differing.iter().filter(|(_, text)| text.is_none()).map(|(key, _)| key.as_str()).collect();
    let told: serde_json::Map<String, Value> = differing
        .iter()
        .take(TOLD_MAX)
        .map(|(key, text)| ((*key).clone(), json!({ "from": before.get(*key), "to": text })))
        .collect();
    let detail = json!({ "locale": locale, "count": differing.len(), "texts": told });
    let mut batch = store::change(locale, &Value::Array(set), &removed, &ctx.actor.reference(), ctx.now).to_vec();
    batch.push(audit::line(ctx, "tenant.texts_changed", ctx.tenant.id().as_str(), detail));
    ctx.db.batch(batch).await.map_err(|error| {
        if error.is_refused_by("limit") {
            ApiError::conflict("own_text_limit").arg("maximum", OWN_TEXTS_MAX)
        } else {
            error.into()
        }
    })?;
    ctx.blocks.forget(ctx.tenant.id());
    Ok(())
}

fn fault(originals: &[Entry], key: &str, text: Option<&str>) -> Option<FieldError> {
    let place = originals.binary_search_by(|entry| entry.key.as_str().cmp(key)).ok();
    let Some(original) = place.and_then(|place| originals.get(place)) else {
        return Some(FieldError::new(key, "unknown_text"));
    };
    match own::check(&original.text, text?) {
        Ok(()) => None,
        Err(code) => Some(FieldError::new(key, code).arg("maximum", OWN_TEXT_CHARS_MAX)),
    }
}
