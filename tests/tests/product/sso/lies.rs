//! A lie in each field: nobody comes in, nobody is made, and the audit log says why.

use chrono::TimeDelta;
use serde_json::{Value, json};
use shared::platform::{ConnectionError, Fetched};
use tests::native::{FakeProvider, Signature, Told};

use super::{ISSUER, back, begin, count, form, kept, last_fault, run, set_up, sign_in, stand};

/// A lie in a token, and the name of what is wrong with it.
type Lie = (&'static str, fn(&mut Told));

const LIES: &[Lie] = &[
    ("iss", |told| told.claims["iss"] = "https://login.evil.example".into()),
    ("iss", |told| told.claims["iss"] = format!("{ISSUER}/").into()),
    ("iss", |told| told.claims["iss"] = Value::Null),
    ("aud", |told| told.claims["aud"] = "another".into()),
    ("aud", |told| told.claims["aud"] = json!([])),
    ("aud", |told| told.claims["aud"] = json!(["another", "PORTAL"])),
    ("azp", |told| told.claims["aud"] = json!(["portal", "another"])),
    ("azp", |told| told.claims["azp"] = "another".into()),
    ("azp", |told| {
        told.claims["aud"] = json!(["portal", "another"]);
        told.claims["azp"] = "another".into();
    }),
    ("nonce", |told| told.claims["nonce"] = "another".into()),
    ("nonce", |told| told.claims["nonce"] = Value::Null),
    ("exp", |told| told.claims["exp"] = (told.claims["iat"].as_i64().unwrap() - 60).into()),
    ("exp", |told| told.claims["exp"] = "tomorrow".into()),
    ("exp", |told| told.claims["exp"] = Value::Null),
    ("iat", |told| told.claims["iat"] = (told.claims["iat"].as_i64().unwrap() + 120).into()),
    ("iat", |told| told.claims["iat"] = (told.claims["iat"].as_i64().unwrap() - 3600).into()),
    ("iat", |told| told.claims["iat"] = Value::Null),
    ("nbf", |told| told.claims["nbf"] = (told.claims["iat"].as_i64().unwrap() + 120).into()),
    ("sub", |told| told.claims["sub"] = Value::Null),
    ("sub", |told| told.claims["sub"] = "".into()),
    ("sub", |told| told.claims["sub"] = 7.into()),
    ("sub", |told| told.claims["sub"] = "x".repeat(256).into()),
    ("at_hash", |told| told.claims["at_hash"] = "AAAAAAAAAAAAAAAAAAAAAA".into()),
    ("at_hash", |told| told.access_token = "access-carl".to_owned()),
    ("alg", |told| {
        told.header["alg"] = "none".into();
        told.signature = Signature::Missing;
    }),
    ("alg", |told| told.header["alg"] = "None".into()),
    ("alg", |told| {
        told.header["alg"] = "HS256".into();
        told.signature = Signature::Hmac;
    }),
    ("alg", |told| told.header["alg"] = "ES512".into()),
    ("alg", |told| told.header["alg"] = Value::Null),
    // Offered by nobody, though we know it.
    ("alg", |told| told.header["alg"] = "PS256".into()),
    ("kid", |told| told.header["alg"] = "RS256".into()),
    ("kid", |told| told.header["kid"] = "another".into()),
    ("kid", |told| told.header["kid"] = "../../../../dev/null".into()),
    ("malformed", |told| told.header["kid"] = json!(["one"])),
    ("crit", |told| told.header["crit"] = json!(["b64"])),
    ("typ", |told| told.header["typ"] = "at+jwt".into()),
    ("typ", |told| told.header["typ"] = "logout+jwt".into()),
    ("signature", |told| told.signature = Signature::Missing),
    ("signature", |told| told.signature = Signature::Hmac),
    ("malformed", |told| told.claims["padding"] = "x".repeat(40_000).into()),
];

#[test]
fn whatever_a_token_lies_about_it_lets_nobody_in() {
    run(async {
        let (app, provider) = stand();
        let id = set_up(&app, json!({})).await;
        let people = count(&app, "users");
        for (at, (fault, lie)) in LIES.iter().enumerate() {
            *provider.told.borrow_mut() = Box::new(*lie);
            let answer = sign_in(&app, &provider, &id, "anna").await.expect(422);
            assert_eq!(last_fault(&app).as_deref(), Some(*fault), "lie {at}");
            assert!(kept(&answer, "session").is_none() && answer.text().contains("role=\"alert\""), "lie {at}");
        }
        assert_eq!((count(&app, "users"), count(&app, "external_identities")), (people, "0".to_owned()));
        *provider.told.borrow_mut() = Box::new(|_| ());
        sign_in(&app, &provider, &id, "anna").await.expect(303);
    });
}

#[test]
fn what_is_not_a_lie_is_let_through() {
    run(async {
        let (app, provider) = stand();
        let id = set_up(&app, json!({})).await;
        let truths: [fn(&mut Told); 6] = [
            |told| told.claims["aud"] = json!(["portal"]),
            |told| {
                told.claims["aud"] = json!(["portal", "another"]);
                told.claims["azp"] = "portal".into();
            },
            |told| told.claims["exp"] = (told.claims["iat"].as_i64().unwrap() - 30).into(),
            |told| told.claims["iat"] = (told.claims["iat"].as_i64().unwrap() + 30).into(),
            |told| told.claims["at_hash"].take().as_null().unwrap_or(()),
            // Keys that a header brings along or points to are not looked at.
            |told| {
                told.header["jku"] = "https://login.evil.example/jwks".into();
                told.header["jwk"] = json!({"kty": "oct", "k": "AAAA"});
                told.header["x5u"] = "https://login.evil.example/x".into();
            },
        ];
        for (at, truth) in truths.into_iter().enumerate().filter(|(at, _)| *at != 4) {
            *provider.told.borrow_mut() = Box::new(truth);
            sign_in(&app, &provider, &id, "anna").await.expect(303);
            assert!(provider.asked.borrow().iter().all(|asked| !asked.contains("evil")), "truth {at}");
        }
    });
}

#[test]
fn a_key_of_somebody_else_under_the_right_name_signs_nothing() {
    run(async {
        let (app, provider) = stand();
        let id = set_up(&app, json!({})).await;
        // A second key of the same name that the provider has never published.
        provider.add_key("one");
        sign_in(&app, &provider, &id, "anna").await.expect(422);
        assert_eq!(last_fault(&app).as_deref(), Some("signature"));
    });
}

#[test]
fn an_answer_is_good_once_in_its_browser_for_ten_minutes() {
    run(async {
        let (app, provider) = stand();
        let id = set_up(&app, json!({})).await;
        let begun = begin(&app, &id).await;
        let query = provider.agree(&begun.location, "anna");
        let other = begin(&app, &id).await;
        for (cookie, query) in [
            ("", query.clone()),
            (other.cookie.as_str(), query.clone()),
            (begun.cookie.as_str(), query.replace("state=", "state=0")),
            (begun.cookie.as_str(), query.replace("state=", "x=")),
            (begun.cookie.as_str(), format!("{query}&state=another")),
            ("__Host-sso=v1.x.y", query.clone()),
        ] {
            let answer = back(app.anon("acme"), &id, cookie, &query).await.expect(422);
            assert!(kept(&answer, "session").is_none());
        }
        assert_eq!(provider.times("/token"), 0, "no code was sent anywhere");
        back(app.anon("acme"), &id, &begun.cookie, &query).await.expect(303);
        let again = provider.agree(&begun.location, "anna");
        back(app.anon("acme"), &id, &begun.cookie, &again).await.expect(422);
        assert_eq!(provider.times("/token"), 1, "the second time nobody is asked");
        let late = begin(&app, &id).await;
        app.advance(TimeDelta::seconds(600));
        let query = provider.agree(&late.location, "anna");
        back(app.anon("acme"), &id, &late.cookie, &query).await.expect(422);
        assert_eq!(provider.times("/token"), 1);
    });
}

#[test]
fn an_answer_of_another_provider_or_tenant_is_none() {
    run(async {
        let (app, provider) = stand();
        let id = set_up(&app, json!({})).await;
        let evil = FakeProvider::new("https://login.evil.example", app.platform.now.get());
        app.platform.providers.borrow_mut().insert("evil".to_owned(), std::rc::Rc::clone(&evil));
        let other = set_up(&app, json!({"name": "Evil", "issuer": "https://login.evil.example"})).await;
        // Mix-up: the browser was sent to one and comes back to the address of another, or with another's name.
        let begun = begin(&app, &id).await;
        let query = provider.agree(&begun.location, "anna");
        back(app.anon("acme"), &other, &begun.cookie, &query).await.expect(422);
        let named = query.replace(&format!("iss={ISSUER}"), "iss=https://login.evil.example");
        back(app.anon("acme"), &id, &begun.cookie, &named).await.expect(422);
        assert_eq!(last_fault(&app).as_deref(), Some("mix_up"));
        assert_eq!((evil.times("/token"), provider.times("/token")), (0, 0), "nobody has got the code");
        // A provider that names itself in its answers does so in each.
        let begun = begin(&app, &id).await;
        let query = provider.agree(&begun.location, "anna");
        let unnamed = query.replace(&format!("&iss={ISSUER}"), "");
        back(app.anon("acme"), &id, &begun.cookie, &unnamed).await.expect(422);
        assert_eq!(last_fault(&app).as_deref(), Some("mix_up"));
        // Another tenant's host knows neither the provider nor what the browser has kept.
        let begun = begin(&app, &id).await;
        let query = provider.agree(&begun.location, "anna");
        back(app.anon("globex"), &id, &begun.cookie, &query).await.expect(404);
        app.anon("globex").get(&format!("/login/sso/{id}")).await.expect(404);
        assert_eq!(provider.times("/token"), 0);
    });
}

#[test]
fn what_was_set_up_otherwise_meanwhile_is_begun_anew() {
    run(async {
        let (app, provider) = stand();
        let id = set_up(&app, json!({})).await;
        for change in [json!({"client_secret": "another"}), json!({"enabled": false, "client_secret": "another"})] {
            let begun = begin(&app, &id).await;
            let query = provider.agree(&begun.location, "anna");
            let path = format!("/api/identity-providers/{id}");
            app.admin("acme").header("if-match", "*").put(&path, form(change)).await.expect(200);
            back(app.anon("acme"), &id, &begun.cookie, &query).await.expect(422);
        }
        assert_eq!(provider.times("/token"), 0);
        app.anon("acme").get(&format!("/login/sso/{id}")).await.expect(404);
    });
}

/// A lie in the document.
type Bend = fn(&mut Value);

#[test]
fn a_document_that_lies_sends_nobody_anywhere() {
    run(async {
        let bends: &[Bend] = &[
            |document| document["issuer"] = "https://login.evil.example".into(),
            |document| document["issuer"] = format!("{ISSUER}/").into(),
            |document| document["issuer"] = Value::Null,
            |document| document["authorization_endpoint"] = "http://login.corp.example/authorize".into(),
            |document| document["authorization_endpoint"] = "javascript:alert(1)".into(),
            |document| document["authorization_endpoint"] = Value::Null,
            |document| document["token_endpoint"] = "https://169.254.169.254/token".into(),
            |document| document["token_endpoint"] = "https://localhost/token".into(),
            |document| document["token_endpoint"] = "https://login.corp.example:8443/token".into(),
            |document| document["jwks_uri"] = "https://user@login.corp.example/jwks".into(),
            |document| document["jwks_uri"] = "https://[::1]/jwks".into(),
            |document| document["userinfo_endpoint"] = "https://acme.localhost/".into(),
            |document| document["end_session_endpoint"] = "//login.corp.example".into(),
            |document| document["response_types_supported"] = json!(["id_token"]),
            |document| document["code_challenge_methods_supported"] = json!(["plain"]),
            |document| document["id_token_signing_alg_values_supported"] = json!(["none", "HS256"]),
            |document| *document = json!([]),
        ];
        let (app, provider) = stand();
        let id = set_up(&app, json!({})).await;
        for (at, bend) in bends.iter().enumerate() {
            *provider.document.borrow_mut() = Box::new(*bend);
            let answer = app.anon("acme").get(&format!("/login/sso/{id}")).await.expect(503);
            assert!(kept(&answer, "sso").is_none(), "lie {at}");
        }
        assert_eq!(provider.times("/jwks"), 0);
        *provider.document.borrow_mut() = Box::new(|_| ());
        begin(&app, &id).await;
    });
}

#[test]
fn answers_that_are_too_large_too_slow_or_lead_elsewhere_are_none() {
    run(async {
        let (app, provider) = stand();
        let id = set_up(&app, json!({})).await;
        let answer = |status: u16, body: Vec<u8>| Ok(Fetched { status, body });
        let begun = begin(&app, &id).await;
        let instead = [
            ("/token", answer(200, vec![b' '; 200_000]), "unreachable"),
            ("/token", Err(ConnectionError("no answer within 8 s".to_owned())), "unreachable"),
            ("/token", answer(302, Vec::new()), "status"),
            ("/token", answer(503, Vec::new()), "unreachable"),
            ("/token", answer(400, br#"{"error": "invalid_client"}"#.to_vec()), "status"),
            ("/token", answer(200, b"<html>".to_vec()), "token"),
            ("/token", answer(200, b"{}".to_vec()), "token"),
            ("/token", answer(200, br#"{"id_token": "x", "token_type": "Bearer"}"#.to_vec()), "malformed"),
            ("/token", answer(200, br#"{"id_token": "a.b.c", "token_type": "Bearer"}"#.to_vec()), "malformed"),
            ("/token", answer(200, br#"{"id_token": {"a": 1}, "token_type": "Bearer"}"#.to_vec()), "token"),
        ];
        drop(begun);
        for (at, (path, what, fault)) in instead.into_iter().enumerate() {
            provider.instead.borrow_mut().insert(path, what);
            let answer = sign_in(&app, &provider, &id, "anna").await;
            assert!(matches!(answer.status, 422 | 503), "{at}: {}", answer.status);
            assert_eq!(last_fault(&app).as_deref(), Some(fault), "{at}");
            provider.instead.borrow_mut().clear();
        }
        for (path, what) in [
            ("/.well-known/openid-configuration", answer(200, vec![b' '; 200_000])),
            ("/.well-known/openid-configuration", answer(301, Vec::new())),
            ("/jwks", answer(200, br#"{"keys": []}"#.to_vec())),
            ("/jwks", answer(200, br#"{"keys": [{"kty": "oct", "k": "AAAA", "alg": "HS256"}]}"#.to_vec())),
        ] {
            app.advance(TimeDelta::hours(2));
            provider.instead.borrow_mut().insert(path, what);
            app.anon("acme").get(&format!("/login/sso/{id}")).await.expect(503);
            provider.instead.borrow_mut().clear();
        }
    });
}

#[test]
fn a_refusal_of_the_provider_is_one_here() {
    run(async {
        let (app, provider) = stand();
        let id = set_up(&app, json!({})).await;
        for (error, fault) in [("access_denied", "denied"), ("server_error", "refused")] {
            let begun = begin(&app, &id).await;
            let query = provider.agree(&begun.location, "anna").replacen("code=", "x=", 1);
            let page =
                back(app.anon("acme"), &id, &begun.cookie, &format!("{query}&error={error}&error_description=<b>no</b>")).await;
            assert!(!page.expect(422).text().contains("<b>no"));
            assert_eq!(last_fault(&app).as_deref(), Some(fault));
        }
    });
}

#[test]
fn who_has_a_provider_asked_too_often_has_to_wait() {
    run(async {
        let (app, provider) = stand();
        let id = set_up(&app, json!({})).await;
        provider.instead.borrow_mut().insert("/jwks", Err(ConnectionError("no connection".to_owned())));
        let mut last = 0;
        for _ in 0..=shared::limits::LOGIN_ATTEMPTS_PER_NETWORK {
            last = app.anon("acme").get(&format!("/login/sso/{id}")).await.status;
        }
        assert_eq!(last, 429);
    });
}
