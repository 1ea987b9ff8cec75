//! Tickets that their assignees put off, and private reminders.

use chrono::TimeDelta;
use functions::actions::jobs;
use serde_json::{Value, json};
use shared::id::UserId;
use shared::job::Job;
use shared::limits::SNOOZED_MAX;
use shared::platform::{Platform, Wake};
use shared::store::queues;
use tests::app::TestApp;

/// A ticket of the client's; assigned to this role's person, if any.
async fn ticket(app: &TestApp, role: Option<&str>) -> String {
    let created =
        app.client("acme").post("/api/tickets", json!({"title": "Posting", "description": "It stops."})).await.expect(201);
    let number = created.json()["number"].as_str().unwrap().to_owned();
    if let Some(role) = role {
        let assignee = json!({"assignee": app.user_id("acme", role)});
        app.manager("acme").header("if-match", "*").patch(&format!("/api/tickets/{number}"), assignee).await.expect(200);
    }
    number
}

async fn snooze(app: &TestApp, number: &str, until: &str) {
    app.agent("acme").put(&format!("/api/tickets/{number}/snooze"), json!({ "until": until })).await.expect(200);
}

/// The numbers that a queue of this role's person shows.
async fn queue(app: &TestApp, role: &str, name: &str, numbers: &[&String]) -> Vec<String> {
    let page = app.signed_in("acme", role).in_browser().get(&format!("/agent/tickets?queue={name}")).await.expect(200);
    assert!(page.round_trips <= 3, "{}", page.round_trips);
    let text = page.text();
    numbers
        .iter()
        .filter(|number| text.contains(&format!("data-href=\"/agent/tickets/{number}\"")))
        .map(ToString::to_string)
        .collect()
}

/// The job that the tenant's alarm asks for.
async fn ring(app: &TestApp, duty: &str) -> usize {
    rung(app, duty).await.0
}

/// How many were due, and who is told of it at once.
async fn rung(app: &TestApp, duty: &str) -> (usize, Vec<Wake>) {
    let tenant = app.as_product("acme", async |ctx| ctx.tenant.id().clone()).await;
    let report = jobs::run(&app.platform, &Job::Sla { tenant }).await;
    assert!(report.failures.is_empty(), "{:?}", report.failures);
    (report.done.iter().find(|(name, _)| *name == duty).map_or(0, |(_, count)| *count), report.wakes)
}

fn history(app: &TestApp, kind: &str) -> usize {
    app.asked("acme", &format!("SELECT id FROM ticket_history WHERE kind = '{kind}'")).len()
}

#[test]
fn what_is_put_off_leaves_ones_own_queue_and_comes_back_once_at_its_moment() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (one, other) = (ticket(&app, Some("agent")).await, ticket(&app, Some("agent")).await);
        let both = [&one, &other];
        let path = format!("/api/tickets/{one}/snooze");
        let answer = app.agent("acme").put(&path, json!({"until": "tomorrow"})).await.expect(200);
        assert!(answer.round_trips <= 3, "{}", answer.round_trips);
        // Monday, 10:00 in Moscow: the next working morning is Tuesday, nine.
        assert_eq!(answer.json()["data"]["until"], "2026-03-03T06:00:00Z");
        let due = app.platform.now() + TimeDelta::hours(23);
        assert!(app.wakes.borrow().iter().any(|wake| matches!(wake, Wake::SlaTimer { at, .. } if *at == due)));
        assert_eq!(queue(&app, "agent", "mine", &both).await, std::slice::from_ref(&other));
        assert_eq!(queue(&app, "agent", "snoozed", &both).await, std::slice::from_ref(&one));
        assert_eq!(queue(&app, "agent", "all", &both).await, [one.clone(), other.clone()], "others see it where it was");
        assert_eq!(ring(&app, "snoozes").await, 0, "it is not due");
        app.advance(TimeDelta::hours(23));
        let (count, wakes) = rung(&app, "snoozes").await;
        assert_eq!(count, 1);
        let is_told = |wake: &Wake| matches!(wake, Wake::Hub { message, .. } if message.contains("reminded"));
        assert!(wakes.iter().any(is_told), "{wakes:?}");
        assert_eq!(ring(&app, "snoozes").await, 0);
        assert_eq!(queue(&app, "agent", "mine", &both).await, [one.clone(), other.clone()]);
        assert!(queue(&app, "agent", "snoozed", &both).await.is_empty());
        assert_eq!((history(&app, "snoozed"), history(&app, "woken")), (1, 1));
        let mails = app.asked("acme", "SELECT recipient FROM outbox WHERE template = 'reminder'");
        assert_eq!(mails, [app.email("acme", "agent")]);
        // Marked until whoever put it off has looked.
        let list = async || app.agent("acme").in_browser().get("/agent/tickets?queue=mine").await.expect(200).text();
        assert_eq!(list().await.matches("chip-info").count(), 1);
        app.agent("acme").in_browser().get(&format!("/agent/tickets/{one}")).await.expect(200);
        assert_eq!(list().await.matches("chip-info").count(), 0);
    });
}

#[test]
fn a_clients_answer_another_assignee_and_the_end_bring_a_ticket_back() {
    pollster::block_on(async {
        let app = TestApp::new();
        let put_off = || app.asked("acme", "SELECT number FROM tickets WHERE snoozed_until IS NOT NULL").len();
        let number = ticket(&app, Some("agent")).await;
        let path = format!("/api/tickets/{number}");
        snooze(&app, &number, "answer").await;
        app.manager("acme")
            .post(&format!("{path}/comments"), json!({"body": "A note", "visibility": "internal"}))
            .await
            .expect(201);
        assert_eq!(put_off(), 1, "the desk's own words are no answer");
        app.client("acme").post(&format!("{path}/comments"), json!({"body": "It still stops."})).await.expect(201);
        assert_eq!((put_off(), history(&app, "woken")), (0, 1));
        snooze(&app, &number, "monday").await;
        app.manager("acme").header("if-match", "*").patch(&path, json!({"priority": "high"})).await.expect(200);
        assert_eq!(put_off(), 1);
        let other = json!({"assignee": app.user_id("acme", "manager")});
        app.manager("acme").header("if-match", "*").patch(&path, other).await.expect(200);
        assert_eq!(put_off(), 0, "somebody else has it now");
        app.manager("acme").put(&format!("{path}/snooze"), json!({"until": "monday"})).await.expect(200);
        app.manager("acme").header("if-match", "*").patch(&path, json!({"status": "in_progress"})).await.expect(200);
        app.manager("acme").header("if-match", "*").patch(&path, json!({"status": "resolved"})).await.expect(200);
        assert_eq!(put_off(), 0, "it is over");
    });
}

#[test]
fn only_the_assignee_puts_an_unfinished_ticket_off_and_not_into_the_past() {
    pollster::block_on(async {
        let app = TestApp::new();
        let number = ticket(&app, Some("agent")).await;
        let path = format!("/api/tickets/{number}/snooze");
        let refused = app.manager("acme").put(&path, json!({"until": "tomorrow"})).await.expect(409).json();
        assert_eq!(refused["code"], "snooze_not_yours");
        app.client("acme").put(&path, json!({"until": "tomorrow"})).await.expect(403);
        app.agent("globex").put(&path, json!({"until": "tomorrow"})).await.expect(404);
        for until in ["2026-03-02T06:59:00Z", "2028-01-01T00:00:00Z", "never"] {
            app.agent("acme").put(&path, json!({ "until": until })).await.expect(422);
        }
        let page = format!("/agent/tickets/{number}/snooze");
        let form = app.agent("acme").in_browser().submit(&page, &[("when_at", "2026-03-01T10:00")]).await.expect(422).text();
        assert!(form.contains("2026-03-01T10:00"), "what was typed comes back");
        app.agent("acme").in_browser().submit(&page, &[("when", "answer")]).await.expect(303);
        let shown = app.agent("acme").get(&path).await.expect(200).json();
        assert_eq!(shown, json!({"data": {"until": null}}));
        app.agent("acme").delete(&path).await.expect(204);
        assert_eq!(app.agent("acme").get(&path).await.expect(200).json(), json!({"data": null}));
        app.agent("acme")
            .header("if-match", "*")
            .patch(&format!("/api/tickets/{number}"), json!({"status": "in_progress"}))
            .await
            .expect(200);
        app.agent("acme")
            .header("if-match", "*")
            .patch(&format!("/api/tickets/{number}"), json!({"status": "resolved"}))
            .await
            .expect(200);
        let refused = app.agent("acme").put(&path, json!({"until": "tomorrow"})).await.expect(409).json();
        assert_eq!(refused["code"], "snooze_finished");
    });
}

#[test]
fn no_clock_stands_still_for_what_is_put_off() {
    pollster::block_on(async {
        let app = TestApp::new();
        let number = ticket(&app, Some("agent")).await;
        let due = || app.asked("acme", "SELECT next_due_at FROM tickets");
        let before = due();
        snooze(&app, &number, "monday").await;
        assert_eq!(due(), before);
        let page = app.agent("acme").in_browser().get(&format!("/agent/tickets/{number}/later")).await.expect(200);
        assert!(page.round_trips <= 3 && page.text().contains("data-panel-body"));
    });
}

#[test]
fn ones_own_queue_reads_the_same_however_much_is_put_off() {
    pollster::block_on(async {
        let app = TestApp::new();
        for _ in 0..12 {
            ticket(&app, Some("agent")).await;
        }
        let plan = app.asked(
            "acme",
            "SELECT COUNT(*) FROM sqlite_master WHERE name IN ('tickets_awake', 'tickets_snoozed', 'tickets_snoozed_due')",
        );
        assert_eq!(plan, ["3"]);
        let list = app.agent("acme").get("/api/tickets?status=open&snoozed=false").await.expect(200).json();
        assert_eq!(list["data"].as_array().unwrap().len(), 12);
        let list = app.agent("acme").get("/api/tickets?snoozed=true").await.expect(200).json();
        assert_eq!(list["data"], json!([]));
        app.agent("acme").get("/api/tickets?snoozed=maybe").await.expect(422);
    });
}

async fn remind(app: &TestApp, body: Value) -> Value {
    app.agent("acme").post("/api/reminders", body).await.expect(201).json()["data"].clone()
}

#[test]
fn a_reminder_is_its_owners_alone_and_is_told_once() {
    pollster::block_on(async {
        let app = TestApp::new();
        let number = ticket(&app, None).await;
        let made = remind(
            &app,
            json!({"text": " Ask\nwhether it\u{7} went through ", "due_at": "2026-03-02T08:00:00Z", "ticket": number}),
        )
        .await;
        assert_eq!((&made["text"], &made["ticket"]["number"]), (&json!("Ask whether it went through"), &json!(number)));
        let path = format!("/api/reminders/{}", made["id"].as_str().unwrap());
        for other in [app.manager("acme"), app.agent("globex")] {
            other.get(&path).await.expect(404);
        }
        app.manager("acme").patch(&path, json!({"text": "x"})).await.expect(404);
        app.manager("acme").delete(&path).await.expect(404);
        assert_eq!(app.manager("acme").get("/api/reminders").await.expect(200).json()["data"], json!([]));
        app.client("acme").get("/api/reminders").await.expect(403);
        assert_eq!(ring(&app, "reminders").await, 0);
        app.advance(TimeDelta::hours(1));
        assert_eq!((ring(&app, "reminders").await, ring(&app, "reminders").await), (1, 0));
        let mails = app.asked("acme", "SELECT recipient FROM outbox WHERE template = 'reminder'");
        assert_eq!(mails, [app.email("acme", "agent")]);
        let audit = app.asked("acme", "SELECT detail FROM audit_logs WHERE action LIKE 'reminder.%'").join(" ");
        assert!(!audit.contains("went through"), "the log does not say what it was about");
        let page = app.agent("acme").in_browser().get("/agent/reminders").await.expect(200);
        assert!(page.round_trips <= 3 && page.text().contains("data-rung"));
        // Again later: it is told again.
        let moved = app.agent("acme").patch(&path, json!({"due_at": "tomorrow"})).await.expect(200).json();
        assert_eq!(moved["data"]["rung_at"], Value::Null);
        app.advance(TimeDelta::days(1));
        assert_eq!(ring(&app, "reminders").await, 1);
        app.agent("acme").delete(&path).await.expect(204);
        app.agent("acme").get(&path).await.expect(404);
    });
}

#[test]
fn a_reminder_about_no_ticket_is_not_mailed_to_who_wants_none_either() {
    pollster::block_on(async {
        let app = TestApp::new();
        let number = ticket(&app, None).await;
        let both = async || {
            remind(&app, json!({"text": "Call Anna", "due_at": "2026-03-02T08:00:00Z"})).await;
            remind(&app, json!({"text": "Ask again", "due_at": "2026-03-02T08:00:00Z", "ticket": number})).await;
        };
        let mails = || app.asked("acme", "SELECT id FROM outbox WHERE template = 'reminder'").len();
        both().await;
        app.agent("acme").patch("/api/users/me/notifications", json!({"mail": {"reminder": false}})).await.expect(200);
        app.advance(TimeDelta::hours(1));
        assert_eq!((ring(&app, "reminders").await, mails()), (2, 0), "told on the page, and not by mail");
        app.agent("acme").patch("/api/users/me/notifications", json!({"mail": {"reminder": true}})).await.expect(200);
        app.tenant_database("acme").inspect(|connection| connection.execute("UPDATE reminders SET rung_at = NULL", []).unwrap());
        assert_eq!((ring(&app, "reminders").await, mails()), (2, 2));
    });
}

#[test]
fn ones_own_queue_counts_what_is_put_off_however_much_it_is() {
    pollster::block_on(async {
        let app = TestApp::new();
        ticket(&app, Some("agent")).await;
        app.tenant_database("acme").inspect(|connection| {
            let columns: String = connection
                .query_row("SELECT group_concat(name) FROM pragma_table_info('tickets') WHERE name NOT IN ('id', 'number')", [], |row| {
                    row.get(0)
                })
                .unwrap();
            let more = format!(
                "WITH RECURSIVE more (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more WHERE n < {SNOOZED_MAX})
                    INSERT INTO tickets (id, number, {columns}) SELECT printf('tkt_%032d', n), 1000 + n, {columns} FROM tickets, more;
                UPDATE tickets SET snoozed_until = 9007199254740991 WHERE number > 1000;"
            );
            connection.execute_batch(&more).unwrap();
        });
        let agent = UserId::parse(&app.user_id("acme", "agent")).unwrap();
        let counts = app.as_product("acme", async |ctx| ctx.db.run(queues::counts(&agent)).await).await.unwrap();
        let counts = queues::read(&counts).unwrap();
        assert_eq!((counts.snoozed, counts.mine), (i64::from(SNOOZED_MAX), 1));
    });
}

#[test]
fn forms_keep_what_was_typed_and_lead_back_to_where_they_were() {
    pollster::block_on(async {
        let app = TestApp::new();
        let number = ticket(&app, None).await;
        let typed = [("text", "Call Anna"), ("when_at", "2020-01-01T10:00")];
        let refused = app.agent("acme").in_browser().submit("/agent/reminders", &typed).await.expect(422).text();
        assert!(refused.contains("Call Anna") && refused.contains("2020-01-01T10:00"));
        let typed = [("text", " "), ("when", "tomorrow"), ("ticket", number.as_str())];
        app.agent("acme").in_browser().submit("/agent/reminders", &typed).await.expect(422);
        let typed = [("text", "Call Anna"), ("when", "tomorrow"), ("ticket", number.as_str())];
        let kept = app.agent("acme").in_browser().submit("/agent/reminders", &typed).await.expect(303);
        assert!(kept.round_trips <= 3, "{}", kept.round_trips);
        assert_eq!(kept.headers.get("location"), Some(format!("/agent/tickets/{number}/later").as_str()));
        let id = app.asked("acme", "SELECT id FROM reminders").pop().unwrap();
        let again = format!("/agent/reminders/{id}/again");
        // The reason stands where the moment was typed: in the panel of the ticket, and in the list.
        for typed in [vec![("when_at", "2020-01-01T10:00"), ("ticket", number.as_str())], vec![("when_at", "2020-01-01T10:00")]] {
            let refused = app.agent("acme").in_browser().submit(&again, &typed).await.expect(422).text();
            assert_eq!(refused.contains("data-panel-body"), typed.len() == 2);
            let field =
                format!(r#"name="when_at" value="2020-01-01T10:00" aria-invalid="true" aria-describedby="at-{id}-error""#);
            assert!(refused.contains(&field) && refused.contains(&format!(r#"id="at-{id}-error" role="alert">"#)), "{refused}");
            assert_eq!(refused.matches("data-menu open").count(), 1);
        }
        app.manager("acme").in_browser().submit(&again, &[("when", "monday")]).await.expect(404);
        app.agent("acme").in_browser().submit(&again, &[("when", "monday")]).await.expect(303);
        app.agent("acme").in_browser().submit(&format!("/agent/reminders/{id}/done"), &[]).await.expect(303);
        assert!(app.asked("acme", "SELECT id FROM reminders").is_empty());
    });
}

#[test]
fn whoever_goes_is_reminded_of_nothing() {
    pollster::block_on(async {
        let app = TestApp::new();
        remind(&app, json!({"text": "x", "due_at": "tomorrow"})).await;
        app.tenant_database("acme").inspect(|connection| {
            connection.execute("UPDATE users SET removed_at = 1 WHERE id = ?1", [app.user_id("acme", "agent")]).unwrap();
        });
        assert!(app.asked("acme", "SELECT id FROM reminders").is_empty());
    });
}

#[test]
fn a_reminder_does_not_name_a_ticket_that_its_owner_sees_no_more() {
    pollster::block_on(async {
        let app = TestApp::new();
        let number = ticket(&app, None).await;
        let made = remind(&app, json!({"text": "Call Anna", "due_at": "2026-03-02T08:00:00Z", "ticket": number})).await;
        let path = format!("/api/reminders/{}", made["id"].as_str().unwrap());
        let page = async || app.agent("acme").in_browser().get("/agent/reminders").await.expect(200).text();
        assert!(page().await.contains("Posting") && !page().await.contains("больше не видна"));
        let condition =
            json!({"and": [{"==": [{"var": "actor.role"}, "agent"]}, {"==": [{"var": "ticket.priority"}, "critical"]}]});
        let hidden =
            json!({"name": "Not the critical ones", "effect": "deny", "permissions": ["ticket.read"], "condition": condition});
        app.admin("acme").post("/api/policies", hidden).await.expect(201);
        assert_eq!(app.agent("acme").get(&path).await.expect(200).json()["data"]["ticket"]["title"], "Posting");
        app.manager("acme")
            .header("if-match", "*")
            .patch(&format!("/api/tickets/{number}"), json!({"priority": "critical"}))
            .await
            .expect(200);
        app.agent("acme").get(&format!("/api/tickets/{number}")).await.expect(404);
        let listed = app.agent("acme").get("/api/reminders").await.expect(200).json()["data"][0].clone();
        let one = app.agent("acme").get(&path).await.expect(200).json()["data"].clone();
        for shown in [&listed, &one] {
            assert_eq!((&shown["text"], &shown["ticket"]), (&json!("Call Anna"), &Value::Null));
        }
        let text = page().await;
        assert!(text.contains("Call Anna") && text.contains("больше не видна") && !text.contains("Posting"), "{text}");
        // Its mail names the number, which its owner wrote down with it.
        app.advance(TimeDelta::hours(1));
        assert_eq!(ring(&app, "reminders").await, 1);
        let tenant = app.as_product("acme", async |ctx| ctx.tenant.id().clone()).await;
        jobs::run(&app.platform, &Job::Outbox { tenant }).await;
        let outbox = app.platform.outbox.borrow();
        let mail = outbox.iter().rev().find(|mail| mail.to == app.email("acme", "agent")).expect("a mail left");
        let mail = shared::mail::parse::parse(&mail.raw, &shared::mail::Envelope::default(), &[]).unwrap();
        assert!(mail.subject.contains(&number) && mail.text.contains("Call Anna"), "{mail:?}");
        assert!(!mail.subject.contains("Posting") && !mail.text.contains("Posting"), "{}", mail.text);
    });
}
