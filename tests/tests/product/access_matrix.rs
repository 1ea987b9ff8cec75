//! Every route against every kind of caller.
//!
//! The table of who may what is written out in [`table`], beside the product's own: a route without a row fails, and so
//! does a row without a route. Requests are built from the row alone; fixtures fill the path by the names of its parameters.

mod fixtures;
mod forged;
mod noise;
mod table;
mod within;

use std::collections::BTreeSet;

use functions::routes::{Face, Handler, ROUTES, Route};
use shared::access::Access;
use shared::http::{Body, Method};
use tests::app::{Answer, Caller, TestApp};

use fixtures::{CANARY, Fixtures};
use table::{MATRIX, Row};

/// Everybody who comes to a tenant's host.
const CALLERS: [&str; 7] = ["nobody", "client", "agent", "manager", "analyst", "admin", "service"];
const ROLES: [&str; 5] = ["client", "agent", "manager", "analyst", "admin"];

fn name(method: Method, path: &str) -> String {
    format!("{} {path}", method.as_str())
}

fn route(row: &Row) -> &'static Route {
    let found = ROUTES
        .iter()
        .find(|route| route.method.as_str() == row.method && route.path == row.path && is_console(route) == row.is_console());
    found.unwrap_or_else(|| panic!("{} {} is in the matrix and not in the product", row.method, row.path))
}

fn is_console(route: &Route) -> bool {
    matches!(route.handler, Handler::Platform(_)) && route.access != Access::AnyHost
}

/// Whom the row lets in. A machine has no forms: it is turned away by their token.
fn allowed(row: &Row) -> BTreeSet<&'static str> {
    let is_form = row.method == "POST" && matches!(route(row).face, Face::Page);
    row.who
        .split_whitespace()
        .flat_map(|word| match word {
            "everybody" => CALLERS.to_vec(),
            "people" => ROLES.to_vec(),
            "staff" => ROLES.into_iter().filter(|role| *role != "client").collect(),
            "desk" => vec!["agent", "manager", "admin"],
            word => vec![word],
        })
        .filter(|who| !(is_form && *who == "service"))
        .collect()
}

/// The row's request by this caller; a form carries its token, JSON its body.
async fn ask(route: &Route, row: &Row, caller: Caller<'_>, path: &str) -> Answer {
    let caller = if matches!(route.method, Method::Put | Method::Patch | Method::Delete) {
        caller.header("if-match", "\"1\"")
    } else {
        caller
    };
    match (route.method, &route.face) {
        (Method::Post, Face::Page) => {
            let (is_multipart, body) = row.body.strip_prefix("multipart:").map_or((false, row.body), |body| (true, body));
            let fields: Vec<(&str, &str)> = body.split('&').filter_map(|pair| pair.split_once('=')).collect();
            if is_multipart { caller.submit_multipart(path, &fields).await } else { caller.submit(path, &fields).await }
        }
        (Method::Post | Method::Put | Method::Patch, _) => {
            let body = if row.body.is_empty() { "{}" } else { row.body };
            caller.send(route.method, path, Body::Bytes(body.as_bytes().to_vec()), Some("application/json")).await
        }
        (method, _) => caller.send(method, path, Body::Empty, None).await,
    }
}

fn caller<'a>(app: &'a TestApp, route: &Route, who: &str) -> Caller<'a> {
    match who {
        "nobody" => app.anon("acme"),
        "service" => app.anon("acme").header("authorization", "Bearer service-token-for-tests"),
        role if matches!(route.face, Face::Page) => app.signed_in("acme", role).in_browser(),
        role => app.signed_in("acme", role),
    }
}

/// Whether the answer turns the caller away: not signed in, or not allowed.
fn is_turned_away(answer: &Answer) -> bool {
    let to_login = answer.status == 303 && answer.headers.get("location").is_some_and(|to| to.starts_with("/login?"));
    matches!(answer.status, 401 | 403) || to_login
}

fn tenant_rows() -> impl Iterator<Item = &'static Row> {
    MATRIX.iter().filter(|row| !row.is_console())
}

#[test]
fn every_route_has_its_row_and_every_row_its_route() {
    let routes: BTreeSet<(bool, String)> =
        ROUTES.iter().map(|route| (is_console(route), name(route.method, route.path))).collect();
    let rows: BTreeSet<(bool, String)> =
        MATRIX.iter().map(|row| (row.is_console(), format!("{} {}", row.method, row.path))).collect();
    assert_eq!(
        routes.difference(&rows).collect::<Vec<_>>(),
        Vec::<&(bool, String)>::new(),
        "routes without a row in access_matrix/table.rs"
    );
    assert_eq!(rows.difference(&routes).collect::<Vec<_>>(), Vec::<&(bool, String)>::new(), "rows without a route");
    assert_eq!(rows.len(), MATRIX.len(), "a row stands twice");
}

#[test]
fn every_path_of_the_table_was_taken_by_the_router() {
    let router = functions::routes::Router::new(ROUTES);
    let paths = |console: bool| {
        let here = |route: &&Route| {
            if console { matches!(route.handler, Handler::Platform(_)) } else { !is_console(route) }
        };
        ROUTES.iter().filter(here).map(|route| route.path).collect::<BTreeSet<_>>().len()
    };
    assert_eq!(router.path_counts(), (paths(false), paths(true)), "two paths of the table collide");
}

/// The rows of one share of the table, so that the shares run side by side. They have their fixtures in common: a check that
/// changes something plants its own.
fn each_row(share: usize, shares: usize, check: impl AsyncFn(&'static Row, &Fixtures)) {
    pollster::block_on(async {
        let fixtures = Fixtures::plant().await;
        for (_, row) in tenant_rows().enumerate().filter(|(index, _)| index % shares == share) {
            check(row, &fixtures).await;
        }
    });
}

/// Those who may not are turned away before anything else is looked at; those who may get an answer, whatever it is; and
/// nobody of one tenant ever reads a word of the other.
async fn callers_are_told_apart(row: &'static Row, shared: &Fixtures) {
    let route = route(row);
    let own = if route.method.is_safe() { None } else { Some(Fixtures::plant().await) };
    let fixtures = own.as_ref().unwrap_or(shared);
    let app = &fixtures.app;
    let path = fixtures.path(row.path, "acme");
    let allowed = allowed(row);
    // Refusals first: what the others may do must not take the thing away.
    let (may, may_not): (Vec<_>, Vec<_>) = CALLERS.into_iter().partition(|who| allowed.contains(who));
    for who in may_not.into_iter().chain(may) {
        let before = fixtures.changes();
        let answer = ask(route, row, caller(app, route, who), &path).await;
        let told = format!("{who}: {} {path} answered {}: {}", row.method, answer.status, brief(&answer));
        assert_eq!(is_turned_away(&answer), !allowed.contains(who), "{told}");
        if !allowed.contains(who) && who != "nobody" {
            assert_eq!(answer.status, 403, "{told}");
        }
        assert!(answer.status < 500, "{told}\n{}", answer.log);
        assert!(!seen(&answer).contains(CANARY), "{who} reads of another tenant: {told}");
        if route.method == Method::Get {
            assert_eq!(fixtures.changes(), before, "looking changed something: {told}");
        }
    }
    // Sessions of another tenant are nothing here: a token is refused, a cookie is nobody's.
    for role in ROLES {
        let answer = ask(route, row, app.signed_in("globex", role).at("acme.example"), &path).await;
        let told = format!("globex's {role}: {} {path} answered {}: {}", row.method, answer.status, brief(&answer));
        let by_token = if route.access == Access::AnyHost { answer.status < 400 } else { is_turned_away(&answer) };
        assert!(by_token, "{told}");
        let cookie = app.signed_in("globex", role).session_cookie();
        let answer = ask(route, row, app.anon("acme").header("cookie", cookie), &path).await;
        assert_eq!(is_turned_away(&answer), !allowed.contains("nobody"), "{told}");
        assert!(!seen(&answer).contains(CANARY), "{told}");
    }
}

/// Routes that may take more round trips to databases than three with the row's request, and how many. The list may only shrink. (A
/// bulk change of many tickets takes one a ticket: the row names one.)
const MORE_TRIPS: &[(&str, &str, u64)] = &[];

/// Round trips to the tenant's database and the platform's own, counted where the answer came from.
async fn within_three_trips(row: &'static Row, shared: &Fixtures) {
    let route = route(row);
    let own = if route.method.is_safe() { None } else { Some(Fixtures::plant().await) };
    let fixtures = own.as_ref().unwrap_or(shared);
    let path = fixtures.path(row.path, "acme");
    let allowed = allowed(row);
    let most =
        MORE_TRIPS.iter().find(|(method, path, _)| *method == row.method && *path == row.path).map_or(3, |(_, _, most)| *most);
    for who in CALLERS.into_iter().filter(|who| allowed.contains(who)) {
        // The host's tenant is remembered from here on.
        fixtures.app.anon("acme").get("/api/system/versions").await;
        let platform = &fixtures.app.platform.databases["PLATFORM_DB"];
        let before = platform.batches();
        let answer = ask(route, row, caller(&fixtures.app, route, who), &path).await;
        let trips = u64::from(answer.round_trips) + platform.batches() - before;
        assert!(
            trips <= most,
            "{who}: {} {path} answered {} after {trips} round trips: {}",
            row.method,
            answer.status,
            brief(&answer)
        );
    }
}

#[test]
fn every_route_answers_within_three_round_trips_1() {
    each_row(0, 2, within_three_trips);
}
#[test]
fn every_route_answers_within_three_round_trips_2() {
    each_row(1, 2, within_three_trips);
}

/// Enough of an answer to see what it is.
fn brief(answer: &Answer) -> String {
    answer.text().chars().take(400).collect::<String>() + " " + &answer.log
}

/// Everything of an answer that a caller sees.
fn seen(answer: &Answer) -> String {
    let headers: String = answer.headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    headers + &answer.text()
}

#[test]
fn callers_are_told_apart_1() {
    each_row(0, 4, callers_are_told_apart);
}
#[test]
fn callers_are_told_apart_2() {
    each_row(1, 4, callers_are_told_apart);
}
#[test]
fn callers_are_told_apart_3() {
    each_row(2, 4, callers_are_told_apart);
}
#[test]
fn callers_are_told_apart_4() {
    each_row(3, 4, callers_are_told_apart);
}

/// An answer without what differs from request to request, and without the name that was asked for.
fn comparable(answer: &Answer, asked: &str) -> (u16, String) {
    // How many requests are left goes down with each.
    let mut text = seen(answer).lines().filter(|line| !line.starts_with("ratelimit: ")).collect::<Vec<_>>().join("\n");
    if let Some(id) = answer.headers.get("x-request-id") {
        text = text.replace(id, "REQUEST");
    }
    if let Some(nonce) =
        answer.headers.get("content-security-policy").and_then(|policy| policy.split("'nonce-").nth(1)?.split('\'').next())
    {
        text = text.replace(nonce, "NONCE");
    }
    (answer.status, text.replace(asked, "ASKED"))
}

/// Another tenant's thing and a thing that never was are one and the same to whoever asks.
async fn foreign_is_as_unknown(row: &'static Row, fixtures: &Fixtures) {
    let route = route(row);
    if !row.path.contains('{') {
        return;
    }
    let allowed = allowed(row);
    for who in CALLERS.into_iter().filter(|who| allowed.contains(who)) {
        for parameter in fixtures::parameters(row.path) {
            let (foreign, unknown) = (fixtures.value(&parameter, "globex"), fixtures.unknown(&parameter));
            let one =
                ask(route, row, caller(&fixtures.app, route, who), &fixtures.path_with(row.path, &parameter, &foreign)).await;
            let other =
                ask(route, row, caller(&fixtures.app, route, who), &fixtures.path_with(row.path, &parameter, &unknown)).await;
            assert_eq!(
                comparable(&one, &foreign),
                comparable(&other, &unknown),
                "{who}: {} {} {{{parameter}}}",
                row.method,
                row.path
            );
            assert!(one.status >= 400, "{who}: {} {} took another tenant's {parameter}: {}", row.method, row.path, one.status);
        }
    }
}

#[test]
fn another_tenants_id_answers_exactly_as_one_that_never_was_1() {
    each_row(0, 2, foreign_is_as_unknown);
}
#[test]
fn another_tenants_id_answers_exactly_as_one_that_never_was_2() {
    each_row(1, 2, foreign_is_as_unknown);
}

#[test]
fn the_canaries_are_there_to_be_read_by_their_own_tenant() {
    pollster::block_on(async {
        let fixtures = Fixtures::plant().await;
        let path = fixtures.path("/api/tickets/{ticket}", "globex");
        let answer = fixtures.app.agent("globex").get(&path).await.expect(200);
        assert!(answer.text().contains(CANARY));
    });
}

#[test]
fn the_platforms_host_is_for_operators_and_no_tenants_host_leads_there() {
    pollster::block_on(async {
        for row in MATRIX.iter().filter(|row| row.is_console()) {
            let route = route(row);
            let fixtures = Fixtures::plant().await;
            let app = &fixtures.app;
            let path = fixtures.path(row.path, "acme");
            let operator = fixtures.operator().await;
            let is_public = row.who == "console";
            let nobody = ask(route, row, app.anon("acme").at("localhost"), &path).await;
            let told = format!("{} {path} answered nobody {}: {}", row.method, nobody.status, nobody.text());
            assert!(nobody.status < 500, "{told}");
            if route.method == Method::Get {
                assert_eq!(is_turned_away(&nobody), !is_public, "{told}");
            }
            if !is_public {
                let admin = app.signed_in("acme", "admin").session_cookie();
                let answer = ask(route, row, app.anon("acme").header("cookie", admin).at("localhost"), &path).await;
                assert!(is_turned_away(&answer), "a tenant's administrator is nobody here: {}", answer.status);
            }
            let answer = ask(route, row, app.anon("acme").header("cookie", operator).at("localhost"), &path).await;
            assert!(answer.status < 500, "{} {path} answered an operator {}", row.method, answer.status);
            if route.method == Method::Get {
                assert!(!is_turned_away(&answer), "{} {path} answered an operator {}", row.method, answer.status);
            }
        }
    });
}
