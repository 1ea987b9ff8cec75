use chrono::TimeDelta;
use serde_json::{Value, json};
use shared::http::Method;
use shared::platform::Platform;
use shared::scim::ENTERPRISE;

use super::{ann, filter, found, get, made, okta, patch, refusal, run, send, stand};

#[test]
fn a_person_is_made_as_a_client_and_found_by_all_that_they_are_called() {
    run(async {
        let (app, key) = stand().await;
        app.admin("acme").post("/api/departments", json!({"name": "Support"})).await.expect(201);
        let mut sent = ann();
        sent[ENTERPRISE] = json!({"department": "Support", "organization": "Unknown Ltd", "manager": {"value": "x"}});
        let answer = send(&app, &key, Method::Post, "/Users", &sent).await.expect(201);
        let ann = answer.json();
        let id = ann["id"].as_str().unwrap().to_owned();
        assert_eq!(answer.headers.get("content-type"), Some("application/scim+json"));
        assert_eq!(answer.headers.get("location"), ann["meta"]["location"].as_str());
        assert_eq!(answer.headers.get("etag"), ann["meta"]["version"].as_str());
        assert_eq!(
            (&ann["userName"], &ann["displayName"], &ann["active"]),
            (&json!("ann@corp.example"), &json!("Ann Lee"), &json!(true))
        );
        assert_eq!((&ann["externalId"], &ann[ENTERPRISE]), (&json!("00u1"), &json!({"department": "Support"})));
        assert_eq!(ann["title"], Value::Null);
        let row = app.asked("acme", &format!("SELECT role || ' ' || status FROM users WHERE id = '{id}'"));
        assert_eq!(row, ["client active"]);
        // The link for a password is on its way, and the log says who made them by what.
        assert_eq!(app.asked("acme", "SELECT template FROM outbox WHERE recipient = 'ann@corp.example'").len(), 1);
        let line =
            app.asked("acme", &format!("SELECT detail FROM audit_logs WHERE action = 'user.created' AND subject = '{id}'"));
        assert!(line[0].contains("\"scim\":\"usr_"), "{line:?}");
        for text in [
            "userName eq \"ANN@corp.example\"",
            "emails.value eq \"ann@corp.example\"",
            "emails[type eq \"work\" and value eq \"ann@corp.example\"]",
            "externalId eq \"00u1\"",
            "displayName eq \"Ann Lee\"",
            &format!("id eq \"{id}\""),
            "userName eq \"ann@corp.example\" and active eq true",
        ] {
            assert_eq!(found(get(&app, &key, &format!("/Users?{}", filter(text))).await), (1, vec![id.clone()]), "{text}");
            let search = json!({"filter": text});
            assert_eq!(found(send(&app, &key, Method::Post, "/Users/.search", &search).await), (1, vec![id.clone()]), "{text}");
        }
        for text in ["externalId eq \"00U1\"", "userName eq \"jdoe\"", "userName eq \"ann@corp.example\" and active eq false"] {
            assert_eq!(found(get(&app, &key, &format!("/Users?{}", filter(text))).await), (0, vec![]), "{text}");
        }
    });
}

#[test]
fn lists_are_stable_paged_and_know_their_total() {
    run(async {
        let (app, key) = stand().await;
        let (before, _) = found(get(&app, &key, "/Users?count=0").await);
        assert_eq!(before, 5, "five people of acme, and no program");
        for n in 0..7 {
            made(&app, &key, &json!({"userName": format!("p{n}@corp.example"), "displayName": "Same", "active": n % 2 == 0}))
                .await;
        }
        let (total, all) = found(get(&app, &key, "/Users").await);
        assert_eq!((total, all.len()), (12, 12));
        let mut paged = Vec::new();
        for start in [1, 6, 11, 16] {
            let (total, page) = found(get(&app, &key, &format!("/Users?startIndex={start}&count=5")).await);
            assert_eq!(total, 12);
            paged.extend(page);
        }
        assert_eq!(paged, all);
        let same = filter("displayName eq \"Same\"");
        let (total, named) = found(get(&app, &key, &format!("/Users?{same}")).await);
        assert_eq!((total, named.len()), (7, 7));
        assert_eq!(found(get(&app, &key, &format!("/Users?{same}&count=2&startIndex=6")).await), (7, named[5..].to_vec()));
        let active = filter("displayName eq \"Same\" and active eq false");
        assert_eq!(found(get(&app, &key, &format!("/Users?{active}")).await).0, 3);
        // What has changed since.
        app.advance(TimeDelta::seconds(5));
        let moment = app.platform.now().to_rfc3339();
        app.advance(TimeDelta::seconds(5));
        patch(&app, &key, &format!("/Users/{}", named[6]), json!([{"op": "replace", "path": "displayName", "value": "Other"}]))
            .await
            .expect(200);
        let since = filter(&format!("meta.lastModified gt \"{moment}\""));
        assert_eq!(found(get(&app, &key, &format!("/Users?{since}")).await), (1, vec![named[6].clone()]));
    });
}

#[test]
fn a_list_says_its_total_without_reading_everybody() {
    run(async {
        let (app, key) = stand().await;
        app.tenant_database("acme").inspect(|connection| {
            let sql = "INSERT INTO users (tenant_id, id, email, name, role, status, created_at, updated_at)
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
                SELECT (SELECT tenant_id FROM users LIMIT 1), printf('usr_%032d', i), 'u' || i || '@many.example', 'Many', 'client', 'active', 1, 1 FROM n";
            connection.execute(sql, []).unwrap();
        });
        let answer = get(&app, &key, "/Users?count=10").await;
        assert_eq!(found(answer).0, 3005);
        let many = filter("displayName eq \"Many\"");
        assert_eq!(refusal(&get(&app, &key, &format!("/Users?{many}")).await), (400, "tooMany".to_owned()));
        let one = get(&app, &key, &format!("/Users?{}", filter("userName eq \"u7@many.example\""))).await;
        assert_eq!(found(one).1, [format!("usr_{:032}", 7)]);
    });
}

#[test]
fn a_disabled_person_is_out_at_once_and_comes_back() {
    run(async {
        let (app, key) = stand().await;
        let client = format!("/Users/{}", app.user_id("acme", "client"));
        app.client("acme").get("/api/auth/me").await.expect(200);
        // As Entra ID sends it.
        let off =
            patch(&app, &key, &client, json!([{"op": "Replace", "path": "active", "value": "False"}])).await.expect(200).json();
        assert_eq!(off["active"], json!(false));
        app.client("acme").get("/api/auth/me").await.expect(401);
        let on = patch(&app, &key, &client, json!([{"op": "replace", "value": {"active": true}}])).await.expect(200).json();
        assert_eq!(on["active"], json!(true));
        app.client("acme").get("/api/auth/me").await.expect(401);
        // The same again changes nothing.
        let same = patch(&app, &key, &client, json!([{"op": "replace", "value": {"active": true}}])).await.expect(200).json();
        assert_eq!(same["meta"], on["meta"]);
    });
}

#[test]
fn whoever_is_deleted_is_disabled_not_there_and_can_be_made_again() {
    run(async {
        let (app, key) = stand().await;
        let path = made(&app, &key, &ann()).await;
        okta(&app, &key).delete(&format!("/scim/v2{path}")).await.expect(204);
        assert_eq!(app.asked("acme", "SELECT status FROM users WHERE email = 'ann@corp.example'"), ["disabled"]);
        assert_eq!(refusal(&get(&app, &key, &path).await), (404, String::new()));
        assert_eq!(okta(&app, &key).delete(&format!("/scim/v2{path}")).await.status, 404);
        assert_eq!(patch(&app, &key, &path, json!([{"op": "replace", "path": "active", "value": true}])).await.status, 404);
        assert_eq!(found(get(&app, &key, &format!("/Users?{}", filter("externalId eq \"00u1\""))).await), (0, vec![]));
        assert_eq!(found(get(&app, &key, "/Users").await).0, 5);
        let again = made(&app, &key, &json!({"userName": "ann@corp.example", "displayName": "Ann Poe"})).await;
        assert_eq!(again, path);
        assert_eq!(app.asked("acme", "SELECT status || name FROM users WHERE email = 'ann@corp.example'"), ["activeAnn Poe"]);
        assert_eq!(found(get(&app, &key, "/Users").await).0, 6);
        // Gone for good is gone here too.
        app.admin("acme").delete(&format!("/api{}", path.to_lowercase())).await.expect(204);
        assert_eq!(get(&app, &key, &path).await.status, 404);
        assert_eq!(app.asked("acme", "SELECT people || ' ' || managed FROM scim_counts"), ["5 0"]);
        assert_eq!(app.asked("acme", "SELECT user_id FROM scim_people"), Vec::<String>::new());
    });
}

#[test]
fn a_person_is_set_anew_and_what_is_left_out_stays() {
    run(async {
        let (app, key) = stand().await;
        let path = made(&app, &key, &ann()).await;
        let body = json!({"userName": "ann@corp.example", "displayName": "Dr. Lee"});
        let after = send(&app, &key, Method::Put, &path, &body).await.expect(200).json();
        assert_eq!(
            (&after["displayName"], &after["name"]["givenName"], &after["externalId"]),
            (&json!("Dr. Lee"), &json!("Ann"), &json!("00u1"))
        );
        let shown = get(&app, &key, &path).await.expect(200).json();
        assert_eq!(shown, after);
        let only = get(&app, &key, &format!("{path}?attributes=userName")).await.expect(200).json();
        assert_eq!(only.as_object().unwrap().len(), 3, "{only}");
        let other = send(&app, &key, Method::Put, &path, &json!({"userName": "mallory@corp.example"})).await;
        assert_eq!(refusal(&other), (400, "mutability".to_owned()));
        let other = patch(
            &app,
            &key,
            &path,
            json!([{"op": "replace", "path": "emails[type eq \"work\"].value", "value": "m@corp.example"}]),
        )
        .await;
        assert_eq!(refusal(&other), (400, "mutability".to_owned()));
    });
}

#[test]
fn of_two_who_change_a_version_one_is_told() {
    run(async {
        let (app, key) = stand().await;
        let path = made(&app, &key, &ann()).await;
        let read = get(&app, &key, &path).await.expect(200);
        let tag = read.headers.get("etag").unwrap().to_owned();
        let known = okta(&app, &key).header("if-none-match", tag.clone()).get(&format!("/scim/v2{path}")).await;
        assert_eq!((known.status, known.text()), (304, String::new()));
        let rename = |name: &str| json!({"Operations": [{"op": "replace", "path": "displayName", "value": name}]});
        let target = format!("/scim/v2{path}");
        let first = okta(&app, &key).header("if-match", tag.clone()).patch(&target, rename("One")).await.expect(200);
        assert_ne!(first.headers.get("etag"), Some(tag.as_str()));
        let second = okta(&app, &key).header("if-match", tag.clone()).patch(&target, rename("Two")).await;
        assert_eq!(refusal(&second), (412, String::new()));
        assert_eq!(refusal(&okta(&app, &key).header("if-match", tag).delete(&target).await), (412, String::new()));
        okta(&app, &key).header("if-match", "*").patch(&target, rename("Three")).await.expect(200);
    });
}

#[test]
fn what_is_offered_is_what_is_there() {
    run(async {
        let (app, key) = stand().await;
        let config = get(&app, &key, "/ServiceProviderConfig").await.expect(200).json();
        assert_eq!((&config["bulk"]["supported"], &config["patch"]["supported"]), (&json!(false), &json!(true)));
        assert_eq!(found(get(&app, &key, "/ResourceTypes").await).1, ["User", "Group"]);
        let schemas = found(get(&app, &key, "/Schemas").await).1;
        for id in &schemas {
            assert_eq!(get(&app, &key, &format!("/Schemas/{id}")).await.expect(200).json()["id"], json!(id));
        }
        assert_eq!(get(&app, &key, "/ResourceTypes/Group").await.expect(200).json()["endpoint"], json!("/Groups"));
        for path in ["/Schemas/x", "/ResourceTypes/x", "/Bulk", "/Me", ""] {
            assert_eq!(refusal(&get(&app, &key, path).await).0, 404, "{path}");
        }
    });
}
