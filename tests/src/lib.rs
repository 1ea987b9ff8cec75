//! The product under test, natively: `TestApp` and the platform's stand-ins, and the demo data's author.

pub mod app;
pub mod demo;
pub mod native;
