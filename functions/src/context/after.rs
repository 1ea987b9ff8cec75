//! Wake-ups that a request leaves behind.

use std::cell::RefCell;

use shared::platform::Wake;

/// Collects wake-ups; the edge layer carries them out after the response, and losing one delays work, never loses it.
#[derive(Default)]
pub struct After(RefCell<Vec<Wake>>);

impl After {
    /// One more, unless the same was asked for already.
    pub fn add(&self, wake: Wake) {
        let mut wakes = self.0.borrow_mut();
        if !wakes.contains(&wake) {
            wakes.push(wake);
        }
    }

    /// All of them, in order.
    pub fn into_wakes(self) -> Vec<Wake> {
        self.0.into_inner()
    }
}
