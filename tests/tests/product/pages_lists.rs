//! The desk's lists when there is nothing to show, when a filter finds nothing, and when something is refused.

use serde_json::json;
use tests::app::{Caller, TestApp};

fn manager(app: &TestApp) -> Caller<'_> {
    app.manager("acme").in_browser()
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
