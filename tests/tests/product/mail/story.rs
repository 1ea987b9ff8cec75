//! The whole life of a ticket by mail.

use chrono::TimeDelta;
use tests::app::TestApp;

use super::{Letter, answered_ticket, bring, carried, desk_says, outcome, set_status, shown};

#[test]
fn a_client_writes_gets_an_answer_answers_back_and_is_asked_for_a_rating_all_by_mail() {
    pollster::block_on(async {
        let app = TestApp::new();
        let taken =
            bring(&app, &Letter::new("Client <client@acme.example>", "Posting stops", "Error 1203 since this morning.")).await;
        assert_eq!((taken["outcome"].as_str(), taken["number"].as_str()), (Some("ticket"), Some("ACME-1")));
        let ticket = taken["ticket"].as_str().unwrap().to_owned();
        let row = shown(&app, &ticket).await;
        assert_eq!(row["title"], "Posting stops");
        assert_eq!(row["channel"], "email");
        assert_eq!(row["requester"]["email"], "client@acme.example");
        // The receipt answers the client's own mail, marked as automatic.
        let receipts = carried(&app).await;
        assert_eq!(receipts.iter().map(|mail| mail.to.as_str()).collect::<Vec<_>>(), ["client@acme.example"]);
        assert!(receipts[0].mail.auto.is_automatic());
        assert_eq!(receipts[0].mail.in_reply_to.len(), 1);
        // The agent answers in the browser, the client by mail.
        app.advance(TimeDelta::minutes(5));
        desk_says(&app, &ticket, "Which **document**?").await;
        let reply = carried(&app).await.pop().expect("the answer left");
        assert_eq!(reply.to, "client@acme.example");
        assert!(reply.mail.text.contains("Which **document**?") && reply.raw.contains("multipart/alternative"), "{}", reply.raw);
        assert!(reply.mail.references.len() >= 2, "the client's mail and the receipt: {:?}", reply.mail.references);
        assert!(reply.reply_to().starts_with("support+") && reply.envelope_from == reply.reply_to());
        app.advance(TimeDelta::minutes(5));
        let text = format!("Invoice 4711.\n\nOn Monday ACME wrote:\n> {}", reply.mail.text.replace('\n', "\n> "));
        assert_eq!(outcome(&app, &Letter::answer("client@acme.example", &reply, &text)).await, "comment");
        let row = shown(&app, &ticket).await;
        assert_eq!(row["comments"][1]["body"], "Invoice 4711.");
        assert!(row["comments"][1]["quoted"].as_str().unwrap().contains("Which **document**?"), "nothing is lost");
        assert_eq!(row["comment_count"], 2);
        // The agent, who has the ticket now, is told.
        let told = carried(&app).await;
        assert_eq!(told.iter().map(|mail| mail.to.as_str()).collect::<Vec<_>>(), ["agent@acme.example"]);
        // Solved: the mail asks for a rating, and its link works.
        set_status(&app, &ticket, "resolved").await;
        let solved = carried(&app).await.pop().expect("the request for a rating left");
        let link = solved.mail.text.split_whitespace().find(|word| word.contains("/rate/")).expect("a link").to_owned();
        let page = link.trim_start_matches("https://acme.example");
        app.anon("acme").get(page).await.expect(200);
        app.anon("acme").submit(page, &[("score", "5"), ("comment", "Quick.")]).await;
        assert_eq!(app.asked("acme", "SELECT score FROM ratings"), ["5"]);
        // And the desk sees every mail that left.
        let log = app.agent("acme").get("/api/mail/outbox?state=sent").await.expect(200).json();
        assert_eq!(log["data"].as_array().unwrap().len(), 4);
    });
}

#[test]
fn a_mail_belongs_to_the_tenant_whose_door_it_came_to() {
    pollster::block_on(async {
        let app = TestApp::new();
        let letter = Letter::new("a@client.example", "Hello", "There").to("support@globex.example");
        let taken = super::bring_raw(&app, "globex", "", letter.raw()).await.expect(202).json();
        assert_eq!(taken["number"], "GLOBEX-1");
        assert_eq!(app.asked("acme", "SELECT count(*) FROM tickets"), ["0"]);
    });
}

#[test]
fn a_solved_ticket_is_opened_again_by_an_answer_and_not_by_an_absence_note() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (ticket, reply) = answered_ticket(&app).await;
        set_status(&app, &ticket, "resolved").await;
        carried(&app).await;
        let away =
            Letter::answer("client@acme.example", &reply, "I am away until Monday.").field("Auto-Submitted", "auto-replied");
        assert_eq!(outcome(&app, &away).await, "note");
        let row = shown(&app, &ticket).await;
        assert_eq!(row["status"], "resolved");
        assert_eq!(row["comments"][1]["visibility"], "internal");
        assert!(row["comments"][1]["body"].as_str().unwrap().starts_with("client@acme.example:"));
        let page = format!("/agent/tickets/{}", row["number"].as_str().unwrap());
        let page = app.agent("acme").in_browser().get(&page).await.expect(200).text();
        assert!(page.contains("I am away until Monday."), "the desk reads what nobody wrote");
        assert!(carried(&app).await.is_empty(), "a machine is not answered");
        assert_eq!(outcome(&app, &Letter::answer("client@acme.example", &reply, "No, it still stops.")).await, "reopened");
        assert_eq!(shown(&app, &ticket).await["status"], "in_progress");
    });
}

#[test]
fn an_answer_after_the_window_opens_a_ticket_that_continues_the_old_one() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (ticket, reply) = answered_ticket(&app).await;
        set_status(&app, &ticket, "closed").await;
        app.advance(TimeDelta::days(15));
        let taken = bring(&app, &Letter::answer("client@acme.example", &reply, "It is back.")).await;
        assert_eq!(taken["outcome"], "linked_ticket");
        assert_ne!(taken["ticket"], ticket);
        assert_eq!(app.asked("acme", "SELECT kind FROM ticket_links"), ["continues"]);
        assert_eq!(shown(&app, &ticket).await["status"], "closed");
    });
}

#[test]
fn thanks_by_mail_open_nothing_again_and_nothing_new_within_the_window_or_after_it() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (ticket, reply) = answered_ticket(&app).await;
        set_status(&app, &ticket, "resolved").await;
        let thanks = |words: &str| Letter::answer("client@acme.example", &reply, words);
        assert_eq!(outcome(&app, &thanks("Спасибо!")).await, "comment");
        app.advance(TimeDelta::days(15));
        assert_eq!(outcome(&app, &thanks("Спасибо большое!")).await, "comment");
        assert_eq!(shown(&app, &ticket).await["status"], "resolved");
        assert_eq!(app.asked("acme", "SELECT count(*) FROM tickets"), ["1"]);
        assert_eq!(outcome(&app, &thanks("Спасибо, но снова не работает.")).await, "linked_ticket");
    });
}
