//! DELETE and restore.

use serde_json::json;
use tests::app::TestApp;

use super::{opened, path};

#[test]
fn a_deleted_ticket_is_gone_until_it_is_restored() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({})).await;
        let deleted = app.manager("acme").delete(&path(&ticket)).await.expect(204);
        assert!(deleted.round_trips <= 3, "{}", deleted.round_trips);
        for role in ["client", "agent", "analyst"] {
            assert_eq!(app.signed_in("acme", role).get(&path(&ticket)).await.expect(404).code(), "not_found");
        }
        app.client("acme").post(&format!("{}/comments", path(&ticket)), json!({"body": "x"})).await.expect(404);
        app.manager("acme").header("if-match", "*").patch(&path(&ticket), json!({"priority": "low"})).await.expect(404);
        assert_eq!(app.manager("acme").get(&path(&ticket)).await.expect(200).json()["deleted_at"], "2026-03-02T07:00:00Z");
        assert!(app.asked("acme", "SELECT due_at FROM sla_timers").is_empty(), "its clocks ring no more");
        let restored = app.manager("acme").post(&format!("{}/restore", path(&ticket)), json!({})).await.expect(200);
        assert!(restored.round_trips <= 3, "{}", restored.round_trips);
        assert_eq!(restored.json()["status"], "new");
        assert!(!app.asked("acme", "SELECT due_at FROM sla_timers").is_empty());
        app.client("acme").get(&path(&ticket)).await.expect(200);
        assert_eq!(
            app.asked("acme", "SELECT action FROM audit_logs ORDER BY action"),
            ["ticket.created", "ticket.deleted", "ticket.restored"]
        );
    });
}

#[test]
fn only_those_who_may_delete_delete_and_restore() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({})).await;
        for role in ["client", "agent", "analyst"] {
            app.signed_in("acme", role).delete(&path(&ticket)).await.expect(403);
            app.signed_in("acme", role).post(&format!("{}/restore", path(&ticket)), json!({})).await.expect(403);
        }
        app.anon("acme").delete(&path(&ticket)).await.expect(401);
        app.admin("globex").delete(&path(&ticket)).await.expect(404);
        app.admin("globex").post(&format!("{}/restore", path(&ticket)), json!({})).await.expect(404);
        assert_eq!(
            app.admin("acme").header("if-match", "\"7\"").delete(&path(&ticket)).await.expect(412).code(),
            "stale_version"
        );
        app.admin("acme").header("if-match", "\"1\"").delete(&path(&ticket)).await.expect(204);
        app.admin("acme").delete(&path(&ticket)).await.expect(404);
    });
}
