//! Questions to other people's machines over HTTP. Each has an end in time and in size, because a machine that says nothing, or never stops,
//! would hold a request up for ever.

use std::time::Duration;

use futures::StreamExt;
use futures::future::{Either, select};
use js_sys::Uint8Array;
use shared::platform::{ConnectionError, Fetched, OutgoingPush, OutgoingRequest, Pushed};
use wasm_bindgen::JsValue;
use worker::{AbortController, Delay, Fetch, Headers, Method, Request, RequestInit, RequestRedirect};

/// Asks, and reads the whole answer.
pub(super) async fn fetch(asked: &OutgoingRequest<'_>) -> Result<Fetched, ConnectionError> {
    let request = request(asked).map_err(failed)?;
    let controller = AbortController::default();
    let signal = controller.signal();
    let work = Box::pin(async {
        let mut response = Fetch::Request(request).send_with_signal(&signal).await.map_err(failed)?;
        let status = response.status_code();
        let mut body = Vec::new();
        // An answer without a body has no stream.
        if let Ok(mut stream) = response.stream() {
            while let Some(chunk) = stream.next().await {
                body.extend_from_slice(&chunk.map_err(failed)?);
                if body.len() > asked.bytes_max {
                    return Err(ConnectionError(format!("more than {} bytes", asked.bytes_max)));
                }
            }
        }
        Ok(Fetched { status, body })
    });
    let outcome = match select(work, Delay::from(Duration::from_secs(asked.seconds.into()))).await {
        Either::Left((outcome, _)) => outcome,
        Either::Right(_) => Err(ConnectionError(format!("no answer within {} s", asked.seconds))),
    };
    if outcome.is_err() {
        controller.abort();
    }
    outcome
}

/// Seconds that a push service may take.
const PUSH_SECONDS: u64 = 20;

/// Hands a notice to a push service; of its answer the text is not read.
pub(super) async fn push(push: &OutgoingPush<'_>) -> Result<Pushed, ConnectionError> {
    let request = push_request(push).map_err(failed)?;
    let controller = AbortController::default();
    let signal = controller.signal();
    let work = Box::pin(async {
        let response = Fetch::Request(request).send_with_signal(&signal).await.map_err(failed)?;
        let retry_after = response.headers().get("retry-after").ok().flatten();
        Ok(Pushed {
            status: response.status_code(),
            retry_after_seconds: retry_after.and_then(|seconds| seconds.trim().parse().ok()),
        })
    });
    let outcome = match select(work, Delay::from(Duration::from_secs(PUSH_SECONDS))).await {
        Either::Left((outcome, _)) => outcome,
        Either::Right(_) => Err(ConnectionError(format!("no answer within {PUSH_SECONDS} s"))),
    };
    controller.abort();
    outcome
}

fn push_request(push: &OutgoingPush<'_>) -> worker::Result<Request> {
    let headers = Headers::new();
    headers.set("authorization", push.authorization)?;
    headers.set("content-encoding", "aes128gcm")?;
    headers.set("content-type", "application/octet-stream")?;
    headers.set("ttl", &push.ttl_seconds.to_string())?;
    headers.set("urgency", push.urgency)?;
    if let Some(topic) = push.topic {
        headers.set("topic", topic)?;
    }
    let mut init = RequestInit::new();
    init.with_method(Method::Post)
        .with_headers(headers)
        .with_redirect(RequestRedirect::Manual)
        .with_body(Some(Uint8Array::from(push.body).into()));
    Request::new_with_init(push.url, &init)
}

fn request(asked: &OutgoingRequest<'_>) -> worker::Result<Request> {
    let headers = Headers::new();
    headers.set("accept", "application/json")?;
    if let Some(authorization) = asked.authorization {
        headers.set("authorization", authorization)?;
    }
    let mut init = RequestInit::new();
    init.with_method(if asked.form.is_some() { Method::Post } else { Method::Get }).with_redirect(RequestRedirect::Manual);
    if let Some(form) = asked.form {
        headers.set("content-type", "application/x-www-form-urlencoded")?;
        init.with_body(Some(JsValue::from_str(form)));
    }
    init.with_headers(headers);
    Request::new_with_init(asked.url, &init)
}

fn failed(error: worker::Error) -> ConnectionError {
    ConnectionError(error.to_string())
}
