//! A thank-you by mail opens nothing again and begins nothing new.

use chrono::TimeDelta;
use tests::app::TestApp;

use super::{Letter, Sent, answered_ticket, bring, outcome, set_status, shown};

const THANKS: &str =
    "Спасибо большое, всё заработало!\n\nС уважением,\nИван Петров\nглавный бухгалтер ООО «Ромашка»\n+7 (495) 123-45-67";

async fn solved(app: &TestApp) -> (String, Sent) {
    let (ticket, reply) = answered_ticket(app).await;
    set_status(app, &ticket, "resolved").await;
    (ticket, reply)
}

#[test]
fn thanks_for_a_solved_ticket_stand_on_it_and_leave_it_solved() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (ticket, reply) = solved(&app).await;
        assert_eq!(outcome(&app, &Letter::answer("client@acme.example", &reply, THANKS)).await, "comment");
        let row = shown(&app, &ticket).await;
        assert_eq!((row["status"].as_str(), row["reopened_count"].as_i64()), (Some("resolved"), Some(0)));
        assert_eq!(row["comments"].as_array().unwrap().len(), 2);
        assert_eq!(outcome(&app, &Letter::answer("client@acme.example", &reply, "Спасибо, но не работает")).await, "reopened");
        assert_eq!(shown(&app, &ticket).await["status"], "in_progress");
    });
}

#[test]
fn thanks_after_the_window_open_no_new_ticket_and_anything_else_does() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (ticket, reply) = solved(&app).await;
        app.advance(TimeDelta::days(15));
        let taken = bring(&app, &Letter::answer("client@acme.example", &reply, THANKS)).await;
        assert_eq!((taken["outcome"].as_str(), taken["ticket"].as_str()), (Some("comment"), Some(ticket.as_str())));
        assert_eq!(app.asked("acme", "SELECT count(*) FROM tickets"), ["1"]);
        assert_eq!(shown(&app, &ticket).await["status"], "resolved");
        let taken = bring(&app, &Letter::answer("client@acme.example", &reply, "Спасибо. А можно ещё отчёт?")).await;
        assert_eq!(taken["outcome"], "linked_ticket");
    });
}

#[test]
fn thanks_do_not_use_up_how_often_mail_may_open_a_ticket_again() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (ticket, reply) = solved(&app).await;
        for number in 0..6 {
            let words = format!("Thank you{}", "!".repeat(number + 1));
            assert_eq!(outcome(&app, &Letter::answer("client@acme.example", &reply, &words)).await, "comment");
        }
        assert_eq!(outcome(&app, &Letter::answer("client@acme.example", &reply, "It is back.")).await, "reopened");
        assert_eq!(shown(&app, &ticket).await["reopened_count"], 1);
    });
}

#[test]
fn thanks_that_bring_a_file_say_more_than_their_words() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (ticket, reply) = solved(&app).await;
        let with_file = |disposition: &str, name: &str| {
            format!(
                "From: client@acme.example\r\nTo: {}\r\nSubject: Re: it\r\nMessage-ID: <{name}@client.example>\r\nIn-Reply-To: <{}>\r\n\
                 MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\
                 <p>Thank you!</p><img src=\"cid:{name}\">\r\n--b\r\nContent-Type: image/png; name={name}.png\r\nContent-ID: <{name}>\r\n\
                 Content-Disposition: {disposition}; filename={name}.png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n",
                reply.reply_to(),
                reply.mail.message_id,
            )
            .into_bytes()
        };
        let taken = super::bring_raw(&app, "acme", "", with_file("inline", "logo")).await.expect(202).json();
        assert_eq!((taken["outcome"].as_str(), taken["ticket"].as_str()), (Some("comment"), Some(ticket.as_str())));
        assert_eq!(shown(&app, &ticket).await["status"], "resolved", "a logo under the words says nothing");
        let taken = super::bring_raw(&app, "acme", "", with_file("attachment", "screen")).await.expect(202).json();
        assert_eq!(taken["outcome"], "reopened");
        assert_eq!(shown(&app, &ticket).await["status"], "in_progress");
    });
}

#[test]
fn what_stands_for_the_pictures_of_a_signature_says_nothing() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (ticket, reply) = solved(&app).await;
        let unknown = Letter::answer("client@acme.example", &reply, "Thanks! [cid:none@x]");
        assert_eq!(outcome(&app, &unknown).await, "comment");
        let drawn = format!(
            "From: client@acme.example\r\nTo: {}\r\nSubject: Re: it\r\nMessage-ID: <drawn@client.example>\r\nIn-Reply-To: <{}>\r\n\
             MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\
             <p>Thank you!</p><img src=\"cid:logo\">\r\n--b\r\nContent-Type: image/svg+xml; name=logo.svg\r\nContent-ID: <logo>\r\n\
             Content-Disposition: inline; filename=logo.svg\r\nContent-Transfer-Encoding: base64\r\n\r\nPHN2Zy8+\r\n--b--\r\n",
            reply.reply_to(),
            reply.mail.message_id,
        );
        let taken = super::bring_raw(&app, "acme", "", drawn.into_bytes()).await.expect(202).json();
        assert_eq!(taken["outcome"], "comment");
        let row = shown(&app, &ticket).await;
        let bodies: Vec<&str> = row["comments"].as_array().unwrap().iter().map(|said| said["body"].as_str().unwrap()).collect();
        assert!(bodies.iter().any(|body| body.starts_with("Thank you!") && body.ends_with("logo.svg.data")), "{bodies:?}");
        assert_eq!((row["status"].as_str(), row["reopened_count"].as_i64()), (Some("resolved"), Some(0)));
    });
}
