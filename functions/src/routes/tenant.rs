//! The tenant's settings in the JSON API.

pub mod settings;
pub mod update_settings;
