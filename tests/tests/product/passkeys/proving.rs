use serde_json::{Value, json};
use tests::app::TestApp;

use super::authenticator::{Authenticator, bent, truth};
use super::{audited, bearer, enrol, last_fault, run, signed_in, to_sign_in};

/// An access token whose last proof is an hour old.
async fn stale(app: &TestApp, device: &Authenticator) -> String {
    let token = signed_in(app, device).await;
    app.asked("acme", "UPDATE sessions SET verified_at = created_at - 3600000, factor_at = created_at - 3600000 RETURNING 1");
    assert_eq!(bearer(app, &token).post("/api/auth/2fa/recovery-codes", json!({})).await.expect(403).code(), "step_up_required");
    token
}

async fn asked(app: &TestApp, token: &str) -> Value {
    bearer(app, token).post("/api/auth/step-up/options", json!({})).await.expect(200).json()
}

#[test]
fn a_passkey_proves_anew_who_one_is() {
    run(async {
        let app = TestApp::new();
        let (device, _) = enrol(&app, "agent", "one").await;
        let token = stale(&app, &device).await;
        let options = asked(&app, &token).await;
        assert_eq!(options["allowCredentials"][0]["id"], device.id());
        let proof = device.answer(&options, |says| says.handle = None);
        let answer = bearer(&app, &token).post("/api/auth/step-up", json!({"passkey": proof})).await.expect(204);
        assert!(answer.round_trips <= 3, "{}", answer.round_trips);
        bearer(&app, &token).post("/api/auth/2fa/recovery-codes", json!({})).await.expect(200);
        let by = app.asked("acme", "SELECT json_extract(detail, '$.by') FROM audit_logs WHERE action = 'session.verified'");
        assert_eq!(by, ["passkey"]);
    });
}

#[test]
fn a_passkey_fresh_from_the_sign_in_counts_as_a_proof() {
    run(async {
        let app = TestApp::new();
        let (device, _) = enrol(&app, "agent", "one").await;
        let token = signed_in(&app, &device).await;
        bearer(&app, &token).post("/api/auth/2fa/recovery-codes", json!({})).await.expect(200);
    });
}

#[test]
fn somebody_elses_passkey_another_challenge_and_a_wrong_signature_prove_nothing() {
    run(async {
        let app = TestApp::new();
        let (device, _) = enrol(&app, "agent", "one").await;
        let (others, _) = enrol(&app, "manager", "two").await;
        let token = stale(&app, &device).await;
        let prove = async |passkey: Value| bearer(&app, &token).post("/api/auth/step-up", json!({"passkey": passkey})).await;
        let refused = prove(others.answer(&asked(&app, &token).await, truth)).await.expect(422).json();
        assert_eq!(refused["errors"][0]["code"], "wrong_passkey");
        assert_eq!(last_fault(&app), "unknown");
        prove(device.answer(&to_sign_in(&app, "acme").await, truth)).await.expect(422);
        assert_eq!(last_fault(&app), "challenge");
        prove(bent(&device.answer(&asked(&app, &token).await, truth), "signature")).await.expect(422);
        assert_eq!(last_fault(&app), "signature");
        assert_eq!(audited(&app, "session.proof_refused"), 3);
        bearer(&app, &token).post("/api/auth/2fa/recovery-codes", json!({})).await.expect(403);
        // Too many of those are no longer looked at, good or not.
        for _ in 0..2 {
            prove(bent(&device.answer(&asked(&app, &token).await, truth), "signature")).await.expect(422);
        }
        prove(device.answer(&asked(&app, &token).await, truth)).await.expect(429);
    });
}

#[test]
fn one_proof_is_sent_and_whoever_has_no_passkey_is_told() {
    run(async {
        let app = TestApp::new();
        let none = app.client("acme").post("/api/auth/step-up/options", json!({})).await.expect(409);
        assert_eq!(none.code(), "no_passkey");
        let (device, _) = enrol(&app, "agent", "one").await;
        let token = signed_in(&app, &device).await;
        let passkey = device.answer(&asked(&app, &token).await, truth);
        for (body, field) in [
            (json!({"passkey": passkey, "code": "123456"}), "code"),
            (json!({"passkey": passkey, "password": "x"}), "password"),
            (json!({"passkey": {}}), "passkey"),
            (json!({"password": "x"}), "code"),
        ] {
            let refused = bearer(&app, &token).post("/api/auth/step-up", body).await.expect(422).json();
            assert_eq!(refused["errors"][0]["field"], field);
        }
    });
}
