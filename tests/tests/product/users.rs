//! People, organizations, departments, categories and settings, as an administrator keeps them.

use serde_json::{Value, json};
use tests::app::{PASSWORD, TestApp};

fn run(test: impl Future<Output = ()>) {
    pollster::block_on(test);
}

fn names(list: &Value) -> Vec<String> {
    list["data"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
}

fn audit(app: &TestApp, action: &str) -> Vec<Value> {
    app.tenant_database("acme").inspect(|connection| {
        let mut statement = connection.prepare("SELECT detail FROM audit_logs WHERE action = ?1 ORDER BY at, id").unwrap();
        let rows = statement.query_map([action], |row| row.get::<_, String>(0)).unwrap();
        rows.map(|detail| serde_json::from_str(&detail.unwrap()).unwrap()).collect()
    })
}

#[test]
fn the_directory_goes_page_by_page_in_order_of_names() {
    run(async {
        let app = TestApp::new();
        let mut seen = Vec::new();
        let mut target = "/api/users?limit=2".to_owned();
        loop {
            let answer = app.agent("acme").get(&target).await.expect(200);
            assert!(answer.round_trips <= 2);
            let page = answer.json();
            seen.extend(names(&page));
            match page["meta"]["next_cursor"].as_str() {
                Some(cursor) => target = format!("/api/users?limit=2&cursor={cursor}"),
                None => break,
            }
        }
        assert_eq!(seen, ["acme admin", "acme agent", "acme analyst", "acme client", "acme manager"]);
    });
}

#[test]
fn names_stand_as_in_dictionaries_and_are_found_as_they_are_typed() {
    run(async {
        let app = TestApp::new();
        for name in ["Яков Лёвин", "Ёлкина Вера", "Жуков Пётр", "Ершов Иван", "de Vries Anna", "Zhang Wei"]
        {
            let email = format!("{}@names.example", name.len() * 100 + name.chars().next().map_or(0, |letter| letter as usize));
            let body = json!({"name": name, "email": email, "role": "client"});
            app.admin("acme").post("/api/users", body).await.expect(201);
        }
        let list = async |query: &str| names(&app.admin("acme").get(&format!("/api/users?{query}")).await.expect(200).json());
        let clients = list("role=client&limit=100").await;
        assert_eq!(
            clients,
            ["acme client", "de Vries Anna", "Zhang Wei", "Ёлкина Вера", "Ершов Иван", "Жуков Пётр", "Яков Лёвин"]
        );
        for typed in ["елк", "ёлк", "Елк"] {
            assert_eq!(list(&format!("q={}", urlencoding(typed))).await, ["Ёлкина Вера"], "{typed}");
        }
        assert_eq!(list("q=ZHANG").await, ["Zhang Wei"]);

        for name in ["Ёж и партнёры", "Жираф", "Енот"] {
            app.admin("acme").post("/api/organizations", json!({"name": name})).await.expect(201);
        }
        let mut seen = Vec::new();
        let mut target = "/api/organizations?limit=1".to_owned();
        for _ in 0..4 {
            let page = app.agent("acme").get(&target).await.expect(200).json();
            seen.extend(names(&page));
            let Some(cursor) = page["meta"]["next_cursor"].as_str() else { break };
            target = format!("/api/organizations?limit=1&cursor={cursor}");
        }
        assert_eq!(seen, ["acme client company", "Ёж и партнёры", "Енот", "Жираф"]);
        let found = app.agent("acme").get(&format!("/api/organizations?q={}", urlencoding("Еж"))).await.expect(200).json();
        assert_eq!(names(&found), ["Ёж и партнёры"]);
    });
}

fn urlencoding(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

#[test]
fn the_directory_is_narrowed_by_role_status_company_and_beginning() {
    run(async {
        let app = TestApp::new();
        let list = async |query: &str| app.agent("acme").get(&format!("/api/users?{query}")).await.expect(200).json();
        assert_eq!(names(&list("role=client").await), ["acme client"]);
        assert!(names(&list("status=disabled").await).is_empty());
        let organization = list("role=client").await["data"][0]["organization"]["id"].as_str().unwrap().to_owned();
        assert_eq!(names(&list(&format!("organization={organization}")).await), ["acme client"]);
        assert_eq!(names(&list("q=MANA").await), ["acme manager"], "by address, whatever the case");
        assert_eq!(names(&list("q=acme%20a").await), ["acme admin", "acme agent", "acme analyst"]);
        assert_eq!(names(&list("q=acme%20a&role=agent").await), ["acme agent"]);
        for bad in ["role=king", "limit=0", "limit=101", "cursor=zzz", "colour=red"] {
            app.agent("acme").get(&format!("/api/users?{bad}")).await.expect(422);
        }
    });
}

#[test]
fn an_added_person_gets_a_link_and_chooses_a_password() {
    run(async {
        let app = TestApp::new();
        let body = json!({"email": "New.Person@Client.example", "name": "New Person", "role": "agent", "locale": "en"});
        let answer = app.admin("acme").post("/api/users", body.clone()).await.expect(201);
        assert!(answer.round_trips <= 3);
        let user = answer.json();
        assert_eq!((user["email"].as_str(), user["status"].as_str()), (Some("new.person@client.example"), Some("active")));
        assert_eq!(answer.headers.get("location"), Some(format!("/api/users/{}", user["id"].as_str().unwrap()).as_str()));
        assert_eq!(app.admin("acme").post("/api/users", body).await.expect(409).code(), "email_taken");
        let template: String = app.tenant_database("acme").inspect(|connection| {
            connection
                .query_row("SELECT template FROM outbox WHERE recipient = 'new.person@client.example'", [], |row| row.get(0))
                .unwrap()
        });
        assert_eq!(template, "password_reset");
        assert_eq!(audit(&app, "user.created").len(), 1);
        let wrong = json!({"email": "nope", "name": " ", "role": "agent"});
        let faults = app.admin("acme").post("/api/users", wrong).await.expect(422).json()["errors"].clone();
        assert_eq!(faults.as_array().unwrap().len(), 2);
    });
}

#[test]
fn whoever_is_disabled_is_out_at_once_and_cannot_come_back() {
    run(async {
        let app = TestApp::new();
        app.agent("acme").get("/api/auth/me").await.expect(200);
        let path = format!("/api/users/{}", app.user_id("acme", "agent"));
        app.admin("acme").patch(&path, json!({"status": "disabled"})).await.expect(200);
        app.agent("acme").get("/api/auth/me").await.expect(401);
        app.agent("acme").in_browser().get("/api/auth/me").await.expect(401);
        let login = json!({"username": "agent@acme.example", "password": PASSWORD});
        app.anon("acme").post("/api/auth/login", login.clone()).await.expect(401);
        // Back again, but the old sessions stay dead.
        app.admin("acme").patch(&path, json!({"status": "active"})).await.expect(200);
        app.agent("acme").get("/api/auth/me").await.expect(401);
        app.anon("acme").post("/api/auth/login", login).await.expect(200);
        let lines = audit(&app, "user.updated");
        let is_the_end = |line: &Value| line["from"]["status"] == "active" && line["to"]["status"] == "disabled";
        assert_eq!(lines.iter().filter(|line| is_the_end(line)).count(), 1, "{lines:?}");
    });
}

#[test]
fn the_last_administrator_stays_one() {
    run(async {
        let app = TestApp::new();
        let admin = format!("/api/users/{}", app.user_id("acme", "admin"));
        for change in [json!({"role": "agent"}), json!({"status": "disabled"})] {
            assert_eq!(app.admin("acme").patch(&admin, change).await.expect(409).code(), "last_admin");
        }
        let manager = format!("/api/users/{}", app.user_id("acme", "manager"));
        app.admin("acme").patch(&manager, json!({"role": "admin"})).await.expect(200);
        // Two administrators cannot both go at the same moment.
        app.tenant_database("acme").interleave(true);
        let (one, other) = futures::join!(
            app.admin("acme").patch(&manager, json!({"role": "agent"})),
            app.manager("acme").patch(&admin, json!({"role": "agent"}))
        );
        app.tenant_database("acme").interleave(false);
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
    });
}

#[test]
fn a_change_based_on_an_old_version_is_refused() {
    run(async {
        let app = TestApp::new();
        let path = format!("/api/users/{}", app.user_id("acme", "client"));
        let etag = app.admin("acme").get(&path).await.expect(200).headers.get("etag").unwrap().to_owned();
        app.admin("acme").header("if-match", &etag).patch(&path, json!({"name": "One"})).await.expect(200);
        app.admin("acme").header("if-match", &etag).patch(&path, json!({"name": "Two"})).await.expect(412);
        assert_eq!(app.admin("acme").get(&path).await.json()["name"], "One");
        for bad in [
            json!({"email": "x@y.example"}),
            json!({"status": "unverified"}),
            json!({"mail_blocked": true}),
            json!({"organization": "org_x"}),
        ] {
            app.admin("acme").patch(&path, bad).await.expect(422);
        }
        let foreign = json!({"organization": format!("org_{}", "9".repeat(32))});
        assert_eq!(app.admin("acme").patch(&path, foreign).await.expect(422).json()["errors"][0]["field"], "organization");
    });
}

#[test]
fn organizations_departments_and_categories_are_added_changed_and_listed() {
    run(async {
        let app = TestApp::new();
        let organization = app
            .admin("acme")
            .post("/api/organizations", json!({"name": "Zeta Ltd", "customer_type": "vip"}))
            .await
            .expect(201)
            .json();
        assert_eq!(
            app.admin("acme").post("/api/organizations", json!({"name": "Zeta Ltd"})).await.expect(409).code(),
            "name_taken"
        );
        app.admin("acme").post("/api/organizations", json!({"name": "X", "customer_type": "Very Important"})).await.expect(422);
        let path = format!("/api/organizations/{}", organization["id"].as_str().unwrap());
        assert_eq!(app.admin("acme").patch(&path, json!({"name": "Eta Ltd"})).await.expect(200).json()["customer_type"], "vip");
        assert_eq!(names(&app.agent("acme").get("/api/organizations?q=Eta").await.expect(200).json()), ["Eta Ltd"]);
        let first = app.agent("acme").get("/api/organizations?limit=1").await.expect(200).json();
        let cursor = first["meta"]["next_cursor"].as_str().unwrap();
        let second = app.agent("acme").get(&format!("/api/organizations?limit=1&cursor={cursor}")).await.expect(200).json();
        assert_eq!([names(&first), names(&second)].concat(), ["acme client company", "Eta Ltd"]);

        let department =
            app.manager("acme").post("/api/departments", json!({"name": "Second line", "position": 1})).await.expect(201).json();
        let path = format!("/api/departments/{}", department["id"].as_str().unwrap());
        assert_eq!(app.manager("acme").patch(&path, json!({"archived": true})).await.expect(200).json()["archived"], true);
        assert_eq!(names(&app.agent("acme").get("/api/departments").await.expect(200).json()), ["First line", "Second line"]);

        let body = json!({"slug": "payroll", "name": "Payroll", "department": department["id"], "position": 7});
        app.manager("acme").post("/api/categories", body.clone()).await.expect(201);
        app.manager("acme").post("/api/categories", body).await.expect(409);
        app.manager("acme").post("/api/categories", json!({"slug": "Bad Slug", "name": "x"})).await.expect(422);
        let changed = app
            .manager("acme")
            .patch("/api/categories/payroll", json!({"name": "Wages", "department": null}))
            .await
            .expect(200)
            .json();
        assert_eq!((&changed["name"], &changed["department"], &changed["position"]), (&json!("Wages"), &Value::Null, &json!(7)));
        assert_eq!(names(&app.client("acme").get("/api/categories").await.expect(200).json()), ["Sales", "Accounting", "Wages"]);
        for action in [
            "organization.created",
            "organization.updated",
            "department.created",
            "department.updated",
            "category.created",
            "category.updated",
        ] {
            assert!(!audit(&app, action).is_empty(), "{action}");
        }
    });
}

#[test]
fn settings_are_checked_changed_in_part_and_in_force_soon() {
    run(async {
        let app = TestApp::new();
        let before = app.admin("acme").get("/api/tenant/settings").await.expect(200).json();
        assert_eq!(before["ticket_prefix"], "ACME");
        for (field, value) in [
            ("ticket_prefix", json!("acme 1")),
            ("brand_color", json!("red; background: url(x)")),
            ("reopen_window_days", json!(1000)),
            ("auto_close_days", json!(0)),
            ("logo_url", json!("javascript:alert(1)")),
            ("mailbox_local_part", json!("a@b")),
            ("mailbox_local_part", json!("a".repeat(24))),
            ("erp_modules", json!(["With Blank"])),
            ("registration_open", json!("yes")),
            ("unknown", json!(1)),
        ] {
            let mut change = serde_json::Map::new();
            change.insert(field.to_owned(), value);
            let answer = app.admin("acme").patch("/api/tenant/settings", Value::Object(change)).await.expect(422);
            assert_eq!(answer.json()["errors"][0]["field"], field);
        }
        let after = app.admin("acme").patch("/api/tenant/settings", json!({"registration_open": false})).await.expect(200).json();
        assert_eq!((&after["registration_open"], &after["ticket_prefix"]), (&json!(false), &json!("ACME")));
        assert_eq!(app.admin("acme").get("/api/tenant/settings").await.expect(200).json(), after);
        app.advance(chrono::TimeDelta::seconds(31));
        app.anon("acme").get("/register").await.expect(404);
        app.anon("globex").get("/register").await.expect(200);
        assert_eq!(audit(&app, "tenant.settings_changed").len(), 1);
    });
}

#[test]
fn two_administrators_at_once_do_not_undo_each_other() {
    run(async {
        let app = TestApp::new();
        let both = async |one: Value, other: Value| {
            app.platform.databases["PLATFORM_DB"].interleave(true);
            let change = |body: Value| app.admin("acme").patch("/api/tenant/settings", body);
            let (one, other) = futures::join!(change(one), change(other));
            app.platform.databases["PLATFORM_DB"].interleave(false);
            let mut statuses = [one.status, other.status];
            statuses.sort_unstable();
            statuses
        };
        // Of one field the second has not seen what the first wrote.
        assert_eq!(both(json!({"auto_close_days": 9}), json!({"auto_close_days": 11})).await, [200, 412]);
        assert_eq!(audit(&app, "tenant.settings_changed").len(), 1);
        app.advance(chrono::TimeDelta::seconds(31));
        // Of different fields each has its way.
        assert_eq!(both(json!({"rating_reminder_days": 5}), json!({"reopen_window_days": 21})).await, [200, 200]);
        let after = app.admin("acme").get("/api/tenant/settings").await.expect(200).json();
        assert_eq!((&after["rating_reminder_days"], &after["reopen_window_days"]), (&json!(5), &json!(21)));
        assert_eq!(audit(&app, "tenant.settings_changed").len(), 3);
    });
}
