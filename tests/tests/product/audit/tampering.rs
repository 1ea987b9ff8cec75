//! Nothing of the log can be changed past the product without being found and named, whatever is changed.

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params};
use shared::audit::verify::{Beyond, Stretch, faults};
use shared::audit::{FaultKind, Keys, chain};
use shared::store::audit_chain as store;
use tests::app::TestApp;

use super::{a_day, run, sealed, tamper, verdict};

/// A log of several dozen lines that people and clocks have written, sealed and signed.
async fn log() -> (TestApp, i64) {
    let app = TestApp::new();
    a_day(&app).await;
    app.advance(chrono::TimeDelta::hours(9));
    sealed(&app, "acme").await;
    a_day_more(&app).await;
    app.advance(chrono::TimeDelta::hours(1));
    sealed(&app, "acme").await;
    let count: i64 = app.asked("acme", "SELECT count(*) FROM audit_logs")[0].parse().unwrap();
    assert!(count >= 36, "several dozen: {count}");
    assert_eq!(app.asked("acme", "SELECT max(seq) FROM audit_checkpoints"), [count.to_string()]);
    assert_eq!(verdict(&app, "acme").await, Vec::<String>::new());
    (app, count)
}

async fn a_day_more(app: &TestApp) {
    for number in 0..5 {
        for title in ["Отчёт", "Report", "تقرير"] {
            let body = serde_json::json!({"title": format!("{title} {number}"), "description": "Text"});
            app.client("acme").post("/api/tickets", body).await.expect(201);
            app.advance(chrono::TimeDelta::minutes(1));
        }
        app.agent("acme").get("/api/audit").await.expect(403);
        app.manager("acme").get(&format!("/api/users/{}", app.user_id("acme", "client"))).await.expect(200);
        app.advance(chrono::TimeDelta::minutes(11));
    }
}

/// What the verifier says of the places from `from` to `to`, as it stands in the database.
async fn stretch(app: &TestApp, from: i64, to: i64) -> Vec<(i64, FaultKind)> {
    app.as_product("acme", async |ctx| {
        let found = store::read_stretch(&ctx.db.batch(store::stretch(from, to, 50)).await.unwrap()).unwrap();
        let (before, seals): (Vec<_>, Vec<_>) = found.seals.into_iter().partition(|seal| seal.seq < from);
        let is_last = to >= found.extent.newest;
        let stretch = Stretch {
            tenant: ctx.tenant.id().to_string(),
            from,
            to,
            extent: found.extent,
            before: if from == 1 { Some(chain::BEGINNING.to_owned()) } else { before.into_iter().map(|seal| seal.hash).next() },
            lines: found.lines,
            seals,
            checkpoint_before: found.checkpoint_before,
            checkpoints: found.checkpoints.into_iter().filter(|one| is_last || one.seq <= to).collect(),
            beyond: Beyond::Nothing,
        };
        let keys = Keys::new(&app.platform.config.audit_secret, &[]);
        faults(&stretch, &keys).into_iter().map(|fault| (fault.seq, fault.kind)).collect()
    })
    .await
}

/// The value with each of its bytes changed, one at a time.
fn flipped(value: &Sql) -> Vec<Sql> {
    match value {
        // Nothing is there to be flipped: something comes to be there.
        Sql::Null => vec![Sql::Blob(b"x".to_vec())],
        Sql::Integer(number) => (0..8).map(|byte| Sql::Integer(number ^ (1 << (8 * byte)))).collect(),
        Sql::Text(text) if text.is_empty() => vec![Sql::Blob(b"x".to_vec())],
        Sql::Text(text) => (0..text.len())
            .map(|at| {
                let mut bytes = text.as_bytes().to_vec();
                bytes[at] ^= 1;
                Sql::Blob(bytes)
            })
            .collect(),
        other => panic!("no column holds {other:?}"),
    }
}

/// Puts a value into one column of one row; bytes become text.
fn put(connection: &Connection, table: &str, column: &str, key: (&str, i64), value: &Sql) {
    let written = if matches!(value, Sql::Blob(_)) { "CAST(?2 AS TEXT)" } else { "?2" };
    let sql = format!("UPDATE {table} SET {column} = {written} WHERE {} = ?1", key.0);
    assert_eq!(connection.execute(&sql, params![key.1, value]).unwrap(), 1, "{sql}");
}

fn value(connection: &Connection, table: &str, column: &str, key: (&str, i64)) -> Sql {
    let sql = format!("SELECT {column} FROM {table} WHERE {} = ?1", key.0);
    connection.query_row(&sql, [key.1], |row| row.get(0)).unwrap()
}

/// Tries every change of one column of one row; answers how many that were.
async fn each_byte(app: &TestApp, table: &str, column: &str, key: (&str, i64), check: impl AsyncFn(&Sql)) -> usize {
    let database = app.tenant_database("acme");
    let changes = flipped(&database.inspect(|connection| value(connection, table, column, key)));
    for changed in &changes {
        database.inspect(|connection| {
            connection.execute_batch("BEGIN").unwrap();
            put(connection, table, column, key, changed);
        });
        check(changed).await;
        database.inspect(|connection| connection.execute_batch("ROLLBACK").unwrap());
    }
    changes.len()
}

/// One share of the rows, so that the shares run side by side.
fn each_byte_of_each_column_of_the_lines(share: i64, shares: i64) {
    run(async {
        let (app, count) = log().await;
        tamper(&app, "acme", |connection| {
            // Two lines in one place: the index would not let it be written.
            connection
                .execute_batch("DROP INDEX audit_logs_by_seq; CREATE INDEX audit_logs_by_seq ON audit_logs (tenant_id, seq)")
                .unwrap();
        });
        let mut tried = 0;
        for seq in (1..=count).filter(|seq| seq % shares == share) {
            for column in chain::COLUMNS {
                tried += each_byte(&app, "audit_logs", column, ("seq", seq), async |changed| {
                    let found = stretch(&app, seq, seq).await;
                    let is_named = found.iter().any(|(place, kind)| match column {
                        // The line is somewhere else, or at the end of the log nowhere.
                        "seq" | "tenant_id" => *place == seq && matches!(kind, FaultKind::Deleted | FaultKind::Truncated),
                        _ => found.len() == 1 && (*place, *kind) == (seq, FaultKind::Edited),
                    });
                    assert!(is_named, "{column} of {seq} with {changed:?}: {found:?}");
                })
                .await;
            }
        }
        assert!(tried > 2_000, "{tried}");
    });
}

#[test]
fn a_byte_of_a_line_is_not_changed_unseen_1() {
    each_byte_of_each_column_of_the_lines(0, 2);
}
#[test]
fn a_byte_of_a_line_is_not_changed_unseen_2() {
    each_byte_of_each_column_of_the_lines(1, 2);
}

#[test]
fn the_columns_that_are_sealed_are_those_of_the_table() {
    let app = TestApp::new();
    let mut columns = app.asked("acme", "SELECT name FROM pragma_table_info('audit_logs')");
    let mut sealed = chain::COLUMNS.map(str::to_owned).to_vec();
    columns.sort();
    sealed.sort();
    assert_eq!(columns, sealed);
}

#[test]
fn a_byte_of_a_seal_is_not_changed_unseen() {
    run(async {
        let (app, count) = log().await;
        tamper(&app, "acme", |_| {});
        for seq in 1..=count {
            each_byte(&app, "audit_seals", "hash", ("seq", seq), async |_| {
                assert_eq!(stretch(&app, seq, seq).await, [(seq, FaultKind::SealEdited)]);
            })
            .await;
        }
    });
}

#[test]
fn a_byte_of_a_checkpoint_is_not_changed_unseen() {
    run(async {
        let (app, count) = log().await;
        tamper(&app, "acme", |_| {});
        for column in ["tenant_id", "number", "seq", "hash", "at", "previous", "key_id", "signature"] {
            for number in [1, 2] {
                let tried = each_byte(&app, "audit_checkpoints", column, ("number", number), async |changed| {
                    let found = stretch(&app, 1, count).await;
                    let is_named =
                        found.iter().any(|(_, kind)| matches!(kind, FaultKind::CheckpointForged | FaultKind::CheckpointRemoved));
                    // The last one, taken to another tenant, is missing here: that the storage tells, below.
                    let is_the_storages = column == "tenant_id" && number == 2;
                    assert!(is_named || is_the_storages, "{column} of {number} with {changed:?}: {found:?}");
                })
                .await;
                assert!(tried > 0);
            }
        }
    });
}

async fn told_after(change: &str) -> Vec<String> {
    let (app, _) = log().await;
    tamper(&app, "acme", |connection| connection.execute_batch(change).unwrap());
    verdict(&app, "acme").await
}

#[test]
fn lines_that_are_deleted_exchanged_or_cut_off_are_named() {
    run(async {
        assert_eq!(told_after("DELETE FROM audit_logs WHERE seq = 5").await, ["5 deleted"]);
        assert_eq!(told_after("DELETE FROM audit_logs WHERE seq IN (1, 7)").await, ["1 deleted", "7 deleted"]);
        let exchanged = "UPDATE audit_logs SET seq = -4 WHERE seq = 4; UPDATE audit_logs SET seq = 4 WHERE seq = 9; UPDATE audit_logs SET seq = 9 WHERE seq = -4";
        assert_eq!(told_after(exchanged).await, ["4 reordered", "9 reordered"]);
        assert_eq!(told_after("DELETE FROM audit_logs WHERE seq > 30").await, ["31 truncated"]);
        let with_seals = "DELETE FROM audit_logs WHERE seq > 30; DELETE FROM audit_seals WHERE seq > 30";
        assert_eq!(told_after(with_seals).await, ["31 truncated"]);
        let with_counter = format!("{with_seals}; UPDATE counters SET value = 30 WHERE name = 'audit'");
        assert_eq!(told_after(&with_counter).await, ["31 truncated"], "a checkpoint has signed more");
        let with_all = format!("{with_counter}; DELETE FROM audit_checkpoints WHERE seq > 30");
        assert_eq!(told_after(&with_all).await, ["31 truncated"], "and stands where the database does not reach");
        let everything = "DELETE FROM audit_logs; DELETE FROM audit_seals; DELETE FROM audit_checkpoints; DELETE FROM counters";
        assert_eq!(told_after(everything).await, ["1 truncated"]);
    });
}

#[test]
fn a_line_that_is_smuggled_in_is_named() {
    run(async {
        let among =
            "UPDATE audit_logs SET seq = seq + 1000 WHERE seq >= 5; UPDATE audit_logs SET seq = seq - 999 WHERE seq > 1000;
            DROP TRIGGER audit_logs_take_their_place;
            INSERT INTO audit_logs (tenant_id, id, at, actor, action, subject, request_id, seq)
                SELECT tenant_id, 'evt_x', at, actor, action, subject, request_id, 5 FROM audit_logs WHERE seq = 4";
        let told = told_after(among).await;
        assert_eq!(told[0], "5 edited");
        assert_eq!(told[1], "6 reordered");
    });
}

#[test]
fn a_line_that_lost_its_place_is_missed() {
    run(async {
        let told = told_after("UPDATE audit_logs SET seq = NULL WHERE seq = 5").await;
        assert_eq!(told, ["5 deleted"]);
    });
}

#[test]
fn seals_that_are_removed_and_checkpoints_that_are_forged_are_named() {
    run(async {
        assert_eq!(told_after("DELETE FROM audit_seals WHERE seq = 5").await, ["5 seal_removed"]);
        let forged = "UPDATE audit_checkpoints SET hash = (SELECT hash FROM audit_seals WHERE seq = 3), seq = 3 WHERE number = 1";
        assert_eq!(told_after(forged).await, ["3 checkpoint_forged"]);
        let last = "DELETE FROM audit_checkpoints WHERE number = 2";
        assert!(told_after(last).await[0].ends_with("checkpoint_removed"), "the storage has it");
        let first = told_after("DELETE FROM audit_checkpoints WHERE number = 1").await;
        assert_eq!(first.len(), 1);
        assert!(first[0].ends_with("checkpoint_removed"), "{first:?}");
    });
}

#[test]
fn whoever_edits_a_line_and_seals_the_log_anew_is_found_out_by_the_checkpoint() {
    run(async {
        let (app, count) = log().await;
        tamper(&app, "acme", |connection| {
            connection.execute_batch("UPDATE audit_logs SET actor = 'system' WHERE seq = 5; DELETE FROM audit_seals").unwrap();
        });
        assert!(sealed(&app, "acme").await > 0, "the sealer knows no better");
        let first = app.asked("acme", "SELECT seq FROM audit_checkpoints WHERE number = 1").remove(0);
        assert_eq!(verdict(&app, "acme").await, [format!("{first} rewritten"), format!("{count} rewritten")]);
    });
}

#[test]
fn a_row_that_cannot_be_read_at_all_is_a_fault_and_no_failure() {
    run(async {
        let told = told_after("UPDATE audit_logs SET at = 'yesterday', detail = x'00' WHERE seq = 5").await;
        assert_eq!(told, ["5 edited"]);
        let told = told_after("UPDATE audit_seals SET hash = 7.5 WHERE seq = 5").await;
        assert_eq!(told, ["5 seal_edited"]);
        let told = told_after("UPDATE audit_checkpoints SET at = 'never' WHERE number = 1").await;
        assert!(told.iter().any(|fault| fault.ends_with("checkpoint_removed")), "{told:?}");
    });
}
