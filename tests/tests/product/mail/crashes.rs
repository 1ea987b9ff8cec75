//! Mail that was stored and at which the product then broke off: it is taken up again, and in the end shown to a person.

use functions::actions::inbound::{Asked, take};
use serde_json::json;
use shared::id::InboundId;
use shared::platform::Platform;
use tests::app::TestApp;

use super::{Letter, answered_ticket, bring, shown, swept};

/// Puts a mail down as if it had been stored and nothing more, the more of them the later; answers its id.
async fn left_behind(app: &TestApp, digit: u8, attempts: u32, raw: Option<Vec<u8>>) -> InboundId {
    let id = format!("inb_{}", digit.to_string().repeat(32));
    let key = format!("raw/{id}");
    if let Some(raw) = raw {
        app.platform.files().put(&key, raw).await.unwrap();
    }
    app.tenant_database("acme").inspect(|connection| {
        connection
            .execute(
                "INSERT INTO inbound_mails (tenant_id, id, dedupe_key, mailbox, sender, subject, size, storage_key, state, attempts, received_at)
                 SELECT tenant_id, ?1, ?1, 'support@acme.example', 'client@acme.example', 'Left behind', 10, ?2, 'received', ?3, ?4
                 FROM users LIMIT 1",
                rusqlite::params![id, key, attempts, app.platform.now.get().timestamp_millis() + i64::from(digit)],
            )
            .unwrap()
    });
    InboundId::parse(&id).unwrap()
}

fn state(app: &TestApp, id: &InboundId) -> String {
    app.asked("acme", &format!("SELECT state || ' ' || COALESCE(reason, outcome, '-') FROM inbound_mails WHERE id = '{id}'"))
        .remove(0)
}

fn letter(subject: &str) -> Option<Vec<u8>> {
    Some(Letter::new("client@acme.example", subject, "Text.").raw())
}

#[test]
fn what_a_crash_left_behind_is_processed_by_the_sweep_once() {
    pollster::block_on(async {
        let app = TestApp::new();
        bring(&app, &Letter::new("client@acme.example", "Crash", "Now.")).await;
        let id = left_behind(&app, 1, 0, letter("Left behind")).await;
        assert_eq!(swept(&app).await, 0, "it may still be at work");
        app.advance(chrono::TimeDelta::minutes(2));
        assert_eq!(swept(&app).await, 1);
        assert_eq!(swept(&app).await, 0);
        assert_eq!(app.asked("acme", "SELECT title FROM tickets ORDER BY number"), ["Crash", "Left behind"]);
        // Processing a mail that is done changes nothing.
        let again = app.as_product("acme", async |ctx| take(ctx, &id, Asked::ByItself).await.unwrap()).await;
        assert_eq!(again.outcome, "ticket");
        assert_eq!(app.asked("acme", "SELECT count(*) FROM tickets"), ["2"]);
    });
}

#[test]
fn a_mail_whose_original_is_gone_holds_no_other_up_and_is_shown_in_the_end() {
    pollster::block_on(async {
        let app = TestApp::new();
        let lost = left_behind(&app, 1, 0, None).await;
        let whole = left_behind(&app, 2, 0, letter("Whole")).await;
        app.advance(chrono::TimeDelta::minutes(2));
        assert_eq!(swept(&app).await, 2);
        assert_eq!(state(&app, &whole), "processed ticket");
        assert_eq!(state(&app, &lost), "received -", "it may be there a moment later");
        for _ in 0..5 {
            swept(&app).await;
        }
        assert_eq!(state(&app, &lost), "unprocessed internal");
        assert_eq!(swept(&app).await, 0);
        let list = app.manager("acme").get("/api/mail/inbound").await.expect(200).json();
        assert_eq!(list["data"][0]["id"], lost.as_str());
    });
}

#[test]
fn a_mail_that_ends_whoever_reads_it_is_read_no_more_and_a_person_may_still_try() {
    pollster::block_on(async {
        let app = TestApp::new();
        // Each try was counted before it was made, and none came to an end.
        let deadly = left_behind(&app, 1, 5, letter("Deadly")).await;
        app.advance(chrono::TimeDelta::minutes(2));
        swept(&app).await;
        assert_eq!(state(&app, &deadly), "unprocessed internal");
        assert_eq!(app.asked("acme", "SELECT count(*) FROM tickets"), ["0"]);
        let tried = app.manager("acme").post(&format!("/api/mail/inbound/{deadly}/retry"), json!({})).await.expect(200).json();
        assert_eq!(tried["outcome"], "ticket");
    });
}

#[test]
fn a_mail_for_a_ticket_that_many_change_at_once_waits_for_the_sweep_and_not_for_a_person() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (ticket, reply) = answered_ticket(&app).await;
        let change = |sql: &str| app.tenant_database("acme").inspect(|connection| connection.execute(sql, []).unwrap());
        change("CREATE TRIGGER busy BEFORE INSERT ON ticket_comments BEGIN SELECT RAISE(ABORT, 'guard:stale_version'); END");
        let taken = bring(&app, &Letter::answer("client@acme.example", &reply, "Invoice 4711.")).await;
        assert_eq!((&taken["outcome"], &taken["reason"]), (&json!("received"), &json!(null)));
        change("DROP TRIGGER busy");
        app.advance(chrono::TimeDelta::minutes(2));
        assert_eq!(swept(&app).await, 1);
        assert_eq!(shown(&app, &ticket).await["comments"][1]["body"], "Invoice 4711.");
    });
}
