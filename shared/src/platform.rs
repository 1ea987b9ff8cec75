//! What the product asks of the platform: clock, entropy, databases, files, and ways out.
//!
//! The edge layer implements these on Workers, the tests on the native machine. Nothing else in the product reads a clock,
//! draws a random number or opens a connection.

use std::rc::Rc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use crate::auth::cryptography::{Cryptography, CurveKey};
use crate::auth::envelope::DataKeys;
use crate::database::Database;
use crate::http::ByteStream;
use crate::id::{Entropy, TenantId};

/// Settings and secrets of the deployment, from its environment.
#[derive(Debug, Clone)]
pub struct Config {
    /// `dev`, `staging`, `production`, `loadtest`, `dr`; `test` and `bench` on the machine of whoever tests.
    pub environment: String,
    /// Signs access tokens (HS256); 32 random bytes in hexadecimal.
    pub jwt_secret: String,
    /// Signs reply tokens, rating links and CSRF tokens (HMAC-SHA256), through [`crate::token`]'s separate labels.
    pub token_secret: String,
    /// Signs checkpoints of the audit log (HMAC-SHA256).
    pub audit_secret: String,
    /// Secrets that [`Self::audit_secret`] has replaced: what they signed is still believed.
    pub audit_secrets_before: Vec<String>,
    /// Seal what the product must be able to read again.
    pub data_keys: DataKeys,
    /// What a mail relay presents as bearer token.
    pub service_token: String,
    /// Host of the platform console.
    pub console_host: String,
    /// Port that links carry in local use; `None` means the scheme's own.
    pub public_port: Option<u16>,
    /// Scheme of links: `https`, or `http` in local use.
    pub public_scheme: String,
    /// Which transport takes mail out.
    pub mail: MailConfig,
    /// Which way short messages go out.
    pub sms: SmsConfig,
    /// The key by which push services know this deployment (RFC 8292); without one nothing is pushed to devices.
    pub push: Option<CurveKey>,
    /// Whether tenants may name machines of one's own network: in development, never where tenants are strangers.
    pub private_hosts: bool,
    /// Cost of password hashes.
    pub argon2: Argon2Cost,
    /// How many times the usual rates somebody may send: 1, but where load is made on purpose.
    pub rate_factor: u32,
    /// Where whoever finds a hole reports it: `mailto:` or `https://`.
    pub security_contact: String,
}

/// The transport of outgoing mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MailConfig {
    /// The platform's `send_email` binding.
    Binding,
    /// SMTP with implicit TLS (or without, for loopback servers in development).
    Smtp {
        /// Host name.
        host: String,
        /// Port: 465 with TLS.
        port: u16,
        /// Whether TLS is spoken from the first byte.
        tls: bool,
        /// User and password for AUTH, if any.
        credentials: Option<(String, String)>,
    },
    /// An HTTP mail API: POST of JSON with a bearer key and an `Idempotency-Key`.
    HttpApi {
        /// Address.
        url: String,
        /// Bearer key.
        key: String,
    },
}

/// The way of short messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SmsConfig {
    /// There is none: codes by SMS are not offered.
    None,
    /// Nobody is sent anything: the outbox shows the text to whoever develops or shows the product. Never outside of one's own machine.
    Shown,
    /// A gateway over HTTP: POST of JSON with a bearer key and an `Idempotency-Key`.
    HttpApi {
        /// Address.
        url: String,
        /// Bearer key.
        key: String,
    },
}

impl SmsConfig {
    /// By what the deployment names. `Err` names the variable to set, never a value.
    pub fn new(url: Option<String>, key: Option<String>, environment: &str) -> Result<Self, &'static str> {
        let is_local = ON_ONE_MACHINE.contains(&environment);
        match (url, key) {
            (None, _) => Ok(if is_local { Self::Shown } else { Self::None }),
            (Some(_), None) => Err("SMS_API_KEY is not set"),
            (Some(url), Some(_)) if !is_local && !is_https(&url) => Err("SMS_API_URL is not an https: address"),
            (Some(url), Some(key)) => Ok(Self::HttpApi { url, key }),
        }
    }

    /// Whether there is a way at all.
    pub fn is_there(&self) -> bool {
        *self != Self::None
    }
}

/// Environments whose requests and mail stay on one machine, so that nobody is on their way.
const ON_ONE_MACHINE: [&str; 3] = ["dev", "test", "bench"];

/// Whether an environment is that of somebody's own machine, who develops or tests.
pub fn is_one_machine(environment: &str) -> bool {
    ON_ONE_MACHINE.contains(&environment)
}

/// The scheme of the deployment: what it states, else `http` on one machine and `https` elsewhere. `Err` when it would be in the clear.
pub fn public_scheme(stated: Option<String>, environment: &str) -> Result<String, &'static str> {
    let is_local = ON_ONE_MACHINE.contains(&environment);
    match stated.as_deref() {
        Some("https") => Ok("https".to_owned()),
        None => Ok(if is_local { "http" } else { "https" }.to_owned()),
        Some("http") if is_local => Ok("http".to_owned()),
        Some(_) => Err("PUBLIC_SCHEME is not https, and http is for one's own machine only"),
    }
}

impl MailConfig {
    /// Why mail must not go out this way in that environment, if so: names the variable to set, never a value.
    pub fn fault(&self, environment: &str) -> Option<&'static str> {
        if ON_ONE_MACHINE.contains(&environment) {
            return None;
        }
        match self {
            Self::Smtp { tls: false, .. } => Some("SMTP_TLS is off, which is for development only"),
            Self::HttpApi { url, .. } if !is_https(url) => Some("MAIL_API_URL is not an https: address"),
            Self::Binding | Self::Smtp { .. } | Self::HttpApi { .. } => None,
        }
    }
}

fn is_https(address: &str) -> bool {
    address.get(..8).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https://"))
}

/// Argon2id parameters (OWASP password storage sheet: 19 MiB, two passes, one lane).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Argon2Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes.
    pub passes: u32,
}

impl Argon2Cost {
    /// What production uses.
    pub const STANDARD: Self = Self { memory_kib: 19_456, passes: 2 };
}

/// Work to do once the response is on its way. Each is a wake-up only: the work itself is rows, and a sweep finds what a
/// lost wake-up left behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wake {
    /// The tenant's outbox has rows to carry out.
    Outbox(TenantId),
    /// The tenant's SLA timer must be told its earliest due moment.
    SlaTimer {
        /// The tenant.
        tenant: TenantId,
        /// The earliest due moment that the change brought about.
        at: DateTime<Utc>,
    },
    /// People who look at the tenant's lists should hear this.
    Hub {
        /// The tenant.
        tenant: TenantId,
        /// A JSON message, see `live`.
        message: String,
    },
}

/// The platform.
#[async_trait(?Send)]
pub trait Platform: Entropy + Cryptography {
    /// The moment of the request.
    fn now(&self) -> DateTime<Utc>;
    /// The deployment's settings.
    fn config(&self) -> &Config;
    /// The D1 database of that binding.
    fn database(&self, binding: &str) -> Option<Rc<dyn Database>>;
    /// File storage.
    fn files(&self) -> Rc<dyn Files>;
    /// A file that was built with the product and is not among the public ones; `Err` says why it cannot be had.
    async fn asset(&self, name: &str) -> Result<Vec<u8>, AssetError>;
    /// Carries one outgoing mail. `Err` says whether trying again makes sense.
    async fn send_mail(&self, mail: OutgoingMail) -> Result<(), DeliveryError>;
    /// Hands one short message to the gateway. `Err` says whether trying again makes sense, and holds nothing of the message.
    async fn send_sms(&self, sms: OutgoingSms) -> Result<(), DeliveryError>;
    /// Hands a sealed notice to a push service. No redirect is followed, and nothing of the answer's text is read.
    async fn push(&self, push: &OutgoingPush<'_>) -> Result<Pushed, ConnectionError>;
    /// Asks somebody else's machine over HTTP. No redirect is followed, no cookie sent, and an answer that takes too long or is too large is
    /// none. Where to is for the caller to have looked at.
    async fn fetch(&self, request: &OutgoingRequest<'_>) -> Result<Fetched, ConnectionError>;
    /// Opens a connection to somebody else's machine.
    async fn connect(&self, to: &Destination<'_>) -> Result<Box<dyn Connection>, ConnectionError>;
    /// Counts one more of `key` with the platform's own limiter, which counts for all isolates of a place: whether it is still within
    /// [`crate::limits::VOLUME_SLICE`] a minute. `None` where there is no limiter, or it does not answer.
    async fn count_volume(&self, key: &str) -> Option<bool>;
    /// Whether the objects answer: for the health page.
    async fn objects_healthy(&self) -> bool;
}

/// A machine to connect to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Destination<'a> {
    /// Name or address.
    pub host: &'a str,
    /// Port.
    pub port: u16,
    /// Whether TLS is spoken from the first byte.
    pub tls: bool,
    /// Seconds after which the connection is over, whatever is still to be said.
    pub seconds: u32,
}

/// A question to somebody else's machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutgoingRequest<'a> {
    /// Address.
    pub url: &'a str,
    /// An urlencoded form, which is sent by POST; without one it is a GET.
    pub form: Option<&'a str>,
    /// The `authorization` header.
    pub authorization: Option<&'a str>,
    /// Seconds that the answer may take, its last byte among it.
    pub seconds: u32,
    /// Bytes that the answer may have.
    pub bytes_max: usize,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// Status.
    pub status: u16,
    /// Body.
    pub body: Vec<u8>,
}

/// A notice for a push service (RFC 8030, 5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutgoingPush<'a> {
    /// The device's address there.
    pub url: &'a str,
    /// The `authorization` header (RFC 8292).
    pub authorization: &'a str,
    /// Seconds for which the service keeps it for a device that cannot be reached.
    pub ttl_seconds: u32,
    /// `very-low`, `low`, `normal` or `high`.
    pub urgency: &'a str,
    /// What it is about: it takes the place of one that is still kept there.
    pub topic: Option<&'a str>,
    /// The sealed text (RFC 8188).
    pub body: &'a [u8],
}

/// What a push service answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pushed {
    /// Status.
    pub status: u16,
    /// Seconds after which it wants to be asked again, if it says so.
    pub retry_after_seconds: Option<u32>,
}

/// A connection to somebody else's machine, with an end in time.
#[async_trait(?Send)]
pub trait Connection {
    /// Sends all of it.
    async fn send(&mut self, bytes: &[u8]) -> Result<(), ConnectionError>;
    /// What has come, at least a byte; nothing once the other side has closed.
    async fn receive(&mut self) -> Result<Vec<u8>, ConnectionError>;
    /// Ends it.
    async fn close(&mut self);
}

/// A connection was not made, or broke off.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ConnectionError(pub String);

/// A file of the product itself cannot be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the product's file {name}: {reason}")]
pub struct AssetError {
    /// Its name.
    pub name: String,
    /// Why.
    pub reason: String,
}

/// A mail ready for its transport.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingMail {
    /// Envelope sender: where bounces go.
    pub from: String,
    /// The address in the From field, for transports that refuse any other envelope sender.
    pub written_from: String,
    /// Envelope recipient.
    pub to: String,
    /// The whole message, RFC 5322.
    pub raw: Vec<u8>,
    /// Stable over retries: the receiver's means to recognise a repetition.
    pub idempotency_key: String,
}

/// A short message ready for its gateway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingSms {
    /// The number (E.164).
    pub to: String,
    /// The text.
    pub text: String,
    /// Stable over retries: the gateway's means to recognise a repetition.
    pub idempotency_key: String,
}

/// Why a mail did not leave.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeliveryError {
    /// Trying again later may help.
    #[error("temporary: {0}")]
    Temporary(String),
    /// It never will.
    #[error("permanent: {0}")]
    Permanent(String),
}

/// A stored file's outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileInfo {
    /// Bytes.
    pub size: u64,
}

/// A part of a multipart upload that storage has taken.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct StoredPart {
    /// From 1.
    pub number: u16,
    /// Storage's name for the part.
    pub etag: String,
    /// Bytes.
    pub size: u64,
}

/// File storage (R2). Keys come from [`crate::tenant::Tenant`] only.
#[async_trait(?Send)]
pub trait Files {
    /// Stores a small file whole.
    async fn put(&self, key: &str, bytes: Vec<u8>) -> Result<(), FilesError>;
    /// Reads a file as a stream; `None` when there is none. `range` is (offset, length) in bytes.
    async fn get(&self, key: &str, range: Option<(u64, u64)>) -> Result<Option<(FileInfo, ByteStream)>, FilesError>;
    /// Removes a file; a missing one is fine.
    async fn delete(&self, key: &str) -> Result<(), FilesError>;
    /// Begins a file of many parts; answers the upload's name.
    async fn begin(&self, key: &str) -> Result<String, FilesError>;
    /// Stores one part of [`crate::limits::PART_BYTES`] (the last may be smaller).
    async fn put_part(&self, key: &str, upload: &str, number: u16, bytes: Vec<u8>) -> Result<StoredPart, FilesError>;
    /// Makes the file of its parts.
    async fn complete(&self, key: &str, upload: &str, parts: &[StoredPart]) -> Result<(), FilesError>;
    /// Gives an unfinished upload up.
    async fn abort(&self, key: &str, upload: &str) -> Result<(), FilesError>;
}

/// Storage failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("file storage: {0}")]
pub struct FilesError(pub String);

#[cfg(test)]
mod tests {
    use super::{MailConfig, SmsConfig, public_scheme};

    fn smtp(tls: bool) -> MailConfig {
        MailConfig::Smtp { host: "mail.example".to_owned(), port: 465, tls, credentials: None }
    }

    fn api(url: &str) -> MailConfig {
        MailConfig::HttpApi { url: url.to_owned(), key: "key".to_owned() }
    }

    #[test]
    fn a_deployment_is_never_served_in_the_clear() {
        let stated = |text: &str| Some(text.to_owned());
        for environment in ["staging", "production", "loadtest", "dr", "a-new-one", ""] {
            assert_eq!(public_scheme(None, environment), Ok("https".to_owned()), "{environment}");
            for scheme in ["http", "HTTP", "", "ftp"] {
                assert!(public_scheme(stated(scheme), environment).is_err(), "{environment} {scheme}");
            }
        }
        for environment in ["dev", "test", "bench"] {
            assert_eq!(public_scheme(None, environment), Ok("http".to_owned()));
            assert_eq!(public_scheme(stated("https"), environment), Ok("https".to_owned()));
        }
    }

    #[test]
    fn mail_leaves_a_deployment_under_tls_only() {
        for environment in ["staging", "production", "loadtest", "dr", "a-new-one", ""] {
            assert!(smtp(false).fault(environment).is_some_and(|fault| fault.starts_with("SMTP_TLS")), "{environment}");
            for url in ["http://mail.example/send", "HTTP://mail.example", "ftp://mail.example", "mail.example", "https:", ""] {
                assert!(
                    api(url).fault(environment).is_some_and(|fault| fault.starts_with("MAIL_API_URL")),
                    "{environment} {url}"
                );
            }
            for good in [MailConfig::Binding, smtp(true), api("https://mail.example/send"), api("HTTPS://mail.example/send")] {
                assert_eq!(good.fault(environment), None, "{environment} {good:?}");
            }
        }
    }

    #[test]
    fn a_developer_may_use_servers_without_certificates() {
        for environment in ["dev", "test", "bench"] {
            assert_eq!(smtp(false).fault(environment), None);
            assert_eq!(api("http://127.0.0.1:9/send").fault(environment), None);
        }
    }

    #[test]
    fn short_messages_go_by_a_gateway_under_tls_or_nowhere_but_on_ones_own_machine() {
        let asked = |url: Option<&str>, key: Option<&str>, environment| {
            SmsConfig::new(url.map(str::to_owned), key.map(str::to_owned), environment)
        };
        let good = "https://sms.example/send";
        for environment in ["production", "staging", "loadtest", "dr", "anything"] {
            assert_eq!(asked(None, None, environment), Ok(SmsConfig::None));
            assert_eq!(asked(Some("http://sms.example"), Some("key"), environment), Err("SMS_API_URL is not an https: address"));
            assert!(asked(Some(good), Some("key"), environment).is_ok_and(|sms| sms.is_there()));
        }
        assert_eq!(asked(None, None, "dev"), Ok(SmsConfig::Shown));
        assert!(asked(Some("http://127.0.0.1:1"), Some("key"), "test").is_ok());
        assert_eq!(asked(Some(good), None, "dev"), Err("SMS_API_KEY is not set"));
        assert!(!SmsConfig::None.is_there());
    }
}
