//! The desk's pages.

use serde_json::json;
use tests::app::TestApp;

async fn ticket(app: &TestApp) -> String {
    let created = app
        .client("acme")
        .post(
            "/api/tickets",
            json!({"title": "Склад не сходится", "description": "Остатки разошлись после обмена.", "category": "sales"}),
        )
        .await
        .expect(201);
    created.json()["number"].as_str().unwrap().to_owned()
}

#[test]
fn an_agent_answers_by_form_and_the_client_sees_the_answer_but_not_the_note() {
    pollster::block_on(async {
        let app = TestApp::new();
        let number = ticket(&app).await;
        let path = format!("/agent/tickets/{number}/comments");
        app.agent("acme")
            .in_browser()
            .submit(&path, &[("body", "Проверяем **обмен**."), ("visibility", "public"), ("version", "1")])
            .await
            .expect(303);
        app.agent("acme")
            .in_browser()
            .submit(&path, &[("body", "Похоже на старый сбой."), ("visibility", "internal"), ("version", "2")])
            .await
            .expect(303);
        let desk = app.agent("acme").in_browser().get(&format!("/agent/tickets/{number}")).await.expect(200);
        assert!(desk.text().contains("<strong>обмен</strong>") && desk.text().contains("Похоже на старый сбой."));
        assert_eq!(desk.round_trips, 2, "the session, and everything of the page");
        let client = app.client("acme").in_browser().get(&format!("/tickets/{number}")).await.expect(200).text();
        assert!(client.contains("<strong>обмен</strong>") && !client.contains("Похоже на старый сбой."));
    });
}

#[test]
fn a_comment_that_is_refused_comes_back_with_its_text() {
    pollster::block_on(async {
        let app = TestApp::new();
        let number = ticket(&app).await;
        let answer = app
            .agent("acme")
            .in_browser()
            .submit(
                &format!("/agent/tickets/{number}/comments"),
                &[("body", "Долгий ответ"), ("visibility", "public"), ("status", "asleep")],
            )
            .await
            .expect(422);
        assert!(answer.text().contains("Долгий ответ"));
    });
}

#[test]
fn fields_are_changed_by_form_and_a_stale_form_is_refused_with_what_was_typed() {
    pollster::block_on(async {
        let app = TestApp::new();
        let number = ticket(&app).await;
        let path = format!("/agent/tickets/{number}/fields");
        let agent = app.user_id("acme", "agent");
        let form = [("version", "1"), ("priority", "high"), ("assignee", agent.as_str()), ("tags", "обмен, склад")];
        app.agent("acme").in_browser().submit(&path, &form).await.expect(303);
        let changed = app.agent("acme").get(&format!("/api/tickets/{number}")).await.expect(200).json();
        assert_eq!(changed["priority"], "high");
        assert_eq!(changed["assignee"]["id"], agent);
        assert_eq!(changed["tags"], json!(["обмен", "склад"]));
        let stale = app.agent("acme").in_browser().submit(&path, &[("version", "1"), ("priority", "low")]).await.expect(412);
        assert!(stale.text().contains(&number));
    });
}

#[test]
fn saving_a_stale_form_once_more_undoes_nothing_that_was_not_touched() {
    pollster::block_on(async {
        let app = TestApp::new();
        let number = ticket(&app).await;
        let path = format!("/agent/tickets/{number}/fields");
        let manager = app.user_id("acme", "manager");
        // Both open the form; the manager takes the ticket, the agent changes the priority.
        let taken = [("assignee", manager.as_str()), ("was_assignee", ""), ("version", "1")];
        app.manager("acme").in_browser().submit(&path, &taken).await.expect(303);
        let shown = [("was_assignee", ""), ("assignee", ""), ("was_priority", "medium"), ("priority", "high")];
        let stale =
            app.agent("acme").in_browser().submit(&path, &[&shown[..], &[("version", "1")]].concat()).await.expect(412).text();
        let option = |value: &str| {
            let found = stale.split("<option ").find(|option| option.starts_with(&format!("value=\"{value}\"")));
            found.unwrap().split('>').next().unwrap().contains("selected")
        };
        assert!(option("high"), "what the agent changed");
        assert!(option(&manager), "what the manager did meanwhile");
        app.agent("acme").in_browser().submit(&path, &[&shown[..], &[("version", "2")]].concat()).await.expect(303);
        let now = app.agent("acme").get(&format!("/api/tickets/{number}")).await.expect(200).json();
        assert_eq!((&now["priority"], &now["assignee"]["id"]), (&json!("high"), &json!(manager)));
    });
}

#[test]
fn a_title_is_mended_and_a_file_removed_from_the_page_and_custom_fields_are_read_there() {
    pollster::block_on(async {
        let app = TestApp::new();
        let body = json!({"title": "Не печатет", "description": "С утра.", "custom_fields": {"contract": "Д-17"}});
        let number = app.agent("acme").post("/api/tickets", body).await.expect(201).json()["number"].as_str().unwrap().to_owned();
        let fields = format!("/agent/tickets/{number}/fields");
        let mended = [("title", "Не печатает"), ("was_title", "Не печатет"), ("version", "1")];
        app.agent("acme").in_browser().submit(&fields, &mended).await.expect(303);
        let page = app.agent("acme").in_browser().get(&format!("/agent/tickets/{number}")).await.expect(200).text();
        assert!(page.contains("<h1><bdi>Не печатает</bdi></h1>") && page.contains(">Д-17</bdi>"));
        let empty =
            app.agent("acme").in_browser().submit(&fields, &[("title", " "), ("was_title", "Не печатает"), ("version", "2")]);
        empty.await.expect(422);
    });
}

#[test]
fn a_refused_escalation_comes_back_with_its_words_and_can_be_taken_back_later() {
    pollster::block_on(async {
        let app = TestApp::new();
        let number = ticket(&app).await;
        let path = format!("/agent/tickets/{number}/escalate");
        let long = "я".repeat(501);
        let refused = app
            .agent("acme")
            .in_browser()
            .submit(&path, &[("level", "2"), ("reason", &long), ("version", "1")])
            .await
            .expect(422)
            .text();
        assert!(refused.contains(&long) && refused.contains("id=\"escalate\" aria-labelledby=\"escalate-h\" open"));
        let words = [("level", "2"), ("reason", "Ждут к отчётности"), ("version", "1")];
        app.agent("acme").in_browser().submit(&path, &words).await.expect(303);
        let page = app.agent("acme").in_browser().get(&format!("/agent/tickets/{number}")).await.expect(200).text();
        assert!(page.contains("<bdi>Ждут к отчётности</bdi>"));
        app.agent("acme").in_browser().submit(&path, &[("level", "0"), ("version", "2")]).await.expect(303);
        let now = app.agent("acme").get(&format!("/api/tickets/{number}")).await.expect(200).json();
        assert_eq!(now["escalation"]["level"], 0);
    });
}

#[test]
fn a_field_whose_value_is_no_longer_in_use_stays_chosen_on_the_form() {
    pollster::block_on(async {
        let app = TestApp::new();
        let admin = || app.admin("acme");
        admin().post("/api/categories", json!({ "slug": "printing", "name": "Печать" })).await.expect(201);
        let assignee = app.user_id("acme", "agent");
        let body = json!({ "title": "Не печатает", "description": "С утра.", "category": "printing", "assignee": assignee });
        let number =
            app.manager("acme").post("/api/tickets", body).await.expect(201).json()["number"].as_str().unwrap().to_owned();
        admin().patch("/api/categories/printing", json!({ "archived": true })).await.expect(200);
        admin().patch(&format!("/api/users/{assignee}"), json!({ "status": "disabled" })).await.expect(200);
        let page = app.manager("acme").in_browser().get(&format!("/agent/tickets/{number}")).await.expect(200).text();
        for value in ["printing", &assignee] {
            let option = page.split("<option ").find(|option| option.starts_with(&format!("value=\"{value}\""))).unwrap();
            assert!(option.split('>').next().unwrap().contains("selected"), "{value}: {option}");
        }
    });
}

#[test]
fn the_desk_opens_a_ticket_for_somebody_who_called() {
    pollster::block_on(async {
        let app = TestApp::new();
        let form = [
            ("title", "Звонок: не печатается чек"),
            ("description", "Касса 3"),
            ("requester", "Caller@Shop.example"),
            ("requester_name", "Пётр"),
        ];
        let answer = app.agent("acme").in_browser().submit("/agent/tickets/new", &form).await.expect(303);
        let location = answer.headers.get("location").unwrap().to_owned();
        let page = app.agent("acme").in_browser().get(&location).await.expect(200).text();
        assert!(page.contains("не печатается чек") && page.contains("caller@shop.example"));
    });
}

#[test]
fn a_visitor_writes_a_ticket_and_nothing_of_it_is_mailed_before_the_address_is_confirmed() {
    pollster::block_on(async {
        let app = TestApp::new();
        let form = [
            ("title", "Секретный заголовок"),
            ("description", "Секретный текст"),
            ("email", "guest@shop.example"),
            ("name", "Гость"),
        ];
        app.anon("acme").submit("/tickets/new", &form).await.expect(200);
        let rows: Vec<(String, String)> = app.tenant_database("acme").inspect(|connection| {
            let mut query =
                connection.prepare("SELECT template, data FROM outbox WHERE recipient = 'guest@shop.example'").unwrap();
            query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect()
        });
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].0, "confirm_address");
        assert!(!rows[0].1.contains("Секретный"), "{rows:?}");
    });
}

#[test]
fn a_visitor_reads_in_words_what_is_wrong_with_an_address() {
    pollster::block_on(async {
        let app = TestApp::new();
        let form = [("title", "A title"), ("description", "A text"), ("email", "no address")];
        let page = app.anon("acme").header("accept-language", "en").submit("/tickets/new", &form).await.expect(422).text();
        assert!(page.contains("This is not an e-mail address."), "{page}");
    });
}

#[test]
fn what_a_visitor_typed_is_counted_without_keeping_it() {
    pollster::block_on(async {
        let app = TestApp::new();
        let form = [("title", "A title"), ("description", "A text"), ("email", "guest@shop.example")];
        app.anon("acme").submit("/tickets/new", &form).await.expect(200);
        let keys = app.asked("acme", "SELECT key FROM attempts");
        assert_eq!(keys.len(), 2);
        assert!(keys.iter().all(|key| key.len() == 64 && !key.contains("guest")), "{keys:?}");
    });
}

#[test]
fn departments_and_categories_are_added_renamed_and_archived_by_form() {
    pollster::block_on(async {
        let app = TestApp::new();
        let manager = || app.manager("acme").in_browser();
        manager().submit("/agent/settings/departments", &[("name", "Вторая линия")]).await.expect(303);
        manager().submit("/agent/settings/categories", &[("name", "Обмен с банком")]).await.expect(303);
        let page = manager().get("/agent/settings").await.expect(200).text();
        assert!(page.contains("Вторая линия") && page.contains("Обмен с банком"));
        let dep = app.asked("acme", "SELECT id FROM departments WHERE name = 'Вторая линия'").remove(0);
        let slug = app.asked("acme", "SELECT slug FROM categories WHERE name = 'Обмен с банком'").remove(0);
        let order = || app.asked("acme", "SELECT id FROM departments ORDER BY position, name");
        let place = order().iter().position(|id| *id == dep).unwrap();
        let moved = manager()
            .submit("/agent/settings/departments", &[("id", &dep), ("move", if place == 0 { "down" } else { "up" })])
            .await;
        assert!(moved.expect(303).round_trips <= 3);
        assert_eq!(
            order().iter().position(|id| *id == dep).unwrap(),
            if place == 0 { 1.min(order().len() - 1) } else { place - 1 }
        );
        let given = [("id", slug.as_str()), ("name", "Обмен с банком"), ("department", dep.as_str())];
        manager().submit("/agent/settings/categories", &given).await.expect(303);
        assert_eq!(app.asked("acme", &format!("SELECT department_id FROM categories WHERE slug = '{slug}'")), [dep]);
        let twice = manager().submit("/agent/settings/departments", &[("name", "Вторая линия")]).await.expect(409);
        assert!(twice.text().contains("Вторая линия"));
        let id = manager().get("/api/departments").await.expect(200).json()["data"]
            .as_array()
            .unwrap()
            .iter()
            .find(|each| each["name"] == "Вторая линия")
            .unwrap()["id"]
            .as_str()
            .unwrap()
            .to_owned();
        manager().submit("/agent/settings/departments", &[("id", &id), ("archived", "1")]).await.expect(303);
        let page = app.agent("acme").in_browser().get("/agent/tickets/new").await.expect(200).text();
        assert!(!page.contains("Вторая линия"));
    });
}

#[test]
fn tickets_are_merged_linked_split_and_changed_in_bulk_by_form() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (one, two) = (ticket(&app).await, ticket(&app).await);
        let agent = || app.agent("acme").in_browser();
        agent().submit(&format!("/agent/tickets/{one}/link"), &[("kind", "duplicate"), ("number", &two)]).await.expect(303);
        let page = agent().get(&format!("/agent/tickets/{one}")).await.expect(200);
        assert!(page.text().contains(&format!("/agent/tickets/{two}")));
        assert_eq!(page.round_trips, 2);
        agent().submit(&format!("/agent/tickets/{one}/followers"), &[("add", "colleague@client.example")]).await.expect(303);
        let form = [("ticket", one.as_str()), ("ticket", two.as_str()), ("priority", "critical"), ("tag", "авария")];
        agent().submit("/agent/tickets/bulk", &form).await.expect(303);
        for number in [&one, &two] {
            let changed = app.agent("acme").get(&format!("/api/tickets/{number}")).await.expect(200).json();
            assert_eq!(changed["priority"], "critical");
            assert_eq!(changed["tags"], json!(["авария"]));
        }
        let form = [("ticket", one.as_str()), ("ticket", two.as_str()), ("tag", "касса"), ("untag", "Авария")];
        let answer = agent().submit("/agent/tickets/bulk", &form).await.expect(303);
        assert!(answer.round_trips <= 2 + 2, "{}", answer.round_trips);
        for number in [&one, &two] {
            assert_eq!(
                app.agent("acme").get(&format!("/api/tickets/{number}")).await.expect(200).json()["tags"],
                json!(["касса"])
            );
        }
        let queue = agent().get("/agent/tickets").await.expect(200).text();
        assert!(queue.contains("name=\"untag\""), "{queue}");
        agent().submit(&format!("/agent/tickets/{one}/merge"), &[("into", &two)]).await.expect(303);
        assert_eq!(app.agent("acme").get(&format!("/api/tickets/{one}")).await.expect(200).json()["merged_into"], two);
        agent().submit(&format!("/agent/tickets/{one}/unmerge"), &[]).await.expect(303);
        assert_eq!(app.agent("acme").get(&format!("/api/tickets/{one}")).await.expect(200).json()["merged_into"], json!(null));
        let itself = agent().submit(&format!("/agent/tickets/{one}/merge"), &[("into", &one)]).await;
        assert!(matches!(itself.status, 409 | 422), "{}", itself.status);
    });
}

#[test]
fn a_ticket_s_page_takes_two_round_trips_with_its_calendar_links_and_the_requester_s_other_tickets() {
    pollster::block_on(async {
        let app = TestApp::new();
        let office = json!({"name": "Поздняя смена", "zone": "Europe/Moscow", "around_the_clock": true});
        let office = app.manager("acme").post("/api/sla/calendars", office).await.expect(201).json();
        let rule = json!({"name": "Золотой договор", "calendar_id": office["id"]});
        app.manager("acme").post("/api/sla/rules", rule).await.expect(201);
        let other = ticket(&app).await;
        let number = ticket(&app).await;
        let foreign = json!({"title": "Чужой заголовок", "description": "-", "requester": {"email": "else@shop.example"}});
        app.agent("acme").post("/api/tickets", foreign).await.expect(201);
        let id = app.agent("acme").get(&format!("/api/tickets/{number}")).await.expect(200).json()["id"].clone();
        for named in [number.as_str(), id.as_str().unwrap()] {
            let page = app.agent("acme").in_browser().get(&format!("/agent/tickets/{named}")).await.expect(200);
            assert_eq!(page.round_trips, 2);
            let page = page.text();
            assert!(page.contains("Поздняя смена") && page.contains("Золотой договор"));
            assert!(page.contains(&format!("href=\"/agent/tickets/{other}\"")), "the requester's other ticket");
            assert!(!page.contains("Чужой заголовок"), "a ticket of somebody else");
        }
        let hidden = app.agent("globex").in_browser().get(&format!("/agent/tickets/{}", id.as_str().unwrap())).await.expect(404);
        assert!(!hidden.text().contains("Поздняя смена"));
    });
}

#[test]
fn whoever_may_not_open_tickets_is_offered_no_form_and_has_none_taken() {
    pollster::block_on(async {
        let app = TestApp::new();
        let analyst = || app.signed_in("acme", "analyst").in_browser();
        let form = [("title", "A title"), ("description", "A text")];
        analyst().submit_multipart("/tickets/new", &form).await.expect(403);
        for (page, link) in [("/agent/tickets", "href=\"/agent/tickets/new\""), ("/tickets", "href=\"/tickets/new\"")] {
            assert!(!analyst().get(page).await.expect(200).text().contains(link), "{page}");
            assert!(app.agent("acme").in_browser().get(page).await.expect(200).text().contains(link), "{page}");
        }
    });
}

#[test]
fn the_queue_of_deleted_tickets_is_for_those_who_may_bring_them_back() {
    pollster::block_on(async {
        let app = TestApp::new();
        let number = ticket(&app).await;
        app.manager("acme").delete(&format!("/api/tickets/{number}")).await.expect(204);
        let target = "/agent/tickets?queue=all&deleted=true";
        app.agent("acme").in_browser().get(target).await.expect(403);
        assert!(app.manager("acme").in_browser().get(target).await.expect(200).text().contains(&number));
    });
}

#[test]
fn what_just_happened_travels_in_a_cookie_that_no_other_host_can_plant() {
    pollster::block_on(async {
        let app = TestApp::new();
        let number = ticket(&app).await;
        let path = format!("/agent/tickets/{number}/fields");
        let done = app.agent("acme").in_browser().submit(&path, &[("version", "1"), ("priority", "high")]).await.expect(303);
        let cookie = done.headers.get("set-cookie").unwrap().to_owned();
        assert!(cookie.starts_with("__Host-flash=") && cookie.contains("; Secure; HttpOnly; SameSite=Lax"), "{cookie}");
        let told = cookie.split(';').next().unwrap().to_owned();
        let session = app.agent("acme").session_cookie();
        let page = app.anon("acme").header("cookie", format!("{session}; {told}")).get("/agent/tickets").await.expect(200);
        assert!(page.text().contains("class=\"toast") || page.text().contains("flash"), "the page says what happened");
        assert!(page.headers.get("set-cookie").unwrap().starts_with("__Host-flash=; "));
        let planted = told.replacen("__Host-flash", "flash", 1);
        let page = app.anon("acme").header("cookie", format!("{session}; {planted}")).get("/agent/tickets").await.expect(200);
        assert_eq!(page.headers.get("set-cookie"), None, "a cookie of the bare name is nobody's");
    });
}

#[test]
fn panels_beside_a_ticket_are_asked_for_by_themselves_and_show_what_the_desk_may_see() {
    pollster::block_on(async {
        let app = TestApp::new();
        let open = async |title: &str| {
            let body = serde_json::json!({"title": title, "description": "words"});
            let made = app.client("acme").post("/api/tickets", body).await.expect(201).json();
            made["number"].as_str().unwrap().to_owned()
        };
        let (one, like, other) =
            (open("Printer prints invoices twice").await, open("Invoices printed twice").await, open("Cannot sign in").await);
        let similar = app.agent("acme").in_browser().get(&format!("/agent/tickets/{one}/similar")).await.expect(200);
        assert!(similar.round_trips <= 3, "{}", similar.round_trips);
        let similar = similar.text();
        assert!(similar.contains(&like) && !similar.contains(&other), "{similar}");
        let requester = app.agent("acme").in_browser().get(&format!("/agent/tickets/{one}/requester")).await.expect(200);
        assert!(requester.round_trips <= 2, "{}", requester.round_trips);
        assert!(requester.text().contains("acme client"));
        let page = app.agent("acme").in_browser().get(&format!("/agent/tickets/{one}")).await.expect(200).text();
        for panel in ["similar", "requester"] {
            assert!(page.contains(&format!("data-panel=\"/agent/tickets/{one}/{panel}\"")), "{panel}");
            app.agent("globex").in_browser().get(&format!("/agent/tickets/{one}/{panel}")).await.expect(404);
        }
    });
}
