//! Which ticket a mail finds, and which it must not.

use serde_json::json;
use shared::mail::token::TokenKeys;
use tests::app::TestApp;

use super::{Letter, answered_ticket, bring, bring_raw, carried, desk_says, number_of, opened, outcome, set_status, shown};

#[test]
fn a_stranger_with_a_stolen_token_or_a_typed_number_opens_a_ticket_of_their_own() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (ticket, reply) = answered_ticket(&app).await;
        let number = number_of(&app, &ticket).await;
        let stolen = bring(&app, &Letter::answer("eve@elsewhere.example", &reply, "Me too.")).await;
        assert_eq!(stolen["outcome"], "linked_ticket");
        assert_ne!(stolen["ticket"], ticket);
        assert_eq!(app.asked("acme", "SELECT kind FROM ticket_links"), ["related"]);
        let typed = bring(&app, &Letter::new("mallory@elsewhere.example", &format!("[{number}] hello"), "Let me in.")).await;
        assert_eq!(typed["outcome"], "ticket");
        assert_ne!(typed["ticket"], ticket);
        assert_eq!(shown(&app, &ticket).await["comment_count"], 1);
        // The requester may type it.
        let own = bring(&app, &Letter::new("client@acme.example", &format!("Re: [{number}] hello"), "One more thing.")).await;
        assert_eq!((own["outcome"].as_str(), own["ticket"].as_str()), (Some("comment"), Some(ticket.as_str())));
    });
}

#[test]
fn a_token_of_another_tenant_finds_nothing() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (ticket, _) = answered_ticket(&app).await;
        let keys = TokenKeys::new(app.platform.config.token_secret.as_bytes(), &[]);
        let foreign = keys.sign(&format!("tnt_{}", "b".repeat(32)), 1, "client@acme.example").unwrap();
        let letter = Letter::new("client@acme.example", "Re: something", "Hello").to(&format!("support+{foreign}@acme.example"));
        let taken = bring(&app, &letter).await;
        assert_eq!(taken["outcome"], "ticket");
        assert_ne!(taken["ticket"], ticket);
    });
}

#[test]
fn an_answer_finds_its_ticket_by_each_of_the_tokens_places_alone_and_by_the_stored_id() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (ticket, reply) = answered_ticket(&app).await;
        let from = "client@acme.example";
        let found = async |letter: Letter| {
            let taken = bring(&app, &letter).await;
            assert_eq!(
                (taken["outcome"].as_str(), taken["ticket"].as_str()),
                (Some("comment"), Some(ticket.as_str())),
                "{taken}"
            );
        };
        found(Letter::new(from, "by id", "1").field("In-Reply-To", &format!("<{}>", reply.mail.message_id))).await;
        found(Letter::new(from, "by address", "2").to(&reply.reply_to().to_uppercase())).await;
        found(Letter::new(from, "by the quoted text", &format!("3\n\n{}", reply.mail.text.replace('\n', "\n> ")))).await;
        let first = app.asked("acme", "SELECT message_id FROM inbound_mails ORDER BY received_at, id LIMIT 1").remove(0);
        found(Letter::new(from, "by their own earlier mail", "4").field("References", &format!("<{first}>"))).await;
    });
}

#[test]
fn the_same_mail_through_two_mailboxes_or_twice_is_one() {
    pollster::block_on(async {
        let app = TestApp::new();
        let letter = Letter::new("client@acme.example", "Once", "Only.").id("once@client.example");
        let first = bring(&app, &letter).await;
        let by_other_way = letter.clone().field("Delivered-To", "support@acme.example").field("Received", "from a by b");
        let again = bring(&app, &by_other_way).await;
        assert_eq!((again["outcome"].as_str(), again["ticket"].as_str()), (Some("duplicate"), first["ticket"].as_str()));
        assert_eq!(app.asked("acme", "SELECT count(*) FROM tickets"), ["1"]);
        // Two different mails under one id, by a mail program's fault, are two.
        let other = Letter::new("client@acme.example", "Other", "Mail.").id("once@client.example");
        assert_eq!(outcome(&app, &other).await, "ticket");
    });
}

#[test]
fn our_own_mail_that_comes_back_ends_there() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (_, reply) = answered_ticket(&app).await;
        let taken = bring_raw(&app, "acme", "to=support@acme.example", reply.raw.clone().into_bytes()).await.expect(202).json();
        assert_eq!((taken["outcome"].as_str(), taken["reason"].as_str()), (Some("unprocessed"), Some("loop")));
        let path = format!("/api/mail/inbound/{}/retry", taken["id"].as_str().unwrap());
        let refused = app.manager("acme").post(&path, json!({})).await;
        assert_eq!((refused.status, refused.code().as_str()), (409, "mail_not_retriable"));
        assert_eq!(outcome(&app, &Letter::new("support@acme.example", "Hello", "me")).await, "unprocessed: own_address");
        assert_eq!(outcome(&app, &Letter::new("support+x@acme.example", "Hello", "me")).await, "unprocessed: own_address");
    });
}

#[test]
fn a_thread_that_opens_itself_again_and_again_is_held() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (ticket, reply) = answered_ticket(&app).await;
        for round in 0..6 {
            set_status(&app, &ticket, "resolved").await;
            let expected = if round < 5 { "reopened" } else { "unprocessed: reopen_cap" };
            assert_eq!(
                outcome(&app, &Letter::answer("client@acme.example", &reply, &format!("Still wrong, part {round}."))).await,
                expected
            );
        }
        assert_eq!(shown(&app, &ticket).await["status"], "resolved");
    });
}

#[test]
fn somebody_who_got_a_copy_takes_part_and_cannot_sign_in_by_it() {
    pollster::block_on(async {
        let app = TestApp::new();
        let letter = Letter::new("client@acme.example", "With my boss", "Please.").field("Cc", "Boss <boss@client.example>");
        let ticket = opened(&app, &letter).await;
        desk_says(&app, &ticket, "Certainly.").await;
        let to_boss = carried(&app).await.into_iter().find(|mail| mail.to == "boss@client.example").expect("a copy left");
        assert_eq!(
            outcome(&app, &Letter::answer("Boss <boss@client.example>", &to_boss, "Thank you, go on with it tomorrow.")).await,
            "comment"
        );
        let row = shown(&app, &ticket).await;
        assert_eq!(row["comments"][1]["author"]["name"], "Boss");
        assert_eq!(app.asked("acme", "SELECT status FROM users WHERE email = 'boss@client.example'"), ["unverified"]);
        // What one reader's mail carries is of no use to another: tokens of others stay out of it.
        desk_says(&app, &ticket, "Done.").await;
        let keys = TokenKeys::new(app.platform.config.token_secret.as_bytes(), &[]);
        for mail in carried(&app).await {
            for id in mail.mail.references.iter().chain(&mail.mail.in_reply_to) {
                if let Some(token) = shared::mail::token::token_of_message_id(id) {
                    let token = keys.verify(&format!("tnt_{}", "a".repeat(32)), token).expect("ours");
                    assert!(token.was_sent_to(&mail.to), "{} in the mail to {}", id, mail.to);
                }
            }
        }
    });
}

#[test]
fn an_answer_to_a_merged_ticket_lands_where_it_went() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (ticket, reply) = answered_ticket(&app).await;
        let body = json!({"title": "The other", "description": "x"});
        let other = app.client("acme").post("/api/tickets", body).await.expect(201).json()["id"].as_str().unwrap().to_owned();
        app.tenant_database("acme").inspect(|connection| {
            connection.execute("UPDATE tickets SET merged_into_id = ?1 WHERE id = ?2", [&other, &ticket]).unwrap()
        });
        let taken = bring(&app, &Letter::answer("client@acme.example", &reply, "Here it is.")).await;
        assert_eq!((taken["outcome"].as_str(), taken["ticket"].as_str()), (Some("comment"), Some(other.as_str())));
    });
}

#[test]
fn mail_to_an_address_that_is_no_mailbox_waits_with_its_reason() {
    pollster::block_on(async {
        let app = TestApp::new();
        assert_eq!(outcome(&app, &Letter::new("a@b.example", "x", "y").to("info@acme.example")).await, "unprocessed: no_mailbox");
        let raw =
            Letter::new("a@b.example", "by trace", "y").to("list@b.example").field("X-Original-To", "support@acme.example").raw();
        assert_eq!(bring_raw(&app, "acme", "", raw).await.json()["outcome"], "ticket");
    });
}

#[test]
fn an_answer_in_a_long_conversation_still_names_its_beginning() {
    pollster::block_on(async {
        let app = TestApp::new();
        let letter = Letter::new("client@acme.example", "Long", "Story.").id("root@client.example");
        let ticket = opened(&app, &letter).await;
        app.tenant_database("acme").inspect(|connection| {
            for number in 0..60 {
                connection
                    .execute(
                        "INSERT INTO mail_threads (tenant_id, message_id, ticket_id, created_at)
                         SELECT tenant_id, ?1 || '@client.example', id, created_at + 1 + ?1 FROM tickets",
                        [number],
                    )
                    .unwrap();
            }
        });
        carried(&app).await;
        desk_says(&app, &ticket, "So it goes.").await;
        let reply = carried(&app).await.pop().expect("the answer left");
        let references = &reply.mail.references;
        assert_eq!(references.first().map(String::as_str), Some("root@client.example"), "{references:?}");
        assert!(references.contains(&"59@client.example".to_owned()) && !references.contains(&"1@client.example".to_owned()));
    });
}

#[test]
fn where_the_plain_text_marks_no_quote_the_marks_of_the_html_tell_it() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (ticket, reply) = answered_ticket(&app).await;
        let raw = format!(
            "From: client@acme.example\r\nTo: {}\r\nSubject: Re: x\r\nMessage-ID: <html@client.example>\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nInvoice 4711.\r\nWhich document?\r\n\
             --b\r\nContent-Type: text/html\r\n\r\n<div>Invoice 4711.</div><div class=\"gmail_quote\"><blockquote class=\"gmail_quote\">Which document?</blockquote></div>\r\n--b--\r\n",
            reply.reply_to()
        );
        bring_raw(&app, "acme", "", raw.into_bytes()).await.expect(202);
        let comment = shown(&app, &ticket).await["comments"][1].clone();
        assert_eq!(comment["body"], "Invoice 4711.");
        assert!(comment["quoted"].as_str().unwrap().contains("Which document?"), "{comment}");
    });
}
