//! Requests to services of others, by the platform's fetch.

use std::time::Duration;

use futures::StreamExt;
use futures::future::{Either, select};
use shared::net::call::{Call, CallError, Called};
use shared::net::outbound::{ANSWER_BYTES_MAX, WAIT_SECONDS};
use wasm_bindgen::JsValue;
use worker::js_sys::Uint8Array;
use worker::{Delay, Fetch, Headers, Method, Request, RequestInit, RequestRedirect};

/// Asks, follows no redirects, and waits no longer than one may.
pub(super) async fn send(call: Call) -> Result<Called, CallError> {
    let asked = Box::pin(ask(&call));
    match select(asked, Delay::from(Duration::from_secs(WAIT_SECONDS.into()))).await {
        Either::Left((answer, _)) => answer.map_err(|error| CallError::of(&call, error)),
        Either::Right(((), _)) => Err(CallError::of(&call, format!("not within {WAIT_SECONDS} s"))),
    }
}

async fn ask(call: &Call) -> worker::Result<Called> {
    let headers = Headers::new();
    for (name, value) in &call.headers {
        headers.set(name, value)?;
    }
    let mut init = RequestInit::new();
    init.with_headers(headers).with_redirect(RequestRedirect::Manual);
    if let Some(body) = &call.body {
        init.with_method(Method::Post).with_body(Some(JsValue::from(Uint8Array::from(body.as_slice()))));
    }
    let mut response = Fetch::Request(Request::new_with_init(call.url.as_str(), &init)?).send().await?;
    let mut body = Vec::new();
    let mut stream = response.stream()?;
    while let Some(chunk) = stream.next().await {
        body.extend_from_slice(&chunk?);
        if body.len() > ANSWER_BYTES_MAX {
            return Err(worker::Error::RustError(format!("more than {ANSWER_BYTES_MAX} bytes")));
        }
    }
    Ok(Called { status: response.status_code(), body })
}
