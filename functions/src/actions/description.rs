//! What a role or a group is for, as it is stored: one line.

use shared::error::FieldError;
use shared::limits::DESCRIPTION_CHARS_MAX;
use shared::mail::address;

/// The description that was typed; it may be empty.
pub fn description(typed: &str) -> Result<String, FieldError> {
    if typed.chars().count() > DESCRIPTION_CHARS_MAX {
        return Err(FieldError::new("description", "too_long").arg("maximum", DESCRIPTION_CHARS_MAX));
    }
    Ok(address::tidy(typed, DESCRIPTION_CHARS_MAX))
}
