//! Password, then code: what lets somebody in, and everything that does not.

use chrono::TimeDelta;
use serde_json::json;
use shared::http::Method;
use tests::app::{Answer, PASSWORD, TestApp};

use super::{audited, bearer, challenge, enrol, login, next_step, notices, run, sign_in, verify};

#[test]
fn a_code_after_the_password_opens_the_session_that_the_password_alone_does_not() {
    run(async {
        let app = TestApp::new();
        let (device, _) = enrol(&app, "agent").await;
        let opened = audited(&app, "session.opened");
        let token = challenge(&app, "agent").await;
        assert_eq!(audited(&app, "session.opened"), opened, "the password alone opens nothing");
        let answer = verify(&app, &token, &device.code(&app)).await.expect(200);
        assert!(answer.round_trips <= 2, "{}", answer.round_trips);
        let tokens = answer.json();
        assert_eq!(tokens["token_type"], "Bearer");
        let me = bearer(&app, tokens["access_token"].as_str().unwrap()).get("/api/auth/me").await.expect(200).json();
        assert_eq!(me["email"], "agent@acme.example");
        // Whoever has none signs in as before.
        assert!(login(&app, "client").await.expect(200).json()["access_token"].is_string());
    });
}

#[test]
fn the_document_names_both_answers_to_a_right_password() {
    run(async {
        let app = TestApp::new();
        let document = app.anon("acme").get("/api/openapi.json").await.expect(200).json();
        let answer = &document["components"]["schemas"]["LoginAnswer"]["oneOf"];
        let names: Vec<&str> = answer.as_array().unwrap().iter().filter_map(|each| each["$ref"].as_str()).collect();
        assert_eq!(names, ["#/components/schemas/Tokens", "#/components/schemas/SecondFactorOwed"]);
    });
}

#[test]
fn a_code_is_good_once_even_for_its_owner_and_an_older_one_not_after_it() {
    run(async {
        let app = TestApp::new();
        let (device, _) = enrol(&app, "agent").await;
        let before = device.code(&app);
        next_step(&app);
        let code = device.code(&app);
        let token = challenge(&app, "agent").await;
        verify(&app, &token, &code).await.expect(200);
        for replayed in [&code, &before] {
            let token = challenge(&app, "agent").await;
            let refused = verify(&app, &token, replayed).await.expect(401);
            assert_eq!(refused.code(), "bad_second_factor");
        }
        next_step(&app);
        let token = challenge(&app, "agent").await;
        verify(&app, &token, &device.code(&app)).await.expect(200);
    });
}

#[test]
fn the_code_that_set_it_up_does_not_sign_in() {
    run(async {
        let app = TestApp::new();
        let offer = app.agent("acme").post("/api/auth/2fa/totp", json!({})).await.expect(200).json();
        let device = super::Device::of(offer["secret"].as_str().unwrap());
        let code = device.code(&app);
        app.agent("acme").post("/api/auth/2fa/totp/confirm", json!({"code": code})).await.expect(200);
        let token = challenge(&app, "agent").await;
        verify(&app, &token, &code).await.expect(401);
    });
}

#[test]
fn of_two_uses_of_one_code_at_once_one_gets_through() {
    run(async {
        let app = TestApp::new();
        let (device, codes) = enrol(&app, "agent").await;
        for code in [device.code(&app), codes[0].clone()] {
            let (one, other) = (challenge(&app, "agent").await, challenge(&app, "agent").await);
            app.tenant_database("acme").interleave(true);
            let (first, second) = futures::join!(verify(&app, &one, &code), verify(&app, &other, &code));
            app.tenant_database("acme").interleave(false);
            let mut statuses = [first.status, second.status];
            statuses.sort_unstable();
            assert_eq!(statuses, [200, 401], "{code}");
        }
    });
}

#[test]
fn one_password_is_good_for_one_session_even_with_two_good_codes() {
    run(async {
        let app = TestApp::new();
        let (device, codes) = enrol(&app, "agent").await;
        let token = challenge(&app, "agent").await;
        verify(&app, &token, &device.code(&app)).await.expect(200);
        verify(&app, &token, &codes[0]).await.expect(401);
        // Nor do both get through at once; the recovery code of the loser is not used up.
        next_step(&app);
        let token = challenge(&app, "agent").await;
        let code = device.code(&app);
        app.tenant_database("acme").interleave(true);
        let (one, other) = futures::join!(verify(&app, &token, &code), verify(&app, &token, &codes[0]));
        app.tenant_database("acme").interleave(false);
        assert_eq!([one.status, other.status].iter().filter(|status| **status == 200).count(), 1);
    });
}

#[test]
fn after_five_wrong_codes_the_sign_in_is_over_and_then_the_door_is_shut_for_a_while() {
    run(async {
        let app = TestApp::new();
        let (device, codes) = enrol(&app, "agent").await;
        let token = challenge(&app, "agent").await;
        for _ in 0..5 {
            verify(&app, &token, &device.wrong(&app)).await.expect(401);
        }
        // The right code comes too late for this sign-in, and says no more than the wrong ones did.
        assert_eq!(verify(&app, &token, &device.code(&app)).await.expect(401).code(), "bad_second_factor");
        assert_eq!(notices(&app).last().unwrap(), &("codes-refused".to_owned(), "agent@acme.example".to_owned()));
        // A fresh sign-in does not bring fresh tries: right and wrong codes answer alike.
        let token = challenge(&app, "agent").await;
        let right = verify(&app, &token, &device.code(&app)).await.expect(429);
        let token = challenge(&app, "agent").await;
        let wrong = verify(&app, &token, &device.wrong(&app)).await.expect(429);
        assert_eq!((right.code(), right.headers.get("retry-after")), (wrong.code(), wrong.headers.get("retry-after")));
        // A recovery code is no way around, and is not used up by trying.
        let token = challenge(&app, "agent").await;
        verify(&app, &token, &codes[0]).await.expect(429);
        // Elsewhere the owner is let in, and here after the window.
        let token = challenge(&app, "agent").await;
        let body = json!({"mfa_token": token, "code": device.code(&app)});
        app.anon("acme").from_network("198.51.100.1").post("/api/auth/2fa/verify", body).await.expect(200);
        app.advance(TimeDelta::minutes(15));
        let token = challenge(&app, "agent").await;
        verify(&app, &token, &codes[0]).await.expect(200);
    });
}

#[test]
fn many_networks_together_do_not_have_many_tries() {
    run(async {
        let app = TestApp::new();
        let (device, _) = enrol(&app, "agent").await;
        let mut statuses = Vec::new();
        for number in 0..20 {
            let token = challenge(&app, "agent").await;
            let body = json!({"mfa_token": token, "code": device.wrong(&app)});
            let answer = app.anon("acme").from_network(&format!("198.51.100.{number}")).post("/api/auth/2fa/verify", body).await;
            statuses.push(answer.status);
        }
        assert_eq!(statuses.iter().filter(|status| **status == 401).count(), 15, "{statuses:?}");
        assert!(statuses[15..].iter().all(|status| *status == 429), "{statuses:?}");
    });
}

#[test]
fn good_codes_are_never_cut_off() {
    run(async {
        let app = TestApp::new();
        let (device, _) = enrol(&app, "agent").await;
        for _ in 0..20 {
            next_step(&app);
            let token = challenge(&app, "agent").await;
            verify(&app, &token, &device.code(&app)).await.expect(200);
        }
    });
}

#[test]
fn what_goes_along_with_the_code_lives_five_minutes() {
    run(async {
        let app = TestApp::new();
        let (device, _) = enrol(&app, "agent").await;
        let token = challenge(&app, "agent").await;
        app.advance(TimeDelta::minutes(5));
        assert_eq!(verify(&app, &token, &device.code(&app)).await.expect(401).code(), "bad_second_factor");
        let token = challenge(&app, "agent").await;
        app.advance(TimeDelta::seconds(299));
        verify(&app, &token, &device.code(&app)).await.expect(200);
    });
}

#[test]
fn what_goes_along_with_the_code_is_of_its_tenant_and_is_no_session() {
    run(async {
        let app = TestApp::in_one_cell();
        let (device, _) = enrol(&app, "agent").await;
        let token = challenge(&app, "agent").await;
        let body = json!({"mfa_token": token, "code": device.code(&app)});
        app.anon("globex").post("/api/auth/2fa/verify", body).await.expect(401);
        bearer(&app, &token).get("/api/auth/me").await.expect(401);
        app.anon("acme").header("cookie", format!("__Host-session={token}")).get("/api/auth/me").await.expect(401);
        app.anon("acme").post("/api/auth/refresh", json!({"refresh_token": token})).await.expect(401);
        app.anon("acme")
            .in_browser()
            .submit("/password/reset", &[("token", &token), ("password", "four quiet words together")])
            .await
            .expect(404);
        // The other way round, too: no secret of another kind is good here.
        let refresh = login(&app, "client").await.expect(200).json()["refresh_token"].as_str().unwrap().to_owned();
        verify(&app, &refresh, &device.code(&app)).await.expect(401);
        // And it was not spoilt by all that.
        verify(&app, &token, &device.code(&app)).await.expect(200);
        let stored = app.asked("acme", "SELECT group_concat(token_hash) FROM sign_in_challenges");
        assert!(!stored[0].contains(&token), "only the digest is stored");
    });
}

#[test]
fn the_secret_of_one_person_or_tenant_opens_for_nobody_else() {
    run(async {
        let app = TestApp::in_one_cell();
        let (device, _) = enrol(&app, "agent").await;
        let (others, _) = enrol(&app, "manager").await;
        // Somebody who can write into the database puts the secret that they know into another row.
        app.tenant_database("acme").inspect(|connection| {
            let planted =
                "UPDATE second_factors SET secret = (SELECT secret FROM second_factors WHERE user_id = ?1) WHERE user_id = ?2";
            connection.execute(planted, [app.user_id("acme", "manager"), app.user_id("acme", "agent")]).unwrap();
        });
        for device in [&others, &device] {
            let token = challenge(&app, "agent").await;
            let answer = verify(&app, &token, &device.code(&app)).await.expect(500);
            assert!(answer.log.contains("does not open"), "{}", answer.log);
        }
    });
}

#[test]
fn a_recovery_code_works_once_and_its_owner_is_written_to() {
    run(async {
        let app = TestApp::new();
        let (_, codes) = enrol(&app, "agent").await;
        assert_eq!(codes.len(), 10);
        let token = challenge(&app, "agent").await;
        let typed = codes[3].to_uppercase().replace('-', " ");
        let tokens = verify(&app, &token, &typed).await.expect(200).json();
        let access = tokens["access_token"].as_str().unwrap().to_owned();
        let status = bearer(&app, &access).get("/api/auth/2fa").await.expect(200).json();
        assert_eq!(status["recovery_codes_left"], 9);
        assert_eq!(notices(&app).last().unwrap(), &("recovery-code-used".to_owned(), "agent@acme.example".to_owned()));
        let token = challenge(&app, "agent").await;
        verify(&app, &token, &codes[3]).await.expect(401);
        let stored = app.asked("acme", "SELECT group_concat(code_hash) FROM recovery_codes");
        assert!(codes.iter().all(|code| !stored[0].contains(&code.replace('-', ""))), "only digests are stored");
    });
}

#[test]
fn somebody_elses_recovery_code_is_none() {
    run(async {
        let app = TestApp::new();
        enrol(&app, "agent").await;
        let (_, others) = enrol(&app, "manager").await;
        let token = challenge(&app, "agent").await;
        verify(&app, &token, &others[0]).await.expect(401);
    });
}

#[test]
fn a_new_password_by_mail_does_not_get_past_the_second_factor() {
    run(async {
        let app = TestApp::new();
        let (device, _) = enrol(&app, "agent").await;
        let early = challenge(&app, "agent").await;
        app.anon("acme").in_browser().submit("/password/forgot", &[("email", "agent@acme.example")]).await.expect(200);
        let nonce = app.asked("acme", "SELECT json_extract(data, '$.nonce') FROM outbox WHERE template = 'password_reset'");
        let link = app
            .as_product("acme", async |ctx| {
                functions::actions::accounts::links::url(ctx, shared::store::one_time::Purpose::PasswordReset, &nonce[0])
            })
            .await;
        let token = link.rsplit_once('=').unwrap().1.to_owned();
        let fields = [("token", token.as_str()), ("password", "another four quiet words")];
        let answer = app.anon("acme").in_browser().submit("/password/reset", &fields).await.expect(200);
        assert!(answer.headers.iter().all(|(name, value)| name != "set-cookie" || !value.starts_with("__Host-session=f")));
        let body = json!({"username": "agent@acme.example", "password": "another four quiet words"});
        let answer = app.anon("acme").post("/api/auth/login", body).await.expect(200).json();
        assert_eq!(answer["mfa_required"], true);
        // What the old password had begun is over with it.
        verify(&app, &early, &device.code(&app)).await.expect(401);
        verify(&app, answer["mfa_token"].as_str().unwrap(), &device.code(&app)).await.expect(200);
        assert!(notices(&app).contains(&("password-changed".to_owned(), "agent@acme.example".to_owned())));
    });
}

#[test]
fn a_link_that_confirms_an_address_does_not_get_past_the_second_factor_either() {
    run(async {
        let app = TestApp::new();
        enrol(&app, "client").await;
        let user = shared::id::UserId::parse(&app.user_id("acme", "client")).unwrap();
        let token = app
            .as_product("acme", async |ctx| {
                let link = functions::actions::accounts::links::NewLink {
                    purpose: shared::store::one_time::Purpose::ConfirmAddress,
                    user: &user,
                    pending: shared::store::one_time::Pending::default(),
                    lives_seconds: 3600,
                };
                let link = functions::actions::accounts::links::make(ctx, &link);
                ctx.db.run(link.statement).await.unwrap();
                link.token
            })
            .await;
        let answer = app.anon("acme").in_browser().submit("/register/confirm", &[("token", &token)]).await.expect(303);
        assert_eq!(answer.headers.get("location"), Some("/login"));
        assert!(answer.headers.iter().all(|(_, value)| !value.starts_with("__Host-session=")));
    });
}

#[test]
fn whether_somebody_has_a_second_factor_is_told_to_nobody_without_the_password() {
    run(async {
        let app = TestApp::new();
        enrol(&app, "agent").await;
        let mut seen = Vec::new();
        for username in ["agent@acme.example", "manager@acme.example", "nobody@acme.example"] {
            let before = shared::auth::password::computed();
            let answer =
                app.anon("acme").post("/api/auth/login", json!({"username": username, "password": "wrong"})).await.expect(401);
            let mut body = answer.json();
            body["request_id"] = serde_json::Value::Null;
            seen.push((body, answer.round_trips, shared::auth::password::computed() - before));
        }
        assert!(seen.iter().all(|each| each == &seen[0]), "{seen:?}");
    });
}

/// Lets the others go first, once.
async fn give_way() {
    let mut gone = false;
    std::future::poll_fn(|context| {
        context.waker().wake_by_ref();
        if std::mem::replace(&mut gone, true) { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
}

#[test]
fn a_password_that_is_replaced_and_a_factor_that_is_set_up_while_somebody_signs_in_keep_them_out() {
    run(async {
        for change in [
            "UPDATE users SET password_hash = 'another' WHERE email = 'agent@acme.example'",
            "UPDATE users SET status = 'disabled' WHERE email = 'agent@acme.example'",
            "INSERT INTO second_factors (tenant_id, user_id, secret, key_id, created_at, confirmed_at)
                SELECT tenant_id, id, 'x', 'x', 1, 1 FROM users WHERE email = 'agent@acme.example'",
        ] {
            let app = TestApp::new();
            let database = app.tenant_database("acme");
            // Which addresses are blocked is remembered from here on.
            app.anon("acme").get("/login").await.expect(200);
            database.interleave(true);
            // The sign-in has looked at the account, and has not opened the session yet.
            let (answer, ()) = futures::join!(login(&app, "agent"), async {
                give_way().await;
                database.inspect(|connection| connection.execute(change, [])).unwrap();
            });
            database.interleave(false);
            assert_eq!(answer.status, 401, "{change}: {}", answer.text());
            assert_eq!(audited(&app, "session.opened"), 0, "{change}");
        }
    });
}

#[test]
fn a_disabled_person_does_not_finish_what_the_password_began() {
    run(async {
        let app = TestApp::new();
        let (device, _) = enrol(&app, "agent").await;
        let token = challenge(&app, "agent").await;
        app.tenant_database("acme").inspect(|connection| {
            connection.execute("UPDATE users SET status = 'disabled' WHERE email = 'agent@acme.example'", []).unwrap();
        });
        verify(&app, &token, &device.code(&app)).await.expect(401);
    });
}

/// The value of a cookie that the answer sets.
fn cookie(answer: &Answer, name: &str) -> String {
    let start = format!("__Host-{name}=");
    let mut fields = answer.headers.iter().filter(|(header, _)| *header == "set-cookie").map(|(_, value)| value);
    let field = fields.find_map(|value| value.strip_prefix(&start)).unwrap_or_else(|| panic!("no cookie {name}"));
    field.split(';').next().unwrap_or_default().to_owned()
}

#[test]
fn in_the_browser_the_code_has_a_page_of_its_own_and_nothing_from_before_is_good_afterwards() {
    run(async {
        let app = TestApp::new();
        let (device, _) = enrol(&app, "agent").await;
        app.anon("acme").get("/login/verify?next=/agent").await.expect(303);
        // Somebody else's session stands in this browser, as an attacker would plant it.
        let fields = [("username", "agent@acme.example"), ("password", PASSWORD), ("next", "/agent/tickets")];
        let answer = app.client("acme").in_browser().submit("/login", &fields).await.expect(303);
        assert_eq!(answer.headers.get("location"), Some("/login/verify?next=%2Fagent%2Ftickets"));
        assert!(answer.headers.iter().all(|(_, value)| !value.starts_with("__Host-session=")), "not signed in yet");
        let owed = cookie(&answer, "sign-in");
        let planted = app.client("acme").in_browser().session_cookie();
        let both = format!("{planted}; __Host-sign-in={owed}");
        let page = app.anon("acme").header("cookie", both.clone()).get("/login/verify?next=/agent/tickets").await.expect(200);
        assert!(page.text().contains("autocomplete=\"one-time-code\"") && page.text().contains("value=\"/agent/tickets\""));
        let send = async |code: &str| {
            let fields = [("code", code), ("next", "/agent/tickets")];
            app.client("acme").in_browser().header("cookie", both.clone()).submit("/login/verify", &fields).await
        };
        let refused = send(&device.wrong(&app)).await.expect(422);
        assert!(refused.headers.iter().all(|(_, value)| !value.starts_with("__Host-session=")));
        let answer = send(&device.code(&app)).await.expect(303);
        assert!(answer.round_trips <= 3, "{}", answer.round_trips);
        assert_eq!(answer.headers.get("location"), Some("/agent/tickets"));
        let session = cookie(&answer, "session");
        assert_eq!(cookie(&answer, "sign-in"), "", "it is taken away");
        assert!(session != owed && !planted.contains(&session));
        app.client("acme").in_browser().get("/api/auth/me").await.expect(401);
        let me = app.anon("acme").header("cookie", format!("__Host-session={session}")).get("/api/auth/me").await.expect(200);
        assert_eq!(me.json()["email"], "agent@acme.example");
        app.anon("acme").header("cookie", format!("__Host-session={owed}")).get("/api/auth/me").await.expect(401);
    });
}

#[test]
fn codes_that_are_no_codes_are_wrong_and_nothing_worse() {
    run(async {
        let app = TestApp::new();
        enrol(&app, "agent").await;
        for typed in ["", " ", "٢٨٧٠٨٢", "999999999999999999999999", "'; DROP TABLE users", "\u{0}\u{1}"] {
            app.advance(TimeDelta::minutes(15));
            let token = challenge(&app, "agent").await;
            verify(&app, &token, typed).await.expect(401);
        }
        let long = "9".repeat(400_000);
        let token = challenge(&app, "agent").await;
        verify(&app, &token, &long).await.expect(401);
        let body = json!({"mfa_token": token, "code": "000000", "remember": true}).to_string();
        let body = shared::http::Body::Bytes(body.into_bytes());
        app.anon("acme").send(Method::Post, "/api/auth/2fa/verify", body, Some("application/json")).await.expect(422);
    });
}

#[test]
fn a_key_is_replaced_without_anybody_setting_up_anew() {
    run(async {
        let mut app = TestApp::new();
        let (device, _) = enrol(&app, "agent").await;
        let sealed = |app: &TestApp| app.asked("acme", "SELECT secret FROM second_factors").remove(0);
        let before = sealed(&app);
        app.platform.config.data_keys = shared::auth::envelope::DataKeys::new(&"3c".repeat(32), Some(&"2d".repeat(32)));
        sign_in(&app, "agent", Some(&device)).await;
        assert_eq!(sealed(&app), before, "it opens under the former key");
        let report = functions::actions::jobs::sweep(&app.platform).await;
        assert!(report.failures.is_empty(), "{:?}", report.failures);
        assert_ne!(sealed(&app), before, "the sweep seals it under the present one");
        app.platform.config.data_keys = shared::auth::envelope::DataKeys::new(&"3c".repeat(32), None);
        sign_in(&app, "agent", Some(&device)).await;
        assert!(!functions::actions::jobs::sweep(&app.platform).await.done.iter().any(|(duty, _)| *duty == "reseal"));
    });
}
