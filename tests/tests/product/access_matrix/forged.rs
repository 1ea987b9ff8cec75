//! What another site makes a browser send, to every route that changes something: it comes with the session's cookie and is refused all
//! the same.

use shared::http::{Body, Method};
use tests::app::{Answer, Caller, TestApp};

use super::fixtures::Fixtures;
use super::table::Row;
use super::{Face, ROLES, Route, allowed, brief, each_row, route};

const FORM: &str = "application/x-www-form-urlencoded";

/// How a foreign page can send what it likes: with which media type, what of ours it has got hold of, and from where it says it comes.
struct Forgery {
    what: &'static str,
    site: &'static str,
    media_type: &'static str,
    has_token: bool,
}

const FORGERIES: [Forgery; 6] = [
    Forgery { what: "a form without a token", site: "same-origin", media_type: FORM, has_token: false },
    Forgery { what: "a form of another site", site: "cross-site", media_type: FORM, has_token: true },
    Forgery { what: "a form of a neighbour's host", site: "same-site", media_type: FORM, has_token: true },
    Forgery { what: "JSON as plain text", site: "cross-site", media_type: "text/plain", has_token: false },
    Forgery { what: "JSON of another site", site: "cross-site", media_type: "application/json", has_token: true },
    Forgery { what: "plain text of ours", site: "same-origin", media_type: "text/plain", has_token: false },
];

async fn forge(app: &TestApp, row: &Row, route: &Route, role: &str, path: &str, forgery: &Forgery) -> Answer {
    let caller = app.signed_in("acme", role).in_browser().header("sec-fetch-site", forgery.site).header("if-match", "\"1\"");
    let token = caller.csrf_token().filter(|_| forgery.has_token).unwrap_or_default();
    let caller: Caller<'_> = if forgery.has_token { caller.header("x-csrf-token", token.clone()) } else { caller };
    let body = if matches!(route.face, Face::Page) {
        format!("{}&csrf={token}", row.body.trim_start_matches("multipart:"))
    } else {
        row.body.to_owned()
    };
    caller.send(route.method, path, Body::Bytes(body.into_bytes()), Some(forgery.media_type)).await
}

/// The one form that is not ours: a provider of identities has filled it in, and its signature and the sign-in's own cookie stand for
/// a token (`tests/tests/product/saml.rs`).
const PROVIDERS_FORM: &str = "/login/sso/{provider}/callback";

/// Nothing that a foreign page can send is carried out, whoever's browser it is.
async fn is_refused(row: &'static Row, fixtures: &Fixtures) {
    let route = route(row);
    let role = ROLES.into_iter().find(|role| allowed(row).contains(role));
    let (Some(role), false) = (role, route.method.is_safe() || matches!(route.face, Face::Machine)) else { return };
    let path = fixtures.path(row.path, "acme");
    // What has no body at all is a form's only where forms can send its method.
    let is_sent_by_forms = |forgery: &&Forgery| forgery.site != "same-origin" || route.method == Method::Post;
    let has_our_token = |forgery: &&Forgery| row.path != PROVIDERS_FORM || forgery.site != "same-origin";
    for forgery in FORGERIES.iter().filter(is_sent_by_forms).filter(has_our_token) {
        let answer = forge(&fixtures.app, row, route, role, &path, forgery).await;
        let told = format!("{}: {} {path} answered {}: {}", forgery.what, row.method, answer.status, brief(&answer));
        assert!(matches!(answer.status, 403 | 415), "{told}");
        if answer.status == 403 && matches!(route.face, Face::Api(_)) {
            assert_eq!(answer.code(), "bad_csrf", "{told}");
        }
    }
}

#[test]
fn no_change_is_made_that_another_site_has_sent_1() {
    each_row(0, 2, is_refused);
}
#[test]
fn no_change_is_made_that_another_site_has_sent_2() {
    each_row(1, 2, is_refused);
}
