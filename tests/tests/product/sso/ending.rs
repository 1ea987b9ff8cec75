//! What ends with a provider, with what it was trusted with, and with a link: whichever way a session was brought to its end.

use serde_json::{Value, json};
use shared::platform::Wake;
use tests::app::{Answer, TestApp};

use super::linking::goes_out;
use super::{RECOVERY_CODE, back, begin, enrol, form, kept, run, set_up, sign_in, stand};
use crate::passkeys;
use crate::passkeys::authenticator::truth;

/// The cookie that the second factor goes along with.
fn owed(answer: &Answer) -> String {
    format!("__Host-sign-in={}", kept(answer, "sign-in").expect("a second factor is owed"))
}

async fn finish(app: &TestApp, cookie: &str) -> Answer {
    app.anon("acme").in_browser().header("cookie", cookie).submit("/login/verify", &[("code", RECOVERY_CODE)]).await
}

/// Live sessions that a provider has opened.
fn live(app: &TestApp) -> usize {
    app.asked("acme", "SELECT 1 FROM sso_sessions x JOIN sessions s ON s.id = x.session_id WHERE s.revoked_at IS NULL").len()
}

/// Whether the session of that answer still lets somebody in.
async fn is_in(app: &TestApp, answer: &Answer) -> bool {
    let cookie = format!("__Host-session={}", kept(answer, "session").expect("a session"));
    app.anon("acme").header("cookie", cookie).get("/profile").await.status == 200
}

async fn change(app: &TestApp, id: &str, more: Value) {
    app.wakes.borrow_mut().clear();
    let form = form(more);
    app.admin("acme").header("if-match", "*").put(&format!("/api/identity-providers/{id}"), form).await.expect(200);
}

/// Whether open pages were told to come back.
fn were_pages_told(app: &TestApp) -> bool {
    let is_told = |wake: &Wake| matches!(wake, Wake::Hub { message, .. } if message.contains("renew_everybody"));
    app.wakes.borrow().iter().any(is_told)
}

#[test]
fn a_session_that_a_code_has_finished_ends_with_the_provider() {
    run(async {
        let (app, provider) = stand();
        let id = set_up(&app, json!({})).await;
        sign_in(&app, &provider, &id, "anna").await.expect(303);
        enrol(&app, "anna@corp.example");
        let cookie = owed(&sign_in(&app, &provider, &id, "anna").await.expect(303));
        let answer = finish(&app, &cookie).await.expect(303);
        assert!(is_in(&app, &answer).await && live(&app) == 2);
        // One more has come as far as the code.
        enrol(&app, "anna@corp.example");
        let cookie = owed(&sign_in(&app, &provider, &id, "anna").await.expect(303));
        app.admin("acme").delete(&format!("/api/identity-providers/{id}")).await.expect(204);
        assert!(!is_in(&app, &answer).await, "it is over");
        finish(&app, &cookie).await.expect(422);
    });
}

#[test]
fn a_session_that_a_code_or_a_passkey_has_finished_ends_with_the_link() {
    run(async {
        let (app, provider) = stand();
        let id = set_up(&app, json!({})).await;
        goes_out(&app, &provider, &id, "link", "anna").await.expect(303);
        let (device, _) = passkeys::enrol(&app, "agent", "one").await;
        enrol(&app, "agent@acme.example");
        let cookie = owed(&sign_in(&app, &provider, &id, "anna").await.expect(303));
        let by_code = finish(&app, &cookie).await.expect(303);
        let cookie = owed(&sign_in(&app, &provider, &id, "anna").await.expect(303));
        let by_passkey = async |cookie: &str| {
            let credential = device.answer(&passkeys::to_sign_in(&app, "acme").await, truth).to_string();
            let caller = app.anon("acme").in_browser().header("cookie", cookie);
            caller.submit("/login", &[("passkey", credential.as_str())]).await.expect(303)
        };
        let after_the_provider = by_passkey(&cookie).await;
        let alone = by_passkey("").await;
        assert_eq!(live(&app), 2);
        // One more has come as far as the code.
        enrol(&app, "agent@acme.example");
        let cookie = owed(&sign_in(&app, &provider, &id, "anna").await.expect(303));
        app.tenant_database("acme").inspect(|connection| {
            let sql = "UPDATE sessions SET factor_at = (SELECT MAX(created_at) FROM sessions)";
            connection.execute(sql, []).unwrap();
        });
        let identity = app.asked("acme", "SELECT id FROM external_identities").remove(0);
        app.agent("acme").delete(&format!("/api/auth/identities/{identity}")).await.expect(204);
        assert!(!is_in(&app, &by_code).await && !is_in(&app, &after_the_provider).await);
        assert!(is_in(&app, &alone).await, "the provider had no part in it");
        finish(&app, &cookie).await.expect(422);
    });
}

#[test]
fn whoever_owes_the_factor_after_a_password_is_of_no_provider() {
    run(async {
        let (app, provider) = stand();
        let id = set_up(&app, json!({})).await;
        goes_out(&app, &provider, &id, "link", "anna").await.expect(303);
        enrol(&app, "agent@acme.example");
        let typed = [("username", "agent@acme.example"), ("password", tests::app::PASSWORD)];
        let cookie = owed(&app.anon("acme").in_browser().submit("/login", &typed).await.expect(303));
        app.admin("acme").delete(&format!("/api/identity-providers/{id}")).await.expect(204);
        let answer = finish(&app, &cookie).await.expect(303);
        assert!(is_in(&app, &answer).await && live(&app) == 0);
    });
}

#[test]
fn turning_a_provider_off_or_to_another_issuer_ends_what_it_has_opened() {
    run(async {
        for more in [json!({"enabled": false}), json!({"issuer": "https://login.other.example"})] {
            let (app, provider) = stand();
            let id = set_up(&app, json!({})).await;
            let answer = sign_in(&app, &provider, &id, "anna").await.expect(303);
            change(&app, &id, json!({"name": "Corporation", "create_people": false})).await;
            assert!(is_in(&app, &answer).await && !were_pages_told(&app), "another name ends nothing");
            enrol(&app, "anna@corp.example");
            let cookie = owed(&sign_in(&app, &provider, &id, "anna").await.expect(303));
            change(&app, &id, more).await;
            assert!(!is_in(&app, &answer).await && live(&app) == 0 && were_pages_told(&app));
            finish(&app, &cookie).await.expect(422);
        }
    });
}

#[test]
fn a_provider_that_is_off_already_can_be_changed_and_turned_on() {
    run(async {
        let (app, provider) = stand();
        let id = set_up(&app, json!({"enabled": false})).await;
        change(&app, &id, json!({"enabled": false, "name": "Corporation"})).await;
        change(&app, &id, json!({})).await;
        assert!(!were_pages_told(&app));
        let begun = begin(&app, &id).await;
        let query = provider.agree(&begun.location, "anna");
        back(app.anon("acme"), &id, &begun.cookie, &query).await.expect(303);
    });
}

#[test]
fn a_provider_that_is_no_longer_trusted_vouches_for_nobody() {
    run(async {
        let (app, provider) = stand();
        let id = set_up(&app, json!({"trusts_second_factor": true})).await;
        app.admin("acme").patch("/api/tenant/settings", json!({"mfa_required_roles": ["agent"]})).await.expect(200);
        app.advance(chrono::TimeDelta::seconds(31));
        provider.now.set(app.platform.now.get());
        let claims = json!({"email": "anna@corp.example", "email_verified": true, "groups": ["desk"], "amr": ["mfa"]});
        provider.person("anna", claims);
        let cookie = kept(&sign_in(&app, &provider, &id, "anna").await.expect(303), "session").unwrap();
        let cookie = format!("__Host-session={cookie}");
        app.anon("acme").header("cookie", &cookie).get("/agent/tickets").await.expect(200);
        change(&app, &id, json!({"trusts_second_factor": true, "name": "Corporation"})).await;
        app.anon("acme").header("cookie", &cookie).get("/agent/tickets").await.expect(200);
        assert!(!were_pages_told(&app));
        change(&app, &id, json!({"trusts_second_factor": false})).await;
        assert!(were_pages_told(&app));
        let answer = app.anon("acme").header("cookie", &cookie).get("/agent/tickets").await.expect(303);
        assert_eq!(answer.headers.get("location"), Some("/profile/security"));
        assert_eq!(live(&app), 1, "the person stays signed in, and sets a factor up");
    });
}
