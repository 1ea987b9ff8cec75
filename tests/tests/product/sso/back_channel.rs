//! A provider says that a session there is over: what ends here, and every token that ends nothing.

use chrono::TimeDelta;
use serde_json::{Value, json};
use shared::http::{Body, Method};
use shared::platform::Wake;
use tests::app::{Answer, TestApp};
use tests::native::{FakeProvider, Signature, Told};

use super::{ISSUER, RECOVERY_CODE, enrol, kept, run, set_up, sign_in, stand};

async fn tell(app: &TestApp, id: &str, token: &str) -> Answer {
    let body = Body::Bytes(format!("logout_token={token}").into_bytes());
    let path = format!("/login/sso/{id}/backchannel");
    app.anon("acme").send(Method::Post, &path, body, Some("application/x-www-form-urlencoded")).await
}

/// Signs somebody in whose session the provider calls so; answers the cookie.
async fn enter(app: &TestApp, provider: &FakeProvider, id: &str, subject: &'static str, sid: &'static str) -> String {
    *provider.told.borrow_mut() = Box::new(move |told| told.claims["sid"] = sid.into());
    let answer = sign_in(app, provider, id, subject).await.expect(303);
    format!("__Host-session={}", kept(&answer, "session").expect("a session"))
}

async fn is_in(app: &TestApp, cookie: &str) -> bool {
    app.anon("acme").header("cookie", cookie).get("/profile").await.status == 200
}

/// A product in which anna has come in twice and carl once.
async fn three() -> (TestApp, std::rc::Rc<FakeProvider>, String, [String; 3]) {
    let (app, provider) = stand();
    provider.person("carl", json!({"name": "Carl", "email": "carl@corp.example", "email_verified": true, "groups": ["desk"]}));
    let id = set_up(&app, json!({})).await;
    let one = enter(&app, &provider, &id, "anna", "one").await;
    let two = enter(&app, &provider, &id, "anna", "two").await;
    let other = enter(&app, &provider, &id, "carl", "three").await;
    (app, provider, id, [one, two, other])
}

#[test]
fn a_session_ends_by_its_name_and_the_others_go_on() {
    run(async {
        let (app, provider, id, [one, two, other]) = three().await;
        app.wakes.borrow_mut().clear();
        let token = provider.signed(&provider.logout("portal", Some("anna"), Some("one")));
        let answer = tell(&app, &id, &token).await.expect(200);
        assert!(answer.round_trips <= 3, "{}", answer.round_trips);
        assert_eq!(answer.headers.get("cache-control"), Some("no-store"));
        assert!(answer.headers.get("set-cookie").is_none());
        assert!(!is_in(&app, &one).await && is_in(&app, &two).await && is_in(&app, &other).await);
        let is_told = |wake: &Wake| matches!(wake, Wake::Hub { message, .. } if message.contains("ses_"));
        assert!(app.wakes.borrow().iter().any(is_told), "its open pages end");
        let line = app.asked("acme", "SELECT actor || detail FROM audit_logs WHERE action = 'session.ended_by_provider'");
        assert!(line.len() == 1 && line[0].starts_with(&id) && line[0].contains(r#""sessions":1"#), "{line:?}");
        // By the name alone, without saying whose it is.
        let token = provider.signed(&provider.logout("portal", None, Some("three")));
        tell(&app, &id, &token).await.expect(200);
        assert!(!is_in(&app, &other).await && is_in(&app, &two).await);
    });
}

#[test]
fn all_sessions_of_a_subject_end_but_for_those_that_a_password_has_opened() {
    run(async {
        let (app, provider, id, [one, two, other]) = three().await;
        app.tenant_database("acme").inspect(|connection| {
            let sql = "INSERT INTO sessions (tenant_id, id, user_id, kind, token_hash, created_at, expires_at)
                SELECT tenant_id, 'ses_' || substr(id, 5), id, 'browser', 'x', 1, 9000000000000 FROM users WHERE email = 'anna@corp.example'";
            connection.execute(sql, []).unwrap();
        });
        let token = provider.signed(&provider.logout("portal", Some("anna"), None));
        tell(&app, &id, &token).await.expect(200);
        assert!(!is_in(&app, &one).await && !is_in(&app, &two).await && is_in(&app, &other).await);
        assert_eq!(app.asked("acme", "SELECT revoked_at FROM sessions WHERE token_hash = 'x'"), ["null"]);
        // Nobody of that name is no fault, and ends nothing.
        let token = provider.signed(&provider.logout("portal", Some("nobody"), None));
        tell(&app, &id, &token).await.expect(200);
        // A name and somebody else do not belong together.
        let again = enter(&app, &provider, &id, "anna", "four").await;
        let token = provider.signed(&provider.logout("portal", Some("carl"), Some("four")));
        tell(&app, &id, &token).await.expect(200);
        assert!(is_in(&app, &again).await && is_in(&app, &other).await);
    });
}

#[test]
fn a_sign_in_that_still_owes_a_second_factor_is_over_and_one_that_has_given_it_ends_by_its_name() {
    run(async {
        let (app, provider, id, _) = three().await;
        enrol(&app, "anna@corp.example");
        for is_finished in [false, true] {
            *provider.told.borrow_mut() = Box::new(|told| told.claims["sid"] = "owing".into());
            let owing = sign_in(&app, &provider, &id, "anna").await.expect(303);
            let cookie = format!("__Host-sign-in={}", kept(&owing, "sign-in").unwrap());
            let fields = [("code", RECOVERY_CODE)];
            let finish = || app.anon("acme").in_browser().header("cookie", &cookie).submit("/login/verify", &fields);
            let token = provider.signed(&provider.logout("portal", None, Some("owing")));
            if is_finished {
                let session = format!("__Host-session={}", kept(&finish().await.expect(303), "session").unwrap());
                assert!(is_in(&app, &session).await);
                tell(&app, &id, &token).await.expect(200);
                assert!(!is_in(&app, &session).await);
            } else {
                tell(&app, &id, &token).await.expect(200);
                finish().await.expect(422);
            }
        }
    });
}

/// A lie in a token, and what the answer says of it.
type Lie = (&'static str, fn(&mut Told));

const LIES: &[Lie] = &[
    ("iss", |told| told.claims["iss"] = "https://login.evil.example".into()),
    ("iss", |told| told.claims["iss"] = Value::Null),
    ("aud", |told| told.claims["aud"] = "another".into()),
    ("aud", |told| told.claims["aud"] = Value::Null),
    ("exp", |told| told.claims["exp"] = (told.claims["iat"].as_i64().unwrap() - 60).into()),
    ("exp", |told| told.claims["exp"] = Value::Null),
    ("iat", |told| told.claims["iat"] = (told.claims["iat"].as_i64().unwrap() - 3_600).into()),
    ("iat", |told| told.claims["iat"] = (told.claims["iat"].as_i64().unwrap() + 120).into()),
    ("iat", |told| told.claims["iat"] = Value::Null),
    ("nonce", |told| told.claims["nonce"] = "any".into()),
    ("nonce", |told| told.claims["nonce"] = Value::Null),
    ("events", |told| told.claims["events"] = Value::Null),
    ("events", |told| told.claims["events"] = json!({})),
    ("events", |told| told.claims["events"] = json!(["http://schemas.openid.net/event/backchannel-logout"])),
    ("events", |told| told.claims["events"] = json!({"http://schemas.openid.net/event/backchannel-logout": true})),
    ("sub", |told| told.claims["sub"] = 7.into()),
    ("sub", |told| told.claims["sub"] = "".into()),
    ("sub", |told| told.claims["sid"] = json!(["one"])),
    ("sub", |told| {
        let claims = told.claims.as_object_mut().unwrap();
        claims.remove("sub");
        claims.remove("sid");
    }),
    ("jti", |told| told.claims["jti"] = Value::Null),
    ("jti", |told| told.claims["jti"] = "x".repeat(256).into()),
    ("alg", |told| {
        told.header["alg"] = "none".into();
        told.signature = Signature::Missing;
    }),
    ("alg", |told| {
        told.header["alg"] = "HS256".into();
        told.signature = Signature::Hmac;
    }),
    ("typ", |told| told.header["typ"] = "at+jwt".into()),
    ("typ", |told| told.header["typ"] = "JWT".into()),
    ("typ", |told| {
        told.header.as_object_mut().unwrap().remove("typ");
    }),
    ("crit", |told| told.header["crit"] = json!(["b64"])),
    ("kid", |told| told.header["kid"] = "another".into()),
    ("signature", |told| told.signature = Signature::Missing),
    ("signature", |told| told.signature = Signature::Hmac),
];

#[test]
fn whatever_a_token_lies_about_it_ends_nothing() {
    run(async {
        let (app, provider, id, [one, ..]) = three().await;
        for (at, (fault, lie)) in LIES.iter().enumerate() {
            let mut told = provider.logout("portal", Some("anna"), Some("one"));
            lie(&mut told);
            let refused = tell(&app, &id, &provider.signed(&told)).await.expect(400).json();
            assert_eq!(refused["error"], "invalid_request", "lie {at}");
            let words = refused["error_description"].as_str().unwrap();
            assert!(words.contains(fault), "lie {at}: {words}");
        }
        for token in ["", "x", "a.b.c", &"x".repeat(40_000)] {
            tell(&app, &id, token).await.expect(400);
        }
        assert!(is_in(&app, &one).await);
        assert!(app.asked("acme", "SELECT 1 FROM audit_logs WHERE action = 'session.ended_by_provider'").is_empty());
    });
}

#[test]
fn a_token_is_good_once_and_one_of_a_sign_in_is_none() {
    run(async {
        let (app, provider, id, [one, two, _]) = three().await;
        let token = provider.signed(&provider.logout("portal", Some("anna"), None));
        tell(&app, &id, &token).await.expect(200);
        let again = enter(&app, &provider, &id, "anna", "one").await;
        let refused = tell(&app, &id, &token).await.expect(400).json();
        assert!(refused["error_description"].as_str().unwrap().contains("jti"), "{refused}");
        assert!(is_in(&app, &again).await && !is_in(&app, &one).await && !is_in(&app, &two).await);
        // When it is forgotten it is too old to be good.
        app.advance(TimeDelta::minutes(15));
        app.as_product("acme", async |ctx| functions::actions::forget::forget(ctx).await.unwrap()).await;
        let late = tell(&app, &id, &token).await.expect(400).json();
        assert!(!late["error_description"].as_str().unwrap().contains("jti"), "{late}");
    });
}

#[test]
fn what_is_no_form_or_names_no_provider_of_the_tenants_is_refused() {
    run(async {
        let (app, provider, id, [one, ..]) = three().await;
        let token = provider.signed(&provider.logout("portal", Some("anna"), None));
        let path = format!("/login/sso/{id}/backchannel");
        app.anon("acme").post(&path, json!({"logout_token": token})).await.expect(415);
        let twice = Body::Bytes(format!("logout_token={token}&logout_token={token}").into_bytes());
        app.anon("acme").send(Method::Post, &path, twice, Some("application/x-www-form-urlencoded")).await.expect(400);
        let body = || Body::Bytes(format!("logout_token={token}").into_bytes());
        let form = Some("application/x-www-form-urlencoded");
        app.anon("globex").send(Method::Post, &path, body(), form).await.expect(404);
        // Another provider of the tenant's with the same issuer and another client.
        let other = set_up(&app, json!({"name": "Other", "client_id": "other", "client_secret": "x"})).await;
        tell(&app, &other, &token).await.expect(400);
        assert!(is_in(&app, &one).await);
        assert_eq!(provider.issuer, ISSUER);
    });
}
