//! What a client answers by mail reaches the agent by mail, and the agent may answer from there.

use tests::app::TestApp;

use super::{Letter, answered_ticket, carried, outcome, shown};

#[test]
fn an_answer_by_mail_is_mailed_to_the_assignee_who_answers_by_mail_too() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (ticket, reply) = answered_ticket(&app).await;
        assert_eq!(
            outcome(&app, &Letter::answer("client@acme.example", &reply, "The delivery note of Monday.")).await,
            "comment"
        );
        let left = carried(&app).await;
        assert_eq!(left.iter().map(|mail| mail.to.as_str()).collect::<Vec<_>>(), ["agent@acme.example"]);
        assert!(left[0].mail.text.contains("The delivery note of Monday."), "{}", left[0].mail.text);
        app.advance(chrono::TimeDelta::minutes(1));
        let answer = Letter::answer("agent@acme.example", &left[0], "Found it, please post it again.").vouched("dmarc=pass");
        assert_eq!(outcome(&app, &answer).await, "comment");
        let row = shown(&app, &ticket).await;
        let last = row["comments"].as_array().unwrap().last().unwrap();
        assert_eq!((last["author"]["name"].as_str(), last["author_is_staff"].as_bool()), (Some("acme agent"), Some(true)));
        let left = carried(&app).await;
        assert_eq!(left.iter().map(|mail| mail.to.as_str()).collect::<Vec<_>>(), ["client@acme.example"]);
    });
}

#[test]
fn no_machine_that_writes_into_a_ticket_makes_mail_for_the_desk() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (_, reply) = answered_ticket(&app).await;
        for (field, value, becomes) in [
            ("Auto-Submitted", "auto-replied", "note"),
            ("Auto-Submitted", "auto-generated", "comment"),
            ("Precedence", "bulk", "note"),
            ("X-Autoreply", "yes", "note"),
        ] {
            let letter =
                Letter::answer("client@acme.example", &reply, &format!("I am away: {field} {value}")).field(field, value);
            assert_eq!(outcome(&app, &letter).await, becomes, "{field}: {value}");
        }
        assert!(carried(&app).await.is_empty());
        assert_eq!(app.asked("acme", "SELECT count(*) FROM outbox WHERE template = 'client_reply'"), ["0"]);
    });
}
