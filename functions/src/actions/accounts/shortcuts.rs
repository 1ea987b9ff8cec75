//! Which keys run which command of the workspace, as a person has chosen.

use std::collections::BTreeMap;

use serde_json::json;
use shared::error::{ApiError, FieldError};
use shared::limits::{SHORTCUT_CHARS_MAX, SHORTCUTS_MAX};
use shared::store::shortcuts as store;

use crate::actions::audit;
use crate::context::Ctx;

/// By command, its keys; an empty text takes them away. Commands that are not named have their own.
pub type Shortcuts = BTreeMap<String, String>;

/// What the person who is signed in has chosen.
pub async fn load(ctx: &Ctx<'_>) -> Result<Shortcuts, ApiError> {
    Ok(store::read(&ctx.db.run(store::of(&ctx.person()?.id)).await?)?)
}

/// Puts `chosen` in the place of all that was chosen before.
pub async fn replace(ctx: &Ctx<'_>, chosen: &Shortcuts) -> Result<(), ApiError> {
    check(chosen)?;
    let person = ctx.person()?;
    let batch = vec![
        store::set(&person.id, chosen, ctx.now),
        audit::line(ctx, "account.shortcuts_chosen", person.id.as_str(), json!({ "shortcuts": chosen })),
    ];
    ctx.db.batch(batch).await?;
    Ok(())
}

/// The names belong to the browser's code; here it is only seen that they can be names, and the keys keys.
fn check(chosen: &Shortcuts) -> Result<(), ApiError> {
    if chosen.len() > SHORTCUTS_MAX {
        return Err(ApiError::invalid(vec![FieldError::new("shortcuts", "too_many").arg("maximum", SHORTCUTS_MAX)]));
    }
    let faults: Vec<FieldError> = chosen
        .iter()
        .filter(|(name, keys)| !is_name(name) || !is_binding(keys))
        .map(|(name, _)| FieldError::new(name.chars().take(SHORTCUT_CHARS_MAX).collect::<String>(), "unknown_value"))
        .collect();
    if faults.is_empty() { Ok(()) } else { Err(ApiError::invalid(faults)) }
}

fn is_name(name: &str) -> bool {
    (1..=SHORTCUT_CHARS_MAX).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
}

fn is_binding(keys: &str) -> bool {
    keys.len() <= SHORTCUT_CHARS_MAX && keys.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}
