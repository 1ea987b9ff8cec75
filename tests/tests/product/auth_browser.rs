//! Signing in by browser: the cookie, where it leads, and what other sites cannot do with it.

use shared::http::{Body, Method};
use tests::app::{Answer, PASSWORD, TestApp};

fn run(test: impl Future<Output = ()>) {
    pollster::block_on(test);
}

async fn sign_in(app: &TestApp, fields: &[(&str, &str)]) -> Answer {
    app.anon("acme").in_browser().submit("/login", fields).await
}

/// The value of the session cookie that the answer sets.
fn cookie(answer: &Answer) -> String {
    let field = answer.session_cookie();
    assert!(field.ends_with("; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=43200"), "{field}");
    field.split(['=', ';']).nth(1).unwrap_or_default().to_owned()
}

async fn me(app: &TestApp, slug: &str, cookie: &str) -> Answer {
    app.anon(slug).header("cookie", format!("__Host-session={cookie}")).get("/api/auth/me").await
}

#[test]
fn a_person_signs_in_goes_where_they_wanted_and_signs_out() {
    run(async {
        let app = TestApp::new();
        let page = app.anon("acme").get("/login?next=/tickets/7").await.expect(200);
        assert!(page.text().contains("name=\"username\"") && page.text().contains("value=\"/tickets/7\""), "{}", page.text());
        let answer = sign_in(&app, &[("username", "client@acme.example"), ("password", PASSWORD), ("next", "/tickets/7")])
            .await
            .expect(303);
        assert_eq!(answer.headers.get("location"), Some("/tickets/7"));
        assert!(answer.round_trips <= 3);
        let token = cookie(&answer);
        assert_eq!(me(&app, "acme", &token).await.expect(200).json()["email"], "client@acme.example");
        me(&app, "globex", &token).await.expect(401);
        let out = app.client("acme").in_browser().submit("/logout", &[]).await.expect(303);
        assert!(
            out.headers.iter().any(|(name, value)| name == "set-cookie"
                && value.starts_with("__Host-session=;")
                && value.contains("Max-Age=0"))
        );
        app.client("acme").in_browser().get("/api/auth/me").await.expect(401);
    });
}

#[test]
fn whoever_signs_out_leaves_nothing_in_the_browsers_storage() {
    run(async {
        let app = TestApp::new();
        for path in ["/logout", "/logout/everywhere"] {
            let out =
                app.signed_in("acme", if path == "/logout" { "client" } else { "agent" }).in_browser().submit(path, &[]).await;
            assert_eq!(out.expect(303).headers.get("clear-site-data"), Some("\"storage\""), "{path}");
        }
    });
}

#[test]
fn staff_and_clients_begin_in_different_places() {
    run(async {
        let app = TestApp::new();
        for (role, home) in [("client", "/"), ("agent", "/agent"), ("admin", "/agent")] {
            let username = format!("{role}@acme.example");
            let answer = sign_in(&app, &[("username", &username), ("password", PASSWORD)]).await.expect(303);
            assert_eq!(answer.headers.get("location"), Some(home));
        }
    });
}

#[test]
fn the_way_on_never_leads_to_another_host() {
    run(async {
        let app = TestApp::new();
        for next in ["//evil.example", "https://evil.example/", "/\\evil.example", "/%2fevil.example"] {
            let answer =
                sign_in(&app, &[("username", "client@acme.example"), ("password", PASSWORD), ("next", next)]).await.expect(303);
            assert_eq!(answer.headers.get("location"), Some("/"), "{next}");
        }
    });
}

#[test]
fn a_refused_form_keeps_the_user_name_and_never_the_password() {
    run(async {
        let app = TestApp::new();
        let answer =
            sign_in(&app, &[("username", "client@acme.example"), ("password", "a wrong password here")]).await.expect(422);
        assert!(answer.text().contains("client@acme.example"));
        assert!(!answer.text().contains("a wrong password here"));
        assert!(answer.headers.iter().all(|(name, value)| name != "set-cookie" || !value.contains("session")));
    });
}

#[test]
fn a_cookie_from_before_signing_in_is_never_good_afterwards() {
    run(async {
        let app = TestApp::new();
        // Planted by an attacker: not a session, and not one after somebody has signed in with it either.
        let planted = "f".repeat(64);
        let answer = app
            .anon("acme")
            .header("cookie", format!("__Host-session={planted}"))
            .in_browser()
            .submit("/login", &[("username", "client@acme.example"), ("password", PASSWORD)])
            .await
            .expect(303);
        assert_ne!(cookie(&answer), planted);
        me(&app, "acme", &planted).await.expect(401);
        // A real session of somebody else in this browser ends when another person signs in.
        app.agent("acme")
            .in_browser()
            .submit("/login", &[("username", "client@acme.example"), ("password", PASSWORD)])
            .await
            .expect(303);
        app.agent("acme").in_browser().get("/api/auth/me").await.expect(401);
    });
}

#[test]
fn another_site_can_neither_sign_somebody_in_nor_out() {
    run(async {
        let app = TestApp::new();
        let form = || Body::Bytes(format!("username=client%40acme.example&password={}", PASSWORD.replace(' ', "+")).into_bytes());
        let kind = Some("application/x-www-form-urlencoded");
        // Without the token, and with a foreign origin.
        app.anon("acme").send(Method::Post, "/login", form(), kind).await.expect(403);
        app.anon("acme")
            .header("sec-fetch-site", "cross-site")
            .submit("/login", &[("username", "client@acme.example"), ("password", PASSWORD)])
            .await
            .expect(403);
        app.client("acme").in_browser().send(Method::Post, "/logout", Body::Empty, kind).await.expect(403);
        app.client("acme").in_browser().header("sec-fetch-site", "cross-site").submit("/logout", &[]).await.expect(403);
        app.client("acme").in_browser().get("/api/auth/me").await.expect(200);
    });
}

#[test]
fn a_browser_that_says_an_origin_and_no_more_is_held_to_it() {
    run(async {
        let app = TestApp::new();
        let fields = [("username", "client@acme.example"), ("password", PASSWORD)];
        let sign_out = async |cookie: &str, origin: Option<&str>, port: Option<u16>| {
            let mut request = TestApp::request(Method::Post, "acme.example", "/api/auth/logout");
            request.port = port;
            request.body = Body::Bytes(b"{}".to_vec());
            request.headers.append("cookie", format!("__Host-session={cookie}"));
            request.headers.append("content-type", "application/json");
            if let Some(origin) = origin {
                request.headers.append("origin", origin);
            }
            app.send(request).await.response.status
        };
        for (own, port) in [("https://acme.example", None), ("https://acme.example:8443", Some(8443))] {
            let cookie = cookie(&sign_in(&app, &fields).await);
            for foreign in [
                None,
                Some("null"),
                Some(""),
                Some("http://acme.example"),
                Some("https://acme.example:444"),
                Some("https://globex.example"),
                Some("https://acme.example.evil.example"),
            ] {
                assert_eq!(sign_out(&cookie, foreign, port).await, 403, "{foreign:?}");
            }
            assert_eq!(sign_out(&cookie, Some(own), port).await, 204, "{own}");
        }
    });
}

#[test]
fn too_many_tries_in_the_browser_are_told_how_long_to_wait() {
    run(async {
        let app = TestApp::new();
        let fields = [("username", "client@acme.example"), ("password", "wrong")];
        for _ in 0..10 {
            sign_in(&app, &fields).await.expect(422);
        }
        let answer = sign_in(&app, &fields).await.expect(429);
        assert!(answer.headers.get("retry-after").is_some());
        assert!(answer.text().contains("name=\"username\""));
    });
}
