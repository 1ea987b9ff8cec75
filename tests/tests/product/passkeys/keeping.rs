use serde_json::json;
use tests::app::TestApp;

use super::{audited, bearer, enrol, login, notices, run, sign_in, signed_in, to_sign_in};
use crate::passkeys::authenticator::truth;

#[test]
fn a_person_sees_renames_and_takes_away_their_own_and_nobody_elses() {
    run(async {
        let app = TestApp::in_one_cell();
        let (device, added) = enrol(&app, "agent", "one").await;
        let path = format!("/api/auth/passkeys/{}", added["passkey"]["id"].as_str().unwrap());
        let renamed = app.agent("acme").patch(&path, json!({"name": "Work laptop"})).await.expect(200).json();
        assert_eq!(renamed["name"], "Work laptop");
        for name in ["", " ", &"x".repeat(61)] {
            app.agent("acme").patch(&path, json!({"name": name})).await.expect(422);
        }
        let list = app.agent("acme").get("/api/auth/passkeys").await.expect(200).json();
        assert_eq!(list["data"], json!([renamed]));
        for caller in [app.admin("acme"), app.agent("globex")] {
            caller.patch(&path, json!({"name": "Mine"})).await.expect(404);
        }
        for caller in [app.admin("acme"), app.agent("globex")] {
            caller.delete(&path).await.expect(404);
        }
        app.agent("acme").delete("/api/auth/passkeys/psk_1").await.expect(404);
        assert_eq!(app.admin("acme").get("/api/auth/passkeys").await.expect(200).json()["data"], json!([]));
        signed_in(&app, &device).await;

        app.agent("acme").delete(&path).await.expect(204);
        app.agent("acme").delete(&path).await.expect(404);
        let credential = device.answer(&to_sign_in(&app, "acme").await, truth);
        sign_in(&app, "acme", credential).await.expect(401);
        assert_eq!(notices(&app), ["passkey-added", "passkey-removed"]);
        assert_eq!((audited(&app, "account.passkey_renamed"), audited(&app, "account.passkey_removed")), (1, 1));
    });
}

#[test]
fn the_list_goes_on_where_a_page_ends() {
    run(async {
        let app = TestApp::new();
        for name in ["one", "two", "three"] {
            enrol(&app, "agent", name).await;
            app.advance(chrono::TimeDelta::seconds(1));
        }
        let first = app.agent("acme").get("/api/auth/passkeys?limit=2").await.expect(200).json();
        assert_eq!((first["data"].as_array().unwrap().len(), &first["meta"]["has_more"]), (2, &json!(true)));
        let cursor = first["meta"]["next_cursor"].as_str().unwrap();
        let second = app.agent("acme").get(&format!("/api/auth/passkeys?limit=2&cursor={cursor}")).await.expect(200).json();
        assert_eq!(second["data"].as_array().unwrap().len(), 1);
        assert_ne!(second["data"][0]["id"], first["data"][1]["id"]);
        app.agent("acme").get("/api/auth/passkeys?colour=red").await.expect(422);
        app.agent("acme").get("/api/auth/passkeys?cursor=x").await.expect(422);
    });
}

#[test]
fn taking_one_away_needs_a_recent_proof_and_ends_the_sessions_that_it_may_have_opened() {
    run(async {
        let app = TestApp::new();
        let (device, added) = enrol(&app, "agent", "one").await;
        let path = format!("/api/auth/passkeys/{}", added["passkey"]["id"].as_str().unwrap());
        let elsewhere = signed_in(&app, &device).await;
        app.advance(chrono::TimeDelta::minutes(15));
        assert_eq!(app.agent("acme").delete(&path).await.expect(403).code(), "step_up_required");
        let here = signed_in(&app, &device).await;
        bearer(&app, &here).delete(&path).await.expect(204);
        bearer(&app, &elsewhere).get("/api/auth/me").await.expect(401);
        bearer(&app, &here).get("/api/auth/me").await.expect(200);
    });
}

#[test]
fn recovery_codes_stay_as_long_as_there_is_a_second_factor_of_any_kind() {
    run(async {
        let app = TestApp::new();
        let (_, added) = enrol(&app, "agent", "one").await;
        let left = || app.asked("acme", "SELECT COUNT(*) FROM recovery_codes").remove(0);
        let renewed = app.agent("acme").post("/api/auth/2fa/recovery-codes", json!({})).await.expect(200).json();
        assert_eq!(renewed["recovery_codes"].as_array().unwrap().len(), 10);
        assert_eq!(left(), "10");
        // An authenticator for codes beside it, and away again.
        let offer = app.agent("acme").post("/api/auth/2fa/totp", json!({})).await.expect(200).json();
        let secret = totp_rs::Secret::try_from_base32(offer["secret"].as_str().unwrap()).unwrap();
        let seconds = u64::try_from(app.platform.now.get().timestamp()).unwrap();
        let code = totp_rs::Builder::new().with_secret(secret.as_bytes().to_vec()).build().unwrap().generate(seconds).to_string();
        // One that was only begun does not count yet.
        let owed = login(&app, "agent").await.expect(200).json();
        assert_eq!(owed["methods"], json!(["passkey", "recovery_code"]));
        let body = json!({"mfa_token": owed["mfa_token"], "code": code});
        app.anon("acme").post("/api/auth/2fa/verify", body).await.expect(401);
        app.agent("acme").post("/api/auth/2fa/totp/confirm", json!({"code": code})).await.expect(200);
        assert_eq!(login(&app, "agent").await.expect(200).json()["methods"], json!(["totp", "passkey", "recovery_code"]));
        app.agent("acme").delete("/api/auth/2fa/totp").await.expect(204);
        assert_eq!(left(), "10");
        app.agent("acme").delete(&format!("/api/auth/passkeys/{}", added["passkey"]["id"].as_str().unwrap())).await.expect(204);
        assert_eq!(left(), "0");
        app.agent("acme").post("/api/auth/2fa/recovery-codes", json!({})).await.expect(404);
        assert!(login(&app, "agent").await.expect(200).json()["access_token"].is_string(), "the password alone lets in again");
    });
}

#[test]
fn an_administrator_takes_away_what_somebody_has_lost() {
    run(async {
        let app = TestApp::new();
        let (device, _) = enrol(&app, "agent", "one").await;
        let token = signed_in(&app, &device).await;
        app.admin("acme").delete(&format!("/api/users/{}/2fa", app.user_id("acme", "agent"))).await.expect(204);
        bearer(&app, &token).get("/api/auth/me").await.expect(401);
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM passkeys"), ["0"]);
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM recovery_codes"), ["0"]);
        assert!(login(&app, "agent").await.expect(200).json()["access_token"].is_string());
    });
}
