//! Roles that need a second factor: whoever has none is let in to set it up, and nowhere else.

use std::collections::BTreeSet;

use functions::routes::{Face, Handler, ROUTES};
use serde_json::json;
use shared::http::{Body, Method};
use tests::app::{PASSWORD, TestApp};

use super::{Device, bearer, enrol, login, run, set, sign_in};

const ALL: [&str; 5] = ["admin", "manager", "agent", "client", "analyst"];

/// What stays open, written out beside the product's own list.
const OPEN: &[&str] = &[
    "GET /api/auth/2fa",
    "GET /api/auth/passkeys",
    "GET /api/auth/me",
    "GET /login",
    "GET /login/confirm",
    "GET /login/sso/{provider}",
    "GET /login/sso/{provider}/callback",
    "GET /login/sso/{provider}/logout",
    "GET /login/verify",
    "GET /profile/security",
    "GET /profile/security/setup",
    "POST /api/auth/2fa/sms",
    "POST /api/auth/2fa/sms/code",
    "POST /api/auth/2fa/sms/confirm",
    "POST /api/auth/2fa/totp",
    "POST /api/auth/2fa/totp/confirm",
    "POST /api/auth/2fa/verify",
    "POST /api/auth/login",
    "POST /api/auth/logout",
    "POST /api/auth/logout/everywhere",
    "POST /api/auth/passkeys",
    "POST /api/auth/passkeys/options",
    "POST /api/auth/passkeys/sign-in",
    "POST /api/auth/passkeys/sign-in/options",
    "POST /api/auth/refresh",
    "POST /api/auth/step-up",
    "POST /api/auth/step-up/code",
    "POST /api/auth/step-up/options",
    "POST /login",
    "POST /login/confirm",
    "POST /login/confirm/code",
    "POST /login/sso/{provider}/acs",
    "POST /login/sso/{provider}/callback",
    "POST /login/sso/{provider}/logout",
    "POST /login/verify",
    "POST /login/verify/code",
    "POST /logout",
    "POST /logout/everywhere",
    "POST /preferences",
    "POST /profile/security/passkeys",
    "GET /profile/security/phone",
    "POST /profile/security/phone",
    "POST /profile/security/phone/confirm",
    "POST /profile/security/setup",
    "POST /profile/security/totp",
];

#[test]
fn of_all_routes_only_those_stay_open_that_setting_it_up_needs() {
    run(async {
        let app = TestApp::new();
        set(&app, json!({"mfa_required_roles": ALL})).await;
        for role in ALL {
            let mut open = BTreeSet::new();
            for route in ROUTES.iter().filter(|route| matches!(route.handler, Handler::Tenant(_)) && !route.face.is_scim()) {
                let name = format!("{} {}", route.method.as_str(), route.path);
                let path = route.path.replace(['{', '}'], "");
                let is_page = matches!(route.face, Face::Page);
                let caller = app.signed_in("acme", role);
                let answer = match (route.method, is_page) {
                    // These would end the session that the walk goes on with; nothing else is asked of them here.
                    _ if name.contains("logout") => {
                        open.insert(name);
                        continue;
                    }
                    (Method::Post, true) => caller.in_browser().submit(&path, &[]).await,
                    (method, true) => caller.in_browser().send(method, &path, Body::Empty, None).await,
                    (Method::Post | Method::Put | Method::Patch, _) => {
                        caller.send(route.method, &path, Body::Bytes(b"{}".to_vec()), Some("application/json")).await
                    }
                    (method, _) => caller.send(method, &path, Body::Empty, None).await,
                };
                // What the role may not do at all is refused as ever.
                let forbidden =
                    answer.status == 403 && (is_page || (route.method != Method::Head && answer.code() == "forbidden"));
                let shut = if is_page {
                    answer.status == 303 && answer.headers.get("location") == Some("/profile/security")
                } else {
                    answer.status == 403 && (route.method == Method::Head || answer.code() == "mfa_enrolment_required")
                };
                if !shut && !forbidden {
                    open.insert(name);
                }
            }
            // Without anything begun the page of the secret leads back to where it is begun.
            open.insert("GET /profile/security/setup".to_owned());
            open.insert("POST /profile/security/setup".to_owned());
            // So does that of a number's code.
            open.insert("GET /profile/security/phone".to_owned());
            open.insert("POST /profile/security/phone/confirm".to_owned());
            // And what is no passkey back to where one is added.
            open.insert("POST /profile/security/passkeys".to_owned());
            let expected: BTreeSet<String> = OPEN.iter().map(|name| (*name).to_owned()).collect();
            assert_eq!(open, expected, "{role}");
        }
    });
}

#[test]
fn the_desk_opens_the_moment_it_is_set_up_and_shuts_when_it_is_taken_away() {
    run(async {
        let app = TestApp::new();
        set(&app, json!({"mfa_required_roles": ["agent"]})).await;
        let tokens = login(&app, "agent").await.expect(200).json();
        let access = tokens["access_token"].as_str().unwrap().to_owned();
        let list = async || bearer(&app, &access).get("/api/tickets").await;
        assert_eq!(list().await.expect(403).code(), "mfa_enrolment_required");
        assert_eq!(bearer(&app, &access).get("/api/auth/2fa").await.expect(200).json()["required"], true);
        let offer = bearer(&app, &access).post("/api/auth/2fa/totp", json!({})).await.expect(200).json();
        list().await.expect(403);
        let device = Device::of(offer["secret"].as_str().unwrap());
        bearer(&app, &access).post("/api/auth/2fa/totp/confirm", json!({"code": device.code(&app)})).await.expect(200);
        list().await.expect(200);
        bearer(&app, &access).delete("/api/auth/2fa/totp").await.expect(204);
        list().await.expect(403);
        // Others are not asked.
        app.client("acme").get("/api/tickets").await.expect(200);
    });
}

#[test]
fn whoever_has_one_and_whoever_is_of_another_tenant_notices_nothing() {
    run(async {
        let app = TestApp::new();
        let (device, _) = enrol(&app, "agent").await;
        set(&app, json!({"mfa_required_roles": ["agent"]})).await;
        let access = sign_in(&app, "agent", Some(&device)).await;
        bearer(&app, &access).get("/api/tickets").await.expect(200);
        app.agent("globex").get("/api/tickets").await.expect(200);
    });
}

#[test]
fn a_person_who_is_given_such_a_role_stands_before_the_set_up_with_the_next_request() {
    run(async {
        let app = TestApp::new();
        set(&app, json!({"mfa_required_roles": ["manager"]})).await;
        app.agent("acme").get("/api/tickets").await.expect(200);
        let person = format!("/api/users/{}", app.user_id("acme", "agent"));
        app.admin("acme").header("if-match", "\"1\"").patch(&person, json!({"role": "manager"})).await.expect(200);
        assert_eq!(app.agent("acme").get("/api/tickets").await.expect(403).code(), "mfa_enrolment_required");
    });
}

#[test]
fn in_the_browser_every_way_leads_to_the_set_up() {
    run(async {
        let app = TestApp::new();
        set(&app, json!({"mfa_required_roles": ["client"]})).await;
        let answer = app
            .anon("acme")
            .in_browser()
            .submit("/login", &[("username", "client@acme.example"), ("password", PASSWORD), ("next", "/tickets")])
            .await
            .expect(303);
        let cookie = answer.session_cookie().split(';').next().unwrap().to_owned();
        for path in ["/", "/tickets", "/tickets/new", "/profile"] {
            let answer = app.anon("acme").header("cookie", cookie.clone()).get(path).await.expect(303);
            assert_eq!(answer.headers.get("location"), Some("/profile/security"), "{path}");
        }
        let page = app.anon("acme").header("cookie", cookie).get("/profile/security").await.expect(200).text();
        assert!(page.contains("role=\"status\"") && page.contains("action=\"/profile/security/totp\""));
        assert!(!page.contains("/sessions/end-others"), "nothing is offered that would be refused");
    });
}

#[test]
fn the_settings_take_roles_and_numbers_within_bounds_only() {
    run(async {
        let app = TestApp::new();
        for (change, field) in [
            (json!({"mfa_required_roles": ["king"]}), "mfa_required_roles[0]"),
            (json!({"mfa_required_roles": "admin"}), "mfa_required_roles"),
            (json!({"session_idle_minutes": 14}), "session_idle_minutes"),
            (json!({"session_idle_minutes": 43_201}), "session_idle_minutes"),
            (json!({"session_absolute_hours": 0}), "session_absolute_hours"),
            (json!({"session_absolute_hours": 721}), "session_absolute_hours"),
        ] {
            let answer = app.admin("acme").patch("/api/tenant/settings", change).await.expect(422);
            assert_eq!(answer.json()["errors"][0]["field"], field);
        }
        let fields = [
            ("role", "admin"),
            ("role", "agent"),
            ("session_idle_minutes", "60"),
            ("session_absolute_hours", "8"),
            ("password_min_chars", "16"),
            ("password_min_chars_before_second", "8"),
            ("api_key_days", "30"),
        ];
        app.admin("acme").in_browser().submit("/agent/settings/security", &fields).await.expect(303);
        let stored = app.admin("globex").get("/api/tenant/settings").await.expect(200).json();
        assert_eq!(stored["mfa_required_roles"], json!([]), "the neighbour's stay");
        let fields = [
            ("session_idle_minutes", "soon"),
            ("session_absolute_hours", "1000"),
            ("password_min_chars", "1"),
            ("password_min_chars_before_second", "7"),
            ("api_key_days", "0"),
        ];
        app.advance(chrono::TimeDelta::seconds(31));
        app.admin("acme").in_browser().get("/agent/settings/security").await.expect(303);
        let refused = app.admin("globex").in_browser().submit("/agent/settings/security", &fields).await.expect(422);
        assert!(refused.text().contains("aria-invalid=\"true\"") && refused.text().contains("value=\"soon\""));
    });
}

#[test]
fn a_role_that_is_granted_or_lent_asks_for_it_too() {
    run(async {
        let app = TestApp::new();
        let list = async |who: &str| app.signed_in("acme", who).get("/api/tickets").await;
        let ends_at = (tests::app::start_of_time() + chrono::TimeDelta::days(1)).to_rfc3339();
        let lent = json!({"deputy": app.user_id("acme", "analyst"), "ends_at": ends_at, "reason": "Holiday"});
        app.signed_in("acme", "manager").post("/api/delegations", lent).await.expect(201);
        list("analyst").await.expect(200);
        set(&app, json!({"mfa_required_roles": ["manager"]})).await;
        assert_eq!(list("analyst").await.expect(403).code(), "mfa_enrolment_required");
        list("agent").await.expect(200);
        let granted = json!({"user": app.user_id("acme", "agent"), "role": "manager", "reach": "all", "reason": "Cover"});
        app.admin("acme").post("/api/grants", granted).await.expect(201);
        assert_eq!(list("agent").await.expect(403).code(), "mfa_enrolment_required");
    });
}
