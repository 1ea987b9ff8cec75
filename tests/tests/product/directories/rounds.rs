//! Rounds through a directory.

use chrono::TimeDelta;
use functions::actions::jobs;
use serde_json::{Value, json};
use tests::app::TestApp;
use tests::native::Lie;

use super::{DESK, code, of, run, set_up, stand};

async fn sweep(app: &TestApp) {
    let report = jobs::sweep(&app.platform).await;
    assert_eq!(report.failures, Vec::<String>::new());
}

async fn state(app: &TestApp, id: &str) -> Value {
    app.manager("acme").get(&format!("/api/directories/{id}/sync")).await.expect(200).json()
}

#[test]
fn a_round_makes_changes_and_disables() {
    run(async {
        let (app, directory) = stand();
        for uid in ["anna", "boris", "carl", "dora"] {
            directory.person(uid, "a password", &[DESK]);
        }
        let id = set_up(&app, json!({})).await;
        sweep(&app).await;
        let first = state(&app, &id).await;
        assert_eq!((first["state"].as_str(), first["figures"]["created"].as_u64()), (Some("done"), Some(4)), "{first}");
        assert_eq!(of(&app, "anna@corp.example", "role").as_deref(), Some("agent"));
        // Nothing is due before its time.
        let searches = directory.searches.get();
        sweep(&app).await;
        assert_eq!(directory.searches.get(), searches);

        assert_eq!(code(&app, "dora", "a password").await, "in");
        directory.set("anna", "cn", "Anna Petrova");
        directory.set("boris", "memberOf", "cn=other");
        directory.remove("dora");
        app.advance(TimeDelta::hours(7));
        sweep(&app).await;
        let second = state(&app, &id).await;
        assert_eq!(second["figures"]["changed"], 2, "{second}");
        assert_eq!(second["figures"]["disabled"], 1);
        assert_eq!(of(&app, "anna@corp.example", "name").as_deref(), Some("Anna Petrova"));
        assert_eq!(of(&app, "boris@corp.example", "role").as_deref(), Some("client"));
        assert_eq!(of(&app, "dora@corp.example", "status").as_deref(), Some("disabled"));
        let open = app.asked("acme", "SELECT COUNT(*) FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.email = 'dora@corp.example' AND s.revoked_at IS NULL");
        assert_eq!(open, ["0"], "signed out");

        // Whoever comes back is let in again.
        directory.person("dora", "a password", &[DESK]);
        app.advance(TimeDelta::hours(7));
        sweep(&app).await;
        assert_eq!(of(&app, "dora@corp.example", "status").as_deref(), Some("active"));
        assert_eq!(state(&app, &id).await["figures"]["restored"], 1);
    });
}

#[test]
fn whom_the_directory_disables_is_disabled_and_whom_an_administrator_disabled_stays_so() {
    run(async {
        let (app, directory) = stand();
        for uid in ["anna", "boris", "carl", "dora", "emil", "fred"] {
            directory.person(uid, "a password", &[DESK]);
        }
        set_up(&app, json!({})).await;
        sweep(&app).await;
        let carl = of(&app, "carl@corp.example", "id").unwrap();
        app.admin("acme").patch(&format!("/api/users/{carl}"), json!({"status": "disabled"})).await.expect(200);
        directory.set("anna", "userAccountControl", "514");
        directory.remove("carl");
        app.advance(TimeDelta::hours(7));
        sweep(&app).await;
        assert_eq!(of(&app, "anna@corp.example", "status").as_deref(), Some("disabled"));
        directory.set("anna", "userAccountControl", "512");
        directory.person("carl", "a password", &[DESK]);
        app.advance(TimeDelta::hours(7));
        sweep(&app).await;
        assert_eq!(of(&app, "anna@corp.example", "status").as_deref(), Some("active"));
        assert_eq!(of(&app, "carl@corp.example", "status").as_deref(), Some("disabled"));
    });
}

#[test]
fn a_round_that_would_disable_more_than_a_third_stops_and_says_so_until_somebody_confirms() {
    run(async {
        let (app, directory) = stand();
        for uid in ["anna", "boris", "carl", "dora", "emil"] {
            directory.person(uid, "a password", &[DESK]);
        }
        let id = set_up(&app, json!({})).await;
        sweep(&app).await;
        directory.remove("anna");
        directory.remove("boris");
        app.advance(TimeDelta::hours(7));
        sweep(&app).await;
        let stopped = state(&app, &id).await;
        assert_eq!((stopped["state"].as_str(), stopped["problem"].as_str()), (Some("stopped"), Some("too_many_gone")));
        assert_eq!(of(&app, "anna@corp.example", "status").as_deref(), Some("active"));
        let told = app.asked(
            "acme",
            "SELECT json_extract(detail, '$.would_disable') FROM audit_logs WHERE action = 'directory.sync_stopped'",
        );
        assert_eq!(told, ["2"]);
        app.advance(TimeDelta::hours(24));
        sweep(&app).await;
        assert_eq!(state(&app, &id).await["state"], "stopped", "it waits for somebody");

        let path = format!("/api/directories/{id}/sync");
        app.admin("acme").post(&path, json!({})).await.expect(202);
        sweep(&app).await;
        assert_eq!(state(&app, &id).await["state"], "stopped", "asking anew confirms nothing");
        app.admin("acme").post(&path, json!({"confirm": true})).await.expect(202);
        sweep(&app).await;
        assert_eq!(state(&app, &id).await["state"], "done");
        for email in ["anna@corp.example", "boris@corp.example"] {
            assert_eq!(of(&app, email, "status").as_deref(), Some("disabled"));
        }
    });
}

#[test]
fn an_answer_that_is_not_whole_disables_nobody() {
    run(async {
        let (app, directory) = stand();
        for number in 0..320 {
            directory.person(&format!("person{number:03}"), "a password", &[DESK]);
        }
        let id = set_up(&app, json!({})).await;
        // Several runs: each makes so many accounts and leaves the rest for the next.
        sweep(&app).await;
        let begun = state(&app, &id).await;
        assert_eq!(begun["state"], "running", "{begun}");
        for _ in 0..6 {
            sweep(&app).await;
        }
        assert_eq!(state(&app, &id).await["figures"]["created"], 320);
        assert_eq!(state(&app, &id).await["state"], "done");
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM directory_people"), ["320"]);
        for lie in [Lie::LostPage, Lie::Down, Lie::BrokenOff, Lie::Flood, Lie::Referral] {
            directory.lie.set(lie);
            app.advance(TimeDelta::hours(7));
            sweep(&app).await;
            assert_eq!(state(&app, &id).await["state"], "failed", "{lie:?}");
        }
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM users WHERE status = 'disabled'"), ["0"]);
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM audit_logs WHERE action = 'directory.sync_failed'"), ["1"]);
        directory.lie.set(Lie::None);
        app.advance(TimeDelta::hours(7));
        sweep(&app).await;
        assert_eq!(state(&app, &id).await["state"], "done");
    });
}

#[test]
fn an_address_of_a_local_account_and_people_without_a_place_are_counted_and_left_alone() {
    run(async {
        let (app, directory) = stand();
        directory.person("admin", "x", &[DESK]);
        directory.set("admin", "mail", "admin@acme.example");
        directory.person("carl", "x", &["cn=other"]);
        let id = set_up(&app, json!({"default_role": null, "domains": ["acme.example", "corp.example"]})).await;
        sweep(&app).await;
        let state = state(&app, &id).await;
        assert_eq!((&state["figures"]["unlinked"], &state["figures"]["skipped"]), (&json!(1), &json!(1)), "{state}");
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM directory_people"), ["0"]);
    });
}

#[test]
fn the_last_administrator_stays_one() {
    run(async {
        let (app, directory) = stand();
        directory.person("root", "x", &[DESK]);
        let id = set_up(&app, json!({})).await;
        let admin = app.user_id("acme", "admin");
        let body = json!({"user": admin, "username": "root"});
        app.admin("acme").post(&format!("/api/directories/{id}/people"), body).await.expect(201);
        sweep(&app).await;
        assert_eq!(of(&app, "admin@acme.example", "role").as_deref(), Some("admin"));
        assert_eq!(of(&app, "admin@acme.example", "status").as_deref(), Some("active"));
        assert_eq!(code(&app, "root", "x").await, "in");
        assert_eq!(of(&app, "admin@acme.example", "role").as_deref(), Some("admin"));
    });
}

#[test]
fn the_last_administrator_whom_no_policy_shuts_out_stays_one_in_rounds() {
    run(async {
        let (app, directory) = stand();
        directory.person("anna", "x", &["cn=roots"]);
        for uid in ["boris", "carl", "dora"] {
            directory.person(uid, "x", &[DESK]);
        }
        let mappings = json!([{"group": "cn=roots", "role": "admin"}, {"group": DESK, "role": "agent"}]);
        let id = set_up(&app, json!({"mappings": mappings})).await;
        sweep(&app).await;
        let condition = json!({"==": [{"var": "actor.id"}, app.user_id("acme", "admin")]});
        let policy = json!({"name": "Not the first", "effect": "deny", "permissions": ["access.manage"], "condition": condition});
        app.admin("acme").post("/api/policies", policy).await.expect(201);
        directory.set("anna", "memberOf", DESK);
        app.advance(TimeDelta::hours(7));
        sweep(&app).await;
        assert_eq!(of(&app, "anna@corp.example", "role").as_deref(), Some("admin"));
        assert_eq!(state(&app, &id).await["figures"]["skipped"], 1);
        directory.remove("anna");
        app.advance(TimeDelta::hours(7));
        sweep(&app).await;
        assert_eq!(of(&app, "anna@corp.example", "status").as_deref(), Some("active"));
        let state = state(&app, &id).await;
        assert_eq!(
            (&state["state"], &state["figures"]["skipped"], &state["figures"]["disabled"]),
            (&json!("done"), &json!(1), &json!(0))
        );
    });
}

#[test]
fn a_password_under_a_former_key_is_put_under_the_present_one() {
    run(async {
        let (mut app, directory) = stand();
        directory.person("anna", "anna's password", &[DESK]);
        set_up(&app, json!({"sync_hours": 0})).await;
        app.platform.config.data_keys =
            shared::auth::envelope::DataKeys::new("a new key of thirty-two characters", Some(&"2d".repeat(32)));
        let before = app.asked("acme", "SELECT secret FROM directories");
        sweep(&app).await;
        assert_ne!(app.asked("acme", "SELECT secret FROM directories"), before);
        app.platform.config.data_keys = shared::auth::envelope::DataKeys::new("a new key of thirty-two characters", None);
        assert_eq!(code(&app, "anna", "anna's password").await, "in");
    });
}
