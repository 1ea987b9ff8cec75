//! What a request leaves behind: wake-ups, and statements that nobody has to wait for.

use std::cell::RefCell;

use shared::database::Statement;
use shared::platform::Wake;

/// Collects wake-ups; the edge layer carries them out after the response, and losing one delays work, never loses it.
#[derive(Default)]
pub struct After {
    wakes: RefCell<Vec<Wake>>,
    statements: RefCell<Vec<Statement>>,
}

impl After {
    /// One more, unless the same was asked for already.
    pub fn add(&self, wake: Wake) {
        let mut wakes = self.wakes.borrow_mut();
        if !wakes.contains(&wake) {
            wakes.push(wake);
        }
    }

    /// One more statement for the tenant's database: of those that may be lost without harm.
    pub fn write(&self, statement: Statement) {
        self.statements.borrow_mut().push(statement);
    }

    /// The wake-ups alone, of surroundings that answer nobody.
    pub fn into_wakes(self) -> Vec<Wake> {
        self.wakes.into_inner()
    }

    /// All wake-ups and statements, in order.
    pub fn into_parts(self) -> (Vec<Wake>, Vec<Statement>) {
        (self.wakes.into_inner(), self.statements.into_inner())
    }
}
