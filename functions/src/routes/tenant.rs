//! The tenant's settings and its own words in the JSON API.

pub mod change_texts;
pub mod settings;
pub mod texts;
pub mod update_settings;
