use chrono::TimeDelta;
use proptest::prelude::*;
use serde_json::{Value, json};
use tests::app::TestApp;

use super::authenticator::{Authenticator, Key, Says, bent, truth};
use super::{add, audited, bearer, enrol, last_fault, login, notices, run, sign_in, signed_in, to_make, to_sign_in};

#[test]
fn a_passkey_lets_in_without_a_password() {
    run(async {
        let app = TestApp::new();
        let (device, _) = enrol(&app, "agent", "one").await;
        let options = to_sign_in(&app, "acme").await;
        assert_eq!(options["allowCredentials"], json!([]), "nobody is named");
        assert_eq!((&options["rpId"], &options["userVerification"]), (&json!("acme.example"), &json!("required")));
        let answer = sign_in(&app, "acme", device.answer(&options, truth)).await.expect(200);
        assert!(answer.round_trips <= 2, "{}", answer.round_trips);
        let token = answer.json()["access_token"].as_str().unwrap().to_owned();
        let me = bearer(&app, &token).get("/api/auth/me").await.expect(200).json();
        assert_eq!(me["email"], "agent@acme.example");
        let sessions = bearer(&app, &token).get("/api/sessions").await.expect(200).json();
        let current = sessions["data"].as_array().unwrap().iter().find(|each| each["current"] == true).unwrap();
        assert_eq!(current["second_factor"], true, "it is two factors at once");
        let opened = app.asked(
            "acme",
            "SELECT json_extract(detail, '$.factor') FROM audit_logs WHERE action = 'session.opened' ORDER BY seq DESC LIMIT 1",
        );
        assert_eq!(opened, ["passkey"]);
        let listed = bearer(&app, &token).get("/api/auth/passkeys").await.expect(200).json();
        assert!(listed["data"][0]["last_used_at"].is_string());
    });
}

/// A lie, told when somebody signs in, and what the audit log says of it.
type Lie = (&'static str, fn(&mut Says));

#[test]
fn whatever_a_passkey_lies_about_it_lets_nobody_in_and_is_told_nothing() {
    run(async {
        let lies: &[Lie] = &[
            ("purpose", |says| says.kind = "webauthn.create"),
            ("challenge", |says| says.challenge = "bm90LWEtY2hhbGxlbmdlLW9mLW91cnM".to_owned()),
            ("origin", |says| says.origin = "https://globex.example".to_owned()),
            ("origin", |says| says.origin = "http://acme.example".to_owned()),
            ("origin", |says| says.origin = "https://acme.example.evil.example".to_owned()),
            ("origin", |says| says.cross_origin = true),
            ("host", |says| says.host = "example".to_owned()),
            ("presence", |says| says.flags &= !0x01),
            ("verification", |says| says.flags &= !0x04),
            ("malformed", |says| says.flags |= 0x08),
            ("malformed", |says| says.flags |= 0x40),
            ("malformed", |says| says.behind = vec![0xa0]),
            ("unknown", |says| says.credential = b"another".to_vec()),
            ("unknown", |says| says.credential = Vec::new()),
            ("unknown", |says| says.handle = None),
            ("unknown", |says| says.handle = Some("YW5vdGhlcg".to_owned())),
        ];
        let app = TestApp::new();
        let (device, _) = enrol(&app, "agent", "one").await;
        let mut thief = Authenticator::new(Key::p256(), "one");
        thief.make(&to_make(&app, "agent").await, truth);
        let mut bodies = Vec::new();
        for (fault, lie) in lies {
            let options = to_sign_in(&app, "acme").await;
            let refused = sign_in(&app, "acme", device.answer(&options, lie)).await.expect(401);
            assert_eq!(last_fault(&app), *fault);
            let mut body = refused.json();
            body["request_id"] = Value::Null;
            bodies.push(body);
            if *fault != "challenge" {
                sign_in(&app, "acme", device.answer(&options, truth)).await.expect(401);
                assert_eq!(last_fault(&app), "challenge", "one try a challenge");
            }
        }
        // So many from one network come to their end: what follows is of another day.
        app.advance(TimeDelta::minutes(15));
        // A signature with one bit changed, over other data, or by another key.
        let good = device.answer(&to_sign_in(&app, "acme").await, truth);
        sign_in(&app, "acme", bent(&good, "signature")).await.expect(401);
        assert_eq!(last_fault(&app), "signature");
        let good = device.answer(&to_sign_in(&app, "acme").await, truth);
        sign_in(&app, "acme", bent(&good, "authenticatorData")).await.expect(401);
        assert_eq!(last_fault(&app), "signature");
        let forged = thief.answer(&to_sign_in(&app, "acme").await, truth);
        sign_in(&app, "acme", forged).await.expect(401);
        assert_eq!(last_fault(&app), "signature");
        assert!(bodies.windows(2).all(|pair| pair[0] == pair[1]), "{bodies:?}");
        assert_eq!(bodies[0]["code"], "bad_passkey");
        assert_eq!(audited(&app, "session.opened"), 0);
        signed_in(&app, &device).await;
    });
}

#[test]
fn a_challenge_is_good_once_for_its_purpose_and_for_five_minutes() {
    run(async {
        let app = TestApp::new();
        let (device, _) = enrol(&app, "agent", "one").await;
        let credential = device.answer(&to_sign_in(&app, "acme").await, truth);
        sign_in(&app, "acme", credential.clone()).await.expect(200);
        sign_in(&app, "acme", credential).await.expect(401);
        assert_eq!(last_fault(&app), "challenge");
        let proof = app.agent("acme").post("/api/auth/step-up/options", json!({})).await.expect(200).json();
        sign_in(&app, "acme", device.answer(&proof, truth)).await.expect(401);
        assert_eq!(last_fault(&app), "challenge");
        let options = to_sign_in(&app, "acme").await;
        app.advance(TimeDelta::seconds(299));
        sign_in(&app, "acme", device.answer(&options, truth)).await.expect(200);
        let options = to_sign_in(&app, "acme").await;
        app.advance(TimeDelta::minutes(5));
        sign_in(&app, "acme", device.answer(&options, truth)).await.expect(401);
        assert_eq!(last_fault(&app), "challenge");
    });
}

#[test]
fn of_two_uses_of_one_answer_at_once_one_gets_through() {
    run(async {
        let app = TestApp::new();
        let (device, _) = enrol(&app, "agent", "one").await;
        let credential = device.answer(&to_sign_in(&app, "acme").await, truth);
        app.tenant_database("acme").interleave(true);
        let (first, second) =
            futures::join!(sign_in(&app, "acme", credential.clone()), sign_in(&app, "acme", credential.clone()));
        app.tenant_database("acme").interleave(false);
        let mut statuses = [first.status, second.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 401]);
    });
}

#[test]
fn a_passkey_of_one_tenant_is_nothing_to_another() {
    run(async {
        let app = TestApp::in_one_cell();
        let (device, _) = enrol(&app, "agent", "one").await;
        // As it is: for the wrong host. And as a phishing proxy would have it: the right host said, a challenge of the other tenant.
        let options = to_sign_in(&app, "globex").await;
        sign_in(&app, "globex", device.answer(&options, truth)).await.expect(401);
        let mut options = to_sign_in(&app, "globex").await;
        options["rpId"] = json!("acme.example");
        sign_in(&app, "globex", device.answer(&options, truth)).await.expect(401);
        // Nor is a challenge of one good at the other.
        let mut options = to_sign_in(&app, "globex").await;
        options["rpId"] = json!("acme.example");
        sign_in(&app, "acme", device.answer(&options, truth)).await.expect(401);
        assert_eq!(last_fault(&app), "challenge");
        let refused = app
            .asked("acme", "SELECT json_extract(detail, '$.fault') FROM audit_logs WHERE action = 'session.refused' ORDER BY 1");
        assert_eq!(refused, ["challenge", "unknown", "unknown"]);
    });
}

#[test]
fn a_counter_that_does_not_go_on_is_refused_written_down_and_told_to_the_owner() {
    run(async {
        let app = TestApp::new();
        let (mut device, _) = enrol(&app, "agent", "one").await;
        for count in [7, 8] {
            device.count = count;
            signed_in(&app, &device).await;
        }
        for count in [8, 7, 0] {
            device.count = count;
            let credential = device.answer(&to_sign_in(&app, "acme").await, truth);
            assert_eq!(sign_in(&app, "acme", credential).await.expect(401).code(), "bad_passkey");
            assert_eq!(last_fault(&app), "counter");
        }
        assert_eq!(audited(&app, "account.passkey_doubted"), 3);
        assert_eq!(notices(&app), ["passkey-added", "passkey-doubted", "passkey-doubted", "passkey-doubted"]);
        device.count = 9;
        signed_in(&app, &device).await;
        // Of two with the same next count at once, one gets through.
        device.count = 10;
        let one = device.answer(&to_sign_in(&app, "acme").await, truth);
        let other = device.answer(&to_sign_in(&app, "acme").await, truth);
        app.tenant_database("acme").interleave(true);
        let (first, second) = futures::join!(sign_in(&app, "acme", one), sign_in(&app, "acme", other));
        app.tenant_database("acme").interleave(false);
        let mut statuses = [first.status, second.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 401]);
    });
}

#[test]
fn authenticators_that_keep_no_counter_are_believed_without_one() {
    run(async {
        let app = TestApp::new();
        let (device, _) = enrol(&app, "agent", "one").await;
        for _ in 0..3 {
            signed_in(&app, &device).await;
        }
    });
}

#[test]
fn nobody_is_let_in_who_is_shut_out_or_gone() {
    run(async {
        let app = TestApp::new();
        let (device, _) = enrol(&app, "agent", "one").await;
        let person = format!("/api/users/{}", app.user_id("acme", "agent"));
        app.admin("acme").header("if-match", "*").patch(&person, json!({"status": "disabled"})).await.expect(200);
        let options = to_sign_in(&app, "acme").await;
        sign_in(&app, "acme", device.answer(&options, truth)).await.expect(401);
        assert_eq!(last_fault(&app), "owner");
        app.admin("acme").header("if-match", "*").patch(&person, json!({"status": "active"})).await.expect(200);
        signed_in(&app, &device).await;
        app.admin("acme").header("if-match", "*").delete(&person).await.expect(204);
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM passkeys"), ["0"], "credentials go with the person");
    });
}

#[test]
fn after_the_password_a_passkey_is_asked_for_and_stands_in_for_the_code() {
    run(async {
        let app = TestApp::new();
        let (device, added) = enrol(&app, "agent", "one").await;
        let owed = login(&app, "agent").await.expect(200).json();
        assert_eq!((&owed["mfa_required"], &owed["methods"]), (&json!(true), &json!(["passkey", "recovery_code"])));
        let verify = async |code: &str| {
            let body = json!({"mfa_token": owed["mfa_token"], "code": code});
            app.anon("acme").post("/api/auth/2fa/verify", body).await
        };
        verify("123456").await.expect(401);
        signed_in(&app, &device).await;
        // Without the device a recovery code lets in.
        verify(added["recovery_codes"][0].as_str().unwrap()).await.expect(200);
        // Whoever has none signs in as before.
        assert!(login(&app, "client").await.expect(200).json()["access_token"].is_string());
    });
}

#[test]
fn a_passkey_is_what_a_role_asks_for_that_needs_a_second_factor() {
    run(async {
        let app = TestApp::new();
        app.admin("acme").patch("/api/tenant/settings", json!({"mfa_required_roles": ["agent"]})).await.expect(200);
        app.advance(TimeDelta::seconds(31));
        assert_eq!(app.agent("acme").get("/api/tickets").await.expect(403).code(), "mfa_enrolment_required");
        let (device, _) = enrol(&app, "agent", "one").await;
        app.agent("acme").get("/api/tickets").await.expect(200);
        let token = signed_in(&app, &device).await;
        bearer(&app, &token).get("/api/tickets").await.expect(200);
    });
}

#[test]
fn questions_and_wrong_answers_from_one_network_come_to_an_end() {
    run(async {
        let app = TestApp::new();
        let (device, _) = enrol(&app, "agent", "one").await;
        let options = to_sign_in(&app, "acme").await;
        for _ in 1..300 {
            to_sign_in(&app, "acme").await;
        }
        let refused = app.anon("acme").post("/api/auth/passkeys/sign-in/options", json!({})).await.expect(429);
        assert!(refused.headers.get("retry-after").is_some());
        let elsewhere = app.anon("acme").from_network("198.51.100.1");
        elsewhere.post("/api/auth/passkeys/sign-in/options", json!({})).await.expect(200);
        sign_in(&app, "acme", device.answer(&options, truth)).await.expect(200);
        let mut statuses = Vec::new();
        for _ in 0..200 {
            statuses.push(sign_in(&app, "acme", device.answer(&options, truth)).await.status);
        }
        let wrong = statuses.iter().filter(|status| **status == 401).count();
        assert!(wrong < 200 && statuses[wrong..].iter().all(|status| *status == 429), "{wrong}");
    });
}

#[test]
fn what_is_over_goes_along_with_what_comes_and_with_the_sweep() {
    run(async {
        let app = TestApp::new();
        let left = || app.asked("acme", "SELECT COUNT(*) FROM passkey_challenges").remove(0);
        for _ in 0..3 {
            to_sign_in(&app, "acme").await;
        }
        assert_eq!(left(), "3");
        app.advance(TimeDelta::minutes(6));
        to_sign_in(&app, "acme").await;
        assert_eq!(left(), "1");
        app.advance(TimeDelta::minutes(6));
        app.as_product("acme", async |ctx| functions::actions::forget::forget(ctx).await.unwrap()).await;
        assert_eq!(left(), "0");
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_somebody_sends_is_refused_in_order(
        member in prop::sample::select(vec!["clientDataJSON", "authenticatorData", "signature", "userHandle", "attestationObject"]),
        bytes in proptest::collection::vec(any::<u8>(), 0..300),
    ) {
        run(async {
            let app = TestApp::new();
            let mut device = Authenticator::new(Key::ed25519(), "one");
            let making = device.make(&to_make(&app, "agent").await, truth);
            let mut bad = making.clone();
            let random = json!(shared::auth::base64url::encode(&bytes));
            if bad["response"].get(member).is_some() {
                bad["response"][member] = random.clone();
                let status = add(&app, "agent", bad).await.status;
                assert_eq!(status, 422);
            } else {
                add(&app, "agent", making).await.expect(201);
                let mut bad = device.answer(&to_sign_in(&app, "acme").await, truth);
                bad["response"][member] = random;
                assert_eq!(sign_in(&app, "acme", bad).await.status, 401);
            }
        });
    }
}
