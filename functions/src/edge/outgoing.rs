//! Questions to other people's machines over HTTP. Each has an end in time and in size, because a machine that says nothing, or never stops,
//! would hold a request up for ever.

use std::time::Duration;

use futures::StreamExt;
use futures::future::{Either, select};
use shared::platform::{ConnectionError, Fetched, OutgoingRequest};
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
