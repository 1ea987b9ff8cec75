//! Our response as the platform's.

use futures::TryStreamExt;
use shared::http::{Headers, Response, ResponseBody, SocketUpgrade};
use wasm_bindgen::JsCast;
use worker::{EncodeBody, Env, FixedLengthStream, Method, RequestInit, console_error};

/// Translates; what cannot be translated is a plain 500 and a line in the log.
pub(super) async fn platform(env: &Env, response: Response) -> worker::Response {
    match translate(env, response).await {
        Ok(response) => response,
        Err(error) => {
            console_error!("the response cannot be sent: {error}");
            bare(500, "internal error")
        }
    }
}

/// What even a response has that no route made. A browser takes the last of them over TLS only.
const BARE: [(&str, &str); 5] = [
    ("content-type", "text/plain; charset=utf-8"),
    ("cache-control", "no-store"),
    ("x-content-type-options", "nosniff"),
    ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
    ("strict-transport-security", "max-age=63072000; includeSubDomains"),
];

/// A response that cannot fail to be made.
pub(super) fn bare(status: u16, text: &str) -> worker::Response {
    let headers = worker::Headers::new();
    for (name, value) in BARE {
        if headers.set(name, value).is_err() {
            console_error!("a header field cannot be set: {name}");
        }
    }
    worker::Response::builder().with_status(status).with_headers(headers).fixed(text.as_bytes().to_vec())
}

async fn translate(env: &Env, response: Response) -> worker::Result<worker::Response> {
    let status = if (200..=599).contains(&response.status) || response.status == 101 { response.status } else { 500 };
    let mut builder = worker::Response::builder().with_status(status);
    // Bytes that are compressed already must not be compressed once more.
    if response.headers.get("content-encoding").is_some() {
        builder = builder.with_encode_body(EncodeBody::Manual);
    }
    let headers = fields(&response.headers)?;
    // The platform throws when one of these has a body (Fetch standard, null body status).
    if matches!(status, 204 | 205 | 304) {
        return Ok(builder.with_headers(headers).empty());
    }
    match response.body {
        ResponseBody::Empty => Ok(builder.with_headers(headers).empty()),
        ResponseBody::Bytes(bytes) => Ok(builder.with_headers(headers).fixed(bytes)),
        ResponseBody::Stream(stream) => {
            let length = response.headers.get("content-length").and_then(|length| length.parse::<u64>().ok());
            let stream = stream.map_err(|error| worker::Error::RustError(error.to_string()));
            let Some(length) = length else { return builder.with_headers(headers).from_stream(stream) };
            let sized: worker::worker_sys::FixedLengthStream = FixedLengthStream::wrap(stream, length).into();
            Ok(builder.with_headers(headers).stream(sized.readable().unchecked_into()))
        }
        ResponseBody::Socket(upgrade) => connect(env, &upgrade).await,
    }
}

fn fields(headers: &Headers) -> worker::Result<worker::Headers> {
    let fields = worker::Headers::new();
    for (name, value) in headers.iter() {
        fields.append(name, value)?;
    }
    Ok(fields)
}

/// Hands the connection to the tenant's hub. The seat is ours, built from the session; nothing of the client's request goes on.
async fn connect(env: &Env, upgrade: &SocketUpgrade) -> worker::Result<worker::Response> {
    let headers = worker::Headers::new();
    headers.set("upgrade", "websocket")?;
    let mut address = url::Url::parse("https://hub/connect")?;
    address.query_pairs_mut().append_pair("seat", &upgrade.attachment);
    let mut init = RequestInit::new();
    init.with_method(Method::Get).with_headers(headers);
    let request = worker::Request::new_with_init(address.as_str(), &init)?;
    env.durable_object("TENANT_HUB")?.get_by_name(&upgrade.object)?.fetch_with_request(request).await
}
