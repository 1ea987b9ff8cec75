//! Character sets of the world for whoever reads mail and forms, under the names of the crate `encoding_rs`.
//!
//! In the worker the platform decodes: it has every encoding of the WHATWG standard, so the worker need not carry their tables. Where the tests
//! run it is the real crate. What the worker reads is told by `tests/edge/encodings.test.mjs`.

#[cfg(target_arch = "wasm32")]
mod platform;

#[cfg(target_arch = "wasm32")]
pub use platform::*;

#[cfg(not(target_arch = "wasm32"))]
pub use tables::*;
