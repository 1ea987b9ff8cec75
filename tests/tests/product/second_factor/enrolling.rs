//! Setting a second factor up, taking it away, and recovery codes.

use chrono::TimeDelta;
use serde_json::json;
use tests::app::TestApp;

use super::{Device, audited, bearer, challenge, enrol, login, notices, run, sign_in, verify};

#[test]
fn it_counts_once_a_code_has_shown_that_the_device_knows_the_secret() {
    run(async {
        let app = TestApp::new();
        let before = app.agent("acme").get("/api/auth/2fa").await.expect(200).json();
        assert_eq!(
            before,
            json!({"enabled": false, "methods": [], "enabled_at": null, "phone": null, "sms_available": false, "recovery_codes_left": 0, "required": false})
        );
        let offer = app.agent("acme").post("/api/auth/2fa/totp", json!({})).await.expect(200).json();
        assert!(
            offer["otpauth_uri"].as_str().unwrap().starts_with("otpauth://totp/ACME:agent%40acme.example?secret="),
            "{offer}"
        );
        assert!(login(&app, "agent").await.expect(200).json()["access_token"].is_string(), "it does not count yet");
        let device = Device::of(offer["secret"].as_str().unwrap());
        let wrong = json!({"code": device.wrong(&app)});
        let refused = app.agent("acme").post("/api/auth/2fa/totp/confirm", wrong).await.expect(422);
        assert_eq!(refused.json()["errors"][0]["code"], "wrong_code");
        let answer = app.agent("acme").post("/api/auth/2fa/totp/confirm", json!({"code": device.code(&app)})).await.expect(200);
        assert!(answer.round_trips <= 3, "{}", answer.round_trips);
        let after = app.agent("acme").get("/api/auth/2fa").await.expect(200).json();
        assert_eq!((&after["enabled"], &after["recovery_codes_left"]), (&json!(true), &json!(10)));
        challenge(&app, "agent").await;
        assert_eq!(notices(&app), [("second-factor-on".to_owned(), "agent@acme.example".to_owned())]);
        assert_eq!(audited(&app, "account.second_factor_on"), 1);
        let stored = app.asked("acme", "SELECT secret FROM second_factors");
        assert!(!stored[0].contains(offer["secret"].as_str().unwrap()), "the secret is sealed");
    });
}

#[test]
fn beginning_anew_makes_another_secret_and_the_former_is_worth_nothing() {
    run(async {
        let app = TestApp::new();
        let begin = async || {
            let offer = app.agent("acme").post("/api/auth/2fa/totp", json!({})).await.expect(200).json();
            Device::of(offer["secret"].as_str().unwrap())
        };
        let (first, second) = (begin().await, begin().await);
        app.agent("acme").post("/api/auth/2fa/totp/confirm", json!({"code": first.code(&app)})).await.expect(422);
        app.agent("acme").post("/api/auth/2fa/totp/confirm", json!({"code": second.code(&app)})).await.expect(200);
        assert_eq!(app.agent("acme").post("/api/auth/2fa/totp", json!({})).await.expect(409).code(), "second_factor_on");
    });
}

#[test]
fn whoever_has_one_takes_it_away_before_setting_up_another() {
    run(async {
        let app = TestApp::new();
        let (device, _) = enrol(&app, "agent").await;
        let access = sign_in(&app, "agent", Some(&device)).await;
        assert_eq!(bearer(&app, &access).post("/api/auth/2fa/totp", json!({})).await.expect(409).code(), "second_factor_on");
        let code = json!({"code": device.code(&app)});
        assert_eq!(bearer(&app, &access).post("/api/auth/2fa/totp/confirm", code).await.expect(409).code(), "second_factor_on");
        bearer(&app, &access).delete("/api/auth/2fa/totp").await.expect(204);
        bearer(&app, &access).delete("/api/auth/2fa/totp").await.expect(404);
        let code = json!({"code": device.code(&app)});
        assert_eq!(
            bearer(&app, &access).post("/api/auth/2fa/totp/confirm", code).await.expect(409).code(),
            "second_factor_not_begun"
        );
        assert!(login(&app, "agent").await.expect(200).json()["access_token"].is_string());
        assert_eq!(notices(&app).last().unwrap().0, "second-factor-off");
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM recovery_codes"), ["0"]);
    });
}

#[test]
fn guessing_the_first_code_is_cut_off() {
    run(async {
        let app = TestApp::new();
        let offer = app.agent("acme").post("/api/auth/2fa/totp", json!({})).await.expect(200).json();
        let device = Device::of(offer["secret"].as_str().unwrap());
        for _ in 0..5 {
            let code = json!({"code": device.wrong(&app)});
            app.agent("acme").post("/api/auth/2fa/totp/confirm", code).await.expect(422);
        }
        app.agent("acme").post("/api/auth/2fa/totp/confirm", json!({"code": device.code(&app)})).await.expect(429);
    });
}

#[test]
fn what_changes_the_factor_ends_the_sessions_that_were_opened_without_it() {
    run(async {
        let app = TestApp::new();
        let elsewhere = sign_in(&app, "agent", None).await;
        let (device, _) = enrol(&app, "agent").await;
        bearer(&app, &elsewhere).get("/api/auth/me").await.expect(401);
        app.agent("acme").get("/api/auth/me").await.expect(200);
        let (here, there) = (sign_in(&app, "agent", Some(&device)).await, sign_in(&app, "agent", Some(&device)).await);
        bearer(&app, &here).delete("/api/auth/2fa/totp").await.expect(204);
        bearer(&app, &there).get("/api/auth/me").await.expect(401);
        bearer(&app, &here).get("/api/auth/me").await.expect(200);
    });
}

#[test]
fn new_recovery_codes_take_the_place_of_the_former() {
    run(async {
        let app = TestApp::new();
        app.agent("acme").post("/api/auth/2fa/recovery-codes", json!({})).await.expect(404);
        let (device, former) = enrol(&app, "agent").await;
        let access = sign_in(&app, "agent", Some(&device)).await;
        let answer = bearer(&app, &access).post("/api/auth/2fa/recovery-codes", json!({})).await.expect(200).json();
        let fresh: Vec<String> =
            answer["recovery_codes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap().to_owned()).collect();
        assert_eq!(fresh.len(), 10);
        assert!(fresh.iter().all(|code| !former.contains(code)));
        let token = challenge(&app, "agent").await;
        verify(&app, &token, &former[0]).await.expect(401);
        verify(&app, &token, &fresh[0]).await.expect(200);
        assert!(notices(&app).iter().any(|(event, _)| event == "recovery-codes-renewed"));
    });
}

#[test]
fn on_the_pages_the_secret_is_shown_as_picture_and_letters_and_the_codes_once() {
    run(async {
        let app = TestApp::new();
        let page = app.agent("acme").in_browser().get("/profile/security").await.expect(200);
        assert!(page.text().contains("action=\"/profile/security/totp\""));
        assert!(page.round_trips <= 2);
        let gone = app.agent("acme").in_browser().get("/profile/security/setup").await.expect(303);
        assert_eq!(gone.headers.get("location"), Some("/profile/security"));
        let answer = app.agent("acme").in_browser().submit("/profile/security/totp", &[]).await.expect(303);
        assert_eq!(answer.headers.get("location"), Some("/profile/security/setup"));
        let page = app.agent("acme").in_browser().get("/profile/security/setup").await.expect(200).text();
        assert!(
            page.contains("<svg class=\"qr\"") && page.contains("href=\"otpauth://totp/ACME:agent%40acme.example?"),
            "{page}"
        );
        let letters = page.split("data-secret>").nth(1).unwrap().split('<').next().unwrap().replace(' ', "");
        let device = Device::of(&letters);
        let refused = app.agent("acme").in_browser().submit("/profile/security/setup", &[("code", &device.wrong(&app))]).await;
        assert!(refused.expect(422).text().contains("aria-invalid=\"true\""));
        let before = app.agent("acme").in_browser().session_cookie();
        let answer =
            app.agent("acme").in_browser().submit("/profile/security/setup", &[("code", &device.code(&app))]).await.expect(200);
        assert_eq!(answer.text().matches("<li><code>").count(), 10);
        // The session goes on under another cookie; the one from before is nobody's.
        let cookie = answer.session_cookie().split(';').next().unwrap().to_owned();
        assert_ne!(cookie, before);
        app.agent("acme").in_browser().get("/api/auth/me").await.expect(401);
        let page = app.anon("acme").header("cookie", cookie).get("/profile/security").await.expect(200).text();
        assert!(page.contains("action=\"/profile/security/off\"") && !page.contains("<li><code>"));
        let again = app.agent("acme").in_browser().get("/profile/security/setup").await.expect(303);
        assert!(again.headers.get("location").unwrap().starts_with("/login"));
    });
}

#[test]
fn an_administrator_frees_somebody_who_has_lost_the_device() {
    run(async {
        let app = TestApp::new();
        enrol(&app, "agent").await;
        let path = format!("/api/users/{}/2fa", app.user_id("acme", "agent"));
        app.manager("acme").delete(&path).await.expect(403);
        app.admin("acme").delete(&path).await.expect(204);
        app.admin("acme").delete(&path).await.expect(404);
        app.agent("acme").get("/api/auth/me").await.expect(401);
        assert!(login(&app, "agent").await.expect(200).json()["access_token"].is_string());
        assert_eq!(notices(&app).last().unwrap(), &("second-factor-off".to_owned(), "agent@acme.example".to_owned()));
        let stale = sign_in(&app, "admin", None).await;
        app.advance(TimeDelta::minutes(15));
        assert_eq!(bearer(&app, &stale).delete(&path).await.expect(403).code(), "step_up_required");
    });
}

#[test]
fn the_mail_says_what_when_and_from_where() {
    run(async {
        let app = TestApp::new();
        let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0";
        let offer = app.agent("acme").post("/api/auth/2fa/totp", json!({})).await.expect(200).json();
        let device = Device::of(offer["secret"].as_str().unwrap());
        let confirm = app.agent("acme").header("user-agent", firefox).header("accept-language", "en");
        confirm.post("/api/auth/2fa/totp/confirm", json!({"code": device.code(&app)})).await.expect(200);
        app.as_product("acme", async |ctx| functions::actions::outbox::deliver_due(ctx, 10).await.unwrap()).await;
        let mails = app.platform.outbox.borrow();
        assert_eq!(mails.len(), 1);
        assert_eq!(mails[0].to, "agent@acme.example");
        let mail = shared::mail::parse::parse(&mails[0].raw, &shared::mail::Envelope::default(), &[]).unwrap();
        for part in ["192.0.2.7", "Firefox, Linux", "https://acme.example/profile/security", "2 марта 2026"] {
            assert!(mail.text.contains(part), "{part}: {}", mail.text);
        }
        assert!(mail.subject.contains("второй фактор"), "{}", mail.subject);
    });
}
