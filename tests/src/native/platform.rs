//! The platform's ports over native parts.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use shared::database::Database;
use shared::id::Entropy;
use shared::platform::{Argon2Cost, Config, DeliveryError, Files, MailConfig, OutgoingMail, Platform};

use super::{MemoryFiles, NativeDatabase};

/// The native platform: everything that a test wants to set or look at is public.
pub struct NativePlatform {
    /// The clock; it stands still until a test moves it.
    pub now: Cell<DateTime<Utc>>,
    /// Settings.
    pub config: Config,
    /// Databases by binding.
    pub databases: HashMap<String, Rc<NativeDatabase>>,
    /// Files.
    pub files: Rc<MemoryFiles>,
    /// Mail that left.
    pub outbox: RefCell<Vec<OutgoingMail>>,
    /// What the next deliveries answer, first to last; then they succeed.
    pub delivery_errors: RefCell<Vec<DeliveryError>>,
    state: Cell<u64>,
}

/// Settings for tests: fixed secrets, cheap password hashes.
pub fn test_config() -> Config {
    Config {
        environment: "test".to_owned(),
        jwt_secret: "0f".repeat(32),
        token_secret: "1e".repeat(32),
        service_token: "service-token-for-tests".to_owned(),
        console_host: "localhost".to_owned(),
        public_port: None,
        public_scheme: "https".to_owned(),
        mail: MailConfig::Binding,
        argon2: Argon2Cost { memory_kib: 64, passes: 1 },
    }
}

impl NativePlatform {
    /// A platform at `now` with these databases.
    pub fn new(now: DateTime<Utc>, config: Config, databases: HashMap<String, Rc<NativeDatabase>>) -> Self {
        Self {
            now: Cell::new(now),
            config,
            databases,
            files: Rc::default(),
            outbox: RefCell::default(),
            delivery_errors: RefCell::default(),
            state: Cell::new(0x9e37_79b9_7f4a_7c15),
        }
    }

    /// Starts the sequence of random numbers elsewhere.
    pub fn seed(&self, seed: u64) {
        self.state.set(seed | 1);
    }
}

/// SplitMix64: a fixed sequence, so that a failing test fails again.
impl Entropy for NativePlatform {
    fn fill(&self, buffer: &mut [u8]) {
        for chunk in buffer.chunks_mut(8) {
            self.state.set(self.state.get().wrapping_add(0x9e37_79b9_7f4a_7c15));
            let mut mixed = self.state.get();
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            mixed ^= mixed >> 31;
            let bytes = mixed.to_le_bytes();
            chunk.copy_from_slice(&bytes[..chunk.len()]);
        }
    }
}

#[async_trait(?Send)]
impl Platform for NativePlatform {
    fn now(&self) -> DateTime<Utc> {
        self.now.get()
    }

    fn config(&self) -> &Config {
        &self.config
    }

    fn database(&self, binding: &str) -> Option<Rc<dyn Database>> {
        self.databases.get(binding).map(|database| Rc::clone(database) as Rc<dyn Database>)
    }

    fn files(&self) -> Rc<dyn Files> {
        Rc::clone(&self.files) as Rc<dyn Files>
    }

    async fn send_mail(&self, mail: OutgoingMail) -> Result<(), DeliveryError> {
        if !self.delivery_errors.borrow().is_empty() {
            return Err(self.delivery_errors.borrow_mut().remove(0));
        }
        self.outbox.borrow_mut().push(mail);
        Ok(())
    }

    async fn objects_healthy(&self) -> bool {
        true
    }
}
