//! What an isolate keeps between requests: settings, the router, the tenants of known hosts. No request leaves anything else.

use std::rc::Rc;

use shared::platform::Config;
use worker::Env;

use super::config;
use crate::dispatch::Memory;
use crate::routes::{ROUTES, Router};

/// What lives as long as the isolate.
pub(super) struct Isolate {
    /// Settings, or what is wrong with them.
    pub(super) config: Result<Rc<Config>, String>,
    /// The table of routes.
    pub(super) router: Router,
    /// What requests read again and again.
    pub(super) memory: Memory,
}

thread_local! {
    static ISOLATE: std::cell::RefCell<Option<Rc<Isolate>>> = const { std::cell::RefCell::new(None) };
}

/// This isolate's. An environment belongs to a deployment and never changes within an isolate.
pub(super) fn get(env: &Env) -> Rc<Isolate> {
    if let Some(isolate) = ISOLATE.with_borrow(Clone::clone) {
        return isolate;
    }
    let isolate =
        Rc::new(Isolate { config: config::read(env).map(Rc::new), router: Router::new(ROUTES), memory: Memory::default() });
    ISOLATE.set(Some(Rc::clone(&isolate)));
    isolate
}
