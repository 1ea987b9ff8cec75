//! The desk's lists when there is nothing to show, when a filter finds nothing, and when something is refused.

use serde_json::json;
use tests::app::{Caller, TestApp};

fn manager(app: &TestApp) -> Caller<'_> {
    app.manager("acme").in_browser()
}

const LISTS: &[&str] = &[
    "/agent/tickets?queue=mine",
    "/agent/tickets?queue=all",
    "/agent/mail/log",
    "/agent/mail/unprocessed",
    "/agent/sla/violations",
    "/agent/sla/policies",
    "/agent/sla/calendars",
    "/agent/ratings",
    "/agent/settings",
];

#[test]
fn every_list_has_one_heading_a_way_past_the_navigation_and_words_for_being_empty() {
    pollster::block_on(async {
        let app = TestApp::new();
        app.tenant_database("acme").inspect(|db| db.execute_batch("DELETE FROM categories; DELETE FROM outbox;").unwrap());
        for list in LISTS {
            let page = manager(&app).get(list).await.expect(200).text();
            assert_eq!(page.matches("<h1").count(), 1, "{list}");
            assert!(page.contains("<a class=\"skip\" href=\"#main\">") && page.contains("id=\"main\" tabindex=\"-1\""), "{list}");
            let empty = page.contains("class=\"empty\"") || page.contains("Пока нет");
            assert!(empty, "{list}: nothing is said about there being nothing");
            assert!(!page.contains("class=\"pager\""), "{list}: there is no other page");
        }
    });
}

#[test]
fn a_log_whose_filter_finds_nothing_offers_the_way_out() {
    pollster::block_on(async {
        let app = TestApp::new();
        let whole = manager(&app).get("/agent/mail/log?state=&q=").await.expect(200).text();
        assert!(!whole.contains("Сбросить фильтры"));
        for query in ["state=failed", "q=nobody@client.example", "q=neither+address+nor+number"] {
            let page = manager(&app).get(&format!("/agent/mail/log?{query}")).await.expect(200).text();
            assert!(page.contains("Ничего не найдено") && page.contains("href=\"/agent/mail/log\">"), "{query}");
        }
    });
}

#[test]
fn what_the_desk_is_refused_keeps_its_navigation_and_clients_keep_theirs() {
    pollster::block_on(async {
        let app = TestApp::new();
        for (path, status) in [
            ("/agent/tickets/ACME-999", 404),
            ("/agent/sla/violations?cursor=x", 422),
            ("/agent/mail/log?cursor=x", 422),
            ("/agent/tickets?queue=theirs", 404),
        ] {
            let page = manager(&app).get(path).await.expect(status).text();
            assert!(page.contains("class=\"work-nav\"") && page.contains("href=\"/agent/tickets?queue=mine\""), "{path}");
            assert_eq!(page.matches("<h1").count(), 1, "{path}");
        }
        let page = app.agent("acme").in_browser().get("/agent/settings").await.expect(403).text();
        assert!(page.contains("class=\"work-nav\"") && !page.contains("href=\"/agent/settings\""));
        for path in ["/agent/tickets", "/tickets/ACME-999"] {
            let page = app.client("acme").in_browser().get(path).await.text();
            assert!(!page.contains("work-nav") && !page.contains("href=\"/login\""), "{path}: whoever is signed in stays so");
            assert!(page.contains("acme client"), "{path}");
        }
    });
}

#[test]
fn a_refused_change_of_a_department_stands_in_its_row() {
    pollster::block_on(async {
        let app = TestApp::new();
        let add = async |name: &str| manager(&app).submit("/agent/settings/departments", &[("name", name)]).await;
        add("Вторая линия").await.expect(303);
        add("Третья линия").await.expect(303);
        let list = manager(&app).get("/api/departments").await.expect(200).json();
        let id = |name: &str| -> String {
            let found = list["data"].as_array().unwrap().iter().find(|each| each["name"] == name).unwrap();
            found["id"].as_str().unwrap().to_owned()
        };
        let (second, third) = (id("Вторая линия"), id("Третья линия"));
        let form = [("id", third.as_str()), ("name", "Вторая линия")];
        let page = manager(&app).submit("/agent/settings/departments", &form).await.expect(409).text();
        assert!(page.contains(&format!("aria-describedby=\"e-{third}\"")) && page.contains(&format!("id=\"e-{third}\"")));
        assert!(!page.contains(&format!("id=\"e-{second}\"")) && !page.contains("id=\"f-name-error\""));
        assert_eq!(page.matches("value=\"Вторая линия\"").count(), 2, "its own, and what was typed");
        assert!(page.contains("Переименовать: Третья линия"), "the row still says whose it is");
        let page = add("Вторая линия").await.expect(409).text();
        assert!(page.contains("id=\"f-name-error\"") && !page.contains("id=\"e-"));
    });
}

#[test]
fn a_bulk_change_of_nothing_says_so_and_what_is_refused_is_named_by_number() {
    pollster::block_on(async {
        let app = TestApp::new();
        let agent = || app.agent("acme").in_browser();
        for title in ["Один", "Другой"] {
            app.client("acme").post("/api/tickets", json!({"title": title, "description": "-"})).await.expect(201);
        }
        let queue = agent().get("/agent/tickets?queue=all").await.expect(200).text();
        assert!(queue.contains("name=\"ticket\" value=\"ACME-1\""));
        for field in ["assignee", "status", "priority", "tag"] {
            let bar = queue.split("class=\"bulk\"").nth(1).expect("a bar");
            assert!(bar.contains(&format!("name=\"{field}\" ")), "{field}");
        }
        let news = |form: &'static [(&'static str, &'static str)]| async {
            let answer = agent().submit("/agent/tickets/bulk", form).await.expect(303);
            answer.headers.get("set-cookie").unwrap().split(';').next().unwrap().to_owned()
        };
        assert!(news(&[("priority", "low")]).await.contains("flash-bulk-none"));
        assert!(news(&[("ticket", "ACME-1"), ("priority", ""), ("tag", " ")]).await.contains("flash-bulk-nothing"));
        assert!(news(&[("ticket", "ACME-1"), ("ticket", "ACME-2"), ("priority", "low")]).await.contains("key=flash-bulk&"));
        let partly = news(&[("ticket", "ACME-1"), ("ticket", "ACME-7"), ("priority", "high")]).await;
        assert!(partly.contains("flash-bulk-partly") && partly.contains("arg=ACME-7"), "{partly}");
    });
}
