//! Bytes that nobody sends by mistake, to every route: each is refused in order, and no answer tells anything of the inside.

use shared::http::{Body, Method};
use tests::app::{Answer, Caller};

use super::fixtures::{Fixtures, parameters};
use super::table::Row;
use super::{CALLERS, allowed, brief, caller, each_row, route, seen};

/// In the place of an id: quotes, SQL, markup, control characters, folders, and far too much.
fn odd_ids() -> Vec<String> {
    ["'", "'%20OR%201=1--", "x'%20UNION%20SELECT%20email%20FROM%20users--", "%00", "%0d%0aset-cookie:%20a=b", "%3Cscript%3E"]
        .into_iter()
        .chain(["..%2f..%2fetc%2fpasswd", "%E2%80%AE", "-1", "9999999999999999999999", "tkt_", "%ff%fe"])
        .map(str::to_owned)
        .chain([format!("tkt_{}", "f".repeat(5_000))])
        .collect()
}

/// In the place of a body.
fn odd_bodies() -> Vec<Vec<u8>> {
    let deep = "[".repeat(5_000);
    let members = format!("{{{}\"z\":1}}", "\"a\":1,".repeat(2_000));
    let texts = ["", "null", "[]", "\"text\"", "{", "{\"a\":1e999}", "{\"\\u0000\":\"\\ud800\"}", "{}{}", &deep, &members];
    texts.into_iter().map(|text| text.as_bytes().to_vec()).chain([vec![0xff, 0xfe, 0x00], b"\xef\xbb\xbf{}".to_vec()]).collect()
}

const ODD_QUERIES: [&str; 5] = [
    "limit=-1&after=%00&before='&sort=--&order=x&q=%22%20OR%20*",
    "limit=99999999999999999999&cursor=AAAA&after=%ff",
    "q=%27%3B%20DROP%20TABLE%20users%3B--&status=%27&priority[]=1&tag=%3Cb%3E",
    "from=2026-99-99&to=infinity&zone=..%2f..%2f&format=../../x&inline=1",
    "a=1&a=2&%00=%00&=&&&;",
];

/// What stands in no answer: it would tell how the product is made, or that something fell over.
const INSIDE: [&str; 8] = ["sqlite", "SELECT ", "tenant_id", "panicked", "RUST_BACKTRACE", ".rs:", "/src/", "UNIQUE constraint"];

fn is_in_order(answer: &Answer, what: &str) {
    let told = format!("{what} answered {}: {}", answer.status, brief(answer));
    assert!(answer.status < 500, "{told}");
    if answer.status >= 400 {
        let seen = seen(answer);
        for word in INSIDE {
            assert!(!seen.contains(word), "{word}: {told}");
        }
    }
    assert_eq!(answer.headers.get("set-cookie").filter(|cookie| cookie.starts_with("a=b")), None, "{told}");
}

/// Somebody who may call the route, if anybody may.
fn somebody<'a>(fixtures: &'a Fixtures, row: &Row) -> Option<Caller<'a>> {
    let allowed = allowed(row);
    // Whoever may do most gets furthest.
    let who =
        CALLERS.into_iter().rev().find(|who| allowed.contains(who) && *who != "service").or_else(|| allowed.first().copied())?;
    Some(caller(&fixtures.app, route(row), who))
}

async fn odd_ids_are_refused(row: &'static Row, fixtures: &Fixtures) {
    let route = route(row);
    for parameter in parameters(row.path) {
        for odd in odd_ids() {
            let Some(caller) = somebody(fixtures, row) else { return };
            let path = fixtures.path_with(row.path, &parameter, &odd);
            let body = if route.method.is_safe() { Body::Empty } else { Body::Bytes(row.body.as_bytes().to_vec()) };
            let media_type = (!route.method.is_safe()).then_some("application/json");
            let answer = caller.header("if-match", "\"1\"").send(route.method, &path, body, media_type).await;
            is_in_order(&answer, &format!("{} {path}", row.method));
            assert!(answer.status != 401 || allowed(row).contains("nobody"), "{} {path} knew nobody", row.method);
        }
    }
}

async fn odd_queries_are_refused(row: &'static Row, fixtures: &Fixtures) {
    if route(row).method != Method::Get {
        return;
    }
    let path = fixtures.path(row.path, "acme");
    for query in ODD_QUERIES {
        let Some(caller) = somebody(fixtures, row) else { return };
        let target = format!("{path}?{query}");
        is_in_order(&caller.get(&target).await, &format!("GET {target}"));
    }
}

async fn odd_bodies_are_refused(row: &'static Row, _: &Fixtures) {
    let route = route(row);
    if route.method.is_safe() {
        return;
    }
    // What is done all the same, signing out among it, is done to nobody else.
    let fixtures = &Fixtures::plant().await;
    let mut is_first = true;
    let path = fixtures.path(row.path, "acme");
    let types = [
        "application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "multipart/form-data; boundary=a",
        "x/y;;",
    ];
    for body in odd_bodies() {
        for media_type in types {
            let Some(caller) = somebody(fixtures, row) else { return };
            // Of a version that nothing has: what is taken for a change all the same changes nothing.
            let caller = caller.header("if-match", "\"987654321\"");
            let answer = caller.send(route.method, &path, Body::Bytes(body.clone()), Some(media_type)).await;
            is_in_order(&answer, &format!("{} {path} with {media_type} and {:?}", row.method, body.get(..20)));
            assert!(!is_first || answer.status != 401 || allowed(row).contains("nobody"), "{} {path} knew nobody", row.method);
            is_first = false;
        }
    }
}

#[test]
fn no_odd_id_breaks_a_route_or_is_answered_with_the_inside() {
    each_row(0, 1, odd_ids_are_refused);
}
#[test]
fn no_odd_query_breaks_a_route_or_is_answered_with_the_inside() {
    each_row(0, 1, odd_queries_are_refused);
}
#[test]
fn no_odd_body_breaks_a_route_or_is_answered_with_the_inside_1() {
    each_row(0, 2, odd_bodies_are_refused);
}
#[test]
fn no_odd_body_breaks_a_route_or_is_answered_with_the_inside_2() {
    each_row(1, 2, odd_bodies_are_refused);
}
