//! The platform's request as our own.

use futures::{StreamExt, TryStreamExt};
use js_sys::{Array, JSON};
use shared::http::{Body, BodyError, Country, Headers, Method, Request, decode_pairs};
use worker::web_sys;

/// Translates. `None` when the request is of no kind that we answer (an unknown method, an address that is none).
pub(super) fn plain(raw: &web_sys::Request) -> Option<Request> {
    let url = url::Url::parse(&raw.url()).ok()?;
    let method = Method::parse(&raw.method())?;
    let headers = fields(&raw.headers())?;
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

/// All header fields in one crossing, as the text of a JSON array of pairs: one by one each name and value would be a crossing.
fn fields(raw: &web_sys::Headers) -> Option<Headers> {
    let text: String = JSON::stringify(&Array::from(raw)).ok()?.into();
    let mut headers = Headers::new();
    for (name, value) in serde_json::from_str::<Vec<(String, String)>>(&text).ok()? {
        headers.append(&name, value);
    }
    Some(headers)
}

/// `XX` is what the platform says when it does not know.
fn country(raw: &web_sys::Request) -> Country {
    let raw = Clone::clone(raw);
    Country::asked(move || {
        worker::Request::from(Clone::clone(&raw)).cf().and_then(worker::Cf::country).filter(|country| country != "XX")
    })
}
