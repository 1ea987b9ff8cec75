//! Who is told that the desk has moved a ticket, and who is not.

use serde_json::json;
use tests::app::TestApp;

use super::{change, deliver, fates, last_letter, of, opened, path, run, say};

const NEWS: &str = "SELECT recipient || ' ' || json_extract(data, '$.moved') FROM outbox WHERE template = 'status_changed' ORDER BY created_at, id";

#[test]
fn requester_and_followers_hear_of_each_move_of_the_desk_once() {
    run(async {
        let app = TestApp::new();
        let ticket = opened(&app, json!({"cc": ["boss@client.example"]})).await;
        let both = |moved: &str| vec![format!("client@acme.example {moved}"), format!("boss@client.example {moved}")];
        let mut told = Vec::new();
        for (status, moved) in
            [("in_progress", "in_progress"), ("waiting_customer", "waiting_customer"), ("in_progress", "in_progress")]
        {
            change(app.agent("acme"), &ticket, json!({"status": status})).await;
            told.extend(both(moved));
            app.advance(chrono::TimeDelta::minutes(1));
        }
        // The requester is asked to rate instead; the follower hears of it all the same.
        change(app.agent("acme"), &ticket, json!({"status": "resolved"})).await;
        told.push("boss@client.example resolved".to_owned());
        assert_eq!(of(&app, "ticket_resolved"), ["client@acme.example"]);
        for (status, moved) in [("in_progress", "reopened"), ("waiting_customer", "waiting_customer")] {
            app.advance(chrono::TimeDelta::minutes(1));
            change(app.agent("acme"), &ticket, json!({"status": status})).await;
            told.extend(both(moved));
        }
        app.advance(chrono::TimeDelta::minutes(1));
        change(app.agent("acme"), &ticket, json!({"status": "resolved"})).await;
        app.advance(chrono::TimeDelta::minutes(1));
        change(app.agent("acme"), &ticket, json!({"status": "closed"})).await;
        told.push("boss@client.example resolved".to_owned());
        told.extend(both("closed"));
        let mut news = app.asked("acme", NEWS);
        news.sort();
        told.sort();
        assert_eq!(news, told);
    });
}

#[test]
fn a_ticket_closed_without_being_resolved_is_one_mail_to_the_requester() {
    run(async {
        let app = TestApp::new();
        let ticket = opened(&app, json!({"cc": ["boss@client.example"]})).await;
        change(app.agent("acme"), &ticket, json!({"status": "in_progress"})).await;
        change(app.agent("acme"), &ticket, json!({"status": "closed"})).await;
        assert_eq!(of(&app, "ticket_resolved"), ["client@acme.example"]);
        assert_eq!(app.asked("acme", &NEWS.replace("WHERE", "WHERE data LIKE '%closed%' AND")), ["boss@client.example closed"]);
        // One that nobody took up is not rated, so that its requester hears of the end itself.
        let untouched = opened(&app, json!({})).await;
        change(app.agent("acme"), &untouched, json!({"status": "closed"})).await;
        assert_eq!(of(&app, "ticket_resolved").len(), 1);
        assert!(app.asked("acme", NEWS).contains(&"client@acme.example closed".to_owned()));
    });
}

#[test]
fn an_answer_says_more_than_its_status_and_a_note_says_nothing() {
    run(async {
        let app = TestApp::new();
        let ticket = opened(&app, json!({})).await;
        // A first answer moves a new ticket on by itself, a later one names its status.
        say(app.agent("acme"), &ticket, json!({"body": "We look into it."})).await;
        say(app.agent("acme"), &ticket, json!({"body": "Which printer?", "status": "waiting_customer"})).await;
        assert_eq!(of(&app, "agent_reply").len(), 2);
        assert!(of(&app, "status_changed").is_empty());
        // With a note the status is all that clients may hear of.
        let note = json!({"body": "CANARY of the desk", "visibility": "internal", "status": "in_progress"});
        say(app.agent("acme"), &ticket, note).await;
        assert_eq!(app.asked("acme", NEWS), ["client@acme.example in_progress"]);
        deliver(&app).await;
        let letter = last_letter(&app, "client@acme.example");
        assert!(letter.text.contains("ACME-1") && !letter.text.contains("CANARY"), "{}", letter.text);
        assert_eq!(
            app.asked("acme", "SELECT comment_id FROM outbox WHERE template = 'status_changed' AND comment_id IS NOT NULL").len(),
            0
        );
    });
}

#[test]
fn whoever_moves_a_ticket_needs_no_mail_and_what_clients_do_is_told_by_other_mails() {
    run(async {
        let app = TestApp::new();
        let ticket = opened(&app, json!({})).await;
        for role in ["agent", "manager"] {
            let body = json!({"user": app.user_id("acme", role)});
            app.manager("acme").post(&format!("{}/followers", path(&ticket)), body).await.expect(200);
        }
        change(app.agent("acme"), &ticket, json!({"status": "waiting_customer"})).await;
        assert_eq!(of(&app, "status_changed"), ["client@acme.example", "manager@acme.example"]);
        say(app.client("acme"), &ticket, json!({"body": "It is the blue one."})).await;
        change(app.client("acme"), &ticket, json!({"status": "closed"})).await;
        change(app.client("acme"), &ticket, json!({"status": "in_progress"})).await;
        // Other fields are no move.
        change(app.agent("acme"), &ticket, json!({"priority": "low", "tags": ["x"]})).await;
        assert_eq!(of(&app, "status_changed").len(), 2);
    });
}

#[test]
fn a_member_of_the_desk_who_asked_hears_of_the_move_of_another() {
    run(async {
        let app = TestApp::new();
        let body = json!({"title": "My own printer", "description": "It is silent."});
        let ticket = app.agent("acme").post("/api/tickets", body).await.expect(201).json();
        change(app.agent("acme"), &ticket, json!({"status": "waiting_customer"})).await;
        assert!(of(&app, "status_changed").is_empty());
        change(app.manager("acme"), &ticket, json!({"status": "in_progress"})).await;
        assert_eq!(of(&app, "status_changed"), ["agent@acme.example"]);
    });
}

#[test]
fn each_ticket_of_a_bulk_change_is_told_and_what_ends_by_itself_is_not() {
    run(async {
        let app = TestApp::new();
        let (one, other) = (opened(&app, json!({})).await, opened(&app, json!({})).await);
        let body = json!({"tickets": [one["id"], other["id"]], "changes": {"status": "in_progress"}});
        app.agent("acme").post("/api/tickets/bulk", body).await.expect(200);
        assert_eq!(of(&app, "status_changed").len(), 2);
        change(app.agent("acme"), &one, json!({"status": "resolved"})).await;
        app.advance(chrono::TimeDelta::days(60));
        app.as_product("acme", async |ctx| {
            assert_eq!(functions::actions::tickets::auto_close_due(ctx, 10).await.unwrap(), 1);
        })
        .await;
        assert_eq!(of(&app, "status_changed").len(), 2);
    });
}

#[test]
fn a_merge_is_no_news_of_its_own() {
    run(async {
        let app = TestApp::new();
        let (child, parent) = (opened(&app, json!({})).await, opened(&app, json!({})).await);
        app.manager("acme").post(&format!("{}/merge", path(&child)), json!({"into": parent["id"]})).await.expect(200);
        assert_eq!(app.asked("acme", "SELECT status FROM tickets WHERE merged_into_id IS NOT NULL"), ["closed"]);
        assert!(of(&app, "status_changed").is_empty());
    });
}

#[test]
fn nobody_is_told_of_a_ticket_whose_writer_has_not_confirmed_the_address() {
    run(async {
        let app = TestApp::new();
        let ticket = opened(&app, json!({"cc": ["boss@client.example"]})).await;
        app.tenant_database("acme").inspect(|db| {
            db.execute("UPDATE tickets SET from_unverified = 1", []).unwrap();
            db.execute("UPDATE users SET email_verified_at = NULL", []).unwrap();
        });
        change(app.agent("acme"), &ticket, json!({"status": "in_progress"})).await;
        assert!(of(&app, "status_changed").is_empty());
    });
}

#[test]
fn the_mail_is_in_the_readers_language_can_be_answered_and_leads_to_the_choice_of_mails() {
    run(async {
        let app = TestApp::new();
        let ticket = opened(&app, json!({"cc": ["boss@client.example"]})).await;
        let person = format!("/api/users/{}", app.user_id("acme", "client"));
        app.admin("acme").patch(&person, json!({"locale": "en"})).await.expect(200);
        change(app.agent("acme"), &ticket, json!({"status": "waiting_customer"})).await;
        deliver(&app).await;
        assert_eq!(fates(&app, "status_changed"), ["sent", "sent"]);
        let letter = last_letter(&app, "client@acme.example");
        assert_eq!(letter.subject, "[ACME-1] Your answer is needed: Printer prints nothing");
        assert!(letter.text.contains("https://acme.example/tickets/ACME-1"), "{}", letter.text);
        assert!(
            letter.text.contains("Choose which mails you get: https://acme.example/profile#notifications"),
            "{}",
            letter.text
        );
        assert!(letter.html.unwrap().contains("https://acme.example/profile#notifications"));
        assert!(letter.auto.is_automatic(), "no robot answers it");
        assert!(letter.reply_to.first().is_some_and(|mailbox| mailbox.address.starts_with("support+")));
        // Somebody who cannot sign in has nothing to choose.
        let copy = last_letter(&app, "boss@client.example");
        assert!(copy.text.contains("ACME-1") && !copy.text.contains("/profile"), "{}", copy.text);
    });
}
