//! The platform's ports over native parts.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::rc::Rc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use functions::openapi::FILE;
use functions::openapi::document::document;
use shared::auth::cryptography::{Cryptography, CurveKey, PrivateKey, Sealed};
use shared::auth::envelope::DataKeys;
use shared::auth::jwk::PublicKey;
use shared::database::Database;
use shared::id::Entropy;
use shared::limits::VOLUME_SLICE;
use shared::platform::{
    Argon2Cost, AssetError, Config, Connection, ConnectionError, DeliveryError, Destination, Fetched, Files, MailConfig,
    OutgoingMail, OutgoingPush, OutgoingRequest, OutgoingSms, Platform, Pushed, SmsConfig,
};

use super::{FakeDirectory, FakeProvider, MemoryFiles, NativeCryptography, NativeDatabase};

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
    /// Short messages that left.
    pub messages: RefCell<Vec<OutgoingSms>>,
    /// Notices that push services have got.
    pub pushes: RefCell<Vec<PushedNotice>>,
    /// What they answer to the next ones, first to last; then they take them.
    pub push_answers: RefCell<VecDeque<Result<Pushed, ConnectionError>>>,
    /// What the next deliveries answer, first to last; then they succeed.
    pub delivery_errors: RefCell<Vec<DeliveryError>>,
    /// Mailboxes that take no mail, by address.
    pub unreachable: RefCell<BTreeMap<String, Unreachable>>,
    /// Providers of identities that can be asked, by issuer.
    pub providers: RefCell<HashMap<String, Rc<FakeProvider>>>,
    /// Machines that can be connected to, by host name.
    pub machines: RefCell<HashMap<String, Rc<FakeDirectory>>>,
    /// What was asked of other services: address and form.
    pub calls: RefCell<Vec<(String, Option<String>)>>,
    /// What they answer to the next calls, first to last; then nobody is there.
    pub called: RefCell<VecDeque<Result<Fetched, ConnectionError>>>,
    /// What the platform's limiter has counted in this minute, by key; `None` is a deployment without one.
    pub volume: RefCell<Option<HashMap<(String, i64), u32>>>,
    state: Cell<u64>,
}

/// A mailbox that takes no mail.
#[derive(Debug, Clone)]
pub struct Unreachable {
    /// What its server answers.
    pub error: DeliveryError,
    /// How many tries it refuses yet; `None` is all of them.
    pub tries: Option<u32>,
}

/// A notice as a push service got it.
#[derive(Debug, Clone)]
pub struct PushedNotice {
    /// Where to.
    pub url: String,
    /// The sender's token.
    pub authorization: String,
    /// Seconds for which it is kept.
    pub ttl_seconds: u32,
    /// How soon the device is woken.
    pub urgency: String,
    /// What it is about.
    pub topic: String,
    /// The sealed text.
    pub body: Vec<u8>,
}

/// Settings for tests: fixed secrets, cheap password hashes.
pub fn test_config() -> Config {
    Config {
        environment: "test".to_owned(),
        jwt_secret: "0f".repeat(32),
        token_secret: "1e".repeat(32),
        audit_secret: "2d".repeat(32),
        audit_secrets_before: Vec::new(),
        data_keys: DataKeys::new(&"2d".repeat(32), None),
        service_token: "service-token-for-tests".to_owned(),
        console_host: "localhost".to_owned(),
        public_port: None,
        public_scheme: "https".to_owned(),
        private_hosts: false,
        mail: MailConfig::Binding,
        sms: SmsConfig::HttpApi { url: "https://sms.example/send".to_owned(), key: "key".to_owned() },
        // The sender's keys of RFC 8291, 5.
        push: CurveKey::parse(
            "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8",
            "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw",
        ),
        argon2: Argon2Cost { memory_kib: 64, passes: 1 },
        rate_factor: 1_000,
        security_contact: "mailto:security@workernet.example".to_owned(),
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
            messages: RefCell::default(),
            pushes: RefCell::default(),
            push_answers: RefCell::default(),
            delivery_errors: RefCell::default(),
            unreachable: RefCell::default(),
            providers: RefCell::default(),
            machines: RefCell::default(),
            calls: RefCell::default(),
            called: RefCell::default(),
            volume: RefCell::default(),
            state: Cell::new(0x9e37_79b9_7f4a_7c15),
        }
    }

    /// Starts the sequence of random numbers elsewhere.
    pub fn seed(&self, seed: u64) {
        self.state.set(seed | 1);
    }

    /// What the server of a mailbox answers, if it does not take the mail.
    fn refusal(&self, address: &str) -> Option<DeliveryError> {
        let mut unreachable = self.unreachable.borrow_mut();
        let mailbox = unreachable.get_mut(address)?;
        let error = mailbox.error.clone();
        match &mut mailbox.tries {
            Some(0) => return None,
            Some(left) => *left -= 1,
            None => {}
        }
        Some(error)
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
impl Cryptography for NativePlatform {
    async fn is_signed(&self, key: &PublicKey, message: &[u8], signature: &[u8]) -> bool {
        NativeCryptography.is_signed(key, message, signature).await
    }

    async fn sign(&self, key: &PrivateKey, message: &[u8]) -> Option<Vec<u8>> {
        NativeCryptography.sign(key, message).await
    }

    async fn open(&self, key: &PrivateKey, sealed: &Sealed) -> Option<Vec<u8>> {
        NativeCryptography.open(key, sealed).await
    }

    async fn new_key(&self) -> Option<PrivateKey> {
        NativeCryptography.new_key().await
    }

    async fn sign_on_curve(&self, key: &CurveKey, message: &[u8]) -> Option<Vec<u8>> {
        NativeCryptography.sign_on_curve(key, message).await
    }

    async fn agree(&self, key: &CurveKey, other: &[u8]) -> Option<Vec<u8>> {
        NativeCryptography.agree(key, other).await
    }

    async fn new_curve_key(&self) -> Option<CurveKey> {
        NativeCryptography.new_curve_key().await
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

    async fn asset(&self, name: &str) -> Result<Vec<u8>, AssetError> {
        let fail = |reason: String| AssetError { name: name.to_owned(), reason };
        if name.starts_with("assets/build/") && name.ends_with(".png") {
            return Ok(picture());
        }
        if name != FILE {
            return Err(fail("there is no such file".to_owned()));
        }
        document().to_json().map(String::into_bytes).map_err(|error| fail(error.to_string()))
    }

    async fn send_mail(&self, mail: OutgoingMail) -> Result<(), DeliveryError> {
        if !self.delivery_errors.borrow().is_empty() {
            return Err(self.delivery_errors.borrow_mut().remove(0));
        }
        if let Some(error) = self.refusal(&mail.to) {
            return Err(error);
        }
        self.outbox.borrow_mut().push(mail);
        Ok(())
    }

    async fn send_sms(&self, sms: OutgoingSms) -> Result<(), DeliveryError> {
        if !self.delivery_errors.borrow().is_empty() {
            return Err(self.delivery_errors.borrow_mut().remove(0));
        }
        self.messages.borrow_mut().push(sms);
        Ok(())
    }

    async fn push(&self, push: &OutgoingPush<'_>) -> Result<Pushed, ConnectionError> {
        self.pushes.borrow_mut().push(PushedNotice {
            url: push.url.to_owned(),
            authorization: push.authorization.to_owned(),
            ttl_seconds: push.ttl_seconds,
            urgency: push.urgency.to_owned(),
            topic: push.topic.unwrap_or_default().to_owned(),
            body: push.body.to_vec(),
        });
        let answer = self.push_answers.borrow_mut().pop_front();
        answer.unwrap_or(Ok(Pushed { status: 201, retry_after_seconds: None }))
    }

    async fn fetch(&self, request: &OutgoingRequest<'_>) -> Result<Fetched, ConnectionError> {
        let providers = self.providers.borrow();
        let fetched = match providers.values().find(|provider| request.url.starts_with(&provider.issuer)) {
            Some(provider) => provider.fetch(request)?,
            None => {
                self.calls.borrow_mut().push((request.url.to_owned(), request.form.map(str::to_owned)));
                let answer = self.called.borrow_mut().pop_front();
                answer.unwrap_or_else(|| Err(ConnectionError("no connection".to_owned())))?
            }
        };
        if fetched.body.len() > request.bytes_max {
            return Err(ConnectionError(format!("more than {} bytes", request.bytes_max)));
        }
        Ok(fetched)
    }

    async fn connect(&self, to: &Destination<'_>) -> Result<Box<dyn Connection>, ConnectionError> {
        match self.machines.borrow().get(to.host) {
            Some(machine) => machine.connect(to.tls),
            None => Err(ConnectionError("no connection".to_owned())),
        }
    }

    async fn count_volume(&self, key: &str) -> Option<bool> {
        let minute = self.now.get().timestamp().div_euclid(60);
        let mut volume = self.volume.borrow_mut();
        let count = volume.as_mut()?.entry((key.to_owned(), minute)).or_default();
        *count += 1;
        Some(*count <= VOLUME_SLICE)
    }

    async fn objects_healthy(&self) -> bool {
        true
    }
}

/// The beginning of a picture as the build draws it: with a palette of 32 places (`shared::icon`).
fn picture() -> Vec<u8> {
    let mut picture = b"\x89PNG\r\n\x1a\n".to_vec();
    picture.extend([0; 25]);
    picture.extend(96u32.to_be_bytes());
    picture.extend(b"PLTE");
    picture.extend([0; 96 + 4]);
    picture
}
