//! Grants: given, listed, taken back, refused.

use super::*;

/// In minutes, each with a day more.
const TEN_YEARS: i64 = 10 * 366 * 24 * 60;

#[test]
fn a_role_is_given_shown_listed_and_taken_back() {
    run(async {
        let app = TestApp::new();
        let agent = app.user_id("acme", "agent");
        let body = json!({"user": agent, "role": "manager", "reach": "all", "ends_at": moment(60), "reason": "Stands in"});
        app.wakes.borrow_mut().clear();
        let answer = app.admin("acme").post("/api/grants", body).await.expect(201);
        assert!(answer.round_trips <= 3, "{}", answer.round_trips);
        assert!(format!("{:?}", app.wakes.borrow()).contains("renew_people"));
        let made = answer.json();
        let path = format!("/api/grants/{}", id_of(&made));
        assert_eq!(answer.headers.get("location"), Some(path.as_str()));
        assert_eq!((&made["role"], &made["ends_at"]), (&json!("manager"), &json!(moment(60))));
        assert_eq!(app.manager("acme").get(&path).await.expect(200).json(), made);
        assert!(permissions(app.agent("acme")).await.contains(&"access.read".to_owned()));

        let list = app.manager("acme").get(&format!("/api/grants?user={agent}&active=true")).await.expect(200);
        assert!(list.round_trips <= 2);
        assert_eq!(list.json()["data"], json!([made]));
        app.admin("acme").delete(&path).await.expect(204);
        assert!(!permissions(app.agent("acme")).await.contains(&"access.read".to_owned()));
        assert_eq!(app.admin("acme").delete(&path).await.expect(409).code(), "grant_over");
        let of = async |query: &str| {
            app.manager("acme").get(&format!("/api/grants?{query}")).await.expect(200).json()["data"].as_array().unwrap().len()
        };
        assert_eq!((of(&format!("user={agent}&active=true")).await, of(&format!("user={agent}")).await), (0, 1));
        assert_eq!(audited(&app, &id_of(&made)), ["grant.created", "grant.revoked"]);
        let detail = app.asked("acme", "SELECT detail FROM audit_logs WHERE action = 'grant.created'").remove(0);
        assert!(detail.contains(&moment(60)), "{detail}");
    });
}

#[test]
fn what_cannot_be_given_is_named_by_its_field() {
    run(async {
        let app = TestApp::new();
        let (agent, client) = (app.user_id("acme", "agent"), app.user_id("acme", "client"));
        let stranger = app.user_id("globex", "agent");
        for (body, field, code) in [
            (json!({"user": agent, "role": "king", "reach": "all"}), "role", "unknown_value"),
            (json!({"user": client, "role": "agent", "reach": "all"}), "role", "role_not_for_clients"),
            (json!({"user": stranger, "role": "agent", "reach": "all"}), "user", "unknown_value"),
            (json!({"role": "agent", "reach": "all"}), "user", "required"),
            (json!({"user": agent, "group": format!("grp_{:032x}", 1), "role": "agent", "reach": "all"}), "group", "one_of_two"),
            (json!({"user": agent, "role": "agent", "reach": "all", "ends_at": moment(0)}), "ends_at", "bad_period"),
            (json!({"user": agent, "role": "agent", "reach": "all", "ends_at": moment(TEN_YEARS + 1)}), "ends_at", "bad_period"),
            (
                json!({"user": agent, "role": "agent", "reach": "all", "place": format!("dep_{:032x}", 1)}),
                "place",
                "unknown_value",
            ),
            (json!({"user": agent, "role": "agent", "reach": "all", "colour": 1}), "colour", "unknown_field"),
        ] {
            let refused = app.admin("acme").post("/api/grants", body.clone()).await.expect(422);
            assert_eq!(fault(&refused), (field.to_owned(), code.to_owned()), "{body}");
        }
        app.manager("acme").get("/api/grants?active=true").await.expect(422);
        app.admin("acme").get(&format!("/api/grants/gra_{:032x}", 7)).await.expect(404);
    });
}

#[test]
fn nobody_gives_or_takes_back_more_than_they_hold() {
    run(async {
        let app = TestApp::new();
        let agent = app.user_id("acme", "agent");
        reduce(&app, "manager", &["access.read", "access.manage", "ticket.read"]).await;
        let mut body = json!({"user": agent, "role": "manager", "reach": "all"});
        assert_eq!(app.manager("acme").post("/api/grants", body.clone()).await.expect(403).code(), "more_than_own");
        let path = give(&app, body.clone()).await;
        assert_eq!(app.manager("acme").delete(&path).await.expect(403).code(), "more_than_own");
        let reader = json!({"name": "Reader", "base": "agent", "permissions": ["ticket.read"]});
        body["role"] = app.manager("acme").post("/api/roles", reader).await.expect(201).json()["id"].clone();
        app.manager("acme").post("/api/grants", body).await.expect(201);
    });
}

#[test]
fn whoever_moves_somebody_must_hold_what_moves_with_them() {
    run(async {
        let app = TestApp::new();
        let agent = app.user_id("acme", "agent");
        let department =
            id_of(&app.admin("acme").post("/api/departments", json!({"name": "Second line"})).await.expect(201).json());
        reduce(&app, "manager", &["user.read", "user.manage"]).await;
        let path = format!("/api/users/{agent}");
        app.manager("acme").patch(&path, json!({"department": department})).await.expect(200);
        give(&app, json!({"user": agent, "role": "manager", "reach": "department", "ends_at": moment(60)})).await;
        assert_eq!(app.manager("acme").patch(&path, json!({"department": null})).await.expect(403).code(), "more_than_own");
        app.manager("acme").patch(&path, json!({"name": "Another name"})).await.expect(200);
        app.wakes.borrow_mut().clear();
        let moved = app.admin("acme").patch(&path, json!({"department": null})).await.expect(200);
        assert!(moved.round_trips <= 3, "{}", moved.round_trips);
        assert!(format!("{:?}", app.wakes.borrow()).contains("renew_people"), "open pages come back");
    });
}

#[test]
fn a_person_has_a_limited_number_of_grants() {
    run(async {
        let app = TestApp::new();
        let agent = app.user_id("acme", "agent");
        for _ in 0..50 {
            give(&app, json!({"user": agent, "role": "client", "reach": "own"})).await;
        }
        let body = json!({"user": agent, "role": "client", "reach": "own"});
        assert_eq!(app.admin("acme").post("/api/grants", body).await.expect(409).code(), "grant_limit");
        let mut seen = Vec::new();
        let mut target = format!("/api/grants?user={agent}&limit=20");
        loop {
            let page = app.manager("acme").get(&target).await.expect(200).json();
            seen.extend(page["data"].as_array().unwrap().iter().map(id_of));
            match page["meta"]["next_cursor"].as_str() {
                Some(cursor) => target = format!("/api/grants?user={agent}&limit=20&cursor={cursor}"),
                None => break,
            }
        }
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 50);
    });
}

#[test]
fn what_is_held_for_a_time_or_lent_can_be_used_and_not_given_on() {
    run(async {
        let app = TestApp::new();
        let agent = app.user_id("acme", "agent");
        let analyst = app.user_id("acme", "analyst");
        let gives = || async {
            let to_others =
                app.agent("acme").post("/api/grants", json!({"user": analyst, "role": "manager", "reach": "all"})).await;
            let to_a_program = app.agent("acme").post("/api/service-accounts", json!({"name": "Program", "role": "admin"})).await;
            [to_others, to_a_program].map(|answer| (answer.status, answer.json()["code"].clone()))
        };
        let refused = (403, json!("more_than_own"));
        let body = json!({"user": agent, "role": "admin", "reach": "all", "ends_at": moment(60)});
        let grant = give(&app, body).await;
        app.agent("acme").get("/api/roles").await.expect(200);
        assert_eq!(gives().await, [refused.clone(), refused.clone()]);
        // What the person has for good can be given on, by the right that is only held for a time.
        let less = json!({"user": analyst, "role": "agent", "reach": "all"});
        app.agent("acme").post("/api/grants", less).await.expect(201);
        app.admin("acme").delete(&grant).await.expect(204);

        app.admin("acme").post("/api/delegations", json!({"deputy": agent, "ends_at": moment(60)})).await.expect(201);
        app.agent("acme").get("/api/roles").await.expect(200);
        assert_eq!(gives().await, [refused.clone(), refused]);

        give(&app, json!({"user": agent, "role": "admin", "reach": "all"})).await;
        assert_eq!(gives().await.map(|(status, _)| status), [201, 201]);
    });
}

#[test]
fn a_grant_for_a_time_lasts_ten_years_at_most() {
    run(async {
        let app = TestApp::new();
        let agent = app.user_id("acme", "agent");
        give(&app, json!({"user": agent, "role": "manager", "reach": "all", "ends_at": moment(TEN_YEARS)})).await;
    });
}
