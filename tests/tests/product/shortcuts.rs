//! A person chooses the keys of the workspace's commands, and has them on every device.

use serde_json::{Value, json};
use tests::app::TestApp;

fn run(test: impl Future<Output = ()>) {
    pollster::block_on(test);
}

const PLACE: &str = "/api/users/me/shortcuts";

#[test]
fn chosen_keys_take_the_place_of_those_before_and_are_ones_own() {
    run(async {
        let app = TestApp::new();
        assert_eq!(app.agent("acme").get(PLACE).await.expect(200).json(), json!({"data": {}}));
        let answer = app.agent("acme").put(PLACE, json!({"palette": "g p", "theme": ""})).await.expect(200);
        assert!(answer.round_trips <= 3, "{}", answer.round_trips);
        app.agent("acme").put(PLACE, json!({"reply": "mod+shift+r"})).await.expect(200);
        assert_eq!(app.agent("acme").get(PLACE).await.expect(200).json(), json!({"data": {"reply": "mod+shift+r"}}));
        assert_eq!(app.manager("acme").get(PLACE).await.expect(200).json(), json!({"data": {}}));
        app.anon("acme").get(PLACE).await.expect(401);
    });
}

#[test]
fn what_can_be_no_key_is_refused_and_changes_nothing() {
    run(async {
        let app = TestApp::new();
        app.agent("acme").put(PLACE, json!({"reply": "r"})).await.expect(200);
        let long = "x".repeat(41);
        let many: serde_json::Map<String, Value> =
            (0..101).map(|n| (format!("command-{}", "a".repeat(n % 30)) + &"b".repeat(n / 30), json!("x"))).collect();
        for refused in [
            json!({"reply": long}),
            json!({(long.clone()): "r"}),
            json!({"<b>": "r"}),
            json!({"": "r"}),
            json!({"reply": "\u{0}"}),
            json!({"reply": "ж"}),
            Value::Object(many),
        ] {
            let answer = app.agent("acme").put(PLACE, refused.clone()).await;
            assert_eq!(answer.status, 422, "{refused}");
        }
        assert_eq!(app.agent("acme").put(PLACE, json!({"reply": 1})).await.status, 422);
        assert_eq!(app.agent("acme").put(PLACE, json!(["r"])).await.status, 422);
        assert_eq!(app.agent("acme").get(PLACE).await.expect(200).json(), json!({"data": {"reply": "r"}}));
    });
}

#[test]
fn the_dialogs_of_commands_may_stay_in_a_browser_and_are_in_the_readers_language() {
    run(async {
        let app = TestApp::new();
        let page = app.agent("acme").header("accept-language", "en").get("/agent/commands?locale=en").await.expect(200);
        assert_eq!(page.headers.get("cache-control"), Some("private, max-age=3600"));
        assert!(page.text().contains("Write an internal note"), "{}", page.text());
        app.client("acme").get("/agent/commands").await.expect(403);
    });
}
