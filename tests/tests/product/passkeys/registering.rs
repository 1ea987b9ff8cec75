use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::app::TestApp;

use super::authenticator::{Authenticator, Key, Says, truth};
use super::{add, audited, enrol, last_fault, login, notices, run, sign_in, signed_in, to_make, to_sign_in};

#[test]
fn keys_of_each_kind_are_added_and_let_in() {
    run(async {
        for (key, name) in [(Key::p256(), "EC"), (Key::ed25519(), "OKP"), (Key::rsa(), "RSA")] {
            let app = TestApp::new();
            let mut device = Authenticator::new(key, "one");
            let answer = add(&app, "agent", device.make(&to_make(&app, "agent").await, truth)).await.expect(201);
            assert!(answer.round_trips <= 3, "{}", answer.round_trips);
            let stored = app.asked("acme", "SELECT json_extract(public_key, '$.kty') FROM passkeys");
            assert_eq!(stored, [name]);
            signed_in(&app, &device).await;
        }
    });
}

#[test]
fn a_browser_is_asked_for_what_a_passkey_needs_and_is_told_nothing_of_the_person_but_name_and_address() {
    run(async {
        let app = TestApp::new();
        let options = to_make(&app, "agent").await;
        assert_eq!(options["rp"], json!({"id": "acme.example", "name": "ACME"}));
        assert_eq!(options["attestation"], "none");
        assert_eq!(
            options["authenticatorSelection"],
            json!({"residentKey": "required", "requireResidentKey": true, "userVerification": "required"})
        );
        let algorithms: Vec<i64> =
            options["pubKeyCredParams"].as_array().unwrap().iter().map(|each| each["alg"].as_i64().unwrap()).collect();
        assert_eq!(algorithms, [-7, -8, -257]);
        assert_eq!(options["excludeCredentials"], json!([]));
        let handle = options["user"]["id"].as_str().unwrap().to_owned();
        assert!(handle.len() >= 43 && !handle.contains(&app.user_id("acme", "agent")[4..]));
        // It stays the person's, and every challenge is another.
        let again = to_make(&app, "agent").await;
        assert_eq!(again["user"]["id"], handle.as_str());
        assert_ne!(again["challenge"], options["challenge"]);
        assert_ne!(to_make(&app, "client").await["user"]["id"], handle.as_str());
        let stored = app.asked("acme", "SELECT group_concat(challenge_hash) FROM passkey_challenges").remove(0);
        assert!(!stored.contains(options["challenge"].as_str().unwrap()), "only its digest is stored");
        // What the person has is named, so that no authenticator makes a second one.
        let (device, _) = enrol(&app, "agent", "one").await;
        let options = to_make(&app, "agent").await;
        let known = json!([{"type": "public-key", "id": device.id(), "transports": ["hybrid", "internal"]}]);
        assert_eq!(options["excludeCredentials"], known);
    });
}

/// A lie, told when a passkey is made, and what the audit log says of it.
type Lie = (&'static str, fn(&mut Says));

#[test]
fn whatever_a_new_passkey_lies_about_it_is_not_taken() {
    run(async {
        let lies: &[Lie] = &[
            ("purpose", |says| says.kind = "webauthn.get"),
            ("challenge", |says| says.challenge = "bm90LWEtY2hhbGxlbmdlLW9mLW91cnM".to_owned()),
            ("origin", |says| says.origin = "https://globex.example".to_owned()),
            ("origin", |says| says.origin = "http://acme.example".to_owned()),
            ("origin", |says| says.origin = "https://acme.example:8443".to_owned()),
            ("origin", |says| says.cross_origin = true),
            ("host", |says| says.host = "globex.example".to_owned()),
            ("presence", |says| says.flags &= !0x01),
            ("verification", |says| says.flags &= !0x04),
            ("malformed", |says| says.flags &= !0x40),
            ("malformed", |says| says.flags |= 0x10),
            ("malformed", |says| says.behind = vec![0]),
            ("malformed", |says| says.credential = Vec::new()),
        ];
        let app = TestApp::new();
        for (fault, lie) in lies {
            let mut device = Authenticator::new(Key::p256(), "one");
            let options = to_make(&app, "agent").await;
            let refused = add(&app, "agent", device.make(&options, lie)).await.expect(422);
            assert_eq!((refused.code().as_str(), last_fault(&app).as_str()), ("passkey_refused", *fault));
            if *fault != "challenge" {
                // The challenge is done with: the truth comes too late for it.
                add(&app, "agent", device.make(&options, truth)).await.expect(422);
                assert_eq!(last_fault(&app), "challenge");
            }
        }
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM passkeys"), ["0"]);
        assert_eq!(audited(&app, "account.passkey_added"), 0);
        assert!(notices(&app).is_empty());
    });
}

#[test]
fn a_challenge_is_good_once_for_its_purpose_for_its_person_and_for_five_minutes() {
    run(async {
        let app = TestApp::in_one_cell();
        let mut device = Authenticator::new(Key::p256(), "one");
        let options = to_make(&app, "agent").await;
        let credential = device.make(&options, truth);
        add(&app, "client", credential.clone()).await.expect(422);
        app.agent("globex").post("/api/auth/passkeys", json!({"credential": credential})).await.expect(422);
        add(&app, "agent", credential.clone()).await.expect(201);
        add(&app, "agent", credential).await.expect(422);
        assert_eq!(last_fault(&app), "challenge");
        // One for signing in makes no passkey.
        let mut other = options.clone();
        other["challenge"] = to_sign_in(&app, "acme").await["challenge"].clone();
        let mut device = Authenticator::new(Key::p256(), "two");
        add(&app, "agent", device.make(&other, truth)).await.expect(422);
        let options = to_make(&app, "agent").await;
        app.advance(TimeDelta::minutes(5));
        let credential = device.make(&options, truth);
        app.asked("acme", "UPDATE sessions SET factor_at = created_at RETURNING 1");
        add(&app, "agent", credential).await.expect(422);
        assert_eq!(last_fault(&app), "challenge");
    });
}

#[test]
fn of_two_answers_to_one_challenge_at_once_one_is_taken() {
    run(async {
        let app = TestApp::new();
        let options = to_make(&app, "agent").await;
        let (mut one, mut other) = (Authenticator::new(Key::p256(), "one"), Authenticator::new(Key::p256(), "two"));
        let (one, other) = (one.make(&options, truth), other.make(&options, truth));
        app.tenant_database("acme").interleave(true);
        let (first, second) = futures::join!(add(&app, "agent", one), add(&app, "agent", other));
        app.tenant_database("acme").interleave(false);
        let mut statuses = [first.status, second.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 422]);
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM passkeys"), ["1"]);
    });
}

#[test]
fn a_credential_is_known_once_in_a_tenant_and_may_be_another_in_the_next() {
    run(async {
        let app = TestApp::in_one_cell();
        enrol(&app, "agent", "one").await;
        for role in ["agent", "client"] {
            let mut same = Authenticator::new(Key::p256(), "one");
            let refused = add(&app, role, same.make(&to_make(&app, role).await, truth)).await.expect(409);
            assert_eq!(refused.code(), "passkey_known");
        }
        let options = app.agent("globex").post("/api/auth/passkeys/options", json!({})).await.expect(200).json();
        let mut same = Authenticator::new(Key::p256(), "one");
        let credential = same.make(&options, truth);
        app.agent("globex").post("/api/auth/passkeys", json!({"credential": credential})).await.expect(201);
        // Each is good at its own.
        let credential = same.answer(&to_sign_in(&app, "globex").await, truth);
        sign_in(&app, "globex", credential).await.expect(200);
        let credential = same.answer(&to_sign_in(&app, "acme").await, truth);
        sign_in(&app, "acme", credential).await.expect(401);
    });
}

#[test]
fn the_first_one_comes_with_recovery_codes_and_ends_the_sessions_that_were_opened_without_it() {
    run(async {
        let app = TestApp::new();
        let before = login(&app, "agent").await.expect(200).json()["access_token"].as_str().unwrap().to_owned();
        let (_, first) = enrol(&app, "agent", "one").await;
        assert_eq!(first["recovery_codes"].as_array().unwrap().len(), 10);
        super::bearer(&app, &before).get("/api/auth/me").await.expect(401);
        let (device, second) = enrol(&app, "agent", "two").await;
        assert_eq!(second["recovery_codes"], json!([]));
        let between = signed_in(&app, &device).await;
        enrol(&app, "agent", "three").await;
        super::bearer(&app, &between).get("/api/auth/me").await.expect(200);
        assert_eq!(notices(&app), ["passkey-added"; 3]);
        assert_eq!(audited(&app, "account.passkey_added"), 3);
        let status = app.agent("acme").get("/api/auth/2fa").await.expect(200).json();
        assert_eq!(
            status,
            json!({
                "enabled": true, "methods": ["passkey"], "enabled_at": null, "phone": null, "sms_available": false,
                "recovery_codes_left": 10, "required": false
            })
        );
    });
}

#[test]
fn nobody_has_more_than_twenty() {
    run(async {
        let app = TestApp::new();
        for number in 0..20 {
            enrol(&app, "agent", &format!("device {number}")).await;
        }
        let mut device = Authenticator::new(Key::p256(), "one too many");
        let refused = add(&app, "agent", device.make(&to_make(&app, "agent").await, truth)).await.expect(409);
        assert_eq!(refused.code(), "passkey_limit");
        enrol(&app, "client", "of somebody else").await;
    });
}

#[test]
fn adding_one_needs_a_recent_proof() {
    run(async {
        let app = TestApp::new();
        let options = to_make(&app, "agent").await;
        app.asked(
            "acme",
            "UPDATE sessions SET verified_at = created_at - 3600000, created_at = created_at - 3600000 RETURNING 1",
        );
        let refused = app.agent("acme").post("/api/auth/passkeys/options", json!({})).await.expect(403);
        assert_eq!(refused.code(), "step_up_required");
        let credential = Authenticator::new(Key::p256(), "one").make(&options, truth);
        assert_eq!(add(&app, "agent", credential).await.expect(403).code(), "step_up_required");
    });
}

#[test]
fn its_name_is_what_was_typed_or_that_of_its_device() {
    run(async {
        let app = TestApp::new();
        let named = async |name: Value, agent: &str| {
            let options = to_make(&app, "agent").await;
            let challenge = options["challenge"].as_str().unwrap().to_owned();
            let credential = Authenticator::new(Key::p256(), &challenge).make(&options, truth);
            let body = json!({"name": name, "credential": credential});
            app.agent("acme").header("user-agent", agent).post("/api/auth/passkeys", body).await
        };
        let firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0";
        for (name, agent, expected) in [
            (json!("  Work\n laptop "), firefox, "Work laptop"),
            (json!(" "), firefox, "Firefox, Windows"),
            (Value::Null, firefox, "Firefox, Windows"),
            (Value::Null, "", "Ключ доступа"),
        ] {
            let added = named(name, agent).await.expect(201).json();
            assert_eq!(added["passkey"]["name"], expected);
        }
        let refused = named(json!("x".repeat(61)), "").await.expect(422);
        assert_eq!(refused.json()["errors"][0]["field"], "name");
    });
}

#[test]
fn what_is_not_even_of_the_form_is_refused_by_its_field() {
    run(async {
        let app = TestApp::new();
        for credential in
            [json!(null), json!({}), json!("text"), json!({"response": {"clientDataJSON": "!", "attestationObject": "!"}})]
        {
            let refused = add(&app, "agent", credential).await.expect(422);
            assert_eq!(refused.json()["errors"][0]["field"], "credential");
        }
        let body = json!({"credential": {}, "colour": "red"});
        let refused = app.agent("acme").post("/api/auth/passkeys", body).await.expect(422);
        assert_eq!(refused.json()["errors"][0]["code"], "unknown_field");
    });
}
