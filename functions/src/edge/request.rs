//! The platform's request as our own.

use futures::{StreamExt, TryStreamExt};
use shared::http::{Body, BodyError, Country, Headers, Method, Request, decode_pairs};
use worker::web_sys;

/// Translates. `None` when the request is of no kind that we answer (an unknown method, an address that is none).
pub(super) fn plain(raw: &web_sys::Request) -> Option<Request> {
    let url = url::Url::parse(&raw.url()).ok()?;
    let method = Method::parse(&raw.method())?;
    let mut headers = Headers::new();
    for (name, value) in worker::Headers(raw.headers()).entries() {
        headers.append(&name, value);
    }
    // The platform itself sets this one and overwrites what a client sent.
    let peer = headers.get("cf-connecting-ip").and_then(|address| address.parse().ok());
    let body = match raw.body() {
        Some(stream) => {
            let stream = worker::ByteStream::from(stream).map_err(|error| BodyError::BrokenOff(error.to_string()));
            Body::Stream(stream.boxed_local())
        }
        None => Body::Empty,
    };
    Some(Request {
        method,
        https: url.scheme() == "https",
        host: url.host_str()?.to_ascii_lowercase(),
        port: url.port(),
        path: url.path().to_owned(),
        raw_query: url.query().unwrap_or_default().to_owned(),
        query: decode_pairs(url.query().unwrap_or_default().as_bytes()),
        headers,
        body,
        peer,
        country: country(raw),
        params: Vec::new(),
    })
}

/// `XX` is what the platform says when it does not know.
fn country(raw: &web_sys::Request) -> Country {
    let raw = Clone::clone(raw);
    Country::asked(move || {
        worker::Request::from(Clone::clone(&raw)).cf().and_then(worker::Cf::country).filter(|country| country != "XX")
    })
}
