//! The pages of programs and their keys.

use serde_json::json;
use tests::app::TestApp;

use super::{account, ask, program, run};

/// The key that a page shows.
fn shown(page: &str) -> String {
    let (_, rest) = page.split_once("id=\"made-key\">").expect("the page shows a key");
    rest.split('<').next().unwrap().to_owned()
}

#[test]
fn a_program_is_connected_and_gets_its_key_by_pages_alone() {
    run(async {
        let app = TestApp::new();
        let admin = || app.admin("acme").in_browser();
        let people = admin().get("/agent/access").await.expect(200).text();
        assert!(people.contains("href=\"/agent/access/service-accounts\""));
        let list = "/agent/access/service-accounts";
        let made = admin().submit(list, &[("name", "Warehouse ERP"), ("role", "agent")]).await.expect(303);
        let page = made.headers.get("location").unwrap().to_owned();
        assert!(admin().get(list).await.expect(200).text().contains("Warehouse ERP"));
        let own = admin().get(&page).await.expect(200).text();
        assert!(own.contains("value=\"ticket.read\"") && !own.contains("value=\"tenant.manage\""), "what the account holds");

        let fields = [
            ("name", "Nightly"),
            ("permission", "ticket.read"),
            ("permission", "ticket.create"),
            ("networks", "192.0.2.0/24, 2001:db8::1"),
            ("expires_in_days", "30"),
        ];
        let answer = admin().submit(&format!("{page}/keys"), &fields).await.expect(200);
        assert_eq!(answer.headers.get("cache-control"), Some("no-store"));
        assert!(answer.round_trips <= 3);
        let key = shown(&answer.text());
        ask(&app, &key, "/api/tickets").await.expect(200);
        let after = admin().get(&page).await.expect(200).text();
        assert!(after.contains("Nightly") && after.contains(&key[..12]) && !after.contains(&key[13..]));
        assert!(after.contains("192.0.2.0/24, 2001:db8::1/128"));

        let id = app.asked("acme", "SELECT id FROM api_keys").remove(0);
        let next = admin().submit(&format!("{page}/keys/{id}/rotate"), &[("x", "y")]).await.expect(200);
        let next = shown(&next.text());
        ask(&app, &next, "/api/tickets").await.expect(200);
        admin().submit(&format!("{page}/keys/{id}/revoke"), &[("x", "y")]).await.expect(303);
        ask(&app, &key, "/api/tickets").await.expect(401);
        ask(&app, &next, "/api/tickets").await.expect(200);

        let changed = [("version", "1"), ("name", "ERP"), ("role", "agent"), ("status", "disabled")];
        admin().submit(&page, &changed).await.expect(303);
        ask(&app, &next, "/api/tickets").await.expect(401);
        admin().submit(&format!("{page}/remove"), &[("x", "y")]).await.expect(303);
        admin().get(&page).await.expect(404);
    });
}

#[test]
fn refused_forms_come_back_as_they_were_sent() {
    run(async {
        let app = TestApp::new();
        let admin = || app.admin("acme").in_browser();
        let list = "/agent/access/service-accounts";
        admin().submit(list, &[("name", " "), ("role", "agent")]).await.expect(422);
        let account = account(&app, "acme", "agent").await;
        let page = format!("{list}/{account}");
        let fields = [("name", "Nightly"), ("permission", "ticket.read"), ("networks", "everywhere"), ("expires_in_days", "900")];
        let back = admin().submit(&format!("{page}/keys"), &fields).await.expect(422).text();
        assert!(back.contains("value=\"Nightly\"") && back.contains("value=\"everywhere\"") && back.contains("value=\"900\""));
        assert!(back.contains("value=\"ticket.read\" checked"));
        let stale = [("version", "7"), ("name", "Other"), ("role", "agent"), ("status", "active")];
        assert!(admin().submit(&page, &stale).await.expect(412).text().contains("value=\"Other\""));
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM api_keys"), ["0"]);
    });
}

#[test]
fn a_key_is_reached_through_its_own_account_only() {
    run(async {
        let app = TestApp::new();
        let (_, key) = program(&app, "acme", "agent", &["ticket.read"]).await;
        let other = account(&app, "acme", "agent").await;
        for step in ["revoke", "rotate"] {
            let path = format!("/agent/access/service-accounts/{other}/keys/{}/{step}", key["id"].as_str().unwrap());
            app.admin("acme").in_browser().submit(&path, &[("x", "y")]).await.expect(404);
        }
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM api_keys WHERE revoked_at IS NULL"), ["1"]);
    });
}

#[test]
fn who_may_only_look_sees_no_forms() {
    run(async {
        let app = TestApp::new();
        let (account, _) = program(&app, "acme", "agent", &["ticket.read"]).await;
        let page = format!("/agent/access/service-accounts/{account}");
        let seen = app.manager("acme").in_browser().get(&page).await.expect(200).text();
        assert!(!seen.contains("/revoke") && !seen.contains("/keys\""));
        app.manager("acme").in_browser().submit(&format!("{page}/keys"), &[("name", "x")]).await.expect(403);
    });
}

#[test]
fn the_tenants_days_are_what_the_form_proposes() {
    run(async {
        let app = TestApp::new();
        let account = account(&app, "acme", "agent").await;
        let rules = [
            ("session_idle_minutes", "60"),
            ("session_absolute_hours", "8"),
            ("password_min_chars", "15"),
            ("password_min_chars_before_second", "8"),
            ("api_key_days", "14"),
        ];
        app.admin("acme").in_browser().submit("/agent/settings/security", &rules).await.expect(303);
        app.advance(chrono::TimeDelta::seconds(31));
        let page =
            app.admin("acme").in_browser().get(&format!("/agent/access/service-accounts/{account}")).await.expect(200).text();
        assert!(page.contains("name=\"expires_in_days\" type=\"number\" value=\"14\""));
        assert_eq!(app.admin("acme").get("/api/tenant/settings").await.json()["api_key_days"], json!(14));
    });
}
