//! Codes by SMS: the number, what is sent, what a code opens, and what is left of it afterwards.

use chrono::TimeDelta;
use serde_json::{Value, json};
use shared::platform::{DeliveryError, SmsConfig};
use tests::app::{Answer, Caller, TestApp};

use super::{audited, bearer, challenge, enrol, notices, run, set, verify};

const NUMBER: &str = "+79161234567";

/// A product whose tenant acme allows codes by SMS.
async fn allowed() -> TestApp {
    let app = TestApp::new();
    set(&app, json!({"sms_codes": true})).await;
    app
}

async fn deliver(app: &TestApp) {
    app.as_product("acme", async |ctx| functions::actions::outbox::deliver_due(ctx, 100).await.unwrap()).await;
}

/// The faults of a refused request.
fn faults(answer: &Answer) -> Vec<String> {
    answer.json()["errors"].as_array().unwrap().iter().map(|fault| fault["code"].as_str().unwrap().to_owned()).collect()
}

async fn page(caller: Caller<'_>, path: &str) -> String {
    caller.in_browser().get(path).await.expect(200).text()
}

/// Carries out what is queued and takes the code out of the last message.
async fn code(app: &TestApp) -> String {
    deliver(app).await;
    let messages = app.platform.messages.borrow();
    let text = &messages.last().expect("a message").text;
    let code: String = text.rsplit('#').next().unwrap().to_owned();
    assert!(code.len() == 6 && text.matches(&code).count() == 2 && text.contains("@acme.example #"), "{text}");
    code
}

/// Some code that is not this one.
fn other(code: &str) -> String {
    if code == "000000" { "000001".to_owned() } else { "000000".to_owned() }
}

async fn begin(app: &TestApp, role: &str, number: &str) -> Answer {
    app.signed_in("acme", role).post("/api/auth/2fa/sms", json!({"number": number})).await
}

async fn confirm(app: &TestApp, role: &str, code: &str) -> Answer {
    app.signed_in("acme", role).post("/api/auth/2fa/sms/confirm", json!({"code": code})).await
}

/// Adds a number to acme's person of that role; answers the recovery codes. The wait until the next code is over.
async fn add(app: &TestApp, role: &str) -> Vec<String> {
    begin(app, role, NUMBER).await.expect(202);
    let code = code(app).await;
    let answer = confirm(app, role, &code).await.expect(200).json();
    app.advance(TimeDelta::seconds(61));
    answer["recovery_codes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap().to_owned()).collect()
}

async fn ask(app: &TestApp, token: &str) -> Answer {
    app.anon("acme").post("/api/auth/2fa/sms/code", json!({"mfa_token": token})).await
}

async fn log(app: &TestApp) -> Vec<Value> {
    let all = app.admin("acme").get("/api/mail/outbox?limit=100").await.expect(200).json();
    let mut rows = all["data"].as_array().unwrap().clone();
    rows.retain(|row| row["channel"] == "sms");
    rows
}

#[test]
fn a_number_is_added_by_its_code_and_a_code_follows_the_password_from_then_on() {
    run(async {
        let app = allowed().await;
        let answer = begin(&app, "agent", "+7 (916) 123-45-67").await.expect(202);
        assert!(answer.round_trips <= 3, "{}", answer.round_trips);
        assert_eq!(answer.json(), json!({"number": "••67"}));
        let first = code(&app).await;
        assert_eq!(app.platform.messages.borrow()[0].to, NUMBER);
        assert_eq!(faults(&confirm(&app, "agent", &other(&first)).await.expect(422)), ["wrong_code"]);
        let codes = confirm(&app, "agent", &first).await.expect(200).json();
        assert_eq!(codes["recovery_codes"].as_array().unwrap().len(), 10);
        assert_eq!(notices(&app).last().unwrap(), &("phone-added".to_owned(), "agent@acme.example".to_owned()));
        assert_eq!((audited(&app, "account.phone_begun"), audited(&app, "account.phone_added")), (1, 1));
        let status = app.agent("acme").get("/api/auth/2fa").await.expect(200).json();
        assert_eq!(
            (&status["methods"], &status["phone"], &status["sms_available"]),
            (&json!(["sms"]), &json!("••67"), &json!(true))
        );
        // Twice it is not added, and its code is not good twice.
        assert_eq!(begin(&app, "agent", NUMBER).await.expect(409).code(), "phone_on");
        assert_eq!(confirm(&app, "agent", &first).await.expect(409).code(), "second_factor_not_begun");

        app.advance(TimeDelta::seconds(61));
        let token = challenge(&app, "agent").await;
        // Nothing was sent yet, so nothing is right.
        verify(&app, &token, &first).await.expect(401);
        let asked = ask(&app, &token).await.expect(202);
        assert!(asked.round_trips <= 2, "{}", asked.round_trips);
        let second = code(&app).await;
        verify(&app, &token, &other(&second)).await.expect(401);
        let tokens = verify(&app, &token, &second).await.expect(200).json();
        bearer(&app, tokens["access_token"].as_str().unwrap()).get("/api/auth/me").await.expect(200);
        let opened = app.asked("acme", "SELECT detail FROM audit_logs WHERE action = 'session.opened' ORDER BY at DESC LIMIT 1");
        assert!(opened[0].contains(r#""factor":"sms""#), "{opened:?}");
        // It opened one session.
        let token = challenge(&app, "agent").await;
        verify(&app, &token, &second).await.expect(401);
    });
}

#[test]
fn a_code_is_good_for_its_own_sign_in_for_ten_minutes_and_until_the_next_is_sent() {
    run(async {
        let app = allowed().await;
        add(&app, "agent").await;
        let (mine, theirs) = (challenge(&app, "agent").await, challenge(&app, "agent").await);
        ask(&app, &mine).await.expect(202);
        let first = code(&app).await;
        verify(&app, &theirs, &first).await.expect(401);
        // A minute must pass; then the new one takes the place of the old.
        let wait = ask(&app, &mine).await.expect(429);
        assert_eq!(wait.headers.get("retry-after"), Some("60"));
        app.advance(TimeDelta::seconds(61));
        ask(&app, &mine).await.expect(202);
        let second = code(&app).await;
        assert_ne!(first, second);
        verify(&app, &mine, &first).await.expect(401);
        // The sign-in lasts as long as the code does, and no longer.
        app.advance(TimeDelta::seconds(9 * 60));
        let token = challenge(&app, "agent").await;
        verify(&app, &mine, &second).await.expect(200);
        ask(&app, &token).await.expect(202);
        let third = code(&app).await;
        app.advance(TimeDelta::minutes(10));
        verify(&app, &token, &third).await.expect(401);
        assert_eq!(ask(&app, &token).await.expect(401).code(), "bad_second_factor");
    });
}

#[test]
fn of_two_uses_of_one_code_at_once_one_gets_through() {
    run(async {
        let app = allowed().await;
        add(&app, "agent").await;
        let token = challenge(&app, "agent").await;
        ask(&app, &token).await.expect(202);
        let code = code(&app).await;
        app.tenant_database("acme").interleave(true);
        let (one, other) = futures::join!(verify(&app, &token, &code), verify(&app, &token, &code));
        app.tenant_database("acme").interleave(false);
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 401]);
    });
}

#[test]
fn after_five_wrong_tries_the_right_code_is_good_no_longer() {
    run(async {
        let app = allowed().await;
        begin(&app, "agent", NUMBER).await.expect(202);
        let code = code(&app).await;
        for network in 1..=5 {
            let wrong = json!({"code": other(&code)});
            app.agent("acme")
                .from_network(&format!("198.51.100.{network}"))
                .post("/api/auth/2fa/sms/confirm", wrong)
                .await
                .expect(422);
        }
        let right = json!({"code": code});
        app.agent("acme").from_network("198.51.100.9").post("/api/auth/2fa/sms/confirm", right).await.expect(422);
        assert_eq!(app.agent("acme").get("/api/auth/2fa").await.expect(200).json()["enabled"], false);
    });
}

#[test]
fn a_person_a_number_and_a_tenant_get_so_many_codes_a_day() {
    run(async {
        let app = allowed().await;
        for _ in 0..10 {
            begin(&app, "agent", NUMBER).await.expect(202);
            app.advance(TimeDelta::seconds(61));
        }
        // Another number is the same person's, another person's is the same number.
        let person = begin(&app, "agent", "+442079460958").await.expect(429);
        assert!(person.headers.get("retry-after").unwrap().parse::<i64>().unwrap() > 60);
        begin(&app, "manager", NUMBER).await.expect(429);
        begin(&app, "manager", "+442079460958").await.expect(202);
        // Refused tries do not count, and the day passes.
        app.advance(TimeDelta::days(1));
        begin(&app, "agent", NUMBER).await.expect(202);
        app.tenant_database("acme").inspect(|connection| {
            connection.execute("UPDATE attempts SET count = 500 WHERE count = 1", []).unwrap();
        });
        app.advance(TimeDelta::seconds(61));
        begin(&app, "client", "+79160000001").await.expect(429);
    });
}

#[test]
fn neither_tables_nor_lists_give_a_code_away_and_the_number_goes_with_the_message() {
    run(async {
        let app = allowed().await;
        begin(&app, "agent", NUMBER).await.expect(202);
        let waiting = log(&app).await;
        assert_eq!((&waiting[0]["recipient"], &waiting[0]["subject"]), (&json!("••67"), &Value::Null), "{waiting:?}");
        let code = code(&app).await;
        let sent = log(&app).await;
        assert_eq!(sent[0]["state"], "sent");
        let subject = sent[0]["subject"].as_str().unwrap();
        assert!(subject.contains("••••••") && !subject.contains(&code), "{subject}");
        let row = app.asked("acme", "SELECT recipient || data FROM outbox WHERE channel = 'sms'");
        assert_eq!(row, ["••67{}"]);
        assert!(app.asked("acme", &format!("SELECT 1 FROM sms_codes WHERE code_hash LIKE '%{code}%'")).is_empty());
        assert!(app.asked("acme", &format!("SELECT 1 FROM audit_logs WHERE detail LIKE '%{NUMBER}%'")).is_empty());
        // The page of the log shows as little.
        let page = page(app.admin("acme"), "/agent/mail/log").await;
        assert!(page.contains("••67") && !page.contains(&code) && !page.contains(NUMBER));
    });
}

#[test]
fn a_gateway_that_is_busy_is_asked_again_and_what_is_late_or_refused_is_let_go() {
    run(async {
        let app = allowed().await;
        app.platform.delivery_errors.borrow_mut().push(DeliveryError::Temporary("503".to_owned()));
        begin(&app, "agent", NUMBER).await.expect(202);
        deliver(&app).await;
        assert!(app.platform.messages.borrow().is_empty());
        assert_eq!(log(&app).await[0]["state"], "queued");
        app.advance(TimeDelta::seconds(61));
        let first = code(&app).await;
        let key = app.platform.messages.borrow()[0].idempotency_key.clone();
        assert_eq!(log(&app).await[0]["id"], json!(key));
        confirm(&app, "agent", &first).await.expect(200);

        deliver(&app).await;
        app.platform.delivery_errors.borrow_mut().push(DeliveryError::Permanent("400".to_owned()));
        begin(&app, "manager", "+442079460958").await.expect(202);
        deliver(&app).await;
        let failed = log(&app).await;
        assert_eq!(
            (&failed[0]["state"], &failed[0]["reason"], &failed[0]["recipient"]),
            (&json!("failed"), &json!("400"), &json!("••58"))
        );
        // Nobody can send it once more.
        let id = failed[0]["id"].as_str().unwrap().to_owned();
        let retried = app.admin("acme").post(&format!("/api/mail/outbox/{id}/retry"), json!({})).await.expect(409);
        assert_eq!(retried.code(), "mail_not_failed");
        // What has waited until its code was over does not leave.
        app.platform.delivery_errors.borrow_mut().push(DeliveryError::Temporary("503".to_owned()));
        app.advance(TimeDelta::seconds(61));
        begin(&app, "manager", "+442079460958").await.expect(202);
        deliver(&app).await;
        app.advance(TimeDelta::minutes(10));
        deliver(&app).await;
        assert_eq!(log(&app).await[0]["reason"], "code_over");
        assert_eq!(app.platform.messages.borrow().len(), 1);
    });
}

#[test]
fn where_it_is_not_allowed_nothing_is_sent_and_a_number_that_is_there_still_counts() {
    run(async {
        let app = TestApp::new();
        assert_eq!(app.agent("acme").get("/api/auth/2fa").await.expect(200).json()["sms_available"], false);
        assert_eq!(begin(&app, "agent", NUMBER).await.expect(409).code(), "sms_unavailable");
        assert!(!page(app.agent("acme"), "/profile/security").await.contains("/profile/security/phone"));

        set(&app, json!({"sms_codes": true})).await;
        let codes = add(&app, "agent").await;
        set(&app, json!({"sms_codes": false, "mfa_required_roles": ["agent"]})).await;
        // The password alone still opens nothing.
        let token = challenge(&app, "agent").await;
        assert_eq!(ask(&app, &token).await.expect(409).code(), "sms_unavailable");
        let tokens = verify(&app, &token, &codes[0]).await.expect(200).json();
        // A number to which nothing is sent is not what the role needs.
        let me = bearer(&app, tokens["access_token"].as_str().unwrap());
        assert_eq!(me.get("/api/tickets").await.expect(403).code(), "mfa_enrolment_required");
    });
}

#[test]
fn without_a_gateway_it_cannot_be_allowed_and_is_not_on_the_page() {
    run(async {
        let mut app = TestApp::new();
        assert!(page(app.admin("acme"), "/agent/settings/security").await.contains("sms_codes"));
        app.platform.config.sms = SmsConfig::None;
        let refused = app.admin("acme").patch("/api/tenant/settings", json!({"sms_codes": true})).await.expect(422);
        assert_eq!(faults(&refused), ["sms_unavailable"]);
        assert!(!page(app.admin("acme"), "/agent/settings/security").await.contains("sms_codes"));
        // Where one's own machine plays the gateway, the outbox shows what it would have sent.
        app.platform.config.sms = SmsConfig::Shown;
        set(&app, json!({"sms_codes": true})).await;
        begin(&app, "agent", NUMBER).await.expect(202);
        deliver(&app).await;
        let subject = log(&app).await[0]["subject"].as_str().unwrap().to_owned();
        let code: String = subject.chars().filter(char::is_ascii_digit).collect();
        confirm(&app, "agent", &code).await.expect(200);
    });
}

#[test]
fn in_an_open_session_a_code_proves_anew_who_one_is_and_there_alone() {
    run(async {
        let app = allowed().await;
        add(&app, "agent").await;
        let token = challenge(&app, "agent").await;
        ask(&app, &token).await.expect(202);
        let for_sign_in = code(&app).await;
        app.advance(TimeDelta::seconds(61));
        app.agent("acme").post("/api/auth/step-up/code", json!({})).await.expect(202);
        let for_proof = code(&app).await;
        app.agent("acme").post("/api/auth/step-up", json!({"code": for_sign_in})).await.expect(422);
        verify(&app, &token, &for_proof).await.expect(401);
        app.agent("acme").post("/api/auth/step-up", json!({"code": for_proof})).await.expect(204);
        app.agent("acme").post("/api/auth/step-up", json!({"code": for_proof})).await.expect(422);
        assert_eq!(app.client("acme").post("/api/auth/step-up/code", json!({})).await.expect(404).code(), "not_found");
    });
}

#[test]
fn a_number_is_taken_away_by_its_owner_by_an_administrator_and_with_the_person() {
    run(async {
        let app = allowed().await;
        add(&app, "agent").await;
        app.agent("acme").delete("/api/auth/2fa/sms").await.expect(204);
        app.agent("acme").delete("/api/auth/2fa/sms").await.expect(404);
        assert_eq!(notices(&app).last().unwrap().0, "phone-removed");
        assert!(super::login(&app, "agent").await.expect(200).json()["access_token"].is_string());
        assert!(app.asked("acme", "SELECT code_hash FROM recovery_codes").is_empty(), "they stand in for nothing");

        add(&app, "agent").await;
        let agent = app.user_id("acme", "agent");
        app.admin("acme").delete(&format!("/api/users/{agent}/2fa")).await.expect(204);
        assert!(app.asked("acme", "SELECT number FROM phone_numbers").is_empty());

        begin(&app, "client", "+442079460958").await.expect(202);
        let client = app.user_id("acme", "client");
        app.admin("acme").header("if-match", "*").delete(&format!("/api/users/{client}")).await.expect(204);
        assert!(app.asked("acme", "SELECT number FROM phone_numbers UNION ALL SELECT user_id FROM sms_codes").is_empty());
    });
}

#[test]
fn beside_an_authenticator_both_codes_let_in_and_the_recovery_codes_stay() {
    run(async {
        let app = allowed().await;
        let (device, _) = enrol(&app, "agent").await;
        assert!(add(&app, "agent").await.is_empty(), "those of the authenticator go on");
        for by_sms in [true, false] {
            let token = challenge(&app, "agent").await;
            ask(&app, &token).await.expect(202);
            let sent = code(&app).await;
            let typed = if by_sms { sent } else { device.code(&app) };
            verify(&app, &token, &typed).await.expect(200);
            app.advance(TimeDelta::seconds(61));
        }
        app.agent("acme").delete("/api/auth/2fa/totp").await.expect(204);
        let left = app.agent("acme").get("/api/auth/2fa").await.expect(200).json();
        assert_eq!((&left["methods"], &left["recovery_codes_left"]), (&json!(["sms"]), &json!(10)));
    });
}

#[test]
fn another_tenants_sign_in_and_what_is_no_number_lead_nowhere() {
    run(async {
        let app = allowed().await;
        add(&app, "agent").await;
        let token = challenge(&app, "agent").await;
        set_globex(&app).await;
        let elsewhere = app.anon("globex").post("/api/auth/2fa/sms/code", json!({"mfa_token": token})).await.expect(401);
        assert_eq!(elsewhere.code(), "bad_second_factor");
        for (body, fault) in [
            (json!({"number": "89161234567"}), "bad_phone_number"),
            (json!({"number": " "}), "missing_field"),
            (json!({"number": 7}), "wrong_type"),
            (json!({"number": NUMBER, "x": 1}), "unknown_field"),
        ] {
            let refused = app.manager("acme").post("/api/auth/2fa/sms", body.clone()).await.expect(422);
            assert_eq!(faults(&refused), [fault], "{body}");
        }
    });
}

async fn set_globex(app: &TestApp) {
    app.admin("globex").patch("/api/tenant/settings", json!({"sms_codes": true})).await.expect(200);
    app.advance(TimeDelta::seconds(31));
}
