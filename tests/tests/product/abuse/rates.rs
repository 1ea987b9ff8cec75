//! How many requests somebody may send.

use std::collections::HashMap;

use chrono::TimeDelta;
use serde_json::json;
use shared::http::{Body, Method};
use tests::app::{Answer, TestApp};

use super::counting;

const STRANGER: &str = "198.51.100.66";

/// Sends until the first refusal, `most` times at most; how many got through, and the last answer.
async fn flood(most: usize, send: impl AsyncFn() -> Answer) -> (usize, Answer) {
    let mut through = 0;
    loop {
        let answer = send().await;
        if answer.status == 429 || through == most {
            return (through, answer);
        }
        through += 1;
    }
}

async fn visit(app: &TestApp, network: &str) -> Answer {
    app.anon("acme").from_network(network).get("/login").await
}

#[test]
fn a_visitor_may_send_a_hundred_and_twenty_at_once_and_is_told_when_to_come_again() {
    pollster::block_on(async {
        let app = counting();
        let first = app.anon("acme").from_network(STRANGER).get("/api/tickets").await.expect(401);
        assert_eq!(first.headers.get("ratelimit-policy"), Some("\"address\";q=120;w=60"));
        assert_eq!(first.headers.get("ratelimit"), Some("\"address\";r=119;t=1"));
        let (through, refused) = flood(500, async || app.anon("acme").from_network(STRANGER).get("/api/tickets").await).await;
        assert_eq!(through, 119);
        let refused = refused.expect(429);
        assert_eq!((refused.code().as_str(), refused.headers.get("retry-after")), ("rate_limited", Some("1")));
        assert_eq!(refused.headers.get("content-type"), Some("application/problem+json"));
        assert_eq!(refused.headers.get("ratelimit"), Some("\"address\";r=0;t=72"));
        assert_eq!(refused.round_trips, 0);
        // A second brings one back, a minute a hundred.
        app.advance(TimeDelta::seconds(1));
        app.anon("acme").from_network(STRANGER).get("/api/tickets").await.expect(401);
        app.advance(TimeDelta::seconds(60));
        assert_eq!(flood(500, async || app.anon("acme").from_network(STRANGER).get("/api/tickets").await).await.0, 100);
    });
}

#[test]
fn people_are_told_in_their_language_and_machines_by_problem_details() {
    pollster::block_on(async {
        let app = counting();
        flood(500, async || visit(&app, STRANGER).await).await;
        for (language, words) in [("ru", "Слишком много"), ("en", "Too many"), ("ar", "lang=\"ar\"")] {
            let page =
                app.anon("acme").from_network(STRANGER).header("accept-language", language).get("/login").await.expect(429);
            assert!(page.text().starts_with("<!doctype html>") && page.text().contains(words), "{}", page.text());
            assert_eq!(page.headers.get("retry-after"), Some("1"));
            let problem = app.anon("acme").from_network(STRANGER).header("accept-language", language).get("/api/tickets").await;
            assert_eq!(problem.expect(429).headers.get("content-language"), Some(language));
        }
    });
}

#[test]
fn an_attacker_shuts_out_no_neighbour_of_the_same_tenant() {
    pollster::block_on(async {
        let app = counting();
        for _ in 0..2_000 {
            visit(&app, STRANGER).await;
        }
        visit(&app, STRANGER).await.expect(429);
        visit(&app, "198.51.100.67").await.expect(200);
        app.agent("acme").get("/api/tickets").await.expect(200);
        // Not even somebody who is signed in behind the very same address.
        app.agent("acme").from_network(STRANGER).get("/api/tickets").await.expect(200);
        // And nobody of another tenant.
        app.anon("globex").from_network(STRANGER).get("/login").await.expect(200);
    });
}

#[test]
fn one_account_does_not_use_up_what_its_colleague_has_behind_the_same_address() {
    pollster::block_on(async {
        let app = counting();
        let (through, refused) = flood(500, async || app.agent("acme").get("/api/tickets").await).await;
        assert_eq!(through, 120);
        assert_eq!(refused.headers.get("ratelimit-policy"), Some("\"account\";q=120;w=60"));
        app.manager("acme").get("/api/tickets").await.expect(200);
        // Another network and the other kind of session do not help.
        app.agent("acme").from_network(STRANGER).get("/api/tickets").await.expect(429);
        app.agent("acme").in_browser().get("/agent/tickets").await.expect(429);
    });
}

#[test]
fn made_up_credentials_give_nobody_more() {
    pollster::block_on(async {
        let app = counting();
        let tried = std::cell::Cell::new(0);
        let (through, _) = flood(500, async || {
            tried.set(tried.get() + 1);
            let token = format!("Bearer made-up-{}", tried.get());
            app.anon("acme").from_network(STRANGER).header("authorization", token).get("/api/tickets").await
        })
        .await;
        assert_eq!(through, 120);
        let cookie = async || {
            tried.set(tried.get() + 1);
            let cookie = format!("__Host-session={:064}", tried.get());
            app.anon("acme").from_network("203.0.113.5").header("cookie", cookie).get("/login").await
        };
        assert_eq!(flood(500, cookie).await.0, 120);
    });
}

#[test]
fn whatever_is_claimed_one_address_sends_no_more_than_ten_rates() {
    pollster::block_on(async {
        let app = counting();
        let roles = ["client", "agent", "manager", "analyst", "admin"];
        let made_up = |number: i32| format!("Bearer made-up-{number}");
        let mut lookups = 0;
        for number in 0..3_000 {
            let answer =
                app.anon("acme").from_network(STRANGER).header("authorization", made_up(number)).get("/api/auth/me").await;
            lookups += u32::from(answer.status == 401);
        }
        assert_eq!(lookups, 120);
        // The address is spent now, by its own doing, for its own people too: there are twelve hundred and no more.
        let refused = app.signed_in("acme", roles[1]).from_network(STRANGER).get("/api/auth/me").await.expect(429);
        assert_eq!((refused.code().as_str(), refused.round_trips), ("rate_limited", 0));
        app.signed_in("acme", roles[1]).get("/api/auth/me").await.expect(200);
    });
}

#[test]
fn made_up_cookies_are_looked_up_as_often_as_a_visitor_may_come_and_neighbours_stay_in() {
    pollster::block_on(async {
        let app = counting();
        let neighbour = || app.agent("acme").in_browser().from_network(STRANGER);
        neighbour().get("/agent/tickets").await.expect(200);
        let mut trips = 0;
        for number in 0..3_000 {
            let cookie = format!("__Host-session={number:064}");
            let answer = app.anon("acme").from_network(STRANGER).header("cookie", cookie).get("/api/tickets").await;
            trips += answer.round_trips;
        }
        assert_eq!(trips, 120);
        // Whoever was seen here before goes on; whoever was not has to wait until the flood is over, or comes from elsewhere.
        neighbour().get("/agent/tickets").await.expect(200);
        let refused = app.manager("acme").in_browser().from_network(STRANGER).get("/agent/tickets").await.expect(429);
        assert_eq!(refused.round_trips, 0);
        app.manager("acme").in_browser().get("/agent/tickets").await.expect(200);
        app.advance(TimeDelta::seconds(1));
        app.manager("acme").in_browser().from_network(STRANGER).get("/agent/tickets").await.expect(200);
    });
}

#[test]
fn a_refused_account_is_looked_up_once_and_then_told_without_asking_the_database() {
    pollster::block_on(async {
        let app = counting();
        let ask = async || app.agent("acme").get("/api/tickets").await;
        let (_, first) = flood(500, ask).await;
        assert_eq!((first.status, first.round_trips, first.headers.get("retry-after")), (429, 1, Some("1")));
        for _ in 0..50 {
            let refused = ask().await.expect(429);
            assert_eq!((refused.round_trips, refused.headers.get("retry-after")), (0, Some("1")));
            assert_eq!(refused.headers.get("ratelimit"), first.headers.get("ratelimit"));
        }
        // Of another kind, and from the moment that it was told of, it is let in.
        app.agent("acme").post("/api/auth/step-up", json!({})).await.expect(422);
        app.advance(TimeDelta::seconds(1));
        ask().await.expect(200);
    });
}

#[test]
fn each_key_of_a_program_is_counted_by_itself() {
    pollster::block_on(async {
        let app = counting();
        let account = app.admin("acme").post("/api/service-accounts", json!({"name": "ERP", "role": "agent"})).await;
        let account = account.expect(201).json()["id"].clone();
        let key = async || {
            let body = json!({"account": account, "name": "Import", "scopes": ["ticket.read"]});
            app.admin("acme").post("/api/api-keys", body).await.expect(201).json()["key"].as_str().unwrap().to_owned()
        };
        let (first, second) = (key().await, key().await);
        let ask = async |key: &str| app.anon("acme").header("authorization", format!("Bearer {key}")).get("/api/tickets").await;
        let form = format!("grant_type=client_credentials&client_id={}&client_secret={first}", account.as_str().unwrap());
        let form = Body::Bytes(form.into_bytes());
        let exchange = app.anon("acme").send(Method::Post, "/api/oauth/token", form, Some("application/x-www-form-urlencoded"));
        let token = exchange.await.expect(200).json()["access_token"].as_str().unwrap().to_owned();
        let (through, refused) = flood(500, async || ask(&first).await).await;
        assert_eq!(through, 120);
        assert_eq!(refused.headers.get("ratelimit-policy"), Some("\"key\";q=120;w=60"));
        ask(&second).await.expect(200);
        // From another network it is the same key.
        let elsewhere = app.anon("acme").from_network(STRANGER).header("authorization", format!("Bearer {first}"));
        elsewhere.get("/api/tickets").await.expect(429);
        // A token that stands for the key is no second one.
        ask(&token).await.expect(429);
    });
}

#[test]
fn hosts_that_nobody_has_are_not_looked_up_without_end() {
    pollster::block_on(async {
        let app = counting();
        let host = std::cell::Cell::new(0);
        let knock = async || {
            host.set(host.get() + 1);
            app.anon("acme").at(&format!("host{}.example", host.get())).from_network(STRANGER).get("/").await
        };
        let (through, refused) = flood(500, knock).await;
        assert_eq!((through, refused.status), (120, 429));
        // Hosts that are remembered, and whoever comes from elsewhere, are not meant.
        app.agent("acme").get("/api/tickets").await.expect(200);
        app.agent("acme").from_network(STRANGER).get("/api/tickets").await.expect(200);
    });
}

#[test]
fn the_routes_that_count_as_signing_in_are_there() {
    for path in shared::rate::Class::SIGN_IN {
        let is_there = functions::routes::ROUTES.iter().any(|route| route.path == path && !route.method.is_safe());
        assert!(is_there, "{path}");
    }
    for path in shared::rate::Class::BY_PROVIDER {
        let is_there = functions::routes::ROUTES.iter().any(|route| route.path == path && route.method == Method::Get);
        assert!(is_there, "{path}");
    }
}

#[test]
fn going_out_to_a_provider_and_coming_back_count_as_signing_in() {
    pollster::block_on(async {
        let out = format!("/login/sso/idp_{}", "a".repeat(32));
        for path in [out.clone(), format!("{out}/callback?state=x&code=x")] {
            let app = counting();
            let visit_there = async || app.anon("acme").from_network(STRANGER).get(&path).await;
            let (through, refused) = flood(500, visit_there).await;
            assert_eq!((through, refused.status), (60, 429), "{path}");
            visit(&app, STRANGER).await.expect(200);
        }
    });
}

#[test]
fn an_ipv6_subscriber_is_one_address() {
    pollster::block_on(async {
        let app = counting();
        let host = std::cell::Cell::new(0_u32);
        let (through, _) = flood(500, async || {
            host.set(host.get() + 1);
            visit(&app, &format!("2001:db8:1:2::{:x}", host.get())).await
        })
        .await;
        assert_eq!(through, 120);
        visit(&app, "2001:db8:1:3::1").await.expect(200);
    });
}

#[test]
fn signing_in_health_and_the_mail_door_are_counted_apart() {
    pollster::block_on(async {
        let app = counting();
        let sign_in = async || {
            let body = json!({"username": 1});
            app.anon("acme").from_network(STRANGER).post("/api/auth/login", body).await
        };
        assert_eq!(flood(500, sign_in).await.0, 60);
        visit(&app, STRANGER).await.expect(200);
        assert_eq!(flood(1_000, async || app.anon("acme").from_network(STRANGER).get("/api/system/health").await).await.0, 600);
        flood(500, async || visit(&app, STRANGER).await).await;
        let door = async |token: &str| {
            let token = format!("Bearer {token}");
            app.anon("acme").from_network(STRANGER).header("authorization", token).post("/api/inbound/email", json!({})).await
        };
        assert_eq!(flood(2_000, async || door("service-token-for-tests").await).await.0, 1_200);
        // Without the key it is no wider than any other door, and this visitor has used theirs up.
        door("made-up").await.expect(429);
    });
}

#[test]
fn paths_that_lead_nowhere_are_counted_too() {
    pollster::block_on(async {
        let app = counting();
        let seek = async || app.anon("acme").from_network(STRANGER).get("/wp-login.php").await;
        let (through, refused) = flood(500, seek).await;
        assert_eq!((through, refused.status), (120, 429));
    });
}

#[test]
fn a_tenant_sets_its_own_rate_within_bounds() {
    pollster::block_on(async {
        let app = counting();
        let change = async |body| app.admin("acme").patch("/api/tenant/settings", body).await;
        change(json!({"rate_limit_per_minute": 29})).await.expect(422);
        change(json!({"rate_limit_per_minute": 10_001})).await.expect(422);
        change(json!({"rate_limit_burst": 10_001})).await.expect(422);
        change(json!({"rate_limit_per_minute": 30, "rate_limit_burst": 5})).await.expect(200);
        app.advance(TimeDelta::seconds(31));
        assert_eq!(flood(500, async || visit(&app, STRANGER).await).await.0, 35);
        assert_eq!(flood(500, async || app.anon("globex").from_network(STRANGER).get("/login").await).await.0, 120);
    });
}

#[test]
fn the_platforms_limiter_counts_what_one_isolate_does_not_see() {
    pollster::block_on(async {
        let app = counting();
        *app.platform.volume.borrow_mut() = Some(HashMap::new());
        let (through, _) = flood(500, async || visit(&app, STRANGER).await).await;
        assert_eq!(through, 120, "the slices add up to the rate");
        // Other isolates have let through all that there is: this one has counted nothing yet, and refuses all the same.
        let app = counting();
        *app.platform.volume.borrow_mut() = Some(HashMap::new());
        visit(&app, STRANGER).await.expect(200);
        for count in app.platform.volume.borrow_mut().as_mut().unwrap().values_mut() {
            *count = 60;
        }
        let key = app.platform.volume.borrow().as_ref().unwrap().keys().next().unwrap().0.clone();
        let (stem, _) = key.rsplit_once('/').unwrap();
        let minute = app.platform.now.get().timestamp().div_euclid(60);
        for slice in 0..2 {
            app.platform.volume.borrow_mut().as_mut().unwrap().insert((format!("{stem}/{slice}"), minute), 60);
        }
        let refused = visit(&app, STRANGER).await.expect(429);
        assert_eq!(refused.headers.get("retry-after"), Some("60"));
        visit(&app, "198.51.100.67").await.expect(200);
    });
}

#[test]
fn the_platforms_own_host_is_counted_too() {
    pollster::block_on(async {
        let app = counting();
        let knock = async || app.anon("acme").at("localhost").from_network(STRANGER).get("/").await;
        assert_eq!(flood(500, knock).await.0, 120);
    });
}

#[test]
fn the_platforms_limiter_is_bound_with_the_slice_that_the_product_counts_on() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../wrangler.toml");
    let text = std::fs::read_to_string(path).unwrap();
    for environment in ["staging", "production", "dr"] {
        let (_, binding) = text.split_once(&format!("[[env.{environment}.ratelimits]]")).expect("a limiter");
        let slice = format!("simple = {{ limit = {}, period = 60 }}", shared::limits::VOLUME_SLICE);
        assert!(binding.split("[[").next().unwrap().contains(&slice), "{environment}");
        let (_, vars) = text.split_once(&format!("[env.{environment}.vars]")).unwrap();
        assert!(vars.split("\n[").next().unwrap().contains("RATE_LIMIT_FACTOR = \"1\""), "{environment}");
    }
}
