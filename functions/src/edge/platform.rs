//! The platform's ports over the bindings of one event.

use std::rc::Rc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use shared::auth::cryptography::{Cryptography, CurveKey, PrivateKey, Sealed};
use shared::auth::jwk::PublicKey;
use shared::database::Database;
use shared::id::Entropy;
use shared::platform::{
    AssetError, Config, Connection, ConnectionError, DeliveryError, Destination, Fetched, Files, OutgoingMail, OutgoingPush,
    OutgoingRequest, OutgoingSms, Platform, Pushed,
};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use worker::{Env, console_error};

use super::cryptography;
use super::d1::D1;
use super::mail;
use super::outgoing;
use super::r2::R2;
use super::socket;

/// The platform, for the event that `env` came with.
pub(super) struct EdgePlatform {
    env: Env,
    config: Rc<Config>,
}

impl EdgePlatform {
    pub(super) fn new(env: Env, config: Rc<Config>) -> Self {
        Self { env, config }
    }
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues, catch)]
    fn get_random_values(array: &js_sys::Uint8Array) -> Result<JsValue, JsValue>;
}

/// Bytes that `getRandomValues` gives at once (W3C Web Cryptography, 10.1.1).
const RANDOM_BYTES_AT_ONCE: usize = 65_536;

impl Entropy for EdgePlatform {
    /// The platform's own generator. It cannot fail for arrays of this size; were it to, weak ids would be the worst outcome, so
    /// the isolate is given up instead.
    fn fill(&self, buffer: &mut [u8]) {
        for chunk in buffer.chunks_mut(RANDOM_BYTES_AT_ONCE) {
            let length = u32::try_from(chunk.len()).unwrap_or(0);
            let array = js_sys::Uint8Array::new_with_length(length);
            if let Err(error) = get_random_values(&array) {
                console_error!("no entropy: {error:?}");
                wasm_bindgen::throw_str("no entropy");
            }
            array.copy_to(chunk);
        }
    }
}

#[async_trait(?Send)]
impl Cryptography for EdgePlatform {
    async fn is_signed(&self, key: &PublicKey, message: &[u8], signature: &[u8]) -> bool {
        cryptography::is_by(key, message, signature).await
    }

    async fn sign(&self, key: &PrivateKey, message: &[u8]) -> Option<Vec<u8>> {
        cryptography::signed(key, message).await
    }

    async fn open(&self, key: &PrivateKey, sealed: &Sealed) -> Option<Vec<u8>> {
        cryptography::opened(key, sealed).await
    }

    async fn new_key(&self) -> Option<PrivateKey> {
        cryptography::new_key().await
    }

    async fn sign_on_curve(&self, key: &CurveKey, message: &[u8]) -> Option<Vec<u8>> {
        cryptography::signed_on_curve(key, message).await
    }

    async fn agree(&self, key: &CurveKey, other: &[u8]) -> Option<Vec<u8>> {
        cryptography::agreed(key, other).await
    }

    async fn new_curve_key(&self) -> Option<CurveKey> {
        cryptography::new_curve_key().await
    }
}

#[async_trait(?Send)]
impl Platform for EdgePlatform {
    fn now(&self) -> DateTime<Utc> {
        now()
    }

    fn config(&self) -> &Config {
        &self.config
    }

    fn database(&self, binding: &str) -> Option<Rc<dyn Database>> {
        self.env.d1(binding).ok().map(|database| Rc::new(D1::new(database)) as Rc<dyn Database>)
    }

    fn files(&self) -> Rc<dyn Files> {
        Rc::new(R2::new(self.env.bucket("FILES").map_err(|error| error.to_string())))
    }

    async fn asset(&self, name: &str) -> Result<Vec<u8>, AssetError> {
        let fail = |reason: String| AssetError { name: name.to_owned(), reason };
        let assets = self.env.assets("ASSETS").map_err(|error| fail(error.to_string()))?;
        let mut answer = assets.fetch(format!("https://assets/{name}"), None).await.map_err(|error| fail(error.to_string()))?;
        if answer.status_code() != 200 {
            return Err(fail(format!("status {}", answer.status_code())));
        }
        answer.bytes().await.map_err(|error| fail(error.to_string()))
    }

    async fn send_mail(&self, mail: OutgoingMail) -> Result<(), DeliveryError> {
        mail::send(&self.env, &self.config, mail).await
    }

    async fn send_sms(&self, sms: OutgoingSms) -> Result<(), DeliveryError> {
        mail::send_sms(&self.config, &sms).await
    }

    async fn push(&self, push: &OutgoingPush<'_>) -> Result<Pushed, ConnectionError> {
        outgoing::push(push).await
    }

    async fn fetch(&self, request: &OutgoingRequest<'_>) -> Result<Fetched, ConnectionError> {
        outgoing::fetch(request).await
    }

    async fn connect(&self, to: &Destination<'_>) -> Result<Box<dyn Connection>, ConnectionError> {
        socket::connect(to).await
    }

    async fn count_volume(&self, key: &str) -> Option<bool> {
        let limiter = self.env.rate_limiter("VOLUME").ok()?;
        match limiter.limit(key.to_owned()).await {
            Ok(outcome) => Some(outcome.success),
            Err(error) => {
                console_error!("the limiter does not answer: {error}");
                None
            }
        }
    }

    async fn objects_healthy(&self) -> bool {
        let answer =
            async { self.env.durable_object("TENANT_HUB")?.get_by_name("health")?.fetch_with_str("https://hub/health").await }
                .await;
        answer.is_ok_and(|response| response.status_code() == 200)
    }
}

/// The platform's clock. It stands still between the platform's inputs and outputs.
pub(super) fn now() -> DateTime<Utc> {
    let millis = i64::try_from(worker::Date::now().as_millis()).unwrap_or(0);
    DateTime::from_timestamp_millis(millis).unwrap_or_default()
}
