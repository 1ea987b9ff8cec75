//! The good cases, and who is who.

use chrono::TimeDelta;
use serde_json::json;
use shared::http::decode_pairs;
use tests::app::TestApp;
use tests::native::FakeProvider;

use super::{ISSUER, back, begin, count, enrol, kept, last_fault, of, run, set_up, sign_in, stand};

#[test]
fn somebody_new_gets_an_account_with_the_role_of_their_group() {
    run(async {
        let (app, provider) = stand();
        provider.person("carl", json!({"name": "Carl", "email": "carl@corp.example", "email_verified": true}));
        let id = set_up(&app, json!({})).await;
        let answer = sign_in(&app, &provider, &id, "anna").await.expect(303);
        assert_eq!(answer.headers.get("location"), Some("/tickets/new"));
        let cookie = format!("__Host-session={}", kept(&answer, "session").unwrap());
        let page = app.anon("acme").header("cookie", &cookie).get("/profile").await.expect(200);
        assert!(page.text().contains("Anna Petrova"));
        assert_eq!(of(&app, "anna@corp.example", "role").as_deref(), Some("agent"));
        sign_in(&app, &provider, &id, "carl").await.expect(303);
        assert_eq!(of(&app, "carl@corp.example", "role").as_deref(), Some("client"));
        assert_eq!(of(&app, "carl@corp.example", "password_hash").as_deref(), Some("null"), "no password");
        let made = app.asked("acme", "SELECT COUNT(*) FROM audit_logs WHERE action = 'user.created' AND actor = subject");
        assert_eq!(made, ["2"]);
    });
}

#[test]
fn the_browser_is_sent_out_with_all_that_the_standards_ask_for() {
    run(async {
        let (app, provider) = stand();
        let id = set_up(&app, json!({"scopes": ["email", "groups"]})).await;
        let before = count(&app, "audit_logs");
        let begun = begin(&app, &id).await;
        let (endpoint, query) = begun.location.split_once('?').unwrap();
        assert_eq!(endpoint, format!("{ISSUER}/authorize"));
        let query = decode_pairs(query.as_bytes());
        assert_eq!(query.get("response_type"), Some("code"));
        assert_eq!(query.get("client_id"), Some("portal"));
        assert_eq!(query.get("scope"), Some("openid email groups"));
        assert_eq!(query.get("redirect_uri"), Some(format!("https://acme.example/login/sso/{id}/callback").as_str()));
        assert_eq!(query.get("code_challenge_method"), Some("S256"));
        for name in ["state", "nonce", "code_challenge"] {
            assert!(query.get(name).is_some_and(|value| value.len() >= 43), "{name}");
        }
        assert_eq!((count(&app, "audit_logs"), count(&app, "sso_attempts")), (before, "0".to_owned()), "nothing is written");
        let again = begin(&app, &id).await;
        assert_ne!(again.location, begun.location);
        let back_with = provider.agree(&begun.location, "anna");
        back(app.anon("acme"), &id, &begun.cookie, &back_with).await.expect(303);
        let (authorization, form) = provider.exchanged.borrow().clone();
        assert_eq!(authorization.as_deref(), Some("Basic cG9ydGFsOnBvcnRhbCtzZWNyZXQ="), "portal:portal+secret");
        assert!(form.contains("code_verifier=") && !form.contains("secret"), "{form}");
    });
}

#[test]
fn what_a_provider_says_of_itself_is_kept_for_a_while() {
    run(async {
        let (app, provider) = stand();
        let id = set_up(&app, json!({})).await;
        sign_in(&app, &provider, &id, "anna").await.expect(303);
        sign_in(&app, &provider, &id, "anna").await.expect(303);
        assert_eq!(provider.times("/.well-known/openid-configuration"), 1);
        assert_eq!(provider.times("/jwks"), 1);
        app.advance(TimeDelta::hours(2));
        provider.now.set(app.platform.now.get());
        sign_in(&app, &provider, &id, "anna").await.expect(303);
        assert_eq!(provider.times("/.well-known/openid-configuration"), 2);
    });
}

#[test]
fn a_new_key_is_asked_for_and_not_more_often_than_once_a_minute() {
    run(async {
        let (app, provider) = stand();
        let id = set_up(&app, json!({})).await;
        sign_in(&app, &provider, &id, "anna").await.expect(303);
        provider.add_key("two");
        provider.publish_all();
        sign_in(&app, &provider, &id, "anna").await.expect(422);
        assert_eq!((last_fault(&app).as_deref(), provider.times("/jwks")), (Some("kid"), 1), "asked a moment ago");
        app.advance(TimeDelta::seconds(61));
        provider.now.set(app.platform.now.get());
        sign_in(&app, &provider, &id, "anna").await.expect(303);
        assert_eq!(provider.times("/jwks"), 2);
        // A token that names a key which there is not has it asked for once.
        *provider.told.borrow_mut() = Box::new(|told| told.header["kid"] = "three".into());
        app.advance(TimeDelta::seconds(61));
        provider.now.set(app.platform.now.get());
        for _ in 0..3 {
            sign_in(&app, &provider, &id, "anna").await.expect(422);
        }
        assert_eq!(provider.times("/jwks"), 3);
    });
}

#[test]
fn the_person_is_who_the_subject_says_whatever_else_changes() {
    run(async {
        let (app, provider) = stand();
        let id = set_up(&app, json!({})).await;
        sign_in(&app, &provider, &id, "anna").await.expect(303);
        let changed = json!({"name": "Anna Kim", "email": "kim@corp.example", "email_verified": true, "groups": ["other"]});
        provider.person("anna", changed);
        sign_in(&app, &provider, &id, "anna").await.expect(303);
        assert_eq!(of(&app, "anna@corp.example", "name").as_deref(), Some("Anna Kim"));
        assert_eq!(of(&app, "anna@corp.example", "role").as_deref(), Some("client"));
        assert_eq!(of(&app, "kim@corp.example", "id"), None);
        // Another subject under the old address is another person, and the address is taken.
        let thief = json!({"name": "Thief", "email": "anna@corp.example", "email_verified": true, "groups": ["desk"]});
        provider.person("thief", thief);
        sign_in(&app, &provider, &id, "thief").await.expect(422);
        assert_eq!(last_fault(&app).as_deref(), Some("not_linked"));
        assert_eq!(count(&app, "external_identities"), "1");
    });
}

/// A provider whose group `roots` gives administrators, and anna is one of them.
async fn one_of_two_administrators(app: &TestApp, provider: &FakeProvider) -> String {
    let mappings = json!([{"group": "roots", "role": "admin"}, {"group": "desk", "role": "agent"}]);
    let id = set_up(app, json!({"mappings": mappings})).await;
    put_into(provider, "roots");
    sign_in(app, provider, &id, "anna").await.expect(303);
    assert_eq!(of(app, "anna@corp.example", "role").as_deref(), Some("admin"));
    id
}

fn put_into(provider: &FakeProvider, group: &str) {
    let claims = json!({"name": "Anna", "email": "anna@corp.example", "email_verified": true, "groups": [group]});
    provider.person("anna", claims);
}

#[test]
fn an_administrator_whom_the_provider_names_one_no_more_is_none_here_but_for_the_last() {
    run(async {
        let (app, provider) = stand();
        let id = one_of_two_administrators(&app, &provider).await;
        put_into(&provider, "desk");
        sign_in(&app, &provider, &id, "anna").await.expect(303);
        assert_eq!(of(&app, "anna@corp.example", "role").as_deref(), Some("agent"));

        put_into(&provider, "roots");
        sign_in(&app, &provider, &id, "anna").await.expect(303);
        app.tenant_database("acme").inspect(|connection| {
            connection.execute("UPDATE users SET role = 'agent' WHERE email = 'admin@acme.example'", []).unwrap();
        });
        put_into(&provider, "desk");
        let answer = sign_in(&app, &provider, &id, "anna").await.expect(303);
        assert!(kept(&answer, "session").is_some(), "the last one comes in");
        assert_eq!(of(&app, "anna@corp.example", "role").as_deref(), Some("admin"));
    });
}

#[test]
fn the_last_administrator_whom_no_policy_shuts_out_stays_one_whatever_the_provider_says() {
    run(async {
        let (app, provider) = stand();
        let id = one_of_two_administrators(&app, &provider).await;
        let condition = json!({"==": [{"var": "actor.id"}, app.user_id("acme", "admin")]});
        let policy = json!({"name": "Not the first", "effect": "deny", "permissions": ["access.manage"], "condition": condition});
        app.admin("acme").post("/api/policies", policy).await.expect(201);
        put_into(&provider, "desk");
        sign_in(&app, &provider, &id, "anna").await.expect(303);
        assert_eq!(of(&app, "anna@corp.example", "role").as_deref(), Some("admin"));
        app.tenant_database("acme").inspect(|connection| {
            connection.execute("UPDATE access_policies SET enabled = 0", []).unwrap();
        });
        sign_in(&app, &provider, &id, "anna").await.expect(303);
        assert_eq!(of(&app, "anna@corp.example", "role").as_deref(), Some("agent"));
    });
}

#[test]
fn no_provider_moves_the_last_administrator_to_where_a_policy_shuts_them_out() {
    run(async {
        let (app, provider) = stand();
        let far = app.admin("acme").post("/api/departments", json!({"name": "Far"})).await.expect(201).json()["id"].clone();
        let mappings = json!([{"group": "far", "role": "admin", "department": far}, {"group": "roots", "role": "admin"}]);
        let id = set_up(&app, json!({"mappings": mappings})).await;
        put_into(&provider, "roots");
        sign_in(&app, &provider, &id, "anna").await.expect(303);
        for (name, right, who) in [
            ("Not from there", "tenant.manage", json!([{"var": "actor.department"}, far])),
            ("Not the first", "access.manage", json!([{"var": "actor.id"}, app.user_id("acme", "admin")])),
        ] {
            let policy = json!({"name": name, "effect": "deny", "permissions": [right], "condition": {"==": who}});
            app.admin("acme").post("/api/policies", policy).await.expect(201);
        }
        put_into(&provider, "far");
        sign_in(&app, &provider, &id, "anna").await.expect(303);
        assert_eq!(of(&app, "anna@corp.example", "department_id").as_deref(), Some("null"));
    });
}

#[test]
fn an_address_links_nobody_to_an_account_that_somebody_owns() {
    run(async {
        let (app, provider) = stand();
        let id = set_up(&app, json!({"domains": ["corp.example", "acme.example"]})).await;
        provider
            .person("boss", json!({"name": "Boss", "email": "admin@acme.example", "email_verified": true, "groups": ["desk"]}));
        sign_in(&app, &provider, &id, "boss").await.expect(422);
        assert_eq!(last_fault(&app).as_deref(), Some("not_linked"));
        assert_eq!((count(&app, "external_identities"), count(&app, "sso_sessions")), ("0".to_owned(), "0".to_owned()));
    });
}

#[test]
fn an_account_that_nobody_has_confirmed_is_its_owners_and_its_password_is_gone() {
    run(async {
        let (app, provider) = stand();
        let id = set_up(&app, json!({})).await;
        let typed = [("name", "Thief"), ("email", "anna@corp.example"), ("password", "four quiet words of mine")];
        app.anon("acme").submit("/register", &typed).await;
        assert_eq!(of(&app, "anna@corp.example", "status").as_deref(), Some("unverified"));
        sign_in(&app, &provider, &id, "anna").await.expect(303);
        assert_eq!(of(&app, "anna@corp.example", "status").as_deref(), Some("active"));
        assert_eq!(of(&app, "anna@corp.example", "role").as_deref(), Some("agent"));
        assert_eq!(of(&app, "anna@corp.example", "password_hash").as_deref(), Some("null"));
        let open = app.asked("acme", "SELECT COUNT(*) FROM one_time_tokens WHERE used_at IS NULL");
        assert_eq!(open, ["0"], "no mailed link sets another");
    });
}

#[test]
fn only_a_checked_address_of_a_domain_that_the_provider_speaks_for_makes_an_account() {
    run(async {
        let (app, provider) = stand();
        let id = set_up(&app, json!({})).await;
        for (claims, fault) in [
            (json!({"email": "a@corp.example"}), "address"),
            (json!({"email": "a@corp.example", "email_verified": false}), "address"),
            (json!({"email": "a@corp.example", "email_verified": "yes"}), "address"),
            (json!({"email": "a@elsewhere.example", "email_verified": true}), "address"),
            (json!({"email": "a@corp.example.elsewhere.example", "email_verified": true}), "address"),
            (json!({"email": "nobody", "email_verified": true}), "address"),
            (json!({"email_verified": true}), "address"),
        ] {
            provider.person("a", claims.clone());
            sign_in(&app, &provider, &id, "a").await.expect(422);
            assert_eq!(last_fault(&app).as_deref(), Some(fault), "{claims}");
        }
        provider.person("b", json!({"email": "b@corp.example", "email_verified": "true"}));
        sign_in(&app, &provider, &id, "b").await.expect(303);
        assert_eq!(count(&app, "external_identities"), "1");
    });
}

#[test]
fn only_the_claim_that_the_standard_names_is_what_the_provider_has_checked() {
    run(async {
        let (app, provider) = stand();
        let names = json!({"name": "name", "email": "mail", "groups": "groups"});
        let id = set_up(&app, json!({"claims": names})).await;
        // What is checked is `email`; `mail` is whatever the person has typed.
        let claims = json!({"email": "a@corp.example", "email_verified": true, "mail": "director@corp.example"});
        provider.person("a", claims);
        sign_in(&app, &provider, &id, "a").await.expect(422);
        assert_eq!(last_fault(&app).as_deref(), Some("address"));
        let trusting = super::form(json!({"claims": names, "trusts_addresses": true}));
        app.admin("acme").header("if-match", "*").put(&format!("/api/identity-providers/{id}"), trusting).await.expect(200);
        sign_in(&app, &provider, &id, "a").await.expect(303);
        assert_eq!(of(&app, "director@corp.example", "status").as_deref(), Some("active"));
    });
}

#[test]
fn a_disabled_person_who_comes_from_a_provider_is_told_of() {
    run(async {
        let (app, provider) = stand();
        let id = set_up(&app, json!({})).await;
        sign_in(&app, &provider, &id, "anna").await.expect(303);
        app.tenant_database("acme").inspect(|connection| {
            connection.execute("UPDATE users SET status = 'disabled' WHERE email = 'anna@corp.example'", []).unwrap();
        });
        sign_in(&app, &provider, &id, "anna").await.expect(422);
        let anna = of(&app, "anna@corp.example", "id").unwrap();
        let line = "SELECT subject || ' ' || json_extract(detail, '$.provider') || ' ' || json_extract(detail, '$.name')
            FROM audit_logs WHERE action = 'session.refused'";
        assert_eq!(app.asked("acme", line), [format!("{anna} {id} Corp")]);
        let report = functions::actions::jobs::sweep(&app.platform).await;
        assert!(report.failures.is_empty(), "{:?}", report.failures);
        let raised = app.asked("acme", "SELECT kind || ' ' || subject FROM security_alerts");
        assert_eq!(raised, [format!("disabled_account {anna}")]);
        // Of whom nothing is known here, the provider is.
        provider.person("carl", json!({"email": "carl@elsewhere.example", "email_verified": true}));
        sign_in(&app, &provider, &id, "carl").await.expect(422);
        let last = "SELECT subject FROM audit_logs WHERE action = 'session.refused' ORDER BY seq DESC LIMIT 1";
        assert_eq!(app.asked("acme", last), [id]);
    });
}

#[test]
fn whoever_has_no_place_or_is_disabled_or_is_not_to_be_made_stays_out() {
    run(async {
        let (app, provider) = stand();
        let id = set_up(&app, json!({"default_role": null})).await;
        let stranger = json!({"email": "carl@corp.example", "email_verified": true, "groups": ["others"]});
        provider.person("carl", stranger);
        sign_in(&app, &provider, &id, "carl").await.expect(422);
        assert_eq!(last_fault(&app).as_deref(), Some("no_role"));
        sign_in(&app, &provider, &id, "anna").await.expect(303);
        app.tenant_database("acme").inspect(|connection| {
            connection.execute("UPDATE users SET status = 'disabled' WHERE email = 'anna@corp.example'", []).unwrap();
        });
        sign_in(&app, &provider, &id, "anna").await.expect(422);
        assert_eq!(last_fault(&app).as_deref(), Some("disabled"));
        let other = set_up(&app, json!({"name": "Closed", "create_people": false})).await;
        provider.person("dora", json!({"email": "dora@corp.example", "email_verified": true}));
        sign_in(&app, &provider, &other, "dora").await.expect(422);
        assert_eq!(last_fault(&app).as_deref(), Some("unknown"));
    });
}

#[test]
fn what_the_token_does_not_say_is_asked_for_and_must_be_about_the_same_person() {
    run(async {
        let (app, provider) = stand();
        let id = set_up(&app, json!({})).await;
        provider.person("anna", json!({}));
        *provider.userinfo.borrow_mut() = Box::new(|said| {
            said["name"] = "Anna".into();
            said["email"] = "anna@corp.example".into();
            said["email_verified"] = true.into();
        });
        sign_in(&app, &provider, &id, "anna").await.expect(303);
        assert_eq!(of(&app, "anna@corp.example", "name").as_deref(), Some("Anna"));
        for lie in ["carl", ""] {
            *provider.userinfo.borrow_mut() = Box::new(move |said| {
                said["sub"] = lie.into();
                said["email"] = "admin@acme.example".into();
            });
            sign_in(&app, &provider, &id, "anna").await.expect(422);
            assert_eq!(last_fault(&app).as_deref(), Some("userinfo_sub"));
        }
    });
}

#[test]
fn a_second_factor_is_asked_for_unless_the_provider_is_trusted_with_it() {
    run(async {
        let (app, provider) = stand();
        let id = set_up(&app, json!({})).await;
        sign_in(&app, &provider, &id, "anna").await.expect(303);
        enrol(&app, "anna@corp.example");
        let claims = json!({"name": "Anna", "email": "anna@corp.example", "email_verified": true, "groups": ["desk"], "amr": ["pwd", "mfa"]});
        provider.person("anna", claims);
        let answer = sign_in(&app, &provider, &id, "anna").await.expect(303);
        assert_eq!(answer.headers.get("location"), Some("/login/verify?next=%2Ftickets%2Fnew"));
        assert!(kept(&answer, "session").is_none() && kept(&answer, "sign-in").is_some());
        let form = super::form(json!({"trusts_second_factor": true, "client_secret": "portal secret"}));
        app.admin("acme").header("if-match", "*").put(&format!("/api/identity-providers/{id}"), form).await.expect(200);
        let answer = sign_in(&app, &provider, &id, "anna").await.expect(303);
        assert!(kept(&answer, "session").is_some(), "the provider vouches");
    });
}

#[test]
fn a_number_for_codes_is_a_second_factor_too_even_where_no_code_is_sent_any_more() {
    run(async {
        let (app, provider) = stand();
        let id = set_up(&app, json!({})).await;
        sign_in(&app, &provider, &id, "anna").await.expect(303);
        app.tenant_database("acme").inspect(|connection| {
            let sql = "INSERT INTO phone_numbers (tenant_id, user_id, number, created_at, confirmed_at)
                SELECT tenant_id, id, '+79161234567', 1, 1 FROM users WHERE email = 'anna@corp.example'";
            connection.execute(sql, []).unwrap();
        });
        let answer = sign_in(&app, &provider, &id, "anna").await.expect(303);
        assert!(kept(&answer, "session").is_none() && kept(&answer, "sign-in").is_some());
    });
}

#[test]
fn a_second_factor_that_is_set_up_meanwhile_is_asked_for() {
    run(async {
        let (app, provider) = stand();
        let id = set_up(&app, json!({})).await;
        sign_in(&app, &provider, &id, "anna").await.expect(303);
        let begun = begin(&app, &id).await;
        let query = provider.agree(&begun.location, "anna");
        let database = app.tenant_database("acme");
        let before = database.batches();
        // The person is looked up, and what lets them in is not yet written.
        let meanwhile = std::future::poll_fn(|context| {
            if database.batches() < before + 3 {
                context.waker().wake_by_ref();
                return std::task::Poll::Pending;
            }
            enrol(&app, "anna@corp.example");
            std::task::Poll::Ready(())
        });
        database.interleave(true);
        let path = format!("/login/sso/{id}/callback?{query}");
        let (answer, ()) = futures::join!(app.anon("acme").header("cookie", &begun.cookie).get(&path), meanwhile);
        database.interleave(false);
        let answer = answer.expect(422);
        assert!(kept(&answer, "session").is_none() && kept(&answer, "sign-in").is_none());
        let again = sign_in(&app, &provider, &id, "anna").await.expect(303);
        assert!(kept(&again, "sign-in").is_some(), "and asked for when they begin again");
    });
}

#[test]
fn a_role_that_needs_a_second_factor_has_it_from_a_trusted_provider() {
    run(async {
        let (app, provider) = stand();
        let id = set_up(&app, json!({"trusts_second_factor": true})).await;
        app.admin("acme").patch("/api/tenant/settings", json!({"mfa_required_roles": ["agent"]})).await.expect(200);
        app.advance(TimeDelta::seconds(31));
        provider.now.set(app.platform.now.get());
        let claims = |amr: &str| json!({"name": "Anna", "email": "anna@corp.example", "email_verified": true, "groups": ["desk"], "amr": [amr]});
        for (amr, status) in [("pwd", 303), ("mfa", 200)] {
            provider.person("anna", claims(amr));
            let answer = sign_in(&app, &provider, &id, "anna").await.expect(303);
            let cookie = format!("__Host-session={}", kept(&answer, "session").unwrap());
            app.anon("acme").header("cookie", &cookie).get("/agent/tickets").await.expect(status);
        }
    });
}

#[test]
fn signing_out_goes_on_to_the_provider_that_has_opened_the_session() {
    run(async {
        let (app, provider) = stand();
        let id = set_up(&app, json!({})).await;
        *provider.told.borrow_mut() = Box::new(|told| told.claims["login_hint"] = "anna's hint".into());
        let answer = sign_in(&app, &provider, &id, "anna").await.expect(303);
        let secret = kept(&answer, "session").unwrap();
        let cookie = format!("__Host-session={secret}");
        let session = app.asked("acme", "SELECT session_id FROM sso_sessions").remove(0);
        let tenant = app.asked("acme", "SELECT tenant_id FROM sso_sessions").remove(0);
        let signer = shared::auth::signer::Signer::new(&app.platform.config.token_secret);
        let token = signer.sign("csrf", &[&tenant, &session]);
        let body = format!("csrf={token}").into_bytes();
        let answer = app
            .anon("acme")
            .header("cookie", &cookie)
            .send(
                shared::http::Method::Post,
                "/logout",
                shared::http::Body::Bytes(body),
                Some("application/x-www-form-urlencoded"),
            )
            .await
            .expect(200);
        let refresh = answer.headers.get("refresh").unwrap();
        assert_eq!(
            refresh,
            format!(
                "0; url={ISSUER}/logout?client_id=portal&post_logout_redirect_uri=https%3A%2F%2Facme.example%2Flogin&logout_hint=anna%27s+hint"
            )
        );
        assert!(answer.text().replace("&#x3D;", "=").contains(&format!("{ISSUER}/logout?client_id=portal")));
        app.anon("acme").header("cookie", &cookie).get("/profile").await.expect(303);
    });
}
