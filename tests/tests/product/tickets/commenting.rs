//! Answers, questions and notes.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::app::{Answer, Caller, TestApp};

use super::{changed, mails, named, opened, path};

async fn say(caller: Caller<'_>, ticket: &Value, body: &str) -> Answer {
    caller.post(&format!("{}/comments", path(ticket)), json!({"body": body})).await
}

#[test]
fn an_agent_who_answers_a_new_ticket_takes_it() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({})).await;
        app.advance(TimeDelta::minutes(10));
        let answer = say(app.agent("acme"), &ticket, "Which printer?").await.expect(201);
        assert!(answer.round_trips <= 3, "{}", answer.round_trips);
        let comment = answer.json();
        assert_eq!(comment["body"], "Which printer?");
        assert_eq!(comment["visibility"], "public");
        assert_eq!(comment["ticket"]["status"], "in_progress");
        assert_eq!(comment["continued"], false);
        let shown = app.client("acme").get(&format!("{}?include=comments", path(&ticket))).await.expect(200).json();
        assert_eq!(shown["assignee"]["id"], app.user_id("acme", "agent"));
        assert_eq!(shown["comment_count"], 1);
        assert_eq!(shown["comments"][0]["id"], comment["id"]);
        assert_eq!(shown["sla"]["first_response"]["state"], "met");
        assert_eq!(answer.headers.get("etag"), Some("\"2\""));
    });
}

#[test]
fn an_answer_is_mailed_to_the_requester_and_every_follower_once_and_never_to_its_author() {
    pollster::block_on(async {
        let app = TestApp::new();
        let agent = app.email("acme", "agent");
        let ticket = app
            .agent("acme")
            .post("/api/tickets", json!({"title": "a", "description": "b", "requester": {"id": app.user_id("acme", "client")}, "cc": [agent, "boss@client.example"]}))
            .await
            .expect(201)
            .json();
        app.advance(TimeDelta::minutes(1));
        say(app.agent("acme"), &ticket, "Done.").await.expect(201);
        let replies: Vec<_> = mails(&app).into_iter().filter(|mail| mail.starts_with("agent_reply")).collect();
        assert_eq!(replies, ["agent_reply to boss@client.example", "agent_reply to client@acme.example"]);
        // A note and a client's own words go to nobody.
        app.agent("acme")
            .post(&format!("{}/comments", path(&ticket)), json!({"body": "hm", "visibility": "internal"}))
            .await
            .expect(201);
        say(app.client("acme"), &ticket, "No, it is not.").await.expect(201);
        assert_eq!(mails(&app).iter().filter(|mail| mail.starts_with("agent_reply")).count(), 2);
    });
}

#[test]
fn a_client_writes_no_notes_and_an_analyst_nothing() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({})).await;
        let target = format!("{}/comments", path(&ticket));
        named(
            &app.client("acme").post(&target, json!({"body": "x", "visibility": "internal"})).await,
            "visibility",
            "not_allowed",
        );
        named(&app.client("acme").post(&target, json!({"body": " "})).await, "body", "required");
        named(&app.client("acme").post(&target, json!({"body": "x", "author": "y"})).await, "author", "unknown_field");
        named(
            &app.client("acme").post(&target, json!({"body": "x", "visibility": "secret"})).await,
            "visibility",
            "unknown_value",
        );
        app.signed_in("acme", "analyst").post(&target, json!({"body": "x"})).await.expect(403);
        app.anon("acme").post(&target, json!({"body": "x"})).await.expect(401);
        assert!(app.asked("acme", "SELECT id FROM ticket_comments").is_empty());
    });
}

#[test]
fn a_comment_and_a_status_are_sent_together_in_one_step() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({})).await;
        let answer = app
            .agent("acme")
            .post(&format!("{}/comments", path(&ticket)), json!({"body": "Which one?", "status": "waiting_customer"}))
            .await
            .expect(201);
        assert_eq!(answer.json()["ticket"]["status"], "waiting_customer");
        assert_eq!(answer.json()["ticket"]["version"], 2);
        let history = app.client("acme").get(&format!("{}/history", path(&ticket))).await.expect(200).json();
        let statuses: Vec<_> = history["data"].as_array().unwrap().iter().filter(|line| line["kind"] == "status").collect();
        assert_eq!(statuses.len(), 1, "from new straight to waiting: {statuses:?}");
        assert_eq!(statuses[0]["from"], "new");
        assert_eq!(statuses[0]["to"], "waiting_customer");
    });
}

#[test]
fn a_clients_answer_wakes_a_waiting_ticket() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({})).await;
        changed(&app, &ticket, json!({"status": "waiting_customer"})).await;
        assert_eq!(
            say(app.client("acme"), &ticket, "The one on the second floor").await.expect(201).json()["ticket"]["status"],
            "in_progress"
        );
    });
}

#[test]
fn a_clients_answer_reopens_within_the_window_and_later_opens_a_linked_new_ticket() {
    pollster::block_on(async {
        let app = TestApp::new();
        for end in ["resolved", "closed"] {
            let ticket = opened(&app, "acme", json!({"priority": "high", "category": "sales"})).await;
            changed(&app, &ticket, json!({"status": end})).await;
            app.advance(TimeDelta::days(14));
            let answer = say(app.client("acme"), &ticket, "It happens again").await.expect(201).json();
            assert_eq!(answer["ticket"]["status"], "in_progress", "the last moment of the window, {end}");
            assert_eq!(answer["continued"], false);
            let shown = app.agent("acme").get(&path(&ticket)).await.expect(200).json();
            assert_eq!(shown["reopened_count"], 1);
            assert_eq!(shown["resolved_at"], json!(null));
            assert_eq!(shown["closed_at"], json!(null));

            changed(&app, &ticket, json!({"status": end})).await;
            app.advance(TimeDelta::days(14) + TimeDelta::seconds(1));
            let answer = say(app.client("acme"), &ticket, "And once more").await.expect(201);
            assert!(answer.round_trips <= 3, "{}", answer.round_trips);
            let answer = answer.json();
            assert_eq!(answer["continued"], true);
            assert_ne!(answer["ticket"]["id"], ticket["id"]);
            let new = app
                .client("acme")
                .get(&format!("/api/tickets/{}", answer["ticket"]["id"].as_str().unwrap()))
                .await
                .expect(200)
                .json();
            assert_eq!(new["description"], "And once more");
            assert_eq!(new["title"], ticket["title"]);
            assert_eq!(new["priority"], "high");
            assert_eq!(new["category"], "sales");
            let links = app.asked(
                "acme",
                "SELECT ticket_id || ' ' || kind || ' ' || other_id FROM ticket_links ORDER BY created_at DESC LIMIT 1",
            );
            assert_eq!(links, [format!("{} continues {}", new["id"].as_str().unwrap(), ticket["id"].as_str().unwrap())]);
            assert_eq!(app.agent("acme").get(&path(&ticket)).await.expect(200).json()["status"], end);
        }
    });
}

#[test]
fn mere_thanks_reopen_nothing() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({})).await;
        changed(&app, &ticket, json!({"status": "resolved"})).await;
        let answer = say(app.client("acme"), &ticket, "Спасибо большое!").await.expect(201).json();
        assert_eq!(answer["ticket"]["status"], "resolved");
        assert_eq!(answer["body"], "Спасибо большое!");
    });
}

#[test]
fn mere_thanks_start_no_clock_whatever_stands_under_them_and_a_doubt_does() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({})).await;
        say(app.agent("acme"), &ticket, "Please try again.").await.expect(201);
        let waits = async || {
            let shown = app.agent("acme").get(&path(&ticket)).await.expect(200).json();
            shown["sla"]["next_response"]["due_at"].is_string()
        };
        assert!(!waits().await);
        for thanks in [
            "Спасибо большое, всё заработало!\n\nС уважением,\nИван Петров\n+7 (495) 123-45-67",
            "Hi, thank you so much, works now :)\n\n-- \nacme client\nAcme Corp",
            "شكرا جزيلا يا أحمد",
            // The agent's own name, which is no common one.
            "thanks, acme agent",
        ] {
            say(app.client("acme"), &ticket, thanks).await.expect(201);
            assert!(!waits().await, "{thanks}");
        }
        say(app.client("acme"), &ticket, "Спасибо, но не работает").await.expect(201);
        assert!(waits().await);
    });
}

#[test]
fn two_comments_at_the_same_version_are_both_kept() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({})).await;
        let target = format!("{}/comments", path(&ticket));
        app.tenant_database("acme").interleave(true);
        let (one, other) = futures::join!(
            app.client("acme").post(&target, json!({"body": "one"})),
            app.agent("acme").post(&target, json!({"body": "other"}))
        );
        one.expect(201);
        other.expect(201);
        assert_eq!(app.agent("acme").get(&path(&ticket)).await.expect(200).json()["comment_count"], 2);
    });
}

#[test]
fn comments_are_found_by_search_and_notes_by_the_desk_only() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({})).await;
        say(app.client("acme"), &ticket, "The toner cartridge is new").await.expect(201);
        app.agent("acme")
            .post(&format!("{}/comments", path(&ticket)), json!({"body": "suspicious gearwheel", "visibility": "internal"}))
            .await
            .expect(201);
        for (word, by_client, by_agent) in [("cartridge", 1, 1), ("gearwheel", 0, 1), ("printer", 1, 1), ("elephant", 0, 0)] {
            let target = format!("/api/tickets?q={word}");
            assert_eq!(
                app.client("acme").get(&target).await.expect(200).json()["data"].as_array().unwrap().len(),
                by_client,
                "{word}"
            );
            assert_eq!(
                app.agent("acme").get(&target).await.expect(200).json()["data"].as_array().unwrap().len(),
                by_agent,
                "{word}"
            );
        }
    });
}

#[test]
fn a_member_of_the_desk_who_follows_up_on_a_ticket_of_their_own_answers_nothing() {
    pollster::block_on(async {
        let app = TestApp::new();
        let body = json!({"title": "My screen", "description": "It flickers."});
        let ticket = app.manager("acme").post("/api/tickets", body).await.expect(201).json();
        say(app.manager("acme"), &ticket, "Any news?").await.expect(201);
        let shown = app.agent("acme").get(&path(&ticket)).await.expect(200).json();
        assert_eq!((&shown["status"], &shown["assignee"]), (&json!("new"), &json!(null)));
        assert_eq!(shown["first_response_at"], json!(null));
        assert_eq!(shown["sla"]["first_response"]["state"], "ok");
        // The answer of somebody else is one; what is asked after it waits for the next.
        app.advance(TimeDelta::minutes(10));
        say(app.agent("acme"), &ticket, "Which screen?").await.expect(201);
        changed(&app, &ticket, json!({"status": "waiting_customer"})).await;
        say(app.manager("acme"), &ticket, "The left one, since Friday.").await.expect(201);
        let shown = app.agent("acme").get(&path(&ticket)).await.expect(200).json();
        assert_eq!((&shown["status"], &shown["assignee"]["id"]), (&json!("in_progress"), &json!(app.user_id("acme", "agent"))));
        assert_eq!(shown["sla"]["first_response"]["state"], "met");
        assert_eq!(shown["sla"]["next_response"]["state"], "ok");
    });
}
