//! The desk's lists when there is nothing to show, when a filter finds nothing, and when something is refused.

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
