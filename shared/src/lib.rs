//! shared

pub mod i18n;
pub mod template;
