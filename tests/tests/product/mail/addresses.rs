//! Which addresses are ours, whatever host or name they go by, and how many others a mail may bring along.

use functions::actions::mail_door::{Refusal, take_in};
use serde_json::json;
use tests::app::TestApp;

use super::{Letter, answered_ticket, carried, desk_says, opened, outcome, shown};

/// A second host of `acme`, as verified as the first.
fn second_host(app: &TestApp) {
    app.platform.databases["PLATFORM_DB"].inspect(|connection| {
        connection
            .execute(
                "INSERT INTO tenant_domains (host, tenant_id, verified_at, created_at)
                 SELECT 'help.acme.example', tenant_id, 1, 1 FROM tenant_domains WHERE host = 'acme.example'",
                [],
            )
            .unwrap()
    });
}

#[test]
fn the_mailbox_at_another_host_of_the_tenant_is_ours_as_well() {
    pollster::block_on(async {
        let app = TestApp::new();
        second_host(&app);
        let letter = Letter::new("client@acme.example", "Both of you", "Please.")
            .field("Cc", "support@help.acme.example, support+x@help.acme.example, boss@client.example");
        let ticket = opened(&app, &letter).await;
        assert_eq!(app.asked("acme", "SELECT email FROM ticket_followers"), ["boss@client.example"]);
        let back = Letter::new("support@help.acme.example", "Hello", "me");
        assert_eq!(outcome(&app, &back).await, "unprocessed: own_address");
        // Should it have become a follower by another way, no mail is sent there.
        desk_says(&app, &ticket, "Certainly.").await;
        app.tenant_database("acme").inspect(|connection| {
            let sql = "UPDATE outbox SET recipient = 'support@help.acme.example' WHERE recipient = 'boss@client.example'";
            connection.execute(sql, []).unwrap()
        });
        assert!(carried(&app).await.iter().all(|mail| mail.to == "client@acme.example"));
        assert_eq!(app.asked("acme", "SELECT error FROM outbox WHERE state = 'failed'"), ["own_address"]);
    });
}

#[test]
fn answers_to_mails_from_before_the_mailbox_was_renamed_still_come_in() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (ticket, reply) = answered_ticket(&app).await;
        app.admin("acme").patch("/api/tenant/settings", json!({"mailbox_local_part": "help"})).await.expect(200);
        app.advance(chrono::TimeDelta::minutes(1));
        let letter = Letter::answer("client@acme.example", &reply, "Invoice 4711.");
        assert_eq!(outcome(&app, &letter).await, "comment");
        let more = Letter::answer("client@acme.example", &reply, "And invoice 4712.").raw();
        take_in(&app.platform, "client@acme.example", &reply.reply_to(), &more).await.expect("it is taken");
        assert_eq!(shown(&app, &ticket).await["comment_count"], 3);
        assert_eq!(app.asked("acme", "SELECT count(*) FROM ticket_followers"), ["0"], "our own former address is no copy");
        // The former name alone is nobody's, and so is a token that nobody signed.
        let forged = format!("support+{}@acme.example", "a".repeat(40));
        for address in ["support@acme.example", &forged] {
            let refused = take_in(&app.platform, "client@acme.example", address, &more).await;
            assert_eq!(refused, Err(Refusal::UnknownHost));
        }
    });
}

#[test]
fn mails_bring_no_more_copies_along_than_a_ticket_has_room_for() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (ticket, reply) = answered_ticket(&app).await;
        for round in 0..3 {
            let copies: Vec<String> = (0..15).map(|number| format!("copy{round}x{number}@client.example")).collect();
            let letter = Letter::answer("client@acme.example", &reply, &format!("Part {round} of it."));
            assert_eq!(outcome(&app, &letter.field("Cc", &copies.join(", "))).await, "comment");
        }
        assert_eq!(app.asked("acme", "SELECT count(*) FROM ticket_followers"), ["40"]);
        assert_eq!(shown(&app, &ticket).await["comment_count"], 4);
    });
}
