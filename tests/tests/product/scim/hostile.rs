use serde_json::json;
use shared::http::{Body, Method};
use tests::app::TestApp;

use super::{SCOPES, ann, filter, get, key, made, okta, patch, refusal, run, send, stand};

#[test]
fn another_tenants_people_and_groups_are_nobody_and_nothing() {
    run(async {
        let (app, key) = stand().await;
        let foreign = app.user_id("globex", "client");
        let unknown = format!("usr_{}", "e".repeat(32));
        for id in [foreign.as_str(), unknown.as_str(), "7", "../x"] {
            let path = format!("/Users/{}", id.replace('/', "%2F"));
            assert_eq!(refusal(&get(&app, &key, &path).await), (404, String::new()));
            assert_eq!(
                refusal(&patch(&app, &key, &path, json!([{"op": "replace", "path": "active", "value": false}])).await),
                (404, String::new())
            );
            assert_eq!(okta(&app, &key).delete(&format!("/scim/v2{path}")).await.status, 404);
        }
        // Their address is free here, and theirs stays theirs.
        made(&app, &key, &json!({"userName": app.email("globex", "client")})).await;
        let at_globex = app.anon("globex").header("authorization", format!("Bearer {key}")).get("/scim/v2/Users").await;
        assert_eq!(refusal(&at_globex), (401, String::new()));
    });
}

#[test]
fn people_sessions_and_bad_keys_are_turned_away() {
    run(async {
        let (app, good) = stand().await;
        assert_eq!(refusal(&app.anon("acme").get("/scim/v2/Users").await), (401, String::new()));
        assert_eq!(refusal(&app.admin("acme").get("/scim/v2/Users").await), (403, String::new()));
        let cookie = app.admin("acme").session_cookie();
        assert_eq!(refusal(&app.anon("acme").header("cookie", cookie).get("/scim/v2/Users").await), (403, String::new()));
        let narrow = key(&app, "acme", "admin", &["user.read"]).await;
        get(&app, &narrow, "/Users").await.expect(200);
        let refused = send(&app, &narrow, Method::Post, "/Users", &ann()).await;
        assert_eq!(refusal(&refused), (403, String::new()));
        assert_eq!(refused.headers.get("www-authenticate"), Some("Bearer error=\"insufficient_scope\", scope=\"user.manage\""));
        assert_eq!(refusal(&get(&app, &narrow, "/Groups").await), (403, String::new()));
        // A key of an account that is disabled.
        app.tenant_database("acme").inspect(|connection| {
            connection.execute("UPDATE users SET status = 'disabled' WHERE is_service = 1", []).unwrap();
        });
        assert_eq!(refusal(&get(&app, &good, "/Users").await), (401, String::new()));
    });
}

#[test]
fn a_token_by_client_credentials_is_as_good_as_its_key() {
    run(async {
        let (app, key) = stand().await;
        let account = app.asked("acme", "SELECT id FROM users WHERE is_service = 1").remove(0);
        let form = format!("grant_type=client_credentials&client_id={account}&client_secret={key}");
        let body = Body::Bytes(form.into_bytes());
        let token =
            app.anon("acme").send(Method::Post, "/api/oauth/token", body, Some("application/x-www-form-urlencoded")).await;
        let token = token.expect(200).json()["access_token"].as_str().unwrap().to_owned();
        get(&app, &token, "/Users").await.expect(200);
    });
}

#[test]
fn bodies_and_queries_that_are_no_good_are_refused_by_name() {
    run(async {
        let (app, key) = stand().await;
        for (body, kind) in [
            (json!({}), "invalidValue"),
            (json!([]), "invalidValue"),
            (json!({"userName": "jdoe"}), "invalidValue"),
            (json!({"userName": 7}), "invalidValue"),
            (json!({"userName": "a@b.example", "active": "maybe"}), "invalidValue"),
            (json!({"userName": "a@b.example", "displayName": "x".repeat(121)}), "invalidValue"),
            (json!({"userName": "a@b.example", "externalId": "x".repeat(256)}), "invalidValue"),
            (json!({"userName": format!("{}@b.example", "a".repeat(300))}), "invalidValue"),
            (json!({"userName": "a@b.example", "emails": [{"value": "c@d.example"}]}), "mutability"),
        ] {
            assert_eq!(refusal(&send(&app, &key, Method::Post, "/Users", &body).await), (400, kind.to_owned()), "{body}");
        }
        let broken = |bytes: Vec<u8>, kind: &'static str| {
            okta(&app, &key).send(Method::Post, "/scim/v2/Users", Body::Bytes(bytes), Some(kind))
        };
        assert_eq!(refusal(&broken(b"{".to_vec(), "application/scim+json").await), (400, "invalidSyntax".to_owned()));
        assert_eq!(refusal(&broken(b"{}".to_vec(), "text/plain").await), (415, String::new()));
        assert_eq!(refusal(&broken(vec![b' '; 600 * 1024], "application/scim+json").await), (413, String::new()));
        let deep = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
        assert_eq!(refusal(&broken(deep.into_bytes(), "application/scim+json").await), (400, "invalidValue".to_owned()));
        let deep = format!("{}id eq 1{}", "(".repeat(400), ")".repeat(400));
        for text in
            ["userName co \"a\"", "active eq true", "x", "userName eq \"a\" or userName eq \"b\"", "' OR 1=1 --", deep.as_str()]
        {
            assert_eq!(
                refusal(&get(&app, &key, &format!("/Users?{}", filter(text))).await),
                (400, "invalidFilter".to_owned()),
                "{text}"
            );
        }
        for query in ["startIndex=x", "count=1.5", "attributes=a%20b"] {
            assert_eq!(refusal(&get(&app, &key, &format!("/Users?{query}")).await), (400, "invalidValue".to_owned()), "{query}");
        }
        assert_eq!(refusal(&get(&app, &key, "/Users?startIndex=50001").await), (400, "tooMany".to_owned()));
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM scim_people"), ["0"]);
    });
}

#[test]
fn a_request_that_comes_twice_makes_one_person() {
    run(async {
        let (app, key) = stand().await;
        made(&app, &key, &ann()).await;
        assert_eq!(refusal(&send(&app, &key, Method::Post, "/Users", &ann()).await), (409, "uniqueness".to_owned()));
        // Nor is somebody who is here already taken over by their address.
        let client = json!({"userName": app.email("acme", "client"), "displayName": "Mine now"});
        assert_eq!(refusal(&send(&app, &key, Method::Post, "/Users", &client).await), (409, "uniqueness".to_owned()));
    });
}

#[test]
fn the_last_administrator_stays_and_nobody_is_taken_more_than_the_key_holds() {
    run(async {
        let app = TestApp::new();
        let everything: Vec<&str> = shared::access::Permission::ALL.iter().map(|one| one.as_str()).collect();
        let wide = key(&app, "acme", "admin", &everything).await;
        let narrow = key(&app, "acme", "admin", &SCOPES).await;
        let off = json!([{"op": "replace", "path": "active", "value": false}]);
        let [admin, agent] = ["admin", "agent"].map(|role| format!("/Users/{}", app.user_id("acme", role)));
        assert_eq!(refusal(&patch(&app, &narrow, &agent, off.clone()).await), (403, String::new()));
        let rename = json!([{"op": "replace", "path": "displayName", "value": "x"}]);
        assert_eq!(refusal(&patch(&app, &narrow, &agent, rename).await), (403, String::new()));
        assert_eq!(refusal(&patch(&app, &wide, &admin, off.clone()).await), (409, String::new()));
        assert_eq!(refusal(&okta(&app, &wide).delete(&format!("/scim/v2{admin}")).await), (409, String::new()));
        app.admin("acme").get("/api/auth/me").await.expect(200);
        patch(&app, &wide, &agent, off).await.expect(200);
        app.agent("acme").get("/api/auth/me").await.expect(401);
    });
}

#[test]
fn no_attribute_sets_a_role_or_a_password() {
    run(async {
        let (app, key) = stand().await;
        let path = made(&app, &key, &ann()).await;
        let operations = json!([
            {"op": "replace", "path": "roles", "value": [{"value": "admin"}]},
            {"op": "add", "path": "entitlements", "value": ["admin"]},
            {"op": "replace", "value": {"password": "correct horse battery", "groups": [{"value": "x"}]}}
        ]);
        patch(&app, &key, &path, operations).await.expect(200);
        for other in ["role", "is_service", "tenant_id", "password_hash"] {
            let refused = patch(&app, &key, &path, json!([{"op": "replace", "path": other, "value": "admin"}])).await;
            assert_eq!(refusal(&refused), (400, "invalidPath".to_owned()), "{other}");
        }
        let row = app.asked("acme", "SELECT role || ' ' || is_service || ' ' || COALESCE(password_hash, 'none') FROM users WHERE email = 'ann@corp.example'");
        assert_eq!(row, ["client 0 none"]);
    });
}

#[test]
fn refusals_speak_the_callers_language() {
    run(async {
        let (app, key) = stand().await;
        let target = format!("/scim/v2/Users?{}", filter("title pr"));
        let mut told = Vec::new();
        for language in ["en", "ru", "ar"] {
            let answer = okta(&app, &key).header("accept-language", language).get(&target).await;
            assert_eq!(answer.headers.get("content-language"), Some(language));
            told.push(answer.json()["detail"].as_str().unwrap().to_owned());
        }
        assert!(told[0].starts_with("This filter is not answered") && told[0] != told[1] && told[1] != told[2], "{told:?}");
    });
}
