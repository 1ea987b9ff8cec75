//! Mail on its way out: once, again later, never.

use chrono::TimeDelta;
use functions::actions::outbox::deliver_due;
use serde_json::json;
use shared::platform::DeliveryError;
use tests::app::TestApp;

use super::{Letter, bring, carried, desk_says};

async fn one_waiting(app: &TestApp) {
    bring(app, &Letter::new("client@acme.example", "Hello", "There")).await;
}

async fn run(app: &TestApp) -> (usize, usize, usize) {
    let report = app.as_product("acme", async |ctx| deliver_due(ctx, 100).await).await.unwrap();
    (report.sent, report.postponed, report.failed)
}

fn state(app: &TestApp) -> String {
    app.asked("acme", "SELECT state || ' ' || attempts FROM outbox ORDER BY id DESC LIMIT 1").remove(0)
}

#[test]
fn a_mail_leaves_once_however_often_the_outbox_is_run() {
    pollster::block_on(async {
        let app = TestApp::new();
        one_waiting(&app).await;
        assert_eq!(run(&app).await, (1, 0, 0));
        assert_eq!(run(&app).await, (0, 0, 0));
        app.advance(TimeDelta::days(1));
        assert_eq!(run(&app).await, (0, 0, 0));
        assert_eq!(app.platform.outbox.borrow().len(), 1);
    });
}

#[test]
fn a_passing_trouble_is_tried_again_ever_more_seldom_and_in_the_end_given_up() {
    pollster::block_on(async {
        let app = TestApp::new();
        one_waiting(&app).await;
        let trouble = || DeliveryError::Temporary("451 try later".to_owned());
        for (attempt, minutes) in [1, 5, 30, 120, 360].into_iter().enumerate() {
            app.platform.delivery_errors.borrow_mut().push(trouble());
            assert_eq!(run(&app).await, (0, 1, 0), "{attempt}");
            app.advance(TimeDelta::minutes(minutes) - TimeDelta::seconds(1));
            assert_eq!(run(&app).await, (0, 0, 0), "not before its time");
            app.advance(TimeDelta::seconds(1));
        }
        app.platform.delivery_errors.borrow_mut().push(trouble());
        assert_eq!(run(&app).await, (0, 0, 1));
        assert_eq!(state(&app), "failed 6");
        assert_eq!(app.asked("acme", "SELECT error FROM outbox"), ["451 try later"]);
        // A person asks for one more.
        let id = app.asked("acme", "SELECT id FROM outbox").remove(0);
        let queued = app.manager("acme").post(&format!("/api/mail/outbox/{id}/retry"), json!({})).await.expect(200).json();
        assert_eq!(queued["state"], "queued");
        assert_eq!(run(&app).await, (1, 0, 0));
        let refused = app.manager("acme").post(&format!("/api/mail/outbox/{id}/retry"), json!({})).await;
        assert_eq!((refused.status, refused.code().as_str()), (409, "mail_not_failed"));
    });
}

#[test]
fn a_refusal_for_good_is_not_tried_again() {
    pollster::block_on(async {
        let app = TestApp::new();
        one_waiting(&app).await;
        app.platform.delivery_errors.borrow_mut().push(DeliveryError::Permanent("550 no".to_owned()));
        assert_eq!(run(&app).await, (0, 0, 1));
        app.advance(TimeDelta::days(1));
        assert_eq!(run(&app).await, (0, 0, 0));
    });
}

#[test]
fn a_repeated_try_is_the_same_mail_to_the_byte() {
    pollster::block_on(async {
        let app = TestApp::new();
        one_waiting(&app).await;
        assert_eq!(run(&app).await, (1, 0, 0));
        // As if the machine had died between sending and noting it.
        app.tenant_database("acme").inspect(|connection| connection.execute("UPDATE outbox SET state = 'sending'", []).unwrap());
        assert_eq!(run(&app).await, (0, 0, 0), "the claim still holds");
        app.advance(TimeDelta::minutes(2));
        assert_eq!(run(&app).await, (1, 0, 0));
        let left = app.platform.outbox.borrow();
        assert_eq!(left[0].idempotency_key, left[1].idempotency_key);
        let id = |raw: &[u8]| shared::mail::parse::parse(raw, &shared::mail::Envelope::default(), &[]).unwrap().message_id;
        assert_eq!(id(&left[0].raw), id(&left[1].raw));
    });
}

#[test]
fn a_runner_that_comes_back_late_does_not_undo_what_another_noted() {
    pollster::block_on(async {
        let app = TestApp::new();
        one_waiting(&app).await;
        let late = app
            .as_product("acme", async |ctx| {
                let claim = shared::store::outbox::claim(ctx.now, ctx.now + TimeDelta::minutes(2), 5);
                ctx.db.run(claim).await.unwrap().all::<shared::store::outbox::Claimed>().unwrap()
            })
            .await;
        assert_eq!(late.len(), 1);
        app.advance(TimeDelta::minutes(3));
        assert_eq!(run(&app).await, (1, 0, 0));
        app.as_product("acme", async |ctx| ctx.db.run(shared::store::outbox::fail(&late[0], "too late", None)).await.unwrap())
            .await;
        assert_eq!(state(&app), "sent 2");
    });
}

#[test]
fn nothing_is_sent_to_our_own_mailbox_and_a_note_never_leaves_the_desk() {
    pollster::block_on(async {
        let app = TestApp::new();
        let body = json!({"title": "a", "description": "b", "requester": {"id": app.user_id("acme", "client")}});
        let ticket = app.agent("acme").post("/api/tickets", body).await.expect(201).json()["id"].as_str().unwrap().to_owned();
        app.tenant_database("acme").inspect(|connection| {
            let sql = "UPDATE outbox SET recipient = 'support+x@acme.example'";
            connection.execute(sql, []).unwrap()
        });
        assert!(carried(&app).await.is_empty());
        let failed = app.asked("acme", "SELECT error FROM outbox WHERE state = 'failed'");
        assert_eq!(failed, ["own_address"]);
        // Should a defect ever queue a note for a client, it does not get out.
        app.agent("acme")
            .post(&format!("/api/tickets/{ticket}/comments"), json!({"body": "secret", "visibility": "internal"}))
            .await
            .expect(201);
        app.tenant_database("acme").inspect(|connection| {
            connection
                .execute(
                    "INSERT INTO outbox (tenant_id, id, kind, template, recipient, locale, ticket_id, comment_id, data, state, due_at, created_at)
                     SELECT tenant_id, 'out_' || substr(id, 5), 'mail', 'agent_reply', 'client@acme.example', 'en', ticket_id, id, '{}', 'queued', 0, 0
                     FROM ticket_comments WHERE visibility = 'internal'",
                    [],
                )
                .unwrap()
        });
        assert!(carried(&app).await.is_empty());
    });
}

#[test]
fn many_mails_cost_a_bounded_number_of_round_trips_each() {
    pollster::block_on(async {
        let app = TestApp::new();
        let copies: Vec<String> = (0..20).map(|number| format!("copy{number}@client.example")).collect();
        let body = json!({"title": "a", "description": "b", "requester": {"id": app.user_id("acme", "client")}, "cc": copies});
        let ticket = app.agent("acme").post("/api/tickets", body).await.expect(201).json()["id"].as_str().unwrap().to_owned();
        carried(&app).await;
        desk_says(&app, &ticket, "Hello").await;
        let (sent, trips) =
            app.as_product("acme", async |ctx| (deliver_due(ctx, 100).await.unwrap().sent, ctx.db.round_trips())).await;
        assert_eq!(sent, 21);
        // One note a mail; claim and facts for every five.
        assert!(trips <= 21 + 2 * 5 + 1, "{trips}");
    });
}

#[test]
fn a_mail_that_breaks_off_every_run_that_carries_it_is_given_up_without_another_try() {
    pollster::block_on(async {
        let app = TestApp::new();
        one_waiting(&app).await;
        // The claim was counted, and nobody lived to say what became of it.
        app.tenant_database("acme")
            .inspect(|connection| connection.execute("UPDATE outbox SET state = 'sending', attempts = 6", []).unwrap());
        assert_eq!(run(&app).await, (0, 0, 1));
        assert_eq!((state(&app).as_str(), app.platform.outbox.borrow().len()), ("failed 7", 0));
        assert_eq!(app.asked("acme", "SELECT error FROM outbox"), ["no_try_ended"]);
        let page = app.agent("acme").in_browser().get("/agent/mail/log?state=failed").await.expect(200).text();
        assert!(!page.contains("no_try_ended"), "the log says it in words");
    });
}

#[test]
fn mails_that_were_tried_often_are_carried_one_by_one_and_all_leave() {
    pollster::block_on(async {
        for attempts in [3, 4] {
            let app = TestApp::new();
            for number in 0..3 {
                bring(&app, &Letter::new("client@acme.example", &format!("Question {number}"), "?")).await;
            }
            app.tenant_database("acme")
                .inspect(|connection| connection.execute("UPDATE outbox SET attempts = ?1", [attempts]).unwrap());
            assert_eq!(run(&app).await, (3, 0, 0));
        }
    });
}
