//! Who could read a ticket, and why: the dry run.

use super::*;

async fn explain(app: &TestApp, body: Value) -> Value {
    let answer = app.manager("acme").post("/api/policies/explain", body).await.expect(200);
    assert!(answer.round_trips <= 2, "{}", answer.round_trips);
    answer.json()
}

#[test]
fn everybody_who_may_is_listed_with_each_reason() {
    run(async {
        let app = TestApp::new();
        let agent = app.user_id("acme", "agent");
        reduce(&app, "agent", &["desk.read"]).await;
        let id = ticket(&app, "A", "assignee_id = NULL, priority = 'low'").await;
        let asked = json!({"ticket": id});
        let of = |list: &Value, who: &str| {
            list["data"].as_array().unwrap().iter().find(|one| one["user"]["id"] == app.user_id("acme", who)).cloned()
        };
        let list = explain(&app, asked.clone()).await;
        assert!(of(&list, "agent").is_none() && of(&list, "client").is_none());
        let manager = of(&list, "manager").unwrap();
        assert_eq!(manager["given_by"], json!([{"kind": "role", "id": null, "name": null, "role": "manager", "until": null}]));

        let grant = give(&app, json!({"user": agent, "role": "agent", "reach": "all", "ends_at": moment(60)})).await;
        let group = id_of(&app.admin("acme").post("/api/groups", json!({"name": "Night"})).await.expect(201).json());
        app.admin("acme").post(&format!("/api/groups/{group}/members"), json!({"user": agent})).await.expect(201);
        give(&app, json!({"group": group, "role": "manager", "reach": "all"})).await;
        let lend = json!({"deputy": agent, "ends_at": moment(30)});
        app.manager("acme").post("/api/delegations", lend).await.expect(201);
        let low = json!({"name": "Low ones", "effect": "allow", "permissions": ["ticket.read"], "condition": {"==": [{"var": "ticket.priority"}, "low"]}});
        app.admin("acme").post("/api/policies", low).await.expect(201);
        let given = of(&explain(&app, asked.clone()).await, "agent").unwrap()["given_by"].clone();
        let told: Vec<(&str, &Value, &Value)> =
            given.as_array().unwrap().iter().map(|one| (one["kind"].as_str().unwrap(), &one["name"], &one["until"])).collect();
        assert_eq!(
            told,
            [
                ("grant", &Value::Null, &json!(moment(60))),
                ("group", &json!("Night"), &Value::Null),
                ("deputy", &json!("acme manager"), &json!(moment(30))),
                ("policy", &json!("Low ones"), &Value::Null),
            ]
        );
        assert_eq!(given[0]["id"], grant.rsplit('/').next().unwrap());

        // At another moment less is left; one who may not is answered about by name only.
        let later = explain(&app, json!({"ticket": id, "at": moment(45), "user": agent})).await;
        assert_eq!(later["data"][0]["given_by"].as_array().unwrap().len(), 3);
        let clients = explain(&app, json!({"ticket": id, "people": "clients"})).await;
        assert!(of(&clients, "client").is_some() && of(&clients, "agent").is_none());
        let other =
            explain(&app, json!({"ticket": id, "permission": "ticket.delete", "user": app.user_id("acme", "client")})).await;
        assert_eq!((&other["data"][0]["may"], &other["data"][0]["given_by"]), (&json!(false), &json!([])));
    });
}

#[test]
fn a_draft_is_tried_without_being_saved() {
    run(async {
        let app = TestApp::new();
        let id = ticket(&app, "A", "priority = 'critical'").await;
        let agent = app.user_id("acme", "agent");
        let critical = json!({"==": [{"var": "ticket.priority"}, "critical"]});
        let saved = json!({"name": "Saved", "effect": "deny", "permissions": ["ticket.update"], "condition": critical});
        let made = app.admin("acme").post("/api/policies", saved).await.expect(201).json();
        let ask = async |draft: Value| {
            let body = json!({"ticket": id, "user": agent, "permission": "ticket.update", "draft": draft});
            explain(&app, body).await["data"][0].clone()
        };
        let now = ask(Value::Null).await;
        assert_eq!((&now["may"], &now["denied_by"][0]["name"]), (&json!(false), &json!("Saved")));
        let lifted = json!({"id": made["id"], "effect": "deny", "permissions": ["ticket.update"], "condition": false});
        assert_eq!(ask(lifted).await["may"], true);
        let path = format!("/api/tickets/{id}");
        let still = app.agent("acme").header("if-match", "*").patch(&path, json!({"priority": "low"})).await.expect(422);
        assert_eq!(fault(&still), ("priority".to_owned(), "not_allowed".to_owned()));
        let refused = app
            .manager("acme")
            .post(
                "/api/policies/explain",
                json!({"ticket": id, "draft": {"effect": "deny", "permissions": [], "condition": {"fly": 1}}}),
            )
            .await;
        assert_eq!(fault(&refused.expect(422)), ("draft.condition".to_owned(), "condition_unknown".to_owned()));
    });
}

#[test]
fn the_list_goes_on_until_everybody_was_looked_at() {
    run(async {
        let app = TestApp::new();
        let id = ticket(&app, "A", "").await;
        let mut people = Vec::new();
        let mut body = json!({"ticket": id, "limit": 1});
        loop {
            let page = explain(&app, body.clone()).await;
            people.extend(page["data"].as_array().unwrap().iter().map(|one| one["role"].as_str().unwrap().to_owned()));
            if page["meta"]["has_more"] == false {
                break;
            }
            body["cursor"] = page["meta"]["next_cursor"].clone();
        }
        people.sort();
        assert_eq!(people, ["admin", "agent", "analyst", "manager"]);
        for wrong in [
            json!({"ticket": id, "permission": "sla.read"}),
            json!({"ticket": id, "limit": 0}),
            json!({"ticket": id, "cursor": "x"}),
            json!({"ticket": id, "people": "robots"}),
            json!({"ticket": id, "user": app.user_id("globex", "agent")}),
        ] {
            app.manager("acme").post("/api/policies/explain", wrong).await.expect(422);
        }
        app.manager("acme").post("/api/policies/explain", json!({"ticket": "ACME-9999"})).await.expect(404);
    });
}
