//! Who is believed, and what a stranger's mail brings about.

use serde_json::json;
use shared::mail::token::token_of_address;
use tests::app::TestApp;

use super::{Letter, Sent, answered_ticket, bring, carried, desk_says, number_of, opened, outcome, shown};

#[test]
fn a_stranger_gets_a_link_to_confirm_and_nothing_of_what_was_typed() {
    pollster::block_on(async {
        let app = TestApp::new();
        let letter = Letter::new("Buy Now <victim@elsewhere.example>", "CHEAP PILLS", "Visit our shop at http://evil.example");
        let taken = bring(&app, &letter).await;
        assert_eq!(taken["outcome"], "ticket");
        let left = carried(&app).await;
        assert_eq!(left.len(), 1);
        assert!(left[0].mail.text.contains("https://acme.example/register/confirm?token="), "{}", left[0].mail.text);
        for word in ["PILLS", "evil.example", "Buy Now"] {
            assert!(
                !left[0].raw.contains(word) && !left[0].mail.text.contains(word) && !left[0].mail.subject.contains(word),
                "{word}"
            );
        }
        // The desk's answer does not repeat the title either, until the address is confirmed.
        let ticket = taken["ticket"].as_str().unwrap();
        desk_says(&app, ticket, "Who are you?").await;
        let reply = carried(&app).await.pop().unwrap();
        assert!(!reply.mail.subject.contains("PILLS") && !reply.mail.text.contains("PILLS"), "{}", reply.mail.text);
        assert_eq!(app.asked("acme", "SELECT status FROM users WHERE email = 'victim@elsewhere.example'"), ["unverified"]);
    });
}

#[test]
fn copies_of_a_stranger_are_not_written_to_before_the_address_is_confirmed() {
    pollster::block_on(async {
        let app = TestApp::new();
        let letter = Letter::new("new@elsewhere.example", "Hello", "There")
            .field("Cc", "target@other.example, support@acme.example, client@acme.example");
        let ticket = opened(&app, &letter).await;
        let copies = app.asked("acme", "SELECT email FROM ticket_followers ORDER BY email");
        assert_eq!(copies, ["client@acme.example", "target@other.example"], "our own mailbox is no copy");
        carried(&app).await;
        desk_says(&app, &ticket, "Yes?").await;
        let mut to: Vec<String> = carried(&app).await.into_iter().map(|mail| mail.to).collect();
        to.sort();
        assert_eq!(to, ["client@acme.example", "new@elsewhere.example"]);
        let failed = app.asked("acme", "SELECT recipient || ' ' || error FROM outbox WHERE state = 'failed'");
        assert_eq!(failed, ["target@other.example address_unconfirmed"]);
    });
}

#[test]
fn a_copy_in_a_mail_opens_no_door_of_the_portal() {
    pollster::block_on(async {
        let app = TestApp::new();
        let letter = Letter::new("new@elsewhere.example", "Secret", "Text").field("Cc", "client@acme.example");
        let ticket = opened(&app, &letter).await;
        app.client("acme").get(&format!("/api/tickets/{ticket}")).await.expect(404);
        assert!(!app.client("acme").get("/api/tickets?scope=following").await.expect(200).text().contains("Secret"));
    });
}

#[test]
fn one_address_is_answered_automatically_only_so_often_in_a_day() {
    pollster::block_on(async {
        let app = TestApp::new();
        for number in 0..14 {
            assert_eq!(outcome(&app, &Letter::new("client@acme.example", &format!("Question {number}"), "?")).await, "ticket");
        }
        assert_eq!(carried(&app).await.len(), 10);
    });
}

#[test]
fn a_sender_who_floods_waits_for_a_person_and_the_person_lets_the_mail_in() {
    pollster::block_on(async {
        let app = TestApp::new();
        for number in 0..20 {
            assert_eq!(outcome(&app, &Letter::new("erp@client.example", &format!("Alarm {number}"), "!")).await, "ticket");
        }
        let taken = bring(&app, &Letter::new("erp@client.example", "Alarm 20", "!")).await;
        assert_eq!((taken["outcome"].as_str(), taken["reason"].as_str()), (Some("unprocessed"), Some("rate_cap")));
        let path = format!("/api/mail/inbound/{}/retry", taken["id"].as_str().unwrap());
        let let_in = app.manager("acme").post(&path, json!({})).await.expect(200).json();
        assert_eq!(let_in["outcome"], "ticket");
        app.manager("acme").post(&path, json!({})).await.expect(409);
        assert_eq!(app.asked("acme", "SELECT count(*) FROM tickets"), ["21"]);
    });
}

#[test]
fn an_agent_answers_by_mail_only_when_the_mail_is_vouched_for() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (ticket, reply) = answered_ticket(&app).await;
        let number = number_of(&app, &ticket).await;
        let subject = format!("Re: [{number}] Posting stops");
        // Somebody writes under the agent's name, with the client's token and with the number alone.
        let spoofed = Letter::answer("agent@acme.example", &reply, "Send me your password.");
        assert_eq!(outcome(&app, &spoofed).await, "unprocessed: unknown_sender");
        let failed = Letter::answer("agent@acme.example", &reply, "Send me your password!").vouched("dmarc=fail");
        assert_eq!(outcome(&app, &failed).await, "unprocessed: unknown_sender");
        let foreign = Letter::new("agent@acme.example", &subject, "Send me your password now.")
            .vouched("dmarc=none; spf=pass smtp.mailfrom=evil.example");
        let taken = bring(&app, &foreign).await;
        assert_ne!(taken["ticket"], ticket, "{taken}");
        assert_eq!(shown(&app, &ticket).await["comment_count"], 1);
        // The agent's own mail system signs.
        app.advance(chrono::TimeDelta::minutes(1));
        let genuine = Letter::new("agent@acme.example", &subject, "Please look into the journal.").vouched("dmarc=pass");
        assert_eq!(outcome(&app, &genuine).await, "comment");
        let row = shown(&app, &ticket).await;
        let comment = row["comments"].as_array().unwrap().last().unwrap().clone();
        assert_eq!(
            (comment["body"].as_str(), comment["author"]["name"].as_str()),
            (Some("Please look into the journal."), Some("acme agent"))
        );
        let left = carried(&app).await;
        assert!(left.iter().any(|mail| mail.to == "client@acme.example" && mail.raw.contains("journal")));
    });
}

/// A ticket given to the agent, and the notice of it that the agent got.
async fn assigned(app: &TestApp) -> (String, Sent) {
    let ticket = opened(app, &Letter::new("Client <client@acme.example>", "Posting stops", "Error 1203.")).await;
    let change = json!({"assignee": app.user_id("acme", "agent")});
    app.manager("acme").header("if-match", "*").patch(&format!("/api/tickets/{ticket}"), change).await.expect(200);
    let notice = carried(app).await.into_iter().find(|mail| mail.to == "agent@acme.example").expect("a notice left");
    assert!(notice.mail.text.contains("[wn:"), "{}", notice.mail.text);
    (ticket, notice)
}

#[test]
fn the_token_of_an_agent_is_no_key_to_the_agents_name() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (ticket, notice) = assigned(&app).await;
        let stolen = Letter::answer("agent@acme.example", &notice, "Pay to this account.");
        assert_eq!(outcome(&app, &stolen).await, "unprocessed: unknown_sender");
        let by_address = Letter::new("agent@acme.example", "Hello", "Pay here.").to(&notice.reply_to());
        assert_eq!(outcome(&app, &by_address).await, "unprocessed: unknown_sender");
        assert_eq!(shown(&app, &ticket).await["comment_count"], 0);
        let genuine = Letter::answer("agent@acme.example", &notice, "Which document?").vouched("dmarc=pass");
        assert_eq!(outcome(&app, &genuine).await, "comment");
    });
}

#[test]
fn a_client_sees_nothing_of_the_notice_that_an_agent_answers_by_mail() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (ticket, notice) = assigned(&app).await;
        let quote = notice.mail.text.replace('\n', "\n> ");
        let text = format!("Which document?\n\nOn Monday {} wrote:\n> {quote}", notice.reply_to());
        let answer = Letter::answer("agent@acme.example", &notice, &text).vouched("dmarc=pass");
        assert_eq!(outcome(&app, &answer).await, "comment");
        // The desk may look at what was quoted; tokens are nobody's to read.
        let desk = shown(&app, &ticket).await;
        assert!(desk["comments"][0]["quoted"].as_str().unwrap().contains("Posting stops"), "{desk}");
        for path in [format!("/api/tickets/{ticket}?include=comments,history"), format!("/api/tickets/{ticket}/comments")] {
            let seen = client_sees(&app, &path).await;
            assert!(seen.contains("Which document?") && !seen.contains("Posting stops\n>") && !seen.contains("wrote:"), "{seen}");
        }
        let number = desk["number"].as_str().unwrap();
        let page = app.client("acme").in_browser().get(&format!("/tickets/{number}")).await.expect(200).text();
        assert!(page.contains("Which document?") && !page.contains("wrote:"), "{page}");
        let token = token_of_address(&notice.reply_to()).unwrap().to_owned();
        let everything = app.asked("acme", "SELECT body || COALESCE(quoted, '') FROM ticket_comments").join("\n");
        assert!(everything.contains("wrote:") && !everything.contains(&token), "{everything}");
        let left = carried(&app).await;
        assert!(!left.is_empty() && left.iter().all(|mail| !mail.raw.contains(&token) && !mail.mail.text.contains(&token)));
    });
}

async fn client_sees(app: &TestApp, path: &str) -> String {
    app.client("acme").get(path).await.expect(200).text()
}

#[test]
fn a_token_that_was_not_told_from_the_new_words_is_not_stored_with_them() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (ticket, notice) = assigned(&app).await;
        let token = token_of_address(&notice.reply_to()).unwrap().to_owned();
        let text = format!("See below.\n{}\nWrite to {} again.", notice.mail.text, notice.reply_to());
        let answer = Letter::answer("agent@acme.example", &notice, &text).vouched("dmarc=pass");
        assert_eq!(outcome(&app, &answer).await, "comment");
        let body = shown(&app, &ticket).await["comments"][0]["body"].as_str().unwrap().to_owned();
        assert!(body.contains("Write to support@acme.example again.") && !body.contains(&token), "{body}");
        let forwarded = Letter::new("friend@client.example", "Fwd: look", &notice.mail.text);
        bring(&app, &forwarded).await;
        assert!(app.asked("acme", "SELECT description FROM tickets").iter().all(|text| !text.contains(&token)));
    });
}

#[test]
fn a_mail_that_its_own_domain_disowns_is_not_believed_and_not_answered() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (ticket, reply) = answered_ticket(&app).await;
        let forged = Letter::answer("client@acme.example", &reply, "Please pay here.").vouched("dmarc=fail");
        assert_eq!(outcome(&app, &forged).await, "unprocessed: unknown_sender");
        assert_eq!(shown(&app, &ticket).await["comment_count"], 1);
        let fresh = Letter::new("client@acme.example", "Urgent", "Pay.").vouched("dmarc=fail");
        assert_eq!(outcome(&app, &fresh).await, "ticket");
        assert!(carried(&app).await.is_empty());
    });
}

#[test]
fn somebody_who_was_shut_out_writes_no_tickets_by_mail() {
    pollster::block_on(async {
        let app = TestApp::new();
        app.tenant_database("acme")
            .inspect(|connection| connection.execute("UPDATE users SET status = 'disabled' WHERE role = 'client'", []).unwrap());
        assert_eq!(outcome(&app, &Letter::new("client@acme.example", "Hello", "?")).await, "unprocessed: sender_blocked");
    });
}

#[test]
fn the_door_takes_mail_from_the_service_alone_and_no_more_than_its_limit() {
    pollster::block_on(async {
        let app = TestApp::new();
        let raw = || shared::http::Body::Bytes(Letter::new("a@b.example", "x", "y").raw());
        let send = async |caller: tests::app::Caller<'_>, media_type: &str| {
            caller.send(shared::http::Method::Post, "/api/inbound/email", raw(), Some(media_type)).await.status
        };
        assert_eq!(send(app.anon("acme"), "message/rfc822").await, 401);
        assert_eq!(send(app.admin("acme"), "message/rfc822").await, 403);
        let service = || app.anon("acme").header("authorization", format!("Bearer {}", app.platform.config.service_token));
        assert_eq!(send(service(), "text/plain").await, 415);
        assert_eq!(send(service().header("content-length", "26214401"), "message/rfc822").await, 413);
        let large = shared::http::Body::Bytes(vec![b'a'; 25 * 1024 * 1024 + 1]);
        let answer = service().send(shared::http::Method::Post, "/api/inbound/email", large, Some("message/rfc822")).await;
        assert_eq!(answer.status, 413);
        assert_eq!(app.asked("acme", "SELECT count(*) FROM inbound_mails"), ["0"]);
    });
}

#[test]
fn a_client_whom_an_administrator_added_is_believed_where_the_domain_vouches_and_asked_to_confirm_where_not() {
    pollster::block_on(async {
        let app = TestApp::new();
        let person = json!({"email": "new@client.example", "name": "New Client", "role": "client"});
        app.admin("acme").post("/api/users", person).await.expect(201);
        carried(&app).await;
        let bare = Letter::new("new@client.example", "Posting stops", "Error 1203.");
        assert_eq!(outcome(&app, &bare).await, "ticket");
        let asked = carried(&app).await.pop().expect("the question whether it is theirs");
        let link = asked.mail.text.split_whitespace().find(|word| word.contains("/register/confirm?token=")).expect("a link");
        assert!(!asked.raw.contains("Posting stops") && !asked.mail.text.contains("Posting stops"));
        let vouched = Letter::new("new@client.example", "Printing stops", "Error 1204.").vouched("dmarc=pass");
        assert_eq!(outcome(&app, &vouched).await, "ticket");
        let receipt = carried(&app).await.pop().expect("a receipt");
        assert!(receipt.mail.text.contains("Printing stops"), "{}", receipt.mail.text);
        // The link does what it says.
        let form = [("token", link.rsplit_once('=').unwrap().1)];
        app.anon("acme").submit("/register/confirm", &form).await.expect(303);
        let confirmed = "SELECT email_verified_at IS NOT NULL FROM users WHERE email = 'new@client.example'";
        assert_eq!(app.asked("acme", confirmed), ["1"]);
        assert_eq!(app.asked("acme", "SELECT count(*) FROM tickets WHERE from_unverified = 1"), ["0"]);
        assert!(carried(&app).await.pop().expect("the receipt that waited").mail.text.contains("Posting stops"));
    });
}

#[test]
fn a_new_client_is_answered_in_the_language_of_the_mail() {
    pollster::block_on(async {
        let app = TestApp::new();
        for (address, text) in [
            ("en@client.example", "The invoice cannot be posted since this morning."),
            ("ar@client.example", "مرحبا، لا يعمل النظام عند فتح الفاتورة"),
            ("ru@client.example", "Добрый день, документ не проводится"),
        ] {
            bring(&app, &Letter::new(address, "?", text)).await;
        }
        let locales = app.asked("acme", "SELECT email || ' ' || locale FROM users WHERE status = 'unverified' ORDER BY email");
        assert_eq!(locales, ["ar@client.example ar", "en@client.example en", "ru@client.example ru"]);
        assert_eq!(app.asked("acme", "SELECT locale FROM outbox ORDER BY locale"), ["ar", "en", "ru"]);
    });
}
