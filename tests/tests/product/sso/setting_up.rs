//! Setting providers up, trying them out, and keeping their secrets.

use serde_json::{Value, json};
use tests::app::TestApp;

use super::{ISSUER, back, begun, count, form, run, set_up, sign_in, stand};

#[test]
fn a_provider_is_set_up_shown_changed_and_removed() {
    run(async {
        let (app, provider) = stand();
        let made = app.admin("acme").post("/api/identity-providers", form(json!({}))).await.expect(201);
        let shown = made.json();
        let id = shown["id"].as_str().unwrap();
        assert_eq!(shown["redirect_uri"], format!("https://acme.example/login/sso/{id}/callback"));
        assert_eq!((&shown["has_secret"], &shown["version"]), (&json!(true), &json!(1)));
        assert!(!made.text().contains("portal secret"));
        let path = format!("/api/identity-providers/{id}");
        assert_eq!(app.manager("acme").get(&path).await.expect(200).json(), shown);
        let twin = app.admin("acme").post("/api/identity-providers", form(json!({}))).await.expect(409);
        assert_eq!(twin.json()["code"], "name_taken");
        let mut change = form(json!({"name": "Corporation"}));
        change.as_object_mut().unwrap().remove("client_secret");
        app.admin("acme").put(&path, change.clone()).await.expect(428);
        let changed = app.admin("acme").header("if-match", "\"1\"").put(&path, change.clone()).await.expect(200).json();
        assert_eq!((&changed["name"], &changed["has_secret"]), (&json!("Corporation"), &json!(true)));
        app.admin("acme").header("if-match", "\"1\"").put(&path, change.clone()).await.expect(412);
        // The stored secret goes to no other issuer and for no other client.
        for (field, value) in [("issuer", "https://login.evil.example"), ("client_id", "another")] {
            let mut elsewhere = change.clone();
            elsewhere[field] = value.into();
            let refused = app.admin("acme").header("if-match", "*").put(&path, elsewhere).await.expect(422).json();
            assert_eq!(refused["errors"][0]["field"], "client_secret", "{refused}");
        }
        sign_in(&app, &provider, id, "anna").await.expect(303);
        app.admin("acme").delete(&path).await.expect(204);
        app.admin("acme").get(&path).await.expect(404);
        assert_eq!(count(&app, "external_identities"), "0");
        let live = app.asked("acme", "SELECT COUNT(*) FROM sessions WHERE user_id = (SELECT id FROM users WHERE email = 'anna@corp.example') AND revoked_at IS NULL");
        assert_eq!(live, ["0"], "sessions that it has opened are over");
        let lines = app.asked("acme", "SELECT action FROM audit_logs WHERE action LIKE 'identity_provider.%' ORDER BY seq");
        assert_eq!(lines, ["identity_provider.created", "identity_provider.updated", "identity_provider.deleted"]);
    });
}

#[test]
fn the_secret_is_sealed_for_its_provider_alone() {
    run(async {
        let (app, provider) = stand();
        let id = set_up(&app, json!({})).await;
        let other = set_up(&app, json!({"name": "Other", "client_secret": "another secret"})).await;
        let stored = app.asked("acme", "SELECT secret || definition FROM identity_providers");
        assert!(stored.iter().all(|text| !text.contains("secret")), "{stored:?}");
        app.tenant_database("acme").inspect(|connection| {
            let sql =
                "UPDATE identity_providers SET secret = (SELECT secret FROM identity_providers WHERE id = ?1) WHERE id = ?2";
            connection.execute(sql, [&other, &id]).unwrap();
        });
        sign_in(&app, &provider, &id, "anna").await.expect(422);
        assert_eq!(provider.times("/token"), 0);
    });
}

#[test]
fn an_issuer_is_a_public_https_address_of_its_preset() {
    run(async {
        let app = TestApp::new();
        for (preset, issuer) in [
            ("generic", "http://login.corp.example"),
            ("generic", "https://localhost"),
            ("generic", "https://10.0.0.1"),
            ("generic", "https://2130706433"),
            ("generic", "https://[::1]"),
            ("generic", "https://login.corp.example:8443"),
            ("generic", "https://user@login.corp.example"),
            ("generic", "https://login.corp.example?x=1"),
            ("generic", "https://login.corp.example#x"),
            ("generic", "https://metadata.google.internal"),
            ("generic", "javascript:alert(1)"),
            ("generic", ""),
            ("google", "https://accounts.google.com/"),
            ("google", "https://accounts.evil.example"),
            ("microsoft", "https://login.microsoftonline.com/common/v2.0"),
            ("microsoft", "https://login.microsoftonline.com/organizations/v2.0"),
            ("microsoft", "https://login.microsoftonline.com/{directory}/v2.0"),
            ("microsoft", "https://login.evil.example/72f988bf-86f1-41af-91ab-2d7cd011db47/v2.0"),
            ("microsoft", "https://login.microsoftonline.com/72f988bf-86f1-41af-91ab-2d7cd011db47"),
        ] {
            let sent = form(json!({"preset": preset, "issuer": issuer}));
            let refused = app.admin("acme").post("/api/identity-providers", sent).await.expect(422).json();
            assert_eq!(refused["errors"][0]["field"], "issuer", "{preset} {issuer}: {refused}");
        }
        for (preset, issuer) in [
            ("google", "https://accounts.google.com"),
            ("microsoft", "https://login.microsoftonline.com/72f988bf-86f1-41af-91ab-2d7cd011db47/v2.0"),
        ] {
            let sent = form(json!({"name": preset, "preset": preset, "issuer": issuer}));
            app.admin("acme").post("/api/identity-providers", sent).await.expect(201);
        }
    });
}

#[test]
fn nobody_gives_by_a_provider_what_they_do_not_hold() {
    run(async {
        let app = TestApp::new();
        let role = json!({"name": "Keeper", "base": "agent", "permissions": ["access.read", "access.manage", "ticket.read"]});
        let role = app.admin("acme").post("/api/roles", role).await.expect(201).json();
        app.tenant_database("acme").inspect(|connection| {
            let sql = "UPDATE users SET role_id = ?1 WHERE email = 'agent@acme.example'";
            connection.execute(sql, [role["id"].as_str().unwrap()]).unwrap();
        });
        let refused = app.agent("acme").post("/api/identity-providers", form(json!({"default_role": "admin"}))).await.expect(403);
        assert_eq!(refused.json()["code"], "more_than_own");
        let own = json!({"mappings": [{"group": "x", "role": role["id"]}]});
        set_up(&app, own).await;
        let in_use = app.admin("acme").delete(&format!("/api/roles/{}", role["id"].as_str().unwrap())).await;
        assert!(in_use.status == 409, "a role that a provider gives stays");
    });
}

#[test]
fn a_role_that_one_cannot_give_stays_only_as_it_stands() {
    run(async {
        let app = TestApp::new();
        let role = json!({"name": "Keeper", "base": "agent", "permissions": ["access.read", "access.manage", "ticket.read"]});
        let role = app.admin("acme").post("/api/roles", role).await.expect(201).json();
        app.tenant_database("acme").inspect(|connection| {
            let sql = "UPDATE users SET role_id = ?1 WHERE email = 'agent@acme.example'";
            connection.execute(sql, [role["id"].as_str().unwrap()]).unwrap();
        });
        let (all, roots) = (json!({"group": "all", "role": "client"}), json!({"group": "roots", "role": "admin"}));
        let mapped = json!([all, roots]);
        let path = format!("/api/identity-providers/{}", set_up(&app, json!({"mappings": mapped})).await);
        let put = async |more: Value| {
            let mut sent = form(json!({"mappings": mapped}));
            sent.as_object_mut().unwrap().remove("client_secret");
            for (name, value) in more.as_object().unwrap() {
                sent[name] = value.clone();
            }
            app.agent("acme").header("if-match", "*").put(&path, sent).await
        };
        for refused in [
            json!({"mappings": [all, {"group": "mine", "role": "admin"}]}),
            json!({"mappings": [roots]}),
            json!({"mappings": [roots, all]}),
            json!({"default_role": "admin"}),
            json!({"issuer": "https://login.mine.example", "client_secret": "another"}),
            json!({"client_id": "mine", "client_secret": "another"}),
            json!({"client_secret": "another"}),
            json!({"scopes": ["email"]}),
            json!({"claims": {"groups": "nickname"}}),
            json!({"domains": ["mine.example"]}),
            json!({"create_people": false}),
            json!({"trusts_addresses": true}),
            json!({"trusts_second_factor": true}),
        ] {
            let answer = put(refused.clone()).await;
            assert_eq!((answer.status, answer.code()), (403, "more_than_own".to_owned()), "{refused}");
        }
        put(json!({"name": "Moscow", "enabled": false})).await.expect(200);
        put(json!({"mappings": [{"group": "new", "role": "client"}, all, roots]})).await.expect(200);
        put(json!({"mappings": [all]})).await.expect(200);
        put(json!({})).await.expect(403);
    });
}

#[test]
fn a_test_shows_each_step_of_what_the_provider_says_of_itself() {
    run(async {
        let (app, provider) = stand();
        let id = set_up(&app, json!({"enabled": false})).await;
        let path = format!("/api/identity-providers/{id}/test");
        let tried = app.admin("acme").post(&path, json!({})).await.expect(200).json();
        assert_eq!(tried["ok"], true);
        let steps = |tried: &Value| {
            let steps = tried["steps"].as_array().unwrap().iter();
            steps.map(|step| format!("{} {}", step["step"].as_str().unwrap(), step["ok"])).collect::<Vec<_>>()
        };
        assert_eq!(steps(&tried), ["discovery true", "keys true"]);
        *provider.document.borrow_mut() = Box::new(|document| document["issuer"] = "https://login.evil.example".into());
        let tried = app.admin("acme").post(&path, json!({})).await.expect(200).json();
        assert_eq!((steps(&tried), &tried["ok"]), (vec!["discovery false".to_owned()], &json!(false)));
        assert!(tried["steps"][0]["detail"].as_str().unwrap().contains("https://login.evil.example"));
    });
}

#[test]
fn a_test_sign_in_shows_the_claims_and_signs_nobody_in() {
    run(async {
        let (app, provider) = stand();
        let id = set_up(&app, json!({"enabled": false})).await;
        let people = count(&app, "users");
        let admin = || app.admin("acme").in_browser();
        let out = begun(&admin().get(&format!("/login/sso/{id}?as=test")).await.expect(303));
        let query = provider.agree(&out.location, "anna");
        let cookies = format!("{}; {}", admin().session_cookie(), out.cookie);
        let page = back(app.anon("acme"), &id, &cookies, &query).await.expect(200).text();
        for words in ["Anna Petrova", "email_verified", "desk", "agent", ISSUER] {
            assert!(page.contains(words), "{words}");
        }
        assert_eq!((count(&app, "users"), count(&app, "external_identities")), (people, "0".to_owned()));
        // A lie is shown as the step at which it was found.
        *provider.told.borrow_mut() = Box::new(|told| told.claims["nonce"] = "another".into());
        let out = begun(&admin().get(&format!("/login/sso/{id}?as=test")).await.expect(303));
        let query = provider.agree(&out.location, "anna");
        let cookies = format!("{}; {}", admin().session_cookie(), out.cookie);
        let page = back(app.anon("acme"), &id, &cookies, &query).await.expect(200).text();
        assert!(page.contains("nonce is not that of this sign-in") && !page.contains("Anna Petrova"));
    });
}

#[test]
fn the_pages_do_what_the_api_does() {
    run(async {
        let (app, _provider) = stand();
        let admin = || app.admin("acme").in_browser();
        let page = admin().get("/agent/access/identity-providers/new?preset=microsoft").await.expect(200).text();
        assert!(page.contains("https://login.microsoftonline.com/{directory}/v2.0"));
        let fields = [
            ("preset", "generic"),
            ("name", "Corp"),
            ("issuer", ISSUER),
            ("client_id", "portal"),
            ("client_secret", "portal secret"),
            ("scopes", "email profile"),
            ("claim_name", "name"),
            ("claim_email", "email"),
            ("claim_groups", "groups"),
            ("enabled", "on"),
            ("create_people", "on"),
            ("domains", "corp.example, other.example"),
            ("default_role", "client"),
            ("mapping_group", "desk"),
            ("mapping_role", "agent"),
            ("mapping_organization", ""),
            ("mapping_department", ""),
            ("sign_out_there", "on"),
        ];
        let with = |name: &str, value: &'static str| {
            fields.map(|(field, text)| if field == name { (field, value) } else { (field, text) })
        };
        let refused =
            admin().submit("/agent/access/identity-providers/new", &with("issuer", "http://x")).await.expect(422).text();
        assert!(refused.contains("value=\"http://x\"") && !refused.contains("portal secret"));
        let made = admin().submit("/agent/access/identity-providers/new", &fields).await.expect(303);
        let location = made.headers.get("location").unwrap().to_owned();
        let page = admin().get(&location).await.expect(200).text();
        for words in ["/callback", "corp.example, other.example", "value=\"desk\"", "?as=test"] {
            assert!(page.contains(words), "{words}");
        }
        let login = app.anon("acme").get("/login?next=/agent").await.expect(200).text();
        assert!(login.contains("Corp") && login.contains("?next&#x3D;%2Fagent"));
        let tested = admin().submit(&format!("{location}/test"), &[]).await.expect(200).text();
        assert!(tested.contains("openid-configuration"));
        let with_version = |version: &'static str| [&with("name", "Renamed")[..], &[("version", version)]].concat();
        admin().submit(&location, &with_version("7")).await.expect(412);
        admin().submit(&location, &with_version("1")).await.expect(303);
        assert!(admin().get("/agent/access/identity-providers").await.expect(200).text().contains("Renamed"));
        admin().submit(&format!("{location}/delete"), &[]).await.expect(303);
        assert_eq!(count(&app, "identity_providers"), "0");
    });
}
