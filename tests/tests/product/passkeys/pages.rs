use serde_json::json;
use tests::app::{PASSWORD, TestApp};

use super::authenticator::{Authenticator, Key, truth};
use super::{enrol, run, to_make, to_sign_in};

#[test]
fn the_page_adds_the_first_shows_the_codes_once_and_goes_on_under_another_cookie() {
    run(async {
        let app = TestApp::new();
        let page = app.agent("acme").in_browser().get("/profile/security").await.expect(200).text();
        assert!(page.contains("data-passkey=\"add\"") && page.contains("data-passkey-unable"));
        let mut device = Authenticator::new(Key::p256(), "one");
        let options = app.agent("acme").in_browser().post("/api/auth/passkeys/options", json!({})).await.expect(200).json();
        let credential = device.make(&options, truth).to_string();
        let fields = [("passkey", credential.as_str()), ("name", "Mein <Laptop>")];
        let added = app.agent("acme").in_browser().submit("/profile/security/passkeys", &fields).await.expect(200);
        assert!(added.text().contains("class=\"codes\""), "{}", added.text());
        let cookie = added.session_cookie().split(';').next().unwrap().to_owned();
        let page = app.anon("acme").header("cookie", cookie).get("/profile/security").await.expect(200).text();
        assert!(page.contains("Mein &lt;Laptop&gt;") && page.contains("/profile/security/codes"));
        assert!(page.contains("/profile/security/totp"), "codes can still be had beside it");
        assert!(!page.contains("action=\"/profile/security/off\""));
    });
}

#[test]
fn the_page_tells_why_one_was_not_taken() {
    run(async {
        let app = TestApp::new();
        for passkey in ["", "{}", "no json"] {
            let fields = [("passkey", passkey)];
            let answer = app.agent("acme").in_browser().submit("/profile/security/passkeys", &fields).await.expect(303);
            let said = answer.headers.iter().any(|(name, value)| name == "set-cookie" && value.contains("flash-passkey-refused"));
            assert!(said);
        }
        // The session of the other caller ends with the first passkey, so it is this one's who has it.
        let (_, added) = enrol(&app, "agent", "one").await;
        let id = added["passkey"]["id"].as_str().unwrap();
        let options = to_make(&app, "client").await;
        let credential = Authenticator::new(Key::p256(), "one").make(&options, truth).to_string();
        let fields = [("passkey", credential.as_str())];
        app.client("acme").in_browser().submit("/profile/security/passkeys", &fields).await.expect(303);
        let foreign = format!("/profile/security/passkeys/{id}/remove");
        app.client("acme").in_browser().submit(&foreign, &[]).await.expect(404);
    });
}

#[test]
fn somebody_signs_in_at_the_page_and_goes_on_to_where_they_wanted() {
    run(async {
        let app = TestApp::new();
        let page = app.anon("acme").get("/login?next=/profile").await.expect(200).text();
        assert!(page.contains("data-passkey=\"sign-in\"") && page.contains("autocomplete=\"username webauthn\""));
        let (device, _) = enrol(&app, "agent", "one").await;
        let credential = device.answer(&to_sign_in(&app, "acme").await, truth).to_string();
        let fields = [("passkey", credential.as_str()), ("next", "/profile")];
        let answer = app.anon("acme").in_browser().submit("/login", &fields).await.expect(303);
        assert_eq!(answer.headers.get("location"), Some("/profile"));
        let cookie = answer.session_cookie().split(';').next().unwrap().to_owned();
        app.anon("acme").header("cookie", cookie).get("/profile").await.expect(200);
        // Once more, and what is no passkey: back to the form, which says so.
        for passkey in [credential.as_str(), "", "[]"] {
            let fields = [("passkey", passkey), ("next", "//evil.example")];
            let refused = app.anon("acme").in_browser().submit("/login", &fields).await.expect(422);
            assert!(refused.text().contains("role=\"alert\"") && !refused.text().contains("evil.example"));
        }
    });
}

#[test]
fn after_the_password_the_page_offers_what_the_person_has() {
    run(async {
        let app = TestApp::new();
        enrol(&app, "agent", "one").await;
        let fields = [("username", "agent@acme.example"), ("password", PASSWORD)];
        let answer = app.anon("acme").in_browser().submit("/login", &fields).await.expect(303);
        let cookie = answer.headers.iter().find(|(_, value)| value.starts_with("__Host-sign-in=")).unwrap().1;
        let cookie = cookie.split(';').next().unwrap().to_owned();
        let page = app.anon("acme").header("cookie", cookie.clone()).get("/login/verify").await.expect(200).text();
        assert!(page.contains("data-passkey=\"sign-in\"") && page.contains("name=\"code\""));
        let wrong = app.anon("acme").in_browser().header("cookie", cookie).submit("/login/verify", &[("code", "1")]).await;
        let page = wrong.expect(422).text();
        assert!(page.contains("data-passkey=\"sign-in\"") && page.contains("role=\"alert\""));
        // A sign-in that never was is told nothing.
        let page = app.anon("acme").header("cookie", "__Host-sign-in=x").get("/login/verify").await.expect(200).text();
        assert!(!page.contains("data-passkey=\"sign-in\""));
    });
}

#[test]
fn the_page_that_asks_once_more_takes_a_passkey() {
    run(async {
        let app = TestApp::new();
        let (device, _) = enrol(&app, "agent", "one").await;
        let credential = device.answer(&to_sign_in(&app, "acme").await, truth).to_string();
        let answer = app.anon("acme").in_browser().submit("/login", &[("passkey", &credential)]).await.expect(303);
        let cookie = answer.session_cookie().split(';').next().unwrap().to_owned();
        let page = app.anon("acme").header("cookie", cookie.clone()).get("/login/confirm?next=/profile").await.expect(200).text();
        assert!(page.contains("data-passkey=\"step-up\""));
        let token = page.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let ask = || app.anon("acme").in_browser().header("cookie", cookie.clone());
        let options = ask().post("/api/auth/step-up/options", json!({})).await.expect(200).json();
        let wrong = device.answer(&options, |says| says.origin = "https://evil.example".to_owned()).to_string();
        let form = |passkey: &str| {
            let pairs = [("csrf", token.as_str()), ("passkey", passkey), ("next", "/profile")];
            url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish().into_bytes()
        };
        let send = async |passkey: &str| {
            let body = shared::http::Body::Bytes(form(passkey));
            ask().send(shared::http::Method::Post, "/login/confirm", body, Some("application/x-www-form-urlencoded")).await
        };
        let refused = send(&wrong).await.expect(422).text();
        assert!(refused.contains("id=\"f-passkey-error\""), "{refused}");
        let options = ask().post("/api/auth/step-up/options", json!({})).await.expect(200).json();
        let proven = send(&device.answer(&options, truth).to_string()).await.expect(303);
        assert_eq!(proven.headers.get("location"), Some("/profile"));
        assert!(proven.session_cookie().len() > 40, "and goes on under another cookie");
    });
}
