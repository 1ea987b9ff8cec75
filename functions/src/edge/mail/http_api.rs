//! A mail API over HTTP: POST of `{from, to, raw}` with a bearer key, `raw` in base64. A gateway for short messages: the same of `{to, text}`.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use futures::StreamExt;
use serde::Serialize;
use shared::platform::{DeliveryError, OutgoingMail, OutgoingSms};
use wasm_bindgen::JsValue;
use worker::{Fetch, Headers, Method, Request, RequestInit, RequestRedirect, Response};

/// Bytes of a refusal that the log may show.
const WORDS_BYTES_MAX: usize = 1_024;

#[derive(Serialize)]
struct Message<'a> {
    from: &'a str,
    to: &'a str,
    raw: String,
}

#[derive(Serialize)]
struct Text<'a> {
    to: &'a str,
    text: &'a str,
}

/// Sends. 2xx is sent; what blames the moment, the key or the address passes; every other answer is about this mail, and final.
pub(super) async fn send(url: &str, key: &str, mail: &OutgoingMail) -> Result<(), DeliveryError> {
    let body = Message { from: &mail.from, to: &mail.to, raw: BASE64_STANDARD.encode(&mail.raw) };
    let body = serde_json::to_string(&body).map_err(|error| DeliveryError::Permanent(error.to_string()))?;
    post(url, key, &mail.idempotency_key, &body, true).await
}

/// The same with a short message. What the gateway says of a refusal is not read: many repeat the text, which is nobody else's to know.
pub(super) async fn send_sms(url: &str, key: &str, sms: &OutgoingSms) -> Result<(), DeliveryError> {
    let body = Text { to: &sms.to, text: &sms.text };
    let body = serde_json::to_string(&body).map_err(|error| DeliveryError::Permanent(error.to_string()))?;
    post(url, key, &sms.idempotency_key, &body, false).await
}

async fn post(url: &str, key: &str, idempotency_key: &str, body: &str, reads_words: bool) -> Result<(), DeliveryError> {
    let request = request(url, key, idempotency_key, body)
        .map_err(|error| DeliveryError::Permanent(format!("the request cannot be made: {error}")))?;
    let mut response =
        Fetch::Request(request).send().await.map_err(|error| DeliveryError::Temporary(format!("no connection: {error}")))?;
    let status = response.status_code();
    if (200..300).contains(&status) {
        return Ok(());
    }
    let words = if reads_words { format!("{status} {}", words(&mut response).await) } else { status.to_string() };
    match status {
        // It passes; or the address or the key is wrong, not the mail. A redirect is not followed: it would carry the key elsewhere.
        300..=399 | 401 | 403 | 404 | 408 | 425 | 429 | 500..=599 => Err(DeliveryError::Temporary(words)),
        _ => Err(DeliveryError::Permanent(words)),
    }
}

fn request(url: &str, key: &str, idempotency_key: &str, body: &str) -> worker::Result<Request> {
    let headers = Headers::new();
    headers.set("authorization", &format!("Bearer {key}"))?;
    headers.set("content-type", "application/json")?;
    headers.set("idempotency-key", idempotency_key)?;
    let mut init = RequestInit::new();
    init.with_method(Method::Post)
        .with_headers(headers)
        .with_redirect(RequestRedirect::Manual)
        .with_body(Some(JsValue::from_str(body)));
    Request::new_with_init(url, &init)
}

/// The beginning of a refusal, read no further than the log may show.
async fn words(response: &mut Response) -> String {
    let Ok(mut stream) = response.stream() else { return String::new() };
    let mut bytes = Vec::new();
    while let Some(Ok(chunk)) = stream.next().await {
        bytes.extend_from_slice(&chunk);
        if bytes.len() >= WORDS_BYTES_MAX {
            bytes.truncate(WORDS_BYTES_MAX);
            break;
        }
    }
    String::from_utf8_lossy(&bytes).chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}
