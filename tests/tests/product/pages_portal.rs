//! The client's pages.

use serde_json::json;
use tests::app::TestApp;

#[test]
fn a_client_finds_the_ticket_that_was_just_written() {
    pollster::block_on(async {
        let app = TestApp::new();
        let created = app
            .client("acme")
            .post(
                "/api/tickets",
                json!({"title": "Накладная не проводится", "description": "Ошибка при **проведении** документа."}),
            )
            .await
            .expect(201)
            .json();
        let number = created["number"].as_str().unwrap().to_owned();
        let list = app.client("acme").in_browser().get("/").await.expect(200).text();
        assert!(list.contains("Накладная не проводится") && list.contains(&number));
        let page = app.client("acme").in_browser().get(&format!("/tickets/{number}")).await.expect(200);
        assert!(page.text().contains("<strong>проведении</strong>"));
        assert_eq!(page.round_trips, 2, "the session, and everything of the page");
        app.client("globex").in_browser().get(&format!("/tickets/{number}")).await.expect(404);
    });
}

#[test]
fn a_visitor_is_led_to_sign_in_and_back() {
    pollster::block_on(async {
        let app = TestApp::new();
        let answer = app.anon("acme").get("/tickets?status=closed").await.expect(303);
        assert_eq!(answer.headers.get("location"), Some("/login?next=%2Ftickets%3Fstatus%3Dclosed"));
        assert_eq!(app.anon("acme").get("/").await.expect(303).headers.get("location"), Some("/login"));
    });
}

#[test]
fn whoever_sends_a_form_after_the_session_has_ended_comes_back_to_the_page_of_the_form() {
    pollster::block_on(async {
        let app = TestApp::new();
        let send = async |referer: &str| {
            let caller = app.anon("acme").header("referer", referer);
            let answer = caller.submit("/tickets/ACME-1/reply", &[("body", "Уже работает")]).await.expect(303);
            answer.headers.get("location").unwrap().to_owned()
        };
        assert_eq!(send("http://acme.example/tickets/ACME-1?before=x").await, "/login?next=%2Ftickets%2FACME-1%3Fbefore%3Dx");
        assert_eq!(send("https://evil.example/tickets/ACME-1").await, "/login?next=%2F", "another site is not believed");
    });
}

#[test]
fn browser_code_that_sends_a_form_by_itself_is_told_why_it_was_refused() {
    pollster::block_on(async {
        let app = TestApp::new();
        let asked = json!({"title": "Печать", "description": "Не печатает."});
        let number =
            app.client("acme").post("/api/tickets", asked).await.expect(201).json()["number"].as_str().unwrap().to_owned();
        let by_itself = || app.client("acme").in_browser().header("accept", "text/html, application/problem+json");
        for path in [format!("/tickets/{number}/reply"), "/tickets/new".to_owned()] {
            let refused = by_itself().submit_multipart(&path, &[("body", ""), ("title", "x")]).await.expect(422);
            assert_eq!(refused.headers.get("content-type"), Some("application/problem+json"));
            let problem = refused.json();
            let fault = &problem["errors"][0];
            assert!(fault["code"] == "required" && !fault["message"].as_str().unwrap().is_empty(), "{problem}");
        }
        let nowhere = by_itself().submit_multipart("/tickets/ACME-999/reply", &[("body", "x")]).await.expect(404);
        assert_eq!(nowhere.code(), "not_found");
        let shown = app.client("acme").in_browser().submit_multipart(&format!("/tickets/{number}/reply"), &[("body", "")]).await;
        assert!(shown.expect(422).headers.get("content-type").unwrap().starts_with("text/html"), "a person is shown the page");
        by_itself().submit_multipart(&format!("/tickets/{number}/reply"), &[("body", "Уже печатает")]).await.expect(303);
    });
}

#[test]
fn only_the_requester_is_offered_to_close_or_reopen_a_ticket() {
    pollster::block_on(async {
        let app = TestApp::new();
        let body =
            json!({ "title": "Отчёт пустой", "description": "С утра.", "requester": { "id": app.user_id("acme", "client") } });
        let created = app.agent("acme").post("/api/tickets", body).await.expect(201).json();
        let (id, number) = (created["id"].as_str().unwrap(), created["number"].as_str().unwrap());
        let colleague = app.user_id("acme", "analyst");
        app.admin("acme").patch(&format!("/api/users/{colleague}"), json!({ "role": "client" })).await.expect(200);
        app.agent("acme").post(&format!("/api/tickets/{id}/followers"), json!({ "user": colleague })).await.expect(200);
        let close = format!("/tickets/{number}/close");
        let page = app.client("acme").in_browser().get(&format!("/tickets/{number}")).await.expect(200).text();
        assert!(page.contains(&close));
        let page = app.signed_in("acme", "analyst").in_browser().get(&format!("/tickets/{number}")).await.expect(200).text();
        assert!(!page.contains(&close));
    });
}

#[test]
fn the_client_of_a_merged_ticket_is_led_to_where_it_goes_on() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = async |title: &str| {
            let body = json!({ "title": title, "description": "С утра." });
            app.client("acme").post("/api/tickets", body).await.expect(201).json()["number"].as_str().unwrap().to_owned()
        };
        let (child, parent) = (ticket("Обмен стоит").await, ticket("Обмен не идёт").await);
        app.agent("acme").post(&format!("/api/tickets/{child}/merge"), json!({ "into": parent })).await.expect(200);
        let page = app.client("acme").in_browser().get(&format!("/tickets/{child}")).await.expect(200).text();
        assert!(page.contains(&format!("href=\"/tickets/{parent}\"")));
        assert!(!page.contains(&format!("/tickets/new?after={child}")), "a merged ticket is not a closed one to follow up");
    });
}

#[test]
fn a_client_closes_a_ticket_and_opens_it_again() {
    pollster::block_on(async {
        let app = TestApp::new();
        let created = app
            .client("acme")
            .post("/api/tickets", json!({"title": "Печать", "description": "Не печатает"}))
            .await
            .expect(201)
            .json();
        let number = created["number"].as_str().unwrap().to_owned();
        app.client("acme").in_browser().submit(&format!("/tickets/{number}/close"), &[]).await.expect(303);
        let ticket = app.client("acme").get(&format!("/api/tickets/{number}")).await.expect(200).json();
        assert_eq!(ticket["status"], "closed");
        app.client("acme").in_browser().submit(&format!("/tickets/{number}/reopen"), &[]).await.expect(303);
        let ticket = app.client("acme").get(&format!("/api/tickets/{number}")).await.expect(200).json();
        assert_eq!(ticket["status"], "in_progress");
    });
}

#[test]
fn the_desk_sees_its_queue() {
    pollster::block_on(async {
        let app = TestApp::new();
        app.client("acme")
            .post("/api/tickets", json!({"title": "Отчёт пуст", "description": "Пусто", "priority": "high"}))
            .await
            .expect(201);
        let page = app.agent("acme").in_browser().get("/agent/tickets?queue=unassigned").await.expect(200);
        assert!(page.text().contains("Отчёт пуст"));
        assert!(page.round_trips <= 2, "{}", page.round_trips);
        let found = app.agent("acme").in_browser().get("/agent/tickets?q=отчеты").await.expect(200);
        assert!(found.text().contains("Отчёт пуст"));
        app.client("acme").in_browser().get("/agent/tickets").await.expect(403);
    });
}

#[test]
fn a_solved_ticket_s_page_asks_for_a_rating_within_two_round_trips() {
    pollster::block_on(async {
        let app = TestApp::new();
        let created =
            app.client("acme").post("/api/tickets", json!({"title": "Печать", "description": "Пусто"})).await.expect(201).json();
        let number = created["number"].as_str().unwrap().to_owned();
        let place = format!("/tickets/{number}");
        let solved = json!({"status": "resolved"});
        app.agent("acme").header("if-match", "*").patch(&format!("/api/tickets/{number}"), solved).await.expect(200);
        let page = app.client("acme").in_browser().get(&place).await.expect(200);
        assert_eq!(page.round_trips, 2);
        assert!(page.text().contains("id=\"rating\"") && !page.text().contains(" checked"));
        app.client("acme")
            .in_browser()
            .submit(&format!("{place}/rating"), &[("score", "4"), ("comment", "Быстро")])
            .await
            .expect(303);
        let page = app.client("acme").in_browser().get(&place).await.expect(200);
        assert_eq!(page.round_trips, 2);
        assert!(page.text().contains("value=\"4\" checked") && page.text().contains("Быстро"), "{}", page.text());
    });
}

#[test]
fn on_the_portal_the_desk_finds_what_it_asked_for_itself() {
    pollster::block_on(async {
        let app = TestApp::new();
        for (role, title) in [("client", "Somebody else's"), ("agent", "The agent's own")] {
            let body = json!({"title": title, "description": "b"});
            app.signed_in("acme", role).post("/api/tickets", body).await.expect(201);
        }
        for page in ["/tickets", "/tickets?scope=mine&status=open", "/tickets?scope=organization"] {
            let text = app.agent("acme").in_browser().get(page).await.expect(200).text();
            assert!(text.contains("The agent&#x27;s own") || text.contains("The agent's own"), "{page}");
            assert!(!text.contains("Somebody else"), "{page}");
        }
        let own = app.agent("acme").get("/api/tickets?scope=mine").await.expect(200).json();
        assert_eq!(own["data"].as_array().unwrap().len(), 1);
        let all = app.agent("acme").get("/api/tickets").await.expect(200).json();
        assert_eq!(all["data"].as_array().unwrap().len(), 2);
        app.agent("acme").get("/api/tickets?scope=organization").await.expect(422);
    });
}

#[test]
fn a_tenants_logo_may_be_shown_from_where_it_lies_and_from_nowhere_else() {
    pollster::block_on(async {
        let app = TestApp::new();
        let images = async |slug: &str| {
            let policy =
                app.anon(slug).get("/login").await.expect(200).headers.get("content-security-policy").unwrap().to_owned();
            policy.split("; ").find(|part| part.starts_with("img-src")).unwrap().to_owned()
        };
        assert_eq!(images("acme").await, "img-src 'self' data: blob:");
        let change = |url: &str| app.admin("acme").patch("/api/tenant/settings", json!({"logo_url": url}));
        change("https://cdn.acme-brand.example/brand/logo.svg?v=1").await.expect(200);
        for bad in
            ["https://", "https://:443/x", "https://cdn.acme-brand.example:8443/x", "http://cdn.acme.example/x", "https://a b/x"]
        {
            change(bad).await.expect(422);
        }
        app.advance(chrono::TimeDelta::minutes(1));
        assert_eq!(images("acme").await, "img-src 'self' data: blob: https://cdn.acme-brand.example");
        assert_eq!(images("globex").await, "img-src 'self' data: blob:");
    });
}
