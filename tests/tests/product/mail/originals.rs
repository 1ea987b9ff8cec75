//! What the desk sees of the mails behind a ticket: the originals, what was put aside, and whether answers arrived.

use serde_json::json;
use shared::platform::DeliveryError;
use tests::app::TestApp;

use super::{Letter, answered_ticket, bring, carried, desk_says, number_of, opened, outcome, set_status, shown};

/// The ticket's page for the desk and for its client.
async fn pages(app: &TestApp, ticket: &str) -> (String, String) {
    let number = number_of(app, ticket).await;
    let desk = app.agent("acme").in_browser().get(&format!("/agent/tickets/{number}")).await.expect(200).text();
    let client = app.client("acme").in_browser().get(&format!("/tickets/{number}")).await.expect(200).text();
    (desk, client)
}

#[test]
fn the_desk_gets_each_mail_of_a_conversation_as_it_came_and_clients_see_no_sign_of_it() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (ticket, reply) = answered_ticket(&app).await;
        let letter = Letter::answer("client@acme.example", &reply, "Invoice 4711.");
        let answer = bring(&app, &letter).await["id"].as_str().unwrap().to_owned();
        let first = app.asked("acme", "SELECT id FROM inbound_mails WHERE outcome = 'ticket'").remove(0);
        let (desk, client) = pages(&app, &ticket).await;
        for mail in [&first, &answer] {
            let address = format!("/api/mail/inbound/{mail}/raw");
            assert_eq!(desk.matches(&format!("href=\"{address}\"")).count(), 1, "{desk}");
            app.agent("acme").get(&address).await.expect(200);
            assert!(!client.contains(mail.as_str()), "{client}");
        }
        let comments = format!("/api/tickets/{ticket}?include=comments");
        assert_eq!(shown(&app, &ticket).await["comments"][1]["mail"], answer);
        assert!(!app.client("acme").get(&comments).await.expect(200).text().contains(&answer));
    });
}

#[test]
fn an_answer_of_the_desk_says_whether_it_has_left_and_why_not() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (ticket, _) = answered_ticket(&app).await;
        desk_says(&app, &ticket, "Hello?").await;
        let (desk, client) = pages(&app, &ticket).await;
        let said = |page: &str, state: &str| page.matches(state).count();
        assert_eq!((said(&desk, "Письмо отправлено"), said(&desk, "Письмо в очереди")), (1, 1), "{desk}");
        assert_eq!((said(&client, "Письмо отправлено"), said(&client, "Письмо в очереди")), (0, 0));
        app.platform.delivery_errors.borrow_mut().push(DeliveryError::Permanent("550 no such user".to_owned()));
        assert!(carried(&app).await.is_empty());
        let (desk, client) = pages(&app, &ticket).await;
        assert!(desk.contains("550 no such user"), "{desk}");
        assert!(!client.contains("550 no such user"));
        app.tenant_database("acme").inspect(|connection| {
            connection.execute("UPDATE outbox SET error = 'recipient_blocked' WHERE error IS NOT NULL", []).unwrap()
        });
        let (desk, _) = pages(&app, &ticket).await;
        assert!(!desk.contains("recipient_blocked"), "a failure of ours is told in words");
    });
}

#[test]
fn a_mail_that_is_longer_than_what_is_stored_of_it_says_so() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (ticket, reply) = answered_ticket(&app).await;
        let note = "Показано только начало письма";
        let (desk, client) = pages(&app, &ticket).await;
        assert!(!desk.contains(note) && !client.contains(note));
        let line = "It still stops at the same line of the same document.\n";
        let long = Letter::answer("client@acme.example", &reply, &line.repeat(1_300));
        assert_eq!(outcome(&app, &long).await, "comment");
        let comments = shown(&app, &ticket).await["comments"].clone();
        assert_eq!((&comments[0]["truncated"], &comments[1]["truncated"]), (&json!(false), &json!(true)));
        let (desk, client) = pages(&app, &ticket).await;
        assert!(desk.contains(note) && client.contains(note));
        let other = opened(&app, &Letter::new("client@acme.example", "Long", &line.repeat(1_300))).await;
        let (desk, client) = pages(&app, &other).await;
        assert!(desk.contains(note) && client.contains(note));
    });
}

#[test]
fn what_an_answer_quotes_is_kept_when_it_opens_a_new_ticket() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (ticket, reply) = answered_ticket(&app).await;
        let quoting = |from: &str, words: &str| {
            Letter::answer(from, &reply, &format!("{words}\n\nOn Monday ACME wrote:\n> Which document?\n> The odd one."))
        };
        let stranger = bring(&app, &quoting("eve@elsewhere.example", "Me too.")).await;
        set_status(&app, &ticket, "closed").await;
        app.advance(chrono::TimeDelta::days(15));
        let late = bring(&app, &quoting("client@acme.example", "It is back.")).await;
        for taken in [&stranger, &late] {
            assert_eq!(taken["outcome"], "linked_ticket");
            let number = taken["number"].as_str().unwrap();
            let desk = app.agent("acme").in_browser().get(&format!("/agent/tickets/{number}")).await.expect(200).text();
            assert_eq!(desk.matches("The odd one.").count(), 1, "{desk}");
            assert!(!shown(&app, taken["ticket"].as_str().unwrap()).await["description"].as_str().unwrap().contains("odd"));
        }
        let number = late["number"].as_str().unwrap();
        let client = app.client("acme").in_browser().get(&format!("/tickets/{number}")).await.expect(200).text();
        assert!(client.contains("It is back.") && !client.contains("The odd one."));
    });
}
