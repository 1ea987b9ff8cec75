//! Where a request seems to come from.

use std::fmt;
use std::rc::Rc;

/// The country that the platform takes the client's address to be in (ISO 3166-1 alpha-2, or `T1` for Tor). The platform is asked
/// when somebody wants to know: its answer is dear, and hardly a request needs it.
#[derive(Clone, Default)]
pub struct Country(Option<Rc<dyn Fn() -> Option<String>>>);

impl Country {
    /// A country that `ask` tells, or does not know.
    pub fn asked(ask: impl Fn() -> Option<String> + 'static) -> Self {
        Self(Some(Rc::new(ask)))
    }

    /// The country, if it is known.
    pub fn get(&self) -> Option<String> {
        self.0.as_ref().and_then(|ask| ask())
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Country").finish_non_exhaustive()
    }
}
