//! The edge functions: the platform's events, the table of routes, and one file a route.
//!
//! Start at [`routes::ROUTES`]; how a request travels is in [`dispatch`].

pub mod actions;
pub mod body;
pub mod context;
pub mod dispatch;
pub mod entity_tag;
pub mod openapi;
pub mod pages;
pub mod routes;

#[cfg(target_arch = "wasm32")]
pub mod edge;
