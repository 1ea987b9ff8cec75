//! Notices on devices: what a push service gets, who hears of what and when, and when a device hears nothing any more.

use chrono::TimeDelta;
use functions::actions::jobs;
use ring::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::hmac;
use serde_json::{Value, json};
use shared::auth::base64url::{decode, encode};
use shared::auth::cryptography::{Cryptography, CurveKey};
use shared::auth::jwk::PublicKey;
use shared::id::TenantId;
use shared::job::Job;
use shared::platform::{ConnectionError, Pushed};
use shared::push::{Receiver, seal};
use tests::app::{Answer, Caller, TestApp};
use tests::native::{NativeCryptography, PushedNotice};

/// The numbers of RFC 8291, 5 and appendix A.
const TEXT: &str = "When I grow up, I want to be a watermelon";
const SENDER: (&str, &str) = (
    "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8",
    "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw",
);
const DEVICE: (&str, &str) = (
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94",
);
const SALT: &str = "DGv6ra1nlYgDCS1FRnbzlw";
const SECRET: &str = "BTBZMqHH6r4Tts7J_aSIgg";
const SEALED: &str = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";

fn run(test: impl Future<Output = ()>) {
    pollster::block_on(test);
}

fn digest(key: &[u8], text: &[u8]) -> Vec<u8> {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), text).as_ref().to_vec()
}

/// What the device of those keys reads in a sealed text: written anew from the RFC, by another library.
async fn opened(sealed: &[u8]) -> String {
    let (salt, rest) = sealed.split_at(16);
    let (sender, text) = (&rest[5..70], &rest[70..]);
    assert_eq!(rest[..5], [0, 0, 16, 0, 65], "a record of 4096, and a point");
    let device = CurveKey::parse(DEVICE.0, DEVICE.1).unwrap();
    let common = NativeCryptography.agree(&device, sender).await.unwrap();
    let about = [b"WebPush: info\0".as_slice(), device.public(), sender, &[1]].concat();
    let key = digest(&digest(&decode(SECRET).unwrap(), &common), &about);
    let by_salt = digest(salt, &key);
    let content = digest(&by_salt, b"Content-Encoding: aes128gcm\0\x01");
    let nonce = digest(&by_salt, b"Content-Encoding: nonce\0\x01");
    let cipher = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &content[..16]).unwrap());
    let mut text = text.to_vec();
    let plain = cipher.open_in_place(Nonce::try_assume_unique_for_key(&nonce[..12]).unwrap(), Aad::empty(), &mut text).unwrap();
    assert_eq!(plain.last(), Some(&2), "the last record");
    String::from_utf8(plain[..plain.len() - 1].to_vec()).unwrap()
}

#[test]
fn a_text_is_sealed_as_the_standard_shows_it() {
    run(async {
        let once = CurveKey::parse(SENDER.0, SENDER.1).unwrap();
        let salt: [u8; 16] = decode(SALT).unwrap().try_into().unwrap();
        let to = Receiver::parse(DEVICE.0, SECRET).unwrap();
        let sealed = seal(&NativeCryptography, &once, salt, &to, TEXT.as_bytes()).await.unwrap();
        assert_eq!(encode(&sealed), SEALED);
        assert_eq!(opened(&sealed).await, TEXT);
        assert_eq!(seal(&NativeCryptography, &once, salt, &to, &[b'x'; 4_000]).await, None, "longer than services take");
        let nowhere = encode(&[&[4_u8] as &[u8], &[7; 64]].concat());
        let to = Receiver::parse(&nowhere, SECRET).unwrap();
        assert_eq!(seal(&NativeCryptography, &once, salt, &to, b"x").await, None, "a point that is not on the curve");
    });
}

fn tenant() -> TenantId {
    TenantId::parse(&format!("tnt_{}", "a".repeat(32))).unwrap()
}

fn subscription(name: &str) -> Value {
    json!({"endpoint": format!("https://push.vendor.example/{name}"), "expirationTime": null, "keys": {"p256dh": DEVICE.0, "auth": SECRET}})
}

async fn subscribe(caller: Caller<'_>, name: &str) -> Answer {
    let answer = caller.post("/api/push/devices", subscription(name)).await;
    assert!(answer.round_trips <= 3, "{}", answer.round_trips);
    answer
}

/// Adds a device; answers its id.
async fn device(app: &TestApp, role: &str, name: &str) -> String {
    let answer = subscribe(app.signed_in("acme", role), name).await.expect(201);
    answer.json()["id"].as_str().unwrap().to_owned()
}

async fn deliver(app: &TestApp) {
    let report = jobs::run(&app.platform, &Job::Outbox { tenant: tenant() }).await;
    assert!(report.failures.is_empty(), "{report:?}");
}

/// What services have got since this was last asked.
fn pushed(app: &TestApp) -> Vec<PushedNotice> {
    app.platform.pushes.borrow_mut().drain(..).collect()
}

/// The only notice that a service has got, as its device reads it.
async fn notice(app: &TestApp) -> Value {
    deliver(app).await;
    let all = pushed(app);
    assert_eq!(all.len(), 1, "{all:?}");
    serde_json::from_str(&opened(&all[0].body).await).unwrap()
}

async fn ticket(app: &TestApp) -> (String, String) {
    let body = json!({"title": "Printer prints nothing", "description": "Since this morning."});
    let created = app.client("acme").post("/api/tickets", body).await.expect(201).json();
    (created["id"].as_str().unwrap().to_owned(), created["number"].as_str().unwrap().to_owned())
}

async fn say(caller: Caller<'_>, ticket: &str, words: &str) -> String {
    let body = json!({"body": words, "visibility": "public"});
    let comment = caller.post(&format!("/api/tickets/{ticket}/comments"), body).await.expect(201).json();
    comment["id"].as_str().unwrap().to_owned()
}

async fn assign(app: &TestApp, ticket: &str) {
    let changes = json!({"assignee": app.user_id("acme", "agent")});
    app.manager("acme").header("if-match", "*").patch(&format!("/api/tickets/{ticket}"), changes).await.expect(200);
}

fn waiting(app: &TestApp) -> usize {
    app.asked("acme", "SELECT id FROM push_notices").len()
}

fn devices(app: &TestApp) -> Vec<String> {
    app.asked("acme", "SELECT id FROM push_devices ORDER BY id")
}

#[test]
fn an_answer_of_the_desk_is_on_the_clients_device_sealed_and_signed() {
    run(async {
        let app = TestApp::new();
        device(&app, "client", "a").await;
        let (id, number) = ticket(&app).await;
        deliver(&app).await;
        assert!(pushed(&app).is_empty(), "that it was received is no news to its writer");
        let comment = say(app.agent("acme"), &id, "Have you **tried** to turn it off?").await;
        deliver(&app).await;
        let all = pushed(&app);
        assert_eq!(all.len(), 1);
        let one = &all[0];
        assert_eq!((one.url.as_str(), one.urgency.as_str()), ("https://push.vendor.example/a", "normal"));
        assert!(one.ttl_seconds > 3600 && one.topic.len() == 32, "{one:?}");
        let read: Value = serde_json::from_str(&opened(&one.body).await).unwrap();
        assert_eq!(read["title"], format!("{number} · Printer prints nothing"));
        assert!(read["body"].as_str().unwrap().ends_with("\nHave you tried to turn it off?"), "{read}");
        assert_eq!(read["path"], format!("/tickets/{number}#c-{comment}"));
        assert_eq!((&read["tag"], &read["unread"]), (&json!(id), &json!(1)));
        // RFC 8292: for this service, for a while, by our key.
        let (token, key) = one.authorization.strip_prefix("vapid t=").unwrap().split_once(", k=").unwrap();
        assert_eq!(key, SENDER.0);
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let claims: Value = serde_json::from_slice(&decode(signed.split_once('.').unwrap().1).unwrap()).unwrap();
        assert_eq!(claims["aud"], "https://push.vendor.example");
        assert!(claims["sub"].as_str().unwrap().starts_with("mailto:"));
        let left = claims["exp"].as_i64().unwrap() - app.platform.now.get().timestamp();
        assert!((1..=24 * 3600).contains(&left), "{left}");
        let point = decode(key).unwrap();
        let key = PublicKey::p256(&point[1..33], &point[33..]).unwrap();
        assert!(NativeCryptography.is_signed(&key, signed.as_bytes(), &decode(signature).unwrap()).await);
        assert_eq!(waiting(&app), 0);
        deliver(&app).await;
        assert!(pushed(&app).is_empty(), "once");
    });
}

#[test]
fn several_notices_of_a_ticket_are_one_with_a_count_until_it_is_read() {
    run(async {
        let app = TestApp::new();
        device(&app, "client", "a").await;
        let (id, number) = ticket(&app).await;
        say(app.agent("acme"), &id, "First.").await;
        say(app.agent("acme"), &id, "Second.").await;
        let read = notice(&app).await;
        assert_eq!(read["title"], format!("(2) {number} · Printer prints nothing"));
        assert!(read["body"].as_str().unwrap().ends_with("Second."), "{read}");
        let unread = async || app.client("acme").get("/api/push/unread").await.expect(200).json()["tickets"].clone();
        assert_eq!(unread().await, 1);
        let page = app.client("acme").in_browser().get(&format!("/tickets/{number}")).await.expect(200);
        assert!(page.round_trips <= 3);
        assert_eq!(unread().await, 0, "it was looked at");
        say(app.agent("acme"), &id, "Third.").await;
        assert_eq!(notice(&app).await["title"], format!("{number} · Printer prints nothing"), "counting begins anew");
    });
}

#[test]
fn the_desk_hears_of_what_is_its_own_and_a_client_of_nothing_internal() {
    run(async {
        let app = TestApp::new();
        device(&app, "agent", "desk").await;
        device(&app, "client", "client").await;
        let (id, number) = ticket(&app).await;
        assign(&app, &id).await;
        let read = notice(&app).await;
        assert_eq!(read["path"], format!("/agent/tickets/{number}"));
        app.agent("acme").in_browser().get(&format!("/agent/tickets/{number}")).await.expect(200);
        say(app.client("acme"), &id, "Still nothing.").await;
        let read = notice(&app).await;
        assert!(read["body"].as_str().unwrap().ends_with("Still nothing."), "{read}");
        let note = json!({"body": "Between us.", "visibility": "internal"});
        app.manager("acme").post(&format!("/api/tickets/{id}/comments"), note).await.expect(201);
        deliver(&app).await;
        assert!(pushed(&app).iter().all(|one| !one.url.ends_with("/client")));
        // What was queued for somebody who has left the desk since is not theirs any more.
        say(app.client("acme"), &id, "Now smoke.").await;
        app.tenant_database("acme").inspect(|connection| {
            let agent = app.user_id("acme", "agent");
            connection.execute("UPDATE users SET role = 'client', department_id = NULL WHERE id = ?1", [agent]).unwrap();
        });
        deliver(&app).await;
        assert!(pushed(&app).is_empty());
        assert_eq!(waiting(&app), 0);
    });
}

#[test]
fn what_is_muted_comes_by_no_way() {
    run(async {
        let app = TestApp::new();
        device(&app, "client", "a").await;
        app.client("acme").patch("/api/users/me/notifications", json!({"mail": {"agent_reply": false}})).await.expect(200);
        let (id, _) = ticket(&app).await;
        say(app.agent("acme"), &id, "Hello.").await;
        deliver(&app).await;
        assert!(pushed(&app).is_empty());
        assert_eq!(app.asked("acme", "SELECT ticket_id FROM push_news").len(), 0);
    });
}

#[test]
fn quiet_hours_hold_notices_back_until_they_end_and_what_is_read_meanwhile_does_not_come() {
    run(async {
        let app = TestApp::new();
        device(&app, "client", "a").await;
        // It is 10:00 in Moscow, where the tenant is.
        let set = app.client("acme").put("/api/push/quiet-hours", json!({"from": "09:00", "until": "11:00"})).await.expect(200);
        assert_eq!(set.json()["data"], json!({"from": "09:00", "until": "11:00"}));
        let (id, number) = ticket(&app).await;
        let (other, _) = ticket(&app).await;
        say(app.agent("acme"), &id, "Read meanwhile.").await;
        say(app.agent("acme"), &other, "First.").await;
        app.advance(TimeDelta::seconds(1));
        say(app.agent("acme"), &other, "Last.").await;
        deliver(&app).await;
        assert!(pushed(&app).is_empty());
        app.client("acme").in_browser().get(&format!("/tickets/{number}")).await.expect(200);
        app.advance(TimeDelta::minutes(61));
        let read = notice(&app).await;
        assert!(
            read["body"].as_str().unwrap().ends_with("Last.") && read["title"].as_str().unwrap().starts_with("(2)"),
            "{read}"
        );
        assert_eq!(waiting(&app), 0);
        app.client("acme").put("/api/push/quiet-hours", json!({})).await.expect(200);
        assert_eq!(app.client("acme").get("/api/push/quiet-hours").await.expect(200).json()["data"], Value::Null);
        for bad in
            [json!({"from": "22:00"}), json!({"from": "25:00", "until": "7:00"}), json!({"from": "7:00", "until": "07:00"})]
        {
            app.client("acme").put("/api/push/quiet-hours", bad).await.expect(422);
        }
    });
}

#[test]
fn a_device_that_its_service_does_not_know_any_more_is_forgotten() {
    run(async {
        for status in [404, 410] {
            let app = TestApp::new();
            device(&app, "client", "a").await;
            let (id, _) = ticket(&app).await;
            say(app.agent("acme"), &id, "Hello.").await;
            app.platform.push_answers.borrow_mut().push_back(Ok(Pushed { status, retry_after_seconds: None }));
            deliver(&app).await;
            assert_eq!((devices(&app).len(), waiting(&app)), (0, 0), "{status}");
        }
    });
}

#[test]
fn what_could_not_be_handed_over_is_tried_again_when_the_service_wants_to_be_asked() {
    run(async {
        let app = TestApp::new();
        device(&app, "client", "a").await;
        let (id, _) = ticket(&app).await;
        say(app.agent("acme"), &id, "Hello.").await;
        {
            let mut answers = app.platform.push_answers.borrow_mut();
            answers.push_back(Ok(Pushed { status: 429, retry_after_seconds: Some(600) }));
            answers.push_back(Err(ConnectionError("broken off".to_owned())));
        }
        deliver(&app).await;
        assert_eq!(pushed(&app).len(), 1);
        app.advance(TimeDelta::minutes(9));
        deliver(&app).await;
        assert!(pushed(&app).is_empty(), "not before");
        app.advance(TimeDelta::minutes(1));
        deliver(&app).await;
        app.advance(TimeDelta::minutes(5));
        deliver(&app).await;
        let tries = pushed(&app);
        assert_eq!(tries.len(), 2);
        assert_eq!(tries[0].topic, tries[1].topic, "the service can tell that it is the same");
        assert_eq!(waiting(&app), 0);
        // One that never gets through is let go: there is a mail as well.
        say(app.agent("acme"), &id, "Once more.").await;
        for _ in 0..8 {
            app.platform.push_answers.borrow_mut().push_back(Ok(Pushed { status: 503, retry_after_seconds: None }));
            deliver(&app).await;
            app.advance(TimeDelta::hours(3));
        }
        assert_eq!((pushed(&app).len(), waiting(&app), devices(&app).len()), (5, 0, 1));
    });
}

#[test]
fn a_device_ends_with_its_session_and_with_its_person() {
    run(async {
        let app = TestApp::new();
        device(&app, "client", "a").await;
        device(&app, "agent", "b").await;
        app.client("acme").post("/api/auth/logout", json!({})).await.expect(204);
        assert_eq!(devices(&app).len(), 1, "signed out");
        let agent = app.user_id("acme", "agent");
        app.admin("acme").header("if-match", "*").delete(&format!("/api/users/{agent}")).await.expect(204);
        assert_eq!(devices(&app).len(), 0, "gone");
    });
}

#[test]
fn a_device_is_its_owners_alone_and_may_be_tried_and_taken_away() {
    run(async {
        let app = TestApp::new();
        let id = device(&app, "client", "a").await;
        assert_eq!(device(&app, "client", "a").await, id, "the same once more");
        let list = app.client("acme").get("/api/push/devices").await.expect(200).json();
        assert_eq!((list["data"][0]["id"].as_str(), list["data"][0]["current"].as_bool()), (Some(id.as_str()), Some(true)));
        assert!(!list.to_string().contains("push.vendor"), "the address is a key");
        for (tenant, role) in [("acme", "agent"), ("globex", "client")] {
            let other = || app.signed_in(tenant, role);
            other().delete(&format!("/api/push/devices/{id}")).await.expect(404);
            other().post(&format!("/api/push/devices/{id}/test"), json!({})).await.expect(404);
        }
        app.client("acme").put("/api/push/quiet-hours", json!({"from": "09:00", "until": "11:00"})).await.expect(200);
        app.client("acme").post(&format!("/api/push/devices/{id}/test"), json!({})).await.expect(202);
        let read = notice(&app).await;
        assert_eq!((read["path"].as_str(), read["tag"].as_str()), (Some("/"), Some("trial")), "whoever tries is awake");
        let profile = app.client("acme").in_browser().get("/profile").await.expect(200);
        assert!(profile.round_trips <= 3 && profile.text().contains(&id), "{}", profile.round_trips);
        app.client("acme").in_browser().submit(&format!("/profile/devices/{id}/remove"), &[]).await.expect(303);
        assert_eq!(devices(&app).len(), 0);
        let page =
            app.client("acme").in_browser().submit("/profile/quiet", &[("from", "22:00"), ("until", "")]).await.expect(422);
        assert!(page.text().contains("value=\"22:00\""), "what was typed is still there");
    });
}

#[test]
fn a_device_of_somebody_else_becomes_that_of_whoever_signs_in_on_it() {
    run(async {
        let app = TestApp::new();
        device(&app, "client", "a").await;
        let (id, _) = ticket(&app).await;
        say(app.agent("acme"), &id, "For the client.").await;
        device(&app, "manager", "a").await;
        deliver(&app).await;
        assert!(pushed(&app).is_empty(), "what waited was for the other");
        assert_eq!(app.asked("acme", "SELECT user_id FROM push_devices"), [app.user_id("acme", "manager")]);
    });
}

#[test]
fn an_address_inside_and_keys_that_are_none_are_refused_and_so_is_a_device_too_many() {
    run(async {
        let app = TestApp::new();
        for endpoint in
            ["http://push.vendor.example/x", "https://127.0.0.1/x", "https://acme.example/x", "https://localhost/x", "x"]
        {
            let mut body = subscription("a");
            body["endpoint"] = json!(endpoint);
            app.client("acme").post("/api/push/devices", body).await.expect(422);
        }
        let mut body = subscription("a");
        body["keys"] = json!({"p256dh": SECRET, "auth": SECRET});
        let refused = app.client("acme").post("/api/push/devices", body).await.expect(422).json();
        assert_eq!(refused["errors"][0]["field"], "keys.p256dh");
        app.tenant_database("acme").inspect(|connection| {
            for index in 0..20 {
                connection
                    .execute(
                        "INSERT INTO sessions (tenant_id, id, user_id, kind, created_at, expires_at)
                         SELECT tenant_id, 'ses_' || ?1, id, 'api', 1, 9999999999999 FROM users WHERE id = ?2",
                        (format!("{index:032}"), app.user_id("acme", "client")),
                    )
                    .unwrap();
                connection
                    .execute(
                        "INSERT INTO push_devices (tenant_id, id, user_id, session_id, endpoint, p256dh, auth, label, locale, created_at, seen_at)
                         SELECT tenant_id, 'dev_' || ?1, user_id, id, 'https://push.vendor.example/' || ?1, 'x', 'x', '', 'en', 1, 1
                         FROM sessions WHERE id = 'ses_' || ?1",
                        [format!("{index:032}")],
                    )
                    .unwrap();
            }
        });
        let refused = subscribe(app.client("acme"), "one-more").await.expect(409);
        assert_eq!(refused.code(), "too_many_devices");
        assert!(!refused.json()["detail"].as_str().unwrap().contains("error-"), "a text is missing: {}", refused.text());
    });
}

#[test]
fn devices_that_have_not_come_for_long_are_forgotten_and_their_sessions_stay_until_then() {
    run(async {
        let app = TestApp::new();
        device(&app, "client", "a").await;
        app.tenant_database("acme").inspect(|connection| {
            connection
                .execute("UPDATE sessions SET expires_at = 1 WHERE id IN (SELECT session_id FROM push_devices)", [])
                .unwrap();
        });
        let sweep = async || {
            let report = jobs::run(&app.platform, &Job::Sweep { tenant: tenant() }).await;
            assert!(report.failures.is_empty(), "{report:?}");
        };
        app.platform.now.set(app.platform.now.get() + TimeDelta::days(30));
        sweep().await;
        assert_eq!(devices(&app).len(), 1);
        app.platform.now.set(app.platform.now.get() + TimeDelta::days(31));
        sweep().await;
        assert_eq!(devices(&app).len(), 0);
    });
}

#[test]
fn the_key_is_told_to_whoever_is_signed_in() {
    run(async {
        let app = TestApp::new();
        assert_eq!(app.client("acme").get("/api/push/key").await.expect(200).json()["key"], SENDER.0);
        app.anon("acme").get("/api/push/key").await.expect(401);
    });
}

/// How many tickets the client's icon shows, and how many rows that is made of.
async fn news(app: &TestApp) -> (i64, usize) {
    let unread = app.client("acme").get("/api/push/unread").await.expect(200).json()["tickets"].as_i64().unwrap();
    (unread, app.asked("acme", "SELECT ticket_id FROM push_news").len())
}

/// A ticket of somebody else that the client follows, with an answer that the client has not looked at.
async fn followed(app: &TestApp) -> String {
    let body = json!({"title": "Theirs", "description": "Words.", "requester": {"email": "other@else.example"}});
    let made = app.agent("acme").post("/api/tickets", body).await.expect(201).json();
    let id = made["id"].as_str().unwrap().to_owned();
    let client = json!({"user": app.user_id("acme", "client")});
    app.agent("acme").post(&format!("/api/tickets/{id}/followers"), client).await.expect(200);
    say(app.agent("acme"), &id, "An answer.").await;
    id
}

#[test]
fn a_ticket_that_is_deleted_does_not_stay_on_the_icon() {
    run(async {
        let app = TestApp::new();
        device(&app, "client", "a").await;
        let (id, _) = ticket(&app).await;
        say(app.agent("acme"), &id, "Hello.").await;
        assert_eq!(news(&app).await, (1, 1));
        app.manager("acme").delete(&format!("/api/tickets/{id}")).await.expect(204);
        assert_eq!(news(&app).await, (0, 0));
        // Nor does what was left of one before.
        app.tenant_database("acme").inspect(|connection| {
            connection
                .execute(
                    "INSERT INTO push_news (tenant_id, user_id, ticket_id, events) SELECT tenant_id, requester_id, id, 1 FROM tickets",
                    [],
                )
                .unwrap();
        });
        assert_eq!(news(&app).await, (0, 1));
        let (other, _) = ticket(&app).await;
        pushed(&app);
        say(app.agent("acme"), &other, "Hello.").await;
        assert_eq!(notice(&app).await["unread"], 1);
    });
}

#[test]
fn a_ticket_that_is_followed_no_more_does_not_stay_on_the_icon() {
    run(async {
        let app = TestApp::new();
        device(&app, "client", "a").await;
        let id = followed(&app).await;
        assert_eq!(news(&app).await, (1, 1));
        app.client("acme").delete(&format!("/api/tickets/{id}/followers")).await.expect(200);
        assert_eq!(news(&app).await, (0, 0));
        deliver(&app).await;
        assert!(pushed(&app).is_empty(), "what waited is not told any more");
    });
}

#[test]
fn whoever_leaves_a_company_keeps_the_news_of_their_own_tickets_and_no_other() {
    run(async {
        let app = TestApp::new();
        device(&app, "client", "a").await;
        let (own, _) = ticket(&app).await;
        say(app.agent("acme"), &own, "Hello.").await;
        let (followed, colleagues) = (followed(&app).await, followed(&app).await);
        let client = app.user_id("acme", "client");
        let company = |number: u8| format!("org_{number:032x}");
        app.tenant_database("acme").inspect(|connection| {
            connection.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
            connection.execute("UPDATE users SET organization_id = ?2 WHERE id = ?1", [&client, &company(1)]).unwrap();
            connection.execute("DELETE FROM ticket_followers WHERE ticket_id = ?1", [&colleagues]).unwrap();
        });
        assert_eq!(news(&app).await, (3, 3), "to come into one changes nothing");
        app.tenant_database("acme").inspect(|connection| {
            connection.execute("UPDATE users SET organization_id = ?2 WHERE id = ?1", [&client, &company(2)]).unwrap();
        });
        let mut left = app.asked("acme", "SELECT ticket_id FROM push_news");
        left.sort();
        let mut kept = vec![own, followed];
        kept.sort();
        assert_eq!(left, kept);
    });
}

#[test]
fn a_warning_whose_promise_is_kept_meanwhile_does_not_wake_a_device() {
    run(async {
        for is_settled in [false, true] {
            let app = TestApp::new();
            device(&app, "agent", "desk").await;
            let (id, number) = ticket(&app).await;
            assign(&app, &id).await;
            app.agent("acme").in_browser().get(&format!("/agent/tickets/{number}")).await.expect(200);
            deliver(&app).await;
            pushed(&app);
            app.advance(TimeDelta::hours(3));
            let report = jobs::run(&app.platform, &Job::Sla { tenant: tenant() }).await;
            assert!(report.failures.is_empty(), "{report:?}");
            assert_eq!(app.asked("acme", "SELECT template FROM push_notices"), ["sla_warning"]);
            if is_settled {
                say(app.agent("acme"), &id, "We look into it.").await;
            }
            deliver(&app).await;
            assert_eq!((pushed(&app).len(), waiting(&app)), (usize::from(!is_settled), 0));
        }
    });
}

#[test]
fn a_device_is_not_added_to_a_session_that_was_ended_meanwhile() {
    run(async {
        let app = TestApp::new();
        device(&app, "manager", "a").await;
        // The client is signed out everywhere after the request was let in.
        app.tenant_database("acme").inspect(|connection| {
            let client = app.user_id("acme", "client");
            let sql = format!(
                "CREATE TRIGGER meanwhile AFTER DELETE ON push_devices
                 BEGIN UPDATE sessions SET revoked_at = 1 WHERE user_id = '{client}'; END"
            );
            connection.execute_batch(&sql).unwrap();
        });
        subscribe(app.client("acme"), "a").await.expect(401);
        assert_eq!(app.asked("acme", "SELECT user_id FROM push_devices"), [app.user_id("acme", "manager")]);
    });
}
