//! The border between the platform and the product: the only code that names `worker::`.
//!
//! Each event of the platform is decoded into our own plain types, handed inward, and the answer encoded. Nothing is decided
//! here, and nothing here panics: a panic would take the isolate's other requests with it.

mod config;
mod cryptography;
mod d1;
mod email;
mod fetch;
mod isolate;
mod jobs;
mod mail;
mod outgoing;
mod platform;
mod r2;
mod request;
mod response;
mod socket;
mod wakes;

pub use durable_objects::{SlaTimer, TenantHub};

use wasm_bindgen::{JsCast, JsValue};

/// What JavaScript threw, as one line for the log.
fn words(thrown: &JsValue) -> String {
    thrown
        .dyn_ref::<js_sys::Error>()
        .map_or_else(|| thrown.as_string().unwrap_or_else(|| format!("{thrown:?}")), |error| String::from(error.message()))
}
