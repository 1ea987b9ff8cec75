use serde_json::{Value, json};
use shared::http::Method;

use super::{ann, filter, found, get, key, made, okta, patch, refusal, run, send, stand};

fn id(path: &str) -> String {
    path.rsplit('/').next().unwrap().to_owned()
}

fn members(group: &Value) -> Vec<String> {
    group["members"].as_array().unwrap().iter().map(|one| one["value"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn groups_are_made_filled_emptied_and_removed() {
    run(async {
        let (app, key) = stand().await;
        let [a, b] = [made(&app, &key, &ann()).await, made(&app, &key, &json!({"userName": "bob@corp.example"})).await]
            .map(|path| id(&path));
        let body = json!({"displayName": "Second line", "externalId": "g1", "members": [{"value": a}]});
        let group = send(&app, &key, Method::Post, "/Groups", &body).await.expect(201).json();
        let path = format!("/Groups/{}", group["id"].as_str().unwrap());
        assert_eq!((members(&group), &group["externalId"]), (vec![a.clone()], &json!("g1")));
        // Entra ID adds and takes by lists, Okta takes by a filter.
        let both =
            patch(&app, &key, &path, json!([{"op": "Add", "path": "members", "value": [{"value": a}, {"value": b}]}])).await;
        assert_eq!(members(&both.expect(200).json()).len(), 2);
        let one = patch(&app, &key, &path, json!([{"op": "remove", "path": format!("members[value eq \"{a}\"]")}])).await;
        assert_eq!(members(&one.expect(200).json()), std::slice::from_ref(&b));
        let other = patch(&app, &key, &path, json!([{"op": "replace", "path": "members", "value": [{"value": a}]}])).await;
        assert_eq!(members(&other.expect(200).json()), std::slice::from_ref(&a));
        let named =
            patch(&app, &key, &path, json!([{"op": "replace", "value": {"id": group["id"], "displayName": "Third line"}}])).await;
        assert_eq!(named.expect(200).json()["displayName"], json!("Third line"));
        let lines = app.asked("acme", "SELECT action FROM audit_logs WHERE action LIKE 'group.%' ORDER BY seq");
        assert_eq!(
            lines,
            ["group.created", "group.joined", "group.joined", "group.left", "group.joined", "group.left", "group.updated"]
        );
        let group_id = id(&path);
        for text in [
            "displayName eq \"Third line\"".to_owned(),
            "externalId eq \"g1\"".to_owned(),
            format!("members.value eq \"{a}\""),
            format!("id eq \"{group_id}\" and members eq \"{a}\""),
            format!("id eq \"{group_id}\""),
        ] {
            let list = get(&app, &key, &format!("/Groups?excludedAttributes=members&{}", filter(&text))).await;
            assert_eq!(list.json()["Resources"][0]["members"], Value::Null);
            assert_eq!(found(list), (1, vec![group_id.clone()]), "{text}");
        }
        let gone = filter(&format!("id eq \"{group_id}\" and members eq \"{b}\""));
        assert_eq!(found(get(&app, &key, &format!("/Groups?{gone}")).await), (0, vec![]));
        let put =
            send(&app, &key, Method::Put, &path, &json!({"displayName": "Third line", "members": []})).await.expect(200).json();
        assert_eq!(members(&put), Vec::<String>::new());
        okta(&app, &key).delete(&format!("/scim/v2{path}")).await.expect(204);
        assert_eq!(get(&app, &key, &path).await.status, 404);
    });
}

#[test]
fn a_name_is_taken_once_and_members_have_to_be_there() {
    run(async {
        let (app, key) = stand().await;
        let path = format!(
            "/Groups/{}",
            send(&app, &key, Method::Post, "/Groups", &json!({"displayName": "A"})).await.expect(201).json()["id"]
                .as_str()
                .unwrap()
        );
        let again = send(&app, &key, Method::Post, "/Groups", &json!({"displayName": "A"})).await;
        assert_eq!(refusal(&again), (409, "uniqueness".to_owned()));
        let program = app.asked("acme", "SELECT id FROM users WHERE is_service = 1").remove(0);
        for nobody in [app.user_id("globex", "client"), format!("usr_{}", "e".repeat(32)), program] {
            let answer = patch(&app, &key, &path, json!([{"op": "add", "path": "members", "value": [{"value": nobody}]}])).await;
            assert_eq!(refusal(&answer), (400, "invalidValue".to_owned()));
            let answer =
                send(&app, &key, Method::Post, "/Groups", &json!({"displayName": "B", "members": [{"value": nobody}]})).await;
            assert_eq!(refusal(&answer), (400, "invalidValue".to_owned()));
        }
        let many: Vec<Value> = (0..301).map(|n| json!({"value": format!("usr_{n:032}")})).collect();
        let answer = send(&app, &key, Method::Post, "/Groups", &json!({"displayName": "B", "members": many})).await;
        assert_eq!(refusal(&answer), (400, "tooMany".to_owned()));
    });
}

#[test]
fn a_change_of_members_is_a_change_of_the_version() {
    run(async {
        let (app, key) = stand().await;
        let group = send(&app, &key, Method::Post, "/Groups", &json!({"displayName": "A"})).await.expect(201);
        let (tag, path) =
            (group.headers.get("etag").unwrap().to_owned(), format!("/scim/v2/Groups/{}", group.json()["id"].as_str().unwrap()));
        let client = app.user_id("acme", "client");
        // Somebody else is quicker, by the product's own API.
        let api = path.replace("/scim/v2/Groups", "/api/groups");
        app.admin("acme").post(&format!("{api}/members"), json!({"user": client})).await.expect(201);
        let body = json!({"Operations": [{"op": "remove", "path": "members"}]});
        assert_eq!(
            refusal(&okta(&app, &key).header("if-match", tag.clone()).patch(&path, body.clone()).await),
            (412, String::new())
        );
        assert_eq!(refusal(&okta(&app, &key).header("if-match", tag).delete(&path).await), (412, String::new()));
        okta(&app, &key).patch(&path, body).await.expect(200);
    });
}

#[test]
fn nobody_is_put_where_more_is_given_than_the_key_holds() {
    run(async {
        let (app, narrow) = stand().await;
        let wide: Vec<&str> = shared::access::Permission::ALL.iter().map(|one| one.as_str()).collect();
        let wide = key(&app, "acme", "admin", &wide).await;
        let path = format!(
            "/Groups/{}",
            send(&app, &narrow, Method::Post, "/Groups", &json!({"displayName": "Agents"})).await.expect(201).json()["id"]
                .as_str()
                .unwrap()
        );
        let grant = json!({"group": id(&path), "role": "agent", "reach": "all", "reason": "x"});
        app.admin("acme").post("/api/grants", grant).await.expect(201);
        let join = json!([{"op": "add", "path": "members", "value": [{"value": app.user_id("acme", "client")}]}]);
        let refused = patch(&app, &narrow, &path, join.clone()).await;
        assert_eq!(refusal(&refused), (403, String::new()));
        patch(&app, &wide, &path, join).await.expect(200);
    });
}
