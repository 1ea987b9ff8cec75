//! The key of a request that must not be done twice.

use std::cell::RefCell;

use shared::store::idempotency::Key;

/// The request's key, once it is known: a header says it at once, a form when it is read.
#[derive(Default)]
pub struct Once(RefCell<Option<Key>>);

impl Once {
    /// This is the key.
    pub fn set(&self, key: Key) {
        *self.0.borrow_mut() = Some(key);
    }

    /// The key, if there is one.
    pub fn key(&self) -> Option<Key> {
        self.0.borrow().clone()
    }
}
