//! Requests without TLS: people are led to the same page over it, everything else is refused, and nothing is believed.

use shared::http::{Body, Method};
use tests::app::{Answer, TestApp};

async fn in_the_clear(app: &TestApp, method: Method, target: &str, headers: &[(&str, String)]) -> Answer {
    let mut caller = app.anon("acme").in_the_clear();
    for (name, value) in headers {
        caller = caller.header(name, value.clone());
    }
    caller.send(method, target, Body::Empty, None).await
}

#[test]
fn people_are_led_to_the_same_page_over_tls() {
    pollster::block_on(async {
        let app = TestApp::new();
        for (asked, given) in [
            ("/", "https://acme.example/"),
            ("/login?next=%2Fagent%2Ftickets%3Fq%3D1", "https://acme.example/login?next=%2Fagent%2Ftickets%3Fq%3D1"),
        ] {
            for method in [Method::Get, Method::Head] {
                let answer = in_the_clear(&app, method, asked, &[]).await.expect(308);
                assert_eq!(answer.headers.get("location"), Some(given));
                assert_eq!(answer.round_trips, 0);
            }
        }
    });
}

#[test]
fn programs_forms_and_what_is_no_page_are_refused_and_not_led_on() {
    pollster::block_on(async {
        let app = TestApp::new();
        let cookie = ("cookie", app.admin("acme").session_cookie().replace("__Host-", ""));
        let service = ("authorization", format!("Bearer {}", app.platform.config.service_token));
        for (method, path) in [
            (Method::Get, "/api/tickets"),
            (Method::Get, "/api/system/health"),
            (Method::Get, "/scim/v2/Users"),
            (Method::Post, "/oauth/token"),
            (Method::Post, "/login"),
            (Method::Get, "/no/such/page"),
        ] {
            for headers in [vec![], vec![cookie.clone()], vec![service.clone()]] {
                let answer = in_the_clear(&app, method, path, &headers).await.expect(403);
                assert_eq!(answer.headers.get("location"), None, "{path}");
                assert_eq!(answer.headers.get("set-cookie"), None, "{path}");
                assert_eq!(answer.round_trips, 0, "{path}");
            }
        }
        let told = in_the_clear(&app, Method::Get, "/api/tickets", &[]).await;
        assert_eq!(told.code(), "https_required");
    });
}

#[test]
fn what_a_client_says_of_its_connection_is_not_believed() {
    pollster::block_on(async {
        let app = TestApp::new();
        for (name, value) in [
            ("x-forwarded-proto", "https"),
            ("cf-visitor", "{\"scheme\":\"https\"}"),
            ("forwarded", "proto=https"),
            ("x-forwarded-ssl", "on"),
        ] {
            in_the_clear(&app, Method::Get, "/api/tickets", &[(name, value.to_owned())]).await.expect(403);
        }
    });
}

#[test]
fn a_product_that_is_served_over_http_answers_over_http() {
    pollster::block_on(async {
        let mut app = TestApp::new();
        app.platform.config.public_scheme = "http".to_owned();
        in_the_clear(&app, Method::Get, "/api/system/health", &[]).await.expect(200);
        in_the_clear(&app, Method::Get, "/login", &[]).await.expect(200);
    });
}
