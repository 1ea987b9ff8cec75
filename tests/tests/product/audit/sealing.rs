//! Seals and checkpoints: they follow the lines, never fork, and survive what breaks off between two steps.

use chrono::TimeDelta;
use functions::actions::audit::seal;
use functions::actions::jobs;
use serde_json::{Value, json};
use shared::audit::{Checkpoint, Keys};
use shared::job::Job;
use shared::platform::Files;
use tests::app::TestApp;

use super::{a_day, noise, run, sealed, tamper, verdict};

fn count(app: &TestApp, table: &str) -> usize {
    app.asked("acme", &format!("SELECT count(*) FROM {table}"))[0].parse().unwrap()
}

fn stored(app: &TestApp, number: i64) -> Option<Checkpoint> {
    let key = format!("tnt_{}/audit/checkpoints/{number}", "a".repeat(32));
    app.platform.files.bytes(&key).map(|bytes| serde_json::from_slice(&bytes).unwrap())
}

async fn another_line(app: &TestApp) {
    let name = format!("Department {}", app.platform.now.get().timestamp_millis());
    app.admin("acme").post("/api/departments", json!({"name": name})).await.expect(201);
}

#[test]
fn a_sweep_seals_what_was_written_and_the_next_one_finds_nothing_to_do() {
    run(async {
        let app = TestApp::new();
        a_day(&app).await;
        let lines = count(&app, "audit_logs");
        let tenant = shared::id::TenantId::parse(&format!("tnt_{}", "a".repeat(32))).unwrap();
        let report = jobs::run(&app.platform, &Job::Sweep { tenant: tenant.clone() }).await;
        assert!(report.failures.is_empty(), "{:?}", report.failures);
        assert!(report.done.contains(&("audit_seals", lines)), "{:?}", report.done);
        assert_eq!(count(&app, "audit_seals"), lines);
        assert_eq!(verdict(&app, "acme").await, Vec::<String>::new());
        let again = jobs::run(&app.platform, &Job::Sweep { tenant }).await;
        assert!(again.done.iter().all(|(duty, _)| *duty != "audit_seals"), "{:?}", again.done);
    });
}

#[test]
fn a_run_has_an_end_and_the_next_one_catches_up() {
    run(async {
        let app = TestApp::new();
        noise(&app, "acme", 5_200);
        assert_eq!(sealed(&app, "acme").await, 5_000);
        assert_eq!(sealed(&app, "acme").await, 200);
        assert_eq!(sealed(&app, "acme").await, 0);
        assert_eq!(verdict(&app, "acme").await, Vec::<String>::new());
    });
}

#[test]
fn two_sealers_at_once_do_not_fork_the_chain() {
    run(async {
        let app = TestApp::new();
        noise(&app, "acme", 1_700);
        app.tenant_database("acme").interleave(true);
        let one = || app.as_product("acme", async |ctx| seal::seal_due(ctx).await.unwrap());
        let (first, second, third) = futures::join!(one(), one(), one());
        assert!(first + second + third <= 1_700);
        while sealed(&app, "acme").await > 0 {}
        assert_eq!(count(&app, "audit_seals"), 1_700);
        assert_eq!(verdict(&app, "acme").await, Vec::<String>::new());
    });
}

#[test]
fn a_checkpoint_is_signed_after_the_first_lines_an_hour_or_a_thousand_lines_and_names_the_one_before() {
    run(async {
        let app = TestApp::new();
        another_line(&app).await;
        sealed(&app, "acme").await;
        app.advance(TimeDelta::minutes(59));
        another_line(&app).await;
        sealed(&app, "acme").await;
        assert_eq!(count(&app, "audit_checkpoints"), 1);
        app.advance(TimeDelta::minutes(1));
        sealed(&app, "acme").await;
        assert_eq!(count(&app, "audit_checkpoints"), 2, "an hour, and a line since then");
        app.advance(TimeDelta::hours(5));
        sealed(&app, "acme").await;
        assert_eq!(count(&app, "audit_checkpoints"), 2, "nothing new");
        noise(&app, "acme", 1_000);
        sealed(&app, "acme").await;
        let (one, two, three) = (stored(&app, 1).unwrap(), stored(&app, 2).unwrap(), stored(&app, 3).unwrap());
        assert_eq!((one.seq, two.seq, three.seq), (1, 2, 1_002));
        assert_eq!((two.previous, three.previous), (one.digest(), stored(&app, 2).unwrap().digest()));
        assert!(three.hash.len() == 64 && one.is_genuine(&Keys::new(&app.platform.config.audit_secret, &[])));
        assert!(!one.is_genuine(&Keys::new(&app.platform.config.token_secret, &[])));
        let row = app.asked("acme", "SELECT signature FROM audit_checkpoints WHERE number = 1");
        assert_eq!(row, [one.signature], "the database has the same");
    });
}

#[test]
fn a_checkpoint_that_did_not_reach_the_storage_is_brought_there_later() {
    run(async {
        let app = TestApp::new();
        another_line(&app).await;
        sealed(&app, "acme").await;
        let before = stored(&app, 1);
        app.platform.files.delete(&format!("tnt_{}/audit/checkpoints/1", "a".repeat(32))).await.unwrap();
        assert_eq!(verdict(&app, "acme").await, Vec::<String>::new(), "it is on its way");
        app.advance(TimeDelta::minutes(5));
        sealed(&app, "acme").await;
        assert_eq!(stored(&app, 1), before);
    });
}

/// The copies of acme's lines in the storage: name and content.
fn copies(app: &TestApp) -> Vec<(String, String)> {
    let folder = format!("audit/tnt_{}/", "a".repeat(32));
    let keys = app.platform.files.keys().into_iter().filter(|key| key.starts_with(&folder));
    keys.map(|key| (key[folder.len()..].to_owned(), String::from_utf8(app.platform.files.bytes(&key).unwrap()).unwrap()))
        .collect()
}

#[test]
fn what_is_sealed_is_kept_outside_of_the_database_line_by_line() {
    run(async {
        let app = TestApp::new();
        noise(&app, "acme", 700);
        another_line(&app).await;
        sealed(&app, "acme").await;
        let copies = copies(&app);
        let names: Vec<&str> = copies.iter().map(|(name, _)| &name[..25]).collect();
        assert_eq!(names, ["000000000001-000000000500", "000000000501-000000000701"]);
        let lines: Vec<Value> =
            copies.iter().flat_map(|(_, text)| text.lines()).map(|line| serde_json::from_str(line).unwrap()).collect();
        let there = app.asked(
            "acme",
            "SELECT json_object('tenant_id', l.tenant_id, 'seq', l.seq, 'id', l.id, 'at', l.at, 'actor', l.actor, 'on_behalf_of', l.on_behalf_of,
                'action', l.action, 'subject', l.subject, 'outcome', l.outcome, 'request_id', l.request_id, 'network', l.network,
                'user_agent', l.user_agent, 'detail', l.detail, 'seal', s.hash)
            FROM audit_logs l JOIN audit_seals s ON s.tenant_id = l.tenant_id AND s.seq = l.seq ORDER BY l.seq",
        );
        let there: Vec<Value> = there.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines, there);
        sealed(&app, "acme").await;
        assert_eq!(self::copies(&app), copies, "nothing new, nothing copied");
    });
}

#[test]
fn a_copy_is_written_over_by_none_even_when_the_database_was_set_back() {
    run(async {
        let app = TestApp::new();
        another_line(&app).await;
        sealed(&app, "acme").await;
        let before = copies(&app);
        tamper(&app, "acme", |connection| {
            let back = "DELETE FROM audit_logs; DELETE FROM audit_seals; DELETE FROM audit_checkpoints; DELETE FROM counters WHERE name = 'audit'";
            connection.execute_batch(back).unwrap();
        });
        app.advance(TimeDelta::minutes(1));
        another_line(&app).await;
        sealed(&app, "acme").await;
        let after = copies(&app);
        assert_eq!((before.len(), after.len()), (1, 2), "the same place, another line, another name");
        assert!(after.contains(&before[0]));
    });
}

#[test]
fn what_could_not_be_copied_is_not_sealed_until_it_is() {
    run(async {
        let app = TestApp::new();
        another_line(&app).await;
        app.platform.files.refuses.set(true);
        assert!(app.as_product("acme", async |ctx| seal::seal_due(ctx).await).await.is_err());
        assert_eq!(count(&app, "audit_seals"), 0);
        app.platform.files.refuses.set(false);
        assert_eq!(sealed(&app, "acme").await, 1);
        assert_eq!(copies(&app).len(), 1);
    });
}

#[test]
fn the_sealer_stops_before_a_gap_and_the_verdict_names_it() {
    run(async {
        let app = TestApp::new();
        a_day(&app).await;
        tamper(&app, "acme", |connection| connection.execute_batch("DELETE FROM audit_logs WHERE seq = 4").unwrap());
        assert_eq!(sealed(&app, "acme").await, 3);
        assert_eq!(sealed(&app, "acme").await, 0);
        assert_eq!(verdict(&app, "acme").await, ["4 deleted"]);
    });
}

#[test]
fn a_database_that_was_set_back_overwrites_no_evidence_and_goes_on() {
    run(async {
        let app = TestApp::new();
        for _ in 0..4 {
            another_line(&app).await;
            sealed(&app, "acme").await;
            app.advance(TimeDelta::hours(2));
        }
        let evidence = stored(&app, 4);
        tamper(&app, "acme", |connection| {
            let back = "DELETE FROM audit_logs WHERE seq > 2; DELETE FROM audit_seals WHERE seq > 2; DELETE FROM audit_checkpoints WHERE seq > 2;
                UPDATE counters SET value = 2 WHERE name = 'audit'";
            connection.execute_batch(back).unwrap();
        });
        assert_eq!(verdict(&app, "acme").await, ["3 truncated"], "only the storage knows");
        another_line(&app).await;
        sealed(&app, "acme").await;
        assert_eq!(stored(&app, 4), evidence);
        assert_eq!(app.asked("acme", "SELECT max(number) FROM audit_checkpoints"), ["5"], "beyond what is taken");
        assert_eq!(verdict(&app, "acme").await, ["3 checkpoint_removed"], "and it stays told");
    });
}

#[test]
fn a_secret_that_is_replaced_leaves_the_checkpoints_believed_as_long_as_it_is_named() {
    run(async {
        let mut app = TestApp::new();
        another_line(&app).await;
        sealed(&app, "acme").await;
        let former = std::mem::replace(&mut app.platform.config.audit_secret, "3c".repeat(32));
        assert_eq!(verdict(&app, "acme").await, ["1 checkpoint_forged"]);
        app.platform.config.audit_secrets_before = vec![former];
        assert_eq!(verdict(&app, "acme").await, Vec::<String>::new());
    });
}
