//! Linking who one is elsewhere, proving oneself by it, and unlinking.

use chrono::TimeDelta;
use serde_json::json;
use tests::app::{Answer, TestApp};
use tests::native::FakeProvider;

use super::{back, begun, count, kept, last_fault, run, set_up, sign_in, stand};

/// Acme's agent goes out to the provider for that, and comes back as `subject`.
pub(super) async fn goes_out(app: &TestApp, provider: &FakeProvider, id: &str, purpose: &str, subject: &str) -> Answer {
    let agent = || app.agent("acme").in_browser();
    let out = begun(&agent().get(&format!("/login/sso/{id}?as={purpose}&next=/agent")).await.expect(303));
    let query = provider.agree(&out.location, subject);
    let cookies = format!("{}; {}", agent().session_cookie(), out.cookie);
    back(app.anon("acme"), id, &cookies, &query).await
}

fn notices(app: &TestApp) -> Vec<String> {
    app.asked("acme", "SELECT json_extract(data, '$.event') FROM outbox WHERE template = 'security_notice' ORDER BY id")
}

#[test]
fn a_person_links_who_they_are_elsewhere_and_signs_in_by_it_with_their_own_role() {
    run(async {
        let (app, provider) = stand();
        let id = set_up(&app, json!({"default_role": "client", "mappings": []})).await;
        let answer = goes_out(&app, &provider, &id, "link", "anna").await.expect(303);
        assert_eq!(answer.headers.get("location"), Some("/profile/security"));
        assert_eq!(notices(&app), ["identity-linked"]);
        sign_in(&app, &provider, &id, "anna").await.expect(303);
        let agent = app.user_id("acme", "agent");
        let opened = app.asked("acme", "SELECT s.user_id FROM sso_sessions x JOIN sessions s ON s.id = x.session_id");
        assert_eq!(opened, [agent.as_str()]);
        let role = app.asked("acme", &format!("SELECT role FROM users WHERE id = '{agent}'"));
        assert_eq!(role, ["agent"], "the provider decides about accounts that it has made only");
        let page = app.agent("acme").in_browser().get("/profile/security").await.expect(200).text();
        assert!(page.contains("anna@corp.example") && page.contains("/profile/security/identities/eid_"));
        let listed = app.agent("acme").get("/api/auth/identities").await.expect(200).json();
        assert_eq!(listed["data"][0]["provider_name"], "Corp");
        // Nobody else is that one as well, and the agent is nobody else there.
        goes_out(&app, &provider, &id, "link", "carl").await.expect(303);
        assert_eq!(count(&app, "external_identities"), "1");
    });
}

#[test]
fn linking_needs_a_recent_proof_and_is_begun_by_our_own_pages_only() {
    run(async {
        let (app, _provider) = stand();
        let id = set_up(&app, json!({})).await;
        for purpose in ["link", "prove", "test"] {
            let path = format!("/login/sso/{id}?as={purpose}");
            for site in ["cross-site", "same-site", "none"] {
                let cookie = app.admin("acme").in_browser().session_cookie();
                let mut request = TestApp::request(shared::http::Method::Get, "acme.example", &path);
                request.headers.append("cookie", cookie);
                request.headers.append("sec-fetch-site", site);
                let response = app.send(request).await.response;
                assert_eq!(response.status, 403, "{purpose} {site}");
            }
            app.anon("acme").get(&path).await.expect(303);
        }
        app.agent("acme").in_browser().get(&format!("/login/sso/{id}?as=test")).await.expect(403);
        app.tenant_database("acme").inspect(|connection| {
            connection.execute("UPDATE sessions SET verified_at = 1", []).unwrap();
        });
        let answer = app.agent("acme").in_browser().get(&format!("/login/sso/{id}?as=link")).await.expect(303);
        assert_eq!(answer.headers.get("location"), Some("/login/confirm?next=%2Fprofile%2Fsecurity"));
    });
}

#[test]
fn no_other_site_begins_a_session_by_a_link() {
    run(async {
        let (app, _provider) = stand();
        let id = set_up(&app, json!({})).await;
        for (site, to) in [("cross-site", "/login?next=%2Fagent"), ("same-site", "/login?next=%2Fagent"), ("none", "https://")] {
            let mut request =
                TestApp::request(shared::http::Method::Get, "acme.example", &format!("/login/sso/{id}?next=/agent"));
            request.headers.append("sec-fetch-site", site);
            let response = app.send(request).await.response;
            let location = response.headers.get("location").unwrap_or_default();
            assert!(response.status == 303 && location.starts_with(to), "{site}: {location}");
        }
    });
}

#[test]
fn what_was_begun_in_one_session_does_not_end_in_another() {
    run(async {
        let (app, provider) = stand();
        let id = set_up(&app, json!({})).await;
        let out = begun(&app.agent("acme").in_browser().get(&format!("/login/sso/{id}?as=link")).await.expect(303));
        let query = provider.agree(&out.location, "anna");
        let others = format!("{}; {}", app.client("acme").in_browser().session_cookie(), out.cookie);
        back(app.anon("acme"), &id, &others, &query).await.expect(303);
        back(app.anon("acme"), &id, &out.cookie, &query).await.expect(422);
        assert_eq!((count(&app, "external_identities"), provider.times("/token")), ("0".to_owned(), 0));
    });
}

#[test]
fn a_person_proves_themselves_by_a_fresh_sign_in_at_their_provider() {
    run(async {
        let (app, provider) = stand();
        let id = set_up(&app, json!({})).await;
        goes_out(&app, &provider, &id, "link", "anna").await.expect(303);
        app.advance(TimeDelta::minutes(20));
        provider.now.set(app.platform.now.get());
        let page = app.agent("acme").in_browser().get("/login/confirm?next=/agent").await.expect(200).text();
        assert!(page.contains(&format!("/login/sso/{id}?as&#x3D;prove&amp;next&#x3D;%2Fagent")), "{page}");
        // Somebody else, and one who has proven it to the provider long ago.
        goes_out(&app, &provider, &id, "prove", "carl").await.expect(303);
        assert_eq!(last_fault(&app).as_deref(), Some("somebody_else"));
        *provider.told.borrow_mut() =
            Box::new(|told| told.claims["auth_time"] = (told.claims["iat"].as_i64().unwrap() - 3600).into());
        goes_out(&app, &provider, &id, "prove", "anna").await.expect(303);
        assert_eq!(last_fault(&app).as_deref(), Some("auth_time"));
        let proven = || app.asked("acme", "SELECT COUNT(*) FROM audit_logs WHERE action = 'session.verified'").remove(0);
        assert_eq!(proven(), "0");
        *provider.told.borrow_mut() = Box::new(|_| ());
        let answer = goes_out(&app, &provider, &id, "prove", "anna").await.expect(303);
        assert_eq!((answer.headers.get("location"), proven().as_str()), (Some("/agent"), "1"));
    });
}

#[test]
fn unlinking_leaves_a_way_in_and_ends_what_the_provider_has_opened() {
    run(async {
        let (app, provider) = stand();
        let id = set_up(&app, json!({})).await;
        goes_out(&app, &provider, &id, "link", "anna").await.expect(303);
        sign_in(&app, &provider, &id, "anna").await.expect(303);
        let identity = app.asked("acme", "SELECT id FROM external_identities").remove(0);
        app.client("acme").delete(&format!("/api/auth/identities/{identity}")).await.expect(404);
        let live = || {
            app.asked(
                "acme",
                "SELECT COUNT(*) FROM sso_sessions x JOIN sessions s ON s.id = x.session_id WHERE s.revoked_at IS NULL",
            )
        };
        assert_eq!(live(), ["1"]);
        let form = format!("/profile/security/identities/{identity}/unlink");
        app.agent("acme").in_browser().submit(&form, &[]).await.expect(303);
        assert_eq!((count(&app, "external_identities"), live()), ("0".to_owned(), vec!["0".to_owned()]));
        assert_eq!(notices(&app), ["identity-linked", "identity-unlinked"]);
        // Whoever has been made by the provider has nothing else.
        provider.person("dora", json!({"email": "dora@corp.example", "email_verified": true}));
        let cookie = kept(&sign_in(&app, &provider, &id, "dora").await.expect(303), "session").unwrap();
        let identity = app.asked("acme", "SELECT id FROM external_identities").remove(0);
        let dora = app.anon("acme").header("cookie", format!("__Host-session={cookie}"));
        assert_eq!(dora.delete(&format!("/api/auth/identities/{identity}")).await.expect(409).code(), "last_way_in");
    });
}

#[test]
fn of_whoever_is_removed_nothing_stays_that_the_provider_has_called_them() {
    run(async {
        let (app, provider) = stand();
        let id = set_up(&app, json!({})).await;
        sign_in(&app, &provider, &id, "anna").await.expect(303);
        assert_eq!(app.asked("acme", "SELECT label FROM external_identities"), ["anna@corp.example"]);
        let anna = super::of(&app, "anna@corp.example", "id").unwrap();
        app.admin("acme").header("if-match", "*").delete(&format!("/api/users/{anna}")).await.expect(204);
        assert_eq!(app.asked("acme", "SELECT label FROM external_identities"), [""]);
        // Nor does it come back with the next try to come in.
        sign_in(&app, &provider, &id, "anna").await.expect(422);
        assert_eq!(app.asked("acme", "SELECT label FROM external_identities"), [""]);
    });
}
