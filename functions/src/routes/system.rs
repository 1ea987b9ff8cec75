//! `/api/system`: what the platform tells about itself.

pub mod health;
pub mod versions;
