//! Whom of the desk a mail tells of what happens on a ticket.

use serde_json::{Value, json};
use tests::app::{Answer, Caller, TestApp};

use super::{changed, mails, opened, path};

async fn say(caller: Caller<'_>, ticket: &Value, body: &str) -> Answer {
    caller.post(&format!("{}/comments", path(ticket)), json!({"body": body})).await.expect(201)
}

async fn follows(app: &TestApp, ticket: &Value, role: &str) {
    let body = json!({"user": app.user_id("acme", role)});
    app.manager("acme").post(&format!("{}/followers", path(ticket)), body).await.expect(200);
}

fn of(app: &TestApp, template: &str) -> Vec<String> {
    let prefix = format!("{template} to ");
    mails(app).iter().filter_map(|mail| mail.strip_prefix(&prefix).map(str::to_owned)).collect()
}

#[test]
fn the_assignee_hears_of_a_clients_answer_and_nobody_else_does() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({})).await;
        follows(&app, &ticket, "manager").await;
        changed(&app, &ticket, json!({"assignee": app.user_id("acme", "agent")})).await;
        let answer = say(app.client("acme"), &ticket, "It is the one on the second floor.").await;
        assert!(answer.round_trips <= 3, "{}", answer.round_trips);
        assert_eq!(of(&app, "client_reply"), ["agent@acme.example"]);
        assert!(app.wakes.borrow().iter().any(|wake| matches!(wake, shared::platform::Wake::Outbox(_))));
        // The desk's own words, and notes, are no answers of the client.
        say(app.agent("acme"), &ticket, "On my way.").await;
        say(app.manager("acme"), &ticket, "Hurry.").await;
        let note = json!({"body": "hm", "visibility": "internal"});
        app.manager("acme").post(&format!("{}/comments", path(&ticket)), note).await.expect(201);
        assert_eq!(of(&app, "client_reply").len(), 1);
    });
}

#[test]
fn of_a_ticket_that_nobody_has_the_desks_followers_hear() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({"cc": ["boss@client.example"]})).await;
        say(app.client("acme"), &ticket, "Hello?").await;
        assert!(of(&app, "client_reply").is_empty(), "nobody of the desk has to do with it yet");
        follows(&app, &ticket, "manager").await;
        follows(&app, &ticket, "analyst").await;
        say(app.client("acme"), &ticket, "Hello again?").await;
        assert_eq!(of(&app, "client_reply"), ["analyst@acme.example", "manager@acme.example"]);
    });
}

#[test]
fn whoever_has_left_the_desk_or_cannot_be_reached_is_told_nothing_and_the_followers_are() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({})).await;
        follows(&app, &ticket, "manager").await;
        changed(&app, &ticket, json!({"assignee": app.user_id("acme", "agent")})).await;
        let person = format!("/api/users/{}", app.user_id("acme", "agent"));
        app.admin("acme").patch(&person, json!({"status": "disabled"})).await.expect(200);
        say(app.client("acme"), &ticket, "Anybody there?").await;
        assert_eq!(of(&app, "client_reply"), ["manager@acme.example"]);
        app.admin("acme").patch(&person, json!({"status": "active", "role": "client"})).await.expect(200);
        say(app.client("acme"), &ticket, "Somebody else?").await;
        assert_eq!(of(&app, "client_reply"), ["manager@acme.example", "manager@acme.example"]);
    });
}

#[test]
fn the_answer_reaches_the_assignee_in_their_language_with_its_words_and_can_be_answered() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({})).await;
        changed(&app, &ticket, json!({"assignee": app.user_id("acme", "agent")})).await;
        let person = format!("/api/users/{}", app.user_id("acme", "agent"));
        app.admin("acme").patch(&person, json!({"locale": "en"})).await.expect(200);
        say(app.client("acme"), &ticket, "The **blue** cartridge is empty.").await;
        let tenant = shared::id::TenantId::parse(&format!("tnt_{}", "a".repeat(32))).unwrap();
        let report = functions::actions::jobs::run(&app.platform, &shared::job::Job::Outbox { tenant }).await;
        assert!(report.failures.is_empty(), "{report:?}");
        assert_eq!(
            app.asked("acme", "SELECT subject || ' ' || COALESCE(error, '') FROM outbox WHERE template = 'client_reply'"),
            ["[ACME-1] The client has answered: Printer prints nothing "]
        );
        let outbox = app.platform.outbox.borrow();
        let mail =
            outbox.iter().find(|mail| mail.to == "agent@acme.example" && is_about(mail, "cartridge")).expect("a mail left");
        let read = shared::mail::parse::parse(&mail.raw, &shared::mail::Envelope::default(), &[]).unwrap();
        assert!(read.text.contains("acme client") && read.text.contains("/agent/tickets/ACME-1"), "{}", read.text);
        assert!(read.html.as_deref().is_some_and(|html| html.contains("<strong>blue</strong>")));
        assert!(read.reply_to.first().is_some_and(|mailbox| mailbox.address.starts_with("support+")));
        assert!(read.auto.is_automatic(), "no robot answers it");
    });
}

fn is_about(mail: &shared::platform::OutgoingMail, word: &str) -> bool {
    let read = shared::mail::parse::parse(&mail.raw, &shared::mail::Envelope::default(), &[]).unwrap();
    read.text.contains(word)
}

#[test]
fn those_who_lead_the_desk_hear_of_an_escalation_by_hand_with_its_reason() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({})).await;
        changed(&app, &ticket, json!({"assignee": app.user_id("acme", "agent")})).await;
        changed(&app, &ticket, json!({"escalation": {"level": 1, "reason": "The warehouse stands still"}})).await;
        assert_eq!(of(&app, "escalated"), ["manager@acme.example"]);
        let data = app.asked("acme", "SELECT data FROM outbox WHERE template = 'escalated'");
        let data: Value = serde_json::from_str(&data[0]).unwrap();
        assert_eq!(data, json!({"by": "acme agent", "level": 1, "reason": "The warehouse stands still"}));
        // Another reason, and a step down, are no escalation.
        changed(&app, &ticket, json!({"escalation": {"level": 1, "reason": "The warehouse and the shop"}})).await;
        changed(&app, &ticket, json!({"escalation": {"level": 0, "reason": null}})).await;
        assert_eq!(of(&app, "escalated").len(), 1);
        // Whoever leads and escalates knows of it.
        let raised = json!({"escalation": {"level": 2, "reason": "For the director"}});
        app.manager("acme").header("if-match", "*").patch(&path(&ticket), raised).await.expect(200);
        assert_eq!(of(&app, "escalated").len(), 1);
    });
}

#[test]
fn administrators_stand_in_where_nobody_leads_and_the_mail_is_written_in_their_language() {
    pollster::block_on(async {
        let app = TestApp::new();
        let manager = format!("/api/users/{}", app.user_id("acme", "manager"));
        app.admin("acme").patch(&manager, json!({"role": "agent"})).await.expect(200);
        let admin = format!("/api/users/{}", app.user_id("acme", "admin"));
        app.admin("acme").patch(&admin, json!({"locale": "ar"})).await.expect(200);
        let ticket = opened(&app, "acme", json!({})).await;
        let form = [("level", "2"), ("reason", "<b>Urgent</b>"), ("version", "1")];
        app.agent("acme").in_browser().submit("/agent/tickets/ACME-1/escalate", &form).await.expect(303);
        assert_eq!(of(&app, "escalated"), ["admin@acme.example"]);
        let tenant = shared::id::TenantId::parse(&format!("tnt_{}", "a".repeat(32))).unwrap();
        functions::actions::jobs::run(&app.platform, &shared::job::Job::Outbox { tenant }).await;
        assert_eq!(app.asked("acme", "SELECT state FROM outbox WHERE template = 'escalated'"), ["sent"]);
        let outbox = app.platform.outbox.borrow();
        let mail = outbox.iter().find(|mail| mail.to == "admin@acme.example").expect("a mail left");
        let read = shared::mail::parse::parse(&mail.raw, &shared::mail::Envelope::default(), &[]).unwrap();
        assert!(read.text.contains("<b>Urgent</b>") && read.text.contains("التصعيد"), "{}", read.text);
        assert!(!read.html.unwrap().contains("<b>Urgent"));
        assert!(ticket["id"].is_string());
    });
}

#[test]
fn what_belongs_to_the_desk_stays_there_when_a_member_has_left_before_the_mail_did() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({})).await;
        changed(&app, &ticket, json!({"escalation": {"level": 1, "reason": "CANARY"}})).await;
        let manager = format!("/api/users/{}", app.user_id("acme", "manager"));
        app.admin("acme").patch(&manager, json!({"role": "client"})).await.expect(200);
        let tenant = shared::id::TenantId::parse(&format!("tnt_{}", "a".repeat(32))).unwrap();
        functions::actions::jobs::run(&app.platform, &shared::job::Job::Outbox { tenant }).await;
        assert_eq!(
            app.asked("acme", "SELECT state || ' ' || error FROM outbox WHERE template = 'escalated'"),
            ["failed internal_note"]
        );
    });
}

#[test]
fn a_notice_to_the_desk_is_not_shown_as_a_delivery_of_the_clients_words() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({})).await;
        changed(&app, &ticket, json!({"assignee": app.user_id("acme", "agent")})).await;
        let page = async || app.agent("acme").in_browser().get("/agent/tickets/ACME-1").await.expect(200).text();
        let carry_out = async || {
            let tenant = shared::id::TenantId::parse(&format!("tnt_{}", "a".repeat(32))).unwrap();
            functions::actions::jobs::run(&app.platform, &shared::job::Job::Outbox { tenant }).await;
        };
        say(app.client("acme"), &ticket, "It is the blue one.").await;
        carry_out().await;
        assert_eq!(app.asked("acme", "SELECT state FROM outbox WHERE template = 'client_reply'"), ["sent"]);
        assert!(!page().await.contains("mail-check"));
        say(app.agent("acme"), &ticket, "Thank you.").await;
        carry_out().await;
        assert!(page().await.contains("mail-check"));
    });
}
